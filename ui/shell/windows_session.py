"""Windows tells a window that its session is locked or left, and that the computer goes to sleep.

The messages and their numbers are those of WinUser.h and WtsApi32.h (learn.microsoft.com, WM_WTSSESSION_CHANGE and
WM_POWERBROADCAST). Not yet run there: a test plays them.
"""

import ctypes
from collections.abc import Callable
from ctypes import wintypes
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

POWER, SESSION = 0x0218, 0x02B1
"""WM_POWERBROADCAST and WM_WTSSESSION_CHANGE."""
SUSPEND = 4
"""PBT_APMSUSPEND."""
LEFT = frozenset({2, 4, 7})
"""WTS_CONSOLE_DISCONNECT (another person takes the screen), WTS_REMOTE_DISCONNECT, WTS_SESSION_LOCK."""
_THIS_SESSION = 0  # NOTIFY_FOR_THIS_SESSION


class WindowsSession(QAbstractNativeEventFilter):
    """Calls `asleep` before the computer sleeps and `locked` once the session is locked, until it is stopped."""

    def __init__(
        self, window: int, asleep: Callable[[], None], locked: Callable[[], None], library: Any = None
    ) -> None:
        super().__init__()
        self._window, self._asleep, self._locked = window, asleep, locked
        self._library = library or ctypes.CDLL("wtsapi32")
        self._library.WTSRegisterSessionNotification(wintypes.HWND(window), wintypes.DWORD(_THIS_SESSION))
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self)

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: Any) -> tuple[bool, int]:
        """Look at a message; it goes on to the window whatever it says."""
        if kind == b"windows_generic_MSG":
            event = wintypes.MSG.from_address(int(message))
            if event.message == POWER and event.wParam == SUSPEND:
                self._asleep()
            elif event.message == SESSION and event.wParam in LEFT:
                self._locked()
        return False, 0

    def stop(self) -> None:
        """Ask for no more messages."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self)
        self._library.WTSUnRegisterSessionNotification(wintypes.HWND(self._window))
