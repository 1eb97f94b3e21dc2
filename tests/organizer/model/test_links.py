"""A link's role is one of the known words; another program's word is kept as it came."""

from organizer.model.entry import Entry, Link
from organizer.model.kinds import KINDS
from organizer.model.links import Role, role_of
from organizer.services.entries import entries
from organizer.services.record import history, people
from organizer.store import change_log

OF_THE_HOUSE = {Role.CONFLICTS_WITH, Role.SET_ASIDE_FOR}
"""Written when sources contradict each other, whatever the kind."""
WHILE_READING = {Role.DEVICE, Role.MEMBER}
"""What a file's entry says of another before both are joined."""


def test_every_role_is_declared_by_a_kind():
    declared = {role for kind in KINDS for role, _ends in kind.links}
    assert set(Role) == declared | OF_THE_HOUSE | WHILE_READING


def test_a_known_word_is_its_role():
    assert role_of("treats") is Role.TREATS
    assert role_of("owes-money-to") == "owes-money-to"


def test_a_link_in_another_programs_word_outlives_the_record_and_its_undo(record):
    person = people.people(record)[0].id
    links = (Link(Role.TREATS, person), Link(role_of("owes-money-to"), person))
    entry = Entry("Procedure", "Operation", person=person, links=links)
    [added] = change_log.apply(record, "one", [change_log.Add(entry)]).entries
    assert entries.get(record, added).links == links
    history.undo(record)
    history.redo(record)
    kept = entries.get(record, added).links
    assert kept == links
    assert isinstance(kept[0].role, Role)
