"""Dates in words for people."""

import pytest

from organizer.base.dates import PartialDate


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
