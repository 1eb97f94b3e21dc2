"""What a person can do on the way: set a reason aside, gather, write, decide, export – each step undone in one."""

import csv
import io
from datetime import date

import openpyxl
import pypdfium2
import pytest

from organizer.base.errors import OrganizerError
from organizer.base.progress import NoProgress
from organizer.model.case import RowState
from organizer.model.entry import Link
from organizer.services.entries import entries
from organizer.services.entries.entries import Query
from organizer.services.follow import calendars, plans, reminders
from organizer.services.opinion import (
    cases,
    chronologies,
    deciding,
    insurance,
    letters,
    questions,
    reasons,
    sheets,
    visits,
)
from organizer.services.opinion.chronologies import ChronologyWish
from organizer.services.opinion.deciding import Decision
from organizer.services.record import history, people, records
from tests.made_records import opened_copy
from tests.pdf_text import pdf_text


@pytest.fixture(scope="module")
def blank(blank_record, tmp_path_factory):
    with opened_copy(blank_record(), tmp_path_factory.mktemp("way")) as made:
        yield made


@pytest.fixture
def record(blank):
    """Each test takes back what it wrote."""
    yield blank
    while history.next_undo(blank).startswith("Made the record") is False:
        history.undo(blank)


@pytest.fixture
def ann(record):
    return people.people(record)[0].id


def add(record, person, kind, links=(), **fields):
    return entries.add(record, kind, person, fields, links).entries[0]


def found(record, person):
    return {one.reason.reason: one for one in reasons.states(record, person)}


def test_a_reason_set_aside_comes_back_on_new_evidence_only(record, ann):
    add(record, ann, "TreatmentOption", title="Spray", status="open")
    add(record, ann, "TreatmentOption", title="Tablet", status="open")
    reasons.set_aside(record, ann, "several-options", "Talked about it with Dr Ash")
    assert "several-options" not in {one.reason for one in reasons.reasons(record, ann)}
    assert found(record, ann)["several-options"].note == "Talked about it with Dr Ash"
    third = add(record, ann, "TreatmentOption", title="Wait", status="open")
    assert found(record, ann)["several-options"].note is None
    entries.remove(record, [third])
    assert found(record, ann)["several-options"].note is not None
    reasons.bring_back(record, ann, "several-options")
    assert found(record, ann)["several-options"].note is None


def test_a_reason_set_aside_comes_back_when_what_it_rests_on_says_something_else(record, ann):
    day = records.as_of(record).isoformat()
    cancer = add(record, ann, "Condition", title="Breast cancer, left", status="active", happened=day, recorded=day)
    reasons.set_aside(record, ann, "serious-diagnosis", "")
    assert found(record, ann)["serious-diagnosis"].note is not None
    entries.edit(record, cancer, {"note": "Asked my sister to come along"})
    reasons.mark_serious(record, cancer, serious=True)
    assert found(record, ann)["serious-diagnosis"].note is not None
    entries.edit(record, cancer, {"title": "Breast cancer, both sides"})
    assert found(record, ann)["serious-diagnosis"].note is None
    history.undo(record)
    assert found(record, ann)["serious-diagnosis"].note is not None


def test_a_reason_set_aside_comes_back_when_the_decision_is_suddenly_tomorrow(record, ann):
    later = {"title": "Left mastectomy", "status": "preparation", "decide_by": "2100-06-01"}
    operation = add(record, ann, "Procedure", **later)
    reasons.set_aside(record, ann, "high-risk-treatment", "There is time")
    assert found(record, ann)["high-risk-treatment"].note == "There is time"
    entries.edit(record, operation, {"decide_by": "2100-01-02"})
    assert found(record, ann)["high-risk-treatment"].note is None


def test_setting_aside_what_is_not_there_is_refused(record, ann):
    with pytest.raises(OrganizerError):
        reasons.set_aside(record, ann, "several-options", "")


def test_the_person_says_so_and_takes_it_back(record, ann):
    reasons.say(record, ann, "unheard", "Five minutes, and no look at my list")
    assert "Five minutes" in found(record, ann)["unheard"].reason.sentence
    reasons.say(record, ann, "unheard", "")
    assert "unheard" not in found(record, ann)


def test_serious_is_asked_once(record, ann):
    day = records.as_of(record).isoformat()
    lymphoma = add(record, ann, "Condition", title="Lymphoma", status="active", happened=day)
    assert found(record, ann)["serious-diagnosis"].reason.ask == (lymphoma,)
    reasons.mark_serious(record, lymphoma, serious=True)
    assert found(record, ann)["serious-diagnosis"].reason.ask == ()
    reasons.mark_serious(record, lymphoma, serious=False)
    assert "serious-diagnosis" not in found(record, ann)


def test_a_title_changed_twice_is_read_from_the_history(record, ann):
    day = records.as_of(record).isoformat()
    one = add(record, ann, "Condition", title="Flu", status="active", happened=day)
    entries.edit(record, one, {"title": "Asthma"})
    entries.edit(record, one, {"title": "Heart strain"})
    changed = reasons.states(record, ann)
    assert "diagnosis-unclear" not in {one.reason.reason for one in changed}  # both on one day: one change of mind


def case_of(record, ann, **fields):
    changes = cases.begin(record, ann, {"title": "Is it asthma?", "specialist": "Dr Osei"} | fields)
    return changes.entries[0]


def test_a_case_begins_with_its_reasons_and_what_they_rest_on(record, ann):
    day = records.as_of(record).isoformat()
    lymphoma = add(record, ann, "Condition", title="Lymphoma", status="active", happened=day)
    case = entries.get(record, case_of(record, ann))
    assert case.data["reasons"][0] == "serious-diagnosis"
    assert case.targets("about") == (lymphoma,)
    assert cases.open_case(record, ann).id == case.id
    cases.close(record, case.id)
    assert cases.open_case(record, ann) is None


def test_asking_for_rows_notes_each_with_a_day_to_ask_again(record, ann):
    case = case_of(record, ann)
    cases.ask(record, case, {"pathology": "Pathology report", "labs": "Laboratory"}, "North Clinic")
    items = {item.row: item for item in cases.gather(record, case)}
    assert items["pathology"].state == items["labs"].state == "asked"
    due = [one for one in reminders.reminders(record, ann) if one.kind == "task"]
    assert {one.what for one in due} == {"Pathology report", "Laboratory"}
    reminders.settle(record, due[0])
    assert sum(item.state == "asked" for item in cases.gather(record, case)) == 1
    history.undo(record)
    history.undo(record)
    assert not any(item.state == "asked" for item in cases.gather(record, case))


def test_a_row_is_never_linked_to_another_person(record, ann):
    ben = entries.add(record, "Patient", "", {"title": "Ben Example"}).entries[0]
    theirs = add(record, ben, "DocumentReference", title="Ben’s letter")
    case = case_of(record, ann)
    with pytest.raises(OrganizerError):
        cases.tick(record, case, "notes", RowState.LINKED, theirs)


def test_a_letter_is_saved_logged_and_asked_about_again(record, ann, tmp_path):
    add(record, ann, "Organization", title="North Clinic", address="8 Mill Road")
    written = letters.draft(record, ann, letters.LetterWish("records-request", "north"))
    assert written.address.startswith("North Clinic")
    letters.save(written, tmp_path / "letter.pdf")
    letters.log_sent(record, ann, written, ask_again=date(2030, 1, 2))
    (sent,) = letters.sent(record, ann)
    assert sent.text("follow_up") == "2030-01-02"
    text = pdf_text((tmp_path / "letter.pdf").read_bytes())
    assert "45 CFR 164.524" in text
    with pytest.raises(OrganizerError):
        letters.save(written, tmp_path / "no such folder" / "letter.pdf")


def test_three_questions_may_be_starred_and_moved(record, ann):
    for number in range(4):
        questions.add(record, ann, f"Question {number}?")
    asked = questions.ordered(record, ann)
    for one in asked[:3]:
        questions.star(record, one.id, on=True)
    with pytest.raises(OrganizerError):
        questions.star(record, asked[3].id, on=True)
    questions.move(record, asked[2].id, -1)
    assert [one.title[9] for one in questions.ordered(record, ann)] == ["0", "2", "1", "3"]
    questions.answer(record, asked[0].id, "Yes")
    assert entries.get(record, asked[0].id).happened.text == records.as_of(record).isoformat()


def test_what_a_visit_decides_becomes_to_do_option_or_plan(record, ann):
    case = case_of(record, ann, happened="2026-12-03")
    for kind in ("task", "option", "plan"):
        visits.decided(record, case, f"A {kind}", kind)
    kinds = {one.title: one.kind for one in entries.find(record, Query(person=ann)) if one.title.startswith("A ")}
    assert kinds == {"A task": "Task", "A option": "TreatmentOption", "A plan": "CarePlan"}
    visits.write(record, case, {"had_time": "2", "understood": "3"})
    visit = visits.visit_of(record, case)
    assert (visit.data["had_time"], visit.text("provider"), visit.happened.text) == (2, "Dr Osei", "2026-12-03")
    visits.finish(record, case)
    assert visits.visit_of(record, case).status == "finished"


def test_a_visit_that_is_planned_already_is_the_one_of_the_case(record, ann):
    planned = add(record, ann, "Encounter", title="Visit", happened="2026-12-03", status="planned", provider="Dr Osei")
    case = case_of(record, ann, happened="2026-12-03")
    assert visits.visit_of(record, case).id == planned


def test_opinions_are_kept_side_by_side_and_three_are_the_most(record, ann):
    case = case_of(record, ann)
    first, second = deciding.compared(record, case)
    deciding.keep_opinions(record, case, [first, second, deciding.Opinion("Dr Elm")])
    assert [one.by for one in deciding.compared(record, case)] == ["", "Dr Osei", "Dr Elm"]
    with pytest.raises(OrganizerError):
        deciding.keep_opinions(record, case, [first] * 4)
    with pytest.raises(OrganizerError):
        deciding.keep_opinions(record, case, [deciding.Opinion(when="soon")])


def test_a_revised_diagnosis_keeps_the_old_one_as_history(record, ann):
    old = add(record, ann, "Condition", title="Asthma", status="active")
    case = case_of(record, ann)
    cases.set_about(record, case, [old])
    new = deciding.revise_diagnosis(record, old, {"title": "Heart strain"}).entries[0]
    told = entries.get(record, new)
    assert told.targets("revises") == (old,)
    assert (told.text("verification"), told.text("recorded")) == ("", "")  # a typed title confirms nothing
    assert entries.get(record, old).status == "active"
    assert entries.get(record, case).targets("about") == (new,)
    history.undo(record)
    assert entries.get(record, case).targets("about") == (old,)


@pytest.mark.parametrize("state", ["refuted", "withdrawn"])
def test_the_old_diagnosis_is_ruled_out_or_withdrawn_by_whom_and_when_it_is_said(record, ann, state):
    old = add(record, ann, "Condition", title="Asthma", status="active", verification="confirmed", made_by="Dr Ash")
    fields = {"title": "Heart strain", "verification": "provisional", "made_by": "Dr Osei", "recorded": "2026-12-03"}
    earlier = deciding.EarlierView(state, "Dr Ash", "2026-12-05")
    new = entries.get(record, deciding.revise_diagnosis(record, old, fields, earlier).entries[0])
    told = entries.get(record, old)
    assert (new.text("verification"), new.text("made_by"), new.text("recorded")) == (
        "provisional", "Dr Osei", "2026-12-03",
    )  # fmt: skip
    assert (told.text("verification"), told.text("settled_by"), told.text("settled_on")) == (
        state, "Dr Ash", "2026-12-05",
    )  # fmt: skip
    assert told.struck
    assert "Asthma" not in pdf_text(sheets.emergency(record, ann).pdf)


def test_a_state_that_no_diagnosis_can_have_is_refused(record, ann):
    old = add(record, ann, "Condition", title="Asthma", status="active")
    with pytest.raises(OrganizerError):
        deciding.revise_diagnosis(record, old, {"title": "Flu"}, deciding.EarlierView("maybe"))
    with pytest.raises(OrganizerError):
        deciding.revise_diagnosis(record, old, {"title": "Flu"}, deciding.EarlierView("refuted", "Dr Ash", "soon"))


def test_a_decision_becomes_a_plan_that_the_check_watches(record, ann):
    condition = add(record, ann, "Condition", title="Pain", status="active", happened="2026-01")
    case = case_of(record, ann)
    cases.set_about(record, case, [condition])
    deciding.add_option(record, ann, "Tablet", case)
    chosen = deciding.add_option(record, ann, "Spray", case).entries[0]
    goal = {"title": "Pain at 3 or lower", "target_high": "3", "unit": "{score}"}
    before = len(history.history(record))
    deciding.decide(record, Decision(chosen, "2027-03-01", goal, "72514-3", "2026-12-04"), case)
    assert len(history.history(record)) == before + 1
    (report,) = plans.check_plans(record, ann)
    assert (report.plan.title, report.goal.title, report.review_by) == ("Spray", "Pain at 3 or lower", "2027-03-01")
    assert report.plan.targets("treats") == (condition,)
    assert {one.title: one.status for one in deciding.options(record, ann).columns} == {
        "Spray": "chosen",
        "Tablet": "declined",
    }
    history.undo(record)
    assert plans.check_plans(record, ann) == []


def test_a_picture_becomes_the_card_of_an_insurance(record, ann):
    plan = add(record, ann, "Coverage", title="Juniper")
    picture = add(record, ann, "DocumentReference", title="card", media_type="image/png", file="x")
    assert [one.id for one in insurance.facts_of(record, ann).maybe] == [picture]
    insurance.use_as_card(record, plan, picture)
    told = insurance.facts_of(record, ann)
    assert (told.cards[plan].id, told.maybe) == (picture, [])
    add(record, ann, "Communication", title="Covered?", with_whom="Juniper, member services")
    assert len(insurance.facts_of(record, ann).calls) == 1


@pytest.mark.parametrize(
    ("when", "lines"),
    [
        ("2026-12-03", ["DTSTART;VALUE=DATE:20261203", "DTEND;VALUE=DATE:20261204"]),
        ("2026-12-03T10:30:00", ["DTSTART:20261203T103000"]),
        ("2026-12-03T10:30:00-05:00", ["DTSTART:20261203T153000Z"]),
    ],
)
def test_an_appointment_is_an_event_of_its_day_or_time(record, ann, when, lines):
    visit = add(record, ann, "Encounter", title="Visit; with, commas", happened=when, place="A very long place " * 8)
    told = calendars.event(entries.get(record, visit)).decode()
    unfolded = told.replace("\r\n ", "")
    assert all(line in unfolded.split("\r\n") for line in lines)
    assert "SUMMARY:Visit\\; with\\, commas" in unfolded
    assert all(len(line.encode()) <= 75 for line in told.split("\r\n"))
    assert told.endswith("END:VCALENDAR\r\n")


def test_an_appointment_without_a_day_is_refused(record, ann):
    case = entries.get(record, case_of(record, ann))
    with pytest.raises(OrganizerError):
        calendars.event(case)


def test_an_emergency_card_is_one_page_whatever_the_record_holds(record, ann):
    add(record, ann, "AllergyIntolerance", title="Penicillin", reaction="Rash", status="active")
    for number in range(60):
        add(record, ann, "MedicationStatement", title=f"Medicine {number:02}", dose="5 mg", status="active")
        add(
            record,
            ann,
            "Condition",
            title=f"Condition {number:02} with a rather long name of many words",
            status="active",
        )
    data = sheets.emergency(record, ann).pdf
    with pypdfium2.PdfDocument(data) as document:
        assert len(document) == 1
    text = pdf_text(data)
    assert "Penicillin: Rash" in text
    assert "more in the record" in text


def test_none_known_and_not_recorded_are_two_statements(record, ann):
    assert "Not recorded" in pdf_text(sheets.emergency(record, ann).pdf)
    add(record, ann, "AllergyIntolerance", title="No known allergies", none_known="yes", status="active")
    assert "No known allergies (so it is recorded)" in pdf_text(sheets.emergency(record, ann).pdf)


def test_none_known_beside_an_allergy_is_no_card_without_allergies(record, ann):
    add(record, ann, "AllergyIntolerance", title="No known allergies", status="active")
    add(record, ann, "AllergyIntolerance", title="Latex", status="active", reaction="hives")
    add(record, ann, "AllergyIntolerance", title="Eggs", status="resolved")
    text = pdf_text(sheets.emergency(record, ann).pdf)
    assert "Latex: hives" in text
    assert "Another record says “No known allergies”" in text
    assert "Eggs" not in text


def test_the_card_tells_how_each_medicine_stands(record, ann):
    add(record, ann, "MedicationStatement", title="Apixaban", dose="5 mg", status="active")
    add(record, ann, "MedicationStatement", title="Methotrexate", dose="15 mg", status="on-hold")
    add(record, ann, "MedicationStatement", title="Warfarin", status="active", happened="2019", ended="2020")
    add(record, ann, "MedicationStatement", title="Aspirin", status="unknown")
    text = " ".join(pdf_text(sheets.emergency(record, ann).pdf).split())
    assert "Apixaban 5 mg" in text
    assert "Methotrexate 15 mg (paused)" in text
    assert "Aspirin (not said whether still taken)" in text
    assert "Warfarin" not in text


def test_the_card_keeps_sensitive_matters_back_until_they_are_ticked_and_claims_no_whole_list(record, ann):
    add(record, ann, "MedicationStatement", title="Sertraline", dose="50 mg", status="active")
    add(record, ann, "MedicationStatement", title="Apixaban", dose="5 mg", status="active")
    add(record, ann, "AllergyIntolerance", title="No known allergies", status="active")
    add(record, ann, "AllergyIntolerance", title="Lithium", status="active", reaction="tremor; bipolar disorder")
    add(record, ann, "Practitioner", title="Dr Ash", specialty="Psychiatry", phone="555-0101")
    add(record, ann, "Practitioner", title="Dr Osei", specialty="Nephrology", phone="555-0102")
    card = sheets.emergency(record, ann)
    text = " ".join(pdf_text(card.pdf).split())
    for word in ("Sertraline", "Lithium", "Ash", "sychiatr", "No known allergies", "Not recorded Conditions"):
        assert word not in text
    assert "Apixaban 5 mg" in text
    assert "Dr Osei, Nephrology: 555-0102" in text
    assert text.count("This list may be incomplete at the patient’s choice: please ask.") == 3
    assert [one.what for one in card.left_out] == ["Mental health: 4 entries"]

    shown = sheets.emergency(record, ann, ticked=frozenset({"mental-health"}))
    text = " ".join(pdf_text(shown.pdf).split())
    for words in ("Sertraline 50 mg", "Lithium: tremor", "Dr Ash, Psychiatry", "Another record says “No known allerg"):
        assert words in text
    assert "incomplete" not in text
    assert shown.left_out == ()


def test_calls_and_options_about_a_sensitive_matter_stay_out_and_the_sheet_says_that_it_may_lack_some(record, ann):
    add(record, ann, "Coverage", title="Juniper")
    add(record, ann, "Communication", title="Is psychotherapy covered?", with_whom="Juniper")
    add(record, ann, "TreatmentOption", title="Methadone programme", status="open")
    for draw, word in ((sheets.insurance_sheet, "psychotherapy"), (sheets.options, "Methadone")):
        closed = " ".join(pdf_text(draw(record, ann).pdf).split())
        assert word not in closed
        assert "None yet" not in closed
        assert "written down yet" not in closed
        assert "This list may be incomplete at the patient’s choice." in closed
        everything = frozenset({"mental-health", "substances"})
        assert word in pdf_text(draw(record, ann, ticked=everything).pdf)


def test_a_letter_names_no_sensitive_specimen_unasked(record, ann):
    add(record, ann, "DiagnosticReport", title="Products of conception", category="pathology", case_number="S26-7")
    (specimen,) = letters.specimens(record, ann)
    assert (specimen.is_of_case, specimen.is_named) == (True, False)
    wish = letters.LetterWish("slides-request", "Dr Ash")
    assert "conception" not in letters.draft(record, ann, wish).body
    chosen = letters.LetterWish("slides-request", "Dr Ash", specimens=(specimen.report.id,))
    assert "Products of conception" in letters.draft(record, ann, chosen).body


@pytest.mark.parametrize("draw", [sheets.options, sheets.insurance_sheet], ids=["options", "insurance"])
def test_a_sheet_says_that_there_is_nothing_yet(record, ann, draw):
    assert "written down yet" in pdf_text(draw(record, ann).pdf)


def test_very_long_texts_go_on_over_the_pages(record, ann):
    case = case_of(record, ann)
    words = " ".join(f"word{number}" for number in range(3_000))
    add(record, ann, "TreatmentOption", (Link("case", case),), title="Tablet", benefits=words, status="open")
    deciding.keep_opinions(record, case, [deciding.Opinion("Dr Ash", said={"diagnosis": words})])
    for text in (pdf_text(sheets.options(record, ann).pdf), pdf_text(sheets.comparison(record, case).pdf)):
        assert "word2999" in text


def test_markup_in_a_record_stays_plain_text_on_every_sheet(record, ann):
    evil = '<img src="/etc/passwd"><b>x</b> & {0} %s'
    case = case_of(record, ann, why=evil)
    add(record, ann, "TreatmentOption", title=evil, benefits=evil, status="open")
    questions.add(record, ann, evil)
    for data in (sheets.options(record, ann).pdf, sheets.visit(record, case).pdf, sheets.emergency(record, ann).pdf):
        assert data.startswith(b"%PDF")
    assert "<b>x</b> & {0} %s" in pdf_text(sheets.visit(record, case).pdf)


def test_the_chronology_of_typed_entries_has_only_unsourced_notes(record, ann, tmp_path):
    add(record, ann, "Condition", title="=cmd|evil", happened="2026-03-02", note="My own words")
    wish = ChronologyWish(comments=True)
    told = chronologies.write(record, ann, wish, tmp_path / "c.csv", NoProgress())
    assert (told.events, told.gaps) == (0, 0)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "c.csv").read_text("utf-8-sig"))))
    assert rows[0]["Flag"] == "unsourced note"
    assert rows[0]["My comment"] == "My own words"
    assert not any(value.startswith("=") for row in rows for value in row.values())
    chronologies.write(record, ann, wish, tmp_path / "c.xlsx", NoProgress())
    sheet = openpyxl.load_workbook(tmp_path / "c.xlsx").active
    assert [cell.value for cell in sheet[1]][-1] == "My comment"
    chronologies.write(record, ann, wish, tmp_path / "c.pdf", NoProgress())
    assert "2 Mar 2026" in pdf_text((tmp_path / "c.pdf").read_bytes()).partition("Time span")[2].partition("Lines")[0]
    assert "fewer than two dated lines have a source" in " ".join(pdf_text((tmp_path / "c.pdf").read_bytes()).split())
    assert "lines without a source" in pdf_text((tmp_path / "c.pdf").read_bytes())
    with pytest.raises(OrganizerError):
        chronologies.write(record, ann, wish, tmp_path / "c.docx", NoProgress())
