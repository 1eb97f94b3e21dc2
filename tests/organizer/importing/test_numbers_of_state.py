"""Numbers of the state stay out of the record's entries, whoever sends them and however they are marked."""

import json

import pytest

from organizer.base.progress import NoProgress
from organizer.importing.core.format import SourceFile
from organizer.importing.core.numbers_of_state import is_number_of_state
from organizer.importing.formats.fhir import FHIR
from organizer.importing.formats.hl7v2 import HL7_V2


@pytest.mark.parametrize(
    ("number", "system", "kind", "of_state"),
    [
        ("078-05-1120", "", "", True),
        ("078051120", "http://hl7.org/fhir/sid/us-ssn", "", True),
        ("078051120", "urn:oid:2.16.840.1.113883.4.1", "", True),
        ("D123", "urn:oid:2.16.840.1.113883.4.3.25", "", True),
        ("C01X", "http://hl7.org/fhir/sid/passport-DEU", "", True),
        ("12345678Z", "urn:oid:1.3.6.1.4.1.19126.3", "", True),
        ("1", "", "PPN", True),
        ("4857773456", "https://fhir.nhs.uk/Id/nhs-number", "NH", False),
        ("MRN-77-8812", "urn:oid:2.16.840.1.113883.4.12", "MR", False),
        ("078-05-11201", "", "", False),
    ],
)
def test_they_are_known_by_type_by_system_or_by_shape(number, system, kind, of_state):
    assert is_number_of_state(number, system, kind) == of_state


def test_a_patient_of_fhir_has_the_hospitals_number_only():
    patient = {
        "resourceType": "Patient", "id": "p", "name": [{"family": "Case", "given": ["Vera"]}],
        "identifier": [
            {"system": "http://hl7.org/fhir/sid/us-ssn", "value": "078-05-1120"},
            {"system": "urn:oid:1.2.36", "value": "MRN-1"},
        ],
    }  # fmt: skip
    reading = FHIR.read(SourceFile("p.json", data=json.dumps(patient).encode()), NoProgress())
    assert reading.drafts[0].entry.data["record_numbers"] == ["MRN-1"]


def test_a_message_of_hl7_gives_the_first_number_that_is_none_of_the_state():
    message = "MSH|^~\\&|LAB|X|Y|Z|20260101||ORU^R01|1|P|2.5\r"
    message += "PID|1||078051120^^^USA^SS~M77^^^City^MR||Case^Vera||19700504|F\r"
    message += "OBR|1|||718-7^Hb^LN|||20260101\rOBX|1|NM|718-7^Hb^LN||12|g/dL|||||F\r"
    reading = HL7_V2.read(SourceFile("m.hl7", data=message.encode()), NoProgress())
    person = next(draft.entry for draft in reading.drafts if draft.entry.kind == "Patient")
    assert person.data["record_numbers"] == ["M77"]
