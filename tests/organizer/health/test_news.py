"""What is new since a day begins on the day after it, by what sources tell and by when it came into the record."""

from datetime import date

import pytest

from organizer.base.dates import PartialDate
from organizer.health import news
from organizer.health.allergies import allergies
from organizer.health.news import Change, recorded_later
from organizer.model.entry import Entry, Source

SINCE, TODAY = date(2026, 3, 1), date(2026, 11, 29)


def allergy(happened="", recorded=""):
    sources = (Source(document="a", recorded_at=f"{recorded}T10:00:00+00:00"),) if recorded else ()
    return Entry(
        "AllergyIntolerance", "Aspirin", status="active", sources=sources,
        happened=PartialDate(happened) if happened else None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("happened", "recorded", "change"),
    [
        ("2026-03-01", "", None), ("2026-03-02", "", Change.NEW), ("2026-03", "", None), ("2026-04", "", Change.NEW),
        ("2026", "", None), ("2027", "", Change.NEW), ("", "2026-03-01", None), ("", "2026-03-02", Change.RECORDED),
        ("2020", "2026-03-02", Change.RECORDED), ("", "", None),
    ],
)  # fmt: skip
def test_what_is_of_the_day_itself_was_known_and_of_the_next_is_new(happened, recorded, change):
    listed = news.of_allergies(allergies([allergy(happened, recorded)], TODAY), SINCE)
    assert [item.change for item in listed] == [change] * (change is not None)


def test_what_one_source_told_before_the_day_came_no_later():
    assert recorded_later([allergy(recorded="2026-03-02"), allergy(recorded="2026-04-02")], SINCE)
    assert not recorded_later([allergy(recorded="2026-03-01"), allergy(recorded="2026-04-02")], SINCE)
    assert not recorded_later([], SINCE)
