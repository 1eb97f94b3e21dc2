"""Work that may take over 100 ms: one after the other on one worker thread, with progress and cancel.

A job that finishes at once must not answer before its caller is ready: answers always come through a queued signal.
"""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from organizer.base.errors import Cancelled
from organizer.base.progress import CancellableProgress, Progress
from ui.shell import memory

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

Result = TypeVar("Result")


class Job(QObject):
    """One piece of work and its answer. `settled` comes in the window's thread."""

    progressed = Signal(str, int, object)
    settled = Signal(object)

    def __init__(self, label: str) -> None:
        super().__init__()
        self.label = label
        self.progress = _JobProgress(self)

    def cancel(self) -> None:
        """Ask the work to stop; it takes back what it began."""
        self.progress.cancel()


class _JobProgress(CancellableProgress):
    """Tells the window through a signal, which Qt queues between threads."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job

    def report(self, what: str, done: int = 0, total: int | None = None) -> None:
        """Send it to the window."""
        self._job.progressed.emit(what, done, total)


class Jobs(QObject):
    """Runs jobs one by one, so that writes never overlap."""

    started = Signal(object)
    finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: list[Job] = []

    @cached_property
    def _pool(self) -> "ThreadPoolExecutor":
        from concurrent.futures import ThreadPoolExecutor  # the first picture runs no job

        return ThreadPoolExecutor(max_workers=1, thread_name_prefix="casebook-job")

    @property
    def running(self) -> tuple[Job, ...]:
        """Jobs that are not settled yet, the first one at work."""
        return tuple(self._running)

    def run(
        self,
        label: str,
        work: Callable[[Progress], Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None] | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> Job:
        """Run `work` in the background; exactly one of `done`, `failed`, `cancelled` is called, in this thread.

        Without `failed` an exception is raised in this thread, where the one hook for the unexpected sees it.
        """
        job = Job(label)
        self._running.append(job)
        memory.begin_work()

        def settle(settled: object) -> None:
            if job not in self._running:  # stopped, while this answer was already on its way through Qt's queue
                return
            answer: Future[Result] = settled  # type: ignore[assignment]
            self._running.remove(job)
            # A connection holds what it calls, and that holds the job: a ring that Python's collector can't see.
            job.settled.disconnect(settle)
            job.deleteLater()
            if not self._running:
                memory.end_work()
            self.finished.emit(job)
            error = answer.exception()
            if error is None:
                done(answer.result())
            elif isinstance(error, Cancelled):
                if cancelled:
                    cancelled()
            elif failed and isinstance(error, Exception):
                failed(error)
            else:
                raise error

        job.settled.connect(settle, Qt.ConnectionType.QueuedConnection)
        self.started.emit(job)
        self._pool.submit(_checked, job, work).add_done_callback(job.settled.emit)
        return job

    def stop(self) -> None:
        """Cancel everything and wait for the worker; nothing answers any more."""
        for job in self._running:
            job.settled.disconnect()
            job.cancel()
        self._running.clear()
        self._pool.shutdown(wait=True, cancel_futures=True)
        memory.end_work()


def _checked(job: Job, work: Callable[[Progress], Result]) -> Result:
    """A job that was cancelled while it waited never begins."""
    job.progress.check()
    return work(job.progress)
