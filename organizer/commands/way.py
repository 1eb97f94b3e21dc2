"""Commands along the way to a second opinion: the case, what is gathered, the sheets."""

from collections.abc import Callable
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any

import click

from organizer.base.errors import NotFoundError
from organizer.base.i18n import _
from organizer.commands.command_line import (
    AS_JSON,
    CASE_HELP,
    PERSON,
    RECORD,
    TICK,
    casebook,
    chosen_case,
    left_out_in_words,
    say,
)
from organizer.model.case import Case, RowState
from organizer.model.ids import NO_ENTRY, EntryId
from organizer.model.kinds import find_kind
from organizer.services.entries import entries
from organizer.services.opinion import cases
from organizer.services.record import people
from organizer.services.record.records import Record

CASE = click.option("--case", "case_name", default="", help=CASE_HELP)
FIELDS = click.argument("fields", nargs=-1, metavar="[FIELD=VALUE]...")
SHEETS = ("options", "comparison", "visit", "insurance", "emergency", "asked")
TICKS = {"have": RowState.HAVE, "spared": RowState.SPARED, "missing": RowState.MISSING}


def pairs(texts: tuple[str, ...]) -> dict[str, str]:
    """`FIELD=VALUE` words as fields. Raises UsageError for another."""
    fields = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise click.UsageError(_("“{field}” is not FIELD=VALUE.").format(field=text))
        fields[name] = value
    return fields


def opened_case(record: Record, person: str, name: str) -> Case:
    """The case named, else the only open one. Raises NotFoundError where there is none, AmbiguousCaseError."""
    case_id = chosen_case(record, person, name)
    if case_id == NO_ENTRY:
        closed = cases.cases(record, people.chosen_person(record, person).person)
        if closed:
            listed = ", ".join(f"{case.title} ({case.id})" for case in closed)
            step = _("Name a closed one by its id with --case, one of: {cases}.").format(cases=listed)
            raise NotFoundError(_("No case is open."), step)
        raise NotFoundError(_("There is no case yet."), _("Begin one: casebook case RECORD --begin."))
    return cases.case_of(record, case_id)


@casebook.command("case")
@RECORD
@FIELDS
@click.option("--begin", "action", flag_value="begin", help="Begin a case, with its fields: why=…, specialist=….")
@click.option("--again", "action", flag_value="again", help="The same question to another specialist, as a new case.")
@click.option("--close", "action", flag_value="close", help="Close it; nothing of it is lost.")
@click.option("--reopen", "action", flag_value="reopen", help="Go on with a closed case.")
@click.option("--about", "diagnoses", multiple=True, metavar="TITLE", help="It is about this diagnosis too.")
@click.option("--not-about", "dropped", multiple=True, metavar="TITLE", help="It is about this diagnosis no more.")
@click.option(
    "--calendar",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="Write what is to be done by when as a calendar file (.ics).",
)
@CASE
@PERSON
@AS_JSON
def case_(
    record: Path, fields: tuple[str, ...], action: str | None, diagnoses: tuple[str, ...], dropped: tuple[str, ...],
    calendar: Path | None, case_name: str, person: str, as_json: bool,
) -> None:  # fmt: skip
    """The cases, each with what is to be done by when; begin, fill, close or reopen one."""
    from organizer.commands.command_line import opened_record
    from organizer.services.opinion import timetable

    typed = entries.typed_fields(find_kind("OpinionCase"), pairs(fields))
    with opened_record(record) as opened:
        whose = people.chosen_person(opened, person)
        named, unnamed = (
            [entries.by_title(opened, whose.person, "Condition", title).id for title in titles]
            for titles in (diagnoses, dropped)
        )
        if action == "begin":
            acted = cases.begin(opened, whose.person, typed, named or None).entries[0]
        else:
            acted = _acted(opened, person, case_name, action, typed)
            if named or unnamed:
                case = _case_of(opened, acted, person, case_name)
                about = [entry_id for entry_id in (*case.about, *named) if entry_id not in unnamed]
                cases.set_about(opened, case.id, about)
        if calendar is not None:
            timetable.save(opened, _case_of(opened, acted, person, case_name), calendar)
        shown = [_as_json(opened, case) for case in cases.cases(opened, whose.person)]
    say(as_json, {"cases": shown}, "\n".join(map(_case_in_words, shown)) or _("There is no case yet."))


def _acted(record: Record, name: str, case_name: str, action: str | None, typed: dict[str, str]) -> EntryId:
    """Do what was asked for of a case; gives the case that it was done to, NO_ENTRY where nothing was."""
    if action == "again":
        case = opened_case(record, name, case_name)
        begun = cases.begin_again(record, case.id, typed.pop("specialist", "")).entries[0]
        if typed:
            cases.fill(record, begun, typed)
        return begun
    if action is None and not typed:
        return NO_ENTRY
    case = opened_case(record, name, case_name)
    changing: dict[str | None, Callable[[], object]] = {
        "close": lambda: cases.close(record, case.id),
        "reopen": lambda: cases.reopen(record, case.id),
    }
    if typed:
        cases.fill(record, case.id, typed)
    if action in changing:
        changing[action]()
    return case.id


def _case_of(record: Record, acted: EntryId, person: str, case_name: str) -> Case:
    return cases.case_of(record, acted) if acted else opened_case(record, person, case_name)


def _as_json(record: Record, case: Case) -> dict[str, Any]:
    from organizer.services.opinion import timetable

    steps = [] if case.is_closed else timetable.plan(record, case)
    return {
        "id": case.id,
        "title": case.title,
        "closed": case.is_closed,
        "specialist": case.specialist,
        "why": case.why,
        "appointment": case.appointment.text if case.appointment else "",
        "decide_by": case.decide_by.text if case.decide_by else "",
        "about": [condition.title for condition in cases.diagnoses(record, case)],
        "may_be_about": _may_be_about(record, case),
        "steps": [
            {
                "what": step.what,
                "day": step.day.isoformat() if step.day and not step.vague else None,
                "when": step.when,
                "late": step.late,
            }
            for step in steps
        ],
    }


def _may_be_about(record: Record, case: Case) -> list[str]:
    """Diagnoses to choose from where the case is about none yet."""
    if case.is_closed or cases.diagnoses(record, case):
        return []
    return [entry.title for entry in chain.from_iterable(cases.offered(record, case.person))]


def _case_in_words(case: dict[str, Any]) -> str:
    closed = _(" (closed)") if case["closed"] else ""
    lines = [f"{case['title']}{closed}  {case['specialist']}".rstrip(), f"  {case['id']}"]
    if case["about"]:
        lines.append("  " + _("About: {titles}").format(titles="; ".join(case["about"])))
    elif case["may_be_about"]:
        words = _("It names no diagnosis yet. Say with --about which is meant: {titles}.")
        lines.append("  " + words.format(titles="; ".join(case["may_be_about"])))
    for step in case["steps"]:
        late = _(" – the day has gone by") if step["late"] else ""
        lines.append(f"  {step['when']:>12}  {step['what']}{late}")
    return "\n".join(lines)


@casebook.command()
@RECORD
@click.option("--tick", "ticks", multiple=True, metavar="ROW=STATE", help="have, spared, missing, or an entry's id.")
@click.option("--came", "came", multiple=True, metavar="ROW", help="What was asked for in this row has come today.")
@CASE
@PERSON
@AS_JSON
def gather(
    record: Path, ticks: tuple[str, ...], came: tuple[str, ...], case_name: str, person: str, as_json: bool
) -> None:
    """What the specialist will ask for: what is there, what was asked for, what is missing."""
    from organizer.commands.command_line import opened_record

    with opened_record(record) as opened:
        case = opened_case(opened, person, case_name)
        for row, state in pairs(ticks).items():
            _row(opened, case, row)
            if state in TICKS:
                cases.tick(opened, case.id, row, TICKS[state])
            else:
                cases.tick(opened, case.id, row, RowState.LINKED, EntryId(state))
        for row in came:
            item = _row(opened, case, row)
            if item.state is not RowState.ASKED:
                raise NotFoundError(_("“{row}” was not asked for.").format(row=row), _("Write a letter first."))
            cases.came(opened, item.entries[0].id)
        items = cases.gather(opened, case.id)
    rows = [{"row": item.row, "label": item.label, "state": str(item.state), "said": item.said} for item in items]
    lines = [f"{item.state:>8}  {item.row}: {item.label}  {item.said}".rstrip() for item in items]
    say(as_json, {"case": case.id, "rows": rows}, "\n".join(lines))


def _row(record: Record, case: Case, name: str) -> cases.Item:
    rows = {item.row: item for item in cases.gather(record, case.id)}
    if name not in rows:
        raise NotFoundError(
            _("This case has no row “{name}”.").format(name=name),
            _("Use one of: {names}.").format(names=", ".join(rows)),
        )
    return rows[name]


@casebook.command()
@RECORD
@click.argument("kind", type=click.Choice(SHEETS))
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The PDF to write.")
@click.option("--page-size", type=click.Choice(["letter", "a4"]), default="letter")
@TICK
@CASE
@PERSON
@AS_JSON
def sheet(
    record: Path, kind: str, out: Path, page_size: str, tick: tuple[str, ...], case_name: str, person: str,
    as_json: bool,
) -> None:  # fmt: skip
    """Write a sheet as a PDF: options, opinions, the visit, insurance, the emergency card, what was asked for."""
    from organizer.commands.command_line import opened_record
    from organizer.services.opinion import leaving_out, letters, sheets

    ticked = leaving_out.matters_named(tick)
    with opened_record(record) as opened:
        whose = people.chosen_person(opened, person).person
        drawing: dict[str, Callable[[], leaving_out.Paper]] = {
            "options": lambda: sheets.options(opened, whose, page_size, chosen_case(opened, person, case_name), ticked),
            "comparison": lambda: sheets.comparison(opened, opened_case(opened, person, case_name).id, page_size),
            "visit": lambda: sheets.visit(opened, opened_case(opened, person, case_name).id, page_size),
            "asked": lambda: sheets.asked(opened, opened_case(opened, person, case_name).id, page_size),
            "insurance": lambda: sheets.insurance_sheet(opened, whose, page_size, ticked),
            "emergency": lambda: sheets.emergency(opened, whose, page_size, ticked),
        }
        paper = drawing[kind]()
        letters.save_bytes(paper.pdf, out)
    fields = {"out": str(out), "left_out": [asdict(matter) for matter in paper.left_out]}
    say(as_json, fields, "\n".join([_("Wrote {out}.").format(out=out), *left_out_in_words(paper.left_out)]))
