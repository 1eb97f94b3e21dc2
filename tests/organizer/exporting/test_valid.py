"""What goes out is FHIR R4: by fhir.resources, by our own rules, for every sample and for anything in a record."""

import json
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given, settings

from organizer.base.dates import PartialDate
from organizer.base.errors import Cancelled
from organizer.base.progress import CancellableProgress, NoProgress
from organizer.exporting.fhir import ips_sections
from organizer.exporting.fhir.files import packed
from organizer.exporting.fhir.ips import document
from organizer.exporting.fhir.neighbours import Neighbours
from organizer.exporting.fhir.resources import resource
from organizer.importing.formats.fhir import read_back
from organizer.model.entry import Coding, Entry
from organizer.model.interchange import ID_PREFIX
from organizer.model.kinds import KINDS
from organizer.services.record import exporting
from tests.organizer.exporting import entries_made, fhir_rules, ips_rules
from tests.organizer.exporting.conftest import bring, checked
from tests.organizer.exporting.test_round_trip import OURS, UNSHRUNK


def as_bundle(kind, resources):
    listed = [{"fullUrl": ID_PREFIX + one["id"], "resource": one} for one in resources]
    data = packed({"resourceType": "Bundle", "type": kind, "entry": listed})
    return data, json.loads(data, parse_float=Decimal)


@given(entries_made.records(KINDS))
@settings(max_examples=4, phases=UNSHRUNK)
def test_anything_in_a_record_is_written_validly(made):
    others = Neighbours({one.id: one for one in made})
    data, bundle = as_bundle("collection", [resource(one, others, read_back) for one in made])
    Bundle.model_validate_json(data)
    assert fhir_rules.breaks(bundle) == []


@given(entries_made.records(KINDS))
@settings(max_examples=4, phases=UNSHRUNK)
def test_anything_in_a_record_gives_a_valid_summary(made):
    shortened = frozenset({"AllergyIntolerance", "Observation"})  # what is kept back makes no summary invalid
    outgoing = SimpleNamespace(
        record=None, entries=made, person=made[0].id, others_documents=frozenset(), shortened=shortened
    )
    made = [one.having(data={key: value for key, value in one.data.items() if key != "file"}) for one in made]
    outgoing.entries = made
    data = packed(document(outgoing, NoProgress(), "2026-01-01T00:00:00Z"))
    bundle = json.loads(data, parse_float=Decimal)
    Bundle.model_validate_json(data)
    assert ips_rules.breaks(bundle) == []


def section(bundle, code):
    found = bundle["entry"][0]["resource"]["section"]
    return next((one for one in found if one["code"]["coding"][0]["code"] == code), None)


def resources(bundle, kind):
    return [entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind]


def test_what_the_record_knows_nothing_of_is_no_statement_that_there_is_none(new_record, taken_out):
    bundle = checked(taken_out(new_record([Entry("Patient", "Ann", id="p", person="p")]), "ips").path, ips_rules)
    said = {one["resourceType"]: one for entry in bundle["entry"] for one in [entry["resource"]]}
    assert said["AllergyIntolerance"]["code"]["coding"][0]["code"] == "no-allergy-info"
    assert said["Condition"]["code"]["coding"][0]["code"] == "no-problem-info"
    assert said["MedicationStatement"]["medicationCodeableConcept"]["coding"][0]["code"] == "no-medication-info"
    assert len(bundle["entry"][0]["resource"]["section"]) == 3
    assert said["Patient"]["_birthDate"]["extension"][0]["valueCode"] == "unknown"


def test_none_known_is_said_as_such_and_gives_way_to_an_allergy(new_record, taken_out):
    person = Entry("Patient", "Ann", id="p", person="p")
    none = Entry(
        "AllergyIntolerance", "No known allergy", id="n", person="p", data={"none_known": True},
        codes=(Coding("http://snomed.info/sct", "716186003", "No known allergy"),),
    )  # fmt: skip
    latex = Entry("AllergyIntolerance", "Latex", id="l", person="p", data={"reaction": "hives"})
    (only,) = resources(checked(taken_out(new_record([person, none]), "ips").path, ips_rules), "AllergyIntolerance")
    assert [one["code"] for one in only["code"]["coding"]] == ["no-known-allergies", "716186003"]
    (only,) = resources(
        checked(taken_out(new_record([person, none, latex]), "ips").path, ips_rules), "AllergyIntolerance"
    )
    assert only["code"]["text"] == "Latex"


def test_a_summary_says_how_each_thing_stands_and_each_once(new_record, taken_out):
    rxnorm = "http://www.nlm.nih.gov/research/umls/rxnorm"
    made = [
        Entry("Patient", "Ann", id="p", person="p"),
        Entry("MedicationStatement", "Warfarin", id="a", person="p", status="active", ended=PartialDate("2020")),
        Entry("MedicationStatement", "Apixaban", id="b", person="p", status="active",
              codes=(Coding(rxnorm, "1364445"),)),
        Entry("MedicationStatement", "ELIQUIS 5", id="c", person="p", status="active",
              codes=(Coding(rxnorm, "1364445"),)),
        Entry("MedicationStatement", "Aspirin", id="d", person="p", status="unknown"),
        Entry("AllergyIntolerance", "Not on File", id="e", person="p", status="active"),
        Entry("AllergyIntolerance", "No known latex allergy", id="f", person="p", status="active"),
        Entry("Condition", "Asthma", id="g", person="p", status="active", ended=PartialDate("2015")),
        Entry("Condition", "Gout", id="h", person="p"),
    ]  # fmt: skip
    bundle = checked(taken_out(new_record(made), "ips").path, ips_rules)
    medicines = resources(bundle, "MedicationStatement")
    taken = {one["medicationCodeableConcept"]["text"]: one["status"] for one in medicines}
    assert len(taken) == 2
    assert taken["Aspirin"] == "unknown"
    assert "Warfarin" not in taken
    [nothing] = resources(bundle, "AllergyIntolerance")
    assert nothing["code"]["coding"][0]["code"] == "no-allergy-info"
    asthma, gout = sorted(resources(bundle, "Condition"), key=lambda one: one["code"]["text"])
    assert asthma["clinicalStatus"]["coding"][0]["code"] == "resolved"
    assert "coding" not in gout["clinicalStatus"]


def test_where_all_is_over_the_summary_says_so_in_words_too(new_record, taken_out):
    made = [
        Entry("Patient", "Ann", id="p", person="p"),
        Entry("MedicationStatement", "Warfarin", id="a", person="p", status="active", ended=PartialDate("2020")),
    ]
    bundle = checked(taken_out(new_record(made), "ips").path, ips_rules)
    [warfarin] = resources(bundle, "MedicationStatement")
    assert (warfarin["status"], warfarin["effectivePeriod"]["end"]) == ("completed", "2020")
    told = section(bundle, "10160-0")["text"]["div"]
    assert "Finished" in told
    assert "Taking it" not in told


def test_struck_ruled_out_and_superseded_diagnoses_are_no_problems(new_record, taken_out):
    from organizer.model.entry import Link

    person = Entry("Patient", "Ann", id="p", person="p")
    made = [
        Entry("Condition", "Lupus", id="a", person="p", status="active", links=(Link("revises", "b"),)),
        Entry("Condition", "Unclear joint pain", id="b", person="p", status="active"),
        Entry("Condition", "Measles", id="c", person="p", status="active", data={"verification": "refuted"}),
        Entry("Condition", "Typing mistake", id="d", person="p", status="entered-in-error"),
        Entry("Condition", "Jaundice", id="e", person="p", ended=PartialDate("2001")),
    ]
    bundle = checked(taken_out(new_record([person, *made]), "ips").path, ips_rules)
    assert [one["display"] for one in section(bundle, "11450-4")["entry"]] == ["Lupus"]
    assert [one["display"] for one in section(bundle, "11348-0")["entry"]] == ["Jaundice"]
    jaundice = next(one for one in resources(bundle, "Condition") if one["code"]["text"] == "Jaundice")
    assert jaundice["abatementDateTime"] == "2001"


def test_what_was_never_done_is_no_part_of_a_summary(new_record, taken_out):
    person = Entry("Patient", "Ann", id="p", person="p")
    never = (
        ("Immunization", "not-done"), ("Procedure", "not-done"), ("MedicationStatement", "not-taken"),
        ("Observation", "cancelled"), ("DiagnosticReport", "cancelled"),
    )  # fmt: skip
    made = [
        Entry(kind, f"Never {kind}", id=kind, person="p", status=status, data={"category": "laboratory"})
        for kind, status in never
    ]
    summary = taken_out(new_record([person, *made]), "ips").path
    assert "Never" not in summary.read_text(encoding="utf-8")
    checked(summary, ips_rules)


def test_a_summary_holds_the_latest_of_each_measure_and_says_so(new_record, taken_out):
    person = Entry("Patient", "Ann", id="p", person="p")
    made = [
        Entry("Observation", "Potassium", id=f"k{year}", person="p", value=4.1, value_text="4.10", unit="mmol/L",
              happened=PartialDate(str(year)), data={"category": "laboratory"})
        for year in (2019, 2021, 2020)
    ]  # fmt: skip
    bundle = checked(taken_out(new_record([person, *made]), "ips").path, ips_rules)
    (only,) = resources(bundle, "Observation")
    assert only["effectiveDateTime"] == "2021"
    assert str(only["valueQuantity"]["value"]) == "4.10"
    assert "2 earlier entries" in section(bundle, "30954-2")["text"]["div"]


def test_a_panels_parts_are_told_in_its_row(new_record, taken_out):
    person = Entry("Patient", "Ann", id="p", person="p")
    parts = [
        {"title": "Systolic", "codes": [], "value": 128.0, "value_text": "128", "unit": "mm[Hg]"},
        {"title": "Diastolic", "codes": [], "value": 82.0, "value_text": "82", "unit": "mm[Hg]"},
    ]
    data = {"category": "vital-signs", "components": parts}
    panel = Entry("Observation", "Blood pressure", id="o", person="p", happened=PartialDate("2026-02-01"), data=data)
    bundle = checked(taken_out(new_record([person, panel]), "ips").path, ips_rules)
    assert "Systolic 128 mmHg, Diastolic 82 mmHg" in section(bundle, "8716-3")["text"]["div"]


def test_cancelled_leaves_nothing(new_record, tmp_path):
    progress = CancellableProgress()
    progress.cancel()
    record = new_record([Entry("Patient", "Ann", id="p", person="p")])
    for way in ("fhir", "ips", "csv", "sqlite", "originals"):
        with pytest.raises(Cancelled):
            exporting.export(record, way, tmp_path / "out", "p", progress)
    assert [path.name for path in tmp_path.iterdir()] == ["0.casebook"]


def test_narratives_hold_no_markup_of_the_record(new_record, taken_out):
    person = Entry("Patient", "<script>alert(1)</script>\x01", id="p", person="p")
    path = taken_out(new_record([person]), "ips").path
    bundle = checked(path, ips_rules)
    divs = [entry["resource"]["text"]["div"] for entry in bundle["entry"]]
    assert divs
    assert not [div for div in divs if "<script" in div]


def test_one_persons_export_holds_nothing_of_another(new_record, taken_out):
    ann, ben = Entry("Patient", "Ann Secretname", id="a", person="a"), Entry("Patient", "Ben", id="b", person="b")
    from organizer.model.entry import Link

    mine = Entry("Condition", "Asthma", id="m", person="b", links=(Link("rests-on", "x"),))
    hers = Entry("DiagnosticReport", "Hush-hush report", id="x", person="a")
    record = new_record([ann, ben, mine, hers])
    for way in ("fhir", "ips", "csv", "sqlite"):
        out = taken_out(record, way, "b", "" if way == "csv" else ".out").path
        data = b"".join(path.read_bytes() for path in out.iterdir()) if out.is_dir() else out.read_bytes()
        assert b"Secretname" not in data
        assert b"Hush" not in data


def test_a_summary_of_the_record_changes_nothing_in_it(new_record, taken_out):
    record = new_record(person="Nobody")
    bring(record, OURS[-1], *(path for path in OURS if path.suffix in (".json", ".xml")))
    from organizer.services.record.people import people

    person = people(record)[-1]
    plan = bring(record, taken_out(record, "ips", person.id).path)
    assert {item.entry.kind for item in plan.items() if item.writes} <= {"Device"}


def test_an_end_to_come_is_no_end_in_a_summary(new_record, taken_out, monkeypatch):
    monkeypatch.setattr(ips_sections, "today", lambda: date(2026, 7, 1))
    ends = ("2026-06", "2026-06-30", "2026-07-01", "2026-07", "2027")
    made = [Entry("Patient", "Ann", id="p", person="p")]
    for kind in ("MedicationStatement", "Condition"):
        made += [
            Entry(kind, f"{kind} {end}", id=f"{kind}{end}", person="p", status="active", ended=PartialDate(end))
            for end in ends
        ]
    bundle = checked(taken_out(new_record(made), "ips").path, ips_rules)
    taken = {one["medicationCodeableConcept"]["text"] for one in resources(bundle, "MedicationStatement")}
    assert taken == {f"MedicationStatement {end}" for end in ends[2:]}
    courses = {
        one["code"]["text"]: one["clinicalStatus"]["coding"][0]["code"] for one in resources(bundle, "Condition")
    }
    assert courses == {f"Condition {end}": "resolved" if end in ends[:2] else "active" for end in ends}


@pytest.mark.parametrize("kind", ["Condition", "AllergyIntolerance"])
@pytest.mark.parametrize(
    ("status", "verification", "course"),
    [
        ("active", "confirmed", "active"),
        ("resolved", "", "resolved"),
        ("entered-in-error", "", ""),
        ("active", "entered-in-error", ""),
    ],
)
def test_what_was_entered_in_error_has_no_clinical_status(kind, status, verification, course):
    made = Entry(kind, "Gout", id="a", person="p", status=status, data={"verification": verification})
    gout = resource(made, Neighbours({}), read_back)
    assert [one["code"] for one in gout.get("clinicalStatus", {}).get("coding", [])] == ([course] if course else [])
    sure = [one["code"] for one in gout.get("verificationStatus", {}).get("coding", [])]
    assert ("entered-in-error" in sure) == (not course)
