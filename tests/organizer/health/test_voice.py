"""What the person says of themselves is said for them by a parent, a guardian or a carer, in whole sentences."""

import re
from datetime import date

import pytest

from organizer.health.voice import FOR_ANOTHER, Voice, voice_of
from organizer.model.entry import Entry

TODAY = date(2026, 11, 24)
MINE = re.compile(r"\b(I|I’m|I’ve|me|my|My|mine)\b")


def person(**data):
    return Entry("Patient", "Mia Calder", data=data)


@pytest.mark.parametrize("own", FOR_ANOTHER)
def test_for_another_no_text_speaks_as_the_patient(own):
    said = Voice("Mia Calder", "Joan Calder").say(own, **dict.fromkeys(("reason", "day", "count"), "x"))
    assert not MINE.search(said)
    assert "{" not in said
    assert Voice().say(own, **dict.fromkeys(("reason", "day", "count"), "x")).replace("x", "") == re.sub(
        r"{\w+}", "", own
    ).replace("x", "")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Why I’m here"),
        ({"kept_by": "self"}, "Why I’m here"),
        ({"kept_by": "caregiver", "keeper": "Joan", "keeper_part": "parent"}, "Why Mia Calder is here"),
        ({"kept_by": "caregiver", "keeper": "Joan", "keeper_part": "carer"}, "Why Mia Calder is here"),
        ({"keeper": "Joan"}, "Why Mia Calder is here"),
        ({"birth_date": "2017-05-04"}, "Why Mia Calder is here"),
    ],
)
def test_who_keeps_the_record_speaks(data, said):
    assert voice_of(person(**data), TODAY).say("Why I’m here") == said


def test_words_of_somebody_else_are_called_theirs():
    mother = person(kept_by="caregiver", keeper="Joan Calder", relation="mother")
    assert voice_of(mother, TODAY).say("In my own words") == "In the words of Joan Calder"
    assert (
        voice_of(person(birth_date="2017-05-04"), TODAY).say("In my own words")
        == "In the words of a parent or guardian"
    )


def test_what_reads_alike_for_both_stays():
    assert Voice("Mia", "Joan").say("Questions") == "Questions"
