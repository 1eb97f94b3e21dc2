"""Out and in again changes nothing, and what goes out is valid: every kind with anything in it, every sample file."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings

from organizer.base.progress import NoProgress
from organizer.exporting.fhir.files import packed
from organizer.exporting.fhir.neighbours import Neighbours
from organizer.exporting.fhir.resources import WRITERS, resource
from organizer.importing.core.format import SourceFile
from organizer.importing.formats.fhir import FHIR, read_back
from organizer.importing.formats.fhir.resources import READERS
from organizer.model.entry import Entry, Link, Source
from organizer.model.interchange import FIELD, ID_PREFIX, _field_extension, _value, restored
from organizer.model.kinds import KINDS, find_kind
from organizer.services.entries.entries import Query, find
from tests.organizer.exporting import entries_made, fhir_rules, ips_rules
from tests.organizer.exporting.conftest import bring, checked, told

SAMPLE = Path(__file__).parents[3] / "resources" / "sample"
SHARED = Path(__file__).parents[4] / "shared" / "records"
CASES = Path(__file__).parents[2] / "data" / "fhir_cases"
OURS = sorted(
    path
    for path in SAMPLE.iterdir()
    if path.suffix in (".json", ".xml", ".pdf", ".ndjson") and path.name != "sample.json"
)
THEIRS = [path for name in ("fhir_r4_synthea", "ips", "ccda_documents") for path in sorted((SHARED / name).glob("*"))]

# A failing record of all kinds takes minutes to shrink; the test of single kinds says the same in less.
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)


def read_again(made):
    """The entries of a bundle with these entries, as the importer reads it, with their ids and links as they were."""
    others = Neighbours({one.id: one for one in made})
    listed = [{"fullUrl": ID_PREFIX + one.id, "resource": resource(one, others, read_back)} for one in made]
    data = packed({"resourceType": "Bundle", "type": "collection", "entry": listed})
    reading = FHIR.read(SourceFile("out.json", data=data), NoProgress())
    assert reading.skipped == []
    return reading.drafts


def bare(entry, links):
    return entry.having(id="", person="", sources=(), links=tuple(links))


def test_what_a_kind_declares_is_written_and_read():
    assert set(WRITERS) == {kind.fhir for kind in KINDS}
    assert set(WRITERS) <= set(READERS)


@pytest.mark.parametrize("mapping", WRITERS)
def test_what_reads_a_kind_has_the_name_of_what_writes_it_in_the_file_of_that_name(mapping):
    def place(function):
        return function.__module__.rpartition(".")[2], function.__name__

    assert place(WRITERS[mapping].write) == place(READERS[mapping])


@given(entries_made.records(KINDS))
@settings(max_examples=4, phases=UNSHRUNK)
def test_any_entry_of_any_kind_is_read_as_it_was(made):
    drafts = {draft.identifier: draft for draft in read_again(made)}
    person = made[0].id
    assert len(drafts) == len(made)
    for entry in made:
        draft = drafts[ID_PREFIX + entry.id]
        assert bare(draft.entry, draft.entry.links) == bare(
            entry, [Link(one.role, ID_PREFIX + one.target) for one in entry.links]
        )
        assert draft.patient == ID_PREFIX + person
        assert draft.written == entry.sources


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@given(data=entries_made.st.data())
@settings(max_examples=5)
def test_any_entry_of_a_kind_alone_is_read_as_it_was(kind, data):
    entry = data.draw(entries_made.entries(kind, "01890000-0000-7000-8000-000000000000"))
    (draft,) = read_again([entry])
    assert bare(draft.entry, ()) == bare(entry, ())


@given(entries_made.records(KINDS))
@settings(max_examples=2, phases=UNSHRUNK)
def test_a_record_with_anything_in_it_knows_itself_and_another_becomes_the_same(made):
    """Through the store, files and matching: nothing new, nothing updated, nothing lost."""
    import tempfile

    from organizer.services.record import exporting, records
    from organizer.store import change_log
    from organizer.store.keys import KdfCost

    with tempfile.TemporaryDirectory() as folder:
        first, second = (
            records.create(Path(folder) / name, "a long passphrase", "Nobody", KdfCost(1024, 1, 1))[0] for name in "ab"
        )
        try:
            change_log.apply(first, "filled", [change_log.Add(one) for one in made])
            out = Path(folder) / "out.json"
            exporting.export(first, "fhir", out, made[0].id, NoProgress())
            plan = bring(first, out)
            assert not [item for item in plan.items() if item.writes]
            bring(second, out)
            assert [one for one in told(second) if one not in told(first)] == []
            assert len(told(second)) == len(told(first))
        finally:
            records.close(first)
            records.close(second)


def comes_back(new_record, taken_out, *paths):
    first = new_record(person="Somebody Else")
    bring(first, *paths)
    out = taken_out(first, "fhir")
    whole = checked(out.path, fhir_rules)
    for entry in whole["entry"]:
        if entry["resource"]["resourceType"] == "Patient":
            checked(taken_out(first, "ips", entry["resource"]["id"]).path, ips_rules)
    again = bring(first, out.path)
    assert [item.verdict for item in again.items() if item.verdict != "known" or item.writes] == []
    assert again.files[0].skipped == []
    second = new_record(person="Somebody Else")
    bring(second, out.path)
    assert told(second) == told(first)
    assert not any(item.writes for item in bring(second, out.path).items())
    return first, second, out


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_the_sample_comes_back_as_it_was(new_record, taken_out, path):
    comes_back(new_record, taken_out, path)


@pytest.mark.parametrize("path", THEIRS, ids=lambda path: path.name)
def test_records_of_others_come_back_as_they_were(new_record, taken_out, path):
    _first, second, _out = comes_back(new_record, taken_out, path)
    again = bring(second, path)
    assert again.total("new") == again.total("updated") == {}, "the first file is known by the names its source gave"


@pytest.mark.parametrize("name", ["bodysite_stage.json", "taper_three_dosages.json", "eob_part_d.json", "bulk_r4"])
def test_what_vendors_put_beside_the_plain_facts_comes_back_as_it_was(new_record, taken_out, name):
    comes_back(new_record, taken_out, CASES / name)


def test_fragments_and_other_formats_in_one_record_come_back_as_they_were(shared_records, new_record, taken_out):
    names = ("ccda_fragments", "apple_health", "dicom", "pdf_scans", "shc")
    comes_back(new_record, taken_out, *(shared_records / name for name in names))


def test_numbers_keep_their_digits(new_record, taken_out):
    person = Entry("Patient", "Ann", id="p", person="p")
    result = Entry("Observation", "Potassium", id="o", person="p", value=1.1, value_text="1.10", unit="mmol/L")
    out = taken_out(new_record([person, result]), "fhir")
    assert b'"value":1.10,' in out.path.read_bytes()


def test_what_a_person_typed_stays_theirs_and_what_a_document_says_stays_the_documents(new_record, taken_out):
    person = Entry("Patient", "Ann", id="p", person="p")
    typed = Source(recorded_by="Ann", recorded_at="2026-03-01T10:00:00+00:00")
    symptom = Entry("Observation", "Tired", id="o", person="p", value_text="very", sources=(typed,))
    first = new_record([person, symptom])
    bring(first, SAMPLE / "northfield-ccd.xml")
    second = new_record()
    bring(second, taken_out(first, "fhir").path)
    from organizer.services.entries.entries import Query, find

    by_title = {entry.title: entry for entry in find(second, Query())}
    assert by_title["Tired"].reported_by_patient
    assert by_title["Tired"].sources[0].recorded_by == "Ann"
    assert {one.title for one in by_title.values() if one.reported_by_patient} == {"Ann", "Tired"}


def test_an_older_export_never_writes_over_what_was_changed_since(new_record, taken_out):
    from organizer.services.entries.entries import Query, find
    from organizer.store import change_log

    person = Entry("Patient", "Ann", id="p", person="p")
    medicine = Entry("MedicationStatement", "Lisinopril", id="m", person="p", data={"dose": "10 mg"})
    record = new_record([person, medicine])
    out = taken_out(record, "fhir").path
    (entry,) = find(record, Query(kinds=("MedicationStatement",)))
    change_log.apply(record, "changed", [change_log.Replace(entry.having(data={"dose": "20 mg"}))])
    plan = bring(record, out)
    assert [item.verdict for item in plan.items() if item.entry.kind != "Patient"] == ["conflict"]
    assert "20 mg" in [one.text("dose") for one in find(record, Query(kinds=("MedicationStatement",)))]
    assert not any(item.writes for item in bring(record, out).items()), "and it is asked once"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("components", {"valueString": '[{"codes": "x"}]'}),
        ("components", {"valueString": '["x"]'}),
        ("codes", {"valueString": '[["a"]]'}),
        ("happened", {"valueString": '{"a": 1}'}),
        ("value", {"valueString": '"x"'}),
        ("range_low", {"valueString": "[1]"}),
        ("note", {"valueBase64Binary": "?"}),
        ("note", {"valueString": "[" * 5000}),
    ],
)
def test_an_extension_that_no_entry_allows_is_not_taken(name, value):
    part = {"url": FIELD, "extension": [{"url": "name", "valueString": name}, {"url": "json", **value}]}
    entry = Entry("Observation", "x", value_text="1")
    assert restored(entry, {"extension": [part, {"url": ["odd"]}, "odd"]}) == entry


def test_a_number_too_long_to_write_out_is_not_taken():
    parts = [{"url": "name", "valueString": "range_low"}, {"url": "value", "valueDecimal": Decimal("1e999999999")}]
    entry = Entry("Observation", "x")
    assert restored(entry, {"extension": [{"url": FIELD, "extension": parts}]}) == entry


@pytest.mark.parametrize(
    ("number", "is_taken"),
    [("9e299", True), ("1e300", False), ("1e-299", True), ("9e-300", False), ("0", True), ("Infinity", False)],
)
def test_a_number_beyond_any_measure_is_not_taken(number, is_taken):
    parts = [{"url": "name", "valueString": "range_low"}, {"url": "value", "valueDecimal": Decimal(number)}]
    read = restored(Entry("Observation", "x"), {"extension": [{"url": FIELD, "extension": parts}]})
    assert read.data == ({"range_low": float(number)} if is_taken else {})


@pytest.mark.parametrize(("letters", "url"), [(999_996, "valueString"), (999_997, "valueBase64Binary")])
def test_a_field_longer_than_a_string_of_fhir_goes_out_as_bytes_and_comes_back(letters, url):
    """With its brackets and quotation marks it has four letters more."""
    field = _field_extension("aliases", ["x" * letters])
    assert url in field["extension"][1]
    assert _value({part["url"]: part for part in field["extension"]}) == ["x" * letters]


def test_a_number_is_a_decimal_and_never_a_float():
    def numbers(node):
        inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        return [node] if isinstance(node, float | Decimal) else [one for part in inner for one in numbers(part)]

    entry = Entry("Observation", "x", id="o", value=0.1, value_text="0.10", data={"range_low": 0.05, "range_high": 7.0})
    found = numbers(resource(entry, Neighbours({}), read_back))
    assert sorted(map(str, found)) == ["0.05", "0.10", "7"]
    assert find_kind(entry.kind)


def goal_bundle(path, **detail):
    """A goal with two targets (or the given detail in one), and the plan that holds it."""

    def aim(code, text, high):
        quantity = {"value": high, "unit": "mm[Hg]", "system": "http://unitsofmeasure.org", "code": "mm[Hg]"}
        coded = {"coding": [{"system": "http://loinc.org", "code": code}], "text": text}
        return {"measure": coded, "dueDate": "2026-04-15", **(detail or {"detailRange": {"high": quantity}})}

    targets = [aim("8480-6", "Systolic blood pressure", 130), aim("8462-4", "Diastolic blood pressure", 80)]
    person = {"reference": "Patient/p"}
    goal = {"resourceType": "Goal", "id": "g1", "lifecycleStatus": "active", "description": {"text": "BP <130/80"},
            "subject": person, "target": targets[:1] if detail else targets}  # fmt: skip
    plan = {"resourceType": "CarePlan", "id": "c1", "status": "active", "intent": "plan", "title": "Pressure",
            "subject": person, "goal": [{"reference": "Goal/g1"}]}  # fmt: skip
    patient = {"resourceType": "Patient", "id": "p", "name": [{"family": "Story"}]}
    entries = [{"resource": one} for one in (patient, goal, plan)]
    path.write_text(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}), "utf-8")
    return path


BELOW = {"detailQuantity": {"value": 130, "comparator": "<", "unit": "mm[Hg]"}}


@pytest.mark.parametrize("detail", [{}, {"detailString": "< 130 mmHg"}, {"detailString": "Feel better"}, BELOW])
def test_goals_come_back_with_each_of_their_targets(new_record, taken_out, tmp_path, detail):
    comes_back(new_record, taken_out, goal_bundle(tmp_path / "goal.json", **detail))


def test_a_goal_with_two_targets_is_known_when_it_comes_again(new_record, tmp_path):
    record, path = new_record(), goal_bundle(tmp_path / "goal.json")
    bring(record, path)
    again = bring(record, path)
    assert not any(item.writes for item in again.items())
    assert len(find(record, Query(kinds=("Goal",)))) == 2
