"""One process at a time: an advisory lock on the file `lock` in the record's folder."""

import os
import sys
from pathlib import Path
from typing import IO

from organizer.base.errors import RecordInUseError
from organizer.base.i18n import _


class RecordLock:
    """Held from opening to closing; the system drops it when the process dies."""

    def __init__(self, folder: Path) -> None:
        """Raises RecordInUseError where another process holds it."""
        self._stream: IO[str] = (folder / "lock").open("a+", encoding="ascii")
        try:
            _hold(self._stream)
        except OSError as error:
            self._stream.close()
            raise RecordInUseError(
                _("This record is already open in another window."), _("Go to that window, or close it first.")
            ) from error
        self._stream.truncate(0)
        self._stream.write(str(os.getpid()))
        self._stream.flush()

    def release(self) -> None:
        """Let another process open the record."""
        self._stream.close()


if sys.platform == "win32":
    import msvcrt

    def _hold(stream: IO[str]) -> None:
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _hold(stream: IO[str]) -> None:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
