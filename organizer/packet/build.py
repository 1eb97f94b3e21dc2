"""The packet as a file: exhibits planned, front matter drawn twice (its page numbers are known after the first)."""

from dataclasses import replace
from pathlib import Path

import pypdfium2

from organizer.base.errors import OrganizerError
from organizer.base.identifiers import new_id
from organizer.base.progress import Progress
from organizer.base.words import _
from organizer.packet import style
from organizer.packet.exhibits import ExhibitPlan, plan_exhibits
from organizer.packet.facts import LeftOut
from organizer.packet.front_matter import front_matter
from organizer.packet.merge import Margins, merged
from organizer.packet.packet_input import ExhibitInfo, PacketInput, PacketResult
from organizer.packet.setting import plain
from organizer.packet.who import born


def packet_bytes(packet: PacketInput, progress: Progress) -> tuple[bytes, PacketResult]:
    """The packet and what is in it; the same input gives the same bytes. Raises Cancelled."""
    style.register_fonts()
    plan = plan_exhibits(packet, progress)
    progress.report(_("Drawing the front pages"))
    first = front_matter(packet, plan)
    first_pages = _first_pages(plan, first.page_count)
    total = first.page_count + sum(exhibit.page_count for exhibit in plan.exhibits)
    progress.check()
    front = front_matter(packet, plan, first_pages, total)
    name = plain(" · ".join(part for part in (packet.person.title, born(packet.person)) if part))
    title = _("{name} – packet for a second opinion").format(name=packet.person.title)
    data, removed = merged(front, plan, first_pages, Margins(name, total), title, progress)
    left_out = (*plan.left_out, *front.left_out, *(LeftOut(one.what, _("Removed: ") + one.reason) for one in removed))
    infos = (
        ExhibitInfo(one.label, one.title, first_pages[one.number], one.page_count, one.file_name)
        for one in plan.exhibits
    )
    result = PacketResult(
        None,
        total,
        front.summary_pages,
        tuple(infos),
        front.facts,
        front.facts_linked,
        front.patient_reported,
        left_out,
    )
    return data, result


def build_packet(packet: PacketInput, out: Path, progress: Progress) -> PacketResult:
    """Write the packet: beside its place, opened once to see that it is whole, then renamed into it.

    Raises OSError (no room, no right) with nothing left behind and whatever stood there as it was.
    """
    data, result = packet_bytes(packet, progress)
    beside = out.with_name(f".{out.name}.{new_id()[-12:]}.part")
    try:
        beside.write_bytes(data)
        if len(pypdfium2.PdfDocument(beside.read_bytes())) != result.pages:
            raise OrganizerError(
                _("The packet couldn’t be written whole."), _("Try again, on another disk if need be.")
            )
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)
    return replace(result, out=out)


def _first_pages(plan: ExhibitPlan, front_pages: int) -> dict[int, int]:
    first_pages, page = {}, front_pages + 1
    for exhibit in plan.exhibits:
        first_pages[exhibit.number] = page
        page += exhibit.page_count
    return first_pages
