"""The packet as a file: exhibits planned, front matter drawn, both joined."""

import io
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import pypdfium2

from organizer.base.errors import OrganizerError
from organizer.base.i18n import _, speaking
from organizer.base.progress import Progress
from organizer.health.writer import prepared_by
from organizer.packet.contents.who import born
from organizer.packet.exhibits.exhibits import ExhibitPlan, plan_exhibits
from organizer.packet.exhibits.prepared import Prepared
from organizer.packet.facts import LeftOut
from organizer.packet.file.front_matter import FrontMatter, front_matter
from organizer.packet.file.merge import Margins, merge
from organizer.packet.file.properties import Properties
from organizer.packet.packet_input import ExhibitInfo, PacketInput, PacketResult
from organizer.packet.page import scripts as letters
from organizer.packet.page import style
from organizer.packet.page.typesetting import plain
from organizer.packet.sensitive import withheld_in_words
from organizer.store.files import whole_file


@dataclass(frozen=True, slots=True)
class Opened:
    """A packet of which the front pages are drawn and the exhibits prepared, but not joined yet.

    `lost` are the letters on the front pages that no font here has.
    """

    packet: PacketInput
    plan: ExhibitPlan
    front: FrontMatter
    lost: str = ""


def open_packet(packet: PacketInput, progress: Progress, prepared: Prepared | None = None) -> Opened:
    """Prepare the exhibits and draw the front pages, as they will stand in the file. Raises Cancelled."""
    with speaking(packet.choice.language):
        style.register_fonts()
        plan = plan_exhibits(packet, progress, prepared)
        progress.report(_("Drawing the front pages"))
        with letters.lost_letters() as lost:
            front = front_matter(packet, plan)
        progress.check()
        return Opened(packet, plan, front, "".join(lost))


def join(opened: Opened, out: BinaryIO, progress: Progress, passphrase: str = "") -> PacketResult:
    """Write all pages to an open file and say what is in it. Raises Cancelled.

    The same input gives the same bytes, unless a passphrase encrypts them.
    """
    with speaking(opened.packet.choice.language):
        return _joined(opened, out, progress, passphrase)


def _joined(opened: Opened, out: BinaryIO, progress: Progress, passphrase: str) -> PacketResult:
    packet, plan, front = opened.packet, opened.plan, opened.front
    name = plain(" · ".join(part for part in (packet.person.title, born(packet.person)) if part))
    title = _("{name} – packet for a second opinion").format(name=packet.person.title)
    properties = Properties(title, prepared_by(packet.person, packet.as_of), packet.as_of)
    margins = Margins(name, front.total_pages)
    inside = packet.data_inside(progress) if packet.data_inside else b""
    removed = merge(front, plan, margins, properties, progress, out, passphrase, inside)
    held = withheld_in_words(packet.withheld)
    taken = (LeftOut(left_out.what, _("Removed: {what}").format(what=left_out.reason)) for left_out in removed)
    infos = (
        ExhibitInfo(
            exhibit.label,
            exhibit.title,
            front.first_pages[exhibit.number],
            exhibit.page_count,
            exhibit.file_name,
            exhibit.made,
        )
        for exhibit in plan.exhibits
    )
    return PacketResult(
        None,
        front.total_pages,
        front.summary_pages,
        tuple(infos),
        front.facts,
        front.facts_linked,
        front.patient_reported,
        (*packet.left_out, *held, *plan.left_out, *front.left_out, *taken, *_lost_in_words(opened.lost)),
        front.index_pages,
        front_pages=front.pages_before_index,
        most_front_pages=front.most_pages,
        lengths=front.lengths,
        held_back=plan.held,
    )


def _lost_in_words(lost: str) -> tuple[LeftOut, ...]:
    """Letters that can't be printed, by themselves: who reads the record knows them."""
    what = _("Letters that can’t be printed: {letters}").format(letters=" ".join(lost))
    return (LeftOut(what, _("No font here has them; [?] stands in their place.")),) if lost else ()


def packet_bytes(opened: Opened, progress: Progress) -> tuple[bytes, PacketResult]:
    """The packet in memory, for a preview, and what is in it."""
    paper = io.BytesIO()
    result = join(opened, paper, progress)
    return paper.getvalue(), result


def build_packet(
    packet: PacketInput, out: Path, progress: Progress, passphrase: str = "", prepared: Prepared | None = None
) -> PacketResult:
    """Write the packet: beside its place, opened once to see that it is whole, then renamed into it.

    Raises DiskFullError or OSError (no right) with nothing left behind and whatever stood there as it was.
    """
    with whole_file(out) as paper:
        result = join(open_packet(packet, progress, prepared), paper, progress, passphrase)
        paper.flush()
        document = pypdfium2.PdfDocument(paper.name, password=passphrase or None)
        pages = len(document)
        document.close()
        if pages != result.pages:
            raise OrganizerError(
                _("The packet couldn’t be written whole."), _("Try again, on another disk if need be.")
            )
    return replace(result, out=out)
