"""Garmin's JSON, as its archive of a whole account holds it: daily summaries, nights, weights.

Nights tell seconds, weights grams. Names of files and fields as public readers of them have them (looked up
2026-11-29); no document of the maker was at hand.
"""

from typing import Any

from organizer.base.dates import PartialDate, parse_date
from organizer.base.figures import plain
from organizer.importing.formats.devices import readings as known
from organizer.importing.formats.devices.app_records import NOTHING, Json, RecordContent, dict_of
from organizer.importing.formats.devices.readings import number_of, observation
from organizer.model.entry import Entry

APP = "Garmin"
_SLEPT = ("deepSleepSeconds", "lightSleepSeconds", "remSleepSeconds")
_OF_A_DAY = (
    ("totalSteps", known.STEPS), ("restingHeartRate", known.RESTING), ("avgSleepRespirationValue", known.BREATHS)
)  # fmt: skip
_GRAMS_A_KILOGRAM, _MOST_KILOGRAMS = 1000, 700
"""Above as many kilograms nobody ever was: such a weight is written in grams."""


def day(row: Json, where: str, _file: str) -> RecordContent:
    """A day's steps, resting heart rate and hours of sleep."""
    when = _day(row.get("calendarDate"))
    if when is None:
        return NOTHING
    entries = []
    slept = [row[name] for name in _SLEPT if isinstance(row.get(name), int | float)]
    if slept:
        hours = plain(round(sum(slept) / 3600, 2))
        entries.append(observation(known.SLEEP, when, hours, where, f"garmin|sleep|{when.text}", APP))
    for name, measure in _OF_A_DAY:
        text = number_of(row.get(name))
        if text and float(text) > 0:
            entries.append(observation(measure, when, text, where, f"garmin|{name}|{when.text}", APP))
    return entries, None


def _day(value: Any) -> PartialDate | None:
    written = value.get("date", "") if isinstance(value, dict) else value
    return parse_date(str(written or "")[:10])


def biometrics(row: Json, where: str, _file: str) -> RecordContent:
    """A weight with what the scale estimates."""
    fields = dict_of(row.get("metaData"))
    written = str(fields.get("calendarDate", ""))
    when = parse_date(written[:19]) or parse_date(written[:10])
    weighed = dict_of(row.get("weight"))
    if when is None:
        return NOTHING
    entries: list[Entry] = []
    value = number_of(weighed.get("weight"))
    if value and float(value) > 0:
        kilograms = float(value) / _GRAMS_A_KILOGRAM if float(value) > _MOST_KILOGRAMS else float(value)
        name = f"garmin|weight|{when.text}"
        entries.append(observation(known.WEIGHT, when, plain(round(kilograms, 3)), where, name, APP))
    fat = number_of(weighed.get("bodyFat"))
    if fat and float(fat) > 0:
        entries.append(observation(known.BODY_FAT, when, fat, where, f"garmin|fat|{when.text}", APP))
    return entries, None
