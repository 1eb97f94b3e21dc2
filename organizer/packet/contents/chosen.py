"""Which entries a page shows first: mechanical order by links, status and date; no judgement of the illness."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from organizer.base.dates import PartialDate, parse_date
from organizer.base.i18n import _
from organizer.health import printed
from organizer.health.printed import dose
from organizer.model.entry import Entry
from organizer.model.kinds import find_kind, names
from organizer.packet.contents.section import Context
from organizer.packet.page.typesetting import cut

_CURRENT = frozenset({"active", "recurrence", "relapse"})
_QUANTITY = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\W\d_]*%?)")
_NOT_TAKEN = frozenset({"not-taken", "intended", "draft"})


def newest_key(entry: Entry) -> str:
    """Sorts by day when reversed; undated entries come last."""
    return entry.happened.sort_key if entry.happened else ""


def case_conditions(context: Context) -> set[str]:
    """Ids of the diagnoses that the case is about, and of all earlier views that these revise."""
    found = set(context.packet.case.targets("about")) if context.packet.case else set()
    conditions = context.of_kind("Condition")
    for _round in conditions:
        earlier = {target for entry in conditions if entry.id in found for target in entry.targets("revises")}
        if earlier <= found:
            break
        found |= earlier
    return found


def is_current(entry: Entry) -> bool:
    """True for a diagnosis that the source calls active, or doesn't call anything and gives no end."""
    return entry.status in _CURRENT or (not entry.status and entry.ended is None)


def problems(context: Context) -> list[Entry]:
    """Diagnoses and complaints that no newer one revises: the case's first, then current, then by day, newest first.

    A title that comes again and again counts once, with its latest entry. What a source itself marks as a finding
    or a situation (SNOMED CT's words in brackets) stands behind its disorders.
    """
    entries = context.of_kind("Condition")
    revised = {target for entry in entries for target in entry.targets("revises")}
    about = set(context.packet.case.targets("about")) if context.packet.case else set()
    latest = {entry.title.casefold(): entry for entry in entries if entry.id not in revised}
    living = sorted(latest.values(), key=newest_key, reverse=True)
    return context.usable(
        sorted(living, key=lambda entry: (entry.id not in about, not is_current(entry), _aside(entry)))
    )


def _aside(entry: Entry) -> bool:
    return entry.title.endswith(("(finding)", "(situation)"))


def title_of(entry: Entry) -> str:
    """The title without the class that SNOMED CT writes behind it."""
    return re.sub(r" \((?:disorder|finding|situation|procedure|regime/therapy)\)$", "", entry.title)


@dataclass(frozen=True, slots=True)
class Told:
    """Something that was said of the illness, word for word, by whom and when."""

    quote: str
    who: str
    when: PartialDate | None
    entry: Entry


def told(context: Context) -> list[Told]:
    """Diagnoses, reports' conclusions and decisions in the sources' words: the case's own first, then newest."""
    linked = case_conditions(context)
    rests = {t for i in linked if (entry := context.find(i)) for t in entry.targets("rests-on")}
    found: list[tuple[bool, str, Told]] = []
    for entry in context.of_kind(*names(lambda kind: kind.quote)):
        said = _said(entry)
        if said is not None:
            near = entry.id in linked or entry.id in rests or bool(linked.intersection(entry.targets("about")))
            found.append((near, said.when.sort_key if said.when else "", said))
    found.sort(key=lambda one: (one[0], one[1]), reverse=True)
    usable = {entry.id for entry in context.usable(said.entry for _near, _key, said in found)}
    seen: dict[str, Told] = {}
    for _near, _key, said in found:
        if said.entry.id in usable:
            seen.setdefault(said.quote.casefold().rstrip("."), said)
    return list(seen.values())


def _said(entry: Entry) -> Told | None:
    quote = find_kind(entry.kind).quote
    if quote is None or entry.text("category") == "laboratory":
        return None

    recorded = parse_date(entry.text(quote.day)) if quote.day else None
    return _told(entry, entry.text(quote.words), quote.by, recorded or entry.happened)


def _told(entry: Entry, quote: str, who: Sequence[str], when: PartialDate | None) -> Told | None:
    if not quote.strip():
        return None
    names = dict.fromkeys(entry.text(name) for name in who if entry.text(name))
    return Told(quote.strip(), ", ".join(names), when, entry)


@dataclass(frozen=True, slots=True)
class Course:
    """One medicine over all its spans, oldest first."""

    name: str
    spans: tuple[Entry, ...]

    @property
    def last(self) -> Entry:
        """The latest span."""
        return self.spans[-1]

    @property
    def current(self) -> bool:
        """True when the latest span is taken, paused or has no end."""
        return self.last.status in ("active", "on-hold") or (
            self.last.status in ("", "unknown") and not self.last.ended
        )

    @property
    def treated(self) -> set[str]:
        """Ids of the diagnoses that any of its spans treats."""
        return {target for span in self.spans for target in span.targets("treats")}

    @property
    def since(self) -> PartialDate | None:
        """The day of the first span."""
        return self.spans[0].happened

    @property
    def until(self) -> PartialDate | None:
        """The end of the latest span."""
        return None if self.current else self.last.ended

    def steps(self) -> str:
        """The dose, or how it went: `30 → 7.5 mg once a day`; both units where they differ."""
        first, last = dose(self.spans[0]), dose(self.last)
        start = _QUANTITY.match(first)
        if len(self.spans) < 2 or first == last or start is None:
            return last
        end = _QUANTITY.match(last)
        same = end is not None and end[2] == start[2]
        return f"{start[1] if same else start[0].strip()} → {last}"

    def dates(self, year: str = "") -> str:
        """`2 Apr 2026 – now`, `Feb 2026 – May 2026`, `until 2019`; what isn't recorded stays unsaid.

        Days of `year`, which is then said elsewhere, come without it.
        """
        since = spoken_in(self.since, year) if self.since else ""
        if self.current or self.until is None or self.since is None:
            return self._open_dates(since, year)
        until = spoken_in(self.until, year)
        short = spoken_in(self.since, self.until.text[:4])
        return until if since == until else f"{short} – {until}"

    def _open_dates(self, since: str, year: str) -> str:
        """The same where one end isn't known or hasn't come."""
        if self.current:
            return _("{since} – now").format(since=since) if since else _("now, start not recorded")
        until = spoken_in(self.until, year) if self.until else ""
        if since:
            return _("{since}, end not recorded").format(since=since)
        return _("until {until}").format(until=until) if until else _("dates not recorded")


def spoken_in(when: PartialDate, year: str) -> str:
    """A date for people; without its year where that is `year` and a month or day remains."""
    return when.spoken_without_year() if when.text[:4] == year else when.spoken()


def courses(context: Context) -> list[Course]:
    """All medicines that were taken, one course a name: taken now first, the case's own before others, then newest."""
    spans = [entry for entry in context.of_kind("MedicationStatement") if entry.status not in _NOT_TAKEN]
    grouped: dict[str, list[Entry]] = {}
    for entry in context.usable(spans):
        grouped.setdefault(entry.title.casefold(), []).append(entry)
    all_courses = [Course(group[0].title, tuple(sorted(group, key=_course_key))) for group in grouped.values()]
    near = case_conditions(context)
    all_courses.sort(key=lambda course: newest_key(course.last), reverse=True)
    return sorted(all_courses, key=lambda course: (not course.current, not near.intersection(course.treated)))


def _course_key(entry: Entry) -> tuple[bool, str]:
    return entry.status in ("active", "on-hold"), newest_key(entry)


def treatments(context: Context) -> list[Course]:
    """What was tried for the case: linked to it first, then what was stopped for a reason; else all, newest first."""
    linked = case_conditions(context)
    planned = {
        target
        for plan in context.of_kind("CarePlan")
        if linked.intersection(plan.targets("treats"))
        for target in plan.targets("includes")
    }
    near, stopped, others = [], [], []
    for course in courses(context):
        ids = {span.id for span in course.spans}
        if course.treated & linked or ids & planned:
            near.append(course)
        elif any(span.text("stop_reason") or span.text("effect") for span in course.spans):
            stopped.append(course)
        else:
            others.append(course)
    return near + stopped if near else stopped + others


@dataclass(frozen=True, slots=True)
class Event:
    """A dated line of the timeline; `weight` decides what stays where room is short."""

    when: PartialDate
    text: str
    who: str
    entries: tuple[Entry, ...]
    weight: int
    brief: str = ""
    """The same in fewer words, where a value with its unit must survive a narrow line."""


def events(context: Context) -> list[Event]:
    """Everything dated that tells the course of things up to the packet's day, oldest first."""
    last = context.packet.as_of.isoformat()
    found = [*_findings(context), *_medicine_events(context), *_goal_events(context), *_result_events(context)]
    past = [event for event in found if event.when.text[:10] <= last and context.usable(event.entries)]
    unique: dict[tuple[str, str], Event] = {}
    for event in sorted(past, key=lambda event: -event.weight):
        unique.setdefault((event.when.text[:10], event.text.casefold()), event)
    return sorted(unique.values(), key=lambda event: (event.when.sort_key, event.text))


def _findings(context: Context) -> Iterable[Event]:
    linked = case_conditions(context)
    for entry in context.of_kind(*names(lambda kind: kind.weight)):
        weight = _weight(entry, linked)
        if weight and entry.happened is not None:
            yield Event(entry.happened, _event_text(entry), _who(entry), (entry,), weight)


def _weight(entry: Entry, linked: set[str]) -> int:
    """How much an entry tells of the course of things: its kind's weight, more where it is about the case."""
    usual = find_kind(entry.kind).weight
    if entry.kind == "Observation":
        return usual if entry.text("category") == "symptom" and entry.value is None else 0
    if entry.kind == "DiagnosticReport":
        return usual if entry.text("category") in ("imaging", "pathology", "genetics") else 0
    if entry.kind == "Condition":
        if entry.id in linked:
            return 9
        return usual if is_current(entry) and not _aside(entry) else usual - 1

    # What is only planned has not told anything yet.
    if entry.status in ("planned", "preparation"):
        return 0
    return 8 if linked.intersection(entry.targets("treats")) else usual


def _event_text(entry: Entry) -> str:
    if entry.kind == "Condition" and entry.text("quote"):
        return _("Told “{diagnosis}”").format(diagnosis=title_of(entry))
    return title_of(entry)


def _who(entry: Entry) -> str:
    names = (entry.text(name) for name in ("made_by", "provider", "performer", "place"))
    return ", ".join(dict.fromkeys(name for name in names if name))


def _medicine_events(context: Context) -> Iterable[Event]:
    near = {course.name for course in treatments(context)[:6]}
    for course in courses(context):
        weight = 6 if course.name in near else 2
        first, last = course.spans[0], course.last
        if first.happened is not None:
            text = _("Started {medicine}").format(medicine=course.name)
            yield Event(first.happened, text, first.text("prescriber"), (first,), weight)
        if last.ended is not None and last.status == "stopped":
            text = _("Stopped {medicine}").format(medicine=course.name)
            yield Event(last.ended, text, last.text("prescriber"), (last,), weight - 1)


def _goal_events(context: Context) -> Iterable[Event]:
    for entry in context.of_kind("Goal"):
        due = parse_date(entry.text("due"))
        if due is not None:
            yield Event(due, _("Goal date: {goal}").format(goal=entry.title), "", (entry,), 5)


def _result_events(context: Context) -> Iterable[Event]:
    lead = context.profile.results
    telling = [one for one in context.packet.series if one.goal.text or lead.search(one.title)]
    for number, series in enumerate(telling[:3]):
        for point in (series.points[:1] + series.points[-1:]) if number == 0 else series.points[-1:]:
            entry = context.find(point.entry_id)
            if entry is not None and entry.happened is not None:
                value = printed.short(point, series.unit)
                text, short = f"{series.title} {value}", f"{cut(series.title, 16)} {value}"
                yield Event(entry.happened, text, point.performer, (entry,), 6 - number, short)


def weightiest(found: Sequence[Event], count: int) -> list[Event]:
    """The `count` events of most weight, newer ones first among equals, in the order of time."""
    ranked = sorted(found, key=lambda event: (event.weight, event.when.sort_key), reverse=True)[:count]
    return [event for event in found if event in ranked]


def ordered_questions(context: Context) -> list[Entry]:
    """The questions: starred ones first, each group in the person's order."""
    kept = [entry for entry in context.packet.questions if not entry.struck]
    return sorted(
        kept, key=lambda e: (not e.data.get("starred"), e.data.get("order") is None, e.data.get("order") or 0)
    )


@dataclass(frozen=True, slots=True)
class Open:
    """Something pending or missing and how it stands."""

    what: str
    words: str
    when: PartialDate | None
    entry: Entry

    def state(self, year: str = "") -> str:
        """`asked 16 Nov 2026`; without the year where it is `year`."""
        return self.words.format(day=spoken_in(self.when, year) if self.when else _("undated"))


def open_items(context: Context) -> list[Open]:
    """What was asked for and hasn't come, ordered and not answered, or named missing by the person."""
    found = []
    for entry in context.of_kind("Task"):
        if entry.data.get("missing_record") and entry.status not in ("completed", "cancelled"):
            asked = parse_date(entry.text("asked_on"))
            found.append(Open(entry.title, _("asked {day}") if asked else _("not asked yet"), asked, entry))
    for entry in context.of_kind("ServiceRequest"):
        if entry.status in ("active", "on-hold", "draft") and not entry.targets("answered-by"):
            words = _("suggested {day}") if entry.status == "draft" else _("ordered {day}, no result here")
            found.append(Open(entry.title, words, entry.happened, entry))
    case = context.packet.case
    lines = case.data.get("missing") if case else None
    if case is not None and isinstance(lines, list):
        found += [Open(str(line), "", None, case) for line in lines]
    usable = {id(entry) for entry in context.usable(one.entry for one in found)}
    return [one for one in found if id(one.entry) in usable]
