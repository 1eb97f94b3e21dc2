"""Text as words that can be compared: without case and accents, with the place of each in the text.

`Ödem`, `Oedem` and `odem` are one spelling, as are `PHQ-9`, `PHQ9` and `phq 9`: letters and digits are words apart.
"""

import re
import unicodedata
from dataclasses import dataclass

UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
"""Thai, Kana, Han and Hangul: other letters stand beside them without a blank (`HIV感染`)."""
LETTER = f"(?![{UNSPACED}])[^\\W\\d_]"
_LETTERS = f"{LETTER}|[\u0300-\u036f\u00ad\u200b]"  # with what stands on a letter or unseen between two
_WORDS_APART = f"(?:(?=[{UNSPACED}])[^\\W\\d_])+|\\d+"
_WORD = re.compile(f"(?:{_LETTERS})+|{_WORDS_APART}")
_OVER_A_LINE = "(?<=[^\\W\\d_])[-\u2010\u00ad\x02\ufffe]\\r?\\n(?=[^\\W\\d_])"
_WORD_OVER_LINES = re.compile(f"(?:{_LETTERS}|{_OVER_A_LINE})+|{_WORDS_APART}")
_UNSEEN = re.compile("[\u00ad\u200b]")
_FIRST_ACCENT = "\u0300"
_DIVIDED = re.compile(_OVER_A_LINE)
_SPELT_OUT = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("œ", "o"), ("æ", "a"))
_ENDS_A_SENTENCE = frozenset(".;!?\n\r•|")
_ENDS_A_CLAUSE = frozenset(",")
_SETS_APART = frozenset(":()[]")
_LONGEST_ABBREVIATION = 2
_ABBREVIATIONS = frozenset(
    {"susp", "verd", "hx", "dx", "antec", "atcd", "fam", "pers", "prof", "vgl", "bzgl", "anamn", "ggf"}
)
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
    plain = text.casefold()
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", _UNSEEN.sub("", plain))
        plain = "".join(letter for letter in apart if letter < _FIRST_ACCENT or not unicodedata.combining(letter))
    for spelt, short in _SPELT_OUT:
        plain = plain.replace(spelt, short)
    return plain


def divides_words(text: str) -> bool:
    """Whether a word goes on behind a hyphen at the end of a line."""
    return _DIVIDED.search(text) is not None


def undivided(text: str) -> str:
    """A text whose words are whole where a line ended within them."""
    return _DIVIDED.sub("", text)


def words_of(text: str, *, lines_run_on: bool = False, join_hyphens: bool = False) -> list[Word]:
    """The words of a text in their order.

    `lines_run_on`: on a page the end of a line ends no sentence. `join_hyphens`: a word goes on behind a hyphen at the
    end of a line.
    """
    words: list[Word] = []
    end = 0
    for match in (_WORD_OVER_LINES if join_hyphens else _WORD).finditer(text):
        last = words[-1] if words else None
        between = text[end : match.start()]
        before = _barrier(between.replace("\r", " ").replace("\n", " ") if lines_run_on else between, last)
        whole = undivided(match[0]) if join_hyphens else match[0]
        words.append(Word(folded(whole), match.start(), match.end(), before, match[0]))
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
