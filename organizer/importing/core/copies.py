"""Entries that two copies of a record have in common: the same id is the same entry, whatever it says.

A copy is a backup, put back on another computer and written in since. Where only one of the two changed an entry, its
state is the newer one: the other's stands in its history. Where both did, both states are kept for the person to
settle: the one that is kept beside has an id that follows from what it says, so that both copies give it the same one,
each sees that the other knows of the difference, and what one of them settles is settled for both. What was deleted
here doesn't come back by itself.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

import orjson

from organizer.base.i18n import _
from organizer.base.identifiers import derived_id
from organizer.importing.core.format import Draft
from organizer.importing.core.pages import Pages
from organizer.importing.core.plan import PlannedItem
from organizer.model.entry import Entry, Link, Source
from organizer.model.ids import NO_ENTRY, NOBODY, EntryId, PersonId
from organizer.model.interchange import ID_PREFIX
from organizer.model.links import Role
from organizer.store import change_log
from organizer.store import entries as reading
from organizer.store.session import Session


class Copies:
    """What the record has of the entries that a copy brings, and what it had."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._ours: dict[EntryId, Entry] = {}
        self._former: dict[str, list[Entry]] = {}
        self._copied: set[str] = set()
        self._gone: set[str] = set()

    def look_for(self, drafts: Sequence[Draft] | Pages[Draft]) -> None:
        """Learn what a file brings of another copy, and what the record has of it and had.

        A file is another copy's as a whole, or not at all.
        """
        if not drafts or drafts[0].former is None:
            return
        copied = [draft.own_id for draft in drafts]
        self._copied = set(copied)
        self._ours |= {entry.id: entry for entry in reading.many(self._session, copied)}
        self._former = change_log.former_states(self._session)
        self._gone = {text for text in copied if text in self._former and text not in self._ours}

    def was_deleted(self, draft: Draft) -> bool:
        """True for another copy's entry that was deleted here: it doesn't come back by itself."""
        return draft.former is not None and draft.own_id in self._gone

    def decide(self, draft: Draft, key: str) -> PlannedItem | None:
        """What becomes of a draft whose very entry the record has; None where it hasn't.

        The planned entry's links are still the draft's, by identifier.
        """
        ours = self._ours.get(EntryId(draft.own_id))
        if ours is None or draft.former is None:
            return None
        theirs = replace(_plain(draft.entry), id=ours.id)
        if _same(theirs, ours) or _same(self._without_gone(theirs), ours):
            joined = replace(ours, sources=_joined(ours.sources, draft.written or ()))
            return PlannedItem(key, draft, "known", joined, ours)
        if _is_among(theirs, self._former.get(ours.id, ())):
            return PlannedItem(key, draft, "known", ours, ours, _("The record holds a newer version."))
        entry = replace(draft.entry, id=ours.id, person=ours.person, sources=_joined(draft.written or (), ours.sources))
        if _is_among(ours, draft.former) or _beside(ours) in self._copied:
            return PlannedItem(key, draft, "updated", entry, ours, _("A newer version of the same entry."))
        beside = _beside(theirs)
        if beside in self._former or reading.many(self._session, [beside]):
            return PlannedItem(key, draft, "known", ours, ours, _("It is kept beside this record’s already."))
        links = (*draft.entry.links, Link(Role.CONFLICTS_WITH, ours.id))
        other = replace(entry, id=EntryId(beside), sources=draft.written or (), links=links)
        note = _("Both copies changed this entry, each in its way. Both are kept.")
        return PlannedItem(key, draft, "conflict", other, ours, note)

    def _without_gone(self, entry: Entry) -> Entry:
        """As it stands once it came in: a link to what was deleted here falls away."""
        return replace(entry, links=tuple(link for link in entry.links if link.target not in self._gone))

    def newer_person(self, draft: Draft, ours: Entry) -> Entry | None:
        """What the other copy alone changed of a person that both have; None where that isn't so."""
        if draft.former is None or draft.own_id != ours.id:
            return None
        if not any(_says(past, ours) for past in draft.former):
            return None
        return replace(draft.entry, id=ours.id, person=PersonId(ours.id), sources=ours.sources, links=ours.links)


def _plain(entry: Entry) -> Entry:
    """With links to ids in place of identifiers."""
    links = (Link(link.role, EntryId(link.target.removeprefix(ID_PREFIX))) for link in entry.links)
    return replace(entry, links=tuple(links))


def _same(entry: Entry, other: Entry) -> bool:
    return _says(entry, other) and set(entry.links) == set(other.links)


def _is_among(entry: Entry, states: Iterable[Entry]) -> bool:
    return any(_same(entry, state) for state in states)


def _says(entry: Entry, other: Entry) -> bool:
    """The same words and values, whoever it is linked to."""
    bare = [replace(candidate, id=NO_ENTRY, person=NOBODY, sources=(), links=()) for candidate in (entry, other)]
    return bare[0] == bare[1]


def _beside(entry: Entry) -> str:
    """The id under which this state of an entry is kept beside another one."""
    links = tuple(sorted(entry.links, key=lambda link: (link.role, link.target)))
    bare = replace(entry, id=NO_ENTRY, person=NOBODY, sources=(), links=links)
    data = orjson.dumps(bare, option=orjson.OPT_SORT_KEYS, default=dict)
    return derived_id(entry.id, hashlib.sha256(data).hexdigest())


def _joined(sources: Iterable[Source], more: Iterable[Source]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys([*sources, *more]))
