"""The packet as a file: exhibits planned, front matter drawn, both joined."""

import io
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pypdfium2

from organizer.base.errors import OrganizerError
from organizer.base.progress import Progress
from organizer.base.words import _, ngettext, speaking
from organizer.packet import style
from organizer.packet.exhibits import Prepared, plan_exhibits
from organizer.packet.facts import LeftOut
from organizer.packet.front_matter import front_matter
from organizer.packet.merge import Margins, merge
from organizer.packet.packet_input import ExhibitInfo, PacketInput, PacketResult
from organizer.packet.setting import plain
from organizer.packet.who import born
from organizer.store.files import whole_file


def write_pages(
    packet: PacketInput, out: BinaryIO, progress: Progress, kept: Prepared | None = None, passphrase: str = ""
) -> PacketResult:
    """Write the packet's pages to an open file and say what is in it. Raises Cancelled.

    The same input gives the same bytes, unless a passphrase encrypts them.
    """
    with speaking(packet.choice.language):
        return _write_pages(packet, out, progress, kept, passphrase)


def _write_pages(
    packet: PacketInput, out: BinaryIO, progress: Progress, kept: Prepared | None, passphrase: str
) -> PacketResult:
    style.register_fonts()
    plan = plan_exhibits(packet, progress, kept)
    progress.report(_("Drawing the front pages"))
    front = front_matter(packet, plan)
    first_pages, total = front.first_pages, front.total_pages
    progress.check()
    name = plain(" · ".join(part for part in (packet.person.title, born(packet.person)) if part))
    title = _("{name} – packet for a second opinion").format(name=packet.person.title)
    margins = Margins(name, total)
    removed = merge(front, plan, margins, title, progress, out, passphrase, packet.data_inside)
    held = (
        LeftOut(
            ngettext("{matter}: {n} entry", "{matter}: {n} entries", one.count).format(
                matter=_(one.matter.title), n=one.count
            ),
            _("sensitive, and off until you tick it"),
        )
        for one in packet.withheld
    )
    taken = (LeftOut(one.what, _("Removed: ") + one.reason) for one in removed)
    left_out = (*packet.left_out, *held, *plan.left_out, *front.left_out, *taken)
    infos = (
        ExhibitInfo(one.label, one.title, first_pages[one.number], one.page_count, one.file_name)
        for one in plan.exhibits
    )
    return PacketResult(
        None,
        total,
        front.summary_pages,
        tuple(infos),
        front.facts,
        front.facts_linked,
        front.patient_reported,
        left_out,
        front.index_pages,
    )


def packet_bytes(
    packet: PacketInput, progress: Progress, kept: Prepared | None = None, passphrase: str = ""
) -> tuple[bytes, PacketResult]:
    """The packet in memory, for a preview, and what is in it."""
    paper = io.BytesIO()
    result = write_pages(packet, paper, progress, kept, passphrase)
    return paper.getvalue(), result


def build_packet(
    packet: PacketInput, out: Path, progress: Progress, passphrase: str = "", kept: Prepared | None = None
) -> PacketResult:
    """Write the packet: beside its place, opened once to see that it is whole, then renamed into it.

    Raises DiskFullError or OSError (no right) with nothing left behind and whatever stood there as it was.
    """
    with whole_file(out) as paper:
        result = write_pages(packet, paper, progress, kept, passphrase)
        paper.flush()
        document = pypdfium2.PdfDocument(paper.name, password=passphrase or None)
        pages = len(document)
        document.close()
        if pages != result.pages:
            raise OrganizerError(
                _("The packet couldn’t be written whole."), _("Try again, on another disk if need be.")
            )
    return replace(result, out=out)
