"""The front matter: everything before the exhibits, drawn by reportlab, with its links and counts written down."""

from collections.abc import Mapping
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak

from organizer.base.i18n import _, language
from organizer.health.writer import by_the_person, prepared_by
from organizer.packet.contents.fitting import Made, begins_page, fitted, make
from organizer.packet.contents.section import Context, PlanLike, Section, pages_of_exhibits
from organizer.packet.contents.sections import arranged
from organizer.packet.contents.sections.since import SINCE
from organizer.packet.contents.who import born
from organizer.packet.facts import Ledger, LeftOut, LinkRect, OutlineItem, Place
from organizer.packet.packet_input import PacketChoice, PacketInput, SectionLength
from organizer.packet.page import style
from organizer.packet.page.pages import Foot, Paper, drawn_pages, pages_taken, with_space_below
from organizer.packet.page.tags import Node, artefact
from organizer.packet.page.typesetting import Run, Text, plain


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The finished front pages and what is known of them.

    `structure` is what the drawn things are, for readers that can't see them. `total_pages` counts the exhibits' too,
    `first_pages` gives the packet page (from 1) at which each exhibit begins.

    `links` are citations to be set as links (rect in points from bottom left), `cited` pairs each cited place with
    the front page (from 1) that cites it. `facts` counts distinct facts that have an original, `facts_linked` those
    of them whose every printing carries a link, `patient_reported` those that the person alone reports.
    """

    pdf: bytes
    structure: Node
    page_count: int
    total_pages: int
    first_pages: Mapping[int, int]
    links: tuple[LinkRect, ...]
    outline: tuple[OutlineItem, ...]
    facts: int
    facts_linked: int
    patient_reported: int
    cited: tuple[tuple[Place, int], ...]
    summary_pages: int
    index_pages: tuple[int, int]
    left_out: tuple[LeftOut, ...]
    lengths: tuple[SectionLength, ...] = ()
    most_pages: int = 0

    @property
    def pages_before_index(self) -> int:
        """The pages from the cover to the last section before the exhibits' index."""
        return self.index_pages[0] if self.index_pages[1] else self.page_count


def chosen_sections(choice: PacketChoice) -> tuple[Section, ...]:
    """The sections that a choice draws, in its order: named or default ones, without the excluded; sensitive ones only
    if ticked."""
    wanted = [
        section
        for section in arranged(choice.order)
        if (section.default if choice.include is None else section.id in choice.include)
    ]
    allowed = [section for section in wanted if not section.sensitive or section.id in choice.tick_sensitive]
    return tuple(section for section in allowed if section.id not in choice.exclude)


def front_matter(packet: PacketInput, plan: PlanLike) -> FrontMatter:
    """Draw the front matter; same input, same bytes.

    Its pages are found before anything is drawn, so that contents, footers and index can name them.
    """
    style.register_fonts()
    sections = chosen_sections(packet.choice)
    if not packet.last_packet and SINCE.id not in (packet.choice.include or ()):
        # Who has had no packet before has nothing to compare.
        sections = tuple(section for section in sections if section.id != SINCE.id)
    context = Context(packet, plan, Ledger(), tuple(section.id for section in sections))
    ledger = context.ledger
    paper = _paper(context)
    fitting = fitted(context, sections, lambda made: pages_taken(paper, _story(context, made)))
    made, count = fitting.made, fitting.pages
    first_pages = pages_of_exhibits(plan.exhibits, count)
    context.know(dict(ledger.section_pages), first_pages)
    for section in sections:
        if made[section.id].names_pages:
            made[section.id] = make(context, section)
    total = count + sum(exhibit.page_count for exhibit in plan.exhibits)
    pdf, count = drawn_pages(paper, _story(context, made), _footer(context, total), context.tags)
    return FrontMatter(
        pdf=pdf,
        structure=context.tags.root,
        page_count=count,
        total_pages=total,
        first_pages=first_pages,
        links=tuple(ledger.links),
        outline=tuple(ledger.outline.values()),
        facts=ledger.facts,
        facts_linked=ledger.facts_linked,
        patient_reported=ledger.patient_reported,
        cited=ledger.cited(),
        summary_pages=ledger.section_ends.get("summary", 0) - ledger.section_pages.get("summary", 1) + 1,
        index_pages=(ledger.section_pages.get("exhibits", 1) - 1, ledger.section_ends.get("exhibits", 0)),
        left_out=ledger.left_out,
        lengths=fitting.lengths,
        most_pages=fitting.most_pages,
    )


def _paper(context: Context) -> Paper:
    choice, name = context.packet.choice, context.packet.person.title
    title = _("{name} – packet for a second opinion").format(name=name)
    return Paper(style.PAGE_SIZES[choice.page_size], style.MARGIN, title, name, language())


def _story(context: Context, made: Mapping[str, Made]) -> list[Flowable]:
    story: list[Flowable] = []
    before = ""
    for section, drawn in made.items():
        if before and begins_page(section, before):
            story.append(PageBreak())
        story += [*with_space_below(drawn.flow), _End(context.ledger, section)]
        before = section
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


def _footer(context: Context, total_pages: int) -> Foot:
    person, as_of = context.packet.person, context.packet.as_of
    name = plain(" · ".join(part for part in (person.title, born(person)) if part))
    middle = _("Prepared by the patient · not a clinical record")
    if not by_the_person(person, as_of):
        middle = _("Prepared by {name} · not a clinical record").format(name=prepared_by(person, as_of))

    def draw(canvas: Canvas) -> None:
        with artefact(canvas):
            paint(canvas)

    def paint(canvas: Canvas) -> None:
        number = canvas.getPageNumber()
        page = _("page {page} of {total}").format(page=number, total=total_pages)
        width, left = context.width, style.MARGIN
        canvas.setStrokeColor(style.THIN_RULE)
        canvas.setLineWidth(0.5)
        canvas.line(left, 40, left + width, 40)
        centre = style.MUTED.width(middle)
        numbers = style.FOOT_STRONG.width(page)
        free = width - numbers - 14
        who = Text([Run(name, style.FOOT_STRONG)], free, 2)
        Text([Run(page, style.FOOT_STRONG)], numbers + 0.1, 1, "right").draw(canvas, left + width - numbers, 37)
        who.draw(canvas, left, 37)

        # A long name has the line to itself: who somebody is, is never cut.
        if who.line_width + centre + 14 <= free and len(who.lines) == 1:
            start = max((width - centre) / 2, who.line_width + 12)
            Text([Run(middle, style.MUTED)], centre + 2, 1).draw(canvas, left + start, 37)
        elif len(who.lines) == 1:
            Text([Run(middle, style.MUTED)], width, 1).draw(canvas, left, 24)

    return draw
