"""Cards side by side where there is room, one below the other where there isn't."""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget


class Columns(QWidget):
    """As many columns as fit at `narrowest` pixels each, at most `most`; reflows on resize.

    They are equally wide unless `shares` says otherwise.
    """

    def __init__(self, narrowest: int = 280, most: int = 3, gap: int = 16, shares: Sequence[int] = ()) -> None:
        super().__init__()
        self._narrowest, self._most, self._gap, self._columns = narrowest, most, gap, 0
        self._shares = tuple(shares) or (1,) * most
        self._widgets: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(gap)

    def set_widgets(self, widgets: Sequence[QWidget]) -> None:
        """Replace what is shown."""
        for old in self._widgets:
            self._grid.removeWidget(old)
            old.deleteLater()
        self._widgets = list(widgets)
        self._columns = 0
        self._lay_out()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest of them alone, or a narrower window would never make one column of two."""
        widest = max((widget.minimumSizeHint().width() for widget in self._widgets), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        fits = (self.width() + self._gap) // (self._narrowest + self._gap)
        count = len(self._widgets) or 1
        fitting = max(1, min(self._most, fits, count))
        fitting = ceil(count / ceil(count / fitting))  # rows as full as each other: not nine and a last one alone
        if fitting == self._columns:
            return
        for column in range(self._most):
            self._grid.setColumnStretch(column, self._shares[column] if column < fitting else 0)
        for place, widget in enumerate(self._widgets):
            self._grid.addWidget(widget, place // fitting, place % fitting, Qt.AlignmentFlag(0))
        self._columns = fitting
