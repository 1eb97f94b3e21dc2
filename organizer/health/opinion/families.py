"""Which diagnoses belong together: views of one illness, and what comes of it."""

from collections.abc import Iterable, Sequence

from organizer.health.grouping import codes_of, fold
from organizer.health.opinion.intake import of_several_illnesses
from organizer.health.opinion.same_illness import illness_concepts
from organizer.health.titles import plain_title
from organizer.model.entry import Entry
from organizer.model.links import Role


def families(conditions: Iterable[Entry], successions: Sequence[Sequence[Entry]] = ()) -> list[list[Entry]]:
    """The diagnoses parted into those that belong together, in the order in which each group is met first.

    They do where one revises or contradicts another, where both are of one illness by code or title (a breast cancer
    and what it spread to, a diabetes and its eye disease), and where one followed another as `successions` tell.
    """
    members: list[list[Entry]] = []
    shared: list[set[object]] = []
    for condition in conditions:
        marks = _marks(condition, successions)
        joined = [place for place, others in enumerate(shared) if marks & others]
        home = joined[0] if joined else len(members)
        if not joined:
            members.append([])
            shared.append(set())
        # A diagnosis may join groups that had nothing in common before.
        for place in reversed(joined[1:]):
            members[home] += members.pop(place)
            shared[home] |= shared.pop(place)
        members[home].append(condition)
        shared[home] |= marks
    return members


def is_same_diagnosis(condition: Entry, other: Entry) -> bool:
    """Whether two diagnoses are one and the same illness, not only related: by title, by code, or since both mean
    nothing but the same illnesses."""
    if fold(plain_title(condition)) == fold(plain_title(other)):
        return True
    meant = illness_concepts(condition) - of_several_illnesses()
    others = illness_concepts(other) - of_several_illnesses()
    return bool(codes_of(condition) & codes_of(other)) or (bool(meant) and meant == others)


def _marks(condition: Entry, successions: Sequence[Sequence[Entry]]) -> set[object]:
    """What a diagnosis has in common with those that it belongs together with."""
    linked = {condition.id, *condition.targets(Role.REVISES), *condition.targets(Role.CONFLICTS_WITH)}
    marks: set[object] = {("entry", entry_id) for entry_id in linked}
    marks |= {("illness", name) for name in illness_concepts(condition) - of_several_illnesses()}
    marks.add(("title", condition.title.casefold()))
    for number, succession in enumerate(successions):
        if any(entry.id == condition.id for entry in succession):
            marks.add(("succession", number))
    return marks
