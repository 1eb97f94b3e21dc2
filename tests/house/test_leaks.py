"""Ways out that no reader of a feature would think of, closed in the source itself; see SECURITY.md."""

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Collection
from pathlib import Path

import pytest

from tests.house.source import ROOT, found_in, imported, make_targets, nodes, short, tree

STARTS_PROGRAMS = {"subprocess", "pty", "PySide6.QtGui.QDesktopServices", "PySide6.QtCore.QProcess"}
# Tesseract gets a page through a pipe and answers through one: nothing of it is a file.
# The system's viewer gets the path of a file that the person has just saved, when they ask for it.
MAY_START = {
    "organizer/importing/page_text/tesseract.py", "organizer/base/apart/ask.py", "ui/shell/saved_files.py",
}  # fmt: skip
LOGGER = re.compile(r"\b(logging|logger|log|getLogger)\b")
LEVELS = {"debug", "info", "warning", "error", "exception", "critical", "log", "basicConfig", "FileHandler"}
CALLS_PROGRAMS = {"system", "popen", "startfile"}
DYNAMIC = {"__import__", "import_module"}
TESTS_NAMED = re.compile(r"`(tests/[\w/.-]+)`")
MAKE = re.compile(r"`make ([a-z-]+)`")
HISTORY = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog
from ui.shell.app import make_application
application = make_application([])
QTimer.singleShot(300, lambda: application.activeModalWidget().accept())
print(QFileDialog.getExistingDirectory(None, "Open", sys.argv[1]))
"""


def started(path: Path) -> set[object]:
    """What a file imports to start other programs, and the lines of calls that would."""
    asked = [node for node in nodes(tree(path)) if isinstance(node, ast.Attribute) and node.attr in CALLS_PROGRAMS]
    called = {node.lineno for node in asked if ast.unparse(node.value) == "os"}
    return called | (set() if short(path) in MAY_START else imported(tree(path)) & STARTS_PROGRAMS)


def test_no_other_program_is_started() -> None:
    assert found_in(started) == {}, "Another program would get a document in plain."


def logged(path: Path) -> list[int]:
    """The lines that write to a log; a library's own may be silenced."""
    asked = [node for node in nodes(tree(path)) if isinstance(node, ast.Attribute) and node.attr in LEVELS]
    return [node.lineno for node in asked if LOGGER.search(ast.unparse(node.value))]


def test_no_log_is_kept() -> None:
    assert found_in(logged) == {}, "What is not logged cannot be read in a log."


def hidden(path: Path) -> list[int]:
    """The lines that import a module by a name made at run time."""
    calls = [node for node in nodes(tree(path)) if isinstance(node, ast.Call)]
    return [call.lineno for call in calls if ast.unparse(call.func).rpartition(".")[2] in DYNAMIC]


def test_every_import_can_be_read() -> None:
    assert found_in(hidden) == {}, "A module that is named at run time hides from the checks."


@pytest.mark.parametrize(
    ("look", "line"),
    [
        (started, "import subprocess"), (started, "os.popen('x')"), (logged, "logging.info('x')"),
        (hidden, "importlib.import_module('socket')"), (hidden, "__import__('socket')"),
    ],
)  # fmt: skip
def test_a_way_out_is_recognised(tmp_path: Path, look: Callable[[Path], Collection[object]], line: str) -> None:
    (tmp_path / "some.py").write_text(f"{line}\n")
    assert len(look(tmp_path / "some.py")) == 1


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
    named = MAKE.findall((ROOT / "SECURITY.md").read_text(encoding="utf-8"))
    assert named
    assert set(named) <= make_targets()
