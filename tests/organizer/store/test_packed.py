"""A device's readings take little room in the record, and are there letter for letter."""

import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from organizer.base.dates import PartialDate
from organizer.model.entry import Entry
from organizer.store import change_log, packed
from organizer.store.entries import Query, find, zones_of_days
from organizer.store.packed import PACKED, SHORTEST, pack, unpack

TIMES = st.builds("{:02}:{:02}:{:02}".format, st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
LINES = st.lists(st.builds("{}{}".format, TIMES, st.sampled_from(["", " 54", " +0100 High", ":3", "0"])))


def a_day(every=5, zone=""):
    """What a sensor tells in a day, a reading each five minutes."""
    dice = random.Random(3)
    minutes = range(4, 1_440, every)
    return "\n".join(f"{at // 60:02}:{at % 60:02}:11{zone} {120 + dice.randrange(-9, 9)}" for at in minutes)


def kept_day(record, text):
    entry = Entry(
        "Observation", "Glucose", happened=PartialDate("2026-02-01"), data={"samples": text, "performer": "G"}
    )
    change_log.apply(record, "a day", [change_log.Add(entry)])


def in_the_row(record):
    return record.rows("SELECT json_extract(data, '$.samples') FROM entry WHERE kind = 'Observation'")[0][0]


@given(st.text() | LINES.map("\n".join))
@example(PACKED + "no letters of ours")
@example("23:59:59 1\n00:00:00 2")
@example("08:15 1\n08:15:30 2")
@example("00:60:00 1")
@example("\ud800")
def test_any_text_comes_back_letter_for_letter(text):
    assert unpack(pack(text)) == text


@pytest.mark.parametrize("length", range(990, 1_010))
def test_readings_of_any_length_come_back(monkeypatch, length):
    """What would be too long to be unpacked isn't packed."""
    assert packed._LONGEST == 32 * 1024 * 1024
    monkeypatch.setattr(packed, "_LONGEST", 1_000)
    text = "".join(random.Random(length).choices("abcdefgh", k=length))
    assert unpack(pack(text)) == text
    assert pack(text).startswith(PACKED) is (length + 1 < 1_000)


def test_what_unpacks_to_more_than_any_readings_stays_packed(monkeypatch):
    bomb = pack("a" * 2_000)
    monkeypatch.setattr(packed, "_LONGEST", 1_000)
    assert unpack(bomb) == bomb


def test_a_day_of_a_sensor_takes_a_sixth_of_its_letters_or_less():
    assert len(a_day()) > 3_500
    assert len(pack(a_day())) < len(a_day()) / 6


def test_an_entry_is_found_with_all_its_readings_after_undo_and_redo_too(record):
    kept_day(record, a_day())
    assert in_the_row(record).startswith(PACKED)
    change_log.undo(record)
    change_log.redo(record)
    (entry,) = find(record, Query(("Observation",)))
    assert entry.text("samples") == a_day()


@pytest.mark.parametrize(("letters", "is_packed"), [(SHORTEST - 1, False), (SHORTEST, True)])
def test_a_few_readings_stand_as_they_are(record, letters, is_packed):
    kept_day(record, "x" * letters)
    assert in_the_row(record).startswith(PACKED) == is_packed


def test_what_is_no_text_is_left_alone():
    odd = {"samples": ["08:00 1"] * SHORTEST}
    assert packed.unpacked(dict(packed.packed(odd))) == odd


def test_what_only_looks_packed_is_kept_as_it_is(record):
    kept_day(record, PACKED + "abc")
    (entry,) = find(record, Query(("Observation",)))
    assert entry.text("samples") == PACKED + "abc"


@pytest.mark.parametrize("harmed", [PACKED, PACKED + "~~~~", PACKED + "abc", pack(a_day())[:-9], "plain"])
def test_what_is_no_longer_what_was_packed_stands_as_it_is(harmed):
    assert unpack(harmed) == harmed


def test_no_more_is_unpacked_than_any_day_holds(monkeypatch):
    text = "x" * 5_000
    monkeypatch.setattr(packed, "_LONGEST", 5_000)
    assert unpack(pack(text)) == pack(text)
    monkeypatch.setattr(packed, "_LONGEST", 5_001)
    assert unpack(pack(text)) == text


def test_the_zone_of_a_day_is_known_from_packed_readings(record):
    kept_day(record, a_day(zone=" +0100"))
    assert zones_of_days(record) == {("G", "2026-02-01"): "+0100"}
