"""Short stories as hospitals send them, from the file to the reason: told where it should be, silent otherwise."""

from datetime import date

import pytest

from organizer.base.progress import NoProgress
from organizer.services.bring_in import importing
from organizer.services.opinion import reasons
from organizer.services.record import history, people
from tests.made_records import opened_copy

AS_OF = date(2026, 11, 29)
SERIOUS, RISKY = "serious-diagnosis", "high-risk-treatment"
STORIES = {
    "r_es": {SERIOUS},
    "r_gm": {SERIOUS},
    "r_sct": {SERIOUS},
    "r_old": {SERIOUS},
    "r_oldonset": {SERIOUS},
    "r_chemo": {SERIOUS, RISKY},
    "r_sr": {RISKY},
    "r_proc0": {RISKY},
    "r_proc1": set(),
    "r_proc2": set(),
    "r_proc3": set(),
    "r_proc4": set(),
    "r_proc5": set(),
    "r_proc_past": set(),
    "r_error": set(),
    "r_refuted": set(),
    "r_family": set(),
    "r_icdhx": set(),
    "r_screen": set(),
    "r_rbbb": set(),
    "r_rls": set(),
    "r_symptom_no_lower": set(),
    "r_good_scale": set(),
}


@pytest.fixture(scope="module")
def blank(blank_record, tmp_path_factory):
    with opened_copy(blank_record(), tmp_path_factory.mktemp("stories")) as made:
        yield made


@pytest.fixture
def record(blank):
    """Each story is taken back after it."""
    yield blank
    while not history.next_undo(blank).startswith("Made the record"):
        history.undo(blank)


@pytest.mark.parametrize("story", STORIES)
def test_a_story_gives_the_reasons_that_it_holds(record, checkout, story):
    plan = importing.plan_import(record, [checkout / f"tests/data/stories/{story}.json"], "", NoProgress())
    importing.accept_import(record, plan, NoProgress())
    told = {reason.reason for person in people.people(record) for reason in reasons.reasons(record, person.id, AS_OF)}
    assert told & {SERIOUS, RISKY, "treatment-not-working"} == STORIES[story]
