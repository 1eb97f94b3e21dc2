"""What is taller than its place: scrolled by wheel and page keys, without a frame and without a stop for Tab."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def scrolling(inside: QWidget, name: str) -> QScrollArea:
    """A frameless area around it, with that name for assistive technology."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(name)
    area.setWidget(inside)
    return area


class Inside(QWidget):
    """What a page scrolls: as tall as its words need at its width, and not as they would need at the narrowest.

    A scroll area takes the larger of the least height and that for its width; the least is that of a very narrow
    window, which leaves a blank screenful at the end of a long page.
    """

    def __init__(self) -> None:
        super().__init__()
        # A class of our own draws the style sheet's ground only where it is told to.
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)
