"""What the person accepts of a plan: looked through once for what belongs together, then given as it comes."""

from array import array
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.importing.core.pages import FEW_OPEN
from organizer.importing.core.plan import ImportPlan, PlannedItem
from organizer.model.entry import Entry
from organizer.model.ids import EntryId
from organizer.store import entries as reading
from organizer.store.change_log import Add, Replace
from organizer.store.session import Session

_AT_ONCE = 500
"""Items between two reports of progress: some ten milliseconds."""
_BORN = ("new", "conflict")


class Accepted:
    """The items of a plan without those left out; without a person who is new, without what is theirs.

    `count` is how many entries are written, `documents` are the files (SHA-256) that they come from or hold.
    """

    def __init__(self, session: Session, plan: ImportPlan, leave_out: frozenset[str], progress: Progress) -> None:
        self._plan, self._leave_out, self._progress = plan, leave_out, progress
        for file in plan.files:
            if len(file.items) > FEW_OPEN:
                file.items.hold_less()
        self._known = {entry.id for entry in reading.find(session, reading.Query(kinds=("Patient",)))}
        self._strangers: set[EntryId] = set()
        self._born_left_out: set[EntryId] = set()
        self._absent: set[EntryId] = set()
        self._several: set[int] = set()
        """Hashes of the ids of entries that several items touch: their last state counts."""
        self.documents: set[str] = set()
        if leave_out:
            self._strangers = self._people_left_out()
            self._look_at_what_stays_out()
        self.count = self._look_through()

    def edits(self) -> Iterator[Add | Replace]:
        """One edit an entry."""
        last: dict[EntryId, Entry] = {}
        born: set[EntryId] = set()
        for item in self._items():
            entry = self._without_absent(item.entry)
            is_born = item.verdict in _BORN or entry.id in self._born_left_out
            if hash(entry.id) in self._several:
                if is_born:
                    born.add(entry.id)
                if item.writes:
                    last[entry.id] = entry
            elif item.writes:
                yield _edit(entry, is_born)

        yield from (_edit(entry, entry.id in born) for entry in last.values())

    def _people_left_out(self) -> set[EntryId]:
        people = (item for item in self._plan.items() if item.entry.kind == "Patient")
        left_out = {item.entry.id for item in people if item.key in self._leave_out}
        return left_out - self._known

    def _items(self) -> Iterator[PlannedItem]:
        return (item for item in self._plan.items() if not self._is_left_out(item))

    def _is_left_out(self, item: PlannedItem) -> bool:
        return item.key in self._leave_out or item.entry.person in self._strangers

    def _look_through(self) -> int:
        """Learn what several items touch, what won't be there, which documents are needed; gives how many entries."""
        touched = array("q")
        for number, item in enumerate(self._items()):
            if number % _AT_ONCE == 0:
                self._progress.check()
                self._progress.report(_("Writing entries"), 0)
            if item.writes:
                touched.append(hash(item.entry.id))
                self.documents.update(source.document for source in item.entry.sources)
                self.documents.add(item.entry.text("file"))
        ordered = sorted(touched)
        self._several = {before for before, after in pairwise(ordered) if before == after}
        return len(set(ordered))

    def _look_at_what_stays_out(self) -> None:
        """Learn which new entries are left out, and which of them come in by another item all the same."""
        left_out = filter(self._is_left_out, self._plan.items())
        self._born_left_out = {item.entry.id for item in left_out if item.verdict in _BORN}
        self._absent = self._born_left_out - {item.entry.id for item in self._items()}

    def _without_absent(self, entry: Entry) -> Entry:
        """Links to what is left out fall away."""
        links = tuple(link for link in entry.links if link.target not in self._absent)
        return entry if links == entry.links else replace(entry, links=links)


def _edit(entry: Entry, is_born: bool) -> Add | Replace:
    return Add(entry) if is_born else Replace(entry)
