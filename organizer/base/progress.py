"""How long work tells where it is, and learns that it should stop."""

from typing import Protocol

from organizer.base.errors import Cancelled


class Progress(Protocol):
    """Handed to each piece of work that may take over 100 ms."""

    def report(self, what: str, done: int = 0, total: int | None = None) -> None:
        """Say what is being done now, and how much of it; `total` None means unknown."""

    def check(self) -> None:
        """Raise `Cancelled` when the person asked to stop. Called between items, never within a write."""


class NoProgress:
    """Nobody watches and nobody cancels."""

    def report(self, what: str, done: int = 0, total: int | None = None) -> None:
        """Say nothing."""

    def check(self) -> None:
        """Never stop."""


class CancellableProgress(NoProgress):
    """Can be told to stop from another thread."""

    def __init__(self) -> None:
        self._cancelled = False

    @property
    def cancelled(self) -> bool:
        """True once `cancel` was called."""
        return self._cancelled

    def cancel(self) -> None:
        """Ask the work to stop at its next check."""
        self._cancelled = True

    def check(self) -> None:
        """Raise `Cancelled` after `cancel`."""
        if self._cancelled:
            raise Cancelled
