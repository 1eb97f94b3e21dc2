"""Changes against a person's own values that ask for contact, each limit from both sides."""

from datetime import date, timedelta

import pytest

from organizer.base.dates import PartialDate, parse_date
from organizer.health.attention import attention
from organizer.model.codes import LOINC
from organizer.model.entry import Coding, Entry

DAY = date(2026, 3, 8)


def result(code, value, before=0, unit="L/min", title="Peak flow"):
    when = (DAY - timedelta(days=before)).isoformat()
    return Entry(
        "Observation", title, f"{code} {value} {before}", "p", (Coding(LOINC, code),), PartialDate(when), value=value,
        value_text=str(value), unit=unit, status="final",
    )  # fmt: skip


def flow(*pairs, on=DAY):
    return [found.id for found in attention([result("33452-4", value, before) for value, before in pairs], on)]


@pytest.mark.parametrize(("value", "told"), [(199, True), (200, False)])
def test_a_peak_flow_below_half_of_the_best_is_told(value, told):
    assert flow((400, 30), (value, 0)) == ["peak-flow"] * told


@pytest.mark.parametrize(("before", "told"), [(365, True), (366, False)])
def test_the_best_is_that_of_the_year(before, told):
    assert flow((400, before), (150, 0)) == ["peak-flow"] * told


@pytest.mark.parametrize(("age", "told"), [(3, True), (4, False)])
def test_a_low_peak_flow_is_told_for_three_days(age, told):
    assert flow((400, 30), (150, 0), on=DAY + timedelta(days=age)) == ["peak-flow"] * told


def test_the_best_may_be_of_the_same_day():
    blown = [result("33452-4", value).having(happened=PartialDate(f"{DAY}T{hour}:00"))
             for value, hour in ((400, "07"), (150, "19"))]  # fmt: skip
    assert [found.id for found in attention(blown, DAY)] == ["peak-flow"]


def test_a_newer_better_peak_flow_ends_it_and_another_unit_is_not_compared():
    assert flow((400, 30), (150, 1), (300, 0)) == []
    assert attention([result("33452-4", 6.5, 30, "L/s"), result("33452-4", 150, 0)], DAY) == ()


def test_the_sentence_names_the_best_with_its_day():
    [found] = attention([result("33452-4", 400, 30), result("33452-4", 150, 0)], DAY)
    assert found.sentence.startswith(
        "Peak flow: 150 L/min on 8 Mar 2026, less than half of 400 L/min on 6 Feb 2026. Action plans for asthma"
    )
    assert len(found.entries) == 2


FAILING = Entry("Condition", "Heart failure", "hf", "p", happened=parse_date("2025-01-01"), status="active")


@pytest.mark.parametrize(
    ("last", "said"), [(82.0, []), (82.1, ["weight-gain"]), (100.0, ["weight-gain"]), (100.1, ["doubtful"])]
)
def test_a_gain_that_nobody_can_have_is_asked_about(last, said):
    weights = [result("29463-7", 80.0, 2, "kg", "Weight"), result("29463-7", last, 0, "kg", "Weight")]
    assert [found.id for found in attention([*weights, FAILING], DAY)] == said


def test_a_weight_of_no_body_is_asked_about():
    weights = [result("29463-7", 801.0, 2, "kg", "Weight"), result("29463-7", 803.0, 0, "kg", "Weight")]
    assert [found.id for found in attention([*weights, FAILING], DAY)] == ["doubtful"]


def harm(value, before):
    return result("44260-8", value, before, "{score}", "PHQ-9 item 9")


@pytest.mark.parametrize(("later", "said"), [(0, []), (1, ["self-harm"])])
def test_a_later_answer_of_zero_ends_the_words_about_self_harm(later, said):
    assert [found.id for found in attention([harm(2, 9), harm(later, 1)], DAY)] == said


def test_on_one_day_the_graver_answer_counts():
    assert [found.id for found in attention([harm(2, 1), harm(0, 1)], DAY)] == ["self-harm"]


@pytest.mark.parametrize(
    ("title", "status", "before", "told"),
    [
        ("Suicidal ideation", "active", 30, True), ("Suicidal ideation", "active", 31, False),
        ("Suicidal ideation", "resolved", 3, False), ("No suicidal ideation", "active", 3, False),
        ("Ideación suicida", "active", 3, True), ("Suizidgedanken", "active", 3, True),
        ("Family history of suicide", "active", 3, False),
    ],
)  # fmt: skip
def test_a_current_diagnosis_of_thoughts_of_self_harm_shows_help(title, status, before, told):
    when = parse_date((DAY - timedelta(days=before)).isoformat())
    told_of = Entry("Condition", title, "c", "p", happened=when, status=status)
    assert [found.id for found in attention([told_of], DAY)] == ["self-harm"] * told


@pytest.mark.parametrize(("code", "ended"), [("6298-4", True), ("2345-7", False)])
def test_a_newer_result_of_the_same_test_under_another_code_ends_a_flag(code, ended):
    flagged = result("2823-3", 7.1, 2, "mmol/L", "Potassium").having(data={"interpretation": "HH"})
    newer = result(code, 4.4, 1, "mmol/L", "Other")
    assert ("critical-flag" in [found.id for found in attention([flagged, newer], DAY)]) is not ended


BIRTHS = {"newborn": DAY - timedelta(days=5), "child": DAY - timedelta(days=5 * 365), "adult": date(1970, 1, 1)}


@pytest.mark.parametrize(
    ("whose", "code", "unit", "calm", "called"),
    [
        ("newborn", "1975-2", "mg/dL", 14.9, 15.0), ("newborn", "2345-7", "mg/dL", 200, 201),
        ("newborn", "2345-7", "mg/dL", 40, 39), ("child", "2345-7", "mg/dL", 300, 301),
        ("child", "2345-7", "mg/dL", 50, 49), ("adult", "2345-7", "mg/dL", 450, 451),
        ("adult", "6690-2", "10*3/uL", 1.1, 1.0), ("adult", "2777-1", "mg/dL", 1.1, 1.0),
        ("adult", "2028-9", "mmol/L", 12, 11), ("adult", "14334-7", "mmol/L", 1.4, 1.5),
        ("adult", "10535-3", "ng/mL", 2.4, 2.5), ("adult", "2157-6", "U/L", 6000, 6001),
    ],
)  # fmt: skip
def test_values_are_called_about_by_age(whose, code, unit, calm, called):
    for value, ids in ((calm, []), (called, ["call-value"])):
        assert [found.id for found in attention([result(code, value, 0, unit)], DAY, BIRTHS[whose])] == ids


@pytest.mark.parametrize(("value", "said"), [(88, []), (87, ["call-value"])])
def test_with_copd_less_oxygen_is_usual(value, said):
    lungs = Entry("Condition", "COPD", "c", "p", happened=parse_date("2020-01-01"), status="active")
    assert [found.id for found in attention([lungs, result("59408-5", value, 0, "%")], DAY)] == said
    assert attention([result("59408-5", value, 0, "%")], DAY)


def answered(title, words, code="", category=""):
    """An answer in words, as screenings are exported."""
    coded = (Coding(LOINC, code),) if code else ()
    return Entry(
        "Observation", title, "q", "p", coded, PartialDate(DAY.isoformat()), value_text=words, status="final",
        data={"category": category} if category else {},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("title", "code", "words", "told"),
    [
        ("PHQ-9 item 9", "44260-8", "Several days", True), ("PHQ-9 item 9", "44260-8", "Not at all", False),
        ("C-SSRS wish to be dead", "93246-7", "Yes", True), ("C-SSRS wish to be dead", "93246-7", "No", False),
        ("Suizidgedanken", "", "ja", True), ("Suizidgedanken", "", "nein", False),
        ("Ideación suicida", "", "niega", False),
        ("Idées suicidaires", "", "oui", True), ("Suicidal ideation", "", "see note", False),
    ],
)  # fmt: skip
def test_an_answer_in_words_tells_of_self_harm_or_denies_it(title, code, words, told):
    assert [found.id for found in attention([answered(title, words, code)], DAY)] == ["self-harm"] * told


def test_a_symptom_that_is_denied_in_words_is_no_alarm():
    assert attention([answered("Suicidal ideation", "denied", category="symptom")], DAY) == ()
    assert attention([answered("Suicidal ideation", "", category="symptom")], DAY)


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ({"title": "Item 9", "codes": [{"system": LOINC, "code": "44260-8"}], "value_text": "Nearly every day"}, True),
        ({"title": "Thoughts that you would be better off dead", "value_text": "Several days"}, True),
        ({"title": "Thoughts that you would be better off dead", "value_text": "Not at all"}, False),
        ({"title": "Little interest", "value_text": "Nearly every day"}, False),
    ],
)
def test_the_ninth_item_counts_within_its_questionnaire(part, told):
    whole = answered("PHQ-9", "", "44249-1").having(data={"category": "survey", "components": [part]})
    assert [found.id for found in attention([whole], DAY)] == ["self-harm"] * told


@pytest.mark.parametrize("words", ["Panic value", "KRITISCH", "Valor crítico", "valeur critique", "Critically high"])
def test_a_critical_flag_in_words_is_quoted(words):
    flagged = result("2823-3", 6.1, 0, "mmol/L", "Potassium").having(data={"interpretation": words})
    assert [found.id for found in attention([flagged], DAY)] == ["critical-flag"]
    calm = flagged.having(data={"interpretation": f"not {words}"})
    assert attention([calm], DAY) == ()


def test_a_result_that_was_never_made_is_no_alarm():
    assert attention([result("2823-3", 7.4, 0, "mmol/L", "Potassium").having(status="cancelled")], DAY) == ()
    assert attention([result("2823-3", 7.4, 0, "mmol/L", "Potassium")], DAY)


def diagnosis(title, since="2022", status="active"):
    return Entry("Condition", title, f"c {title}", "p", happened=PartialDate(since), status=status)


def session(before):
    when = (DAY - timedelta(days=before)).isoformat()
    return Entry("Procedure", "Haemodialysis", f"s {before}", "p", happened=PartialDate(when), status="completed")


@pytest.mark.parametrize(
    ("beside", "asked"),
    [
        ([], True),
        ([diagnosis("End-stage renal disease on haemodialysis")], False),
        ([diagnosis("Dependencia de diálisis")], False),
        ([diagnosis("Acute kidney injury requiring dialysis", status="resolved")], True),
        ([diagnosis("Dependence on renal dialysis"), diagnosis("Kidney transplant status")], True),
        ([session(31)], False),
        ([session(32)], True),
    ],
)
def test_between_two_sessions_of_dialysis_a_rise_of_creatinine_asks_for_nothing(beside, asked):
    rise = [result("2160-0", 5.0, 2, "mg/dL", "Creatinine"), result("2160-0", 9.4, 0, "mg/dL", "Creatinine")]
    alarms = [alarm.id for alarm in attention([*rise, *beside], DAY)]
    assert ("creatinine-rise" in alarms) == asked


@pytest.mark.parametrize(("since", "asked"), [("2025-05-18", True), ("2025-05-17", False)])
def test_a_pregnancy_that_nobody_ended_is_none_after_longer_than_any_lasts(since, asked):
    pressure = result("8480-6", 165, 0, "mm[Hg]", "Systolic")
    assert bool(attention([pressure, diagnosis("Pregnancy", since)], DAY)) == asked
