"""The file as a whole: its tables, how each is read, and each row as results or left out with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _, ngettext
from organizer.base.numbers import decimal_mark
from organizer.base.progress import Progress
from organizer.base.written_dates import ORDERS, is_open, order_of, readings_of
from organizer.importing.core.format import Draft, Reading, Skipped, SourceFile, Table
from organizer.importing.formats.tables.grid import (
    MOST_ROWS,
    MOST_TEXT,
    SEPARATORS,
    Row,
    Sheet,
    is_workbook,
    sheets,
    split,
)
from organizer.importing.formats.tables.mapping import HEADING_ROWS, Mapping, guess
from organizer.importing.formats.tables.rows import open_number, person_of, read_row
from organizer.importing.page_text.contents import searchable
from organizer.importing.page_text.plain_words import decoded_text
from organizer.model.entry import Entry, Source

ROWS_SHOWN = 12
FEWEST_ROWS, FEWEST_COLUMNS = 3, 3


class TablesFormat:
    """Tables of results: text with separators, and workbooks."""

    name = "Table"

    def recognises(self, source: SourceFile) -> bool:
        """Text whose headings name what and how much (or when and which measures), or a workbook."""
        if is_workbook(source):
            return True
        if source.head[:1] in (b"{", b"<") or source.head.startswith(b"%PDF"):
            return False
        text = decoded_text(source.head)[0].replace("\0", "")
        return _separator(text) != "" or _is_grid(text)

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """All rows of each sheet, by what the person said of its columns or what its headings suggest.

        Raises UnreadableSourceError for what is damaged or too big.
        """
        reading = Reading()
        for sheet in _tables(source, reading):
            key = f"{source.sha256}#{sheet.name}"
            mapping = source.answers.columns.get(key) or suggest(sheet)
            asked = _Asked()
            if mapping.usable:
                asked = _read_sheet(sheet, mapping, source, progress, reading)
            elif sheet.rows:
                where = sheet.name or source.name
                words = _("“{where}” names no columns of results; it is kept as a document.")
                reading.warnings.append(words.format(where=where))
                reading.drafts.append(_document(sheet, source, reading))
            if sheet.rows:
                first = tuple(tuple(row) for _number, row in sheet.rows[: mapping.heading + 1 + ROWS_SHOWN])
                reading.tables.append(Table(key, sheet.name, first, mapping, asked.date, asked.number))
        return reading


TABLES = TablesFormat()


def suggest(sheet: Sheet) -> Mapping:
    """The columns that the headings name, with the order of dates and the decimal mark that the cells show."""
    mapping = guess([row for _number, row in sheet.rows[:HEADING_ROWS]])
    body = [row for _number, row in sheet.rows[mapping.heading + 1 :]]
    numbers = [one.column for one in mapping.measured] + [mapping.value, mapping.low, mapping.high, mapping.range]
    decimal = decimal_mark(_column(body, [place for place in numbers if place >= 0]))
    # Where numbers have a decimal comma, nobody writes the month first.
    orders = ("DMY", "YMD") if decimal == "," else ORDERS
    return replace(mapping, decimal=decimal, date_order=order_of(_column(body, [mapping.date]), orders))


def _column(rows: Sequence[Row], places: Sequence[int]) -> list[str]:
    return [row[place] for row in rows for place in places if 0 <= place < len(row)]


def _separator(text: str) -> str:
    """The separator by which the headings say most; "" where none makes a table of results."""
    best, most = "", 0
    for separator in SEPARATORS:
        rows = [row for _number, row in split(text[:65_536], separator, HEADING_ROWS)]
        mapping = guess(rows)
        if mapping.usable and mapping.weight > most and len(rows) > mapping.heading + 1:
            best, most = separator, mapping.weight
    return best


def _most_frequent(text: str) -> str:
    return max(SEPARATORS, key=text[:65_536].count)


def _is_grid(text: str) -> bool:
    """Rows of as many cells, some of them numbers: a table whose columns the person may name."""
    for separator in SEPARATORS:
        rows = [row for _number, row in split(text[:65_536], separator, HEADING_ROWS)]
        rows = rows[:-1] if len(rows) > FEWEST_ROWS else rows  # the last one may be cut in two
        alike = len(rows) >= FEWEST_ROWS and {len(row) for row in rows} == {len(rows[0])}
        if alike and len(rows[0]) >= FEWEST_COLUMNS and any(one[:1].isdigit() for one in rows[-1]):
            return True
    return False


def _tables(source: SourceFile, reading: Reading) -> list[Sheet]:
    if is_workbook(source):
        return sheets(source)
    if source.size > MOST_TEXT:
        raise UnreadableSourceError(
            _("“{name}” is too big for a table of results.").format(name=source.name),
            _("Split it into smaller files, then import them."),
        )
    text, encoding = decoded_text(source.read())
    if "\0" in text:
        text = text.replace("\0", "")
        reading.warnings.append(_("It holds signs that no text has (zero bytes); they were left out while reading."))
    if encoding == "cp1252":
        reading.warnings.append(_("It isn’t Unicode; it was read as Western European text. Check its accents."))
    rows = split(text, _separator(text) or _most_frequent(text))
    if len(rows) >= MOST_ROWS:
        reading.warnings.append(_("It has more rows than are read; split it into smaller files."))
    return [Sheet("", rows)]


@dataclass(slots=True)
class _Asked:
    """What the table leaves open: the first `date` that may be two days, the first `number` that may be two; or ""."""

    date: str = ""
    number: str = ""

    def add(self, row: Row, mapping: Mapping) -> None:
        """Look at a row that wasn't read as a whole."""
        cell = row[mapping.date].strip() if 0 <= mapping.date < len(row) else ""
        self.date = self.date or (cell if is_open(cell, mapping.date_order) else "")
        self.number = self.number or open_number(row, mapping)

    def words(self, order: str) -> list[str]:
        """The questions, for people."""
        questions = []
        if self.date:
            days = readings_of(self.date, order)
            words = _("Is “{date}” {one} or {other}? The table doesn’t say.")
            questions.append(words.format(date=self.date, one=days[0].spoken(), other=days[1].spoken()))
        if self.number:
            words = _("Does the mark in “{number}” part decimals or thousands? The table doesn’t say.")
            questions.append(words.format(number=self.number))
        return questions


def _read_sheet(sheet: Sheet, mapping: Mapping, source: SourceFile, progress: Progress, reading: Reading) -> _Asked:
    """All rows below the headings; gives what is to be asked."""
    rows = sheet.rows[mapping.heading + 1 :]
    heading = sheet.rows[mapping.heading][1]
    people = _people(sheet, mapping, reading)
    only = "" if people else _only_name(sheet, mapping)
    asked = _Asked()
    for number, (line, row) in enumerate(rows):
        if number % 500 == 0:
            progress.check()
            progress.report(_("Reading {name}").format(name=source.name), number, len(rows))
        where = f"sheet={sheet.name}!row={line}" if sheet.name else f"row={line}"
        if row == heading:
            reading.skipped.append(Skipped(where, _("row"), _("The headings once more.")))
            continue
        entries, reason = read_row(row, mapping)
        if not entries:
            reading.skipped.append(Skipped(where, _("row"), reason))
            asked.add(row, mapping)
            continue
        if reason:  # the row's other measures are read
            reading.warnings.append(reason)
            asked.add(row, mapping)
        patient = person_of(row, mapping) if people else ""
        for place, entry in enumerate(entries):
            told = Source(locator=where if len(entries) == 1 else f"{where}&part={place + 1}")
            drafted = replace(entry, sources=(told,))
            reading.drafts.append(Draft(drafted, patient, things=int(place == 0), patient_name=only))
    reading.warnings += asked.words(mapping.date_order)
    return asked


def _only_name(sheet: Sheet, mapping: Mapping) -> str:
    """The one name that a column of people holds: whose the table is; a bare number names nobody."""
    names = {person_of(row, mapping) for _line, row in sheet.rows[mapping.heading + 1 :]} - {""}
    return next((name for name in names if not name.isdecimal()), "")


def _people(sheet: Sheet, mapping: Mapping, reading: Reading) -> bool:
    """Where a table is of several people, each of them as a person: they are never one person's results."""
    names = dict.fromkeys(person_of(row, mapping) for _line, row in sheet.rows[mapping.heading + 1 :])
    names.pop("", None)
    if len(names) < 2:
        return False
    for name in names:
        title = _("Person {number}").format(number=name) if name.isdecimal() else name
        entry = Entry("Patient", title, sources=(Source(locator=sheet.name or "table", identifier=name),))
        reading.drafts.append(Draft(entry, name, things=0))
    words = ngettext("The table is of {n} person.", "The table is of {n} people.", len(names))
    reading.warnings.append(words.format(n=len(names)))
    return True


def _document(sheet: Sheet, source: SourceFile, reading: Reading) -> Draft:
    """A table that is none of results, to be read and searched."""
    rows = "\n".join("\t".join(row).rstrip() for _number, row in sheet.rows[:10_000])
    words = searchable(rows, source.name, reading.warnings)
    data = {"file": source.sha256, "media_type": source.media_type, "text": words}
    title = f"{source.name.rpartition('/')[2]} – {sheet.name}" if sheet.name else source.name.rpartition("/")[2]
    told = Source(locator=f"sheet={sheet.name}" if sheet.name else "row=1")
    return Draft(Entry("DocumentReference", title, status="current", data=data, sources=(told,)))
