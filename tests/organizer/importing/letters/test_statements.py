"""Statements of a letter: when something was, as it is written in short."""

import re
from datetime import date

import pytest

from organizer.importing.letters import statements


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("03/26", "2026-03"),
        ("03/27", "1927-03"),
        ("03/99", "1999-03"),
        ("12/26", "2026-12"),
        ("13/26", ""),
        ("00/26", ""),
    ],
)  # fmt: skip
def test_years_of_two_digits_that_lie_ahead_are_of_the_last_century(monkeypatch, written, month):
    monkeypatch.setattr(statements, "today", lambda: date(2026, 11, 29))
    match = re.fullmatch(r"(?P<month>\d\d)/(?P<year>\d\d)", written)
    assert statements._month_of(match) == month
