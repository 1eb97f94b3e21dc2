"""Which words of a letter are a heading, and of what.

What stands in resources/letters.json is known as it is; others are known by the words that they are made of
(`Medikamente bei Entlassung`, `DISCHARGE DIAGNOSES AND PROBLEMS`), in the order in which that file lists them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from organizer.base.written_dates import DATE
from organizer.importing.letters.paragraphs import MARK, Token
from organizer.importing.letters.phrases import (
    ALLERGIES,
    LISTS,
    MEDICINES,
    MEDICINES_BEFORE,
    MEDICINES_NOW,
    MEDICINES_STOPPED,
    OTHER,
    TREATMENT,
    either,
    fits,
    heading_words,
    headings,
    plain,
    words,
)

_MOST_WORDS = 12
_MOST_WITHOUT_COLON = 6
_LONG_WORD = 7  # letters: a full stop behind so many is no abbreviation's
_ENDS = (".", ";", "!", "?", ":", ")", "”", '"')
_LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading opens, its words as printed, and how many tokens it takes."""

    sort: str
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Words that may be a heading: what they would open, and whether each of them belongs to headings.

    `is_known` says that they stand in resources/letters.json as they are.
    """

    text: str
    sort: str
    is_made_of_headings: bool
    is_known: bool

    @property
    def speaks_for_itself(self) -> bool:
        """Whether the words alone make it a heading."""
        return self.is_known or (bool(self.sort) and self.is_made_of_headings)

    def heading(self, count: int) -> Heading:
        """The heading of so many tokens that it makes."""
        return Heading(self.sort or OTHER, self.text, count)


def heading_at(tokens: Sequence[Token], place: int, shouts: bool) -> Heading | None:
    """The heading that begins at a place of a paragraph. `shouts`: all of the letter is in capitals."""
    end = _colon(tokens, place)
    if place > 0 and not tokens[place - 1].text.endswith(_ENDS):
        return _known_in_capitals(tokens[place:end]) if end is not None and not shouts else None

    if end is not None:
        heading = _with_colon(tokens[place:end], place == 0, shouts, is_whole=end == len(tokens))
        if heading is not None:
            return heading
    if place == 0 and len(without_remark(_text_of(tokens)).split()) <= _MOST_WITHOUT_COLON:
        return _alone(tokens, shouts)
    return _before_a_number(tokens, place)


@cache
def _remark() -> re.Pattern[str]:
    day = rf"(?:{DATE}|[^\W\d_]{{3,10}}\.? \d{{4}}|\d{{4}})"
    dated = rf"(?:{either('heading_remarks')})[\s:]*{day}.*"
    return re.compile(rf"\s*[-–,]?\s*(?:\([^()]*\)|\[[^\[\]]*\]|{dated})\s*$", re.IGNORECASE)


def without_remark(text: str) -> str:
    """A heading without what stands behind it: `Medications (updated 4 Jan 2026)`, `Medikation, Stand 04.01.2026`."""
    bare = _remark().sub("", text.rstrip(": "))
    return bare if any(sign.isalpha() for sign in bare) else text


def sort_of(text: str) -> tuple[str, bool]:
    """What a heading opens ("" where none of its words tells), and whether each of its words belongs to headings."""
    text = without_remark(text)
    known = headings().get(plain(text))
    if known is not None:
        return known, True

    parts = [word for word in _LETTERS.findall(text.casefold()) if len(word) > 1]
    sort = next((sort for sort, patterns in heading_words() if _any_fits(parts, patterns)), "")
    strange = [word for word in parts if word not in _fillers() and not fits(word, _all_patterns())]
    is_whole = bool(parts) and not strange
    return (_when(sort, parts) if sort in (MEDICINES, TREATMENT) else sort), is_whole


def _any_fits(parts: Sequence[str], patterns: Sequence[str]) -> bool:
    return any(fits(word, patterns) for word in parts)


def _when(sort: str, parts: Sequence[str]) -> str:
    """Whether medicines are those taken now, before, or ended."""
    if _any_fits(parts, words("heading_stopped")):
        return MEDICINES_STOPPED
    if sort == TREATMENT or _any_fits(parts, words("heading_not")):
        return sort
    if _any_fits(parts, words("heading_now")):
        return MEDICINES_NOW
    return MEDICINES_BEFORE if _any_fits(parts, words("heading_before")) else MEDICINES


def is_of_now(heading: str) -> bool:
    """Whether a heading says that what stands below is so now."""
    return _any_fits(_LETTERS.findall(heading.casefold()), words("heading_now"))


@cache
def _all_patterns() -> tuple[str, ...]:
    modifiers = (*words("heading_now"), *words("heading_before"), *words("heading_stopped"), *words("heading_not"))
    return (*modifiers, *chain.from_iterable(patterns for _, patterns in heading_words()))


@cache
def _fillers() -> frozenset[str]:
    return frozenset(words("heading_fillers"))


def _text_of(tokens: Sequence[Token]) -> str:
    return " ".join(token.text for token in tokens)


def _is_known(text: str) -> bool:
    """Whether a text stands as a heading in resources/letters.json."""
    return plain(text) in headings()


def _candidate(tokens: Sequence[Token]) -> _Candidate:
    text = _text_of(tokens).rstrip(": ")
    sort, is_made_of_headings = sort_of(text)
    return _Candidate(text, sort, is_made_of_headings, _is_known(without_remark(text)))


def _is_bold(tokens: Sequence[Token]) -> bool:
    return all(token.spot.word.bold for token in tokens)


def _colon(tokens: Sequence[Token], place: int) -> int | None:
    """Behind the colon that ends a heading, if there is one so near."""
    for end in range(place, min(place + _MOST_WORDS, len(tokens))):
        if tokens[end].text.endswith(":"):
            return end + 1
        if _stops_before_a_colon(tokens[end], end - place):
            return None
    return None


def _stops_before_a_colon(token: Token, number: int) -> bool:
    """Whether a sentence, a line or an item of a list ends or begins with the word of this number from 0."""
    if token.text.endswith((";", "!", "?")) or _ends_a_sentence(token.text):
        return True
    begins_a_line = number > 0 and token.starts
    return begins_a_line or (number > 1 and MARK.fullmatch(token.text) is not None)


def _known_in_capitals(tokens: Sequence[Token]) -> Heading | None:
    """A known heading in capitals counts wherever it stands."""
    text = _text_of(tokens).rstrip(": ")
    if len(text) > 2 and is_capital(text) and _is_known(text):
        return Heading(headings()[plain(text)], text, len(tokens))
    return None


def _ends_a_sentence(text: str) -> bool:
    """`NKDA.` and `unremarkable.` do, `Klin.` and `Dr.` don't."""
    bare = text.rstrip(".")
    return text.endswith(".") and (is_capital(bare) or len(bare) >= _LONG_WORD)


def _with_colon(tokens: Sequence[Token], at_start: bool, shouts: bool, is_whole: bool) -> Heading | None:
    if len(tokens) > 1 and MARK.fullmatch(tokens[0].text):
        return _numbered(tokens, shouts, is_whole) if at_start else None

    candidate = _candidate(tokens)
    if not is_whole and _begins_an_item(candidate):
        return None
    stands_out = is_capital(candidate.text) and not shouts and (at_start or _has_a_word(candidate.text))
    if candidate.speaks_for_itself or stands_out:
        return candidate.heading(len(tokens))
    if candidate.sort == ALLERGIES and not candidate.is_made_of_headings:
        return None  # `Penicillin allergy: rash` is an item
    is_short = bool(candidate.sort) and len(tokens) <= 4
    return candidate.heading(len(tokens)) if at_start and (is_whole or is_short) else None


def _begins_an_item(candidate: _Candidate) -> bool:
    """`NEW: apixaban` is an item."""
    before_a_name = (*words("before_a_name"), *words("stopped"), *words("paused"))
    return not candidate.is_known and plain(candidate.text) in before_a_name


def _numbered(tokens: Sequence[Token], shouts: bool, is_whole: bool) -> Heading | None:
    """`2. Medication:` is a heading where its words say so, and otherwise an item."""
    inner = _with_colon(tokens[1:], True, shouts, is_whole=False)
    _, is_made_of_headings = sort_of(_text_of(tokens[1:]))
    if inner is None or not (is_made_of_headings or is_whole):
        return None
    return Heading(inner.sort, inner.text, len(tokens))


def _alone(tokens: Sequence[Token], shouts: bool) -> Heading | None:
    """A paragraph of few words without a colon."""
    text = _text_of(tokens)
    bare = tokens[1:] if MARK.fullmatch(tokens[0].text) else tokens
    is_known = _is_known(without_remark(text))
    if not bare or not text[:1].strip() or _goes_on(text, is_known):
        return None
    if bare[0].text.casefold() in words("articles"):
        return None  # `The Surgery` is an address

    sort, is_made_of_headings = sort_of(_text_of(bare))
    begins = bare[0].text[:1].isupper() or _is_bold(bare)
    if begins and (is_known or (sort and is_made_of_headings)):
        return Heading(sort, text, len(tokens))
    stands_out = not shouts and (is_capital(text) or _is_bold(tokens))
    if len(bare) == len(tokens) and stands_out and len(text) > 4 and not _has_digits(text):
        return Heading(sort or OTHER, text, len(tokens))
    return None


def _goes_on(text: str, is_known: bool) -> bool:
    """Whether a line ends as a part of a sentence or a list does."""
    return text.endswith((",", ";")) or (text.endswith(".") and not is_known)


def _before_a_number(tokens: Sequence[Token], place: int) -> Heading | None:
    """`ASSESSMENT 1. Asthma. 2. …`, which has no colon."""
    for end in range(place + 1, min(place + 4, len(tokens))):
        mark = tokens[end].text
        if not mark[:1].isdigit() or MARK.fullmatch(mark) is None:
            continue
        text = _text_of(tokens[place:end])
        is_heading = is_capital(text) and _is_known(text)
        return Heading(headings()[plain(text)], text, end - place) if is_heading else None
    return None


def is_heading(text: str) -> bool:
    """Whether a line is a heading, whatever stands around it."""
    bare = without_remark(text)
    if len(bare.split()) > _MOST_WITHOUT_COLON or not text[:1].isupper() or text.endswith((".", ",", ";")):
        return False
    sort, is_whole = sort_of(text)
    is_whole = is_whole and text.split()[0].casefold() not in words("articles")
    return text.endswith(":") or bool(sort and is_whole)


def begins_a_section(text: str) -> bool:
    """Whether a line is a heading, or begins with the known one of a list: `Traitement de sortie : aspirine`."""
    label, colon, rest = text.partition(":")
    is_short = len(label.split()) <= _MOST_WITHOUT_COLON and label[:1].isupper()
    if not colon or not rest.strip() or not is_short:
        return is_heading(text)
    sort, is_whole = sort_of(label)
    return (sort in LISTS and is_whole) or is_heading(text)


def is_capital(text: str) -> bool:
    """Whether all its letters are capitals, and there are some."""
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) > 1 and all(sign.isupper() for sign in letters)


def _has_a_word(text: str) -> bool:
    """`N2 S:` in the middle of a line is no heading."""
    return any(len(word) > 2 for word in _LETTERS.findall(text))


def _has_digits(text: str) -> bool:
    return any(sign.isdigit() for sign in text)
