"""Each section for each person, alone: it draws, cites, and says something."""

import re
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from organizer.health.medicines import courses
from organizer.health.series import NO_RANGE, Range
from organizer.packet.contents.courses import steps
from organizer.packet.contents.sections import SECTIONS
from organizer.packet.file.front_matter import front_matter
from tests.organizer.packet.people import (
    ELENA_PLAN,
    EMPTY_PLAN,
    LONG_PLAN,
    almost_empty,
    elena,
    entry,
    long_life,
    plan_of,
)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.id)
@pytest.mark.parametrize(("make", "plan"), [(elena, ELENA_PLAN), (long_life, LONG_PLAN), (almost_empty, EMPTY_PLAN)])
def test_a_section_stands_alone(section, make, plan):
    ticked = frozenset({section.id})
    matter = front_matter(make(include=(section.id,), tick_sensitive=ticked), plan)
    assert matter.page_count <= 8
    assert matter.facts == matter.facts_linked
    assert len(text_of(matter.pdf)) > 80


def test_ids_are_unique_and_the_cover_comes_first():
    ids = [section.id for section in SECTIONS]
    assert len(set(ids)) == len(ids)
    assert ids[:2] == ["cover", "summary"]
    assert ids[-1] == "exhibits"


def test_results_print_value_unit_range_and_source():
    text = text_of(front_matter(elena(include=("results",)), ELENA_PLAN).pdf)
    assert "12 Mar 2026 2.9 g/g H Ex 7 p 1" in text
    assert "range < 0.2 · St Anne’s, spot urine Ex 7 p 1" in text


def test_the_plan_check_speaks_with_its_evidence():
    text = text_of(front_matter(elena(include=("treatments",)), ELENA_PLAN).pdf)
    assert "Goal not met by its date" in text
    assert "It is reasonable to ask for another view." in text


def test_none_known_and_not_recorded_are_two_statements():
    known = text_of(front_matter(elena(include=("medicines",)), ELENA_PLAN).pdf)
    unknown = text_of(front_matter(almost_empty(include=("medicines",)), EMPTY_PLAN).pdf)
    assert "No other drug allergy known" in known
    assert "Not recorded. This doesn’t say that there are none." in unknown


STAGE = "Stage 4 of 5 disease. "


@pytest.mark.parametrize(
    ("conclusion", "quoted"),
    [
        (STAGE + "More words stand here. " * 12, STAGE + "More words stand here. " * 8),
        ("word " * 119 + "end", "word " * 119 + "end"),
    ],
)
def test_an_impression_is_quoted_in_whole_sentences_of_some_forty_words(conclusion, quoted):
    report = entry("DiagnosticReport", "CT", "2026-01-02", category="imaging", conclusion=conclusion)
    packet = almost_empty(include=("imaging",))
    text = text_of(front_matter(replace(packet, entries=(*packet.entries, report)), EMPTY_PLAN).pdf)
    more = " […]" if conclusion.startswith(quoted) and conclusion != quoted else ""
    assert f"“{quoted.strip()}{more}”" in text


def test_an_endless_sentence_is_cut_and_never_at_a_number():
    conclusion = "word " * 117 + "of 4 mm " * 60
    report = entry("DiagnosticReport", "CT", "2026-01-02", category="imaging", conclusion=conclusion)
    packet = almost_empty(include=("imaging",))
    text = text_of(front_matter(replace(packet, entries=(*packet.entries, report)), EMPTY_PLAN).pdf)
    assert "word " * 115 + "word…”" in text


def test_a_dose_that_went_down_says_from_where():
    spans = [
        entry("MedicationStatement", "P", "2026", dose="30 mg", status="stopped", ended="2027"),
        entry("MedicationStatement", "P", "2027", dose="5 mg a day", status="active"),
    ]
    [course] = courses(spans, date(2027, 6, 1))
    assert steps(course) == "30 → 5 mg a day"


def test_one_number_is_a_result_too_without_a_chart():
    packet = elena(include=("results", "summary"))
    text = text_of(front_matter(replace(packet, series=packet.series[:1]), ELENA_PLAN).pdf)
    single = replace(packet.series[0], points=packet.series[0].points[-1:], goal=NO_RANGE)
    told = text_of(front_matter(replace(packet, series=(single,)), ELENA_PLAN).pdf)
    assert "No results with numbers are recorded." not in told
    assert "1 result" in told
    assert text != told


def test_what_every_checklist_asks_for_is_missed_once():
    text = text_of(front_matter(almost_empty(include=("missing",)), EMPTY_PLAN).pdf)
    assert text.count("Laboratory results of twelve months") == 1
    assert text.count("Medicines") == 1


def test_a_treatment_without_a_goal_has_no_check_to_show():
    packet = elena(include=("treatments",))
    aimless = tuple(replace(plan, verdict="no-goal") for plan in packet.plans)
    text = text_of(front_matter(replace(packet, plans=aimless), ELENA_PLAN).pdf)
    assert "Is the plan reaching its goal?" not in text
    assert "Mycophenolate" in text


def test_the_newest_result_in_another_unit_is_named_with_its_page_on_page_one_and_among_the_results():
    packet = elena(include=("results", "summary"))
    first = packet.series[0]
    newest = next(entry for entry in packet.entries if entry.id == first.points[-1].entry_id)
    series = replace(first, points=first.points[:-1], other_units=(newest.having(unit="U"),))
    text = " ".join(text_of(front_matter(replace(packet, series=(series,)), ELENA_PLAN).pdf).split())
    assert "later, in another unit: 1.1 U on 9 Nov 2026" in text
    assert "The last result is in another unit and can’t be compared: 1.1 U on 9 Nov 2026." in text


def test_a_result_printed_in_another_unit_leads_in_the_sources_own_form():
    packet = elena(include=("results", "summary"))
    first = packet.series[0]
    converted = replace(first.points[-1], text="0.124", printed="14 mg/mmol")
    series = replace(first, points=(*first.points[:-1], converted))
    text = " ".join(text_of(front_matter(replace(packet, series=(series,)), ELENA_PLAN).pdf).split())
    assert "14 mg/mmol (0.124 g/g)" in text
    assert "0.124 (" not in text


def test_a_range_too_wide_for_its_column_stands_below_uncut():
    packet = elena(include=("summary",))
    first = packet.series[0]
    wide = Range(4_250_000, 5_930_000)
    points = tuple(replace(point, range=wide) for point in first.points)
    text = text_of(front_matter(replace(packet, series=(replace(first, points=points, range=wide),)), ELENA_PLAN).pdf)
    assert "4,250,000–5,930,000" in text


def test_the_options_are_in_the_packet_only_where_they_are_ticked():
    option = entry("TreatmentOption", "Belimumab", status="open", benefits="It may spare me steroids")
    packet = elena(include=("options",))
    packet = replace(packet, entries=(*packet.entries, option))
    text = text_of(front_matter(packet, ELENA_PLAN).pdf)
    assert "Belimumab" in text
    assert "It may spare me steroids" in text
    usual = elena()
    assert "It may spare me steroids" not in text_of(
        front_matter(replace(usual, entries=(*usual.entries, option)), ELENA_PLAN).pdf
    )


def test_beside_a_letter_that_nobody_read_nothing_is_called_absent():
    letter = entry("DocumentReference", "Letter", "", "letter:1", file="letter", text="Apixaban 5 mg. Potassium 5.9.")
    alone = almost_empty()
    plan = plan_of(("letter", "Letter", "", ""))
    said = text_of(front_matter(replace(alone, entries=(*alone.entries, letter)), plan).pdf)
    careful = ("No diagnosis in a doctor’s words is entered;", "Nothing dated is entered;", "No treatment is entered;",
               "No other result is entered;")  # fmt: skip
    flat = text_of(front_matter(alone, EMPTY_PLAN).pdf)
    claims = ("No diagnosis in a doctor’s words is recorded.", "There is no other measured result.")
    for words in careful:
        assert words in said
        assert words not in flat
    for words in claims:
        assert words not in said
        assert words in flat


def test_a_medicine_of_which_nothing_more_is_recorded_is_not_repeated_among_the_treatments():
    plan = plan_of(("letter", "Letter", "", "2026-03"))
    plain = entry("MedicationStatement", "Atorvastatin", "2020", "letter:1", status="active", dose="20 mg")
    telling = entry("MedicationStatement", "Ramipril", "2019", "letter:1", status="stopped", stop_reason="cough")
    suspected = entry("MedicationStatement", "Amlodipine", "2021", "letter:1", status="active")
    event = entry("AdverseEvent", "Swollen ankles", "2022", "letter:1", suspected_cause="Amlodipine")
    entries = (plain, telling, suspected, event)
    both = replace(
        almost_empty(), entries=entries, choice=replace(almost_empty().choice, include=("medicines", "treatments"))
    )
    text = text_of(front_matter(both, plan).pdf)
    treatments = text[text.index("Treatments tried") :]
    assert "Ramipril" in treatments
    assert "Amlodipine" in treatments
    assert "Atorvastatin" not in treatments
    assert "1 medicine on p 1 is not repeated here" in treatments
    assert "Atorvastatin" in text[: text.index("Treatments tried")]
    alone = replace(both, choice=replace(both.choice, include=("treatments",)))
    assert "Atorvastatin" in text_of(front_matter(alone, plan).pdf)


def test_a_blood_pressure_that_was_typed_as_one_and_the_words_of_a_symptom_are_printed():
    pressure = entry(
        "Observation", "Blood pressure", "2026-11-01", value_text="152/94", unit="mmHg", category="vital-signs"
    )
    mood = entry("Observation", "Mood", "2026-10", value_text="low", category="symptom")
    packet = replace(almost_empty(), entries=(pressure, mood), choice=replace(almost_empty().choice, include=None))
    text = text_of(front_matter(packet, EMPTY_PLAN).pdf)
    assert "Blood pressure 152/94 mmHg" in text
    assert "Mood: low" in text


@pytest.mark.parametrize(
    ("ended", "source_status", "words"),
    [
        ("", "dispense: completed", "Furosemide was handed over"),
        ("2026-10-01", "", "Furosemide was given"),
        ("2026-11-01", "", "Started Furosemide"),
        ("", "", "Started Furosemide"),
    ],
)
def test_the_timeline_says_started_of_nothing_but_a_start(ended, source_status, words):
    end = {"ended": ended} if ended else {}
    drug = entry(
        "MedicationStatement", "Furosemide", "2026-10-01", status="unknown", source_status=source_status, **end
    )
    packet = replace(almost_empty(include=("timeline",)), entries=(drug,))
    assert words in text_of(front_matter(packet, EMPTY_PLAN).pdf)
