"""The elements of the export: each becomes a draft, joins its day, or is left out with its reason.

A Correlation's children also stand at top level: such a record is counted once, within the correlation.
"""

from collections import Counter
from itertools import chain
from typing import Any
from xml.parsers.expat import XMLParserType

from organizer.base.i18n import _
from organizer.importing.core.format import Draft, Reading, Skipped
from organizer.importing.formats._dense_days import gathered
from organizer.importing.formats.apple_health.days import Day
from organizer.importing.formats.apple_health.measures import (
    category_value,
    measure_of,
    quantity_of,
    short_name,
    spoken,
    ucum,
)
from organizer.importing.formats.apple_health.times import DaysLived, instant
from organizer.model.codes import LOINC
from organizer.model.entry import Coding, Entry, Source
from organizer.model.statuses import Status

Attributes = dict[str, str]
_SAME = ("type", "sourceName", "startDate", "endDate", "value", "unit")
_MOST_PARTS = 1000
_GLUCOSE = {"mg/dL": "2339-0", "mmol/L": "15074-8"}
_OUTSIDE = frozenset({"HealthData", "ExportDate", "Me"})
_DETAILS = frozenset(
    {"MetadataEntry", "HeartRateVariabilityMetadataList", "InstantaneousBeatsPerMinute", "FileReference"}
)


class Records:
    """Hears the parser. Records come by the million, so their way is short; all else is seldom."""

    def __init__(self, reading: Reading, days: DaysLived) -> None:
        self.count = 0
        self._lived = days
        self._reading = reading
        self._days: dict[tuple[str, str, str, str], Day] = {}
        self._daily: dict[str, bool] = {}
        self._loose: dict[tuple[str, ...], list[int]] = {}
        self._single: list[Draft | None] = []
        self._correlated: Counter[tuple[str, ...]] = Counter()
        self._open: tuple[str, Attributes, list[tuple[str, Attributes]], int] | None = None
        self._depth = 0
        self._version = ""

    def listen(self, parser: XMLParserType) -> None:
        """Take part in parsing."""
        self._parser = parser
        parser.StartElementHandler = self._start

    def finish(self) -> None:
        """Everything gathered goes into the reading."""
        self._open = None
        single = [draft for draft in self._single if draft is not None]
        self._reading.drafts.extend(gathered(single, "apple-health-day", self._version))
        units = Counter((name, device, day) for name, device, _unit, day in self._days)
        for key, day in self._days.items():
            in_one_unit = units[(key[0], key[1], key[3])] == 1
            self._reading.drafts.append(day.draft(key, measure_of(key[0]), self._version, in_one_unit))

    def _start(self, name: str, attributes: Attributes) -> None:
        if self._open is not None:
            self._inside(name, attributes)
        elif name == "Record":
            self.count += 1
            kind = attributes.get("type", "")
            daily = self._daily.get(kind)
            if daily is None:
                daily = self._daily[kind] = bool(measure_of(kind).daily)
            start = attributes.get("startDate", "")
            if not daily or len(start) != 25:
                self._single_record(attributes)
                return
            device = attributes.get("sourceName", "")
            start, end = self._lived.as_lived(device, start, attributes.get("endDate", start))
            key = (kind, device, attributes.get("unit", ""), start[:10])
            day = self._days.get(key)
            if day is None:
                day = self._days[key] = Day(self._parser.CurrentLineNumber)
            day.add(start, end, attributes.get("value", ""))
        elif name not in _DETAILS:
            self._other(name, attributes)

    def _inside(self, name: str, attributes: Attributes) -> None:
        assert self._open is not None
        self._depth += 1
        if len(self._open[2]) < _MOST_PARTS:
            self._open[2].append((name, attributes))

    def _end(self, name: str) -> None:
        if self._depth:
            self._depth -= 1
            return
        assert self._open is not None
        kind, fields, parts, line = self._open
        self._open = None
        self._parser.EndElementHandler = None
        self.count += 1
        if kind == "Correlation":
            self._correlation(fields, [part for name, part in parts if name == "Record"], line)
        elif kind == "Workout":
            self._workout(fields, [part for name, part in parts if name == "WorkoutStatistics"], line)
        elif kind == "ActivitySummary":
            self._summary(fields, line)
        elif kind == "Audiogram":
            self._audiogram(fields, [part for name, part in parts if name == "SensitivityPoint"], line)
        elif kind == "ClinicalRecord":
            path = fields.get("resourceFilePath", "").rpartition("/")[2]
            reason = _("It stands in a file of its own, “{name}”, which is read by itself.").format(name=path)
            self._reading.skipped.append(Skipped(f"line={line}", _("clinical record"), reason))
        else:
            reason = _("Casebook has no place for it yet; it stays in the original.")
            self._reading.skipped.append(Skipped(f"line={line}", kind, reason))

    def _other(self, name: str, attributes: Attributes) -> None:
        if name not in _OUTSIDE:
            self._open = (name, attributes, [], self._parser.CurrentLineNumber)
            self._depth = 0
            self._parser.EndElementHandler = self._end
        elif name == "ExportDate":
            when = instant(attributes.get("value", ""))
            self._version = when.text if when else ""
        elif name == "Me":
            born = attributes.get("HKCharacteristicTypeIdentifierDateOfBirth", "")
            words = _("The export names nobody; it says that the person was born on {date}.").format(date=born)
            self._reading.warnings.extend([words] if born else [])

    def _single_record(self, attributes: Attributes) -> None:
        """A record of its own, unless a correlation told it before."""
        same = tuple(attributes.get(name, "") for name in _SAME)
        if self._correlated.get(same, 0):
            self._correlated[same] -= 1
            return
        line = self._parser.CurrentLineNumber
        draft = self._draft(attributes, line, attributes.get("type", ""))
        if draft is None:
            reason = _("It doesn’t say what it is or when it was.")
            self._reading.skipped.append(Skipped(f"line={line}", "Record", reason))
            return
        if same[0].startswith(("HKQuantityTypeIdentifierBloodPressure", "HKQuantityTypeIdentifierDietary")):
            self._loose.setdefault(same, []).append(len(self._single))
        self._single.append(draft)

    def _draft(self, attributes: Attributes, line: int, name: str, **more: Any) -> Draft | None:
        """A draft with what all elements have: device, times, identifier."""
        begin, end = attributes.get("startDate", ""), attributes.get("endDate", "")
        happened, ended = instant(begin), instant(end)
        if not name or happened is None:
            return None
        measure = measure_of(name)
        fields = {**self._value(attributes, name), **more}
        data = {"category": measure.category, "performer": attributes.get("sourceName", ""), **fields.pop("data", {})}
        loinc = measure.loinc or (_GLUCOSE.get(fields.get("unit", ""), "") if name.endswith("BloodGlucose") else "")
        device, created = attributes.get("sourceName", ""), attributes.get("creationDate", "")
        source = Source(
            locator=f"line={line}",
            identifier=f"apple-health:{name}|{device}|{begin}|{end}|{created}",
            version=self._version,
        )
        entry = Entry(
            "Observation",
            fields.pop("title", _(measure.title)),
            codes=(Coding(LOINC, loinc),) if loinc else (),
            happened=happened,
            ended=ended if ended and end != begin else None,
            status=Status.FINAL,
            data={field: content for field, content in data.items() if content},
            sources=(source,),
            **fields,
        )
        return Draft(entry)

    def _value(self, attributes: Attributes, name: str) -> dict[str, Any]:
        text = attributes.get("value", "").strip()
        if name.startswith("HKCategoryType"):
            return {"value_text": category_value(text, name)}
        value, shown, unit = quantity_of(text, attributes.get("unit", ""))
        return {"value": value, "value_text": shown, "unit": unit}

    def _correlation(self, attributes: Attributes, inside: list[Attributes], line: int) -> None:
        """Blood pressure and meals: the parts in one entry, which stands for their records."""
        for part in inside:
            same = tuple(part.get(name, "") for name in _SAME)
            twins = self._loose.get(same)
            if twins:
                self._single[twins.pop()] = None
            else:
                self._correlated[same] += 1
        parts = [_part(part) for part in inside]
        values = {part["code"]: part["value_text"] for part in parts}
        shown = "/".join(values[code] for code in ("8480-6", "8462-4") if values.get(code))
        units = {part["unit"] for part in parts if part["code"] in ("8480-6", "8462-4")}
        draft = self._draft(
            attributes,
            line,
            attributes.get("type", ""),
            value_text=shown,
            unit=units.pop() if len(units) == 1 else "",
            data={"components": [_as_component(part) for part in parts]},
        )
        self._keep(draft, "Correlation", line, max(1, len(inside)))

    def _workout(self, attributes: Attributes, statistics: list[Attributes], line: int) -> None:
        parts = [
            _named(
                _(measure_of(statistic.get("type", "")).title),
                statistic.get("sum") or statistic.get("average", ""),
                statistic.get("unit", ""),
            )
            for statistic in statistics
        ]
        totals = {"totalDistance": _("Distance"), "totalEnergyBurned": _("Energy"), "totalFlightsClimbed": _("Flights")}
        parts += [
            _named(title, attributes[name], attributes.get(f"{name}Unit", ""))
            for name, title in totals.items()
            if name in attributes
        ]
        what = spoken(short_name(attributes.get("workoutActivityType", "")))
        value, shown, unit = quantity_of(attributes.get("duration", ""), attributes.get("durationUnit", ""))
        draft = self._draft(
            attributes,
            line,
            attributes.get("workoutActivityType", ""),
            title=_("Workout: {what}").format(what=what),
            value=value,
            value_text=shown,
            unit=unit,
            data={"category": "activity", "components": [part for part in parts if part["value_text"]]},
        )
        self._keep(draft, "Workout", line)

    def _summary(self, attributes: Attributes, line: int) -> None:
        titles = {
            "activeEnergyBurned": (_("Active energy"), attributes.get("activeEnergyBurnedUnit", "")),
            "appleMoveTime": (_("Time moving"), "min"),
            "appleExerciseTime": (_("Exercise"), "min"),
            "appleStandHours": (_("Hours with standing"), "h"),
        }
        parts = [
            _named(title, attributes[name], unit) for name, (title, unit) in titles.items() if attributes.get(name)
        ]
        day = attributes.get("dateComponents", "")
        draft = self._draft(
            {"startDate": day},
            line,
            "ActivitySummary",
            title=_("Activity of the day"),
            value=None,
            value_text="",
            data={"category": "activity", "components": parts},
        )
        self._keep(draft, "ActivitySummary", line)

    def _audiogram(self, attributes: Attributes, points: list[Attributes], line: int) -> None:
        parts = list(chain.from_iterable(_heard(point) for point in points))
        more = {"title": _("Hearing test"), "data": {"category": "exam", "components": parts}}
        self._keep(self._draft(attributes, line, attributes.get("type", "Audiogram"), **more), "Audiogram", line)

    def _keep(self, draft: Draft | None, what: str, line: int, stands_for: int = 1) -> None:
        if draft is None:
            reason = _("It doesn’t say what it is or when it was.")
            self._reading.skipped.extend(Skipped(f"line={line}", what, reason) for _each in range(stands_for))
        else:
            self._single.append(Draft(draft.entry, stands_for=stands_for))


def _heard(point: Attributes) -> list[dict[str, Any]]:
    """How loud a tone of one frequency has to be for each ear."""
    ears = (("leftEarValue", "leftEarUnit", _("left")), ("rightEarValue", "rightEarUnit", _("right")))
    tone = f"{point.get('frequencyValue', '')} {point.get('frequencyUnit', '')}"
    return [_named(f"{tone}, {ear}", point[name], point.get(unit, "")) for name, unit, ear in ears if name in point]


def _part(attributes: Attributes) -> dict[str, Any]:
    measure = measure_of(attributes.get("type", ""))
    return {**_named(_(measure.title), attributes.get("value", ""), attributes.get("unit", "")), "code": measure.loinc}


def _named(title: str, text: str, unit: str) -> dict[str, Any]:
    value, shown, plain = quantity_of(text.strip(), unit)
    return {"title": title, "value": value, "value_text": shown, "unit": plain or ucum(unit)}


def _as_component(part: dict[str, Any]) -> dict[str, Any]:
    code = part["code"]
    codes = [{"system": LOINC, "code": code, "display": ""}] if code else []
    return {
        **{name: content for name, content in part.items() if name != "code" and content not in ("", None)},
        "codes": codes,
    }
