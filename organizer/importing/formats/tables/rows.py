"""One row as entries: a result with its range and flag, or one entry a measure."""

import re
from typing import Any

from organizer.base.dates import PartialDate
from organizer.base.i18n import _
from organizer.base.numbers import ComputersNumber, read_range, readings_of
from organizer.base.results import PrintedResult, read_result
from organizer.base.written_dates import date_of, is_day_and_month, is_open, serial_day, unix_time
from organizer.importing.formats.tables.grid import CellDate
from organizer.importing.formats.tables.mapping import Mapping, Measured
from organizer.model.codes import LOINC, is_loinc_code
from organizer.model.entry import Coding, Entry, without_empty
from organizer.model.statuses import Status

_PRESSURE = ("8480-6", "8462-4")
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
_DOSE_FORMS = frozenset((
    "tablet", "tab", "capsule", "cap", "pill", "puff", "drop", "dose", "patch", "patche", "spray", "sachet",
    "suppository", "lozenge", "tablette", "kapsel", "tropfen", "hub", "hübe", "stück", "comprimido", "cápsula", "gota",
    "pastilla", "comprimé", "gélule", "goutte", "application", "injection", "ampoule",
))  # fmt: skip
_INTAKE = frozenset((
    "taken", "missed", "skipped", "not taken", "late", "snoozed", "taken late", "forgotten", "genommen", "eingenommen",
    "verpasst", "ausgelassen", "vergessen", "tomado", "tomada", "omitido", "omitida", "olvidado", "pris", "prise",
    "oublié", "oubliée", "sauté",
))  # fmt: skip
_ABOUT_DATES = re.compile(r"dat(?:e|um)|fecha|lmp|period|regel", re.IGNORECASE)


def read_row(row: list[str], mapping: Mapping) -> tuple[list[Entry], str]:
    """The results of a row; where there is none, the reason in plain words."""
    if mapping.dated:
        return _across(row, mapping)
    happened, reason = _when(_cell(row, mapping.date), _cell(row, mapping.time), mapping.date_order)
    if reason:
        return [], reason
    if mapping.measured:
        return _measures(row, mapping, happened)
    title = _cell(row, mapping.name)
    if not title:
        return [], _("It doesn’t say what was measured.")
    entry, reason = _one(row, mapping, title, happened, mapping.value)
    return [entry] if entry else [], reason


def _across(row: list[str], mapping: Mapping) -> tuple[list[Entry], str]:
    """One measure, with a column for each day."""
    title = _cell(row, mapping.name)
    if not title:
        return [], _("It doesn’t say what was measured.")
    entries, reasons = [], []
    for place, date in mapping.dated:
        happened, reason = _when(date, "", mapping.date_order)
        if reason or not _cell(row, place):
            reasons.append(reason)
            continue
        entry, reason = _one(row, mapping, title, happened, place)
        entries += [entry] if entry else []
        reasons.append(reason)
    reason = next(filter(None, reasons), "")
    return entries, reason or ("" if entries else _("It holds no value."))


def _one(
    row: list[str], mapping: Mapping, title: str, happened: PartialDate | None, place: int
) -> tuple[Entry | None, str]:
    """The result in one cell of a row that names what was measured; None with the reason where there is none."""
    if not _cell(row, place):
        return None, _("It holds no value.")
    unit = _cell(row, mapping.unit)
    reason = _no_result(row, mapping, title, place, unit)
    if reason:
        return None, reason
    result = _value(row, mapping, place, unit, _cell(row, mapping.code))
    if result.readings:
        return None, _may_be_two(result)
    return _result(row, mapping, title, happened, result), ""


def _no_result(row: list[str], mapping: Mapping, title: str, place: int, unit: str) -> str:
    """Why what stands in a column of results is none; "" where it may be one."""
    if unit.casefold().rstrip("s.") in _DOSE_FORMS:
        return _("“{unit}” is the unit of a dose that was taken, not of a result.").format(unit=unit)
    if is_mangled(row[place]) and not _ABOUT_DATES.search(title):
        words = _(
            "“{cell}” looks like a range of which a spreadsheet made a date; only the original tells what it was."
        )
        return words.format(cell=row[place])
    return ""


def is_mangled(cell: str) -> bool:
    """True for a date in a column of results: `5-10` becomes 10 May when a spreadsheet opens it (`May-10`)."""
    return isinstance(cell, CellDate) or is_day_and_month(cell)


def is_intake(row: list[str], mapping: Mapping) -> bool:
    """True for a row that tells whether a dose was taken."""
    return _cell(row, mapping.status).casefold() in _INTAKE


def _when(written: str, clock: str, order: str) -> tuple[PartialDate | None, str]:
    """The time of a row, from its day and the time in a column of its own; else the reason why it can't be read."""
    happened = date_of(written, order) or serial_day(written) or unix_time(written)
    if happened is not None:
        if clock and happened.precision == "day":
            return date_of(f"{happened.text} {clock}") or happened, ""
        return happened, ""
    if is_open(written, order):
        words = _("“{date}” may be two days: the table doesn’t say in which order day, month and year stand.")
        return None, words.format(date=written)
    if written:
        return None, _("“{date}” isn’t a date that can be read.").format(date=written[:40])
    return None, ""


def open_number(row: list[str], mapping: Mapping) -> str:
    """The first number of a row whose mark may part decimals or thousands, as printed; "" where there is none."""
    places = [one.column for one in mapping.measured] or [place for place, _date in mapping.dated] or [mapping.value]
    for place in places:
        if _value(row, mapping, place).readings:
            return _cell(row, place)
    return ""


def _may_be_two(result: PrintedResult) -> str:
    words = _("“{number}” may be {one} or {other}: the table doesn’t say which mark parts the decimals.")
    return words.format(number=result.text, one=result.readings[0], other=result.readings[1])


def person_of(row: list[str], mapping: Mapping) -> str:
    """Whose row it is, as the table says; "" where it doesn't."""
    return _cell(row, mapping.person)


def _cell(row: list[str], place: int) -> str:
    if not 0 <= place < len(row):
        return ""
    return row[place] if isinstance(row[place], ComputersNumber | CellDate) else " ".join(row[place].split())


def _value(row: list[str], mapping: Mapping, place: int, unit: str = "", code: str = "") -> PrintedResult:
    cell = _cell(row, place)
    ends = _ends(row, mapping)
    return read_result(cell, mapping.decimal, unit, code, (ends.get("range_low"), ends.get("range_high")))


def _ends(row: list[str], mapping: Mapping) -> dict[str, float]:
    """The ends of the reference range, as far as they are numbers."""
    cell = _printed_range(row, mapping)
    spread = read_range(cell, mapping.decimal)
    ends = {"range_low": spread.low, "range_high": spread.high}
    for name, place in (("range_low", mapping.low), ("range_high", mapping.high)):
        text = _cell(row, place)
        text = text.rstrip(" %") if text.endswith("%") else text
        readings = readings_of(text, mapping.decimal)
        if text:
            ends[name] = float(readings[0]) if len(readings) == 1 else None
    return {name: end for name, end in ends.items() if end is not None}


def _printed_range(row: list[str], mapping: Mapping) -> str:
    """The range as printed; one of which a spreadsheet made a date says nothing."""
    return "" if mapping.range >= 0 and is_mangled(_cell(row, mapping.range)) else _cell(row, mapping.range)


def _result(row: list[str], mapping: Mapping, title: str, happened: PartialDate | None, result: PrintedResult) -> Entry:
    printed = _printed_range(row, mapping)
    ends = {"range_low": _cell(row, mapping.low), "range_high": _cell(row, mapping.high)}
    if not printed:
        printed = "–".join(text for text in ends.values() if text) if all(ends.values()) else _one_sided(ends)
    data: dict[str, Any] = {
        "category": "laboratory" if mapping.range >= 0 or mapping.low >= 0 or mapping.specimen >= 0 else "",
        **_ends(row, mapping),
        "range_text": printed,
        "interpretation": _cell(row, mapping.flag) or result.flag,
        "specimen": _cell(row, mapping.specimen),
        "performer": _cell(row, mapping.performer),
        "note": _cell(row, mapping.note),
    }
    return Entry(
        "Observation",
        title,
        codes=_codes(_cell(row, mapping.code)),
        happened=happened,
        status=_status(_cell(row, mapping.status)),
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


def _measures(row: list[str], mapping: Mapping, happened: PartialDate | None) -> tuple[list[Entry], str]:
    """One entry a measure that has a value; both blood pressures of a row are one entry with two parts.

    Beside them the reason why a measure, or the row, gives none.
    """
    filled = [one for one in mapping.measured if _cell(row, one.column)]
    refused = [reason for one in filled if (reason := _no_result(row, mapping, one.title, one.column, one.unit))]
    filled = [one for one in filled if not _no_result(row, mapping, one.title, one.column, one.unit)]
    read = {one: _value(row, mapping, one.column, one.unit, one.code) for one in filled}
    two = next((_may_be_two(result) for result in read.values() if result.readings), "") or "".join(refused[:1])
    read = {one: result for one, result in read.items() if not result.readings}
    entries = []
    pressures = [one for one in read if one.code in _PRESSURE]
    if len(pressures) == 2:
        entries.append(_blood_pressure({one: read.pop(one) for one in pressures}, happened))
    note = _cell(row, mapping.note)
    for one, result in read.items():
        data = {"category": "vital-signs" if one.code else "", "interpretation": result.flag, "note": note}
        codes = (Coding(LOINC, one.code),) if one.code else ()
        kept = {name: value for name, value in data.items() if value}
        entry = Entry(
            "Observation", _(one.title), codes=codes, happened=happened, status=Status.FINAL, data=kept, **result.fields
        )
        entries.append(entry)
    return entries, two or ("" if entries else _("It holds no value."))


def _blood_pressure(both: dict[Measured, PrintedResult], happened: PartialDate | None) -> Entry:
    ordered = sorted(both.items(), key=lambda pair: _PRESSURE.index(pair[0].code))
    parts: list[dict[str, Any]] = []
    for one, result in ordered:
        codes = [{"system": LOINC, "code": one.code, "display": ""}]
        parts.append({"title": _(one.title), "codes": codes, **result.fields})
    shown = "/".join(part["value_text"] for part in parts)
    units = {part.get("unit", "") for part in parts}
    return Entry(
        "Observation",
        _("Blood pressure"),
        codes=(Coding(LOINC, "85354-9"),),
        happened=happened,
        value_text=shown,
        unit=units.pop() if len(units) == 1 else "",
        status=Status.FINAL,
        data={"category": "vital-signs", "components": parts},
    )
