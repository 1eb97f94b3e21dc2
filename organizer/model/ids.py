"""The names by which things are found: each a text, and never one for another."""

from typing import NewType

from organizer.base import identifiers

EntryId = NewType("EntryId", str)
"""Of an entry: a UUIDv7, "" until it is stored."""
PersonId = NewType("PersonId", EntryId)
"""Of the Patient entry whose record it is (`entry.person`, which is a Patient's own id too)."""
Sha256 = NewType("Sha256", str)
"""The digest of an original, in hexadecimal; "" for what has none."""

NO_ENTRY = EntryId("")
NOBODY = PersonId(NO_ENTRY)
"""Where no person is named: everybody's, or not known whose."""
NO_ORIGINAL = Sha256("")


def new_id() -> EntryId:
    """A name for a new entry."""
    return EntryId(identifiers.new_id())


def person_id(text: str) -> PersonId:
    """The person of that name, where it comes as text: from a window, a file, a setting."""
    return PersonId(EntryId(text))
