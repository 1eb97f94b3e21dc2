"""The chronology on paper: whose it is, who is named, what is missing; then line by line, each with its source."""

from reportlab.platypus import Flowable

from organizer.base.dates import parse_date
from organizer.base.words import _, ngettext
from organizer.opinion.chronology import Chronology, ChronologyRow
from organizer.packet import style
from organizer.packet.sheets.paper import Sheet, drawn, grid, heading, pair, subheading, words
from organizer.records.entry import Entry

DEADLINES = (
    "Time limits for claims differ by state, by who provided the care, and by when harm was or should have been found; "
    "some are short. This document works out no deadline. Ask a licensed lawyer promptly."
)
_SHARES = (0.045, 0.095, 0.17, 0.1, 0.35, 0.15, 0.09)
_COMMENTED = (0.045, 0.09, 0.15, 0.09, 0.29, 0.135, 0.08, 0.12)


def chronology_pdf(person: Entry, told: Chronology, comments: bool, counsel: bool, size: str = "letter") -> bytes:
    """The chronology's bytes, in landscape."""
    style.register_fonts()
    middle = _("Prepared by the patient")
    sheet = Sheet(_("{name} – chronology").format(name=person.title), person.title, size, middle=middle, landscape=True)
    story = [*_front(sheet, person, told, counsel), *_body(sheet, told, comments)]
    if told.unsourced:
        story.append(subheading(sheet, _("Unsourced notes")))
        story += words(sheet, _("Written down by the patient; no document stands behind these lines."), style.MUTED)
        story.append(_table(sheet, list(told.unsourced), {}, comments))
    return drawn(sheet, story)


def _front(sheet: Sheet, person: Entry, told: Chronology, counsel: bool) -> list[Flowable]:
    about = _("Prepared by the patient") + (_(" for discussion with counsel") if counsel else "")
    born = parse_date(person.text("birth_date"))
    story: list[Flowable] = [heading(sheet, _("Chronology"), about)]
    story.append(pair(sheet, _("Name"), person.title, 0.2))
    story.append(pair(sheet, _("Born"), born.spoken() if born else _("not recorded"), 0.2))
    if told.rows:
        dated = [row for row in told.rows if row.day]
        period = _("{first} to {last}").format(first=dated[0].when, last=dated[-1].when) if dated else _("undated")
        story.append(pair(sheet, _("Period"), period, 0.2))
    lines = ngettext("{n} line with its source", "{n} lines with their sources", len(told.rows)).format(
        n=len(told.rows)
    )
    story.append(pair(sheet, _("Lines"), lines, 0.2))
    story.append(
        pair(sheet, _("Gaps of 30 days or more"), "\n".join(gap.words() for gap in told.gaps) or _("none"), 0.2)
    )
    story.append(subheading(sheet, _("Providers named in this record")))
    rows = [[name, str(count)] for name, count in told.providers]
    story.append(grid(sheet, [0.8, 0.2], [_("Provider, facility"), _("Lines")], rows))
    story.append(subheading(sheet, _("Asked for and not received")))
    asked = [f"{one.title}, {one.text('asked_of')}".strip(", ") for one in told.asked]
    story += [line for text in asked or [_("Nothing is noted.")] for line in words(sheet, text, after=2)]
    story.append(subheading(sheet, _("Time limits")))
    story += words(sheet, _(DEADLINES))
    return story


def _body(sheet: Sheet, told: Chronology, comments: bool) -> list[Flowable]:
    gaps = {gap.since.isoformat(): gap.words() for gap in told.gaps}
    story: list[Flowable] = [subheading(sheet, _("What the record says, in order"))]
    if not told.rows:
        return [*story, *words(sheet, _("No line with a source."), style.MUTED)]
    return [*story, _table(sheet, list(told.rows), gaps, comments)]


def _table(sheet: Sheet, rows: list[ChronologyRow], gaps: dict[str, str], comments: bool) -> Flowable:
    titles = [
        _("No."), _("Date"), _("Provider and facility"), _("Record type"), _("What the record says"), _("Source"),
        _("Flag"),
    ]  # fmt: skip
    titles += [_("My comment")] if comments else []
    lines: list[list[str]] = []
    for number, row in enumerate(rows):
        lines.append(_cells(row, comments))
        last = number == len(rows) - 1 or rows[number + 1].day[:10] != row.day[:10]
        gap = gaps.get(row.day[:10]) if last else None
        if gap:
            lines.append(["", "", "", "", gap, "", _("gap"), *([""] if comments else [])])
    return grid(sheet, _COMMENTED if comments else _SHARES, titles, lines)


def _cells(row: ChronologyRow, comments: bool) -> list[str]:
    who = "\n".join(part for part in (row.provider, row.facility) if part)
    cells = [str(row.number), row.when, who, row.record_type, row.says, row.source, "\n".join(row.flags)]
    return [*cells, row.comment] if comments else cells
