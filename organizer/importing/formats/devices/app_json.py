"""JSON files of phones' health apps, each a list of one sort of record: Google Fit, Fitbit, Garmin, Nightscout, Clue.

What comes every minute becomes one entry a day. Fields as files of these apps have them (no document of their makers
was at hand):
Fit's `Data Points` in nanoseconds UTC; Fitbit's dates month first with two digits of the year; Nightscout's `sgv` in
mg/dL, whatever is shown; Garmin's days with seconds of sleep.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from organizer.base.dates import PartialDate, parse_date
from organizer.base.errors import UnreadableSourceError
from organizer.base.figures import plain
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.base.written_dates import date_of
from organizer.importing.core.format import Draft, Reading, Skipped, SourceFile
from organizer.importing.formats.devices import readings as known
from organizer.importing.formats.devices.days import Days
from organizer.importing.formats.devices.readings import Measure, number_of, observation
from organizer.model.entry import Entry

Json = dict[str, Any]
Found = tuple[list[Entry], tuple[Measure, PartialDate, str] | None]
"""Entries of their own, or one reading for its day."""
_NOTHING: Found = ([], None)
_AT_ONCE = 500
_FIT = {
    "com.google.weight": known.WEIGHT,
    "com.google.body.fat.percentage": known.BODY_FAT,
    "com.google.blood_glucose": known.GLUCOSE_MMOL,
    "com.google.body.temperature": known.TEMPERATURE,
}
_SENSOR = Measure("Glucose (sensor)", "", "mg/dL", "laboratory")
_NO_UNIT = Measure(known.WEIGHT.title, known.WEIGHT.loinc, "")
_SLEPT = ("deepSleepSeconds", "lightSleepSeconds", "remSleepSeconds")


def _fit(one: Json, where: str) -> Found:
    at = one.get("startTimeNanos")
    if not isinstance(at, int | str) or not str(at).isdigit():
        return _NOTHING
    when = _instant(int(at) // 1_000_000_000)
    values = one.get("fitValue") or one.get("value") or []
    numbers = [number_of(next(iter(_value_of(value).values()), None)) for value in values if isinstance(value, dict)]
    kind = str(one.get("dataTypeName", ""))
    if when is None or not any(numbers):
        return _NOTHING
    name = f"google-fit|{kind}|{when.text}"
    if kind == "com.google.blood_pressure" and len(numbers) > 1 and all(numbers[:2]):
        return [known.blood_pressure(when, numbers[0], numbers[1], where, name)], None
    if kind == "com.google.heart_rate.bpm":
        return [], (known.PULSE, when, numbers[0])
    if kind in _FIT:
        return [observation(_FIT[kind], when, numbers[0], where, name)], None
    return _NOTHING


def _value_of(value: Json) -> Json:
    inside = value.get("value", value)
    return inside if isinstance(inside, dict) else {"value": inside}


def _instant(seconds: int) -> PartialDate | None:
    try:
        return parse_date(f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}Z")
    except (ValueError, OverflowError, OSError):
        return None


def _fitbit_weight(one: Json, where: str) -> Found:
    when = date_of(f"{one.get('date', '')} {one.get('time', '')}".strip(), "MDY")
    weight = number_of(one.get("weight"))
    if when is None or not weight:
        return _NOTHING
    # The file doesn't tell kilograms from pounds: that is a setting of the account.
    return [observation(_NO_UNIT, when, weight, where, f"fitbit|weight|{one.get('logId')}", "Fitbit")], None


def _fitbit_heart(one: Json, where: str) -> Found:
    value = one.get("value")
    when = date_of(str(one.get("dateTime", "")), "MDY")
    beats = number_of(value.get("bpm")) if isinstance(value, dict) else ""
    return ([], (known.PULSE, when, beats)) if when is not None and beats else _NOTHING


def _garmin(one: Json, where: str) -> Found:
    day = parse_date(str(one.get("calendarDate", ""))[:10])
    if day is None:
        return _NOTHING
    found = []
    slept = [one[name] for name in _SLEPT if isinstance(one.get(name), int | float)]
    if slept:
        hours = plain(round(sum(slept) / 3600, 2))
        found.append(observation(known.SLEEP, day, hours, where, f"garmin|sleep|{day.text}", "Garmin"))
    for name, measure in (("totalSteps", known.STEPS), ("restingHeartRate", known.RESTING)):
        text = number_of(one.get(name))
        if text and text != "0":
            found.append(observation(measure, day, text, where, f"garmin|{name}|{day.text}", "Garmin"))
    return found, None


def _nightscout(one: Json, where: str) -> Found:
    at, text = one.get("date"), number_of(one.get("sgv"))
    when = (
        parse_date(str(one.get("dateString", ""))[:19] + "Z") if str(one.get("dateString", "")).endswith("Z") else None
    )
    when = when or (_instant(int(at) // 1000) if isinstance(at, int | float) else None)
    return ([], (_SENSOR, when, text)) if when is not None and text else _NOTHING


def _clue(one: Json, where: str) -> Found:
    day, kind, value = parse_date(str(one.get("date", ""))[:10]), str(one.get("type", "")), one.get("value")
    options = value if isinstance(value, list) else [value]
    words = [str(option.get("option") or "").replace("_", " ") for option in options if isinstance(option, dict)]
    words = [word for word in words if word]
    if day is None or not kind or not words:
        return _NOTHING
    measure = Measure(kind.replace("_", " ").capitalize(), category="symptom")
    return [
        observation(measure, day, ", ".join(words), where, f"clue|{one.get('id') or kind + day.text}", "Clue")
    ], None


_SHAPES: tuple[tuple[str, frozenset[str], Callable[[Json, str], Found]], ...] = (
    ("Google Fit", frozenset({"startTimeNanos", "dataTypeName"}), _fit),
    ("Fitbit", frozenset({"logId", "weight", "date"}), _fitbit_weight),
    ("Fitbit", frozenset({"dateTime", "value"}), _fitbit_heart),
    ("Garmin", frozenset({"calendarDate"}), _garmin),
    ("Nightscout", frozenset({"sgv", "date"}), _nightscout),
    ("Clue", frozenset({"type", "date", "value", "id"}), _clue),
)
"""The app, the fields by which its records are known, and how one is read."""


class AppJsonFormat:
    """One file of an app's export."""

    name = "Health app"

    def recognises(self, source: SourceFile) -> bool:
        """JSON that begins with a list whose first record has the fields of one of these apps."""
        start = source.head.lstrip(b"\xef\xbb\xbf \t\r\n")[:4096]
        if not start.startswith((b"[", b"{")) or b"resourceType" in start:
            return False
        return any(all(f'"{field}"'.encode() in start for field in fields) for _app, fields, _read in _SHAPES)

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """Each record; those that hold nothing for it are counted."""
        reading = Reading()
        days: dict[Measure, Days] = {}
        app = ""
        for number, one in enumerate(_records(source)):
            if number % _AT_ONCE == 0:
                progress.check()
                progress.report(_("Reading {name}").format(name=source.name), number)
            where = f"record={number + 1}"
            shape = next((shape for shape in _SHAPES if shape[1] <= one.keys()), None)
            entries, daily = shape[2](one, where) if shape else _NOTHING
            app = shape[0] if shape else app
            reading.drafts += [Draft(entry, things=int(place == 0)) for place, entry in enumerate(entries)]
            if daily is not None:
                measure, when, text = daily
                gathered = days.setdefault(
                    measure, Days(app.casefold(), _(measure.title), measure.unit, measure.codes, measure.category)
                )
                gathered.add(app, when, text, where)
            elif not entries:
                reason = _("Casebook has no place for it yet; it stays in the original.")
                reading.skipped.append(Skipped(where, _("record"), reason))
        for gathered in days.values():
            reading.drafts += gathered.drafts()
        reading.name_emptiness()
        if any(draft.entry.title == _(known.WEIGHT.title) and not draft.entry.unit for draft in reading.drafts):
            reading.warnings.append(_("The file doesn’t say whether weights are kilograms or pounds."))
        return reading


APP_JSON = AppJsonFormat()


def _records(source: SourceFile) -> Iterator[Json]:
    import orjson

    try:
        data = orjson.loads(source.read().removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise UnreadableSourceError(
            _("“{name}” breaks off or is damaged.").format(name=source.name),
            _("Get the file again from where it came."),
        ) from error
    listed = data.get("Data Points", [data]) if isinstance(data, dict) else data
    yield from (one if isinstance(one, dict) else {} for one in (listed if isinstance(listed, list) else [{}]))
