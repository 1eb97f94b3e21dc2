"""What is kept in memory of an open record, because it is dear to make: by its sort and key, the last used of each."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

Answer = TypeVar("Answer")


class Kept:
    """Shared by all connections of one open record, and so by several threads."""

    def __init__(self) -> None:
        self._sorts: dict[str, OrderedDict[str, Any]] = {}
        self._lock = Lock()

    def taken(self, what: str, key: str, make: Callable[[], Answer], most: int) -> Answer:
        """What is kept of that sort for the key, else what `make` makes; `most` of a sort are kept."""
        with self._lock:
            sort = self._sorts.setdefault(what, OrderedDict())
            if key in sort:
                sort.move_to_end(key)
                answer: Answer = sort[key]
                return answer

        # Made without the lock: others may look meanwhile, and what two make at once is the same.
        made = make()
        with self._lock:
            sort[key] = made
            while len(sort) > most:
                sort.popitem(last=False)
        return made

    def forget(self) -> None:
        """Keep nothing any more; what is being made just now goes with who asked for it."""
        with self._lock:
            self._sorts = {}
