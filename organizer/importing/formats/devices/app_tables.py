"""Tables of meters, watches and their apps (see `table_layouts`): readings of the day as days, others each as it is."""

import re
from dataclasses import dataclass, field

from organizer.base.dates import PartialDate
from organizer.base.figures import plain
from organizer.base.i18n import _, marked
from organizer.base.numbers import readings_of
from organizer.base.progress import Progress
from organizer.base.written_dates import date_of, is_open, order_of
from organizer.importing.core.format import Draft, Format, Reading, Skipped, SourceFile
from organizer.importing.formats.devices.days import DayBook
from organizer.importing.formats.devices.readings import Measure, in_utc_words, number_of, observation
from organizer.importing.formats.devices.table_layouts import LAYOUTS, Layout, Value
from organizer.importing.formats.tables.grid import SEPARATORS, Row, cell_of, split
from organizer.importing.page_text.plain_words import decoded_text

_ROWS_ABOVE = 12
_UNIT = re.compile(r"mg/dl|mmol/l", re.IGNORECASE)
_NAME = re.compile(r"^Name:\s*([^,;]+)", re.IGNORECASE)
_AT_ONCE = 500


class AppTableFormat(Format):
    """One table of an app or a device."""

    name = marked("App table")

    def recognises(self, source: SourceFile) -> bool:
        """A row of headings that is one of these apps'."""
        is_binary = b"\0" in source.head[:512] and source.head[:2] not in (b"\xff\xfe", b"\xfe\xff")
        if is_binary or source.head[:1] in (b"{", b"[", b"<", b"%"):
            return False
        return _layout_of(_rows(decoded_text(source.head)[0][:16_384]), source.name) is not None

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """Each row; those that hold no value for it are counted."""
        rows = _rows(decoded_text(source.read())[0], progress)
        layout = _layout_of(rows, source.name)
        assert layout is not None
        return _Table(source, rows, *layout).read(progress)


APP_TABLE = AppTableFormat()


def _rows(text: str, progress: Progress | None = None) -> list[tuple[int, Row]]:
    start = text[:16_384]
    return split(text, max(SEPARATORS, key=start.count), progress=progress)


def _layout_of(rows: list[tuple[int, Row]], name: str) -> tuple[Layout, int] | None:
    """The layout, and the place of its headings among the first rows."""
    file = name.rpartition("/")[2].casefold()
    for place, (_line, row) in enumerate(rows[:_ROWS_ABOVE]):
        cells = _small(row)
        layout = next((layout for layout in LAYOUTS if layout.fits(cells, file)), None)
        if layout is not None:
            return layout, place
    return None


def _small(row: Row) -> list[str]:
    return [" ".join(cell.split()).casefold().removeprefix("\ufeff") for cell in row]


@dataclass(slots=True)
class _Table:
    source: SourceFile
    rows: list[tuple[int, Row]]
    layout: Layout
    heading: int
    reading: Reading = field(default_factory=Reading)
    columns: dict[str, int] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    order: str = ""

    def read(self, progress: Progress) -> Reading:
        book = DayBook(self.layout.app.casefold())
        patient = self._person()
        self._head(self.rows[self.heading][1])
        body = self.rows[self.heading + 1 :]
        self.order = order_of({self._written(row) for _line, row in body})
        for number, (line, row) in enumerate(body):
            if number % _AT_ONCE == 0:
                progress.check()
                progress.report(_("Reading {name}").format(name=self.source.name), number, len(body))
            if self.layout.fits(_small(row), self.source.name.rpartition("/")[2].casefold()):
                self._head(row)  # a further part of the same file
            else:
                self._row(row, f"row={line}", book, patient)
        self.reading.drafts += book.drafts(patient_name=patient)
        self.reading.name_emptiness()
        if any(draft.entry.text("samples") for draft in self.reading.drafts) and self._is_utc(body):
            self.reading.warnings.append(in_utc_words())
        return self.reading

    def _head(self, row: Row) -> None:
        """Which column holds what, and the units that headings tell."""
        cells = _small(row)
        wanted = (
            *self.layout.when,
            *(value.heading for value in self.layout.values),
            self.layout.only[0],
            self.layout.unit,
        )
        self.columns = {
            name: next((place for place, cell in enumerate(cells) if cell.startswith(name)), -1)
            for name in wanted
            if name
        }
        units = {name: _UNIT.search(cells[place]) for name, place in self.columns.items() if place >= 0}
        self.units = {name: match[0] for name, match in units.items() if match}

    def _row(self, row: Row, where: str, book: DayBook, patient: str) -> None:
        column, word = self.layout.only
        written = self._written(row)
        filled = [value for value in self.layout.values if self._cell(row, value.heading)]
        if not filled or (word and self._cell(row, column).casefold() != word):
            self._skip(where, _("It holds no value that is read."))
            return
        when = date_of(written, self.order)
        if when is None:
            words = _("“{date}” isn’t a date that can be read.")
            if is_open(written, self.order):
                words = _("“{date}” may be two days: the table doesn’t say in which order day, month and year stand.")
            self._skip(where, words.format(date=written[:40]))
            return
        readings = [self._keep(value, row, when, where, book, patient, place) for place, value in enumerate(filled)]
        if not any(readings):
            self._skip(where, _("It holds no value that is read."))

    def _keep(
        self, value: Value, row: Row, when: PartialDate, where: str, book: DayBook, patient: str, number: int
    ) -> bool:
        """Whether the cell of that column became a reading or an entry."""
        texts = [text for text in _numbers(self._cell(row, value.heading)) if text and text != value.never]
        if not texts:
            return False
        measure = self._measure(value, row)
        if value.keeping == "all day":
            for text in texts:
                book.add(measure, self.layout.app, when, text, where)
            return True
        text = plain(round(float(texts[0]) * value.factor, 3)) if value.factor != 1 else texts[0]
        time = PartialDate(when.text[:10]) if value.keeping == "of its day" else when
        name = f"{self.layout.app.casefold()}|{measure.title}|{time.text}"
        entry = observation(measure, time, text, where, name, self.layout.app)
        self.reading.drafts.append(Draft(entry, stands_for=int(number == 0), patient_name=patient))
        return True

    def _measure(self, value: Value, row: Row) -> Measure:
        unit = self._cell(row, self.layout.unit) if self.layout.unit else self.units.get(value.heading, "")
        return value.units.get(unit.casefold(), value.measure)

    def _cell(self, row: Row, name: str) -> str:
        return cell_of(row, self.columns.get(name, -1))

    def _written(self, row: Row) -> str:
        return " ".join(filter(None, (self._cell(row, name) for name in self.layout.when)))

    def _is_utc(self, body: list[tuple[int, Row]]) -> bool:
        return any(self._written(row).endswith("Z") for _line, row in body[:_ROWS_ABOVE])

    def _person(self) -> str:
        """Whom the rows above name: `Name:Ada Example`, or `Last Name`, `First Name` with the names below."""
        for place, (_line, row) in enumerate(self.rows[: self.heading]):
            match = _NAME.match(",".join(row))
            if match is not None:
                return match[1].strip()
            cells = _small(row)
            if {"last name", "first name"} <= set(cells) and place + 1 < self.heading:
                below = self.rows[place + 1][1]
                return " ".join(cell_of(below, cells.index(part)) for part in ("first name", "last name")).strip()
        return ""

    def _skip(self, where: str, reason: str) -> None:
        self.reading.skipped.append(Skipped(where, _("row"), reason))


def _numbers(cell: str) -> list[str]:
    """The number in a cell, its decimals after a point or a comma; `[71,72]` are two readings one after the other."""
    if cell.startswith("["):
        return [number_of(part) for part in cell.strip("[]").split(",")]
    return [number_of(next(iter(readings_of(cell)), ""))]
