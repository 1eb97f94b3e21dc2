"""The chronology: what the record says, in order, each line with its source. It states, and judges nothing.

Flags are mechanical: each is a rule on dates, links or files that anybody could check by hand. Texts of the record
stand in quotes; everything outside them is ours and neutral.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from organizer.base.dates import parse_date
from organizer.base.i18n import _
from organizer.health.opinion.chronology_flags import Among, flags_of
from organizer.health.opinion.chronology_words import facility, provider, record_type, says
from organizer.model.entry import Entry
from organizer.model.kinds import find_kind, names
from organizer.model.links import Role
from organizer.model.statuses import Status, Verification

GAP = timedelta(days=30)
COUNTED = names(lambda kind: kind.chronology)
_GROUPED = ("laboratory", "vital-signs", "activity", "survey", "symptom")
_OWN_CATEGORIES = ("symptom", "activity")
_TOLD_ELSEWHERE = (Status.CANCELLED, Status.PLANNED, Status.INTENDED, Status.ENTERED_IN_ERROR)


@dataclass(frozen=True, slots=True)
class ChronologyRow:
    """One line. `says` quotes the record; `source` tells where it stands written; `comment` are the person's words.

    `entries` are behind it, the first of them gives the source. `when` is "" where the record names no date.
    """

    number: int
    when: str
    day: str
    provider: str
    facility: str
    record_type: str
    says: str
    source: str
    entries: tuple[Entry, ...]
    flags: tuple[str, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Thirty days or more of which this file holds no record: from the last day that the record before it may mean to
    the first day that the one after it may. `after` is the number of the line that it follows; `since_words` and
    `until_words` tell both ends with the precision that their records have."""

    since: date
    until: date
    after: int
    since_words: str
    until_words: str

    def words(self) -> str:
        """`No record in this file between 1994 and 9 Sep 2026`."""
        return _("No record in this file between {since} and {until}").format(
            since=self.since_words, until=self.until_words
        )


@dataclass(frozen=True, slots=True)
class Chronology:
    """Rows with a source in the order of time (undated ones last), gaps between them, what was asked for.

    `unsourced` are the person's own notes, diaries and measurements among them, and lines without a source: these
    close no gap.
    """

    rows: tuple[ChronologyRow, ...]
    gaps: tuple[Gap, ...]
    unsourced: tuple[ChronologyRow, ...]
    providers: tuple[tuple[str, int], ...]
    asked: tuple[Entry, ...] = ()

    @property
    def gaps_can_be_told(self) -> bool:
        """False where fewer than two dated lines have a source: between what should a gap be?"""
        return sum(bool(row.day) for row in self.rows) > 1

    def period(self) -> str:
        """`1994 to 22 Nov 2026`: from the first to the last line of either part; "" where no line bears a date."""
        days = [row.entries[0].happened for row in (*self.rows, *self.unsourced)]
        dated = [day for day in days if day is not None]
        if not dated:
            return ""
        first = min(dated, key=lambda day: (day.first_day, day.sort_key))
        last = max(dated, key=lambda day: (day.last_day, day.sort_key))
        if first.spoken() == last.spoken():
            return first.spoken()
        return _("{first} to {last}").format(first=first.spoken(), last=last.spoken())


def chronology(
    entries: Sequence[Entry],
    as_of: date,
    since: str = "",
    until: str = "",
    source: Callable[[Entry], str] = lambda entry: source_words(entry),
    person: Entry | None = None,
) -> Chronology:
    """The chronology of a person's entries between two partial dates (both inclusive), none after `as_of`.

    `source` tells where an entry stands written, in words; "" counts as unsourced. What `person`, or who keeps the
    record, noted or measured is an own note wherever it stands written.
    """
    events = [entry for entry in entries if entry.kind in COUNTED and _counts(entry, as_of, since, until)]
    groups = sorted(_groups(events), key=_order)
    among = Among.of(entries)
    made = [_row(group, among, source) for group in groups]
    own = [row for row in made if _is_own(row, person)]
    sourced = [row for row in made if row not in own]
    numbered = _numbered(sourced)
    return Chronology(
        rows=tuple(numbered),
        gaps=tuple(_gaps(numbered)),
        unsourced=tuple(_numbered(own)),
        providers=tuple(_providers(numbered)),
        asked=tuple(entry for entry in entries if _waiting(entry)),
    )


def _is_own(row: ChronologyRow, person: Entry | None) -> bool:
    """No document stands behind it; or a person's diary, which a file may bring too: by its author, or of a symptom or
    an activity that names nobody."""
    first = row.entries[0]
    if not row.source or first.reported_by_patient:
        return True
    author = row.provider.casefold()
    if not author:
        return not row.facility and first.text("category") in _OWN_CATEGORIES
    others = person.data.get("other_names") if person is not None else None
    names = [person.title, person.text("keeper"), *(others or ())] if person is not None else []
    return author in {name.casefold() for name in names if name}


def source_words(entry: Entry) -> str:
    """`kidney-biopsy-report.pdf, page 2`: the first file behind an entry and the place in it; "" for none."""
    for source in entry.sources:
        if source.document:
            page = source.locator.partition("page=")[2].partition("&")[0]
            return _("{file}, page {page}").format(file=source.file_name, page=page) if page else source.file_name
    return ""


def _counts(entry: Entry, as_of: date, since: str, until: str) -> bool:
    if (entry.struck and not _was_held(entry)) or entry.status in _TOLD_ELSEWHERE:
        return False
    if entry.happened is None:
        return not since and not until and entry.kind != "Goal"
    key = entry.happened.sort_key
    inside = key >= since and (not until or key[: len(until)] <= until)
    return inside and entry.happened.first_day <= as_of


def _was_held(entry: Entry) -> bool:
    """A diagnosis that was made and later ruled out or withdrawn: it is part of what happened, and its line says so."""
    return entry.kind == "Condition" and entry.verification in (Verification.REFUTED, Verification.WITHDRAWN)


def _groups(entries: Sequence[Entry]) -> Iterable[list[Entry]]:
    """Single results of one day, performer and document make one line; everything else stands by itself."""
    reported = {
        target for entry in entries if entry.kind == "DiagnosticReport" for target in entry.targets(Role.RESULT)
    }
    groups: dict[tuple[str, ...], list[Entry]] = {}
    for entry in entries:
        if entry.kind == "Observation" and (entry.text("category") in _GROUPED or entry.id in reported):
            document = next((origin.document for origin in entry.sources if origin.document), "")
            day = entry.happened.text[:10] if entry.happened else ""
            groups.setdefault((day, entry.text("category"), entry.text("performer"), document), []).append(entry)
        else:
            groups.setdefault((entry.id,), []).append(entry)
    return groups.values()


def _order(group: Sequence[Entry]) -> tuple[bool, str, str]:
    when = group[0].happened
    return when is None, when.sort_key if when else "", group[0].id


def _row(group: Sequence[Entry], among: Among, source: Callable[[Entry], str]) -> ChronologyRow:
    first = group[0]
    return ChronologyRow(
        number=0,
        when=first.happened.spoken() if first.happened else _("undated"),
        day=first.happened.text if first.happened else "",
        provider=provider(first),
        facility=facility(first),
        record_type=record_type(first),
        says=says(group),
        source=source(first),
        entries=tuple(group),
        flags=tuple(dict.fromkeys(flag for entry in group for flag in flags_of(entry, among))),
        comment=" ".join(dict.fromkeys(entry.text("note") for entry in group if entry.reported_by_patient)).strip(),
    )


def _numbered(rows: Sequence[ChronologyRow]) -> list[ChronologyRow]:
    return [replace(row, number=number) for number, row in enumerate(rows, 1)]


def _gaps(rows: Sequence[ChronologyRow]) -> Iterable[Gap]:
    """Between what two dated lines surely leave open, whatever day a month or a year means.

    A vague date fills its whole month or year, and a stay its days: no gap is claimed where a record may lie.
    """
    dated = [(row, when) for row in rows if (when := row.entries[0].happened) is not None]
    last_day, last_words, last_number = date.min, "", 0
    for row, when in dated:
        if last_number and when.first_day - last_day >= GAP:
            yield Gap(last_day, when.first_day, last_number, last_words, when.spoken())
        end = _last_day(row)
        if end > last_day:
            last_day, last_words = end, _last_words(row)
        last_number = row.number


def _last_day(row: ChronologyRow) -> date:
    """The last day that a line tells of; a visit that is a stay goes on until its end."""
    first = row.entries[0]
    days = [entry.happened.last_day for entry in row.entries if entry.happened]
    if first.ended is not None and find_kind(first.kind).contact:
        days.append(first.ended.last_day)
    return max(days)


def _last_words(row: ChronologyRow) -> str:
    first = row.entries[0]
    stay = first.ended if find_kind(first.kind).contact else None
    when = first.happened
    if stay is not None and when is not None and stay.last_day > when.last_day:
        return stay.spoken()
    return when.spoken() if when else ""


def _providers(rows: Sequence[ChronologyRow]) -> Iterable[tuple[str, int]]:
    counts: dict[str, int] = {}
    for row in rows:
        name = ", ".join(part for part in (row.provider, row.facility) if part)
        if name:
            counts[name] = counts.get(name, 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _waiting(entry: Entry) -> bool:
    asked = entry.kind == "Task" and entry.data.get("missing_record") and parse_date(entry.text("asked_on"))
    return bool(asked) and entry.status not in (Status.COMPLETED, Status.CANCELLED)
