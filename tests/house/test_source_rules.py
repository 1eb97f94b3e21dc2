"""House rules that no tool checks for us; each says in a sentence why it is one."""

import ast
import io
import re
import tokenize
from pathlib import Path

import pytest

from tests.house.source import PACKAGES, ROOT, found_in, imported, nodes, product, short, tree

NETWORK = {
    "_socket", "_ssl", "aiohttp", "asyncio", "asyncore", "ftplib", "grpc", "http", "httpx", "imaplib",
    "logging.handlers", "multiprocessing.connection", "multiprocessing.managers", "nntplib", "paramiko", "poplib",
    "pycurl", "requests", "smtpd", "smtplib", "socket", "socketserver", "ssl", "telnetlib", "urllib.request", "urllib3",
    "webbrowser", "websockets", "wsgiref", "xmlrpc",
    # Qt's modules that speak to a network or are linked to the one that does
    "PySide6.QtBluetooth", "PySide6.QtHttpServer", "PySide6.QtMultimedia", "PySide6.QtNetwork", "PySide6.QtNetworkAuth",
    "PySide6.QtPdf", "PySide6.QtPdfWidgets", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtQuickWidgets",
    "PySide6.QtRemoteObjects", "PySide6.QtWebChannel", "PySide6.QtWebEngineCore", "PySide6.QtWebEngineQuick",
    "PySide6.QtWebEngineWidgets", "PySide6.QtWebSockets", "PySide6.QtWebView",
}  # fmt: skip
# The last resort of the window and of the command line: they say that nothing was lost, PHI-free.
LAST_RESORTS = {"ui/shell/error_box.py", "organizer/commands/command_line.py", "main.py"}
LEFT_OPEN = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
BROAD = {"Exception", "BaseException"}


def reached(module: ast.Module) -> list[str]:
    """What a file imports that speaks to a network."""
    names = imported(module)
    return sorted({name for name in names for net in NETWORK if f"{name}.".startswith(f"{net}.")})


def test_no_network_module_is_imported() -> None:
    found = found_in(lambda path: reached(tree(path)))
    assert not found, (
        f"{found} are imported: nothing leaves the person's computer, "
        "and what is not imported cannot be called by mistake."
    )


@pytest.mark.parametrize(
    "line",
    ["import socket", "import urllib.request", "from urllib import request", "from PySide6 import QtNetwork",
     "from PySide6.QtNetwork import QTcpSocket", "from http.client import HTTPSConnection", "import ssl as s"],
)  # fmt: skip
def test_a_network_module_is_recognised(line: str) -> None:
    assert reached(ast.parse(line))


def test_every_package_says_what_it_is_for() -> None:
    silent = [short(path) for path in product() if path.name == "__init__.py" and not ast.get_docstring(tree(path))]
    assert not silent, (
        f"{silent} say nothing: a package's docstring tells what lives there, who asks it and how to add something, "
        "so that a newcomer need not ask."
    )


@pytest.mark.parametrize("package", PACKAGES)
def test_every_planned_package_exists(package: str) -> None:
    assert (ROOT / "organizer" / package / "__init__.py").exists(), (
        f"organizer/{package} is missing: the house has a fixed plan, drawn in CONTRIBUTING.md."
    )


def broad_handlers(module: ast.Module) -> list[ast.ExceptHandler]:
    """The except clauses that would swallow a programming mistake."""

    def names(kind: ast.expr | None) -> set[str]:
        if kind is None:
            return {"BaseException"}
        return {node.id for node in ast.walk(kind) if isinstance(node, ast.Name)}

    handlers = [node for node in nodes(module) if isinstance(node, ast.ExceptHandler)]
    return [handler for handler in handlers if names(handler.type) & BROAD]


def raises_again(handler: ast.ExceptHandler) -> bool:
    """Clean-up that passes the same error on hides nothing."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def test_a_broad_except_stands_only_at_the_last_resort() -> None:
    def swallowing(path: Path) -> list[int]:
        lines = [handler.lineno for handler in broad_handlers(tree(path)) if not raises_again(handler)]
        return lines[1:] if short(path) in LAST_RESORTS else lines

    found = found_in(swallowing)
    assert not found, (
        f"{found} (lines): an unexpected error goes to the one hook that tells the person "
        "that nothing was lost; caught anywhere else, it would be hidden and the record might be wrong."
    )


def test_a_broad_except_is_recognised() -> None:
    found = broad_handlers(ast.parse("try:\n    f()\nexcept (ValueError, Exception):\n    pass\n"))
    assert len(found) == 1
    assert not raises_again(found[0])


def left_open(path: Path) -> list[int]:
    """The lines of notes of what is still to do, and of stubs."""
    text = path.read_text(encoding="utf-8")
    tokens = tokenize.generate_tokens(io.StringIO(text).readline) if LEFT_OPEN.search(text) else ()
    notes = [t.start[0] for t in tokens if t.type == tokenize.COMMENT and LEFT_OPEN.search(t.string)]
    # Libraries raise it too, so catching it is no stub.
    stubs = [
        node.lineno
        for node in nodes(tree(path))
        if isinstance(node, ast.Raise) and node.exc and "NotImplementedError" in ast.unparse(node.exc)
    ]
    return notes + stubs


def test_nothing_is_left_open() -> None:
    found = found_in(left_open)
    found |= {short(path): lines for path in (ROOT / "packaging").rglob("*.py") if (lines := left_open(path))}
    assert not found, (
        f"{found} (lines): what is on main works; what is still to do is written down where it is planned, "
        "not in the code."
    )


@pytest.mark.parametrize("line", ["x = 1  # TODO later", "raise NotImplementedError", "raise NotImplementedError('x')"])
def test_what_is_left_open_is_recognised(tmp_path: Path, line: str) -> None:
    (tmp_path / "some.py").write_text(f'"""TODO in a text is none."""\n{line}\n')
    assert left_open(tmp_path / "some.py") == [2]


def public_functions(module: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Functions of a module and methods of its public classes that others may call."""
    scopes: list[ast.Module | ast.ClassDef] = [module]
    scopes += [n for n in module.body if isinstance(n, ast.ClassDef) and not n.name.startswith("_")]
    functions = [
        node
        for scope in scopes
        for node in scope.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_")
    ]
    return [function for function in functions if not is_stub(function)]


def is_stub(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Overloads, setters and overrides say what they do elsewhere."""
    marks = {ast.unparse(decorator).rpartition(".")[2] for decorator in function.decorator_list}
    return bool(marks & {"overload", "override", "setter"})


def test_public_functions_of_organizer_say_what_they_do() -> None:
    def silent(path: Path) -> list[str]:
        return [function.name for function in public_functions(tree(path)) if not ast.get_docstring(function)]

    found = found_in(silent, "organizer/")
    assert not found, (
        f"{found} have no docstring; units, shapes and errors belong there, "
        "since a caller who guesses them guesses about somebody's health."
    )


def clocks(path: Path) -> list[int]:
    """The lines that ask the system for the day or the time."""
    return [
        node.lineno
        for node in nodes(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow"}
        if ast.unparse(node.value).rpartition(".")[2] in {"date", "datetime"}
    ]


def test_there_is_one_clock() -> None:
    found = found_in(clocks, "organizer/")
    assert set(found) == {"organizer/base/dates.py"}, (
        f"{found} (lines): organizer.base.dates is the only clock, "
        "so that a test, or --as-of, can set it for everything at once."
    )


def moves(path: Path) -> set[str]:
    """The calls of a file that rename or remove another."""
    names = {node.attr for node in nodes(tree(path)) if isinstance(node, ast.Attribute)}
    return names & {"rename", "unlink", "rmtree"}


def test_files_are_renamed_and_removed_in_one_place() -> None:
    found = found_in(moves)
    assert set(found) == {"organizer/base/paths.py"}, (
        f"{found}: on Windows a file that somebody else has open for a moment can't be renamed or removed, "
        "and only organizer.base.paths waits for it."
    )


def test_no_file_turns_packaging_into_a_package() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists(), (
        "packaging/__init__.py would hide the library of that name from every tool run in this folder."
    )


def test_main_starts_the_window_the_command_line_and_the_reading_process_only() -> None:
    starts = ("organizer.commands", "organizer.base")
    first = {name.partition(".")[0] for name in imported(tree(ROOT / "main.py"))}
    within = {name for name in imported(tree(ROOT / "main.py")) if name.startswith("organizer.")}
    inside = {name for name in within if not name.startswith(starts)}
    assert not inside, f"main.py imports {sorted(inside)}: what a person can do is asked of services, further in."
    assert not first & {"tests", "packaging"}, "what is shipped cannot need what is not."


def test_nobody_imports_main() -> None:
    def outward(path: Path) -> list[str]:
        return [name for name in imported(tree(path)) if name.partition(".")[0] in {"main", "tests"}]

    found = found_in(outward)
    assert not found, f"{found}: imports point down only, and main is on top."


def test_main_is_short() -> None:
    lines = len((ROOT / "main.py").read_text(encoding="utf-8").splitlines())
    assert lines <= 45, f"main.py has {lines} lines: it only chooses between window, command line and reading process."
