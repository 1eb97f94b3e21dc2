"""What the process gives away: no core dump, no look into its memory, no word of an error's message."""

import ctypes
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from organizer.base.process import (
    environment_of_the_system,
    forbid_dumps,
    private_folder,
    sweep_private_folders,
    traced,
)

ASK = """
import ctypes, os, resource, sys
sys.argv = ["casebook", "--version"]
import main
main.main()
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="dumps are switched off by other means elsewhere")
def test_the_program_leaves_no_core_dump(checkout):
    done = subprocess.run([sys.executable, "-c", ASK], cwd=checkout, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "(0, 0) 0"


def test_windows_makes_no_report_with_the_memory_of_the_program(monkeypatch):
    asked = []
    windows = SimpleNamespace(
        kernel32=SimpleNamespace(SetErrorMode=lambda mode: asked.append(mode)),
        wer=SimpleNamespace(WerAddExcludedApplication=lambda *told: asked.append(told)),
    )
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "executable", "/programs/casebook.exe")
    monkeypatch.setattr(ctypes, "windll", windows, raising=False)
    forbid_dumps()
    assert asked == [0x8003, ("casebook.exe", False)]


@pytest.mark.skipif(os.name != "posix", reason="the limit of core files is POSIX's")
def test_macos_lets_no_debugger_in(monkeypatch):
    asked = []
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: SimpleNamespace(ptrace=lambda *told: asked.append(told)))
    forbid_dumps()
    assert asked == [(31, 0, 0, 0)]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="signals and dumps of Linux")
def test_a_program_that_falls_over_writes_no_file(checkout, tmp_path):
    code = "from organizer.base.process import forbid_dumps; forbid_dumps(); import os; os.abort()"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(checkout)}, check=False
    )
    assert done.returncode < 0
    assert list(tmp_path.iterdir()) == []


def test_an_error_is_told_by_its_type_and_our_lines_only():
    try:
        raise ValueError("Zebrafever, 7.5 mmol/L")
    except ValueError as error:
        told = traced(error)
    assert told.startswith("ValueError\n")
    assert "test_process.py" in told
    assert "Zebra" not in told


def test_an_error_of_the_packaged_program_is_told_by_its_lines_too():
    """There the names of files are relative, as PyInstaller compiles them, and no file of that name exists."""
    source = "def fall():\n    raise KeyError('Zebrafever')\n"
    ours: dict = {}
    exec(compile(source, "organizer/services/frozen.py", "exec"), ours)
    others: dict = {"fall": ours["fall"]}
    exec(compile("def call():\n    fall()\n", "click/core.py", "exec"), others)
    try:
        others["call"]()
    except KeyError as error:
        told = traced(error)
    assert "organizer/services/frozen.py:2 fall" in told
    assert "click" not in told
    assert "Zebra" not in told


def test_a_program_that_is_not_ours_gets_the_libraries_of_the_system(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/casebook/_internal")
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    assert "LD_LIBRARY_PATH" not in environment_of_the_system()
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/usr/lib/own")
    assert environment_of_the_system()["LD_LIBRARY_PATH"] == "/usr/lib/own"


def test_an_unforeseen_error_of_a_command_says_no_word_of_the_record(monkeypatch, tmp_path, capsys):
    from organizer import commands
    from organizer.services.record import records

    def _fall(*_arguments):
        raise KeyError("Zebrafever")

    monkeypatch.setattr(records, "open_record", _fall)
    words = tmp_path / "words.txt"
    words.write_text("Kiwi-Regen-77\n", encoding="utf-8")
    monkeypatch.setenv("CASEBOOK_PASSPHRASE_FILE", str(words))
    assert commands.run_command(["verify", "nowhere.casebook"]) == 1
    said = capsys.readouterr().err
    assert "Nothing that was saved is lost." in said
    assert "KeyError" in said
    assert "Zebra" not in said


def test_a_folder_for_passing_things_is_nobody_elses():
    folder = private_folder("casebook-test-")
    if os.name == "posix":
        assert folder.stat().st_mode & 0o077 == 0
    folder.rmdir()


@pytest.mark.skipif(sys.platform == "win32", reason="there the day of the folder decides")
def test_what_a_killed_run_left_is_removed_and_nothing_else(tmp_path, monkeypatch):
    over = subprocess.Popen([sys.executable, "-c", ""])
    over.wait()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    mine = private_folder("casebook-pasted-")
    left = tmp_path / f"casebook-pasted-{over.pid}-abc_de12"
    shared = tmp_path / f"casebook-pasted-{over.pid}-shared12"
    file = tmp_path / f"casebook-copy-{over.pid}-abcdefgh"
    other = [
        tmp_path / name for name in (f"casebook-{over.pid}", f"casebook-pasted-{over.pid}", "casebook-pasted-mine")
    ]
    for folder in (left, shared, *other):
        folder.mkdir(mode=0o700)
        (folder / "picture.png").write_text("x")
    shared.chmod(0o755)
    file.write_text("x")
    link = tmp_path / f"casebook-copy-{over.pid}-linked12"
    link.symlink_to(other[0])
    sweep_private_folders()
    assert not left.exists()
    assert all((folder / "picture.png").exists() for folder in (shared, *other))
    assert file.exists()
    assert link.is_symlink()
    assert mine.is_dir()
