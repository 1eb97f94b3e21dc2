"""The chronology on paper: whose it is, who is named, what is missing; then line by line, each a click from its page.

Its exhibits follow, every page as it came with a stamp in the margin, joined by the same hands as the packet's.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass

from reportlab.platypus import Flowable

from organizer.base.i18n import _, marked, ngettext
from organizer.base.progress import Progress
from organizer.health.opinion.chronology import SHORTENED, Chronology, ChronologyRow
from organizer.health.writer import prepared_words
from organizer.model.entry import Entry
from organizer.packet.contents.section import pages_of_exhibits
from organizer.packet.exhibits.exhibits import Exhibit, ExhibitPlan, plan_exhibits
from organizer.packet.facts import Ledger, LeftOut, OutlineItem, Place, Statement
from organizer.packet.file.front_matter import FrontMatter
from organizer.packet.file.merge import Margins, merge
from organizer.packet.file.properties import Properties
from organizer.packet.packet_input import PacketInput
from organizer.packet.page import style
from organizer.packet.page.tags import Tags
from organizer.packet.page.typesetting import Text
from organizer.packet.sheets.paper import Sheet, built, grid, heading, pair, subheading, taken, words

DEADLINES = marked(
    "Time limits for claims differ by state, by who provided the care, and by when harm was or should have been found; "
    "some are short. This document works out no deadline. Ask a licensed lawyer promptly."
)
_SHARES = (0.045, 0.1, 0.15, 0.125, 0.32, 0.125, 0.135)
_COMMENTED = (0.04, 0.09, 0.13, 0.12, 0.245, 0.115, 0.14, 0.12)
_MOST_PLACES = 4


@dataclass(frozen=True, slots=True)
class ChronologyPaper:
    """What is drawn: `comments` adds the person's own in a column, `counsel` says for whom it is.

    `prefix` names the exhibits' pages (`MARSH 000031`); without one they are packet pages.
    """

    chronology: Chronology
    packet: PacketInput
    comments: bool = False
    counsel: bool = False
    prefix: str = ""

    @property
    def person(self) -> Entry:
        """Whose record it is."""
        return self.packet.person

    @property
    def sheet(self) -> Sheet:
        """The frame of its own pages, in landscape."""
        title = _("{name} – chronology").format(name=self.person.title)
        middle = prepared_words(self.person, self.packet.as_of)
        return Sheet(title, self.person.title, self.packet.choice.page_size, middle=middle, landscape=True)


@dataclass(slots=True)
class _Cited:
    """Where each entry stands in the exhibits, and the book of what was printed with a link."""

    plan: ExhibitPlan
    first_pages: Mapping[int, int]
    ledger: Ledger

    def statement(self, row: ChronologyRow) -> Statement:
        """The places of a line, at most four of them."""
        places: dict[tuple[int, int], Place] = {}
        for entry in row.entries:
            place = None if entry.reported_by_patient else self.plan.place(entry)
            if place is not None:
                places.setdefault((place.exhibit, place.page), place)
        return Statement(f"line {row.number}", tuple(places.values())[:_MOST_PLACES], self.ledger)


def chronology_pdf(paper: ChronologyPaper, progress: Progress) -> tuple[bytes, tuple[LeftOut, ...]]:
    """The chronology with its exhibits, and what of these isn't shown or only in part.

    The same record and the same wish give the same bytes. Raises Cancelled.
    """
    style.register_fonts()
    plan = plan_exhibits(paper.packet, progress)
    progress.report(_("Drawing the chronology"))
    pages = taken(paper.sheet, _story(paper, _Cited(plan, {}, Ledger())))
    total = pages + sum(exhibit.page_count for exhibit in plan.exhibits)
    progress.check()
    tags, cited = Tags(), _Cited(plan, pages_of_exhibits(plan.exhibits, pages), Ledger())
    pdf, _pages = built(paper.sheet, _story(paper, cited), tags, total)
    front = _front_matter(pdf, pages, total, cited, tags)
    out = io.BytesIO()
    properties = Properties(paper.sheet.title, paper.person.title, paper.packet.as_of)
    merge(front, plan, Margins(paper.person.title, total, paper.prefix), properties, progress, out)
    return out.getvalue(), plan.left_out


def _front_matter(pdf: bytes, pages: int, total: int, cited: _Cited, tags: Tags) -> FrontMatter:
    ledger = cited.ledger
    outline = (OutlineItem(_("Chronology"), 0, 0),)
    return FrontMatter(
        pdf=pdf,
        structure=tags.root,
        page_count=pages,
        total_pages=total,
        first_pages=cited.first_pages,
        links=tuple(ledger.links),
        outline=outline,
        facts=ledger.facts,
        facts_linked=ledger.facts_linked,
        patient_reported=ledger.patient_reported,
        cited=ledger.cited(),
        summary_pages=0,
        index_pages=(0, 0),
        left_out=(),
    )


def _story(paper: ChronologyPaper, cited: _Cited) -> list[Flowable]:
    sheet, chronology = paper.sheet, paper.chronology
    story = [*_front(paper, cited), subheading(sheet, _("What the record says, in order"))]
    if chronology.is_shortened:
        story += words(sheet, paper.chronology.voice.say(SHORTENED), style.MUTED)
    if chronology.rows:
        gaps = {gap.after: gap.words() for gap in chronology.gaps}
        story.append(_table(paper, list(chronology.rows), gaps, cited))
    elif not chronology.is_shortened:
        story += words(sheet, _("No line with a source."), style.MUTED)
    if chronology.unsourced:
        story.append(subheading(sheet, _("Own notes and lines without a source")))
        about = _("Written down or measured by who keeps this record, or without a document. They close no gap.")
        story += words(sheet, about, style.MUTED)
        story.append(_table(paper, list(chronology.unsourced), {}, None))
    return story


def _front(paper: ChronologyPaper, cited: _Cited) -> list[Flowable]:
    sheet, chronology, person = paper.sheet, paper.chronology, paper.person
    about = prepared_words(person, paper.packet.as_of)
    if paper.counsel:
        about = _("{prepared} for discussion with counsel").format(prepared=about)
    born = person.date("birth_date")
    count = len(chronology.rows)
    lines = ngettext("{n} line with its source", "{n} lines with their sources", count).format(n=count)
    shortened = [paper.chronology.voice.say(SHORTENED)] if chronology.is_shortened else []
    facts = [
        (_("Name"), person.title),
        (_("Born"), born.spoken() if born else _("not recorded")),
        (_("Time span"), chronology.period() or _("no line bears a date")),
        (_("Lines"), "\n".join([lines, *shortened])),
        (_("Gaps of 30 days or more"), _gap_words(chronology)),
    ]
    story: list[Flowable] = [heading(sheet, _("Chronology"), about)]
    story += [pair(sheet, name, text, 0.2) for name, text in facts]
    story += [subheading(sheet, _("Time limits")), *words(sheet, _(DEADLINES))]
    named = [[name, str(lines)] for name, lines in chronology.providers if name != person.title]
    story += [subheading(sheet, _("Providers named in this record"))]
    if named:
        story.append(grid(sheet, [0.85, 0.15], [_("Provider, facility"), _("Lines")], named))
    else:
        story += words(sheet, _("No line with a source names one."), style.MUTED)
    story.append(subheading(sheet, _("Record sets")))
    titles = [_("Exhibit"), _("What it is"), _("File"), _("Pages")]
    sets = [_set(exhibit, cited.first_pages, paper.prefix) for exhibit in cited.plan.exhibits]
    if sets:
        story.append(grid(sheet, [0.1, 0.42, 0.33, 0.15], titles, sets))
    else:
        story += words(sheet, _("None: no line here has a document behind it."), style.MUTED)
    for left_out in cited.plan.left_out:
        pattern = _("Not among the exhibits: {what} ({why})")
        story += words(sheet, pattern.format(what=left_out.what, why=left_out.reason), after=2)
    story.append(subheading(sheet, _("Asked for and not received")))
    asked = [f"{entry.title}, {entry.text('asked_of')}".strip(", ") for entry in chronology.asked]
    for text in asked or shortened or [_("Nothing is noted.")]:
        story += words(sheet, text, after=2)
    return story


def _gap_words(chronology: Chronology) -> str:
    if not chronology.gaps_are_known and not chronology.is_shortened:
        return _("not worked out: fewer than two dated lines have a source")
    lines = [gap.words() for gap in chronology.gaps]
    if chronology.is_shortened:
        # Between a line and one that is left out there may be a gap: that there is none can't be claimed.
        lines.append(_("Only gaps between lines that stand here are told."))
    return "\n".join(lines) or _("none")


def _set(exhibit: Exhibit, first_pages: Mapping[int, int], prefix: str) -> list[str]:
    first = first_pages.get(exhibit.number, 0)
    last = first + exhibit.page_count - 1
    if prefix:
        return [exhibit.label, exhibit.title, exhibit.file_name, f"{prefix} {first:06}–{last:06}"]
    pages = _("p {first}–{last}").format(first=first, last=last) if last > first else _("p {first}").format(first=first)
    return [exhibit.label, exhibit.title, exhibit.file_name, pages]


def _table(
    paper: ChronologyPaper, rows: list[ChronologyRow], gaps: Mapping[int, str], cited: _Cited | None
) -> Flowable:
    comments = paper.comments
    titles = [
        _("No."), _("Date"), _("Provider and facility"), _("Record type"), _("What the record says"), _("Source"),
        _("Flag"),
    ]  # fmt: skip
    titles += [paper.chronology.voice.say(marked("My comment"))] if comments else []
    shares = _COMMENTED if comments else _SHARES
    lines: list[list[str | Text]] = []
    for row in rows:
        lines.append(_cells(row, comments, cited, shares[5] * paper.sheet.width))
        gap = gaps.get(row.number)
        if gap:
            lines.append(["", "", "", "", gap, "", _("gap"), *([""] if comments else [])])
    return grid(paper.sheet, shares, titles, lines)


def _cells(row: ChronologyRow, comments: bool, cited: _Cited | None, wide: float) -> list[str | Text]:
    who = "\n".join(part for part in (row.provider, row.facility) if part)
    source: str | Text = row.source
    if cited is not None:
        statement = cited.statement(row)
        if not statement.reported:
            source = Text([statement], wide - 8)
            cited.ledger.printed(statement)
    cells: list[str | Text] = [str(row.number), row.when, who, row.record_type, row.says, source, "\n".join(row.flags)]
    return [*cells, row.comment] if comments else cells
