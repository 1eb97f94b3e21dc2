"""Allergies: their states, their order, one for each substance, and “none known” beside a known one."""

from datetime import date

import pytest

from organizer.base.dates import PartialDate
from organizer.health.allergies import AllergyState, allergies, contradicted
from organizer.model.entry import Coding, Entry, Source

TODAY = date(2026, 11, 29)
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"


def allergy(title, status="active", code="", document="a", ended="", **data):
    return Entry(
        "AllergyIntolerance", title, id=f"{title}{document}", status=status, data=data,
        ended=PartialDate(ended) if ended else None,
        codes=(Coding(RXNORM, code),) if code else (), sources=(Source(document),),
    )  # fmt: skip


def test_the_most_dangerous_stands_first_and_what_is_past_behind():
    found = allergies(
        [
            allergy("Aspirin", status="resolved"),
            allergy("Dust", criticality="low"),
            allergy("Eggs"),
            allergy("Shellfish", criticality="high"),
            allergy("Penicillin", status="inactive"),
            allergy("Wasps", severity="severe"),
        ],
        TODAY,
    )
    assert [one.entry.title for one in found] == ["Shellfish", "Wasps", "Eggs", "Dust", "Aspirin", "Penicillin"]
    assert [one.state for one in found[-2:]] == [AllergyState.RESOLVED] * 2


HIGH, SEVERE, NOT_ASSESSED = {"criticality": "high"}, {"severity": "severe"}, {"criticality": "unable-to-assess"}


@pytest.mark.parametrize(("first", "second"), [(HIGH, SEVERE), (SEVERE, HIGH), (NOT_ASSESSED, {}), ({}, NOT_ASSESSED)])
def test_what_is_equally_dangerous_stands_by_its_name(first, second):
    """Severe once is as dangerous as likely to be; not assessed is as dangerous as not said."""
    listed = allergies([allergy("Zander", **second), allergy("Ants", **first)], TODAY)
    assert [each.entry.title for each in listed] == ["Ants", "Zander"]


def test_an_allergy_is_over_from_the_day_after_its_end():
    for ended, state in (("2026-11-29", AllergyState.ACTIVE), ("2026-11-28", AllergyState.RESOLVED)):
        assert allergies([allergy("Aspirin", ended=ended)], TODAY)[0].state is state


def test_a_past_end_makes_it_past_and_a_missing_status_current():
    [past] = allergies([allergy("Aspirin", ended="2021-01-01")], TODAY)
    [current] = allergies([allergy("Shellfish", status="")], TODAY)
    assert (past.state, current.state) == (AllergyState.RESOLVED, AllergyState.ACTIVE)


def test_two_portals_words_for_one_code_are_one_allergy_with_all_reactions():
    [one] = allergies(
        [
            allergy("Penicillin", code="7984", reaction="Hives"),
            allergy("PENICILLINS", code="7984", document="b", reaction="Swelling"),
        ],
        TODAY,
    )
    assert one.also == ()
    assert one.reactions == ("Hives", "Swelling")


def test_current_in_one_source_and_past_in_another_is_current_and_says_so():
    [one] = allergies([allergy("Latex"), allergy("Latex", status="resolved", document="b")], TODAY)
    assert one.state is AllergyState.ACTIVE
    assert [entry.status for entry in one.otherwise] == ["resolved"]


def test_none_known_contradicts_what_is_known_within_its_group():
    none = allergy("No known allergies")
    no_drugs = allergy("NKDA", document="b")
    found = allergies(
        [allergy("Shellfish", category="food"), allergy("Penicillin", code="7984"), none, no_drugs], TODAY
    )
    known = found[:2]
    by_title = {one.entry.title: one for one in found if one.state is AllergyState.NONE_KNOWN}
    assert len(contradicted(by_title["No known allergies"], known)) == 2
    assert [one.entry.title for one in contradicted(by_title["NKDA"], known)] == ["Penicillin"]


def test_not_asked_and_none_known_are_two_statements():
    found = allergies([allergy("Not on File"), allergy("NKA")], TODAY)
    assert [one.state for one in found] == [AllergyState.NONE_KNOWN, AllergyState.NOT_ASKED]


def test_another_wording_is_one_allergy_whatever_its_code_and_is_told():
    [one] = allergies(
        [
            allergy("Sulfonamide antibiotics", code="10171", reaction="Rash"),
            allergy("Sulfa drugs", code="10207", document="b", status="resolved"),
            allergy("SULFONAMIDES *ANTIBACTERIALS*", document="c"),
        ],
        TODAY,
    )
    assert one.state is AllergyState.ACTIVE
    assert one.also == ("Sulfa drugs", "SULFONAMIDES *ANTIBACTERIALS*")
    assert [entry.status for entry in one.otherwise] == ["resolved"]


def test_a_narrower_substance_is_another_allergy():
    assert len(allergies([allergy("Penicillin"), allergy("Penicillin G benzathine")], TODAY)) == 2
    assert len(allergies([allergy("Contrast dye"), allergy("Iodine")], TODAY)) == 2
