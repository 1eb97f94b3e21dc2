"""What becomes of a draft whose like the record has: known, a newer state of it, or a conflict for the person."""

from collections.abc import Mapping
from dataclasses import replace

from organizer.base.groups import group_of_each
from organizer.base.i18n import _
from organizer.importing.core.format import STUDY, Draft
from organizer.importing.core.plan import PlannedItem
from organizer.importing.core.sameness import agrees, has_value, standing
from organizer.importing.core.versions import Version
from organizer.model.entry import Entry, Json, Link, Source
from organizer.model.ids import NO_ENTRY, NOBODY, new_id
from organizer.model.kind import OWN
from organizer.model.links import Role
from organizer.model.statuses import AnyStatus, Status

_OWN = frozenset(field.name for field in OWN)
_STAGES = (
    (
        Status.DRAFT,
        Status.PLANNED,
        Status.PROPOSED,
        Status.INTENDED,
        Status.REGISTERED,
        Status.PREPARATION,
        Status.BOOKED,
    ),
    (
        Status.PRELIMINARY,
        Status.ACTIVE,
        Status.IN_PROGRESS,
        Status.ARRIVED,
        Status.TRIAGED,
        Status.RECURRENCE,
        Status.RELAPSE,
        Status.ON_HOLD,
        Status.CURRENT,
    ),
    (
        Status.FINAL,
        Status.COMPLETED,
        Status.FINISHED,
        Status.RESOLVED,
        Status.INACTIVE,
        Status.REMISSION,
        Status.STOPPED,
        Status.CANCELLED,
        Status.REVOKED,
        Status.NOT_DONE,
        Status.NOT_TAKEN,
    ),
    (Status.AMENDED, Status.CORRECTED),
    (Status.ENTERED_IN_ERROR,),
)
"""Statuses in the order in which things go on (FHIR R4: EventStatus, RequestStatus, ObservationStatus,
ConditionClinicalStatusCodes; looked up 2026-11-29). Back from one to an earlier one is no course but a question."""
_STAGE: Mapping[AnyStatus, int] = group_of_each(dict(enumerate(_STAGES)))


def new(key: str, draft: Draft, entry: Entry) -> PlannedItem:
    """Nothing like it is known."""
    return PlannedItem(key, draft, "new", entry)


def met_again(key: str, draft: Draft, entry: Entry, existing: Entry) -> PlannedItem:
    """The same source's entry met again."""
    source = entry.sources[0]
    mine = _newest(existing, source.identifier)
    if any(theirs.document == source.document for theirs in existing.sources if theirs.identifier == source.identifier):
        return PlannedItem(key, draft, "known", existing, existing)
    if same_content(entry, existing) or source.identifier.startswith(STUDY):
        return PlannedItem(key, draft, "known", existing, existing)
    if mine is None or _is_newer(source, mine):
        return updated(key, draft, entry, existing)
    if _is_newer(mine, source):
        return PlannedItem(key, draft, "known", existing, existing, _("The record holds a newer version."))
    if _goes_on(entry, existing):
        return updated(key, draft, entry, existing)
    return conflict(key, draft, entry, existing)


def stated_elsewhere(key: str, draft: Draft, entry: Entry, existing: Entry) -> PlannedItem:
    """The same fact by another name: from another source, or from a system that names its things anew each time.

    Such a system's later document brings its later state; two systems that differ are a conflict.
    """
    source = entry.sources[0]
    system = Version.of(source.version).system
    mine = next((theirs for theirs in existing.sources if system and Version.of(theirs.version).system == system), None)
    agreeing = agrees(entry, existing)
    # Of results the same system may tell two at one time: only one that says the same is the other's later state.
    same = agreeing or not has_value(entry)
    if mine is not None and same and not same_content(entry, existing):
        if _is_newer(source, mine):
            return updated(key, draft, entry, existing)
        if _is_newer(mine, source):
            return PlannedItem(key, draft, "known", existing, existing, _("The record holds a newer version."))
    if not agreeing:
        return conflict(key, draft, entry, existing)
    fuller = _completed(existing, entry)
    if fuller == existing:
        return PlannedItem(key, draft, "known", existing, existing)
    fuller = replace(fuller, sources=(*existing.sources, source))
    return PlannedItem(key, draft, "updated", fuller, existing, _("Another source says how it went on."))


def _completed(existing: Entry, entry: Entry) -> Entry:
    """The entry with the state and the end that only the other source tells."""
    status = entry.status if not standing(existing) and standing(entry) else existing.status
    return replace(existing, status=status, ended=existing.ended or entry.ended)


def updated(key: str, draft: Draft, entry: Entry, existing: Entry) -> PlannedItem:
    """The entry in its newer state; what the person gave it, and what it was linked to, outlives the source's words."""
    source = entry.sources[0]
    others = tuple(theirs for theirs in existing.sources if theirs.identifier != source.identifier)
    data = {**entry.data, **_own(existing)}
    links = tuple(dict.fromkeys((*entry.links, *existing.links)))
    newer = replace(entry, id=existing.id, sources=(source, *others), links=links, data=data)
    return PlannedItem(key, draft, "updated", newer, existing, _("A newer version of the same entry."))


def conflict(key: str, draft: Draft, entry: Entry, existing: Entry) -> PlannedItem:
    """Both are kept, and the person is asked."""
    rival = replace(entry, id=new_id(), links=(*entry.links, Link(Role.CONFLICTS_WITH, existing.id)))
    note = _("The record has this from another source, and it says something else. Both are kept.")
    return PlannedItem(key, draft, "conflict", rival, existing, note)


def same_content(entry: Entry, other: Entry) -> bool:
    """True where both say the same, whoever says it."""
    return _bare(entry) == _bare(other)


def _bare(entry: Entry) -> Entry:
    data = {name: value for name, value in entry.data.items() if name not in _OWN}
    return replace(entry, id=NO_ENTRY, person=NOBODY, sources=(), links=(), data=data)


def _own(entry: Entry) -> Mapping[str, Json]:
    return {name: value for name, value in entry.data.items() if name in _OWN}


def _newest(existing: Entry, identifier: str) -> Source | None:
    """The latest telling of an entry by this name: a later download that said the same counts too."""
    newest: Source | None = None
    for source in existing.sources:
        if source.identifier == identifier and (newest is None or _is_newer(source, newest)):
            newest = source
    return newest


def _is_newer(source: Source, than: Source) -> bool:
    return Version.of(source.version).is_newer_than(Version.of(than.version))


def _goes_on(entry: Entry, existing: Entry) -> bool:
    """True where nothing says which is newer, but one is how the other went on: it ended, became final, was taken back.

    An end is never followed by none; whatever else differs is asked.
    """
    mine, theirs = _STAGE.get(entry.status), _STAGE.get(existing.status)
    if mine is None or theirs is None:
        return False
    return mine > theirs and not (existing.ended is not None and entry.ended is None)
