"""Search finds what is written, in any person's words, and no typing breaks it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organizer.records.entry import Entry
from organizer.services import records
from organizer.store import change_log, entries, search
from organizer.store.change_log import Add, Remove
from organizer.store.keys import KdfCost


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    folder = tmp_path_factory.mktemp("search") / "Ann.casebook"
    made, _code = records.create(folder, "a long passphrase", "Ann Example", KdfCost(65_536, 1, 1))
    titles = ("Lupus nephritis, class III", "Vitamin D deficiency", "Ménière’s disease", "Tiredness")
    change_log.apply(made, "four", [Add(Entry("Condition", title)) for title in titles])
    yield made
    records.close(made)


def titles(record, text):
    return [hit.title for hit in search.search(record, text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [("lupus", "Lupus nephritis, class III"), ("neph", "Lupus nephritis, class III"), ("MENIERE", "Ménière’s disease")],
)
def test_words_beginnings_and_plain_letters_find_it(record, text, found):
    assert titles(record, text) == [found]


def test_what_is_taken_out_is_not_found(record):
    change_log.apply(record, "add", [Add(Entry("Condition", "Passing thing"))])
    gone = next(one for one in entries.find(record, entries.Query()) if one.title == "Passing thing")
    change_log.apply(record, "remove", [Remove(gone.id)])
    assert titles(record, "passing") == []


TRAPS = ['"', "a OR", "NEAR(", "*", "x:y", "-lupus", "((", "\x00", "lupus AND"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(text=st.text(max_size=40) | st.sampled_from(TRAPS))
def test_nothing_that_one_can_type_breaks_it(record, text):
    assert isinstance(titles(record, text), list)
