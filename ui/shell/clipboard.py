"""What is copied here is marked as private and taken back after a minute, while it is still ours."""

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

KEPT_MS = 60_000
# Clipboard managers that know them keep no history of what carries them: KDE's and others by the second name,
# Windows by the two others. Elsewhere there is no such mark. The first one tells us which copy is our own.
OWN = "application/x-casebook"
_MARKS = {
    OWN: b"1",
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"\0\0\0\0",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': b"\0\0\0\0",
}


def copy(text: str) -> None:
    """Copy a text as private."""
    data = QMimeData()
    data.setText(text)
    QGuiApplication.clipboard().setMimeData(marked(data))


def marked(data: QMimeData) -> QMimeData:
    """The same contents with the marks of private ones."""
    made = QMimeData()
    for name in data.formats():
        made.setData(name, data.data(name))
    if data.hasImage():
        made.setImageData(data.imageData())
    for name, value in _MARKS.items():
        made.setData(name, value)
    return made


class ClipboardWatch(QObject):
    """Marks whatever this program's widgets copy, and clears it in time; what others copied is never touched."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(KEPT_MS)
        self.timer.timeout.connect(self.clear)
        self._clipboard = QGuiApplication.clipboard()
        self._clipboard.dataChanged.connect(self._look)

    def clear(self) -> None:
        """Take back what is ours, the selection of the pointer's middle button too."""
        self.timer.stop()
        if self._is_ours:
            self._clipboard.clear()
        if self._clipboard.supportsSelection() and self._clipboard.ownsSelection():
            self._clipboard.clear(QClipboard.Mode.Selection)

    @property
    def _is_ours(self) -> bool:
        return self._clipboard.ownsClipboard() or self._is_marked

    @property
    def _is_marked(self) -> bool:
        return OWN in self._formats

    @property
    def _formats(self) -> list[str]:
        data: QMimeData | None = self._clipboard.mimeData()  # None where nothing was copied yet
        return data.formats() if data is not None else []

    def _look(self) -> None:
        if not self._is_ours or not self._formats:
            self.timer.stop()
            return
        self.timer.start()
        if not self._is_marked:
            self._clipboard.setMimeData(marked(self._clipboard.mimeData()))
