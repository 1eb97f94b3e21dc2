"""The chronology: what the record says, in order, each line with its source. It states, and judges nothing.

Flags are mechanical: each is a rule on dates, links or files that anybody could check by hand. Texts of the record
stand in quotes; everything outside them is ours and neutral.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from organizer.base.dates import parse_date, spoken_day
from organizer.base.i18n import _
from organizer.health.opinion.chronology_flags import Among, flags_of
from organizer.health.opinion.chronology_words import facility, provider, record_type, says
from organizer.model.entry import Entry
from organizer.model.kinds import names
from organizer.model.links import Role

GAP = timedelta(days=30)
COUNTED = names(lambda kind: kind.chronology)
_GROUPED = ("laboratory", "vital-signs", "activity", "survey", "symptom")
_TOLD_ELSEWHERE = ("cancelled", "planned", "intended", "entered-in-error")


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
    """Thirty days or more of which this file holds no record; both ends as ISO days."""

    since: date
    until: date

    def words(self) -> str:
        """`No record in this file between 3 May 2026 and 9 Sep 2026`."""
        return _("No record in this file between {since} and {until}").format(
            since=spoken_day(self.since), until=spoken_day(self.until)
        )


@dataclass(frozen=True, slots=True)
class Chronology:
    """Rows with a source in the order of time (undated ones last), gaps, what the person added, what was asked for."""

    rows: tuple[ChronologyRow, ...]
    gaps: tuple[Gap, ...]
    unsourced: tuple[ChronologyRow, ...]
    providers: tuple[tuple[str, int], ...]
    asked: tuple[Entry, ...] = ()


def chronology(
    entries: Sequence[Entry],
    as_of: date,
    since: str = "",
    until: str = "",
    source: Callable[[Entry], str] = lambda entry: source_words(entry),
) -> Chronology:
    """The chronology of a person's entries between two partial dates (both inclusive), none after `as_of`.

    `source` tells where an entry stands written, in words; "" counts as unsourced.
    """
    kept = [one for one in entries if one.kind in COUNTED and _counts(one, as_of, since, until)]
    groups = sorted(_groups(kept), key=_order)
    among = Among.of(entries)
    made = [_row(group, among, source) for group in groups]
    sourced = [row for row in made if row.source and not row.entries[0].reported_by_patient]
    own = [row for row in made if not row.source or row.entries[0].reported_by_patient]
    numbered = _numbered(sourced)
    return Chronology(
        rows=tuple(numbered),
        gaps=tuple(_gaps(numbered)),
        unsourced=tuple(_numbered(own)),
        providers=tuple(_providers(numbered)),
        asked=tuple(one for one in entries if _waiting(one)),
    )


def source_words(entry: Entry) -> str:
    """`kidney-biopsy-report.pdf, page 2`: the first file behind an entry and the place in it; "" for none."""
    for one in entry.sources:
        if one.document:
            page = one.locator.partition("page=")[2].partition("&")[0]
            return _("{file}, page {page}").format(file=one.file_name, page=page) if page else one.file_name
    return ""


def _counts(entry: Entry, as_of: date, since: str, until: str) -> bool:
    if entry.struck or entry.status in _TOLD_ELSEWHERE:
        return False
    if entry.happened is None:
        return not since and not until and entry.kind != "Goal"
    key = entry.happened.sort_key
    inside = key >= since and (not until or key[: len(until)] <= until)
    return inside and entry.happened.first_day <= as_of


def _groups(entries: Sequence[Entry]) -> Iterable[list[Entry]]:
    """Single results of one day, performer and document make one line; everything else stands by itself."""
    reported = {target for one in entries if one.kind == "DiagnosticReport" for target in one.targets(Role.RESULT)}
    groups: dict[tuple[str, ...], list[Entry]] = {}
    for one in entries:
        if one.kind == "Observation" and (one.text("category") in _GROUPED or one.id in reported):
            document = next((origin.document for origin in one.sources if origin.document), "")
            day = one.happened.text[:10] if one.happened else ""
            groups.setdefault((day, one.text("category"), one.text("performer"), document), []).append(one)
        else:
            groups.setdefault((one.id,), []).append(one)
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
        flags=tuple(dict.fromkeys(flag for one in group for flag in flags_of(one, among))),
        comment=" ".join(dict.fromkeys(one.text("note") for one in group if one.reported_by_patient)).strip(),
    )


def _numbered(rows: Sequence[ChronologyRow]) -> list[ChronologyRow]:
    return [replace(row, number=number) for number, row in enumerate(rows, 1)]


def _gaps(rows: Sequence[ChronologyRow]) -> Iterable[Gap]:
    """Between two neighbours that are dated to the day: vaguer dates may lie within the gap and close none."""
    days = [when for row in rows if (when := row.entries[0].happened) and when.precision in ("day", "instant")]
    for before, after in pairwise(days):
        if after.first_day - before.first_day >= GAP:
            yield Gap(before.first_day, after.first_day)


def _providers(rows: Sequence[ChronologyRow]) -> Iterable[tuple[str, int]]:
    counts: dict[str, int] = {}
    for row in rows:
        name = ", ".join(part for part in (row.provider, row.facility) if part)
        if name:
            counts[name] = counts.get(name, 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _waiting(entry: Entry) -> bool:
    asked = entry.kind == "Task" and entry.data.get("missing_record") and parse_date(entry.text("asked_on"))
    return bool(asked) and entry.status not in ("completed", "cancelled")
