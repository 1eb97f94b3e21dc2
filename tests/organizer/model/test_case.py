"""A case's lists are read as what they are, and written in the form that records have had all along."""

import pytest

from organizer.model.case import Case, Opinion, PacketWish, RowAnswer, RowState, SavedPacket
from organizer.model.entry import Entry

OLD_PACKET = {"saved_on": "2026-05-01", "pages": 9, "choice": {"page_size": "a4", "tick": ["hiv"]}, "from": "later"}
WISH = PacketWish(("summary",), ("team",), "2020", "a4", "es", ("hiv",), ("questions",), ("ab12",))


def a_case(**data):
    return Case(Entry("OpinionCase", "Is it asthma?", data=data))


def test_a_packet_of_an_earlier_version_was_for_the_case_s_own_specialist_and_the_usual_choice():
    case = a_case(specialist="Dr Osei", specialty="cardiology", packets=[OLD_PACKET])
    [packet] = case.packets
    assert (packet.saved_on, packet.pages, packet.specialist, packet.specialty) == (
        "2026-05-01",
        9,
        "Dr Osei",
        "cardiology",
    )
    assert packet.wish == PacketWish(page_size="a4", tick=("hiv",))
    assert packet.wish.include is None
    assert packet.wish.whole is None


def test_a_packet_for_nobody_stays_so_when_the_case_names_a_specialist_later():
    case = a_case(specialist="Dr Osei", packets=[OLD_PACKET | {"specialist": "", "specialty": ""}])
    assert (case.packets[0].specialist, case.packets[0].specialty) == ("", "")


def test_what_was_saved_before_stays_as_it_stands_when_another_packet_is_saved_or_sent():
    packet = SavedPacket("2026-08-01", 12, "Dr Osei", "", "0123456789ab", WISH)
    case = Case(a_case(packets=[OLD_PACKET]).saved(packet))
    assert case.entry.data["packets"][0] == OLD_PACKET
    assert case.packets[1] == packet
    sent = case.sent(1, "Dr Osei", "2026-08-02")
    assert sent.data["packets"][0] == OLD_PACKET
    assert Case(sent).packets[1].sent_on == "2026-08-02"
    assert case.sent(0, "Dr Osei", "2026-08-02").data["packets"][0] == OLD_PACKET | {
        "sent_to": "Dr Osei",
        "sent_on": "2026-08-02",
    }
    with pytest.raises(IndexError):
        case.sent(2, "Dr Osei", "2026-08-02")


def test_a_packet_that_was_sent_is_written_as_such():
    packet = SavedPacket("2026-08-01", 12, "Dr Osei", "oncology", "0123456789ab", WISH, "Dr Osei", "2026-08-02")
    assert Case(a_case().saved(packet)).packets == (packet,)


def test_an_answer_takes_the_place_of_what_was_said_of_its_row_and_of_no_other():
    rows = [{"row": "labs", "state": "have"}, {"row": "notes", "state": "linked", "entry": "n"}]
    case = a_case(gathered=rows)
    assert case.answers == (RowAnswer("labs", RowState.HAVE), RowAnswer("notes", RowState.LINKED, entry="n"))
    asked = Case(case.answered([RowAnswer("labs", RowState.ASKED, task="t")]))
    assert asked.entry.data["gathered"] == [rows[1], {"row": "labs", "state": "asked", "task": "t"}]
    assert case.answered([], ["labs"]).data["gathered"] == [rows[1]]


def test_opinions_keep_their_marks_and_a_second_set_only_where_there_is_one():
    first = Opinion("Dr Osei", "2026-12-03", {"diagnosis": "Asthma"}, {"diagnosis": "refined"})
    third = Opinion("Dr Elm", said={"diagnosis": "Asthma"}, marks_second={"diagnosis": "same"})
    entry = a_case().compared([first, third])
    assert Case(entry).opinions == (first, third)
    assert "marks_second" not in entry.data["opinions"][0]


@pytest.mark.parametrize("odd", [None, "text", 7, ["text"], {"row": 1}, [{"pages": "many"}]])
def test_data_of_another_shape_is_read_as_nothing_and_never_fails(odd):
    case = a_case(gathered=odd, opinions=odd, packets=odd, reasons=odd, missing=odd, worry_before=odd, decide_by=odd)
    assert all(packet.pages == 0 for packet in case.packets)
    assert all(opinion.is_blank for opinion in case.opinions)
    assert all(not answer.row for answer in case.answers)
    assert case.worry_before == (7 if odd == 7 else None)
    assert case.decide_by is None
