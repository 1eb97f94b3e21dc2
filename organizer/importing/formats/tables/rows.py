"""One row as entries: a result with its range and flag, or one entry a measure."""

from typing import Any

from organizer.base.dates import PartialDate
from organizer.base.i18n import _
from organizer.importing.formats.tables import cells
from organizer.importing.formats.tables.mapping import Mapping, Measured
from organizer.model.codes import is_loinc_code
from organizer.model.entry import Coding, Entry

_LOINC = "http://loinc.org"
_PRESSURE = ("8480-6", "8462-4")
_STATUSES = frozenset({"registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error"})


def read_row(row: list[str], mapping: Mapping) -> tuple[list[Entry], str]:
    """The results of a row; where there is none, the reason in plain words."""
    written = _cell(row, mapping.date)
    happened = cells.date_of(written, mapping.date_order)
    if written and happened is None:
        if cells.is_ambiguous(written, mapping.date_order):
            return [], _("“{date}” may be two days: the table doesn’t say whether day or month comes first.").format(
                date=written
            )
        return [], _("“{date}” isn’t a date that can be read.").format(date=written[:40])
    if mapping.measured:
        found = _measures(row, mapping, happened)
        return found, "" if found else _("It holds no value.")
    title = _cell(row, mapping.name)
    if not title:
        return [], _("It doesn’t say what was measured.")
    if not _cell(row, mapping.value):
        return [], _("It holds no value.")
    return [_result(row, mapping, title, happened)], ""


def person_of(row: list[str], mapping: Mapping) -> str:
    """Whose row it is, as the table says; "" where it doesn't."""
    return _cell(row, mapping.person)


def _cell(row: list[str], place: int) -> str:
    return " ".join(row[place].split()) if 0 <= place < len(row) else ""


def _result(row: list[str], mapping: Mapping, title: str, happened: PartialDate | None) -> Entry:
    told, flag = cells.value_of(_cell(row, mapping.value), mapping.decimal, _cell(row, mapping.unit))
    printed = _cell(row, mapping.range)
    ends = {"range_low": _cell(row, mapping.low), "range_high": _cell(row, mapping.high)}
    numbers = {name: cells.number_of(text, mapping.decimal) for name, text in ends.items() if text}
    if not printed:
        printed = "–".join(text for text in ends.values() if text) if all(ends.values()) else _one_sided(ends)
    data: dict[str, Any] = {
        "category": "laboratory" if mapping.range >= 0 or mapping.low >= 0 or mapping.specimen >= 0 else "",
        **cells.range_of(_cell(row, mapping.range), mapping.decimal),
        **numbers,
        "range_text": printed,
        "interpretation": _cell(row, mapping.flag) or flag,
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
        **told,
    )


def _one_sided(ends: dict[str, str]) -> str:
    if ends["range_low"]:
        return f"≥ {ends['range_low']}"
    return f"≤ {ends['range_high']}" if ends["range_high"] else ""


def _codes(code: str) -> tuple[Coding, ...]:
    if not code:
        return ()
    return (Coding(_LOINC if is_loinc_code(code) else "", code),)


def _measures(row: list[str], mapping: Mapping, happened: PartialDate | None) -> list[Entry]:
    """One entry a measure that has a value; both blood pressures of a row are one entry with two parts."""
    found = {one: _cell(row, one.column) for one in mapping.measured if _cell(row, one.column)}
    pressure = [one for one in found if one.code in _PRESSURE]
    entries = []
    if len(pressure) == 2:
        entries.append(_blood_pressure({one: found.pop(one) for one in pressure}, mapping, happened))
    note = _cell(row, mapping.note)
    for one, text in found.items():
        told, flag = cells.value_of(text, mapping.decimal, one.unit)
        data = {"category": "vital-signs" if one.code else "", "interpretation": flag, "note": note}
        codes = (Coding(_LOINC, one.code),) if one.code else ()
        kept = {name: value for name, value in data.items() if value}
        entries.append(
            Entry("Observation", _(one.title), codes=codes, happened=happened, status="final", data=kept, **told)
        )
    return entries


def _blood_pressure(both: dict[Measured, str], mapping: Mapping, happened: PartialDate | None) -> Entry:
    ordered = sorted(both.items(), key=lambda pair: _PRESSURE.index(pair[0].code))
    parts: list[dict[str, Any]] = []
    for one, text in ordered:
        codes = [{"system": _LOINC, "code": one.code, "display": ""}]
        parts.append({"title": _(one.title), "codes": codes, **cells.value_of(text, mapping.decimal, one.unit)[0]})
    shown = "/".join(part["value_text"] for part in parts)
    units = {part["unit"] for part in parts}
    return Entry(
        "Observation",
        _("Blood pressure"),
        codes=(Coding(_LOINC, "85354-9"),),
        happened=happened,
        value_text=shown,
        unit=units.pop() if len(units) == 1 else "",
        status="final",
        data={"category": "vital-signs", "components": parts},
    )
