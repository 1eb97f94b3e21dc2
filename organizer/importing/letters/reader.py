"""From the words of a letter's pages to proposals: lists under headings, then what running text says of the person."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from organizer.base.i18n import _, marked, ngettext
from organizer.health.absence import absence_in
from organizer.health.vocabulary import Mention, mentions_in
from organizer.health.vocabulary.concepts import illness_concepts
from organizer.importing.lab_reports.lines import lines_of
from organizer.importing.letters.allergies import allergy_in
from organizer.importing.letters.items import Item, Token
from organizer.importing.letters.medicines import Medicine, medicine_in
from organizer.importing.letters.model import LetterProposal, LetterReading
from organizer.importing.letters.phrases import (
    ALLERGIES,
    DIAGNOSES,
    FAMILY,
    IMPRESSION,
    MEDICINES,
    MEDICINES_NOW,
    MEDICINES_STOPPED,
    OTHER,
    PAST,
    PLAN,
    PROCEDURES,
    TEXT,
    any_of,
)
from organizer.importing.letters.sections import Section, sections_of
from organizer.importing.letters.statements import DENIED, statement_in, without_date
from organizer.importing.page_text.words_on_page import PageWords
from organizer.model.statuses import Status, Verification

IN_TEXT = marked("It stands in running text: look whether it is said of this person, and of now.")
_UNSURE = marked("The letter only suspects it.")
_EARLIER = marked("The letter speaks of it as earlier.")
_NOW_NOT_SAID = marked("The heading doesn’t say whether it is taken now.")
_MOST_IN_A_NAME = 14
"""Words of an item of a list: what is longer is running text, and read as such."""
_LONGEST_PLAN = 160  # letters
_MOST_IN_A_SIGNATURE = 8  # words
_MEASURED = re.compile(r"\d\s?/\s?\d|\d\s?(?:%|mm|cm|mg|ml|g)\b")
"""What a finding is told by, and the name of no illness."""
_EARLIER_CONTEXTS = frozenset({"history", "remission"})
_DENIED_SAID = {
    "negated": marked("“{words}” is denied"),
    "family": marked("“{words}” is of a relative"),
    "not-asked": marked("“{words}” was not asked"),
    "screening": marked("“{words}” is a screening"),
    "risk": marked("“{words}” is a risk"),
    "fear": marked("“{words}” is a fear"),
}


def read_letter(pages: Sequence[PageWords]) -> LetterReading:
    """What a letter proposes, in the order of its pages; each once, a list's before running text's."""
    lines = chain.from_iterable(lines_of(page) for page in pages)
    sections = sections_of(lines)
    reading = LetterReading()
    for section in sections:
        for item in section.items():
            _read_item(section, item, reading)
    reading.proposals = _each_once(reading.proposals)
    known = _concepts(reading.proposals)
    for section in sections:
        if section.sort in (TEXT, IMPRESSION):
            reading.proposals += _in_text(section, known, reading)
    reading.proposals.sort(key=lambda proposal: (proposal.place.page, proposal.place.y0))
    return reading


def _read_item(section: Section, item: Item, reading: LetterReading) -> None:
    """An item of a list, by the heading it stands under."""
    sort, text = section.sort, item.text
    if sort in (OTHER, TEXT, IMPRESSION) or not any(sign.isalpha() for sign in text):
        return
    if sort == FAMILY:
        reading.left_out.append(_denied("family", text))
    elif sort in (DIAGNOSES, PAST):
        _read_diagnosis(section, item, reading)
    elif sort in (MEDICINES, MEDICINES_NOW, MEDICINES_STOPPED):
        _read_medicine(section, item, reading)
    elif sort == ALLERGIES:
        _read_allergy(section, item, reading)
    elif sort == PROCEDURES:
        _read_procedure(section, item, reading)
    elif sort == PLAN:
        _read_plan(section, item, reading)


def _read_diagnosis(section: Section, item: Item, reading: LetterReading) -> None:
    absence = absence_in("Condition", (), item.text.strip(" ."))
    statement = statement_in(item.text)
    if absence is not None or not statement.name:
        reading.left_out.append(_denied("negated", item.text))
        return
    if len(statement.name.split()) > _MOST_IN_A_NAME:
        _read_sentence(section, item, reading)
        return
    denied = statement.contexts & DENIED
    if denied:
        reading.left_out.append(_denied(min(denied), item.text))
        return
    if _MEASURED.search(statement.name) and not mentions_in(statement.name, illness_concepts(), contexts=False):
        reading.left_out.append(_("“{words}” could not be read as a diagnosis").format(words=item.text))
        return
    fields = {"title": statement.name, "happened": statement.since}
    doubts = []
    if "uncertain" in statement.contexts:
        fields["verification"] = Verification.PROVISIONAL
        doubts.append(_(_UNSURE))
    elif statement.contexts & {"history", "remission"}:
        fields["status"] = Status.REMISSION if "remission" in statement.contexts else ""
        doubts.append(_(_EARLIER))
    reading.proposals.append(_proposal("Condition", fields, section, item, doubts))


def _denied(context: str, words: str) -> str:
    """Why words are not proposed."""
    said = _DENIED_SAID[context]
    return _(said).format(words=words)


def _read_sentence(section: Section, item: Item, reading: LetterReading) -> None:
    """A long item is read as running text is."""
    part = Section(TEXT, section.heading, list(item.tokens))
    reading.proposals += _in_text(part, _concepts(reading.proposals), reading)


def _read_medicine(section: Section, item: Item, reading: LetterReading) -> None:
    if absence_in("MedicationStatement", (), item.text.strip(" .")) is not None:
        reading.proposals.append(_none_known("MedicationStatement", section, item))
        return
    text, since = without_date(item.text)
    medicine = medicine_in(text)
    if medicine is None or len(item.tokens) > 2 * _MOST_IN_A_NAME or not _is_named(medicine, section):
        reading.left_out.append(_("“{words}” could not be read as a medicine").format(words=item.text))
        return
    state = medicine.state or {MEDICINES_NOW: Status.ACTIVE, MEDICINES_STOPPED: Status.STOPPED}.get(section.sort, "")
    fields = {
        "title": medicine.name,
        "dose": medicine.dose,
        "frequency": medicine.frequency,
        "reason": medicine.reason,
        "happened": since,
        "status": state,
    }
    doubts = [] if state else [_(_NOW_NOT_SAID)]
    reading.proposals.append(_proposal("MedicationStatement", fields, section, item, doubts))


def _is_named(medicine: Medicine, section: Section) -> bool:
    """Under a heading that may be of treatments of all sorts only what has a strength or a schedule is a medicine."""
    return bool(medicine.dose or medicine.frequency) or section.sort != MEDICINES or len(medicine.name.split()) <= 2


def _read_allergy(section: Section, item: Item, reading: LetterReading) -> None:
    if absence_in("AllergyIntolerance", (), item.text.strip(" .")) is not None:
        reading.proposals.append(_none_known("AllergyIntolerance", section, item))
        return
    allergy = allergy_in(item.text)
    denied = statement_in(item.text).contexts & DENIED
    if allergy is None or denied or len(allergy.substance.split()) > _MOST_IN_A_NAME // 2:
        reading.left_out.append(_("“{words}” could not be read as an allergy").format(words=item.text))
        return
    fields = {"title": allergy.substance, "reaction": allergy.reaction}
    reading.proposals.append(_proposal("AllergyIntolerance", fields, section, item))


def _read_procedure(section: Section, item: Item, reading: LetterReading) -> None:
    statement = statement_in(item.text)
    denied = statement.contexts & {"negated", "family", "not-asked"}
    if denied or not statement.name or absence_in("Procedure", (), item.text.strip(" .")) is not None:
        reading.left_out.append(_denied(min(denied, default="negated"), item.text))
    elif len(statement.name.split()) <= 2 * _MOST_IN_A_NAME:
        fields = {"title": statement.name, "happened": statement.since}
        reading.proposals.append(_proposal("Procedure", fields, section, item))


def _read_plan(section: Section, item: Item, reading: LetterReading) -> None:
    text = item.text.strip(" .;")
    is_signature = len(text.split()) <= _MOST_IN_A_SIGNATURE and any_of("signs_with").search(text)
    if len(text.split()) > 1 and len(text) <= _LONGEST_PLAN and not is_signature:
        reading.proposals.append(_proposal("Task", {"title": text}, section, item))


def _none_known(kind: str, section: Section, item: Item) -> LetterProposal:
    """The letter's own word that there is none."""
    return _proposal(kind, {"title": item.text.strip(" ."), "none_known": "yes"}, section, item)


def _proposal(
    kind: str, fields: dict[str, str], section: Section, item: Item, doubts: Sequence[str] = ()
) -> LetterProposal:
    filled = {name: str(text) for name, text in fields.items() if text}
    filled["title"] = _capital(filled["title"])
    return LetterProposal(kind, filled, item.text, item.place, section.heading, tuple(doubts))


def _in_text(section: Section, known: set[str], reading: LetterReading) -> Iterator[LetterProposal]:
    """Illnesses that running text says of the person, as a fact; what it denies is left out by name."""
    whole = Item(tuple(section.tokens))
    starts = _starts(whole)
    mentions = mentions_in(whole.text, illness_concepts())
    for mention in mentions:
        if any(_is_within(mention, other) for other in mentions):
            continue
        words = whole.text[mention.start : mention.end]
        if mention.contexts - _EARLIER_CONTEXTS:
            denied = mention.contexts & set(_DENIED_SAID)
            reading.left_out += [_denied(min(denied), words)] if denied else []
        elif mention.concept not in known:
            known |= {mention.concept}
            tokens = [
                token for token, start in starts if start < mention.end and start + len(token.text) > mention.start
            ]
            item = Item(tuple(tokens))
            doubts = (_(IN_TEXT), _(_EARLIER)) if mention.contexts else (_(IN_TEXT),)
            yield LetterProposal("Condition", {"title": _capital(words)}, item.text, item.place, "", doubts)


def _is_within(mention: Mention, other: Mention) -> bool:
    """Whether the text says the same more closely: `nephritis` within `lupus nephritis`, `lupus` beside it."""
    is_part = (
        other.start <= mention.start
        and mention.end <= other.end
        and other.end - other.start > mention.end - mention.start
    )
    return is_part or (other.concept != mention.concept and mention.concept in other.concepts and not other.contexts)


def _starts(item: Item) -> list[tuple[Token, int]]:
    """Where in an item's text each of its words begins."""
    found: list[tuple[Token, int]] = []
    at = 0
    for token in item.tokens:
        place = item.text.find(token.text, at)
        at = place + len(token.text) if place >= 0 else at
        found.append((token, max(place, 0)))
    return found


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _concepts(proposals: Sequence[LetterProposal]) -> set[str]:
    """The illnesses that are proposed already, with the wider ones."""
    named = [proposal.title for proposal in proposals if proposal.kind == "Condition"]
    return {name for title in named for mention in mentions_in(title, contexts=False) for name in mention.concepts}


def _each_once(proposals: Sequence[LetterProposal]) -> list[LetterProposal]:
    """What admission and discharge both list stands once, by kind, name and dose: the one in less doubt."""
    found: dict[tuple[str, str, str], LetterProposal] = {}
    for proposal in proposals:
        key = (proposal.kind, proposal.title.casefold(), proposal.fields.get("dose", ""))
        earlier = found.get(key)
        if earlier is None or len(earlier.doubts) > len(proposal.doubts):
            found[key] = proposal
    return list(found.values())


def left_out_said(reading: LetterReading) -> str:
    """How many statements were left out, in words; each is named in `left_out`."""
    words = ngettext("{n} statement isn’t proposed.", "{n} statements aren’t proposed.", len(reading.left_out))
    return words.format(n=len(reading.left_out))
