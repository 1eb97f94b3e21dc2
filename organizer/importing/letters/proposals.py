"""How an item of a list becomes a proposal."""

from collections.abc import Sequence

from organizer.importing.letters.model import LetterProposal
from organizer.importing.letters.paragraphs import Item
from organizer.importing.letters.prose import capital
from organizer.importing.letters.sections import Section


def proposal_of(
    kind: str, fields: dict[str, str], section: Section, item: Item, doubts: Sequence[str] = ()
) -> LetterProposal:
    """What an item says in these fields (those that are "" left out), with its words, its place and its doubts."""
    filled = {name: str(text) for name, text in fields.items() if text}
    filled["title"] = capital(filled["title"])
    return LetterProposal(kind, filled, item.text, item.place, section.heading, tuple(doubts))


def none_known(kind: str, section: Section, item: Item) -> LetterProposal:
    """The letter's own word that there is none."""
    return proposal_of(kind, {"title": item.text.strip(" ."), "none_known": "yes"}, section, item)
