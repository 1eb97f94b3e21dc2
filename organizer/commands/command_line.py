"""The group of all commands, its errors and exit codes, and what every command shares."""

import codecs
import io
import locale
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import orjson

from organizer.base.dates import today
from organizer.base.errors import AlreadyThereError, Cancelled, OrganizerError
from organizer.base.i18n import _, speak
from organizer.base.process import traced
from organizer.base.progress import NoProgress
from organizer.base.version import VERSION
from organizer.base.visible import escaped, shown
from organizer.base.written_dates import date_refused, readings_of
from organizer.commands.spoken import put_in_words
from organizer.model.ids import NO_ENTRY, EntryId
from organizer.packet.facts import LeftOut
from organizer.services.record import people, records
from organizer.services.record.passphrases import Strength, judged
from organizer.services.record.records import Record
from organizer.store.files import explained

RECORD = click.argument("record", type=click.Path(path_type=Path))
LONGEST_SECRET = 4_096  # bytes of a file that are looked at
AS_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
REPLACE = click.option("--replace", is_flag=True, help="What stands at --out may go.")
CASE_HELP = "Title or id of the second-opinion case; else the only open one."
TICK = click.option("--tick", multiple=True, metavar="MATTER", help="A sensitive matter to show: mental-health, hiv, …")
PERSON = click.option("--person", default="", help="Name of the person, where the record holds several.")


@dataclass(frozen=True, slots=True)
class ShowRecord:
    """What a command leaves to main.py: to open the window on this record."""

    folder: Path
    passphrase: str


class ProgressLine(NoProgress):
    """Progress on standard error, where a person watches."""

    def report(self, what: str, done: int = 0, total: int | None = None) -> None:
        """Write over the last line."""
        if sys.stderr.isatty():
            share = f" {done}/{total}" if total else ""
            click.echo(f"\r\x1b[K{shown(what)}{share}", err=True, nl=False)


@click.group(no_args_is_help=True)
@click.version_option(VERSION, prog_name="casebook")
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
    _write_unicode()
    speak(_language_of_the_system())
    put_in_words(casebook)
    try:
        result = casebook.main(_options_first(arguments), prog_name="casebook", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo(_("Stopped. Nothing was changed."), err=True)
        return 1
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except OrganizerError as error:
        click.echo(shown(f"{error.message}\n{error.next_step}"), err=True)
        return 1
    except OSError as error:
        failure = explained(error)
        click.echo(shown(f"{failure.message}\n{failure.next_step}"), err=True)
        return 1
    except Cancelled:
        click.echo(_("Stopped. Nothing was changed."), err=True)
        return 1
    except Exception as error:  # noqa: BLE001 - the last resort: the message may hold words of the record
        click.echo(_("Something went wrong that shouldn’t have. Nothing that was saved is lost."), err=True)
        click.echo(traced(error), err=True)
        return 1
    return result if isinstance(result, ShowRecord | int) else 0


def _write_unicode() -> None:
    """What is piped or written to a file is UTF-8 on every system. A terminal keeps its own encoding; a sign that it
    lacks is written by its number there. Windows would give both the old code page, which lacks most letters."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a program without a console has none
            is_screen = stream.isatty()
            stream.reconfigure(encoding=None if is_screen else "utf-8", errors="backslashreplace")
    if isinstance(sys.stdin, io.TextIOWrapper) and not sys.stdin.isatty():
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace")


def _language_of_the_system() -> str:
    """`es` where the environment says es_MX.UTF-8; the first variable that says anything counts, as in gettext, whose
    LANGUAGE may list several: its first.

    Windows has none of them: it is asked itself.
    """
    words = next((os.environ[name] for name in _VARIABLES if os.environ.get(name)), "").partition(":")[0]
    if not words and sys.platform == "win32":
        words = locale.getlocale()[0] or ""
    code = words.partition(".")[0].partition("_")[0]
    return _WINDOWS_NAMES.get(code.casefold(), code)


_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""In the order of GNU gettext (gettext manual, “Locale Environment Variables”)."""
_WINDOWS_NAMES = {"english": "en", "spanish": "es", "german": "de", "french": "fr"}
"""Windows’ own words for languages (learn.microsoft.com/cpp/c-runtime-library/language-strings)."""


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


def first_line(file: Path | None) -> str:
    """The secret that a file gives, where one is named; else "". Raises OrganizerError as `passphrase_in`."""
    return passphrase_in(file) if file is not None else ""


def passphrase_in(file: Path) -> str:
    """The secret that a file's first line gives, without blanks around it.

    The one way in which a secret is read from a file, so that the very same file sets and opens; a mark of its
    encoding (UTF-8 or UTF-16, as Notepad writes them; Unicode 15, 23.8) is no part of it. Raises OrganizerError where
    it gives none: who names a file wants it to be used, and an open file in its place would be no answer.
    """
    lines = _text_of(file).splitlines()
    if not lines or not lines[0].strip():
        raise OrganizerError(
            _("The first line of “{name}” gives no passphrase.").format(name=file.name),
            _("Write the passphrase on its first line. Nothing was written."),
        )
    return lines[0].strip()


def _text_of(file: Path) -> str:
    """What a small text file says. Raises OrganizerError where it can't be read as one."""
    try:
        with file.open("rb") as stream:
            raw = stream.read(LONGEST_SECRET)
        marked = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        return raw.decode("utf-16" if marked else "utf-8-sig")
    except (UnicodeDecodeError, OSError) as error:
        raise OrganizerError(
            _("“{name}” can’t be read.").format(name=file.name), _("Save it as plain text (UTF-8), one line.")
        ) from error


def passphrase_given(confirm: bool = False) -> str:
    """The passphrase from the file that was named, or typed (twice with `confirm`)."""
    file: Path | None = click.get_current_context().obj
    if file is not None:
        return passphrase_in(file)
    return str(click.prompt(_("Passphrase"), hide_input=True, confirmation_prompt=confirm, err=True))


@contextmanager
def opened_record(folder: Path) -> Iterator[Record]:
    """The record, open until the command is done."""
    record = records.open_record(folder, passphrase_given())
    tell_notices(record)
    try:
        yield record
    finally:
        records.close(record)


def tell_notices(record: Record) -> None:
    """What opening found and did, on standard error."""
    for notice in records.notices(record):
        click.echo(shown(notice), err=True)


def tell_strength(passphrase: str, *about: str) -> None:
    """How easy a passphrase is to guess that was just set, on standard error; nothing of a strong one."""
    judgement = judged(passphrase, about)
    if judgement.strength < Strength.STRONG:
        click.echo(_("The passphrase: {words}").format(words=judgement.words), err=True)


def ask_to_replace(out: Path, replace: bool) -> None:
    """Let a file that stands at `out` be replaced: by `--replace`, or when asked at a terminal.

    Raises AlreadyThereError where nobody can be asked, Abort for a no.
    """
    if replace or not os.path.lexists(out) or out.is_dir():
        return
    if not sys.stdin.isatty():
        raise AlreadyThereError(
            _("“{name}” is already there.").format(name=out.name), _("Choose another name, or add --replace.")
        )
    click.confirm(_("“{name}” is already there. Replace it?").format(name=shown(out.name)), abort=True, err=True)


def chosen_case(record: Record, person: str, name: str) -> EntryId:
    """The case named by its title or id, else the only open one; NO_ENTRY where none is open.

    Raises NotFoundError, AmbiguousPersonError, AmbiguousCaseError: neither a person nor a case is guessed.
    """
    from organizer.services.opinion import cases

    if name and not person:
        named = cases.by_id(record, EntryId(name))
        if named is not None:
            return named.id
    case = cases.named_case(record, people.chosen_person(record, person).person, name)
    return case.id if case else NO_ENTRY


def left_out_in_words(left_out: Iterable[LeftOut]) -> list[str]:
    """What a paper doesn't show, a line each."""
    return [_("  left out: {what} – {reason}").format(what=exhibit.what, reason=exhibit.reason) for exhibit in left_out]


def say(as_json: bool, answer: Any, text: str) -> None:
    """The answer as one JSON object, or the text for people."""
    if as_json:
        answered = orjson.dumps(answer, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        sys.stdout.buffer.write(escaped(answered.decode()).encode())
        sys.stdout.buffer.flush()
    else:
        click.echo(shown(text))


def date_given(text: str) -> str:
    """A date that an option names (“yesterday” too), or ""; anything else, or what may be two days, is wrong use."""
    readings = readings_of(text, now=today())
    if not text or len(readings) == 1:
        return readings[0].text if readings else ""
    refused = date_refused(text, readings)
    raise click.UsageError(f"{refused.message} {refused.next_step}")
