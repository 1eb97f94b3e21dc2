"""Words of a record or a file shown as words: Qt takes text that looks like markup for markup, and loads its pictures.

Every tooltip goes through `hint`, every cell of a table through `cell`; a house test finds what doesn't.
"""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QToolTip, QWidget

TEXT_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
"""The roles in which a cell says its words."""


_AS_LETTERS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "<br>"})
"""Not by Python's `html`, whose thousands of names would be read before the first picture."""


def hint(text: str) -> str:
    """A tooltip that shows `text` letter by letter, whatever it holds; "" stays empty, so that none is shown."""
    return f"<span>{text.translate(_AS_LETTERS)}</span>" if text else ""


def cell(text: str, role: int) -> str:
    """A cell's words in one of TEXT_ROLES."""
    return hint(text) if role == Qt.ItemDataRole.ToolTipRole else text


def show_hint(place: QPoint, text: str, widget: QWidget) -> None:
    """Show a tooltip at a place on the screen; "" takes it away."""
    QToolTip.showText(place, hint(text), widget)
