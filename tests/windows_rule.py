"""Plays Windows' rule on Linux: a file that is open, or lies open in memory, can't be renamed, replaced or removed.

Each of our own renames and removals is looked at while the tests run; one that Windows would refuse fails its test.
"""

import os
import re
import sys
import tempfile
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
OURS = (str(ROOT / "organizer"), str(ROOT / "ui"))
HANDLES = "/proc/self/fd"
WATCHED = ("os.remove", "os.rename", "os.rmdir")

breaches: list[str] = []
_looking = [False]
_has_mapped = [True]
"""Whether Python mapped a file since the last look that found none."""


def begin() -> None:
    """Watch from now on, where the system tells what is open."""
    if sys.platform == "linux":
        sys.addaudithook(_watch)


def _watch(event: str, told: tuple[Any, ...]) -> None:
    if event == "mmap.__new__":
        _has_mapped[0] = True
    if event not in WATCHED or _looking[0] or not _is_ours(sys._getframe(1)):
        return
    _looking[0] = True
    try:
        named = told[:2] if event == "os.rename" else told[:1]
        paths = [os.path.realpath(os.fsdecode(path)) for path in named if isinstance(path, str | bytes | os.PathLike)]
        for held in _held_files(with_mapped=_has_mapped[0] or event == "os.rmdir"):
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


@cache
def _mapped() -> re.Pattern[bytes]:
    """Files of the temporary folder among the thousands of lines that name libraries."""
    return re.compile(rb" (%s/.*)$" % re.escape(os.fsencode(tempfile.gettempdir())), re.MULTILINE)


def _held_files(with_mapped: bool) -> set[str]:
    """What this process has open, and what it has mapped of the temporary folder.

    What Python maps it holds open as well; the system's list, which takes long to write, tells of others' maps too.
    """
    held = set()
    for handle in os.listdir(HANDLES):  # noqa: PTH208 - ten thousand times in a run: plain strings
        try:
            held.add(os.readlink(f"{HANDLES}/{handle}"))  # noqa: PTH115
        except OSError:
            continue
    if with_mapped:
        mapped = _mapped().findall(Path("/proc/self/maps").read_bytes())
        held.update(map(os.fsdecode, mapped))
        _has_mapped[0] = bool(mapped)
    return held
