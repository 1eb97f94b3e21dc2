"""The words of resources/letters.json, ready to be looked for."""

import re
from collections.abc import Iterable
from functools import cache, cached_property
from importlib import resources
from typing import Any

import orjson

DIAGNOSES, PAST, PROCEDURES = "diagnoses", "past", "procedures"
MEDICINES, MEDICINES_NOW, MEDICINES_STOPPED = "medicines", "medicines_now", "medicines_stopped"
ALLERGIES, PLAN, IMPRESSION, FAMILY, TEXT, OTHER = "allergies", "plan", "impression", "family", "text", "other"


class Phrases:
    """A list of the file: its phrases as they stand there, and as patterns that look for them."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)

    @cached_property
    def either(self) -> str:
        """The phrases as alternatives of a regular expression, the longest first."""
        return "|".join(re.escape(phrase) for phrase in sorted(self.words, key=len, reverse=True))

    @cached_property
    def any_of(self) -> re.Pattern[str]:
        """One of the phrases as whole words, the longest first."""
        return re.compile(rf"(?<!\w)(?:{self.either})(?!\w)", re.IGNORECASE)

    @cached_property
    def at_start(self) -> re.Pattern[str]:
        """One of the phrases at the beginning, with the blanks or colon behind it."""
        return re.compile(rf"(?:{self.either})(?!\w)[\s:]*", re.IGNORECASE)


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
    return {plain(text): sort for sort, texts in _file()["headings"].items() for text in texts}


@cache
def farewells() -> tuple[str, ...]:
    """How letters end, as `plain` gives it."""
    return tuple(plain(text) for text in words("no_lists"))


def plain(text: str) -> str:
    """A heading without case, the signs around it, its number, and double blanks."""
    bare = re.sub(r"^[\W\d_]+|[\W_]+$", "", text.casefold().replace("’", "'"))
    return " ".join(bare.split())


@cache
def _lists() -> dict[str, Phrases]:
    return {name: Phrases(phrases) for name, phrases in _file().items() if isinstance(phrases, list)}


@cache
def _file() -> dict[str, Any]:
    read: dict[str, Any] = orjson.loads((resources.files("resources") / "letters.json").read_bytes())
    return read
