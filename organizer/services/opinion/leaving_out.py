"""What the papers of a person leave out: one answer for packet, chronology, emergency card, letters and sheets.

Sensitive matters, and what the person keeps back entry by entry, stay out of each until they are ticked for it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from organizer.base.errors import OrganizerError
from organizer.base.i18n import _
from organizer.model.entry import Entry
from organizer.model.ids import PersonId
from organizer.packet import sensitive
from organizer.packet.facts import LeftOut
from organizer.packet.sensitive import Withheld, sifted, withheld_in_words
from organizer.services.opinion.packet_entries import of_person
from organizer.services.record.records import Record

__all__ = ["LeftOut"]


@dataclass(frozen=True, slots=True)
class MatterInfo:
    """A sensitive matter that the person's record touches: its id, its words, and how many entries are about it."""

    id: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Sifted:
    """The entries that a paper may print, and what is kept back."""

    entries: Sequence[Entry]
    withheld: tuple[Withheld, ...]

    def of_kind(self, *kinds: str) -> list[Entry]:
        """Those of some kinds, in their order."""
        return [entry for entry in self.entries if entry.kind in kinds]

    @property
    def shortened(self) -> frozenset[str]:
        """The kinds of which entries are kept back: a list of them may be incomplete."""
        return frozenset().union(*(withheld.kinds for withheld in self.withheld))

    def in_words(self) -> tuple[LeftOut, ...]:
        """What is kept back, for the person alone."""
        return tuple(withheld_in_words(self.withheld))


@dataclass(frozen=True, slots=True)
class Paper:
    """A finished sheet as a PDF, and what it leaves out, which is said to the person alone."""

    pdf: bytes
    left_out: tuple[LeftOut, ...] = ()


def matters_in(record: Record, person: PersonId) -> list[MatterInfo]:
    """The matters of which a person's record holds something; each is off until it is ticked."""
    return matters_among(of_person(record, person).entries)


def matters_among(entries: Sequence[Entry]) -> list[MatterInfo]:
    """The same of what one paper is made of."""
    return [MatterInfo(held.matter.id, _(held.matter.title), held.count) for held in sift(entries, ()).withheld]


def matters_named(names: Iterable[str]) -> frozenset[str]:
    """The ids of matters as somebody typed them. Raises OrganizerError for one that isn't there, with the list."""
    known = [matter.id for matter in sensitive.matters()]
    wanted = frozenset(names)
    for name in sorted(wanted.difference(known)):
        raise OrganizerError(
            _("There is no sensitive matter “{name}”.").format(name=name),
            _("Use some of: {names}.").format(names=", ".join(known)),
        )
    return wanted


def sift(entries: Sequence[Entry], ticked: Collection[str]) -> Sifted:
    """The entries that may be printed while only these matters are ticked."""
    return Sifted(*sifted(entries, ticked))
