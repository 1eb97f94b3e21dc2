"""Statements of absence: “none known” and “nobody asked” are neither facts of a record nor the same as each other."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from organizer.base.groups import group_of_each
from organizer.base.remembered import remembered
from organizer.base.resource_files import read_resource
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
class _Wording:
    """How one kind's absence is worded: whole sentences, and nouns between what may stand before and after them."""

    sentences: dict[str, Absence]
    nouns: dict[str, str]
    """A noun with the scope that it names."""


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    codes: dict[Code, tuple[str, Absence]]
    """The kind that a code speaks of ("" for any), and what it says."""
    wordings: dict[str, _Wording]
    none_before: tuple[str, ...]
    none_after: tuple[str, ...]
    not_asked_after: tuple[str, ...]
    none_on_file: tuple[str, ...]


_SYSTEMLESS = frozenset({SNOMED, "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"})
"""Whose codes are long or telling enough to be known where a source forgot to name the system."""
_PARTS = re.compile(r"[;,/()]| [-–] ")
_BRACKETS = re.compile(rf"\s*\((?:{'|'.join(sorted(CLASSES))})\)")


@cache
def _vocabulary() -> _Vocabulary:
    """The codes and words of resources/absence.json."""
    table = read_resource("absence.json")
    codes: dict[Code, tuple[str, Absence]] = {}
    for system, known in table["codes"].items():
        for code, (says, kind, scope) in known.items():
            meaning = (kind, Absence(Says(says), scope))
            codes[code_of(system, code)] = meaning
            if system in _SYSTEMLESS:
                codes[code_of("", code)] = meaning
    wordings = {kind: _wording(table, words) for kind, words in table["kinds"].items()}
    befores = tuple(_plain(before) for before in table["none"])
    afters = tuple(_plain(after) for after in table["none_after"])
    unasked = tuple(_plain(after) for after in table["not_asked_after"])
    on_file = tuple(_plain(after) for after in table["none_on_file"])
    return _Vocabulary(codes, wordings, befores, afters, unasked, on_file)


def _wording(table: Any, words: Any) -> _Wording:
    sentences = {_plain(sentence): Absence(Says.NOT_ASKED) for sentence in table["not_asked"]}
    for scope, whole in words["whole"].items():
        sentences |= {_plain(sentence): Absence(Says.NONE_KNOWN, scope) for sentence in whole}
    nouns = {_plain(noun): scope for noun, scope in group_of_each(words["nouns"]).items()}
    return _Wording(sentences, nouns)


@remembered(4_096)
def _worded(kind: str, words: str) -> Absence | None:
    """What the words alone state of a kind, also where they say it twice: `NKDA – No Known Drug Allergies`."""
    wording = _vocabulary().wordings.get(kind)
    if wording is None:
        return None
    whole = _sentence(_plain(words), wording)
    if whole is not None:
        return whole
    parts = [plain for part in _PARTS.split(words) if (plain := _plain(part))]
    stated = [_sentence(part, wording) for part in parts]
    readings = [absence for absence in stated if absence is not None]
    if len(parts) < 2 or len(readings) < len(parts):
        return None
    denied = [absence for absence in readings if absence.says is Says.NONE_KNOWN]
    return next((absence for absence in denied if absence.scope == "all"), (denied or readings)[0])


def _sentence(plain: str, wording: _Wording) -> Absence | None:
    """A whole sentence, or a noun with what denies it before and what stands after."""
    known = _vocabulary()
    if plain in wording.sentences:
        return wording.sentences[plain]
    for after in known.not_asked_after:
        noun = plain.removesuffix(f" {after}")
        if noun != plain and noun in wording.nouns:
            return Absence(Says.NOT_ASKED, wording.nouns[noun])
    for after in known.none_on_file:
        stem = plain.removesuffix(f" {after}")
        if stem != plain and (scope := _denied(stem, wording)):
            # “No allergies on file” tells of the file; “no known allergies on file” of what was asked.
            bare = stem.removeprefix("no ") in wording.nouns
            return Absence(Says.NOT_ASKED if bare else Says.NONE_KNOWN, scope)
    scope = _denied(plain, wording)
    return Absence(Says.NONE_KNOWN, scope) if scope else None


def _denied(plain: str, wording: _Wording) -> str:
    """The scope of the noun that words deny; "" where they deny none."""
    known = _vocabulary()
    for before in known.none_before:
        rest = plain.removeprefix(before)
        if rest == plain or not (rest.startswith(" ") or before.endswith("'")):
            continue
        for after in known.none_after:
            noun = (rest.removesuffix(f" {after}") if after else rest).strip()
            if noun in wording.nouns:
                return wording.nouns[noun]
    return ""


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
        stated = known.codes.get(coding.identity)
        if stated is not None and stated[0] in ("", kind):
            return stated[1]
        named = named or coding.identity.system in (RXNORM, LOINC)
    return None if named else _worded(kind, words)


def absence_of(entry: Entry) -> Absence | None:
    """What an entry states of absence, by its flags, its codes or its words; None for what is something."""
    if entry.data.get("not_asked"):
        return Absence(Says.NOT_ASKED)
    absence = absence_in(entry.kind, entry.codes, entry.title)
    if entry.data.get("none_known"):
        # A statement about one substance (“No known allergy to latex”) says nothing of any other.
        return Absence(Says.NONE_KNOWN, absence.scope if absence else "other")
    return absence


def absences(entries: Iterable[Entry], kind: str) -> list[Entry]:
    """The entries of a kind that state that nothing of it is known, or that nobody asked; never what is struck."""
    return [entry for entry in entries if entry.kind == kind and not entry.struck and absence_of(entry) is not None]


def flags(absence: Absence | None) -> dict[str, bool]:
    """The data fields by which an entry says it; empty for what is something."""
    if absence is None:
        return {}
    return {"none_known": True} if absence.says is Says.NONE_KNOWN else {"not_asked": True}
