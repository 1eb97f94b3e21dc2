"""Bringing records in: first a plan to look at, then one operation that can be undone."""

from collections.abc import Sequence
from pathlib import Path

from organizer.base.progress import Progress
from organizer.importing import run
from organizer.importing.plan import FilePlan, ImportPlan, PlannedItem, Verdict
from organizer.records.entry import Changes
from organizer.services.records import Record

__all__ = ["FilePlan", "ImportPlan", "PlannedItem", "Verdict"]


def plan_import(record: Record, paths: Sequence[Path], person: str, progress: Progress) -> ImportPlan:
    """What files, folders and zips would bring; nothing is written. `person` may be "" (the files say)."""
    return run.make_plan(record, paths, person, progress)


def accept_import(
    record: Record, plan: ImportPlan, progress: Progress, leave_out: frozenset[str] = frozenset()
) -> Changes:
    """Write what the plan brings except the left-out keys; all or nothing. Raises DiskFullError, Cancelled."""
    return run.accept(record, plan, progress, leave_out)
