"""What stands beside each other in a row, and below each other where the row has no room for it."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QLayoutItem, QWidget

FEWEST_LETTERS = 13  # in a line of a text that stands beside something


class FoldingRow(QHBoxLayout):
    """A row of a card that never makes its page wider: folded, each part has a line of its own.

    It folds by what its parts need, so by the width over the size of the text, never at a number of pixels.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        if parent is None:
            super().__init__()
        else:
            super().__init__(parent)

    def minimumSize(self) -> QSize:
        """As narrow as the widest part alone."""
        widest = max((part.minimumSize().width() for part in self._parts), default=0)
        margins = self.contentsMargins()
        return QSize(widest + margins.left() + margins.right(), super().minimumSize().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if not self._folds(width):
            return super().heightForWidth(width) if super().hasHeightForWidth() else super().sizeHint().height()
        margins = self.contentsMargins()
        inside = QRect(margins.left(), margins.top(), width - margins.left() - margins.right(), 0)
        return max((place.bottom() + 1 for _part, place in self._lines(inside)), default=0) + margins.bottom()

    def minimumHeightForWidth(self, width: int) -> int:
        return self.heightForWidth(width) if self._folds(width) else super().minimumHeightForWidth(width)

    def setGeometry(self, place: QRect) -> None:
        if not self._folds(place.width()):
            super().setGeometry(place)
            return
        QLayout.setGeometry(self, place)
        for part, line in self._lines(place.marginsRemoved(self.contentsMargins())):
            part.setGeometry(line)

    @property
    def _parts(self) -> list[QLayoutItem]:
        """What is shown, without the gaps between."""
        parts = filter(None, map(self.itemAt, range(self.count())))
        return [part for part in parts if not part.isEmpty()]

    def _folds(self, width: int) -> bool:
        return width < super().minimumSize().width() + sum(map(_more_for_words, self._parts))

    def _lines(self, inside: QRect) -> list[tuple[QLayoutItem, QRect]]:
        """Each part with its place, from the top."""
        lines: list[tuple[QLayoutItem, QRect]] = []
        top = inside.top()
        for part in self._parts:
            width = _width_of(part, inside.width())
            height = part.heightForWidth(width) if part.hasHeightForWidth() else part.sizeHint().height()
            lines.append((part, QRect(inside.left(), top, width, height)))
            top += height + max(0, self.spacing())
        return lines


def _more_for_words(part: QLayoutItem) -> int:
    """How much wider than its longest word a text has to be, or it would stand in a column of single words."""
    text = part.widget()
    if not isinstance(text, QLabel) or not text.wordWrap():
        return 0
    metrics = text.fontMetrics()
    wanted = min(metrics.horizontalAdvance(text.text()), FEWEST_LETTERS * metrics.averageCharWidth())
    return max(0, min(wanted, text.maximumWidth()) - part.minimumSize().width())


def _width_of(part: QLayoutItem, room: int) -> int:
    """Texts and fields take the line; a button is as wide as its words."""
    takes_all = part.hasHeightForWidth() or part.expandingDirections() & Qt.Orientation.Horizontal
    wide = room if takes_all else part.sizeHint().width()
    return min(wide, room, part.maximumSize().width())
