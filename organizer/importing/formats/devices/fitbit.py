"""Fitbit's JSON, as its archive and Google Takeout hold it: a file a sort of data and a month.

Steps, calories and distances have one shape; only the file's name says which it is (`steps-2026-01-05.json`). Days are
written month first with two digits of the year. Intraday times are UTC, those of sleep are local ones.
Shapes as public readers of such files have them (looked up 2026-11-29); no document of the maker was at hand.
"""

from organizer.base.dates import PartialDate, parse_date
from organizer.base.figures import plain
from organizer.base.written_dates import date_of
from organizer.importing.formats.devices import readings as known
from organizer.importing.formats.devices.app_records import NOTHING, Json, RecordContent, dict_of
from organizer.importing.formats.devices.readings import Measure, number_of, observation

APP = "Fitbit"
_STEPS = "steps"
_NO_UNIT = Measure(known.WEIGHT.title, known.WEIGHT.loinc, "")


def weight(row: Json, where: str, _file: str) -> RecordContent:
    """A weight; the file doesn't tell kilograms from pounds: that is a setting of the account."""
    when = date_of(f"{row.get('date', '')} {row.get('time', '')}".strip(), "MDY")
    value = number_of(row.get("weight"))
    if when is None or not value:
        return NOTHING
    return [observation(_NO_UNIT, when, value, where, f"fitbit|weight|{row.get('logId')}", APP)], None


def timed(record: Json, where: str, file: str) -> RecordContent:
    """A heart rate, a day's resting heart rate, or the steps of a minute."""
    when = date_of(str(record.get("dateTime", "")), "MDY")
    value = record.get("value")
    if when is None:
        return NOTHING
    if isinstance(value, dict):
        beats = number_of(value.get("bpm"))
        return ([], (known.PULSE, when, beats)) if beats else _resting(value, where)
    count = number_of(value)
    if _kind_by_name(file) == _STEPS and count:
        return [], (known.STEPS_OF_A_WHILE, when, count)
    return NOTHING


def _kind_by_name(file: str) -> str:
    """What the name of a file says that it holds: `steps-2026-01-05.json`, `steps.json`."""
    return file.removesuffix(".json").partition("-")[0]


def _resting(value: Json, where: str) -> RecordContent:
    day = date_of(str(value.get("date") or ""), "MDY")
    beats = number_of(value.get("value"))
    if day is None or not beats or beats == "0":  # 0 on days without a reading
        return NOTHING
    beats = plain(round(float(beats), 1))
    return [
        observation(known.RESTING, PartialDate(day.text[:10]), beats, where, f"fitbit|rest|{day.text[:10]}", APP)
    ], None


def sleep(row: Json, where: str, _file: str) -> RecordContent:
    """A night (or a nap), on the day on which it ended."""
    day, minutes = parse_date(str(row.get("dateOfSleep", ""))[:10]), number_of(row.get("minutesAsleep"))
    if day is None or not minutes:
        return NOTHING
    hours = plain(round(float(minutes) / 60, 2))
    return [observation(known.SLEEP, day, hours, where, f"fitbit|sleep|{row.get('logId')}", APP)], None


def is_utc(row: Json) -> bool:
    """True for a record whose time is UTC."""
    return "dateTime" in row and "date" not in dict_of(row.get("value"))
