"""A second start hands its paths to the first window: a lock file, and a folder beside it that is watched.

Each call is a file of its own, put in place whole and erased as soon as it is read: several at once lose nothing, and
no name of a document stays behind.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, Signal

from organizer.base.paths import put_in_place, remove

LOCK, CALLS, CALL = "window.lock", "calls", ".call"
_ANY_PROCESS = 0xFFFF_FFFF  # ASFW_ANY of WinUser.h


class OneWindow(QObject):
    """`is_first` tells whether this process shows the window; `called` carries the paths that another start got."""

    called = Signal(list)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._calls = folder / CALLS
        self._calls.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = QLockFile(str(folder / LOCK))
        self._lock.setStaleLockTime(0)
        self.is_first = self._lock.tryLock(100) or self._lock.error() is not QLockFile.LockError.LockFailedError
        self._watcher = QFileSystemWatcher(self)
        if self.is_first:
            for left in self._calls.iterdir():  # for a window that is gone: nobody waits for it any more
                remove(left, missing_ok=True)
            self._watcher.addPath(str(self._calls))
            self._watcher.directoryChanged.connect(self._answer)

    def call(self, paths: Sequence[Path] = ()) -> None:
        """Ask the first window to come to the front, and to open `paths`."""
        from organizer.base.identifiers import new_id  # what only a second start needs

        _let_it_come_forward()
        beside = self._calls / new_id()
        beside.write_text("\0".join(str(path.absolute()) for path in paths), encoding="utf-8", errors="surrogateescape")
        put_in_place(beside, beside.with_suffix(CALL))

    def release(self) -> None:
        """Let another process be the first."""
        self._lock.unlock()

    def _answer(self) -> None:
        for file in sorted(self._calls.glob(f"*{CALL}")):
            words = file.read_text(encoding="utf-8", errors="surrogateescape")
            remove(file, missing_ok=True)
            self.called.emit([Path(name) for name in words.split("\0") if name])


def _let_it_come_forward() -> None:
    """On Windows only the program that a person started last may give a window the front, or let another one do it
    (learn.microsoft.com, AllowSetForegroundWindow). Not yet run there."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(_ANY_PROCESS)
