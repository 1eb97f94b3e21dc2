"""Whether a text speaks of an illness: by the vocabulary, and where that doesn't know both, by the words themselves."""

import re
from itertools import chain

from organizer.health.vocabulary import coded_concepts, concept, concepts_in, concepts_of, mentions_in, mentions_of
from organizer.model.entry import Entry
from organizer.model.statuses import Verification

_GROUPS = frozenset({
    "serious", "chronic", "cancer", "tumour", "autoimmune", "infection", "mental-health", "better-when-higher",
    "still-there", "no-effect",
})  # fmt: skip
"""Too wide to join two texts: a cancer of the breast and one of the lung are two illnesses."""
UNSURE = (Verification.PROVISIONAL, Verification.DIFFERENTIAL, Verification.UNCONFIRMED)
STILL_MEANT = frozenset({"uncertain", "remission"})
"""What may stand beside an illness that a diagnosis is about: suspected, or in remission."""
_LONG_ENOUGH = 4
_STEM = 6


def same_illness(condition: Entry, reason: str, title: str = "") -> bool:
    """Whether the reason of a treatment, or its title, means this diagnosis.

    A title (`Left mastectomy`) is read by the vocabulary alone: that it shares a word with a diagnosis says little.
    """
    named = _narrow(concepts_of(condition))
    given = _narrow(concepts_in(reason))
    if named & (given | _narrow(concepts_in(title))):
        return True
    # Where the vocabulary knows both, and they differ, likeness of words says nothing.
    return not (named and given) and bool(words_in(condition.title) & words_in(reason))


def illness_concepts(condition: Entry) -> frozenset[str]:
    """The illnesses that a diagnosis is about, suspected ones too, without the groups over them."""
    mentions = [mention for mention in mentions_of(condition) if mention.contexts <= STILL_MEANT]
    return _narrow(coded_concepts(condition).union(*(mention.concepts for mention in mentions)))


def illnesses_in(text: str) -> frozenset[str]:
    """The illnesses that a text speaks of, in doubt too, without the groups over them: a question names what it is
    about."""
    mentions = [mention for mention in mentions_in(text) if mention.contexts <= STILL_MEANT]
    return _narrow(frozenset().union(*(mention.concepts for mention in mentions)))


def is_unsure(condition: Entry) -> bool:
    """Whether a diagnosis is only suspected: by how sure it is, else since its title names no illness without doubt."""
    if condition.verification in UNSURE:
        return True
    if condition.verification == Verification.CONFIRMED:
        return False
    contexts = [mention.contexts for mention in mentions_of(condition)]
    return any("uncertain" in beside for beside in contexts) and not any(not beside for beside in contexts)


def is_symptom_of(symptom: str, condition: Entry | None, *texts: str) -> bool:
    """Whether a symptom is one of the diagnosis, or of an illness that one of the texts means; or is named there.

    `Seizures per week` belong to `Focal epilepsy`; a symptom that the vocabulary doesn't know belongs where its own
    words stand.
    """
    spoken = concepts_in(symptom) - _GROUPS
    illnesses = spoken.union(*(concept(name).symptom_of for name in spoken))
    meant = concepts_of(condition) if condition is not None else frozenset()
    # What is taken against an illness means it, also where a text says “prophylaxis of”.
    mentions = list(chain.from_iterable(mentions_in(text, contexts=False) for text in texts))
    meant = meant.union(*(mention.concepts for mention in mentions)) - _GROUPS
    if meant & illnesses:
        return True
    named = [*texts, condition.title if condition is not None else ""]
    return any(words_in(symptom) & words_in(text) for text in named)


def _narrow(names: frozenset[str]) -> frozenset[str]:
    """Illnesses, with neither the groups over them nor what only tells of how they stand."""
    return frozenset(name for name in names - _GROUPS if concept(name).codes)


def words_in(text: str) -> set[str]:
    """The beginnings of the longer words: `headache` and `headaches` are joined, `numbness` and `weakness` are not."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return {word[:_STEM] for word in words if len(word) >= _LONG_ENOUGH}
