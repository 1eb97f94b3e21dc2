"""Several cases at once: each keeps its own options, questions, answers and opinions, and none is guessed."""

from datetime import timedelta

import pytest

from organizer.base.errors import InvalidEntryError, OrganizerError
from organizer.base.progress import NoProgress
from organizer.services.entries import entries
from organizer.services.opinion import cases, deciding, letters, packets, questions, sheets, visits
from organizer.services.record import people, records
from organizer.store import entries as reading
from tests.made_records import opened_copy
from tests.pdf_text import pdf_text


@pytest.fixture
def record(blank_record, tmp_path):
    with opened_copy(blank_record(), tmp_path) as made:
        yield made


@pytest.fixture
def ann(record):
    return people.people(record)[0].id


def add(record, person, kind, **fields):
    return entries.add(record, kind, person, fields).entries[0]


@pytest.fixture
def two(record, ann):
    """A case on the breast at Dr Okafor's and one on the knee at Dr Stein's, each with its own of everything."""
    made = []
    for illness, doctor, option in (("Breast cancer", "Dr Okafor", "Lumpectomy"), ("Arthrosis", "Dr Stein", "Insoles")):
        condition = add(record, ann, "Condition", title=illness, status="active")
        case = cases.begin(record, ann, {"title": f"About {illness}", "specialist": doctor}).entries[0]
        if condition not in entries.get(record, case).targets("about"):
            cases.set_about(record, case, [condition])
        deciding.add_option(record, ann, option, case, doctor)
        asked = questions.add(record, ann, f"Why {option}?", case_id=case).entries[0]
        questions.answer(record, asked, f"Because of {option}")
        visits.decided(record, case, f"Call about {option}", "task")
        made.append(case)
    return made


def papers(record, person, case):
    choice = packets.choice(record, person_name="Ann Example", case_id=case, include=("summary", "questions"))
    return "\n".join(
        pdf_text(data)
        for data in (
            sheets.options(record, person, case_id=case).pdf,
            sheets.visit(record, case).pdf,
            sheets.comparison(record, case).pdf,
            packets.preview(record, choice, NoProgress())[0],
        )
    )


def test_a_new_case_is_not_about_what_another_open_one_is_about(record, two):
    breast, knee = (entries.get(record, case) for case in two)
    titles = [[entries.get(record, one).title for one in case.targets("about")] for case in (breast, knee)]
    assert titles == [["Breast cancer"], ["Arthrosis"]]


def test_nothing_of_one_case_is_on_the_papers_of_the_other(record, ann, two):
    breast, knee = two
    of_breast, of_knee = papers(record, ann, breast), papers(record, ann, knee)
    assert "Because of Lumpectomy" in of_breast
    assert "Because of Insoles" in of_knee
    assert "Insoles" not in of_breast
    assert "Lumpectomy" not in of_knee


def test_a_closed_case_s_answers_do_not_fill_the_next_one_s_visit(record, ann, two):
    breast, _knee = two
    cases.close(record, breast)
    again = cases.begin(record, ann, {"title": "Again"}).entries[0]
    assert questions.ordered(record, ann, again) == []
    assert [one.title for one in questions.ordered(record, ann, breast)] == ["Why Lumpectomy?"]
    assert deciding.options(record, ann, again).columns == ()


def test_cases_are_taken_up_closed_and_reopened(record, ann, two):
    breast, knee = two
    assert cases.open_case(record, ann).id == knee  # the newest
    assert cases.open_case(record, ann, breast).id == breast
    cases.close(record, breast)
    assert cases.open_case(record, ann, breast).id == knee
    cases.reopen(record, breast)
    assert {one.id for one in cases.open_cases(record, ann)} == {breast, knee}


def test_one_of_several_open_cases_is_never_guessed(record, ann, two):
    breast, knee = two
    assert cases.only_case(record, ann) is None
    with pytest.raises(OrganizerError) as error:
        packets.choice(record)
    assert all(case in error.value.next_step for case in two)
    question = questions.add(record, ann, "Anything else?").entries[0]
    assert entries.get(record, question).targets("case") == ()
    assert [one.id for one in cases.questions_of_no_case(record, ann)] == [question]
    cases.take_into(record, knee, question)
    assert question in {one.id for one in questions.ordered(record, ann, knee)}
    assert question not in {one.id for one in questions.ordered(record, ann, breast)}
    assert cases.named_case(record, ann, "about arthrosis").id == knee


def test_the_same_question_goes_to_a_second_hospital_with_nothing_else(record, ann, two):
    breast, _knee = two
    cases.fill(record, breast, {"why": "Is a mastectomy needed?", "decide_by": "2026-12-04"})
    other = entries.get(record, cases.begin_again(record, breast, "Dr Elm").entries[0])
    assert (other.text("why"), other.text("decide_by"), other.text("specialist")) == (
        "Is a mastectomy needed?", "2026-12-04", "Dr Elm",
    )  # fmt: skip
    assert other.targets("about") == entries.get(record, breast).targets("about")
    assert deciding.options(record, ann, other.id).columns == ()
    assert questions.ordered(record, ann, other.id) == []


def test_three_questions_may_be_starred_in_each_case(record, ann, two):
    for case in two:
        for number in range(2):
            questions.add(record, ann, f"Question {number}?", case_id=case)
        for one in questions.ordered(record, ann, case):
            questions.star(record, one.id, on=True)
    assert sum(bool(one.data.get("starred")) for one in questions.ordered(record, ann)) == 6


def test_a_decision_of_one_case_declines_no_option_of_another(record, ann, two):
    breast, knee = two
    (chosen,) = deciding.options(record, ann, breast).columns
    other = deciding.add_option(record, ann, "Wait", breast).entries[0]
    deciding.decide(record, deciding.Decision(chosen.id, "2027-03-01", {"title": "No cancer left"}), breast)
    assert entries.get(record, other).status == "declined"
    assert [one.status for one in deciding.options(record, ann, knee).columns] == ["open"]


def test_the_visit_sheet_says_what_was_decided_and_what_it_became(record, ann, two):
    breast, _knee = two
    visits.write(record, breast, {"decided": "Surgery is put off\nMRI first"})
    visits.decided(record, breast, "Radiation plan", "plan")
    text = " ".join(pdf_text(sheets.visit(record, breast).pdf).split())
    for words in ("Surgery is put off", "MRI first", "To do Call about Lumpectomy", "plan Radiation plan"):
        assert words in text
    decided = text.partition("What was decided")[2]
    assert "Lumpectomy" not in decided.replace("Call about Lumpectomy", "")
    assert "Options named by Dr Okafor Lumpectomy" in text
    assert "Call about Insoles" not in text


def test_a_record_that_was_asked_for_is_nothing_that_was_decided(record, two):
    cases.ask(record, two[0], {"pathology": "Pathology reports"}, "Dr Okafor")
    assert "Pathology reports" not in [what for _kind, what in visits.outcome(record, two[0])]


def test_the_comparison_sheet_has_a_column_for_whom_it_knows_and_none_that_is_blank(record, ann, two):
    breast, _knee = two
    columns = deciding.compared(record, breast)
    deciding.keep_opinions(record, breast, [*columns, deciding.Opinion()])
    text = pdf_text(sheets.comparison(record, breast).pdf)
    assert "Dr Okafor" in text
    assert "Third opinion" not in text


def test_a_letter_of_one_case_speaks_of_its_specialist_and_of_none_where_several_are_open(record, ann, two):
    wish = letters.LetterWish("referral-request", "Dr Home")
    assert "Dr Okafor" in letters.draft(record, ann, wish, two[0]).body
    body = letters.draft(record, ann, wish).body
    assert "Okafor" not in body
    assert "Stein" not in body


def test_recipients_come_from_the_case(record, ann):
    condition = entries.add(
        record, "Condition", ann, {"title": "Breast cancer", "status": "active", "made_by": "Dr Rask", "place": "Brook"}
    ).entries[0]
    add(record, ann, "Organization", title="A Hospital")
    add(record, ann, "Practitioner", title="Dr Rask")
    add(record, ann, "DiagnosticReport", title="Biopsy", category="pathology", performer="Brook Pathology")
    case = cases.begin(record, ann, {"title": "Mine", "specialist": "Dr Okafor"}).entries[0]
    if condition not in entries.get(record, case).targets("about"):
        cases.set_about(record, case, [condition])
    first = {
        kind: letters.suggested_recipients(record, ann, kind, case)[0]
        for kind in ("thank-you", "referral-request", "slides-request", "records-request")
    }
    assert first == {
        "thank-you": "Dr Okafor",
        "referral-request": "Dr Rask",
        "slides-request": "Brook Pathology",
        "records-request": "Brook",
    }


def test_the_emergency_card_names_who_cares_with_the_phone_that_the_record_has(record):
    fields = {"title": "Mia Calder", "kept_by": "caregiver", "keeper": "Joan Calder", "relation": "mother"}
    mia = entries.add(record, "Patient", "", fields | {"phone": "555-0401"}).entries[0]
    assert "Mother: Joan Calder, 555-0401" in " ".join(pdf_text(sheets.emergency(record, mia).pdf).split())
    ben = entries.add(
        record, "Patient", "", fields | {"title": "Ben Calder", "emergency_contact": "Joan Calder, 555-0499"}
    ).entries[0]
    text = " ".join(pdf_text(sheets.emergency(record, ben).pdf).split())
    called = text.partition("Whom to call")[2]
    assert called.count("Joan Calder") == 1
    assert "Joan Calder, 555-0499" in called
    assert "kept by Joan Calder (mother)" in text
    assert "own record" not in text


@pytest.mark.parametrize(
    ("part", "relation", "label"),
    [
        ("carer", "son", "Son, representative: Max Vogel, 555-0700"),
        ("guardian", "aunt", "Aunt, legal guardian: Max Vogel, 555-0700"),
        ("guardian", "legal guardian", "Legal guardian: Max Vogel, 555-0700"),
        ("carer", "", "Representative: Max Vogel, 555-0700"),
        ("", "", "Caregiver: Max Vogel, 555-0700"),
    ],
)
def test_the_emergency_card_says_by_which_right_somebody_is_called(record, part, relation, label):
    fields = {"title": "Karl Vogel", "birth_date": "1944-02-01", "kept_by": "caregiver", "keeper": "Max Vogel"}
    more = {"keeper_part": part, "relation": relation, "keeper_phone": "555-0700", "emergency_contact": "Max Vogel"}
    given = {name: text for name, text in (fields | more).items() if text}
    karl = entries.add(record, "Patient", "", given).entries[0]
    text = " ".join(pdf_text(sheets.emergency(record, karl).pdf).split())
    assert f"Whom to call {label}" in text
    assert "Emergency contact: Max Vogel" not in text


def test_the_insurer_is_asked_for_the_child_by_who_writes(record, ann):
    fields = {"title": "Mia Calder", "kept_by": "caregiver", "keeper": "Joan Calder", "relation": "mother"}
    mia = entries.add(record, "Patient", "", fields).entries[0]
    for_mia = " ".join(pdf_text(sheets.insurance_sheet(record, mia).pdf).split())
    assert "Is a second opinion covered for Mia Calder?" in for_mia
    assert "covered for me?" not in for_mia
    assert "Who asks Joan Calder, mother" in for_mia
    assert "so that you may speak with me about Mia Calder?" in for_mia
    assert "covered for me?" in " ".join(pdf_text(sheets.insurance_sheet(record, ann).pdf).split())


def test_a_case_that_names_no_diagnosis_is_about_the_only_one_that_stands(record, ann):
    fields = {"title": "Possible multiple sclerosis", "status": "active", "verification": "differential"}
    entries.add(record, "Condition", ann, fields | {"made_by": "Dr Koval"})
    entries.add(record, "Condition", ann, fields | {"title": "Neuropathy", "status": "inactive"})
    case = entries.add(record, "OpinionCase", ann, {"title": "What is it?", "specialist": "Dr Vogt"}).entries[0]
    first, second = deciding.compared(record, case)
    assert (first.by, first.said["diagnosis"]) == ("Dr Koval", "Possible multiple sclerosis")
    assert (second.by, dict(second.said)) == ("Dr Vogt", {})
    entries.add(record, "Condition", ann, fields | {"title": "Gait disorder"})
    assert dict(deciding.compared(record, case)[0].said) == {}


def test_whom_a_letter_goes_to_is_left_open_where_several_may_be_meant(record, ann):
    add(record, ann, "Organization", title="Ash Clinic")
    assert letters.meant_recipient(record, ann, "records-request") == "Ash Clinic"
    add(record, ann, "Organization", title="Birch Hospital")
    assert letters.meant_recipient(record, ann, "records-request") == ""
    fields = {"title": "Breast cancer", "status": "active", "place": "Birch Hospital"}
    condition = entries.add(record, "Condition", ann, fields).entries[0]
    case = cases.begin(record, ann, {"title": "Mine"}).entries[0]
    if condition not in entries.get(record, case).targets("about"):
        cases.set_about(record, case, [condition])
    assert letters.meant_recipient(record, ann, "records-request", case) == "Birch Hospital"


def test_a_case_that_is_called_as_its_kind_is_named_once(record, ann):
    assert cases.begin(record, ann, {}).label == "Added: Second opinion"
    assert cases.begin(record, ann, {"title": "Which operation?"}).label == "Added second opinion “Which operation?”"


def test_a_plan_is_by_whom_recommended_the_option_and_reviewed_after_it_begins(record, ann, two):
    breast, _knee = two
    deciding.add_option(record, ann, "Keep what is", breast, "Dr Rask")
    option = next(one for one in deciding.options(record, ann, breast).columns if one.title == "Keep what is")
    yesterday = (records.as_of(record) - timedelta(days=1)).isoformat()
    with pytest.raises(InvalidEntryError, match="before the plan begins"):
        deciding.decide(record, deciding.Decision(option.id, yesterday, {"title": "Well"}), breast)
    today = records.as_of(record).isoformat()
    deciding.decide(record, deciding.Decision(option.id, today, {"title": "Well"}), breast)
    (plan,) = reading.of_kind(record, ann, "CarePlan")
    assert (plan.text("decided_by"), plan.text("what")) == ("Dr Rask", "")


def test_an_option_that_comes_later_stands_in_the_column_of_its_doctor(record, ann, two):
    breast, _knee = two
    deciding.note_opinion(record, breast, 1, {"treatment": "Wait"}, deciding.Opinion("Dr Okafor"))
    deciding.add_option(record, ann, "Hormones", breast, "Dr Okafor")
    assert deciding.compared(record, breast)[1].said["options"].splitlines()[-1] == "Hormones"


def test_a_third_opinion_is_marked_against_both(record, two):
    breast, _knee = two
    marks = deciding.Opinion("Dr Third", "", {}, {"treatment": "different"}, {"treatment": "partly"})
    deciding.note_opinion(record, breast, 2, {"treatment": "Hormones first"}, marks)
    text = " ".join(pdf_text(sheets.comparison(record, breast).pdf).split())
    # Nothing is known of a first opinion: the third stays the third, and is compared with nothing that isn't there.
    assert "First opinion" not in text
    assert "Third opinion, Dr Third" in text
    assert "against the first" not in text

    deciding.note_opinion(record, breast, 0, {"treatment": "Mastectomy"}, deciding.Opinion("Dr Rask"))
    text = " ".join(pdf_text(sheets.comparison(record, breast).pdf).split())
    assert "(against the first: Different)" in text
    assert "(against the second: Partly the same)" in text


def test_a_case_that_is_begun_about_one_illness_asks_nothing_of_another(record, ann):
    day = records.as_of(record).isoformat()
    valve, _thyroid = (
        add(record, ann, "Condition", title=title, status="active", happened=day, recorded=day)
        for title in ("Severe aortic stenosis", "Papillary thyroid carcinoma")
    )
    case = cases.begin(record, ann, {"title": "Valve"}, [valve]).entries[0]
    assert entries.get(record, case).targets("about") == (valve,)
    rows = {item.row for item in cases.gather(record, case)}
    assert "echo" in rows
    assert not {"neck-ultrasound", "cytology", "staging", "slides"} & rows


@pytest.mark.parametrize(
    ("verification", "line"),
    [
        ("provisional", "Lupus (suspected only, Oct 2026)"),
        ("differential", "Lupus (one of several that are possible, Oct 2026)"),
        ("unconfirmed", "Lupus (not confirmed, Oct 2026)"),
        ("confirmed", "Lupus (Oct 2026)"),
        ("", "Lupus (Oct 2026)"),
    ],
)
def test_the_emergency_card_says_that_a_diagnosis_is_only_possible(record, ann, verification, line):
    add(record, ann, "Condition", title="Lupus", status="active", happened="2026-10", verification=verification)
    assert line in " ".join(pdf_text(sheets.emergency(record, ann).pdf).split())


def test_the_emergency_card_names_no_illness_of_a_relative_and_none_that_was_ruled_out(record):
    mia = entries.add(record, "Patient", "", {"title": "Mia Calder"}).entries[0]
    for title in ("Asthma", "Mother: breast cancer", "Pulmonary embolism (ruled out)", "V.a. Sarkoidose"):
        entries.add(record, "Condition", mia, {"title": title, "status": "active"})
    text = " ".join(pdf_text(sheets.emergency(record, mia).pdf).split())
    assert "Asthma" in text
    assert "V.a. Sarkoidose (suspected only)" in text
    assert "breast cancer" not in text
    assert "embolism" not in text
