"""What a laboratory marked leads; the alphabet decides nothing; words are results too."""

from datetime import date

import pytest

from organizer.health.key_results import (
    OLD,
    Tier,
    has_changed,
    is_abnormal,
    is_result_in_words,
    says_nothing_found,
    weight,
)
from organizer.health.specialties import Profile, profile_of, profiles
from organizer.model.codes import LOINC, Code, measure_key
from organizer.model.kinds.opinion_case import SPECIALTIES
from tests.organizer.health.opinion.made import entry

NEWEST = date(2026, 11, 1)


def result(title, text, day="2026-11-01", code="", **more):
    number = text.replace(".", "").isdecimal()
    codes = (Code(LOINC, code),) if code else ()
    made = entry("Observation", title, day, category=more.pop("category", "laboratory"), **more)
    return made.having(value=float(text) if number else None, value_text=text), measure_key(codes, title)


def tier(title, text, field="general", goal=False, newest=NEWEST, **more):
    made, key = result(title, text, **more)
    return weight(key, [made], goal, profile_of(field), newest).tier


def test_what_the_laboratory_marked_as_critical_leads_before_a_goal():
    assert tier("Potassium", "6.4", interpretation="HH") is Tier.CRITICAL
    assert tier("Blood culture", "MRSA", interpretation="AA") is Tier.CRITICAL
    assert tier("Blood culture", "MRSA", interpretation="Critical abnormal") is Tier.CRITICAL
    assert tier("Urine protein", "1.1", goal=True) is Tier.GOAL
    assert tier("Calcium", "9.5") is Tier.OTHER


@pytest.mark.parametrize(("days", "expected"), [(OLD.days - 1, Tier.CRITICAL), (OLD.days, Tier.OTHER)])
def test_an_old_flag_is_a_fact_of_its_time(days, expected):
    newest = date.fromordinal(NEWEST.toordinal() + days)
    assert tier("Potassium", "6.4", newest=newest, interpretation="HH") is expected


def test_flagged_or_outside_its_printed_range_is_abnormal_and_nothing_else_is():
    assert is_abnormal(result("Sodium", "150", interpretation="H")[0])
    assert is_abnormal(result("Sodium", "146", range_low=135.0, range_high=145.0)[0])
    assert not is_abnormal(result("Sodium", "145", range_low=135.0, range_high=145.0)[0])
    assert not is_abnormal(result("Sodium", "150")[0])
    assert not is_abnormal(result("Sodium", "150", interpretation="N", range_high=145.0)[0])


@pytest.mark.parametrize("text", ["1:1280", "Detected", "3+", "Candida albicans", "E. coli >100,000 CFU/mL"])
def test_a_culture_a_titer_a_mutation_are_results(text):
    made, _key = result("Test", text)
    assert is_result_in_words(made)
    assert not says_nothing_found(made)


@pytest.mark.parametrize("text", ["Negative", "not detected", "Nicht nachweisbar", "Négatif", "No growth."])
def test_that_nothing_was_found_stands_behind_all_unless_a_field_asks(text):
    assert tier("Test", text) is Tier.NOTHING_FOUND
    assert tier("Estrogen receptor", text, field="oncology") is Tier.LEADING


def test_what_is_said_of_a_life_is_no_result():
    assert not is_result_in_words(result("Smoking", "Never smoked", category="social-history")[0])


def test_a_change_beyond_scatter_counts_and_one_within_does_not():
    key = measure_key([Code(LOINC, "718-7")], "Haemoglobin")
    first, _key = result("Haemoglobin", "14.0", "2026-01-01", unit="g/dL")
    first = first.having(unit="g/dL")
    little, much = (result("Haemoglobin", text)[0].having(unit="g/dL") for text in ("13.8", "7.1"))
    assert not has_changed(key, [first, little])
    assert has_changed(key, [first, much])


@pytest.mark.parametrize(
    ("field", "title", "code", "leads"),
    [
        ("oncology", "Prostate specific Ag", "2857-1", True),
        ("oncology", "Platelet distribution width", "32207-3", False),
        ("nephrology", "Kreatinin", "", True),
        ("nephrology", "Potassium", "2823-3", True),
        ("diabetes", "Hemoglobin A1c", "4548-4", True),
        ("oncology", "Hemoglobin A1c", "4548-4", False),
        ("haematology", "FLT3-ITD mutation", "", True),
        ("cardiology", "NT-proBNP", "33762-6", True),
        ("rheumatology", "ANA titer", "", True),
        ("paediatrics", "Body weight", "29463-7", True),
        ("psychiatry", "Lithium", "", True),
        ("neurology", "Oligoclonal bands in CSF", "", True),
        ("orthopaedics", "C-reactive protein", "1988-5", True),
    ],
)
def test_a_field_looks_first_at_its_own(field, title, code, leads):
    key = measure_key([Code(LOINC, code)] if code else [], title)
    assert profile_of(field).leads(key, title) is leads


def test_each_field_of_the_window_has_its_profile_and_none_else():
    assert set(profiles()) == {choice.value for choice in SPECIALTIES}


def test_without_a_field_the_case_says_what_leads():
    leukaemia = entry("Condition", "Acute myeloid leukaemia", "2026")
    kidneys = entry("Condition", "Chronic kidney disease stage 4", "2020")
    assert profile_of("", [leukaemia]) == profiles()["haematology"]
    assert profile_of("general", [kidneys]) == profiles()["nephrology"]
    assert profile_of("diabetes", [kidneys]) == profiles()["diabetes"]
    assert profile_of("", []) == Profile()


@pytest.mark.parametrize(("last", "changed"), [(141.5, False), (141.6, True), (58.5, False), (58.4, True)])
def test_a_change_lies_beyond_scatter_from_the_reference_change_value_on(last, changed):
    # 2.77 · 15 % of 100, for nobody published how much it scatters.
    key = measure_key([], "Own measure")
    results = [result("Own measure", str(value), "2026-01-01")[0].having(value=value) for value in (100.0, last)]
    assert has_changed(key, results) is changed


@pytest.mark.parametrize(("lead", "expected"), [(0, Tier.ASKED_FOR), (1, Tier.LEADING)])
def test_the_first_results_of_a_field_lead(lead, expected):
    made, key = result("Sodium", "140", code="2951-2")
    assert weight(key, [made], False, Profile(("2951-2",), lead), NEWEST).tier is expected


@pytest.mark.parametrize(("count", "is_alone"), [(1, True), (2, False), (3, False)])
def test_a_result_that_stands_alone_comes_behind_a_course(count, is_alone):
    made, key = result("Sodium", "140")
    assert weight(key, [made] * count, False, profile_of("general"), NEWEST).is_alone is is_alone


def test_one_number_has_not_changed_and_nought_has_no_scatter():
    """Of a measure whose scatter is a share of its level none can be told at nought."""
    numbers, key = zip(*(result("Any measure", text) for text in ("0", "5")), strict=True)
    assert not has_changed(key[0], numbers[:1])
    assert not has_changed(key[0], numbers)
    assert has_changed(key[0], numbers[::-1])
