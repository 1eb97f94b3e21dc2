"""One row as entries: a result with its range and flag, or one entry a measure."""

from typing import Any

from organizer.base.dates import PartialDate, today
from organizer.base.i18n import _
from organizer.base.results import PrintedResult
from organizer.importing.formats.tables.cells import pressures_in, says_no_value
from organizer.importing.formats.tables.headings import bare_and_unit, known_measure
from organizer.importing.formats.tables.mapping import Mapping
from organizer.importing.formats.tables.measures import blood_pressure, read_measures
from organizer.importing.formats.tables.row_values import (
    may_be_two,
    no_result,
    note_in,
    printed_range,
    range_ends,
    value_in,
    when,
    words_in,
)
from organizer.importing.formats.tables.vocabulary import PRESSURE
from organizer.model.codes import LOINC, is_loinc_code
from organizer.model.entry import Coding, Entry, without_empty
from organizer.model.statuses import Status

_STATES = (
    Status.REGISTERED,
    Status.PRELIMINARY,
    Status.FINAL,
    Status.AMENDED,
    Status.CORRECTED,
    Status.CANCELLED,
    Status.ENTERED_IN_ERROR,
)
_STATUSES = {
    **{state.value: state for state in _STATES},
    **dict.fromkeys(("f", "complete", "completed", "verified", "endgültig", "definitivo", "définitif"), Status.FINAL),
    **dict.fromkeys(
        ("p", "pending", "in-progress", "partial", "vorläufig", "provisional", "preliminar"), Status.PRELIMINARY
    ),
    **dict.fromkeys(("c", "correction", "korrigiert", "corregido", "corrigé"), Status.CORRECTED),
    **dict.fromkeys(
        ("x", "canceled", "not-done", "not-performed", "rejected", "storniert", "anulado"), Status.CANCELLED
    ),
    **dict.fromkeys(("w", "wrong", "error", "invalid", "deleted"), Status.ENTERED_IN_ERROR),
}
"""FHIR R4's states of an observation, and how tables write them (letters: HL7 v2 table 0085)."""
_INTAKE = frozenset((
    "taken", "missed", "skipped", "not taken", "late", "snoozed", "taken late", "forgotten", "genommen", "eingenommen",
    "verpasst", "ausgelassen", "vergessen", "tomado", "tomada", "omitido", "omitida", "olvidado", "pris", "prise",
    "oublié", "oubliée", "sauté",
))  # fmt: skip


def read_row(row: list[str], mapping: Mapping) -> tuple[list[Entry], str]:
    """The results of a row; where there is none, the reason in plain words."""
    if mapping.dated:
        return _across(row, mapping)
    happened, reason = _measured_on(words_in(row, mapping.date), words_in(row, mapping.time), mapping.date_order)
    if reason:
        return [], reason
    if mapping.measured:
        return read_measures(row, mapping, happened)
    title = words_in(row, mapping.name)
    if not title:
        return [], _("It doesn’t say what was measured.")
    entry, reason = _single(row, mapping, title, happened, mapping.value)
    return [entry] if entry else [], reason


def _measured_on(written: str, clock: str, order: str) -> tuple[PartialDate | None, str]:
    """The day of a result; else why it can't be one: `2126` for 2026 would be the newest result for a century."""
    happened, reason = when(written, clock, order)
    if happened is not None and happened.first_day > today():
        return None, _("“{date}” is still to come; no result can be of that day.").format(date=written)
    return happened, reason


def _across(row: list[str], mapping: Mapping) -> tuple[list[Entry], str]:
    """One measure, with a column for each day."""
    title = words_in(row, mapping.name)
    if not title:
        return [], _("It doesn’t say what was measured.")
    entries, reasons = [], []
    for place, date in mapping.dated:
        if says_no_value(words_in(row, place)):  # not measured on that day
            continue
        happened, reason = _measured_on(date, "", mapping.date_order)
        if reason or not words_in(row, place):
            reasons.append(reason)
            continue
        entry, reason = _single(row, mapping, title, happened, place)
        entries += [entry] if entry else []
        reasons.append(reason)
    reason = next(filter(None, reasons), "")
    return entries, reason or ("" if entries else _("It holds no value."))


def _single(
    row: list[str], mapping: Mapping, title: str, happened: PartialDate | None, place: int
) -> tuple[Entry | None, str]:
    """The result in one cell of a row that names what was measured; None with the reason where there is none."""
    if not words_in(row, place):
        return None, _("It holds no value.")
    unit = words_in(row, mapping.unit)
    reason = no_result(row, mapping, title, place, unit)
    if reason:
        return None, reason
    pressure = _pressure(row, mapping, title, happened, place)
    if pressure is not None:
        return pressure, ""
    if mapping.unit < 0:
        title, unit = bare_and_unit(title)
    result = value_in(row, mapping, place, unit, words_in(row, mapping.code))
    if result.readings:
        return None, may_be_two(result)
    return _result(row, mapping, title, happened, result), ""


def _pressure(row: list[str], mapping: Mapping, title: str, happened: PartialDate | None, place: int) -> Entry | None:
    """Both blood pressures of a row whose value is `120/80`; None for any other row."""
    named = known_measure(title)
    readings = pressures_in(row[place]) if named is not None and named.loinc == PRESSURE else []
    if len(readings) != 1 or readings[0][2]:
        return None
    data = {"performer": words_in(row, mapping.performer), "note": note_in(row, mapping)}
    both = blood_pressure(happened, *readings[0][:2], words_in(row, mapping.unit))
    return both.having(status=_status(words_in(row, mapping.status)), data={**both.data, **without_empty(data)})


def is_intake(row: list[str], mapping: Mapping) -> bool:
    """True for a row that tells whether a dose was taken."""
    return words_in(row, mapping.status).casefold() in _INTAKE


def open_number(row: list[str], mapping: Mapping) -> str:
    """The first number of a row whose mark may part decimals or thousands, as printed; "" where there is none."""
    places = (
        [measured.column for measured in mapping.measured]
        or [place for place, _date in mapping.dated]
        or [mapping.value]
    )
    for place in places:
        if value_in(row, mapping, place).readings:
            return words_in(row, place)
    return ""


def person_of(row: list[str], mapping: Mapping) -> str:
    """Whose row it is, as the table says; "" where it doesn't."""
    return words_in(row, mapping.person)


def _result(row: list[str], mapping: Mapping, title: str, happened: PartialDate | None, result: PrintedResult) -> Entry:
    printed = printed_range(row, mapping)
    ends = {"range_low": words_in(row, mapping.low), "range_high": words_in(row, mapping.high)}
    if not printed:
        printed = "–".join(text for text in ends.values() if text) if all(ends.values()) else _one_sided(ends)
    data: dict[str, Any] = {
        "category": "laboratory" if mapping.range >= 0 or mapping.low >= 0 or mapping.specimen >= 0 else "",
        **range_ends(row, mapping),
        "range_text": printed,
        "interpretation": words_in(row, mapping.flag) or result.flag,
        "specimen": words_in(row, mapping.specimen),
        "performer": words_in(row, mapping.performer),
        "note": note_in(row, mapping),
    }
    return Entry(
        "Observation",
        title,
        codes=_codes(words_in(row, mapping.code)),
        happened=happened,
        status=_status(words_in(row, mapping.status)),
        data=without_empty(data),
        **result.fields,
    )


def _status(written: str) -> Status:
    """What a row's status means; of words that say something else nothing is known."""
    word = "-".join(written.casefold().split())
    if not word:
        return Status.FINAL
    return _STATUSES.get(word, Status.UNKNOWN)


def _one_sided(ends: dict[str, str]) -> str:
    if ends["range_low"]:
        return f"≥ {ends['range_low']}"
    return f"≤ {ends['range_high']}" if ends["range_high"] else ""


def _codes(code: str) -> tuple[Coding, ...]:
    if not code:
        return ()
    return (Coding(LOINC if is_loinc_code(code) else "", code),)
