"""Files that are whole or not there: written beside their place, made durable, then renamed into it.

What a record consists of is for its person only (0600, folders 0700) and is never opened through a link: a record, like
a backup, may come from somebody else, and a link would lead out of it.
"""

import contextlib
import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from organizer.base.dates import now
from organizer.base.errors import DiskError, DiskFullError, LinkRefusedError, OrganizerError
from organizer.base.i18n import _
from organizer.base.paths import put_in_place, remove
from organizer.model.ids import new_id

_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)  # a pipe in the place of a file must not hold the program
_MARK = r"[0-9a-f]{12}"
_BESIDE = re.compile(rf"\.(?:(.+)\.)?{_MARK}\.(?:part|db)(?:\.\w+)?")
ABANDONED = 86_400
"""Seconds after which a half-written file beside its place is nobody's any more: the longest write takes minutes."""
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_GONE = {errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.ENOTDIR}
_NETWORK = {
    getattr(errno, name)
    for name in ("ESTALE", "ETIMEDOUT", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH", "ENOTCONN", "EREMOTEIO")
    if hasattr(errno, name)
}


def part_of(path: Path) -> Path:
    """Where something is written before it gets its name: beside it, under a name that tells whose part it is."""
    return path.with_name(f".{path.name}.{new_id()[-12:]}.part")


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A new file to write into; when the block ends well it is made durable and put in the place of `path`.

    Only its person can read it. Raises DiskFullError and DiskError; what was there stays, also where the block raises,
    and what is no ordinary file (a device, a pipe) is never replaced.
    """
    refuse_special(path)
    sweep_parts(path)
    beside = part_of(path)
    try:
        with plain_errors(path):
            with own_file(beside, "xb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            put_in_place(beside, path)
            sync_folder(path.parent)
    finally:
        remove_leftover(beside)


def write_whole(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a file so that after a power loss it is either whole or as before.

    Raises DiskFullError and DiskError; what was there stays.
    """
    with whole_file(path) as stream:
        stream.writelines([data] if isinstance(data, bytes) else data)


def own_file(path: Path, mode: str = "rb") -> BinaryIO:
    """Open an ordinary file of ours: `rb`, `r+b`, `xb` (new) or `a+b` (made where it isn't there).

    Raises LinkRefusedError where a link stands in its place, or what is no file; OSError as `open` does.
    """
    flags = {
        "rb": os.O_RDONLY,
        "r+b": os.O_RDWR,
        "xb": os.O_WRONLY | os.O_CREAT | os.O_EXCL,
        "a+b": os.O_RDWR | os.O_CREAT,
    }[mode]
    refuse_link(path)  # systems without O_NOFOLLOW have this alone
    try:
        handle = os.open(path, flags | _NO_LINK | _NO_WAIT, 0o600)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO):
            raise link_refused(path) from error
        raise
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise link_refused(path)
    opened = open(path, {"xb": "wb", "a+b": "r+b"}.get(mode, mode), opener=lambda _path, _flags: handle)  # noqa: SIM115 - given away
    return cast(BinaryIO, opened)


def own_folder(path: Path) -> None:
    """Make a folder that only this person can look into, durably, with those above it where they lack."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        if not path.is_dir():
            raise
    else:
        sync_folder(path.parent)


def keep_private(path: Path) -> None:
    """Take from others what they may do with a file or folder of this person's (nothing to do on Windows)."""
    if not hasattr(os, "getuid"):
        return
    known = path.lstat()
    if known.st_uid == os.getuid() and known.st_mode & 0o077 and not stat.S_ISLNK(known.st_mode):
        with contextlib.suppress(PermissionError):  # a file system without such rights, or one that is read only
            path.chmod(stat.S_IMODE(known.st_mode) & 0o700)


def refuse_link(path: Path) -> None:
    """Raises LinkRefusedError where a link, or what is neither file nor folder, stands at `path`."""
    try:
        mode = path.lstat().st_mode
    except OSError:
        return  # nothing there: whoever opens it says so
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise link_refused(path)


def refuse_special(path: Path) -> None:
    """Raises DiskError where `path` is a folder, a device, a pipe or a socket, which no file may take the place of."""
    with contextlib.suppress(OSError):
        mode = path.lstat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISLNK(mode)):
            raise DiskError(
                _("“{name}” isn’t a file that could be replaced.").format(name=path.name),
                _("Choose another name or place."),
            )


def link_refused(path: Path) -> LinkRefusedError:
    """The error for a link within a record."""
    return LinkRefusedError(
        _("“{name}” in this record is a link, or no ordinary file. It was not opened.").format(name=path.name),
        _("Put the file or folder itself in its place; who gave you the record may explain the link."),
    )


def sweep_parts(path: Path, age: int = ABANDONED) -> None:
    """Remove what an interrupted writing of `path` left beside it, once nobody can be writing it any more."""
    mine = re.compile(rf"\.{re.escape(path.name)}\.{_MARK}\.(part|db|db-wal|db-shm|db-journal)")
    try:
        beside = [leftover for leftover in path.parent.iterdir() if mine.fullmatch(leftover.name)]
    except OSError:
        return
    for leftover in beside:
        remove_abandoned(leftover, age)


def remove_leftover(path: Path) -> None:
    """Remove a file of ours that may not be there; what can't be removed now (a gone disk) goes another time."""
    with contextlib.suppress(OSError):
        remove(path)


def remove_abandoned(leftover: Path, age: int = ABANDONED) -> None:
    """Remove an ordinary file that wasn't written to for `age` seconds."""
    with contextlib.suppress(OSError):
        known = leftover.lstat()
        if stat.S_ISREG(known.st_mode) and now().timestamp() - known.st_mtime >= age:
            remove(leftover)


def sync_folder(folder: Path) -> None:
    """Make a rename in the folder durable (a no-op where the system has no such call)."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def plain_errors(path: Path | None = None) -> Iterator[None]:
    """Turn the system's own errors about files into plain ones. Raises DiskFullError or DiskError."""
    try:
        yield
    except OSError as error:
        raise explained(error, path) from error


def explained(error: OSError, path: Path | None = None) -> OrganizerError:
    """What happened to a file or a disk, in words: full, read only, gone, not allowed… `path` says which."""
    place = path or Path(os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else "")
    name, code = place.name, error.errno
    beside = _BESIDE.fullmatch(name)
    if beside:  # a name of ours that nobody knows
        name = beside[1] or place.absolute().parent.name
    if code in _GONE and place.name and not place.parent.is_dir():
        name = place.absolute().parent.name
    if code in _FULL:
        return disk_full()
    if code == errno.ENAMETOOLONG:
        return DiskError(_("The name “{name}” is too long for this disk.").format(name=name), _("Use a shorter name."))
    if code == errno.EROFS:
        return DiskError(
            _("“{name}” can’t be written: this disk is read only.").format(name=name),
            _("Choose a place on another disk. Nothing was changed."),
        )
    if code in (errno.EACCES, errno.EPERM):
        return DiskError(
            _("You have no permission for “{name}”.").format(name=name),
            _("Choose another place, or ask who looks after this computer. Nothing was changed."),
        )
    if code in _NETWORK:
        return DiskError(
            _("The network folder with “{name}” doesn’t answer.").format(name=name),
            _("Connect to it again, then try once more. What was saved before is as it was."),
        )
    if code in _GONE:
        return DiskError(
            _("“{name}” isn’t there.").format(name=name),
            _("Connect the disk that it lies on, or choose another place."),
        )
    return DiskError(
        _("The disk with “{name}” can’t be read or written now.").format(name=name),
        _("Check how it is connected, then try again. If this goes on, the disk may be failing: copy it elsewhere."),
    )


def disk_full() -> DiskFullError:
    """The error for a disk without room."""
    return DiskFullError(
        _("There is no room left on the disk."), _("Free some space, then try again. What was saved before is safe.")
    )
