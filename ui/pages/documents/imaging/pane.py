"""One series in the viewer: its image, its place in the series, and what is shown in words."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from organizer.base.dates import parse_date
from organizer.base.figures import with_sign
from organizer.base.i18n import _, marked
from organizer.services.entries.images import ImageSeries, Slice
from ui.look.widgets.labels import one_line
from ui.pages.documents.imaging.loading import AHEAD, BEHIND, Answer, Loading
from ui.pages.documents.imaging.picture import Picture
from ui.shell.context import Context

_PAGE = 10
_SIDES = {
    "L": marked("the patient’s left"), "R": marked("the patient’s right"), "A": marked("the patient’s front"),
    "P": marked("the patient’s back"), "H": marked("the patient’s head"), "F": marked("the patient’s feet"),
}  # fmt: skip
_KEY = Qt.Key
_STEPS = {
    _KEY.Key_Down: 1, _KEY.Key_Right: 1, _KEY.Key_Up: -1, _KEY.Key_Left: -1,
    _KEY.Key_PageDown: _PAGE, _KEY.Key_PageUp: -_PAGE, _KEY.Key_Home: -(10**6), _KEY.Key_End: 10**6,
}  # fmt: skip
_WAYS = {_KEY.Key_Left: (-1, 0), _KEY.Key_Right: (1, 0), _KEY.Key_Up: (0, -1), _KEY.Key_Down: (0, 1)}


class Pane(QWidget):
    """`stepped` says that the person went to another image; `looked` that the window changed."""

    stepped = Signal(int)
    looked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.series: ImageSeries | None = None
        self.number = 0
        self._own_window, self._way = True, 1
        self.picture = Picture(context.theme)
        self.loading = Loading(context, self._arrived)
        self._title, self._details = one_line("", "strong"), one_line("", "small")
        for words in (self._title, self._details):
            words.setMinimumWidth(0)
            words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self.picture, 1)
        column.addWidget(self._details)
        self.picture.stepped.connect(self.step)
        self.picture.looked.connect(self._window_chosen)
        self.picture.measured.connect(self._tell)
        self.picture.setFocusProxy(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def details(self) -> str:
        """What is shown, in words."""
        return self._details.text()

    def show_series(self, series: ImageSeries) -> None:
        """Show a series from the first image that radiology marked, else its middle, through its file's own window."""
        self.series, self._own_window = series, True
        self.picture.as_taken()
        day = parse_date(series.date) if series.date else None
        parts = (series.modality, series.title, day.spoken() if day else _("undated"))
        self._title.setText(" · ".join(dict.fromkeys(part for part in parts if part)))
        self.picture.say(_("Opening the images…"))
        self.go_to(series.keys[0] if series.keys else len(series.slices) // 2)

    def go_to(self, number: int) -> None:
        """Show an image (from 0); its neighbours are decoded ahead, those in the way first."""
        if self.series is None or not self.series.slices:
            return
        last = len(self.series.slices) - 1
        number = min(max(number, 0), last)
        self._way = -1 if number < self.number else 1
        self.number = number
        self._show()
        ahead = [number + self._way * step for step in range(1, AHEAD + 1)]
        behind = [number - self._way * step for step in range(1, BEHIND + 1)]
        near = [number, *ahead[:2], behind[0], *ahead[2:], *behind[1:]]
        self.loading.ask([self.series.slices[place] for place in near if 0 <= place <= last])

    def set_negative(self, on: bool) -> None:
        """Black for white, and say so."""
        self.picture.set_negative(on)
        self._tell()

    def turn(self) -> None:
        """A quarter to the right, and say so."""
        self.picture.turn()
        self._tell()

    def step(self, steps: int) -> None:
        """Some images on or back, and say so."""
        self.go_to(self.number + steps)
        self.stepped.emit(self.number)

    def choose_window(self, center: float, width: float) -> None:
        """A preset."""
        self.picture.set_window(center, width)

    def follow_window(self, other: "Pane") -> None:
        """The window of the other side, which isn't told in turn."""
        self._own_window = False
        self.picture.follow_window(other.picture.center, other.picture.width_of_window)
        self._tell()

    def own_window(self) -> None:
        """The window that each file asks for."""
        self._own_window = True
        self._show()
        self._tell()
        self.looked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = _KEY(event.key()), event.modifiers()
        across, down = _WAYS.get(key, (0, 0))
        if self.picture.measuring and (across or down):
            far = 1 if held & Qt.KeyboardModifier.ShiftModifier else 8
            self.picture.move_cross(across * far, down * far)
        elif self.picture.measuring and key in (_KEY.Key_Return, _KEY.Key_Enter):
            self.picture.set_end()
        elif (across or down) and held & Qt.KeyboardModifier.ShiftModifier:
            self.picture.drag_window(across * 8, down * 8)
        elif (across or down) and held & Qt.KeyboardModifier.ControlModifier:
            self.picture.pan(across * 24, down * 24)
        elif key == _KEY.Key_K and self.series is not None and self.series.keys:
            self.step(
                next((number for number in self.series.keys if number > self.number), self.series.keys[0]) - self.number
            )
        elif key in _STEPS:
            self.step(_STEPS[key])
        else:
            super().keyPressEvent(event)

    def _window_chosen(self) -> None:
        self._own_window = False
        self._tell()
        self.looked.emit()

    def _arrived(self, shown: Slice, _answer: Answer) -> None:
        if isValid(self) and self.series is not None and shown == self.series.slices[self.number]:
            self._show()

    def _show(self) -> None:
        """The image where it is decoded; until it comes the one before stays, so that nothing flickers."""
        if self.series is None:
            return
        answer = self.loading.get(self.series.slices[self.number])
        if isinstance(answer, str):
            self.picture.say(answer)
        elif answer is not None:
            self.picture.show_frame(answer, self._own_window)
        self._tell()

    def _tell(self) -> None:
        if self.series is None:
            return
        where = self.series.slices[self.number].position
        parts = [_("Image {n} of {of}").format(n=self.number + 1, of=len(self.series.slices))]
        if self.series.slices[self.number].key:
            parts.append(_("marked by radiology"))
        if where is not None:
            parts.append(_("at {mm} mm").format(mm=with_sign(f"{where:.1f}")))
        frame = self.picture.frame
        if frame is not None and not frame.colour:
            center, width = round(self.picture.center), round(self.picture.width_of_window)
            parts.append(_("window {center} / {width}").format(center=center, width=width))
        if self.picture.is_negative:
            parts.append(_("black for white"))
        if self.picture.turns:
            parts.append(_("turned by {degrees}°").format(degrees=90 * self.picture.turns))
        if self.picture.length():
            parts.append(_("length {length}").format(length=self.picture.length()))
        self._details.setText(" · ".join([*parts, _("not for diagnosis")]))
        self.setAccessibleName(f"{self._title.text()}. {parts[0]}")
        described = ". ".join([self._details.text(), *_sides_in_words(self.picture.sides)])
        self.setAccessibleDescription(described)
        self.picture.setAccessibleName(self.accessibleName())
        self.picture.setAccessibleDescription(described)


def _sides_in_words(sides: tuple[str, ...]) -> list[str]:
    """The markers in words; none where the file doesn't say."""
    if not sides:
        return []
    left, top, right, bottom = (" ".join(_(_SIDES[letter]) for letter in letters) for letters in sides)
    words = _("At the left: {left}; at the top: {top}; at the right: {right}; at the bottom: {bottom}")
    return [words.format(left=left, top=top, right=right, bottom=bottom)]
