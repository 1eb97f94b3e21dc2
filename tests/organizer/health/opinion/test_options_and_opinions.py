"""Options and opinions side by side: the person's words, nothing summed, no opinion rated."""

import pytest

from organizer.base.dates import PartialDate
from organizer.health.opinion.belonging import belongs, of_no_case, same_doctor
from organizer.health.opinion.comparison import (
    MARKS,
    ROWS,
    mark_of,
    marks_in_words,
    of_nobody,
    suggested_mark,
    with_options,
)
from organizer.health.opinion.opinions_of_record import opinions_of_record
from organizer.health.opinion.options import ROWS as OPTION_ROWS
from organizer.health.opinion.options import decided_on, side_by_side, uneven_chances
from organizer.health.opinion.questions import suggestions
from organizer.health.opinion.view import Reason
from organizer.health.voice import Voice
from organizer.model.case import Opinion
from tests.organizer.health.opinion.made import a_case, entry

NOW = PartialDate("2026-11-24")


def test_options_keep_their_words_and_weights_and_no_sum():
    spray = entry(
        "TreatmentOption", "Spray", status="declined", benefits="Quick", benefits_weight=4, decide_by="2026-12"
    )
    tablet = entry("TreatmentOption", "Tablet", status="open", risks="Nausea", risks_weight=0)
    table = side_by_side([spray, tablet])
    assert [one.title for one in table.columns] == ["Tablet", "Spray"]
    rows = dict(table.rows)
    assert rows["Reasons for it"] == (("", None), ("Quick", 4))
    assert rows["Reasons against it"] == (("Nausea", 0), ("", None))
    assert rows["To be decided by"][1][0] == "Dec 2026"
    assert len(rows) == len(OPTION_ROWS)


def test_the_first_opinion_begins_with_what_the_record_says():
    condition = entry("Condition", "Asthma", made_by="Dr Ash", recorded="2026-05-01", quote="Bronchial asthma")
    case = a_case("Case", plan_proposed="Spray", specialist="Dr Osei")
    tablet = entry("TreatmentOption", "Tablet", risks="Nausea", recommended_by="Dr. Ash")
    first, second = opinions_of_record(case, [condition], [tablet], [entry("X", "Test")], NOW)
    assert (second.by, dict(second.said)) == ("Dr Osei", {})
    assert (first.by, first.when) == ("Dr Ash", "2026-05-01")
    assert first.said == {
        "diagnosis": "Bronchial asthma",
        "basis": "Test",
        "options": "Tablet",
        "treatment": "Spray",
        "risks": "Tablet: Nausea",
    }


def test_opinions_come_back_from_the_case_as_they_were_kept():
    kept = Opinion("Dr Osei", "2026-12-03", {"diagnosis": "Asthma"}, {"diagnosis": "refined"})
    assert list(a_case("Case", opinions=[kept.stored()]).opinions) == [kept]
    assert list(a_case("Case").opinions) == []


def test_only_marks_that_need_no_judgement_are_suggested():
    assert suggested_mark("Asthma", " asthma ") == "same"
    assert suggested_mark("", "Asthma") == "new"
    assert suggested_mark("Asthma", "Heart strain") == ""
    assert suggested_mark("Asthma", "") == ""
    first = Opinion(said={"diagnosis": "Asthma"})
    second = Opinion(said={"diagnosis": "Asthma"}, marks={"diagnosis": "different"})
    assert mark_of(second, "diagnosis", first) == "different"
    assert [row for row, _label in ROWS] == [
        "diagnosis", "basis", "tests", "options", "treatment", "risks", "urgency", "prognosis", "explained",
    ]  # fmt: skip


def test_questions_are_suggested_once_and_not_when_they_are_written_down():
    reason = Reason("x", "A reason", "", (), ("What next?", "How sure?"))
    option = entry("TreatmentOption", "Tablet", status="open")
    order = entry("ServiceRequest", "Eye check", status="active")
    found = dict(suggestions([reason, reason], [option], [order], [entry("Question", "what next")]))
    assert "What next?" not in found
    assert found["How sure?"] == "A reason"
    assert any("Tablet" in question for question in found)
    assert any("Eye check" in question for question in found)


def test_an_option_stands_under_who_recommended_it_and_one_of_nobody_under_no_name():
    condition = entry("Condition", "Breast cancer", made_by="Dr Helen Rask", recorded="2026-11-16")
    case = a_case("Case", "2026-11-20", specialist="Dr Amara Okafor", plan_proposed="Mastectomy")
    options = [
        entry("TreatmentOption", "Mastectomy", recommended_by="Dr Rask", risks="Swelling"),
        entry("TreatmentOption", "Lumpectomy", recommended_by="Dr Amara Okafor, Lakeside", risks="A second operation"),
        entry("TreatmentOption", "Wait", recommended_by=""),
    ]
    first, second = opinions_of_record(case, [condition], options, [], NOW)
    assert first.said == {
        "diagnosis": "Breast cancer",
        "options": "Mastectomy",
        "treatment": "Mastectomy",
        "risks": "Mastectomy: Swelling",
    }
    assert second.said == {"options": "Lumpectomy", "risks": "Lumpectomy: A second operation"}
    assert second.when == "2026-11-20"
    assert [one.title for one in of_nobody(options, [first, second])] == ["Wait"]


def test_an_appointment_ahead_is_no_day_on_which_something_was_said():
    case = a_case("Case", "2026-12-01", specialist="Dr Okafor")
    assert opinions_of_record(case, [], [], [], NOW)[1].when == ""


def test_what_the_second_doctor_recommends_later_fills_a_row_that_is_empty_and_no_other():
    tablet = entry("TreatmentOption", "Tablet", recommended_by="Dr Osei")
    kept = Opinion("Dr Osei", said={"diagnosis": "Asthma"})
    assert with_options(kept, [tablet]).said == {"diagnosis": "Asthma", "options": "Tablet"}
    own = Opinion("Dr Osei", said={"options": "Only tablets"})
    assert with_options(own, [tablet]).said == {"options": "Only tablets"}
    assert with_options(Opinion("Dr Elm"), [tablet]).said == {}


def test_a_third_opinion_is_compared_with_both_before_it():
    first = Opinion("A", said={"treatment": "Mastectomy", "diagnosis": "Cancer"})
    second = Opinion("B", said={"treatment": "Lumpectomy", "diagnosis": "Cancer"}, marks={"treatment": "different"})
    third = Opinion("C", said={"treatment": "lumpectomy"}, marks={"treatment": "different"}, marks_second={})
    columns = [first, second, third]
    assert marks_in_words(columns, 2, "treatment") == ["against the first: Different", "against the second: Same"]
    assert marks_in_words(columns, 2, "diagnosis") == []  # what isn't mentioned is neither the same nor withdrawn
    assert marks_in_words(columns, 1, "diagnosis") == ["against the first: Same"]
    said = Opinion("C", said={"treatment": "x"}, marks={}, marks_second={"treatment": "partly"})
    assert marks_in_words([first, second, said], 2, "treatment") == ["against the second: Partly the same"]
    assert list(a_case("Case", opinions=[said.stored()]).opinions) == [said]
    assert [mark for mark, _words in MARKS] == ["same", "partly", "refined", "different", "new", "withdrawn"]


def test_two_names_are_one_doctor_s_where_one_holds_the_other():
    assert same_doctor("Dr Helen Rask", "Rask")
    assert same_doctor("Prof. Dr. Lena Vogt", "Dr Vogt, University Hospital")
    assert not same_doctor("Dr Ann Smith", "Dr Bob Smith")
    assert not same_doctor("Smith, Ann", "Smith, Bob")
    assert not same_doctor("Dr", "Dr Smith")
    assert not same_doctor("", "")


def test_nothing_of_one_case_belongs_to_another():
    breast, knee = entry("Condition", "Breast cancer"), entry("Condition", "Arthrosis")
    one = a_case("One", specialist="Dr A", links=[("about", "Breast cancer")])
    two = a_case("Two", specialist="Dr B", links=[("about", "Arthrosis")], status="completed")
    linked = entry("TreatmentOption", "Lumpectomy", links=[("case", "One"), ("for", "Arthrosis")])
    meant = entry("TreatmentOption", "Exercise", links=[("for", "Arthrosis")])
    asked = entry("Question", "How long?", for_whom="Dr B")
    loose = entry("TreatmentOption", "Wait")
    both, conditions = [one, two], [breast, knee]
    of = {
        found.title: [case.title for case in both if belongs(found, case, both, conditions)]
        for found in (linked, meant, asked, loose)
    }
    assert of == {"Lumpectomy": ["One"], "Exercise": ["Two"], "How long?": ["Two"], "Wait": []}
    assert of_no_case([linked, loose], both, conditions) == [loose]
    assert belongs(loose, one, [one], conditions)


def test_an_option_for_the_earlier_view_stays_with_the_case_of_the_newer_one():
    old = entry("Condition", "Asthma")
    new = entry("Condition", "Heart strain", links=[("revises", "Asthma")])
    case = a_case("Case", links=[("about", "Heart strain")])
    assert belongs(entry("TreatmentOption", "Spray", links=[("for", "Asthma")]), case, [case], [old, new])


def test_three_opinions_come_back_and_a_fourth_has_no_column():
    told = [Opinion(f"Dr {n}", "2026-12-03", {}, {}).stored() for n in range(4)]
    assert [one.by for one in list(a_case("Case", opinions=told).opinions)] == ["Dr 0", "Dr 1", "Dr 2"]


def test_each_reason_shows_what_it_weighs_and_each_chance_its_time_and_source():
    option = entry(
        "TreatmentOption", "Operate", benefits="Quick\nFor good", cost="None to me", reversibility="not",
        weighed=[{"side": "benefits", "reason": "For good", "weight": 5}],
        chances=[{"outcome": "Stroke", "n": 2, "of": 100, "within": "30 days", "told_by": "Dr Osei"}],
    )  # fmt: skip
    rows = dict(side_by_side([option]).rows)
    assert rows["Reasons for it"] == (("Quick\nFor good (matters 5 of 5)", None),)
    assert rows["Chance, if known"][0][0] == "Stroke: 2 of 100, in 30 days (source not said; told by Dr Osei)"
    assert rows["Can it be undone"][0][0] == "No, it is for good"
    assert rows["Cost, and who pays"][0][0] == "None to me"


@pytest.mark.parametrize(
    ("of", "within", "uneven"),
    [(100, "5 years", False), (1000, "5 years", True), (100, "10 years", True), (100, "", True)],
)
def test_chances_told_in_different_ways_are_not_compared(of, within, uneven):
    first = entry("TreatmentOption", "A", chances=[{"outcome": "Stroke", "n": 2, "of": 100, "within": "5 years"}])
    second = entry("TreatmentOption", "B", chances=[{"outcome": "stroke", "n": 3, "of": of, "within": within}])
    other = entry("TreatmentOption", "C", chances=[{"outcome": "Cure", "n": 3, "of": 7, "within": "a day"}])
    assert bool(uneven_chances([first, second, other])) is uneven


def test_two_times_that_nobody_told_may_be_two_different_ones():
    told, other = (
        entry("TreatmentOption", name, chances=[{"outcome": "Stroke", "n": n, "of": 100}])
        for name, n in (("A", 2), ("B", 5))
    )
    assert uneven_chances([told, other])
    assert not uneven_chances([told])


def test_what_belongs_to_the_decision_is_told_with_its_headings_and_nothing_of_what_is_not_written():
    case = a_case("Case", leaning="Towards waiting", sureness=7, involved="My wife")
    assert decided_on(case.entry, Voice()) == [
        ("Who else is involved in the decision", "My wife"),
        ("Which way I lean", "Towards waiting"),
        ("How sure I am of the choice", "7 of 10"),
    ]
    assert decided_on(a_case("Case").entry, Voice()) == []


def test_a_diagnosis_that_no_doctor_is_named_for_stands_in_no_opinion():
    case = a_case("Case", specialist="Dr Warren")
    first, second = opinions_of_record(case, [entry("Condition", "HIV disease")], [], [], NOW)
    assert "diagnosis" not in first.said
    assert "diagnosis" not in second.said


def test_each_doctor_s_diagnosis_stands_in_the_column_of_that_doctor():
    functional = entry("Condition", "Functional disorder", recorded="2026-03-11", made_by="Dr Pike", quote="No tests.")
    sclerosis = entry("Condition", "Multiple sclerosis", recorded="2026-08-04", made_by="Dr Rao", id="ms")
    no = entry(
        "Condition", "Multiple sclerosis", recorded="2026-10-02", made_by="Dr Pike", verification="refuted", id="no"
    )  # fmt: skip
    case = a_case("Case", specialist="Professor Kemp")
    columns = opinions_of_record(case, [sclerosis, functional, no], [], [], PartialDate("2026-11-24"))
    assert [(column.by, column.when) for column in columns] == [
        ("Dr Pike", "2026-03-11"), ("Dr Rao", "2026-08-04"), ("Professor Kemp", ""),
    ]  # fmt: skip
    assert columns[0].said["diagnosis"] == "No tests.\nMultiple sclerosis: ruled out"
    assert columns[1].said["diagnosis"] == "Multiple sclerosis"
    assert "diagnosis" not in columns[2].said


def test_of_more_doctors_than_there_is_room_for_the_latest_stand_there():
    told = [
        entry("Condition", f"Illness {number}", recorded=f"2026-0{number}-01", made_by=f"Dr {name}")
        for number, name in ((2, "Ash"), (1, "Elm"), (3, "Oak"))
    ]
    columns = opinions_of_record(a_case("Case", specialist="Dr Yew"), told, [], [], PartialDate("2026-11-24"))
    assert [column.by for column in columns] == ["Dr Ash", "Dr Oak", "Dr Yew"]
