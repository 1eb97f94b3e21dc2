"""One reading of a device as an entry: titles, LOINC codes (loinc.org) and units of what devices measure."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from organizer.base.dates import PartialDate, parse_date
from organizer.base.figures import AS_ENTERED, plain
from organizer.base.i18n import _, marked
from organizer.base.numbers import parse_number
from organizer.model.codes import LOINC
from organizer.model.entry import Coding, Entry, Source
from organizer.model.statuses import Status


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured: title, LOINC code or "", UCUM unit, category, and whether a day's readings add up."""

    title: str
    loinc: str = ""
    unit: str = ""
    category: str = "vital-signs"
    adds_up: bool = False

    @property
    def codes(self) -> tuple[Coding, ...]:
        """As an entry's codes."""
        return (Coding(LOINC, self.loinc),) if self.loinc else ()


SYSTOLIC = Measure(marked("Systolic blood pressure"), "8480-6", "mm[Hg]")
DIASTOLIC = Measure(marked("Diastolic blood pressure"), "8462-4", "mm[Hg]")
PULSE = Measure(marked("Heart rate"), "8867-4", "/min")
RESTING = Measure(marked("Resting heart rate"), "40443-4", "/min")
WEIGHT = Measure(marked("Weight"), "29463-7", "kg")
HEIGHT = Measure(marked("Height"), "8302-2", "cm")
BODY_FAT = Measure(marked("Body fat"), "41982-0", "%")
TEMPERATURE = Measure(marked("Body temperature"), "8310-5", "Cel")
OXYGEN = Measure(marked("Oxygen saturation"), "59408-5", "%")
GLUCOSE_MMOL = Measure(marked("Blood glucose"), "", "mmol/L", "laboratory")
STEPS = Measure(marked("Steps"), "41950-7", "", "activity")
STEPS_OF_A_WHILE = Measure(marked("Steps"), "41950-7", "", "activity", adds_up=True)
BREATHS = Measure(marked("Respiratory rate"), "9279-1", "/min")
VARIABILITY = Measure(marked("Heart rate variability (RMSSD)"), "", "ms", "activity")
BASAL_TEMPERATURE = Measure(marked("Basal body temperature"), "8310-5", "Cel")
SENSOR_MG = Measure(marked("Glucose (sensor)"), "", "mg/dL", "laboratory")
SENSOR_MMOL = Measure(marked("Glucose (sensor)"), "", "mmol/L", "laboratory")
GLUCOSE_MG = Measure(marked("Blood glucose"), "", "mg/dL", "laboratory")
PERIOD = Measure(marked("Period"), category="symptom")
SLEEP = Measure(marked("Sleep"), "", "h", "activity")


def number_of(value: object) -> str:
    """A number of a file as text; "" for what is none."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return plain(value, AS_ENTERED)
    number = parse_number(str(value).strip())
    return plain(number.value, AS_ENTERED) if number is not None and not number.comparator else ""


def observation(
    measure: Measure, when: PartialDate, text: str, where: str, identifier: str, performer: str = "", method: str = ""
) -> Entry:
    """One value at its time."""
    number = parse_number(text)
    data = {"category": measure.category, "performer": performer, "method": method}
    return Entry(
        "Observation",
        _(measure.title),
        codes=measure.codes,
        happened=when,
        value=number.value if number else None,
        value_text=text,
        unit=measure.unit if number else "",
        status=Status.FINAL,
        data={name: word for name, word in data.items() if word},
        sources=(Source(locator=where, identifier=identifier),),
    )


def blood_pressure(
    when: PartialDate, systolic: str, diastolic: str, where: str, identifier: str, performer: str = ""
) -> Entry:
    """Both pressures in one entry."""
    parts: list[dict[str, Any]] = []
    for measure, text in ((SYSTOLIC, systolic), (DIASTOLIC, diastolic)):
        number = parse_number(text)
        codes = [{"system": LOINC, "code": measure.loinc, "display": ""}]
        fields = {"value": number.value if number else None, "value_text": text, "unit": measure.unit}
        parts.append({"title": _(measure.title), "codes": codes, **fields})
    data = {"category": "vital-signs", "components": parts, **({"performer": performer} if performer else {})}
    return Entry(
        "Observation",
        _("Blood pressure"),
        codes=(Coding(LOINC, "85354-9"),),
        happened=when,
        value_text=f"{systolic}/{diastolic}",
        unit="mm[Hg]",
        status=Status.FINAL,
        data=data,
        sources=(Source(locator=where, identifier=identifier),),
    )


def in_utc_words() -> str:
    """What is told of a file whose times are UTC and that doesn't say where they were lived."""
    return _("Its times are UTC, and it doesn’t say in which zone they were lived: days are counted in UTC.")


def instant(seconds: float, zone: int = 0) -> PartialDate | None:
    """The instant of seconds since 1970 (UTC), in a zone so many seconds east of it; None for what is none."""
    try:
        at = datetime.fromtimestamp(seconds, timezone(timedelta(seconds=zone)))
    except (ValueError, OverflowError, OSError):
        return None
    text = at.isoformat(timespec="seconds")
    return parse_date(text.removesuffix("+00:00") + "Z" if zone == 0 else text)
