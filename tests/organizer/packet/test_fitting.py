"""Pages are few: sections give up their least lines first and say so; what is wanted whole runs over and is told."""

from dataclasses import replace

import pypdfium2
import pytest

from organizer.base.dates import PartialDate
from organizer.packet.contents.events import Event, weightiest
from organizer.packet.contents.fitting import FRONT_PAGES, FRONT_PAGES_WITH_ALL
from organizer.packet.contents.sections import SECTIONS
from organizer.packet.file.front_matter import front_matter
from tests.organizer.packet.people import ELENA_PLAN, LONG_PLAN, almost_empty, elena, entry, long_life, printed


def many_questions():
    packet = elena()
    more = tuple(entry("Question", f"What of matter {number}?", order=number) for number in range(10, 70))
    return replace(packet, questions=(*packet.questions, *more))


def text_of(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.mark.parametrize("make", [elena, long_life, almost_empty])
def test_the_usual_sections_take_eight_pages_at_most_also_for_a_long_life(make):
    matter = printed(make)
    assert matter.most_pages == FRONT_PAGES
    assert matter.pages_before_index <= FRONT_PAGES


def test_everything_takes_fourteen_pages_at_most():
    matter = printed(long_life, tuple(section.id for section in SECTIONS))
    assert matter.most_pages == FRONT_PAGES_WITH_ALL
    assert matter.pages_before_index <= FRONT_PAGES_WITH_ALL


def test_what_a_section_gives_up_is_told_with_its_pages_and_listed():
    matter = printed(long_life, ("timeline",))
    (length,) = matter.lengths
    assert (length.section, length.runs_over, length.can_give) == ("timeline", False, True)
    assert length.kept < length.had
    assert length.all_pages > length.budget == 2.0
    assert any(f"{length.had - length.kept} dated entries" in one.what for one in matter.left_out)


def test_where_room_is_short_the_oldest_of_equal_weight_goes_first():
    days = [("1970-05-01", 1), ("1971-03", 1), ("2019", 3), ("2025-02-01", 1), ("2026-10-02", 1)]
    listed = [Event(PartialDate(day), day, "", (), weight) for day, weight in days]
    assert [listed[place].text for place in weightiest(listed, 3)] == ["2019", "2025-02-01", "2026-10-02"]
    assert [listed[place].text for place in weightiest(listed, 4)] == ["1971-03", "2019", "2025-02-01", "2026-10-02"]


def test_a_section_that_is_wanted_whole_runs_over_and_leaves_out_nothing():
    packet = long_life(include=("timeline",), whole=frozenset({"timeline"}))
    matter = front_matter(packet, LONG_PLAN)
    (length,) = matter.lengths
    assert length.runs_over
    assert length.kept == length.had
    assert matter.page_count > 2
    assert not any("dated entries" in one.what for one in matter.left_out)


def test_questions_are_kept_whole_until_the_person_shortens_them():
    matter = front_matter(many_questions(), ELENA_PLAN)
    (length,) = [one for one in matter.lengths if one.section == "questions"]
    assert length.runs_over
    assert "What of matter 69?" in text_of(matter.pdf)
    packet = many_questions()
    shorter = front_matter(replace(packet, choice=replace(packet.choice, whole=frozenset())), ELENA_PLAN)
    assert "What of matter 69?" not in text_of(shorter.pdf)
    assert any("What of matter 69?" in one.what for one in shorter.left_out)


def test_what_is_taken_now_and_allergies_are_never_cut():
    packet = elena(include=("medicines",))
    more = tuple(
        entry("MedicationStatement", f"Remedy {number}", "2026", status="active", reported_by_patient=True)
        for number in range(60)
    )
    matter = front_matter(replace(packet, entries=(*packet.entries, *more)), ELENA_PLAN)
    assert all(f"Remedy {number}" in text_of(matter.pdf) for number in range(60))
    assert [one.section for one in matter.lengths if one.runs_over] == ["medicines"]
