"""Matters that stay out of a packet until the person ticks them, wherever they stand: entries, pages, data.

The groups follow HL7's information sensitivity policies (v3 ActCode: PSY, SEX, HIV, ETH, GDIS), with self-harm apart,
because the answers to a questionnaire carry it; their codes and words stand in resources/sensitive.json. A
word is enough: leaving out too much is seen and ticked, telling too much can't be undone.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import orjson

from organizer.base.i18n import marked
from organizer.model.entry import Entry
from organizer.model.kinds import find_kind

CHOSEN = "kept-out"
"""The matter of what the person left out entry by entry."""
_LONG_TEXTS = frozenset({"page_texts", "attachments", "file"})


@dataclass(frozen=True, slots=True)
class Matter:
    """One sensitive matter: its id, its plain words, and what tells that an entry or a line is about it."""

    id: str
    title: str
    icd10: tuple[str, ...]
    loinc: frozenset[str]
    terms: tuple[str, ...]
    words: re.Pattern[str]


@cache
def matters() -> tuple[Matter, ...]:
    """All matters, in the order in which they are shown; read from resources/sensitive.json once."""
    chosen = Matter(CHOSEN, marked("What I chose to leave out"), (), frozenset(), (), re.compile(r"(?!)"))
    told = orjson.loads((resources.files("resources") / "sensitive.json").read_bytes())
    read = (
        Matter(
            one["id"],
            one["title"],
            tuple(one["icd10"]),
            frozenset(one["loinc"]),
            tuple(one["words"]),
            _any_of(one["words"]),
        )
        for one in told["matters"]
    )
    return (*read, chosen)


def _any_of(terms: Iterable[str]) -> re.Pattern[str]:
    """Any of the terms at the beginning of a word, in capitals or not. Each begins with a plain letter or digit.

    They are sorted by it, so that most words of a page are passed over at one glance: trying each term takes ten times
    as long.
    """
    groups: dict[str, list[str]] = {}
    for term in terms:
        groups.setdefault(term[0], []).append(term[1:])
    inner = "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in groups.items())
    return re.compile(rf"\b(?=[{''.join(groups)}])(?:{inner})", re.IGNORECASE)


@cache
def _any_matter() -> re.Pattern[str]:
    return _any_of([term for one in matters() for term in one.terms])


def matters_of(entry: Entry) -> tuple[str, ...]:
    """The ids of the matters that an entry is about, by its codes and by any of its words; () for most entries."""
    chosen = (CHOSEN,) if entry.kept_out and entry.kind != "Patient" else ()
    if not find_kind(entry.kind).medical:
        # Who people are, and what the person writes for this very specialist.
        return chosen
    words = _words(entry)
    genetic = ("genetics",) if entry.text("category") == "genetics" else ()
    suspect = _any_matter().search(words) is not None  # most entries say nothing of the kind, and are asked once
    found = [one.id for one in matters() if _coded(entry, one) or (suspect and one.words.search(words))]
    return tuple(dict.fromkeys((*genetic, *found, *chosen)))


def _coded(entry: Entry, matter: Matter) -> bool:
    codes = [coding.identity for coding in entry.codes]
    return any(code.icd10.startswith(matter.icd10) or code.loinc in matter.loinc for code in codes)


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
    for entry in entries:
        blocking = [one for one in matters_of(entry) if one not in allowed]
        if blocking:
            held.setdefault(blocking[0], []).append(entry)
        else:
            kept.append(entry)
    found = (
        Withheld(one, len(held[one.id]), frozenset(entry.kind for entry in held[one.id]))
        for one in matters()
        if one.id in held
    )
    return kept, tuple(found)


def words_of(ticked: Collection[str]) -> re.Pattern[str] | None:
    """What a line of a document must not say while only these matters are ticked; None where all are."""
    terms = [term for one in matters() if one.id not in ticked for term in one.terms]
    return _any_of(terms) if terms else None
