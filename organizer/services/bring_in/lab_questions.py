"""What a laboratory report leaves open before its results can enter: whose they are, and which day is meant."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from organizer.base.dates import PartialDate
from organizer.base.i18n import _
from organizer.health.named_patient import NamedPatient
from organizer.health.same_person import is_of
from organizer.importing.lab_reports.model import Proposal
from organizer.model.ids import NOBODY, PersonId
from organizer.services.entries.entries import Query, find
from organizer.services.record.records import Record


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a report's results are: a person of the record, or NOBODY and the `question` to ask; `people` are all."""

    person: PersonId
    people: tuple[tuple[PersonId, str], ...]
    question: str = ""


def owner_of(record: Record, named: NamedPatient, shown: PersonId) -> Owner:
    """The person shown, unless the paper names somebody who isn't them: then nobody, and a question.

    Nothing is changed over to another person unasked, not even to one whom the record has by that name.
    """
    people = find(record, Query(kinds=("Patient",), order="created"))
    names = tuple((PersonId(person.id), person.title) for person in people)
    meant = next((person for person in people if person.id == shown), None)
    if meant is None or is_of(meant, named):
        return Owner(shown if meant else NOBODY, names)
    return Owner(NOBODY, names, _question(named))


def _question(named: NamedPatient) -> str:
    days = " / ".join(day.spoken() for day in named.born)
    if not named.name:
        return _("The report is of somebody born on {day}. Say whose results these are.").format(day=days)
    if days:
        words = _("The report names {name}, born on {day}. Say whose results these are.")
        return words.format(name=named.name, day=days)
    return _("The report names {name}. Say whose results these are.").format(name=named.name)


def open_days(proposals: Sequence[Proposal]) -> tuple[PartialDate, ...]:
    """The two days that the first open date of a report can mean (day first, month first); () where none is open."""
    return next((proposal.open_days for proposal in proposals if proposal.open_days), ())


def dated(proposal: Proposal, reading: int) -> Proposal:
    """A proposal of the day that is meant: reading 0 is day first, 1 month first. What isn't open stays as it is."""
    return dated_on(proposal, proposal.open_days[reading]) if proposal.open_days else proposal


def dated_on(proposal: Proposal, day: PartialDate) -> Proposal:
    """A proposal of the day that the person gave; doubts that aren't about the day stay."""
    doubts = tuple(doubt for doubt in proposal.doubts if doubt != proposal.date_doubt)
    return replace(proposal, date=day, doubts=doubts, open_days=(), date_doubt="")
