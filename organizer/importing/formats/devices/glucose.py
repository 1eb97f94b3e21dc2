"""Continuous glucose meters: the CSV of Dexcom Clarity and of LibreView.

Clarity: one heading row, the person in rows of their own, readings as `EGV` (estimated glucose value), `Low` and `High`
for what lies beyond its limits. LibreView: a line on the export, the headings, then a record type for each row (0 every
quarter of an hour, 1 scanned, 2 strip, others insulin, food, notes: see `noted`). Types 0 to 2 and `EGV` as in
public readers of both (looked up 2026-11-29); the rest from files of people.
"""

import re
from dataclasses import dataclass
from itertools import chain

from organizer.base.dates import PartialDate
from organizer.base.i18n import _, marked
from organizer.base.numbers import parse_number, readings_of
from organizer.base.progress import Progress
from organizer.base.written_dates import date_of, is_open, order_of
from organizer.importing.core.format import Draft, Format, Reading, Skipped, SourceFile, Table
from organizer.importing.formats._days import Days
from organizer.importing.formats.devices.days import DayBook
from organizer.importing.formats.devices.noted import columns_of, noted_in
from organizer.importing.formats.tables.grid import SEPARATORS, Row, cell_of, split
from organizer.importing.formats.tables.mapping import Mapping, Measured
from organizer.importing.page_text.plain_words import decoded_text
from organizer.model.entry import Entry, Source
from organizer.model.statuses import Status

_UNIT = re.compile(r"(mg/dL|mmol/L)", re.IGNORECASE)
_GLUCOSE = re.compile(r"glu[ck]o|glucemia|glyc")
_TIMES = re.compile(
    r"timestamp|zeitstempel|horodat|fecha|date|sello de tiempo|carimbo|tijdstempel|tidsst[eä]mpel|aikaleima"
    r"|sygnatura czas"
)
_TYPES = re.compile(r"typ\b|type|tipo|tyyppi")
_EGV = re.compile(rb"[,;\t]\"?EGV\"?[,;\t]")
_IN_HEAD = re.compile(rb"EGV|glu[ck]o|glyc", re.IGNORECASE)
_CONTINUOUS, _SCANNED, _STRIP = "0", "1", "2"
_LIBRE_HEAD = re.compile(
    r"^\W*(?:Device|Gerät|Appareil|Dispositivo|Apparaat|Enhed|Enhet|Urządzenie|Laite)\b", re.IGNORECASE
)
_TOLD = {"FirstName": "first", "LastName": "last", "DateOfBirth": "born"}
_AT_ONCE = 500
SHOWN = 12


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where what stands: the row of the headings, and columns, −1 for one that is absent."""

    heading: int
    date: int
    type: int
    device: int
    values: tuple[int, ...]
    unit: str


class GlucoseFormat(Format):
    """The readings of a sensor, one entry a day; drops of blood one entry each."""

    name = marked("Glucose meter")

    def recognises(self, source: SourceFile) -> bool:
        """A table with glucose in its headings, and either readings called EGV or LibreView's types of records."""
        head = source.head
        if head[:1] in (b"{", b"[", b"<") or not _IN_HEAD.search(head):
            return False
        rows = _rows(decoded_text(head)[0][:8192])
        layout = _layout(rows)
        return layout is not None and (_EGV.search(head) is not None or layout.heading == 1)

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """The days, the single measurements, and what else the meter wrote, counted."""
        rows = _rows(decoded_text(source.read())[0], progress)
        layout = _layout(rows)
        assert layout is not None
        return _Meter(source, rows, layout).read(progress)


GLUCOSE = GlucoseFormat()


def _rows(text: str, progress: Progress | None = None) -> list[tuple[int, Row]]:
    first = text.split("\n", 3)[:3]
    separator = max(SEPARATORS, key=lambda word: first[-1].count(word) if first else 0)
    return split(text, separator, progress=progress)


def _layout(rows: list[tuple[int, Row]]) -> _Layout | None:
    for place, (_line, row) in enumerate(rows[:3]):
        named = [" ".join(cell.split()).casefold() for cell in row]
        values = [at for at, cell in enumerate(named) if _UNIT.search(cell) and _GLUCOSE.search(cell)]
        dates = [at for at, cell in enumerate(named) if _TIMES.search(cell)]
        types = [at for at, cell in enumerate(named) if _TYPES.search(cell)]
        if not values or not dates or not types:
            continue
        unit = _UNIT.search(row[values[0]])
        devices = [at for at, cell in enumerate(row) if _LIBRE_HEAD.match(cell) or cell == "Source Device ID"]
        assert unit is not None
        return _Layout(place, dates[0], types[0], devices[0] if devices else -1, tuple(values), unit[1])
    return None


class _Meter:
    def __init__(self, source: SourceFile, rows: list[tuple[int, Row]], layout: _Layout) -> None:
        self.source, self.layout = source, layout
        self.above, self.rows = rows[: layout.heading], rows[layout.heading + 1 :]
        self.is_libre = layout.heading == 1
        self.reading = Reading()
        self.key = f"{source.sha256}#"
        mapping = source.answers.columns.get(self.key)
        dates = {cell_of(row, layout.date) for _line, row in self.rows}
        self.order = mapping.date_order if mapping and mapping.date_order else order_of(dates)
        self.days = Days("glucose-meter", _("Glucose (sensor)"), layout.unit, category="laboratory")
        self.book = DayBook("glucose-meter")
        self.noted = columns_of(rows[layout.heading][1])
        self.person = {"first": "", "last": "", "born": ""}
        self.unclear = ""
        self.single: list[Entry] = []

    def read(self, progress: Progress) -> Reading:
        for number, (line, row) in enumerate(self.rows):
            if number % _AT_ONCE == 0:
                progress.check()
                progress.report(_("Reading {name}").format(name=self.source.name), number, len(self.rows))
            self._row(line, row)
        name = " ".join(part for part in (self.person["first"], self.person["last"]) if part)
        self._say_maker()
        patient = self._patient(name)
        self.reading.drafts += self.days.drafts(patient, name)
        self.reading.drafts += self.book.drafts(patient, name)
        self.reading.drafts += [Draft(entry, patient, patient_name=name) for entry in self.single]
        if self.unclear:
            self._ask()
        self.reading.name_emptiness()
        return self.reading

    def _row(self, line: int, row: Row) -> None:
        kind, where = cell_of(row, self.layout.type), f"row={line}"
        if kind in _TOLD:
            self.person[_TOLD[kind]] = next((cell.strip() for cell in row[self.layout.type + 1 :] if cell.strip()), "")
            return
        is_sensor = kind in (_CONTINUOUS, _SCANNED) if self.is_libre else kind == "EGV"
        is_drop = kind == _STRIP if self.is_libre else kind == "Calibration"
        value = next((cell_of(row, place) for place in self.layout.values if cell_of(row, place)), "")
        is_glucose = bool(value) and (is_sensor or is_drop)
        subtype = "" if self.is_libre else cell_of(row, self.layout.type + 1)
        noted = [] if is_glucose else noted_in(row, self.noted, subtype)
        if not is_glucose and not noted:
            reason = _("It is a setting, an alarm, a note, or a dose or meal whose unit the file doesn’t tell.")
            self.reading.skipped.append(Skipped(where, kind or _("row"), reason))
            return
        written = cell_of(row, self.layout.date)
        when = date_of(written, self.order)
        if when is None:
            self.unclear = self.unclear or (written if is_open(written, self.order) else "")
            words = _("“{date}” isn’t a date that can be read.")
            if is_open(written, self.order):
                words = _("“{date}” may be two days: the table doesn’t say in which order day, month and year stand.")
            self.reading.skipped.append(Skipped(where, _("row"), words.format(date=written[:40])))
            return
        device = cell_of(row, self.layout.device)
        if is_glucose:
            self._keep(is_sensor, when, next(iter(readings_of(value)), value), device, where)
        for measure, amount in noted:
            self.book.add(measure, device, when, next(iter(readings_of(amount)), amount), where)

    def _keep(self, is_sensor: bool, when: PartialDate, value: str, device: str, where: str) -> None:
        if is_sensor:
            self.days.add(device, when, value, where)
            return
        data = {"category": "laboratory", **({"performer": device} if device else {})}
        number = parse_number(value)
        entry = Entry(
            "Observation",
            _("Blood glucose"),
            happened=when,
            value=number.value if number else None,
            value_text=value,
            unit=self.layout.unit,
            status=Status.FINAL,
            data=data,
            sources=(Source(locator=where, identifier=f"glucose-meter|{device}|{when.text}|strip"),),
        )
        self.single.append(entry)

    def _say_maker(self) -> None:
        """LibreView's first line ends with who made the export. That may be a parent or a clinic: it names nobody's
        readings, and is only told."""
        cells = [cell.strip() for cell in chain.from_iterable(row for _line, row in self.above) if cell.strip()]
        if self.is_libre and len(cells) > 3 and not cells[-1][:1].isdigit():
            words = _("The export was made by {name}; it doesn’t say whose readings these are.")
            self.reading.warnings.append(words.format(name=cells[-1]))

    def _patient(self, name: str) -> str:
        born = date_of(self.person["born"])
        if not name or born is None:
            return ""
        identifier = f"glucose-meter:{name.casefold()}|{born.text}"
        source = Source(locator="row=2", identifier=identifier)
        entry = Entry("Patient", name, data={"birth_date": born.text}, sources=(source,))
        self.reading.drafts.append(Draft(entry, identifier, stands_for=0))
        return identifier

    def _ask(self) -> None:
        """The order of the days is asked as for any table."""
        measured = tuple(Measured(place, _("Blood glucose"), unit=self.layout.unit) for place in self.layout.values)
        columns = Mapping(heading=len(self.above), date=self.layout.date, measured=measured, date_order=self.order)
        named = [""] * (max(self.layout.date, *self.layout.values) + 1)
        named[self.layout.date] = _("Date")
        for place in self.layout.values:
            named[place] = _("Blood glucose")
        shown = [tuple(row) for _line, row in (*self.above, (0, named), *self.rows[:SHOWN])]
        self.reading.tables.append(Table(self.key, "", tuple(shown), columns, unclear=self.unclear))
