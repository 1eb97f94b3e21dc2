"""What a way out is: its name, and how it writes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from organizer.base.progress import Progress
from organizer.records.entry import Entry
from organizer.store.database import Database


@dataclass(frozen=True, slots=True)
class Export:
    """`write` gets an open record, the entries that go out and a path where nothing stands yet; gives what it wrote,
    counted by kind. It raises DiskFullError or Cancelled; what it began is removed by services."""

    name: str
    write: Callable[[Database, Sequence[Entry], Path, Progress], dict[str, int]]
