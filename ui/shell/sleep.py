"""Told by the system that the computer goes to sleep, or that somebody locks its screen. Messages stay inside it.

Linux says both over its message buses: logind before it sleeps, the desktop's screen saver when it locks. Windows sends
them to the window (`windows_session`), macOS to whoever asks (`mac_screen`); both not yet run there.
"""

import sys
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

LOGIND = ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep")
SCREEN_SAVERS = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged"),
)
"""Services, paths, interfaces and signals of freedesktop's desktops and of GNOME."""


class _Listener(Protocol):
    """What tells of a locked screen until it is asked to be silent."""

    def stop(self) -> None:
        """Ask the system for nothing any more."""


class SleepWatch(QObject):
    """`falls_asleep` comes just before, `screen_locked` once it is. Where no system tells of sleep `idle.IdleWatch`
    notices it on waking up."""

    falls_asleep = Signal()
    screen_locked = Signal()

    def __init__(self, window: QWidget, bus: "QDBusConnection | None" = None) -> None:
        super().__init__(window)
        if bus is not None:
            self._listen_on(bus, bus)
        elif sys.platform == "linux":
            from PySide6.QtDBus import QDBusConnection  # not before a record is open

            self._listen_on(QDBusConnection.systemBus(), QDBusConnection.sessionBus())
        elif sys.platform == "win32":
            from ui.shell.windows_session import WindowsSession

            self._hold(WindowsSession(int(window.winId()), self.falls_asleep.emit, self.screen_locked.emit))
        elif sys.platform == "darwin":
            from ui.shell.mac_screen import MacScreen

            self._hold(MacScreen(self.screen_locked.emit))

    def _hold(self, listener: _Listener) -> None:
        self._listener = listener
        self.destroyed.connect(listener.stop)

    def _listen_on(self, system: "QDBusConnection", session: "QDBusConnection") -> None:
        system.connect(*LOGIND, self, SLOT("prepare(bool)"))  # type: ignore[call-overload]
        for saver in SCREEN_SAVERS:
            session.connect(*saver, self, SLOT("saved(bool)"))  # type: ignore[call-overload]

    @Slot(bool)
    def prepare(self, begins: bool) -> None:
        """The bus says that sleep begins, or that it is over."""
        if begins:
            self.falls_asleep.emit()

    @Slot(bool)
    def saved(self, begins: bool) -> None:
        """The bus says that the screen is covered, or that it can be seen again."""
        if begins:
            self.screen_locked.emit()
