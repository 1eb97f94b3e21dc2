"""Numbers, values and ranges as laboratories and people print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.base.numbers import (
    ComputersNumber,
    comparator_of,
    decimal_mark,
    parse_number,
    printed_precision,
    read_range,
    read_value,
    readings_of,
    settled,
)
from organizer.base.results import _about, read_result

SPACES = [" ", "\u00a0", "\u2009", "\u202f", "'", "’"]


@pytest.mark.parametrize(
    ("text", "comparator", "digits"), [("<0.10", "<", "0.10"), ("≥ 60", ">=", "60"), ("-1.5e3", "", "-1.5e3")]
)
def test_a_number_keeps_its_digits_and_its_comparator(text, comparator, digits):
    number = parse_number(text)
    assert (number.comparator, number.text) == (comparator, digits)


@pytest.mark.parametrize("text", ["1:40", "positive", "", "1,5", "3+", "1e999"])
def test_words_and_mixtures_are_no_numbers_of_a_computer(text):
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("7,1", "7.1"), ("7.1", "7.1"), ("0,123", "0.123"), ("1234,567", "1234.567"), ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"), ("1.234.567", "1234567"), ("1,234,567.89", "1234567.89"), ("1,50,000", "150000"),
        ("12,34,567", "1234567"), ("1 234", "1234"), ("12 345,6", "12345.6"), ("1'234.5", "1234.5"), ("−5,5", "-5.5"),
        ("1,5e3", "1.5e3"), ("7.", "7"), (".5", ".5"), ("1,10", "1.10"), ("12.3456", "12.3456"), ("120", "120"),
    ],
)  # fmt: skip
def test_a_number_that_shows_its_notation_has_one_reading(text, digits):
    assert readings_of(text) == (digits,)


@pytest.mark.parametrize("text", ["1,234", "25.000", "250.000", "-1,000", "999,999"])
def test_three_digits_behind_one_mark_leave_two_readings_until_the_mark_is_known(text):
    with_decimals, with_thousands = readings_of(text)
    assert float(with_thousands) == pytest.approx(float(with_decimals) * 1000)
    mark, other = (",", ".") if "," in text else (".", ",")
    assert readings_of(text, mark) == (with_decimals,)
    assert readings_of(text, other) == (with_thousands,)


@pytest.mark.parametrize("text", ["0,123", "1234,567", "1,23", "1,2345", "0.5"])
def test_around_three_digits_behind_a_mark_nothing_is_open(text):
    assert len(readings_of(text)) == len(readings_of(text, ".")) == len(readings_of(text, ",")) == 1


@pytest.mark.parametrize("text", ["", "12 34", "1,23,4", "1.2.3", "1,2,3", "12:30", "3+", "abc", "1..2", ",", "1e999"])
def test_marks_that_make_no_sense_are_no_number(text):
    assert readings_of(text) == ()


def test_what_a_program_wrote_as_a_number_has_a_decimal_point():
    assert readings_of(ComputersNumber("1.234")) == ("1.234",)
    assert read_value(ComputersNumber("25.000"), ",").value == 25


@given(st.integers(0, 10**12), st.sampled_from(SPACES))
def test_thousands_parted_by_a_space_or_an_apostrophe_are_read(number, space):
    assert [int(reading) for reading in readings_of(f"{number:,}".replace(",", space))] == [number]


@given(st.integers(10**6, 10**12), st.integers(0, 99), st.sampled_from([(",", "."), (".", ",")]))
def test_both_marks_in_one_number_show_which_is_which(number, cents, marks):
    thousands, decimal = marks
    printed = f"{number:,}".replace(",", thousands) + f"{decimal}{cents:02}"
    assert [float(reading) for reading in readings_of(printed)] == [float(f"{number}.{cents:02}")]


@given(st.decimals(-(10**6), 10**6, places=2), st.sampled_from(".,"))
def test_two_decimals_are_decimals_with_either_mark(number, mark):
    assert [float(reading) for reading in readings_of(str(number).replace(".", mark))] == [float(number)]


@given(st.text(max_size=30))
def test_any_text_may_stand_where_a_number_should(text):
    value = read_value(text)
    assert value.sort in ("number", "open", "titer", "range", "words", "nothing")
    assert (value.value is None) == (value.sort != "number")
    assert all(float(reading) is not None for reading in readings_of(text))
    spread = read_range(text)
    assert spread.low is None or spread.high is None or spread.low <= spread.high
    assert read_result(text).text == read_result(text).text


@pytest.mark.parametrize(
    ("printed", "comparator"),
    [
        ("<", "<"), (">", ">"), ("<=", "<="), ("=<", "<="), ("≤", "<="), ("≥", ">="), ("> OR =", ">="),
        ("< or =", "<="),
        ("less than", "<"), ("greater than", ">"), ("up to", "<="), ("at least", ">="), ("unter", "<"), ("bis", "<="),
        ("mehr als", ">"), ("menor de", "<"), ("hasta", "<="), ("inférieur à", "<"), ("about", ""), ("", ""), ("=", ""),
    ],
)  # fmt: skip
def test_a_comparator_is_read_in_signs_and_words(printed, comparator):
    assert comparator_of(printed) == comparator


@pytest.mark.parametrize(
    ("text", "sort", "comparator", "digits", "rest"),
    [
        ("<0,41", "number", "<", "0.41", ""), ("> OR = 60", "number", ">=", "60", ""), (">60", "number", ">", "60", ""),
        ("less than 5 mg/L", "number", "<", "5", "mg/L"), ("44 mL/min", "number", "", "44", "mL/min"),
        ("5.4 H", "number", "", "5.4", "H"), ("25.000 /µl", "open", "", "", "/µl"), ("1:40", "titer", "", "", ""),
        ("≥ 1:320", "titer", ">=", "", ""), ("0-2", "range", "", "", ""), ("3.5–5.1", "range", "", "", ""),
        ("Trace", "words", "", "", ""), ("negative", "words", "", "", ""), ("++", "words", "", "", ""),
        ("3+", "words", "", "", ""), ("120/80", "words", "", "", ""), ("", "nothing", "", "", ""),
        ("4.5 x10^9/L", "number", "", "4.5", "10*9/L"), ("2,3 × 10⁵ /mL", "number", "", "2.3", "10*5/mL"),
    ],
)  # fmt: skip
def test_a_printed_value_is_taken_apart(text, sort, comparator, digits, rest):
    value = read_value(text)
    assert (value.sort, value.comparator, value.digits, value.rest) == (sort, comparator, digits, rest)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3,5 - 5,1", 3.5, 5.1), ("3.5–5.1", 3.5, 5.1), ("(0.4–4.0 mU/L)", 0.4, 4.0), ("4.5 to 5", 4.5, 5.0),
        ("< 5", None, 5.0), ("< OR = 5 (calc)", None, 5.0), ("<5.0 (calc)", None, 5.0), ("> OR = 60", 60.0, None),
        ("up to 50", None, 50.0), ("bis 5,0", None, 5.0), ("≥60", 60.0, None), ("-2 - 2", -2.0, 2.0),
        ("4,0-10,0 10*9/L", 4.0, 10.0), ("1 000 - 2 000", 1000.0, 2000.0), ("3.500 - 10,5", 3.5, 10.5),
    ],
)  # fmt: skip
def test_a_printed_range_has_its_ends(text, low, high):
    spread = read_range(text)
    assert (spread.low, spread.high, spread.open) == (low, high, False)


@pytest.mark.parametrize(
    "text",
    ["M 3-5 F 4-6", "M: 3-5; F: 4-6", "<6 years: up to 50", "18-60 years", "negative", "", "5.1 - 3.5", "see note"],
)
def test_what_is_no_one_range_has_no_ends(text):
    spread = read_range(text)
    assert (spread.low, spread.high) == (None, None)


def test_a_range_that_may_be_two_is_open_and_what_was_measured_settles_it():
    assert read_range("150.000 - 400.000").open
    assert read_range("1.005 - 1.030").open
    spread = read_range("1.005 - 1.030", within=(1.0, 1.1))
    assert (spread.low, spread.high) == (1.005, 1.03)
    assert read_range("150.000 - 400.000", ",").high == 400_000


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["7,5", "1.234"], ","), (["1,234.5"], "."), (["1.234.567"], ","), (["7.5", "7,5"], ""), (["25.000"], ""),
        (["120", "80"], ""), (["<0,1 mg/L"], ","), (["1,50,000"], "."), ([], ""), (["0.123"], "."),
    ],
)  # fmt: skip
def test_the_decimal_mark_is_told_by_the_numbers_that_show_it(texts, mark):
    assert decimal_mark(texts) == mark


@pytest.mark.parametrize(("text", "worth"), [("1.10", 0.01), ("120", 1), ("1.5e3", 100), ("Trace", 0)])
def test_the_last_digit_has_a_worth(text, worth):
    assert printed_precision(text) == pytest.approx(worth)


@pytest.mark.parametrize(("text", "value"), [("1.020", 1.02), ("1,020", 1.02), ("1020", 1020.0), ("1.100", 1.1)])
def test_a_specific_gravity_is_no_thousand(text, value):
    assert read_result(text, code="5811-5").value == value


def test_beyond_the_bounds_of_what_was_measured_a_number_stays_open():
    assert read_result("1.101", code="5811-5").readings == ("1.101", "1101")
    assert read_result("0.999", code="5811-5").value == 0.999


@pytest.mark.parametrize(
    ("ends", "value"), [((150, 400), 25.0), ((150_000, 400_000), 25_000.0), ((None, None), None), ((2, 3000), None)]
)
def test_the_range_settles_a_number_that_only_once_lies_near_it(ends, value):
    assert read_result("25.000", ends=ends).value == value


@pytest.mark.parametrize(
    ("text", "unit", "value", "read_unit", "flag"),
    [
        ("5.9 mmol/L H", "", 5.9, "mmol/L", "H"), ("5.9 H mmol/L", "", 5.9, "mmol/L", "H"),
        ("5.9*", "mmol/L", 5.9, "mmol/L", "*"),
        ("7.5 h", "", 7.5, "h", ""), ("60 mL/min", "mL/min", 60, "mL/min", ""), ("5,0 (calc)", "", 5.0, "", ""),
        ("5.9 (H)", "", 5.9, "", "H"), ("3.2 L", "mmol/L", 3.2, "mmol/L", "L"), ("25/µl", "", 25, "/µl", ""),
        ("5.4 mmol/L", "mg/dL", None, "", ""), ("12 of 30", "", None, "", ""), ("7 days ago", "", None, "", ""),
        ("2026-05-10", "", None, "", ""), ("120 80", "", None, "", ""),
    ],
)  # fmt: skip
def test_unit_and_flag_behind_a_number_are_told_apart(text, unit, value, read_unit, flag):
    result = read_result(text, unit=unit)
    assert (result.value, result.unit, result.flag) == (value, read_unit, flag)


def test_a_number_of_a_program_is_not_taken_for_the_text_that_looks_like_it():
    assert read_result("1.234").value is None
    assert read_result(ComputersNumber("1.234")).value == 1.234
    assert read_result("1.234").value is None


@pytest.mark.parametrize(
    ("text", "unit", "left"),
    [
        ("negative", "mg/dL", ""), ("calculado", "mg/dL", ""), ("98 µmol/l", "mg/dl", ""), ("5-10", "/hpf", "/hpf"),
        ("1 a 3", "/campo", "/campo"),
    ],
)  # fmt: skip
def test_words_have_no_unit_and_what_brings_its_own_has_not_that_of_its_column(text, unit, left):
    result = read_result(text, unit=unit)
    assert (result.value, result.text, result.unit) == (None, text, left)


@pytest.mark.parametrize(
    ("within", "left"),
    [
        ((1.5, 10.0), ("1.5",)), ((1.51, 10.0), ("1.5", "1500")), ((0.1, 1.5), ("1.5",)),
        ((0.1, 1.49), ("1.5", "1500")),
        ((1500.0, 2000.0), ("1500",)), ((1.5, 1500.0), ("1.5", "1500")), (None, ("1.5", "1500")),
    ],
)  # fmt: skip
def test_of_two_readings_the_one_within_the_bounds_counts_where_it_is_the_only_one(within, left):
    assert settled(("1.5", "1500"), within) == left


def test_one_reading_needs_no_bounds():
    assert settled(("1.5",), (100.0, 200.0)) == ("1.5",)


@pytest.mark.parametrize("text", [".500", ",500", "0,500", "0.500"])
def test_three_digits_behind_nought_or_nothing_are_decimals(text):
    assert [float(reading) for reading in readings_of(text)] == [0.5]


def test_of_one_range_both_ends_are_written_alike():
    """`3.500 - 3.100` isn't three and a half to three thousand."""
    assert (read_range("3.500 - 3.100").low, read_range("3.500 - 3.100").high) == (None, None)
    assert not read_range("3.500 - 3.100").open
    assert read_range("3.500 - 5.100").open
    assert read_range("< 1.500").open
    assert not read_range("none").open


@pytest.mark.parametrize(
    ("ends", "bounds"),
    [((0.5, 5.0), (0.05, 50.0)), ((0.0, 5.0), None), ((-1.0, 5.0), None), ((None, 5.0), None), ((0.5, None), None)],
)
def test_a_number_is_looked_for_within_ten_times_its_range(ends, bounds):
    assert _about(ends) == bounds
