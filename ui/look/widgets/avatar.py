"""A person as a round portrait of initials."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from ui.look.theme import Theme

AVATAR = 30


def initials(name: str) -> str:
    """The first letters of the first and the last name."""
    words = [word for word in name.split() if word[0].isalpha()]
    ends = words if len(words) < 2 else [words[0], words[-1]]
    return "".join(word[0] for word in ends).upper()


def avatar(name: str, theme: Theme, ratio: float, pixels: int = AVATAR, gap: int = 0, lead: int = 0) -> QIcon:
    """The portrait at `pixels` of the design, drawn for a pixel ratio; `lead` leaves room at its left, `gap` right."""
    size, left = theme.px(pixels), theme.px(lead)
    pixmap = QPixmap(round((left + size + theme.px(gap)) * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("accent"))
    painter.drawEllipse(QRectF(left, 0, size, size))
    painter.setPen(theme.color("on_accent"))
    painter.setFont(theme.font(pixels * 0.4, "Bold"))
    painter.drawText(QRectF(left, 0, size, size), Qt.AlignmentFlag.AlignCenter, initials(name))
    painter.end()
    return QIcon(pixmap)
