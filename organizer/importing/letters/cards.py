"""Vaccinations as a card or a letter lists them, and appointments that a letter gives."""

import re
from collections.abc import Iterator

from organizer.base.i18n import _, marked
from organizer.base.written_dates import DATE, readings_of
from organizer.importing.letters.items import sentences_in
from organizer.importing.letters.model import LetterProposal
from organizer.importing.letters.paragraphs import Item
from organizer.importing.letters.phrases import any_of, either
from organizer.importing.letters.prose import capital
from organizer.importing.letters.sections import Section

_DAY_TWO_WAYS = marked("The day can be read in two ways: {day}. Look at it.")
_CLOCK = r"(?:[ ,]+(?:at|um|a las|à|kl\.?)?[ ]*\d{1,2}(?:[:.]|h ?)\d{2}(?:\s?[ap]\.?m\.?)?(?:\s?Uhr|\s?h)?)?"
_WITH = re.compile(
    r"\b(?:with|bei|con|avec)\s((?:[Dd]ra?\.?|Prof\.?|Mr\.?|Ms\.?)\s[^\W\d_][\w.-]*(?:\s[A-ZÄÖÜ][\w-]+)?)"
)
_BARE_LOT = re.compile(r"\s*(?=[A-Z\d-]*\d)(?=[\d-]*[A-Z])([A-Z\d-]{4,12})(?!\w)")
"""A lot in a column of its own: capitals and digits."""
_MOST_WORDS = 6


def vaccinations_in(section: Section, items: list[Item]) -> Iterator[LetterProposal]:
    """A line of a card: the vaccine, its day, its lot. A line without a day names none that was given."""
    for item in items:
        match = re.search(rf"{DATE}|(?<!\d)\d{{1,2}}/\d{{4}}(?!\d)", item.text)
        if match is None or any_of("up_to_date").search(item.text) or any_of("born").search(item.text):
            continue
        before, behind = item.text[: match.start()].strip(" .,;:-–"), item.text[match.end() :]
        rest = f"{before} {behind}"
        lot = re.search(rf"(?:{either('lots')})[\s.:#]*(\w[\w-]*\d[\w-]*)", rest, re.IGNORECASE)
        if lot is None and before:
            lot = _BARE_LOT.match(behind)
            rest = before
        name = (rest[: lot.start()] if lot and lot.re is not _BARE_LOT else rest).split(",")[0].strip(" .,;:-–")
        if not name or len(name.split()) > _MOST_WORDS or not any(sign.isalpha() for sign in name):
            continue
        readings = readings_of(match[0])
        fields = {"title": capital(" ".join(name.split())), "lot": lot[1] if lot else ""}
        fields["happened"] = readings[0].text if len(readings) == 1 else ""
        doubts = () if len(readings) == 1 else (_(_DAY_TWO_WAYS).format(day=match[0]),)
        filled = {field: text for field, text in fields.items() if text}
        yield LetterProposal("Immunization", filled, item.text, item.place, section.heading, doubts)


def appointments_in(item: Item, heading: str) -> Iterator[LetterProposal]:
    """`Your appointment is on 12 March 2026 at 10:30 with Dr Grey`: a visit that is planned."""
    for sentence in sentences_in(item):
        text = sentence.text
        word = any_of("appointments").search(text)
        match = re.search(rf"{DATE}{_CLOCK}", text)
        if word is None or match is None:
            continue
        readings = readings_of(match[0])
        lines = sorted({token.line for token in sentence.tokens})
        printed = [" ".join(token.text for token in sentence.tokens if token.line == line) for line in lines]
        who = next((match for match in map(_WITH.search, printed) if match), None)
        fields = {
            "title": capital(word[0]),
            "happened": readings[0].text if len(readings) == 1 else "",
            "provider": who[1].strip(" .,") if who else "",
            "status": "planned",
        }
        doubts = () if len(readings) == 1 else (_(_DAY_TWO_WAYS).format(day=match[0]),)
        filled = {field: words for field, words in fields.items() if words}
        yield LetterProposal("Encounter", filled, text, sentence.place, heading, doubts)
