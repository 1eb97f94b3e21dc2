"""A goal in words: the number, comparator, unit and measure that it names, or nothing where it may mean two things."""

from datetime import date

import pytest

from organizer.health.course import aims
from organizer.health.course.bounds_in_words import is_strict
from organizer.health.course.goal_words import FAR, worded_target
from organizer.health.series import Point, Series
from organizer.model.codes import MeasureKey
from organizer.model.entry import Entry


def series(code, title, unit, *values):
    key = MeasureKey(code if ":" in code else f"http://loinc.org|{code}")
    points = tuple(Point(date(2026, 1, place), value) for place, value in enumerate(values, 1))
    return Series(key, title, unit, points)


MEASURED = (
    series("4548-4", "Hemoglobin A1c/Hemoglobin.total in Blood", "%", 8.1, 7.7),
    series("718-7", "Hemoglobin", "g/dL", 10.1),
    series("2345-7", "Glucose", "mg/dL", 160.0, 170.0),
    series("2089-1", "LDL Cholesterol", "mg/dL", 140.0),
    series("29463-7", "Body Weight", "kg", 92.0),
    series("8480-6", "Systolic Blood Pressure", "mm[Hg]", 150.0),
    series("title:knee pain", "Knee pain", "{score}", 6.0),
    series("1988-5", "C-reactive protein", "mg/L", 12.0),
)


def target(title, measured=MEASURED, **data):
    goal = Entry("Goal", title, data=data)
    keys = aims.keys_by_name(measured)
    key = aims.key_of(goal, keys)
    return worded_target(goal, keys, next((one for one in measured if one.key == key), Series()))


@pytest.mark.parametrize(
    ("words", "measure", "low", "high", "unit", "strict"),
    [
        ("Hemoglobin A1c total in Blood < 7.0", "HbA1c", None, 7.0, "%", True),
        ("Hemoglobin A1c total in Blood < 53 mmol/mol", "HbA1c", None, 53.0, "mmol/mol", True),
        ("HbA1c below 7 % by June 2027", "HbA1c", None, 7.0, "%", True),
        ("HbA1c unter 7 % bis Ende 2026", "HbA1c", None, 7.0, "%", True),
        ("HbA1c menos de 7 % en 6 meses", "HbA1c", None, 7.0, "%", True),
        ("HbA1c por debajo de 7 %", "HbA1c", None, 7.0, "%", True),
        ("A1C under 7", "HbA1c", None, 7.0, "%", True),
        ("A1c of 7 or less", "HbA1c", None, 7.0, "%", False),
        ("HbA1c ≤ 7,0 %", "HbA1c", None, 7.0, "%", False),
        ("HbA1c höchstens 7,5 %", "HbA1c", None, 7.5, "%", False),
        ("HbA1c < 7 (target date 2027-03-01)", "HbA1c", None, 7.0, "%", True),
        ("HbA1c 6.5-7.5 %", "HbA1c", 6.5, 7.5, "%", False),
        ("HbA1c between 6.5 and 7.5", "HbA1c", 6.5, 7.5, "%", False),
        ("HbA1c zwischen 6,5 und 7,5 %", "HbA1c", 6.5, 7.5, "%", False),
        ("HbA1c entre 6,5 y 7,5 %", "HbA1c", 6.5, 7.5, "%", False),
        ("Reduce HbA1c to below 7%", "HbA1c", None, 7.0, "%", True),
        ("LDL-Cholesterin unter 70 mg/dl", "LDL cholesterol", None, 70.0, "mg/dL", True),
        ("LDL below 70", "LDL cholesterol", None, 70.0, "mg/dL", True),
        ("LDL < 3 mmol/L", "LDL cholesterol", None, 3.0, "mmol/L", True),
        ("Hemoglobin at least 12 g/dL", "Haemoglobin", 12.0, None, "g/dL", False),
        ("Hemoglobin > 12", "Haemoglobin", 12.0, None, "g/dL", True),
        ("Glucosa no más de 180 mg/dL", "Glucose", None, 180.0, "mg/dL", False),
        ("Blutzucker nicht unter 70 mg/dl", "Glucose", 70.0, None, "mg/dL", False),
        ("Glucose 80 to 130 mg/dL before meals", "Glucose", 80.0, 130.0, "mg/dL", False),
        ("Systolisch unter 130 mm Hg", "Systolic blood pressure", None, 130.0, "mm[Hg]", True),
        ("Peso menos de 85 kg", "Body weight", None, 85.0, "kg", True),
        ("Weight below 180 lb", "Body weight", None, 180.0, "[lb_av]", True),
        ("Knee pain 3 or lower within 3 months", "Knee pain", None, 3.0, "{score}", False),
        ("PHQ-9 below 5", "PHQ-9", None, 5.0, "{score}", True),
        ("TSH 0.4–4.0 mIU/L", "TSH", 0.4, 4.0, "m[IU]/L", False),
        ("SpO2 above 92 %", "Oxygen saturation", 92.0, None, "%", True),
        ("Fasting glucose 80-130 mg/dL", "Fasting glucose", 80.0, 130.0, "mg/dL", False),
    ],
)
def test_the_number_in_a_goals_words_is_read_with_its_measure(words, measure, low, high, unit, strict):
    found = target(words)
    assert (found.measure, found.low, found.high, found.unit, found.strict) == (measure, low, high, unit, strict)


@pytest.mark.parametrize(
    "words",
    [
        "HbA1c 7 %",  # at most or at least?
        "LDL < 3",  # near the results in another unit only
        "LDL < 70 and HbA1c < 7",
        "BP < 130/80",
        "Systolic blood pressure < 130/80",
        "Lose at least 5 kg",
        "Reduce weight by at least 50 kg",
        "Call if weight is above 95 kg",
        "Gewicht: anrufen, wenn über 95 kg",
        "Do not let glucose fall below 70 mg/dL",
        "Check glucose at least 90 times",
        "Walk at least 30 minutes a day",
        "TSH 0.4-4.0",  # never measured, no unit
        "Ferritin above 1,000 ng/mL",  # a thousand, or one
        "HbA1c < 7 %, 2 visits per year",
        "HbA1c below 700 %",
        "HbA1c below 7 mg/dL",
        "Glucose 130-80 mg/dL",
        "Improve HbA1c",
    ],
)
def test_words_that_may_mean_something_else_propose_nothing(words):
    assert target(words) is None


@pytest.mark.parametrize(("limit", "proposed"), [(FAR * 0.99, True), (FAR * 1.01, False)])
def test_a_number_without_a_unit_lies_near_the_results(limit, proposed):
    found = target("Nerve score < 1", [series("title:nerve score", "Nerve score", "pt", limit)])
    assert (found is not None) is proposed
    assert not proposed or not found.unit_named


def test_a_title_that_contradicts_the_targets_own_words_proposes_nothing():
    assert target("HbA1c < 8 %", target_text="below 7 %") is None
    assert target("HbA1c < 7 %", target_text="below 7 %").high == 7.0
    assert target("Lower sugar", target_text="below 7 %", measure="HbA1c").high == 7.0
    assert target("LDL below 70", measure="HbA1c") is None


def test_a_unit_that_the_words_dont_name_is_said_to_be_that_of_the_results():
    assert target("A1c under 7").spoken == "HbA1c below 7 % (the words name no unit: this is that of the results)"
    assert target("A1c 6.5 to 7 %").spoken == "HbA1c between 6.5 and 7 %"


@pytest.mark.parametrize(
    ("words", "strict"),
    [("<7 %", True), ("unter 7 %", True), ("menos de 7", True), ("<= 7", False), ("7 o menos", False), ("good", False)],
)
def test_words_say_whether_their_own_number_is_left_out(words, strict):
    assert is_strict(words) is strict


@pytest.mark.parametrize(
    ("title", "code"), [("Hemoglobin A1c < 7", "4548-4"), ("Hemoglobin > 12", "718-7"), ("Hemoglobin, HbA1c", "")]
)
def test_a_shorter_name_within_a_longer_one_is_not_meant(title, code):
    key = aims.key_of(Entry("Goal", title), aims.keys_by_name(MEASURED))
    assert key == (f"http://loinc.org|{code}" if code else None)
