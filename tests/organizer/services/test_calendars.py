"""Lines of a calendar's file (RFC 5545, 3.1) are folded at 75 octets, the line end not counted, and unfold whole."""

import pytest

from organizer.services.follow.calendars import _folded


@pytest.mark.parametrize("sign", ["x", "é", "医", "🫀"])
@pytest.mark.parametrize("length", [10, 73, 74, 75, 76, 300])
def test_a_line_is_folded_within_75_octets_and_unfolds_whole(sign, length):
    line = sign * length
    folded = _folded(line)
    assert max(len(part.encode()) for part in folded.split("\r\n")) <= 75
    assert folded.replace("\r\n ", "") == line
    assert ("\r\n" in folded) is (len(line.encode()) > 73)
