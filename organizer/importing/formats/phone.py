"""A phone's health export (Apple Health's export.xml), read as a stream.

Exports have shipped a broken DTD and signs that XML forbids: both are left out while reading. What stands in a
correlation stands at top level as well, so it is counted once.
"""

import re
from collections.abc import Iterator
from typing import Any

from organizer.base.dates import PartialDate, parse_date
from organizer.base.errors import UnreadableSourceError
from organizer.base.progress import Progress
from organizer.base.quantities import parse_number, printed_number
from organizer.base.words import _
from organizer.importing.format import Draft, Reading, Skipped, SourceFile
from organizer.records.entry import Coding, Entry, Source

STEP = 1 << 18
HEALTHKIT, LOINC = "urn:apple:healthkit", "http://loinc.org"
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DTD_START, _DTD_END = b"<!DOCTYPE", b"]>"
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}) ?([+-]\d{2}):?(\d{2})")
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_UNITS = {
    "count/min": "/min", "count": "", "mmHg": "mm[Hg]", "degF": "[degF]", "degC": "Cel", "lb": "[lb_av]",
    "in": "[in_i]", "ft": "[ft_i]", "mi": "[mi_i]", "kcal": "kcal", "Cal": "kcal", "mL/min·kg": "mL/min/kg",
}  # fmt: skip
_VITAL = "vital-signs"
KNOWN: dict[str, tuple[str, str, str]] = {
    "BodyMass": ("29463-7", "Body weight", _VITAL),
    "BodyMassIndex": ("39156-5", "Body mass index", _VITAL),
    "Height": ("8302-2", "Body height", _VITAL),
    "BodyTemperature": ("8310-5", "Body temperature", _VITAL),
    "HeartRate": ("8867-4", "Heart rate", _VITAL),
    "RestingHeartRate": ("40443-4", "Resting heart rate", _VITAL),
    "RespiratoryRate": ("9279-1", "Respiratory rate", _VITAL),
    "OxygenSaturation": ("59408-5", "Oxygen saturation", _VITAL),
    "BloodPressureSystolic": ("8480-6", "Systolic blood pressure", _VITAL),
    "BloodPressureDiastolic": ("8462-4", "Diastolic blood pressure", _VITAL),
    "BloodGlucose": ("2339-0", "Glucose", "laboratory"),
    "BodyFatPercentage": ("41982-0", "Body fat", _VITAL),
    "StepCount": ("55423-8", "Steps", "activity"),
}
"""HealthKit's identifier without its prefix → LOINC code, name, group."""
_SYMPTOMS = frozenset({
    "AbdominalCramps", "Acne", "AppetiteChanges", "BladderIncontinence", "Bloating", "BreastPain",
    "ChestTightnessOrPain", "Chills", "Constipation", "Coughing", "Diarrhea", "Dizziness", "DrySkin",
    "Fainting", "Fatigue", "Fever", "GeneralizedBodyAche", "HairLoss", "Headache", "Heartburn", "HotFlashes",
    "LossOfSmell", "LossOfTaste", "LowerBackPain", "MemoryLapse", "MoodChanges", "Nausea", "NightSweats",
    "PelvicPain", "RapidPoundingOrFlutteringHeartbeat", "RunnyNose", "ShortnessOfBreath", "SinusCongestion",
    "SkippedHeartbeat", "SleepChanges", "SoreThroat", "VaginalDryness", "Vomiting", "Wheezing",
})  # fmt: skip
_PREFIXES = ("HKQuantityTypeIdentifier", "HKCategoryTypeIdentifier", "HKDataType", "HKWorkoutActivityType")
_READ = ("Record", "Workout", "Correlation", "ClinicalRecord", "ActivitySummary", "Me", "Audiogram")
_REASONS = {
    "ClinicalRecord": "It is read from its own file of the export.",
    "ActivitySummary": "A day’s rings; the single records behind it are read.",
    "Me": "It says no name; birth date and sex are entered under People.",
}


class PhoneFormat:
    """Apple Health's export.xml, alone or in its zip."""

    name = "Apple Health"

    def recognises(self, source: SourceFile) -> bool:
        """XML whose root is HealthData."""
        head = source.head.lstrip(b"\xef\xbb\xbf \t\r\n")
        return head.startswith(b"<") and (b"<HealthData" in head or b"<!DOCTYPE HealthData" in head)

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """A draft for each record and workout. Raises UnreadableSourceError where the XML breaks off at once."""
        reading = Reading()
        in_correlation: dict[str, Draft] = {}
        seen: set[str] = set()
        for number, (element, parent) in enumerate(_elements(source, reading)):
            if number % 2000 == 0:
                progress.check()
                progress.report(_("Reading {name}").format(name=source.name), number)
            if element.tag == "Correlation":
                continue
            if element.tag not in ("Record", "Workout"):
                reason = _(_REASONS.get(element.tag, "Casebook has no place for it yet; it stays in the export."))
                reading.skipped.append(Skipped(f"{element.tag}[{number}]", element.tag, reason))
                continue
            draft = _draft(element, number)
            if parent == "Correlation":
                in_correlation.setdefault(draft.identifier, draft)
            else:
                seen.add(draft.identifier)
                reading.drafts.append(draft)
        reading.drafts += [draft for name, draft in in_correlation.items() if name not in seen]
        if not reading.drafts and not reading.skipped:
            raise UnreadableSourceError(
                _("“{name}” holds no health records.").format(name=source.name), _("Export your health data again.")
            )
        return reading


PHONE = PhoneFormat()


def _elements(source: SourceFile, reading: Reading) -> Iterator[tuple[Any, str]]:
    """Each element of interest with its parent's name; emptied once it was looked at, so that memory stays small."""
    from lxml import etree

    parser = etree.XMLPullParser(events=("end",), resolve_entities=False, no_network=True, load_dtd=False)
    try:
        for chunk in _without_dtd(source):
            parser.feed(chunk)
            yield from _ended(parser)
        parser.close()
        yield from _ended(parser)
    except etree.XMLSyntaxError as error:
        words = _("“{name}” breaks off or is damaged (line {line}); what stood before is read.")
        reading.warnings.append(words.format(name=source.name, line=error.lineno or 1))


def _ended(parser: Any) -> Iterator[tuple[Any, str]]:
    for _event, element in parser.read_events():
        parent = element.getparent()
        if element.tag in _READ and parent is not None:
            yield element, str(parent.tag)
        if parent is not None and parent.tag in ("HealthData", "Correlation"):
            element.clear()
            while element.getprevious() is not None:
                del parent[0]


def _without_dtd(source: SourceFile) -> Iterator[bytes]:
    """The bytes without the internal DTD and without signs that XML forbids."""
    with source.open() as stream:
        head = stream.read(STEP)
        start = head.find(_DTD_START)
        if start >= 0:
            while (end := head.find(_DTD_END, start)) < 0 and len(head) < 1 << 23 and (more := stream.read(STEP)):
                head += more
            if end >= 0 and b"[" in head[start:end]:
                head = head[:start] + head[end + len(_DTD_END) :]
        while head:
            yield _CONTROLS.sub(b"", head)
            head = stream.read(STEP)


def _draft(element: Any, number: int) -> Draft:
    kind = element.get("type") or element.get("workoutActivityType") or ""
    short = next((kind.removeprefix(one) for one in _PREFIXES if kind.startswith(one)), kind)
    begin, end = _when(element.get("startDate")), _when(element.get("endDate"))
    maker = element.get("sourceName") or ""
    value = element.get("value") or element.get("duration") or ""
    identifier = f"{short}|{element.get('startDate')}|{element.get('endDate')}|{maker}|{value}"
    source = Source(locator=f"{element.tag}[{number}]", identifier=identifier)
    code, title, category = KNOWN.get(short, ("", _spoken(short), "activity"))
    if short in _SYMPTOMS:
        category = "symptom"
    own = Coding(HEALTHKIT, kind, "")
    entry = Entry(
        "Observation",
        title,
        codes=(Coding(LOINC, code, title), own) if code else (own,),
        happened=begin,
        ended=end if end != begin else None,
        status="final",
        data={"category": category, **({"performer": maker} if maker else {})},
        sources=(source,),
        **_value(element, value),
    )
    return Draft(entry)


def _value(element: Any, value: str) -> dict[str, Any]:
    if not value:
        return {}
    number = parse_number(value)
    unit = element.get("unit") or element.get("durationUnit") or ""
    if number is None:
        return {"value_text": _category(value)}
    if unit == "%" and number.value <= 1:  # HealthKit writes shares: 0.97 is 97 %
        percent = round(number.value * 100, 6)
        return {"value": percent, "value_text": printed_number(percent), "unit": "%"}
    return {"value": number.value, "value_text": number.text, "unit": _UNITS.get(unit, unit)}


def _category(value: str) -> str:
    """`HKCategoryValueSeverityModerate` → `moderate`; `HKCategoryValueSleepAnalysisAsleepREM` → `asleep REM`."""
    plain = re.sub(r"^HKCategoryValue(Severity|SleepAnalysis|Presence|AppetiteChanges)?", "", value) or value
    return _spoken(plain).lower()


def _spoken(short: str) -> str:
    return " ".join(_WORDS.split(short)).capitalize()


def _when(text: str | None) -> PartialDate | None:
    match = _DATE.fullmatch((text or "").strip())
    return parse_date(f"{match[1]}T{match[2]}{match[3]}:{match[4]}") if match else parse_date((text or "")[:10])
