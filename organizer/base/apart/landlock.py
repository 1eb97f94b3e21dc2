"""Landlock (Linux 5.13 and later): from now on this process opens only what belongs to the program, and only to read.

The calls and their numbers are those of the kernel's own description, Documentation/userspace-api/landlock.rst, and of
include/uapi/linux/landlock.h; the numbers of these calls are the same on every processor.
"""

import ctypes
import mimetypes
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from organizer.base.process import ROOT

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_VERSION = 1  # LANDLOCK_CREATE_RULESET_VERSION
_PATH_BENEATH = 1  # LANDLOCK_RULE_PATH_BENEATH
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
_ALL_OF_FILES = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
"""By the version that brought them: running, writing, reading, removing and making files; moving, cutting, devices."""
_NETWORK = 0b11  # TCP: waiting for connections, making one (version 4)
_SCOPED = 0b11  # sockets without a name in a folder, signals (version 6)
_NO_NEW_RIGHTS = 38  # PR_SET_NO_NEW_PRIVS of prctl
_OF_THE_SYSTEM = ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/share/zoneinfo", "/etc/ld.so.cache")
_OF_THE_MACHINE = ("/sys/devices/system/cpu", "/proc/cpuinfo", "/proc/meminfo")
_DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def own_files_only() -> bool:
    """Shut the process in; False where the kernel has no Landlock, or it is switched off."""
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE, None, ctypes.c_size_t(0), _VERSION)
    if version < 1:
        return False
    handled = _ALL_OF_FILES[max(number for number in _ALL_OF_FILES if number <= version)]
    rules = _Ruleset(handled, _NETWORK if version >= 4 else 0, _SCOPED if version >= 6 else 0)
    size = 8 if version < 4 else 16 if version < 6 else 24  # an older kernel knows a shorter one
    ruleset = libc.syscall(_CREATE, ctypes.byref(rules), ctypes.c_size_t(size), 0)
    if ruleset < 0:
        return False
    for path in _own_paths():
        _allow(libc, ruleset, path)
    libc.prctl(_NO_NEW_RIGHTS, 1, 0, 0, 0)
    shut = libc.syscall(_RESTRICT, ruleset, 0) == 0
    os.close(ruleset)
    return bool(shut)


def _own_paths() -> Iterator[Path]:
    """Python, its libraries, this program and those of the system; never the folder that all of this lies in."""
    yield from map(Path, (*_OF_THE_SYSTEM, *_OF_THE_MACHINE, *_DEVICES, *mimetypes.knownfiles))
    yield from (ROOT / part for part in ("organizer", "resources", "main.py"))
    if getattr(sys, "frozen", False):
        yield Path(sys.executable)  # the packaged program holds its modules itself, and reads them when they are wanted
    places = {Path(place) for place in (sys.prefix, sys.base_prefix, *sys.path) if place}
    # What lies beside a checkout is the person's; what lies beside an installed or a bundled program are libraries.
    is_checkout = ROOT.name not in ("site-packages", "dist-packages") and not getattr(sys, "frozen", False)
    yield from places - {Path("/"), Path.home(), *([ROOT] if is_checkout else [])}


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path) -> None:
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    allowed = _READ_FILE | (_READ_FOLDER if path.is_dir() else 0)
    rule = _Beneath(allowed, opened)
    libc.syscall(_ADD, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0)
    os.close(opened)
