"""Several tables in one sheet: below each other, each under its own headings, or side by side with a gap between."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby, pairwise

from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.base.units import is_unit
from organizer.base.written_dates import readings_of
from organizer.importing.formats.tables.grid import Row, Sheet, bare_rows, cell_of, filled_cells
from organizer.importing.formats.tables.headings import known_measure, roles_named
from organizer.importing.formats.tables.lists import layout_of
from organizer.importing.formats.tables.mapping import HEADING_ROWS, Mapping, from_headings, guess

_FIRST_ROWS_IN_FULL = HEADING_ROWS
_FEWEST_COLUMNS, _FEWEST_TABLES = 2, 2
_UNITS_IN_HEADS = ("bpm", "f", "c", "lbs")
"""Units that heads of tables write in a way of their own."""


def sections(sheet: Sheet, progress: Progress) -> list[Sheet]:
    """The tables of a sheet, each with its own headings and what stands above them; the sheet itself where it is one.

    A row that is no more than the same headings once more begins no table.
    """
    starts = list(_starts(sheet.rows, progress))
    if not starts:
        return [sheet]

    ends = [_without_titles(sheet.rows, start, following) for start, following in pairwise(starts)]
    cuts = [0, *ends, len(sheet.rows)]
    parts = [
        replace(sheet, rows=sheet.rows[begin:end], part=number) for number, (begin, end) in enumerate(pairwise(cuts))
    ]
    return list(chain.from_iterable(map(_side_by_side, parts)))


def is_title(row: Row) -> bool:
    """A row with one cell of words and nothing else: what stands above a table, or parts its groups; no day."""
    cells = filled_cells(row)
    if len(cells) != 1 or _is_number(cells[0]):
        return False
    return not readings_of(cells[0])


def _is_number(cell: str) -> bool:
    """Whether a cell begins as numbers and days do."""
    return cell[:1].isdigit()


def units_below(mapping: Mapping, row: Row) -> dict[int, str]:
    """The units of the measures where a row names nothing but them; {} where it doesn't."""
    cells = {measured.column: cell_of(row, measured.column) for measured in mapping.measured}
    units = {column: text.strip("()[]") for column, text in cells.items() if text}
    has_date = any(map(str.isdigit, cell_of(row, mapping.date)))
    are_units = bool(units) and all(map(_names_unit, units.values()))
    return units if are_units and not has_date else {}


def _names_unit(text: str) -> bool:
    return is_unit(text) or text.casefold() in _UNITS_IN_HEADS


def _starts(rows: Sequence[tuple[int, Row]], progress: Progress) -> Iterator[int]:
    """The places of the rows of headings."""
    first = guess(bare_rows(rows[:HEADING_ROWS]))
    current: Row | None = None
    mapping = first
    for place, (_line, row) in enumerate(rows):
        if place % 5000 == 0:
            progress.check()
            progress.report(_("Looking for tables"), place, len(rows))
        if not _may_be_headings(row, place):
            continue
        read = from_headings(0, row, bare_rows(rows[place + 1 : place + 6]))
        names_days = current is not None and 0 <= read.date == mapping.date
        if row != current and (names_days or read.usable or layout_of([row]) is not None):
            yield place
            current, mapping = row, read


def _may_be_headings(row: Row, place: int) -> bool:
    """Quickly, as there may be half a million rows: no numbers, or a first cell that is a heading."""
    cells = filled_cells(row)
    if len(cells) < _FEWEST_COLUMNS or place < _FIRST_ROWS_IN_FULL:
        return len(cells) >= _FEWEST_COLUMNS
    if not any(map(_is_number, cells)):
        return True
    first = cells[0]
    return not _is_number(first) and bool(roles_named(first) or known_measure(first))


def _without_titles(rows: Sequence[tuple[int, Row]], start: int, end: int) -> int:
    """Where the titles above the next headings begin."""
    while end - 1 > start and is_title(rows[end - 1][1]):
        end -= 1
    return end


def _side_by_side(part: Sheet) -> list[Sheet]:
    """The tables that stand beside each other with an empty column between; the part itself where it is one."""
    mapping = guess(bare_rows(part.rows[:HEADING_ROWS]))
    heading = part.rows[mapping.heading][1] if part.rows else []
    spans = _spans(heading)
    if len(spans) < _FEWEST_TABLES:
        return [part]
    above = bare_rows(part.rows[: mapping.heading + 1])
    usable = [guess([row[first:last] for row in above]).usable for first, last in spans]
    if not all(usable):
        return [part]
    return [_block(part, first, last) for first, last in spans]


def _block(part: Sheet, first: int, last: int) -> Sheet:
    """The columns from the first up to the last as a table of its own."""
    cut = [(line, row[first:last]) for line, row in part.rows]
    return replace(part, rows=[(line, row) for line, row in cut if filled_cells(row)], column=first)


def _spans(heading: Row) -> list[tuple[int, int]]:
    """The runs of columns that have a heading, as begin and end."""
    has_heading = [bool(cell.strip()) for cell in heading]
    runs = groupby(range(len(heading)), key=has_heading.__getitem__)
    filled = [list(places) for is_filled, places in runs if is_filled]
    return [(places[0], places[-1] + 1) for places in filled]
