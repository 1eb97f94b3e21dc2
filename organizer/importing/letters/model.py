"""What the reader of letters gives: proposals with their words and place, and what was left out, with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from organizer.importing.lab_reports.model import Place


@dataclass(frozen=True, slots=True)
class LetterProposal:
    """One entry as read: its kind, its fields as a person would type them, the words it was read from and their place.

    `doubts` are sentences; none means that the letter says it in a list under a heading. `heading` is that heading, ""
    for running text.
    """

    kind: str
    fields: Mapping[str, str]
    quote: str
    place: Place
    heading: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What it is called."""
        return self.fields["title"]


@dataclass(frozen=True, slots=True)
class Author:
    """The doctor who signs, the hospital or practice at the head, the letter's own day; "" for what it doesn't say."""

    doctor: str = ""
    place: str = ""
    day: str = ""


@dataclass(slots=True)
class LetterReading:
    """All that one letter gave: proposals in the order of the page, sentences on what was left out, who wrote it."""

    proposals: list[LetterProposal] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    author: Author = field(default_factory=Author)
