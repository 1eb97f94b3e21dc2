"""The command that reads results out of laboratory reports that are kept, and adds those that are certain if asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import click

from organizer.base.i18n import _, ngettext
from organizer.commands.command_line import AS_JSON, PERSON, RECORD, ProgressLine, casebook, opened_record, say
from organizer.model.ids import NOBODY, PersonId, Sha256
from organizer.services.bring_in import lab_reports, next_steps
from organizer.services.bring_in.lab_reports import LabReport, Proposal
from organizer.services.bring_in.owners import owner_of
from organizer.services.entries import documents, entries
from organizer.services.record import people
from organizer.services.record.records import Record


@casebook.command()
@RECORD
@click.argument("files", nargs=-1)
@click.option("--add", is_flag=True, help="Add the results that nothing speaks against, as one operation a report.")
@PERSON
@AS_JSON
def read(record: Path, files: tuple[str, ...], add: bool, person: str, as_json: bool) -> None:
    """Read the results in laboratory reports that the record keeps: in FILES (names of kept files), else in all that
    look like reports. Nothing is written without --add."""
    with opened_record(record) as opened:
        whose = people.chosen_person(opened, person).person
        answers = [_read(opened, sha256, whose, add) for sha256 in _chosen(opened, whose, files)]
    words = "\n".join(answer.words for answer in answers)
    say(as_json, {"reports": [answer.as_json for answer in answers]}, words or _("No report waits to be read."))


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one report says: in words and in JSON."""

    words: str
    as_json: dict[str, object]


def _chosen(record: Record, person: PersonId, files: Sequence[str]) -> list[Sha256]:
    """The files that are named; else those of the documents that look like reports and gave no results yet."""
    if files:
        return sorted(documents.named(record, person, files))
    waiting = [step for step in next_steps.next_steps(record, person) if step.kind == next_steps.READ_RESULTS]
    ids = list(chain.from_iterable(step.documents for step in waiting))
    return [Sha256(entry.text("file")) for entry in entries.many(record, ids)]


def _read(record: Record, sha256: Sha256, person: PersonId, add: bool) -> _Answer:
    report = lab_reports.propose(record, sha256, ProgressLine())
    owner = owner_of(record, report.named, person)
    certain = [result for place, result in enumerate(report.proposals) if result.certain and place not in report.known]
    added = ""
    if add and certain and owner.person != NOBODY:
        added = lab_reports.accept(record, report, certain, owner.person).label
    rows = [f"  {_line(result)}" for result in report.proposals]
    notes = [f"  {words}" for words in (*report.left_out, owner.question, added) if words]
    as_json: dict[str, object] = {
        "file": report.name,
        "names": report.named.name,
        "question": owner.question,
        "results": [_as_json(result, place in report.known) for place, result in enumerate(report.proposals)],
        "left_out": list(report.left_out),
        "added": added,
    }
    return _Answer("\n".join([report.name, *rows, *notes, f"  {_counted(report)}"]), as_json)


def _counted(report: LabReport) -> str:
    words = ngettext(
        "{n} result, {certain} of them certain.", "{n} results, {certain} of them certain.", len(report.proposals)
    )
    return words.format(n=len(report.proposals), certain=sum(result.certain for result in report.proposals))


def _line(proposal: Proposal) -> str:
    day = proposal.date.spoken() if proposal.date else _("without a date")
    value = " ".join(part for part in (lab_reports.spoken_value(proposal), lab_reports.shown_unit(proposal)) if part)
    spread = f" ({proposal.range_text})" if proposal.range_text else ""
    flag = f" {lab_reports.spoken_flag(proposal)}" if proposal.flag else ""
    doubts = "".join(f"\n      {doubt}" for doubt in proposal.doubts)
    return f"{proposal.name}: {value}{flag}{spread}, {day}{doubts}"


def _as_json(proposal: Proposal, known: bool) -> dict[str, object]:
    return {
        "name": proposal.name,
        "value": proposal.value,
        "comparator": proposal.comparator,
        "unit": proposal.unit,
        "low": proposal.low,
        "high": proposal.high,
        "range": proposal.range_text,
        "flag": lab_reports.spoken_flag(proposal),
        "date": proposal.date.text if proposal.date else None,
        "loinc": proposal.loinc,
        "page": proposal.place.page,
        "certain": proposal.certain,
        "doubts": list(proposal.doubts),
        "known": known,
    }
