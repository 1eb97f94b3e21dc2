"""Values, ranges, doses and axes as people read them: one way for window, paper and command line."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.base.dates import PartialDate
from organizer.health import printed
from organizer.health.series import Point, Range, Series
from organizer.model.entry import Entry

DAY = date(2026, 3, 1)
CONVERTED = Point(DAY, 97.24, text="97.2", printed="1.1 mg/dL")


def result(day, text, unit):
    return Entry("Observation", "eGFR", value=float(text), value_text=text, unit=unit, happened=PartialDate(day))


def test_a_value_keeps_its_comparator_and_its_digits():
    assert printed.value(Point(DAY, 0.6, "<", "0.60"), "mg/L") == "<0.60 mg/L"
    assert printed.in_column(Point(DAY, 0.6, "<", "0.60")) == "<0.60"


def test_the_sources_own_form_leads_where_it_was_converted():
    assert printed.value(CONVERTED, "umol/L") == "1.1 mg/dL (97.2 µmol/L)"
    assert printed.in_column(CONVERTED) == "1.1 mg/dL"


def test_who_chose_the_unit_reads_it_first_and_what_was_printed_beside():
    assert printed.value_asked(CONVERTED, "umol/L") == "97.2 µmol/L (1.1 mg/dL)"


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [(4_250_000, 5_930_000, "4,250,000–5,930,000"), (None, 5, "≤ 5"), (3.5, None, "≥ 3.5"), (-2, 2, "-2 – 2"),
     (-0.5, 2, "-0.5 – 2"),
     (0, 0.6, "0–0.6"), (None, None, ""), (5.4945054945, 10, "5.495–10")],
)  # fmt: skip
def test_a_range_by_its_ends(low, high, shown):
    assert printed.ends(low, high) == shown


def test_a_range_that_was_printed_stays_as_printed():
    assert printed.range_text(Range(0, 5, "< 5 (adults)")) == "< 5 (adults)"
    assert printed.range_of(Entry("Observation", data={"range_low": 0.0, "range_high": 5.0})) == "0–5"
    assert printed.range_of(Entry("Observation", data={"range_text": "negative"})) == "negative"


@pytest.mark.parametrize(
    ("data", "shown"),
    [({"dose": "30 mg", "frequency": "once a day"}, "30 mg, once a day"),
     ({"dose": "30 mg once a day", "frequency": "once a day"}, "30 mg once a day"),
     ({"dose_value": 0.125, "dose_unit": "mg"}, "0.125 mg"),
     ({"dose_value": 1_500_000.0, "dose_unit": "[IU]"}, "1,500,000 units"),
     ({"frequency": "as needed"}, "as needed"), ({}, "")],
)  # fmt: skip
def test_a_dose_as_recorded(data, shown):
    assert printed.dose(Entry("MedicationStatement", "Medicine", data=data)) == shown


@given(st.lists(st.floats(-1e9, 1e9), min_size=2, max_size=5))
def test_an_axis_shows_no_exponent(ticks):
    assert not any("e" in shown for shown in printed.axis(ticks))


def test_the_newest_results_in_another_unit_are_named_with_their_days():
    series = Series(
        unit="mL/min/{1.73_m2}",
        points=(Point(date(2026, 1, 1), 50),),
        other_units=(
            result("2025-01-01", "80", "%"),
            result("2026-02-01", "30", "mL/min"),
            result("2026-03-01", "24", ""),
        ),
    )
    words = printed.not_drawn(series)
    assert words.startswith("The last 2 results are in another unit")
    assert "30 mL/min on 1 Feb 2026" in words
    assert "24 without a unit on 1 Mar 2026" in words
    assert "also in %, not drawn" in words


@pytest.mark.parametrize(("count", "cut"), [(3, False), (4, True)])
def test_three_of_them_are_written_out(count, cut):
    newer = [result(f"2026-03-0{day}", str(day), "mL/min") for day in range(1, count + 1)]
    words = printed.newer_words(newer)
    assert ("…" in words) is cut
    assert f"{count} results" in words


def test_nothing_is_said_where_all_is_drawn():
    assert printed.not_drawn(Series(points=(Point(DAY, 1.0),))) == ""


def test_two_codes_of_a_unit_that_read_alike_are_written_once():
    inches = Point(DAY, 66.0, text="66", printed="66 in")
    assert printed.value(inches, "[in_i]") == printed.value_asked(inches, "[in_i]") == "66 in"
