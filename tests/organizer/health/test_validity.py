"""What is kept and is no fact says why; what is a fact says nothing."""

import pytest

from organizer.health.validity import why_no_fact
from organizer.model.entry import NOT_DONE_STATUSES, STRUCK_STATUSES, Entry, Link
from organizer.model.links import Role

GIVEN = Entry("Immunization", "Tetanus", status="completed")


@pytest.mark.parametrize("status", sorted(STRUCK_STATUSES | NOT_DONE_STATUSES))
def test_each_status_of_what_is_no_fact_has_words(status):
    assert why_no_fact(GIVEN.having(status=status))
    assert not GIVEN.having(status=status).is_fact


@pytest.mark.parametrize("status", ["", "completed", "active", "resolved", "stopped", "unknown"])
def test_a_fact_has_none(status):
    assert why_no_fact(GIVEN.having(status=status)) == ""
    assert GIVEN.having(status=status).is_fact


def test_a_certainty_and_another_source_say_it_too():
    assert why_no_fact(Entry("Condition", "Lupus", status="active", data={"verification": "refuted"})) == "ruled out"
    assert why_no_fact(GIVEN.having(links=(Link(Role.SET_ASIDE_FOR, "other"),))) == "set aside for another source"
