"""What it means over time: pure functions, no store, no clock. Opinion and services ask it.

A new rule is one `Rule` in `rules/` and its line in RULES; a new measure is an object in resources/measures.json, each
figure with its source.
"""

from organizer.health.course import measures
from organizer.health.course.check import check_plan
from organizer.health.course.model import Goal, Measure, Plan, PlanCheck, PlanEvent, Quoted, SideEffect

__all__ = [
    "Goal",
    "Measure",
    "Plan",
    "PlanCheck",
    "PlanEvent",
    "Quoted",
    "SideEffect",
    "check_plan",
    "measures",
]
