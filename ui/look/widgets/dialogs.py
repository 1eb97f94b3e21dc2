"""What all dialogs share: none is larger than the window that it stands before, and none outlives its closing."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QWidget

EDGE = 40  # of the window stay in sight around it


def resize_within(dialog: QWidget, width: int, height: int) -> None:
    """Take this size, in pixels, as far as the window before which the dialog stands has room."""
    size, parent = QSize(width, height), dialog.parentWidget()
    dialog.resize(size.boundedTo(parent.window().size() - QSize(EDGE, EDGE)) if parent else size)


class Dialog(QDialog):
    """A dialog that is freed when it closes, with what it showed: a record that is locked is then nowhere in memory."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
