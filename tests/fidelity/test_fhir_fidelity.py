"""What FHIR R4 files tell stands in the record, field by field: judged by a second reading that knows only R4."""

import json

import pytest

from tests.fidelity.benchmark import ROOT, SHARED
from tests.fidelity.comparing import Comparison
from tests.fidelity.facts import WRONG
from tests.fidelity.fhir import File, compare_fhir, fhir_files
from tests.made_records import opened_copy

OUR_OWN = (ROOT / "tests" / "data" / "fhir", ROOT / "tests" / "data" / "fhir_cases", ROOT / "resources" / "sample")
OTHERS = (SHARED / "records" / "fhir_r4_synthea", SHARED / "records" / "ips")


@pytest.fixture(scope="module")
def record(blank_record, tmp_path_factory):
    with opened_copy(blank_record("Nobody Known"), tmp_path_factory.mktemp("fidelity")) as made:
        yield made


@pytest.mark.parametrize("folders", [OUR_OWN, OTHERS], ids=["our own", "others"])
def test_nothing_that_fhir_files_tell_arrives_wrong_and_next_to_nothing_is_lost(record, folders):
    files = list(fhir_files(folders))
    if not files:
        pytest.skip("The shared records aren’t here.")
    comparison = Comparison()
    compared = [compare_fhir(record, path, comparison) for path in files]
    assert sum(compared) >= len(files) / 2
    assert [one for one in comparison.differences if one.verdict == WRONG] == []
    assert "without a word" not in comparison.reasons()
    facts = comparison.total(lambda tally: tally.facts)
    fields = comparison.total(lambda tally: tally.right + tally.fields_lost)
    assert facts > 50
    assert comparison.total(lambda tally: tally.fields_lost) <= 0.005 * fields


def test_the_second_reading_finds_what_the_standard_puts_there():
    glucose = {"resourceType": "Observation", "id": "g", "status": "final", "code": {"text": "Glucose"},
               "valueQuantity": {"value": 5.5, "unit": "mmol/L"}, "effectiveDateTime": "2024-01-10"}  # fmt: skip
    (fact,) = File(json.dumps({"resourceType": "Bundle", "entry": [{"resource": glucose}]})).facts()
    assert (fact.place, fact.name) == ("entry[0]", "glucose")
    assert {name: one.right for name, one in fact.fields.items()} == {
        "title": "glucose", "value": "5.5", "unit": "mmol/l", "happened": "2024-01-10", "status": "final",
    }  # fmt: skip


def test_a_file_of_an_older_version_is_not_judged_by_r4():
    assert not File('{"resourceType": "Immunization", "notGiven": true}').is_r4
    assert File('{"resourceType": "Immunization", "status": "completed"}').is_r4
