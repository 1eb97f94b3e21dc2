"""What a section lists, one by one: at its marks, its lines, its numbers, its semicolons and commas."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

from organizer.health.medicine_names import is_a_medicine, names_a_medicine
from organizer.health.vocabulary import mentions_in
from organizer.health.vocabulary.concepts import illness_concepts
from organizer.importing.letters.paragraphs import MARK, Item, Token
from organizer.importing.letters.phrases import (
    ALLERGIES,
    DIAGNOSES,
    MEDICINE_LISTS,
    PAST,
    PROCEDURES,
    any_of,
    at_start,
    words,
)
from organizer.importing.letters.sections import Section
from organizer.importing.letters.strengths import STRENGTH, how_often

_NUMBER = re.compile(r"\(?(\d{1,2})[.)]")
_ROMAN = re.compile(r"[IVX]+\.")
_MOST_LISTED_WORDS = 7
"""Words of each part of a line that is a list with commas: longer parts are a sentence's."""
_MOST_IN_A_NAME = 14
_USUAL, _FIRST = 4, 3
_SENTENCE_WORDS = 4
"""Words from which an item with a verb is a sentence."""
_SHORT = 4
"""Letters of a word below which its full stop is that of an abbreviation."""
_STORY = 60
"""Words in sentences from which a section is a text."""
_YEAR = 4  # digits
TICKED, UNTICKED = frozenset("☒☑✓✔■"), frozenset("☐□")
"""Boxes of a form."""
_INDENT = 1.0
"""Ems by which a line that goes on stands further in than the mark of its item."""


def items_of(section: Section) -> list[Item]:
    """The items of a list; sentences stand among them as they are."""
    pieces = _at_marks(section.tokens)
    boxed = chain.from_iterable(map(_at_boxes, pieces))
    numbered = list(chain.from_iterable(map(_at_numbers, boxed)))
    is_alone = len(numbered) == 1
    parts_cut: list[Sequence[Token]] = []
    for tokens in numbered:
        for part in _at_semicolons(tokens, section.sort):
            parts_cut += _cut(part, section.sort, is_alone)
    if _is_story(parts_cut):
        parts_cut = numbered
    return [Item(tuple(bare)) for tokens in parts_cut if (bare := _without_signs(tokens))]


def _is_story(parts: Sequence[Sequence[Token]]) -> bool:
    """Whether what should be a list is a text: most of its words stand in sentences."""
    sentences = [len(part) for part in parts if is_sentence(Item(tuple(part)).text)]
    return sum(sentences) > _STORY and sum(sentences) > sum(map(len, parts)) / 2


def paragraphs_in(section: Section) -> list[Item]:
    """The section's marked items or paragraphs, each whole."""
    pieces = list(chain.from_iterable(_at_numbers(piece) for piece in _at_marks(section.tokens)))
    return [Item(tuple(bare)) for piece in pieces if (bare := _without_signs(piece))]


def sentences_in(item: Item) -> list[Item]:
    """A paragraph's sentences."""
    return [Item(tuple(part)) for part in _at_sentences(item.tokens)]


def is_marked(item: Item, tokens: Sequence[Token]) -> bool:
    """Whether an item stands behind a mark among the words of its section."""
    place = tokens.index(item.tokens[0])
    return place > 0 and MARK.fullmatch(tokens[place - 1].text) is not None


def is_sentence(text: str) -> bool:
    """Whether words say something of somebody, rather than name a thing."""
    count = len(text.split())
    person = at_start("persons").match(text)
    if count > 2 and person is not None and person[0] != person[0].rstrip():
        return True
    return count >= _SENTENCE_WORDS and any_of("sentence_words").search(text) is not None


def _at_marks(tokens: Sequence[Token]) -> list[Sequence[Token]]:
    """Cut where paragraphs start; a line under a mark that stands further in goes on with its item."""
    starts = []
    mark: Token | None = None
    for place, token in enumerate(tokens):
        if not token.starts:
            continue
        if token.begins and MARK.fullmatch(token.text):
            mark = token
        elif mark is not None and not token.gap and token.page == mark.page:
            size = mark.spot.y1 - mark.spot.y0
            if mark.spot.x0 + _INDENT * size < token.spot.x0 and place and not _begins_a_name(token):
                continue
        starts.append(place)
    return _cut_at(tokens, starts)


def _begins_a_name(token: Token) -> bool:
    return token.text[:1].isupper()


def _at_numbers(tokens: Sequence[Token]) -> list[Sequence[Token]]:
    """`1. Asthma. 2. Gout` is two; the numbers follow one another."""
    starts: list[int] = []
    first = _NUMBER.fullmatch(tokens[0].text) if tokens else None
    expected = int(first[1]) if first else 0
    for place, token in enumerate(tokens):
        match = _NUMBER.fullmatch(token.text)
        if match is None or place + 1 == len(tokens):
            continue
        number = int(match[1])
        is_next = number == expected if expected else number in (1, 2)
        if is_next and (place == 0 or expected or _may_end(tokens[place - 1])) and _is_name(tokens[place + 1]):
            starts.append(place)
            expected = number + 1
    return _cut_at(tokens, starts) if len(starts) > 1 or first else [tokens]


def _at_boxes(tokens: Sequence[Token]) -> list[Sequence[Token]]:
    """`☐ Diabetes ☒ Asthma` is two."""
    boxes = TICKED | UNTICKED
    return _cut_at(tokens, [place for place, token in enumerate(tokens) if token.text in boxes])


def _may_end(token: Token) -> bool:
    return token.text.endswith((".", ";", ":", ",", ")"))


def _is_name(token: Token) -> bool:
    """Whether an item may begin so: `stage 2. 5 mg` doesn't."""
    return token.text[:1].isalpha() or token.text[:1] in "(\"“'"


def _at_semicolons(tokens: Sequence[Token], sort: str) -> list[Sequence[Token]]:
    ends = [
        place + 1
        for place, (token, behind) in enumerate(pairwise(tokens))
        if (token.text.endswith((";", "|")) or token.text == "//")
        and (sort not in (DIAGNOSES, PAST, PROCEDURES) or behind.text[:1].isupper() or _names_by_itself(tokens, place))
    ]
    return _cut_at(tokens, ends)


def _names_by_itself(tokens: Sequence[Token], place: int) -> bool:
    """Whether what follows a semicolon is an entry of its own though it begins small: `CKD 3a; hypertension`."""
    part: list[Token] = []
    for token in tokens[place + 1 :]:
        part.append(token)
        if token.text.endswith(";"):
            break
    text = Item(tuple(part)).text
    is_known = bool(mentions_in(text, illness_concepts(), contexts=False)) or any_of("no_diagnosis").search(text)
    return len(part) <= _MOST_LISTED_WORDS and bool(is_known)


def _cut(tokens: Sequence[Token], sort: str, is_alone: bool) -> Iterable[Sequence[Token]]:
    """A piece between marks: its sentences, and what they list."""
    text = Item(tuple(tokens)).text
    marked = bool(tokens) and bool(MARK.fullmatch(tokens[0].text))
    if marked and not is_sentence(text) and len(tokens) <= _MOST_IN_A_NAME and sort in (DIAGNOSES,):
        return [tokens]
    goes_on = is_alone or len(tokens) > _MOST_IN_A_NAME or is_sentence(text)
    parts = _at_sentences(tokens) if goes_on else [tokens]
    if sort in MEDICINE_LISTS:
        parts = list(chain.from_iterable(map(_at_next_medicines, parts)))
    listed: list[Sequence[Token]] = []
    for part in parts:
        listed += _each_ended(part, _listed(part, sort, is_alone), sort)
    return listed


def _at_sentences(tokens: Sequence[Token]) -> list[Sequence[Token]]:
    ends = []
    for place, (token, behind) in enumerate(pairwise(tokens)):
        if _ends_a_sentence(token) and (behind.text[:1].isupper() or behind.text[:1] in '"“(' or behind.starts):
            ends.append(place + 1)
    return _cut_at(tokens, ends)


def _at_next_medicines(tokens: Sequence[Token]) -> list[Sequence[Token]]:
    """Cut where another medicine begins: behind an `and` or a sentence that told a strength (`X 150 mg bd and Y 2 mg
    od. Previously Z`), and at a line that begins with `Stopped` or `Arrêt de`, which says nothing of those above."""
    starts: list[int] = []
    for place, (before, token) in enumerate(pairwise(tokens), 1):
        text = Item(tuple(tokens[place:])).text
        ends_one = (
            at_start("stopped").match(text) or at_start("paused").match(text) or at_start("ended_labels").match(text)
        )
        if token.line != before.line and ends_one and (":" not in ends_one[0] or _ended_label(text)):
            starts.append(place)
        is_told = STRENGTH.search(Item(tuple(tokens[max([0, *starts]) : place])).text) is not None
        is_and = before.text.casefold() in words("ands")
        is_next = is_a_medicine(token.text.strip(".,;:()")) or (ends_one is not None and before.text.endswith("."))
        if is_told and is_next and (is_and or before.text.endswith(".")):
            starts.append(place)
    return [_without_and(part) for part in _cut_at(tokens, starts)]


def _without_and(tokens: Sequence[Token]) -> Sequence[Token]:
    return tokens[:-1] if len(tokens) > 1 and tokens[-1].text.casefold() in words("ands") else tokens


def _ends_a_sentence(token: Token) -> bool:
    text = token.text.rstrip("\"”')")
    if text.endswith(("!", "?")):
        return True
    bare = text.rstrip(".").casefold().lstrip("#")
    if _ROMAN.fullmatch(text):
        return False
    if not text.endswith(".") or bare in _abbreviations() or MARK.fullmatch(token.text):
        return False
    return len(bare) >= _SHORT or bare.isupper() or text[:-1].isupper() or bare.isdigit()


def _abbreviations() -> frozenset[str]:
    return frozenset(words("abbreviations"))


def _each_ended(tokens: Sequence[Token], parts: Sequence[Sequence[Token]], sort: str) -> Iterable[Sequence[Token]]:
    """`Stop: ibuprofen and other NSAIDs` ends both: what a line begins with is said of each medicine in it."""
    bare = _without_signs(tokens)
    text = Item(tuple(bare)).text
    end = at_start("stopped").match(text) or at_start("paused").match(text) or _ended_label(text)
    if sort not in MEDICINE_LISTS or end is None:
        return parts
    lead = bare[: len(end[0].split())]
    return [part if _without_signs(part)[: len(lead)] == lead else [*lead, *part] for part in parts]


def _ended_label(text: str) -> re.Match[str] | None:
    """`Previously: …`, which without its colon would be about a dose."""
    match = at_start("ended_labels").match(text)
    return match if match is not None and ":" in match[0] else None


def _listed(tokens: Sequence[Token], sort: str, is_alone: bool) -> list[Sequence[Token]]:
    """The short things between a sentence's commas, behind the words that lead to them; else the sentence."""
    text = Item(tuple(tokens)).text
    none_known = any_of("no_allergies").search(text)
    is_denied = none_known is not None and "," not in text[: none_known.start()]
    if is_denied or any_of("nothing").search(text):
        return [tokens]
    if sort == ALLERGIES and at_start("no_allergy").match(text):
        return [tokens]  # `Tolerates cephalexin, paracetamol`
    bare, led = _without_lead(tokens)
    before = tokens[: len(tokens) - len(bare)] if led else tokens[:_FIRST]
    first = " ".join(token.text for token in before).partition(",")[0]
    if not bare or _is_taken_back(first):
        return [tokens]  # what is denied of the first is denied of all
    ends = _ends_of_parts(bare, _MOST_IN_A_NAME if sort in MEDICINE_LISTS else _MOST_LISTED_WORDS)
    if sort in MEDICINE_LISTS:
        ends = [end for end in ends if _begins_a_medicine(bare, end, ends)]
    text = Item(tuple(bare)).text
    if ends and (led or not is_sentence(text)) and _is_list(bare, ends, sort, led, is_alone):
        parts = _at_last_and(_cut_at(bare, ends), sort)
        return _tolerated_together(parts) if sort == ALLERGIES else parts
    may_be_two = (
        sort == ALLERGIES
        or (sort in MEDICINE_LISTS and not STRENGTH.search(text) and how_often(text, 0) is None)
        or led
        or (is_alone and sort == PAST)
    )
    both = _at_and(bare) if may_be_two else []
    return both or [bare if led else tokens]


def _is_taken_back(text: str) -> bool:
    """Whether a list begins with a denial; `Migraine without aura` denies only what belongs to its name."""
    match = any_of("taken_back").search(text)
    return match is not None and not mentions_in(text[: match.start()], illness_concepts(), contexts=False)


def _tolerated_together(parts: list[Sequence[Token]]) -> list[Sequence[Token]]:
    """`penicillin (rash), tolerates cephalexin, ibuprofen`: all that follows is tolerated."""
    texts = [Item(tuple(part)).text for part in parts]
    first = next((place for place, text in enumerate(texts) if any_of("tolerated").search(text)), len(parts))
    together = list(chain.from_iterable(parts[first:]))
    return [*parts[:first], together] if together else parts


def _is_list(tokens: Sequence[Token], ends: Sequence[int], sort: str, led: bool, is_alone: bool) -> bool:
    """Whether commas part things of their own: `Instability, left shoulder` is one diagnosis."""
    if sort == PROCEDURES:
        parts = _cut_at(tokens, ends)
        return led or all(any_of("operations").search(Item(tuple(part)).text) for part in parts)
    if sort not in (DIAGNOSES, PAST):
        return True
    if sort == PAST:
        return led or is_alone or len(ends) > 1
    parts = _cut_at(tokens, ends)
    named = [bool(mentions_in(Item(tuple(part)).text, illness_concepts(), contexts=False)) for part in parts]
    begin = [part[0].text[:1].isupper() for part in parts]
    return led or (is_alone and (all(named) or sum(named) > 2 or all(begin)))


def _begins_a_medicine(tokens: Sequence[Token], start: int, ends: Sequence[int]) -> bool:
    """Whether the part behind a comma is a medicine of its own, and no form, time or length of the one before."""
    stop = next((end for end in ends if end > start), len(tokens))
    part = Item(tuple(tokens[start:stop])).text
    if at_start("dose_words").match(part):
        return False
    if names_a_medicine(part):
        return True
    before = Item(tuple(tokens[:start])).text
    if any(any_of(name).search(before, 1) for name in ("stopped", "paused", "never", "planned")):
        return False  # `Hydroxychloroquine – stopped, retinal changes`: why
    form = any_of("forms").match(part)
    if form is not None and re.match(r"\.?\s+[^\W\d_]{4,}", part[form.end() :]) and STRENGTH.search(part):
        return True  # `Tab Cefixime 200 mg`
    if form is not None or any_of("how_often").match(part):
        return False
    if STRENGTH.search(part):
        return re.match(r"[^\W\d_]{4,}", part) is not None
    if how_often(part, 0):
        return re.match(r"(?:and |und |y |et )?[A-ZÄÖÜ][^\W\d_]{3,}", part) is not None
    return not STRENGTH.search(Item(tuple(tokens)).text)


def _without_lead(tokens: Sequence[Token]) -> tuple[Sequence[Token], bool]:
    """Without `The patient is allergic to`, and whether there was such a beginning."""
    text = Item(tuple(tokens)).text
    lead = None
    for match in any_of("lead_ins").finditer(text):
        begins = lead.end() if lead is not None else 0
        tells = any_of("sentence_words").match(match[0]) and len(text[: match.start()].split()) < _MOST_IN_A_NAME
        if "," in text[begins : match.start()] and (lead is not None or not tells):
            break
        lead = match
    if lead is None:
        return tokens, False
    count = len(text[: lead.end()].split())
    rest = list(tokens[count:])
    while rest and rest[0].text in (":", "-", "–"):
        rest.pop(0)
    return rest, bool(rest)


def _ends_of_parts(tokens: Sequence[Token], most: int) -> list[int]:
    """Where a line that lists short things is cut: behind its commas; nowhere where one of the parts is a sentence."""
    depth = 0
    ends = []
    for place, (token, behind) in enumerate(pairwise(tokens)):
        depth += token.text.count("(") - token.text.count(")")
        if token.text.endswith(",") and depth <= 0 and _may_end_a_part(token.text[:-1], behind.text):
            ends.append(place + 1)
    parts = _cut_at(tokens, ends)
    names = [any(sign.isalpha() for sign in chain.from_iterable(token.text for token in part)) for part in parts]
    lengths = sorted(len(part) for part in parts)
    is_short = lengths[-1] <= most
    is_long_list = len(parts) > 2 and lengths[len(lengths) // 2] <= _USUAL and lengths[-1] <= _MOST_IN_A_NAME
    return ends if ends and all(names) and (is_short or is_long_list) else []


def _may_end_a_part(text: str, behind: str) -> bool:
    """Numbers go on behind a comma, but `CABG 2011, gout` and `stage 3, Gout` are two."""
    return not text.isdigit() or len(text) == _YEAR or behind[:1].isupper()


def _at_last_and(parts: Sequence[Sequence[Token]], sort: str) -> list[Sequence[Token]]:
    """The last of a list without its `and`; what stands on both sides of one without a comma is two."""
    *before, last = parts
    if at_start("ands").match(last[0].text) and len(last) > 1:
        return [*before, last[1:]]
    both = [] if sort == DIAGNOSES or STRENGTH.search(Item(tuple(last)).text) else _at_and(last)
    return [*before, *(both or [last])]


def _at_and(tokens: Sequence[Token]) -> list[Sequence[Token]]:
    """Both sides of an `and` between short names, or nothing."""
    places = [place for place, token in enumerate(tokens) if token.text.casefold() in words("ands")]
    if len(places) != 1 or not 0 < places[0] < len(tokens) - 1:
        return []
    sides = [tokens[: places[0]], tokens[places[0] + 1 :]]
    return sides if all(len(side) <= _MOST_LISTED_WORDS for side in sides) else []


def _cut_at(tokens: Sequence[Token], places: Sequence[int]) -> list[Sequence[Token]]:
    """The tokens cut before each place."""
    cuts = sorted({0, *places, len(tokens)})
    return [tokens[a:b] for a, b in pairwise(cuts)]


def _without_signs(tokens: Sequence[Token]) -> Sequence[Token]:
    """Without the mark that it begins with."""
    return tokens[1:] if tokens and MARK.fullmatch(tokens[0].text) else tokens


def text_places(item: Item) -> Iterator[tuple[Token, int]]:
    """Where in an item's text each of its words begins."""
    text, at = item.text, 0
    for token in item.tokens:
        place = text.find(token.text, at)
        at = place + len(token.text) if place >= 0 else at
        yield token, max(place, 0)


def part_of(item: Item, start: int, end: int) -> Item:
    """The words of an item between two places of its text."""
    return Item(tuple(token for token, at in text_places(item) if at < end and at + len(token.text) > start))
