"""Whoever gets the program gets the notices of what is in it; they follow the lock."""

import re
import runpy
import tomllib

import pytest

from organizer.base.version import VERSION
from tests.house.source import ROOT

NOTICES = (ROOT / "resources/licences/third-party.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def script():
    return runpy.run_path(str(ROOT / "packaging/notices.py"))


def table():
    """Name, version and licence of each package."""
    lines = NOTICES.partition("\nPackages\n\n")[2].partition("\n\n")[0].splitlines()
    return [re.fullmatch(r"(\S+) (\S+) \((.+)\)", line).groups() for line in lines]


def noticed():
    return {name: version for name, version, _licence in table()}


def test_each_package_of_the_lock_that_runs_is_noticed_with_its_version(script):
    locked = script["locked"]()
    assert noticed() == {name: locked[name] for name in script["runtime"]()}, "run packaging/notices.py"


def test_tools_of_the_developer_are_not_noticed():
    assert {"pyside6-essentials", "sqlcipher3", "click", "pillow"} <= set(noticed())
    assert not {"mypy", "pytest", "ruff", "uv", "hypothesis"} & set(noticed())


def test_each_font_and_icon_set_is_noticed_with_a_licence_that_is_there(script):
    folder = ROOT / "resources/licences"
    named = {file for _name, _terms, file in (*script["RESOURCES"], *script["OF_QT"])}
    assert all(file in NOTICES for file in named)
    assert named == {path.name for path in folder.glob("*.txt")} - {"third-party.txt"}


def test_no_copyleft_stands_in_the_notices_but_those_that_let_a_program_link():
    assert not [name for name, _version, licence in table() if re.search(r"(?<!L)GPL", licence)]


def test_qts_licence_comes_along_with_how_to_exchange_qt():
    lesser, general = (
        (ROOT / "resources/licences" / name).read_text(encoding="utf-8") for name in ("LGPL-3.0.txt", "GPL-3.0.txt")
    )
    assert "Combined Work" in lesser
    assert "TERMS AND CONDITIONS" in general
    said = " ".join(NOTICES.split())
    assert all(words in said for words in ("_internal/PySide6", "code.qt.io", "You may change them"))


def test_the_version_is_the_projects():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION
