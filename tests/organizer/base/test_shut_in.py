"""The process that reads foreign files can reach nothing but its pipe, where the system can hold it to that."""

import ctypes
import platform
import re
import subprocess
import sys
from pathlib import Path

import pytest

from organizer.base.apart import ask as apart
from organizer.base.apart import landlock, seccomp
from organizer.base.process import ROOT
from organizer.importing.formats.health_cards.codes import codes_here

TRY = """
import ctypes, os, socket, subprocess, sys, threading
sys.path.insert(0, sys.argv[1])
from organizer.base.apart import limits
foreign, own = sys.argv[2], sys.argv[1] + "/main.py"
limits.close_in()

def outcome(attempt):
    try:
        attempt()
    except OSError:
        return "refused"
    return "done"

def internet_socket():
    # Python's own is refused to the whole test run already.
    if ctypes.CDLL(None).socket(int(socket.AF_INET), 1, 0) < 0:
        raise OSError

attempts = {
    "connect": internet_socket,
    "connect within the machine": lambda: socket.socket(socket.AF_UNIX),
    "start a program": lambda: subprocess.run(["true"]),
    "become two": os.fork,
    "signal its starter": lambda: os.kill(os.getppid(), 0),
    "read a file of the person": lambda: open(foreign).read(),
    "list a folder of the person": lambda: os.listdir(os.path.dirname(foreign)),
    "look into its surroundings": lambda: open("/proc/self/environ").read(),
    "write over a file": lambda: open(foreign, "r+"),
    "write a new file": lambda: open(foreign + ".new", "w"),
    "write over the program": lambda: open(own, "r+"),
    "remove a file": lambda: os.unlink(foreign),
    "rename a file": lambda: os.rename(foreign, foreign + ".old"),
    "change who may read": lambda: os.chmod(foreign, 0o777),
    "make a folder": lambda: os.mkdir(foreign + ".d"),
    "read the program": lambda: open(own).read(),
    "run two threads": lambda: [one.start() or one.join() for one in [threading.Thread(target=print)]],
}
print()
for name, attempt in attempts.items():
    print(name, outcome(attempt), sep=": ")
"""
MAY = {"read the program", "run two threads"}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    foreign = tmp_path_factory.mktemp("documents") / "letter.txt"
    foreign.write_text("private")
    told = [sys.executable, "-c", TRY, str(ROOT), str(foreign)]
    done = subprocess.run(told, capture_output=True, text=True, check=True)
    assert foreign.read_text() == "private"
    assert [one.name for one in foreign.parent.iterdir()] == ["letter.txt"]
    return dict(line.split(": ") for line in done.stdout.splitlines() if ": " in line)


def has_landlock():
    """As the kernel itself says: landlock_create_ruleset(2) with LANDLOCK_CREATE_RULESET_VERSION gives its version."""
    return sys.platform == "linux" and ctypes.CDLL(None).syscall(444, None, 0, 1) > 0


@pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"), reason="Linux has these switches"
)
def test_it_reaches_nothing_but_its_pipe(outcomes):
    reads = {"read a file of the person", "list a folder of the person", "look into its surroundings"}
    if not has_landlock():
        outcomes = {name: told for name, told in outcomes.items() if name not in reads}
    assert {name for name, told in outcomes.items() if told == "done"} == MAY
    assert len(outcomes) >= 14


def test_libraries_that_read_files_work_shut_in():
    needed = "lxml.etree, numpy, openpyxl, pikepdf, PIL.Image, pydicom, pypdfium2, reportlab, zxingcpp"
    told = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from organizer.base.apart import limits; limits.close_in()"
    done = subprocess.run(
        [sys.executable, "-c", f"{told}; import {needed}"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"), reason="Linux has these switches"
)
def test_the_process_that_reads_is_shut_in_before_it_sees_a_file():
    apart.ask(codes_here, b"", "text/plain")
    told = Path(f"/proc/{apart._process._child.pid}/status").read_text()
    assert "Seccomp:\t2" in told
    assert "NoNewPrivs:\t1" in told


def test_the_packaged_program_may_read_its_own_modules(monkeypatch, tmp_path):
    """They lie within the program's file, and are read when they are first wanted."""
    monkeypatch.setattr(sys, "executable", str(tmp_path / "casebook"))
    assert tmp_path / "casebook" not in set(landlock._own_paths())
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert tmp_path / "casebook" in set(landlock._own_paths())
    assert tmp_path not in set(landlock._own_paths())


KERNEL_HEADERS = {"x86_64": "x86_64-linux-gnu/asm/unistd_64.h", "aarch64": "asm-generic/unistd.h"}


def calls_of_the_kernel(machine):
    """Names of system calls with their numbers, as the kernel's own headers have them; 3264 stands for both widths."""
    header = Path("/usr/include") / KERNEL_HEADERS[machine]
    if not header.is_file():
        pytest.skip("the kernel's headers are not on this computer")
    return {
        name: int(number)
        for name, number in re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", header.read_text("utf-8"))
    }


@pytest.mark.parametrize("machine", KERNEL_HEADERS)
def test_what_is_refused_has_the_numbers_that_the_kernel_gives(machine):
    known = calls_of_the_kernel(machine)
    column = list(KERNEL_HEADERS).index(machine)
    refused = {name: numbers[column] for name, numbers in seccomp._REFUSED.items() if name in known}
    assert refused == {name: known[name] for name in refused}
    assert len(refused) >= 45


def test_the_switches_of_landlock_have_the_numbers_that_the_kernel_gives():
    known = calls_of_the_kernel("x86_64")
    names = ("landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self")
    assert tuple(known[name] for name in names) == (landlock._CREATE, landlock._ADD, landlock._RESTRICT)
