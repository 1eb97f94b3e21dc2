"""The file as a whole: its tables, how each is read, and each row as results or left out with its reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _, ngettext
from organizer.base.numbers import decimal_mark
from organizer.base.progress import NoProgress, Progress
from organizer.base.written_dates import ORDERS, is_open, order_of, readings_of
from organizer.importing.core.format import Draft, Reading, Skipped, SourceFile, Table
from organizer.importing.formats.tables.blanks import DatesAbove
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
from organizer.importing.formats.tables.mapping import HEADING_ROWS, Mapping, guess, unused
from organizer.importing.formats.tables.rows import is_intake, is_mangled, open_number, person_of, read_row
from organizer.importing.formats.tables.sections import is_title, sections, units_below
from organizer.importing.page_text.contents import searchable
from organizer.importing.page_text.plain_words import decoded_text
from organizer.model.entry import Entry, Source
from organizer.model.statuses import Status

ROWS_SHOWN = 12
FEWEST_ROWS, FEWEST_COLUMNS = 3, 3
ROWS_AT_ONCE = 100


class TablesFormat:
    """Tables of results: text with separators, and workbooks."""

    name = "Table"

    def recognises(self, source: SourceFile) -> bool:
        """Text whose headings name what and how much (or when and which measures), or a workbook."""
        if is_workbook(source):
            return True
        if source.head[:1] in (b"{", b"[", b"<") or source.head.startswith(b"%PDF"):
            return False
        text = decoded_text(source.head)[0].replace("\0", "")
        return _separator(text) != "" or _is_grid(text)

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """All rows of each table, by what the person said of its columns or what its headings suggest.

        Raises UnreadableSourceError for what is damaged or too big.
        """
        reading = Reading()
        for sheet in _tables(source, reading, progress):
            for part in sections(sheet, progress):
                _read_table(part, source, progress, reading)
        return reading


TABLES = TablesFormat()


def _read_table(part: Sheet, source: SourceFile, progress: Progress, reading: Reading) -> None:
    if not part.rows:
        return
    key = f"{source.sha256}#{part.key}"
    mapping = source.answers.columns.get(key) or suggest(part, progress)
    asked = _Asked()
    where = part.name or source.name
    if mapping.usable and _tells_intakes(part, mapping):
        words = _("“{where}” tells which doses were taken; these are no results. It is kept as a document.")
        reading.warnings.append(words.format(where=where))
        reading.drafts.append(_document(part, source, reading))
    elif mapping.usable:
        asked = _SheetReader(part, mapping, source, reading).read(progress)
    else:
        words = _("“{where}” names no columns of results; it is kept as a document.")
        reading.warnings.append(words.format(where=where))
        reading.drafts.append(_document(part, source, reading))
    first = tuple(tuple(row) for _number, row in part.rows[: mapping.heading + 1 + ROWS_SHOWN])
    reading.tables.append(Table(key, part.name, first, mapping, asked.date, asked.number))


def suggest(sheet: Sheet, progress: Progress | None = None) -> Mapping:
    """The columns that the headings name, with the order of dates and the decimal mark that the cells show."""
    progress = progress or NoProgress()
    mapping = guess([row for _number, row in sheet.rows[:HEADING_ROWS]])
    body = [row for _number, row in sheet.rows[mapping.heading + 1 :]]
    units = units_below(mapping, body[0]) if body else {}
    if units:
        measured = tuple(replace(one, unit=units.get(one.column, one.unit)) for one in mapping.measured)
        mapping = replace(mapping, measured=measured)
    numbers = [one.column for one in mapping.measured] + [place for place, _date in mapping.dated]
    numbers += [mapping.value, mapping.low, mapping.high, mapping.range]
    decimal = decimal_mark(_watched(body, [place for place in numbers if place >= 0], progress))
    # Where numbers have a decimal comma, nobody writes the month first.
    orders = ("DMY", "YMD") if decimal == "," else ORDERS
    dates = [date for _place, date in mapping.dated] or _watched(body, [mapping.date], progress)
    return replace(mapping, decimal=decimal, date_order=order_of(dates, orders))


def _watched(rows: Sequence[Row], places: Sequence[int], progress: Progress) -> Iterator[str]:
    """The cells of these columns, each text once."""
    met: set[str] = set()
    for number, row in enumerate(rows):
        if number % ROWS_AT_ONCE == 0:
            progress.check()
            progress.report(_("Looking at the columns"), number, len(rows))
        cells = {row[place] for place in places if 0 <= place < len(row)} - met
        met |= cells
        yield from cells


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


def _tables(source: SourceFile, reading: Reading, progress: Progress) -> list[Sheet]:
    if is_workbook(source):
        return sheets(source, progress)
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
    rows = split(text, _separator(text) or _most_frequent(text), progress=progress)
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
        dates = [date for _place, date in mapping.dated]
        dates += [row[mapping.date].strip()] if 0 <= mapping.date < len(row) else []
        self.date = self.date or next((date for date in dates if is_open(date, mapping.date_order)), "")
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


@dataclass(slots=True)
class _SheetReader:
    """One table by its columns; what it finds goes into `reading`."""

    sheet: Sheet
    mapping: Mapping
    source: SourceFile
    reading: Reading
    asked: _Asked = field(default_factory=_Asked)
    closed: bool = False  # below a title that no headings follow, the columns hold something else

    def read(self, progress: Progress) -> _Asked:
        """All rows below the headings; gives what is to be asked."""
        rows = self.sheet.rows[self.mapping.heading + 1 :]
        heading = self.sheet.rows[self.mapping.heading][1]
        people = _people(self.sheet, self.mapping, self.reading)
        only = "" if people else _only_name(self.sheet, self.mapping)
        above = DatesAbove(self.mapping)
        filled = [0] * len(heading)
        for number, (line, row) in enumerate(rows):
            if number % ROWS_AT_ONCE == 0:
                progress.check()
                progress.report(_("Reading {name}").format(name=self.source.name), number, len(rows))
            if row == heading or (number == 0 and units_below(self.mapping, row)):
                words = _("The headings once more.") if row == heading else _("The units of the columns.")
                self._skip(line, words)
                continue
            self._read_row(line, above.dated(line, row), only, people)
            for place, cell in enumerate(row[: len(filled)]):
                filled[place] += bool(cell and cell.strip())
        self.reading.warnings += [*self.asked.words(self.mapping.date_order), *above.words()]
        self._say_what_is_unused(heading, filled)
        return self.asked

    def _read_row(self, line: int, row: Row, only: str, people: bool) -> None:
        self.closed = self.closed or (bool(self.mapping.measured) and is_title(row))
        if self.closed:
            self._skip(line, _("It stands under a title of its own, whose columns have no headings."))
            return
        entries, reason = read_row(row, self.mapping)
        if not entries:
            self._skip(line, reason)
            self.asked.add(row, self.mapping)
            return
        if reason:  # the row's other measures are read
            self.reading.warnings.append(reason)
            self.asked.add(row, self.mapping)
        self._say_lost_range(row)
        patient = person_of(row, self.mapping) if people else ""
        where = self._where(line)
        for place, entry in enumerate(entries):
            told = Source(locator=where if len(entries) == 1 else f"{where}&part={place + 1}")
            drafted = replace(entry, sources=(told,))
            self.reading.drafts.append(Draft(drafted, patient, things=int(place == 0), patient_name=only))

    def _where(self, line: int) -> str:
        where = f"sheet={self.sheet.name}!row={line}" if self.sheet.name else f"row={line}"
        return f"{where}&column={self.sheet.column + 1}" if self.sheet.column else where

    def _skip(self, line: int, reason: str) -> None:
        self.reading.skipped.append(Skipped(self._where(line), _("row"), reason))

    def _say_lost_range(self, row: Row) -> None:
        cell = row[self.mapping.range] if 0 <= self.mapping.range < len(row) else ""
        if cell and is_mangled(cell):
            words = _("The range “{cell}” is left out: it looks like one of which a spreadsheet made a date.")
            self.reading.warnings.append(words.format(cell=cell))

    def _say_what_is_unused(self, heading: Row, filled: Sequence[int]) -> None:
        """Each column that is filled and not read is named before anything is accepted."""
        names = [f"“{heading[place].strip()}”" for place in unused(self.mapping, heading) if filled[place]]
        if names:
            words = ngettext(
                "A column isn’t read: {columns}. Say what it holds to bring it in too.",
                "Columns that aren’t read: {columns}. Say what they hold to bring them in too.",
                len(names),
            )
            self.reading.warnings.append(words.format(columns=", ".join(names)))


def _tells_intakes(sheet: Sheet, mapping: Mapping) -> bool:
    """A diary of doses: the status of its rows says taken or missed."""
    return mapping.status >= 0 and any(is_intake(row, mapping) for _line, row in sheet.rows[mapping.heading + 1 :])


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
    first = sheet.rows[0][0] if sheet.part else 1
    told = Source(locator=f"sheet={sheet.name}" if sheet.name else f"row={first}")
    return Draft(Entry("DocumentReference", title, status=Status.CURRENT, data=data, sources=(told,)))
