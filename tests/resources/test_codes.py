"""The LOINC codes that the tables and the readers know: typed without a slip, each for one thing."""

import json
import re
from importlib import resources

import pytest

from tests.house.source import ROOT

CODE = re.compile(r"\b(\d{3,5})-(\d)\b")
TABLES = ("analytes.json", "measures.json", "goals.json")


def slips(text):
    """Codes whose last digit doesn't follow from the others (modulus 10, LOINC Users' Guide, appendix C)."""

    def wrong(body, check):
        doubled = "".join(str(int(digit) * (2 if place % 2 == 0 else 1)) for place, digit in enumerate(body[::-1]))
        return (sum(map(int, doubled)) + int(check)) % 10 != 0

    return [match[0] for match in CODE.finditer(text) if wrong(match[1], match[2])]


@pytest.mark.parametrize("table", TABLES)
def test_no_code_of_a_table_has_a_slip(table):
    assert slips((resources.files("resources") / table).read_text("utf-8")) == []


def test_no_code_of_a_reader_has_a_slip():
    quoted = re.compile(r"\"(\d{3,5}-\d)\"")
    for path in (ROOT / "organizer").rglob("*.py"):
        assert slips(" ".join(quoted.findall(path.read_text("utf-8")))) == [], path


def test_a_slip_is_recognised():
    assert slips("2345-7, 2345-8, 2354-7") == ["2345-8", "2354-7"]


def test_a_code_stands_for_one_thing():
    told = json.loads((resources.files("resources") / "analytes.json").read_text("utf-8"))["analytes"]
    codes = [code for one in told for code in one["codes"]]
    assert len(codes) == len(set(codes))
