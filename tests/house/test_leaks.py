"""Ways out that no reader of a feature would think of, closed in the source itself; see SECURITY.md."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT, imported, product, short, tree

STARTS_PROGRAMS = {"subprocess", "pty", "PySide6.QtGui.QDesktopServices", "PySide6.QtCore.QProcess"}
# Tesseract gets a page through a pipe and answers through one: nothing of it is a file.
MAY_START = {"organizer/importing/recognition.py"}
LOGGER = re.compile(r"\b(logging|logger|log|getLogger)\b")
LEVELS = {"debug", "info", "warning", "error", "exception", "critical", "log", "basicConfig", "FileHandler"}
DYNAMIC = {"__import__", "import_module"}
TESTS_NAMED = re.compile(r"`(tests/[\w/.-]+)`")
MAKE = re.compile(r"`make ([a-z-]+)`")
HISTORY = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog
from ui.app import make_application
application = make_application([])
QTimer.singleShot(300, lambda: application.activeModalWidget().accept())
print(QFileDialog.getExistingDirectory(None, "Open", sys.argv[1]))
"""


def sources() -> list[object]:
    return [pytest.param(path, id=short(path)) for path in product()]


@pytest.mark.parametrize("path", sources())
def test_no_other_program_is_started(path: Path) -> None:
    started = set() if short(path) in MAY_START else imported(tree(path)) & STARTS_PROGRAMS
    called = [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"os.system", "os.popen", "os.startfile"}
    ]
    assert not started, f"{short(path)} imports {sorted(started)}: another program would get a document in plain."
    assert not called, f"{short(path)}, lines {called}: another program would get a document in plain."


@pytest.mark.parametrize("path", sources())
def test_no_log_is_kept(path: Path) -> None:
    """A library's own log may be silenced; nobody writes to one."""
    written = [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in LEVELS and LOGGER.search(ast.unparse(node.value))
    ]
    assert not written, f"{short(path)}, lines {written}: what is not logged cannot be read in a log."


@pytest.mark.parametrize("path", sources())
def test_every_import_can_be_read(path: Path) -> None:
    hidden = [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in DYNAMIC
    ]
    assert not hidden, f"{short(path)}, lines {hidden}: a module that is named at run time hides from the checks."


def test_a_hidden_import_is_recognised() -> None:
    call = ast.parse("importlib.import_module('socket')").body[0].value  # type: ignore[attr-defined]
    assert ast.unparse(call.func).rpartition(".")[2] in DYNAMIC


def test_qts_file_dialog_keeps_no_history(tmp_path: Path, checkout: Path) -> None:
    folder = tmp_path / "Zebrafever papers"
    folder.mkdir()
    home = tmp_path / "home"
    home.mkdir()
    environment = {"HOME": str(home), "PATH": "", "PYTHONPATH": str(checkout), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", HISTORY, str(folder)],
        cwd=checkout, env=environment, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.strip() == str(folder)
    said = [str(one) for one in home.rglob("*") if one.is_file() and b"Zebra" in one.read_bytes()]
    assert said == []


@pytest.mark.parametrize("document", ["SECURITY.md"])
def test_tests_that_a_promise_names_exist(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    named = set(TESTS_NAMED.findall(text))
    assert len(named) > 5
    missing = sorted(name for name in named if not (ROOT / name).exists())
    assert not missing, f"{document} promises what {missing} would test, which are not there."


def test_each_promise_names_its_test() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("|")]
    rows = [line for line in lines if "---" not in line and "tested by" not in line]
    bare = [row for row in rows if not TESTS_NAMED.search(row) and not MAKE.search(row)]
    assert len(rows) > 10
    assert not bare, f"{bare} promise without a test."


def test_make_targets_that_a_promise_names_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = MAKE.findall((ROOT / "SECURITY.md").read_text(encoding="utf-8"))
    assert named
    assert [name for name in named if not re.search(rf"^{name}:", makefile, re.MULTILINE)] == []
