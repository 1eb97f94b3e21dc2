"""The concepts of resources/vocabulary: what each is called, how it is coded, under which wider ones it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import orjson

from organizer.health.vocabulary.groups import belongs, family
from organizer.health.vocabulary.patterns import Phrase, phrase
from organizer.model.codes import Code

LANGUAGES = ("en", "es", "de", "fr")
NOT_CONCEPTS = frozenset({"contexts.json"})


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept.

    `wider` are the concepts that it is one of, with theirs in turn (a breast cancer is a cancer, which is serious).
    `codes` gives, by family of code systems, the codes and groups of codes; `no_codes` the exceptions within them.
    `words` are phrases of any language, `abbreviations` those that count only in capitals and in a diagnosis;
    `no_words` phrases that take back a word which they overlap (`ST depression`). `not_also` names concepts that do not
    hold beside this one: a portal hypertension is no high blood pressure. `symptom_of` names the illnesses of which it
    is a leading symptom.
    """

    id: str
    wider: frozenset[str]
    codes: Mapping[str, tuple[str, ...]]
    no_codes: Mapping[str, tuple[str, ...]]
    words: tuple[str, ...]
    no_words: tuple[str, ...]
    abbreviations: tuple[str, ...]
    not_also: frozenset[str]
    symptom_of: frozenset[str] = frozenset()

    def is_coded_by(self, code: Code) -> bool:
        """Whether a code stands for it, read in the code's own system."""
        name = family(code)
        if not name or any(belongs(code, group) for group in self.no_codes.get(name, ())):
            return False
        return any(belongs(code, group) for group in self.codes.get(name, ()))


@cache
def phrases_of(name: str) -> tuple[Phrase, ...]:
    """The words and abbreviations of a concept, ready to be looked for."""
    declared = concept(name)
    words = [phrase(name, text) for text in declared.words]
    return (*words, *(phrase(name, text, exact=True) for text in declared.abbreviations))


@cache
def taken_back_by(name: str) -> tuple[Phrase, ...]:
    """The phrases that take a word of a concept back."""
    return tuple(phrase(name, text) for text in concept(name).no_words)


@cache
def every_concept() -> Mapping[str, Concept]:
    """All concepts by their ids."""
    lines: dict[str, dict[str, Any]] = {}
    for name in concept_files():
        lines |= orjson.loads((resources.files("resources") / "vocabulary" / name).read_bytes())["concepts"]
    return {name: _read(name, lines) for name in lines}


def concept(name: str) -> Concept:
    """The concept of an id. Raises KeyError for one that no file of resources/vocabulary holds."""
    return every_concept()[name]


def concept_files() -> list[str]:
    """The names of the files that hold concepts."""
    folder = resources.files("resources") / "vocabulary"
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".json"))
    return [name for name in names if name not in NOT_CONCEPTS]


def _read(name: str, lines: Mapping[str, dict[str, Any]]) -> Concept:
    line = lines[name]
    return Concept(
        name,
        frozenset(_wider(name, lines)),
        _groups(line.get("codes", {})),
        _groups(line.get("no_codes", {})),
        tuple(_of_all_languages(line.get("words", {}))),
        tuple(_of_all_languages(line.get("no_words", {}))),
        tuple(line.get("abbreviations", ())),
        frozenset(line.get("not_also", ())),
        frozenset(line.get("symptom_of", ())),
    )


def _wider(name: str, lines: Mapping[str, dict[str, Any]]) -> set[str]:
    """The ids of all concepts above one. Raises KeyError where a file names one that doesn't exist."""
    above: set[str] = set()
    for parent in lines[name].get("is", ()):
        above |= {parent, *_wider(parent, lines)}
    return above


def _groups(lines: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {family: tuple(groups.split()) for family, groups in lines.items()}


def _of_all_languages(lines: Mapping[str, list[str]]) -> Iterable[str]:
    """The phrases, English ones with `ae` and `oe` in both spellings (`anaemia`, `anemia`)."""
    for language, phrases in lines.items():
        for text in phrases:
            yield text
            if language == "en" and ("ae" in text or "oe" in text):
                yield text.replace("ae", "e").replace("oe", "e")
