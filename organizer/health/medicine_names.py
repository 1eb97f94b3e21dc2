"""Which words are names of medicines, and which substances a name means.

By the stems of international names, and a list of common names with the substance that each goes for.
"""

import re
from functools import cache
from itertools import chain
from typing import Any

from organizer.base.resource_files import read_resource
from organizer.health.vocabulary.spelling import folded

_WORD = re.compile(r"[^\W\d_][\w-]+")
_PART = re.compile(r"[^\W\d_]{3,}")
_FEW = 3
"""Letters of a word that may be a unit or a form."""
_ABBREVIATED = 4
"""Letters up to which a name may be an abbreviation, as `hctz` is."""
_SHORT = 5
"""Letters of a word below which a stem tells nothing."""


def names_a_medicine(text: str) -> bool:
    """Whether one of a text's words is the name of a medicine."""
    return any(is_a_medicine(word) for word in _WORD.findall(text))


def is_a_medicine(word: str) -> bool:
    """Whether a word is the name of a medicine, in any of the four languages."""
    plain = folded(word.strip("®™.,;:()"))
    if plain in _names() or plain.split("-")[0] in _names():
        return True
    return len(plain) > _SHORT and plain.endswith(_stems()) and plain not in _not_names()


@cache
def full_names() -> tuple[str, ...]:
    """Names of substances and brands in all four languages, for a person to choose from, each with a capital first:
    none that is short enough to be an abbreviation, and none that tells a part only (`valproic`)."""
    read = _file()
    listed = chain.from_iterable(map(str.split, read["also_called"].values()))
    names = {*read["names"], *read["also_called"], *listed} - {*read["parts_of_names"], *read["not_one_substance"]}
    return tuple(sorted(name[0].upper() + name[1:] for name in names if len(name) > _ABBREVIATED))


def substances_of(title: str) -> frozenset[str]:
    """The substances that a medicine's name tells, each by the root that its spellings share; empty where it tells none
    that is known here. Of `insulin` the words beside it tell which."""
    words = list(map(folded, _PART.findall(title)))
    roots = chain.from_iterable(map(_roots_of, words))
    if not _not_one_substance().isdisjoint(words):
        roots = chain(roots, map(_root, filter(_tells, words)))
    return frozenset(roots)


def differ_in_substance(title: str, other: str) -> bool:
    """True where two names tell their substances, and not the same: a brand that isn't known here tells none."""
    mine, theirs = substances_of(title), substances_of(other)
    return bool(mine) and bool(theirs) and mine != theirs


def _roots_of(word: str) -> list[str]:
    """The roots of the substances that a word goes for: of itself, of several (`Percocet`), of none."""
    named = _also_called().get(word)
    if named is not None:
        return list(map(_root, named.split()))
    return [_root(word)] if is_a_medicine(word) else []


def _root(word: str) -> str:
    """What `Levothyroxine`, `levotiroxina` and `Levothyroxin` have in common."""
    plain = folded(word)
    for sound, letter in (("th", "t"), ("ph", "f"), ("ch", "c"), ("y", "i")):
        plain = plain.replace(sound, letter)
    return plain.rstrip("aeo")


def _tells(word: str) -> bool:
    return len(word) > _FEW and word not in _beside()


@cache
def _also_called() -> dict[str, str]:
    """A name, brand or spelling, and the names of the substances that it goes for."""
    names: dict[str, str] = {}
    for substances, listed in _file()["also_called"].items():
        words = substances.split()
        names |= dict.fromkeys(map(folded, words), "")
        names |= dict.fromkeys(map(folded, listed.split()), substances)
    return {name: substances or name for name, substances in names.items()}


@cache
def _not_one_substance() -> frozenset[str]:
    return frozenset(map(folded, _file()["not_one_substance"]))


@cache
def _beside() -> frozenset[str]:
    return frozenset(map(folded, _file()["beside_a_name"]))


@cache
def _names() -> frozenset[str]:
    return frozenset(folded(name) for name in _file()["names"])


@cache
def _not_names() -> frozenset[str]:
    return frozenset(folded(name) for name in _file()["no_names"])


@cache
def _stems() -> tuple[str, ...]:
    return tuple(folded(stem) for stem in _file()["stems"])


@cache
def _file() -> dict[str, Any]:
    read: dict[str, Any] = read_resource("medicine_names.json")
    return read
