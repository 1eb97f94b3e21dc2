"""Concepts in a text and of an entry."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from organizer.base.remembered import remembered
from organizer.health.vocabulary.concepts import (
    Concept,
    concept,
    every_concept,
    illness_concepts,
    phrases_of,
    taken_back_by,
)
from organizer.health.vocabulary.contexts import Surroundings
from organizer.health.vocabulary.patterns import Hit, PhraseBook
from organizer.health.vocabulary.spelling import Word, divides_words, folded, undivided, words_of
from organizer.model.codes import Code
from organizer.model.entry import Entry

_ABBREVIATED = frozenset({"Condition"})
"""Kinds whose titles write illnesses in capitals: an `MS` elsewhere may be anything."""
_A_TITLE = 300
"""Letters up to which the answer is remembered: titles, and what a question or a case says."""
_OF_OTHERS = frozenset({"FamilyMemberHistory"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept in a text: its id, its place (`text[start:end]`), and what stands beside it."""

    concept: str
    start: int
    end: int
    contexts: frozenset[str]

    @property
    def affirmed(self) -> bool:
        """True where nothing takes it back: said of this person, as a fact of now."""
        return not self.contexts

    @property
    def concepts(self) -> frozenset[str]:
        """The concept with the wider ones that it is one of."""
        return concept(self.concept).wider | {self.concept}


def _is_among(candidate: Concept, among: frozenset[str] | None) -> bool:
    """Whether a concept is asked for, is one of those, or decides that one of them doesn't hold."""
    return among is None or not among.isdisjoint({candidate.id, *candidate.wider, *candidate.not_also})


def _key(among: Collection[str] | None) -> frozenset[str] | None:
    return None if among is None else frozenset(among)


@cache
def _book(among: frozenset[str] | None) -> tuple[PhraseBook, PhraseBook]:
    """The phrases of these concepts and of those below them (of all where None), and those that take them back."""
    chosen = [candidate for candidate in every_concept().values() if _is_among(candidate, among)]
    above = frozenset().union(*(candidate.wider | {candidate.id} for candidate in chosen))
    words = chain.from_iterable(phrases_of(candidate.id) for candidate in chosen)
    taken_back = chain.from_iterable(taken_back_by(name) for name in sorted(above))
    return PhraseBook(words), PhraseBook(taken_back)


def mentions_in(
    text: str, among: Collection[str] | None = None, *, abbreviations: bool = False, contexts: bool = True
) -> tuple[Mention, ...]:
    """The concepts that a text speaks of, in the order of the text, also where it denies them.

    `among` keeps to these concepts and those below them. `abbreviations` reads `MS` and `PE` in capitals as illnesses.
    Without `contexts` all count as affirmed.
    """
    if len(text) > _A_TITLE:
        return _mentions(text, _key(among), abbreviations, contexts)
    return _mentions_of_title(text, _key(among), abbreviations, contexts)


@remembered(8_192)
def _mentions_of_title(
    text: str, among: frozenset[str] | None, abbreviations: bool, contexts: bool
) -> tuple[Mention, ...]:
    """The same of a title: one page or paper asks of the same few hundred of them a dozen times."""
    return _mentions(text, among, abbreviations, contexts)


def _mentions(text: str, among: frozenset[str] | None, abbreviations: bool, contexts: bool) -> tuple[Mention, ...]:
    if not _book(among)[0].may_be_in(folded(text)):
        return ()
    words = words_of(text)
    hits = list(_hits(words, among, abbreviations))
    if not hits:
        return ()
    surroundings = Surroundings(text, words) if contexts else None
    return tuple(
        Mention(
            hit.meaning,
            words[hit.first].start,
            words[hit.last - 1].end,
            surroundings.of(hit.first, hit.last) if surroundings else frozenset(),
        )
        for hit in hits
    )


@remembered(4_096)
def framed(title: str) -> frozenset[str]:
    """What a title as a whole is: `family` of `Mother: breast cancer`, `negated` of `Gout (ruled out)`, `uncertain` of
    `V. a. Sarkoidose`.

    What stands at its beginning or its end counts, where it is about every illness that the title names; so `Colon
    cancer, suspected recurrence` is a colon cancer, and what nobody knows as an illness is at most uncertain.
    """
    words = words_of(title)
    if not words:
        return frozenset()
    begins, ends = Surroundings(title, words).at_the_edges()
    uncertain = (
        frozenset({"uncertain"}) if "uncertain" in begins or title.lstrip().startswith(("?", "¿")) else frozenset()
    )
    mentions = mentions_in(title, illness_concepts(), abbreviations=True)
    if not mentions or not (begins | ends) - {"uncertain"}:
        return uncertain
    leads = begins if begins else ends if mentions[0].start == words[0].start else frozenset()
    common = frozenset.intersection(*(mention.contexts for mention in mentions))
    return (common & leads & {"family", "negated"}) | uncertain


def _hits(words: Sequence[Word], among: Collection[str] | None, abbreviations: bool) -> Iterator[Hit]:
    book, taken_back = _book(_key(among))
    hits = book.hits(words, abbreviations)
    if not hits:
        return
    traps = taken_back.hits(words)
    for hit in hits:
        if not any(_is_taken_back(hit, trap) for trap in traps):
            yield hit


def _is_taken_back(hit: Hit, trap: Hit) -> bool:
    concerns_it = hit.meaning == trap.meaning or trap.meaning in concept(hit.meaning).wider
    return concerns_it and hit.first < trap.last and trap.first < hit.last


def concepts_in(text: str, among: Collection[str] | None = None) -> frozenset[str]:
    """The ids of what a text affirms, with the wider concepts. Language need not be known.

    >>> sorted(concepts_in("Mammakarzinom links"))
    ['breast-cancer', 'cancer', 'serious']
    >>> concepts_in("No evidence of breast cancer")
    frozenset()
    """
    affirmed = (mention.concepts for mention in mentions_in(text, among) if mention.affirmed)
    return _settled(frozenset().union(*affirmed))


def mentions_of(entry: Entry, among: Collection[str] | None = None) -> tuple[Mention, ...]:
    """What an entry's title speaks of, also where it denies it."""
    return mentions_in(entry.title, among, abbreviations=entry.kind in _ABBREVIATED)


def concepts_of(entry: Entry, among: Collection[str] | None = None) -> frozenset[str]:
    """The ids of what an entry states of this person, with the wider concepts: by its codes first, then by its title.

    What the title takes back (`FH: breast cancer`) doesn't hold whatever the code says. An entry that is struck, or
    that tells of a relative, states nothing.
    """
    if entry.struck or entry.kind in _OF_OTHERS:
        return frozenset()
    mentions = mentions_of(entry, among)
    denied = frozenset().union(*(mention.concepts for mention in mentions if not mention.affirmed))
    affirmed = frozenset().union(*(mention.concepts for mention in mentions if mention.affirmed))
    coded = coded_concepts(entry, among) - (denied - affirmed)
    excluded = frozenset().union(*(concept(name).not_also for name in coded))
    return _settled((affirmed - excluded) | coded)


@cache
def _with_codes(among: frozenset[str] | None) -> tuple[str, ...]:
    concepts = every_concept().values()
    return tuple(concept.id for concept in concepts if concept.codes and _is_among(concept, among))


def coded_concepts(entry: Entry, among: Collection[str] | None = None) -> frozenset[str]:
    """The ids of what an entry's codes stand for, each read in its own system, with the wider concepts."""
    key = _key(among)
    return frozenset().union(*(_stood_for(coding.identity, key) for coding in entry.codes))


@remembered(4_096)  # a record's results repeat a few hundred codes
def _stood_for(code: Code, among: frozenset[str] | None) -> frozenset[str]:
    """The ids of what a code stands for, with the wider concepts."""
    named = [name for name in _with_codes(among) if concept(name).is_coded_by(code)]
    return frozenset(named).union(*(concept(name).wider for name in named))


def _settled(names: Iterable[str]) -> frozenset[str]:
    """Without what doesn't hold beside something narrower."""
    all_names = frozenset(names)
    return all_names.difference(*(concept(name).not_also for name in all_names))


def is_about(entry: Entry, *names: str) -> bool:
    """Whether an entry states one of the concepts, or one below it."""
    return not concepts_of(entry, names).isdisjoint(names)


def speaks_of(text: str, *names: str) -> bool:
    """Whether a text affirms one of the concepts, or one below it."""
    return not concepts_in(text, names).isdisjoint(names)


def words_for(text: str, *names: str) -> str:
    """The text's own words for the first place where it affirms one of the concepts; "" where it doesn't.

    >>> words_for("Started Ramipril 5 mg", "ace-inhibitor")
    'Ramipril'
    """
    asked = frozenset(names)
    affirmed = (mention for mention in mentions_in(text, asked) if mention.affirmed)
    first = next((mention for mention in affirmed if mention.concepts & asked), None)
    return text[first.start : first.end] if first else ""


@dataclass(frozen=True, slots=True)
class WordFinder:
    """The places of some concepts on a page whatever stands beside them: for what mustn't be shown.

    Phrases are found over the end of a line, and words that are divided there.
    """

    among: frozenset[str]

    def search(self, text: str) -> Mention | None:
        """The first place, or None."""
        return next(iter(self.finditer(text)), None)

    def finditer(self, text: str) -> Iterator[Mention]:
        """All places in their order."""
        book = _book(self.among)[0]
        places: dict[Mention, None] = {}
        if book.may_be_in(folded(text)):
            places = dict.fromkeys(self._places(words_of(text, lines_run_on=True)))
        if divides_words(text) and book.may_be_in(folded(undivided(text))):
            places |= dict.fromkeys(self._places(words_of(text, lines_run_on=True, join_hyphens=True)))
        yield from sorted(places, key=lambda place: (place.start, place.end))

    def _places(self, words: Sequence[Word]) -> Iterator[Mention]:
        for hit in _hits(words, self.among, abbreviations=True):
            place = Mention(hit.meaning, words[hit.first].start, words[hit.last - 1].end, frozenset())
            if not place.concepts.isdisjoint(self.among):
                yield place
