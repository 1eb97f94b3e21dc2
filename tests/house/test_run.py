"""The tasks of a machine without make: the same as make's, and each leads to a file that is there."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.house.source import make_targets


@pytest.fixture
def run(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setattr(sys, "path", list(sys.path))
    spec = importlib.util.spec_from_file_location("packaging_run", checkout / "packaging" / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "packaging_run", module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module.setup_machine, "main", lambda: 0)
    return module


@pytest.fixture
def commands(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What would have been run; a step that holds `fails` ends with 3."""
    ran: list[list[str]] = []

    class _Done:
        def __init__(self, returncode: int) -> None:
            self.returncode = returncode

    def started(command: list[str], **_told: object) -> _Done:
        ran.append(command)
        return _Done(3 if "fails" in command[-1] else 0)

    monkeypatch.setattr(run.subprocess, "run", started)
    return ran


def test_make_offers_what_the_file_offers(run: ModuleType) -> None:
    assert make_targets() - {"benchmark"} == set(run.TASKS)


def test_each_task_leads_to_files_that_are_there(run: ModuleType, checkout: Path) -> None:
    steps = [step for task in run.TASKS.values() for step in task.steps]
    files = [step[0] for step in steps if not step[0].startswith("-")]
    assert files
    assert [name for name in files if not (checkout / name).is_file()] == []


def test_what_follows_the_name_goes_to_the_last_step(run: ModuleType, commands: list[list[str]]) -> None:
    assert run.main(["test", "-k", "paths"]) == 0
    assert [command[1:2] for command in commands] == [["packaging/check.py"], ["-m"]]
    assert commands[-1][-2:] == ["-k", "paths"]


def test_a_step_that_fails_ends_the_task(run: ModuleType, commands: list[list[str]]) -> None:
    run.TASKS["two"] = run.Task("", (("fails.py",), ("never.py",)))
    assert run.main(["two"]) == 3
    assert len(commands) == 1


@pytest.mark.parametrize(("words", "code"), [([], 0), (["--help"], 0), (["dmeo"], 2)])
def test_the_tasks_are_listed(run: ModuleType, capsys: pytest.CaptureFixture[str], words: list[str], code: int) -> None:
    assert run.main(words) == code
    assert "  demo  " in capsys.readouterr().out


def test_nothing_runs_on_a_machine_that_is_not_ready(
    run: ModuleType, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run.setup_machine, "main", lambda: 1)
    assert run.main(["demo"]) == 1
    assert commands == []
