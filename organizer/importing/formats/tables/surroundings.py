"""What stands around a table: whose it is, above its headings or on its sheet's name; and the month of its days."""

import re
from collections.abc import Sequence
from dataclasses import replace

from organizer.base.analyte_names import analytes_named
from organizer.base.dates import PartialDate
from organizer.base.written_dates import date_of, readings_of
from organizer.importing.formats.tables.grid import Row, Sheet, cell_of
from organizer.importing.formats.tables.headings import known_measure, plain, roles_named
from organizer.importing.formats.tables.mapping import Mapping
from organizer.importing.page_text.named_patient import NamedPatient, patient_on

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_NAME = re.compile(r"[^\W\d_]{2,20}(?:['’.-]?[ -]?[^\W\d_]{1,20}){0,3}\.?")
_MOST_NAME_WORDS = 3
_LABEL_AND_DAY = 2  # cells of a row that tells a day for a whole table
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
    lines = []
    for _line, row in sheet.rows[: mapping.heading if mapping.usable else _ROWS_OF_A_HEAD]:
        cells = [cell.strip() for cell in row if cell.strip()]
        label = len(cells) == 2 and not cells[0].endswith((":", "："))
        lines.append(": ".join(cells) if label else " ".join(cells))
    return patient_on("\n".join(lines)) if lines else NamedPatient()


def called_after_people(sheets: Sequence[tuple[Sheet, Mapping]]) -> bool:
    """True where several sheets of the same columns are each called as people are: they may be of several people."""
    if len({sheet.name for sheet, _mapping in sheets}) < 2:
        return False
    headings = {tuple(sheet.rows[mapping.heading][1]) for sheet, mapping in sheets}
    return len(headings) == 1 and all(_may_be_name(sheet.name) for sheet, _mapping in sheets)


def _may_be_name(name: str) -> bool:
    words = name.split()
    if not _NAME.fullmatch(name.strip()) or not 1 <= len(words) <= _MOST_NAME_WORDS:
        return False
    if not all(word[:1].isupper() for word in words) or any(plain(word) in _NOBODY for word in words):
        return False
    known = roles_named(name) or known_measure(name) or analytes_named(name)
    return not known and not readings_of(f"1 {name} 2000")  # no month


def with_days_of_month(sheet: Sheet, mapping: Mapping, file_name: str) -> Sheet:
    """Days that are bare numbers (`1` to `31`) as dates, where the sheet's name, a row above it or the file's name
    tells the month. The sheet itself where it isn't so.
    """
    body = sheet.rows[mapping.heading + 1 :]
    cells = [cell_of(row, mapping.date) for _line, row in body if cell_of(row, mapping.date)]
    days = [cell for cell in cells if re.fullmatch(r"\d{1,2}(?:\.0)?", cell) and 1 <= int(float(cell)) <= 31]
    if mapping.date < 0 or not days or len(days) < len(cells) - 3:
        return sheet
    above = [cell for _line, row in sheet.rows[: mapping.heading] for cell in row if cell.strip()]
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
    told = {written for _line, row in sheet.rows if (written := _day_labelled(row))}
    if len(told) != 1:
        return sheet, mapping, ""
    (day,) = told
    width = max(len(row) for _line, row in sheet.rows)
    heading = sheet.rows[mapping.heading][1]
    body = [
        (line, row if row == heading else [*row, *[""] * (width - len(row)), day])
        for line, row in sheet.rows[mapping.heading + 1 :]
    ]
    return replace(sheet, rows=[*sheet.rows[: mapping.heading + 1], *body]), replace(mapping, date=width), day


def _day_labelled(row: Row) -> str:
    """The one day of a row that is a label for days and that day; "" for any other row."""
    cells = [cell.strip() for cell in row if cell.strip()]
    if len(cells) == 1:
        label, _colon, written = cells[0].partition(":")
        cells = [label, written.strip()]
    if len(cells) != _LABEL_AND_DAY or not cells[1]:
        return ""
    ranks = [rank for rank, role in roles_named(cells[0].rstrip(": ")) if role == "date"]
    days = readings_of(cells[1])
    is_taken = bool(ranks) and min(ranks) <= _MEASURED_ON
    return cells[1] if is_taken and len(days) == 1 and len(days[0].text) >= len("2026-01-05") else ""


def _month_in(texts: Sequence[str]) -> PartialDate | None:
    """The month that the first of these texts tells, with the year beside it or the only one in the others."""
    years = {year for text in texts for year in _YEAR.findall(text)}
    for text in texts:
        day = date_of(text.strip())
        if day is not None and day.precision == "month":
            return day
        words = re.findall(r"[^\W\d_]{3,}", text)
        months = {day.text for word in words if len(years) == 1 and (day := date_of(f"{word} {min(years)}"))}
        if len(months) == 1:
            return PartialDate(months.pop())
    return None


def _dated(row: Row, place: int, month: PartialDate) -> Row:
    cell = cell_of(row, place)
    if not re.fullmatch(r"\d{1,2}(?:\.0)?", cell):
        return row
    return [*row[:place], f"{month.text}-{int(float(cell)):02}", *row[place + 1 :]]
