"""Lucide icons in the theme's colours and the program's own mark, sharp at any pixel ratio."""

import re
from functools import cache
from importlib import resources

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.look.theme import Theme

STROKE = "1.75"
GAP = 8
PROGRAM = "casebook"


@cache
def _svg(name: str, color: str) -> bytes:
    text = (resources.files("resources.icons") / f"{name}.svg").read_text("utf-8")
    if "currentColor" not in text:  # the program's own mark has colours of its own
        return text.encode()
    text = re.sub(r'stroke-width="[^"]*"', f'stroke-width="{STROKE}"', text, count=1)
    return text.replace("currentColor", color).encode()


@cache
def _renderer(name: str, color: str) -> QSvgRenderer:
    """Read once: a page draws its icons anew at each change of its size or its look."""
    return QSvgRenderer(QByteArray(_svg(name, color)))


class _SvgEngine(QIconEngine):
    """Draws the SVG at whatever size and pixel ratio is asked for; disabled ones in the second text's colour."""

    def __init__(self, name: str, color: str, disabled: str) -> None:
        super().__init__()
        self._name, self._color, self._disabled = name, color, disabled

    def paint(self, painter: QPainter, rect: object, mode: QIcon.Mode, state: QIcon.State) -> None:
        color = self._disabled if mode == QIcon.Mode.Disabled else self._color
        place = QRectF(rect)  # type: ignore[call-overload]
        place.setWidth(min(place.width(), place.height()))  # what is wider than high is room before the words
        _renderer(self._name, color).render(painter, place)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        if pixmap.isNull():  # a button that has no room yet asks for nothing
            return pixmap
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRectF(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _SvgEngine(self._name, self._color, self._disabled)


def icon(name: str, theme: Theme, token: str = "text2") -> QIcon:  # noqa: S107 - a colour token
    """An icon of resources/icons in a token's colour."""
    return QIcon(_SvgEngine(name, theme.hex(token), theme.hex("border_strong")))


def beside_words(theme: Theme, pixels: int) -> QSize:
    """The size of an icon in a button with words: Qt leaves 4 pixels between them, which is too little."""
    return QSize(theme.px(pixels) + theme.px(GAP) - 4, theme.px(pixels))


def program_icon() -> QIcon:
    """The program's own mark, for the window and the task bar."""
    return QIcon(_SvgEngine(PROGRAM, "", ""))


def pixmap(name: str, theme: Theme, token: str, pixels: int, ratio: float = 1.0) -> QPixmap:
    """An icon as a picture of `pixels` logical pixels at a pixel ratio."""
    return icon(name, theme, token).pixmap(QSize(pixels, pixels), ratio)
