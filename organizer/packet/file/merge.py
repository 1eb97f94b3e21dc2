"""One pass over all pages: front matter and exhibits joined, made harmless, stamped, linked, bookmarked."""

import hashlib
import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, BinaryIO, cast

import pikepdf
from pikepdf import Array, OutlineItem, Pdf

from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.packet.exhibits.exhibits import Exhibit, ExhibitPlan
from organizer.packet.exhibits.margins import widened
from organizer.packet.exhibits.shared import Shared
from organizer.packet.exhibits.stamps import Citing, PageStamp, Stamper, add_link
from organizer.packet.facts import LeftOut
from organizer.packet.file.front_matter import FrontMatter
from organizer.packet.file.properties import Properties, describe, describe_links, label_pages
from organizer.packet.page.tags import Node, set_tree

_WRITE_BUFFER = 1 << 20  # bytes; qpdf hands over a few at a time


@dataclass(frozen=True, slots=True)
class Margins:
    """What the stamps of every exhibit page say: whose packet it is, and of how many pages.

    With a `prefix` pages are named by it and six digits (`MARSH 000031`), as those who file papers do.
    """

    name: str
    total: int
    prefix: str = ""

    def page(self, number: int) -> str:
        """`packet p 31`, or `MARSH 000031`."""
        return f"{self.prefix} {number:06}" if self.prefix else _("packet p {page}").format(page=number)


def merge(
    front: FrontMatter,
    plan: ExhibitPlan,
    margins: Margins,
    properties: Properties,
    progress: Progress,
    out: BinaryIO,
    passphrase: str = "",
    data_inside: bytes = b"",
) -> list[LeftOut]:
    """Write the finished packet to `out`; gives what was taken out of the exhibits.

    Same input, same bytes; with a passphrase (AES-256, PDF 2.0's revision 6) the bytes differ each time.
    """
    with Pdf.open(io.BytesIO(front.pdf)) as packet:
        assembly = _Assembly(packet, front, margins)
        stamper = Stamper(packet, assembly.texts(plan))
        for exhibit in plan.exhibits:
            progress.check()
            progress.report(_("Joining exhibits"), exhibit.number, len(plan.exhibits))
            assembly.append(exhibit, stamper)
        assembly.link()
        _set_outline(packet, front, plan)
        set_tree(packet, assembly.structure)
        describe(packet, properties)
        label_pages(packet, front.page_count, plan.exhibits)
        describe_links(packet, front.page_count, plan.exhibits)
        _enclose(packet, data_inside)
        progress.check()
        progress.report(_("Writing the packet"), len(plan.exhibits), len(plan.exhibits))
        _name_by_content(packet, front, plan, data_inside)
        _save(packet, out, passphrase)
        return assembly.removed


def _name_by_content(packet: Pdf, front: FrontMatter, plan: ExhibitPlan, data_inside: bytes) -> None:
    """Make the file's lasting identifier (ISO 32000-1, 14.4) of what it is made of.

    Its other half, for later versions of the file, is the same in all: to hash all pages takes longer than to write
    them.
    """
    name = hashlib.md5(front.pdf, usedforsecurity=False)
    for part in (*(exhibit.sha256.encode() for exhibit in plan.exhibits), data_inside):
        name.update(part)
    packet.trailer["/ID"] = Array([pikepdf.String(name.digest())] * 2)


def _save(packet: Pdf, out: BinaryIO, passphrase: str) -> None:
    paper = _Paper(out)
    with io.BufferedWriter(paper, _WRITE_BUFFER) as buffered:
        packet.save(
            cast(BinaryIO, buffered),
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            encryption=pikepdf.Encryption(owner=passphrase, user=passphrase, R=6) if passphrase else False,
            static_id=not passphrase,
        )
    if paper.error is not None:
        raise paper.error


class _Paper(io.RawIOBase):
    """The file that is written: a full disk is noted here and raised afterwards, for qpdf ends the program over it."""

    def __init__(self, out: BinaryIO) -> None:
        super().__init__()
        self._out = out
        self.error: OSError | None = None

    def writable(self) -> bool:
        """So that a buffer may stand before it."""
        return True

    def write(self, data: Any) -> int:
        """Write, unless an earlier write failed."""
        if self.error is None:
            try:
                self._out.write(data)
            except OSError as error:
                self.error = error
        return len(data)


class _Assembly:
    """The packet while it grows."""

    def __init__(self, packet: Pdf, front: FrontMatter, margins: Margins) -> None:
        self.packet, self.front, self.first_pages, self.margins = packet, front, front.first_pages, margins
        self.removed: list[LeftOut] = []
        self.structure = Node("Document", children=list(front.structure.children))
        self._shared = Shared()
        self._citing: dict[tuple[int, int], dict[int, float]] = {}
        self._stamps: dict[tuple[int, int], PageStamp] = {}
        self._boxes: dict[tuple[int, int], dict[tuple[float, ...], None]] = {}
        for link in front.links:
            at = (link.place.exhibit, link.place.page)
            tops = self._citing.setdefault(at, {})
            tops[link.page + 1] = max(tops.get(link.page + 1, 0.0), link.rect[3])
            for box in link.place.boxes:
                self._boxes.setdefault(at, {})[box] = None

    def texts(self, plan: ExhibitPlan) -> set[str]:
        """All that the stamps will say."""
        for exhibit in plan.exhibits:
            for number in range(1, exhibit.page_count + 1):
                self._stamps[exhibit.number, number] = self._stamp(exhibit, number)
        return set(chain.from_iterable((stamp.above, stamp.below, *stamp.back) for stamp in self._stamps.values()))

    def _stamp(self, exhibit: Exhibit, number: int) -> PageStamp:
        at = (exhibit.number, number)
        page = self.first_pages[exhibit.number] + number - 1
        above = _("{label} p {page} of {pages} · {packet}").format(
            label=exhibit.label, page=number, pages=exhibit.page_count, packet=self.margins.page(page)
        )
        below = _("{name} · page {page} of {total}").format(name=self.margins.name, page=page, total=self.margins.total)
        cited = tuple(Citing(front, top) for front, top in sorted(self._citing.get(at, {}).items()))
        return PageStamp(above, below, cited, at in self._boxes)

    def append(self, exhibit: Exhibit, stamper: Stamper) -> None:
        """Add an exhibit's pages with their stamps."""
        source = exhibit.source
        self.removed += [LeftOut(exhibit.file_name, what) for what in source.removed]
        self.packet.pages.extend(source.sheets.pages)
        first = self.first_pages[exhibit.number]
        sect = Node("Sect")
        self.structure.children.append(sect)
        for number, marks in enumerate(source.marks, 1):
            page = self.packet.pages[first + number - 2]
            self._shared.join(page.obj)
            strip = widened(page, exhibit.needs[number - 1])
            boxes = tuple(self._boxes.get((exhibit.number, number), ()))
            role = "" if self._marked(marks, first + number - 2, sect) else self._tag(exhibit, number, sect)
            stamper.stamp(page, strip, self._stamps[exhibit.number, number], boxes, role)

    @staticmethod
    def _marked(marks: Sequence[int], page: int, sect: Node) -> bool:
        """Take what a source has marked itself for its page's paragraph, in its order; False where that is nothing."""
        sect.children += [Node("P", children=[(page, mark) for mark in marks])] if marks else []
        return bool(marks)

    def _tag(self, exhibit: Exhibit, number: int, sect: Node) -> str:
        """The role of an exhibit's page as a whole: a paragraph, or a figure where it has no words."""
        name = _("{label}, page {page} of {pages}: {title}").format(
            label=exhibit.label, page=number, pages=exhibit.page_count, title=exhibit.title
        )
        has_text = exhibit.needs[number - 1].has_text
        node = Node("P" if has_text else "Figure", "" if has_text else name)
        node.children.append((self.first_pages[exhibit.number] + number - 2, 0))
        sect.children.append(node)
        return node.role

    def link(self) -> None:
        """Let each citation of the front pages lead to its exhibit page."""
        for link in self.front.links:
            target = self.packet.pages[self.first_pages[link.place.exhibit] + link.place.page - 2]
            tops = [box[3] for box in link.place.boxes]
            if not tops and link.place.top is not None:
                tops = [float(target.cropbox[3]) - link.place.top]
            add_link(self.packet, self.packet.pages[link.page], link.rect, target, max(tops) if tops else None)


def _set_outline(packet: Pdf, front: FrontMatter, plan: ExhibitPlan) -> None:
    with packet.open_outline() as outline:
        outline.root.clear()
        outline.root.extend(OutlineItem(item.title, item.page) for item in front.outline)
        exhibits = OutlineItem(_("Exhibits, page by page"), front.page_count if plan.exhibits else 0)
        for exhibit in plan.exhibits:
            page = front.first_pages[exhibit.number] - 1
            exhibits.children.append(OutlineItem(f"{exhibit.label} {exhibit.title}", page))
        if plan.exhibits:
            outline.root.append(exhibits)


def _enclose(packet: Pdf, data: bytes) -> None:
    """The same facts as data, as an associated file of the document (ISO 32000-2, 14.13)."""
    if not data:
        return
    name = "patient-summary.fhir.json"
    make: Any = pikepdf.AttachedFileSpec  # some releases' stubs don't know `relationship`
    file = make(
        packet,
        data,
        filename=name,
        mime_type="application/fhir+json",
        description=_("International Patient Summary of what this packet shows"),
        creation_date="",
        mod_date="",
    )
    # Python compresses aside of the window; qpdf, while it writes the file, would let it wait: 80 ms for 5 MB.
    stream: Any = file.obj["/EF"]["/F"]
    stream.write(zlib.compress(data), filter=pikepdf.Name.FlateDecode)
    file.relationship = pikepdf.Name.Data
    packet.attachments[name] = file
    packet.Root["/AF"] = Array([packet.attachments[name].obj])
