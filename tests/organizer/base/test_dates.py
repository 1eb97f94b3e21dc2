"""Dates in words for people."""

from datetime import date

import pytest

from organizer.base.dates import PartialDate, is_partial_date


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2026-03", "Mar 2026"),
        ("2026-03-07", "7 Mar 2026"),
        ("2026-03-07T14:05:00+01:00", "7 Mar 2026, 14:05"),
        ("2026-03-07T14:05:00Z", "7 Mar 2026, 14:05 UTC"),
        ("2026-03-07T00:00:00Z", "7 Mar 2026"),
    ],
)
def test_a_time_is_told_as_the_source_wrote_it_and_midnight_is_no_time(written, told):
    assert PartialDate(written).spoken_with_time() == told


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-03", date(2026, 3, 1), date(2026, 3, 31)),
        ("2026-04", date(2026, 4, 1), date(2026, 4, 30)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-02-28", date(2024, 2, 28), date(2024, 2, 28)),
    ],
)
def test_a_month_lasts_until_its_last_day_and_a_year_until_new_years_eve(written, first, last):
    assert (PartialDate(written).first_day, PartialDate(written).last_day) == (first, last)


@pytest.mark.parametrize(("clock", "known"), [("23:59", True), ("24:00", False), ("08:60", False), ("23:59:60", False)])
def test_a_time_that_no_clock_shows_is_no_date(clock, known):
    assert is_partial_date(f"2026-03-07T{clock}") is known
