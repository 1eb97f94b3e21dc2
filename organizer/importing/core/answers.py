"""What the person answered when the files left something open; nothing of it is guessed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from organizer.importing.formats.tables.mapping import Mapping as Columns

SOMEBODY_NEW = "new"
"""In `Answers.people`: a person whom the record doesn't hold yet."""
LEFT_OUT = "left-out"
"""In `Answers.people`: nothing of this person comes in."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Empty: nothing was answered yet.

    `people`: the key of a person in the files (`persons.key_of`) → the id of a person of the record, SOMEBODY_NEW
    or LEFT_OUT.
    `unnamed`: the id of the person whose the things are for which a file names nobody. `columns`: a table (`SHA-256`
    of its file, `#`, the name of its sheet) → what its columns hold. `keys`: a JSON Web Key Set by which the
    signatures of health cards are checked. `secrets`: the SHA-256 of a backup → its passphrase or recovery code.
    """

    people: Mapping[str, str] = field(default_factory=dict)
    unnamed: str = ""
    columns: Mapping[str, "Columns"] = field(default_factory=dict)
    keys: bytes = b""
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
