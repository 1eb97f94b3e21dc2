"""One row as entries: a result with its range and flag, or one entry a measure."""

from typing import Any

from organizer.base.dates import PartialDate
from organizer.base.i18n import _
from organizer.base.numbers import ComputersNumber, read_range, readings_of
from organizer.base.results import PrintedResult, read_result
from organizer.base.written_dates import date_of, is_open, serial_day
from organizer.importing.formats.tables.mapping import Mapping, Measured
from organizer.model.codes import LOINC, is_loinc_code
from organizer.model.entry import Coding, Entry

_PRESSURE = ("8480-6", "8462-4")
_STATUSES = frozenset({"registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error"})


def read_row(row: list[str], mapping: Mapping) -> tuple[list[Entry], str]:
    """The results of a row; where there is none, the reason in plain words."""
    written = _cell(row, mapping.date)
    happened = date_of(written, mapping.date_order) or serial_day(written)
    if written and happened is None:
        if is_open(written, mapping.date_order):
            words = _("“{date}” may be two days: the table doesn’t say in which order day, month and year stand.")
            return [], words.format(date=written)
        return [], _("“{date}” isn’t a date that can be read.").format(date=written[:40])
    if mapping.measured:
        return _measures(row, mapping, happened)
    title = _cell(row, mapping.name)
    if not title:
        return [], _("It doesn’t say what was measured.")
    if not _cell(row, mapping.value):
        return [], _("It holds no value.")
    result = _value(row, mapping, mapping.value, _cell(row, mapping.unit), _cell(row, mapping.code))
    if result.readings:
        return [], _may_be_two(result)
    return [_result(row, mapping, title, happened, result)], ""


def open_number(row: list[str], mapping: Mapping) -> str:
    """The first number of a row whose mark may part decimals or thousands, as printed; "" where there is none."""
    for place in [one.column for one in mapping.measured] or [mapping.value]:
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
    return row[place] if isinstance(row[place], ComputersNumber) else " ".join(row[place].split())


def _value(row: list[str], mapping: Mapping, place: int, unit: str = "", code: str = "") -> PrintedResult:
    cell = _cell(row, place)
    ends = _ends(row, mapping)
    return read_result(cell, mapping.decimal, unit, code, (ends.get("range_low"), ends.get("range_high")))


def _ends(row: list[str], mapping: Mapping) -> dict[str, float]:
    """The ends of the reference range, as far as they are numbers."""
    cell = _cell(row, mapping.range)
    spread = read_range(cell, mapping.decimal)
    ends = {"range_low": spread.low, "range_high": spread.high}
    for name, place in (("range_low", mapping.low), ("range_high", mapping.high)):
        text = _cell(row, place)
        readings = readings_of(text, mapping.decimal)
        if text:
            ends[name] = float(readings[0]) if len(readings) == 1 else None
    return {name: end for name, end in ends.items() if end is not None}


def _result(row: list[str], mapping: Mapping, title: str, happened: PartialDate | None, result: PrintedResult) -> Entry:
    printed = _cell(row, mapping.range)
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
    status = _cell(row, mapping.status).lower().replace(" ", "-")
    return Entry(
        "Observation",
        title,
        codes=_codes(_cell(row, mapping.code)),
        happened=happened,
        status=status if status in _STATUSES else "final",
        data={name: one for name, one in data.items() if one not in ("", None)},
        **result.fields,
    )


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
    read = {one: _value(row, mapping, one.column, one.unit, one.code) for one in filled}
    two = next((_may_be_two(result) for result in read.values() if result.readings), "")
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
            "Observation", _(one.title), codes=codes, happened=happened, status="final", data=kept, **result.fields
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
        status="final",
        data={"category": "vital-signs", "components": parts},
    )
