"""Readings of a device that measures all day long: one entry a day that holds every one of them.

A year of a sensor is a hundred thousand readings. As entries of their own nobody could look through them, on the
screen or on paper.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence

from organizer.base.dates import PartialDate
from organizer.importing.core.format import Draft
from organizer.importing.formats._days import Days
from organizer.model.entry import Entry

MOST_A_DAY = 24
"""Readings of one measure that a person may take in a day; where there are more on any day, a device took them."""
_DAY = len("2026-02-01")
_PLAIN = frozenset({"category", "performer"})
"""What a row may say beside its value to be one of many; a range, a flag or a note makes it a result of its own."""


def gathered(drafts: Sequence[Draft], of: str = "", version: str = "") -> list[Draft]:
    """The same drafts, with a day's readings of a device in one; in the order in which they began.

    `of` begins the name by which a source's day is known again, in its version of then. Without it days bear none, and
    are known by what they say: two devices may tell the same measure in tables alike.
    """
    series: dict[Hashable, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if _is_plain_reading(draft.entry):
            series[_series_of(draft)].append(draft)
    dense = [members for members in series.values() if _most_a_day(members) > MOST_A_DAY]
    if not dense:
        return list(drafts)

    first_of = {id(members[0]): members for members in dense}
    others = {id(member) for members in dense for member in members}
    kept: list[Draft] = []
    for draft in drafts:
        if id(draft) in first_of:
            kept += _days(first_of[id(draft)], of, version)
        elif id(draft) not in others:
            kept.append(draft)
    return kept


def _is_plain_reading(entry: Entry) -> bool:
    is_number_of_a_day = entry.value is not None and entry.happened is not None and len(entry.happened.text) >= _DAY
    return entry.kind == "Observation" and is_number_of_a_day and not entry.comparator and entry.data.keys() <= _PLAIN


def _series_of(draft: Draft) -> Hashable:
    entry = draft.entry
    whose = (draft.patient, draft.patient_name, draft.patient_born)
    return (whose, entry.title, entry.codes, entry.unit, entry.status, *sorted(entry.data.items()))


def _most_a_day(members: Iterable[Draft]) -> int:
    """The most readings of a day that have their time."""
    return max(Counter(_day(member) for member in members if _clock(member)).values(), default=0)


def _day(member: Draft) -> str:
    return _happened(member).text[:_DAY]


def _clock(member: Draft) -> str:
    return _happened(member).text[_DAY:]


def _happened(member: Draft) -> PartialDate:
    assert member.entry.happened is not None
    return member.entry.happened


def _days(members: Sequence[Draft], of: str, version: str) -> list[Draft]:
    """An entry a day.

    Midnight is read as a day without a time, for many programs mean that by it. Among readings that all have theirs it
    is midnight; two of a day without a time stay results of their own.
    """
    draft, entry = members[0], members[0].entry
    timeless = Counter(_day(member) for member in members if not _clock(member))
    midnight = "T00:00:00" if any(_clock(member)[6:7] == ":" for member in members) else "T00:00"
    name = f"{of}|{entry.title}|{entry.unit}" if of else ""
    days = Days(name, entry.title, entry.unit, entry.codes, category=entry.text("category"), version=version)
    single: list[Draft] = []
    for member in members:
        when = _happened(member)
        if not _clock(member):
            if timeless[_day(member)] > 1:
                single.append(member)
                continue
            when = PartialDate(when.text + midnight)
        locator = member.entry.sources[0].locator if member.entry.sources else ""
        days.add(entry.text("performer"), when, member.entry.value_text, locator)
    return [*days.drafts(draft.patient, draft.patient_name, draft.patient_born), *single]
