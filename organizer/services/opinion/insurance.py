"""Insurance on the way to a second opinion: the coverage and its card, what to ask, the log of calls."""

from dataclasses import dataclass

from organizer.base.i18n import _
from organizer.health.countries import country_of
from organizer.health.opinion.insurance import insurer_questions
from organizer.health.writer import by_the_person
from organizer.model.entry import Changes, Entry, Link
from organizer.model.ids import EntryId, PersonId
from organizer.model.links import Role
from organizer.services.record import records
from organizer.services.record.records import Record
from organizer.store import change_log
from organizer.store import entries as reading
from organizer.store.change_log import Replace


@dataclass(frozen=True, slots=True)
class InsuranceFacts:
    """What is known: coverages, the pictures of their cards, calls newest first, pictures that may be a card."""

    coverages: list[Entry]
    cards: dict[EntryId, Entry]
    calls: list[Entry]
    maybe: list[Entry]


def facts_of(record: Record, person: PersonId) -> InsuranceFacts:
    """All about a person's insurance."""
    coverages = reading.of_kind(record, person, "Coverage", "title")
    latest = {coverage.id: coverage.targets(Role.CARD)[-1:] for coverage in coverages}
    pictures = reading.of_kind(record, person, "DocumentReference")
    pictures = [picture for picture in pictures if picture.text("media_type").startswith("image/")]
    by_id = {picture.id: picture for picture in pictures}
    cards = {coverage: by_id[targets[0]] for coverage, targets in latest.items() if targets and targets[0] in by_id}
    calls = reading.of_kind(record, person, "Communication")
    titles = {coverage.title.casefold() for coverage in coverages}
    return InsuranceFacts(
        coverages,
        cards,
        [call for call in calls if _with_insurer(call, set(latest), titles)],
        [picture for picture in pictures if picture not in cards.values()],
    )


def questions(record: Record, person: PersonId) -> list[str]:
    """What to ask the insurer, as the person asks it, or who writes for the person."""
    whose = reading.get(record, person)
    for_whom = "" if by_the_person(whose, records.as_of(record)) else whose.title
    return insurer_questions(for_whom, country_of(whose.text("address")) not in ("", "us"))


def use_as_card(record: Record, coverage: EntryId, picture: EntryId) -> Changes:
    """Take a picture of the record as the card of a coverage; an earlier one is let go."""
    entry, other = reading.get(record, coverage), reading.get(record, picture)
    links = (*(link for link in entry.links if link.role != Role.CARD), Link(Role.CARD, other.id))
    label = _("Card of {insurer}: {picture}").format(insurer=entry.title, picture=other.title)
    return change_log.apply(record, label, [Replace(entry.having(links=links))])


def _with_insurer(call: Entry, coverages: set[str], titles: set[str]) -> bool:
    if coverages & set(call.targets(Role.COVERAGE)):
        return True
    return any(title and title in call.text("with_whom").casefold() for title in titles)
