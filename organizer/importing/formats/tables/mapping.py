"""Which column holds what: guessed from the headings, in several languages; shown and changed by the person."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from operator import itemgetter

from organizer.base.i18n import marked
from organizer.base.written_dates import readings_of
from organizer.importing.formats.tables.headings import (
    ROLE_NAMES,
    NamedMeasure,
    bare_and_unit,
    in_two_rows,
    is_rest,
    known_measure,
    measure_named,
    plain,
    roles_named,
    tells_food,
    tells_lifted_weights,
)

HEADING_ROWS = 30
MOST_HEADINGS = 500
LONGEST_HEADING = 80  # letters; what is longer is no heading
FEWEST_DATES_ACROSS = 2
_OF_PEOPLE = frozenset({"name", "nombre", "nom"})
MEASURE = "measure"
ROLES: tuple[tuple[str, str], ...] = (
    ("", marked("Leave out")),
    ("date", marked("Date")),
    ("time", marked("Time of day")),
    ("name", marked("What was measured")),
    ("value", marked("Value")),
    ("unit", marked("Unit")),
    ("range", marked("Range")),
    ("low", marked("Lower end of the range")),
    ("high", marked("Upper end of the range")),
    ("flag", marked("Flag")),
    ("code", marked("Code")),
    ("specimen", marked("Specimen")),
    ("performer", marked("Laboratory")),
    ("note", marked("Note")),
    ("status", marked("Status")),
    ("person", marked("Whose it is")),
    (MEASURE, marked("A measure of its own")),
)
"""What a column may hold, with the words for it."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A column that holds one measure: its place (from 0), title, LOINC code or "", and unit as its heading says.

    `category` is its group; `occasion` when or which of several readings it is (`AM`, `left`), `scale` the bounds of a
    rating, "" for what the heading doesn't say. `rest` is the column of its smaller unit (pounds beside stones), −1 for
    none. `needs_unit`: a bare number of it means nothing.
    """

    column: int
    title: str
    loinc: str = ""
    unit: str = ""
    category: str = ""
    occasion: str = ""
    scale: str = ""
    rest: int = -1
    needs_unit: bool = False


@dataclass(frozen=True, slots=True)
class Mapping:
    """How to read a table. Columns count from 0, −1 is absent; `heading` is the row of the headings, from 0.

    `dated` are the columns whose headings are dates, with these as written: such a table has one row a measure.
    `date_order` is `DMY`, `MDY`, `YMD`, or "" while dates such as 03/04/2024 leave it open; `decimal` is `.`, `,`, or
    "" while numbers such as 1,234 leave it open.
    """

    heading: int = 0
    date: int = -1
    time: int = -1
    name: int = -1
    value: int = -1
    unit: int = -1
    low: int = -1
    high: int = -1
    range: int = -1
    flag: int = -1
    code: int = -1
    specimen: int = -1
    performer: int = -1
    note: int = -1
    person: int = -1
    status: int = -1
    measured: tuple[Measured, ...] = ()
    dated: tuple[tuple[int, str], ...] = ()
    date_order: str = ""
    decimal: str = ""

    @property
    def usable(self) -> bool:
        """True when it says enough to read results: what and how much; when and which measures; what, and when each."""
        if self.name >= 0 and (self.value >= 0 or self.dated):
            return True
        return self.date >= 0 and bool(self.measured)

    @property
    def weight(self) -> int:
        """How many columns it names: of two guesses the one that names more is better."""
        return sum(int(getattr(self, role)) >= 0 for role in ROLE_NAMES) + len(self.measured) + len(self.dated)


def roles_of(mapping: Mapping, width: int) -> list[str]:
    """The role of each of `width` columns; "" for one that isn't used."""
    roles = [""] * width
    for role in ROLE_NAMES:
        if 0 <= getattr(mapping, role) < width:
            roles[getattr(mapping, role)] = role
    columns = list(chain.from_iterable((measured.column, measured.rest) for measured in mapping.measured))
    for place in (*columns, *(place for place, _date in mapping.dated)):
        if 0 <= place < width:
            roles[place] = MEASURE
    return roles


def with_roles(mapping: Mapping, roles: Sequence[str], headings: Sequence[str]) -> Mapping:
    """The mapping where each column holds what the person says; of a role given twice the first column counts."""
    places = {role: roles.index(role) if role in roles else -1 for role in ROLE_NAMES}
    measures = [place for place, role in enumerate(roles) if role == MEASURE]
    dated = tuple((place, date) for place, date in mapping.dated if place in measures)
    across = {place for place, _date in dated}
    known = {column.column: column for column in mapping.measured}
    across |= {column.rest for column in mapping.measured if column.column in measures}
    measured = tuple(
        known.get(place) or _measured(place, headings[place] if place < len(headings) else "")
        for place in measures
        if place not in across
    )
    return replace(mapping, measured=measured, dated=dated, **places)  # type: ignore[arg-type]


def unused(mapping: Mapping, headings: Sequence[str]) -> list[int]:
    """The columns that have a heading and no role."""
    roles = roles_of(mapping, len(headings))
    return [place for place, role in enumerate(roles) if not role and headings[place].strip()]


def _measured(place: int, heading: str) -> Measured:
    """A measure by its heading: a known one with its code, else called as it is written."""
    named = measure_named(heading)
    if named is not None:
        return _placed(place, named)
    bare, unit = bare_and_unit(heading)
    return Measured(place, bare, unit=unit)


def _placed(place: int, named: NamedMeasure) -> Measured:
    return Measured(
        place,
        named.title,
        named.loinc,
        named.unit,
        named.category or ("vital-signs" if named.loinc else ""),
        named.occasion,
        named.scale,
        needs_unit=named.needs_unit,
    )


def guess(rows: Sequence[Sequence[str]]) -> Mapping:
    """The mapping that the headings among the first rows suggest; an unusable one where they suggest none."""
    best = Mapping()
    for number, row in enumerate(rows[:HEADING_ROWS]):
        below = rows[number + 1 : HEADING_ROWS]
        mapping = from_headings(number, row, below)
        if (mapping.usable, mapping.weight) > (best.usable, best.weight):
            best = mapping
        joined = in_two_rows(row, below[0]) if below else []
        mapping = from_headings(number + 1, joined, below[1:]) if joined else best
        if (mapping.usable, mapping.weight) > (best.usable, best.weight):
            best = mapping
    return best


def from_headings(number: int, row: Sequence[str], below: Sequence[Sequence[str]] = ()) -> Mapping:
    """What a row (the `number`th, from 0) says if it is one of headings; `below` are rows under it."""
    row = [cell if len(cell) <= LONGEST_HEADING else "" for cell in row[:MOST_HEADINGS]]
    columns = _roles(row)
    _time_alone_is_the_date(columns, below)
    taken = set(columns.values())
    dated = _dates_across(row, taken) if "value" not in columns or "name" not in columns else ()
    if dated and "name" not in columns:
        # “Date” or “Value” before a row of days heads the names of what was measured.
        columns.pop("date", None)
        columns.pop("value", None)
        taken = set(columns.values())
    if dated and "name" not in columns:
        _first_column_names(columns, dated)
    if "value" not in columns and not dated:
        _name_is_a_persons(columns, row)
        taken = set(columns.values())
    tall = "name" in columns and ("value" in columns or dated)
    measured = [] if tall or "date" not in columns else _measures(row, taken)
    return Mapping(heading=number, measured=tuple(measured), dated=dated if tall else (), **columns)  # type: ignore[arg-type]


def _roles(row: Sequence[str]) -> dict[str, int]:
    """Each role's column: the heading that says it best, whatever the order of the columns; of two alike the first."""
    wanted: list[tuple[int, int, str]] = []
    for place, cell in enumerate(row):
        wanted += [(rank, place, role) for rank, role in roles_named(cell)]
    wanted.sort(key=itemgetter(0, 1))
    columns: dict[str, int] = {}
    taken: set[int] = set()
    named_otherwise = any(role == "name" and plain(row[place]) != "name" for _rank, place, role in wanted)
    for _rank, place, role in wanted:
        # Beside a column called Test, a column called Name is the patient's.
        if role == "name" and named_otherwise and plain(row[place]) == "name":
            continue
        if role == "person" and plain(row[place]) == "name" and not named_otherwise:
            continue
        if role not in columns and place not in taken:
            columns[role] = place
            taken.add(place)
    return columns


def _time_alone_is_the_date(columns: dict[str, int], below: Sequence[Sequence[str]]) -> None:
    """A column called Time, with no other for the day, may hold day and time."""
    place = columns.get("time")
    if place is None or "date" in columns:
        return
    cells = [row[place].strip() for row in below if place < len(row) and row[place].strip()]
    if not cells or any(readings_of(cell) for cell in cells):
        columns["date"] = columns.pop("time")


def _measures(row: Sequence[str], taken: set[int]) -> list[Measured]:
    measured: list[Measured] = []
    lifted = tells_lifted_weights(row)
    named_by = known_measure if tells_food(row) else measure_named
    for place, cell in enumerate(row):
        named = named_by(cell) if place not in taken and cell.strip() else None
        if named is None or (lifted and named.needs_unit):
            continue
        column = _placed(place, named)
        twin = next(
            (other for other in measured if (other.title, other.occasion) == (column.title, column.occasion)), None
        )
        if twin is None:
            measured.append(column)
        elif is_rest(twin.unit, column.unit):
            measured[measured.index(twin)] = replace(twin, rest=place)
    return measured


def _dates_across(row: Sequence[str], taken: set[int]) -> tuple[tuple[int, str], ...]:
    """The columns headed by days; () for a row that holds anything else than days and headings: that is one of data."""
    dates: list[tuple[int, str]] = []
    for place, cell in enumerate(row):
        text = cell.strip()
        if place in taken or not text:
            continue
        if not _is_day_or_month(text):
            return ()
        dates.append((place, text))
    return tuple(dates) if len(dates) >= FEWEST_DATES_ACROSS else ()


def _name_is_a_persons(columns: dict[str, int], row: Sequence[str]) -> None:
    """Beside columns for measures, one called Name holds people."""
    if "person" not in columns and "name" in columns and plain(row[columns["name"]]) in _OF_PEOPLE:
        columns["person"] = columns.pop("name")


def _is_day_or_month(text: str) -> bool:
    """A day however it is written (`05.01.26`), or a month with its year (`Jan 2026`); never a bare number."""
    if re.fullmatch(r"\d+|\d+[.,]\d+", text):
        return False
    return any(len(day.text) >= len("2026-01") for day in readings_of(text))


def _first_column_names(columns: dict[str, int], dated: tuple[tuple[int, str], ...]) -> None:
    """Above dates across, the names of what was measured often have no heading."""
    first = min(place for place, _date in dated)
    free = [place for place in range(first) if place not in columns.values()]
    if free:
        columns["name"] = free[0]
