"""Words at the left and buttons at the right; the buttons go below the words where both don't fit, and below each
other where a row of them doesn't."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QLabel, QLayoutItem, QVBoxLayout, QWidget

GAP = 16


class SideBySide(QWidget):
    """`words` holds the texts, which should stay on one line each; `buttons` is a row."""

    def __init__(self) -> None:
        super().__init__()
        self.words = QVBoxLayout()
        self.words.setSpacing(4)
        self.buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.buttons.setSpacing(10)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(GAP)
        self._box.addLayout(self.words, 1)
        self._box.addLayout(self.buttons)

    def minimumSizeHint(self) -> QSize:
        """As narrow as its parts below each other."""
        wide = max(self.words.minimumSize().width(), *(item.minimumSize().width() for item in self._acts), 0)
        return QSize(wide, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    @property
    def _widest(self) -> int:
        """Of the texts, each on one line as far as the widget is as wide, and of what else stands at the left."""
        shown = [label for label in self.findChildren(QLabel) if label.parent() is self and not label.isHidden()]
        items = filter(None, map(self.words.itemAt, range(self.words.count())))
        others = [item.sizeHint().width() for item in items if isinstance(item.widget(), QAbstractButton)]
        return max([0, *others, *(min(self.width(), _length(label)) for label in shown)])

    @property
    def _acts(self) -> list[QLayoutItem]:
        """The buttons that are shown."""
        items = filter(None, map(self.buttons.itemAt, range(self.buttons.count())))
        return [item for item in items if not item.isEmpty()]

    def fit(self) -> None:
        """Beside each other or below each other, as there is room."""
        widths = [item.sizeHint().width() for item in self._acts]
        buttons = sum(widths) + max(0, len(widths) - 1) * self.buttons.spacing()
        below = buttons > 0 and self._widest + buttons + GAP > self.width()
        ways = QBoxLayout.Direction
        in_rows = ways.TopToBottom if buttons > self.width() else ways.LeftToRight
        if in_rows != self.buttons.direction():
            self.buttons.setDirection(in_rows)
            self.updateGeometry()
        wanted = ways.TopToBottom if below else ways.LeftToRight
        if wanted != self._box.direction():
            self._box.setDirection(wanted)
            edge = Qt.AlignmentFlag.AlignLeft if below else Qt.AlignmentFlag.AlignTop
            self._box.setAlignment(self.buttons, edge)
            self._box.setSpacing(8 if below else GAP)
            self._box.setStretch(0, 0 if below else 1)
            self.updateGeometry()


def _length(shown: QLabel) -> int:
    return shown.fontMetrics().horizontalAdvance(shown.text())
