"""What must stay apart at run time, where no reader of imports can see it."""

import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ASK_FOR_QT = """
import importlib, pkgutil, sys
import organizer
for info in pkgutil.walk_packages(organizer.__path__, "organizer."):
    importlib.import_module(info.name)
print(" ".join(name for name in sys.modules if name.split(".")[0] in {"PySide6", "shiboken6", "ui"}))
"""


def test_organizer_runs_without_qt(checkout: Path) -> None:
    done = subprocess.run([sys.executable, "-c", ASK_FOR_QT], cwd=checkout, capture_output=True, text=True, check=True)
    assert not done.stdout.strip(), (
        f"importing organizer brought {done.stdout.split()}: it serves the command line and other windows too."
    )


def test_a_record_is_opened_without_libraries_for_columns_of_numbers(checkout: Path) -> None:
    look = "import sys, organizer.store.engine; print(*{'numpy', 'pandas'} & set(sys.modules)); import numpy"
    done = subprocess.run([sys.executable, "-c", look], cwd=checkout, capture_output=True, text=True, check=True)
    assert not done.stdout.strip()


def test_the_process_that_makes_exhibits_of_foreign_files_loads_no_database(checkout: Path) -> None:
    look = "import sys, organizer.packet.exhibits.prepared; print(*{'sqlcipher3', 'argon2'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", look], cwd=checkout, capture_output=True, text=True, check=True)
    assert not done.stdout.strip()


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_the_test_run_is_refused_an_internet_socket(family: socket.AddressFamily) -> None:
    with pytest.raises(RuntimeError, match="nothing leaves"):
        socket.socket(family, socket.SOCK_STREAM)


@pytest.mark.parametrize(
    "look_up",
    [
        lambda: socket.getaddrinfo("localhost", 80),
        lambda: socket.gethostbyname("localhost"),
        lambda: socket.gethostbyname_ex("localhost"),
        lambda: socket.gethostbyaddr("127.0.0.1"),
        lambda: socket.getnameinfo(("127.0.0.1", 80), 0),
        lambda: socket.create_connection(("127.0.0.1", 9)),
    ],
)
def test_the_test_run_is_refused_a_look_up(look_up: Callable[[], object]) -> None:
    with pytest.raises(RuntimeError, match="nothing leaves"):
        look_up()


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this system has no sockets of its own kind")
def test_the_display_may_be_spoken_to() -> None:
    with socket.socket(socket.AF_UNIX) as display:
        assert display.fileno() >= 0


def test_a_program_that_a_test_starts_is_refused_too() -> None:
    attempt = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)"
    done = subprocess.run([sys.executable, "-c", attempt], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "nothing leaves" in done.stderr


def test_tests_have_a_home_of_their_own() -> None:
    assert Path.home().name.startswith("casebook-tests-"), "a test must never touch the settings of who runs it."
