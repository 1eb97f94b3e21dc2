"""Health Connect (Android): the SQLite file within the zip that the phone writes.

Times are milliseconds since 1970 (UTC), beside them the zone in which they were lived, in seconds; weights are grams,
heights metres, glucose mmol/L. Tables and units as in Android's source (packages/modules/HealthFitness,
android15-release and later) and in readers of the file (looked up 2026-11-29); the maker documents no format.
Several apps may count the same steps: there is an entry for each app and day.
"""

from collections.abc import Iterable
from math import isfinite
from typing import Any

from organizer.base.apart.ask import ask
from organizer.base.dates import PartialDate
from organizer.base.errors import UnreadableSourceError
from organizer.base.figures import plain
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.importing.core.format import Draft, Format, Reading, Skipped, SourceFile
from organizer.importing.formats.devices import readings as known
from organizer.importing.formats.devices.days import DayBook
from organizer.importing.formats.devices.readings import Measure, instant, number_of, observation
from organizer.store.foreign import HEAD, NoDatabaseError, Rows, rows_of

_METRES = Measure(known.HEIGHT.title, known.HEIGHT.loinc, "m")
_WHEN = ("time", "zone_offset", "app_info_id", "uuid")
_WHILE = ("start_time", "start_zone_offset", "app_info_id", "uuid")
_GRAMS_A_KILOGRAM = 1000
_INSTANTS: dict[str, tuple[str, Measure, float]] = {
    "weight_record_table": ("weight", known.WEIGHT, 1 / _GRAMS_A_KILOGRAM),
    "height_record_table": ("height", _METRES, 1),
    "body_fat_record_table": ("percentage", known.BODY_FAT, 1),
    "resting_heart_rate_record_table": ("beats_per_minute", known.RESTING, 1),
    "body_temperature_record_table": ("temperature", known.TEMPERATURE, 1),
    "basal_body_temperature_record_table": ("temperature", known.BASAL_TEMPERATURE, 1),
    "blood_glucose_record_table": ("level", known.GLUCOSE_MMOL, 1),
}
"""Table → its column, the measure, and by what a number is multiplied: one entry a row."""
_ALL_DAY: dict[str, tuple[str, Measure]] = {
    "oxygen_saturation_record_table": ("percentage", known.OXYGEN),
    "respiratory_rate_record_table": ("rate", known.BREATHS),
    "heart_rate_variability_rmssd_record_table": ("heart_rate_variability_millis", known.VARIABILITY),
}
_FLOWS = {1: "light", 2: "medium", 3: "heavy"}
_ASLEEP = frozenset({2, 4, 5, 6})
"""Stages in which somebody sleeps: asleep, light, deep, REM."""
_WANTED = {
    **{table: (*_WHEN, column) for table, (column, _measure, _factor) in _INSTANTS.items()},
    **{table: (*_WHEN, column) for table, (column, _measure) in _ALL_DAY.items()},
    "blood_pressure_record_table": (*_WHEN, "systolic", "diastolic"),
    "menstruation_flow_record_table": (*_WHEN, "flow"),
    "steps_record_table": (*_WHILE, "count"),
    "sleep_session_record_table": (*_WHILE, "row_id", "end_time", "end_zone_offset"),
    "sleep_stages_table": ("parent_key", "stage_start_time", "stage_end_time", "stage_type"),
    "heart_rate_record_table": ("row_id", "start_zone_offset", "app_info_id"),
    "heart_rate_record_series_table": ("parent_key", "beats_per_minute", "epoch_millis"),
    "application_info_table": ("row_id", "app_name", "package_name"),
    **dict.fromkeys(
        ("exercise_session_record_table", "nutrition_record_table", "hydration_record_table",
         "total_calories_burned_record_table", "active_calories_burned_record_table", "distance_record_table",
         "vo2_max_record_table", "speed_record_table"),
        ("row_id",),
    ),
}  # fmt: skip
_AT_ONCE = 2000


class HealthConnectFormat(Format):
    """The database of one phone."""

    name = "Health Connect"

    def recognises(self, source: SourceFile) -> bool:
        """A SQLite file that names Health Connect's tables, or is called as the export is."""
        if not source.head.startswith(HEAD):
            return False
        return b"_record_table" in source.head or "health_connect" in source.name.rpartition("/")[2].casefold()

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """What health values there are; rows of other tables are counted. Raises UnreadableSourceError."""
        tables: dict[str, Rows] = ask(
            tables_here, source.read(), source.name, name=source.name, progress=progress
        ).content
        return _Phone(tables, source.name, progress).read()


HEALTH_CONNECT = HealthConnectFormat()


def tables_here(data: bytes, name: str, _progress: Progress) -> dict[str, Rows]:
    """The rows of the tables that are read or counted, in this process. Raises UnreadableSourceError."""
    try:
        return rows_of(data, _WANTED)
    except NoDatabaseError as error:
        raise UnreadableSourceError(
            _("“{name}” breaks off or is damaged.").format(name=name), _("Get the file again from where it came.")
        ) from error


class _Phone:
    def __init__(self, tables: dict[str, Rows], name: str, progress: Progress) -> None:
        self.tables, self.name, self.progress = tables, name, progress
        self.reading = Reading()
        self.book = DayBook("health-connect")
        self.apps = {row[0]: str(row[1] or row[2] or "") for row in tables.get("application_info_table", [])}
        self.rows_read = 0

    def read(self) -> Reading:
        for table, (_column, measure, factor) in _INSTANTS.items():
            self._instants(table, measure, factor)
        self._pressures()
        self._periods()
        for table, (_column, measure) in _ALL_DAY.items():
            self._all_day(table, measure)
        self._all_day("steps_record_table", known.STEPS_OF_A_WHILE)
        self._heart_rates()
        self._nights()
        self.reading.drafts += self.book.drafts()
        self._count_the_rest()
        self.reading.name_emptiness()
        return self.reading

    def _rows(self, table: str) -> Iterable[tuple[str, list[Any]]]:
        """The rows of a table with their places."""
        for number, row in enumerate(self.tables.get(table, ()), 1):
            self.rows_read += 1
            if self.rows_read % _AT_ONCE == 0:
                self.progress.check()
                self.progress.report(_("Reading {name}").format(name=self.name), self.rows_read)
            yield f"table={table}!row={number}", row

    def _instants(self, table: str, measure: Measure, factor: float) -> None:
        for where, (time, zone, app, uuid, value) in self._rows(table):
            when, text = _when(time, zone), _times(value, factor)
            if when is None or not text:
                self._skip(where, table)
                continue
            name = f"health-connect|{table}|{uuid}"
            self.reading.drafts.append(Draft(observation(measure, when, text, where, name, self._app(app))))

    def _pressures(self) -> None:
        for where, (time, zone, app, uuid, systolic, diastolic) in self._rows("blood_pressure_record_table"):
            when, upper, lower = _when(time, zone), number_of(systolic), number_of(diastolic)
            if when is None or not upper or not lower:
                self._skip(where, "blood_pressure_record_table")
                continue
            entry = known.blood_pressure(when, upper, lower, where, f"health-connect|pressure|{uuid}", self._app(app))
            self.reading.drafts.append(Draft(entry))

    def _periods(self) -> None:
        for where, (time, zone, app, uuid, flow) in self._rows("menstruation_flow_record_table"):
            when = _when(time, zone)
            if when is None or flow not in _FLOWS:
                self._skip(where, "menstruation_flow_record_table")
                continue
            name = f"health-connect|flow|{uuid}"
            day = PartialDate(when.text[:10])
            self.reading.drafts.append(Draft(observation(known.PERIOD, day, _FLOWS[flow], where, name, self._app(app))))

    def _all_day(self, table: str, measure: Measure) -> None:
        for where, (time, zone, app, _uuid, value) in self._rows(table):
            when, text = _when(time, zone), _times(value, 1)
            if when is None or not text:
                self._skip(where, table)
            else:
                self.book.add(measure, self._app(app), when, text, where)

    def _heart_rates(self) -> None:
        """Readings hang on records of a while, which tell zone and app."""
        records = {row[0]: row[1:] for row in self.tables.get("heart_rate_record_table", ())}
        for where, (parent, beats, millis) in self._rows("heart_rate_record_series_table"):
            zone, app = records.get(parent, (None, None))
            when, text = _when(millis, zone), number_of(beats)
            if when is None or not text:
                self._skip(where, "heart_rate_record_series_table")
            else:
                self.book.add(known.PULSE, self._app(app), when, text, where)

    def _nights(self) -> None:
        slept: dict[Any, int] = {}
        for parent, begun, over, stage in self.tables.get("sleep_stages_table", ()):
            if stage in _ASLEEP:
                slept[parent] = slept.get(parent, 0) + _whole(over) - _whole(begun)
        staged = {row[0] for row in self.tables.get("sleep_stages_table", ())}
        for where, (start, _zone, app, uuid, row_id, end, zone) in self._rows("sleep_session_record_table"):
            when = _when(end, zone)
            millis = slept.get(row_id, 0) if row_id in staged else _whole(end) - _whole(start)
            if when is None or millis <= 0:
                self._skip(where, "sleep_session_record_table")
                continue
            method = "" if row_id in staged else _("From falling asleep to waking up, as the app tells them")
            hours = plain(round(millis / 3_600_000, 2))
            day = PartialDate(when.text[:10])
            name = f"health-connect|sleep|{uuid}"
            self.reading.drafts.append(Draft(observation(known.SLEEP, day, hours, where, name, self._app(app), method)))

    def _count_the_rest(self) -> None:
        """Tables that have no place in a health record yet, by the number of their rows."""
        for table, columns in _WANTED.items():
            if columns == ("row_id",):
                for where, _row in self._rows(table):
                    self._skip(where, table)

    def _skip(self, where: str, table: str) -> None:
        reason = _("Casebook has no place for it yet; it stays in the original.")
        self.reading.skipped.append(Skipped(where, table.removesuffix("_table").replace("_", " "), reason))

    def _app(self, number: Any) -> str:
        return self.apps.get(number, "") or "Health Connect"


def _when(millis: Any, zone: Any) -> PartialDate | None:
    if not isinstance(millis, int | float):
        return None
    return instant(millis // 1000, _whole(zone))


def _whole(value: Any) -> int:
    """A number of the database; its columns may hold anything."""
    return int(value) if isinstance(value, int | float) and isfinite(value) else 0


def _times(value: Any, factor: float) -> str:
    """A number in the unit of its measure; floats of 64 bits end in digits that nobody measured."""
    text = number_of(value)
    return plain(round(float(text) * factor, 4)) if text and isfinite(float(text)) else ""
