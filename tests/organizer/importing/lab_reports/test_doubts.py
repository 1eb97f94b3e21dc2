"""What speaks against a result that was read from a picture, each limit just below and just above."""

from types import SimpleNamespace

import pytest

from organizer.importing.lab_reports.doubts import RowRead, doubts_of
from organizer.importing.lab_reports.model import Proposal
from organizer.importing.lab_reports.reading import Facts

FAR, HARD = "The value is far outside its range.", "The value was hard to read."
HARD_RANGE, NO_FLAG = "The range was hard to read.", "The value is outside its range, but no flag was read."
FLAG = "A flag was read, though the value is within its range."
HIGH, LOW = "The flag says high, the range says otherwise.", "The flag says low, the range says otherwise."


def doubts(value, low=None, high=None, flag="", sure=100, sure_of_range=100, *, recognised=True, flagged=False):
    def spots(confidence):
        return [SimpleNamespace(word=SimpleNamespace(confidence=confidence))]

    proposal = Proposal("Sodium", value, value, None, unit="mmol/L", low=low, high=high, range_text="x", flag=flag)
    row = SimpleNamespace(doubtful=False, ends=("1", "2"), range_text="1 - 2", range_spots=spots(sure_of_range))
    result = SimpleNamespace(values=1, spots=spots(sure))
    facts = Facts(recognised, ".", 10.0, flagged)
    return doubts_of(RowRead(proposal, row, result, SimpleNamespace(sure=True, numeric=True), ("sodium",), facts))


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch):
    """Which units are usual is another matter."""
    monkeypatch.setattr(RowRead, "known_units", frozenset())


@pytest.mark.parametrize(("value", "is_far"), [("60", False), ("61", True)])
def test_more_than_six_times_the_upper_end_is_far_outside(value, is_far):
    assert (FAR in doubts(value, 2, 10)) is is_far


@pytest.mark.parametrize(("value", "is_far"), [("2", False), ("1", True)])
def test_less_than_a_sixth_of_the_lower_end_is_far_outside(value, is_far):
    assert (FAR in doubts(value, 12, 100)) is is_far


def test_nothing_is_far_from_an_end_of_nought():
    assert FAR not in doubts("50", 0, None)
    assert FAR not in doubts("50", None, 0)


@pytest.mark.parametrize(("sure", "is_doubted"), [(80, False), (79, True)])
def test_a_value_is_doubted_below_eighty_of_a_hundred(sure, is_doubted):
    assert (HARD in doubts("5", 2, 10, sure=sure)) is is_doubted


@pytest.mark.parametrize(("sure", "is_doubted"), [(50, False), (49, True)])
def test_a_range_is_doubted_below_fifty_of_a_hundred(sure, is_doubted):
    assert (HARD_RANGE in doubts("5", 2, 10, sure_of_range=sure)) is is_doubted
    assert HARD_RANGE not in doubts("5", sure_of_range=sure), "without an end there is nothing to read"


@pytest.mark.parametrize("flag", ["", "H"])
@pytest.mark.parametrize(("value", "is_outside"), [("2", False), ("10", False), ("1", True), ("11", True)])
def test_the_ends_of_a_range_lie_within_it(value, is_outside, flag):
    reading = doubts(value, 2, 10, flag, flagged=True)
    assert (NO_FLAG in reading) is (is_outside and not flag)
    assert (FLAG in reading) is (bool(flag) and not is_outside)


@pytest.mark.parametrize(
    ("value", "flag", "sentence"),
    [("10", "H", None), ("9", "H", HIGH), ("1", "H", HIGH), ("2", "L", None), ("3", "L", LOW), ("11", "L", LOW)],
)
def test_a_flag_fits_a_value_at_or_beyond_its_end(value, flag, sentence):
    """A value at the end may be flagged: laboratories round what they print."""
    contradictions = [doubt for doubt in doubts(value, 2, 10, flag, recognised=False) if doubt in (HIGH, LOW)]
    assert contradictions == [sentence] * bool(sentence)
