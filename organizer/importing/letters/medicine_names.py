"""Which words are names of medicines: by the stems of international names, and a list of common ones."""

import re
from functools import cache
from importlib import resources
from typing import Any

import orjson

from organizer.health.vocabulary.spelling import folded

_WORD = re.compile(r"[^\W\d_][\w-]+")
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
    read: dict[str, Any] = orjson.loads((resources.files("resources") / "medicine_names.json").read_bytes())
    return read
