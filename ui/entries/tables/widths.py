"""How wide the person made the columns of each table; kept with the window's settings."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal


class Widths(QObject):
    """`changed` carries all of them, by the table's key, in pixels at 100 % text."""

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sizes: dict[str, list[int]] = {}

    def load(self, stored: Mapping[str, object]) -> None:
        """Take over what was kept; anything but lists of sensible numbers is left out."""
        self._sizes = {
            key: sizes
            for key, sizes in stored.items()
            if isinstance(sizes, list) and all(isinstance(size, int) and 10 <= size <= 4000 for size in sizes)
        }

    def of(self, key: str) -> Sequence[int]:
        """The widths of a table's columns; none where it is as it came."""
        return self._sizes.get(key, ())

    def keep(self, key: str, sizes: Sequence[int]) -> None:
        """Remember them and tell."""
        if list(sizes) != self._sizes.get(key):
            self._sizes = {**self._sizes, key: list(sizes)}
            self.changed.emit(self._sizes)
