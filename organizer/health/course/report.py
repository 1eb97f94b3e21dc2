"""Is the plan working? Each treatment plan against its goals, from what the record holds of a person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain
from operator import attrgetter

from organizer.base.dates import PartialDate, parse_date
from organizer.base.i18n import _
from organizer.health import printed, problems
from organizer.health.chart import Level
from organizer.health.course import aims, events
from organizer.health.course import report_words as words
from organizer.health.course.check import check_plan
from organizer.health.course.events import Besides, besides
from organizer.health.course.goal_words import WordedTarget, worded_target
from organizer.health.course.level import level_of
from organizer.health.course.measures import in_context, measure_of
from organizer.health.course.model import (
    Plan,
    PlanCheck,
)
from organizer.health.course.outside import outside_usual
from organizer.health.course.proposals import ADULT
from organizer.health.result_words import results_in_words
from organizer.health.series import Point, Series, newer_than
from organizer.health.sides import side_of
from organizer.health.titles import plain_title
from organizer.health.vocabulary import is_about
from organizer.model.codes import MeasureKey
from organizer.model.entry import Entry, targets_of
from organizer.model.ids import EntryId
from organizer.model.links import Role
from organizer.model.statuses import Status

_DROPPED = (Status.REVOKED, Status.ENTERED_IN_ERROR, Status.DRAFT)
_OVER = (Status.COMPLETED, Status.CANCELLED, Status.REJECTED, Status.ENTERED_IN_ERROR)
_REVIEW_WINDOWS = 3  # without a review date: so many response windows after the start


@dataclass(frozen=True, slots=True)
class PlanReport:
    """A plan, one of its goals, and how the goal stands; `tone` is good, caution, info or neutral.

    A goal that no plan holds stands for itself: `plan` is then the goal's entry. `series` is the one that was
    judged, in the goal's unit, `level` what it suggests, in the same. `worded` is the number that a goal in words
    names: nothing is compared with it before somebody has accepted it.
    """

    plan: Entry
    goal: Entry | None
    medicine: str
    review_by: str
    check: PlanCheck
    verdict_words: str
    tone: str
    current: str
    series_key: MeasureKey | None
    series: Series
    level: tuple[Level, ...] = ()
    besides: tuple[Besides, ...] = ()
    worded: WordedTarget | None = None


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What the record holds of a person that bears on their plans, as of a day.

    `linked` are the entries that plans, goals and side effects refer to, by their ids; `effects` have a day; `measured`
    are the person's series, the most often measured first, `recent` the results of the last weeks.
    """

    day: date
    age: int | None
    plans: Sequence[Entry]
    goals: Sequence[Entry]
    medicines: Sequence[Entry]
    effects: Sequence[Entry]
    conditions: Sequence[Entry]
    reports: Sequence[Entry]
    measured: Sequence[aims.Named]
    linked: Mapping[EntryId, Entry]
    recent: Sequence[Entry] = ()
    keys: Mapping[str, MeasureKey] = field(init=False)
    """A measure’s name in small letters → the key of its series."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "keys", aims.keys_by_name(self.measured))

    def at(self, entry: Entry, *roles: Role) -> list[Entry]:
        """What an entry is linked to in these roles."""
        targets = chain.from_iterable(entry.targets(role) for role in roles)
        return [self.linked[target] for target in targets if target in self.linked]

    @property
    def open_goals(self) -> list[Entry]:
        """The goals that are neither reached for good nor given up."""
        return [goal for goal in self.goals if goal.status not in _OVER]

    def key_of(self, goal: Entry | None) -> MeasureKey | None:
        """The key of the series that a goal is about; None where it names none."""
        return aims.key_of(goal, self.keys) if goal else None


def plans_with_goals(facts: PlanFacts) -> list[tuple[Entry, Entry | None]]:
    """The plans under way, each with each of its goals, or with None: those that a plan names; for a plan that names
    none, those that no other plan holds and that are for what it treats."""
    plans = [plan for plan in facts.plans if plan.status not in _DROPPED]
    named = targets_of(plans, Role.GOAL)
    free = [goal for goal in facts.open_goals if goal.id not in named]
    pairs: list[tuple[Entry, Entry | None]] = []
    for plan in plans:
        goals = [goal for goal in facts.at(plan, Role.GOAL) if not goal.struck]
        treated = _names_of(facts.at(plan, Role.TREATS))
        goals = goals or [goal for goal in free if treated & _names_of(facts.at(goal, Role.FOR))]
        pairs += [(plan, goal) for goal in goals] or [(plan, None)]
    return pairs


def own_goals(facts: PlanFacts) -> list[Entry]:
    """The goals that no plan holds, such as one of a source, or what matters to the person on a scale of their own."""
    held = {goal.id for _plan, goal in plans_with_goals(facts) if goal is not None}
    return [goal for goal in facts.open_goals if goal.id not in held]


def _names_of(linked: Sequence[Entry]) -> set[str]:
    """What entries are called, by id and by title: two sources tell one illness under two ids."""
    return {entry.id for entry in linked} | {entry.title.casefold() for entry in linked if entry.title}


def named_alike(facts: PlanFacts, goal: Entry | None, series: Series) -> list[MeasureKey]:
    """The other series that a person would take for the goal’s."""
    return aims.of_same_name(goal, series, facts.measured) if goal is not None and series.key else []


def report_on(
    facts: PlanFacts, plan: Entry, goal: Entry | None, series: Series, elsewhere: Sequence[Entry]
) -> PlanReport:
    """A plan against one of its goals. A goal that no plan holds is its own `plan`.

    `series` are the results that the goal is about, in its unit; `elsewhere` the latest ones of `named_alike`.
    """
    day = facts.day
    key = facts.key_of(goal)
    included = facts.at(plan, Role.INCLUDES)
    effects = [effect for effect in facts.effects if included and _concerns(facts, effect, included)]
    treated = [*facts.at(plan, Role.TREATS), *(facts.at(goal, Role.FOR) if goal else ())]
    current = [condition for condition in facts.conditions if problems.is_open(condition, day)]
    measure = in_context(measure_of(series), [plan, *treated, *current], facts.medicines, day, facts.age)
    window = _window(facts, plan, goal, included, measure.response_window_days)
    aim = aims.target(goal, aims.baseline(series, window.start), measure.better)
    check = check_plan(
        window,
        aim,
        _of_its_side(series, goal),
        day,
        measure=measure,
        side_effects=[events.side_effect(effect) for effect in effects],
        diagnosis_revisions=events.revision_days(treated, facts.conditions),
        reports=events.quoted(facts.reports) if _is_cancer(plan, treated or current) else (),
        other_units=series.other_units,
        elsewhere=elsewhere,
        undated=series.undated,
        words=series.words,
        outside=outside_usual(facts.recent, day, measure.code, facts.age is not None and facts.age >= ADULT),
    )
    check = words.at_rest(check, plan, goal, included)
    if _began(plan, goal) is None:
        check = words.without_start(check, aim, _latest(series, day), series.unit)
    label, tone = words.words_of(check, window.dated and day >= window.review_by)

    # What the goal leaves open is asked, in place of what would follow from it.
    worded = None
    if goal is not None and aim is None:
        worded = worded_target(goal, facts.keys, series)
        label, check = words.IN_WORDS, words.in_words(check, goal, worded)
    elif goal is not None and key is None:
        check = words.of_what(check)
    elif aims.is_exact(goal):
        check = words.asking(check, goal)
    elif aim is not None and {aim.direction, measure.better} == {"down", "up"}:
        check = words.aimed_otherwise(check, measure.better)
        label, tone = words.WORDS[check.verdict]

    medicines = [entry for entry in included if entry.kind == "MedicationStatement"]
    return PlanReport(
        plan=plan,
        goal=goal,
        medicine=", ".join(dict.fromkeys(plain_title(entry) for entry in medicines)),
        review_by=window.review_by.isoformat() if window.dated else "",
        check=check,
        verdict_words=_(label),
        tone=tone,
        current=_current(series, day),
        series_key=key,
        series=series,
        level=level_of(series.points, day, measure),
        besides=besides(series, included, [*facts.conditions, *facts.effects], day),
        worded=worded,
    )


def _current(series: Series, day: date) -> str:
    """The newest result up to the day with its unit; "" where there is none."""
    newer = [*series.newer_in_other_units(day), *newer_than(series.points, results_in_words(series.words), day)]
    if newer:
        return max(newer, key=attrgetter("day_key")).spoken_value()
    latest = _latest(series, day)
    return printed.value_asked(latest, series.unit) if latest else ""


def _latest(series: Series, day: date) -> Point | None:
    return max((point for point in series.points if point.when <= day), key=lambda point: point.when, default=None)


def _began(plan: Entry, goal: Entry | None) -> PartialDate | None:
    """When a plan began, or its goal was set; None where no source says either."""
    return plan.happened or (goal.happened if goal else None)


def _window(facts: PlanFacts, plan: Entry, goal: Entry | None, included: Sequence[Entry], window: int) -> Plan:
    start = _began(plan, goal) or parse_date(facts.day.isoformat())
    assert start is not None
    due = parse_date((goal.text("due") if goal else "") or plan.text("review_by"))
    dated = due is not None and due.last_day > start.first_day
    review = due.last_day if due and dated else start.first_day + timedelta(days=_REVIEW_WINDOWS * window)
    judge_from = plan.date("judge_from")
    return Plan(
        start.first_day,
        review,
        judge_from.first_day if judge_from else None,
        events.events(included, facts.medicines, facts.day),
        " ".join([plan.title, *dict.fromkeys(entry.title for entry in included)]),
        events.treatment_of(included or [plan]),
        dated,
    )


def _of_its_side(series: Series, goal: Entry | None) -> list[Point]:
    """The results of the side that a goal names; all where it names none."""
    side = side_of(f"{goal.title} {goal.text('measure')}") if goal else ""
    return [point for point in series.points if not side or point.side in ("", side)]


def _is_cancer(plan: Entry, treated: Iterable[Entry]) -> bool:
    """Whether the plan or what it treats is a growth: its reports are then quoted beside the numbers."""
    return any(is_about(entry, "cancer", "tumour") for entry in (plan, *treated))


def _concerns(facts: PlanFacts, effect: Entry, included: Sequence[Entry]) -> bool:
    """A side effect speaks about the plans of the medicine that it is put down to; of all where nobody said."""
    named = [suspect.title for suspect in facts.at(effect, Role.SUSPECTS)]
    cause = " ".join([*named, effect.text("suspected_cause")]).casefold()
    if not cause.strip():
        return True
    titles = [entry.title.casefold() for entry in included if entry.title]
    return any(title.split()[0] in cause for title in titles)
