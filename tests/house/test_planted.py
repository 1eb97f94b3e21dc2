"""What `make test-planted` breaks on purpose stands where it looks for it: else a promise would go untried unseen."""

import pytest

from tests.benchmarks.planted import PLANTED
from tests.house.source import ROOT


@pytest.mark.parametrize("promise", PLANTED)
def test_the_line_that_is_broken_on_purpose_is_there_and_so_is_its_test(promise: str) -> None:
    place, line, broken, test = PLANTED[promise]
    assert line in (ROOT / place).read_text(encoding="utf-8")
    assert line != broken
    assert (ROOT / test.partition("::")[0]).exists()
