"""One process at a time: an advisory lock on the file `lock` in the record's folder."""

import errno
import os
import sys
from pathlib import Path
from typing import BinaryIO

from organizer.base.errors import RecordInUseError
from organizer.base.i18n import _
from organizer.store.files import own_file

LOCKED_BYTE = 1 << 30
"""The one byte that is locked on Windows, far beyond the file's end, where locking is allowed
(learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-lockfileex): what copies the folder can read the file itself,
and every process locks the same byte, whatever stands in it."""
_HELD = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
"""What a lock that somebody else holds is told by: flock(2), and _locking of the C runtime."""


class RecordLock:
    """Held from opening to closing; the system drops it when the process dies."""

    def __init__(self, folder: Path) -> None:
        """Raises RecordInUseError where another process holds it, OSError where there can be no lock. Nothing is
        written: a full disk can be read too."""
        self._stream = own_file(folder / "lock", "a+b")
        try:
            _hold(self._stream)
        except OSError as error:
            self._stream.close()
            if error.errno not in _HELD:
                raise
            raise RecordInUseError(
                _("This record is already open in another window."), _("Go to that window, or close it first.")
            ) from error

    def release(self) -> None:
        """Let another process open the record."""
        self._stream.close()


if sys.platform == "win32":
    import msvcrt

    def _hold(stream: BinaryIO) -> None:
        os.lseek(stream.fileno(), LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _hold(stream: BinaryIO) -> None:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
