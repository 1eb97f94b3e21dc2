"""Pieces of FHIR from what an entry holds, each limit just below and just above."""

from decimal import Decimal

import pytest

from organizer.base.dates import PartialDate
from organizer.exporting.fhir import narrative, shapes
from organizer.exporting.fhir.clinical import immunization
from organizer.exporting.fhir.neighbours import Neighbours
from organizer.exporting.fhir.results import _series
from organizer.model.entry import Entry


@pytest.mark.parametrize(
    ("start", "end", "is_kept"),
    [
        ("2026-03-01", "2026-03-01", True), ("2026-03-02", "2026-03-01", False), ("2026-03", "2026-03-01", True),
        ("2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z", True), ("2026-03-01T10:00:01Z", "2026-03-01T10:00:00Z", False),
        # The same moment in two zones, and a day beside a time of it
        ("2026-03-01T23:00:00-05:00", "2026-03-02T04:00:00Z", True),
        ("2026-03-01T23:30:00-05:00", "2026-03-02T04:00:00Z", False),
        ("2026-03-01T10:00:00Z", "2026-03-01", True), ("2026-03-01", "2026-03-01T10:00:00Z", True),
        ("2026-03-02", "2026-03-01T10:00:00Z", False),
    ],
)  # fmt: skip
def test_an_end_before_its_start_is_left_out(start, end, is_kept):
    period = shapes.period(Entry("Encounter", "x", happened=PartialDate(start), ended=PartialDate(end)))
    assert period["start"] == start
    assert ("end" in period) is is_kept


@pytest.mark.parametrize(("value", "is_written"), [(1e17, True), (-1e17, True), (1.0000000000000002e17, False)])
def test_a_number_that_nobody_measures_is_not_written_as_one(value, is_written):
    assert shapes.plain_number(value) == (Decimal(repr(value)) if is_written else None)


@pytest.mark.parametrize(("number", "is_whole"), [("99999999", True), ("100000000", False), ("0", False), ("1", True)])
def test_the_number_of_a_dose_is_one_where_it_is_a_positive_integer_of_r4(number, is_whole):
    """And nobody has a billionth dose: a longer number is another one, such as a lot's."""
    [dose] = immunization(Entry("Immunization", "x", data={"dose_number": number}), Neighbours({}))["protocolApplied"]
    assert dose == ({"doseNumberPositiveInt": int(number)} if is_whole else {"doseNumberString": number})


@pytest.mark.parametrize(("count", "is_written"), [(0, True), (1, True), (-1, False)])
def test_a_series_has_no_fewer_images_than_none(count, is_written):
    assert ("numberOfInstances" in _series({"uid": "1.2", "instances": count})) is is_written


@pytest.mark.parametrize(("length", "is_whole"), [(2_000, True), (2_001, False)])
def test_a_narrative_quotes_two_thousand_letters(length, is_whole):
    words = narrative.of_words("x" * length)["div"]
    assert words.count("x") == 2_000 + "<div xmlns=http://www.w3.org/1999/xhtml>".count("x")
    assert ("…" in words) is not is_whole
