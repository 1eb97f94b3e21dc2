"""Texts in the roles that the style sheet knows."""

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui.look.widgets.spoken_roles import Heading

HEADINGS = ("title", "heading")


def label(text: str, role: str = "", selectable: bool = False) -> QLabel:
    """A wrapped text; never markup. `role` is title, heading, value, strong, second, small, error or struck."""
    made = Heading(text) if role in HEADINGS else QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    if role:
        made.setProperty("role", role)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def file_name(text: str, role: str = "") -> QLabel:
    """A file's name, which may go on in the next line behind its strokes and points."""
    made = label(re.sub(r"([-_.])", "\\1\u200b", text), role)
    made.setAccessibleName(text)
    return made


def one_line(text: str, role: str = "") -> QLabel:
    """A text that is never wrapped."""
    made = label(text, role)
    made.setWordWrap(False)
    return made
