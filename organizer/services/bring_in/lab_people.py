"""A print for a whole family: pages of one report or letter that name different patients."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter

from organizer.base.i18n import _
from organizer.health.named_patient import NamedPatient, patient_on
from organizer.health.same_person import name_words
from organizer.importing.lab_reports.lines import lines_of
from organizer.importing.lab_reports.model import Proposal
from organizer.importing.page_text.words_on_page import PageWords


def named_on(pages: Sequence[PageWords]) -> dict[int, NamedPatient]:
    """The patients that pages name, by the pages' numbers; a page without one isn't in it."""
    numbers = map(attrgetter("number"), pages)
    named = zip(numbers, map(_patient_of, pages), strict=True)
    return {number: person for number, person in named if person != NamedPatient()}


def _patient_of(page: PageWords) -> NamedPatient:
    printed = map(attrgetter("text"), lines_of(page))
    return patient_on("\n".join(printed))


def is_of_several(named: Sequence[NamedPatient]) -> bool:
    """True where two pages in a row name patients who can't be the same person."""
    return any(_are_two(named_patient, other) for named_patient, other in pairwise(named))


def of_several(named: Mapping[int, NamedPatient], proposals: Sequence[Proposal]) -> list[Proposal]:
    """Proposals of a report of several people: each says whom its page names, and none is taken for certain."""
    doubted = []
    for proposal in proposals:
        doubt = whose_page(named, proposal.place.page)
        doubted.append(replace(proposal, doubts=(doubt, *proposal.doubts)))
    return doubted


def whose_page(named: Mapping[int, NamedPatient], page: int) -> str:
    """The doubt about what stands on a page of a document of several people.

    `named` are the patients by the number of the page that names them; pages that name nobody go with the one before.
    """
    number = max(filter(page.__ge__, named), default=0)
    if number:
        whose = named[number].spoken()
        return _("Its page names {name}; others name somebody else.").format(name=whose)
    return _("Its page names nobody; others name several people.")


def several_in_words(named: Mapping[int, NamedPatient]) -> str:
    """What is told of such a document."""
    people = ", ".join(dict.fromkeys(person.spoken() for person in named.values()))
    return _("The pages name several people: {people}. Tick only what is said of one of them.").format(people=people)


def _are_two(first: NamedPatient, other: NamedPatient) -> bool:
    mine, theirs = ({word for word in name_words(person.name) if len(word) > 1} for person in (first, other))
    if mine and theirs and mine & theirs not in (mine, theirs):
        return True
    days = [{day.text for day in person.born} for person in (first, other)]
    return all(days) and not (days[0] & days[1])
