"""Chances keep their numbers, time and source; reasons keep their weights; nothing is made up or added up."""

import pytest

from organizer.base.errors import InvalidEntryError
from organizer.model.entry import Entry
from organizer.model.weighing import Chance, chance_typed, chances_of, reasons_of, with_chances, with_weight

OPTION = Entry("TreatmentOption", "Operate", data={"benefits": "Quick\n\nFor good\n", "risks": "Scar"})


def test_a_chance_says_of_how_many_in_which_time_from_where_and_by_whom():
    chance = chance_typed("Stroke", "12", "100", "5 years", "Trial of 2021", "Dr Osei")
    assert chance.spoken() == "Stroke: 12 of 100, in 5 years (source: Trial of 2021; told by Dr Osei)"
    assert chance_typed("Stroke", "3", "").spoken() == "Stroke: 3 of 100, time not said (source not said)"


def test_chances_come_back_as_they_were_written():
    chances = (Chance("Stroke", 12, 1000, "a year", "", "Dr Osei"), Chance("Cure", 0, 1))
    assert chances_of(with_chances(OPTION, chances)) == chances
    assert chances_of(OPTION) == ()


@pytest.mark.parametrize(
    ("outcome", "n", "of", "field"),
    [
        ("", "1", "100", "outcome"),
        ("Stroke", "101", "100", "n"),
        ("Stroke", "-1", "100", "n"),
        ("Stroke", "1.5", "100", "n"),
        ("Stroke", "many", "100", "n"),
        ("Stroke", "0", "0", "of"),
        ("Stroke", "1", "a few", "of"),
    ],
)
def test_what_is_no_chance_is_said_at_its_field(outcome, n, of, field):
    with pytest.raises(InvalidEntryError) as refused:
        chance_typed(outcome, n, of)
    assert refused.value.field == field


@pytest.mark.parametrize(("n", "of"), [("0", "100"), ("100", "100"), ("1", "1")])
def test_none_and_all_are_chances(n, of):
    assert chance_typed("Stroke", n, of).n == int(n)


def test_each_reason_has_a_weight_of_its_own_and_can_lose_it():
    weighed = with_weight(with_weight(OPTION, "benefits", "For good", 5), "risks", "Scar", 0)
    assert reasons_of(weighed, "benefits") == [("Quick", None), ("For good", 5)]
    assert reasons_of(weighed, "risks") == [("Scar", 0)]
    assert reasons_of(with_weight(weighed, "risks", "Scar", None), "risks") == [("Scar", None)]


@pytest.mark.parametrize(("reason", "weight"), [("Not there", 3), ("Quick", 6), ("Quick", -1)])
def test_what_is_no_reason_and_what_is_out_of_its_scale_is_refused(reason, weight):
    with pytest.raises(InvalidEntryError):
        with_weight(OPTION, "benefits", reason, weight)


def test_a_reason_that_is_written_anew_has_no_weight_of_the_old_one():
    weighed = with_weight(OPTION, "risks", "Scar", 4)
    changed = weighed.having(data={**weighed.data, "risks": "A small scar"})
    assert reasons_of(changed, "risks") == [("A small scar", None)]
