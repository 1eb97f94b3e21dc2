"""The front matter: everything before the exhibits, drawn by reportlab, with its links and counts written down."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Flowable, Frame, PageBreak, PageTemplate

from organizer.base.words import _, language
from organizer.packet import style
from organizer.packet.facts import Ledger, LeftOut, LinkRect, OutlineItem, Place
from organizer.packet.packet_input import PacketChoice, PacketInput
from organizer.packet.section import Context, PlanLike, Section
from organizer.packet.sections import SECTIONS
from organizer.packet.setting import Run, Text, cut, plain
from organizer.packet.tags import Node, Tags, artefact
from organizer.packet.who import born
from organizer.records.entry import Entry

_OWN_PAGE = frozenset({"cover", "summary"})


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The finished front pages and what is known of them.

    `structure` is what the drawn things are, for readers that can't see them.

    `links` are citations to be set as links (rect in points from bottom left), `cited` pairs each cited place with
    the front page (from 1) that cites it. `facts` counts distinct facts that have an original, `facts_linked` those
    of them whose every printing carries a link, `patient_reported` those that the person alone reports.
    """

    pdf: bytes
    structure: Node
    page_count: int
    section_pages: Mapping[str, int]
    links: tuple[LinkRect, ...]
    outline: tuple[OutlineItem, ...]
    facts: int
    facts_linked: int
    patient_reported: int
    cited: tuple[tuple[Place, int], ...]
    summary_pages: int
    index_pages: tuple[int, int]
    left_out: tuple[LeftOut, ...]


def chosen_sections(choice: PacketChoice) -> tuple[Section, ...]:
    """The sections that a choice draws: named or default ones, without the excluded; sensitive ones only if ticked."""
    wanted = [one for one in SECTIONS if (one.default if choice.include is None else one.id in choice.include)]
    allowed = [one for one in wanted if not one.sensitive or one.id in choice.tick_sensitive]
    return tuple(one for one in allowed if one.id not in choice.exclude)


def front_matter(
    packet: PacketInput,
    plan: PlanLike,
    first_pages: Mapping[int, int] | None = None,
    total_pages: int | None = None,
    section_pages: Mapping[str, int] | None = None,
) -> FrontMatter:
    """Draw the front matter; same input, same bytes.

    `first_pages` gives the packet page (from 1) at which each exhibit begins and `total_pages` the pages of the
    whole packet, `section_pages` the page of each section as an earlier drawing found it; they may be None while they
    aren't known yet: page count and layout stay the same.
    """
    style.register_fonts()
    sections = chosen_sections(packet.choice)
    pdf, context, count = _drawn(packet, plan, sections, section_pages or {}, first_pages or {}, total_pages)
    ledger = context.ledger
    return FrontMatter(
        pdf=pdf,
        structure=context.tags.root,
        page_count=count,
        section_pages=dict(ledger.section_pages),
        links=tuple(ledger.links),
        outline=tuple(ledger.outline),
        facts=ledger.facts,
        facts_linked=ledger.facts_linked,
        patient_reported=ledger.patient_reported,
        cited=ledger.cited(),
        summary_pages=ledger.section_ends.get("summary", 0) - ledger.section_pages.get("summary", 1) + 1,
        index_pages=(ledger.section_pages.get("exhibits", 1) - 1, ledger.section_ends.get("exhibits", 0)),
        left_out=tuple(ledger.left_out),
    )


def _drawn(
    packet: PacketInput,
    plan: PlanLike,
    sections: tuple[Section, ...],
    pages: Mapping[str, int],
    first_pages: Mapping[int, int],
    total_pages: int | None,
) -> tuple[bytes, Context, int]:
    context = Context(packet, plan, Ledger(), tuple(one.id for one in sections), pages, first_pages)
    size = style.PAGE_SIZES[packet.choice.page_size]
    paper = io.BytesIO()
    title = _("{name} – packet for a second opinion").format(name=packet.person.title)
    document = BaseDocTemplate(
        paper, pagesize=size, title=title, author=packet.person.title, creator="Casebook", invariant=1, lang=language()
    )
    frame = Frame(
        style.MARGIN,
        style.FOOT,
        context.width,
        context.height,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    document.addPageTemplates([PageTemplate("page", [frame], onPage=_footer(context, total_pages))])
    document.build(_story(context, sections), canvasmaker=_tagged(context.tags))
    return paper.getvalue(), context, document.page


def _tagged(tags: Tags) -> Callable[..., Canvas]:
    def make(*arguments: Any, **named: Any) -> Canvas:
        canvas = Canvas(*arguments, **named)
        canvas.casebook_tags = tags  # type: ignore[attr-defined]
        return canvas

    return make


def _story(context: Context, sections: tuple[Section, ...]) -> list[Flowable]:
    story: list[Flowable] = []
    for number, section in enumerate(sections):
        before = sections[number - 1].id if number else ""
        if number and (section.id in _OWN_PAGE or before in _OWN_PAGE):
            story.append(PageBreak())
        for flowable in section.draw(context):
            room = getattr(flowable, "room", 0.0)
            story += [CondPageBreak(room), flowable] if room else [flowable]
        story.append(_End(context.ledger, section.id))
    return story


class _End(Flowable):
    """Nothing; where it falls, a section ends."""

    def __init__(self, ledger: Ledger, section: str) -> None:
        super().__init__()
        self.ledger, self.section = ledger, section
        self.width = self.height = 0

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """It takes no room."""
        return 0, 0

    def draw(self) -> None:
        """Write the page down."""
        self.ledger.section_ends[self.section] = self.canv.getPageNumber()


def _name_and_birth(person: Entry, room: float) -> str:
    """Name and birth date; where both don't fit, the name gives way."""
    name, birth = plain(person.title), born(person)
    keep = len(name)
    while keep > 1:
        words = " · ".join(part for part in (cut(name, keep), birth) if part)
        if style.FOOT_STRONG.width(words) <= room:
            return words
        keep -= 1
    return birth


def _footer(context: Context, total_pages: int | None) -> Callable[[Canvas, Any], None]:
    person = context.packet.person
    middle = _("Prepared by the patient · not a clinical record")

    def draw(canvas: Canvas, _document: Any) -> None:
        with artefact(canvas):
            paint(canvas)

    def paint(canvas: Canvas) -> None:
        number = canvas.getPageNumber()
        page = (
            _("page {page} of {total}").format(page=number, total=total_pages)
            if total_pages
            else _("page {page}").format(page=number)
        )
        width, left = context.width, style.MARGIN
        canvas.setStrokeColor(style.THIN_RULE)
        canvas.setLineWidth(0.5)
        canvas.line(left, 40, left + width, 40)
        centre = style.MUTED.width(middle)
        numbers = style.FOOT_STRONG.width(page)
        room = width - centre - numbers - 28
        who = _name_and_birth(person, room)
        used = style.FOOT_STRONG.width(who)
        start = max((width - centre) / 2, used + 12)
        Text([Run(who, style.FOOT_STRONG)], used + 0.1, 1).draw(canvas, left, 37)
        Text([Run(middle, style.MUTED)], centre + 2, 1).draw(canvas, left + start, 37)
        Text([Run(page, style.FOOT_STRONG)], numbers + 0.1, 1, "right").draw(canvas, left + width - numbers, 37)

    return draw
