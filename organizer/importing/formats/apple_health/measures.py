"""What HealthKit calls things, in plain words, with LOINC codes and UCUM units where they are certain.

Names and aggregation styles (cumulative or discrete): developer.apple.com/documentation/healthkit, "Data types".
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from organizer.base.i18n import marked
from organizer.base.numbers import parse_number

_PREFIXES = re.compile(r"^HK(Quantity|Category|Data|Correlation)Type(Identifier)?|^HKWorkoutActivityType")
_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_WEIGHED = re.compile(r"mmol<[\d.]+>")


@dataclass(frozen=True, slots=True)
class Measure:
    """One HealthKit type. `daily` is "" for one entry a record, or what a day's entry holds: sum, mean or asleep."""

    title: str
    category: str
    loinc: str = ""
    daily: str = ""


_KNOWN = {
    "BodyMass": Measure(marked("Weight"), "vital-signs", "29463-7"),
    "Height": Measure(marked("Height"), "vital-signs", "8302-2"),
    "BodyMassIndex": Measure(marked("Body mass index"), "vital-signs", "39156-5"),
    "BodyFatPercentage": Measure(marked("Body fat"), "vital-signs", "41982-0"),
    "LeanBodyMass": Measure(marked("Lean body mass"), "vital-signs", "91557-9"),
    "WaistCircumference": Measure(marked("Waist circumference"), "vital-signs", "8280-0"),
    "BodyTemperature": Measure(marked("Body temperature"), "vital-signs", "8310-5"),
    "BasalBodyTemperature": Measure(marked("Basal body temperature"), "vital-signs"),
    "BloodPressureSystolic": Measure(marked("Systolic blood pressure"), "vital-signs", "8480-6"),
    "BloodPressureDiastolic": Measure(marked("Diastolic blood pressure"), "vital-signs", "8462-4"),
    "BloodPressure": Measure(marked("Blood pressure"), "vital-signs", "85354-9"),
    "BloodGlucose": Measure(marked("Blood glucose"), "laboratory"),
    "InsulinDelivery": Measure(marked("Insulin"), "therapy"),
    "PeakExpiratoryFlowRate": Measure(marked("Peak expiratory flow"), "vital-signs", "19935-6"),
    "ForcedExpiratoryVolume1": Measure(marked("Forced expiratory volume in 1 second"), "exam", "20150-9"),
    "ForcedVitalCapacity": Measure(marked("Forced vital capacity"), "exam", "19868-9"),
    "VO2Max": Measure(marked("VO₂ max"), "activity"),
    "RestingHeartRate": Measure(marked("Resting heart rate"), "vital-signs", "40443-4"),
    "HeartRate": Measure(marked("Heart rate"), "vital-signs", "8867-4", "mean"),
    "RespiratoryRate": Measure(marked("Respiratory rate"), "vital-signs", "9279-1", "mean"),
    "OxygenSaturation": Measure(marked("Oxygen saturation"), "vital-signs", "59408-5", "mean"),
    "HeartRateVariabilitySDNN": Measure(marked("Heart rate variability (SDNN)"), "vital-signs", "80404-7", "mean"),
    "WalkingHeartRateAverage": Measure(marked("Heart rate while walking"), "vital-signs"),
    "StepCount": Measure(marked("Steps"), "activity", "41950-7", "sum"),
    "FlightsClimbed": Measure(marked("Flights climbed"), "activity", daily="sum"),
    "DistanceWalkingRunning": Measure(marked("Distance walked or run"), "activity", daily="sum"),
    "ActiveEnergyBurned": Measure(marked("Active energy"), "activity", daily="sum"),
    "BasalEnergyBurned": Measure(marked("Resting energy"), "activity", daily="sum"),
    "AppleExerciseTime": Measure(marked("Exercise"), "activity", daily="sum"),
    "AppleStandTime": Measure(marked("Time standing"), "activity", daily="sum"),
    "TimeInDaylight": Measure(marked("Time in daylight"), "activity", daily="sum"),
    "NumberOfTimesFallen": Measure(marked("Falls"), "activity"),
    "NumberOfAlcoholicBeverages": Measure(marked("Alcoholic drinks"), "social-history"),
    "InhalerUsage": Measure(marked("Inhaler use"), "therapy"),
    "BloodAlcoholContent": Measure(marked("Blood alcohol"), "vital-signs"),
    "ElectrodermalActivity": Measure(marked("Skin conductance"), "vital-signs", daily="mean"),
    "SleepAnalysis": Measure(marked("Sleep"), "activity", daily="asleep"),
    "AppleStandHour": Measure(marked("Hours with standing"), "activity", daily="stood"),
}

_SYMPTOMS = """ AbdominalCramps Acne AppetiteChanges BladderIncontinence Bloating BreastPain ChestTightnessOrPain Chills
Constipation Coughing Diarrhea Dizziness DrySkin Fainting Fatigue Fever GeneralizedBodyAche HairLoss Headache
Heartburn HotFlashes LossOfSmell LossOfTaste LowerBackPain MemoryLapse MoodChanges Nausea NightSweats PelvicPain
RapidPoundingOrFlutteringHeartbeat RunnyNose ShortnessOfBreath SinusCongestion SkippedHeartbeat SleepChanges
SoreThroat VaginalDryness Vomiting Wheezing """

_UNITS = {
    "count/min": "/min",
    "count": "1",
    "degF": "[degF]",
    "degC": "Cel",
    "mi": "[mi_i]",
    "ft": "[ft_i]",
    "in": "[in_i]",
    "lb": "[lb_av]",
    "oz": "[oz_av]",
    "st": "[stone_av]",
    "mmHg": "mm[Hg]",
    "Cal": "kcal",
    "IU": "[iU]",
    "hr": "h",
    "mL/min·kg": "mL/min/kg",
}
"""HKUnit strings that UCUM writes otherwise."""


def measure_of(name: str) -> Measure:
    """What is known of a HealthKit type; an unknown quantity is a day's mean, an unknown category single entries."""
    short = short_name(name)
    known = _KNOWN.get(short)
    if known is not None:
        return known
    if re.search(rf"\b{re.escape(short)}\b", _SYMPTOMS):
        return Measure(spoken(short), "symptom")
    if short.startswith("Dietary"):
        return Measure(spoken(short.removeprefix("Dietary")), "activity")
    if short.startswith(("Distance", "SwimmingStroke", "PushCount")):
        return Measure(spoken(short), "activity", daily="sum")
    return Measure(spoken(short), "activity", daily="mean" if name.startswith("HKQuantityType") else "")


def short_name(name: str) -> str:
    """`HKQuantityTypeIdentifierBodyMass` → `BodyMass`."""
    return _PREFIXES.sub("", name) or name


def spoken(name: str) -> str:
    """`SleepAnalysis` → `Sleep analysis`."""
    words = _WORD.findall(name)
    return " ".join(word if index == 0 or word.isupper() else word.lower() for index, word in enumerate(words)) or name


def ucum(unit: str) -> str:
    """A HealthKit unit as UCUM: `count/min` → `/min`, `mmol<180.15>/L` → `mmol/L`."""
    return _UNITS.get(unit) or _WEIGHED.sub("mmol", unit)


def quantity_of(text: str, unit: str) -> tuple[float | None, str, str]:
    """Number, value as printed and UCUM unit of a record; words give no number.

    HealthKit's percent is a fraction, 0.97 for 97 % (HKUnit.percent()); it is written here as people write it.
    """
    number = parse_number(text)
    if number is None:
        return None, text, ""
    if unit == "%" and 0 <= number.value <= 1:
        hundredth = f"{Decimal(number.text).scaleb(2).normalize():f}"
        return float(hundredth), hundredth, "%"
    return number.value, number.text, "kg/m2" if unit == "kg/m²" else "" if ucum(unit) == "1" else ucum(unit)


def category_value(text: str, name: str) -> str:
    """`HKCategoryValueSleepAnalysisAsleepCore` → `Asleep core`; "" for "not applicable"."""
    if not text.startswith("HKCategoryValue"):
        return text
    word = text.removeprefix("HKCategoryValue").removeprefix(short_name(name)).removeprefix("Severity")
    return "" if word in ("NotApplicable", "") else spoken(word)
