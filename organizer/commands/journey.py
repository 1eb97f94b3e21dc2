"""Commands on the way to a second opinion that write a paper of their own: letters and the chronology."""

from pathlib import Path

import click

from organizer.base.i18n import _
from organizer.commands.command_line import (
    AS_JSON,
    CASE_HELP,
    PERSON,
    RECORD,
    TICK,
    ProgressLine,
    casebook,
    chosen_case,
    date_given,
    left_out_in_words,
    opened_record,
    say,
)
from organizer.services.record import people

COUNTRIES = ("us", "eu", "uk", "ca")
LETTER_KINDS = (
    "records-request", "slides-request", "referral-request", "thank-you", "transfer-request", "authorization",
    "fax-cover",
)  # fmt: skip


@casebook.command()
@RECORD
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="A .pdf, .xlsx or .csv.")
@click.option("--since", default="", help="Only what happened from this date on.")
@click.option("--until", default="", help="Only what happened up to this date.")
@click.option("--prefix", default="", help="Names the exhibits’ pages: MARSH gives MARSH 000031.")
@click.option("--comments", is_flag=True, help="With the person's own comments, in a column of their own.")
@click.option("--looked-at", multiple=True, metavar="FILE", help="Print this file though it can’t be searched.")
@TICK
@click.option("--page-size", type=click.Choice(["letter", "a4"]), default="letter")
@PERSON
@AS_JSON
def chronology(
    record: Path, out: Path, since: str, until: str, prefix: str, comments: bool, looked_at: tuple[str, ...],
    tick: tuple[str, ...], page_size: str, person: str, as_json: bool,
) -> None:  # fmt: skip
    """Write the chronology: every dated entry with its source, gaps marked."""
    from organizer.services.opinion import chronologies, leaving_out

    wish = chronologies.ChronologyWish(
        date_given(since),
        date_given(until),
        comments,
        size=page_size,
        prefix=prefix,
        looked_at=looked_at,
        tick=leaving_out.matters_named(tick),
    )
    with opened_record(record) as opened:
        whose = people.chosen_person(opened, person).person
        result = chronologies.write(opened, whose, wish, out, ProgressLine())
    words = _("Wrote {out}: {events} lines, {gaps} gaps of 30 days or more.")
    lines = [words.format(out=out, events=result.events, gaps=result.gaps), *left_out_in_words(result.left_out)]
    say(as_json, result.as_json(), "\n".join(line for line in (*lines, result.warning) if line))


@casebook.command()
@RECORD
@click.argument("kind", type=click.Choice(LETTER_KINDS))
@click.option("--to", required=True, help="Name of the doctor or clinic.")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The PDF to write.")
@click.option(
    "--variant",
    type=click.Choice(COUNTRIES),
    default=None,
    help="Whose law it names; else that of the recipient's country.",
)
@click.option(
    "--ask", "asked", multiple=True, metavar="ROW", help="Only this row of the checklist; may be given again."
)
@click.option(
    "--specimen", "named", multiple=True, metavar="NAME", help="Slides of this specimen: its title or case number."
)
@click.option("--since", default="", help="Records from this date on.")
@click.option("--until", default="", help="Records up to this date.")
@click.option("--case", "case_name", default="", help=CASE_HELP)
@click.option("--sent", is_flag=True, help="Note in the record that it goes out today.")
@PERSON
@AS_JSON
def letter(
    record: Path,
    kind: str,
    to: str,
    out: Path,
    variant: str | None,
    asked: tuple[str, ...],
    named: tuple[str, ...],
    since: str,
    until: str,
    case_name: str,
    sent: bool,
    person: str,
    as_json: bool,
) -> None:
    """Write a letter from the record as a PDF."""
    from organizer.services.opinion import cases, letters

    with opened_record(record) as opened:
        whose = people.chosen_person(opened, person).person
        case = chosen_case(opened, person, case_name)
        rows = cases.asked_rows(opened, case, asked)
        wish = letters.LetterWish(
            kind,
            to,
            variant or "",
            tuple(row.asks for row in rows),
            since=date_given(since),
            until=date_given(until),
            specimens=letters.named_specimens(opened, whose, named, case),
        )
        written = letters.draft(opened, whose, wish, case)
        letters.save(written, out)
        if sent:
            if rows:
                cases.ask(opened, case, {row.row: row.label for row in rows}, written.to)
            letters.log_sent(opened, whose, written, case)
    for lack in written.missing:
        click.echo(lack, err=True)
    say(as_json, {"out": str(out)}, _("Wrote {out}.").format(out=out))
