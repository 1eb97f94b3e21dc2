"""What asks for prompt contact: each limit from both sides, who it is for, and that it ends."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from organizer.base.dates import parse_date
from organizer.health.attention import attention
from organizer.model.entry import Coding, Entry

TODAY = date(2026, 4, 12)
LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"


def result(code, title, value, unit, when="2026-04-11", **more):
    return Entry(
        "Observation", title, f"{title} {when} {value}", "p", (Coding(LOINC, code, title),), parse_date(when),
        value=value, value_text=str(value), unit=unit, status="final", **more,
    )  # fmt: skip


def diagnosis(title, code, system=SNOMED):
    return Entry("Condition", title, title, "p", (Coding(system, code),), parse_date("2026-01-01"), status="active")


def said(*entries, on=TODAY, birth=None):
    return attention(entries, on, birth)


CALLED = [
    ("2823-3", "Potassium", "mmol/L", 6.2, 6.3),
    ("2823-3", "Potassium", "mmol/L", 2.8, 2.7),
    ("2951-2", "Sodium", "mmol/L", 120, 119),
    ("2951-2", "Sodium", "mmol/L", 160, 161),
    ("17861-6", "Calcium", "mg/dL", 12.9, 13.0),
    ("17861-6", "Calcium", "mg/dL", 6.6, 6.5),
    ("1995-0", "Ionised calcium", "mmol/L", 0.76, 0.75),
    ("1995-0", "Ionised calcium", "mmol/L", 1.49, 1.50),
    ("19123-9", "Magnesium", "mg/dL", 1.0, 0.9),
    ("19123-9", "Magnesium", "mg/dL", 4.7, 4.8),
    ("2345-7", "Glucose", "mg/dL", 450, 451),
    ("2345-7", "Glucose", "mg/dL", 50, 49),
    ("718-7", "Haemoglobin", "g/dL", 7.1, 7.0),
    ("777-3", "Platelets", "10*3/uL", 21, 20),
    ("751-8", "Neutrophils", "10*3/uL", 0.6, 0.5),
    ("6301-6", "INR", "{INR}", 5.0, 5.1),
    ("8480-6", "Systolic blood pressure", "mm[Hg]", 179, 180),
    ("8462-4", "Diastolic blood pressure", "mm[Hg]", 119, 120),
    ("59408-5", "Oxygen saturation", "%", 90, 89),
]


@pytest.mark.parametrize(("code", "title", "unit", "calm", "called"), CALLED)
def test_a_value_is_called_about_from_its_published_limit_on(code, title, unit, calm, called):
    assert not said(result(code, title, calm, unit))
    (found,) = said(result(code, title, called, unit))
    assert found.id == "call-value"
    assert found.source
    assert found.sentence.startswith(f"{title}: ")
    assert "11 Apr 2026" in found.sentence


def test_a_value_in_another_unit_or_under_a_sibling_code_is_the_same_value():
    (found,) = said(result("2339-0", "Glucose", 30.0, "mmol/L"))
    assert "30" in found.sentence


def test_the_laboratory_s_own_critical_flag_is_quoted():
    (found,) = said(result("2823-3", "Potassium", 5.9, "mmol/L", data={"interpretation": "HH"}))
    assert found.sentence == (
        "Potassium: 5.9 mmol/L on 11 Apr 2026. The laboratory marked this as critical. If nobody has called you about "
        "it, call today."
    )
    assert not said(result("2823-3", "Potassium", 5.9, "mmol/L", data={"interpretation": "H"}))


def test_a_count_stands_before_its_power_of_ten_as_a_factor():
    (found,) = said(result("777-3", "Platelets", 18, "10*3/uL"))
    assert found.sentence.startswith("Platelets: 18 × 10³/µL on 11 Apr 2026. Laboratories call a doctor")


def test_what_the_laboratory_noted_of_the_specimen_is_quoted_and_the_alarm_stays():
    noted = {"note": "Specimen hemolyzed; interpret with caution."}
    (found,) = said(result("2823-3", "Potassium", 6.8, "mmol/L", data=noted))
    assert found.sentence == (
        "Potassium: 6.8 mmol/L on 11 Apr 2026. Laboratories call a doctor at once about such a value. If nobody has "
        "called you about it, call today. Beside it is noted: “Specimen hemolyzed; interpret with caution”. When you "
        "call, ask whether it should be measured again."
    )


def test_that_somebody_was_called_is_quoted_beside_the_flag():
    data = {"interpretation": "HH", "note": "CRITICAL VALUE called to Dr. Smith 11 Apr 14:05 by JT, read back"}
    (found,) = said(result("2823-3", "Potassium", 6.6, "mmol/L", data=data))
    assert found.sentence == (
        "Potassium: 6.6 mmol/L on 11 Apr 2026. The laboratory marked this as critical. If nobody has called you about "
        "it, call today. Beside it is noted: “CRITICAL VALUE called to Dr. Smith 11 Apr 14:05 by JT, read back”."
    )


def test_a_gain_is_told_in_the_unit_of_the_person_s_own_scale_too():
    before = result("29463-7", "Body weight", 180, "[lb_av]", "2026-04-09")
    after = result("29463-7", "Body weight", 186, "[lb_av]")
    (found,) = said(before, after, diagnosis("Heart failure", "84114007"))
    assert "more than 4.4 lb (2 kg) within 3 days" in found.sentence


def test_a_flag_on_words_counts_too():
    culture = Entry(
        "Observation", "Blood culture", "c", "p", (Coding(LOINC, "600-7"),), parse_date("2026-04-11"),
        value_text="MRSA", status="final", data={"interpretation": "AA"},
    )  # fmt: skip
    assert [found.id for found in said(culture)] == ["critical-flag"]


@pytest.mark.parametrize(("day", "spoken"), [(14, True), (15, False)])
def test_a_call_ends_after_its_days(day, spoken):
    high = result("2823-3", "Potassium", 7.0, "mmol/L", "2026-04-01")
    assert bool(said(high, on=date(2026, 4, 1) + timedelta(days=day))) == spoken


def test_a_newer_better_result_ends_it():
    high = result("2823-3", "Potassium", 7.0, "mmol/L", "2026-04-09", data={"interpretation": "HH"})
    assert said(high)
    assert not said(high, result("2823-3", "Potassium", 4.9, "mmol/L", "2026-04-11"))


def test_a_value_that_can_hardly_be_right_is_asked_about_not_alarmed_over():
    (found,) = said(result("8480-6", "Systolic blood pressure", 1280, "mm[Hg]"))
    assert found.asks
    assert "can hardly be right: compare it with its source" in found.sentence


def test_in_pregnancy_the_lower_limit_counts_and_only_while_it_lasts():
    high = result("8480-6", "Systolic blood pressure", 166, "mm[Hg]")
    pregnant = diagnosis("Pregnancy", "77386006")
    assert not said(high)
    assert said(high, pregnant)
    assert not said(high, pregnant.having(status="resolved"))
    assert not said(result("8480-6", "Systolic blood pressure", 159, "mm[Hg]"), pregnant)


def status(words, when="2026-03-01", code="82810-3"):
    return Entry("Observation", "Pregnancy status", f"{when} {words}", "p", (Coding(LOINC, code),), parse_date(when),
                 value_text=words, status="final")  # fmt: skip


@pytest.mark.parametrize(
    ("told", "counts"),
    [
        ([status("Pregnant")], True),
        ([status("Schwanger")], True),
        ([status("LA15173-0")], True),
        ([status("Not pregnant")], False),
        ([status("Pregnant", "2025-05-01")], False),
        ([status("Pregnant", "2026-02-01"), status("Not pregnant", "2026-04-01")], False),
        ([status("2026-08-01", code="11778-8")], True),
        ([status("2026-03-28", when="2026-01-01", code="11778-8")], False),
        ([status("2026-03-29", when="2026-01-01", code="11778-8")], True),
    ],
)
def test_an_observation_tells_of_a_pregnancy_while_it_can_last(told, counts):
    high = result("8480-6", "Systolic blood pressure", 166, "mm[Hg]")
    assert bool(said(high, *told)) is counts


def test_children_have_limits_of_their_own():
    low = result("2823-3", "Potassium", 2.9, "mmol/L")
    assert not said(low)
    assert said(low, birth=date(2020, 1, 1))
    assert not said(low, birth=date(1980, 1, 1))


@pytest.mark.parametrize(("gain", "spoken"), [(2.0, False), (2.1, True)])
def test_weight_gained_in_days_counts_with_heart_failure_only(gain, spoken):
    before = result("29463-7", "Body weight", 80.0, "kg", "2026-04-08")
    after = result("29463-7", "Body weight", 80.0 + gain, "kg", "2026-04-11")
    failing = diagnosis("Heart failure", "84114007")
    assert bool(said(before, after, failing)) == spoken
    assert not said(before, after)


@pytest.mark.parametrize(
    ("earlier", "later", "days", "spoken"),
    [
        (1.0, 1.5, 7, True),
        (1.0, 1.49, 7, False),
        (1.0, 1.5, 8, False),
        (1.0, 1.3, 2, True),
        (1.0, 1.29, 2, False),
        (1.0, 1.6, 8, True),
        (1.0, 3.9, 45, True),
        (1.0, 3.9, 46, False),
    ],
)
def test_creatinine_is_compared_with_the_person_s_own(earlier, later, days, spoken):
    first = result("2160-0", "Creatinine", earlier, "mg/dL", (date(2026, 4, 11) - timedelta(days=days)).isoformat())
    second = result("2160-0", "Creatinine", later, "mg/dL")
    found = said(first, second)
    assert bool(found) == spoken
    if spoken:
        words = f"Creatinine rose from {earlier} mg/dL to {later} mg/dL within {days} days, by 11 Apr 2026: contact"
        assert words in found[0].sentence


def test_creatinine_that_went_down_again_is_no_alarm():
    rise = [
        result("2160-0", "Creatinine", value, "mg/dL", day)
        for day, value in (("2026-04-01", 1.0), ("2026-04-06", 1.6), ("2026-04-11", 1.0))
    ]
    assert said(*rise[:2], on=date(2026, 4, 7))
    assert not said(*rise)


@pytest.mark.parametrize(("value", "spoken"), [(24.9, False), (25.1, True), (2.8, False), (2.7, True)])
def test_fasting_glucose_by_amount_has_the_limits_of_glucose(value, spoken):
    assert bool(said(result("14771-0", "Fasting glucose", value, "mmol/L"))) == spoken


@pytest.mark.parametrize(("answer", "spoken"), [(0, False), (1, True), (3, True)])
def test_item_nine_shows_help_whoever_asked(answer, spoken):
    item = result("44260-8", "Thoughts that you would be better off dead", float(answer), "{score}")
    panel = Entry(
        "Observation", "PHQ-9", "panel", "p", (Coding(LOINC, "44249-1"),), parse_date("2026-04-11"), status="final",
        data={"components": [{"title": "Item 9", "value": answer, "value_text": str(answer),
                              "codes": [{"system": LOINC, "code": "44260-8"}]}]},
    )  # fmt: skip
    for entry in (item, panel):
        assert any("988" in found.sentence for found in said(entry)) == spoken


def test_a_symptom_named_so_shows_help():
    symptom = Entry(
        "Observation", "Suicidal thoughts", "s", "p", (), parse_date("2026-04-11"), value=9, value_text="9",
        data={"category": "symptom"},
    )  # fmt: skip
    assert [found.id for found in said(symptom)] == ["self-harm"]
    assert not said(symptom.having(value=0, value_text="0"))


def test_a_severe_side_effect_is_told_without_a_plan_and_ends():
    effect = Entry("AdverseEvent", "Swelling of the tongue", "e", "p", (), parse_date("2026-04-01"),
                   data={"severity": "severe"})  # fmt: skip
    assert "Swelling of the tongue, 1 Apr 2026" in said(effect)[0].sentence
    assert not said(effect, on=date(2026, 5, 2))
    assert not said(effect.having(data={"severity": "moderate"}))


def test_nothing_of_tomorrow_is_told():
    assert not said(result("2823-3", "Potassium", 7.0, "mmol/L", "2026-04-13"))


AGES_OF_CALLS = [
    ("2823-3", "Potassium", "mmol/L", 7.0, 14),
    ("2951-2", "Sodium", "mmol/L", 119, 14),
    ("2345-7", "Glucose", "mg/dL", 40, 7),
    ("718-7", "Haemoglobin", "g/dL", 6.0, 14),
    ("6301-6", "INR", "{INR}", 6.0, 14),
    ("8480-6", "Systolic blood pressure", "mm[Hg]", 190, 7),
    ("59408-5", "Oxygen saturation", "%", 80, 7),
]


@pytest.mark.parametrize(("code", "title", "unit", "value", "days"), AGES_OF_CALLS)
def test_each_call_ends_with_its_own_age(code, title, unit, value, days):
    found = result(code, title, value, unit, "2026-04-01")
    assert said(found, on=date(2026, 4, 1))
    assert said(found, on=date(2026, 4, 1) + timedelta(days=days))
    assert not said(found, on=date(2026, 4, 1) + timedelta(days=days + 1))


@pytest.mark.parametrize(("days", "spoken"), [(14, True), (15, False)])
def test_a_critical_flag_is_quoted_for_fourteen_days(days, spoken):
    flagged = result("2823-3", "Potassium", 5.0, "mmol/L", "2026-04-01", data={"interpretation": "HH"})
    assert bool(said(flagged, on=date(2026, 4, 1) + timedelta(days=days))) == spoken


@pytest.mark.parametrize(("days", "spoken"), [(30, True), (31, False)])
def test_severe_side_effects_and_thoughts_of_self_harm_are_told_for_thirty_days(days, spoken):
    effect = Entry("AdverseEvent", "Swelling", "e", "p", (), parse_date("2026-04-01"), data={"severity": "severe"})
    harm = result("44260-8", "Thoughts of being better off dead", 1.0, "{score}", "2026-04-01")
    day = date(2026, 4, 1) + timedelta(days=days)
    assert [found.id for found in said(effect, on=day)] == ["severe-side-effect"] * spoken
    assert [found.id for found in said(harm, on=day)] == ["self-harm"] * spoken


@pytest.mark.parametrize(
    ("value", "birth", "spoken"),
    [
        (6.4, date(2010, 4, 14), False),
        (6.6, date(2010, 4, 14), True),
        (6.4, date(2010, 4, 11), True),
        (2.9, date(2010, 4, 14), True),
        (2.9, date(2010, 4, 11), False),
    ],
)
def test_the_limits_of_children_end_on_the_sixteenth_birthday(value, birth, spoken):
    assert bool(said(result("2823-3", "Potassium", value, "mmol/L"), birth=birth)) == spoken


@pytest.mark.parametrize(
    ("code", "title", "value", "spoken"),
    [
        ("8480-6", "Systolic blood pressure", 160, True),
        ("8480-6", "Systolic blood pressure", 159, False),
        ("8462-4", "Diastolic blood pressure", 110, True),
        ("8462-4", "Diastolic blood pressure", 109, False),
    ],
)
def test_severe_pressure_in_pregnancy_has_its_limits(code, title, value, spoken):
    found = said(result(code, title, value, "mm[Hg]"), diagnosis("Pregnancy", "77386006"))
    assert bool(found) == spoken


@pytest.mark.parametrize(
    ("first", "last", "apart", "age", "spoken"),
    [
        (80.2, 82.2, 3, 0, False),
        (80.2, 82.3, 3, 0, True),
        (80.2, 82.3, 4, 0, False),
        (80.2, 82.3, 3, 7, True),
        (80.2, 82.3, 3, 8, False),
        (70.3, 72.3, 1, 0, False),
        (66.1, 68.1, 1, 0, False),
    ],
)
def test_weight_rises_by_more_than_two_kilograms_within_three_days(first, last, apart, age, spoken):
    day = TODAY - timedelta(days=age)
    before = result("29463-7", "Body weight", first, "kg", (day - timedelta(days=apart)).isoformat())
    after = result("29463-7", "Body weight", last, "kg", day.isoformat())
    assert bool(said(before, after, diagnosis("Heart failure", "84114007"))) == spoken


@pytest.mark.parametrize(
    ("earlier", "later", "days", "spoken"),
    [
        (1.0, 1.3, 3, False),
        (1.1, 1.65, 7, True),
        (1.1, 1.64, 7, False),
        (1.0, 1.5, 8, False),
        (1.0, 1.51, 45, True),
        (1.0, 1.51, 46, False),
        (0.4, 0.6, 0, False),
        (0.4, 0.6, 1, True),
    ],
)
def test_creatinine_is_compared_as_the_guideline_writes_it(earlier, later, days, spoken):
    first = result("2160-0", "Creatinine", earlier, "mg/dL", (TODAY - timedelta(days=days)).isoformat())
    assert bool(said(first, result("2160-0", "Creatinine", later, "mg/dL", TODAY.isoformat()))) == spoken


@pytest.mark.parametrize(("days", "spoken"), [(14, True), (15, False)])
def test_a_quick_rise_of_creatinine_is_told_for_fourteen_days(days, spoken):
    rise = [result("2160-0", "Creatinine", value, "mg/dL", f"2026-03-0{day}") for day, value in ((1, 1.0), (2, 1.6))]
    assert bool(said(*rise, on=date(2026, 3, 2) + timedelta(days=days))) == spoken


def test_what_is_of_today_counts():
    assert said(result("2823-3", "Potassium", 7.0, "mmol/L", TODAY.isoformat()))


def test_two_weights_of_one_day_are_no_gain():
    heavy, light = (result("29463-7", "Body weight", value, "kg", TODAY.isoformat()) for value in (83.0, 80.0))
    assert not said(heavy, light, diagnosis("Heart failure", "84114007"))
    assert not said(light, heavy, diagnosis("Heart failure", "84114007"))


def test_a_creatinine_of_nought_is_compared_with_nothing():
    nought = result("2160-0", "Creatinine", 0.0, "mg/dL", "2026-04-10")
    assert not said(nought, result("2160-0", "Creatinine", 1.0, "mg/dL", "2026-04-11"))


def typed(title, value, unit, **more):
    """A result as somebody types it, or as a table has it: with a name, and without any code."""
    return replace(result("1", title, value, unit, **more), codes=())


@pytest.mark.parametrize(
    ("title", "value", "unit"),
    [
        ("Potassium", 6.9, "mmol/L"),
        ("Kalium", 6.9, "mmol/L"),
        ("Platelets", 14, "10*3/uL"),
        ("Natrium im Serum", 117, "mmol/L"),
        ("Glucose", 30, "mmol/L"),
        ("Systolic blood pressure", 190, "mm[Hg]"),
        ("Oxygen saturation", 85, "%"),
    ],
)
def test_a_result_without_a_code_is_known_by_its_name_and_unit(title, value, unit):
    (found,) = said(typed(title, value, unit))
    assert found.sentence.startswith(f"{title}: ")


@pytest.mark.parametrize(
    ("title", "value", "unit", "specimen"),
    [
        ("Potassium, urine", 6.9, "mmol/L", ""),
        ("Potassium", 6.9, "mmol/L", "Urine"),
        ("Glucose", 30, "mg/dL", "Cerebrospinal fluid"),
        ("Potassium intake", 6.9, "mmol/L", ""),
        ("Platelets", 14, "%", ""),
    ],
)
def test_what_may_be_another_measure_is_no_alarm_by_its_name(title, value, unit, specimen):
    assert not said(typed(title, value, unit, data={"specimen": specimen}))


@pytest.mark.parametrize(
    ("code", "title", "unit", "comparator", "value", "called"),
    [
        ("2345-7", "Glucose", "mg/dL", ">", 600, True),
        ("2345-7", "Glucose", "mg/dL", ">", 450, True),
        ("2345-7", "Glucose", "mg/dL", ">=", 450, False),
        ("2345-7", "Glucose", "mg/dL", ">", 449, False),
        ("2345-7", "Glucose", "mg/dL", "<", 600, False),
        ("2345-7", "Glucose", "mg/dL", "<", 50, True),
        ("2345-7", "Glucose", "mg/dL", "<=", 50, False),
        ("777-3", "Platelets", "10*3/uL", "<", 5, True),
        ("777-3", "Platelets", "10*3/uL", ">", 5, False),
        ("6301-6", "INR", "{INR}", ">", 10, True),
    ],
)
def test_a_bound_is_called_about_where_all_that_it_allows_is_beyond_the_limit(
    code, title, unit, comparator, value, called
):
    found = said(result(code, title, value, unit, comparator=comparator))
    assert bool(found) is called
    assert not called or f"{title}: {comparator}{value}" in found[0].sentence


def test_a_bound_is_no_number_to_reckon_with():
    first = result("2160-0", "Creatinine", 1.0, "mg/dL", "2026-04-08", comparator="<")
    assert not said(first, result("2160-0", "Creatinine", 1.8, "mg/dL"))
