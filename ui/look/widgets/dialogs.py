"""What all dialogs share: none is larger than the window that it stands before, however large the text."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

EDGE = 40  # of the window stay in sight around it


def resize_within(dialog: QWidget, width: int, height: int) -> None:
    """Take this size, in pixels, as far as the window before which the dialog stands has room."""
    size, parent = QSize(width, height), dialog.parentWidget()
    dialog.resize(size.boundedTo(parent.window().size() - QSize(EDGE, EDGE)) if parent else size)
