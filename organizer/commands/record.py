"""Commands on what a record holds: made, imported, undone, listed, searched, added to."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
import orjson

from organizer.base.dates import PartialDate
from organizer.base.errors import OrganizerError
from organizer.base.i18n import _
from organizer.base.visible import escaped
from organizer.commands.command_line import (
    AS_JSON,
    PERSON,
    RECORD,
    casebook,
    date_given,
    opened_record,
    passphrase_given,
    say,
    tell_strength,
)
from organizer.health import printed
from organizer.model.entry import Changes
from organizer.model.ids import NOBODY
from organizer.model.kinds import find_kind
from organizer.services.entries import entries, search, typed
from organizer.services.entries.entries import Query
from organizer.services.record import history, people, records
from organizer.services.record.records import Record


@casebook.command()
@RECORD
@click.option("--person", required=True, help="Whose record it is.")
@AS_JSON
def new(record: Path, person: str, as_json: bool) -> None:
    """Make a record and print its recovery code once."""
    passphrase = passphrase_given(confirm=True)
    opened, code = records.create(record, passphrase, person)
    tell_strength(passphrase, person)
    made = opened.path
    records.close(opened)
    fields = {"record": str(made), "person": person, "recovery_code": code}
    text = _("Made {record}.\nRecovery code, shown this once – write it down:\n\n    {code}\n")
    say(as_json, fields, text.format(record=made, code=code))


def _changed(as_json: bool, word: str, changes: Changes) -> None:
    text = f"{word}: {changes.label} ({entries.counted(dict(changes.kinds))})"
    say(as_json, {"label": changes.label, "changes": dict(changes.kinds)}, text)


@casebook.command()
@RECORD
@AS_JSON
def undo(record: Path, as_json: bool) -> None:
    """Take the last operation back."""
    with opened_record(record) as opened:
        _changed(as_json, _("Undone"), history.undo(opened))


@casebook.command()
@RECORD
@AS_JSON
def redo(record: Path, as_json: bool) -> None:
    """Bring back what was undone last."""
    with opened_record(record) as opened:
        _changed(as_json, _("Done again"), history.redo(opened))


@casebook.command("history")
@RECORD
@AS_JSON
def history_(record: Path, as_json: bool) -> None:
    """All operations, the latest first."""
    with opened_record(record) as opened:
        operations = history.history(opened)
    lines = [
        f"{operation.number:>5}  {operation.made_at}  {operation.label}{_(' (undone)') if operation.undone else ''}"
        for operation in operations
    ]
    say(as_json, {"operations": [asdict(operation) for operation in operations]}, "\n".join(lines))


@casebook.command("list")
@RECORD
@click.argument("kind")
@PERSON
@click.option("--since", default="", help="Only from this date on (2019, 2019-03 or 2019-03-07).")
@AS_JSON
def list_(record: Path, kind: str, person: str, since: str, as_json: bool) -> None:
    """The entries of one KIND (a FHIR name such as Observation), with their sources."""
    wanted = find_kind(kind)
    with opened_record(record) as opened:
        whose = people.find_person(opened, person).person if person else NOBODY
        listed = entries.find(opened, Query(kinds=(wanted.name,), person=whose, since=date_given(since)))
    lines = [
        f"{entry.happened.spoken() if entry.happened else '–':>12}  {entry.title}  {entry.spoken_value()}".rstrip()
        for entry in listed
    ]
    say(
        as_json,
        {"entries": [entries.as_json(entry) for entry in listed]},
        "\n".join(lines) or _("None in this record."),
    )


@casebook.command()
@RECORD
@click.argument("code")
@click.option("--unit", default="", help="Told in this unit; else in the one that is printed.")
@PERSON
@AS_JSON
def series(record: Path, code: str, unit: str, person: str, as_json: bool) -> None:
    """One measure over time, by its CODE (LOINC 4548-4 is HbA1c); a laboratory's own code with its system before it:
    SYSTEM|CODE."""
    from organizer.services.follow import measures

    with opened_record(record) as opened:
        measured = measures.series(opened, people.chosen_person(opened, person).person, code, unit)
    words = printed.value_asked if measured.unit_chosen else printed.value
    lines = [f"{point.written_day.spoken():>12}  {words(point, measured.unit)}" for point in measured.points]
    lines += [part for part in [printed.not_drawn(measured)] if part]
    say(
        as_json,
        measures.as_json(measured),
        "\n".join([measured.title, *lines]) if lines else _("No numbers of this measure."),
    )


@casebook.command("search")
@RECORD
@click.argument("query")
@PERSON
@click.option("--kind", "kinds", multiple=True, help="Only entries of this kind (a FHIR name); may be given again.")
@click.option("--since", default="", help="Only from this date on (2019, 2019-03 or 2019-03-07).")
@click.option("--until", default="", help="Only up to this date.")
@AS_JSON
def search_(
    record: Path, query: str, person: str, kinds: tuple[str, ...], since: str, until: str, as_json: bool
) -> None:
    """Full-text search, best first; finds words that are a little mistyped."""
    from time import perf_counter

    named = tuple(find_kind(kind).name for kind in kinds)
    since, until = date_given(since), date_given(until)
    with opened_record(record) as opened:
        whose = people.find_person(opened, person).person if person else NOBODY
        start = perf_counter()
        hits = search.search(opened, query, search.Wanted(whose, named, since, until))
        spent = (perf_counter() - start) * 1000
    lines = [_hit_line(hit) for hit in hits]
    say(
        as_json, {"hits": [asdict(hit) for hit in hits], "ms": round(spent, 2)}, "\n".join(lines) or _("Nothing found.")
    )


def _hit_line(hit: search.Hit) -> str:
    when = PartialDate(hit.happened).spoken() if hit.happened else "–"
    return f"{when:>12}  {_(find_kind(hit.kind).label)}: {hit.title}  {hit.snippet}".rstrip()


@casebook.command()
@RECORD
@click.argument("kind", required=False)
@click.argument("fields", nargs=-1)
@click.option("--lines", is_flag=True, help="Read one JSON entry a line from standard input.")
@PERSON
@AS_JSON
def add(record: Path, kind: str | None, fields: tuple[str, ...], lines: bool, person: str, as_json: bool) -> int:
    """One entry by hand: `add RECORD Condition title=Asthma happened=2019-03`."""
    if lines == bool(kind):
        raise click.UsageError(_("Name a kind with FIELD=VALUE, or use --lines."))
    with opened_record(record) as opened:
        if lines:
            return _add_lines(opened, person)
        pairs = dict(_pair(field) for field in fields)
        wanted = find_kind(kind or "")
        checked = entries.typed_fields(wanted, pairs)
        whose = NOBODY if wanted.name == "Patient" else people.chosen_person(opened, person).person
        changes = entries.add(opened, wanted.name, whose, checked)
    say(as_json, {"id": changes.entries[0]}, changes.label)
    return 0


def _pair(field: str) -> tuple[str, str]:
    name, equals, value = field.partition("=")
    if not equals:
        raise click.UsageError(_("“{field}” is not FIELD=VALUE.").format(field=field))
    return name, value


def _add_lines(record: Record, person: str) -> int:
    """Answer each line only after its commit is durable; a bad line is answered with its error and the next is read.

    `person` is the one of each line that names none.
    """
    whose = people.find_person(record, person).id if person else ""
    bad = 0
    for line in sys.stdin:
        if not line.strip():
            continue
        try:
            entry = typed.read_line(record, line, whose=whose)
            changes = typed.write(record, _("Added “{title}”").format(title=entry.title), [entry])
            answer: dict[str, Any] = {"id": changes.entries[0]}
        except OrganizerError as error:
            bad += 1
            answer = {"error": {"message": error.message, "next_step": error.next_step}}
        click.echo(escaped(orjson.dumps(answer).decode()))
        sys.stdout.flush()
    return 1 if bad else 0
