"""The command that brings files in, with the answers to what they leave open."""

import sys
from itertools import chain
from pathlib import Path

import click

from organizer.base.errors import OrganizerError
from organizer.base.i18n import _
from organizer.commands.command_line import (
    AS_JSON,
    PERSON,
    RECORD,
    ProgressLine,
    casebook,
    first_line,
    opened_record,
    say,
)
from organizer.model.ids import NOBODY
from organizer.services.bring_in import importing, next_steps, recognition
from organizer.services.bring_in.importing import Answers, ImportPlan
from organizer.services.bring_in.next_steps import NextStep
from organizer.services.record import people
from organizer.services.record.records import Record

_ROLES = ", ".join(role for role, _words in importing.ROLES if role)
_ORDERS = {"day-first": "DMY", "month-first": "MDY", "year-first": "YMD"}
_MARKS = {"point": ".", "comma": ","}


@casebook.command("import")
@RECORD
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--person", default="", help="Whose records they are, where the files don't say.")
@click.option(
    "--who", multiple=True, metavar="NAME=PERSON",
    help="Who NAME of the files is: a person of the record, “new”, or “leave-out”.",
)  # fmt: skip
@click.option(
    "--map", "columns", multiple=True, metavar="COLUMN=ROLE",
    help=f"What a table's column (its heading or number) holds: {_ROLES}.",
)  # fmt: skip
@click.option("--dates", type=click.Choice(list(_ORDERS)), help="How a table writes 03/04/2026.")
@click.option("--decimal", type=click.Choice(list(_MARKS)), help="The decimal mark of a table.")
@click.option("--key-set", type=click.Path(path_type=Path), help="The issuer's keys (JWKS) to check health cards by.")
@click.option(
    "--backup-secret-file", type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Its first line opens a backup of another copy: the passphrase or the recovery code. Else it is asked.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Say what would come in, and write nothing.")
@AS_JSON
def import_(
    record: Path,
    files: tuple[Path, ...],
    person: str,
    who: tuple[str, ...],
    columns: tuple[str, ...],
    dates: str | None,
    decimal: str | None,
    key_set: Path | None,
    backup_secret_file: Path | None,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Read FILES (folders and zips are walked) and write what is new as one operation."""
    fields, roles = dict(map(_pair, who)), dict(map(_pair, columns))
    with opened_record(record) as opened:
        whose = people.find_person(opened, person).person if person else NOBODY
        keys = importing.key_set(key_set) if key_set else b""
        says_more = bool(fields or roles or dates or decimal)
        plan = importing.plan_import(opened, files, whose, ProgressLine(), Answers(keys=keys), anew=says_more)
        secrets = _secrets(plan, backup_secret_file)
        if secrets:
            plan = importing.plan_again(opened, plan, whose, ProgressLine(), Answers(keys=keys, secrets=secrets))
        if says_more:
            answers = Answers(
                people=_people(opened, plan, fields),
                columns=importing.columns_in_words(plan, roles, _ORDERS.get(dates or ""), _MARKS.get(decimal or "")),
                keys=keys,
                secrets=secrets,
            )
            plan = importing.plan_again(opened, plan, whose, ProgressLine(), answers)
        if not dry_run and plan.writes:
            importing.accept_import(opened, plan, ProgressLine())
        steps = [] if dry_run else _steps(opened, person)
    lines = [*(importing.in_lines(file) for file in plan.files), *importing.held_back(plan)]
    lines += [f"{_('Next:')} {step.sentence}" for step in steps]
    answer = {**plan.as_json(), "next": [step.as_json() for step in steps]}
    say(as_json, answer, "\n".join(lines))
    return 1 if any(file.error for file in plan.files) else 0


def _steps(record: Record, person: str) -> list[NextStep]:
    """What the documents wait for, of the person who is named, else of everybody in the record."""
    whose = [people.find_person(record, person)] if person else people.people(record)
    return list(chain.from_iterable(next_steps.next_steps(record, entry.person) for entry in whose))


def _secrets(plan: ImportPlan, file: Path | None) -> dict[str, str]:
    """What opens the locked files: the same for all that a file names, or asked for each where somebody can type."""
    return {
        planned.source.sha256: first_line(file) or click.prompt(_secret_of(planned.file), hide_input=True, err=True)
        for planned in plan.files
        if planned.locked and (file is not None or sys.stdin.isatty())
    }


def _secret_of(name: str) -> str:
    return _("Passphrase or recovery code of “{name}”").format(name=name)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.rpartition("=")
    if not equals or not name.strip():
        raise click.UsageError(_("“{text}” is not NAME=VALUE.").format(text=text))
    return name.strip(), value.strip()


def _people(record: Record, plan: ImportPlan, owners: dict[str, str]) -> dict[str, str]:
    """The keys of the people in the files by the names that were given. Raises OrganizerError for an unknown name."""
    answers = {}
    for name, who in owners.items():
        namesakes = [candidate for candidate in plan.people if candidate.name.casefold() == name.casefold()]
        if not namesakes:
            named = ", ".join(candidate.name for candidate in plan.people if candidate.name) or _("nobody")
            raise OrganizerError(
                _("The files name nobody called “{name}”.").format(name=name),
                _("They name: {names}.").format(names=named),
            )
        special = {"new": importing.SOMEBODY_NEW, "leave-out": importing.LEFT_OUT}.get(who)
        person = special or people.find_person(record, who).person
        answers.update({candidate.key: person for candidate in namesakes})
    return answers


@casebook.command()
@RECORD
@PERSON
@AS_JSON
def recognise(record: Path, person: str, as_json: bool) -> None:
    """Recognise the text on scans and pictures that have none yet."""
    with opened_record(record) as opened:
        whose = [people.find_person(opened, person)] if person else people.people(opened)
        ids = list(chain.from_iterable(recognition.waiting(opened, entry.person) for entry in whose))
        changes = recognition.recognise(opened, ids, ProgressLine()) if ids else None
    words = changes.label if changes else _("No scan or picture is without text.")
    say(as_json, {"documents": len(ids), "said": words}, words)
