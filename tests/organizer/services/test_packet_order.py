"""The order of a packet's sections is the person's: kept, undone like any edit, taken by window and command line."""

import pytest

from organizer.packet.contents.sections import SECTIONS
from organizer.services.opinion import packet_order, packets
from organizer.services.record import history, people
from tests.made_records import opened_copy

USUAL = [section.id for section in SECTIONS]


@pytest.fixture
def ann(blank_record, tmp_path):
    with opened_copy(blank_record(), tmp_path) as record:
        yield record, people.people(record)[0].id


def test_an_order_is_kept_undone_and_taken_by_whoever_makes_a_packet(ann):
    record, person = ann
    moved = ["cover", "results", *(name for name in USUAL if name not in ("cover", "results"))]
    packet_order.arrange(record, person, moved)
    assert packet_order.order_of(record, person) == tuple(moved)
    assert packets.choice(record).order == tuple(moved)
    assert [section.id for section in packets.sections(tuple(moved))] == moved
    history.undo(record)
    assert packet_order.order_of(record, person) == ()
    history.redo(record)
    assert packet_order.order_of(record, person) == tuple(moved)


def test_the_usual_order_is_kept_as_none_and_the_same_order_is_no_edit(ann):
    record, person = ann
    assert not packet_order.arrange(record, person, USUAL).label
    packet_order.arrange(record, person, ["cover", "results"])
    assert not packet_order.arrange(record, person, ["results"]).label
    packet_order.arrange(record, person, ())
    assert packet_order.order_of(record, person) == ()


def test_the_cover_and_the_index_of_exhibits_keep_their_places():
    assert [section.id for section in packets.sections() if not section.movable] == ["cover", "exhibits"]
