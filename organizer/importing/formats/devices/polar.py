"""Polar's JSON, as Flow exports an account: a file a day (`activity-…`), the nights in one (`sleep_result_…`).

Durations are those of ISO 8601 (`PT7H29M30S`), which tell their unit. Names of files and fields as public readers of
them have them (looked up 2026-11-29); no document of the maker was at hand.
"""

import re

from organizer.base.dates import parse_date
from organizer.base.figures import plain
from organizer.importing.formats.devices import readings as known
from organizer.importing.formats.devices.app_records import NOTHING, Json, RecordContent, dict_of
from organizer.importing.formats.devices.readings import number_of, observation

APP = "Polar"
_DURATION = re.compile(r"PT(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?")


def hours_of(duration: str) -> str:
    """Hours of an ISO 8601 duration without days, to two decimals; "" for what is none, or nought."""
    match = _DURATION.fullmatch(duration)
    if match is None:
        return ""
    hours, minutes, seconds = (float(part or 0) for part in match.groups())
    total = hours + minutes / 60 + seconds / 3600
    return plain(round(total, 2)) if total > 0 else ""


def day(record: Json, where: str, _file: str) -> RecordContent:
    """A day's steps; how long was slept stands in the file of the nights as well, and is read there."""
    when = parse_date(str(record.get("date", ""))[:10])
    steps = number_of(dict_of(record.get("summary")).get("stepCount"))
    if when is None or not steps or float(steps) <= 0:
        return NOTHING
    return [observation(known.STEPS, when, steps, where, f"polar|steps|{when.text}", APP)], None


def night(record: Json, where: str, _file: str) -> RecordContent:
    """The hours asleep of a night."""
    when = parse_date(str(record.get("night", ""))[:10])
    hours = hours_of(str(dict_of(record.get("evaluation")).get("asleepDuration", "")))
    if when is None or not hours:
        return NOTHING
    return [observation(known.SLEEP, when, hours, where, f"polar|sleep|{when.text}", APP)], None


def training(_record: Json, _where: str, _file: str) -> RecordContent:
    """A training: no value for a health record."""
    return NOTHING
