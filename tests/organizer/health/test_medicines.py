"""How a medicine stands: status and dates weighed together; its spans from all sources as one course."""

from datetime import date

import pytest

from organizer.base.dates import PartialDate
from organizer.health.medicines import (
    MedicineState,
    courses,
    doses_differ,
    one_code_for_two,
    source_words,
    state_of,
)
from organizer.model.entry import Coding, Entry, Source

TODAY = date(2026, 11, 29)
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"


def medicine(status="", since="", until="", title="Warfarin", code="", document="a", **data):
    return Entry(
        "MedicationStatement", title, id=f"{title}{status}{since}{until}{document}", status=status,
        happened=PartialDate(since) if since else None, ended=PartialDate(until) if until else None,
        codes=(Coding(RXNORM, code),) if code else (), sources=(Source(document),) if document else (), data=data,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("status", "since", "until", "state"),
    [
        ("active", "2024", "", "current"),
        ("active", "2019", "2020", "ended"),
        ("active", "2019", "2026-11-28", "ended"),
        ("active", "2019", "2026-11-29", "current"),
        ("active", "2026-11-29", "", "current"),
        ("active", "2026-11-30", "", "planned"),
        ("on-hold", "2024", "", "paused"),
        ("on-hold", "2019", "2020", "ended"),
        ("stopped", "2024", "", "ended"),
        ("completed", "2024", "", "not-said"),
        ("completed", "2024", "2025", "ended"),
        ("completed", "2024", "2027", "not-said"),
        ("ordered", "2024", "", "not-said"),
        ("unknown", "2024", "", "not-said"),
        ("unknown", "2024", "2025", "ended"),
        ("", "2024", "", "not-said"),
        ("intended", "2024", "", "planned"),
        ("draft", "", "", "planned"),
        ("not-taken", "2024", "", "never-taken"),
        ("cancelled", "2024", "", "never-taken"),
        ("cancelled", "2024", "2025", "never-taken"),
    ],
)
def test_status_and_dates_are_weighed_together(status, since, until, state):
    assert state_of(medicine(status, since, until), TODAY) == state


def test_finished_in_the_persons_own_words_is_an_end():
    assert state_of(medicine("completed", "2024", document=""), TODAY) is MedicineState.ENDED


def test_the_sources_word_is_kept_where_the_state_does_not_say_it():
    assert source_words(medicine("ordered")) == "ordered"
    assert source_words(medicine("unknown", source_status="completed")) == "completed"
    assert source_words(medicine("active")) == ""


def test_one_code_under_two_names_is_one_course():
    [course] = courses(
        [
            medicine("active", "2024-01-01", title="metoprolol succinate ER 50 MG", code="866427"),
            medicine("active", "2024-01-01", title="METOPROLOL SUCC ER 50 MG TAB", code="866427", document="b"),
        ],
        TODAY,
    )
    assert course.current
    assert len(course.spans) == 2
    assert len(course.also) == 1


def test_two_substances_under_one_code_stay_two_lines_and_are_told():
    spans = [
        medicine("active", "2024", title=name, code="29046", document=name) for name in ("Lisinopril", "Enalapril")
    ]
    brand = medicine("active", "2025", title="Zestril", code="29046", document="c")
    assert [course.name for course in courses([*spans, brand], TODAY)] == ["Zestril", "Enalapril"]
    assert [(one.title, other.title) for one, other in one_code_for_two([*spans, brand])] == [
        ("Lisinopril", "Enalapril"),
    ]  # fmt: skip
    assert one_code_for_two([spans[0], brand]) == []


def test_an_unknown_brand_between_two_substances_of_one_code_doesn_t_make_them_one():
    names = ("Lisinopril", "Foobarix", "Enalapril")
    spans = [medicine("active", "2024", title=name, code="29046", document=name) for name in names]
    assert [len(course.spans) for course in courses(spans, TODAY)] == [2, 1]


@pytest.mark.parametrize(("code", "count"), [("C09AA", 2), ("C09AA03", 1)])
def test_the_code_of_a_group_of_medicines_makes_no_two_of_it_one(code, count):
    coded = (Coding("http://www.whocc.no/atc", code),)
    spans = [
        medicine("active", "2024", title=name, document=name).having(codes=coded) for name in ("Foobarix", "Foobarin")
    ]
    assert len(courses(spans, TODAY)) == count


def test_one_title_with_two_codes_of_a_system_stays_two():
    found = courses(
        [medicine("active", title="Insulin", code="51428"), medicine("active", title="Insulin", code="86009")], TODAY
    )
    assert len(found) == 2


def test_two_strengths_that_both_run_are_both_shown():
    [course] = courses(
        [medicine("active", "2024", dose="10 mg once a day"), medicine("active", "2025", dose="20 mg once a day")],
        TODAY,
    )
    assert [span.text("dose") for span in course.strengths] == ["10 mg once a day", "20 mg once a day"]


def test_the_same_strength_in_other_words_is_shown_once():
    [course] = courses(
        [
            medicine("active", "2024", dose="1 tablet daily"),
            medicine("active", "2024", dose="Take 1 tablet (50 mg) by mouth daily", document="b"),
        ],
        TODAY,
    )
    assert len(course.strengths) == 1


def test_a_new_dose_follows_the_one_that_was_stopped():
    [course] = courses(
        [medicine("stopped", "2024", "2025-03", dose="5 mg"), medicine("active", "2025-03", dose="2.5 mg")], TODAY
    )
    assert course.state is MedicineState.CURRENT
    assert [span.text("dose") for span in course.strengths] == ["2.5 mg"]


def test_two_sources_that_cannot_both_be_right_say_nothing_certain():
    [course] = courses(
        [medicine("active", "2015-01-01"), medicine("stopped", "2015-01-01", "2020-05-01", document="b")], TODAY
    )
    assert course.state is MedicineState.NOT_SAID
    assert [span.status for span in course.opposed] == ["active", "stopped"]


def test_the_end_of_one_pack_does_not_end_the_medicine():
    [course] = courses([medicine("active", "2015-01-01"), medicine("completed", "2019-01-01", "2019-03-31")], TODAY)
    assert course.current


def test_a_later_end_settles_what_an_earlier_source_left_open():
    [course] = courses([medicine("unknown", "2015"), medicine("stopped", "2015", "2020", document="b")], TODAY)
    assert course.state is MedicineState.ENDED


def test_the_end_of_one_pack_settles_nothing_that_was_left_open():
    [course] = courses([medicine("unknown", "2015-01-01"), medicine("completed", "2019-01-01", "2019-03-31")], TODAY)
    assert course.state is MedicineState.NOT_SAID
    [course] = courses([medicine("unknown", "2019-01-01"), medicine("active", "2019-01-01", "2019-03-31")], TODAY)
    assert course.state is MedicineState.ENDED


def test_paused_after_it_was_taken_is_paused():
    [course] = courses([medicine("active", "2025-01-01"), medicine("on-hold", "2026-01-01", document="b")], TODAY)
    assert course.state is MedicineState.PAUSED


def test_what_is_planned_stands_apart_from_what_was_taken():
    found = courses([medicine("stopped", "2024", "2025"), medicine("intended", "2027")], TODAY)
    assert {course.state for course in found} == {MedicineState.ENDED, MedicineState.PLANNED}


def test_no_known_medications_is_no_medicine():
    assert courses([medicine("active", title="No known medications")], TODAY) == []
    assert courses([medicine("entered-in-error")], TODAY) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("1,000 mg", "1000 mg"), ("0.5 g", "500 mg"), ("50 mcg", "50 µg"), ("0,5 mg", "0.5 mg")],
)
def test_one_dose_written_in_two_ways_is_one_dose(one, other):
    assert not doses_differ(medicine(dose=one), medicine(dose=other))


@pytest.mark.parametrize(("one", "other"), [("50 mcg", "50 mg"), ("10 mg", "20 mg"), ("1.5 mg", "15 mg")])
def test_two_doses_are_two(one, other):
    assert doses_differ(medicine(dose=one), medicine(dose=other))


@pytest.mark.parametrize(
    ("frequency", "since", "state"),
    [
        ("2 × a day, for 7 days", "2026-10-23", "current"),
        ("2 × a day, for 7 days", "2026-10-22", "not-said"),
        ("durante 7 días", "2026-10-22", "not-said"),
        ("pendant 2 semaines", "2026-10-15", "not-said"),
        ("pendant 2 semaines", "2026-10-16", "current"),
        ("7 Tage lang", "2026-10-22", "not-said"),
        ("alle 7 Tage", "2020", "current"),
        ("every 7 days", "2020", "current"),
        ("for 12 months", "2025-11-01", "current"),
        ("for pain, 3 × a day", "2020", "current"),
    ],
)
def test_of_a_short_course_that_is_long_over_nobody_says_that_it_is_taken(frequency, since, state):
    assert state_of(medicine("active", since, frequency=frequency), TODAY) == state


def test_a_short_course_with_its_end_keeps_it():
    assert state_of(medicine("active", "2026-01-01", "2027-01-01", frequency="for 7 days"), TODAY) == "current"
