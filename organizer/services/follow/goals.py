"""Goals made easy: what a diagnosis or a medicine calls for, with its source; and scales of one's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from organizer.base.figures import plain
from organizer.base.i18n import _
from organizer.base.identifiers import new_id
from organizer.health.course import proposals
from organizer.health.course.sentences import BASELINE_FIGURES
from organizer.model.codes import MeasureKey
from organizer.model.entry import Changes, Entry, Link
from organizer.model.links import Role
from organizer.services.entries import entries
from organizer.services.follow import measures as measuring
from organizer.services.follow import plan_inputs
from organizer.services.record import records
from organizer.services.record.records import Record
from organizer.store import change_log
from organizer.store import entries as reading
from organizer.store.change_log import Add, Edit, Replace
from organizer.store.entries import Query

_NOT_TAKEN = ("stopped", "completed", "entered-in-error", "not-taken")
_PAST = ("resolved", "inactive", "remission", "entered-in-error")
MOST = 4


@dataclass(frozen=True, slots=True)
class ProposedGoal:
    """A goal to begin with: `fields` fill the form of a Goal; `because` is the diagnosis or medicine; `source` where
    the target was published."""

    title: str
    because: Entry
    source: str
    fields: Mapping[str, str]


def propose(record: Record, person: str, as_of: date | None = None) -> list[ProposedGoal]:
    """What the current diagnoses and medicines call for and no goal is set for yet, at most four."""
    day = as_of or records.as_of(record)
    conditions = [one for one in _kind(record, person, "Condition") if one.status not in _PAST]
    medicines = [one for one in _kind(record, person, "MedicationStatement") if one.status not in _NOT_TAKEN]
    keys = plan_inputs.keys_by_name(measuring.measures(record, person))
    aims = _kind(record, person, "Goal")
    aimed = {one.text("measure").casefold() for one in aims}
    aimed |= {key.casefold() for one in aims if (key := plan_inputs.key_of(one, keys))}
    found = []
    for proposal in proposals.every():
        because = _because(proposal, conditions, medicines)
        key = plan_inputs.key_named(proposal.measure, keys)
        if because is None or key is None or not aimed.isdisjoint({proposal.measure.casefold(), key.casefold()}):
            continue
        aimed |= {proposal.measure.casefold(), key.casefold()}
        fields = _fields(record, person, proposal, key, day)
        found.append(ProposedGoal(proposal.title, because, proposal.source, fields))
    return found[:MOST]


def accept(record: Record, person: str, goal: ProposedGoal) -> Changes:
    """Write a proposed goal as it is, tied to its diagnosis and to a running plan for it (one undoable step)."""
    links = [Link(Role.FOR, goal.because.id)] if goal.because.kind == "Condition" else []
    made = entries.draft("Goal", person, goal.fields, links).having(id=new_id())
    held = next((one for one in _kind(record, person, "CarePlan") if _is_for(one, goal.because)), None)
    edits: list[Edit] = [Add(made)]
    if held is not None:
        edits.append(Replace(held.having(links=(*held.links, Link(Role.GOAL, made.id)))))
    return change_log.apply(record, _("Set the goal “{title}”").format(title=made.title), edits)


def own_scale(what: str, at_most: int, day: date, weeks: int = 12) -> dict[str, str]:
    """The fields of a goal that matters to the person, on a scale of 0 to 10 of their own."""
    return {
        "title": what,
        "measure": what,
        "target_high": str(at_most),
        "unit": "{score}",
        "happened": day.isoformat(),
        "due": (day + timedelta(weeks=weeks)).isoformat(),
        "status": "active",
    }


def _is_for(plan: Entry, because: Entry) -> bool:
    tied = {*plan.targets(Role.TREATS), *plan.targets(Role.INCLUDES)}
    return plan.status in ("active", "") and because.id in tied


def _kind(record: Record, person: str, kind: str) -> list[Entry]:
    return reading.find(record, Query(kinds=(kind,), person=person, include_struck=False))


def _because(proposal: proposals.Proposal, conditions: Sequence[Entry], medicines: Sequence[Entry]) -> Entry | None:
    for one in conditions:
        if proposal.fits(one.title, [coding.identity.icd10 for coding in one.codes], medicine=False):
            return one
    return next((one for one in medicines if proposal.fits(one.title, (), medicine=True)), None)


def _fields(record: Record, person: str, proposal: proposals.Proposal, key: MeasureKey, day: date) -> dict[str, str]:
    fields = {
        "title": proposal.title,
        "measure": proposal.measure,
        "unit": proposal.unit,
        "happened": day.isoformat(),
        "due": (day + timedelta(weeks=proposal.weeks)).isoformat(),
        "status": "active",
        "note": proposal.source,
    }
    numbers = {"target_low": proposal.low, "target_high": proposal.high, "target_change": proposal.change}
    fields |= {name: plain(value) for name, value in numbers.items() if value is not None}
    baseline = plan_inputs.baseline(measuring.series(record, person, key, proposal.unit), day)
    return fields | ({"baseline": plain(baseline, BASELINE_FIGURES)} if baseline is not None else {})
