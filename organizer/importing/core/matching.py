"""Is this draft an entry that the record already has? Nothing is merged on a guess.

Known: the source's own identifier with the same content; or, from another document, the same kind, code (or title)
and time with a value that agrees within its printed precision. Same but different: a conflict, which is kept beside
the other for the person to settle. A newer version of the same source's entry updates it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from itertools import chain

from organizer.base.i18n import _
from organizer.importing.core import verdicts
from organizer.importing.core.format import Draft
from organizer.importing.core.pages import Desk
from organizer.importing.core.plan import PlannedItem
from organizer.importing.core.planned_aside import FurtherSources, PlannedAside
from organizer.importing.core.sameness import (
    Fact,
    agrees,
    alike,
    comparable,
    day_of,
    facts_of,
    same_time,
    time_key,
)
from organizer.importing.core.versions import Version
from organizer.model.entry import Entry, Source
from organizer.model.ids import EntryId, PersonId, new_id, person_id
from organizer.model.interchange import ID_PREFIX
from organizer.store import change_log
from organizer.store import entries as reading
from organizer.store.session import Session

_MOST_ASKED = 60_000
"""Names asked for and entries met before what is known of them goes aside: some 150 MiB."""


class Matcher:
    """Decides draft by draft, knowing the record and what the import has planned so far.

    What it has planned goes aside with the pages of the `desk` where there is much of it.
    """

    def __init__(self, session: Session, desk: Desk | None = None) -> None:
        self._session = session
        self._by_identifier: dict[str, list[Entry]] = {}
        self._by_fact: dict[Fact, dict[str, dict[EntryId, Entry]]] = {}  # fact → time → id → entry
        self._met = 0  # entries in the two above
        self._planned: dict[EntryId, Entry] = {}
        self._exported: set[str] = set()
        self._asked_days: set[tuple[str, str, str]] = set()
        self._asked: set[str] = set()
        self._aliases: dict[str, list[Entry]] = {}
        self._sources = FurtherSources(desk or Desk())
        self._of_this_file: dict[str, Entry] = {}
        self._aside = PlannedAside(desk or Desk())

    def next_file(self) -> None:
        """To be called before each file: within one document two things are two things, so the facts that a file
        brings are candidates from the next one on."""
        for planned in self._of_this_file.values():
            self._remember_fact(planned)
        self._of_this_file.clear()
        self._aside.next_file()

    def prepare(
        self, drafts: Sequence[Draft], persons: Sequence[str], document: str, step: Callable[[], None] = lambda: None
    ) -> None:
        """Fetch from the record, in a few queries, whatever these drafts (and their persons' ids) may match.

        `step` is called now and then where much is put aside before that; it may raise.
        """
        if len(self._asked) + self._met > _MOST_ASKED:
            self._put_aside(step)
        wanted = list(chain.from_iterable(_identifiers(draft) for draft in drafts))
        wanted += [f"{document}#{draft.entry.sources[0].locator}" for draft in drafts if draft.entry.sources]
        self.look_up(wanted)
        asked = {
            _asked_day(draft.entry, person_id(person))
            for draft, person in zip(drafts, persons, strict=True)
            if not self._is_met(draft, person, document)
        }
        days = {day for day in asked if day is not None} - self._asked_days
        self._asked_days |= days
        of_record = [entry for entry in reading.on_days(self._session, days) if entry.id not in self._planned]
        planned_aside = self._aside.states([entry.id for entry in of_record])
        for entry in (*of_record, *self._aside.on_days(days)):
            if entry.id not in planned_aside and entry.id not in self._planned:
                self._remember_fact(entry)

    def look_up(self, identifiers: Sequence[str], step: Callable[[], None] = lambda: None) -> None:
        """Fetch what the record and the plan have by these names."""
        if len(self._asked) + self._met > _MOST_ASKED:
            self._put_aside(step)
        fresh = [identifier for identifier in dict.fromkeys(identifiers) if identifier not in self._asked]
        self._asked.update(fresh)
        named = reading.by_identifiers(self._session, fresh)
        for entry in reading.many(self._session, (text[len(ID_PREFIX) :] for text in fresh if _may_be_ours(text))):
            named.setdefault(ID_PREFIX + entry.id, []).append(entry)
        states = self._aside.states([entry.id for entry in chain.from_iterable(named.values())])
        for identifier, entries in self._aside.named(fresh).items():
            named.setdefault(identifier, []).extend(entries)
        for identifier, entries in named.items():
            known = self._by_identifier.setdefault(identifier, [])
            for entry in entries:
                if all(other.id != entry.id for other in known):
                    known.append(self._planned.get(entry.id) or states.get(entry.id, entry))
                    self._met += 1

    def _put_aside(self, step: Callable[[], None]) -> None:
        """Let go of what was met; what was planned is kept aside, and found there again."""
        self._aside.put(list(self._planned.values()), self._of_this_file, step)
        self._sources.put_aside()
        for met in (self._by_identifier, self._by_fact, self._planned, self._of_this_file):
            met.clear()
        self._asked.clear()
        self._asked_days.clear()
        self._by_identifier.update({name: list(entries) for name, entries in self._aliases.items()})
        self._met = 0

    def _is_met(self, draft: Draft, person: str, document: str) -> bool:
        """Whether a draft was read from this very document before: then no other entry of its day is looked at."""
        source = draft.entry.sources[0] if draft.entry.sources else Source()
        identifier = source.identifier or f"{document}#{source.locator}"
        return any(
            _came_in(entry, identifier, document)
            and (entry.kind, entry.person) == (draft.entry.kind, person)
            and alike(draft.entry, entry, identifier)
            for entry in self._by_identifier.get(identifier, ())
        )

    def decide(self, draft: Draft, person: PersonId, source: Source, key: str) -> PlannedItem:
        """What becomes of a draft that is this person's; `source` names the document it stands in."""
        entry = replace(draft.entry, id=EntryId(draft.own_id or new_id()), person=person, sources=(source,))
        item = self._met_again(key, draft, entry)
        if item is None:
            existing = self._same_fact(entry, source)
            item = (
                verdicts.stated_elsewhere(key, draft, entry, existing) if existing else verdicts.new(key, draft, entry)
            )
        if item.verdict in ("updated", "conflict") and self._was_read_from(item.existing, source):
            note = _("The record holds a newer version.")
            item = PlannedItem(key, draft, "known", item.existing or item.entry, item.existing, note)
        if draft.written is not None and item.verdict in ("new", "conflict"):
            names = draft.written if draft.former is not None else (source, *_other_names(draft, source))
            item = replace(item, entry=replace(item.entry, sources=names))
            self._exported.add(item.entry.id)
        if item.verdict != "known":
            self.remember(item.entry)
        elif not item.note:
            self.join(item.entry, source)
        return item

    def _met_again(self, key: str, draft: Draft, entry: Entry) -> PlannedItem | None:
        """What becomes of a draft whose source's name for it (or this record's own) is known; None where none is."""
        source = entry.sources[0]
        known = [
            candidate for candidate in self._by_identifier.get(source.identifier, []) if _same_owner(entry, candidate)
        ]
        ours = next((candidate for candidate in known if source.identifier == ID_PREFIX + candidate.id), None)
        if ours is not None:
            same = next((candidate for candidate in known if verdicts.same_content(entry, candidate)), None)
            if same is None and draft.written is not None:
                return verdicts.conflict(key, draft, entry, ours)
            # A summary of this record says less than its entries do: it changes nothing.
            note = _("It is this record’s own entry.")
            return PlannedItem(key, draft, "known", same or ours, same or ours, note)
        for name in (source, *_other_names(draft, source)):
            meant = replace(entry, sources=(name,))
            existing = self._same_identifier(draft, meant)
            if existing is not None:
                return verdicts.met_again(key, draft, meant, existing)
        return None

    def join(self, entry: Entry, source: Source) -> None:
        """One entry, one more source; the same document's is not added twice."""
        self._sources.join(entry, source)

    def with_joined(self, items: Sequence[PlannedItem]) -> list[PlannedItem]:
        """The items, with the further sources that this import brings for what is known; to be called once, at the end.

        They stand in the last item of each entry, since its last state is written; of several lists the last comes
        first. (A study has one for each of its thousand slices: joined one by one they would be copied as often.)
        """
        made = list(items)
        self._sources.look_up([item.entry.id for item in made])
        for place in range(len(made) - 1, -1, -1):
            entry = made[place].entry
            more = self._sources.taken(entry.id)
            if more:
                made[place] = replace(made[place], entry=replace(entry, sources=(*entry.sources, *more)))
        return made

    def _was_read_from(self, entry: Entry | None, source: Source) -> bool:
        """Whether an earlier state of an entry came from this very document: its words were weighed then."""
        if entry is None or not source.document:
            return False
        earlier = [revision.entry for revision in change_log.revisions(self._session, entry.id)]
        documents = {
            theirs.document for theirs in chain.from_iterable(state.sources for state in earlier if state is not None)
        }
        return source.document in documents

    def remember(self, entry: Entry) -> None:
        """What is planned can be matched by what comes later in the same import."""
        self._planned[entry.id] = entry
        self._met += 1
        self._sources.stands_in_too(entry)
        for source in entry.sources:
            known = self._by_identifier.setdefault(source.identifier, []) if source.identifier else []
            known[:] = [other for other in known if other.id != entry.id] + [entry]
        self._forget_fact(entry)
        self._of_this_file[entry.id] = entry

    def name(self, identifier: str, entry: Entry) -> None:
        """What a source calls an entry that was recognised by other means."""
        self._by_identifier.setdefault(identifier, []).append(entry)
        self._aliases.setdefault(identifier, []).append(entry)

    def ids_among(self, names: Set[str]) -> set[str]:
        """Those of some names that are ids of entries, of the record's or of planned ones."""
        rest = sorted(names - self._planned.keys())
        of_record = {entry.id for entry in reading.many(self._session, rest)}
        return {*(names & self._planned.keys()), *of_record, *self._aside.states([EntryId(name) for name in rest])}

    def resolve(self, identifier: str, person: PersonId) -> str:
        """The id of the entry that a source's identifier means, or ""; the same person's before others'."""
        entries = self._by_identifier.get(identifier, [])
        mine = [entry for entry in entries if entry.person == person] or entries
        return mine[-1].id if mine else ""

    def _remember_fact(self, entry: Entry) -> None:
        time = time_key(entry)
        for fact in facts_of(entry):
            known = self._by_fact.setdefault(fact, {}).setdefault(time, {})
            known.pop(entry.id, None)
            known[entry.id] = entry
            self._met += 1

    def _forget_fact(self, entry: Entry) -> None:
        """An earlier state of an entry is matched no longer."""
        time = time_key(entry)
        for fact in facts_of(entry):
            self._by_fact.get(fact, {}).get(time, {}).pop(entry.id, None)

    def _same_identifier(self, draft: Draft, entry: Entry) -> Entry | None:
        """The entry that came by this name. What was kept in conflict shares it with the entry that it differs from:
        this very document's own comes first, so that the same file again finds itself."""
        source = entry.sources[0]
        for identifier in (source.identifier, *draft.replaces):
            named = self._by_identifier.get(identifier, []) if identifier else []
            entries = [candidate for candidate in named if _same_owner(entry, candidate)]
            like = [
                candidate
                for candidate in entries
                if alike(entry, candidate, identifier) and not _of_strangers(source, candidate, identifier)
            ]
            mine = [candidate for candidate in like if _came_in(candidate, identifier, source.document)]
            if like:
                return (mine or like)[0]
        return None

    def _same_fact(self, entry: Entry, source: Source) -> Entry | None:
        """The same fact in another document; within one document two things are two things."""
        entries = [
            other
            for other in self._at_its_time(entry)
            if other.sources and other.id not in self._exported
            if same_time(entry, other) and comparable(entry, other)
            if not self._sources.stands_in(other, source.document)
        ]
        # Of several (a conflict is two) the one that it agrees with, and rather one that counts as a fact.
        return min(entries, key=lambda other: (not agrees(entry, other), other.struck), default=None)

    def _at_its_time(self, entry: Entry) -> Iterator[Entry]:
        """What bears one of its names at its time; a bare day is looked for among all times of it, and the other way.

        By time, for a device tells the same measure a hundred thousand times a day.
        """
        time = time_key(entry)
        for fact in facts_of(entry):
            times = self._by_fact.get(fact, {})
            if entry.happened is not None and entry.happened.precision == "day":
                for known in times.values():
                    yield from known.values()
            else:
                yield from times.get(time, {}).values()
                day = entry.happened.text[:10] if entry.happened is not None else time
                if day != time:
                    yield from times.get(day, {}).values()


def _came_in(entry: Entry, identifier: str, document: str) -> bool:
    return any(source.identifier == identifier and source.document == document for source in entry.sources)


def _of_strangers(source: Source, entry: Entry, identifier: str) -> bool:
    """Whether an entry came by the same name, but from a system that has nothing to do with this source's."""
    mine = Version.of(source.version)
    named = [Version.of(theirs.version) for theirs in entry.sources if theirs.identifier == identifier]
    return bool(named) and all(mine.is_of_strangers(theirs) for theirs in named)


def _may_be_ours(identifier: str) -> bool:
    """An export names each entry by its id in the record."""
    return identifier.startswith(ID_PREFIX)


def _same_owner(entry: Entry, other: Entry) -> bool:
    return other.kind == entry.kind and other.person == entry.person


def _other_names(draft: Draft, source: Source) -> list[Source]:
    """What the sources of an exported entry called it: by these names a later file of theirs is recognised."""
    return [
        replace(source, identifier=origin.identifier, version=origin.version)
        for origin in draft.written or ()
        if origin.identifier and origin.identifier != source.identifier
    ]


def _identifiers(draft: Draft) -> Iterable[str]:
    names = (draft.identifier, draft.patient, *draft.replaces, *(link.target for link in draft.entry.links))
    names += tuple(source.identifier for source in draft.written or ())
    return (name for name in names if name)


def _asked_day(entry: Entry, person: PersonId) -> tuple[str, str, str] | None:
    """The kind, person and day for which the record is asked; None where nothing could be the same fact."""
    day = day_of(entry)
    return None if day is None else (entry.kind, person, day)
