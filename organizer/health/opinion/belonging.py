"""To which case an option or a question belongs, and who proposed what. What may be meant of several is of none."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import product

from organizer.health.opinion.families import families
from organizer.health.problems import OPEN, is_problem, state_of
from organizer.model.case import Case
from organizer.model.entry import Entry
from organizer.model.ids import EntryId
from organizer.model.links import Role

_FORMS_OF_ADDRESS = frozenset({"dr", "dra", "prof", "professor", "mr", "mrs", "ms", "md", "do", "phd", "med"})


def about_of(case: Case, conditions: Iterable[Entry]) -> frozenset[EntryId]:
    """The diagnoses that a case is about, with the earlier views that these revise and the later ones of them."""
    about = set(case.about)
    known = [condition for condition in conditions if condition.kind == "Condition"]

    # Each round reaches one view further, so there are never more rounds than diagnoses.
    for _round in known:
        before = len(about)
        for condition in known:
            chain = {condition.id, *map(EntryId, condition.targets(Role.REVISES))}
            about |= chain if len(chain) > 1 and chain & about else set()
        if len(about) == before:
            break
    return frozenset(about)


def diagnoses_of(conditions: Sequence[Entry], as_of: date) -> list[Entry]:
    """The diagnoses that a case is about which names none: the current ones, where all of them belong together.

    Which of several unlike ones is meant is for the person to say.
    """
    standing = [entry for entry in conditions if state_of(entry, as_of) in OPEN and is_problem(entry)]
    return standing if len(families(standing)) == 1 else []


def belongs(entry: Entry, case: Case, cases: Sequence[Case], conditions: Sequence[Entry] = ()) -> bool:
    """Whether an option or a question is part of a case.

    It is where it names the case; where it names none, if the diagnosis that it is for, or the doctor whom it is asked
    of, is the case's. What names nothing belongs to the only case that there is, and to none of several.
    """
    named = entry.targets(Role.CASE)
    if named:
        return case.id in named

    treated = {*entry.targets(Role.FOR), *entry.targets(Role.ABOUT)}
    any_diagnosis = any(about_of(candidate, conditions) for candidate in cases)
    if treated and any_diagnosis:
        return bool(treated & about_of(case, conditions))

    whom = entry.text("for_whom")
    specialists = [candidate.specialist for candidate in cases]
    if any(same_doctor(whom, specialist) for specialist in specialists):
        return same_doctor(whom, case.specialist)
    return [candidate.id for candidate in cases] == [case.id]


def is_of_another(entry: Entry, case: Case) -> bool:
    """Whether an entry says that it belongs to other cases only; a plan that came of one is everybody's to know."""
    named = entry.targets(Role.CASE)
    return bool(named) and case.id not in named and entry.kind not in ("CarePlan", "Goal")


def of_case(
    entries: Sequence[Entry], case: Case, cases: Sequence[Case], conditions: Sequence[Entry] = ()
) -> list[Entry]:
    """Those of the options or questions that belong to the case, in their order."""
    return [entry for entry in entries if belongs(entry, case, cases, conditions)]


def of_no_case(entries: Sequence[Entry], cases: Sequence[Case], conditions: Sequence[Entry] = ()) -> list[Entry]:
    """Those that belong to none of the cases, in their order: the person says to which."""
    return [entry for entry in entries if not any(belongs(entry, case, cases, conditions) for case in cases)]


def same_doctor(name: str, other: str) -> bool:
    """Whether two names may be the same doctor's: the words of one stand in the other, forms of address aside.

    `Dr Helen Rask, Brookfield` is `Dr Rask`; `Ann Smith` isn't `Bob Smith`; "" is nobody.
    """
    for reading, counterpart in product(_name_words(name), _name_words(other)):
        shared = reading & counterpart
        if shared and shared in (reading, counterpart):
            return True
    return False


def _name_words(name: str) -> list[set[str]]:
    """The words of a name, and those before its first comma where a whole name stands there, not a surname alone."""
    whole = _words(name)
    before_comma = _words(name.partition(",")[0])
    readings = [whole, before_comma] if len(before_comma) > 1 else [whole]
    return [set(words) - _FORMS_OF_ADDRESS for words in readings]


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())
