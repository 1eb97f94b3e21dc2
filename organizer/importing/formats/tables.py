"""Tables of results as text: CSV, TSV, and what spreadsheets write in other countries.

A table is taken only where its head names a date, a test and a value; any other one stays a document. Columns are
told by the words of their head, in English, German, French and Spanish. Days and months that can't be told apart are
left out with that reason: they are never guessed.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from organizer.base.dates import PartialDate, parse_date
from organizer.base.errors import UnreadableSourceError
from organizer.base.progress import Progress
from organizer.base.quantities import parse_number
from organizer.base.words import _
from organizer.importing.format import Draft, Reading, Skipped, SourceFile
from organizer.records.entry import Coding, Entry, Source

MARKS = "\t;,|"
LONGEST_CELL = 100_000
_HEADS = {
    "date": "date datum fecha day observation_date result_date test_date collected collected_on collection_date "
    "datetime date_time timestamp taken sampled abnahmedatum date_de_prelevement fecha_de_toma effective_date",
    "title": "name test test_name analyte result_name component description parameter untersuchung analyse bezeichnung "
    "examen prueba determinacion observation lab_test long_common_name",
    "value": "value result results wert ergebnis valeur resultat valor resultado result_value messwert",
    "unit": "unit units einheit unite unites unidad unidades uom",
    "low": "low range_low ref_low reference_low lower lower_limit normal_low untergrenze",
    "high": "high range_high ref_high reference_high upper upper_limit normal_high obergrenze",
    "range": "range reference_range ref_range normal_range referenzbereich normbereich valeurs_de_reference reference "
    "valores_de_referencia rango_de_referencia",
    "flag": "flag abnormal_flag abnormal interpretation flags bewertung",
    "code": "loinc loinc_code code test_code loinc_num",
    "person": "pid patient_id patient mrn subject person_id patientid",
    "note": "comment comments note notes bemerkung kommentar commentaire comentario",
    "laboratory": "lab laboratory performer facility labor laboratoire laboratorio",
}
_COLUMN = {word: name for name, words in _HEADS.items() for word in words.split()}
_ACCENTS = str.maketrans("áàâäãéèêëíìîïóòôöúùûüñç", "aaaaaeeeeiiiioooouuuunc")
_LOINC = re.compile(r"\d{1,5}-\d")
_ISO = re.compile(r"\d{4}-\d{2}(-\d{2})?([T ]\d{2}:\d{2}(:\d{2})?)?.*")
_NUMERIC = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:[ T,].*)?")
_DECIMAL_COMMA = re.compile(r"([<>≤≥]=?\s*)?[+-]?\d+,\d+")


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column holds what (from 0), and how the table writes days and decimals.

    `day_first` None: no date tells day from month.
    """

    columns: dict[str, int]
    mark: str
    day_first: bool | None
    decimal_comma: bool


class TablesFormat:
    """CSV and TSV tables of results."""

    name = "Table"

    def recognises(self, source: SourceFile) -> bool:
        """Text whose first line names at least a date, a test and a value."""
        text = _decoded(source.head)
        return text is not None and _mapped(text) is not None

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """One Observation draft a row. Raises UnreadableSourceError where the table can't be read."""
        text = _decoded(source.read())
        mapping = _mapped(text) if text is not None else None
        if text is None or mapping is None:
            raise UnreadableSourceError(
                _("“{name}” isn’t a table that Casebook can read.").format(name=source.name),
                _("Save it as CSV with a first line that names date, test, value and unit."),
            )
        reading = Reading()
        people = _people(text, mapping)
        for number, row in _rows(text, mapping.mark):
            if number % 1000 == 0:
                progress.check()
                progress.report(_("Reading {name}").format(name=source.name), number)
            told = _row(row, number, mapping)
            if len(people) > 1:
                told = _("The table is about several people; save the rows of each one apart.")
            if isinstance(told, str):
                reading.skipped.append(Skipped(f"row={number}", _("row"), told))
            else:
                reading.drafts.append(Draft(told))
        return reading


TABLES = TablesFormat()


def _decoded(data: bytes) -> str | None:
    """The text: UTF-16 by its mark or its zeros, UTF-8, else the Western Windows code page; None for binary."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    zeros = data[:400].count(0)
    if zeros > len(data[:400]) // 4:
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", "replace")
    data = data.replace(b"\0", b"")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4:  # the head of a longer file may end within a sign
            return data[: error.start].decode("utf-8-sig")
        return data.decode("cp1252", "replace")


def _mapped(text: str) -> Mapping | None:
    first = text.lstrip("\n\r").partition("\n")[0].rstrip("\r")
    for mark in sorted(MARKS, key=lambda one: -first.count(one)):
        if mark not in first:
            return None
        heads = next(csv.reader([first], delimiter=mark), [])
        columns: dict[str, int] = {}
        for place, head in enumerate(heads):
            name = _COLUMN.get(_plain(head))
            if name:
                columns.setdefault(name, place)
        if {"date", "value"} <= set(columns) and {"title", "code"} & set(columns):
            return Mapping(columns, mark, *_habits(text, mark, columns))
    return None


def _plain(head: str) -> str:
    """`Reference Range (text)` → `reference_range`."""
    bare = re.sub(r"\(.*?\)|\[.*?\]", "", head).strip().casefold().translate(_ACCENTS)
    return re.sub(r"[^a-z0-9]+", "_", bare).strip("_")


def _rows(text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    """The rows below the head with their line numbers; empty ones are none."""
    reader = csv.reader(io.StringIO(text), delimiter=mark)
    rows = (row for row in reader if any(cell.strip() for cell in row))
    try:
        next(rows, None)
        for row in rows:
            yield reader.line_num, [cell.strip()[:LONGEST_CELL] for cell in row]
    except csv.Error:
        return


def _habits(text: str, mark: str, columns: dict[str, int]) -> tuple[bool | None, bool]:
    """Whether days come before months, and whether decimals have a comma, from all rows."""
    days_first = months_first = comma = point = False
    for _number, row in _rows(text, mark):
        date, value = _cell(row, columns.get("date")), _cell(row, columns.get("value"))
        match = _NUMERIC.fullmatch(date)
        if match:
            days_first |= int(match[1]) > 12 or "." in date
            months_first |= int(match[2]) > 12
        comma |= bool(_DECIMAL_COMMA.fullmatch(value))
        point |= "." in value
    day_first = None if days_first == months_first else days_first
    return day_first, comma and not point


def _people(text: str, mapping: Mapping) -> set[str]:
    place = mapping.columns.get("person")
    return {_cell(row, place) for _number, row in _rows(text, mapping.mark)} - {""} if place is not None else set()


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""


def _row(row: Sequence[str], number: int, mapping: Mapping) -> Entry | str:
    """The entry of a row, or why it is none."""
    cells = {name: _cell(row, place) for name, place in mapping.columns.items()}
    title, value = cells.get("title") or cells.get("code", ""), cells["value"]
    if not title or not value:
        return _("The row names no test, or no value.")
    happened = _day(cells["date"], mapping.day_first)
    if happened is None and _NUMERIC.fullmatch(cells["date"]):
        return _("Day and month of “{date}” can’t be told apart; write it as 2026-03-02.").format(date=cells["date"])
    if happened is None and cells["date"]:
        return _("“{date}” is no date that Casebook can read.").format(date=cells["date"][:40])
    code = cells.get("code", "")
    system = "http://loinc.org" if _LOINC.fullmatch(code) else "urn:casebook:table"
    data = {
        "category": "laboratory",
        **_range(cells, mapping.decimal_comma),
        "interpretation": cells.get("flag", ""),
        "performer": cells.get("laboratory", ""),
        "note": cells.get("note", ""),
    }
    return Entry(
        "Observation",
        title,
        codes=(Coding(system, code, title),) if code else (),
        happened=happened,
        status="final",
        data={name: one for name, one in data.items() if one not in ("", None)},
        sources=(Source(locator=f"row={number}"),),
        **_value(value, cells.get("unit", ""), mapping.decimal_comma),
    )


def _value(text: str, unit: str, decimal_comma: bool) -> dict[str, Any]:
    number = parse_number(text.replace(",", ".") if decimal_comma else text)
    if number is None:
        return {"value_text": text, "unit": unit}
    return {"value": number.value, "value_text": number.text, "comparator": number.comparator, "unit": unit}


def _range(cells: dict[str, str], decimal_comma: bool) -> dict[str, Any]:
    low, high, text = (cells.get(name, "") for name in ("low", "high", "range"))
    ends = [parse_number(end.replace(",", ".") if decimal_comma else end) if end else None for end in (low, high)]
    spoken = f"{low}–{high}" if low and high else f"≥ {low}" if low else f"≤ {high}" if high else ""
    return {
        "range_low": ends[0].value if ends[0] else None,
        "range_high": ends[1].value if ends[1] else None,
        "range_text": text or spoken,
    }


def _day(text: str, day_first: bool | None) -> PartialDate | None:
    if _ISO.fullmatch(text):
        return parse_date(text.replace(" ", "T", 1)) or parse_date(text[:10])
    match = _NUMERIC.fullmatch(text)
    if match is None:
        return parse_date(text)
    if day_first is None and match[1] != match[2]:
        return None
    day, month = (match[1], match[2]) if day_first else (match[2], match[1])
    return parse_date(f"{match[3]}-{int(month):02}-{int(day):02}")
