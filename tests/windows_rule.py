"""Plays Windows' rule on Linux: a file that is open, or lies open in memory, can't be renamed, replaced or removed.

Each of our own renames and removals is looked at while the tests run; one that Windows would refuse fails its test.
"""

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
OURS = (str(ROOT / "organizer"), str(ROOT / "ui"))
MAPPED = re.compile(rb" (%s/.*)$" % re.escape(os.fsencode(tempfile.gettempdir())), re.MULTILINE)
"""Files of the temporary folder among the thousands of lines that name libraries."""
WATCHED = ("os.remove", "os.rename", "os.rmdir")

breaches: list[str] = []
_looking = [False]


def begin() -> None:
    """Watch from now on, where the system tells what is open."""
    if sys.platform == "linux":
        sys.addaudithook(_watch)


def _watch(event: str, told: tuple[Any, ...]) -> None:
    if event not in WATCHED or _looking[0] or not _is_ours(sys._getframe(1)):
        return
    _looking[0] = True
    try:
        named = told[:2] if event == "os.rename" else told[:1]
        paths = [os.path.realpath(os.fsdecode(path)) for path in named if isinstance(path, str | bytes | os.PathLike)]
        for held in set(_held_files()):
            if any(held == path or held.startswith(f"{path}/") for path in paths):
                breaches.append(f"{event} {', '.join(map(os.path.basename, paths))} while {held} is open")
    finally:
        _looking[0] = False


def _is_ours(frame: FrameType | None) -> bool:
    """Whether a call comes from the product itself."""
    while frame is not None:
        if frame.f_code.co_filename.startswith(OURS):
            return True
        frame = frame.f_back
    return False


def _held_files() -> Iterator[str]:
    """What this process has open, and what it has mapped of the temporary folder."""
    for handle in Path("/proc/self/fd").iterdir():
        try:
            target = str(handle.readlink())
        except OSError:
            continue
        if target.startswith("/"):
            yield target
    yield from map(os.fsdecode, MAPPED.findall(Path("/proc/self/maps").read_bytes()))
