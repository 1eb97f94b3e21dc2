"""Who wrote a letter, where and when, and what of it is said of each entry that is proposed from it.

The letter's day is when it says so, its author who says so: a diagnosis that it lists as its own is theirs, an old one
that it repeats is not; a prescription's medicines are prescribed by who signs it, those that a letter lists are not.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

from organizer.base.written_dates import DATE, order_of, readings_of
from organizer.importing.lab_reports.lines import Line
from organizer.importing.letters.model import Author, LetterProposal
from organizer.importing.letters.phrases import any_of, at_start, either, fits, plain, without_start, words
from organizer.importing.page_text.headings import day_on

_FIRST_LINES, _HEAD, _LAST_LINES = 6, 24, 8
_MOST_WORDS, _MOST_IN_A_NAME = 10, 7
_WITH_TITLE = re.compile(
    r"(?:[Dd]r\.?|[Pp]rof\.?|[Dd]ra\.?|[Dd]octeur|Dres\.?)(?:\s(?:med|h\.?\s?c)\.?)*\s[^\W\d_][^,;:|]*"
)
_WITH_DEGREE = re.compile(r"[^\W\d_][^\d,;:]+,?\s(?:MD|M\.D\.|DO|FRCP|FRCS|MRCP|FACC|FACS|NP|PA-C)\b")
_GAP = re.compile(r"\s{3,}|\s[-–]\s")


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What the letter around a proposal says: its author, the day and surgeon of an operation, that it prescribes."""

    author: Author
    operated_on: str
    surgeon: str
    is_prescription: bool


def with_author(
    proposals: Iterable[LetterProposal], author: Author, pages: Sequence[Sequence[Line]]
) -> Iterator[LetterProposal]:
    """The proposals with what the letter's author, day and labels tell of them; what they say themselves stands."""
    around = _surroundings(author, list(chain.from_iterable(pages)))
    for proposal in proposals:
        known = _printed_around(proposal, around)
        lacking = known.keys() - proposal.fields.keys()
        fields = {name: known[name] for name in known if name in lacking and known[name]}
        yield replace(proposal, fields={**proposal.fields, **fields})


def author_of(pages: Sequence[Sequence[Line]]) -> Author:
    """Who wrote the letter, by its first and its last lines."""
    lines = list(chain.from_iterable(pages))
    texts = [line.text for line in lines]
    day = day_on("\n".join(texts[:_HEAD]))
    return Author(_doctor(lines[-_LAST_LINES:]), _place(texts[:_FIRST_LINES]), day.text if day is not None else "")


def without_label_of_signer(line: str) -> str:
    """`Signed by: R. Patel, MD` without what stands before the name."""
    return without_start("signs_before", line)


def _doctor(lines: Iterable[Line]) -> str:
    """The first who signs below the text; nobody to whom the letter goes, and nobody who is named for what they did."""
    for line in lines:
        is_labelled = any_of("surgeons").search(line.text) or at_start("addressed_to").match(line.text)
        first = " ".join(spot.text for spot in line.cells()[0])
        name = without_label_of_signer(first)
        match = _WITH_TITLE.match(name) or _WITH_DEGREE.match(name)
        if match is None or is_labelled:
            continue
        bare = _GAP.split(match[0])[0].strip(" .,")
        if len(bare.split()) <= _MOST_IN_A_NAME:
            return bare
    return ""


def _place(texts: Iterable[str]) -> str:
    """The hospital or practice at the head."""
    for text in texts:
        is_a_line_of_words = ":" in text or len(text.split()) > _MOST_WORDS or at_start("addressed_to").match(text)
        if not is_a_line_of_words and any_of("hospitals").search(text):
            return text.strip(" .,")
    return ""


def _surroundings(author: Author, lines: Sequence[Line]) -> _Surroundings:
    texts = [line.text for line in lines]
    first_words = [plain(text).partition(" ")[0] for text in texts[:_HEAD]]
    is_prescription = any(word in words("prescription_heads") for word in first_words)
    text = "\n".join(texts)
    return _Surroundings(author, _day_of_operation(text), _surgeon(text), is_prescription)


def _printed_around(proposal: LetterProposal, around: _Surroundings) -> dict[str, str]:
    """What the letter around it tells of an entry, by its kind."""
    author = around.author
    match proposal.kind:
        case "Condition" if _is_own(proposal):
            return {"recorded": author.day, "made_by": author.doctor, "place": author.place}
        case "Condition" | "AllergyIntolerance":
            return {"recorded": author.day}
        case "Task":
            return {"asked_on": author.day}
        case "Procedure" if not _is_of_the_past(proposal.heading):
            return {"happened": around.operated_on, "performer": around.surgeon, "place": author.place}
        case "MedicationStatement" if around.is_prescription and "status" not in proposal.fields:
            return {"prescriber": author.doctor}
    return {}


def _is_own(proposal: LetterProposal) -> bool:
    """Whether a diagnosis stands under a heading of the author's own judgement, and is no earlier one."""
    is_judged = _has_a_word_of(proposal.heading, words("heading_of_author"))
    return is_judged and not proposal.doubts and "happened" not in proposal.fields


def _is_of_the_past(heading: str) -> bool:
    """Whether operations stand under a heading of earlier ones, and not of the one that the note is about."""
    return _has_a_word_of(heading, words("heading_of_the_past"))


def _has_a_word_of(heading: str, patterns: Sequence[str]) -> bool:
    return any(fits(word, patterns) for word in re.findall(r"[^\W\d_]+", heading.casefold()))


def _day_of_operation(text: str) -> str:
    """The one day of the operation, where a label says so."""
    order = order_of(re.findall(DATE, text))
    days = {readings_of(match[1], order) for match in _operated_on().finditer(text)}
    readings = days.pop() if len(days) == 1 else ()
    return readings[0].text if len(readings) == 1 else ""


def _surgeon(text: str) -> str:
    """Who operated, where a label says so."""
    match = _labelled_surgeon().search(text)
    return _GAP.split(match[1])[0].strip(" .,") if match is not None else ""


@cache
def _operated_on() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{either('operated_on')})\s*:?\s*({DATE})", re.IGNORECASE)


@cache
def _labelled_surgeon() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{either('surgeons')})\s*:\s*([^\d:;|\n]+)", re.IGNORECASE)
