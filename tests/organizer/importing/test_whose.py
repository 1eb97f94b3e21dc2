"""Whose it is: “names nobody” and “names somebody else” are two answers, and what is in doubt is asked, not filed."""

import json
import zipfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from organizer.base.progress import NoProgress
from organizer.health.same_person import name_words
from organizer.services.bring_in import importing
from organizer.services.bring_in.importing import LEFT_OUT, SOMEBODY_NEW, Answers
from organizer.services.entries import entries
from organizer.services.entries.entries import Query
from organizer.services.record import history
from tests.made_records import opened_copy

CASES = Path(__file__).parents[2] / "data" / "fhir_cases"
ADA = {"resourceType": "Patient", "id": "p1", "name": [{"given": ["Ada"], "family": "Example"}],
       "birthDate": "1970-01-01", "gender": "female"}  # fmt: skip


@pytest.fixture
def record_of(blank_record, tmp_path):
    """Opens a record of one person; what is known of them beside the name is typed in."""
    with ExitStack() as opened:

        def made(name, **about):
            record = opened.enter_context(opened_copy(blank_record(name), tmp_path))
            if about:
                entries.edit(record, people(record)[0].id, about)
            return record

        yield made


def people(record):
    return entries.find(record, Query(kinds=("Patient",), order="created"))


def bring(record, *paths, person="", answers=None):
    plan = importing.plan_import(record, list(paths), person, NoProgress(), answers or Answers())
    importing.accept_import(record, plan, NoProgress())
    return plan


def of_whom(record):
    names = {one.id: one.title for one in people(record)}
    return {(one.kind, one.title): names[one.person] for one in entries.find(record, Query()) if one.kind != "Patient"}


def everything(record):
    return {entry.id: entry for entry in entries.find(record, Query())}


def bundle(tmp_path, *resources, name="bundle.json"):
    told = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]}
    (tmp_path / name).write_text(json.dumps(told), "utf-8")
    return tmp_path / name


def result(title, subject, identifier="o1"):
    code = {"resourceType": "Observation", "id": identifier, "status": "final", "code": {"text": title}}
    return {
        **code,
        "effectiveDateTime": "2024-01-01",
        "valueString": "Reactive",
        **({"subject": subject} if subject else {}),
    }


def test_a_result_of_somebody_else_in_the_file_is_held_back_and_asked_about(record_of):
    record = record_of("Ada Example", birth_date="1970-01-01")
    plan = bring(record, CASES / "foreign_subject.json")
    assert of_whom(record) == {("Observation", "Hemoglobin"): "Ada Example"}
    (held,) = plan.held
    assert (held.name, held.settled, held.entries) == ("Somebody Else", False, 1)
    (left_out,) = plan.files[0].skipped
    assert "Somebody Else" in left_out.reason


@pytest.mark.parametrize(
    ("answer", "whose"), [("ada", "Ada Example"), (SOMEBODY_NEW, "Somebody Else"), (LEFT_OUT, None)]
)
def test_the_answer_about_somebody_else_counts(record_of, answer, whose):
    record = record_of("Ada Example", birth_date="1970-01-01")
    first = importing.plan_import(record, [CASES / "foreign_subject.json"], "", NoProgress())
    person = people(record)[0].id if answer == "ada" else answer
    plan = importing.plan_again(record, first, "", NoProgress(), Answers(people={first.held[0].key: person}))
    assert plan.unsettled == []
    before = everything(record)
    importing.accept_import(record, plan, NoProgress())
    assert of_whom(record).get(("Observation", "HIV antibody")) == whose
    history.undo(record)
    assert everything(record) == before


@pytest.mark.parametrize("folder", ["bulk_r4", "phone_clinical_records"])
@pytest.mark.parametrize("owner", ["Ada Example", "Ben Other"])
def test_files_of_one_type_are_of_the_patient_whom_the_file_beside_them_describes(record_of, folder, owner):
    record = record_of(owner)
    bring(record, CASES / folder)
    assert set(of_whom(record).values()) == {"Ada Example"}
    again = importing.plan_import(record, [CASES / folder], "", NoProgress())
    assert not any(item.writes for item in again.items())


def test_references_between_the_files_of_an_export_are_followed(record_of):
    record = record_of("Ada Example")
    bring(record, CASES / "bulk_r4")
    found = {(one.kind, one.title): one for one in entries.find(record, Query())}
    medicine = found["MedicationStatement", "Lisinopril 10 mg"]
    assert medicine.text("prescriber") == "Dr. Rosa Tumor"
    note = found["DocumentReference", "Note"]
    assert note.text("text") == "Clinical note"
    report, hemoglobin = found["DiagnosticReport", "CBC"], found["Observation", "Hemoglobin"]
    assert report.targets("result") == (hemoglobin.id,)


def test_a_later_file_alone_is_of_the_one_person_who_came_by_that_identifier(record_of):
    record = record_of("Ben Other")
    bring(record, CASES / "bulk_r4" / "Patient.ndjson")
    plan = bring(record, CASES / "bulk_r4" / "Observation.ndjson")
    # Patient/p1 is Ada's name on one server, and may be somebody's on another: with two people it is asked.
    assert [one.name for one in plan.held] == ["Patient/p1"]
    assert of_whom(record) == {}


def test_an_identifier_of_one_server_means_one_person(record_of, tmp_path):
    record = record_of("Ben Other")
    server = "https://fhir.example.org/r4/Patient/p1"
    told = {"resourceType": "Bundle", "entry": [{"fullUrl": server, "resource": ADA}]}
    (tmp_path / "patient.json").write_text(json.dumps(told), "utf-8")
    bring(record, tmp_path / "patient.json")
    (tmp_path / "later").mkdir()
    bring(record, bundle(tmp_path / "later", result("Ferritin", {"reference": server})))
    assert of_whom(record) == {("Observation", "Ferritin"): "Ada Example"}


def test_what_says_an_identifier_alone_is_the_only_persons_and_that_is_said(record_of):
    record = record_of("Ada Example")
    plan = bring(record, CASES / "dstu2_allergy_single.json")
    assert of_whom(record) == {("AllergyIntolerance", "Penicillin"): "Ada Example"}
    assert any("Patient/p1" in one for one in plan.files[0].warnings)
    assert [one.assumed for one in plan.people] == [True]


def test_an_identifier_alone_is_asked_about_where_two_are_named(record_of, tmp_path):
    record = record_of("Ada Example")
    mine, other = (
        result("Ferritin", {"reference": "Patient/a"}),
        result("HIV antibody", {"reference": "Patient/b"}, "o2"),
    )
    plan = bring(record, bundle(tmp_path, mine, other))
    assert of_whom(record) == {}
    assert sorted(one.name for one in plan.held) == ["Patient/a", "Patient/b"]


def test_a_name_without_an_identifier_names_somebody(record_of, tmp_path):
    record = record_of("Ada Example")
    mine, other = (
        result("Ferritin", {"display": "EXAMPLE, Ada"}),
        result("HIV antibody", {"display": "Ben Other"}, "o2"),
    )
    plan = bring(record, bundle(tmp_path, mine, other))
    assert of_whom(record) == {("Observation", "Ferritin"): "Ada Example"}
    assert [one.name for one in plan.held] == ["Ben Other"]


def test_what_names_nobody_is_the_files_only_patients(record_of, tmp_path):
    record = record_of("Ben Other")
    bring(record, bundle(tmp_path, ADA, result("Ferritin", None)))
    assert of_whom(record) == {("Observation", "Ferritin"): "Ada Example"}


def test_what_names_nobody_is_held_back_where_the_record_has_several_people(record_of, tmp_path):
    record = record_of("Ben Other")
    bring(record, bundle(tmp_path, ADA))
    (tmp_path / "later").mkdir()
    file = bundle(tmp_path / "later", result("Ferritin", None))
    assert bring(record, file).held
    assert of_whom(record) == {}
    bring(record, file, person=people(record)[1].id)
    assert of_whom(record) == {("Observation", "Ferritin"): "Ada Example"}


@pytest.mark.parametrize(
    ("name", "born"),
    [("Ada M Example", "1970-01-01"), ("Ada Smith", "1970-01-01"), ("Eve Example", "1970-01-01"), ("Ada", "")],
)
def test_who_may_be_the_same_person_is_asked_before_anything_comes_in(record_of, tmp_path, name, born):
    record = record_of("Ada Example", birth_date="1970-01-01")
    other = {**ADA, "name": [{"text": name}], "birthDate": born}
    plan = bring(record, bundle(tmp_path, other, result("Ferritin", {"reference": "Patient/p1"})))
    assert [(one.name, one.may_be) for one in plan.held] == [(name, "Ada Example")]
    assert [one.title for one in people(record)] == ["Ada Example"]
    assert of_whom(record) == {}
    assert len(plan.files[0].skipped) == 2


@pytest.mark.parametrize(("name", "born"), [("Ada Example", "1999-12-31"), ("Ben Other", "1970-01-01")])
def test_somebody_else_with_a_record_of_their_own_becomes_a_person(record_of, tmp_path, name, born):
    record = record_of("Ada Example", birth_date="1970-01-01")
    other = {**ADA, "name": [{"text": name}], "birthDate": born}
    bring(record, bundle(tmp_path, other, result("Ferritin", {"reference": "Patient/p1"})))
    assert [one.title for one in people(record)] == ["Ada Example", name]
    assert len(of_whom(record)) == 1


def test_the_same_number_of_the_same_hospital_is_the_same_person_under_a_new_name(record_of, tmp_path):
    record = record_of("Ben Other")
    number = {"identifier": [{"type": {"text": "MR"}, "value": "4711"}]}
    bring(record, bundle(tmp_path, {**ADA, **number}))
    married = {**ADA, **number, "id": "p9", "name": [{"text": "Ada Wedding"}]}
    bring(record, bundle(tmp_path, married, result("Ferritin", {"reference": "Patient/p9"})))
    assert of_whom(record) == {("Observation", "Ferritin"): "Ada Example"}
    assert people(record)[1].data["other_names"] == ["Ada Wedding"]


def test_two_files_that_lie_together_and_call_two_people_the_same_stay_two(record_of, tmp_path):
    record = record_of("Cy Third")
    ben = {**ADA, "name": [{"text": "Ben Other"}], "birthDate": "1980-02-02"}
    first = bundle(tmp_path, ADA, result("Ferritin", {"reference": "Patient/p1"}), name="a.json")
    second = bundle(tmp_path, ben, result("Sodium", {"reference": "Patient/p1"}), name="b.json")
    loose = bundle(tmp_path, result("HIV antibody", {"reference": "Patient/p1"}), name="c.json")
    plan = bring(record, first, second, loose)
    assert of_whom(record) == {("Observation", "Ferritin"): "Ada Example", ("Observation", "Sodium"): "Ben Other"}
    assert [one.name for one in plan.held] == ["Patient/p1"]


def test_a_file_beside_it_that_calls_another_name_the_same_is_not_believed(record_of, tmp_path):
    record = record_of("Cy Third")
    mine = bundle(tmp_path, ADA, name="a.json")
    other = bundle(tmp_path, result("HIV antibody", {"reference": "Patient/p1", "display": "Ben Other"}), name="b.json")
    plan = bring(record, mine, other)
    assert of_whom(record) == {}
    assert [one.name for one in plan.held] == ["Ben Other"]


@pytest.mark.parametrize(
    ("name", "held", "may_be"),
    [("Ada Example", [], ""), ("Boris Other", ["Boris Other"], ""), ("Ada", ["Ada"], "Ada Example")],
)
def test_a_table_that_names_one_person_is_theirs(record_of, tmp_path, name, held, may_be):
    record = record_of("Ada Example", birth_date="1970-01-01")
    rows = f"Patient,Date,Test,Result,Unit\n{name},2026-02-01,HbA1c,9.8,%\n{name},2026-02-02,Sodium,141,mmol/L\n"
    (tmp_path / "table.csv").write_text(rows, "utf-8")
    plan = bring(record, tmp_path / "table.csv")
    assert [one.name for one in plan.held] == held
    assert [one.may_be for one in plan.held] == [may_be] * len(held)
    assert len(of_whom(record)) == (0 if held else 2)
    assert len(plan.files[0].skipped) == (2 if held else 0)


def test_what_names_nobody_in_a_zip_is_of_the_only_person_whom_the_zip_names(record_of, tmp_path):
    record = record_of("Ben Other")
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as pack:
        pack.writestr("clinical/Patient.json", json.dumps(ADA))
        pack.writestr("weights.csv", "Date,Test,Result,Unit\n2026-02-01,Weight,61.2,kg\n2026-02-02,Weight,61.3,kg\n")
    bring(record, tmp_path / "export.zip")
    assert set(of_whom(record).values()) == {"Ada Example"}


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("Ada Example", "EXAMPLE, Ada", True),
        ("José-Luis Núñez", "Jose Luis Nunez", True),
        ("Dr. Ada Example", "Ada Example", True),
        ("Example^Ada", "Ada Example", True),
        ("Ada Example Jr", "Ada Example", False),
        ("Ada Example", "Eva Example", False),
    ],
)
def test_names_are_compared_as_people_write_them(name, other, same):
    assert (name_words(name) == name_words(other)) is same


def test_what_names_nobody_in_a_file_of_two_people_is_held_back(record_of, tmp_path):
    record = record_of("Ada Example", birth_date="1970-01-01")
    ben = {**ADA, "id": "p2", "name": [{"text": "Ben Other"}], "birthDate": "1980-02-02"}
    told = bundle(tmp_path, ADA, ben, result("HIV antibody", None), result("Sodium", {"reference": "Patient/p2"}, "o2"))
    plan = bring(record, told)
    assert of_whom(record) == {("Observation", "Sodium"): "Ben Other"}
    assert [(one.key, one.entries) for one in plan.held] == [("", 1)]
    bring(record, told, answers=Answers(people={"": people(record)[1].id}))
    assert of_whom(record)["Observation", "HIV antibody"] == "Ben Other"


@pytest.mark.parametrize(("born", "held"), [("1970-01-01", True), ("", True), ("1980-02-02", False)])
def test_a_patient_without_a_name_may_be_anybody_of_the_same_birth_date(record_of, tmp_path, born, held):
    record = record_of("Ada Example", birth_date="1970-01-01")
    unnamed = {"resourceType": "Patient", "id": "p7", "gender": "female", **({"birthDate": born} if born else {})}
    told = bundle(tmp_path, unnamed, result("Ferritin", {"reference": "Patient/p7"}))
    plan = bring(record, told)
    assert [one.name for one in plan.held] == (["Patient/p7"] if held else [])
    assert of_whom(record) == ({} if held else {("Observation", "Ferritin"): "Patient/p7"})
    bring(record, told, answers=Answers(people={one.key: people(record)[0].id for one in plan.held}))
    assert of_whom(record)["Observation", "Ferritin"] == ("Ada Example" if held else "Patient/p7")
    assert len(people(record)) == (1 if held else 2)
    again = bring(record, told)
    assert again.held == []
    assert not any(item.writes for item in again.items())


@pytest.mark.parametrize(
    ("words", "held", "may_be"),
    [
        ("Patient: Ada Example\nDOB: 13/01/1970", ["Ada Example"], ""),
        ("Patient: Ada Example\nDOB: 01.01.1970", [], ""),
        ("Patient: EXAMPLE, ADA B\nDate of birth: 1970-01-01", [], ""),
        ("Re: Ada B. Example\nDear colleague", ["Ada B. Example"], "Ada Example"),
        ("Re: Ben Other, born 2 April 1951", ["Ben Other"], ""),
        ("Paciente: OTHER, BEN\nSodio 140", ["Ben Other"], ""),
        ("Date of birth: 13/04/1951\nSodium 140", ["somebody born on 13 Apr 1951"], ""),
        ("Date of birth: 01.01.1970\nSodium 140", [], ""),
        ("Sodium 140", [], ""),
    ],
)
@pytest.mark.parametrize("shown", [True, False])
def test_a_paper_that_names_somebody_else_is_asked_about(record_of, tmp_path, words, held, may_be, shown):
    record = record_of("Ada Example", birth_date="1970-01-01")
    (tmp_path / "letter.txt").write_text(words, "utf-8")
    plan = bring(record, tmp_path / "letter.txt", person=people(record)[0].id if shown else "")
    assert [one.name for one in plan.held] == held
    assert [one.may_be for one in plan.held] == [may_be] * len(held)
    assert len(of_whom(record)) == (0 if held else 1)


def test_a_paper_goes_to_the_other_person_of_the_record_whom_it_names(record_of, tmp_path):
    record = record_of("Ada Example")
    (tmp_path / "one.txt").write_text("Patient: Ben Other\nDOB 13/04/1951", "utf-8")
    asked = bring(record, tmp_path / "one.txt").held
    bring(record, tmp_path / "one.txt", answers=Answers(people={asked[0].key: SOMEBODY_NEW}))
    assert [one.text("birth_date") for one in people(record)] == ["", "1951-04-13"]
    (tmp_path / "two.txt").write_text("Re: Mr Ben Other", "utf-8")
    plan = bring(record, tmp_path / "two.txt", person=people(record)[0].id)
    assert plan.held == []
    assert of_whom(record) == {("DocumentReference", "one"): "Ben Other", ("DocumentReference", "two"): "Ben Other"}
