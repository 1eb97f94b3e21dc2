"""How a row of the checklist finds what answers it."""

from collections.abc import Callable
from itertools import chain
from operator import attrgetter

from organizer.health.opinion.gathered import Gathered
from organizer.model.entry import Entry
from organizer.model.kinds import names
from organizer.model.statuses import Status

Finder = Callable[[Gathered], list[Entry]]
FINDINGS = names(lambda kind: kind.finding)
REPORTS = names(lambda kind: kind.finding and kind.decision is None)
"""Where a test's result stands: an operation by itself tells none."""
_AHEAD = frozenset({
    Status.PLANNED, Status.PREPARATION, Status.DRAFT, Status.INTENDED, Status.PROPOSED, Status.REGISTERED,
})  # fmt: skip


def of_kind(*kinds: str, most: int = 60) -> Finder:
    """Entries of these kinds, the newest first."""
    return lambda gathered: gathered.of(*kinds)[:most]


def of_category(category: str) -> Finder:
    """Reports of a group that may be of the case."""
    return lambda gathered: [
        entry
        for entry in gathered.of("DiagnosticReport")
        if entry.text("category") == category and gathered.concerns(entry)
    ]


def saying(*concepts: str, kinds: tuple[str, ...] = FINDINGS, parts: tuple[str, ...] = ()) -> Finder:
    """Entries that are about one of these concepts of resources/vocabulary, by code, title, type or conclusion.

    What is only planned answers nothing. With `parts` those that name no other part of the body: an MRI of the knee is
    none of the brain.
    """
    wanted, places = frozenset(concepts), frozenset(parts)

    def find(gathered: Gathered) -> list[Entry]:
        entries = [
            entry for entry in gathered.of(*kinds) if not is_ahead(entry) and wanted & gathered.concepts_of(entry)
        ]
        if not places:
            return entries
        return [entry for entry in entries if not gathered.parts_of(entry) or places & gathered.parts_of(entry)]

    return find


def is_ahead(entry: Entry) -> bool:
    """Whether something is only planned: an operation that is put off hasn't been done either."""
    return entry.status in _AHEAD or (entry.kind == "Procedure" and entry.status == Status.ON_HOLD)


def any_of(*finders: Finder) -> Finder:
    """What any of them finds, each once, the newest first."""

    def find(gathered: Gathered) -> list[Entry]:
        by_id = {entry.id: entry for entry in chain.from_iterable(finder(gathered) for finder in finders)}
        return sorted(by_id.values(), key=attrgetter("day_key"), reverse=True)

    return find


def nothing(_gathered: Gathered) -> list[Entry]:
    """What no record holds: the person says whether it is there."""
    return []
