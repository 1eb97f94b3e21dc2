"""Units as laboratories, portals and phones print them, and from one to another within one analyte."""

import json
import re
from dataclasses import replace
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.base import units
from organizer.base.analytes import analyte_of, converted, same_reading, siblings_of
from organizer.base.ucum import parsed
from organizer.base.units import (
    alike,
    is_ucum,
    readings_of,
    same_unit,
    spoken_dose,
    spoken_dose_unit,
    spoken_unit,
    ucum,
    unit_of,
    with_unit,
)

ANALYTES = json.loads((resources.files("resources") / "analytes.json").read_text("utf-8"))["analytes"]
UNITS = json.loads((resources.files("resources") / "units.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("K/uL", "10*3/uL"), ("x10E3/uL", "10*3/uL"), ("10^3/ul", "10*3/uL"), ("10³/µL", "10*3/uL"),
        ("x10(3)/mcL", "10*3/uL"), ("Thousand/uL", "10*3/uL"), ("THOUS/MCL", "10*3/uL"), ("10+3/ul", "10*3/uL"),
        ("x10exp9/L", "10*9/L"), ("E9/L", "10*9/L"), ("Tsd./µl", "10*3/uL"),
        ("miles/mm3", "10*3/mm3"), ("millones/mm³", "10*6/mm3"), ("Mio/µl", "10*6/uL"), ("G/l", "10*9/L"),
        ("T/L", "10*12/L"), ("g/l", "g/L"),
        ("M/uL", "10*6/uL"), ("MILL/MCL", "10*6/uL"), ("giga.l-1", "10*9/L"), ("cells/mcL", "{cells}/uL"),
        ("mEq/L", "meq/L"), ("UNITS/L", "U/L"), ("IU/L", "[IU]/L"), ("mcIU/mL", "u[IU]/mL"), ("mIU/L", "m[IU]/L"),
        ("µUI/ml", "u[IU]/mL"), ("m[iU]/L", "m[IU]/L"),
        ("mm Hg", "mm[Hg]"), ("mmHg", "mm[Hg]"), ("beats/min", "/min"), ("bpm", "/min"), ("lbs", "[lb_av]"),
        ("°F", "[degF]"), ("C", "Cel"), ("kg/m²", "kg/m2"), ("mL/min/1.73 m²", "mL/min/{1.73_m2}"),
        ("MG/DL", "mg/dL"), ("FL", "fL"), ("PG", "pg"), ("G/DL", "g/dL"), ("mcg/dL", "ug/dL"), ("mg/24 h", "mg/d"),
        ("mMol/L", "mmol/L"), ("mg/dl", "mg/dL"), ("µmol/l", "umol/L"), ("mm/1h", "mm/h"), ("%", "%"),
        ("IE/l", "[IU]/L"), ("/HPF", "/[HPF]"), ("per HPF", "/[HPF]"), ("/Gesichtsfeld", "/[HPF]"),
        ("µg/g Krea", "ug/g{creat}"),
        ("mg/(24.h)", "mg/(24.h)"), ("mmol/24h", "mmol/d"), ("‰", "[ppth]"), ("vol%", "%"),
    ],
)  # fmt: skip
def test_a_printed_unit_has_its_ucum_code(printed, code):
    assert ucum(printed) == code


@pytest.mark.parametrize("printed", ["", "G/L", "mil/µL", "X_10-3/uL", "md/dL", "xyz", "NA", "# per day", "10*3000/L"])
def test_what_means_nothing_or_two_things_has_no_code(printed):
    assert ucum(printed) == ""


def test_a_thousand_a_microlitre_is_no_kelvin():
    assert unit_of("K/uL").dimension == (("length", -3),)
    assert unit_of("K").dimension == (("kelvin", 1),)


def test_every_code_of_the_table_is_ucum():
    codes = {code for code in UNITS["whole"].values() if code} | set(UNITS["terms"].values())
    codes |= {f"{power}/{volume}" for power in UNITS["counts"].values() for volume in UNITS["volumes"].values()}
    codes |= {power for powers in UNITS["open"].values() for power in powers}
    assert [code for code in sorted(codes) if unit_of(code) is None] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("K/uL", "10*9/L"),
        ("mmHg", "mm[Hg]"),
        ("uIU/mL", "mIU/L"),
        ("ng/mL", "ug/L"),
        ("x", "x"),
        ("[iU]/L", "IU/L"),
        ("mg/24h", "mg/(24.h)"),
        ("/HPF", "/{HPF}"),
        ("K/uL", "x10E3/uL"),
        ("10*3/uL", "x10^9/L"),
    ],
)
def test_two_ways_to_print_one_unit(one, other):
    assert same_unit(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mg/dL", "mmol/L"), ("g/dL", "g/L"), ("U/L", "IU/L"), ("{score}", "{index}"), ("", "%"), ("x", "y"),
        ("mL/min", "mL/min/1.73m2"), ("mmol/mol", "mg/g"), ("mmol/mol", "1"),
    ],
)  # fmt: skip
def test_two_units_are_two(one, other):
    assert not same_unit(one, other)


@pytest.mark.parametrize(("apart", "same"), [(0.0, True), (1e-12, True), (2e-9, False), (0.01, False), (0.2, False)])
def test_factors_are_one_only_within_the_rounding_of_a_float(apart, same):
    litre = parsed("L")
    assert alike(litre, replace(litre, factor=litre.factor * (1 + apart))) is same


@pytest.mark.parametrize(("one", "other"), [("[in_i]", "[in_us]"), ("[ft_i]", "[ft_us]")])
def test_an_inch_and_a_foot_of_two_surveys_are_two(one, other):
    assert not alike(parsed(one), parsed(other))


@pytest.mark.parametrize(
    ("code", "conventional", "factor", "si"),
    [
        ("2345-7", "mg/dL", 0.0555, "mmol/L"), ("2160-0", "mg/dL", 88.4, "umol/L"),
        ("2093-3", "mg/dL", 0.0259, "mmol/L"), ("2571-8", "mg/dL", 0.0113, "mmol/L"),
        ("1975-2", "mg/dL", 17.1, "umol/L"), ("17861-6", "mg/dL", 0.2495, "mmol/L"),
        ("3094-0", "mg/dL", 0.357, "mmol/L"), ("3091-6", "mg/dL", 0.1665, "mmol/L"),
        ("22664-7", "mg/dL", 0.1665, "mmol/L"),
        ("16362-6", "ug/dL", 0.587, "umol/L"), ("17864-0", "mg/dL", 0.2495, "mmol/L"),
        ("2731-8", "pg/mL", 0.106, "pmol/L"),
        ("62292-8", "ng/mL", 2.496, "nmol/L"), ("2524-7", "mg/dL", 0.111, "mmol/L"),
        ("3084-1", "mg/dL", 59.48, "umol/L"),
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
    assert converted(2.5, "IU/mL", "U/mL", "9999-9") is None  # of nothing that is known
    assert converted(7, "something", "mmol/L", "2345-7") is None


def test_degrees_and_plain_units_need_no_analyte():
    assert converted(98.6, "°F", "Cel") == pytest.approx(37)
    assert converted(32, "°F", "Cel") == 0
    assert converted(154, "lbs", "kg") == pytest.approx(69.85, abs=0.01)
    assert converted(13, "g/dL", "g/L") == pytest.approx(130)


@pytest.mark.parametrize("analyte", ANALYTES, ids=[one["name"] for one in ANALYTES])
def test_each_figure_has_its_source(analyte):
    figures = [one for one in analyte.values() if isinstance(one, dict)]
    assert figures or analyte["codes"] or analyte["printed"]
    assert all(len(one["source"]) > 10 for one in figures)
    assert all(one.get("value", 1) > 0 for one in figures)
    assert all(analyte_of(code).name == analyte["name"] for code in analyte["codes"])


@given(st.text(max_size=30))
def test_any_text_may_stand_where_a_unit_should(printed):
    assert same_unit(printed, printed)
    unit = unit_of(printed)
    assert unit is None or unit.factor >= 0


def test_what_can_mean_two_things_has_both_readings_and_what_was_measured_settles_it():
    assert readings_of("mil/µL") == ("10*6/uL", "10*3/uL")
    assert readings_of("G/L") == ("10*9/L", "g/L")
    assert converted(4.5, "mil/µL", "10*12/L", "789-8") == pytest.approx(4.5)  # red cells: millions
    assert converted(7.2, "mil/mm3", "10*9/L", "6690-2") == pytest.approx(7.2)  # white cells: thousands
    assert converted(130, "G/L", "g/dL", "718-7") == pytest.approx(13.0)
    assert converted(250, "G/L", "10*3/uL", "777-3") == pytest.approx(250)
    assert converted(7.2, "mil/mm3", "10*9/L") is None


@pytest.mark.parametrize("unit", ["", "1", "{INR}", "{ratio}", "INR", "ratio"])
def test_a_number_of_one_measure_without_a_unit_is_one_with_a_note_for_a_unit(unit):
    assert converted(2.5, unit, "{INR}", "6301-6") == 2.5
    assert converted(2.5, "{INR}", unit, "http://loinc.org|34714-6") == 2.5
    assert same_reading(unit, "", "6301-6")


def test_a_missing_unit_is_no_percent_and_no_concentration():
    assert converted(0.42, "", "%", "4544-3") is None
    assert converted(5.0, "", "mmol/L", "2345-7") is None
    assert converted(2.5, "", "{INR}") is None  # of what was measured nothing is known


@pytest.mark.parametrize(
    ("code", "unit", "other"),
    [
        ("3016-3", "mIU/L", "mU/L"), ("11580-8", "µIU/mL", "mU/L"), ("15067-2", "IU/L", "U/L"),
        ("10501-5", "mIU/mL", "U/L"), ("20448-7", "µU/mL", "mIU/L"), ("21198-7", "mIU/mL", "U/L"),
        ("19113-0", "kU/L", "IU/mL"), ("8099-4", "IU/mL", "kU/L"), ("2842-3", "mIU/L", "mU/L"),
    ],
)  # fmt: skip
def test_the_only_unit_of_a_hormone_or_antibody_is_the_international_one(code, unit, other):
    assert same_reading(unit, other, code)


def test_two_units_of_one_number_are_not_the_same_reading():
    assert not same_reading("mg/dL", "mmol/L", "2345-7")
    assert not same_reading("%", "mmol/mol", "4548-4")
    assert not same_reading("mL/min", "mL/min/{1.73_m2}", "62238-1")


ALIKE = {
    "eGFR": "62238-1 98979-8 98980-6 33914-3 48642-3 48643-1 50044-7 69405-9 70969-1 77147-7 88293-6 88294-4",
    "Thyrotropin": "3016-3 11579-0 11580-8", "INR": "6301-6 34714-6", "Glucose": "2345-7 2339-0 2340-8 41653-7 14749-6",
    "Leukocytes": "6690-2 26464-8", "Platelets": "777-3 26515-7", "Calcium, ionised": "1994-3 1995-0 17863-2 17864-0",
    "Ammonia": "1841-6 22763-7 16362-6", "25-hydroxyvitamin D (as D3)": "62292-8 1989-3 68438-1 14635-7",
}  # fmt: skip


@pytest.mark.parametrize(("name", "codes"), ALIKE.items())
def test_codes_of_one_thing_are_one_analyte(name, codes):
    assert {analyte_of(code).name for code in codes.split()} == {name}
    assert set(codes.split()) <= set(siblings_of(codes.split()[0]))


def test_urea_is_no_urea_nitrogen_and_fasting_glucose_no_glucose_at_any_time():
    assert analyte_of("22664-7") is analyte_of("3091-6")
    assert analyte_of("3094-0") is not analyte_of("3091-6")
    assert analyte_of("1558-6") is not analyte_of("2345-7")
    assert converted(30, "mg/dL", "mmol/L", "3091-6") == pytest.approx(5.0, abs=0.01)
    assert converted(30, "mg/dL", "mmol/L", "3094-0") == pytest.approx(10.7, abs=0.01)


def test_a_molar_ratio_of_albumin_and_creatinine_is_no_ratio_of_masses():
    # 66.5 kg/mol of albumin by 113.12 g/mol of creatinine.
    assert converted(0.55, "mmol/mol", "mg/g", "14585-4") == pytest.approx(323, abs=1)
    assert converted(30, "mg/g", "mmol/mol", "9318-7") == pytest.approx(0.051, abs=0.001)
    assert converted(3.39, "mg/mmol", "mmol/mol", "9318-7") == pytest.approx(0.051, abs=0.001)
    assert converted(0.55, "mmol/mol", "mmol/mol{creat}", "14585-4") == pytest.approx(0.55)


def test_a_code_of_another_system_is_no_loinc_code():
    assert analyte_of("http://loinc.org|2345-7") is analyte_of("2345-7")
    assert analyte_of("urn:hospital|2345-7") is None
    assert siblings_of("title:INR") == ()


@pytest.mark.parametrize("analyte", ANALYTES, ids=[one["name"] for one in ANALYTES])
def test_every_unit_in_which_an_analyte_is_printed_can_be_converted_within_it(analyte):
    units = [unit for unit in analyte_of(analyte["codes"][0]).units if unit] if analyte["codes"] else []
    figureless = {"Insulin", "Oxygen saturation"}  # 1 µIU is no amount that all agree on
    odd = [unit for unit in units if converted(1.0, units[0], unit, analyte["codes"][0]) is None]
    # What one laboratory prints for the unit of another, though it isn't the same.
    allowed = {"eGFR": {"mL/min"}, "Erythrocyte sedimentation rate": {"mm"}, "MCHC": {"%"}}
    allowed |= {"Specific gravity": {"g/mL", "kg/L", "g/L"}}
    assert analyte["name"] in figureless or set(odd) <= allowed.get(analyte["name"].partition(",")[0], set())


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("[in_us]", "in"), ("[ft_us]", "ft"), ("[lb_us]", "lb"), ("[tsp_us]", "tsp"), ("[foz_us]", "fl oz"),
        ("us", "µs"), ("uL", "µL"), ("ug", "µg"), ("u[IU]/mL", "µIU/mL"), ("[iU]/L", "IU/L"), ("/[HPF]", "/HPF"),
        ("kg/m2", "kg/m²"), ("10*12/L", "10¹²/L"), ("mm[Hg]", "mmHg"), ("mg/g{creat}", "mg/gcreat"), ("min", "min"),
        ("mL/min/{1.73_m2}", "mL/min/1.73 m²"),
    ],
)  # fmt: skip
def test_a_unit_is_written_as_people_write_it(code, written):
    assert spoken_unit(code) == written


@pytest.mark.parametrize(
    ("unit", "written"),
    [("ug", "mcg"), ("µg", "mcg"), ("ug/h", "mcg/h"), ("U", "units"), ("IU", "units"), ("mg", "mg")],
)
def test_in_a_dose_no_unit_is_written_that_is_misread_for_another(unit, written):
    assert spoken_dose_unit(unit) == written


@pytest.mark.parametrize(
    ("dose", "written"),
    [
        ("18 [iU]", "18 units"),
        ("1000 [IU]/d", "1000 units/d"),
        ("50 µg", "50 mcg"), ("50ug", "50mcg"), ("25 μg/h", "25 mcg/h"), ("10U", "10 units"), ("5 IU", "5 units"),
        ("100 U/mL", "100 units/mL"), ("10 units", "10 units"), ("500 mg", "500 mg"), ("2 puffs", "2 puffs"), ("", ""),
    ],
)  # fmt: skip
def test_a_dose_that_was_written_otherwise_is_shown_without_what_is_misread(dose, written):
    assert spoken_dose(dose) == written


@pytest.mark.parametrize(
    "unit", ["mg/dL", "mg/dl", "10*3/uL", "mm[Hg]", "{INR}", "m[IU]/L", "mSv", "[ft_i]", "mg/(24.h)", "1", "%"]
)
def test_a_code_of_ucum_may_be_called_one(unit):
    assert is_ucum(unit)


@pytest.mark.parametrize("unit", ["K/uL", "M/uL", "MG/DL", "G/L", "mmHg", "tablet", "", "80", "°C", "mg / dL", "{µ}"])
def test_what_is_printed_otherwise_or_means_another_thing_there_is_no_code(unit):
    assert not is_ucum(unit)


@pytest.mark.parametrize("printed", ["m" + "9" * 5000, "10*" + "9" * 5000, "9" * 5000 + "/L", "mg" + "1" * 10])
def test_numbers_without_end_are_in_no_unit(printed):
    assert ucum(printed) == ""


def test_beside_a_number_a_power_of_ten_is_a_factor():
    assert with_unit("18", "10*3/uL") == "18 × 10³/µL"
    assert with_unit("5.4", "mmol/L") == "5.4 mmol/L"
    assert with_unit("2.5", "{INR}") == "2.5"
    assert with_unit("7", "d") == "7 days"


# The Unified Code for Units of Measure, tables 2 to 14: each by what it is made of.
MADE_OF = {
    "[ft_i]": (12, "[in_i]"), "[yd_i]": (3, "[ft_i]"), "[mi_i]": (5280, "[ft_i]"), "[ft_us]": (12, "[in_us]"),
    "[in_i]": (2.54, "cm"), "[oz_av]": (1 / 16, "[lb_av]"), "[stone_av]": (14, "[lb_av]"), "[lb_av]": (453.59237, "g"),
    "[foz_us]": (2, "[tbs_us]"), "[tbs_us]": (3, "[tsp_us]"), "[cup_us]": (8, "[foz_us]"), "[pt_us]": (2, "[cup_us]"),
    "[gal_us]": (8, "[pt_us]"), "L": (1000, "cm3"), "dL": (100, "mL"), "min": (60, "s"), "h": (60, "min"),
    "d": (24, "h"), "wk": (7, "d"), "a": (365.25, "d"), "mo": (365.25 / 12, "d"), "m[Hg]": (133.322, "kPa"),
    "m[H2O]": (9.80665, "kPa"), "bar": (100, "kPa"), "cal": (4.184, "J"), "[Cal]": (1000, "cal"),
    "kat": (6e7, "U"), "[ppth]": (1e-3, "1"), "[ppm]": (1e-6, "1"), "[ppb]": (1e-9, "1"), "%": (1e-2, "1"),
    "deg": (3.141592653589793 / 180, "rad"), "kg": (1e3, "g"), "ug": (1e-6, "g"), "ng": (1e-3, "ug"),
}  # fmt: skip


@pytest.mark.parametrize("unit", MADE_OF)
def test_a_unit_is_as_large_as_what_it_is_made_of(unit):
    times, other = MADE_OF[unit]
    whole, part = unit_of(unit), unit_of(other)
    assert whole is not None
    assert part is not None
    assert whole.dimension == part.dimension
    assert whole.factor == pytest.approx(times * part.factor, rel=1e-12)
    assert part.factor > 0


@pytest.mark.parametrize(
    ("value", "unit", "other", "converted_value"),
    [(98.6, "[degF]", "Cel", 37.0), (37.0, "Cel", "[degF]", 98.6), (32.0, "[degF]", "Cel", 0.0),
     (0.0, "Cel", "K", 273.15), (310.15, "K", "Cel", 37.0), (-40.0, "Cel", "[degF]", -40.0)],
)  # fmt: skip
def test_temperatures_have_their_own_noughts(value, unit, other, converted_value):
    assert converted(value, unit, other, "8310-5") == pytest.approx(converted_value)


@pytest.mark.parametrize(("length", "is_looked_up"), [(200, True), (201, False)])
def test_a_unit_has_two_hundred_letters_at_most(monkeypatch, length, is_looked_up):
    """What is longer is none, and would take minutes to be taken apart."""
    monkeypatch.setattr(units, "_readings", lambda printed: (printed[:1],))
    assert readings_of("m" * length) == (("m",) if is_looked_up else ())
