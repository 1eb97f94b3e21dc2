import json
from importlib import resources

import pytest

from organizer.base.analyte_names import analytes_named, loinc_of, unit_beside
from organizer.importing.lab_reports.printed_units import is_unit_of_a_report, recognised_unit


@pytest.mark.parametrize(
    ("printed", "ucum"),
    [
        ("K/uL", "10*3/uL"), ("x10E3/uL", "10*3/uL"), ("10^9 /L", "10*9/L"), ("10⁹/L", "10*9/L"), ("Tsd/µl", "10*3/uL"), ("G/l", "10*9/L"), ("g/l", "g/L"),
        ("mEq/L", "meq/L"), ("µmol/l", "umol/L"), ("UI/L", "[IU]/L"), ("mL/min/1,73 m²", "mL/min/{1.73_m2}"), ("mm/h", "mm/h"), ("Mio/µl", "10*6/uL"), ("k", ""),
    ],
)  # fmt: skip
def test_printed_units_are_known_by_their_synonyms(printed: str, ucum: str) -> None:
    assert unit_beside(printed, ()) == ucum


@pytest.mark.parametrize(
    "printed", ["UNITS", "k", "A/G", "H/L", "N/A", "S/D", "M/F", "day", "in", "C", "F", "week", "m/l"]
)
def test_words_that_are_units_elsewhere_are_none_in_a_report(printed: str) -> None:
    assert not is_unit_of_a_report(printed)


@pytest.mark.parametrize(
    "printed",
    ["mg/dL", "K/uL", "%", "fL", "mm/h", "mL/min", "/HPF", "U/L", "g/24h", "mmol/mol", "L/L", "(mg/dl)", "INR"],
)
def test_what_a_laboratory_prints_as_a_unit_is_one(printed: str) -> None:
    assert is_unit_of_a_report(printed)


def test_a_unit_that_means_two_things_is_settled_by_the_name_beside_it() -> None:
    assert unit_beside("mil/µL", analytes_named("Hematíes")) == "10*6/uL"
    assert unit_beside("mil/µL", analytes_named("Leucocitos")) == "10*3/uL"
    assert unit_beside("G/L", analytes_named("HEMOGLOBINE")) == "g/L"
    assert unit_beside("G/L", analytes_named("LEUCOCYTES")) == "10*9/L"
    assert unit_beside("mil/µL", ()) == ""


def test_a_misread_unit_is_taken_only_where_one_plausible_unit_fits() -> None:
    assert recognised_unit("mg/dI", ["mg/dL", "mmol/L"]) == "mg/dL"
    assert recognised_unit("pmol/L", ["umol/L", "mg/dL"]) == "umol/L"
    assert recognised_unit("???", ["umol/L", "mg/dL"]) == ""


@pytest.mark.parametrize(
    "name", ["Kreatinin i.S.", "S-Kreatinin", "Creatinine, Serum", "Créatinine", "CREATININA", "Serum creatinine", "Creatinine (enzymatic)"]
)  # fmt: skip
def test_one_analyte_has_many_names(name: str) -> None:
    found = analytes_named(name)
    assert loinc_of(found, "", "mg/dL") == "2160-0"
    assert loinc_of(found, "", "umol/L") == "14682-9"
    assert loinc_of(found, "", "furlong") == ""


def test_a_name_of_two_things_gets_no_code_without_a_unit_that_decides() -> None:
    assert len(analytes_named("TP")) > 1
    assert loinc_of(analytes_named("TP"), "", "%") == "5894-1"
    assert loinc_of(analytes_named("TP"), "", "s") == "5902-2"


def test_every_code_of_the_table_has_its_check_digit() -> None:
    table = json.loads((resources.files("resources") / "analytes.json").read_text("utf-8"))["analytes"]
    rows = [printed for analyte in table for printed in analyte.get("printed", ())]
    codes = [code.rpartition(":")[2] for row in rows for code in row["codes"]]
    listed = {code for analyte in table for code in analyte["codes"]}
    assert set(codes) <= listed
    assert len(rows) >= 120
    assert [code for code in codes if not _checked(code)] == []


def _checked(code: str) -> bool:
    """LOINC's check digit (mod 10: every other digit from the right doubled)."""
    number, _dash, check = code.partition("-")
    digits = [int(one) * (2 - place % 2) for place, one in enumerate(reversed(number))]
    return (10 - sum(one // 10 + one % 10 for one in digits) % 10) % 10 == int(check)


@pytest.mark.parametrize(
    ("name", "is_known"), [("Ferritin", True), ("Ferrltin", True), ("Albumin", True), ("Albumln", False)]
)
def test_of_a_recognised_name_one_letter_of_eight_may_be_misread(name, is_known):
    """Of seven it may be another name."""
    assert bool(analytes_named(name, recognised=True)) is is_known
    assert bool(analytes_named(name)) is (name in ("Ferritin", "Albumin"))
