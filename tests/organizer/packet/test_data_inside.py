"""The packet's facts travel as data too: an International Patient Summary of just what the packet may show."""

import io
import json

import pikepdf
import pytest

from organizer.base.progress import NoProgress
from organizer.services.entries import entries
from organizer.services.entries.entries import Query
from organizer.services.opinion import packets


@pytest.fixture(scope="module")
def record(opened_sample):
    return opened_sample


def summary(record, **choice):
    data, _result = packets.preview(record, packets.choice(record, **choice), NoProgress())
    with pikepdf.open(io.BytesIO(data)) as opened:
        assert [str(one.AFRelationship) for one in opened.Root.AF] == ["/Data"]
        (name,) = opened.attachments
        return name, opened.attachments[name].get_file().read_bytes()


def test_it_is_a_document_about_this_person_without_the_exhibits_bytes(record):
    name, data = summary(record)
    bundle = json.loads(data)
    assert name == "patient-summary.fhir.json"
    assert bundle["type"] == "document"
    resources = [one["resource"] for one in bundle["entry"]]
    assert resources[0]["resourceType"] == "Composition"
    assert {one["resourceType"] for one in resources} >= {"Patient", "Condition", "MedicationStatement"}
    assert b'"data":"' not in data


def test_what_is_held_back_on_paper_is_held_back_in_the_data(record):
    person = packets.choice(record).person
    entries.add(record, "Condition", person, {"title": "HIV disease", "status": "active"})
    assert b"HIV" not in summary(record)[1]
    assert b"HIV disease" in summary(record, tick=["hiv"])[1]


def test_where_all_of_a_kind_is_held_back_the_data_say_so_and_not_that_nothing_is_known(record):
    entries.remove(record, [one.id for one in entries.find(record, Query(kinds=("AllergyIntolerance",)))])
    person = packets.choice(record).person
    entries.add(record, "AllergyIntolerance", person, {"title": "Naltrexone", "status": "active"})
    entries.add(record, "AllergyIntolerance", person, {"title": "No known allergies", "status": "active"})
    bundle = json.loads(summary(record)[1])
    composition = bundle["entry"][0]["resource"]
    allergies = next(part for part in composition["section"] if part["code"]["coding"][0]["code"] == "48765-2")
    assert "left out here at the patient’s choice" in allergies["text"]["div"]
    assert "left out here at the patient’s choice" in composition["text"]["div"]
    assert "holds no information" not in json.dumps(bundle, ensure_ascii=False)
    assert "no-known-allergies" not in json.dumps(bundle)
    shown = json.loads(summary(record, tick=["substances", "hiv"])[1])
    assert "Naltrexone" in json.dumps(shown)
    assert "left out here" not in json.dumps(shown, ensure_ascii=False)
