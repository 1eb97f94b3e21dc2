"""The set-up that each make target runs first: it installs what it may, names what it may not."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere nothing is installed")


@pytest.fixture
def setup(checkout: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("setup_machine", checkout / "packaging" / "setup_machine.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def ran(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would have been run; each of them seems to go well."""
    commands: list[list[str]] = []
    monkeypatch.setattr(setup, "run_quietly", lambda command: commands.append(command) or True)
    monkeypatch.setattr(setup.shutil, "which", lambda name: f"/usr/bin/{name}")
    return commands


def test_nothing_is_run_where_nothing_is_missing(
    setup: ModuleType, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "missing_packages", lambda: ([], []))
    assert setup.prepare_system()
    assert ran == []


def test_root_gets_the_missing_packages_after_a_fresh_list(
    setup: ModuleType, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([(["libegl1"], ["poppler-utils"]), ([], [])])
    monkeypatch.setattr(setup, "missing_packages", lambda: next(answers))
    monkeypatch.setattr(setup, "root_prefix", list)
    assert setup.prepare_system()
    assert ran[0][-1] == "update"
    assert ran[1][-2:] == ["libegl1", "poppler-utils"]


def test_who_may_not_install_is_told_in_one_line_to_copy(
    setup: ModuleType, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup, "missing_packages", lambda: (["libegl1"], ["poppler-utils"]))
    monkeypatch.setattr(setup, "root_prefix", lambda: None)
    assert not setup.prepare_system()
    assert ran == []
    assert capsys.readouterr().err.splitlines() == ["Please run:  sudo apt-get install -y libegl1 poppler-utils"]


def test_what_is_only_missed_later_stops_nobody(
    setup: ModuleType, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "missing_packages", lambda: ([], ["poppler-utils"]))
    monkeypatch.setattr(setup, "root_prefix", lambda: None)
    assert setup.prepare_system()


def test_a_library_that_is_not_there_does_not_load(setup: ModuleType) -> None:
    assert setup.loads("libc.so.6")
    assert not setup.loads("libcasebook-none.so.0")


def test_the_environment_is_current_only_for_the_lock_it_was_filled_from(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lock, stamp = tmp_path / "requirements.lock", tmp_path / "lock.sha256"
    lock.write_text("click==8\n")
    monkeypatch.setattr(setup, "LOCK", lock)
    monkeypatch.setattr(setup, "STAMP", stamp)
    monkeypatch.setattr(setup, "VENV_PYTHON", Path(sys.executable))
    assert not setup.venv_is_current()
    stamp.write_text(setup.wanted_stamp() + "\n")
    assert setup.venv_is_current()
    lock.write_text("click==9\n")
    assert not setup.venv_is_current()
