"""Text as words that can be compared: without case and accents, with the place of each in the text.

`Ödem`, `Oedem` and `odem` are one spelling, as are `PHQ-9`, `PHQ9` and `phq 9`: letters and digits are words apart.
"""

import re
import unicodedata
from dataclasses import dataclass

_WORD = re.compile("(?:[^\\W\\d_]|[\u0300-\u036f])+|\\d+")
_SPELT_OUT = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("œ", "o"), ("æ", "a"))
_ENDS_A_SENTENCE = frozenset(".;!?\n\r•|")
_ENDS_A_CLAUSE = frozenset(",")
_SETS_APART = frozenset(":()[]")
_LONGEST_ABBREVIATION = 2
_ABBREVIATIONS = frozenset({"susp", "hx", "dx", "antec", "atcd", "fam", "pers", "prof", "vgl", "bzgl", "anamn", "ggf"})
_NO_ABBREVIATIONS = frozenset({"no", "si", "ja"})

SAME, APART, CLAUSE, SENTENCE = 0, 1, 2, 3
"""What stands before a word: at most a space or hyphen; a colon or bracket; the end of a clause; of a sentence."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word: folded, its place in the text (`text[start:end]`), what stands before it, and as it was written."""

    folded: str
    start: int
    end: int
    before: int
    written: str


def folded(text: str) -> str:
    """Small letters without accents, `ae`, `oe` and `ue` as the umlauts they may stand for.

    >>> folded("Lungenödem"), folded("LUNGENOEDEM"), folded("œdème")
    ('lungenodem', 'lungenodem', 'odeme')
    """
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    for spelt, short in _SPELT_OUT:
        plain = plain.replace(spelt, short)
    return plain


def words_of(text: str) -> list[Word]:
    """The words of a text in their order."""
    words: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        last = words[-1] if words else None
        before = _barrier(text[end : match.start()], last)
        words.append(Word(folded(match[0]), match.start(), match.end(), before, match[0]))
        end = match.end()
    return words


def _barrier(between: str, last: Word | None) -> int:
    """What kind of end the signs between two words mean. The point of an abbreviation or of a number ends nothing."""
    if last is None:
        return SAME
    signs = set(between)
    if signs & (_ENDS_A_SENTENCE - {"."}):
        return SENTENCE
    if "." in signs and not between.endswith(".") and not _abbreviated(last):
        return SENTENCE
    if signs & _ENDS_A_CLAUSE:
        return CLAUSE
    return APART if signs & _SETS_APART else SAME


def _abbreviated(word: Word) -> bool:
    if word.folded in _NO_ABBREVIATIONS or word.folded.isdigit():
        return False
    return len(word.folded) <= _LONGEST_ABBREVIATION or word.folded in _ABBREVIATIONS
