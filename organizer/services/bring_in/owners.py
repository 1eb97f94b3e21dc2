"""Whose the entries of a paper are, before they can enter."""

from dataclasses import dataclass

from organizer.base.i18n import _
from organizer.health.named_patient import NamedPatient
from organizer.health.same_person import is_of
from organizer.model.ids import NOBODY, PersonId
from organizer.services.entries.entries import Query, find
from organizer.services.record.records import Record


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a paper's entries are: a person of the record, or NOBODY and the `question` to ask; `people` are all."""

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
        return _("The paper is of somebody born on {day}. Say whose it is.").format(day=days)
    if days:
        words = _("The paper names {name}, born on {day}. Say whose it is.")
        return words.format(name=named.name, day=days)
    return _("The paper names {name}. Say whose it is.").format(name=named.name)
