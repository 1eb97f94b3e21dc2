"""Finding anything by its words."""

from collections.abc import Sequence

from organizer.services.records import Record
from organizer.store import search as full_text
from organizer.store.search import Hit

__all__ = ["Hit"]


def search(record: Record, text: str, person: str = "", kinds: Sequence[str] = (), limit: int = 50) -> list[Hit]:
    """Entries that hold all the words, best first."""
    return full_text.search(record, text, person, kinds, limit)
