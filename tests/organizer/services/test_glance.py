"""The record at one glance: what stands now, in the states that health weighs; nothing said that no source says."""

from datetime import date

from organizer.services.entries import entries, typed
from organizer.services.record import glance
from organizer.store.entries import Query

DAY = date(2026, 11, 24)


def person(record):
    return entries.find(record, Query(kinds=("Patient",)))[0].id


def titles(lines):
    return [line.entry.title for line in lines]


def test_an_empty_record_has_nothing_to_show(record):
    seen = glance.glance(record, person(record), DAY)
    assert seen.empty
    assert not seen.problems


def test_what_stands_is_shown_and_what_is_over_is_not(record):
    ann = person(record)
    for kind, fields in (
        ("Condition", {"title": "Asthma", "status": "active", "happened": "2020"}),
        ("Condition", {"title": "Pneumonia", "status": "resolved", "happened": "2019"}),
        ("MedicationStatement", {"title": "Budesonide", "status": "active", "dose": "200 ug", "happened": "2020"}),
        ("MedicationStatement", {"title": "Amoxicillin", "status": "stopped", "happened": "2019"}),
        ("MedicationStatement", {"title": "Metformin", "status": "on-hold", "happened": "2021"}),
        ("AllergyIntolerance", {"title": "Penicillin", "reaction": "Rash"}),
    ):
        entries.add(record, kind, ann, fields)
    seen = glance.glance(record, ann, DAY)
    assert titles(seen.problems) == ["Asthma"]
    assert sorted(titles(seen.medicines)) == ["Budesonide", "Metformin"]
    assert any("paused" in line.says for line in seen.medicines)
    assert [(line.entry.title, line.says) for line in seen.allergies] == [("Penicillin", "Rash")]
    assert not seen.empty


def test_flagged_results_come_first_each_with_the_one_before(record):
    ann = person(record)
    for title, value, day, flag in (
        ("Potassium", "4.1", "2026-10-01", ""),
        ("Potassium", "6.4", "2026-11-01", "HH"),
        ("Albumin", "3.9", "2026-11-20", ""),
    ):
        fields = {"title": title, "value_text": value, "unit": "mmol/L", "happened": day, "interpretation": flag}
        entries.add(record, "Observation", ann, fields)
    first, second = glance.glance(record, ann, DAY).results
    assert first.entry.title == "Potassium"
    assert "6.4 mmol/L" in first.says
    assert "before: 4.1 mmol/L on 1 Oct 2026" in first.says
    assert second.entry.title == "Albumin"


def test_a_long_list_says_how_many_there_are(record):
    ann = person(record)
    for number in range(glance.MOST_LINES + 1):
        entries.add(record, "Condition", ann, {"title": f"Illness {number}", "status": "active"})
    seen = glance.glance(record, ann, DAY)
    assert (len(seen.problems), seen.problems_of) == (glance.MOST_LINES, glance.MOST_LINES + 1)


def test_a_part_of_a_panel_stands_under_its_own_name_with_its_own_value(record):
    ann = person(record)
    for day, high, low in (("2026-10-01", 128, 82), ("2026-11-01", 117, 76)):
        parts = [
            {"title": "Systolic", "codes": [{"system": "http://loinc.org", "code": "8480-6"}], "value": float(high)},
            {"title": "Diastolic", "codes": [{"system": "http://loinc.org", "code": "8462-4"}], "value": float(low)},
        ]
        told = [part | {"value_text": str(round(part["value"])), "unit": "mm[Hg]"} for part in parts]
        draft = entries.draft("Observation", ann, {"title": "Blood pressure", "happened": day})
        panel = draft.having(data={**draft.data, "components": told})
        typed.write(record, "Blood pressure", [panel])
    lines = {line.entry.title: line.says for line in glance.glance(record, ann, DAY).results}
    assert set(lines) == {"Systolic", "Diastolic"}
    assert lines["Systolic"] == "117 mmHg · before: 128 mmHg on 1 Oct 2026"
