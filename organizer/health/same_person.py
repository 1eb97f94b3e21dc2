"""Whether two names mean the same person, and whom a page that names its patient can mean. Nothing is merged on a name.

A name is compared by its words; a birth date that only one side has speaks against nobody.
"""

import re
from collections.abc import Sequence
from functools import partial
from itertools import chain
from unicodedata import combining, normalize

from organizer.health.named_patient import NamedPatient
from organizer.model.entry import Entry

_BETWEEN = re.compile(r"[,.^\-\u2010\u2011]+")
_WHOLE_DAY = len("1951-04-02")
_TITLES = ("mr", "mrs", "ms", "miss", "dr", "prof")


def name_words(name: str) -> tuple[str, ...]:
    """A name to compare: its words, without order, titles, case, accents and hyphens (`JOSÉ-Luis` is `Jose Luis`)."""
    bare = "".join(sign for sign in normalize("NFKD", name) if not combining(sign))
    words = _BETWEEN.sub(" ", bare.casefold()).split()
    return tuple(sorted(word for word in words if word not in _TITLES))


def has_name(person: Entry, name: str) -> bool:
    """True when it is the person's name, or one under which they were met before (and said to be the same)."""
    return name_words(name) in map(name_words, _names_of(person))


def is_called(person: Entry, name: str, born: Sequence[str] = ()) -> bool:
    """True where a paper that names a patient so, and one of the days `born`, can only mean this person.

    An initial more or less is no other name where the birth date is the same.
    """
    if not could_be_born(person, born):
        return False

    if not name:
        return _born_then(person, born)

    if has_name(person, name):
        return True

    longer_or_shorter = map(partial(_has_two_words_of, name), _names_of(person))
    return any(longer_or_shorter) and _born_then(person, born)


def _has_two_words_of(name: str, other: str) -> bool:
    """Whether one name is within the other, with two whole words in common at least."""
    mine, theirs = set(_whole_words(name)), set(_whole_words(other))
    common = mine & theirs
    return len(common) > 1 and common in (mine, theirs)


def could_be_born(person: Entry, born: Sequence[str]) -> bool:
    """False where the birth date that the record has is none of the days; a missing one speaks against nobody."""
    known = person.text("birth_date")
    if not known or not born:
        return True
    return any(map(partial(_may_be_the_day, known), born))


def _may_be_the_day(known: str, day: str) -> bool:
    """Whether two partial dates can mean one day."""
    return day.startswith(known) or known.startswith(day)


def is_of(person: Entry, named: NamedPatient) -> bool:
    """False where a paper names somebody, and it need not be this person; one that names nobody speaks against nobody.

    So an import asks: in doubt it is a question.
    """
    born = _days(named)
    return is_called(person, named.name, born) if named.name else could_be_born(person, born)


def is_of_another(person: Entry, named: NamedPatient) -> bool:
    """True where a page names somebody who can't be this person: born on another day, or with a name that none of the
    person's is a longer or shorter form of. Who married since has the given name and the birth date still."""
    if not could_be_born(person, _days(named)):
        return True

    if not named.name:
        return False

    names = _names_of(person)
    if any(map(partial(_is_form_of, named.name), names)):
        return False

    given = list(map(_given_name, names))
    return not (_born_then(person, _days(named)) and _given_name(named.name) in given)


def _days(named: NamedPatient) -> tuple[str, ...]:
    return tuple(day.text for day in named.born)


def _is_form_of(name: str, other: str) -> bool:
    """Whether each word of the shorter name is a word of the longer, or its initial."""
    shorter, longer = sorted((name_words(name), name_words(other)), key=len)
    left = list(longer)
    # Whole words first: an initial must not take the place of the word that stands there whole.
    for word in sorted(shorter, key=len, reverse=True):
        match = _match_of(word, left)
        if not match:
            return False
        left.remove(match)
    return bool(shorter)


def _match_of(word: str, names: Sequence[str]) -> str:
    """The word itself among some, else one that begins with it or that it begins with, as initials do; "" for none."""
    if word in names:
        return word
    return next(filter(partial(_is_initial_of, word), names), "")


def _is_initial_of(word: str, other: str) -> bool:
    return word[:1] == other[:1] and 1 in (len(word), len(other))


def _names_of(person: Entry) -> list[str]:
    return [person.title, *(person.data.get("other_names") or ())]


def _given_name(name: str) -> str:
    """The first word of a name as it is spoken, without titles; "" for none."""
    spoken = chain.from_iterable(map(name_words, name.split()))
    return next(spoken, "")


def _whole_words(name: str) -> list[str]:
    """The words of a name without initials."""
    return [word for word in name_words(name) if len(word) > 1]


def _born_then(person: Entry, born: Sequence[str]) -> bool:
    return len(person.text("birth_date")) >= _WHOLE_DAY and person.text("birth_date") in born
