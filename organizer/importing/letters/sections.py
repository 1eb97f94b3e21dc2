"""A letter's words under its headings.

A paragraph of its own below a list that was complete is no part of it: `Allergies: none known` says nothing of the
examination below it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from organizer.health.medicine_names import names_a_medicine
from organizer.health.vocabulary import mentions_in
from organizer.health.vocabulary.concepts import illness_concepts
from organizer.importing.lab_reports.lines import Line
from organizer.importing.letters.headings import Heading, begins_a_section, heading_at
from organizer.importing.letters.paragraphs import MARK, Item, Token, paragraphs_of
from organizer.importing.letters.phrases import (
    DIAGNOSES,
    LISTS,
    MEDICINE_LISTS,
    MEDICINES,
    MEDICINES_STOPPED,
    OTHER,
    TEXT,
    any_of,
    farewells,
    greetings,
    plain,
)
from organizer.importing.letters.strengths import STRENGTH

_SURE = 4  # letters of a farewell that may have more behind it: `cc` begins many words
_SHOUTED = 0.6
"""Share of capitals among a letter's letters from which capitals tell no heading."""
_MOST_IN_A_FAREWELL = 14  # words


@dataclass(slots=True)
class Section:
    """What stands below a heading. `sort` is one of phrases.py; `heading` as printed, "" before the first."""

    sort: str
    heading: str = ""
    tokens: list[Token] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All its words."""
        return Item(tuple(self.tokens)).text

    @property
    def is_complete(self) -> bool:
        """Whether what follows apart and without a mark is no part of it: it began beside its heading or has marks."""
        is_beside = self.heading != "" and self.tokens != [] and not self.tokens[0].begins
        return is_beside or any(_is_marked(token) for token in self.tokens)


def sections_of(pages: Iterable[Sequence[Line]]) -> list[Section]:
    """The sections in the order of the letter, some empty; what stands before the first heading is text."""
    paragraphs = list(paragraphs_of(pages, begins_a_section))
    shouts = _shouts(paragraphs)
    sections = [Section(TEXT)]
    for paragraph in paragraphs:
        line = " ".join(token.text for token in paragraph)
        if is_farewell(line):
            sections.append(Section(OTHER, line))
        elif plain(line).startswith(greetings()):
            sections.append(Section(TEXT, "", list(paragraph)))
        else:
            if paragraph[0].gap and sections[-1].is_complete and not _is_marked(paragraph[0]):
                sections.append(Section(TEXT))
            elif _was_of_one_line(sections):
                sections.append(Section(MEDICINES, sections[-2].heading))
            _share_out(paragraph, sections, shouts)
    return sections


def _was_of_one_line(sections: Sequence[Section]) -> bool:
    """Whether `Stopped: aspirin` stands within a list of medicines: what stands below it needn't be stopped."""
    if len(sections) < 2 or sections[-1].sort != MEDICINES_STOPPED or sections[-2].sort not in MEDICINE_LISTS:
        return False
    tokens = sections[-1].tokens
    return bool(tokens) and not tokens[0].begins and len({token.line for token in tokens}) == 1


def _is_marked(token: Token) -> bool:
    return token.begins and MARK.fullmatch(token.text) is not None


def _share_out(paragraph: Sequence[Token], sections: list[Section], shouts: bool) -> None:
    """A paragraph's words go to the section that is open, each of its headings opens one."""
    place = 0
    while place < len(paragraph):
        heading = heading_at(paragraph, place, shouts)
        if heading is not None and not _is_an_item(paragraph, place, heading, sections[-1]):
            sections.append(Section(heading.sort, heading.text))
            place += heading.count
        else:
            sections[-1].tokens.append(paragraph[place])
            place += 1


def _is_an_item(paragraph: Sequence[Token], place: int, heading: Heading, section: Section) -> bool:
    """Whether what looks like a heading by its letters alone is an entry of the list that is open."""
    if heading.sort != OTHER or section.sort not in LISTS or place:
        return False
    words = " ".join(token.text for token in paragraph[: heading.count])
    if words.endswith(":"):
        return False
    if section.sort == DIAGNOSES and mentions_in(words, illness_concepts(), contexts=False):
        return True
    return bool(STRENGTH.search(words)) or names_a_medicine(words)


def is_farewell(text: str) -> bool:
    """Whether a paragraph ends the letter: a greeting, a signature."""
    bare = plain(text)
    if len(bare.split()) > _MOST_IN_A_FAREWELL:
        return False
    first = bare.split()[0].strip(".:,") if bare else ""
    return (
        first in farewells()
        or bare in farewells()
        or any(bare.startswith(phrase) for phrase in farewells() if len(phrase) > _SURE)
    )


def is_signature(text: str) -> bool:
    """Whether a line names who signs."""
    return len(text.split()) <= 8 and any_of("signs_with").search(text) is not None


def _shouts(paragraphs: Sequence[Sequence[Token]]) -> bool:
    tokens = chain.from_iterable(paragraphs)
    signs = [sign for sign in chain.from_iterable(token.text for token in tokens) if sign.isalpha()]
    return bool(signs) and sum(map(str.isupper, signs)) > _SHOUTED * len(signs)
