"""Is it an entry that the record has? Versions, portals, zones, people: nothing is merged on a guess."""

from pathlib import Path
from time import process_time

import pytest

from organizer.base.errors import Cancelled
from organizer.base.progress import CancellableProgress, NoProgress
from organizer.importing.core.sameness import agrees
from organizer.model.entry import Entry
from organizer.services.bring_in import importing
from organizer.services.entries import entries
from organizer.services.entries.entries import Query
from tests.made_records import opened_copy

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture
def record(blank_record, tmp_path):
    with opened_copy(blank_record("Ada Quill"), tmp_path) as made:
        yield made


def bring(record, path):
    plan = importing.plan_import(record, [DATA / path if isinstance(path, str) else path], "", NoProgress())
    importing.accept_import(record, plan, NoProgress())
    return plan.files[0]


def results(record, title):
    return [one for one in entries.find(record, Query(kinds=("Observation",))) if one.title == title]


def other_zone(tmp_path):
    """The glucose of the other hospital once more, from a third one that writes the time in its own zone."""
    text = (DATA / "fhir" / "same-fact-other-source.json").read_text("utf-8")
    path = tmp_path / "third-hospital.json"
    text = text.replace("2026-03-01T08:00:00Z", "2026-03-01T03:00:00-05:00").replace("other-hospital", "third-hospital")
    path.write_text(text.replace("lab-5512", "g-1"), "utf-8")
    return path


def test_the_same_instant_across_zones_is_one_result_with_two_sources(record, tmp_path):
    bring(record, "fhir/same-fact-other-source.json")
    found = bring(record, other_zone(tmp_path))
    assert found.count("known")["Observation"] == 1
    (glucose,) = results(record, "Glucose")
    assert len(glucose.sources) == 2
    assert glucose.happened.text == "2026-03-01T08:00:00Z"


def test_within_one_file_the_same_instant_twice_stays_two_results(record):
    bring(record, "fhir/same-instant.json")
    assert sorted(one.happened.text for one in results(record, "Glucose")) == [
        "2026-03-02T08:00:00-05:00",
        "2026-03-02T13:00:00Z",
    ]


def test_another_value_of_the_same_fact_is_a_conflict_and_both_are_kept(record, tmp_path):
    bring(record, "fhir/same-fact-other-value.json")
    found = bring(record, other_zone(tmp_path))
    assert found.conflicts == 1
    assert sorted(one.value for one in results(record, "Glucose")) == [69, 96]


def test_a_newer_version_replaces_the_older_one_and_history_keeps_it(record):
    bring(record, "fhir/older-version.json")
    assert bring(record, "fhir/newer-version.json").count("updated")["Observation"] == 1
    (potassium,) = results(record, "Potassium")
    assert (potassium.value, potassium.status) == (4.6, "corrected")


def test_an_older_version_that_comes_later_changes_nothing(record):
    bring(record, "fhir/newer-version.json")
    assert bring(record, "fhir/older-version.json").count("known")["Observation"] == 1
    assert [one.value for one in results(record, "Potassium")] == [4.6]


def test_a_document_that_replaces_another_replaces_its_statements(record):
    bring(record, "ccda/original-document.xml")
    found = bring(record, "ccda/replaced-document.xml")
    assert found.count("updated")["Observation"] == 1
    assert found.conflicts == 0
    assert [one.value for one in results(record, "Potassium [Moles/volume] in Serum or Plasma")] == [4.6]
    assert bring(record, "ccda/original-document.xml").count("known")["Observation"] == 1


def test_two_people_in_one_file_stay_two_people(record):
    bring(record, "fhir/two-patients.json")
    people = entries.find(record, Query(kinds=("Patient",)))
    assert len(people) >= 2
    owners = {one.person for one in entries.find(record, Query()) if one.kind != "Patient"}
    assert len(owners) == 2


class StopsAfter(CancellableProgress):
    """Is told to stop at its n-th check."""

    def __init__(self, checks):
        super().__init__()
        self.left = checks

    def check(self):
        self.left -= 1
        if self.left < 0:
            self.cancel()
        super().check()


@pytest.mark.parametrize("checks", [0, 1, 2])
def test_cancelled_in_the_middle_nothing_enters(record, checks):
    before = {one.id: one for one in entries.find(record, Query())}
    plan = importing.plan_import(record, [DATA / "fhir", DATA / "ccda"], "", NoProgress())
    with pytest.raises(Cancelled):
        importing.plan_import(record, [DATA / "fhir", DATA / "ccda"], "", StopsAfter(checks))
    with pytest.raises(Cancelled):
        importing.accept_import(record, plan, StopsAfter(checks))
    assert {one.id: one for one in entries.find(record, Query())} == before


def test_thousands_of_results_of_one_time_are_compared_with_other_files_only(record, tmp_path):
    lines = [
        f'{{"resourceType": "Observation", "id": "o{number}", "status": "final", "code": {{"text": "Pulse"}}, '
        f'"effectiveDateTime": "2026-03-01T08:00:00Z", "valueQuantity": {{"value": {60 + number % 9}}}}}'
        for number in range(4000)
    ]
    (tmp_path / "a.ndjson").write_text("\n".join(lines), "utf-8")
    began = process_time()
    assert bring(record, tmp_path / "a.ndjson").count("new") == {"Observation": 4000}
    assert process_time() - began < 10  # each with each took half a minute


@pytest.mark.parametrize(
    ("mine", "theirs", "same"),
    [
        ("1.1", "1.1", True),
        ("1.1", "1.14", True),
        ("1.1", "1.15", True),
        ("1.1", "1.16", False),
        ("1.10", "1.11", False),
        ("96", "96.5", True),
        ("96", "96.6", False),
        ("96", "97", False),
    ],
)
def test_two_values_are_one_within_half_the_last_printed_digit(mine, theirs, same):
    first, second = (
        Entry("Observation", "Creatinine", value=float(text), value_text=text, unit="mg/dL") for text in (mine, theirs)
    )
    assert agrees(first, second) is same
    assert agrees(second, first) is same
