"""Numbers and units as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.base.quantities import parse_number
from organizer.base.units import spoken_unit


@pytest.mark.parametrize(
    ("ucum", "printed"),
    [
        ("mm[Hg]", "mmHg"),
        ("umol/L", "µmol/L"),
        ("ug/mL", "µg/mL"),
        ("10*3/uL", "10³/µL"),
        ("10*-3", "10⁻³"),
        ("u[IU]/mL", "µIU/mL"),
        ("mL/min/{1.73_m2}", "mL/min/1.73 m²"),
        ("Cel", "°C"),
        ("{score}", ""),
        ("{beats}/min", "beats/min"),
        ("g/g", "g/g"),
        ("mg/dL", "mg/dL"),
        ("U/L", "U/L"),
        ("", ""),
    ],
)
def test_a_ucum_code_is_shown_as_people_write_it(ucum, printed):
    assert spoken_unit(ucum) == printed


@given(st.text())
def test_any_unit_can_be_shown(unit):
    assert "{" not in spoken_unit(unit)


@pytest.mark.parametrize(
    ("text", "comparator", "digits"), [("<0.10", "<", "0.10"), ("≥ 60", ">=", "60"), ("-1.5e3", "", "-1.5e3")]
)
def test_a_number_keeps_its_digits_and_its_comparator(text, comparator, digits):
    number = parse_number(text)
    assert (number.comparator, number.text) == (comparator, digits)


@pytest.mark.parametrize("text", ["1:40", "positive", "", "1,5", "3+", "1e999"])
def test_words_and_mixtures_are_no_numbers(text):
    assert parse_number(text) is None
