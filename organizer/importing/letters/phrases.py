"""The words of resources/letters.json, ready to be looked for."""

import re
from collections.abc import Iterable
from functools import cache, cached_property
from typing import Any

from organizer.base.groups import group_of_each
from organizer.base.resource_files import read_resource

DIAGNOSES, PAST, PROCEDURES = "diagnoses", "past", "procedures"
MEDICINES, MEDICINES_NOW, MEDICINES_STOPPED = "medicines", "medicines_now", "medicines_stopped"
MEDICINES_BEFORE, TREATMENT = "medicines_before", "treatment"
VACCINATIONS = "vaccinations"
ALLERGIES, PLAN, IMPRESSION, FAMILY, TEXT, OTHER = "allergies", "plan", "impression", "family", "text", "other"

MEDICINE_LISTS = frozenset((MEDICINES, MEDICINES_NOW, MEDICINES_STOPPED, MEDICINES_BEFORE, TREATMENT))
LISTS = MEDICINE_LISTS | {DIAGNOSES, PAST, PROCEDURES, ALLERGIES}
"""Sections that list things."""


class Phrases:
    """A list of the file: its phrases as they stand there, and as patterns that look for them."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)

    @cached_property
    def either(self) -> str:
        """The phrases as alternatives of a regular expression, the longest first."""
        return "|".join(_expression(phrase) for phrase in sorted(self.words, key=len, reverse=True))

    @cached_property
    def any_of(self) -> re.Pattern[str]:
        """One of the phrases as whole words, the longest first."""
        return re.compile(rf"(?<!\w)(?:{self.either})(?!\w)", re.IGNORECASE)

    @cached_property
    def at_start(self) -> re.Pattern[str]:
        """One of the phrases at the beginning, with the blanks or colon behind it."""
        return re.compile(rf"(?:{self.either})(?!\w)[\s:]*", re.IGNORECASE)


def _expression(text: str) -> str:
    """A phrase as a regular expression; `*` stands for any letters."""
    return re.escape(text).replace(r"\*", r"\w*")


def words(name: str) -> tuple[str, ...]:
    """The phrases of a list, by its name."""
    return _lists()[name].words


def either(name: str) -> str:
    """A list's phrases as alternatives of a regular expression, the longest first."""
    return _lists()[name].either


def any_of(name: str) -> re.Pattern[str]:
    """One of a list's phrases as whole words, the longest first."""
    return _lists()[name].any_of


def at_start(name: str) -> re.Pattern[str]:
    """One of a list's phrases at the beginning, with the blanks or colon behind it."""
    return _lists()[name].at_start


@cache
def headings() -> dict[str, str]:
    """The sort of section that a heading opens, by the heading as `plain` gives it."""
    return {plain(text): sort for text, sort in group_of_each(_file()["headings"]).items()}


@cache
def heading_words() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The words that headings are made of, by the sort that they tell, in the order of weight."""
    return tuple((sort, tuple(patterns)) for sort, patterns in _file()["heading_words"])


def fits(word: str, patterns: Iterable[str]) -> bool:
    """Whether a word is one of the patterns; `*` stands for any letters at the beginning or the end of one."""
    for pattern in patterns:
        bare = pattern.strip("*")
        ahead, behind = pattern.startswith("*"), pattern.endswith("*")
        if word == bare or (behind and word.startswith(bare)) or (ahead and word.endswith(bare)):
            return True
    return False


@cache
def greetings() -> tuple[str, ...]:
    """How letters begin, in small letters."""
    return tuple(text.casefold() for text in words("greetings"))


@cache
def farewells() -> tuple[str, ...]:
    """How letters end, as `plain` gives it."""
    return tuple(plain(text) for text in words("no_lists"))


def without_start(name: str, text: str) -> str:
    """A text without one of a list's phrases at its beginning."""
    match = at_start(name).match(text)
    return text[match.end() :] if match else text


def plain(text: str) -> str:
    """A heading without case, the signs around it, its number, and double blanks."""
    bare = re.sub(r"^[\W\d_]+|[\W_]+$", "", text.casefold().replace("’", "'"))
    return " ".join(bare.split())


@cache
def _lists() -> dict[str, Phrases]:
    return {name: Phrases(phrases) for name, phrases in _file().items() if _is_list(phrases)}


def _is_list(phrases: object) -> bool:
    return isinstance(phrases, list) and all(isinstance(phrase, str) for phrase in phrases)


@cache
def _file() -> dict[str, Any]:
    read: dict[str, Any] = read_resource("letters.json")
    return read
