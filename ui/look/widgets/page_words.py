"""The words of a page, laid over its picture: found ones are marked, dragging selects them, Ctrl+C copies them."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

PlacedWord = tuple[str, float, float, float, float]
"""Text, left, top, right, bottom, in the page's own unit."""

FOUND, SELECTED = QColor(240, 179, 94, 110), QColor(31, 90, 148, 80)  # on paper, which is white in either look
AT_HAND = QColor(138, 75, 0)


class PageWords:
    """Which words a page has, which were found and which are selected."""

    def __init__(self, words: Sequence[PlacedWord] = ()) -> None:
        self._texts = [word[0] for word in words]
        self._boxes = [QRectF(QPointF(*word[1:3]), QPointF(*word[3:5])) for word in words]
        self._matches: list[int] = []
        self.at_hand = -1
        self._from = self._to = -1

    def __bool__(self) -> bool:
        return bool(self._texts)

    def find(self, wanted: Sequence[str]) -> int:
        """Mark the words that begin with one of these (lower case); gives how many."""
        begins = tuple(wanted)
        self._matches = [place for place, text in enumerate(self._texts) if begins and _bare(text).startswith(begins)]
        self.at_hand = -1
        return len(self._matches)

    @property
    def matches(self) -> Sequence[int]:
        """The places of the found words, as one reads."""
        return self._matches

    def box(self, place: int) -> QRectF:
        """Where a word stands."""
        return self._boxes[place]

    def begin(self, point: QPointF) -> None:
        """A drag begins: the selection is what lies between here and where it goes."""
        self._from = self._to = self._nearest(point)

    def extend(self, point: QPointF) -> None:
        """The drag goes on."""
        self._to = self._nearest(point)

    def forget(self) -> None:
        """Nothing is selected."""
        self._from = self._to = -1

    @property
    def selected_text(self) -> str:
        """The selected words; a word that stands left of the one before it begins a line."""
        words = ""
        for place in self._selected():
            below = words and self._boxes[place].left() < self._boxes[place - 1].left()
            words += ("\n" if below else " " if words else "") + self._texts[place]
        return words

    def paint(self, painter: QPainter, zoom: float) -> None:
        """Draw the marks over the page."""
        for places, colour in ((self._matches, FOUND), (self._selected(), SELECTED)):
            painter.setBrush(colour)
            for place in places:
                box = self._boxes[place]
                drawn = QRectF(box.x() * zoom, box.y() * zoom, box.width() * zoom, box.height() * zoom)
                painter.setPen(QPen(AT_HAND, 2) if place == self.at_hand else Qt.PenStyle.NoPen)
                painter.drawRoundedRect(drawn.adjusted(-2, -2, 2, 2), 3, 3)

    def _selected(self) -> range:
        if self._from < 0:
            return range(0)
        return range(min(self._from, self._to), max(self._from, self._to) + 1)

    def _nearest(self, point: QPointF) -> int:
        """The word whose box is nearest; lines count more than columns, as one reads."""

        def far(place: int) -> float:
            box = self._boxes[place]
            beside = max(box.left() - point.x(), point.x() - box.right(), 0)
            above = max(box.top() - point.y(), point.y() - box.bottom(), 0)
            return float(beside + 4 * above)

        return min(range(len(self._boxes)), key=far, default=-1)


def _bare(text: str) -> str:
    return text.strip("()[]{}.,;:!?“”\"'„‚‘’").casefold()
