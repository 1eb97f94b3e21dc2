"""Is this draft an entry that the record already has? Nothing is merged on a guess.

Known: the source's own identifier with the same content; or, from another document, the same kind, code (or title)
and time with a value that agrees within its printed precision. Same but different: a conflict, which is kept beside
the other for the person to settle. A newer version of the same source's entry updates it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC

from organizer.base.dates import PartialDate
from organizer.base.i18n import _
from organizer.base.identifiers import new_id
from organizer.base.quantities import printed_precision
from organizer.base.units import same_unit
from organizer.importing.core.format import STUDY, Draft
from organizer.importing.core.plan import PlannedItem
from organizer.model.entry import CONFLICTS_WITH, Entry, Json, Link, Source
from organizer.model.facets import SameFact
from organizer.model.interchange import ID_PREFIX
from organizer.model.kind import OWN
from organizer.model.kinds import KINDS
from organizer.store import entries as reading
from organizer.store.database import Database
from organizer.store.tally import part_measure

_OWN = frozenset(field.name for field in OWN)
_SAME_FACT = {kind.name: kind.same_fact for kind in KINDS}
_AMENDED = ("amended", "corrected")


_Fact = tuple[str, str, str, str]


class Matcher:
    """Decides draft by draft, knowing the record and what the import has planned so far."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._by_identifier: dict[str, list[Entry]] = {}
        self._by_fact: dict[_Fact, dict[str, Entry]] = {}
        self._planned: dict[str, Entry] = {}
        self._exported: set[str] = set()
        self._asked_days: set[tuple[str, str, str]] = set()
        self._asked: set[str] = set()
        self._documents: dict[str, set[str]] = {}
        self._joined: dict[str, list[Source]] = {}

    def prepare(self, drafts: Sequence[Draft], persons: Sequence[str], document: str) -> None:
        """Fetch from the record, in a few queries, whatever these drafts (and their persons' ids) may match."""
        wanted = [identifier for draft in drafts for identifier in _identifiers(draft)]
        wanted += [f"{document}#{draft.entry.sources[0].locator}" for draft in drafts if draft.entry.sources]
        fresh = [identifier for identifier in wanted if identifier not in self._asked]
        self._asked.update(fresh)
        named = reading.by_identifiers(self._database, fresh)
        for entry in reading.many(self._database, (one[len(ID_PREFIX) :] for one in fresh if _may_be_ours(one))):
            named.setdefault(ID_PREFIX + entry.id, []).append(entry)
        for identifier, found in named.items():
            known = self._by_identifier.setdefault(identifier, [])
            known.extend(self._planned.get(entry.id, entry) for entry in found if all(e.id != entry.id for e in known))
        days = {_day(draft.entry, person) for draft, person in zip(drafts, persons, strict=True)} - self._asked_days
        self._asked_days |= days
        for entry in reading.on_days(self._database, days):
            if entry.id not in self._planned:
                self._remember_fact(entry)

    def decide(self, draft: Draft, person: str, source: Source, key: str) -> PlannedItem:
        """What becomes of a draft that is this person's; `source` names the document it stands in."""
        entry = replace(draft.entry, id=draft.own_id or new_id(), person=person, sources=(source,))
        item = self._met_again(key, draft, entry)
        if item is None:
            existing = self._same_fact(entry, source)
            item = _facts(key, draft, entry, existing) if existing else _new(key, draft, entry)
        if draft.written is not None and item.verdict in ("new", "conflict"):
            names = draft.written if draft.former is not None else (source, *_other_names(draft, source))
            item = replace(item, entry=replace(item.entry, sources=names))
            self._exported.add(item.entry.id)
        if item.verdict != "known":
            self.remember(item.entry)
        elif not item.note:
            self._join(item.entry, source)
        return item

    def _met_again(self, key: str, draft: Draft, entry: Entry) -> PlannedItem | None:
        """What becomes of a draft whose source's name for it (or this record's own) is known; None where none is."""
        source = entry.sources[0]
        known = [one for one in self._by_identifier.get(source.identifier, []) if _of_one(entry, one)]
        ours = next((one for one in known if source.identifier == ID_PREFIX + one.id), None)
        if ours is not None:
            same = next((one for one in known if _same_content(entry, one)), None)
            if same is None and draft.written is not None:
                return _conflict(key, draft, entry, ours)
            # A summary of this record says less than its entries do: it changes nothing.
            note = _("It is this record’s own entry.")
            return PlannedItem(key, draft, "known", same or ours, same or ours, note)
        for name in (source, *_other_names(draft, source)):
            meant = replace(entry, sources=(name,))
            existing = self._same_identifier(draft, meant)
            if existing is not None:
                return _versions(key, draft, meant, existing)
        return None

    def _join(self, entry: Entry, source: Source) -> None:
        """One entry, one more source; the same document's is not added twice."""
        documents = self._documents.setdefault(entry.id, {one.document for one in entry.sources})
        if source.document not in documents:
            documents.add(source.document)
            self._joined.setdefault(entry.id, []).append(source)

    def with_joined(self, items: Sequence[PlannedItem]) -> list[PlannedItem]:
        """The items, with the further sources that this import brings for what is known; to be called once, at the end.

        They stand in the last item of each entry, since its last state is written; of several lists the last comes
        first. (A study has one for each of its thousand slices: joined one by one they would be copied as often.)
        """
        made = list(items)
        for place in range(len(made) - 1, -1, -1):
            entry = made[place].entry
            more = self._joined.pop(entry.id, ())
            if more:
                made[place] = replace(made[place], entry=replace(entry, sources=(*entry.sources, *more)))
        return made

    def _stands_in(self, entry: Entry, document: str) -> bool:
        """Whether an entry was read from that document, in this import or before."""
        documents = self._documents.get(entry.id)
        return document in documents if documents else any(one.document == document for one in entry.sources)

    def remember(self, entry: Entry) -> None:
        """What is planned can be matched by what comes later in the same import."""
        self._planned[entry.id] = entry
        if entry.id in self._documents:
            self._documents[entry.id].update(one.document for one in entry.sources)
        for source in entry.sources:
            known = self._by_identifier.setdefault(source.identifier, []) if source.identifier else []
            known[:] = [other for other in known if other.id != entry.id] + [entry]
        self._remember_fact(entry)

    def name(self, identifier: str, entry: Entry) -> None:
        """What a source calls an entry that was recognised by other means."""
        self._by_identifier.setdefault(identifier, []).append(entry)

    def resolve(self, identifier: str, person: str) -> str:
        """The id of the entry that a source's identifier means, or ""; the same person's before others'."""
        found = self._by_identifier.get(identifier, [])
        mine = [entry for entry in found if entry.person == person] or found
        return mine[-1].id if mine else ""

    def _remember_fact(self, entry: Entry) -> None:
        for fact in _facts_of(entry):
            known = self._by_fact.setdefault(fact, {})
            known.pop(entry.id, None)
            known[entry.id] = entry

    def _same_identifier(self, draft: Draft, entry: Entry) -> Entry | None:
        """The entry that came by this name. What was kept in conflict shares it with the entry that it differs from:
        this very document's own comes first, so that the same file again finds itself."""
        source = entry.sources[0]
        for identifier in (source.identifier, *draft.replaces):
            named = self._by_identifier.get(identifier, []) if identifier else []
            found = [one for one in named if _of_one(entry, one)]
            mine = [one for one in found if _came_in(one, identifier, source.document) and _alike(entry, one)]
            for other in mine or found:
                if _alike(entry, other):
                    return other
        return None

    def _same_fact(self, entry: Entry, source: Source) -> Entry | None:
        """The same fact in another document; within one document two things are two things."""
        found = [
            other
            for fact in _facts_of(entry)
            for other in self._by_fact.get(fact, {}).values()
            if other.sources and not self._stands_in(other, source.document) and other.id not in self._exported
            if _same_time(entry, other) and _comparable(entry, other)
        ]
        # Of several (a conflict is two) the one that it agrees with, and rather one that counts as a fact.
        return min(found, key=lambda other: (not _agrees(entry, other), other.struck), default=None)


def _came_in(entry: Entry, identifier: str, document: str) -> bool:
    return any(one.identifier == identifier and one.document == document for one in entry.sources)


def _may_be_ours(identifier: str) -> bool:
    """An export names each entry by its id in the record."""
    return identifier.startswith(ID_PREFIX)


def _of_one(entry: Entry, other: Entry) -> bool:
    return other.kind == entry.kind and other.person == entry.person


def _other_names(draft: Draft, source: Source) -> list[Source]:
    """What the sources of an exported entry called it: by these names a later file of theirs is recognised."""
    return [
        replace(source, identifier=one.identifier, version=one.version)
        for one in draft.written or ()
        if one.identifier and one.identifier != source.identifier
    ]


def _new(key: str, draft: Draft, entry: Entry) -> PlannedItem:
    return PlannedItem(key, draft, "new", entry)


def _versions(key: str, draft: Draft, entry: Entry, existing: Entry) -> PlannedItem:
    """The same source's entry met again."""
    source = entry.sources[0]
    mine = next((theirs for theirs in existing.sources if theirs.identifier == source.identifier), None)
    if mine is not None and mine.document == source.document:
        return PlannedItem(key, draft, "known", existing, existing)
    if _same_content(entry, existing) or source.identifier.startswith(STUDY):
        return PlannedItem(key, draft, "known", existing, existing)
    if (
        mine is None
        or _newer(source.version, mine.version)
        or (entry.status in _AMENDED and entry.status != existing.status)
    ):
        others = tuple(theirs for theirs in existing.sources if theirs is not mine)
        data = {**entry.data, **_own(existing)}  # what the person gave it outlives what its source says
        updated = replace(entry, id=existing.id, sources=(source, *others), links=entry.links, data=data)
        return PlannedItem(key, draft, "updated", updated, existing, _("A newer version of the same entry."))
    if _newer(mine.version, source.version):
        return PlannedItem(key, draft, "known", existing, existing, _("The record holds a newer version."))
    return _conflict(key, draft, entry, existing)


def _facts(key: str, draft: Draft, entry: Entry, existing: Entry) -> PlannedItem:
    """The same fact from another source."""
    if _agrees(entry, existing):
        return PlannedItem(key, draft, "known", existing, existing)
    return _conflict(key, draft, entry, existing)


def _conflict(key: str, draft: Draft, entry: Entry, existing: Entry) -> PlannedItem:
    kept = replace(entry, id=new_id(), links=(*entry.links, Link(CONFLICTS_WITH, existing.id)))
    note = _("The record has this from another source, and it says something else. Both are kept.")
    return PlannedItem(key, draft, "conflict", kept, existing, note)


def _identifiers(draft: Draft) -> Iterable[str]:
    names = (draft.identifier, draft.patient, *draft.replaces, *(link.target for link in draft.entry.links))
    names += tuple(one.identifier for one in draft.written or ())
    return (name for name in names if name)


def _same(entry: Entry) -> SameFact | None:
    """By what an entry of this kind is recognised in another source; None: by its source's name for it alone."""
    return _SAME_FACT.get(entry.kind)


def _is_timeless(entry: Entry) -> bool:
    same = _same(entry)
    return same is not None and same.timeless


def _has_value(entry: Entry) -> bool:
    same = _same(entry)
    return same is not None and same.by_value


def _names(entry: Entry) -> Iterable[str]:
    """By what a fact is recognised in another source: each of its codes that has a system, and its title."""
    if _same(entry) is None:
        return ()
    codes = (coding.identity for coding in entry.codes)
    return {code.key for code in codes if code.system and code.code} | {entry.title.casefold()}


def _facts_of(entry: Entry) -> list[_Fact]:
    """Under what the same fact is found: its names on its day, the printed one and that of its instant.

    By day, for a device tells the same measure a hundred thousand times.
    """
    if _is_timeless(entry):
        days = {""}
    elif entry.happened is None:
        return []
    else:
        days = {entry.happened.text[:10], _utc_day(entry.happened)}
    return [(entry.kind, entry.person, name, day) for name in _names(entry) for day in days]


def _utc_day(time: PartialDate) -> str:
    instant = time.instant
    try:
        return instant.astimezone(UTC).date().isoformat() if instant else time.text[:10]
    except OverflowError:  # at the first and the last day of the calendar
        return time.text[:10]


def _day(entry: Entry, person: str) -> tuple[str, str, str]:
    return entry.kind, person, "" if _is_timeless(entry) or not entry.happened else entry.happened.text[:10]


def _alike(entry: Entry, other: Entry) -> bool:
    """A short identifier (`Observation/1`) may come from two servers: then neither name nor time agree."""
    return bool(set(_names(entry)) & set(_names(other))) or entry.title == other.title or _same_time(entry, other)


def _same_time(entry: Entry, other: Entry) -> bool:
    if _is_timeless(entry):
        return True
    if entry.happened is None or other.happened is None:
        return False
    if entry.happened.same_time(other.happened):
        return True
    days = {entry.happened.precision, other.happened.precision} == {"day", "instant"}
    same_day = entry.happened.text[:10] == other.happened.text[:10]
    return days and same_day and _agrees(entry, other)


def _comparable(entry: Entry, other: Entry) -> bool:
    """Values in two units are not compared: that would be a guess."""
    wordy = not _has_value(entry) or entry.value is None or other.value is None
    return wordy or same_unit(entry.unit, other.unit)


def _agrees(entry: Entry, other: Entry) -> bool:
    same = _same(entry)
    if same is None:
        return True
    if same.by_value:
        return _same_value(entry, other)
    for name in same.details:
        mine, theirs = _detail(entry, name), _detail(other, name)
        if mine and theirs and mine != theirs:
            return False
    return True


def _detail(entry: Entry, name: str) -> str:
    value = entry.status if name == "status" else entry.text(name)
    return " ".join(value.casefold().split()).rstrip(".")


def _same_value(entry: Entry, other: Entry) -> bool:
    if entry.value is None or other.value is None:
        return entry.value_text.casefold() == other.value_text.casefold() and _parts(entry) == _parts(other)
    step = max(printed_precision(entry.value_text), printed_precision(other.value_text))
    return entry.comparator == other.comparator and abs(entry.value - other.value) <= step / 2 * (1 + 1e-9)


def _parts(entry: Entry) -> list[tuple[object, object]]:
    """The values of a panel's parts by their measures, whatever their order."""
    parts = entry.data.get("components") or ()
    return sorted(((part_measure(part), part.get("value")) for part in parts), key=repr)


def _same_content(entry: Entry, other: Entry) -> bool:
    return _bare(entry) == _bare(other)


def _bare(entry: Entry) -> Entry:
    data = {name: value for name, value in entry.data.items() if name not in _OWN}
    return replace(entry, id="", person="", sources=(), links=(), data=data)


def _own(entry: Entry) -> Mapping[str, Json]:
    return {name: value for name, value in entry.data.items() if name in _OWN}


def _newer(version: str, than: str) -> bool:
    """FHIR versionId and lastUpdated, `set|number` of a CDA document: numbers as numbers, instants as text.

    The versions of two sets of documents say nothing of each other.
    """
    mine, theirs = version.rpartition("|"), than.rpartition("|")
    if mine[0] != theirs[0]:
        return False
    if mine[2].isdecimal() and theirs[2].isdecimal():
        return int(mine[2]) > int(theirs[2])
    return bool(version) and version > than
