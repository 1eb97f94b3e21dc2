"""Columns whose rows stand level with each other; one column below the other where they don't fit side by side."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

ACROSS, DOWN = 20, 10


class Aligned(QWidget):
    """`columns` are the cells of each, from the top; each is at least `narrowest` pixels wide side by side."""

    def __init__(self, columns: Sequence[Sequence[QWidget]], narrowest: int) -> None:
        super().__init__()
        self._columns, self._narrowest = columns, narrowest
        self._beside: bool | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(ACROSS)
        self._grid.setVerticalSpacing(DOWN)
        self._lay_out(True)

    def minimumSizeHint(self) -> QSize:
        """As narrow as one column, or a narrower window would never put them below each other."""
        return QSize(max(map(_least, self._columns), default=0), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = sum(max(self._narrowest, _least(column)) + ACROSS for column in self._columns) - ACROSS
        self._lay_out(self.width() >= wide)

    def _lay_out(self, beside: bool) -> None:
        if beside == self._beside:
            return
        self._beside, row = beside, 0
        for place, column in enumerate(self._columns):
            for line, cell in enumerate(column):
                self._grid.addWidget(cell, line if beside else row, place if beside else 0, Qt.AlignmentFlag.AlignTop)
                row += 1
            self._grid.setColumnStretch(place, int(beside or not place))
        self.updateGeometry()


def _least(column: Sequence[QWidget]) -> int:
    return max((cell.minimumSizeHint().width() for cell in column), default=0)
