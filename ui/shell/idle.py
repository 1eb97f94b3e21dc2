"""Locks the record when nobody has typed or moved the pointer for a while, and when the computer has slept.

Sooner, after half a minute, it lets the record be tidied.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QGuiApplication, QKeyEvent, QWindow

from organizer.base.dates import now

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)
BEAT_MS = 10_000
QUIET_BEATS = 3  # without a sign of life: time to tidy
WARNING_MS = 60_000  # before it locks, or half of the time where that is less
ASLEEP_SECONDS = 60  # no beat for so long: the whole computer stood still, not just this program


class IdleWatch(QObject):
    """Looks at the events of this program's windows only.

    `lock_wanted` says that Ctrl+L was pressed where a question stands in front, whose window the key would not leave.
    `locks_soon` comes a minute before. Where a screen reader is at work a moved focus counts as a sign of life: what it
    does for somebody comes as no key.
    """

    lock_wanted = Signal()
    locks_soon = Signal()

    def __init__(self, minutes: int, lock: Callable[[], None], tidy: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._lock, self._tidy = lock, tidy
        self._quiet = 0
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(lock)
        self.warning = QTimer(self)
        self.warning.setSingleShot(True)
        self.warning.timeout.connect(self.locks_soon)
        self.beat = QTimer(self)
        self.beat.setInterval(BEAT_MS)
        self.beat.timeout.connect(self._beat)
        self.set_minutes(minutes)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._watch)
            application.focusObjectChanged.connect(self._focus_moved)
        self._last = now()
        self.beat.start()

    def set_minutes(self, minutes: int) -> None:
        """Lock after so many minutes without a sign of life; 0 never does."""
        self.timer.setInterval(minutes * 60_000)
        self.warning.setInterval(max(minutes * 60_000 - WARNING_MS, minutes * 30_000))
        self.stay()

    def stay(self) -> None:
        """Somebody is there: count the minutes anew."""
        self._sign_of_life()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE:
            self._sign_of_life()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and _asks_to_lock(event):
            self.lock_wanted.emit()
            return True
        return False

    def _sign_of_life(self) -> None:
        self._quiet = 0
        if self.timer.interval():
            self.timer.start()
            self.warning.start()
        else:
            self.timer.stop()
            self.warning.stop()

    def _beat(self) -> None:
        last, self._last = self._last, now()
        if (self._last - last).total_seconds() > ASLEEP_SECONDS:
            self._lock()
        self._quiet += 1
        if self._quiet == QUIET_BEATS:
            self._tidy()

    def _focus_moved(self, _focus: QObject | None) -> None:
        if QAccessible.isActive():
            self._sign_of_life()

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)
            self._sign_of_life()


def _asks_to_lock(event: QKeyEvent) -> bool:
    control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return control and event.key() == Qt.Key.Key_L and QGuiApplication.modalWindow() is not None
