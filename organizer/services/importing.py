"""Bringing records in: first a plan to look at, then one operation that can be undone."""

from collections.abc import Sequence
from pathlib import Path

from organizer.base.progress import Progress
from organizer.base.words import _
from organizer.importing import run
from organizer.importing.plan import FilePlan, ImportPlan, PlannedItem, Verdict
from organizer.records.entry import Changes
from organizer.records.kinds import find_kind
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


def counted(kinds: dict[str, int]) -> str:
    """Counts by kind in words: `12 test results, 3 medicines`."""
    return ", ".join(
        f"{n} {_(find_kind(kind).plural if n != 1 else find_kind(kind).label).lower()}" for kind, n in kinds.items()
    )


def said(file: FilePlan) -> str:
    """What one file brings, in lines."""
    if file.error is not None:
        return f"{file.file}: {file.error.message} {file.error.next_step}"
    parts = [_("{file} ({format}): {n} read").format(file=file.file, format=file.format, n=file.read)]
    words: tuple[tuple[Verdict, str], ...] = (
        ("new", _("new")),
        ("known", _("known")),
        ("updated", _("updated")),
        ("conflict", _("in conflict")),
    )
    for verdict, word in words:
        found = file.count(verdict)
        if found:
            parts.append(f"  {word}: {counted(found)}")
    reasons: dict[str, int] = {}
    for one in file.skipped:
        reasons[one.reason] = reasons.get(one.reason, 0) + 1
    parts.extend(_("  left out: {n} – {reason}").format(n=n, reason=reason) for reason, n in reasons.items())
    parts.extend(f"  {warning}" for warning in file.warnings)
    return "\n".join(parts)
