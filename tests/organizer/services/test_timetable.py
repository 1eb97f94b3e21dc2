"""The days of a case in the record: letters say by when, asking again comes in time, the overview shows it all."""

from datetime import date, timedelta

import pytest

from organizer.services.entries import entries
from organizer.services.follow import reminders
from organizer.services.opinion import cases, deciding, letters, timetable
from organizer.services.record import people, records
from tests.made_records import opened_copy
from tests.pdf_text import pdf_line


@pytest.fixture
def record(blank_record, tmp_path):
    with opened_copy(blank_record(), tmp_path) as made:
        yield made


@pytest.fixture
def ann(record):
    return people.people(record)[0].id


@pytest.fixture
def case(record, ann):
    """A visit in eight days, a decision in ten."""
    fields = {
        "title": "Second opinion, breast",
        "specialist": "Dr Okafor",
        "place": "Lakehead",
        "happened": ahead(record, 8).isoformat(),
        "decide_by": ahead(record, 10).isoformat(),
    }
    return cases.begin(record, ann, fields).entries[0]


def ahead(record, count):
    return records.as_of(record) + timedelta(days=count)


def test_a_request_says_by_when_and_is_asked_about_again_in_time(record, ann, case):
    written = letters.draft(record, ann, letters.LetterWish("records-request", "North Clinic"), case)
    day = ahead(record, 6)
    assert f"I need them by {day.day} {day:%b %Y}." in pdf_line(letters.pdf(written))
    letters.log_sent(record, ann, written, case)
    cases.ask(record, case, {"pathology": "Pathology report"}, "North Clinic")
    (sent,) = letters.sent(record, ann)
    assert sent.text("follow_up") == ahead(record, 3).isoformat()
    due = {one.kind: one.when.first_day for one in reminders.reminders(record, ann)}
    assert due == {
        "visit": ahead(record, 8), "decide": ahead(record, 10), "ask-again": ahead(record, 3), "task": ahead(record, 3),
    }  # fmt: skip


def test_without_a_day_a_request_names_none(record, ann):
    case = cases.begin(record, ann, {"title": "Some time"}).entries[0]
    written = letters.draft(record, ann, letters.LetterWish("records-request", "North Clinic"), case)
    assert "I need them by" not in written.body
    assert letters.ask_again(record, case) == ahead(record, 30)


def test_the_appointment_is_told_once_where_its_visit_is_written_down_too(record, ann, case):
    fields = {"title": "Visit", "happened": ahead(record, 8).isoformat(), "status": "planned"}
    entries.link(record, entries.add(record, "Encounter", ann, fields).entries[0], "case", case)
    assert [one.kind for one in reminders.reminders(record, ann)] == ["visit", "decide"]


def test_a_decision_that_went_by_is_late_and_a_closed_case_is_silent(record, ann, case):
    later = ahead(record, 11)
    assert [(one.kind, one.overdue) for one in reminders.reminders(record, ann, later)] == [("decide", True)]
    cases.close(record, case)
    assert reminders.reminders(record, ann) == []


def test_the_planned_operation_tells_by_when_where_the_case_does_not(record, ann):
    fields = {"title": "Left mastectomy", "status": "preparation", "decide_by": ahead(record, 10).isoformat()}
    operation = entries.add(record, "Procedure", ann, fields | {"happened": ahead(record, 15).isoformat()}).entries[0]
    case = cases.case_of(record, cases.begin(record, ann, {"title": "Surgery?"}).entries[0])
    assert operation in case.evidence
    assert cases.dates(record, case).pressing == ahead(record, 10)


def test_the_steps_go_into_a_calendar_each_with_its_day(record, ann, case, tmp_path):
    out = tmp_path / "steps.ics"
    timetable.save(record, cases.case_of(record, case), out)
    text = out.read_bytes().decode().replace("\r\n ", "")
    assert (
        text.count("BEGIN:VEVENT")
        == text.count("END:VEVENT")
        == len(timetable.plan(record, cases.case_of(record, case)))
    )
    assert f"DTSTART;VALUE=DATE:{ahead(record, 10):%Y%m%d}" in text
    uids = [line for line in text.split("\r\n") if line.startswith("UID:")]
    assert len(uids) == len(set(uids))
    undated = cases.case_of(record, cases.begin(record, ann, {"title": "Some time"}).entries[0])
    timetable.save(record, undated, out)
    assert out.read_bytes().count(b"BEGIN:VTODO") == 3
    assert date.fromisoformat(ahead(record, 30).isoformat()) in [one.day for one in timetable.plan(record, undated)]


@pytest.mark.parametrize(
    ("days", "due", "overdue"), [(90, True, False), (91, False, False), (0, True, False), (-1, True, True)]
)
def test_a_to_do_is_due_for_ninety_days_and_late_from_the_day_after(record, ann, days, due, overdue):
    entries.add(record, "Task", ann, {"title": "Ask for the slides", "happened": ahead(record, days).isoformat()})
    assert [one.overdue for one in reminders.reminders(record, ann)] == [overdue] * due


def test_after_the_decision_nothing_is_asked_for_and_nothing_to_be_decided(record, ann, case):
    assert "decide" in [step.key for step in timetable.plan(record, cases.case_of(record, case))]
    deciding.add_option(record, ann, "Wait", case)
    (option,) = deciding.options(record, ann, case).columns
    deciding.decide(record, deciding.Decision(option.id, "2027-06-01", {"title": "Well"}), case)
    assert {step.key for step in timetable.plan(record, cases.case_of(record, case))} <= {"visit", "treatment"}
    assert "decide" not in {reminder.kind for reminder in reminders.reminders(record, ann)}


def test_what_a_closed_case_asked_for_is_asked_about_no_more(record, ann, case):
    cases.ask(record, case, {"notes": "Notes"}, "Dr Home")
    letter = letters.draft(record, ann, letters.LetterWish("records-request", "Dr Home"), case)
    letters.log_sent(record, ann, letter, case)
    assert {"task", "ask-again"} <= {reminder.kind for reminder in reminders.reminders(record, ann)}
    cases.close(record, case)
    assert reminders.reminders(record, ann) == []
    cases.reopen(record, case)
    assert {"task", "ask-again"} <= {reminder.kind for reminder in reminders.reminders(record, ann)}
