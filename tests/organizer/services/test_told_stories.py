"""Stories of many measures, each with its verdict and its exact sentence, what asks for contact, what is proposed.

Each was read as the person and as a physician would; all of them lie in one record, as one person each.
"""

import json
from datetime import date
from pathlib import Path

import pytest

from organizer.health.course.sentences import CAVEAT
from organizer.services.entries import entries
from organizer.services.follow import attention, goals, plans
from organizer.store.entries import Query
from tests.made_records import opened_copy
from tests.organizer.importing.test_run import bring
from tests.organizer.services.stories import Story

STORIES = json.loads((Path(__file__).parents[2] / "data" / "verdict_stories.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def people(blank_record, tmp_path_factory):
    """The record of all stories, and its people by name."""
    folder, made = (tmp_path_factory.mktemp(name) for name in ("stories", "record"))
    for story in STORIES:
        whole = Story(story["name"], story["born"], story["sex"]).tell(story["steps"])
        (folder / f"{story['name']}.json").write_text(whole.bundle(), "utf-8")
    with opened_copy(blank_record(), made) as record:
        bring(record, folder)
        found = entries.find(record, Query(kinds=("Patient",)))
        yield record, {one.title: one.id for one in found}


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["name"])
def test_a_story_is_told_in_these_words(people, story):
    record, ids = people
    person, day = ids[f"{story['name']} {story['name']} story"], date.fromisoformat(story["on"])
    reports = plans.check_all(record, person, day)
    said = [[one.verdict_words, one.check.verdict, one.check.sentence.removesuffix(f" {CAVEAT}")] for one in reports]
    assert said == story["goals"]
    assert [[one.id, one.sentence] for one in attention.needed(record, person, day)] == story["attention"]
    assert [one.title for one in goals.propose(record, person, day)] == story["proposed"]
