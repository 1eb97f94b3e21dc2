"""What a document tells twice: in a list and again within a visit, or word for word in two sections."""

from collections.abc import Mapping
from itertools import chain

from organizer.base.i18n import _
from organizer.importing.formats.ccda import xml as cda
from organizer.importing.formats.ccda.xml import Element
from organizer.model.entry import Entry

_FACTS = frozenset(
    {"Condition", "AllergyIntolerance", "MedicationStatement", "Immunization", "Procedure", "Encounter", "Observation"}
)


def repeats(entries: Mapping[Element, Entry]) -> dict[Element, tuple[Element, str]]:
    """The statements that only say again what another one of the document says, each with that one and the reason."""
    again: dict[Element, tuple[Element, str]] = {}
    for look in (_of_visits, _with_same_id, _word_for_word):
        again |= look({statement: entry for statement, entry in entries.items() if statement not in again})
    return again


def _word_for_word(entries: Mapping[Element, Entry]) -> dict[Element, tuple[Element, str]]:
    """The same words, codes, time and value in two sections."""
    reason = _("The document tells this a second time, word for word.")
    facts = {statement: entry for statement, entry in entries.items() if _is_one_fact(entry)}
    again = {}
    groups: dict[object, list[Element]] = {}
    for statement, entry in facts.items():
        before = groups.setdefault((entry.kind, entry.title, entry.happened, entry.value_text), [])
        first = next((other for other in before if entries[other] == entry), None)
        if first is not None:
            again[statement] = first, reason
        before.append(statement)
    return again


def _is_one_fact(entry: Entry) -> bool:
    """Whether the same words mean the same thing: the same value twice on a day may be two readings."""
    if entry.kind == "Observation":
        return entry.happened is not None and entry.happened.precision == "instant"
    return entry.kind in _FACTS


def _with_same_id(entries: Mapping[Element, Entry]) -> dict[Element, tuple[Element, str]]:
    """The same act told twice under its id, once with less: of the same name, time, value and state.

    Some systems give one id to all that they list: then names or times differ, and each is a thing of its own.
    """
    reason = _("The document tells this a second time, with less.")
    acts: dict[object, list[Element]] = {}
    for statement, entry in entries.items():
        own = cda.once(cda.identifier, statement)
        if own and entry.kind in _FACTS:
            key = own, entry.kind, entry.title.casefold(), entry.codes, entry.happened, entry.value_text
            acts.setdefault(key, []).append(statement)

    again: dict[Element, tuple[Element, str]] = {}
    for tellings in acts.values():
        fullest = max(tellings, key=lambda statement: _fullness(entries[statement]))
        less = [statement for statement in tellings if _says_less(entries[statement], entries[fullest])]
        again |= dict.fromkeys(less, (fullest, reason))
    return again


def _fullness(entry: Entry) -> int:
    return len(entry.data) + bool(entry.ended) + bool(entry.status)


def _says_less(entry: Entry, fuller: Entry) -> bool:
    """True where each thing that one tells, the other tells too, and tells it alike."""
    if entry == fuller:
        return False  # word for word: that is said in other words
    other = _told_fields(fuller)
    return all(other.get(name) == value for name, value in _told_fields(entry).items())


def _told_fields(entry: Entry) -> dict[str, object]:
    fields = {"ended": entry.ended, "status": entry.status or None, "unit": entry.unit, **entry.data}
    return {name: value for name, value in fields.items() if value is not None}


def _of_visits(entries: Mapping[Element, Entry]) -> dict[Element, tuple[Element, str]]:
    """The diagnoses of visits that stand outside the visits too, by their id or by what they are.

    An id names one act wherever it is told (HL7 CDA R2, act.id); the visit's telling often lacks how it went on.
    """
    reason = _("The visit repeats a diagnosis that this document tells elsewhere.")
    diagnoses = [statement for statement, entry in entries.items() if entry.kind == "Condition"]
    of_visits = [statement for statement in diagnoses if _visit_of(statement) is not None]
    listed: dict[tuple[str, str], list[Element]] = {}
    for statement in diagnoses:
        if _visit_of(statement) is None:
            for name in _names(statement, entries[statement]):
                listed.setdefault(name, []).append(statement)

    again = {}
    for statement in of_visits:
        entry = entries[statement]
        candidates = list(chain.from_iterable(listed.get(name, ()) for name in _names(statement, entry)))
        first = next((other for other in candidates if _is_repeated_by(statement, other, entries)), None)
        if first is not None:
            again[statement] = first, reason
    return again


def _visit_of(statement: Element) -> Element:
    """The visit that a statement stands within, or None."""
    return cda.first_of(statement, "ancestor::h:encounter[1]")


def _names(statement: Element, entry: Entry) -> list[tuple[str, str]]:
    """By what a diagnosis is met again: its id, each of its codes, its title."""
    own = cda.identifier(statement)
    by_id = [("id", own)] if own else []
    return [*by_id, *((code.system, code.code) for code in entry.codes), ("title", entry.title.casefold())]


def _is_repeated_by(statement: Element, other: Element, entries: Mapping[Element, Entry]) -> bool:
    """True where a visit's diagnosis is the listed one: the same illness, and no other time is told of it."""
    entry, listed = entries[statement], entries[other]
    if entry.struck != listed.struck or not _same_illness(entry, listed):
        return False
    if cda.identifier(statement) and cda.identifier(statement) == cda.identifier(other):
        return True
    if entry.happened is not None and listed.happened is not None:
        return entry.happened.text[:10] == listed.happened.text[:10]
    visit = cda.time_of(_visit_of(statement))[0]
    # After its end the same illness is a new one.
    return visit is None or listed.ended is None or visit.text[:10] <= listed.ended.text[:10]


def _same_illness(entry: Entry, other: Entry) -> bool:
    """By a common code; by the title only where no system of codes could tell them apart."""
    mine, theirs = ({(code.system, code.code) for code in candidate.codes} for candidate in (entry, other))
    if mine & theirs:
        return True
    systems = {system for system, _code in mine} & {system for system, _code in theirs}
    return not systems and entry.title.casefold() == other.title.casefold()
