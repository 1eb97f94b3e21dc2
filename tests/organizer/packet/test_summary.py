"""The summary: one page whatever the record holds, with nothing drawn over anything."""

import re
from dataclasses import replace

import pypdfium2
import pytest

from organizer.model.case import Case
from organizer.packet.file.front_matter import front_matter
from tests.organizer.packet.people import ELENA_PLAN, EMPTY_PLAN, LONG_PLAN, almost_empty, elena, entry, long_life


def lines_of(pdf: bytes) -> list[tuple[tuple[float, float, float, float], str]]:
    """The text rectangles of the only page with their text."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0].get_textpage()
    boxes = [page.get_rect(number) for number in range(page.count_rects())]
    found = [(box, page.get_text_bounded(*box).strip()) for box in boxes]
    document.close()
    return found


def overlaps(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > 1.5 and high > 2.5


@pytest.mark.parametrize("size", ["letter", "a4"])
@pytest.mark.parametrize(("make", "plan"), [(elena, ELENA_PLAN), (long_life, LONG_PLAN), (almost_empty, EMPTY_PLAN)])
def test_nothing_is_drawn_over_anything(make, plan, size):
    matter = front_matter(make(include=("summary",), page_size=size), plan)
    assert matter.page_count == matter.summary_pages == 1
    boxes = [box for box, _text in lines_of(matter.pdf)]
    meeting = [(a, b) for n, a in enumerate(boxes) for b in boxes[n + 1 :] if overlaps(a, b)]
    assert not meeting


def text_of(packet, plan) -> str:
    return re.sub(r"\s+", " ", " ".join(text for _box, text in lines_of(front_matter(packet, plan).pdf)))


def test_what_was_told_and_planned_is_quoted_with_its_page():
    packet = elena(include=("summary",))
    text = text_of(packet, ELENA_PLAN)
    assert "“Partial response at seven months.”" in text
    assert "“Consider adding belimumab" in text
    places = {(link.place.exhibit, link.place.page) for link in front_matter(packet, ELENA_PLAN).links}
    assert (9, 2) in places


def test_the_three_questions_and_the_day_to_decide_stand_on_it():
    text = text_of(elena(include=("summary",)), ELENA_PLAN)
    assert "I need to decide by 15 Jan 2027" in text
    assert "Would a repeat biopsy be useful now?" in text


def test_what_found_no_room_is_named_on_the_page_and_in_the_list():
    packet = long_life()
    matter = front_matter(packet, LONG_PLAN)
    assert any("more under “Timeline”" in left.what and "on p 3" in left.reason for left in matter.left_out)


def test_a_very_long_question_and_reason_are_cut_at_a_word():
    packet = elena(include=("summary",))
    assert packet.case is not None
    case = Case(packet.case.entry.having(data={**packet.case.entry.data, "why": "wondering " * 200}))
    long = tuple(entry("Question", "whether " * 90, order=n, starred=True) for n in range(3))
    packet = replace(packet, case=case, questions=long)
    matter = front_matter(packet, ELENA_PLAN)
    assert matter.page_count == 1
    assert "wondering…" in text_of(packet, ELENA_PLAN)


def test_an_empty_record_says_what_is_not_recorded():
    text = text_of(almost_empty(include=("summary",)), EMPTY_PLAN)
    assert "Problems Not recorded." in text
    assert "No current medicine is recorded." in text
