"""The command that sets a goal: what is measured is chosen from the record's own measures."""

from pathlib import Path

import click

from organizer.base.i18n import _
from organizer.commands.command_line import AS_JSON, PERSON, RECORD, casebook, opened_record, say
from organizer.services.record import people


@casebook.command()
@RECORD
@click.argument("title")
@click.option("--measure", default="", metavar="NAME", help="What is measured, such as HbA1c; A1c is HbA1c.")
@click.option("--at-least", default="", metavar="NUMBER", help="The lower end.")
@click.option("--at-most", default="", metavar="NUMBER", help="The upper end.")
@click.option("--change", default="", metavar="PERCENT", help="A change from the start: -30 is a third lower.")
@click.option("--unit", default="", help="Of the numbers; else the one in which results are printed.")
@click.option("--since", default="", help="The first day (2026-01-05); else today.")
@click.option("--by", default="", help="The day by which it should be reached.")
@click.option("--why", default="", help="Why it matters.")
@PERSON
@AS_JSON
def goal(
    record: Path, title: str, measure: str, at_least: str, at_most: str, change: str, unit: str, since: str, by: str,
    why: str, person: str, as_json: bool,
) -> None:  # fmt: skip
    """Set a goal; without --measure it is one in words."""
    from organizer.services.follow import goals

    with opened_record(record) as opened:
        whose = people.chosen_person(opened, person).person
        chosen = goals.chosen_measure(opened, whose, measure) if measure else None
        numbers = {"target_low": at_least, "target_high": at_most, "target_change": change}
        fields = {"title": title, **numbers, "unit": unit, "happened": since, "due": by, "why": why}
        changes = goals.set_goal(opened, whose, fields, chosen)
    measured = chosen.title if chosen else ""
    text = _("{done} It is compared with {measure}.").format(done=f"{changes.label}.", measure=measured)
    say(as_json, {"id": changes.entries[0], "measure": measured}, text if measured else changes.label)
