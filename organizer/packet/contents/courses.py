"""Medicines as a packet prints them: their courses in order, their doses and dates in words, how each stands."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from organizer.base.dates import PartialDate
from organizer.base.i18n import _, in_quotes
from organizer.health import medicines
from organizer.health.medicines import Course, MedicineState, source_words
from organizer.health.printed import dose
from organizer.model.entry import Entry
from organizer.model.kinds import names
from organizer.model.links import Role
from organizer.packet.contents.chosen import case_conditions, spoken_in
from organizer.packet.contents.section import Context, asked_once

TREATING = names(lambda kind: any(role is Role.TREATS for role, _kinds in kind.links))
"""Kinds of which an entry may treat something: what was tried may be any of them."""
_QUANTITY = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\W\d_]*%?)")
_ORDER = (
    MedicineState.CURRENT,
    MedicineState.PAUSED,
    MedicineState.NOT_SAID,
    MedicineState.PLANNED,
    MedicineState.ENDED,
    MedicineState.NEVER_TAKEN,
)


@asked_once
def courses(context: Context) -> Sequence[Course]:
    """All medicines that may be printed: by how they stand, the case's own before others, then newest."""
    entries = [*context.of_kind("MedicationStatement"), *context.not_done("MedicationStatement")]
    spans = _until_death(context, context.usable(entry for entry in entries if medicines.is_medicine(entry)))
    listed = medicines.courses(spans, context.packet.as_of)
    near = case_conditions(context)
    listed.sort(key=lambda course: course.last.day_key, reverse=True)
    return sorted(listed, key=lambda course: (_ORDER.index(course.state), not near.intersection(course.treated)))


def _until_death(context: Context, spans: Sequence[Entry]) -> list[Entry]:
    """Medicines that were taken to the end ended with the person: who has died takes nothing now."""
    person, as_of = context.packet.person, context.packet.as_of
    if not person.text("deceased"):
        return list(spans)
    end = person.date("deceased")
    running = {span.id for span in spans if medicines.state_of(span, as_of) is not MedicineState.ENDED}
    return [span.having(ended=span.ended or end, status="completed") if span.id in running else span for span in spans]


@asked_once
def treatments(context: Context) -> Sequence[Course]:
    """What was tried for the case: linked to it first, then what was stopped for a reason; else all, newest first.

    What is only planned, or was never taken, wasn't tried.
    """
    linked = case_conditions(context)
    plans = [plan for plan in context.of_kind("CarePlan") if linked.intersection(plan.targets(Role.TREATS))]
    planned = set(chain.from_iterable(plan.targets(Role.INCLUDES) for plan in plans))
    near, stopped, others = [], [], []
    for course in courses(context):
        ids = {span.id for span in course.spans}
        if course.state in (MedicineState.PLANNED, MedicineState.NEVER_TAKEN):
            continue
        if course.treated & linked or ids & planned:
            near.append(course)
        elif any(span.text("stop_reason") or span.text("effect") for span in course.spans):
            stopped.append(course)
        else:
            others.append(course)
    return near + stopped if near else stopped + others


def first_of_each_source(entries: Iterable[Entry], most: int = 2) -> list[Entry]:
    """The first entry of each document behind a group, at most so many: each source that says it is cited."""
    by_document: dict[str, Entry] = {}
    for entry in entries:
        document = entry.sources[0].document if entry.sources else ""
        by_document.setdefault(document, entry)
    return list(by_document.values())[:most]


def cited(course: Course) -> list[Entry]:
    """The spans that a course's line stands on: those that stand side by side, else the first and the leading one."""
    if course.opposed:
        return list(course.opposed)
    if len(course.strengths) > 1:
        return list(course.strengths)
    return [course.last] if course.spans[0] is course.last else [course.spans[0], course.last]


def steps(course: Course) -> str:
    """The dose, or how it went: `30 → 7.5 mg once a day`; strengths that stand side by side are all named."""
    if len(course.strengths) > 1:
        return "; ".join(dict.fromkeys(words for words in map(dose, course.strengths) if words))
    first, last = dose(course.spans[0]), dose(course.last)
    start, end = _QUANTITY.match(first), _QUANTITY.match(last)
    over = course.spans[0].ended is not None or course.spans[0] not in course.standing
    if start is None or end is None or start.groups() == end.groups() or not over:
        return last
    return f"{start[1] if end[2] == start[2] else start[0].strip()} → {last}"


def dates(course: Course, year: str = "") -> str:
    """`2 Apr 2026 – now`, `Feb 2026 – May 2026`, `until 2019`; what isn't recorded stays unsaid.

    Days of `year`, which is then said elsewhere, come without it.
    """
    since, until = course.since, course.until
    if since is not None and until is not None:
        return _span(since, until, year)
    if course.state is MedicineState.CURRENT:
        return _("{since} – now").format(since=spoken_in(since, year)) if since else _("now, start not recorded")
    if since is None:
        return _("until {until}").format(until=spoken_in(until, year)) if until else _("dates not recorded")
    day = spoken_in(since, year)
    if course.state in (MedicineState.PLANNED, MedicineState.NOT_SAID):
        return _("from {since}").format(since=day)
    if course.state in (MedicineState.PAUSED, MedicineState.NEVER_TAKEN):
        return day
    return _("{since}, end not recorded").format(since=day)


def _span(since: PartialDate, until: PartialDate, year: str) -> str:
    end = spoken_in(until, year)
    if spoken_in(since, year) == end:
        return end
    return f"{spoken_in(since, until.text[:4])} – {end}"


def standing_words(course: Course) -> str:
    """How a medicine stands that isn't simply taken or over, with the words of the source; "" else."""
    if course.opposed:
        return _opposed_words(course.opposed)
    words = source_words(course.last)
    if course.state is MedicineState.PAUSED:
        return _("Paused.")
    if course.state is MedicineState.NOT_SAID and words:
        return _("Not said whether still taken; the source says “{words}”.").format(words=words)
    if course.state is MedicineState.NOT_SAID:
        return _("Not said whether still taken.")
    if course.state is MedicineState.PLANNED and words:
        return _("Planned; the source says “{words}”.").format(words=words)
    if course.state is MedicineState.NEVER_TAKEN and words:
        return _("Not taken; the source says “{words}”.").format(words=words)
    return ""


def _opposed_words(opposed: Sequence[Entry]) -> str:
    """Two sources that can't both be right: one lets it go on, the other tells an end."""
    going, ended = opposed
    since = going.happened.spoken() if going.happened else _("an unknown day")
    if ended.ended is None:
        return _("One source says taken since {since}, another says stopped.").format(since=since)
    words = _("One source says taken since {since}, another says stopped on {until}.")
    return words.format(since=since, until=ended.ended.spoken())


def purpose(course: Course) -> str:
    """What it was taken for, as the spans say that its line cites, the latest first; "" where none does."""
    given = dict.fromkeys(span.text("reason") for span in reversed(cited(course)))
    return "; ".join(reason for reason in given if reason)


def purpose_words(course: Course) -> str:
    """`For “numbness”.`; "" where no source says what for."""
    reason = purpose(course)
    return _("For {reason}.").format(reason=in_quotes(reason)) if reason else ""


def why_ended(course: Course) -> str:
    """Why it was stopped, else the note of the span that ended, called a note: it may be the reason, or something else.

    "" where neither is recorded.
    """
    reason, note = course.last.text("stop_reason"), course.last.text("note")
    if reason:
        return in_quotes(reason) if not course.last.reported_by_patient else reason
    return _("Note: “{words}”").format(words=note) if note else ""
