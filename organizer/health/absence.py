"""Statements of absence: “none known” and “nobody asked” are neither facts of a record nor the same as each other."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from itertools import product
from typing import Any

import orjson

from organizer.health.vocabulary.classes import CLASSES
from organizer.model.codes import LOINC, RXNORM, SNOMED, Code, code_of
from organizer.model.entry import Coding, Entry


class Says(StrEnum):
    """What a statement of absence says."""

    NONE_KNOWN = "none-known"
    NOT_ASKED = "not-asked"


@dataclass(frozen=True, slots=True)
class Absence:
    """What is stated, and of what: `scope` is `all`, `drug`, `food`, `environment` or `other` (one substance)."""

    says: Says
    scope: str = "all"


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    codes: dict[Code, tuple[str, Absence]]
    """The kind that a code speaks of ("" for any), and what it says."""
    phrases: dict[tuple[str, str], Absence]
    """By kind and words in their plain form."""


_SYSTEMLESS = frozenset({SNOMED, "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"})
"""Whose codes are long or telling enough to be known where a source forgot to name the system."""
_BRACKETS = re.compile(rf"\s*\((?:{'|'.join(sorted(CLASSES))})\)")


@cache
def _vocabulary() -> _Vocabulary:
    """The codes and words of resources/absence.json."""
    told = orjson.loads((resources.files("resources") / "absence.json").read_bytes())
    codes: dict[Code, tuple[str, Absence]] = {}
    for system, known in told["codes"].items():
        for code, (says, kind, scope) in known.items():
            meaning = (kind, Absence(Says(says), scope))
            codes[code_of(system, code)] = meaning
            if system in _SYSTEMLESS:
                codes[code_of("", code)] = meaning
    phrases: dict[tuple[str, str], Absence] = {}
    for kind, words in told["kinds"].items():
        phrases |= {(kind, phrase): absence for phrase, absence in _phrases(told, words)}
    return _Vocabulary(codes, phrases)


def _phrases(told: Any, words: Any) -> Iterable[tuple[str, Absence]]:
    """All ways to say it of one kind: whole sentences, and before, noun and after put together."""
    for phrase in told["not_asked"]:
        yield _plain(phrase), Absence(Says.NOT_ASKED)
    for scope, nouns in words["nouns"].items():
        for noun, after in product(nouns, told["not_asked_after"]):
            yield _plain(f"{noun} {after}"), Absence(Says.NOT_ASKED, scope)
            yield _plain(f"no {noun} {after}"), Absence(Says.NOT_ASKED, scope)
        for before, noun, after in product(told["none"], nouns, told["none_after"]):
            joint = "" if before.endswith("'") else " "
            yield _plain(f"{before}{joint}{noun} {after}"), Absence(Says.NONE_KNOWN, scope)
    for scope, sentences in words["whole"].items():
        for sentence in sentences:
            yield _plain(sentence), Absence(Says.NONE_KNOWN, scope)


def _plain(words: str) -> str:
    """Small letters, one blank between words, no dots at the end and no class in brackets: `no known allergies`."""
    folded = _BRACKETS.sub("", words.casefold().replace("’", "'"))
    return " ".join(folded.split()).strip(" .!*-–:;")


def absence_in(kind: str, codings: Iterable[Coding], words: str) -> Absence | None:
    """What codes and words of an entry of that kind state of absence; None where they name something.

    Codes go before words: a code of something real is never turned into “none” by a title.
    """
    known = _vocabulary()
    named = False
    for coding in codings:
        found = known.codes.get(coding.identity)
        if found is not None and found[0] in ("", kind):
            return found[1]
        named = named or coding.identity.system in (RXNORM, LOINC)
    return None if named else known.phrases.get((kind, _plain(words)))


def absence_of(entry: Entry) -> Absence | None:
    """What an entry states of absence, by its flags, its codes or its words; None for what is something."""
    if entry.data.get("not_asked"):
        return Absence(Says.NOT_ASKED)
    found = absence_in(entry.kind, entry.codes, entry.title)
    if entry.data.get("none_known"):
        # A statement about one substance (“No known allergy to latex”) says nothing of any other.
        return Absence(Says.NONE_KNOWN, found.scope if found else "other")
    return found


def flags(absence: Absence | None) -> dict[str, bool]:
    """The data fields by which an entry says it; empty for what is something."""
    if absence is None:
        return {}
    return {"none_known": True} if absence.says is Says.NONE_KNOWN else {"not_asked": True}
