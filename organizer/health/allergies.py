"""Allergies: known ones by danger, past and ruled out ones as such, and statements that none is known or asked for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from operator import attrgetter

from organizer.base import terms
from organizer.base.groups import group_of_each
from organizer.base.i18n import marked
from organizer.base.resource_files import read_resource
from organizer.health.absence import Absence, Says, absence_of
from organizer.health.grouping import codes_of, fold, grouped, titles_of
from organizer.health.titles import plain_title
from organizer.health.vocabulary.classes import without_class
from organizer.model.codes import RXNORM
from organizer.model.entry import Entry
from organizer.model.statuses import Status


class AllergyState(StrEnum):
    """How an allergy, or a statement about allergies, stands on a day."""

    ACTIVE = "active"
    RESOLVED = "resolved"
    REFUTED = "refuted"
    NONE_KNOWN = "none-known"
    NOT_ASKED = "not-asked"


WORDS = {
    AllergyState.ACTIVE: marked("current"),
    AllergyState.RESOLVED: marked("past"),
    AllergyState.REFUTED: marked("ruled out"),
    AllergyState.NONE_KNOWN: marked("none known"),
    AllergyState.NOT_ASKED: marked("not asked"),
}
_OVER = frozenset({Status.RESOLVED, Status.INACTIVE})
"""FHIR R4 allergyintolerance-clinical (hl7.org/fhir/R4/valueset-allergyintolerance-clinical.html)."""
_ADDED = re.compile(r"\s*\*[^*]*\*\s*$")
"""The class of a drug, which some systems write behind its name between asterisks."""
_DANGER = {"high": 0, "": 2, "unable-to-assess": 2, "low": 3}
_SEVERE = frozenset({"severe", "fatal", "life threatening", "life-threatening"})
_GROUPS = {"medication": "drug", "food": "food", "environment": "environment"}


def state_of(entry: Entry, as_of: date) -> AllergyState:
    """How one entry stands on a day. An allergy without any status stands in a list of allergies and counts as
    current: nobody is harmed by asking again."""
    absence = absence_of(entry)
    if absence is not None:
        return AllergyState.NONE_KNOWN if absence.says is Says.NONE_KNOWN else AllergyState.NOT_ASKED
    if entry.struck:
        return AllergyState.REFUTED
    over = entry.ended is not None and entry.ended.last_day < as_of
    return AllergyState.RESOLVED if entry.status in _OVER or over else AllergyState.ACTIVE


@dataclass(frozen=True, slots=True)
class Allergy:
    """One allergy over all tellings, or one statement; `entry` leads, `otherwise` says that it is over."""

    entry: Entry
    state: AllergyState
    entries: tuple[Entry, ...]
    otherwise: tuple[Entry, ...] = ()

    @property
    def also(self) -> tuple[str, ...]:
        """What other sources call it, where that differs by more than capitals and a plural."""
        own = _singular(plain_title(self.entry))
        return tuple(title for title in titles_of(self.entries) if _singular(title) != own)

    @property
    def reactions(self) -> tuple[str, ...]:
        """The reactions that its tellings name, each once."""
        named = (terms.shown(entry.text("reaction")) for entry in (self.entry, *self.entries))
        return tuple({fold(words): words for words in named if words}.values())


def _singular(title: str) -> str:
    return fold(title).removesuffix("s")


@cache
def _wordings() -> dict[str, str]:
    """The first wording of each group of resources/allergens.json by all of its wordings."""
    table = read_resource("allergens.json")
    firsts = group_of_each({group[0]: group for group in table["same"]})
    return {fold(wording): first for wording, first in firsts.items()}


def allergen(entry: Entry) -> str:
    """What an entry's title names, by one of its wordings: `Sulfa drugs` and `Sulfonamides` are one.

    What stands between asterisks or in brackets behind a name is its class or kind, added by a system.
    """
    name = fold(_ADDED.sub("", without_class(entry.title))).removesuffix(" allergy")
    return _wordings().get(name, name)


def allergies(entries: Iterable[Entry], as_of: date) -> list[Allergy]:
    """The allergies among the entries, the most dangerous first, past ones behind; then what is stated of absence.

    An allergy that one source calls current and another past counts as current. What is struck is left out.
    """
    listed = [entry for entry in entries if entry.kind == "AllergyIntolerance" and not entry.struck]
    known = [entry for entry in listed if absence_of(entry) is None]
    stated = [entry for entry in listed if absence_of(entry) is not None]
    grouped_allergies = [_allergy(group, as_of) for group in grouped(known, allergen)]
    grouped_allergies += [
        _statement(group, as_of) for group in grouped(sorted(stated, key=attrgetter("day_key"), reverse=True))
    ]
    return sorted(grouped_allergies, key=_order)


def _allergy(group: list[Entry], as_of: date) -> Allergy:
    active = [entry for entry in group if state_of(entry, as_of) is AllergyState.ACTIVE]
    lead = min(active or group, key=_danger)
    past = tuple(entry for entry in group if entry not in active) if active else ()
    state = AllergyState.ACTIVE if active else AllergyState.RESOLVED
    return Allergy(lead, state, (lead, *(entry for entry in group if entry is not lead)), past)


def _statement(group: list[Entry], as_of: date) -> Allergy:
    return Allergy(group[0], state_of(group[0], as_of), tuple(group))


def contradicted(statement: Allergy, known: Iterable[Allergy]) -> list[Allergy]:
    """The current allergies that a statement of “none known” leaves out; none where it speaks of another group."""
    absence = absence_of(statement.entry)
    if absence is None or absence.says is not Says.NONE_KNOWN:
        return []
    return [
        allergy
        for allergy in known
        if allergy.state is AllergyState.ACTIVE and _speaks_of(absence, statement.entry, allergy.entry)
    ]


def _speaks_of(absence: Absence, statement: Entry, allergy: Entry) -> bool:
    if absence.scope == "all":
        return True
    if absence.scope == "other":
        return bool(codes_of(statement) & codes_of(allergy))
    groups = {_GROUPS.get(word.strip(), "") for word in allergy.text("category").split(",")}
    if any(coding.identity.system == RXNORM for coding in allergy.codes):
        groups.add("drug")
    return absence.scope in groups


def _order(allergy: Allergy) -> tuple[int, tuple[int, int], str]:
    rank = list(AllergyState).index(allergy.state)
    return rank, _danger(allergy.entry), fold(allergy.entry.title)


def _danger(entry: Entry) -> tuple[int, int]:
    """By criticality, then by the severity of what happened, then by whether anything is told of it."""
    severe = fold(entry.text("severity")) in _SEVERE
    criticality = 0 if severe else _DANGER.get(entry.text("criticality"), 2)
    return criticality, 0 if entry.text("reaction") else 1
