"""Google Fit's JSON from Google Takeout: `Data Points`, with times in nanoseconds since 1970 (UTC).

Units are fixed by the type of data: kg, m, °C, mmol/L, mmHg, %. Shapes as public readers of such files have them
(looked up 2026-11-29).
"""

import re

from organizer.base.dates import PartialDate
from organizer.base.figures import plain
from organizer.importing.formats.devices import readings as known
from organizer.importing.formats.devices.app_records import NOTHING, Json, RecordContent, dict_of, list_of
from organizer.importing.formats.devices.readings import Measure, instant, number_of, observation

APP = "Google Fit"
_METRES = Measure(known.HEIGHT.title, known.HEIGHT.loinc, "m")
_SINGLE = {
    "com.google.weight": known.WEIGHT,
    "com.google.height": _METRES,
    "com.google.body.fat.percentage": known.BODY_FAT,
    "com.google.blood_glucose": known.GLUCOSE_MMOL,
    "com.google.body.temperature": known.TEMPERATURE,
    "com.google.oxygen_saturation": known.OXYGEN,
}
_DAILY = {
    "com.google.heart_rate.bpm": known.PULSE,
    "com.google.step_count.delta": known.STEPS_OF_A_WHILE,
}


def point(row: Json, where: str, _file: str) -> RecordContent:
    """One data point."""
    at = row.get("startTimeNanos")
    if not isinstance(at, int | str) or not re.fullmatch(r"[0-9]{1,19}", str(at)):
        return NOTHING
    when = instant(int(at) // 1_000_000_000)
    values = list_of(row.get("fitValue") or row.get("value"))
    numbers = [_number(value) for value in values if isinstance(value, dict)]
    kind = str(row.get("dataTypeName", ""))
    if when is None or not any(numbers):
        return NOTHING
    return _readings(kind, when, numbers, where)


def _readings(kind: str, when: PartialDate, numbers: list[str], where: str) -> RecordContent:
    name = f"google-fit|{kind}|{when.text}"
    if kind == "com.google.blood_pressure" and len(numbers) > 1 and all(numbers[:2]):
        return [known.blood_pressure(when, numbers[0], numbers[1], where, name)], None
    if kind in _DAILY and numbers[0]:
        return [], (_DAILY[kind], when, numbers[0])
    if kind in _SINGLE and numbers[0]:
        return [observation(_SINGLE[kind], when, numbers[0], where, name)], None
    return NOTHING


def _number(value: Json) -> str:
    """A value as text; floats of 32 bits are written with more digits than they hold (`82.4000015`)."""
    inside = dict_of(value.get("value", value))
    text = number_of(next(iter(inside.values()), None))
    return plain(float(text), 7) if text else ""
