"""The command line over services: `casebook COMMAND RECORD …`, each does one thing and exits."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click
import orjson

from organizer.base.dates import parse_date
from organizer.base.errors import Cancelled, OrganizerError
from organizer.base.progress import NoProgress
from organizer.base.quantities import spoken_unit
from organizer.base.words import _, ngettext
from organizer.records.entry import Changes
from organizer.records.kinds import find_kind
from organizer.services import entries, history, importing, people, records, search, typed
from organizer.services.entries import Query
from organizer.services.records import Record

RECORD = click.argument("record", type=click.Path(path_type=Path))
AS_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
PERSON = click.option("--person", default="", help="Name of the person, where the record holds several.")


@dataclass(frozen=True, slots=True)
class ShowRecord:
    """What a command leaves to the door: to open the window on this record."""

    folder: Path
    passphrase: str


class _Told(NoProgress):
    """Progress on standard error, where a person watches."""

    def report(self, what: str, done: int = 0, total: int | None = None) -> None:
        """Write over the last line."""
        if sys.stderr.isatty():
            share = f" {done}/{total}" if total else ""
            click.echo(f"\r\x1b[K{what}{share}", err=True, nl=False)


@click.group(no_args_is_help=True)
@click.version_option(package_name="casebook", prog_name="casebook")
@click.option(
    "--passphrase-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    envvar="CASEBOOK_PASSPHRASE_FILE",
    help="File whose first line is the passphrase; else CASEBOOK_PASSPHRASE_FILE, else you are asked.",
)
@click.pass_context
def casebook(context: click.Context, passphrase_file: Path | None) -> None:
    """Casebook keeps a person's health records, encrypted, on this computer only."""
    context.obj = passphrase_file


def run_command(arguments: Sequence[str]) -> ShowRecord | int:
    """Run one command; gives 0 for done, 1 for refused or done in part, 2 for wrong use, or what to show."""
    try:
        result = casebook.main(_options_first(arguments), prog_name="casebook", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo(_("Stopped. Nothing was changed."), err=True)
        return 1
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except OrganizerError as error:
        click.echo(f"{error.message}\n{error.next_step}", err=True)
        return 1
    except Cancelled:
        click.echo(_("Stopped. Nothing was changed."), err=True)
        return 1
    return result if isinstance(result, ShowRecord | int) else 0


def _options_first(arguments: Sequence[str]) -> list[str]:
    """`--passphrase-file F` may stand anywhere."""
    rest, moved = list(arguments), []
    for place, word in enumerate(rest):
        if word == "--passphrase-file" and place + 1 < len(rest):
            moved = rest[place : place + 2]
            del rest[place : place + 2]
            break
        if word.startswith("--passphrase-file="):
            moved = [rest.pop(place)]
            break
    return [*moved, *rest]


def _passphrase(confirm: bool = False) -> str:
    file: Path | None = click.get_current_context().obj
    if file is not None:
        lines = file.read_text("utf-8").splitlines()
        return lines[0] if lines else ""
    return str(click.prompt(_("Passphrase"), hide_input=True, confirmation_prompt=confirm, err=True))


@contextmanager
def _open(folder: Path) -> Iterator[Record]:
    record = records.open_record(folder, _passphrase())
    try:
        yield record
    finally:
        records.close(record)


def _say(as_json: bool, answer: Any, text: str) -> None:
    if as_json:
        sys.stdout.buffer.write(orjson.dumps(answer, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        sys.stdout.buffer.flush()
    else:
        click.echo(text)


@casebook.command()
@RECORD
@click.option("--person", required=True, help="Whose record it is.")
@AS_JSON
def new(record: Path, person: str, as_json: bool) -> None:
    """Make a record and print its recovery code once."""
    opened, code = records.create(record, _passphrase(confirm=True), person)
    made = opened.path
    records.close(opened)
    told = {"record": str(made), "person": person, "recovery_code": code}
    text = _("Made {record}.\nRecovery code, shown this once – write it down:\n\n    {code}\n")
    _say(as_json, told, text.format(record=made, code=code))


@casebook.command("import")
@RECORD
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--person", default="", help="Whose records they are, where the files don't say.")
@click.option("--dry-run", is_flag=True, help="Say what would come in, and write nothing.")
@AS_JSON
def import_(record: Path, files: tuple[Path, ...], person: str, dry_run: bool, as_json: bool) -> int:
    """Read FILES (folders and zips are walked) and write what is new as one operation."""
    with _open(record) as opened:
        whose = people.find_person(opened, person).id if person else ""
        plan = importing.plan_import(opened, files, whose, _Told())
        if not dry_run and any(item.writes for item in plan.items()):
            importing.accept_import(opened, plan, _Told())
    lines = [importing.said(file) for file in plan.files]
    _say(as_json, plan.as_json(), "\n".join(lines))
    return 1 if any(file.error for file in plan.files) else 0


def _changed(as_json: bool, word: str, changes: Changes) -> None:
    text = f"{word}: {changes.label} ({importing.counted(dict(changes.kinds))})"
    _say(as_json, {"label": changes.label, "changes": dict(changes.kinds)}, text)


@casebook.command()
@RECORD
@AS_JSON
def undo(record: Path, as_json: bool) -> None:
    """Take the last operation back."""
    with _open(record) as opened:
        _changed(as_json, _("Undone"), history.undo(opened))


@casebook.command()
@RECORD
@AS_JSON
def redo(record: Path, as_json: bool) -> None:
    """Bring back what was undone last."""
    with _open(record) as opened:
        _changed(as_json, _("Done again"), history.redo(opened))


@casebook.command("history")
@RECORD
@AS_JSON
def history_(record: Path, as_json: bool) -> None:
    """All operations, the latest first."""
    with _open(record) as opened:
        operations = history.history(opened)
    lines = [f"{one.number:>5}  {one.made_at}  {one.label}{_(' (undone)') if one.undone else ''}" for one in operations]
    _say(as_json, {"operations": [asdict(one) for one in operations]}, "\n".join(lines))


@casebook.command("list")
@RECORD
@click.argument("kind")
@PERSON
@click.option("--since", default="", help="Only from this date on (2019, 2019-03 or 2019-03-07).")
@AS_JSON
def list_(record: Path, kind: str, person: str, since: str, as_json: bool) -> None:
    """The entries of one KIND (a FHIR name such as Observation), with their sources."""
    wanted = find_kind(kind)
    with _open(record) as opened:
        whose = people.find_person(opened, person).id if person else ""
        found = entries.find(opened, Query(kinds=(wanted.name,), person=whose, since=_date(since)))
    lines = [
        f"{one.happened.spoken() if one.happened else '–':>12}  {one.title}  {one.spoken_value()}".rstrip()
        for one in found
    ]
    _say(as_json, {"entries": [entries.told(one) for one in found]}, "\n".join(lines) or _("None in this record."))


def _date(text: str) -> str:
    if text and parse_date(text) is None:
        raise click.UsageError(_("“{text}” is not a date: write 2019, 2019-03 or 2019-03-07.").format(text=text))
    return text


@casebook.command()
@RECORD
@click.argument("code")
@click.option("--unit", default="", help="Only results in this unit; else the latest one's.")
@PERSON
@AS_JSON
def series(record: Path, code: str, unit: str, person: str, as_json: bool) -> None:
    """One measure over time, by its CODE (LOINC 4548-4 is HbA1c)."""
    from organizer.services import measures

    with _open(record) as opened:
        found = measures.series(opened, people.chosen_person(opened, person).id, code, unit)
    unit = spoken_unit(found.unit)
    lines = [f"{point.day.spoken():>12}  {point.comparator}{point.text} {unit}".rstrip() for point in found.points]
    _say(as_json, measures.told(found), "\n".join([found.title, *lines]) if lines else _("No numbers of this measure."))


@casebook.command("search")
@RECORD
@click.argument("query")
@PERSON
@AS_JSON
def search_(record: Path, query: str, person: str, as_json: bool) -> None:
    """Full-text search, best first."""
    from time import perf_counter

    with _open(record) as opened:
        whose = people.find_person(opened, person).id if person else ""
        start = perf_counter()
        hits = search.search(opened, query, whose)
        spent = (perf_counter() - start) * 1000
    lines = [f"{_(find_kind(hit.kind).label)}: {hit.title}  {hit.snippet}".rstrip() for hit in hits]
    _say(
        as_json, {"hits": [asdict(hit) for hit in hits], "ms": round(spent, 2)}, "\n".join(lines) or _("Nothing found.")
    )


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
    with _open(record) as opened:
        if lines:
            return _add_lines(opened)
        pairs = dict(_pair(field) for field in fields)
        wanted = find_kind(kind or "")
        checked = entries.typed_fields(wanted, pairs)
        whose = "" if wanted.name == "Patient" else people.chosen_person(opened, person).id
        changes = entries.add(opened, wanted.name, whose, checked)
    _say(as_json, {"id": changes.entries[0]}, changes.label)
    return 0


def _pair(field: str) -> tuple[str, str]:
    name, equals, value = field.partition("=")
    if not equals:
        raise click.UsageError(_("“{field}” is not FIELD=VALUE.").format(field=field))
    return name, value


def _add_lines(record: Record) -> int:
    """Answer each line only after its commit is durable; a bad line is answered with its error and the next is read."""
    bad = 0
    for line in sys.stdin:
        if not line.strip():
            continue
        try:
            entry = typed.read_line(record, line)
            changes = typed.write(record, _("Added “{title}”").format(title=entry.title), [entry])
            answer: dict[str, Any] = {"id": changes.entries[0]}
        except OrganizerError as error:
            bad += 1
            answer = {"error": {"message": error.message, "next_step": error.next_step}}
        click.echo(orjson.dumps(answer).decode())
        sys.stdout.flush()
    return 1 if bad else 0


@casebook.command()
@RECORD
@click.option("--as-of", default="", help="The day to judge from (2026-11-24); else today.")
@PERSON
@AS_JSON
def check(record: Path, as_of: str, person: str, as_json: bool) -> None:
    """Where the treatment plans stand, and reasons for a second opinion."""
    from organizer.services import plans

    with _open(record) as opened:
        day = date.fromisoformat(as_of) if _full_day(as_of) else None
        whose = [people.find_person(opened, person)] if person else people.people(opened)
        reports = [report for one in whose for report in plans.check_plans(opened, one.id, day)]
        reasons = [reason for one in whose for reason in plans.reasons(opened, one.id, day)]
    told = {"plans": [plans.plan_told(one) for one in reports], "reasons": [plans.reason_told(one) for one in reasons]}
    _say(as_json, told, _check_said(reports, reasons))


def _full_day(text: str) -> bool:
    when = parse_date(text)
    if text and (when is None or when.precision != "day"):
        raise click.UsageError(_("“{text}” is not a day: write 2019-03-07.").format(text=text))
    return bool(text)


def _check_said(reports: Sequence[Any], reasons: Sequence[Any]) -> str:
    lines = [f"{one.plan.title} – {one.verdict_words}\n  {one.check.sentence}" for one in reports]
    lines += [f"{one.title}\n  {one.sentence}" for one in reasons]
    return "\n".join(lines) or _("There is no treatment plan in this record yet.")


@casebook.command()
@RECORD
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The PDF to write.")
@click.option("--case", "case_id", default="", help="Id of the second-opinion case; else the open one.")
@click.option("--specialty", default="", help="Order of contents for this field.")
@click.option("--include", multiple=True, metavar="SECTION")
@click.option("--exclude", multiple=True, metavar="SECTION")
@click.option("--since", default="", help="Only what happened from this date on.")
@click.option("--page-size", type=click.Choice(["letter", "a4"]), default="letter")
@PERSON
@AS_JSON
def packet(record: Path, out: Path, case_id: str, person: str, since: str, as_json: bool, **chosen: Any) -> None:
    """Write the second-opinion packet as a PDF."""
    from organizer.services import packets

    with _open(record) as opened:
        choice = packets.choice(opened, person_name=person, case_id=case_id, since=_date(since), **chosen)
        result = packets.write_packet(opened, choice, out, _Told())
    _say(as_json, packets.result_told(result), _packet_said(out, result))


def _packet_said(out: Path, result: Any) -> str:
    lines = [
        _("Wrote {out}: {pages} pages, {exhibits} exhibits; {linked} of {facts} facts lead to their page.").format(
            out=out, pages=result.pages, exhibits=len(result.exhibits), linked=result.facts_linked, facts=result.facts
        )
    ]
    lines += [_("  left out: {what} – {reason}").format(what=one.what, reason=one.reason) for one in result.left_out]
    return "\n".join(lines)


@casebook.command()
@RECORD
@AS_JSON
def verify(record: Path, as_json: bool) -> int:
    """Read every page and every original, and say what is damaged."""
    from organizer.services import verifying

    with _open(record) as opened:
        found = verifying.verify(opened, _Told())
    entries_said = ngettext("{n} entry", "{n} entries", found.entries).format(n=found.entries)
    originals_said = ngettext("{n} document", "{n} documents", found.originals).format(n=found.originals)
    text = _("All is well: {entries}, {originals}.").format(entries=entries_said, originals=originals_said)
    _say(as_json, asdict(found), "\n".join(found.problems) or text)
    return 0 if found.ok else 1


@casebook.command()
@click.option("--out", type=click.Path(path_type=Path), default=Path("demo"), help="Folder for record and packet.")
@click.option("--no-window", is_flag=True, help="Don't open the window.")
@AS_JSON
def demo(out: Path, no_window: bool, as_json: bool) -> ShowRecord | int:
    """The sample record from its source files, checked, its packet written; then the window on it."""
    from organizer.services import demonstration

    shown = demonstration.run(out, _Told())
    _say(as_json, shown.told(), shown.said())
    if no_window or as_json:
        return 0
    if demonstration.has_display():
        return ShowRecord(shown.record, shown.passphrase)
    click.echo(_("There is no display here, so the window stays closed."))
    return 0
