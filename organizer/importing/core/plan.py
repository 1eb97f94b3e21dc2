"""What an import would do, before anything is written: per file what is new, known, updated, in conflict, skipped."""

from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Literal

from organizer.base.errors import LockedSourceError, OrganizerError
from organizer.importing.core.format import Draft, Reading, Skipped, SourceFile, Within
from organizer.importing.core.pages import Pages
from organizer.model.entry import Entry
from organizer.model.ids import NOBODY, PersonId

Verdict = Literal["new", "known", "updated", "conflict"]
LISTED: dict[Verdict, int] = {"conflict": 10_000, "updated": 10_000, "new": 20_000, "known": 5_000}
"""Items of one file that a person is shown, of each verdict the first: nobody looks through more."""


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """One draft and what becomes of it. `entry` is as it would be stored, id and person included.

    `existing` is the entry that it is (known), replaces (updated) or differs from (conflict); `note` says why.
    """

    key: str
    draft: Draft
    verdict: Verdict
    entry: Entry
    existing: Entry | None = None
    note: str = ""

    @property
    def writes(self) -> bool:
        """False for what is in the record already, source and all."""
        return self.verdict != "known" or self.entry != self.existing


@dataclass(slots=True)
class PersonInFiles:
    """Somebody whose records the files hold: `key` and what the files say, and the id of whose record it would join.

    `settled` is False where the person must say who that is: the record doesn't know them. Name and key are "" for
    what no file names anybody for. `entries` counts what would come in for them. `held`: it may be somebody whom the
    record has, or the files don't say who it is, so nothing of theirs comes in before that is said; `may_be` names
    whom. `assumed`: the files say no more than an identifier, and it was taken for the only person's.
    """

    key: str
    name: str
    birth_date: str
    sex: str
    person: PersonId
    settled: bool
    entries: int = 0
    held: bool = False
    may_be: str = ""
    assumed: bool = False


@dataclass(slots=True)
class Tally:
    """What the items of one file come to: counted once, because there may be a million.

    `counts` are by verdict and kind; `listed` are the first of each verdict.
    """

    counts: Counter[tuple[Verdict, str]] = field(default_factory=Counter)
    writes: bool = False
    listed: dict[Verdict, deque[PlannedItem]] = field(
        default_factory=lambda: {verdict: deque(maxlen=most) for verdict, most in LISTED.items()}
    )

    def note(self, items: Sequence[PlannedItem]) -> None:
        """A page of items; the last one is to come first."""
        for item in reversed(items):
            self.counts[item.verdict, item.entry.kind] += item.draft.stands_for
            self.writes = self.writes or item.writes
            self.listed[item.verdict].appendleft(item)


@dataclass(slots=True)
class FilePlan:
    """One file of an import. `file` is the name that the person knows (a path within a zip after the zip's).

    `reading` is what its reader made of it: by it the plan can be made again after an answer, without reading again.
    """

    file: str
    source: SourceFile
    format: str = ""
    items: Pages[PlannedItem] = field(default_factory=Pages)
    skipped: list[Skipped] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    embedded: list[Within] = field(default_factory=list)
    error: OrganizerError | None = None
    reading: Reading | None = None
    known_before: Counter[str] = field(default_factory=Counter)
    """Of a file that was read before and wasn't read again: what it gave, by kind. All of it is in the record."""
    _tally: Tally | None = None

    @property
    def tally(self) -> Tally:
        """What the items come to."""
        if self._tally is None:
            self._tally = Tally()
            for items in self.items.by_page(backwards=True):
                self._tally.note(items)
        return self._tally

    def count_as(self, tally: Tally) -> None:
        """What the items come to, where that was counted as they got their last state."""
        self._tally = tally

    @property
    def has_cards(self) -> bool:
        """True where an issuer's key set would change what is said of it."""
        return bool(self.reading and (self.reading.cards or self.reading.card_parts))

    @property
    def locked(self) -> bool:
        """True where the person's passphrase or recovery code for the file is what is missing."""
        return isinstance(self.error, LockedSourceError)

    @property
    def read(self) -> int:
        """How many things the file held: new + known + updated + conflicts + skipped."""
        return self.tally.counts.total() + len(self.skipped) + self.known_before.total()

    @property
    def writes(self) -> bool:
        """True where it brings anything that isn't in the record as it is."""
        return self.tally.writes

    @property
    def listed(self) -> Sequence[PlannedItem]:
        """The items to show: of each verdict the first, up to LISTED of them."""
        return list(chain.from_iterable(self.tally.listed.values()))

    def count(self, verdict: Verdict) -> dict[str, int]:
        """How many things of the file have that verdict, by the kind they become."""
        counts: Counter[str] = Counter(self.known_before if verdict == "known" else ())
        for (its_verdict, kind), count in self.tally.counts.items():
            if its_verdict == verdict and count:
                counts[kind] += count
        return dict(counts)

    def everything(self) -> Counter[str]:
        """How many things of the file become each kind, whatever their verdict."""
        counts: Counter[str] = Counter()
        for (_verdict, kind), count in self.tally.counts.items():
            counts[kind] += count
        return +counts

    @property
    def unlisted(self) -> int:
        """How many items there are beside those to show."""
        return len(self.items) - len(self.listed)

    @property
    def conflicts(self) -> int:
        """How many items say something else than the record does."""
        return sum(self.count("conflict").values())

    def as_json(self) -> dict[str, Any]:
        """The file's part of `import --json`."""
        error = self.error
        return {
            "file": self.file,
            "format": self.format,
            "read": self.read,
            "new": self.count("new"),
            "known": self.count("known"),
            "updated": self.count("updated"),
            "conflicts": self.conflicts,
            "skipped": [
                {"where": skipped.where, "what": skipped.what, "reason": skipped.reason} for skipped in self.skipped
            ],
            "warnings": self.warnings,
            "error": {"message": error.message, "next_step": error.next_step} if error else None,
        }


@dataclass(slots=True)
class ImportPlan:
    """All files of one import, in the order they were read."""

    files: list[FilePlan] = field(default_factory=list)
    people: list[PersonInFiles] = field(default_factory=list)
    person: PersonId = NOBODY
    """Whose records the person said they are, if anybody's."""

    @property
    def unsettled(self) -> list[PersonInFiles]:
        """The people of whom only the person can say who they are."""
        return [person for person in self.people if not person.settled]

    @property
    def held(self) -> list[PersonInFiles]:
        """The people of whom nothing comes in before it is said who they are."""
        return [person for person in self.people if person.held]

    def items(self) -> Iterable[PlannedItem]:
        """The items of all files."""
        for file in self.files:
            yield from file.items

    @property
    def writes(self) -> bool:
        """True where there is anything to accept."""
        return any(file.writes for file in self.files)

    def total(self, verdict: Verdict) -> dict[str, int]:
        """How many items of each kind have that verdict, over all files."""
        total: Counter[str] = Counter()
        for file in self.files:
            total.update(file.count(verdict))
        return dict(total)

    def as_json(self) -> dict[str, Any]:
        """The whole answer of `import --json`."""
        files = [file.as_json() for file in self.files]
        people = [
            {
                "name": person.name,
                "birth_date": person.birth_date,
                "entries": person.entries,
                "in_record": person.settled,
                "held": person.held,
                "may_be": person.may_be,
            }
            for person in self.people
        ]
        return {"files": files, "new": self.total("new"), "known": self.total("known"), "people": people}
