"""How results in words are told: that nothing was found, and what looks like a result at all.

The words are data: resources/plain_results.json, in four languages.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from organizer.base.resource_files import read_resource
from organizer.model.entry import Entry

_NUMBER = re.compile(r"[<>≤≥=~≈±+\-−–]{0,2}\s*\d")
_CROSSES = re.compile(r"[+\-−(][+\-−()/ ]{0,5}")
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _listed() -> Mapping[str, frozenset[str]]:
    table = read_resource("plain_results.json")
    return {name: frozenset(table[name]) for name in ("words", "finding_words", "labels", "no_result")}


def says_nothing_found(text: str) -> bool:
    """Whether a whole result in words says that nothing was found: `Negative`, `No growth.`"""
    return text.casefold().strip(" .*") in _listed()["words"]


def looks_like_result(text: str) -> bool:
    """Whether some words of a page may be a result: they begin with a number, or hold a word that results use.

    >>> looks_like_result("< 20 copies/mL"), looks_like_result("REACTIVE (A)"), looks_like_result("Sodium")
    (True, True, False)
    """
    plain = text.casefold().strip(" .*:")
    if _NUMBER.match(plain) or _CROSSES.fullmatch(plain) or plain in _listed()["words"]:
        return True
    return not _listed()["finding_words"].isdisjoint(_WORD.findall(plain)) or any(
        word in _listed()["words"] for word in _WORD.findall(plain)
    )


def results_in_words(entries: Iterable[Entry]) -> list[Entry]:
    """The entries whose words tell a result: `not detected`, no `see comment`."""
    return [
        entry for entry in entries if looks_like_result(entry.value_text) and not _stands_for_none(entry.value_text)
    ]


def _stands_for_none(text: str) -> bool:
    """Whether words stand where a result isn't, or isn't yet."""
    return text.casefold().strip(" .*") in _listed()["no_result"]


def labels_result(text: str) -> bool:
    """Whether a line begins as forms announce a result: `Value`, `Standard range: 135–145`.

    >>> labels_result("Standard range: Non-reactive"), labels_result("Sodium")
    (True, False)
    """
    plain = text.casefold().strip()
    return any(plain == label or plain.startswith((f"{label}:", f"{label} ")) for label in _listed()["labels"])
