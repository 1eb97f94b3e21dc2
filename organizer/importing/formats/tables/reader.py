"""The file as a whole: its tables, how each is read, and each row as results or left out with its reason."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _, marked
from organizer.base.numbers import decimal_mark
from organizer.base.progress import NoProgress, Progress
from organizer.base.written_dates import ORDERS, order_of
from organizer.health.named_patient import NamedPatient
from organizer.importing.core.format import Draft, Format, Reading, SourceFile, Table
from organizer.importing.core.pages import Pages
from organizer.importing.formats._dense_days import gathered
from organizer.importing.formats.tables.grid import (
    MOST_TEXT,
    SEPARATORS,
    Beyond,
    Row,
    Sheet,
    split,
)
from organizer.importing.formats.tables.list_reader import read_list
from organizer.importing.formats.tables.lists import Layout, layout_of
from organizer.importing.formats.tables.mapping import HEADING_ROWS, Mapping, guess
from organizer.importing.formats.tables.rows import is_intake
from organizer.importing.formats.tables.sections import sections, units_below
from organizer.importing.formats.tables.sheet_reader import ROWS_AT_ONCE, Asked, SheetReader
from organizer.importing.formats.tables.surroundings import (
    called_after_people,
    named_above,
    with_day_beside,
    with_days_of_month,
)
from organizer.importing.formats.tables.workbooks import is_workbook, sheets
from organizer.importing.page_text.contents import searchable
from organizer.importing.page_text.plain_words import decoded_text
from organizer.model.entry import Entry, Source
from organizer.model.statuses import Status

ROWS_SHOWN = 12
FEWEST_ROWS, FEWEST_COLUMNS = 3, 3


class TablesFormat(Format):
    """Tables of results: text with separators, and workbooks."""

    name = marked("Table")

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
        reading = Reading(drafts=Pages(desk=source.desk))
        tables = []
        for sheet in _tables(source, reading, progress):
            reading.warnings += [words for words in sheet.beyond.in_words() if words not in reading.warnings]
            for part in sections(sheet, progress):
                if part.rows:
                    key = f"{source.sha256}#{part.key}"
                    tables.append((part, source.answers.columns.get(key) or suggest(part, progress)))
        of_people = called_after_people([(part, mapping) for part, mapping in tables if mapping.usable])
        named: dict[str, NamedPatient] = {}
        for part, mapping in tables:
            # What stands above the first table of a sheet holds for those below it too.
            above = named_above(part, mapping)
            named[part.name] = above if above.name or above.born else named.get(part.name, above)
            whose = NamedPatient(part.name) if of_people and not named[part.name].name else named[part.name]
            _read_table(with_days_of_month(part, mapping, source.name), mapping, whose, source, progress, reading)
        reading.drafts = gathered(reading.drafts, desk=source.desk, progress=progress)
        return reading


TABLES = TablesFormat()


def _read_table(
    part: Sheet, mapping: Mapping, whose: NamedPatient, source: SourceFile, progress: Progress, reading: Reading
) -> None:
    key = f"{source.sha256}#{part.key}"
    asked = Asked()
    where = part.name or source.name
    layout = _list_in(part, mapping)
    if (layout is not None and layout.tells_intakes) or (mapping.usable and _tells_intakes(part, mapping)):
        words = _("“{where}” tells which doses were taken; these are no results. It is kept as a document.")
        reading.warnings.append(words.format(where=where))
        reading.drafts.append(_document(part, whose, source, reading))
    elif layout is not None:
        mapping, asked.date = read_list(part, layout, whose, source, reading, progress)
    elif mapping.usable:
        dated, columns, day = with_day_beside(part, mapping)
        if day:
            words = _("The rows of “{where}” have no date; that beside the table is taken: {day}.")
            reading.warnings.append(words.format(where=where, day=day))
        asked = SheetReader(dated, columns, source, reading, whose).read(progress)
    else:
        words = _("“{where}” names no columns of results; it is kept as a document.")
        reading.warnings.append(words.format(where=where))
        reading.drafts.append(_document(part, whose, source, reading))
    first = tuple(tuple(row) for _number, row in part.rows[: mapping.heading + 1 + ROWS_SHOWN])
    reading.tables.append(Table(key, part.name, first, mapping, asked.date, asked.number))


def _list_in(part: Sheet, mapping: Mapping) -> Layout | None:
    """The list that a table is, where its headings name one and no results."""
    return None if mapping.usable else layout_of([row for _line, row in part.rows], mapping.date_order)


def suggest(sheet: Sheet, progress: Progress | None = None) -> Mapping:
    """The columns that the headings name, with the order of dates and the decimal mark that the cells show."""
    progress = progress or NoProgress()
    mapping = guess([row for _number, row in sheet.rows[:HEADING_ROWS]])
    body = [row for _number, row in sheet.rows[mapping.heading + 1 :]]
    units = units_below(mapping, body[0]) if body else {}
    if units:
        measured = tuple(replace(column, unit=units.get(column.column, column.unit)) for column in mapping.measured)
        mapping = replace(mapping, measured=measured)
    numbers = [column.column for column in mapping.measured] + [place for place, _date in mapping.dated]
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
        if mapping.usable and mapping.weight > most and _goes_on(rows, mapping.heading):
            best, most = separator, mapping.weight
        layout = layout_of(rows) if not mapping.usable else None
        if layout is not None and len(layout.columns) > most:
            best, most = separator, len(layout.columns)
    return best


def _goes_on(rows: Sequence[Row], heading: int) -> bool:
    """Whether rows of cells follow the headings: a few of them in pages of text are no table of the whole file."""
    below = rows[heading + 1 :]
    return len(below) > 0 and 2 * sum(len(row) > 1 for row in below) >= len(below)


def _most_frequent(text: str) -> str:
    return max(SEPARATORS, key=text[:65_536].count)


def _is_grid(text: str) -> bool:
    """Rows of as many cells, some of them numbers: a table whose columns the person may name."""
    for separator in SEPARATORS:
        rows = [row for _number, row in split(text[:65_536], separator, HEADING_ROWS)]
        rows = rows[:-1] if len(rows) > FEWEST_ROWS else rows  # the last one may be cut in two
        alike = len(rows) >= FEWEST_ROWS and {len(row) for row in rows} == {len(rows[0])}
        if alike and len(rows[0]) >= FEWEST_COLUMNS and any(row[:1].isdigit() for row in rows[-1]):
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
    if not encoding.startswith("utf"):
        words = _("It isn’t Unicode; it was read in the old encoding {name}. Check its accents and names.")
        reading.warnings.append(words.format(name=encoding))
    beyond = Beyond()
    rows = split(text, _separator(text) or _most_frequent(text), progress=progress, beyond=beyond)
    return [Sheet("", rows, beyond=beyond)]


def _tells_intakes(sheet: Sheet, mapping: Mapping) -> bool:
    """A diary of doses: the status of its rows says taken or missed."""
    return mapping.status >= 0 and any(is_intake(row, mapping) for _line, row in sheet.rows[mapping.heading + 1 :])


def _document(sheet: Sheet, whose: NamedPatient, source: SourceFile, reading: Reading) -> Draft:
    """A table that is none of results, to be read and searched."""
    rows = "\n".join("\t".join(row).rstrip() for _number, row in sheet.rows[:10_000])
    words = searchable(rows, source.name, reading.warnings)
    data = {"file": source.sha256, "media_type": source.media_type, "text": words}
    title = f"{source.name.rpartition('/')[2]} – {sheet.name}" if sheet.name else source.name.rpartition("/")[2]
    first = sheet.rows[0][0] if sheet.part else 1
    origin = Source(locator=f"sheet={sheet.name}" if sheet.name else f"row={first}")
    entry = Entry("DocumentReference", title, status=Status.CURRENT, data=data, sources=(origin,))
    return Draft(entry, patient_name=whose.name, patient_born=tuple(day.text for day in whose.born))
