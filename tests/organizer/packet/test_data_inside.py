"""The packet's facts travel as data too: an International Patient Summary of just what the packet may show."""

import io
import json

import pikepdf
import pytest

from organizer.base.progress import NoProgress
from organizer.services.entries import entries
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
