"""Which concepts of health an entry or a text speaks of, in English, Spanish, German and French.

A new illness, medicine, test or kind of document is one line in a file of resources/vocabulary; each file names its
source and licence. Codes are compared within their own system only. A word counts where nothing beside it says
otherwise: `negated`, `family`, `uncertain`, `history`, `screening`, `risk`, `fear`, `remission`, `not-asked`.
"""

from organizer.health.vocabulary.concepts import Concept, concept, every_concept
from organizer.health.vocabulary.mentions import (
    Mention,
    WordFinder,
    coded_concepts,
    concepts_in,
    concepts_of,
    framed,
    is_about,
    mentions_in,
    mentions_of,
    speaks_of,
    words_for,
)

__all__ = [
    "Concept",
    "Mention",
    "WordFinder",
    "coded_concepts",
    "concept",
    "concepts_in",
    "concepts_of",
    "every_concept",
    "framed",
    "is_about",
    "mentions_in",
    "mentions_of",
    "speaks_of",
    "words_for",
]
