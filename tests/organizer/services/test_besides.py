"""What besides a plan may lie behind a result is told in whichever language it was written."""

from datetime import date

import pytest

from organizer.base.dates import PartialDate
from organizer.health.course.events import besides
from organizer.health.series import Point, Series
from organizer.model.entry import Entry

LAST = date(2026, 5, 1)
SERIES = Series("title:CRP", "CRP", "mg/L", (Point(LAST, 40.0, entry_id="p"),))


def told(*near, included=()):
    return [one.entry_id for one in besides(SERIES, list(included), list(near), LAST)]


def illness(title, happened="2026-04-20"):
    return Entry("Condition", title, id="near", happened=PartialDate(happened))


@pytest.mark.parametrize(
    "title",
    ["Pneumonia", "Shingles", "Neumonía", "Harnwegsinfekt", "Grippe", "Infection urinaire", "COVID-19", "Gürtelrose"],
)
def test_an_infection_shortly_before_is_told(title):
    assert told(illness(title)) == ["near"]


@pytest.mark.parametrize(
    "title", ["Influenza vaccination", "Hay fever", "Keine Pneumonie", "Grippeimpfung", "Back pain"]
)
def test_what_is_no_infection_is_not_told(title):
    assert told(illness(title)) == []


@pytest.mark.parametrize(("day", "is_told"), [("2026-04-01", True), ("2026-03-31", False), ("2026-05-02", False)])
def test_shortly_before_is_within_thirty_days(day, is_told):
    assert bool(told(illness("Pneumonia", day))) is is_told


@pytest.mark.parametrize(
    ("note", "is_told"),
    [
        ("I missed two doses", True), ("Forgot it on Sunday", True), ("Olvidé dos dosis", True),
        ("J'ai oublié un comprimé", True),
        ("Zwei Tabletten vergessen", True), ("Never missed a dose", False), ("No missed doses", False),
        ("Keine Dosis vergessen", False), ("Nunca olvidé una dosis", False), ("Je n'oublie pas", False), ("", False),
    ],
)  # fmt: skip
def test_missed_doses_are_told_and_their_denial_is_not(note, is_told):
    tablet = Entry("MedicationStatement", "Losartan", id="m", status="active", data={"note": note} if note else {})
    assert bool(told(included=[tablet])) is is_told
