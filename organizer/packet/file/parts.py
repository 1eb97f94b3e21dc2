"""A packet in several files, none above a size: portals take 10 to 25 MB. Each part begins with the index."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, OutlineItem, Pdf

from organizer.base.errors import OrganizerError
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.packet.packet_input import ExhibitInfo, PacketResult
from organizer.packet.page.tags import Node, Rect, narrowed, read_tree, set_tree
from organizer.store.files import write_whole

SMALLEST = 1_000_000  # bytes; the index alone must fit


@dataclass(frozen=True, slots=True)
class _Slice:
    """Pages that stay together: numbers from 0, and what the bookmarks call them."""

    title: str
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Whole:
    """The whole packet: the file, its structure, its sections with the pages (from 0) they begin on."""

    pdf: Pdf
    tree: Node | None
    sections: tuple[tuple[str, int], ...]


def write_parts(
    whole: Path, result: PacketResult, largest: int, progress: Progress, passphrase: str = ""
) -> tuple[Path, ...]:
    """Write the finished packet `whole` as `name – part 1 of 3.pdf` beside it, each of at most `largest` bytes.

    Page numbers stay those of the whole packet; citations of pages in another part stay as words. Gives the parts'
    paths, or none where the packet is small enough as it is. Raises OrganizerError where one page alone, or the index,
    is larger than that.
    """
    if whole.stat().st_size <= largest:
        return ()
    if largest < SMALLEST:
        raise OrganizerError(
            _("Parts of less than one megabyte are too small for a packet."), _("Choose a larger size.")
        )
    with Pdf.open(whole, password=passphrase) as opened:
        front = result.exhibits[0].first_page - 1 if result.exhibits else result.pages
        packet = _Whole(opened, read_tree(opened), tuple(_sections(opened, front)))
        index = tuple(range(*result.index_pages))
        groups = list(_groups(packet, result, index, largest, progress))
        names = [_("{name} – part {n} of {count}.pdf").format(name=whole.stem, n=n, count=len(groups))
                 for n in range(1, len(groups) + 1)]  # fmt: skip
        written: list[Path] = []
        for name, group in zip(names, groups, strict=True):
            progress.check()
            progress.report(_("Writing {name}").format(name=name), len(written), len(groups))
            path = whole.with_name(name)
            write_whole(path, _saved(packet, group, passphrase))
            written.append(path)
    return tuple(written)


def _groups(
    packet: _Whole, result: PacketResult, index: tuple[int, ...], largest: int, progress: Progress
) -> Iterator[list[_Slice]]:
    """Slices for each part: the front pages or the index first, then as many exhibits as fit."""
    front = result.exhibits[0].first_page - 1 if result.exhibits else result.pages
    lead = _Slice(_("Front pages"), tuple(range(front)))
    again = _Slice(_("Exhibits"), index)
    group = [lead]
    free = largest - _size(packet, lead.pages)
    for exhibit in result.exhibits:
        for piece in _fitting(packet, exhibit, largest - _size(packet, index)):
            progress.check()
            size = _size(packet, piece.pages)
            if size > free and (len(group) > 1 or group[0] is lead):
                yield group
                group, free = [again], largest - _size(packet, index)
            group.append(piece)
            free -= size
    yield group


def _fitting(packet: _Whole, exhibit: ExhibitInfo, largest: int) -> list[_Slice]:
    """An exhibit whole, or in halves of halves where it is too large. Raises OrganizerError for one page too large."""
    pages = tuple(range(exhibit.first_page - 1, exhibit.first_page - 1 + exhibit.pages))
    title = f"{exhibit.label} {exhibit.title}"
    waiting, fitting = [pages], []
    while waiting:
        some = waiting.pop(0)
        if _size(packet, some) <= largest:
            fitting.append(_Slice(title, some))
        elif len(some) == 1:
            raise OrganizerError(
                _("Page {page} of {exhibit} alone is larger than a part may be.").format(
                    page=some[0] - pages[0] + 1, exhibit=title
                ),
                _("Choose a larger size, or leave this exhibit out and send it by itself."),
            )
        else:
            middle = len(some) // 2
            waiting = [some[:middle], some[middle:], *waiting]
    return fitting


def _size(packet: _Whole, pages: Sequence[int]) -> int:
    return len(_saved(packet, [_Slice("", tuple(pages))], "")) if pages else 0


def _saved(packet: _Whole, group: Sequence[_Slice], passphrase: str) -> bytes:
    whole = packet.pdf
    with Pdf.new() as part:
        for piece in group:
            for number in piece.pages:
                part.pages.append(whole.pages[number])
        numbers = list(chain.from_iterable(piece.pages for piece in group))
        links = _cut_loose_ends(part, numbers)
        _set_outline(part, packet, group)
        if packet.tree is not None:
            set_tree(part, narrowed(packet.tree, {old: new for new, old in enumerate(numbers)}, links))
        part.Root["/Lang"] = pikepdf.String(str(whole.Root.get("/Lang", "en")))
        part.Root["/ViewerPreferences"] = Dictionary(DisplayDocTitle=True)
        part.Root["/PageMode"] = pikepdf.Name.UseOutlines
        for key in ("/Title", "/Author", "/Subject", "/Creator", "/CreationDate", "/ModDate"):
            part.docinfo[key] = str(whole.docinfo.get(key, ""))
        paper = io.BytesIO()
        lock = pikepdf.Encryption(owner=passphrase, user=passphrase, R=6) if passphrase else False
        part.save(
            paper,
            encryption=lock,
            deterministic_id=not passphrase,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return paper.getvalue()


def _set_outline(part: Pdf, packet: _Whole, group: Sequence[_Slice]) -> None:
    """A bookmark for each slice; below the front pages those of their sections."""
    with part.open_outline() as outline:
        at = 0
        for piece in group:
            entry = OutlineItem(piece.title, at)
            for title, page in packet.sections if 0 in piece.pages else ():
                entry.children.append(OutlineItem(title, at + page))
            outline.root.append(entry)
            at += len(piece.pages)


def _sections(packet: Pdf, front: int) -> list[tuple[str, int]]:
    """The whole packet's bookmarks of its front pages: title and page from 0."""
    numbers = {page.obj.objgen: number for number, page in enumerate(packet.pages)}
    sections = []
    with packet.open_outline() as outline:
        for item in outline.root:
            target: Any = item.destination
            page = numbers.get(target[0].objgen, front) if isinstance(target, Array) else front
            sections += [(item.title, page)] if page < front else []
    return sections


def _cut_loose_ends(part: Pdf, numbers: Sequence[int]) -> set[tuple[int, Rect]]:
    """Take the links to pages of other parts off; gives the others, each by its page in the whole packet."""
    here = {page.objgen for page in part.pages}
    left: set[tuple[int, Rect]] = set()
    for number, page in zip(numbers, part.pages, strict=True):
        for key in ("/StructParents", "/Tabs"):
            if key in page.obj:
                del page.obj[key]
        notes = Array()
        for note in page.obj.get("/Annots", []):
            target = note.get("/Dest")
            if isinstance(target, Array) and isinstance(target[0], Dictionary) and target[0].objgen in here:
                if "/StructParent" in note:
                    del note["/StructParent"]
                notes.append(note)
                edges: Any = note["/Rect"]
                left.add((number, tuple(float(edge) for edge in edges)))  # type: ignore[arg-type]
        page.obj["/Annots"] = notes
    return left
