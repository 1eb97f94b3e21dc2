"""The workflows of a public forge: what they call is there, and nothing in them moves under our feet."""

import re
from pathlib import Path

import pytest

from tests.house.source import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_each_action_is_pinned_by_a_commit_and_named_by_its_release(file: Path) -> None:
    used = re.findall(r"uses: (\S+)(.*)", file.read_text(encoding="utf-8"))
    assert used
    loose = [name for name, rest in used if not re.search(r"@[0-9a-f]{40}$", name) or not re.search(r"# v\d", rest)]
    assert loose == []


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_a_workflow_may_read_only_but_where_it_says_so(file: Path) -> None:
    words = file.read_text(encoding="utf-8")
    assert "\npermissions:\n  contents: read\n" in words
    assert words.count("contents: write") == (file.name == "release.yml")


def test_what_they_run_is_a_task_of_ours() -> None:
    told = " ".join(file.read_text(encoding="utf-8") for file in WORKFLOWS)
    tasks = set(re.findall(r"packaging/run\.py (\S+)", told))
    source = (ROOT / "packaging" / "run.py").read_text(encoding="utf-8")
    assert {"test", "package", "setup"} <= tasks
    assert all(f'"{task}": Task(' in source for task in tasks)


def test_the_installer_takes_the_folder_that_is_built() -> None:
    words = (ROOT / "packaging" / "windows" / "casebook.iss").read_text(encoding="utf-8")
    assert r"..\..\build\app\casebook" in words
    assert (ROOT / "packaging" / "flatpak" / "org.casebook.Casebook.yml").read_text(encoding="utf-8").count(
        "share=network"
    ) == 0
