"""Finding anything by its words."""

from organizer.services.record.records import Record
from organizer.store import search as full_text
from organizer.store.search import Hit, Wanted

__all__ = ["Hit", "Wanted"]


def search(record: Record, text: str, wanted: Wanted | None = None, limit: int = 50) -> list[Hit]:
    """Entries that hold all the words, also a little mistyped, best first."""
    return full_text.search(record, text, wanted, limit)
