"""Who comes again is told on half a page what is new, changed, stopped or resolved since the last packet."""

import re
from dataclasses import replace

import pypdfium2

from organizer.packet.file.front_matter import front_matter
from tests.organizer.packet.people import ELENA_PLAN, elena, entry


def section(last, **wish):
    packet = replace(elena(**wish), last_packet=last)
    document = pypdfium2.PdfDocument(front_matter(packet, ELENA_PLAN).pdf)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return re.sub(r"\s+", " ", text)


def test_without_an_earlier_packet_there_is_no_such_section():
    assert "Since your last visit" not in section("")
    assert "No earlier packet for this specialist is kept." in section("", include=("since",))


def test_each_change_after_the_day_stands_there_with_its_page():
    text = section("2026-08-10", include=("since",))
    assert "Prednisone 10 mg once a day → 7.5 mg a day dose changed 20 Aug 2026" in text
    assert "Urine protein/creatinine 1.2 g/g H → 1.1 g/g H 9 Nov 2026" in text
    assert "Nephrology clinic" in text
    assert "Shingles" in text
    assert "Mycophenolate" not in text
    assert "Lisinopril" not in text


def test_what_ended_on_the_day_before_is_known_and_on_the_day_after_is_news():
    assert "Lisinopril" not in section("2026-05-09", include=("since",))
    assert "Lisinopril 10 mg a day stopped or ended 9 May 2026" in section("2026-05-08", include=("since",))


def test_nothing_newer_is_said_as_such():
    assert "Nothing dated after that day is recorded." in section("2026-11-24", include=("since",))


def recorded(made, day):
    """The same entry as one that came into the record on that day."""
    return made.having(sources=(replace(made.sources[0], recorded_at=f"{day}T10:00:00+00:00"),))


def test_what_has_no_day_or_an_earlier_one_is_news_where_it_came_into_the_record_later():
    later, same = "2026-08-11", "2026-08-10"
    made = [
        recorded(entry("AllergyIntolerance", "Gadolinium", reaction="Hives", status="active"), later),
        recorded(entry("AllergyIntolerance", "Latex", reaction="Hives", status="active"), same),
        recorded(entry("MedicationStatement", "Amantadine", dose="100 mg", status="active"), later),
        recorded(entry("Condition", "Migraine", "2015", status="active"), later),
        recorded(entry("Condition", "Gout", "2015", status="active"), same),
    ]
    packet = elena(include=("since",))
    packet = replace(packet, last_packet=same, entries=(*packet.entries, *made))
    document = pypdfium2.PdfDocument(front_matter(packet, ELENA_PLAN).pdf)
    text = re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_bounded() for page in document))
    document.close()
    for words in ("Gadolinium new in my record undated", "Amantadine 100 mg new in my record undated",
                  "Migraine new in my record 2015"):  # fmt: skip
        assert words in text
    assert "Latex" not in text
    assert "Gout" not in text
