"""A goal with a guideline's name is proposed only where the guideline speaks of such a person."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from organizer.base.dates import PartialDate
from organizer.health.course import proposals
from organizer.health.series import Point, Series
from organizer.model.codes import LOINC, MeasureKey
from organizer.model.entry import Coding, Entry, Link
from organizer.services.follow import goals, measures
from organizer.store import change_log, entries

TODAY = date(2026, 7, 1)
HBA1C = Coding("http://loinc.org", "4548-4")
HB = Coding("http://loinc.org", "718-7")
ICD = "http://hl7.org/fhir/sid/icd-10-cm"


def proposed(record, person, *made):
    change_log.apply(record, "made up", [change_log.Add(entry.having(person=person)) for entry in made])
    return {one.title for one in goals.propose(record, person, TODAY)}


def condition(title, code="", status="active", **changes):
    return Entry("Condition", title, codes=(Coding(ICD, code),) if code else (), status=status, **changes)


def medicine(title, reason="", status="active", **changes):
    return Entry("MedicationStatement", title, status=status, data={"reason": reason} if reason else {}, **changes)


@pytest.fixture
def ann(record):
    [patient] = entries.find(record, entries.Query(kinds=("Patient",)))
    return patient.id


@pytest.fixture
def person(record, ann):
    """Ann, a woman of 50."""
    return described(record, ann, "1976-03-01", "female")


def described(record, ann, born, sex):
    entry = entries.get(record, ann)
    change_log.apply(
        record, "born", [change_log.Replace(entry.having(data={**entry.data, "birth_date": born, "sex": sex}))]
    )
    return ann


PRESSURE, LDL_LOW, LDL, HAEMOGLOBIN, PHQ = (
    "Upper blood pressure at 130 or lower", "LDL cholesterol below 55 mg/dL", "LDL cholesterol below 100 mg/dL",
    "Haemoglobin at 12 g/dL or higher", "PHQ-9 below 5",
)  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "title"),
    [
        (condition("Essential hypertension"), PRESSURE), (condition("Hipertensión arterial"), PRESSURE),
        (condition("Arterielle Hypertonie"), PRESSURE), (condition("Coronary artery disease"), LDL_LOW),
        (condition("Herzinfarkt"), LDL_LOW), (condition("Iron deficiency anaemia"), HAEMOGLOBIN),
        (condition("Major depressive disorder, recurrent, moderate"), PHQ), (condition("Dépression"), PHQ),
        (medicine("Atorvastatina 20 mg"), LDL), (medicine("Lisinopril 10 mg", "High blood pressure"), PRESSURE),
        (condition("Something", "I10"), PRESSURE),
    ],
)  # fmt: skip
def test_an_illness_proposes_its_goal_in_each_language(record, person, entry, title):
    assert title in proposed(record, person, entry)


SOUND_LIKE_IT = (
    condition("Pulmonary hypertension"), condition("Portal hypertension"), condition("Intracranial hypertension"),
    condition("Ocular hypertension"), condition("Gestational hypertension"),
    condition("Family history of hypertension"),
    condition("Hypertension", "K76.6"), condition("Heat stroke"), condition("Family history of stroke"),
    condition("Risk of coronary heart disease"), condition("ST depression"), condition("Respiratory depression"),
    condition("Major depressive disorder, in full remission"), condition("Depression screening"),
    condition("Sickle cell anaemia"), condition("Aplastic anaemia"), condition("Secondary hypothyroidism"),
    medicine("Nystatin"), medicine("Cilastatin"), medicine("Somatostatin"), medicine("Fluticasone nasal spray"),
    medicine("Budesonide rectal foam"), medicine("Topiramate", "Epilepsy"),
    medicine("Mycophenolate", "Kidney transplant"),
    medicine("Atorvastatin", status="stopped"), medicine("Lisinopril", "Heart failure"),
    condition("Essential hypertension", status="resolved"),
)  # fmt: skip


def test_what_only_sounds_like_it_proposes_nothing(record, person):
    """All at once: none of them may propose anything, beside whichever other."""
    assert proposed(record, person, *SOUND_LIKE_IT) == set()


def test_a_medicine_for_another_illness_proposes_nothing(record, person):
    other = condition("Migraine", id="m", status="resolved")
    tablet = Entry("MedicationStatement", "Lisinopril", status="active", links=(Link("treats", "m"),))
    assert proposed(record, person, other, tablet) == set()


@pytest.mark.parametrize(("born", "offered"), [("2020-07-01", False), ("2008-07-02", False), ("2008-07-01", True)])
def test_a_child_is_not_offered_the_goals_of_grown_ups(record, ann, born, offered):
    child = described(record, ann, born, "male")
    titles = proposed(record, child, condition("Type 2 diabetes"), condition("Hypertension"))
    assert (titles == {"HbA1c at 7 % or lower", PRESSURE}) is offered
    assert offered or not titles


@pytest.mark.parametrize(("sex", "title"), [("female", HAEMOGLOBIN), ("male", "Haemoglobin at 13 g/dL or higher")])
def test_haemoglobin_has_a_floor_for_each_sex(record, ann, sex, title):
    assert proposed(record, described(record, ann, "1976-03-01", sex), condition("Iron deficiency")) == {title}


@pytest.mark.parametrize("sex", ["", "other", "unknown"])
def test_where_the_sex_is_not_known_no_floor_is_proposed(record, ann, sex):
    assert proposed(record, described(record, ann, "1976-03-01", sex), condition("Iron deficiency")) == set()


@pytest.mark.parametrize(
    "beside", [condition("Chronic kidney disease, stage 3"), medicine("Darbepoetin alfa"), condition("Pregnancy")]
)
def test_haemoglobin_is_left_to_the_doctor_beside_what_changes_its_aim(record, person, beside):
    assert HAEMOGLOBIN not in proposed(record, person, condition("Iron deficiency anaemia"), beside)


def test_blood_pressure_in_pregnancy_is_not_aimed_at_130(record, person):
    assert PRESSURE not in proposed(record, person, condition("Hypertension"), condition("Pregnancy"))


def test_a_pregnancy_that_an_observation_tells_of_counts_as_well(record, person):
    told = Entry("Observation", "Pregnancy status", codes=(Coding(LOINC, "82810-3"),), value_text="Pregnant",
                 happened=PartialDate("2026-05-01"), status="final")  # fmt: skip
    assert PRESSURE in proposed(record, person, condition("Hypertension"))
    assert PRESSURE not in proposed(record, person, condition("Hypertension"), told)


def result(coding, value, unit, day="2026-05-01"):
    number = {"value": value, "value_text": str(value), "unit": unit, "codes": (coding,), "status": "final"}
    return Entry("Observation", coding.code, happened=PartialDate(day), data={"category": "laboratory"}, **number)


@pytest.mark.parametrize(("value", "offered"), [(6.9, False), (7.0, False), (7.1, True)])
def test_a_goal_that_the_latest_result_meets_is_not_proposed(record, person, value, offered):
    titles = proposed(
        record, person, condition("Type 2 diabetes"), result(HBA1C, 8.9, "%", "2025-01-01"), result(HBA1C, value, "%")
    )
    assert ("HbA1c at 7 % or lower" in titles) is offered


@pytest.mark.parametrize(("value", "offered"), [(11.9, True), (12.0, False), (12.7, False)])
def test_haemoglobin_that_is_high_enough_needs_no_goal(record, person, value, offered):
    titles = proposed(record, person, condition("Iron deficiency anaemia"), result(HB, value, "g/dL"))
    assert (HAEMOGLOBIN in titles) is offered


@pytest.mark.parametrize(
    ("results", "is_offered"),
    [
        ([(0, 300.0)], True), ([(0, 299.9)], False), ([], False),
        # What comes later than the day is not known on it.
        ([(0, 300.0), (1, 10.0)], True), ([(-1, 10.0), (0, 300.0)], True),
    ],
)  # fmt: skip
def test_a_goal_for_a_level_is_proposed_from_that_level_on(monkeypatch, results, is_offered):
    [albumin] = [proposal for proposal in proposals.every() if proposal.from_value is not None]
    points = [SimpleNamespace(when=TODAY + timedelta(days=days), value=value) for days, value in results]
    monkeypatch.setattr(goals.measuring, "series", lambda *_which: SimpleNamespace(points=points))
    assert goals._is_open(None, "ann", albumin, "key", TODAY) is is_offered


@pytest.mark.parametrize(
    ("value", "units"),
    [
        (1.0, ("mg/dL", "umol/L")),  # 0.0884 mmol/L has no handy number
        (20.0, ("mg/dL", "mmol/L")),  # 1.77 mmol/L has one
    ],
)
def test_a_measure_is_offered_in_the_unit_with_a_handy_number(value, units):
    key = MeasureKey(f"{LOINC}|2160-0")
    assert measures.units_for(Series(key, "Creatinine", "mg/dL", (Point(TODAY, value, "", str(value)),))) == units


def test_four_goals_are_proposed_at_once_and_twenty_measures_named():
    assert (goals.MOST, goals.NAMED_MEASURES) == (4, 20)
