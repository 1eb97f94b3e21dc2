"""What CDA documents tell stands in the record, field by field: judged by a second reading that shares no code with it.

`make benchmark-fidelity` does the same over everything at hand and prints all differences.
"""

import pytest
from lxml import etree

from tests.fidelity import cda, turned
from tests.fidelity.benchmark import ROOT, SHARED, cda_files, compare_cda
from tests.fidelity.comparing import Comparison, Skip
from tests.fidelity.facts import LOST, RIGHT, WRONG, Fact, among, holding, number, one_of, same_time
from tests.made_records import opened_copy

OUR_OWN = (ROOT / "tests" / "data" / "ccda", ROOT / "tests" / "data" / "updates")
VENDORS = (SHARED / "records" / "ccda_vendors",)
TOLD = {
    "title": "Glucose", "happened": "2024-01-10T08:30:00-05:00", "ended": None, "value": 5.5, "value_text": "5.5",
    "comparator": "", "unit": "mmol/L", "status": "final", "data": {"note": "with food, twice a day"},
}  # fmt: skip


@pytest.fixture(scope="module")
def record(blank_record, tmp_path_factory):
    with opened_copy(blank_record("Nobody Known"), tmp_path_factory.mktemp("fidelity")) as made:
        yield made


@pytest.mark.parametrize("folders", [OUR_OWN, VENDORS], ids=["our own", "vendors"])
def test_nothing_that_cda_documents_tell_arrives_wrong_and_next_to_nothing_is_lost(record, folders):
    files = list(cda_files(folders))
    if not files:
        pytest.skip("The shared records aren’t here.")
    comparison = Comparison()
    compared = [compare_cda(record, path, comparison) for path in files]
    assert sum(compared) >= len(files) - 3
    assert [one for one in comparison.differences if one.verdict == WRONG] == []
    assert "without a word" not in comparison.reasons()
    facts = comparison.total(lambda tally: tally.facts)
    fields = comparison.total(lambda tally: tally.right + tally.fields_lost)
    assert facts > 50
    assert comparison.total(lambda tally: sum(tally.lost.values())) <= 0.005 * facts
    assert comparison.total(lambda tally: tally.fields_lost) <= 0.005 * fields


@pytest.mark.parametrize(("expected", "verdict"), [
    (one_of(["glucose", "Sugar"], lambda told: told["title"]), RIGHT),
    (one_of(["Sodium"], lambda told: told["title"]), WRONG),
    (one_of(["Sodium"], lambda told: told["data"].get("lot")), LOST),
    (number(5.5, lambda told: told["value"]), RIGHT),
    (number(5.6, lambda told: told["value"]), WRONG),
    (among({"final"}, lambda told: told["status"]), RIGHT),
    (among({"amended"}, lambda told: told["status"]), WRONG),
    (holding("Twice a day", lambda told: told["data"].get("note")), RIGHT),
    (holding("at bedtime", lambda told: told["data"].get("note")), LOST),
    (same_time("202401100830-0500", lambda told: told["happened"]), RIGHT),
    (same_time("20240110083000.000-0500", lambda told: told["happened"]), RIGHT),
    (same_time("202401100830-0600", lambda told: told["happened"]), WRONG),
    (same_time("20240111", lambda told: told["happened"]), WRONG),
    (same_time("20240111", lambda told: told["ended"]), LOST),
])  # fmt: skip
def test_the_judge_tells_right_from_wrong_and_lost(expected, verdict):
    assert expected.verdict(TOLD) == verdict


def test_the_judge_counts_what_was_left_out_with_its_reason_and_what_says_nothing():
    here, there, nowhere = object(), object(), object()
    facts = [Fact("results", here, "a"), Fact("results", there, "b"), Fact("results", nowhere, "c")]
    facts += [Fact("allergies", object(), "none", nothing=True)]
    comparison = Comparison()
    comparison.compare("x.xml", facts, {here: [TOLD]}, [Skip(there, "no place")])
    assert dict(comparison.reasons()) == {"no place": 1, "without a word": 1}
    assert comparison.total(lambda tally: tally.entered) == 1
    assert comparison.total(lambda tally: tally.nothing) == 1


def test_an_absence_that_enters_as_a_fact_is_wrong_and_one_that_says_so_is_not():
    place = object()
    fact = Fact("allergies", place, "NKDA", nothing=True)
    for data, wrong in (({}, 1), ({"none_known": True}, 0)):
        comparison = Comparison()
        comparison.compare("x.xml", [fact], {place: [TOLD | {"data": data}]}, [])
        assert comparison.total(lambda tally: tally.wrong) == wrong


@pytest.mark.parametrize(
    ("statement", "told", "fault"),
    [
        ('<observation moodCode="INT"/>', {"kind": "Observation"}, "Observation of the mood INT"),
        ('<observation moodCode="INT"/>', {"kind": "ServiceRequest"}, ""),
        ('<observation negationInd="true"/>', {"kind": "Condition"}, "it is denied"),
        ('<observation negationInd="true"/>', {"kind": "Condition", "data": {"verification": "refuted"}}, ""),
        ("<observation><subject><relatedSubject/></subject></observation>", {"kind": "Goal"}, "it is about a relative"),
        ('<observation><subject><relatedSubject classCode="PAT"/></subject></observation>', {"kind": "Condition"}, ""),
    ],
)  # fmt: skip
def test_the_judge_sees_what_turns_a_statement_round(statement, told, fault):
    place = etree.fromstring(statement.replace("<observation", '<observation xmlns="urn:hl7-org:v3"', 1))
    assert turned.faults(place, TOLD | {"status": ""} | told) == fault


def test_the_second_reading_finds_what_the_standard_puts_there():
    document = cda.read(ROOT / "tests" / "data" / "ccda" / "results-in-words.xml")
    found = {fact.name: fact.fields["value"].right for fact in document.facts() if "value" in fact.fields}
    assert found["hiv 1 and 2 antibody"] == "Non-reactive"
    assert found["ana titer"] == "1:640"
