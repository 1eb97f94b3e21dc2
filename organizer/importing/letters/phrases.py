"""The words of resources/letters.json, ready to be looked for."""

import re
from functools import cache
from importlib import resources
from typing import Any

import orjson

DIAGNOSES, PAST, PROCEDURES = "diagnoses", "past", "procedures"
MEDICINES, MEDICINES_NOW, MEDICINES_STOPPED = "medicines", "medicines_now", "medicines_stopped"
ALLERGIES, PLAN, IMPRESSION, FAMILY, TEXT, OTHER = "allergies", "plan", "impression", "family", "text", "other"


@cache
def words(name: str) -> tuple[str, ...]:
    """A list of the file, by its name."""
    return tuple(_file()[name])


@cache
def headings() -> dict[str, str]:
    """The sort of section that a heading opens, by the heading as `plain` gives it."""
    return {plain(text): sort for sort, texts in _file()["headings"].items() for text in texts}


@cache
def farewells() -> tuple[str, ...]:
    """How letters end, as `plain` gives it."""
    return tuple(plain(text) for text in words("no_lists"))


@cache
def any_of(name: str) -> re.Pattern[str]:
    """One of a list's phrases as whole words, the longest first."""
    return re.compile(rf"(?<!\w)(?:{either(name)})(?!\w)", re.IGNORECASE)


@cache
def at_start(name: str) -> re.Pattern[str]:
    """One of a list's phrases at the beginning, with the blanks or colon behind it."""
    return re.compile(rf"(?:{either(name)})(?!\w)[\s:]*", re.IGNORECASE)


def plain(text: str) -> str:
    """A heading without case, the signs around it, its number, and double blanks."""
    bare = re.sub(r"^[\W\d_]+|[\W_]+$", "", text.casefold().replace("’", "'"))
    return " ".join(bare.split())


@cache
def either(name: str) -> str:
    """A list's phrases as alternatives of a regular expression, the longest first."""
    return "|".join(re.escape(phrase) for phrase in sorted(words(name), key=len, reverse=True))


@cache
def _file() -> dict[str, Any]:
    read: dict[str, Any] = orjson.loads((resources.files("resources") / "letters.json").read_bytes())
    return read
