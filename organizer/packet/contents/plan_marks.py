"""What the chart of a plan's measure shows of the plan: the goal's day, and the side effects on theirs."""

from datetime import date

from organizer.base.i18n import within_sentence
from organizer.health.chart import Mark
from organizer.health.series import same_measure
from organizer.health.titles import plain_title
from organizer.model.ids import EntryId
from organizer.packet.contents.measured import Measured
from organizer.packet.contents.section import Context

REACHED = ("met", "on-track")
"""Verdicts of a plan that goes well: its chart needs neither the goal's day nor the side effects."""


def plan_marks(context: Context, result: Measured) -> tuple[list[Mark], date | None]:
    """What a chart shows of a plan whose goal isn't reached: the side effects on their days, and the goal's day.

    Nothing where no such plan is measured by it.
    """
    plans = [
        plan for plan in context.packet.plans if plan.series_key and same_measure(result.series.key, plan.series_key)
    ]
    plan = next((plan for plan in plans if plan.verdict not in (*REACHED, "no-goal")), None)
    if plan is None:
        return [], None

    goal = context.find(EntryId(plan.goal_entry_id))
    due = goal.date("due") if goal is not None else None
    effects = context.usable(context.of_kind("AdverseEvent"))
    marks = [
        Mark(entry.happened.first_day, f"{within_sentence(plain_title(entry))} {entry.happened.spoken_without_year()}")
        for entry in effects
        if entry.happened is not None and entry.happened.precision != "year"
    ]
    return marks, due.first_day if due else None
