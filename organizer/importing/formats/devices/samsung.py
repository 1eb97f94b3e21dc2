"""Samsung Health: CSV with the type of its data above dotted headings.

Times are UTC, beside them the zone in which they were lived (`UTC+0100`); units are fixed: mmHg, kg, cm, mmol/L, °C, %.
Of steps there is a row a day and device, the day as its midnight without a zone; the devices count the same walk, so
the largest is the day's. As public readers of these files have it (looked up 2026-11-29); no document of the maker was
at hand.
"""

import re
from datetime import UTC, datetime

from organizer.base.dates import PartialDate, parse_date
from organizer.base.figures import plain
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.base.written_dates import date_of, unix_time
from organizer.importing.core.format import Draft, Format, Reading, Skipped, SourceFile
from organizer.importing.formats._days import Days
from organizer.importing.formats.devices import readings as known
from organizer.importing.formats.tables.grid import cell_of, split
from organizer.importing.page_text.plain_words import decoded_text
from organizer.model.entry import Entry

_FIRST = re.compile(rb"^(?:\xef\xbb\xbf)?com\.samsung\.(?:s?health)\.[\w.]+,\d+")
_ZONE = re.compile(r"UTC([+-]\d{2}):?(\d{2})")
_SINGLE = {
    "weight": (("weight", known.WEIGHT), ("height", known.HEIGHT), ("body_fat", known.BODY_FAT)),
    "blood_glucose": (("glucose", known.GLUCOSE_MMOL),),
    "body_temperature": (("temperature", known.TEMPERATURE),),
    "height": (("height", known.HEIGHT),),
    "blood_pressure": (("pulse", known.PULSE),),
}
_NOT_MEASURED = ("", "0")
_DAILY = {"heart_rate": ("heart_rate", known.PULSE), "oxygen_saturation": ("spo2", known.OXYGEN)}
_STEPS = {"pedometer_day_summary": "step_count", "step_daily_trend": "count"}
_AT_ONCE = 500


class SamsungFormat(Format):
    """One type of data a file; those that hold no health values are kept."""

    name = "Samsung Health"

    def recognises(self, source: SourceFile) -> bool:
        """The first line names Samsung's type, its version and its form."""
        return _FIRST.match(source.head) is not None

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """Each row at the time at which it was lived."""
        rows = split(decoded_text(source.read())[0], ",", progress=progress)
        kind = rows[0][1][0].removeprefix("\ufeff").rpartition(".")[2]
        headings = rows[1][1] if rows[1:] else []
        columns = {cell.strip().rpartition(".")[2]: place for place, cell in enumerate(headings)}
        file = _File(kind)

        for number, (line, row) in enumerate(rows[2:]):
            if number % _AT_ONCE == 0:
                progress.check()
                progress.report(_("Reading {name}").format(name=source.name), number, len(rows))
            fields = {name: cell_of(row, place) for name, place in columns.items()}
            file.add(fields, f"row={line}")
        return file.reading()


SAMSUNG = SamsungFormat()


class _File:
    """What the rows of a file become: entries of their own, or parts of a day."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._column, daily = _DAILY.get(kind, ("", known.PULSE))
        self._days = Days("samsung", _(daily.title), daily.unit, daily.codes, daily.category)
        self._steps = _StepsADay()
        self._reading = Reading()

    def add(self, fields: dict[str, str], where: str) -> None:
        """A row by its fields; what has no place is left out by name."""
        when = _lived(fields)
        if self._kind in _STEPS and self._steps.add(fields, _STEPS[self._kind], where):
            return
        if when is None:
            self._skip(where, _("row"), _("It doesn’t say what it is or when it was."))
            return
        of_day = known.number_of(fields.get(self._column)) if self._column else ""
        if of_day:
            self._days.add("Samsung Health", when, of_day, where)
            return

        entries = _entries(self._kind, fields, when, where)
        if not entries:
            self._skip(where, self._kind, _("Casebook has no place for it yet; it stays in the original."))
        self._reading.drafts += [Draft(entry, stands_for=int(place == 0)) for place, entry in enumerate(entries)]

    def reading(self) -> Reading:
        """All of it, when the last row is added."""
        self._reading.drafts += self._days.drafts() + self._steps.drafts()
        self._reading.name_emptiness()
        return self._reading

    def _skip(self, where: str, title: str, reason: str) -> None:
        self._reading.skipped.append(Skipped(where, title, reason))


class _StepsADay:
    """The steps of each day, of whichever device counted most."""

    def __init__(self) -> None:
        self._days: dict[str, list[tuple[int, str]]] = {}

    def add(self, fields: dict[str, str], column: str, where: str) -> bool:
        """A row of a day's steps; False for one that tells none."""
        count = known.number_of(fields.get(column))
        day = date_of(fields.get("day_time", "")) or unix_time(fields.get("day_time", ""))
        if day is None or not count:
            return False
        self._days.setdefault(day.text[:10], []).append((int(float(count)), where))
        return True

    def drafts(self) -> list[Draft]:
        """An entry a day; it stands for the rows of all devices."""
        made = []
        for day, rows in self._days.items():
            most, where = max(rows, key=lambda row: row[0])
            name = f"samsung|steps|{day}"
            entry = known.observation(known.STEPS, PartialDate(day), str(most), where, name, "Samsung Health")
            made.append(Draft(entry, stands_for=len(rows)))
        return made


def _slept(fields: dict[str, str], where: str) -> list[Entry]:
    """A night on the day on which it ended, in the zone in which it was lived."""
    begun, over = _lived(fields), _lived(fields, "end_time")
    if begun is None or over is None:
        return []
    elapsed = _hours_between(begun, over)
    if elapsed <= 0:
        return []

    minutes = known.number_of(fields.get("sleep_duration"))
    hours = float(minutes) / 60 if minutes else elapsed
    method = "" if minutes else _("From falling asleep to waking up, as the app tells them")
    name = f"samsung|sleep|{fields.get('datauuid') or begun.text}"
    day = PartialDate(over.text[:10])
    return [known.observation(known.SLEEP, day, plain(round(hours, 2)), where, name, "Samsung Health", method)]


def _hours_between(begun: PartialDate, over: PartialDate) -> float:
    """How many hours lie between two instants; 0 where one of them is a day only."""
    if begun.instant is None or over.instant is None:
        return 0
    return (over.instant - begun.instant).total_seconds() / 3600


def _lived(fields: dict[str, str], column: str = "start_time") -> PartialDate | None:
    """The instant of a row, in the zone of its row."""
    written = fields.get(column) or fields.get("create_time") or ""
    day = date_of(written) or unix_time(written)
    if day is None or day.precision != "instant":
        return day
    zone = _ZONE.fullmatch(fields.get("time_offset", ""))
    if zone is None:
        return day if day.instant else parse_date(f"{day.text}Z")

    at = datetime.fromisoformat(day.text.replace("Z", "+00:00"))
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    there = datetime.fromisoformat(f"2000-01-01T00:00:00{zone[1]}:{zone[2]}").tzinfo
    return parse_date(at.astimezone(there).isoformat(timespec="seconds"))


def _entries(kind: str, fields: dict[str, str], when: PartialDate, where: str) -> list[Entry]:
    unit = fields.get("datauuid") or when.text
    name = f"samsung|{kind}|{unit}"
    if kind == "sleep":
        return _slept(fields, where)
    entries = []
    systolic, diastolic = known.number_of(fields.get("systolic")), known.number_of(fields.get("diastolic"))
    if kind == "blood_pressure" and systolic and diastolic:
        entries.append(known.blood_pressure(when, systolic, diastolic, where, name))
    for column, measure in _SINGLE.get(kind, ()):
        text = known.number_of(fields.get(column))
        if text not in _NOT_MEASURED:
            entries.append(known.observation(measure, when, text, where, f"{name}|{column}"))
    return entries
