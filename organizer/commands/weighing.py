"""Commands at and after the visit: options, questions, what was said, what is decided."""

from collections.abc import Sequence
from pathlib import Path

import click

from organizer.base.errors import NotFoundError
from organizer.base.i18n import _
from organizer.commands.command_line import (
    AS_JSON,
    PERSON,
    RECORD,
    casebook,
    chosen_case,
    date_given,
    opened_record,
    say,
)
from organizer.commands.way import CASE, FIELDS, opened_case, pairs
from organizer.model.entry import Changes, Entry
from organizer.model.kinds import find_kind
from organizer.services.entries import entries
from organizer.services.opinion import cases, deciding, questions, visits
from organizer.services.record import people
from organizer.services.record.records import Record


def _changed(as_json: bool, changes: Changes) -> None:
    say(as_json, {"id": changes.entries[0], "label": changes.label}, changes.label)


@casebook.command()
@RECORD
@click.argument("title")
@FIELDS
@click.option(
    "--chance", "chances", multiple=True, metavar="OF WHAT|N|OF|TIME|SOURCE|WHO", help="Stroke|2|100|30 days|…|Dr Osei"
)
@click.option("--weigh", "weights", multiple=True, metavar="REASON=0..5", help="How much a reason matters.")
@CASE
@PERSON
@AS_JSON
def option(
    record: Path, title: str, fields: tuple[str, ...], chances: tuple[str, ...], weights: tuple[str, ...],
    case_name: str, person: str, as_json: bool,
) -> None:  # fmt: skip
    """An option of a case by its TITLE: written down, filled, weighed."""
    typed = entries.typed_fields(find_kind("TreatmentOption"), pairs(fields))
    with opened_record(record) as opened:
        whose = people.chosen_person(opened, person).person
        case_id = chosen_case(opened, person, case_name)
        known = _called(deciding.options(opened, whose, case_id).columns, title)
        if known is None:
            changes = deciding.add_option(opened, whose, title, case_id, typed.pop("recommended_by", ""))
            known = entries.get(opened, changes.entries[0])
        if typed:
            cases.fill(opened, known.id, typed)
        for text in chances:
            deciding.add_chance(opened, known.id, deciding.chance_typed(*_parts(text)))
        for reason, weight in pairs(weights).items():
            _weigh(opened, entries.get(opened, known.id), reason, weight)
    say(as_json, {"id": known.id}, known.title)


def _called(options: Sequence[Entry], title: str) -> Entry | None:
    return next((entry for entry in options if entry.title.casefold() == title.casefold()), None)


def _parts(text: str) -> list[str]:
    parts = [part.strip() for part in text.split("|")]
    if not 3 <= len(parts) <= 6:
        raise click.UsageError(_("Write a chance as: Stroke|2|100|30 days|source|who told it."))
    return parts


def _weigh(record: Record, chosen: Entry, reason: str, weight: str) -> None:
    if not weight.isdecimal():
        raise click.UsageError(_("Write a whole number from 0 to {highest}.").format(highest=5))
    against = [line for line, _weight in deciding.reasons_of(chosen, deciding.AGAINST)]
    side = deciding.AGAINST if reason in against else deciding.FOR
    deciding.weigh(record, chosen.id, side, reason, int(weight))


@casebook.command()
@RECORD
@click.argument("text")
@click.option("--why", default="", help="Why it is asked.")
@click.option("--answer", default=None, help="What was answered; today is its day.")
@click.option("--star", is_flag=True, help="One of the three that matter most.")
@CASE
@PERSON
@AS_JSON
def question(
    record: Path, text: str, why: str, answer: str | None, star: bool, case_name: str, person: str, as_json: bool
) -> None:
    """A question of a case by its TEXT: written down, starred, answered."""
    with opened_record(record) as opened:
        whose = people.chosen_person(opened, person).person
        case_id = chosen_case(opened, person, case_name)
        asked = questions.ordered(opened, whose, case_id)
        known = _called(asked, text)
        question_id = known.id if known is not None else questions.add(opened, whose, text, why, case_id).entries[0]
        if star:
            questions.star(opened, question_id, True)
        if answer is not None:
            questions.answer(opened, question_id, answer)
    say(as_json, {"id": question_id}, text)


@casebook.command()
@RECORD
@FIELDS
@click.option("--decided", "outcomes", multiple=True, metavar="TEXT", help="What was decided; a to-do each.")
@click.option("--over", is_flag=True, help="The visit has taken place.")
@CASE
@PERSON
@AS_JSON
def visit(
    record: Path, fields: tuple[str, ...], outcomes: tuple[str, ...], over: bool, case_name: str, person: str,
    as_json: bool,
) -> None:  # fmt: skip
    """The visit of a case: how it was (had_time=8, understood=7, priorities=9), what was decided."""
    typed = entries.typed_fields(find_kind("Encounter"), pairs(fields))
    with opened_record(record) as opened:
        case = opened_case(opened, person, case_name)
        changes = visits.write(opened, case.id, typed)
        for text in outcomes:
            visits.decided(opened, case.id, text, "task")
        if over:
            changes = visits.finish(opened, case.id)
    _changed(as_json, changes)


@casebook.command("opinion")
@RECORD
@click.argument("which", type=click.Choice(["first", "second", "third"]))
@FIELDS
@click.option("--by", default="", help="Who gave it.")
@click.option("--on", default="", help="When it was given.")
@click.option("--mark", "marks", multiple=True, metavar="ROW=MARK", help="same, partly, refined, different, new, …")
@click.option("--mark-second", multiple=True, metavar="ROW=MARK", help="The third against the second.")
@CASE
@PERSON
@AS_JSON
def opinion_(
    record: Path, which: str, fields: tuple[str, ...], by: str, on: str, marks: tuple[str, ...],
    mark_second: tuple[str, ...], case_name: str, person: str, as_json: bool,
) -> None:  # fmt: skip
    """What an opinion said, by row: diagnosis=…, treatment=…; then the opinions stand side by side."""
    if mark_second and which != "third":
        raise click.UsageError(_("Only the third opinion is compared with the second by --mark-second."))
    noted = deciding.Opinion(by, date_given(on), {}, pairs(marks), pairs(mark_second))
    with opened_record(record) as opened:
        case = opened_case(opened, person, case_name)
        place = ("first", "second", "third").index(which)
        changes = deciding.note_opinion(opened, case.id, place, pairs(fields), noted)
    _changed(as_json, changes)


@casebook.command()
@RECORD
@click.argument("diagnosis")
@FIELDS
@click.option("--earlier", type=click.Choice(deciding.SETTLED), default=None, help="What became of the earlier one.")
@click.option("--by", default="", help="Who said so.")
@click.option("--on", default="", help="When it was said.")
@PERSON
@AS_JSON
def revise(
    record: Path, diagnosis: str, fields: tuple[str, ...], earlier: str | None, by: str, on: str, person: str,
    as_json: bool,
) -> None:  # fmt: skip
    """A DIAGNOSIS is seen anew: title=…, and only what is said of it (verification=…, made_by=…)."""
    typed = entries.typed_fields(find_kind("Condition"), pairs(fields))
    if not typed.get("title"):
        raise click.UsageError(_("Write how it is called now: title=…."))
    with opened_record(record) as opened:
        whose = people.chosen_person(opened, person).person
        old = entries.by_title(opened, whose, "Condition", diagnosis)
        view = deciding.EarlierView(earlier, by, date_given(on)) if earlier else None
        changes = deciding.revise_diagnosis(opened, old.id, typed, view)
    _changed(as_json, changes)


@casebook.command()
@RECORD
@click.argument("chosen", metavar="OPTION")
@click.option("--goal", required=True, help="What should change.")
@click.option("--review-by", required=True, help="By when it is looked at whether it did.")
@click.option("--measure", default="", help="What is measured.")
@click.option("--at-most", default="", help="The goal's upper end.")
@click.option("--at-least", default="", help="The goal's lower end.")
@click.option("--unit", default="")
@CASE
@PERSON
@AS_JSON
def decide(
    record: Path, chosen: str, goal: str, review_by: str, measure: str, at_most: str, at_least: str, unit: str,
    case_name: str, person: str, as_json: bool,
) -> None:  # fmt: skip
    """An OPTION of the case is chosen: it becomes a plan with a goal and a day of review."""
    wished = {"title": goal, "measure": measure, "target_high": at_most, "target_low": at_least, "unit": unit}
    with opened_record(record) as opened:
        whose = people.chosen_person(opened, person).person
        case_id = chosen_case(opened, person, case_name)
        columns = deciding.options(opened, whose, case_id).columns
        option_chosen = _called(columns, chosen)
        if option_chosen is None:
            names = ", ".join(entry.title for entry in columns) or _("none yet")
            raise NotFoundError(
                _("There is no option “{name}”.").format(name=chosen), _("Use one of: {names}.").format(names=names)
            )
        decision = deciding.Decision(option_chosen.id, date_given(review_by), wished)
        changes = deciding.decide(opened, decision, case_id)
    _changed(as_json, changes)
