"""Windows and macOS tell of a locked screen in ways of their own; here somebody plays these systems."""

import ctypes
import sys
from ctypes import wintypes
from types import SimpleNamespace

import pytest

from ui.shell import mac_screen
from ui.shell.mac_screen import MacScreen
from ui.shell.windows_session import POWER, SESSION, WindowsSession


@pytest.fixture
def windows(qapp):
    """A listener, what it said, what was asked of Windows, and a way to send it a message."""
    said, asked = [], []
    library = SimpleNamespace(
        WTSRegisterSessionNotification=lambda window, flags: asked.append(("on", window.value, flags.value)),
        WTSUnRegisterSessionNotification=lambda window: asked.append(("off", window.value)),
    )
    session = WindowsSession(77, lambda: said.append("asleep"), lambda: said.append("locked"), library)

    def send(message, parameter, kind=b"windows_generic_MSG"):
        told = wintypes.MSG(message=message, wParam=parameter)
        return session.nativeEventFilter(kind, ctypes.addressof(told))

    yield SimpleNamespace(session=session, said=said, asked=asked, send=send)
    session.stop()


@pytest.mark.parametrize(
    ("message", "parameter", "said"),
    [
        (SESSION, 7, ["locked"]),  # WTS_SESSION_LOCK
        (SESSION, 8, []),  # WTS_SESSION_UNLOCK
        (SESSION, 2, ["locked"]),  # WTS_CONSOLE_DISCONNECT
        (SESSION, 4, ["locked"]),  # WTS_REMOTE_DISCONNECT
        (SESSION, 1, []),  # WTS_CONSOLE_CONNECT
        (POWER, 4, ["asleep"]),  # PBT_APMSUSPEND
        (POWER, 7, []),  # PBT_APMRESUMESUSPEND
        (0x0100, 7, []),  # WM_KEYDOWN
    ],
)
def test_each_message_of_windows_is_told_by_what_it_means_and_goes_on(windows, message, parameter, said):
    assert windows.send(message, parameter) == (False, 0)
    assert windows.said == said


def test_messages_of_another_sort_are_not_looked_into(windows):
    assert windows.send(SESSION, 7, b"xcb_generic_event_t") == (False, 0)
    assert windows.said == []


def test_windows_is_asked_for_this_session_only_and_asked_no_more_at_the_end(windows):
    assert windows.asked == [("on", 77, 0)]
    windows.session.stop()
    assert windows.asked[1:] == [("off", 77)]


class Foundation:
    """CoreFoundation as far as it is asked: calls what was added for a name when that comes about."""

    def __init__(self):
        self.added = {}

        def make(_allocator, text, encoding):
            assert encoding == 0x0800_0100
            return ctypes.create_string_buffer(text)

        def add(centre, _observer, heard, name, _object, _behaviour):
            assert centre == 5
            self.added[name.value] = heard

        self.CFStringCreateWithCString = make
        self.CFNotificationCenterGetDistributedCenter = lambda: 5
        self.CFNotificationCenterAddObserver = add
        self.CFNotificationCenterRemoveEveryObserver = lambda _centre, _observer: self.added.clear()


def test_a_mac_says_that_its_screen_is_locked_until_it_is_asked_no_more():
    said, foundation = [], Foundation()
    screen = MacScreen(lambda: said.append("locked"), foundation)
    foundation.added[mac_screen.NAME](5, 1, None, None, None)
    assert said == ["locked"]
    screen.stop()
    assert foundation.added == {}


@pytest.mark.skipif(sys.platform == "darwin", reason="there the framework is")
def test_elsewhere_there_is_no_such_framework():
    with pytest.raises(OSError, match="CoreFoundation"):
        MacScreen(lambda: None)
