"""Whether a text speaks of an illness: by the vocabulary, and where that doesn't know both, by the words themselves."""

import re

from organizer.health.vocabulary import concept, concepts_in, concepts_of
from organizer.model.entry import Entry

_GROUPS = frozenset({"serious", "chronic", "cancer", "tumour", "autoimmune", "infection"})
"""Too wide to join two texts: a cancer of the breast and one of the lung are two illnesses."""
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


def _narrow(names: frozenset[str]) -> frozenset[str]:
    """Illnesses, with neither the groups over them nor what only tells of how they stand."""
    return frozenset(name for name in names - _GROUPS if concept(name).codes)


def words_in(text: str) -> set[str]:
    """The beginnings of the longer words: `headache` and `headaches` are joined, `numbness` and `weakness` are not."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return {word[:_STEM] for word in words if len(word) >= _LONG_ENOUGH}
