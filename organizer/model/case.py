"""A second opinion as the record keeps it: the question, what was gathered and said for it, the packets that went out.

An OpinionCase entry holds lists of rows in its data. They are read and written here and nowhere else; what is written
has the form that records have had all along.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from organizer.base.dates import PartialDate
from organizer.model.entry import Entry, Json
from organizer.model.ids import NO_ENTRY, EntryId, PersonId
from organizer.model.links import Role
from organizer.model.statuses import Status

MOST_OPINIONS = 3


class RowState(StrEnum):
    """How a row of the checklist stands: FOUND by itself, MISSING or PERHAPS; all others are what the person said."""

    FOUND = "found"
    LINKED = "linked"
    HAVE = "have"
    ASKED = "asked"
    SPARED = "spared"
    MISSING = "missing"
    PERHAPS = "perhaps"
    """Only where it was done: neither the record nor the illness tells that there is one."""


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """What the person said of a row of the checklist: `entry` is what it is LINKED to, `task` by which it is ASKED.

    `state` is a RowState, or a word that another version wrote.
    """

    row: str
    state: str
    entry: EntryId = NO_ENTRY
    task: EntryId = NO_ENTRY

    def stored(self) -> dict[str, Json]:
        """As the case's data holds it."""
        links = {"entry": self.entry, "task": self.task}
        return {"row": self.row, "state": str(self.state)} | {name: link for name, link in links.items() if link}


@dataclass(frozen=True, slots=True)
class Opinion:
    """One opinion: by whom, when (a partial date or ""), what was said in each row of the comparison.

    `marks` are each row's mark against the first opinion, `marks_second` against the second; empty for what came
    before.
    """

    by: str = ""
    when: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    marks_second: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """True for a column that says nothing, not even whose it is."""
        return not (self.by or self.when or self.said)

    def marks_against(self, earlier: int) -> Mapping[str, str]:
        """The marks against the first (0) or the second opinion (1)."""
        return (self.marks, self.marks_second)[earlier]

    def stored(self) -> dict[str, Json]:
        """As the case's data holds it."""
        row: dict[str, Json] = {
            "by": self.by,
            "when": self.when,
            "said": dict(self.said),
            "marks": dict(self.marks),
        }
        return row | ({"marks_second": dict(self.marks_second)} if self.marks_second else {})


@dataclass(frozen=True, slots=True)
class PacketWish:
    """What was chosen for a packet, as it is kept; None and "" where an earlier version didn't ask for it.

    `include` and `exclude` are sections, `tick` sensitive matters, `whole` sections that are printed whole, `looked_at`
    the SHA-256 of documents that can't be searched.
    """

    include: tuple[str, ...] | None = None
    exclude: tuple[str, ...] = ()
    since: str = ""
    page_size: str = ""
    language: str = ""
    tick: tuple[str, ...] = ()
    whole: tuple[str, ...] | None = None
    looked_at: tuple[str, ...] = ()

    def stored(self) -> dict[str, Json]:
        """As the case's data holds it."""
        return {
            "include": None if self.include is None else list(self.include),
            "exclude": list(self.exclude),
            "since": self.since,
            "page_size": self.page_size,
            "language": self.language,
            "tick": list(self.tick),
            "whole": None if self.whole is None else list(self.whole),
            "looked_at": list(self.looked_at),
        }


@dataclass(frozen=True, slots=True)
class SavedPacket:
    """A packet that was saved: on which day, of how many pages, for whom, by which choice, and where it went.

    `fingerprint` are the first twelve digits of the file's SHA-256; days are ISO dates.
    """

    saved_on: str
    pages: int
    specialist: str = ""
    specialty: str = ""
    fingerprint: str = ""
    wish: PacketWish = field(default_factory=PacketWish)
    sent_to: str = ""
    sent_on: str = ""

    def stored(self) -> dict[str, Json]:
        """As the case's data holds it."""
        row: dict[str, Json] = {
            "saved_on": self.saved_on,
            "pages": self.pages,
            "fingerprint": self.fingerprint,
            "choice": self.wish.stored(),
            "specialist": self.specialist,
            "specialty": self.specialty,
        }
        return row | ({"sent_to": self.sent_to, "sent_on": self.sent_on} if self.sent_on else {})


@dataclass(frozen=True, slots=True)
class Case:
    """One question to one or more specialists, read from its entry."""

    entry: Entry

    @property
    def id(self) -> EntryId:
        """The id of its entry."""
        return self.entry.id

    @property
    def person(self) -> PersonId:
        """Whose question it is."""
        return self.entry.person

    @property
    def title(self) -> str:
        """The question in short."""
        return self.entry.title

    @property
    def is_closed(self) -> bool:
        """True once the person has closed it."""
        return self.entry.status == Status.COMPLETED

    @property
    def appointment(self) -> PartialDate | None:
        """The day of the visit."""
        return self.entry.happened

    @property
    def about(self) -> tuple[EntryId, ...]:
        """The diagnoses that it is about."""
        return self.entry.targets(Role.ABOUT)

    @property
    def evidence(self) -> tuple[EntryId, ...]:
        """The entries that its reasons rest on."""
        return self.entry.targets(Role.EVIDENCE)

    @property
    def why(self) -> str:
        """The question in a sentence or two, in the person's words."""
        return self.entry.text("why")

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why a second opinion is worth asking for, a line each."""
        return _texts(self.entry.data.get("reasons"))

    @property
    def specialist(self) -> str:
        """Whom it is asked of."""
        return self.entry.text("specialist")

    @property
    def specialty(self) -> str:
        """The field of medicine, one of the kind's choices."""
        return self.entry.text("specialty")

    @property
    def place(self) -> str:
        """Where the visit is."""
        return self.entry.text("place")

    @property
    def decide_by(self) -> PartialDate | None:
        """By when it must be decided."""
        return self.entry.date("decide_by")

    @property
    def plan_proposed(self) -> str:
        """The plan that was proposed before."""
        return self.entry.text("plan_proposed")

    @property
    def learnt(self) -> str:
        """What the person has learned by it."""
        return self.entry.text("learnt")

    @property
    def worry_before(self) -> int | None:
        """Worry before the visit, 0 to 10."""
        return _whole(self.entry.data.get("worry_before"))

    @property
    def confidence_before(self) -> int | None:
        """Confidence before the visit, 0 to 10."""
        return _whole(self.entry.data.get("confidence_before"))

    @property
    def missing(self) -> tuple[str, ...]:
        """What is pending or missing, a line each, in the person's words."""
        return _texts(self.entry.data.get("missing"))

    @property
    def answers(self) -> tuple[RowAnswer, ...]:
        """What the person said of the rows of the checklist."""
        return tuple(
            RowAnswer(_text(row, "row"), _text(row, "state"), EntryId(_text(row, "entry")), EntryId(_text(row, "task")))
            for row in self.entry.rows("gathered")
        )

    @property
    def opinions(self) -> tuple[Opinion, ...]:
        """The opinions, the first one first, at most MOST_OPINIONS."""
        rows = self.entry.rows("opinions")[:MOST_OPINIONS]
        return tuple(
            Opinion(
                _text(row, "by"),
                _text(row, "when"),
                _words(row.get("said")),
                _words(row.get("marks")),
                _words(row.get("marks_second")),
            )
            for row in rows
        )

    @property
    def packets(self) -> tuple[SavedPacket, ...]:
        """The packets that were saved for it, the oldest first. What names no specialist was for the case's own."""
        return tuple(self._packet(row) for row in self.entry.rows("packets"))

    def _packet(self, row: Mapping[str, Json]) -> SavedPacket:
        pages = row.get("pages")
        return SavedPacket(
            _text(row, "saved_on"),
            int(pages) if isinstance(pages, int | float) else 0,
            _text(row, "specialist") if "specialist" in row else self.specialist,
            _text(row, "specialty") if "specialty" in row else self.specialty,
            _text(row, "fingerprint"),
            _wish(row.get("choice")),
            _text(row, "sent_to"),
            _text(row, "sent_on"),
        )

    def answered(self, answers: Sequence[RowAnswer], instead_of: Sequence[str] = ()) -> Entry:
        """The case's entry with these answers, in place of what was said of their rows and of those named."""
        rows = {*instead_of, *(answer.row for answer in answers)}
        others = [row for row in self.entry.rows("gathered") if row.get("row") not in rows]
        return self._with("gathered", [*others, *(answer.stored() for answer in answers)])

    def compared(self, opinions: Sequence[Opinion]) -> Entry:
        """The case's entry with these opinions."""
        return self._with("opinions", [opinion.stored() for opinion in opinions])

    def saved(self, packet: SavedPacket) -> Entry:
        """The case's entry with one more packet."""
        return self._with("packets", [*self.entry.rows("packets"), packet.stored()])

    def sent(self, place: int, whom: str, day: str) -> Entry:
        """The case's entry with the packet at that place (from 0) sent. Raises IndexError for one that isn't there."""
        rows = [dict(row) for row in self.entry.rows("packets")]
        rows[place] |= {"sent_to": whom, "sent_on": day}
        return self._with("packets", rows)

    def _with(self, name: str, rows: Sequence[Mapping[str, Json]]) -> Entry:
        return self.entry.having(data={**self.entry.data, name: list(rows)})


def is_case(entry: Entry) -> bool:
    """True for the entry of a second opinion."""
    return entry.kind == "OpinionCase"


def _wish(choice: Json) -> PacketWish:
    row = choice if isinstance(choice, Mapping) else {}
    include, whole = row.get("include"), row.get("whole")
    return PacketWish(
        _texts(include) if isinstance(include, list) else None,
        _texts(row.get("exclude")),
        _text(row, "since"),
        _text(row, "page_size"),
        _text(row, "language"),
        _texts(row.get("tick")),
        _texts(whole) if isinstance(whole, list) else None,
        _texts(row.get("looked_at")),
    )


def _text(row: Mapping[str, Json], name: str) -> str:
    return str(row.get(name) or "")


def _texts(value: Json) -> tuple[str, ...]:
    return tuple(str(line) for line in value) if isinstance(value, list | tuple) else ()


def _words(value: Json) -> dict[str, str]:
    return {str(name): str(text) for name, text in value.items()} if isinstance(value, Mapping) else {}


def _whole(value: Json) -> int | None:
    return int(value) if isinstance(value, int | float) else None
