"""Readings of a device that measures all day long: one entry a day that holds every one of them.

A year of a sensor is a hundred thousand readings. As entries of their own nobody could look through them, on the
screen or on paper.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence

from organizer.base.dates import PartialDate
from organizer.base.i18n import _
from organizer.base.progress import NoProgress, Progress
from organizer.importing.core.format import Draft
from organizer.importing.core.pages import Desk, Pages
from organizer.importing.formats._days import Days

MOST_A_DAY = 24
"""Readings of one measure that a person may take in a day; where there are more on any day, a device took them."""
_AT_ONCE = 500
_DAY = len("2026-02-01")
_PLAIN = frozenset({"category", "performer"})
"""What a row may say beside its value to be one of many; a range, a flag or a note makes it a result of its own."""


def gathered(
    drafts: Sequence[Draft] | Pages[Draft],
    of: str = "",
    version: str = "",
    desk: Desk | None = None,
    progress: Progress | None = None,
) -> Pages[Draft]:
    """The same drafts, with a day's readings of a device in one; in the order in which they began.

    `of` begins the name by which a source's day is known again, in its version of then. Without it days bear none, and
    are known by what they say: two devices may tell the same measure in tables alike. There may be a million drafts:
    they are gone through, not held; `desk` is that of the import.
    """
    progress = progress or NoProgress()
    times: dict[Hashable, _Times] = defaultdict(_Times)
    for draft in filter(_is_plain_reading, _looked_at(drafts, progress)):
        times[_series_of(draft)].note(draft)
    dense = {series: day_times for series, day_times in times.items() if day_times.most_a_day > MOST_A_DAY}
    if not dense:
        return drafts if isinstance(drafts, Pages) else Pages(drafts, desk)

    series = {key: _Series(day_times, of, version) for key, day_times in dense.items()}
    for draft in filter(_is_plain_reading, _looked_at(drafts, progress)):
        if _series_of(draft) in series:
            series[_series_of(draft)].add(draft)
    return Pages(_with_days(_looked_at(drafts, progress), series), desk)


def _looked_at(drafts: Sequence[Draft] | Pages[Draft], progress: Progress) -> Iterator[Draft]:
    """The drafts, and that they are looked at."""
    for number, draft in enumerate(drafts):
        if number % _AT_ONCE == 0:
            progress.check()
            progress.report(_("Reading the entries"), number, len(drafts))
        yield draft


def _with_days(drafts: Iterable[Draft], series: dict[Hashable, "_Series"]) -> Iterator[Draft]:
    """The drafts, those of a series in the place of its first one."""
    given: set[Hashable] = set()
    for draft in drafts:
        key = _series_of(draft) if _is_plain_reading(draft) else None
        if key is None or key not in series:
            yield draft
        elif key not in given:
            given.add(key)
            yield from series[key].drafts()


def _is_plain_reading(draft: Draft) -> bool:
    entry = draft.entry
    is_number_of_a_day = entry.value is not None and entry.happened is not None and len(entry.happened.text) >= _DAY
    return entry.kind == "Observation" and is_number_of_a_day and not entry.comparator and entry.data.keys() <= _PLAIN


def _series_of(draft: Draft) -> Hashable:
    entry = draft.entry
    whose = (draft.patient, draft.patient_name, draft.patient_born)
    return (whose, entry.title, entry.codes, entry.unit, entry.status, *sorted(entry.data.items()))


def _day(member: Draft) -> str:
    return _happened(member).text[:_DAY]


def _clock(member: Draft) -> str:
    return _happened(member).text[_DAY:]


def _happened(member: Draft) -> PartialDate:
    assert member.entry.happened is not None
    return member.entry.happened


class _Times:
    """When the readings of one series were taken: how many a day with their time, and without."""

    def __init__(self) -> None:
        self._timed: Counter[str] = Counter()
        self.timeless: Counter[str] = Counter()
        self.midnight = "T00:00"

    def note(self, member: Draft) -> None:
        """One reading."""
        (self._timed if _clock(member) else self.timeless)[_day(member)] += 1
        if _clock(member)[6:7] == ":":
            self.midnight = "T00:00:00"

    @property
    def most_a_day(self) -> int:
        """The most readings of a day that have their time."""
        return max(self._timed.values(), default=0)


class _Series:
    """Readings of one measure, to become an entry a day.

    Midnight is read as a day without a time, for many programs mean that by it. Among readings that all have theirs it
    is midnight; two of a day without a time stay results of their own.
    """

    def __init__(self, times: _Times, of: str, version: str) -> None:
        self._times, self._of, self._version = times, of, version
        self._first: Draft | None = None
        self._days: Days | None = None
        self._single: list[Draft] = []

    def add(self, member: Draft) -> None:
        """One reading."""
        entry, when = member.entry, _happened(member)
        if self._days is None:
            name = f"{self._of}|{entry.title}|{entry.unit}" if self._of else ""
            category = entry.text("category")
            self._days = Days(name, entry.title, entry.unit, entry.codes, category=category, version=self._version)
            self._first = member
        if not _clock(member) and self._times.timeless[_day(member)] > 1:
            self._single.append(member)
            return
        when = when if _clock(member) else PartialDate(when.text + self._times.midnight)
        locator = entry.sources[0].locator if entry.sources else ""
        self._days.add(entry.text("performer"), when, entry.value_text, locator)

    def drafts(self) -> list[Draft]:
        """An entry a day, and what stays alone."""
        if self._days is None or self._first is None:
            return self._single
        first = self._first
        return [*self._days.drafts(first.patient, first.patient_name, first.patient_born), *self._single]
