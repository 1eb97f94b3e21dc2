"""One place where it is told what changed; each page decides by it whether to refresh."""

from PySide6.QtCore import QObject, Signal


class Events(QObject):
    """`changed` carries the Changes of an operation; `theme_changed` the new Theme."""

    changed = Signal(object)
    theme_changed = Signal(object)
