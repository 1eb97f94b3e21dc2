"""Dates that stand once for several rows: written on the first row of a group, with the others blank below it."""

import re

from organizer.base.i18n import ngettext
from organizer.base.written_dates import readings_of
from organizer.importing.formats.tables.grid import Row, cell_of
from organizer.importing.formats.tables.mapping import Mapping

_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m\.?)?", re.IGNORECASE)


class DatesAbove:
    """Follows a table downwards. A blank date is the one above where the rows are a group of different measures (or
    the row has a time of its own); where the group has that measure already, the date stays unknown."""

    def __init__(self, mapping: Mapping) -> None:
        self._mapping = mapping
        self._date = ""
        self._day = ""  # a row of its own, above rows that have no more than a time
        self._person = ""
        self._names: set[str] = set()
        self._taken: list[int] = []
        self._dateless: list[int] = []

    def dated(self, line: int, row: Row) -> Row:
        """The row with the date of its group where its own is blank."""
        place = self._mapping.date
        if place < 0 or not any(cell.strip() for cell in row):
            return row
        date, name = cell_of(row, place), cell_of(row, self._mapping.name).casefold()
        if date and self._day and _CLOCK.fullmatch(date):
            return [*row[:place], f"{self._day} {date}", *row[place + 1 :]]
        if date:
            self._begin(row, date, name)
            return row
        if not self._tells(row):
            return row

        if not self._is_of_group(row, name):
            self._dateless.append(line)
            self._date = ""  # what follows is no longer the group's
            return row
        self._names.add(name)
        self._taken.append(line)
        filled = [*row, *[""] * (place + 1 - len(row))]
        filled[place] = self._date
        return filled

    def _begin(self, row: Row, date: str, name: str) -> None:
        """A row with a date of its own: the group goes on with the same date, else another one begins."""
        is_alone = sum(bool(cell.strip()) for cell in row) == 1
        self._day = date if is_alone and readings_of(date) else ""
        if date != self._date:
            self._names = set()
        self._date, self._person = date, cell_of(row, self._mapping.person)
        self._names.add(name)

    def _is_of_group(self, row: Row, name: str) -> bool:
        """Whether a row without a date is one of those above: of the same person, and of another measure or time."""
        if not self._date or cell_of(row, self._mapping.person) not in ("", self._person):
            return False
        own_time = bool(cell_of(row, self._mapping.time))
        is_further = name not in ("", *self._names) and not self._mapping.measured
        return own_time or is_further

    def words(self) -> list[str]:
        """What was done with blank dates, for people."""
        lines = []
        if self._taken:
            words = ngettext(
                "{n} row has no date of its own; it is taken as one with the date above it (row {rows}).",
                "{n} rows have no date of their own; they are taken as ones with the date above them (rows {rows}).",
                len(self._taken),
            )
            lines.append(words.format(n=len(self._taken), rows=_listed(self._taken)))
        if self._dateless:
            words = ngettext(
                "{n} row has no date (row {rows}).", "{n} rows have no date (rows {rows}).", len(self._dateless)
            )
            lines.append(words.format(n=len(self._dateless), rows=_listed(self._dateless)))
        return lines

    def _tells(self, row: Row) -> bool:
        """Whether the row holds any result."""
        places = [measured.column for measured in self._mapping.measured] or [self._mapping.value]
        return any(cell_of(row, place) for place in places)


def _listed(lines: list[int]) -> str:
    return ", ".join(map(str, lines[:5])) + (" …" if len(lines) > 5 else "")
