"""Lists that people keep: of medicines, vaccinations, allergies and diagnoses, one row each.

What a list doesn't say (whether a medicine is still taken, whether an illness is over) stays unsaid.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from organizer.base.dates import PartialDate, today
from organizer.base.i18n import _
from organizer.base.written_dates import is_open, order_of
from organizer.health.absence import absence_in, flags
from organizer.importing.formats.tables.grid import Row
from organizer.importing.formats.tables.headings import plain
from organizer.importing.formats.tables.list_words import (
    ALLERGY,
    DIAGNOSIS,
    LISTS,
    MEDICINE,
    OF_INTAKES,
    OF_RESULTS,
    ONGOING,
    STATES,
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
_ROLES = {words.kind: {plain(w): role for role, listed in words.roles for w in listed.split("|")} for words in LISTS}
_OF_INTAKES = frozenset(map(plain, OF_INTAKES.split("|")))
_OF_RESULTS = frozenset(map(plain, OF_RESULTS.split("|")))
_ONGOING = frozenset(map(plain, ONGOING.split("|")))
_STATES = {
    kind: {plain(word): Status(state) for state, listed in states.items() for word in listed.split("|")}
    for kind, states in STATES.items()
}
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


def layout_of(rows: Sequence[Row], order: str = "") -> Layout | None:
    """The list whose headings stand among the first rows; None where there is none. `order` is what a person said."""
    best: Layout | None = None
    for number, row in enumerate(rows[:HEADING_ROWS]):
        layout = _named(number, row)
        if layout is not None and (best is None or len(layout.columns) > len(best.columns)):
            best = layout
    if best is None:
        return None
    dates = [best.cell(row, role) for row in rows[best.heading + 1 :] for role in ("since", "until")]
    names = [best.cell(row, "title").casefold() for row in rows[best.heading + 1 :]]
    twice = len(set(filter(None, names))) < len(list(filter(None, names)))
    dated = any(plain(cell) in _DATES for cell in rows[best.heading])
    intakes = best.kind == MEDICINE and (best.tells_intakes or (dated and twice))
    return Layout(best.kind, best.heading, best.columns, intakes, order or order_of(dates))


def _named(number: int, row: Row) -> Layout | None:
    """What a row says if it is the headings of a list."""
    headings = [plain(cell) for cell in row]
    if _OF_RESULTS & set(headings):
        return None
    best: Layout | None = None
    for words in LISTS:
        columns = _columns(words, headings)
        if "title" not in columns or len(columns) < FEWEST_COLUMNS:
            continue
        if words.kind == DIAGNOSIS and (_DATES & set(headings) or not _TELLING & columns.keys()):
            continue  # a diary of complaints is no list of diagnoses
        if best is None or len(columns) > len(best.columns):
            best = Layout(words.kind, number, columns, bool(_OF_INTAKES & set(headings)))
    return best


def _columns(words: ListWords, headings: Sequence[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, heading in enumerate(headings):
        role = _ROLES[words.kind].get(heading, "")
        if role and role not in columns:
            columns[role] = place
    return columns


def entry_of(row: Row, layout: Layout) -> tuple[Entry | None, str, str]:
    """A row as an entry; the reason where it is none; and what of it couldn't be read, for people."""
    title = layout.cell(row, "title")
    if not title:
        return None, _("It doesn’t say what it is about."), ""
    since, unread_since = _date(layout.cell(row, "since"), layout.order)
    until, unread_until = _date(layout.cell(row, "until"), layout.order)
    if any(is_open(layout.cell(row, role), layout.order) for role in ("since", "until")):
        return None, unread_since or unread_until, ""  # until the person says which day it is
    if layout.kind == VACCINE and since is None:
        return None, unread_since or _("It doesn’t say when it was given."), ""
    if layout.kind == VACCINE and since is not None and since.first_day > today():
        return None, _("Its day is still to come."), ""
    status, word = _status(row, layout, since is not None)
    data = {name: layout.cell(row, name) for name in _IN_DATA[layout.kind]}
    data["frequency"] = _frequency(row, layout)
    data["source_status"] = word if layout.kind == MEDICINE and not status else ""
    data["onset_text"] = layout.cell(row, "since") if layout.kind == DIAGNOSIS and since is None else ""
    as_written = [
        words.format(words=layout.cell(row, role))
        for role, unread, words in (
            ("since", unread_since, _("Since, as written: {words}")),
            ("until", unread_until, _("Until, as written: {words}")),
        )
        if unread
    ]
    data["note"] = "; ".join(filter(None, (data["note"], layout.cell(row, "site"), *as_written)))
    absent = absence_in(layout.kind, (), title)
    code = layout.cell(row, "code")
    entry = Entry(
        layout.kind,
        title,
        codes=(Coding(_ICD_10_SYSTEM, code.rstrip("-!*+")),) if _ICD_10.fullmatch(code) else (),
        happened=since,
        ended=until if layout.kind in (MEDICINE, DIAGNOSIS) else None,
        status=status,
        data=without_empty({**data, **flags(absent)}),
    )
    return entry, "", unread_since or unread_until


def _date(written: str, order: str) -> tuple[PartialDate | None, str]:
    if plain(written) in _ONGOING or not written.strip(" -–?"):
        return None, ""
    return when(written, "", order)


def _status(row: Row, layout: Layout, given: bool) -> tuple[Status, str]:
    """The status that a row tells, and its word for it; a vaccination with its date was given."""
    if layout.kind == VACCINE:
        return (Status.COMPLETED if given else Status.NOT_SAID), ""
    word = layout.cell(row, "status")
    status = _STATES[layout.kind].get(plain(word), Status.NOT_SAID)
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
