"""A row that has a column each for what was measured: one entry a measure, both blood pressures in one."""

import re
from collections.abc import Iterable
from itertools import chain
from typing import Any

from organizer.base.dates import PartialDate
from organizer.base.i18n import _
from organizer.base.numbers import parse_number, readings_of
from organizer.base.results import PrintedResult
from organizer.importing.formats.tables.cells import (
    in_two_units,
    may_be_millimetres,
    pressures_in,
    says_no_value,
    with_rest,
)
from organizer.importing.formats.tables.mapping import Mapping, Measured
from organizer.importing.formats.tables.row_values import may_be_two, no_result, note_in, value_in, words_in
from organizer.importing.formats.tables.vocabulary import DIASTOLIC, PRESSURE, SYSTOLIC
from organizer.model.codes import LOINC
from organizer.model.entry import Coding, Entry, without_empty
from organizer.model.statuses import Status

_PARTS = (SYSTOLIC, DIASTOLIC)
_MILLIMETRES = "mm[Hg]"
_LEAST_IN_MILLIMETRES = 41.0
"""More than 40 is no pressure in kPa or cmHg: 40 kPa are 300 mm Hg."""
_RATED = re.compile(r"(\d{1,3}(?:[.,]\d)?)\s*(?:/|out of|von|sur|de)\s*(?:5|10|100)", re.IGNORECASE)
"""`6/10`: a rating with what it is out of."""
_PULSE_TITLE, _PULSE = "Heart rate", "8867-4"


def read_measures(row: list[str], mapping: Mapping, happened: PartialDate | None) -> tuple[list[Entry], str]:
    """One entry a measure that has a value; both blood pressures of one occasion are one entry with two parts.

    Beside them the reason why a measure, or the row, gives none.
    """
    entries: list[Entry] = []
    reasons: list[str] = []
    halves: dict[str, dict[Measured, PrintedResult]] = {}
    for column in mapping.measured:
        cell = words_in(row, column.column)
        if not cell or says_no_value(cell):
            continue
        if column.loinc == PRESSURE:
            entries += _pressures(row, mapping, column, happened, reasons)
            continue
        result, reason = _result(row, mapping, column)
        if reason:
            reasons.append(reason)
        elif column.loinc in _PARTS:
            halves.setdefault(column.occasion, {})[column] = result
        else:
            entries.append(_entry(row, mapping, column, happened, result))
    joined = list(chain.from_iterable(_joined(row, mapping, both, happened, reasons) for both in halves.values()))
    entries = [*joined, *entries]
    return entries, next(iter(reasons), "") or ("" if entries else _("It holds no value."))


def _result(row: list[str], mapping: Mapping, column: Measured) -> tuple[PrintedResult, str]:
    """The result in a column, or why it gives none."""
    cell = words_in(row, column.column)
    reason = no_result(row, mapping, column.title, column.column, column.unit)
    rest = words_in(row, column.rest)
    rated = _RATED.fullmatch(cell) if column.category == "symptom" else None
    if rated is not None:
        (digits,) = readings_of(rated[1])
        return PrintedResult(digits, float(digits)), reason
    parts = (with_rest(cell, column.unit, rest) if rest else None) or in_two_units(cell, column.unit)
    if parts is not None:
        number = parse_number(parts[0])
        return PrintedResult(parts[0], number.value if number else None, unit=parts[1]), reason
    result = value_in(row, mapping, column.column, column.unit, column.loinc)
    return result, reason or (may_be_two(result) if result.readings else "")


def _pressures(
    row: list[str], mapping: Mapping, column: Measured, happened: PartialDate | None, reasons: list[str]
) -> list[Entry]:
    """`131/84 (70)`: both pressures and the pulse; several in one cell are as many readings."""
    readings = pressures_in(row[column.column])
    if not readings:
        words = _("“{cell}” isn’t a blood pressure that can be read.")
        reasons.append(words.format(cell=words_in(row, column.column)[:40]))
    entries = []
    note = _note(row, mapping, column)
    for systolic, diastolic, pulse in readings:
        both = blood_pressure(happened, systolic, diastolic, column.unit)
        entries.append(both.having(data=without_empty({**both.data, "note": note})))
        if pulse:
            beats = Measured(column.column, _PULSE_TITLE, _PULSE, category="vital-signs", occasion=column.occasion)
            entries.append(_entry(row, mapping, beats, happened, PrintedResult(pulse, float(pulse))))
    return entries


def _joined(
    row: list[str],
    mapping: Mapping,
    both: dict[Measured, PrintedResult],
    happened: PartialDate | None,
    reasons: list[str],
) -> list[Entry]:
    """Both pressures as one entry; one alone as it is."""
    if len(both) < len(_PARTS):
        return [_entry(row, mapping, column, happened, result) for column, result in both.items()]
    ordered = sorted(both.items(), key=lambda pair: _PARTS.index(pair[0].loinc))
    if not all(may_be_millimetres(result.value, result.unit or column.unit) for column, result in ordered):
        cell = "/".join(words_in(row, column.column) for column, _result in ordered)
        reasons.append(_("“{cell}” can’t be a blood pressure in mmHg; it may be in cmHg.").format(cell=cell[:40]))
        return []
    pressure = _pair([(column.title, column.loinc, result.fields) for column, result in ordered], happened)
    note = _note(row, mapping, ordered[0][0])
    return [pressure.having(data=without_empty({**pressure.data, "note": note}))]


def blood_pressure(happened: PartialDate | None, systolic: str, diastolic: str, unit: str = "") -> Entry:
    """Both pressures, as digits, in one entry."""
    sides = (("Systolic blood pressure", SYSTOLIC, systolic), ("Diastolic blood pressure", DIASTOLIC, diastolic))
    parts = [(title, code, PrintedResult(text, float(text), unit=unit).fields) for title, code, text in sides]
    return _pair(parts, happened)


def _in_millimetres(sides: list[tuple[str, str, dict[str, Any]]]) -> list[tuple[str, str, dict[str, Any]]]:
    """Two pressures that name no unit in mm Hg, where they can be nothing else: no cmHg and no kPa of a living body
    reaches these numbers."""
    values = [fields.get("value") or 0.0 for _title, _code, fields in sides]
    is_bare = not any(fields.get("unit") for _title, _code, fields in sides)
    if not is_bare or len(values) != len(_PARTS) or min(values) < _LEAST_IN_MILLIMETRES:
        return sides
    return [(title, code, {**fields, "unit": _MILLIMETRES}) for title, code, fields in sides]


def _pair(sides: Iterable[tuple[str, str, dict[str, Any]]], happened: PartialDate | None) -> Entry:
    parts: list[dict[str, Any]] = []
    for title, code, fields in _in_millimetres(list(sides)):
        codes = [{"system": LOINC, "code": code, "display": ""}]
        parts.append({"title": _(title), "codes": codes, **fields})
    units = {part.get("unit", "") for part in parts}
    return Entry(
        "Observation",
        _("Blood pressure"),
        codes=(Coding(LOINC, PRESSURE),),
        happened=happened,
        value_text="/".join(part["value_text"] for part in parts),
        unit=units.pop() if len(units) == 1 else "",
        status=Status.FINAL,
        data={"category": "vital-signs", "components": parts},
    )


def _entry(
    row: list[str], mapping: Mapping, column: Measured, happened: PartialDate | None, result: PrintedResult
) -> Entry:
    written = words_in(row, column.column)
    data = {
        "category": column.category,
        "interpretation": result.flag,
        "method": column.scale,
        "note": _note(row, mapping, column, "" if result.unit not in ("lb", "in") else written),
    }
    return Entry(
        "Observation",
        _(column.title),
        codes=(Coding(LOINC, column.loinc),) if column.loinc else (),
        happened=happened,
        status=Status.FINAL,
        data=without_empty(data),
        **result.fields,
    )


def _note(row: list[str], mapping: Mapping, column: Measured, written: str = "") -> str:
    """The row's note, behind what the heading says of when it was; and what was written where it was added up."""
    added_up = written if in_two_units(written, column.unit) else ""
    return "; ".join(words for words in (column.occasion, added_up, note_in(row, mapping)) if words)
