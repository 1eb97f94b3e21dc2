"""Which entries a page shows first: mechanical order by links, status and date; no judgement of the illness."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from organizer.base.dates import PartialDate
from organizer.base.i18n import _
from organizer.health import medicines as health_medicines
from organizer.health import problem_order
from organizer.health import problems as health
from organizer.health.problem_order import is_aside, is_circumstance
from organizer.health.problems import Problem
from organizer.health.titles import plain_title
from organizer.model.entry import Entry, targets_of
from organizer.model.ids import EntryId
from organizer.model.kinds import find_kind, names
from organizer.model.links import Role
from organizer.model.statuses import Status
from organizer.packet.contents.section import Context, asked_once

__all__ = ["is_aside", "is_circumstance"]


@asked_once
def case_conditions(context: Context) -> frozenset[EntryId]:
    """Ids of the diagnoses that the case is about, and of all earlier views that these revise."""
    entry_ids = set(context.packet.case.about) if context.packet.case else set()
    conditions = context.of_kind("Condition")
    for _round in conditions:
        earlier = targets_of((entry for entry in conditions if entry.id in entry_ids), Role.REVISES)
        if earlier <= entry_ids:
            break
        entry_ids |= earlier
    return frozenset(entry_ids)


@asked_once
def problems(context: Context) -> Sequence[Problem]:
    """Diagnoses and complaints, one for each meaning, the weightiest for the case first."""
    packet = context.packet
    grouped = health.problems(context.usable(context.of_kind("Condition")), packet.as_of)
    medicines = health_medicines.courses(context.of_kind("MedicationStatement"), packet.as_of)
    words = [question.title for question in packet.questions if not question.struck]
    words += [packet.case.title, packet.case.why] if packet.case else []
    about = packet.case.about if packet.case else ()
    return problem_order.by_weight(grouped, problem_order.reasons(about, medicines, words))


@dataclass(frozen=True, slots=True)
class Quotation:
    """Something that was said of the illness, word for word, by whom and when."""

    quote: str
    who: str
    when: PartialDate | None
    entry: Entry


def quotations(context: Context) -> list[Quotation]:
    """Diagnoses, reports' conclusions and decisions in the sources' words: the case's own first, then newest."""
    linked = case_conditions(context)
    illnesses = filter(None, (context.find(EntryId(illness)) for illness in linked))
    rests = set(chain.from_iterable(illness.targets(Role.RESTS_ON) for illness in illnesses))
    statements: list[tuple[bool, str, Quotation]] = []
    for entry in context.of_kind(*names(lambda kind: kind.quote)):
        statement = _quotation(entry)
        if statement is not None:
            near = entry.id in linked or entry.id in rests or bool(linked.intersection(entry.targets(Role.ABOUT)))
            statements.append((near, statement.when.sort_key if statement.when else "", statement))
    statements.sort(key=lambda row: (row[0], row[1]), reverse=True)
    usable = {entry.id for entry in context.usable(statement.entry for _near, _key, statement in statements)}
    seen: dict[str, Quotation] = {}
    for _near, _key, statement in statements:
        if statement.entry.id in usable:
            seen.setdefault(statement.quote.casefold().rstrip("."), statement)
    return list(seen.values())


def _quotation(entry: Entry) -> Quotation | None:
    kind = find_kind(entry.kind)
    if kind.quote is None or entry.text("category") == "laboratory":
        return None

    words = entry.text(kind.quote.words).strip()
    recorded = entry.date(kind.quote.day) if kind.quote.day else None
    # Of a report that names nobody its title says whence the words are.
    who = kind.author_and_place(entry) or (plain_title(entry) if entry.kind == "DiagnosticReport" else "")
    return Quotation(words, who, recorded or entry.happened, entry) if words else None


def spoken_in(when: PartialDate, year: str) -> str:
    """A date for people; without its year where that is `year` and a month or day remains."""
    return when.spoken_without_year() if when.text[:4] == year else when.spoken()


def ordered_questions(context: Context) -> list[Entry]:
    """The questions: starred ones first, each group in the person's order."""
    entries = [entry for entry in context.packet.questions if not entry.struck]
    return sorted(
        entries, key=lambda e: (not e.data.get("starred"), e.data.get("order") is None, e.data.get("order") or 0)
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


def _is_missing(task: Entry) -> bool:
    return bool(task.data.get("missing_record")) and task.status not in (Status.COMPLETED, Status.CANCELLED)


def _asked_for(task: Entry) -> Open:
    asked = task.date("asked_on")
    return Open(task.title, _("asked {day}") if asked else _("not asked yet"), asked, task)


def _is_unanswered(order: Entry) -> bool:
    waits = order.status in (Status.ACTIVE, Status.ON_HOLD, Status.DRAFT)
    return waits and not order.targets(Role.ANSWERED_BY)


def _ordered(order: Entry) -> Open:
    words = _("suggested {day}") if order.status == Status.DRAFT else _("ordered {day}, no result here")
    return Open(plain_title(order), words, order.happened, order)


def open_items(context: Context) -> list[Open]:
    """What was asked for and hasn't come, ordered and not answered, or named missing by the person."""
    items = [_asked_for(task) for task in context.of_kind("Task") if _is_missing(task)]
    items += [_ordered(order) for order in context.of_kind("ServiceRequest") if _is_unanswered(order)]
    case = context.packet.case
    if case is not None:
        items += [Open(line, "", None, case.entry) for line in case.missing]
    usable = {id(entry) for entry in context.usable(item.entry for item in items)}
    return [item for item in items if id(item.entry) in usable]
