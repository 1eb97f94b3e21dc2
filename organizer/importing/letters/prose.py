"""What running text says of the person: illnesses, medicines with how much and how often, allergies."""

import re
from collections.abc import Iterator

from organizer.base.i18n import _, marked
from organizer.health.absence import absence_in
from organizer.health.medicine_names import is_a_medicine
from organizer.health.vocabulary import Mention, mentions_in
from organizer.health.vocabulary.concepts import illness_concepts
from organizer.importing.letters.allergies import allergy_in
from organizer.importing.letters.items import part_of, sentences_in
from organizer.importing.letters.model import LetterProposal
from organizer.importing.letters.paragraphs import Item
from organizer.importing.letters.phrases import any_of, either, without_start, words
from organizer.importing.letters.strengths import STRENGTH, frequency_in, how_often

IN_TEXT = marked("It stands in running text: look whether it is said of this person, and of now.")
EARLIER = marked("The letter speaks of it as earlier.")
EARLIER_CONTEXTS = frozenset({"history", "remission"})
DENIALS = {
    "negated": marked("“{words}” is denied"),
    "family": marked("“{words}” is of a relative"),
    "not-asked": marked("“{words}” was not asked"),
    "screening": marked("“{words}” is a screening"),
    "risk": marked("“{words}” is a risk"),
    "fear": marked("“{words}” is a fear"),
}
_NEAR = 70
"""Letters behind a strength within which a sentence says how often."""
_CLAUSE = re.compile(r"[;!?](?=\s|$)|\.(?=\s+[^\Wa-zäöüéèáíóúñ]|\s*$)|,\s(?:and|und|y|et|but|aber|pero|mais)\s")
_NAMED_AFTER = re.compile(r"['’]s?(?: disease| syndrome)?|[ -](?:disease|syndrome|Krankheit|Syndrom)(?!\w)")
"""What belongs to an illness that is named after somebody: `Parkinson’s disease`."""
_TEMPLATE = re.compile(r"[(\[]\s*[^\W\d_]+[^:()]{0,30}:")
_LONGEST_SUBSTANCE = 4  # words
_LONGEST_PHRASE, _SHORTEST = 5, 5  # words, letters
_PHRASE_ENDS = re.compile(
    r"[,.;:()]|\s(?:and|und|y|et|which|that|who|for|with|since|in|on|at|status|treated|as|due|mit|seit|bei|con|desde|"
    r"para|que|avec|depuis|qui|pour|dating|when|but|she|he|was|is|has)\s"
)


def denials_in_words(context: str, words: str) -> str:
    """Why words aren't proposed: what stands beside them."""
    sentence = DENIALS[context]
    return _(sentence).format(words=words)


def illnesses_in(item: Item, known: set[str], left_out: list[str]) -> Iterator[LetterProposal]:
    """Illnesses that running text says of the person, as a fact; what it denies is left out by name."""
    text = item.text
    mentions = mentions_in(text, illness_concepts())
    for mention in mentions:
        if any(_is_within(mention, other) for other in mentions) or mention.concept in words("too_general"):
            continue
        start, end = _whole(text, mention.start, mention.end)
        printed = text[start:end]
        if mention.contexts - EARLIER_CONTEXTS or _is_hypothetical(text, mention.start):
            denied = mention.contexts & set(DENIALS)
            left_out += [denials_in_words(min(denied), printed)] if denied else []
        elif _is_taken_back(text, mention.start):
            left_out.append(denials_in_words("negated", printed))
        elif mention.concept not in known and not _is_adjective(printed) and not _is_a_name(text, mention.start):
            known |= {mention.concept}
            part = part_of(item, start, end)
            doubts = (_(IN_TEXT), _(EARLIER)) if mention.contexts else (_(IN_TEXT),)
            yield LetterProposal("Condition", {"title": capital(printed)}, part.text, part.place, "", doubts)


def diagnoses_in(item: Item, titles: set[str]) -> Iterator[LetterProposal]:
    """`history of …`, `diagnosed with …`, `leidet an …`: what no list of illnesses knows, in the letter's words."""
    for sentence in sentences_in(item):
        text = sentence.text
        for match in any_of("diagnosis_leads").finditer(text):
            if any_of("no_lead_before").search(text[: match.start()]) or _is_hypothetical(text, match.start()):
                continue
            reach = _PHRASE_ENDS.search(text, match.end())
            end = reach.start() if reach else len(text)
            phrase = without_start("before_a_name", text[match.end() : end].strip()).strip()
            if reach and reach[0] == ",":
                continue
            is_new = phrase.casefold() not in titles and not mentions_in(phrase, illness_concepts(), contexts=False)
            if (
                len(phrase) < _SHORTEST
                or len(phrase.split()) > _LONGEST_PHRASE
                or any_of("no_illness").search(phrase)
                or not is_new
            ):
                continue
            titles.add(phrase.casefold())
            part = part_of(sentence, match.start(), end)
            yield LetterProposal("Condition", {"title": capital(phrase)}, part.text, part.place, "", (_(IN_TEXT),))


def medicines_in(item: Item) -> Iterator[LetterProposal]:
    """Medicines that running text says are taken: with how much and how often, or by a name that is known as one."""
    for sentence in sentences_in(item):
        text = sentence.text
        taken: set[str] = set()
        for match in STRENGTH.finditer(text):
            name = _name_before(text, match.start())
            behind = _until_next(text, match.end())
            often = frequency_in(behind)
            behind_all = text[match.end() : match.end() + 2 * _NEAR]
            if not name or not how_often(behind, 0) or not _is_taken(text, match.start()) or _is_ended(behind_all):
                continue
            taken.add(name.casefold())
            part = part_of(sentence, text.rfind(name, 0, match.start()), match.end())
            fields = {"title": capital(name), "dose": match[0].strip(), "frequency": often}
            filled = {field: value for field, value in fields.items() if value}
            yield LetterProposal("MedicationStatement", filled, part.text, part.place, "", (_(IN_TEXT),))
        yield from _named_only(sentence, taken)


def _named_only(sentence: Item, taken: set[str]) -> Iterator[LetterProposal]:
    """Known names behind `is taking`, `prescribed`, `nimmt`, `toma`, `prend`."""
    text = sentence.text
    lead = any_of("takes").search(text)
    if lead is None or not _is_taken(text, lead.start()):
        return
    reach = _CLAUSE.search(text, lead.end())
    clause = text[lead.end() : reach.start() if reach else len(text)]
    if any_of("not_taking").search(clause):
        return
    for match in re.finditer(r"[^\W\d_][\w-]+", clause):
        is_measured = STRENGTH.match(clause[match.end() :].lstrip())
        if match[0].casefold() in taken or is_measured or not is_a_medicine(match[0]):
            continue
        taken.add(match[0].casefold())
        start = lead.end() + match.start()
        part = part_of(sentence, start, start + len(match[0]))
        titled = {"title": capital(match[0])}
        yield LetterProposal("MedicationStatement", titled, part.text, part.place, "", (_(IN_TEXT),))


def allergies_in(item: Item) -> Iterator[LetterProposal]:
    """`She is allergic to penicillin`, `no known drug allergies`."""
    for sentence in sentences_in(item):
        text = sentence.text
        match = any_of("allergic").search(text)
        if match is None:
            if absence_in("AllergyIntolerance", (), text.strip(" .")) is not None and any_of("of_allergies").search(
                text
            ):
                filled = {"title": text.strip(" ."), "none_known": "yes"}
                yield LetterProposal("AllergyIntolerance", filled, text, sentence.place, "", (_(IN_TEXT),))
            continue
        before = text[: match.start()]
        if any_of("not_allergic").search(before) or any_of("relatives").search(before):
            continue
        reach = re.search(r"[,;.](?:\s|$)| (?:and|und|y|et|but|who|which|mit|with) ", text[match.end() :])
        end = match.end() + reach.start() if reach else len(text)
        allergy = allergy_in(text[match.end() : end])
        if allergy is not None and len(allergy.substance.split()) <= _LONGEST_SUBSTANCE:
            part = part_of(sentence, match.start(), end)
            fields = {"title": capital(allergy.substance), "reaction": allergy.reaction}
            filled = {name: value for name, value in fields.items() if value}
            yield LetterProposal("AllergyIntolerance", filled, part.text, part.place, "", (_(IN_TEXT),))


def capital(printed: str) -> str:
    """With a capital first."""
    return printed[:1].upper() + printed[1:]


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """A name with the words that belong to it: `essential`, `mellitus`, `stage 3`."""
    before = re.search(rf"(?<!\w)(?:(?:{either('adjectives_before')})\s)+$", text[:start], re.IGNORECASE)
    stage = rf"(?:{either('stages')})\s(?:\d\w?|[IVX]+)(?!\w)"
    behind = re.match(rf"(?:\s(?:{either('adjectives_behind')}|{stage})(?!\w))+", text[end:], re.IGNORECASE)
    named = _NAMED_AFTER.match(text, end)
    end = named.end() if named else end
    return (before.start() if before else start), end + (behind.end() if behind else 0)


def _is_within(mention: Mention, other: Mention) -> bool:
    """Whether the text says the same more closely: `nephritis` within `lupus nephritis`, `lupus` beside it."""
    is_part = (
        other.start <= mention.start
        and mention.end <= other.end
        and other.end - other.start > mention.end - mention.start
    )
    return is_part or (other.concept != mention.concept and mention.concept in other.concepts and not other.contexts)


def is_a_template(item: Item) -> bool:
    """`(Template: John Sample, gout, …)` stands in the form, and is of nobody."""
    match = _TEMPLATE.match(item.text)
    return match is not None and any_of("templates").search(match[0]) is not None


def _is_hypothetical(text: str, start: int) -> bool:
    """Whether its sentence speaks of what may come: `should she develop`, `possible complications are`."""
    begin = max(text.rfind(sign, 0, start) for sign in (". ", "; ", "! ", "? ")) + 1
    return any_of("hypothetical").search(text[begin:start]) is not None


def _is_taken_back(text: str, start: int) -> bool:
    """Whether a denial or a relative at the beginning of a list reaches this far: `no hypertension, …, ulcers or gout`
    says so of the last as of the first."""
    begin = max(text.rfind(sign, 0, start) for sign in (". ", "; ", "! ", "? ")) + 1
    takings = list(any_of("taken_back").finditer(text[begin:start]))
    return bool(takings) and any_of("turns").search(text, begin + takings[-1].end(), start) is None


def _is_a_name(text: str, start: int) -> bool:
    """`Frau Alzheimer` has no illness of that name."""
    before = text[:start].split()
    return bool(before) and before[-1].casefold() in words("titles")


def _is_adjective(printed: str) -> bool:
    """`neuropathic`, `obese` say how something is."""
    return " " not in printed and printed.casefold().endswith(tuple(words("adjectives")))


def _name_before(text: str, place: int) -> str:
    """The one or two words before a strength that name a medicine, "" where they name none."""
    bare_text = re.sub(r"\([^()]*\)\s*$", "", text[:place])
    before = re.findall(r"[^\s,;()]+", bare_text[-60:])
    name: list[str] = []
    for word in reversed(before[-4:]):
        bare = word.strip("®™.,;:")
        is_modifier = bare.casefold() in words("salts") or bare.casefold() in words("forms")
        if not bare or not bare[0].isalpha() or bare.casefold() in words("no_name"):
            break
        name.insert(0, bare)
        if not is_modifier:
            return " ".join(part for part in name if part.casefold() not in words("bare_forms"))
    return ""


def _until_next(text: str, start: int) -> str:
    """What stands behind a strength up to the next one or the sentence's end."""
    behind = text[start : start + _NEAR]
    following = STRENGTH.search(behind)
    clause = re.search(r"[;!?]|\. [A-ZÄÖÜ]|, (?:and )?[^\W\d_]{4,} \d", behind)
    ends = [match.start() for match in (following, clause) if match]
    return behind[: min(ends)] if ends else behind


def _is_ended(behind: str) -> bool:
    """Whether what follows says that it was ended or not borne."""
    clause = _CLAUSE.split(behind, maxsplit=1)[0]
    return any_of("ended_behind").search(clause) is not None


def _is_taken(text: str, place: int) -> bool:
    """Whether nothing in the clause before takes it back: ended, avoided, considered, given once."""
    clauses = [match.end() for match in _CLAUSE.finditer(text, 0, place)]
    clause = text[clauses[-1] if clauses else 0 : place]
    return any_of("not_taking").search(clause) is None and any_of("relatives").search(text, 0, place) is None
