"""Several tables in one sheet: below each other, each under its own headings, or side by side with a gap between."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.base.units import is_unit
from organizer.base.written_dates import readings_of
from organizer.importing.formats.tables.grid import Row, Sheet
from organizer.importing.formats.tables.headings import known_measure, roles_named
from organizer.importing.formats.tables.lists import layout_of
from organizer.importing.formats.tables.mapping import HEADING_ROWS, Mapping, from_headings, guess

_FIRST_ROWS_IN_FULL = HEADING_ROWS


def sections(sheet: Sheet, progress: Progress) -> list[Sheet]:
    """The tables of a sheet, each with its own headings and what stands above them; the sheet itself where it is one.

    A row that is no more than the same headings once more begins no table.
    """
    starts = list(_starts(sheet.rows, progress))
    if not starts:
        return [sheet]
    parts: list[Sheet] = []
    begin = 0
    for place, start in enumerate(starts):
        end = starts[place + 1] if place + 1 < len(starts) else len(sheet.rows)
        if place + 1 < len(starts):
            end = _without_titles(sheet.rows, start, end)
        parts.append(replace(sheet, rows=sheet.rows[begin:end], part=place))
        begin = end
    return [block for part in parts for block in _side_by_side(part)]


def is_title(row: Row) -> bool:
    """A row with one cell of words and nothing else: what stands above a table, or parts its groups; no day."""
    cells = [cell.strip() for cell in row if cell.strip()]
    return len(cells) == 1 and not cells[0][:1].isdigit() and not readings_of(cells[0])


def units_below(mapping: Mapping, row: Row) -> dict[int, str]:
    """The units of the measures where a row names nothing but them; {} where it doesn't."""
    named = {
        measured.column: row[measured.column].strip() for measured in mapping.measured if measured.column < len(row)
    }
    named = {column: text.strip("()[]") for column, text in named.items() if text}
    if not named or not all(is_unit(text) or text.casefold() in ("bpm", "f", "c", "lbs") for text in named.values()):
        return {}
    date = row[mapping.date].strip() if 0 <= mapping.date < len(row) else ""
    return {} if any(sign.isdigit() for sign in date) else named


def _starts(rows: Sequence[tuple[int, Row]], progress: Progress) -> Iterator[int]:
    """The places of the rows of headings."""
    first = guess([row for _line, row in rows[:HEADING_ROWS]])
    current: Row | None = None
    mapping = first
    for place, (_line, row) in enumerate(rows):
        if place % 5000 == 0:
            progress.check()
            progress.report(_("Looking for tables"), place, len(rows))
        if not _may_be_headings(row, place):
            continue
        below = [one for _number, one in rows[place + 1 : place + 6]]
        found = from_headings(0, row, below)
        names_days = current is not None and found.date >= 0 and found.date == mapping.date
        names_list = not found.usable and layout_of([row]) is not None
        if (found.usable or names_days or names_list) and row != current:
            yield place
            current, mapping = row, found


def _may_be_headings(row: Row, place: int) -> bool:
    """Quickly, as there may be half a million rows: no numbers, or a first cell that is a heading."""
    cells = [cell.strip() for cell in row if cell.strip()]
    if len(cells) < 2:
        return False
    if place < _FIRST_ROWS_IN_FULL:
        return True
    if cells[0][:1].isdigit():
        return False
    if roles_named(cells[0]) or known_measure(cells[0]) is not None:
        return True
    return not any(cell[:1].isdigit() for cell in cells)


def _without_titles(rows: Sequence[tuple[int, Row]], start: int, end: int) -> int:
    """Where the titles above the next headings begin."""
    while end - 1 > start and is_title(rows[end - 1][1]):
        end -= 1
    return end


def _side_by_side(part: Sheet) -> list[Sheet]:
    """The tables that stand beside each other with an empty column between; the part itself where it is one."""
    mapping = guess([row for _line, row in part.rows[:HEADING_ROWS]])
    heading = part.rows[mapping.heading][1] if part.rows else []
    spans = _spans(heading)
    if len(spans) < 2:
        return [part]
    above = [row for _line, row in part.rows[: mapping.heading + 1]]
    usable = [guess([row[first:last] for row in above]).usable for first, last in spans]
    if sum(usable) < 2 or not all(usable):
        return [part]
    blocks = []
    for first, last in spans:
        rows = [(line, row[first:last]) for line, row in part.rows if any(cell.strip() for cell in row[first:last])]
        blocks.append(replace(part, rows=rows, column=first))
    return blocks


def _spans(heading: Row) -> list[tuple[int, int]]:
    """The runs of columns that have a heading, as begin and end."""
    spans: list[tuple[int, int]] = []
    begin = -1
    for place, cell in enumerate([*heading, ""]):
        if cell.strip() and begin < 0:
            begin = place
        elif not cell.strip() and begin >= 0:
            spans.append((begin, place))
            begin = -1
    return spans
