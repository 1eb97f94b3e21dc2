"""Which entries of one kind mean the same thing: by code with its system, else by title, across all sources."""

from collections.abc import Iterable, Sequence
from typing import Final

from organizer.records.entry import Entry

Key = tuple[str, str]
_TITLE = "title:"

_CLASSES: Final = frozenset(
    {
        "64572001", "55607006", "404684003", "282291009",
        "105590001", "410942007", "419199007", "416098002", "414285001", "418038007", "418471000", "419511003",
        "420134006", "426232007", "235719002", "59037007", "281647001", "418634005", "762766007",
    }
)  # fmt: skip
"""SNOMED CT: disease, problem, clinical finding, diagnosis; substance, drug, and the C-CDA value set “Allergy and
Intolerance Type” (2.16.840.1.113883.3.88.12.3221.6.2). They say what sort of thing it is, never which one."""


def keys_of(entry: Entry) -> frozenset[Key]:
    """The codes by which an entry may be known elsewhere: those with a system, and not those of a mere class."""
    return frozenset(
        (coding.system.casefold(), coding.code.casefold())
        for coding in entry.codes
        if coding.system and coding.code not in _CLASSES
    )


def grouped(entries: Iterable[Entry]) -> list[list[Entry]]:
    """The entries parted into groups of the same meaning, in the order in which each group is met first.

    Entries with a code in common are one; entries with the same title are, unless their codes of one system differ.
    A code of a classification (ICD) stands for many illnesses: within one document two titles under it stay two.
    """
    groups: dict[int, list[Entry]] = {}
    by_name: dict[Key, set[int]] = {}
    for number, entry in enumerate(entries):
        names = {*keys_of(entry), (_TITLE, fold(entry.title))}
        near = sorted({known for name in names for known in by_name.get(name, ())} & groups.keys())
        by_code = [known for known in near if any(_by_code(entry, other) for other in groups[known])]
        # A bare title may fit two groups whose codes differ: it joins the first, and doesn't make them one.
        joined = by_code or [known for known in near if same_meaning(entry, groups[known])][:1]
        home = joined[0] if joined else number
        groups.setdefault(home, []).append(entry)
        for other in joined[1:]:
            groups[home] += groups.pop(other)
        for name in names | {name for other in joined[1:] for name in by_name if other in by_name[name]}:
            by_name.setdefault(name, set()).add(home)
    return list(groups.values())


def same_meaning(entry: Entry, others: Sequence[Entry]) -> bool:
    """True where an entry means the same as one of the others."""
    return any(_same(entry, other) for other in others)


def _same(one: Entry, other: Entry) -> bool:
    if _by_code(one, other):
        return True
    mine, theirs = keys_of(one), keys_of(other)
    rivals = {system for system, _code in mine} & {system for system, _code in theirs}
    return fold(one.title) == fold(other.title) and (bool(mine & theirs) or not rivals)


def _by_code(one: Entry, other: Entry) -> bool:
    shared = keys_of(one) & keys_of(other)
    if any(not _is_classification(system) for system, _code in shared):
        return True
    return bool(shared) and not _one_document(one, other)


def _is_classification(system: str) -> bool:
    """ICD in its editions (hl7.org/fhir/R4/icd.html), or its bare identifiers."""
    return "/icd-" in system or system.startswith(("urn:oid:2.16.840.1.113883.6.3", "urn:oid:1.2.276.0.76.5."))


def _one_document(one: Entry, other: Entry) -> bool:
    mine = {source.document for source in one.sources if source.document}
    return bool(mine & {source.document for source in other.sources})


def fold(title: str) -> str:
    """A title as it is compared: small letters, one blank between words."""
    return " ".join(title.casefold().split())


def titles_of(entries: Iterable[Entry]) -> tuple[str, ...]:
    """The titles of a group, each said once, in the group's order."""
    titles: dict[str, str] = {}
    for entry in entries:
        titles.setdefault(fold(entry.title), entry.title)
    return tuple(titles.values())
