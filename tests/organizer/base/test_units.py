"""Units as laboratories, portals and phones print them, and from one to another within one analyte."""

import json
import re
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.base.analytes import analyte_of, converted
from organizer.base.units import same_unit, ucum, unit_of

ANALYTES = json.loads((resources.files("resources") / "analytes.json").read_text("utf-8"))["analytes"]
UNITS = json.loads((resources.files("resources") / "units.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("K/uL", "10*3/uL"), ("x10E3/uL", "10*3/uL"), ("10^3/ul", "10*3/ul"), ("10³/µL", "10*3/uL"),
        ("x10(3)/mcL", "10*3/uL"), ("Thousand/uL", "10*3/uL"), ("THOUS/MCL", "10*3/uL"), ("10+3/ul", "10*3/ul"),
        ("M/uL", "10*6/uL"), ("MILL/MCL", "10*6/uL"), ("giga.l-1", "10*9/L"), ("cells/mcL", "{cells}/uL"),
        ("mEq/L", "meq/L"), ("UNITS/L", "U/L"), ("IU/L", "[iU]/L"), ("mcIU/mL", "u[iU]/mL"), ("mIU/L", "m[iU]/L"),
        ("mm Hg", "mm[Hg]"), ("mmHg", "mm[Hg]"), ("beats/min", "/min"), ("bpm", "/min"), ("lbs", "[lb_av]"),
        ("°F", "[degF]"), ("C", "Cel"), ("kg/m²", "kg/m2"), ("mL/min/1.73 m²", "mL/min/{1.73_m2}"),
        ("MG/DL", "mg/dL"), ("FL", "fL"), ("PG", "pg"), ("G/DL", "g/dL"), ("mcg/dL", "ug/dL"), ("mg/24 h", "mg/d"),
        ("mMol/L", "mmol/L"), ("mg/dl", "mg/dl"), ("µmol/l", "umol/l"), ("mm/1h", "mm/h"), ("%", "%"),
        ("IE/l", "[iU]/L"),
    ],
)  # fmt: skip
def test_a_printed_unit_has_its_ucum_code(printed, code):
    assert ucum(printed) == code


@pytest.mark.parametrize("printed", ["", "G/L", "T/L", "X_10-3/uL", "md/dL", "xyz", "NA", "# per day", "10*3000/L"])
def test_what_means_nothing_or_two_things_has_no_code(printed):
    assert ucum(printed) == ""


def test_a_thousand_a_microlitre_is_no_kelvin():
    assert unit_of("K/uL").dimension == (("length", -3),)
    assert unit_of("K").dimension == (("kelvin", 1),)


def test_every_code_of_the_table_is_ucum():
    codes = {code for code in UNITS["whole"].values() if code} | set(UNITS["terms"].values())
    assert [code for code in sorted(codes) if unit_of(code) is None] == []


@pytest.mark.parametrize(
    ("one", "other"), [("K/uL", "10*9/L"), ("mmHg", "mm[Hg]"), ("uIU/mL", "mIU/L"), ("ng/mL", "ug/L"), ("x", "x")]
)
def test_two_ways_to_print_one_unit(one, other):
    assert same_unit(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mg/dL", "mmol/L"), ("g/dL", "g/L"), ("U/L", "IU/L"), ("{score}", "{index}"), ("", "%"), ("x", "y"),
        ("mL/min", "mL/min/1.73m2"),
    ],
)  # fmt: skip
def test_two_units_are_two(one, other):
    assert not same_unit(one, other)


@pytest.mark.parametrize(
    ("code", "conventional", "factor", "si"),
    [
        ("2345-7", "mg/dL", 0.0555, "mmol/L"), ("2160-0", "mg/dL", 88.4, "umol/L"),
        ("2093-3", "mg/dL", 0.0259, "mmol/L"), ("2571-8", "mg/dL", 0.0113, "mmol/L"),
        ("1975-2", "mg/dL", 17.1, "umol/L"), ("17861-6", "mg/dL", 0.2495, "mmol/L"),
        ("3094-0", "mg/dL", 0.357, "mmol/L"), ("3084-1", "mg/dL", 59.48, "umol/L"),
        ("2498-4", "ug/dL", 0.179, "umol/L"), ("2132-9", "pg/mL", 0.738, "pmol/L"),
        ("1989-3", "ng/mL", 2.496, "nmol/L"), ("2284-8", "ng/mL", 2.266, "nmol/L"),
        ("3024-7", "ng/dL", 12.87, "pmol/L"), ("2143-6", "ug/dL", 27.59, "nmol/L"),
        ("2986-8", "ng/dL", 0.0347, "nmol/L"), ("19123-9", "mg/dL", 0.4114, "mmol/L"),
        ("2777-1", "mg/dL", 0.3229, "mmol/L"), ("718-7", "g/dL", 0.6206, "mmol/L"),
        ("2823-3", "mEq/L", 1.0, "mmol/L"), ("17861-6", "mEq/L", 0.5, "mmol/L"),
        ("1742-6", "IU/L", 1.0, "U/L"), ("9318-7", "mg/g", 0.1131, "mg/mmol"),
    ],
)  # fmt: skip
def test_conversions_agree_with_the_published_factors(code, conventional, factor, si):
    # The factors are those of the AMA Manual of Style's table of SI conversions, printed to three or four digits.
    assert converted(1.0, conventional, si, code) == pytest.approx(factor, rel=0.006)
    assert converted(converted(3.0, conventional, si, code), si, conventional, code) == pytest.approx(3.0)


# IUPAC's standard atomic weights of 2021, abridged, and what a molecule of each analyte is made of.
WEIGHTS = {
    "H": 1.008, "C": 12.011, "N": 14.007, "O": 15.999, "P": 30.974, "Co": 58.933, "I": 126.90, "Na": 22.990,
    "K": 39.098, "Cl": 35.45, "Ca": 40.078, "Mg": 24.305, "Fe": 55.845, "Zn": 65.38, "Cu": 63.546, "Li": 6.94,
}  # fmt: skip
FORMULAS = {
    "2345-7": "C6H12O6", "2160-0": "C4H7N3O", "9318-7": "C4H7N3O", "2093-3": "C27H46O", "2571-8": "C57H104O6",
    "1975-2": "C33H36N4O6", "17861-6": "Ca", "3094-0": "N2", "3091-6": "CH4N2O", "3084-1": "C5H4N4O3",
    "2498-4": "Fe", "62292-8": "C27H44O2", "1989-3": "C27H44O2", "2132-9": "C63H88CoN14O14P", "2284-8": "C19H19N7O6",
    "2823-3": "K", "2951-2": "Na", "2075-0": "Cl", "1963-8": "CHO3", "19123-9": "Mg", "2777-1": "P", "3719-2": "Li",
    "5763-8": "Zn", "5631-7": "Cu", "1841-6": "NH3", "3026-2": "C15H11I4NO4", "3053-6": "C15H12I3NO4",
    "2143-6": "C21H30O5", "2986-8": "C19H28O2", "2243-4": "C18H24O2", "2839-9": "C21H30O2",
}  # fmt: skip


@pytest.mark.parametrize(("code", "formula"), FORMULAS.items())
def test_a_molar_mass_is_that_of_the_formula(code, formula):
    parts = re.findall(r"([A-Z][a-z]?)(\d*)", formula)
    assert analyte_of(code).molar_mass == pytest.approx(
        sum(WEIGHTS[element] * int(count or 1) for element, count in parts), rel=2e-4
    )


@pytest.mark.parametrize(("ngsp", "ifcc"), [(5.0, 31), (6.0, 42), (6.5, 48), (7.0, 53), (8.0, 64), (10.0, 86)])
def test_hba1c_follows_the_master_equation(ngsp, ifcc):
    assert converted(ngsp, "%", "mmol/mol", "4548-4") == pytest.approx(ifcc, abs=0.5)
    assert converted(ifcc, "mmol/mol", "%", "4548-4") == pytest.approx(ngsp, abs=0.05)


def test_nothing_is_converted_beyond_its_analyte():
    assert converted(126, "mg/dL", "mmol/L") is None
    assert converted(126, "mg/dL", "mmol/L", "1751-7") is None  # albumin: no molar mass is given
    assert converted(126, "mg/dL", "U/L", "2345-7") is None
    assert converted(4, "K/uL", "mmol/L", "2345-7") is None
    assert converted(2.5, "uIU/mL", "U/L", "3016-3") is None  # thyrotropin's international unit is no enzyme's
    assert converted(7, "something", "mmol/L", "2345-7") is None


def test_degrees_and_plain_units_need_no_analyte():
    assert converted(98.6, "°F", "Cel") == pytest.approx(37)
    assert converted(32, "°F", "Cel") == 0
    assert converted(154, "lbs", "kg") == pytest.approx(69.85, abs=0.01)
    assert converted(13, "g/dL", "g/L") == pytest.approx(130)


@pytest.mark.parametrize("analyte", ANALYTES, ids=[one["name"] for one in ANALYTES])
def test_each_figure_has_its_source(analyte):
    figures = [one for one in analyte.values() if isinstance(one, dict)]
    assert figures
    assert all(len(one["source"]) > 10 for one in figures)
    assert all(one.get("value", 1) > 0 for one in figures)
    assert all(analyte_of(code).name == analyte["name"] for code in analyte["codes"])


@given(st.text(max_size=30))
def test_any_text_may_stand_where_a_unit_should(printed):
    assert same_unit(printed, printed)
    unit = unit_of(printed)
    assert unit is None or unit.factor >= 0
