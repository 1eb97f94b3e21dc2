"""A person's record at one glance: what stands now, the latest results, the last documents; each with its entry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from organizer.base.i18n import _
from organizer.health import allergies, medicines, printed, problems
from organizer.health.allergies import AllergyState
from organizer.health.medicines import STANDING, MedicineState
from organizer.health.problems import OPEN, ProblemState
from organizer.model.codes import MeasureKey
from organizer.model.entry import Entry
from organizer.model.ids import PersonId
from organizer.services.follow import measures, pins
from organizer.services.record import records, since
from organizer.services.record.records import Record
from organizer.services.record.since import NOTHING_NEW, Recent
from organizer.store import entries as reading
from organizer.store.entries import MeasureSummary, Query

MOST_LINES = 6
MOST_DOCUMENTS = 4
MOST_MEASURES = 60
"""Measures whose latest result is looked at, the latest first: a record may know hundreds."""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry and what is said of it beside its title."""

    entry: Entry
    says: str = ""


@dataclass(frozen=True, slots=True)
class Glance:
    """What a record holds of a person, a few lines each; `…_of` tell how many there are in all,
    `entries` how many the record holds of them besides their name."""

    problems: tuple[Line, ...] = ()
    problems_of: int = 0
    medicines: tuple[Line, ...] = ()
    medicines_of: int = 0
    allergies: tuple[Line, ...] = ()
    allergies_of: int = 0
    pinned: tuple[Line, ...] = ()
    results: tuple[Line, ...] = ()
    results_of: int = 0
    documents: tuple[Line, ...] = ()
    documents_of: int = 0
    recent: Recent = NOTHING_NEW
    entries: int = 0

    @property
    def empty(self) -> bool:
        """True only where the record holds nothing of the person but their name."""
        return not self.entries


def glance(record: Record, person: PersonId, as_of: date | None = None) -> Glance:
    """What stands on a day (today where none is given)."""
    day = as_of or records.as_of(record)
    everything = problems.problems(_all(record, person, "Condition"), day)
    open_problems = [problem for problem in everything if problem.state in OPEN]
    courses = medicines.courses(_all(record, person, "MedicationStatement"), day)
    taken = [course for course in courses if course.state in STANDING]
    known = allergies.allergies(_all(record, person, "AllergyIntolerance"), day)
    listed = [allergy for allergy in known if allergy.state in (AllergyState.ACTIVE, AllergyState.NONE_KNOWN)]
    summaries = measures.measures(record, person)
    first = pins.first(summaries, pins.pinned(record, person))
    results = _latest(record, person, [summary for summary in summaries if summary not in first])
    papers = Query(kinds=("DocumentReference",), person=person, include_struck=False, limit=MOST_DOCUMENTS)
    documents = reading.find(record, papers)
    return Glance(
        problems=tuple(Line(problem.entry, _problem_words(problem.state)) for problem in open_problems[:MOST_LINES]),
        problems_of=len(open_problems),
        medicines=tuple(Line(course.last, _course_words(course.last, course.state)) for course in taken[:MOST_LINES]),
        medicines_of=len(taken),
        allergies=tuple(Line(allergy.entry, allergy.entry.text("reaction")) for allergy in listed[:MOST_LINES]),
        allergies_of=len(listed),
        pinned=tuple(_result_lines(record, person, first)),
        results=tuple(results),
        results_of=len(summaries),
        documents=tuple(Line(document) for document in documents),
        documents_of=reading.count(record, replace(papers, limit=None)),
        recent=since.recent(record, person, day, everything, courses, known, summaries),
        entries=sum(count for kind, count in reading.counts(record, person).items() if kind != "Patient"),
    )


def _all(record: Record, person: PersonId, kind: str) -> list[Entry]:
    return reading.find(record, Query(kinds=(kind,), person=person, order="happened"))


def _problem_words(state: ProblemState) -> str:
    return "" if state is ProblemState.CURRENT else _(problems.WORDS[state])


def _course_words(span: Entry, state: MedicineState) -> str:
    standing = "" if state is MedicineState.CURRENT else _(medicines.WORDS[state])
    return ", ".join(words for words in (printed.dose(span), standing) if words)


def _latest(record: Record, person: PersonId, summaries: Iterable[MeasureSummary]) -> list[Line]:
    """The latest result of each measure: what a laboratory flagged first, then the newest."""
    newest = sorted(summaries, key=lambda summary: summary.last or "", reverse=True)[:MOST_MEASURES]
    by_id = _latest_entries(record, newest)
    known = [summary for summary in newest if summary.latest in by_id]
    # Sorting is stable: within flagged and unflagged the newest stay first.
    known.sort(key=lambda summary: not measures.flag(by_id[summary.latest]))
    return _result_lines(record, person, known[:MOST_LINES])


def _result_lines(record: Record, person: PersonId, summaries: Sequence[MeasureSummary]) -> list[Line]:
    """A line for the latest result of each measure; of a panel's part under the part's own name."""
    lines: list[Line] = []
    for summary in summaries:
        results = measures.latest(record, person, summary.key, 2)
        if results:
            lines.append(Line(results[-1], _result_words(record, summary.key, results)))
    return lines


def _latest_entries(record: Record, summaries: Iterable[MeasureSummary]) -> dict[str, Entry]:
    entries = reading.many(record, [summary.latest for summary in summaries])
    return {str(entry.id): entry for entry in entries}


def _result_words(record: Record, key: MeasureKey, results: Sequence[Entry]) -> str:
    """The latest value with its flag, and the one before it with its day."""
    latest = results[-1]
    words = [measures.result_shown(record, key, latest), measures.flag(latest)]
    for before in results[:-1]:
        if before.happened is not None:
            earlier = _("before: {value} on {day}")
            value = measures.result_shown(record, key, before)
            words.append(earlier.format(value=value, day=before.happened.spoken()))
    return " · ".join(word for word in words if word)
