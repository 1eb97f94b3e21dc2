"""Commands on the way to a second opinion: plan checks, the packet, the demonstration."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from organizer.base.dates import parse_date
from organizer.base.i18n import _, languages
from organizer.commands.command_line import (
    AS_JSON,
    CASE_HELP,
    PERSON,
    RECORD,
    REPLACE,
    TICK,
    ProgressLine,
    ShowRecord,
    ask_to_replace,
    casebook,
    chosen_case,
    date_given,
    left_out_in_words,
    opened_record,
    passphrase_in,
    say,
)
from organizer.health.titles import plain_title
from organizer.services.record import people


@casebook.command()
@RECORD
@click.option("--as-of", default="", help="The day to judge from (2026-11-24); else today.")
@PERSON
@AS_JSON
def check(record: Path, as_of: str, person: str, as_json: bool) -> None:
    """Where the treatment plans stand, and reasons for a second opinion."""
    from organizer.services.follow import attention, plans
    from organizer.services.opinion import reasons

    with opened_record(record) as opened:
        day = _full_day(as_of)
        whose = people.chosen_person(opened, person).person
        urgent = attention.needed(opened, whose, day)
        reports = plans.check_all(opened, whose, day)
        raised = reasons.reasons(opened, whose, day)
    fields = {
        "attention": [attention.attention_as_json(matter) for matter in urgent],
        "plans": [plans.as_json(report) for report in reports],
        "reasons": [reasons.as_json(reason) for reason in raised],
    }
    first = [*(matter.sentence for matter in urgent), *attention.of_plans(urgent, reports)]
    say(as_json, fields, _check_in_words(first, reports, raised))


def _full_day(text: str) -> date | None:
    when = parse_date(date_given(text))
    if when is None:
        return None
    if when.precision != "day":
        raise click.UsageError(_("“{text}” is not a day: write 2019-03-07.").format(text=text))
    return when.first_day


def _check_in_words(first: Sequence[str], reports: Sequence[Any], reasons: Sequence[Any]) -> str:
    """What asks for prompt contact first, then each plan as the window shows it, then the reasons."""
    lines = list(first)
    for report in reports:
        parts = [report.check.sentence, *(beside.sentence for beside in report.besides)]
        words = "\n".join(f"  {part}" for part in parts if part)
        lines.append(f"{_plan_and_goal(report)} – {report.verdict_words}\n{words}")
    lines += [f"{reason.title}\n  {reason.sentence}" for reason in reasons]
    return "\n".join(lines) or _("There is no treatment plan in this record yet.")


def _plan_and_goal(report: Any) -> str:
    """What a plan is called, with its goal: a plan may have several, each with a verdict of its own."""
    plan = plain_title(report.plan)
    goal = plain_title(report.goal) if report.goal else ""
    if goal.casefold() in ("", plan.casefold()):
        return plan
    return _("{plan}: {goal}").format(plan=plan, goal=goal)


@casebook.command()
@RECORD
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The PDF to write.")
@click.option("--case", "case_name", default="", help=CASE_HELP)
@click.option("--specialty", default="", metavar="FIELD", help="What leads: oncology, cardiology, nephrology, …")
@click.option("--include", multiple=True, metavar="SECTION")
@click.option("--exclude", multiple=True, metavar="SECTION")
@click.option("--whole", multiple=True, metavar="SECTION", help="Print all of it, also over its pages.")
@click.option("--language", type=click.Choice(languages()), default="en", help="Of the packet’s own words.")
@TICK
@click.option("--looked-at", multiple=True, metavar="FILE", help="Print this file though it can’t be searched.")
@click.option("--since", default="", help="Only what happened from this date on.")
@click.option("--page-size", type=click.Choice(["letter", "a4"]), default="letter")
@click.option(
    "--protect-with",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file whose first line is the passphrase that opens the PDF (AES-256).",
)
@click.option(
    "--parts-of",
    type=click.IntRange(min=1),
    default=None,
    metavar="MB",
    help="Also in parts of at most so many megabytes, for portals that take no more.",
)
@REPLACE
@PERSON
@AS_JSON
def packet(
    record: Path, out: Path, case_name: str, person: str, since: str, protect_with: Path | None, parts_of: int | None,
    replace: bool, as_json: bool, **chosen: Any,
) -> None:  # fmt: skip
    """Write the second-opinion packet as a PDF."""
    from organizer.services.opinion import packets

    passphrase = passphrase_in(protect_with) if protect_with else ""
    ask_to_replace(out, replace)
    with opened_record(record) as opened:
        case_id = chosen_case(opened, person, case_name)
        choice = packets.choice(opened, person_name=person, case_id=case_id, since=date_given(since), **chosen)
        result = packets.write_packet(opened, choice, out, ProgressLine(), passphrase, (parts_of or 0) * 1_000_000)
    say(as_json, packets.as_json(result), _packet_in_words(out, result))


def _packet_in_words(out: Path, result: Any) -> str:
    lines = [
        _("Wrote {out}: {pages} pages, {exhibits} exhibits; {linked} of {facts} facts lead to their page.").format(
            out=out, pages=result.pages, exhibits=len(result.exhibits), linked=result.facts_linked, facts=result.facts
        )
    ]
    lines += [_("  also as {part}").format(part=part.name) for part in result.parts]
    lines += left_out_in_words(result.left_out)
    if result.held_back:
        lines.append(_("Held back until you look at them; “casebook recognise” reads scans. To print one as it is:"))
        lines += [f"  --looked-at “{exhibit.file_name}”" for exhibit in result.held_back]
    return "\n".join(lines)


def _held_in_words(held: Any) -> str:
    """How to print a document as it is, and whom else it names."""
    line = f"  --looked-at “{held.file_name}”"
    return f"{line}  " + _("(it names {names})").format(names=held.names) if held.names else line


@casebook.command()
@click.option("--out", type=click.Path(path_type=Path), default=Path("demo"), help="Folder for record and packet.")
@click.option("--no-window", is_flag=True, help="Don't open the window.")
@AS_JSON
def demo(out: Path, no_window: bool, as_json: bool) -> ShowRecord | int:
    """The sample record from its source files, checked, its packet written; then the window on it."""
    from organizer.services.record import demonstration

    shown = demonstration.run(out, ProgressLine())
    say(as_json, shown.as_json(), shown.in_words())
    if no_window or as_json:
        return 0
    if demonstration.has_display():
        return ShowRecord(shown.record, shown.passphrase)
    click.echo(_("There is no display here, so the window stays closed."))
    return 0
