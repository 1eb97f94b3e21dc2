"""Names of files in zips and on old discs, whose letters are in an encoding that nobody wrote down."""

import os
import unicodedata
from collections.abc import Iterable

from organizer.base.remembered import remembered

_ENCODINGS = ("utf-8", "cp437", "cp932", "cp866", "cp1252", "gbk", "cp1251")
"""UTF-8; what a zip without its Unicode flag is said to be (APPNOTE 6.3.10, appendix D); what Windows in Japan, Russia,
Western Europe and China writes instead."""
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "HEBREW", "ARABIC")
_EAST = frozenset(("CJK", "HIRAGANA", "KATAKANA"))


def readable(names: Iterable[bytes]) -> list[str]:
    """The names as text, each in the encoding in which it looks most like words; where several do, in the one that
    suits all of them best. ASCII stays as it is."""
    raw = list(names)
    joined = b"/".join(name for name in raw if not name.isascii())
    return [name.decode("ascii" if name.isascii() else _likely(name, joined), "replace") for name in raw]


def composed(name: str) -> str:
    """A name with its letters whole, as they are typed in a search; macOS takes them apart in files and zips
    (Unicode Standard Annex 15, NFC)."""
    return unicodedata.normalize("NFC", name)


def name_on_disk(name: str) -> str:
    """A file's name as it is shown and searched: readable where the system couldn't decode it (Python gives it with
    lone surrogates then), its letters whole."""
    raw = os.fsencode(name)
    try:
        known = raw.decode("utf-8")
    except UnicodeDecodeError:
        known = readable([raw])[0]
    return composed(known)


@remembered(1024)
def _likely(name: bytes, joined: bytes) -> str:
    return min(_ENCODINGS, key=lambda encoding: (_unlikeness(name, encoding), _unlikeness(joined, encoding)))


@remembered(1024)
def _unlikeness(raw: bytes, encoding: str) -> float:
    try:
        return _oddness(raw.decode(encoding))
    except UnicodeDecodeError:
        return float("inf")


def _oddness(text: str) -> float:
    """How much of a text is no letter, or mixes scripts and cases as no word does; 0 for words."""
    odd = 0.0
    before = ("", "")
    for sign in text:
        if sign.isascii() and not sign.isalpha():
            before = ("", "")
            continue
        here = (_script(sign), unicodedata.category(sign))
        if not here[0]:
            odd += 3
        elif sign.isascii() or not before[0]:
            odd += before[0] not in ("", "LATIN") and sign.isascii()
        elif here[0] != before[0] and not {here[0], before[0]} <= _EAST:
            odd += 2
        elif (before[1], here[1]) == ("Ll", "Lu"):
            odd += 1
        before = here
    return odd


def _script(sign: str) -> str:
    """The script of a letter; "" for signs, controls and half-width letters, which no name is written in."""
    if not unicodedata.category(sign).startswith(("L", "M")):
        return ""
    name = unicodedata.name(sign, "")
    return next((script for script in _SCRIPTS if name.startswith(script)), "")
