"""Measures how long the window's event loop stands still: a beat each 5 ms, and the longest time between two.

By the clock it also counts what other programs take; `longest_own` is what the window's own thread works in one go.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer

BEAT_MS = 5


class Heartbeat:
    """`longest` is the longest gap so far, in seconds; also the one that is still going on when it stops.

    `longest_own` is the same in seconds of the processor, of the thread that it beats in alone.
    """

    def __init__(self) -> None:
        self.longest = self.longest_own = 0.0
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)

    def __enter__(self) -> "Heartbeat":
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._beat()
        self._timer.stop()

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.longest = max(self.longest, now - self._last)
        self.longest_own = max(self.longest_own, worked - self._worked)
        self._last, self._worked = now, worked


def wait_for(done: Callable[[], bool], seconds: float = 120) -> None:
    """Let the event loop run until something is so. Raises TimeoutError."""
    end = time.perf_counter() + seconds
    while not done():
        if time.perf_counter() > end:
            raise TimeoutError
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
