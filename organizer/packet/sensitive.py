"""Matters that stay out of a packet until the person ticks them, wherever they stand: entries, pages, data.

The groups follow HL7's information sensitivity policies (v3 ActCode: PSY, SEX, HIV, ETH, GDIS), with self-harm apart,
because the answers to a questionnaire carry it; which they are stands in resources/sensitive.json, their codes and
words in resources/vocabulary/sensitive.json. A word is enough, also where it is denied: leaving out too much is seen
and ticked, telling too much can't be undone. Only words that mean something else (ST depression) are none.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from organizer.base.i18n import _, marked, ngettext
from organizer.base.remembered import remembered
from organizer.base.resource_files import read_resource
from organizer.health.absence import absence_of
from organizer.health.vocabulary import WordFinder, coded_concepts
from organizer.model.entry import Entry, targets_of
from organizer.model.kinds import find_kind
from organizer.model.links import Role
from organizer.packet.facts import LeftOut

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
    listed = read_resource("sensitive.json")["matters"]
    return tuple(Matter(line["id"], line["title"]) for line in listed)


def _concepts_without(ticked: Collection[str]) -> frozenset[str]:
    """The concepts of the matters that aren't ticked."""
    return frozenset(matter.id for matter in _medical() if matter.id not in ticked)


def matters_of(entry: Entry) -> tuple[str, ...]:
    """The ids of the matters that an entry is about, by its codes and by any of its words; () for most entries."""
    chosen = (CHOSEN,) if entry.kept_out and entry.kind != "Patient" else ()
    if not find_kind(entry.kind).medical:
        # Who the person is, and what they write for this very specialist.
        return chosen
    stated = coded_concepts(entry, _concepts_without(())) | _spoken_in(_words(entry))
    genetic = {"genetics"} if entry.text("category") == "genetics" else set()
    return (*(matter.id for matter in _medical() if matter.id in stated | genetic), *chosen)


@remembered(8_192)
def _spoken_in(words: str) -> frozenset[str]:
    """The concepts of sensitive matters that words speak of: every change of a choice asks of the same entries."""
    mentions = WordFinder(_concepts_without(())).finditer(words)
    return frozenset().union(*(mention.concepts for mention in mentions))


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


def keeps_back(withheld: Iterable[Withheld], *kinds: str) -> bool:
    """True where an entry of one of the kinds is kept back; of any where none is named. What lacks may be it then."""
    held = frozenset().union(*(matter.kinds for matter in withheld))
    return bool(held.intersection(kinds) if kinds else held)


def withheld_in_words(withheld: Iterable[Withheld]) -> list[LeftOut]:
    """What is kept back of which matter, in words for the person alone: on no paper that goes out."""
    lines = []
    for matter in withheld:
        words = ngettext("{matter}: {n} entry", "{matter}: {n} entries", matter.count)
        own = matter.matter.id == CHOSEN
        reason = _("your own choice") if own else _("sensitive, and off until you tick it")
        lines.append(LeftOut(words.format(matter=_(matter.matter.title), n=matter.count), reason))
    return lines


def sifted(entries: Sequence[Entry], ticked: Iterable[str]) -> tuple[list[Entry], tuple[Withheld, ...]]:
    """The entries that may be printed, and what each matter that isn't ticked keeps out."""
    allowed = set(ticked)
    open_entries: list[Entry] = []
    held: dict[str, list[Entry]] = {}
    cards = targets_of(entries, Role.CARD)
    for entry in entries:
        own = (*matters_of(entry), *((CARDS,) if entry.id in cards else ()))
        blocking = [matter for matter in own if matter not in allowed]
        if blocking:
            held.setdefault(blocking[0], []).append(entry)
            continue

        shown = entry if CONTACT in allowed else without_contacts(entry)
        open_entries.append(shown)
        if shown is not entry:
            held.setdefault(CONTACT, []).append(entry)

    open_entries = _without_false_absence(open_entries, held)
    concerned = [matter for matter in matters() if matter.id in held]
    return open_entries, tuple(Withheld(matter, len(held[matter.id]), _kinds(held[matter.id])) for matter in concerned)


def _without_false_absence(entries: Iterable[Entry], held: Mapping[str, list[Entry]]) -> list[Entry]:
    """The entries but for those that say “none known” of a kind of which something is kept back: alone they would be
    taken for all that the record says. They join what is kept back."""
    matter_of: dict[str, str] = {}
    for matter, own in held.items():
        matter_of |= dict.fromkeys(_kinds(own), matter)

    true_entries = []
    for entry in entries:
        if entry.kind in matter_of and absence_of(entry) is not None:
            held[matter_of[entry.kind]].append(entry)
        else:
            true_entries.append(entry)
    return true_entries


def _kinds(entries: Iterable[Entry]) -> frozenset[str]:
    """Of which kinds entries are; a person's own entry is never left out, only shortened."""
    return frozenset(entry.kind for entry in entries if entry.kind != "Patient")


def without_contacts(entry: Entry) -> Entry:
    """A person's entry without where they live and whom to call; any other as it is."""
    if entry.kind != "Patient" or not any(entry.data.get(name) for name in CONTACT_FIELDS):
        return entry
    return entry.without(*CONTACT_FIELDS)


def words_of(ticked: Collection[str]) -> WordFinder | None:
    """What a line of a document must not say while only these matters are ticked; None where all are."""
    concepts = _concepts_without(ticked)
    return WordFinder(concepts) if concepts else None
