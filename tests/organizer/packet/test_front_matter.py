"""The front matter as a whole: the promise of citations, the tone, the same bytes."""

import re
from dataclasses import replace
from functools import cache

import pypdfium2
import pytest

from organizer.base.i18n import _
from organizer.packet.contents.section import Section
from organizer.packet.contents.sections import SECTIONS, arranged
from organizer.packet.file import front_matter as front
from organizer.packet.file.front_matter import FrontMatter, chosen_sections, front_matter
from organizer.packet.packet_input import PacketChoice
from tests.organizer.packet.people import (
    ELENA_PLAN,
    EMPTY_PLAN,
    LONG_PLAN,
    almost_empty,
    elena,
    entry,
    long_life,
    printed,
)

EVERYTHING = tuple(section.id for section in SECTIONS)
PEOPLE = [(elena, ELENA_PLAN), (long_life, LONG_PLAN), (almost_empty, EMPTY_PLAN)]
FORBIDDEN = re.compile(r"misdiagnosed|negligent|malpractice|failed|refused", re.IGNORECASE)


@cache
def text_in(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return re.sub(r"\s+", " ", " ".join(pages))


def text_of(matter: FrontMatter) -> str:
    return text_in(matter.pdf)


@pytest.mark.parametrize(("make", "plan"), PEOPLE)
@pytest.mark.parametrize("include", [None, EVERYTHING])
def test_every_fact_is_linked_or_marked(make, plan, include):
    matter = printed(make, include)
    assert matter.facts == matter.facts_linked
    assert all(0 <= link.page < matter.page_count for link in matter.links)
    assert matter.summary_pages == 1


def test_elena_has_facts_of_both_sorts():
    matter = printed(elena)
    assert matter.facts > 40
    assert matter.patient_reported > 5


@pytest.mark.parametrize(("make", "plan"), PEOPLE)
def test_the_pages_that_were_found_before_drawing_are_those_that_were_front_matter(make, plan):
    matter = printed(make, EVERYTHING)
    document = pypdfium2.PdfDocument(matter.pdf)
    contents = document[0].get_textpage().get_text_bounded()
    document.close()
    assert [item.title for item in matter.outline] == [_(section.title) for section in SECTIONS]
    for item in matter.outline[1:]:
        assert re.search(rf"{re.escape(item.title)}\s+{item.page + 1}\s", contents)
    assert matter.first_pages == {e.number: matter.page_count + 1 + 2 * n for n, e in enumerate(plan.exhibits)}


def test_only_sections_that_name_pages_are_made_twice(monkeypatch):
    made: list[str] = []
    packet, whole = replace(elena(), last_packet="2026-08-10"), front.chosen_sections

    def counted(section: Section) -> Section:
        return replace(section, draw=lambda context: made.append(section.id) or section.draw(context))

    monkeypatch.setattr(front, "chosen_sections", lambda choice: tuple(map(counted, whole(choice))))
    front_matter(packet, ELENA_PLAN)
    assert sorted(one for one in set(made) if made.count(one) == 2) == ["cover", "exhibits"]
    assert len(made) == len(whole(packet.choice)) + 2


def test_same_input_same_bytes():
    assert front_matter(elena(), ELENA_PLAN).pdf == printed(elena).pdf


def test_links_lie_on_the_paper():
    for page_size, width, height in (("letter", 612, 792), ("a4", 595.3, 841.9)):
        for link in front_matter(elena(page_size=page_size), ELENA_PLAN).links:
            left, bottom, right, top = link.rect
            assert 30 < left < right < width - 30
            assert 40 < bottom < top < height - 30


@pytest.mark.parametrize(("make", "plan"), PEOPLE)
def test_our_own_words_accuse_nobody(make, plan):
    assert not FORBIDDEN.search(text_of(printed(make, EVERYTHING)))


def test_an_entry_whose_original_is_no_exhibit_is_named_and_not_printed():
    packet = elena()
    lost = entry("Condition", "Zebra fever", "2026-05-01", "elsewhere:1", status="active")
    matter = front_matter(replace(packet, entries=(*packet.entries, lost)), ELENA_PLAN)
    assert "Zebra fever" not in text_of(matter)
    assert any("Zebra fever" in left.what for left in matter.left_out)


def test_what_was_entered_in_error_is_never_printed():
    assert "Type 2 diabetes" not in text_of(printed(elena, EVERYTHING))


def test_markup_in_the_record_is_only_text():
    packet = elena()
    evil = '<img src="/etc/passwd"/> & <b>bold'
    person = packet.person.having(title=f"Elena {evil}")
    entries = tuple(one.having(title=f"{one.title} {evil}") for one in packet.entries)
    text = text_of(front_matter(replace(packet, person=person, entries=entries), ELENA_PLAN))
    assert '<img src="/etc/passwd"/>' in text


def test_accents_are_printed():
    assert "José Núñez Ibáñez" in text_of(printed(almost_empty))


def test_each_page_says_whose_it_is_and_which():
    matter = printed(elena)
    text = text_of(matter)
    assert text.count("Elena Marsh · born 3 May 1968") == matter.page_count
    assert text.count("Prepared by the patient · not a clinical record") == matter.page_count
    assert f"page 2 of {matter.page_count + 2 * len(ELENA_PLAN.exhibits)}" in text


def test_an_empty_record_is_never_silent():
    text = text_of(printed(almost_empty))
    assert "Not recorded. This doesn’t say that there are none." in text
    assert "Nothing is noted as asked for or waiting." in text


def test_sections_follow_the_choice():
    default = [section.id for section in chosen_sections(PacketChoice("p"))]
    assert default[:2] == ["cover", "summary"]
    assert "plain" not in default
    named = chosen_sections(PacketChoice("p", include=("summary", "team"), exclude=("team",)))
    assert [section.id for section in named] == ["summary"]
    assert printed(elena, ("summary",)).page_count == 1


def test_bookmarks_open_each_section():
    outline = printed(elena).outline
    assert [item.title for item in outline][:3] == ["Cover", "Summary", "Questions"]
    assert [item.page for item in outline] == sorted(item.page for item in outline)


def test_cited_places_name_their_front_pages():
    matter = printed(elena)
    assert any(place.exhibit == 9 and page == 2 for place, page in matter.cited)


def test_sections_stand_in_the_order_that_the_person_made_and_the_contents_say_so():
    packet = elena(include=EVERYTHING)
    ordered = replace(packet, choice=replace(packet.choice, order=("results", "questions")))
    matter = front_matter(ordered, ELENA_PLAN)
    titles = [item.title for item in matter.outline]
    # What the order doesn't name follows what it usually follows; cover and index keep their places.
    assert titles.index("Results over time") < titles.index("Questions") < titles.index("Medicines and allergies")
    assert (titles[0], titles[-1]) == ("Cover", "Exhibits")
    assert sorted(titles) == sorted(_(section.title) for section in SECTIONS)
    pages = [item.page for item in matter.outline]
    assert pages == sorted(pages)
    assert matter.facts == matter.facts_linked


def test_an_order_with_the_cover_inside_a_stranger_and_a_double_still_names_each_section_once():
    order = ("exhibits", "results", "no-such-section", "cover", "results", "summary")
    names = [section.id for section in arranged(order)]
    assert sorted(names) == sorted(EVERYTHING)
    assert (names[0], names[-1]) == ("cover", "exhibits")
    assert names.index("results") < names.index("summary")
    assert [section.id for section in arranged(())] == list(EVERYTHING)
