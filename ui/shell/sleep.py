"""Told by the system that the computer goes to sleep, where it has a message bus (Linux). Messages stay inside it."""

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import SLOT, QObject, Signal, Slot

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

LOGIND = ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep")


class SleepWatch(QObject):
    """`falls_asleep` comes just before. Elsewhere `idle.IdleWatch` notices it on waking up."""

    falls_asleep = Signal()

    def __init__(self, parent: QObject | None = None, bus: "QDBusConnection | None" = None) -> None:
        super().__init__(parent)
        if bus is None and sys.platform == "linux":
            from PySide6.QtDBus import QDBusConnection  # not before a record is open

            bus = QDBusConnection.systemBus()
        if bus is not None:
            bus.connect(*LOGIND, self, SLOT("prepare(bool)"))  # type: ignore[call-overload]

    @Slot(bool)
    def prepare(self, begins: bool) -> None:
        """The bus says that sleep begins, or that it is over."""
        if begins:
            self.falls_asleep.emit()
