"""Documents that are data become pages that a person reads: what was read from them, and their own words in full."""

import re

import pypdfium2
import pytest

from organizer.packet.exhibits.readable import FOOT, LONGEST, MOST_A_DAY, entry_pages, spoken, text_pages
from organizer.packet.packet_input import OriginalFile
from organizer.packet.page import style
from tests.organizer.packet.people import entry

SUMMARY = OriginalFile("ccd", "summary.xml", "application/xml", b"<x/>")


def pages_of(*entries):
    style.register_fonts()
    data, places = entry_pages(SUMMARY, "Summary", entries, "letter")
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_bounded() for page in document], places


def test_a_documents_own_words_stand_whole_line_by_line():
    words = "\n".join(["HOSPITAL COURSE", *(f"Day {day}: walked {day} steps." for day in range(1, 200)), "long " * 900])
    pages, _places = pages_of(entry("DocumentReference", "Discharge summary", "2026-05", "ccd", text=words))
    told = " ".join(pages)
    assert all(f"Day {day}: walked {day} steps." in told for day in range(1, 200))
    assert told.count("long") == 900
    assert "HOSPITAL COURSE" in told.splitlines()


@pytest.mark.parametrize("count", [100, 899, 900, 901, 5_000, 20_000])
def test_a_text_of_one_long_line_stands_whole_and_within_its_pages(count):
    """Such as a letter that was copied out of a portal."""
    style.register_fonts()
    text = " ".join(["long"] * (count // 5))
    original = OriginalFile("letter", "letter.txt", "text/plain", text.encode())
    with pypdfium2.PdfDocument(text_pages(original, text, "letter")) as document:
        pages = [page.get_textpage() for page in document]
        lowest = [page.get_charbox(page.count_chars() - 1)[1] for page in pages if page.count_chars()]
        said = [page.get_text_bounded().count("long") for page in pages]
    assert sum(said) == count // 5
    assert all(said)
    assert min(lowest) >= FOOT


@pytest.mark.parametrize("text", ["", "\n", " \n\n ", "\x07"])
def test_a_text_without_a_word_is_an_empty_page(text):
    with pypdfium2.PdfDocument(text_pages(SUMMARY, text, "letter")) as document:
        assert len(document) == 1


@pytest.mark.parametrize(("count", "is_whole"), [(LONGEST, True), (LONGEST + 1, False)])
def test_an_entry_is_said_in_nine_hundred_letters(count, is_whole):
    assert LONGEST == 900
    words = spoken(entry("Communication", "x" * (count - len(" · May 2026")), "2026-05", "ccd"))
    assert words.endswith("…") is not is_whole
    assert len(words) == LONGEST


def test_a_heading_never_stands_alone_at_the_foot_of_a_page():
    for count in range(20, 60):
        results = [entry("Observation", f"Result {n}", "2026", "ccd", id=f"r{n}") for n in range(count)]
        pages, _places = pages_of(*results, entry("Goal", "Walk again", "2026", "ccd"))
        assert not any(re.search(r"Goals?[^\n]*\s*$", page) for page in pages)


def test_who_somebody_is_has_no_date_and_each_entry_is_found_on_its_page():
    results = [entry("Observation", f"Result {n}", "2026", "ccd", id=f"r{n}") for n in range(120)]
    pages, places = pages_of(entry("Practitioner", "Dr Lund", "", "ccd"), *results)
    assert "undated" not in " ".join(pages)
    assert all(f"Result {n} " in pages[places[f"r{n}"][0] - 1].replace("\r\n", " ") + " " for n in range(120))


def test_a_result_is_said_as_people_write_it():
    """The range once, days as days, units without UCUM's brackets."""
    parts = [{"title": "Systolic", "value_text": "144", "unit": "mm[Hg]"}]
    given = entry("Observation", "Blood pressure", "2026", range_text="< 130", range_high=130.0, components=parts)
    told = spoken(given)
    assert "Systolic 144 mmHg" in told
    assert told.count("130") == 1
    seen = spoken(entry("Condition", "Nephropathy", "2026", recorded="2026-02-18T10:30:00-05:00"))
    assert "18 Feb 2026" in seen
    assert "T10:30" not in seen


def test_a_devices_many_readings_of_a_day_are_one_line_that_all_of_them_lead_to():
    def reading(n, **more):
        when = f"2026-02-01T{n // 12:02}:{n % 12 * 5:02}"
        return entry(
            "Observation",
            "Glucose",
            when,
            "ccd",
            id=f"g{n}",
            value=100.0 + n,
            value_text=f"{100 + n}",
            unit="mg/dL",
            **more,
        )

    pages, places = pages_of(*(reading(n) for n in range(MOST_A_DAY + 1)))
    words = " ".join(" ".join(pages).split())
    assert "1 Feb 2026 · Glucose · 25 readings from 100 to 124 mg/dL, mean 112" in words
    assert len({places[f"g{n}"] for n in range(MOST_A_DAY + 1)}) == 1
    assert len(places) == MOST_A_DAY + 1

    pages, places = pages_of(*(reading(n) for n in range(MOST_A_DAY)))
    assert len(set(places.values())) == MOST_A_DAY
    pages, places = pages_of(*(reading(n) for n in range(MOST_A_DAY + 1)), reading(99, note="felt faint"))
    assert "felt faint" in " ".join(pages)
    assert len(set(places.values())) == 2
