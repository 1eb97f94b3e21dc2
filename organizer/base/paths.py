"""What the systems ask of names and places: put a file in its place, remove it, and a name that every system takes.

On Windows a virus scanner, a sync tool or the search index may hold a file for a moment after it was written; renaming
or removing it fails then and goes well a little later (seen in github.com/beeware/briefcase/issues/1780). So it is
tried again for a bounded time, there only.
"""

import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path, PurePosixPath

WAITS = (0.05, 0.1, 0.2, 0.4, 0.8, 0.8)
"""Seconds between tries, 2.35 in all: longer than a scanner holds a small file, shorter than a person's patience."""
_HELD = {5, 32, 33}
"""ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
(learn.microsoft.com/windows/win32/debug/system-error-codes--0-499-)."""
_UNSAFE = re.compile(r'[\x00-\x1f<>:"|?*\x7f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³])(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for its devices (learn.microsoft.com/windows/win32/fileio/naming-a-file)."""
LONGEST_NAME = 255
"""Bytes of a name that Linux takes (NAME_MAX); Windows and macOS take as many UTF-16 units, which are never more."""
_LONGEST_ENDING = 20
"""Bytes of an ending that a long name keeps; a longer one tells no program what a file is."""


def put_in_place(beside: Path, place: Path) -> None:
    """Rename what was written beside its place into it; a file that stood there is replaced. Raises OSError."""
    _patiently(lambda: beside.replace(place))


def remove(path: Path, missing_ok: bool = False) -> None:
    """Remove a file. Raises OSError."""
    _patiently(lambda: path.unlink(missing_ok=missing_ok))


def remove_folder(path: Path, ignore_errors: bool = False) -> None:
    """Remove a folder with all that is in it. Raises OSError, but for `ignore_errors`."""
    try:
        _patiently(lambda: shutil.rmtree(path))
    except OSError:
        if not ignore_errors:
            raise


def _patiently(act: Callable[[], object]) -> None:
    """Act; on Windows once more after each of WAITS while somebody else holds the file."""
    for wait in WAITS:
        try:
            act()
        except OSError as error:
            if not _is_held(error):
                raise
            time.sleep(wait)
        else:
            return
    act()


def _is_held(error: OSError) -> bool:
    """Windows says that somebody else has the file open."""
    return getattr(error, "winerror", None) in _HELD


def harmless_name(name: str, otherwise: str) -> str:
    """The bare name of a file as every system takes it: no folder, no sign that one of them forbids, not too long.

    `otherwise` is the name where nothing of it remains.
    """
    bare = PurePosixPath(name.replace("\\", "/")).name
    clean = _UNSAFE.sub("_", bare).lstrip(".").rstrip(". ") or otherwise
    if _RESERVED.fullmatch(clean):
        clean = f"_{clean}"
    if len(clean.encode()) <= LONGEST_NAME:
        return clean
    ending = PurePosixPath(clean).suffix
    ending = ending if len(ending.encode()) <= _LONGEST_ENDING else ""
    longest = LONGEST_NAME - len(ending.encode())
    return clean.removesuffix(ending).encode()[:longest].decode("utf-8", "ignore") + ending


def is_elsewhere(path: Path) -> bool:
    """True for a link, and for what Windows has besides: a junction, which leads out of its folder as a link does."""
    if path.is_symlink():
        return True
    tag = getattr(path.lstat(), "st_reparse_tag", 0)
    return tag == _JUNCTION


_JUNCTION = 0xA000_0003  # IO_REPARSE_TAG_MOUNT_POINT (winnt.h); pathlib knows it from Python 3.12 on
