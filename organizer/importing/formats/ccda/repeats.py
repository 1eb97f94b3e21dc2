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
    again = _of_visits(entries)
    again |= _with_same_id({statement: entry for statement, entry in entries.items() if statement not in again})
    reason = _("The document tells this a second time, word for word.")
    groups: dict[object, list[Element]] = {}
    for statement, entry in entries.items():
        if statement in again or entry.kind not in _FACTS:
            continue
        if entry.kind == "Observation" and (entry.happened is None or entry.happened.precision != "instant"):
            continue  # the same value twice on a day may be two readings
        before = groups.setdefault((entry.kind, entry.title, entry.happened, entry.value_text), [])
        first = next((other for other in before if entries[other] == entry), None)
        if first is not None:
            again[statement] = first, reason
        before.append(statement)
    return again


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

    again = {}
    for repeats in acts.values():
        fullest = max(repeats, key=lambda statement: _fullness(entries[statement]))
        for statement in repeats:
            if statement is not fullest and _says_less(entries[statement], entries[fullest]):
                again[statement] = fullest, reason
    return again


def _fullness(entry: Entry) -> int:
    return len(entry.data) + bool(entry.ended) + bool(entry.status)


def _says_less(entry: Entry, fuller: Entry) -> bool:
    """True where each thing that one tells, the other tells too, and tells it alike."""
    if entry == fuller:
        return False  # word for word: that is said in other words
    fields = {"ended": entry.ended, "status": entry.status or None, "unit": entry.unit, **entry.data}
    other = {"ended": fuller.ended, "status": fuller.status or None, "unit": fuller.unit, **fuller.data}
    return all(value is None or other.get(name) == value for name, value in fields.items())


def _of_visits(entries: Mapping[Element, Entry]) -> dict[Element, tuple[Element, str]]:
    """The diagnoses of visits that stand outside the visits too, by their id or by what they are.

    An id names one act wherever it is told (HL7 CDA R2, act.id); the visit's telling often lacks how it went on.
    """
    reason = _("The visit repeats a diagnosis that this document tells elsewhere.")
    listed: dict[tuple[str, str], list[Element]] = {}
    of_visits = []
    for statement, entry in entries.items():
        if entry.kind != "Condition":
            continue
        if cda.first_of(statement, "ancestor::h:encounter[1]") is not None:
            of_visits.append(statement)
            continue
        for name in _names(statement, entry):
            listed.setdefault(name, []).append(statement)

    again = {}
    for statement in of_visits:
        entry = entries[statement]
        candidates = list(chain.from_iterable(listed.get(name, ()) for name in _names(statement, entry)))
        first = next((other for other in candidates if _is_repeated_by(statement, other, entries)), None)
        if first is not None:
            again[statement] = first, reason
    return again


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
    visit = cda.time_of(cda.first_of(statement, "ancestor::h:encounter[1]"))[0]
    # After its end the same illness is a new one.
    return visit is None or listed.ended is None or visit.text[:10] <= listed.ended.text[:10]


def _same_illness(entry: Entry, other: Entry) -> bool:
    """By a common code; by the title only where no system of codes could tell them apart."""
    mine, theirs = ({(code.system, code.code) for code in candidate.codes} for candidate in (entry, other))
    if mine & theirs:
        return True
    systems = {system for system, _code in mine} & {system for system, _code in theirs}
    return not systems and entry.title.casefold() == other.title.casefold()
