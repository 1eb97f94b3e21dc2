"""Which entries of one kind mean the same thing: by code with its system, else by title, across all sources."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain, product, starmap
from typing import Final

from organizer.health.titles import plain_title
from organizer.model.codes import ATC, SNOMED, TITLE, Code, family_of
from organizer.model.entry import Entry

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
    differ: Callable[[Entry, Entry], bool] = lambda _one, _other: False,
) -> list[list[Entry]]:
    """The entries parted into groups of the same meaning, in the order in which each group is met first.

    Entries with a code in common are one; entries with the same title are, unless their codes of one system differ.
    Where `named` tells what an entry means by its words, the same name is the same thing whatever the codes are.
    A code of a classification (ICD) stands for many illnesses: within one document two titles under it stay two.
    Entries that `differ` stay apart whatever code they have in common.
    """
    listed = list(entries)
    groups: dict[int, list[int]] = {}
    home: dict[int, int] = {}
    by_name: dict[str, list[int]] = {}
    twins: dict[tuple[frozenset[Code], str], int] = {}
    # Those with codes first: a bare title may fit two of them, joins the first, and doesn't make them one.
    for number in sorted(range(len(listed)), key=lambda place: not codes_of(listed[place])):
        entry = listed[number]
        name = named(entry) if named else fold(entry.title)
        twin = twins.setdefault((codes_of(entry), name), number)
        if twin != number:
            home[number] = home[twin]
            groups[home[twin]].append(number)
            continue
        names = {*(code.key for code in codes_of(entry)), TITLE + name}
        near = sorted({home[known] for known in chain.from_iterable(by_name.get(known_as, ()) for known_as in names)})
        members = {group: [listed[place] for place in groups[group]] for group in near}
        near = [group for group in near if not any(map(partial(differ, entry), members[group]))]
        fitting = [group for group in near if any(_by_code(entry, other) for other in members[group])]
        fitting = _that_agree(fitting, members, differ)
        if not fitting and named:
            fitting = [group for group in near if any(named(other) == name for other in members[group])][:1]
        fitting = fitting or [group for group in near if same_meaning(entry, members[group])][:1]
        first = fitting[0] if fitting else number
        groups.setdefault(first, []).append(number)
        for other in fitting[1:]:
            groups[first] += groups.pop(other)
        home |= dict.fromkeys(groups[first], first)
        for known_as in names:
            by_name.setdefault(known_as, []).append(number)
    in_order = sorted(sorted(places) for places in groups.values())
    return [[listed[place] for place in places] for places in in_order]


def _that_agree(
    groups: Sequence[int], members: dict[int, list[Entry]], differ: Callable[[Entry, Entry], bool]
) -> list[int]:
    """The first of some groups, and the others of which no entry differs from one of its own."""
    together = list(groups[:1])
    for group in groups[1:]:
        pairs = product(members[together[0]], members[group])
        if not any(starmap(differ, pairs)):
            together.append(group)
    return together


def same_meaning(entry: Entry, group: Sequence[Entry]) -> bool:
    """True where an entry means the same as a group: by a code, or by a title that no code speaks against."""
    if any(_by_code(entry, other) for other in group):
        return True
    alike = any(fold(entry.title) == fold(other.title) for other in group)
    return alike and not any(_rivals(entry, other) for other in group)


def _rivals(first: Entry, other: Entry) -> bool:
    """True where a system that names both names them differently."""
    mine, theirs = codes_of(first), codes_of(other)
    both = {code.system for code in mine} & {code.system for code in theirs}
    return bool(both) and not mine & theirs


def _by_code(first: Entry, other: Entry) -> bool:
    shared = codes_of(first) & codes_of(other)
    if any(not family_of(code.system) for code in shared):
        return True
    return bool(shared) and not _from_same_document(first, other)


def _from_same_document(first: Entry, other: Entry) -> bool:
    mine = {source.document for source in first.sources if source.document}
    return bool(mine & {source.document for source in other.sources})


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
