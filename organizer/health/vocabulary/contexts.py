"""What stands beside a word and takes it back, or says of whom and of when: resources/vocabulary/contexts.json.

After ConText (Harkema et al., J Biomed Inform 42 (2009), looked up 2026-11-29): a trigger stands before or behind what
it is about and reaches to the end of its sentence, to a word that ends its reach (`but`), or so many words far.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from organizer.base.groups import group_of_each
from organizer.base.resource_files import read_resource
from organizer.health.vocabulary.patterns import Hit, Phrase, PhraseBook, phrase
from organizer.health.vocabulary.spelling import CLAUSE, SENTENCE, Word, folded

_ENDS, _TELLS = "ends", "tells"
_NONE = "none"


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a group of triggers says (`context`), on which side of a concept, and how many words far."""

    context: str
    before: bool
    reach: int
    last: bool = False  # only where the trigger ends its clause: `Cancer: no`, not `Cancer no metastases`
    first: bool = False  # only where the trigger begins the text: `Excluded: embolism`, not `MI excluded, embolism`

    @property
    def across_commas(self) -> bool:
        """What stands before a list is about all of it; a remission stands at the end of a title's parts."""
        return self.before or self.context == "remission"


@cache
def _file() -> dict[str, Any]:
    read: dict[str, Any] = read_resource("vocabulary", "contexts.json")
    return read


@cache
def _compounds() -> tuple[tuple[str, str], ...]:
    """The ends of German compound words with the context that they give."""
    return tuple((folded(end), context) for end, context in group_of_each(_file()["compounds"]).items())


@cache
def _rules() -> tuple[PhraseBook, dict[str, _Rule]]:
    file = _file()
    rules: dict[str, _Rule] = {}
    phrases: list[Phrase] = []
    for number, group in enumerate(file["groups"]):
        name = str(number)
        ends, begins = group.get("last", False), group.get("first", False)
        rules[name] = _Rule(group["context"], group["side"] == "before", group["reach"], ends, begins)
        phrases += [phrase(name, text) for text in chain.from_iterable(group["words"].values())]
    for special in (_ENDS, _TELLS, _NONE):
        phrases += [phrase(special, text) for text in chain.from_iterable(file[special].values())]
    return PhraseBook(phrases), rules


class Surroundings:
    """The triggers of one text."""

    def __init__(self, text: str, words: Sequence[Word]) -> None:
        book, rules = _rules()
        hits = book.hits(words)
        lookalikes = [hit for hit in hits if hit.meaning == _NONE]
        triggers = [hit for hit in hits if hit.meaning in rules and not _overlaps_any(hit, lookalikes)]
        self._text, self._words = text, words
        self._ends = [hit for hit in hits if hit.meaning in (_ENDS, _TELLS)]
        self._triggers = [(hit, rules[hit.meaning]) for hit in triggers]

    def of(self, first: int, last: int) -> frozenset[str]:
        """The contexts of the words from `first` to before `last`; empty where nothing takes them back."""
        contexts = {rule.context for trigger, rule in self._triggers if self._reaches(trigger, rule, first, last)}
        if self._asked(first, last):
            contexts.add("uncertain")
        for word in self._words[first:last]:
            contexts |= {context for end, context in _compounds() if _ends_with(word.folded, end)}
        return frozenset(contexts)

    def at_the_edges(self) -> tuple[frozenset[str], frozenset[str]]:
        """The contexts of what a text begins with, and of what it ends with: `V. a. …`, `… (ruled out)`."""
        count = len(self._words)
        begins = {rule.context for trigger, rule in self._triggers if rule.before and trigger.first == 0}
        ends = {rule.context for trigger, rule in self._triggers if trigger.last == count}
        return frozenset(begins), frozenset(ends)

    def _reaches(self, trigger: Hit, rule: _Rule, first: int, last: int) -> bool:
        start, end = (trigger.last, first) if rule.before else (last, trigger.first)
        is_misplaced = (rule.last and not self._ends_its_clause(trigger)) or (rule.first and trigger.first > 0)
        if is_misplaced or not 0 <= end - start <= rule.reach:
            return False
        nearest_end = SENTENCE if rule.across_commas or self._stands_alone(trigger) else CLAUSE
        if any(word.before >= nearest_end for word in self._words[start : end + 1]):
            return False
        return not any(start <= hit.first < end for hit in self._ends if self._stops(hit, rule))

    def _stops(self, end: Hit, rule: _Rule) -> bool:
        """A relative has what they were diagnosed with; a denial doesn't reach that far."""
        return end.meaning == _ENDS or rule.context != "family"

    def _stands_alone(self, trigger: Hit) -> bool:
        """Whether a trigger is a clause of its own: `Brustkrebs, ausgeschlossen`."""
        return self._ends_its_clause(trigger) and self._words[trigger.first].before >= CLAUSE

    def _ends_its_clause(self, trigger: Hit) -> bool:
        return trigger.last == len(self._words) or self._words[trigger.last].before >= CLAUSE

    def _asked(self, first: int, last: int) -> bool:
        """A question mark right before or behind: `? lymphoma`, `Lupus?`."""
        before = self._text[: self._words[first].start].rstrip()
        behind = self._text[self._words[last - 1].end :].lstrip()
        return before.endswith(("?", "¿")) or behind.startswith("?")


def _ends_with(word: str, end: str) -> bool:
    return len(word) > len(end) and word.endswith(end)


def _overlaps_any(hit: Hit, others: Iterable[Hit]) -> bool:
    return any(hit.first < other.last and other.first < hit.last for other in others)
