"""A number for people: no exponent, no digits that nobody measured; what a laboratory printed stays."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.base.figures import AS_ENTERED, brief, grouped, plain, readable, sensible, with_sign
from organizer.base.i18n import speaking

NUMBERS = st.floats(-1e12, 1e12).filter(lambda value: not value or abs(value) > 1e-8)


@given(NUMBERS)
def test_a_number_is_written_out_and_can_be_read_again(value):
    text = plain(value)
    assert re.fullmatch(r"-?\d+(\.\d*[1-9])?", text)
    assert float(text) == pytest.approx(value, rel=1e-10)


@given(NUMBERS)
def test_grouping_changes_no_digit(value):
    assert grouped(value).replace(",", "") == plain(value)


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_no_number_shows_an_exponent(value):
    shown = grouped(value) + brief(value) + sensible(value)
    assert not re.search(r"\de", shown)


@given(st.decimals(-99999, 99999, places=5).map(str))
def test_what_a_laboratory_prints_stays_as_printed(text):
    assert readable(text) == text


@pytest.mark.parametrize(
    ("value", "shown"),
    [(4_250_000, "4,250,000"), (9999, "9999"), (10_000, "10,000"), (-12_500.5, "-12,500.5"), (7.0, "7"), (-0.0, "0"),
     (0.1 + 0.2, "0.3"), (0.00002, "0.00002"), (1e-12, "1 × 10⁻¹²"), (1.5e20, "1.5 × 10²⁰"), (1e-9, "0.000000001")],
)  # fmt: skip
def test_a_number_as_people_write_it(value, shown):
    assert grouped(value) == shown


def test_where_a_comma_is_a_decimal_one_a_narrow_space_parts_the_groups():
    with speaking("es"):
        assert grouped(4_250_000) == "4\u202f250\u202f000"


def test_german_writes_a_comma_before_decimals():
    with speaking("de"):
        assert grouped(-12_500.5) == "-12\u202f500,5"
        assert readable("1.10") == "1,10"
        assert readable("178.899508652893") == "≈178,9"
        assert grouped(1.5e20) == "1,5 × 10²⁰"
        assert [readable(text) for text in ("124/78", "Trace", "1:40")] == ["124/78", "Trace", "1:40"]


def test_a_point_that_may_part_thousands_stays():
    with speaking("de"):
        assert with_sign("3.5–5.1", [3.5, 5.1]) == "3,5–5,1"
        assert with_sign("1.200–2.400", [1200, 2400]) == "1.200–2.400"
        assert with_sign("at 1.2.2026") == "at 1.2.2026"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("178.899508652893", "≈178.9"), ("52.85458489606354", "≈52.85"), ("123456.7890123", "≈123,457"),
     ("4.25e+06", "4250000"), ("1.10", "1.10"), ("Trace", "Trace"), ("1:40", "1:40"), ("1e999", "1e999"),
     ("-3.141592653", "≈-3.142")],
)  # fmt: skip
def test_only_what_no_laboratory_prints_is_put_for_people(text, shown):
    assert readable(text) == shown


def test_a_number_is_noise_from_six_decimals_with_seven_figures_on():
    assert readable("1.23456") == "1.23456"  # five decimals
    assert readable("0.123456") == "0.123456"  # six decimals, six figures
    assert readable("0.0000125") == "0.0000125"  # seven decimals, three figures
    assert readable("1.234567") == "≈1.235"


@given(st.integers(0, 10**9))
def test_a_computed_number_keeps_all_that_stands_before_the_point(value):
    assert brief(float(value)).replace(",", "") == str(value)
    assert sensible(float(value)).replace(",", "") == str(value)


@pytest.mark.parametrize(
    ("value", "has_power"), [(1e-9, False), (9.9e-10, True), (9.99e14, False), (1e15, True), (0.0, False)]
)
def test_a_number_is_written_out_between_a_billionth_and_a_thousand_billions(value, has_power):
    assert ("×" in grouped(value)) is has_power


def test_a_sum_of_floats_has_no_noise_and_what_was_entered_loses_nothing():
    assert plain(0.1 + 0.2) == "0.3"
    assert plain(1.00000000001) == "1.00000000001"
    assert plain(123456.789012345, AS_ENTERED) == "123456.789012345"


@pytest.mark.parametrize(
    ("text", "has_power"), [("1e-9", False), ("9e-10", True), ("9.9e14", False), ("1e15", True), ("0e0", False)]
)
def test_a_number_with_an_exponent_is_written_out_where_people_can_read_it(text, has_power):
    assert ("×" in readable(text)) is has_power
