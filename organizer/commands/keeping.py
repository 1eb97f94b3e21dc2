"""Commands that keep a record safe: verified, backed up, restored, erased, taken elsewhere."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from organizer.base.errors import BackupDocumentsError
from organizer.base.i18n import _, ngettext
from organizer.commands.command_line import (
    AS_JSON,
    PERSON,
    RECORD,
    REPLACE,
    ProgressLine,
    ask_to_replace,
    casebook,
    first_line,
    opened_record,
    passphrase_given,
    say,
    tell_notices,
    tell_strength,
)
from organizer.model.ids import NOBODY
from organizer.services.record import records
from organizer.services.record.records import Record


@casebook.command()
@RECORD
@click.option("--lost-settled", is_flag=True, help="What was missing is entered again: say it no more.")
@AS_JSON
def verify(record: Path, lost_settled: bool, as_json: bool) -> int:
    """Read every page and every original, and say what is damaged."""
    from organizer.services.record import verifying

    with opened_record(record) as opened:
        if lost_settled:
            verifying.settle_lost(opened)
        verified = verifying.verify(opened, ProgressLine())
    entries_in_words = ngettext("{n} entry", "{n} entries", verified.entries).format(n=verified.entries)
    originals_in_words = ngettext("{n} document", "{n} documents", verified.originals).format(n=verified.originals)
    text = _("All is well: {entries}, {originals}.").format(entries=entries_in_words, originals=originals_in_words)
    say(as_json, asdict(verified), "\n".join(verified.problems) or text)
    return 0 if verified.ok else 1


@casebook.command()
@RECORD
@click.option("--out", required=True, type=click.Path(path_type=Path), help="A file, or a folder for several.")
@REPLACE
@AS_JSON
def backup(record: Path, out: Path, replace: bool, as_json: bool) -> None:
    """Write a verified copy: a file holds everything; in a folder 7 daily, 4 weekly and 12 monthly ones are kept,
    which have each document once."""
    from organizer.services.record import backups

    ask_to_replace(out, replace)
    with opened_record(record) as opened:
        made = backups.make(opened, out, ProgressLine())
    answer = {
        "ok": True,
        **asdict(made.counts),
        "out": str(made.path),
        "removed": [str(backup) for backup in made.removed],
        "kept": made.number,
        "kept_bytes": made.size,
    }
    lines = [_("Backup written and read back: {path}").format(path=made.path)]
    if made.path != out:
        words = ngettext(
            "{n} backup of this record is kept there; it takes {size} MB.",
            "{n} backups of this record are kept there; together they take {size} MB.",
            made.number,
        )
        lines.append(words.format(n=made.number, size=_megabytes(made.size)))
    say(as_json, answer | _checked(made.path), "\n".join(lines))


@casebook.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The new folder of the record.")
@click.option("--recovery-code-file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--without-damaged", is_flag=True, help="Leave out documents that are damaged or missing, and name them.")
@AS_JSON
def restore(file: Path, out: Path, recovery_code_file: Path | None, without_damaged: bool, as_json: bool) -> None:
    """Put a backup back into a new folder, after every part of it was checked."""
    from organizer.services.record import backups

    code = first_line(recovery_code_file)
    try:
        restored = backups.restore(file, out, "" if code else passphrase_given(), code, ProgressLine(), without_damaged)
    except BackupDocumentsError as error:
        step = _("Or put back all else: casebook restore … --without-damaged")
        raise BackupDocumentsError(error.message, f"{error.next_step} {step}") from error
    answer = {"ok": True, **asdict(restored.counts), "out": str(restored.place), "left_out": list(restored.left_out)}
    lines = [_("Restored and checked: {path}").format(path=restored.place)]
    lines += [_("Left out, damaged or missing in the backup: {name}").format(name=name) for name in restored.left_out]
    say(as_json, answer | _checked(file), "\n".join(lines))


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}"


def _checked(file: Path) -> dict[str, Any]:
    return {"checked_bytes": file.stat().st_size, "problems": []}


@casebook.command()
@RECORD
@click.option("--new-passphrase-file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--recovery-code-file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--new-recovery-code", is_flag=True, help="Make a new recovery code and print it once.")
@click.option("--renew-key", is_flag=True, help="Encrypt the record anew: old key files open nothing any more.")
@AS_JSON
def passphrase(
    record: Path,
    new_passphrase_file: Path | None,
    recovery_code_file: Path | None,
    new_recovery_code: bool,
    renew_key: bool,
    as_json: bool,
) -> None:
    """Change the passphrase; the recovery code opens the record where the old one is forgotten."""
    code = first_line(recovery_code_file)
    opened = records.open_with_recovery_code(record, code) if code else records.open_record(record, passphrase_given())
    tell_notices(opened)
    try:
        if new_recovery_code:
            answer = {"ok": True, "recovery_code": records.new_recovery_code(opened)}
            text = _("Recovery code, shown this once – write it down:") + f"\n\n    {answer['recovery_code']}\n"
        else:
            new_passphrase = first_line(new_passphrase_file) or _typed_twice()
            answer, text = _changed(opened, new_passphrase, renew_key)
            tell_strength(new_passphrase)
    finally:
        records.close(opened)
    say(as_json, answer, text)


def _changed(opened: Record, passphrase: str, renew_key: bool) -> tuple[dict[str, Any], str]:
    """What is told of a new passphrase, as data and in words."""
    if not renew_key:
        records.change_passphrase(opened, passphrase)
        return {"ok": True}, _("The passphrase is changed. Backups made before open with the old one.")
    code = records.renew_keys(opened, passphrase, ProgressLine())
    words = _("The record is encrypted anew. Backups made before open with the passphrase and code of their time.")
    shown_once = _("Recovery code, shown this once – write it down:")
    return {"ok": True, "recovery_code": code}, f"{words}\n{shown_once}\n\n    {code}\n"


def _typed_twice() -> str:
    return str(click.prompt(_("New passphrase"), hide_input=True, confirmation_prompt=True, err=True))


@casebook.command()
@RECORD
@click.option("--entry", "ids", multiple=True, metavar="ID", help="An entry, with all its earlier states.")
@click.option("--person", default="", help="A person with everything of theirs.")
@click.option("--whole", is_flag=True, help="The whole record.")
@click.option("--yes", is_flag=True, help="Don't ask.")
@AS_JSON
def erase(record: Path, ids: tuple[str, ...], person: str, whole: bool, yes: bool, as_json: bool) -> None:
    """Erase for good: undo can't bring it back. Backups made before keep their own copy."""
    from organizer.services.record import erasing, people

    if sum([bool(ids), bool(person), whole]) != 1:
        raise click.UsageError(_("Name entries, or a person, or the whole record."))
    if not yes:
        click.confirm(_("This can’t be undone. Erase for good?"), abort=True, err=True)
    with opened_record(record) as opened:
        if whole:
            erased = None
        elif person:
            erased = erasing.person(opened, people.find_person(opened, person).person)
        else:
            erased = erasing.entries(opened, ids)
    if erased is None:
        erasing.whole_record(record)
        say(as_json, {"ok": True}, _("The record is erased."))
        return
    lines = [ngettext("{n} entry erased.", "{n} entries erased.", erased.entries).format(n=erased.entries)]
    lines += [_("Kept, because other entries rest on it: {name}").format(name=name) for name in erased.kept_documents]
    say(as_json, {"ok": True, **asdict(erased)}, "\n".join(lines))


@casebook.command()
@RECORD
@click.option("--format", "name", required=True, help="fhir, ips, csv, sqlite or originals.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="A new file (CSV: a folder, or a .zip).")
@PERSON
@AS_JSON
def export(record: Path, name: str, out: Path, person: str, as_json: bool) -> None:
    """Write the record as data for other programs. What goes out is no longer encrypted."""
    from organizer.services.record import exporting, people

    with opened_record(record) as opened:
        whose = people.find_person(opened, person).person if person else NOBODY
        counts = exporting.export(opened, name, out, whose, ProgressLine())
    lines = [f"  {kind}: {number}" for kind, number in counts.items()]
    warning = _("Written, and readable by anyone who gets it: {path}").format(path=out)
    say(as_json, {"out": str(out), "resources": counts}, "\n".join([*lines, warning]))
