"""What it means over time: pure functions, no store, no clock. Opinion and services knock.

A new rule is one `Rule` in `rules/` and its line in RULES; a new measure is an object in resources/measures.json, each
figure with its source.
"""

from organizer.tracking import measures
from organizer.tracking.check import check_plan
from organizer.tracking.model import Goal, Measure, Plan, PlanCheck, PlanEvent, Point, Quoted, SideEffect

__all__ = [
    "Goal",
    "Measure",
    "Plan",
    "PlanCheck",
    "PlanEvent",
    "Point",
    "Quoted",
    "SideEffect",
    "check_plan",
    "measures",
]
