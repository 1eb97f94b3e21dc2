"""macOS tells whoever asks that the screen is locked: `com.apple.screenIsLocked`, as KeePassXC and Chromium hear it.

Asked by CoreFoundation's distributed notifications (developer.apple.com, CFNotificationCenter). Not yet run there: a
test plays them.
"""

import ctypes
from collections.abc import Callable
from typing import Any

NAME = b"com.apple.screenIsLocked"
_UTF8 = 0x0800_0100  # kCFStringEncodingUTF8
_AT_ONCE = 4  # CFNotificationSuspensionBehaviorDeliverImmediately
_POINTERS = (ctypes.c_void_p,) * 5
_Heard = ctypes.CFUNCTYPE(None, *_POINTERS)
"""CFNotificationCallback: centre, observer, name, object, details."""
_FRAMEWORK = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"


class MacScreen:
    """Calls `locked` once the screen is, until it is stopped."""

    def __init__(self, locked: Callable[[], None], library: Any = None) -> None:
        self._library = library or ctypes.CDLL(_FRAMEWORK)
        self._heard = _Heard(lambda *_told: locked())  # held: the system calls it by its address
        pointer = ctypes.c_void_p
        for name, returns, takes in (
            ("CFStringCreateWithCString", pointer, [pointer, ctypes.c_char_p, ctypes.c_uint32]),
            ("CFNotificationCenterGetDistributedCenter", pointer, []),
            ("CFNotificationCenterAddObserver", None, [pointer, pointer, _Heard, pointer, pointer, ctypes.c_long]),
            ("CFNotificationCenterRemoveEveryObserver", None, [pointer, pointer]),
        ):
            function = getattr(self._library, name)
            function.restype, function.argtypes = returns, takes
        self._centre = self._library.CFNotificationCenterGetDistributedCenter()
        name = self._library.CFStringCreateWithCString(None, NAME, _UTF8)
        self._library.CFNotificationCenterAddObserver(self._centre, _SELF, self._heard, name, None, _AT_ONCE)

    def stop(self) -> None:
        """Hear of it no more."""
        self._library.CFNotificationCenterRemoveEveryObserver(self._centre, _SELF)


_SELF = 1  # any address that tells this observer from none: there is one in a program
