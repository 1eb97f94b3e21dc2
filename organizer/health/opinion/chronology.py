"""The chronology: what the record says, in order, each line with its source. It states, and judges nothing.

Flags are mechanical: each is a rule on dates, links or files that anybody could check by hand. Texts of the record
stand in quotes; everything outside them is ours and neutral.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import chain, count

from organizer.base.i18n import _, marked
from organizer.health.opinion.chronology_flags import Among, flags_of
from organizer.health.opinion.chronology_words import facility, provider, record_type, says
from organizer.health.voice import Voice, voice_of
from organizer.model.entry import Entry, targets_of
from organizer.model.kinds import find_kind, names
from organizer.model.links import Role
from organizer.model.statuses import Status, Verification

GAP = timedelta(days=30)
COUNTED = names(lambda kind: kind.chronology)
SHORTENED = marked("Some lines are left out at the patient’s choice.")
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
    close no gap. `is_shortened` where something is left out by choice: what isn't told may be there then. `voice` is in
    whose voice it speaks.
    """

    rows: tuple[ChronologyRow, ...]
    gaps: tuple[Gap, ...]
    unsourced: tuple[ChronologyRow, ...]
    providers: tuple[tuple[str, int], ...]
    asked: tuple[Entry, ...] = ()
    is_shortened: bool = False
    voice: Voice = field(default_factory=Voice)

    @property
    def gaps_are_known(self) -> bool:
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
    held_back: Collection[str] = (),
) -> Chronology:
    """The chronology of a person's entries between two partial dates (both inclusive), none after `as_of`.

    `source` tells where an entry stands written, in words; "" counts as unsourced. What `person`, or who keeps the
    record, noted or measured is an own note wherever it stands written. Of `held_back`, by its ids, nothing is told;
    it closes gaps and answers orders all the same, so that no other line becomes false.
    """
    events = [entry for entry in entries if entry.kind in COUNTED and _counts(entry, as_of, since, until)]
    groups = sorted(_groups(events, frozenset(held_back)), key=_order)
    among = Among.of(entries)
    lines = [_row(group, among, source) for group in groups]
    own = [row for row in lines if _is_own(row, person)]
    sourced = [row for row in lines if row not in own]
    in_order = _numbered(sourced, held_back)
    numbered = [row for row in in_order if row.number]
    asked = [entry for entry in entries if _waiting(entry)]
    return Chronology(
        rows=tuple(numbered),
        gaps=tuple(_gaps(in_order)),
        unsourced=tuple(row for row in _numbered(own, held_back) if row.number),
        providers=tuple(_providers(numbered)),
        asked=tuple(entry for entry in asked if entry.id not in held_back),
        is_shortened=any(entry.id in held_back for entry in (*events, *asked)),
        voice=voice_of(person, as_of) if person is not None else Voice(),
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


def _groups(entries: Sequence[Entry], held_back: Collection[str]) -> Iterable[list[Entry]]:
    """Single results of one day, performer and document make one line; everything else stands by itself, and so does
    what is held back."""
    reports = [entry for entry in entries if entry.kind == "DiagnosticReport"]
    reported = targets_of(reports, Role.RESULT)
    groups: dict[tuple[str, ...], list[Entry]] = {}
    for entry in entries:
        is_result = entry.kind == "Observation" and (entry.text("category") in _GROUPED or entry.id in reported)
        if is_result and entry.id not in held_back:
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
        flags=tuple(dict.fromkeys(chain.from_iterable(flags_of(entry, among) for entry in group))),
        comment=" ".join(dict.fromkeys(entry.text("note") for entry in group if entry.reported_by_patient)).strip(),
    )


def _numbered(rows: Sequence[ChronologyRow], held_back: Collection[str]) -> list[ChronologyRow]:
    """The rows with their numbers; those of what is held back keep 0."""
    numbers = count(1)
    numbered = []
    for row in rows:
        is_shown = row.entries[0].id not in held_back
        numbered.append(replace(row, number=next(numbers)) if is_shown else row)
    return numbered


def _gaps(rows: Sequence[ChronologyRow]) -> Iterable[Gap]:
    """Between what two dated lines surely leave open, whatever day a month or a year means.

    A vague date fills its whole month or year, and a stay its days: no gap is claimed where a record may lie. One that
    begins or ends with a line that is held back (number 0) isn't told: its days would tell of that line.
    """
    dated = [(row, when) for row in rows if (when := row.entries[0].happened) is not None]
    last_day, last_words, last_number, is_shown = date.min, "", 0, False
    for row, when in dated:
        if is_shown and row.number and when.first_day - last_day >= GAP:
            yield Gap(last_day, when.first_day, last_number, last_words, when.spoken())
        end = _last_day(row)
        if end > last_day:
            last_day, last_words, is_shown = end, _last_words(row), bool(row.number)
        last_number = row.number or last_number


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
    asked = entry.kind == "Task" and entry.data.get("missing_record") and entry.date("asked_on")
    return bool(asked) and entry.status not in (Status.COMPLETED, Status.CANCELLED)
