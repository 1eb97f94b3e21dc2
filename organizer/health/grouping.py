"""Which entries of one kind mean the same thing: by code with its system, else by title, across all sources."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain, product, starmap
from typing import Final

from organizer.health.titles import plain_title
from organizer.model.codes import ATC, SNOMED, TITLE, Code, family_of
from organizer.model.entry import Entry
from organizer.model.ids import Sha256

_CLASSES: Final = frozenset(
    {
        "64572001", "55607006", "404684003", "282291009",
        "105590001", "410942007", "419199007", "416098002", "414285001", "418038007", "418471000", "419511003",
        "420134006", "426232007", "235719002", "59037007", "281647001", "418634005", "762766007",
    }
)  # fmt: skip
"""SNOMED CT: disease, problem, clinical finding, diagnosis; substance, drug, and the C-CDA value set “Allergy and
Intolerance Type” (2.16.840.1.113883.3.88.12.3221.6.2). They say what sort of thing it is, never which one."""
_ATC_SUBSTANCE = 7
"""Letters and digits of an ATC code that names a substance; shorter ones name groups of them (WHO ATC/DDD index)."""


def codes_of(entry: Entry) -> frozenset[Code]:
    """The codes by which an entry may be known elsewhere: those with a system, and not those of a mere class."""
    codes = {coding.identity for coding in entry.codes}
    return frozenset(code for code in codes if code.system and not _is_of_a_class(code))


def _is_of_a_class(code: Code) -> bool:
    """Whether a code says what sort of thing it is, and not which."""
    return code.is_in(SNOMED, _CLASSES) or (code.system == ATC and len(code.code) < _ATC_SUBSTANCE)


def grouped(
    entries: Iterable[Entry],
    named: Callable[[Entry], str] | None = None,
    differ: Callable[[Entry, Entry], bool] = lambda _entry, _other: False,
) -> list[list[Entry]]:
    """The entries parted into groups of the same meaning, in the order in which each group is met first.

    Entries with a code in common are one; entries with the same title are, unless their codes of one system differ.
    Where `named` tells what an entry means by its words, the same name is the same thing whatever the codes are.
    A code of a classification (ICD) stands for many illnesses: within one document two titles under it stay two.
    Entries that `differ` stay apart whatever code they have in common.
    """
    listed = list(entries)
    groups = _Groups(listed, named or (lambda entry: fold(entry.title)), named is not None, differ)
    # Those with codes first: a bare title may fit two of them, joins the first, and doesn't make them one.
    for number in sorted(range(len(listed)), key=lambda place: not codes_of(listed[place])):
        groups.add(number)
    return groups.in_order()


class _Groups:
    """Entries, by their numbers, on the way into groups; a group is known by the number that it began with."""

    def __init__(
        self,
        entries: Sequence[Entry],
        named: Callable[[Entry], str],
        by_name: bool,
        differ: Callable[[Entry, Entry], bool],
    ) -> None:
        self._entries = entries
        self._named = named
        self._same_name_is_same = by_name
        self._differ = differ
        self._groups: dict[int, list[int]] = {}
        self._home: dict[int, int] = {}
        self._known_as: dict[str, list[int]] = {}
        self._twins: dict[tuple[frozenset[Code], str], int] = {}

    def add(self, number: int) -> None:
        """Put an entry into the group that means the same, and make one of those that it shows to be one."""
        entry = self._entries[number]
        name = self._named(entry)
        twin = self._twins.setdefault((codes_of(entry), name), number)
        if twin != number:
            self._put(number, self._home[twin])
            return

        names = {*(code.key for code in codes_of(entry)), TITLE + name}
        first, *others = self._fitting(entry, name, self._near(entry, names)) or [number]
        self._put(number, first)
        for other in others:
            for place in self._groups.pop(other):
                self._put(place, first)
        for known_as in names:
            self._known_as.setdefault(known_as, []).append(number)

    def in_order(self) -> list[list[Entry]]:
        """The groups in the order in which each was met first."""
        places = sorted(sorted(group) for group in self._groups.values())
        return [[self._entries[place] for place in group] for group in places]

    def _put(self, number: int, group: int) -> None:
        self._home[number] = group
        self._groups.setdefault(group, []).append(number)

    def _near(self, entry: Entry, names: Iterable[str]) -> dict[int, list[Entry]]:
        """The groups with a code or the name in common of which no entry differs, with their entries."""
        known = chain.from_iterable(self._known_as.get(known_as, ()) for known_as in names)
        near = sorted({self._home[number] for number in known})
        members = {group: [self._entries[place] for place in self._groups[group]] for group in near}
        return {group: there for group, there in members.items() if not any(map(partial(self._differ, entry), there))}

    def _fitting(self, entry: Entry, name: str, near: dict[int, list[Entry]]) -> list[int]:
        """The groups that mean the same: all with its code that agree, else the first of its name, else by title."""
        coded = [group for group, members in near.items() if _shares_a_code(entry, members)]
        if coded:
            return _that_agree(coded, near, self._differ)
        namesakes = [group for group, members in near.items() if name in map(self._named, members)]
        if self._same_name_is_same and namesakes:
            return namesakes[:1]
        return [group for group, members in near.items() if same_meaning(entry, members)][:1]


def _that_agree(
    groups: Sequence[int], members: dict[int, list[Entry]], differ: Callable[[Entry, Entry], bool]
) -> list[int]:
    """The first of some groups, and the others of which no entry differs from one of its own."""
    first, *others = groups
    agreeing = [group for group in others if not any(starmap(differ, product(members[first], members[group])))]
    return [first, *agreeing]


def same_meaning(entry: Entry, group: Sequence[Entry]) -> bool:
    """True where an entry means the same as a group: by a code, or by a title that no code speaks against."""
    if _shares_a_code(entry, group):
        return True
    alike = any(fold(entry.title) == fold(other.title) for other in group)
    return alike and not any(_rivals(entry, other) for other in group)


def _rivals(first: Entry, other: Entry) -> bool:
    """True where a system that names both names them differently."""
    mine, theirs = codes_of(first), codes_of(other)
    has_system_in_common = not _systems(mine).isdisjoint(_systems(theirs))
    return has_system_in_common and mine.isdisjoint(theirs)


def _systems(codes: Iterable[Code]) -> set[str]:
    return {code.system for code in codes}


def _shares_a_code(entry: Entry, group: Iterable[Entry]) -> bool:
    return any(_by_code(entry, other) for other in group)


def _by_code(first: Entry, other: Entry) -> bool:
    shared = codes_of(first) & codes_of(other)
    if any(not family_of(code.system) for code in shared):
        return True
    return bool(shared) and not _from_same_document(first, other)


def _from_same_document(first: Entry, other: Entry) -> bool:
    return not _documents(first).isdisjoint(_documents(other))


def _documents(entry: Entry) -> set[Sha256]:
    return {source.document for source in entry.sources if source.document}


def fold(title: str) -> str:
    """A title as it is compared: small letters, one blank between words."""
    return " ".join(title.casefold().split())


def titles_of(entries: Iterable[Entry]) -> tuple[str, ...]:
    """The titles of a group in plain words, each said once, in the group's order."""
    titles: dict[str, str] = {}
    for entry in entries:
        plain = plain_title(entry)
        titles.setdefault(fold(plain), plain)
    return tuple(titles.values())
