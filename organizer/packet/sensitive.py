"""Matters that stay out of a packet until the person ticks them, wherever they stand: entries, pages, data.

The groups follow HL7's information sensitivity policies (v3 ActCode: PSY, SEX, HIV, ETH, GDIS), with self-harm apart,
because the answers to a questionnaire carry it; which they are stands in resources/sensitive.json, their codes and
words in resources/vocabulary/sensitive.json. A word is enough, also where it is denied: leaving out too much is seen
and ticked, telling too much can't be undone. Only words that mean something else (ST depression) are none.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import orjson

from organizer.base.i18n import marked
from organizer.health.vocabulary import WordFinder, coded_concepts
from organizer.model.entry import Entry
from organizer.model.kinds import find_kind
from organizer.model.links import Role

CHOSEN = "kept-out"
"""The matter of what the person left out entry by entry."""
CONTACT, CARDS = "contact", "cards"
"""Where somebody lives and whom to call, and pictures of cards: no illness, but nobody else's without being asked."""
CONTACT_FIELDS = (
    "phone", "email", "address", "emergency_contact", "keeper_phone", "keeper_email", "keeper_address",
)  # fmt: skip
_LONG_TEXTS = frozenset({"page_texts", "recognised_texts", "attachments", "file"})


@dataclass(frozen=True, slots=True)
class Matter:
    """One sensitive matter: its id, which is that of a concept, and its plain words."""

    id: str
    title: str


@cache
def matters() -> tuple[Matter, ...]:
    """All matters, in the order in which they are shown; read from resources/sensitive.json once."""
    own = (
        Matter(CONTACT, marked("My address, telephone, e-mail and emergency contact")),
        Matter(CARDS, marked("Pictures of my insurance card")),
        Matter(CHOSEN, marked("What I chose to leave out")),
    )
    return (*_medical(), *own)


@cache
def _medical() -> tuple[Matter, ...]:
    """The matters that are concepts of the vocabulary."""
    listed = orjson.loads((resources.files("resources") / "sensitive.json").read_bytes())["matters"]
    return tuple(Matter(line["id"], line["title"]) for line in listed)


def _concepts_without(ticked: Collection[str]) -> frozenset[str]:
    """The concepts of the matters that aren't ticked."""
    return frozenset(matter.id for matter in _medical() if matter.id not in ticked)


def matters_of(entry: Entry) -> tuple[str, ...]:
    """The ids of the matters that an entry is about, by its codes and by any of its words; () for most entries."""
    chosen = (CHOSEN,) if entry.kept_out and entry.kind != "Patient" else ()
    if not find_kind(entry.kind).medical:
        # Who people are, and what the person writes for this very specialist.
        return chosen
    sensitive = _concepts_without(())
    spoken = (mention.concepts for mention in WordFinder(sensitive).finditer(_words(entry)))
    stated = coded_concepts(entry, sensitive).union(*spoken)
    genetic = {"genetics"} if entry.text("category") == "genetics" else set()
    return (*(matter.id for matter in _medical() if matter.id in stated | genetic), *chosen)


def _words(entry: Entry) -> str:
    return "\n".join([entry.title, entry.value_text, *_texts(entry.data)])


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key not in _LONG_TEXTS:
                yield from _texts(inner)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from _texts(inner)


@dataclass(frozen=True, slots=True)
class Withheld:
    """What one matter keeps out of a packet: how many entries, of which kinds."""

    matter: Matter
    count: int
    kinds: frozenset[str]


def sifted(entries: Sequence[Entry], ticked: Iterable[str]) -> tuple[list[Entry], tuple[Withheld, ...]]:
    """The entries that may be printed, and what each matter that isn't ticked keeps out."""
    allowed = set(ticked)
    kept: list[Entry] = []
    held: dict[str, list[Entry]] = {}
    cards = {target for entry in entries for target in entry.targets(Role.CARD)}
    for entry in entries:
        own = (*matters_of(entry), *((CARDS,) if entry.id in cards else ()))
        blocking = [one for one in own if one not in allowed]
        if blocking:
            held.setdefault(blocking[0], []).append(entry)
            continue
        shown = entry if CONTACT in allowed else without_contacts(entry)
        kept.append(shown)
        if shown is not entry:
            held.setdefault(CONTACT, []).append(entry)
    found = (
        Withheld(
            matter, len(held[matter.id]), frozenset(entry.kind for entry in held[matter.id] if entry.kind != "Patient")
        )
        for matter in matters()
        if matter.id in held
    )
    return kept, tuple(found)


def without_contacts(entry: Entry) -> Entry:
    """A person's entry without where they live and whom to call; any other as it is."""
    if entry.kind != "Patient" or not any(entry.data.get(name) for name in CONTACT_FIELDS):
        return entry
    return entry.without(*CONTACT_FIELDS)


def words_of(ticked: Collection[str]) -> WordFinder | None:
    """What a line of a document must not say while only these matters are ticked; None where all are."""
    concepts = _concepts_without(ticked)
    return WordFinder(concepts) if concepts else None
