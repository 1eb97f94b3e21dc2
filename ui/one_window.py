"""A second start raises the first window instead of opening another: a lock file, and a file that is watched."""

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, Signal

LOCK, CALL = "window.lock", "window.call"


class OneWindow(QObject):
    """`is_first` tells whether this process shows the window; `called` that another start asked for it."""

    called = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        folder.mkdir(parents=True, exist_ok=True)
        self._call = folder / CALL
        self._lock = QLockFile(str(folder / LOCK))
        self._lock.setStaleLockTime(0)
        self.is_first = self._lock.tryLock(100) or self._lock.error() is not QLockFile.LockError.LockFailedError
        self._watcher = QFileSystemWatcher(self)
        if self.is_first:
            self._call.write_text("", encoding="ascii")
            self._watcher.addPath(str(self._call))
            self._watcher.fileChanged.connect(lambda _path: self.called.emit())

    def call(self) -> None:
        """Ask the first window to come to the front."""
        from organizer.base.identifiers import new_id  # what only a second start needs

        self._call.write_text(new_id(), encoding="ascii")

    def release(self) -> None:
        """Let another process be the first."""
        self._lock.unlock()
