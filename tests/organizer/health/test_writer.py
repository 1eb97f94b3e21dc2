"""How old somebody is on a day, and until when they are a child."""

from datetime import date

import pytest

from organizer.health.writer import Part, is_child, writer_of, years_old
from organizer.model.entry import Entry

TODAY = date(2026, 11, 29)


def born(day):
    return Entry("Patient", "Mia", data={"birth_date": day})


@pytest.mark.parametrize(
    ("day", "years"),
    [
        ("2008-11-30", 17), ("2008-11-29", 18), ("2008-12-01", 17), ("2026-11-29", 0), ("2026-11-30", None),
        ("2025-11-30", 0), ("2008", None), ("2008-11", None), ("", None),
    ],
)  # fmt: skip
def test_a_year_is_full_on_the_birthday_and_somebody_is_a_child_until_the_eighteenth(day, years):
    assert years_old(born(day), TODAY) == years
    assert is_child(born(day), TODAY) is (years is not None and years < 18)


@pytest.mark.parametrize(("day", "part"), [("2008-11-30", Part.PARENT), ("2008-11-29", Part.HELPER)])
def test_a_parent_writes_for_a_child_by_their_right_until_the_eighteenth_birthday(day, part):
    kept = {"birth_date": day, "kept_by": "caregiver", "keeper": "Joan", "keeper_part": "parent", "relation": "mother"}
    writer = writer_of(Entry("Patient", "Mia", data=kept), TODAY)
    assert (writer.part, writer.child) == (part, part is Part.PARENT)
