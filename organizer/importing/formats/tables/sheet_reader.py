"""One table by its columns: its rows as results, or left out with the reason; what it leaves open."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace

from organizer.base.analyte_names import needs_a_unit
from organizer.base.i18n import _, in_quotes, ngettext
from organizer.base.progress import Progress
from organizer.base.written_dates import is_open, readings_of
from organizer.health.named_patient import NamedPatient
from organizer.importing.core.format import Draft, Reading, Skipped, SourceFile
from organizer.importing.formats.tables.blanks import DatesAbove
from organizer.importing.formats.tables.grid import Row, Sheet, cell_of
from organizer.importing.formats.tables.mapping import Mapping, unused
from organizer.importing.formats.tables.row_values import is_mangled
from organizer.importing.formats.tables.rows import open_number, person_of, read_row
from organizer.importing.formats.tables.sections import is_title, units_below
from organizer.model.entry import Entry, Source

ROWS_AT_ONCE = 100


@dataclass(slots=True)
class Asked:
    """What the table leaves open: the first `date` that may be two days, the first `number` that may be two; or ""."""

    date: str = ""
    number: str = ""

    def add(self, row: Row, mapping: Mapping) -> None:
        """Look at a row that wasn't read as a whole."""
        dates = [*(date for _place, date in mapping.dated), cell_of(row, mapping.date)]
        self.date = self.date or next((date for date in dates if is_open(date, mapping.date_order)), "")
        self.number = self.number or open_number(row, mapping)

    def words(self, order: str) -> list[str]:
        """The questions, for people."""
        questions = []
        if self.date:
            questions.append(question_of_date(self.date, order))
        if self.number:
            words = _("Does the mark in “{number}” part decimals or thousands? The table doesn’t say.")
            questions.append(words.format(number=self.number))
        return questions


@dataclass(slots=True)
class SheetReader:
    """One table by its columns; what it finds goes into `reading`."""

    sheet: Sheet
    mapping: Mapping
    source: SourceFile
    reading: Reading
    named: NamedPatient = field(default_factory=NamedPatient)  # whom what stands around the table names
    asked: Asked = field(default_factory=Asked)
    without_unit: set[str] = field(default_factory=set)  # titles of numbers that came without one
    closed: bool = False  # below a title that no headings follow, the columns hold something else

    def read(self, progress: Progress) -> Asked:
        """All rows below the headings; gives what is to be asked."""
        rows = self.sheet.rows[self.mapping.heading + 1 :]
        heading = self.sheet.rows[self.mapping.heading][1]
        people = _people(self.sheet, self.mapping, self.reading)
        only = "" if people else _only_name(self.sheet, self.mapping) or self.named.name
        above = DatesAbove(self.mapping)
        filled: set[int] = set()
        for number, (line, row) in enumerate(rows):
            if number % ROWS_AT_ONCE == 0:
                progress.check()
                progress.report(_("Reading {name}").format(name=self.source.name), number, len(rows))
            if row == heading:
                self._skip(line, _("The headings once more."))
                continue
            if number == 0 and units_below(self.mapping, row):
                self._skip(line, _("The units of the columns."))
                continue
            self._read_row(line, above.dated(line, row), only, people)
            filled |= {place for place, cell in enumerate(row[: len(heading)]) if cell.strip()}

        self.reading.warnings += [*self.asked.words(self.mapping.date_order), *above.words()]
        self._say_what_is_unused(heading, filled)
        self._say_what_has_no_unit()
        has_days = self.mapping.date >= 0 or self.mapping.dated
        if filled and not has_days:
            self.reading.warnings.append(_("The table doesn’t say when its results were measured."))
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
        self._add(entries, self._where(line), patient, only)

    def _add(self, entries: Sequence[Entry], where: str, patient: str, only: str) -> None:
        """The results of one row: of a patient of the table, or of whom what stands around it names."""
        born = () if patient else tuple(day.text for day in self.named.born)
        for place, entry in enumerate(entries):
            source = Source(locator=where if len(entries) == 1 else f"{where}&part={place + 1}")
            drafted = replace(entry, sources=(source,))
            draft = Draft(drafted, patient, stands_for=int(place == 0), patient_name=only, patient_born=born)
            self.reading.drafts.append(draft)
            if entry.value is not None and not entry.unit:
                self.without_unit.add(entry.title)

    def _where(self, line: int) -> str:
        return place_of(self.sheet, line)

    def _skip(self, line: int, reason: str) -> None:
        self.reading.skipped.append(Skipped(self._where(line), _("row"), reason))

    def _say_lost_range(self, row: Row) -> None:
        has_range = 0 <= self.mapping.range < len(row)
        if has_range and is_mangled(row[self.mapping.range]):
            words = _("The range “{cell}” is left out: it looks like one of which a spreadsheet made a date.")
            self.reading.warnings.append(words.format(cell=row[self.mapping.range]))

    def _say_what_has_no_unit(self) -> None:
        """Numbers that mean nothing without their unit, where neither heading nor cell tells it."""
        titles = {_(measured.title) for measured in self.mapping.measured if measured.needs_unit}
        bare = titles & self.without_unit | set(filter(needs_a_unit, self.without_unit))
        if bare:
            words = _("The table doesn’t say the unit of {measures}: these numbers come in without one.")
            self.reading.warnings.append(words.format(measures=", ".join(sorted(bare))))

    def _say_what_is_unused(self, heading: Row, filled: Set[int]) -> None:
        """Each column that is filled and not read is named before anything is accepted."""
        names = [heading[place] for place in unused(self.mapping, heading) if place in filled]
        self.reading.warnings += columns_not_read(names)


def place_of(sheet: Sheet, line: int) -> str:
    """The place of a row in its file, as an entry's source tells it."""
    where = f"sheet={sheet.name}!row={line}" if sheet.name else f"row={line}"
    return f"{where}&column={sheet.column + 1}" if sheet.column else where


def question_of_date(written: str, order: str) -> str:
    """The question which of two days a date is."""
    days = readings_of(written, order)
    words = _("Is “{date}” {one} or {other}? The table doesn’t say.")
    return words.format(date=written, one=days[0].spoken(), other=days[1].spoken())


def columns_not_read(headings: Sequence[str]) -> list[str]:
    """What is told of columns that are filled and not read; nothing where there are none."""
    if not headings:
        return []
    words = ngettext(
        "A column isn’t read: {columns}. Say what it holds to bring it in too.",
        "Columns that aren’t read: {columns}. Say what they hold to bring them in too.",
        len(headings),
    )
    return [words.format(columns=", ".join(in_quotes(heading.strip()) for heading in headings))]


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
        reading.drafts.append(Draft(entry, name, stands_for=0))
    words = ngettext("The table is of {n} person.", "The table is of {n} people.", len(names))
    reading.warnings.append(words.format(n=len(names)))
    return True
