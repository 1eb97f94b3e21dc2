"""To which case an option or a question belongs, and who proposed what. What may be meant of several is of none."""

import re
from collections.abc import Iterable, Sequence

from organizer.model.entry import Entry
from organizer.model.ids import EntryId
from organizer.model.links import Role

_FORMS_OF_ADDRESS = frozenset({"dr", "dra", "prof", "professor", "mr", "mrs", "ms", "md", "do", "phd", "med"})


def about_of(case: Entry, conditions: Iterable[Entry]) -> frozenset[EntryId]:
    """The diagnoses that a case is about, with the earlier views that these revise and the later ones of them."""
    known = {condition.id: condition for condition in conditions if condition.kind == "Condition"}
    about = {EntryId(target) for target in case.targets(Role.ABOUT)}
    for _round in known:
        earlier = {EntryId(target) for one in about if one in known for target in known[one].targets(Role.REVISES)}
        later = {one.id for one in known.values() if about & set(one.targets(Role.REVISES))}
        if earlier | later <= about:
            break
        about |= earlier | later
    return frozenset(about)


def belongs(entry: Entry, case: Entry, cases: Sequence[Entry], conditions: Sequence[Entry] = ()) -> bool:
    """Whether an option or a question is part of a case.

    It is where it names the case; where it names none, if the diagnosis that it is for, or the doctor whom it is asked
    of, is the case's. What names nothing belongs to the only case that there is, and to none of several.
    """
    named = entry.targets(Role.CASE)
    if named:
        return case.id in named
    treated = {*entry.targets(Role.FOR), *entry.targets(Role.ABOUT)}
    if treated and any(about_of(one, conditions) for one in cases):
        return bool(treated & about_of(case, conditions))
    whom = entry.text("for_whom")
    if whom and any(same_doctor(whom, one.text("specialist")) for one in cases):
        return same_doctor(whom, case.text("specialist"))
    return [one.id for one in cases] == [case.id]


def of_case(
    found: Sequence[Entry], case: Entry, cases: Sequence[Entry], conditions: Sequence[Entry] = ()
) -> list[Entry]:
    """Those of the options or questions that belong to the case, in their order."""
    return [entry for entry in found if belongs(entry, case, cases, conditions)]


def of_no_case(found: Sequence[Entry], cases: Sequence[Entry], conditions: Sequence[Entry] = ()) -> list[Entry]:
    """Those that belong to none of the cases, in their order: the person says to which."""
    return [entry for entry in found if not any(belongs(entry, case, cases, conditions) for case in cases)]


def same_doctor(one: str, other: str) -> bool:
    """Whether two names may be the same doctor's: the words of one stand in the other, forms of address aside.

    `Dr Helen Rask, Brookfield` is `Dr Rask`; `Ann Smith` isn't `Bob Smith`; "" is nobody.
    """
    mine, theirs = _name_words(one), _name_words(other)
    return any(a and b and (a <= b or b <= a) for a in mine for b in theirs)


def _name_words(name: str) -> list[set[str]]:
    """The words of a name, and those before its first comma where a whole name stands there, not a surname alone."""
    whole = re.findall(r"[^\W\d_]+", name.casefold())
    before = re.findall(r"[^\W\d_]+", name.partition(",")[0].casefold())
    readings = [whole, before] if len(before) > 1 else [whole]
    return [set(words) - _FORMS_OF_ADDRESS for words in readings]
