"""Files that are whole or not there: written beside their place, made durable, then renamed into it."""

import contextlib
import errno
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from organizer.base.errors import DiskFullError
from organizer.base.i18n import _
from organizer.model.ids import new_id


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A new file to write into; when the block ends well it is made durable and put in the place of `path`.

    Raises DiskFullError; what was there stays, also where the block raises.
    """
    beside = path.with_name(f".{path.name}.{new_id()[-12:]}.part")
    try:
        with disk_full_said():
            with beside.open("wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            beside.replace(path)
            sync_folder(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a file so that after a power loss it is either whole or as before.

    Raises DiskFullError; what was there stays.
    """
    with whole_file(path) as stream:
        stream.writelines([data] if isinstance(data, bytes) else data)


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
def disk_full_said() -> Iterator[None]:
    """Turn the system's “no space left” into a DiskFullError."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise
        raise disk_full() from error


def disk_full() -> DiskFullError:
    """The error for a disk without room."""
    return DiskFullError(
        _("There is no room left on the disk."), _("Free some space, then try again. What was saved before is safe.")
    )
