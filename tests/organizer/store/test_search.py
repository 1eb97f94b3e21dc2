"""Search finds what is written, in any person's words, and no typing breaks it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organizer.base.dates import PartialDate
from organizer.model.entry import Entry
from organizer.store import change_log, entries, search
from organizer.store.change_log import Add, Remove, Replace
from organizer.store.search import Wanted
from tests.made_records import opened_copy


@pytest.fixture(scope="module")
def record(blank_record, tmp_path_factory):
    with opened_copy(blank_record(), tmp_path_factory.mktemp("search")) as made:
        titles = ("Lupus nephritis, class III", "Vitamin D deficiency", "Ménière’s disease", "Tiredness")
        change_log.apply(made, "four", [Add(Entry("Condition", title)) for title in titles])
        yield made


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


def test_a_change_of_one_leaves_those_of_the_same_words_to_be_found(record):
    twins = [Entry("Condition", "Twin", id=f"twin-{n}", happened=PartialDate("2020")) for n in range(3)]
    change_log.apply(record, "add", [Add(one) for one in twins])
    change_log.apply(record, "change", [Replace(twins[0].having(title="Single"))])
    assert titles(record, "twin") == ["Twin"] * 2
    change_log.apply(record, "remove", [Remove("twin-1")])
    assert titles(record, "twin") == ["Twin"]
    for _n in range(3):
        change_log.undo(record)
    assert not titles(record, "twin")
    change_log.redo(record)
    assert titles(record, "twin") == ["Twin"] * 3
    change_log.undo(record)


def notes(record, *told):
    change_log.apply(record, "notes", [Add(Entry("Condition", **one)) for one in told])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nefritis", "Lupus nephritis, class III"),
        ("lupsu", "Lupus nephritis, class III"),
        ("lupus nefri", "Lupus nephritis, class III"),
        ("defisciency", "Vitamin D deficiency"),
        ("tirednes", "Tiredness"),
    ],
)
def test_a_mistyped_word_finds_what_was_meant(record, typed, meant):
    assert titles(record, typed) == [meant]


def test_a_word_that_is_there_is_never_taken_for_another(record):
    notes(record, {"title": "Iron"}, {"title": "Icon"})
    assert titles(record, "iron") == ["Iron"]
    assert titles(record, "iorn") == ["Iron"]


def test_filters_keep_to_a_person_a_kind_and_a_time(record):
    days = ("2019-03-07", "2020", "2021-05")
    drafts = [
        Entry(kind, "Swollen ankles", person=person, happened=PartialDate(day))
        for kind in ("Question", "Task")
        for person in ("one", "two")
        for day in days
    ]
    change_log.apply(record, "twelve", [Add(draft) for draft in drafts])

    def found(**wanted):
        hits = search.search(record, "swollen", Wanted(**wanted))
        return len(hits), [hit.happened for hit in hits if hit.kind == "Task"][:3]

    latest_first = list(reversed(days))
    assert found() == (12, ["2021-05", "2021-05", "2020"])
    assert found(person="one") == (6, latest_first)
    assert found(person="two", kinds=("Task",)) == (3, latest_first)
    assert found(person="two", kinds=("Task",), since="2020") == (2, latest_first[:2])
    assert found(person="two", kinds=("Task",), until="2020-06") == (2, latest_first[1:])
    assert found(person="three") == (0, [])


def test_a_title_comes_before_a_text_and_other_titles_before_more_of_the_same(record):
    notes(record, {"title": "Letter", "data": {"note": "about the gallbladder"}})
    notes(record, {"title": "Gallbladder scan"})
    notes(record, *({"title": "Gallbladder", "happened": PartialDate(f"20{n}")} for n in range(10, 30)))
    hits = search.search(record, "gallbladder", limit=50)
    assert [hit.title for hit in hits[:3]] == ["Gallbladder"] * 3
    assert hits[0].happened == "2029"
    assert (hits[-1].title, hits[-1].snippet) == ("Letter", "about the gallbladder")
    assert "Gallbladder scan" in [hit.title for hit in hits]


def test_a_word_in_very_many_entries_gives_the_latest(record):
    told = [Entry("Question", f"Common {n}", happened=PartialDate(str(1000 + n))) for n in range(900)]
    change_log.apply(record, "many", [Add(one) for one in told])
    assert titles(record, "common")[:3] == ["Common 899", "Common 898", "Common 897"]
    assert len(search.search(record, "com", limit=50)) == 50
    change_log.undo(record)
    assert titles(record, "common") == []


TRAPS = ['"', "a OR", "NEAR(", "*", "x:y", "-lupus", "((", "\x00", "lupus AND"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(text=st.text(max_size=40) | st.sampled_from(TRAPS))
def test_nothing_that_one_can_type_breaks_it(record, text):
    assert isinstance(titles(record, text), list)
