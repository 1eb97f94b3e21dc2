"""The same record downloaded again: March's truth stands in any order; two sources that differ are asked."""

import json
from datetime import date

import pytest

from organizer.base.progress import NoProgress
from organizer.health import medicines, problems
from organizer.importing.core.answers import Answers
from organizer.importing.core.run import accept, make_plan
from organizer.importing.core.versions import Version
from organizer.model.entry import Link
from organizer.store import change_log
from organizer.store import entries as reading
from tests.made_records import opened_copy
from tests.organizer.importing.test_matching import DATA

UPDATES = DATA / "updates"
AS_OF = date(2024, 4, 1)
FACTS = ("Condition", "MedicationStatement", "Observation", "AllergyIntolerance")


@pytest.fixture
def record(blank_record, tmp_path):
    with opened_copy(blank_record("Ada Example"), tmp_path) as made:
        yield made


def bring(record, *names, answers=None):
    plan = make_plan(record, [UPDATES / str(name) for name in names], "", NoProgress(), answers or Answers())
    accept(record, plan, NoProgress())
    return plan


def facts(record):
    found = reading.find(record, reading.Query(kinds=FACTS))
    return sorted((one.kind, one.title, one.status, str(one.ended or ""), one.value_text) for one in found)


def totals(plan):
    return {
        verdict: sum(plan.total(verdict).get(kind, 0) for kind in FACTS) for verdict in ("new", "updated", "conflict")
    }


MARCH = [
    ("Condition", "Pulmonary embolism", "resolved", "2024-03-10", ""),
    ("MedicationStatement", "apixaban 5 MG Oral Tablet", "stopped", "2024-03-10", ""),
    ("Observation", "Creatinine", "final", "", "1.1"),
]


@pytest.mark.parametrize("order", [
    [("upd_a_january.xml",), ("upd_b_march.xml",)], [("upd_b_march.xml",), ("upd_a_january.xml",)],
    [("upd_a_january.xml", "upd_b_march.xml")], [("upd_b_march.xml", "upd_a_january.xml")],
])  # fmt: skip
def test_in_whatever_order_two_downloads_come_the_later_one_is_what_stands(record, order):
    plans = [bring(record, *names) for names in order]
    assert facts(record) == MARCH
    assert all(totals(plan)["conflict"] == 0 for plan in plans)
    found = reading.find(record, reading.Query(kinds=FACTS))
    assert [medicines.state_of(one, AS_OF).value for one in found if one.kind == "MedicationStatement"] == ["ended"]
    assert [problems.state_of(one, AS_OF).value for one in found if one.kind == "Condition"] == ["past"]


def test_the_same_downloads_again_add_nothing_and_undo_leaves_the_record_as_before(record):
    bring(record, "upd_a_january.xml")
    january = facts(record)
    bring(record, "upd_b_march.xml")
    for name in ("upd_a_january.xml", "upd_b_march.xml"):
        plan = make_plan(record, [UPDATES / name], "", NoProgress())
        assert not any(item.writes for item in plan.items())
    change_log.undo(record)
    assert facts(record) == january


def test_after_an_undo_the_later_download_counts_again(record):
    bring(record, "upd_a_january.xml")
    bring(record, "upd_b_march.xml")
    change_log.undo(record)
    bring(record, "upd_b_march.xml")
    assert facts(record) == MARCH


def test_without_any_date_what_ended_is_how_the_other_went_on(record):
    bring(record, "fhir_upd_1.json")
    assert totals(bring(record, "fhir_upd_2.json")) == {"new": 0, "updated": 2, "conflict": 0}
    statuses = [one[2] for one in facts(record)]
    assert statuses == ["resolved", "stopped"]
    again = make_plan(record, [UPDATES / "fhir_upd_1.json"], "", NoProgress())
    assert not any(item.writes for item in again.items())


def test_back_from_an_end_without_any_date_is_asked(record):
    bring(record, "fhir_upd_2.json")
    assert totals(bring(record, "fhir_upd_1.json"))["conflict"] == 2


def test_a_bundle_put_together_later_is_the_later_one(record, tmp_path):
    """Its resources have no version of their own."""
    for name, stamp in (("fhir_upd_1.json", "2024-03-01T00:00:00Z"), ("fhir_upd_2.json", "2024-01-01T00:00:00Z")):
        bundle = json.loads((UPDATES / name).read_text("utf-8"))
        (tmp_path / name).write_text(json.dumps(bundle | {"timestamp": stamp}), "utf-8")
    bring(record, tmp_path / "fhir_upd_2.json")
    assert totals(bring(record, tmp_path / "fhir_upd_1.json"))["updated"] == 2
    assert [one[2] for one in facts(record)] == ["active", "active"]


def test_short_ids_of_two_servers_are_strangers(record):
    bring(record, "ids_server_a.json")
    assert totals(bring(record, "ids_server_b.json")) == {"new": 4, "updated": 0, "conflict": 0}
    titles = {one[1] for one in facts(record)}
    assert titles >= {"Penicillin", "Latex", "Glucose", "Sodium", "Asthma", "Gout"}


def test_what_another_vendor_says_otherwise_is_a_conflict_and_what_it_says_alike_is_known(record):
    """The other vendor writes creatinine in two units, and still calls the embolism current."""
    bring(record, "upd_b_march.xml")
    (ada,) = reading.find(record, reading.Query(kinds=("Patient",)))
    asked = make_plan(record, [UPDATES / "upd_c_other_vendor.json"], "", NoProgress())
    answers = Answers(people={one.key: ada.id for one in asked.people})
    bring(record, "upd_c_other_vendor.json", answers=answers)
    found = facts(record)
    assert sorted(one[4] for one in found if one[0] == "Observation") == ["1.1", "97"]
    assert [one[2] for one in found if one[0] == "Condition"] == ["active", "resolved"]


def _summary(number, entries, day, system="9.9"):
    custodian = (
        f'<custodian><assignedCustodian><representedCustodianOrganization><id root="{system}"/>'
        "</representedCustodianOrganization></assignedCustodian></custodian>"
    )
    patient = (
        '<recordTarget><patientRole><id root="1.2.9" extension="77"/><patient><name><given>Ada</given>'
        "<family>Example</family></name></patient></patientRole></recordTarget>"
    )
    sections = "".join(f"<component><section>{entry}</section></component>" for entry in entries)
    return (
        '<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<id root="1.2" extension="{number}"/><effectiveTime value="{day}"/>{patient}{custodian}'
        f"<component><structuredBody>{sections}</structuredBody></component></ClinicalDocument>"
    )


def _problem(name, end="", number="1"):
    high = f'<high value="{end}"/>' if end else ""
    return (
        '<entry><act><templateId root="2.16.840.1.113883.10.20.22.4.3"/><code code="CONC"/>'
        '<statusCode code="active"/><entryRelationship>'
        f'<observation><templateId root="2.16.840.1.113883.10.20.22.4.4"/><id root="7.7.{number}"/>'
        f'<effectiveTime><low value="20200101"/>{high}</effectiveTime>'
        f'<value xsi:type="CD" code="{name}" codeSystem="2.16.840.1.113883.6.96" displayName="{name}"/></observation>'
        "</entryRelationship></act></entry>"
    )


@pytest.mark.parametrize(("system", "verdict"), [("9.9", "updated"), ("8.8", "conflict")])
def test_a_system_that_numbers_anew_brings_its_later_state_and_another_system_a_conflict(
    record, tmp_path, system, verdict
):
    (tmp_path / "one.xml").write_text(_summary(1, [_problem("Asthma", number="1")], "20240101"), "utf-8")
    later = _summary(2, [_problem("Asthma", "20240301", number="2")], "20240401", system)
    (tmp_path / "two.xml").write_text(later, "utf-8")
    bring(record, tmp_path / "one.xml")
    assert totals(bring(record, tmp_path / "two.xml"))[verdict] == 1


def test_an_id_given_anew_in_each_document_never_replaces_another_thing(record, tmp_path):
    (tmp_path / "one.xml").write_text(_summary(1, [_problem("Asthma")], "20240101"), "utf-8")
    (tmp_path / "two.xml").write_text(_summary(2, [_problem("Gout")], "20240401"), "utf-8")
    bring(record, tmp_path / "one.xml")
    bring(record, tmp_path / "two.xml")
    assert [one[1] for one in facts(record)] == ["Asthma", "Gout"]


@pytest.mark.parametrize(("system", "verdict"), [("9.9", "updated"), ("8.8", "conflict")])
def test_the_same_id_of_a_stranger_is_another_source(record, tmp_path, system, verdict):
    """Both number from one, and both tell of asthma since the same day."""
    (tmp_path / "one.xml").write_text(_summary(1, [_problem("Asthma")], "20240101"), "utf-8")
    later = _summary(2, [_problem("Asthma", "20240301")], "20240401", system)
    (tmp_path / "two.xml").write_text(later, "utf-8")
    bring(record, tmp_path / "one.xml")
    assert totals(bring(record, tmp_path / "two.xml"))[verdict] == 1


def test_what_the_person_linked_and_tagged_outlives_an_update(record):
    bring(record, "upd_a_january.xml")
    found = {one.kind: one for one in reading.find(record, reading.Query(kinds=FACTS))}
    medicine = found["MedicationStatement"]
    linked = medicine.having(links=(Link("treats", found["Condition"].id),), data={**medicine.data, "tags": ["mine"]})
    change_log.apply(record, "Linked", [change_log.Replace(linked)])
    bring(record, "upd_b_march.xml")
    (after,) = reading.find(record, reading.Query(kinds=("MedicationStatement",)))
    assert (after.status, after.tags, after.targets("treats")) == ("stopped", ("mine",), (found["Condition"].id,))


@pytest.mark.parametrize(("newer", "older"), [
    ("10", "9"), ("set|10", "set|9"), ("@2024-03-15T12:00:00-05:00", "@2024-01-15T12:00:00-05:00"),
    ("@2024-03-15T00:30:00+14:00", "@2024-03-14T09:00:00Z"), ("@2024-03-02", "@2024-03-01T23:00:00Z"),
    ("2024-02-01T00:00:00Z", "2024-01-01T00:00:00Z"), ("s|2@2024-01-01", "s|1@2024-02-01"),
    ("s|2@2024-02-01", "s|2@2024-01-01"), ("2@2024-01-01", "1@2024-01-01"),
    ("1@2024-02-01T00:00:00Z", "2@2024-01-01T00:00:00Z"), ("b|1@2024-02-01", "a|7@2024-01-01"),
])  # fmt: skip
def test_a_version_is_newer_by_its_number_in_a_set_else_by_its_time(newer, older):
    assert Version.of(newer).is_newer_than(Version.of(older))
    assert not Version.of(older).is_newer_than(Version.of(newer))


@pytest.mark.parametrize(("one", "other"), [
    ("", ""), ("3", "3"), ("a|2", "b|1"), ("@2024-03-15", "@2024-03-15T12:00:00Z"), ("abc", "abd"), ("", "@2024"),
])  # fmt: skip
def test_versions_that_cant_be_compared_say_nothing(one, other):
    assert not Version.of(one).is_newer_than(Version.of(other))
    assert not Version.of(other).is_newer_than(Version.of(one))


@pytest.mark.parametrize(("one", "other", "strangers"), [
    ("9.9~@2024", "8.8~@2024", True), ("9.9/1.1~@2024", "9.9/2.2~@2024", False), ("9.9~", "", False), ("", "", False),
])  # fmt: skip
def test_two_that_have_nobody_in_common_are_strangers(one, other, strangers):
    assert Version.of(one).is_of_strangers(Version.of(other)) is strangers


@pytest.mark.parametrize("text", ["9.9^1/8.8~set^1|2@2024-03-15T12:00:00-05:00", "3", "@2024", "set|2", ""])
def test_a_version_is_read_as_it_was_written(text):
    assert Version.of(text).text() == text
