"""Bringing records in: first a plan to look at, then one operation that can be undone."""

from collections.abc import Sequence
from pathlib import Path

from organizer.base.errors import UnreadableSourceError
from organizer.base.progress import Progress
from organizer.base.words import _
from organizer.importing import run
from organizer.importing.answers import LEFT_OUT, SOMEBODY_NEW, Answers
from organizer.importing.format import Skipped, Table
from organizer.importing.formats.health_cards.signatures import keys_of
from organizer.importing.formats.tables.mapping import ROLES, roles_of, with_roles
from organizer.importing.plan import FilePlan, ImportPlan, PersonInFiles, PlannedItem, Verdict
from organizer.records.entry import Changes
from organizer.records.kinds import find_kind
from organizer.services.records import Record

__all__ = [
    "LEFT_OUT", "ROLES", "SOMEBODY_NEW", "Answers", "FilePlan", "ImportPlan", "PersonInFiles", "PlannedItem",
    "Skipped", "Table", "Verdict", "roles_of", "with_roles",
]  # fmt: skip


def plan_import(
    record: Record, paths: Sequence[Path], person: str, progress: Progress, answers: Answers = run.NOTHING_ANSWERED
) -> ImportPlan:
    """What files, folders and zips would bring; nothing is written. `person` may be "" (the files say)."""
    return run.make_plan(record, paths, person, progress, answers)


def plan_again(record: Record, plan: ImportPlan, person: str, progress: Progress, answers: Answers) -> ImportPlan:
    """The same import after the person said more about it; nothing is written."""
    return run.plan_again(record, plan, person, progress, answers)


def key_set(path: Path) -> bytes:
    """An issuer's key set, for `Answers.keys`. Raises UnreadableSourceError for what is none or can't be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableSourceError(
            _("“{name}” can’t be read.").format(name=path.name), _("Check its name and that you may open it.")
        ) from error
    keys_of(data, path.name)
    return data


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
