"""The concepts of resources/vocabulary: what each is called, how it is coded, under which wider ones it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain
from typing import Any

from organizer.base.resource_files import read_resource
from organizer.health.vocabulary.groups import belongs, family
from organizer.health.vocabulary.patterns import Phrase, phrase
from organizer.model.codes import Code

LANGUAGES = ("en", "es", "de", "fr")
NOT_CONCEPTS = frozenset({"contexts.json"})
ILLNESSES = ("cancers.json", "heart.json", "illnesses.json")


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
def full_names(language: str) -> tuple[str, ...]:
    """Names of illnesses as people write them, for a person to choose from: phrases of two words or more without `*`
    or gap, in a language (English where the vocabulary lacks it), each with a capital first."""
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    names = set()
    for file in ILLNESSES:
        for line in _lines(file).values():
            for text in line.get("words", {}).get(spoken, ()):
                if " " in text and not set(text) & set("*…"):
                    names.add(text[0].upper() + text[1:])
    return tuple(sorted(names))


@cache
def every_concept() -> Mapping[str, Concept]:
    """All concepts by their ids."""
    lines: dict[str, dict[str, Any]] = {}
    for name in concept_files():
        lines |= _lines(name)
    return {name: _read(name, lines) for name in lines}


def _lines(file: str) -> dict[str, dict[str, Any]]:
    """The concepts of a file as they stand there, by their ids."""
    read: dict[str, dict[str, Any]] = read_resource("vocabulary", file)["concepts"]
    return read


def concept(name: str) -> Concept:
    """The concept of an id. Raises KeyError for one that no file of resources/vocabulary holds."""
    return every_concept()[name]


@cache
def illness_concepts() -> frozenset[str]:
    """The ids of all illnesses."""
    return frozenset(chain.from_iterable(_lines(file) for file in ILLNESSES))


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
