"""What stands around a table: whose it is, above its headings or on its sheet's name; and the month of its days."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from organizer.base.analyte_names import analytes_named
from organizer.base.dates import PartialDate
from organizer.base.written_dates import date_of, readings_of
from organizer.health.named_patient import NamedPatient, patient_on
from organizer.importing.formats.tables.grid import Row, Sheet, bare_rows, cell_of, filled_cells
from organizer.importing.formats.tables.headings import known_measure, plain, roles_named
from organizer.importing.formats.tables.mapping import Mapping

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_NAME = re.compile(r"[^\W\d_]{2,20}(?:['’.-]?[ -]?[^\W\d_]{1,20}){0,3}\.?")
_LONG_WORD = re.compile(r"[^\W\d_]{3,}")
_BARE_DAY = re.compile(r"\d{1,2}(?:\.0)?")
_MOST_DAYS = 31  # of a month
_OTHER_CELLS = 3  # in a column of bare days, such as a total
_MOST_NAME_WORDS = 3
_LABEL_AND_WORDS = 2  # cells of a row that tells something of a whole table
_MEASURED_ON = 1
"""Words of this rank (see `vocabulary`) or better tell when it was taken or measured, not when it was reported."""
_ROWS_OF_A_HEAD = 10  # of a table whose headings aren't known
_WORDS_ON_SHEETS = """
    sheet table data results labs lab blood bloods urine stool vitals values log diary journal tracker summary
    overview notes info history archive old new current chart charts graph export import report test tests raw  home
    morning evening hospital clinic day week month year daily weekly monthly total average medication  medications
    meds medicines pressure sugar tabelle blatt daten werte labor laborwerte blut urin übersicht  zusammenfassung
    diagramm tagebuch verlauf krankenhaus zuhause hoja datos resultados laboratorio sangre orina  resumen gráfico
    diario feuil feuille données résultats laboratoire sang graphique foglio dati risultati esami  analisi лист
    данные анализы результаты кровь моча дневник arkusz dane wyniki page instructions template  readme settings
    legend reference ranges before after during treatment chemo surgery baseline
"""
_NOBODY = frozenset(map(plain, _WORDS_ON_SHEETS.split()))
"""What sheets are called that aren't called after somebody."""


def named_above(sheet: Sheet, mapping: Mapping) -> NamedPatient:
    """Whom the rows above the headings name: `Patient: Ada Example`, or labels with what they label beside them."""
    above = sheet.rows[: mapping.heading if mapping.usable else _ROWS_OF_A_HEAD]
    lines = map(_as_line, map(filled_cells, bare_rows(above)))
    return patient_on("\n".join(lines))


def _as_line(cells: Sequence[str]) -> str:
    """Cells as a line of a page; of two the first is the label of the second."""
    is_labelled = len(cells) == _LABEL_AND_WORDS and not cells[0].endswith((":", "："))
    return ": ".join(cells) if is_labelled else " ".join(cells)


def called_after_people(sheets: Sequence[tuple[Sheet, Mapping]]) -> bool:
    """True where several sheets of the same columns are each called as people are: they may be of several people."""
    names = {sheet.name for sheet, _mapping in sheets}
    if len(names) < 2:
        return False
    headings = {tuple(sheet.rows[mapping.heading][1]) for sheet, mapping in sheets}
    return len(headings) == 1 and all(map(_may_be_name, names))


def _may_be_name(name: str) -> bool:
    """Whether a sheet may be called after somebody: few words with capitals that are no words of tables."""
    words = name.split()
    if not _NAME.fullmatch(name.strip()) or len(words) > _MOST_NAME_WORDS:
        return False
    is_written_as_names_are = all(word[:1].isupper() for word in words)
    if not is_written_as_names_are or not _NOBODY.isdisjoint(map(plain, words)):
        return False

    is_month = bool(readings_of(f"1 {name} 2000"))
    meanings = (roles_named(name), known_measure(name), analytes_named(name), is_month)
    return not any(meanings)


def with_days_of_month(sheet: Sheet, mapping: Mapping, file_name: str) -> Sheet:
    """Days that are bare numbers (`1` to `31`) as dates, where the sheet's name, a row above it or the file's name
    tells the month. The sheet itself where it isn't so.
    """
    body = sheet.rows[mapping.heading + 1 :]
    written = [cell_of(row, mapping.date) for _line, row in body]
    cells = list(filter(None, written))
    days = list(filter(_is_day_of_month, cells))
    if not days or len(days) < len(cells) - _OTHER_CELLS:
        return sheet

    above = chain.from_iterable(map(filled_cells, bare_rows(sheet.rows[: mapping.heading])))
    month = _month_in([sheet.name, *above, file_name.rpartition("/")[2].rpartition(".")[0]])
    if month is None:
        return sheet
    rows = [(line, _dated(row, mapping.date, month)) for line, row in body]
    return replace(sheet, rows=[*sheet.rows[: mapping.heading + 1], *rows])


def with_day_beside(sheet: Sheet, mapping: Mapping) -> tuple[Sheet, Mapping, str]:
    """A table of results without a column of dates, with the one that a row above or below it tells (`Collected:
    2026-01-05`), in a column of its own; and that day as written, "" where no row, or several days, are told."""
    if mapping.date >= 0 or mapping.dated or mapping.value < 0:
        return sheet, mapping, ""
    rows = bare_rows(sheet.rows)
    days = set(map(_day_labelled, rows)) - {""}
    if len(days) != 1:
        return sheet, mapping, ""

    (day,) = days
    width = max(map(len, rows))
    heading = sheet.rows[mapping.heading][1]
    body = []
    for line, row in sheet.rows[mapping.heading + 1 :]:
        beside = [*row, *[""] * (width - len(row)), day]
        body.append((line, row if row == heading else beside))
    return replace(sheet, rows=[*sheet.rows[: mapping.heading + 1], *body]), replace(mapping, date=width), day


def _day_labelled(row: Row) -> str:
    """The one day of a row that is a label for days and that day; "" for any other row."""
    cells = filled_cells(row)
    if len(cells) == 1:
        label, _colon, written = cells[0].partition(":")
        cells = [label, written.strip()]
    if len(cells) != _LABEL_AND_WORDS:
        return ""

    label, written = cells
    days = readings_of(written)
    is_one_day = len(days) == 1 and days[0].precision in ("day", "instant")
    return written if is_one_day and _is_of_taking(label) else ""


def _is_of_taking(label: str) -> bool:
    """Whether words tell when it was taken or measured."""
    ranks = [rank for rank, role in roles_named(label.rstrip(": ")) if role == "date"]
    return bool(ranks) and min(ranks) <= _MEASURED_ON


def _month_in(texts: Sequence[str]) -> PartialDate | None:
    """The month that the first of these texts tells, with the year beside it or the only one in the others."""
    years = set(chain.from_iterable(map(_YEAR.findall, texts)))
    only_year = min(years) if len(years) == 1 else ""
    for text in texts:
        day = date_of(text.strip())
        if day is not None and day.precision == "month":
            return day
        months = _months_named(text, only_year) if only_year else set()
        if len(months) == 1:
            return months.pop()
    return None


def _months_named(text: str, year: str) -> set[PartialDate]:
    """The months that a text names, of that year."""
    days = [date_of(f"{word} {year}") for word in _LONG_WORD.findall(text)]
    return set(filter(None, days))


def _is_day_of_month(cell: str) -> bool:
    return _BARE_DAY.fullmatch(cell) is not None and 1 <= int(float(cell)) <= _MOST_DAYS


def _dated(row: Row, place: int, month: PartialDate) -> Row:
    cell = cell_of(row, place)
    if not _BARE_DAY.fullmatch(cell):
        return row
    return [*row[:place], f"{month.text}-{int(float(cell)):02}", *row[place + 1 :]]
