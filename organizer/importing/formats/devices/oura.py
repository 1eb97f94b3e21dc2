"""Oura's JSON, as its membership hub exports it and its interface answers: nights in seconds, steps of a day.

Durations are seconds and the variability is in milliseconds (ifttt.com/oura_ring, “New sleep session recorded”; looked
up 2026-11-29). A day may have several nights and naps, each with its own id. Scores are the maker's own: left out.
"""

from organizer.base.dates import parse_date
from organizer.base.figures import plain
from organizer.importing.formats.devices import readings as known
from organizer.importing.formats.devices.app_records import NOTHING, Json, RecordContent
from organizer.importing.formats.devices.readings import number_of, observation

APP = "Oura"
_SECONDS_AN_HOUR = 3600
_NIGHT = ("long_sleep", "")
"""Types of sleep whose heart and breath are those of a night; older exports name none."""


def sleep(record: Json, where: str, _file: str) -> RecordContent:
    """A night or a nap, on the day to which the app counts it."""
    day, seconds = parse_date(str(record.get("day", ""))[:10]), number_of(record.get("total_sleep_duration"))
    kind = str(record.get("type") or "")
    if day is None or not seconds or float(seconds) <= 0 or kind == "deleted":
        return NOTHING
    name = f"oura|{record.get('id') or day.text}"
    hours = plain(round(float(seconds) / _SECONDS_AN_HOUR, 2))
    entries = [observation(known.SLEEP, day, hours, where, f"{name}|sleep", APP)]
    if kind in _NIGHT:
        for field, measure in (("average_hrv", known.VARIABILITY), ("average_breath", known.BREATHS)):
            text = number_of(record.get(field))
            if text and float(text) > 0:
                entries.append(observation(measure, day, text, where, f"{name}|{field}", APP))
    return entries, None


def day(record: Json, where: str, _file: str) -> RecordContent:
    """A day's steps."""
    when, steps = parse_date(str(record.get("day", ""))[:10]), number_of(record.get("steps"))
    if when is None or not steps or float(steps) <= 0:
        return NOTHING
    return [observation(known.STEPS, when, steps, where, f"oura|steps|{when.text}", APP)], None
