"""Lists that people keep: of medicines, vaccinations, allergies and diagnoses, one row each.

What a list doesn't say (whether a medicine is still taken, whether an illness is over) stays unsaid.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import chain

from organizer.base.dates import PartialDate, today
from organizer.base.i18n import _
from organizer.base.written_dates import is_open, order_of
from organizer.health.absence import absence_in, flags
from organizer.importing.formats.tables.grid import Row
from organizer.importing.formats.tables.headings import plain
from organizer.importing.formats.tables.list_standing import by_word, is_of_a_relative, standing_in, status_in
from organizer.importing.formats.tables.list_words import (
    ALLERGY,
    DIAGNOSIS,
    LISTS,
    MEDICINE,
    OF_INTAKES,
    OF_RESULTS,
    ONGOING,
    VACCINE,
    ListWords,
)
from organizer.importing.formats.tables.row_values import when, words_in
from organizer.model.entry import Coding, Entry, without_empty
from organizer.model.statuses import Status

HEADING_ROWS = 30
FEWEST_COLUMNS = 2
_DATES = frozenset({"date", "datum", "fecha", "data", "дата", "day", "tag"})
_TELLING = frozenset({"since", "status", "code", "made_by"})
_TIMES = ("morning", "noon", "evening", "night")


_ROLES = {words.kind: by_word(words.roles) for words in LISTS}
_OF_INTAKES = frozenset(map(plain, OF_INTAKES.split("|")))
_OF_RESULTS = frozenset(map(plain, OF_RESULTS.split("|")))
_ONGOING = frozenset(map(plain, ONGOING.split("|")))
_IN_DATA = {
    MEDICINE: ("dose", "route", "reason", "stop_reason", "prescriber", "note"),
    VACCINE: ("lot", "manufacturer", "dose_number", "performer", "note"),
    ALLERGY: ("reaction", "severity", "allergy_type", "note"),
    DIAGNOSIS: ("made_by", "severity", "note"),
}
_ICD_10_SYSTEM = "http://hl7.org/fhir/sid/icd-10"
_ICD_10 = re.compile(r"[A-TV-Z]\d[0-9A-Z](?:\.?[0-9A-Z]{1,4})?[-!*+]?")


@dataclass(frozen=True, slots=True)
class Layout:
    """A list's kind, the row of its headings (from 0), and the column of each role; `order` is how it writes dates."""

    kind: str
    heading: int
    columns: dict[str, int] = field(hash=False)
    tells_intakes: bool = False
    order: str = ""

    def cell(self, row: Row, role: str) -> str:
        """The words of a role in a row; "" where the list has no such column."""
        return words_in(row, self.columns.get(role, -1))


@dataclass(frozen=True, slots=True)
class _Date:
    """A date of a row: as written, as read, why it couldn't be, and whether it may be two days."""

    written: str
    day: PartialDate | None = None
    unread: str = ""
    is_open: bool = False


def layout_of(rows: Sequence[Row], order: str = "") -> Layout | None:
    """The list whose headings stand among the first rows; None where there is none. `order` is what a person said."""
    layouts = list(chain.from_iterable(_named(number, row) for number, row in enumerate(rows[:HEADING_ROWS])))
    best = max(layouts, key=_width, default=None)
    if best is None:
        return None

    body = rows[best.heading + 1 :]
    dates = [*(best.cell(row, "since") for row in body), *(best.cell(row, "until") for row in body)]
    tells_intakes = best.tells_intakes or (_is_dated(rows[best.heading]) and _names_one_again(best, body))
    intakes = best.kind == MEDICINE and tells_intakes
    return replace(best, tells_intakes=intakes, order=order or order_of(dates))


def _width(layout: Layout) -> int:
    return len(layout.columns)


def _is_dated(heading: Row) -> bool:
    return not _DATES.isdisjoint(map(plain, heading))


def _names_one_again(layout: Layout, body: Sequence[Row]) -> bool:
    """Whether a list has something twice: it was taken again, not listed again."""
    titles = [layout.cell(row, "title").casefold() for row in body]
    named = list(filter(None, titles))
    return len(set(named)) < len(named)


def _named(number: int, row: Row) -> list[Layout]:
    """What a row says if it is the headings of lists: one layout for each kind that it may be of."""
    headings = {plain(cell) for cell in row}
    if _OF_RESULTS & headings:
        return []

    layouts: list[Layout] = []
    for words in LISTS:
        columns = _columns(words, row)
        if "title" not in columns or len(columns) < FEWEST_COLUMNS:
            continue
        if words.kind == DIAGNOSIS and _is_diary(headings, columns):
            continue
        layouts.append(Layout(words.kind, number, columns, bool(_OF_INTAKES & headings)))
    return layouts


def _is_diary(headings: Set[str], columns: dict[str, int]) -> bool:
    """A diary of complaints is no list of diagnoses."""
    return not _DATES.isdisjoint(headings) or _TELLING.isdisjoint(columns)


def _columns(words: ListWords, heading: Row) -> dict[str, int]:
    """The first column of each role."""
    columns: dict[str, int] = {}
    for place, cell in enumerate(heading):
        role = _ROLES[words.kind].get(plain(cell), "")
        columns.setdefault(role, place)
    columns.pop("", None)
    return columns


def entry_of(row: Row, layout: Layout) -> tuple[Entry | None, str, str]:
    """A row as an entry; the reason where it is none; and what of it couldn't be read, for people."""
    title = layout.cell(row, "title")
    if not title:
        return None, _("It doesn’t say what it is about."), ""
    since, until = _date(row, layout, "since"), _date(row, layout, "until")
    unread = since.unread or until.unread
    if since.is_open or until.is_open:
        return None, unread, ""  # until the person says which day it is
    reason = _why_not_given(since) if layout.kind == VACCINE else ""
    if reason:
        return None, reason, ""

    status, word = _status(row, layout)
    if layout.kind == DIAGNOSIS and is_of_a_relative(word):
        return None, _("The list says that this is of a relative."), ""
    data = {name: layout.cell(row, name) for name in _IN_DATA[layout.kind]}
    data["note"] = _note(row, layout, since, until)
    data["frequency"] = _frequency(row, layout)
    if not status:
        data |= standing_in(word, layout.kind, data["note"])
    if layout.kind == DIAGNOSIS and since.day is None:
        data["onset_text"] = since.written
    entry = Entry(
        layout.kind,
        title,
        codes=_codes(layout.cell(row, "code")),
        happened=since.day,
        ended=until.day if layout.kind in (MEDICINE, DIAGNOSIS) else None,
        status=status,
        data=without_empty({**data, **flags(absence_in(layout.kind, (), title))}),
    )
    return entry, "", unread


def _date(row: Row, layout: Layout, role: str) -> _Date:
    written = layout.cell(row, role)
    if plain(written) in _ONGOING or not written.strip(" -–?"):
        return _Date(written)
    day, unread = when(written, "", layout.order)
    return _Date(written, day, unread, is_open(written, layout.order))


def _why_not_given(date: _Date) -> str:
    """Why a row tells of no vaccination that was given; "" where it does."""
    if date.day is None:
        return date.unread or _("It doesn’t say when it was given.")
    return _("Its day is still to come.") if date.day.first_day > today() else ""


def _note(row: Row, layout: Layout, since: _Date, until: _Date) -> str:
    """The row's own note, and what has no field: where it was given, dates that couldn't be read."""
    notes = [layout.cell(row, "note"), layout.cell(row, "site")]
    if since.unread:
        notes.append(_("Since, as written: {words}").format(words=since.written))
    if until.unread:
        notes.append(_("Until, as written: {words}").format(words=until.written))
    return "; ".join(filter(None, notes))


def _codes(code: str) -> tuple[Coding, ...]:
    """A code of ICD-10 without its marks; none for what has not its shape."""
    return (Coding(_ICD_10_SYSTEM, code.rstrip("-!*+")),) if _ICD_10.fullmatch(code) else ()


def _status(row: Row, layout: Layout) -> tuple[Status, str]:
    """The status that a row tells, and its word for it; a vaccination with its date was given."""
    if layout.kind == VACCINE:
        return Status.COMPLETED, ""
    word = layout.cell(row, "status")
    status = status_in(word, layout.kind)
    if not status and plain(layout.cell(row, "until")) in _ONGOING:
        return Status.ACTIVE, word
    return status, word


def _frequency(row: Row, layout: Layout) -> str:
    """How often, in words; else from columns for the times of day: `1-0-1`."""
    words = layout.cell(row, "frequency")
    times = [role for role in _TIMES if role in layout.columns]
    doses = [layout.cell(row, role) for role in times]
    if layout.kind != MEDICINE or len(times) < FEWEST_COLUMNS or not any(doses):
        return words
    scheme = "-".join(dose or "0" for dose in doses)
    return f"{scheme}; {words}" if words else scheme


def unused_columns(layout: Layout, heading: Row) -> list[int]:
    """The columns that have a heading and no role."""
    used = set(layout.columns.values())
    return [place for place, cell in enumerate(heading) if cell.strip() and place not in used]
