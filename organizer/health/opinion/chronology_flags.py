"""Mechanical flags of the chronology, each a rule on dates, links or files. FLAGS is the registry."""

import re
from bisect import bisect_left
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from organizer.base.dates import PartialDate, parse_date
from organizer.base.i18n import _
from organizer.model.entry import Entry
from organizer.model.kinds import names
from organizer.model.links import Role
from organizer.model.statuses import Status

FOLLOW_UP = timedelta(days=30)
LATE = timedelta(days=30)
_PAGE_OF = re.compile(r"\bpage\s+(\d+)\s+of\s+(\d+)\b", re.IGNORECASE)

_CONTACTS = frozenset(names(lambda kind: kind.contact))


@dataclass(frozen=True, slots=True)
class Among:
    """What a flag has to know of a person's other entries, found once for all of them.

    `notes` are the days of visits, letters, calls and documents in their order; `differing` the ids of both ends of a
    conflict; `first` the id of the first entry of each file and of each event.
    """

    notes: tuple[date, ...]
    differing: frozenset[str]
    first: Mapping[Hashable, str]

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> "Among":
        """From all entries of a person."""
        there = {entry.id for entry in entries}
        pairs: list[tuple[str, str]] = []
        for entry in entries:
            pairs += [(entry.id, other) for other in entry.targets(Role.CONFLICTS_WITH) if other in there]
        written = [
            entry
            for entry in entries
            if entry.kind in _CONTACTS and entry.status not in (Status.PLANNED, Status.CANCELLED)
        ]
        first: dict[Hashable, str] = {}
        for candidate in sorted((entry for entry in entries if not entry.struck), key=lambda entry: entry.id):
            for key in _same_keys(candidate):
                first.setdefault(key, candidate.id)
        notes = tuple(sorted(day for entry in written if (day := _day(entry))))
        return cls(notes, frozenset(chain.from_iterable(pairs)), first)


Flag = Callable[[Entry, Among], str]


def flags_of(entry: Entry, among: Among) -> list[str]:
    """The flags of an entry among all of the person's, in the order of FLAGS."""
    return [words for flag in FLAGS if (words := flag(entry, among))]


def undated(entry: Entry, _among: Among) -> str:
    """No date in the source."""
    return "" if entry.happened else _("undated")


def order_without_result(entry: Entry, _among: Among) -> str:
    """An order that is open and is linked to no result."""
    if entry.kind != "ServiceRequest" or entry.status not in (Status.ACTIVE, Status.ON_HOLD, Status.DRAFT):
        return ""
    return "" if entry.targets(Role.ANSWERED_BY) else _("order without result in this file")


def result_without_note(entry: Entry, among: Among) -> str:
    """A report after which this file holds no visit, letter or call for thirty days."""
    when = _day(entry)
    if entry.kind != "DiagnosticReport" or when is None:
        return ""
    place = bisect_left(among.notes, when)
    followed = place < len(among.notes) and among.notes[place] - when <= FOLLOW_UP
    return "" if followed else _("no note in this file within 30 days")


def records_differ(entry: Entry, among: Among) -> str:
    """An import found that two sources tell it differently."""
    return _("two records differ") if entry.id in among.differing else ""


def late_or_amended(entry: Entry, _among: Among) -> str:
    """Written down thirty days or more after it happened, or marked as amended by its source."""
    if entry.status in (Status.AMENDED, Status.CORRECTED, Status.APPENDED):
        return _("amended")
    written = parse_date(entry.text("issued")[:10]) or parse_date(entry.text("recorded")[:10])
    when = entry.happened
    exact = _exact(written) and _exact(when)
    if exact and written and when and written.first_day - when.last_day >= LATE:
        return _("written down {n} days later").format(n=(written.first_day - when.last_day).days)
    return ""


def illegible(entry: Entry, _among: Among) -> str:
    """A picture or scan of which no word could be read."""
    if entry.kind != "DocumentReference" or not entry.text("file"):
        return ""
    pictured = entry.text("media_type").startswith(("image/", "application/pdf"))
    read = entry.text("text") or any(str(page).strip() for page in entry.data.get("page_texts") or ())
    return "" if read or not pictured else _("no readable text")


def duplicate(entry: Entry, among: Among) -> str:
    """The same file stands behind another document, or the same event is written twice."""
    again = any(among.first.get(key, entry.id) != entry.id for key in _same_keys(entry))
    return _("duplicate of another line") if again else ""


def missing_page(entry: Entry, _among: Among) -> str:
    """The document counts more pages than the file has."""
    if entry.kind != "DocumentReference":
        return ""
    texts = [entry.text("text"), *(str(page) for page in entry.data.get("page_texts") or ())]
    counted = [int(match[2]) for match in chain.from_iterable(_PAGE_OF.finditer(text) for text in texts)]
    pages = entry.data.get("pages")
    if not counted or not isinstance(pages, int | float) or max(counted) <= pages:
        return ""
    return _("counts {all} pages, the file has {n}").format(all=max(counted), n=int(pages))


FLAGS: tuple[Flag, ...] = (
    undated,
    order_without_result,
    result_without_note,
    records_differ,
    late_or_amended,
    illegible,
    duplicate,
    missing_page,
)


def _same_keys(entry: Entry) -> list[Hashable]:
    """What makes two entries the same: the file of a document, or kind, title and time of an event."""
    keys: list[Hashable] = []
    if entry.kind == "DocumentReference" and entry.text("file"):
        keys.append(entry.text("file"))
    elif entry.kind != "Observation" and entry.happened is not None:
        keys.append((entry.kind, entry.title.casefold(), entry.happened.text, entry.text("dose")))
    return keys


def _day(entry: Entry) -> date | None:
    return entry.happened.first_day if entry.happened else None


def _exact(when: PartialDate | None) -> bool:
    return when is not None and when.precision in ("day", "instant")
