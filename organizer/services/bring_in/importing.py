"""Bringing records in: first a plan to look at, then one operation that can be undone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from organizer.base.errors import OrganizerError, UnreadableSourceError
from organizer.base.i18n import _, ngettext
from organizer.base.progress import Progress
from organizer.importing.core import run
from organizer.importing.core.answers import LEFT_OUT, SOMEBODY_NEW, Answers
from organizer.importing.core.format import Skipped, Table
from organizer.importing.core.plan import FilePlan, ImportPlan, PersonInFiles, PlannedItem, Verdict
from organizer.importing.formats.health_cards.signatures import keys_of
from organizer.importing.formats.tables.mapping import MEASURE, ROLES, roles_of, with_roles
from organizer.importing.formats.tables.mapping import Mapping as Columns
from organizer.model.entry import Changes
from organizer.model.ids import PersonId
from organizer.services.entries.entries import counted
from organizer.services.record.records import Record

__all__ = [
    "LEFT_OUT", "ROLES", "SOMEBODY_NEW", "Answers", "FilePlan", "ImportPlan", "PersonInFiles", "PlannedItem",
    "Skipped", "Table", "Verdict", "roles_of", "with_roles",
]  # fmt: skip


def plan_import(
    record: Record,
    paths: Sequence[Path],
    person: PersonId,
    progress: Progress,
    answers: Answers = run.NOTHING_ANSWERED,
    anew: bool = False,
) -> ImportPlan:
    """What files, folders and zips would bring; nothing is written. `person` may be "" (the files say).

    `anew`: also what was read before is read, because something is to be said about it.
    """
    return run.make_plan(record, paths, person, progress, answers, anew)


def plan_again(record: Record, plan: ImportPlan, person: PersonId, progress: Progress, answers: Answers) -> ImportPlan:
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


def columns_in_words(
    plan: ImportPlan, roles: Mapping[str, str], order: str | None, decimal: str | None
) -> dict[str, Columns]:
    """What the columns of the plan's tables hold, for `Answers.columns`.

    `roles` gives a role (of ROLES) by a column's heading or its number from 1; `order` is DMY, MDY or
    YMD, `decimal` a mark.
    Raises OrganizerError for a role or a column that there is not.
    """
    fields = {}
    met: set[str] = set()
    for table in chain.from_iterable(file.reading.tables for file in plan.files if file.reading):
        headings = table.rows[table.columns.heading] if table.rows else ()
        mine = roles_of(table.columns, len(headings))
        for place, heading in enumerate(headings):
            for name in {heading.strip(), str(place + 1)} & roles.keys():
                mine = ["" if text == roles[name] != MEASURE else text for text in mine]
                mine[place] = roles[name]
                met.add(name)
        columns = with_roles(table.columns, mine, headings)
        fields[table.key] = replace(columns, date_order=order or columns.date_order, decimal=decimal or columns.decimal)
    unknown = [name for name in roles if name not in met] + [role for role in roles.values() if role not in dict(ROLES)]
    if unknown:
        raise OrganizerError(
            _("“{name}” is no column of these tables, or nothing that a column can hold.").format(name=unknown[0]),
            _("Write COLUMN=ROLE with one of: {roles}.").format(roles=", ".join(role for role, _w in ROLES if role)),
        )
    return fields


def accept_import(
    record: Record, plan: ImportPlan, progress: Progress, leave_out: frozenset[str] = frozenset()
) -> Changes:
    """Write what the plan brings except the left-out keys; all or nothing. Raises DiskFullError, Cancelled."""
    return run.accept(record, plan, progress, leave_out)


def held_back(plan: ImportPlan) -> list[str]:
    """For each person of whom nothing comes in before it is said who they are: that, and how to say it."""
    lines = []
    for asked in plan.held:
        count = ngettext("{n} entry", "{n} entries", asked.entries).format(n=asked.entries)
        if not asked.key:
            words = _("Left out: {count} of files that name nobody. Say whose they are: --person NAME")
        elif asked.may_be:
            words = _(
                "Left out: {count} of {name}, who may be {person}. "
                "Say who that is: --who “{name}=NAME”, “{name}=new” or “{name}=leave-out”"
            )
        else:
            words = _(
                "Left out: {count} of {name}, whom neither the files nor the record know. "
                "Say who that is: --who “{name}=NAME”, “{name}=new” or “{name}=leave-out”"
            )
        lines.append(words.format(count=count, name=asked.name, person=asked.may_be))
    return lines


def in_lines(file: FilePlan) -> str:
    """What one file brings, in lines."""
    if file.error is not None:
        return f"{file.file}: {file.error.message} {file.error.next_step}"
    parts = [_("{file} ({format}): {n} read").format(file=file.file, format=_(file.format), n=file.read)]
    words: tuple[tuple[Verdict, str], ...] = (
        ("new", _("new")),
        ("known", _("known")),
        ("updated", _("updated")),
        ("conflict", _("in conflict")),
    )
    for verdict, word in words:
        number = file.count(verdict)
        if number:
            parts.append(f"  {word}: {counted(number)}")
    reasons: dict[str, int] = {}
    for skipped in file.skipped:
        reasons[skipped.reason] = reasons.get(skipped.reason, 0) + 1
    parts.extend(_("  left out: {n} – {reason}").format(n=n, reason=reason) for reason, n in reasons.items())
    parts.extend(f"  {warning}" for warning in file.warnings)
    return "\n".join(parts)
