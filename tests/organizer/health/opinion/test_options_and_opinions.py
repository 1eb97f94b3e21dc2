"""Options and opinions side by side: the person's words, nothing summed, no opinion rated."""

from organizer.health.opinion.comparison import ROWS, Opinion, first_opinion, mark_of, opinions, suggested_mark
from organizer.health.opinion.options import ROWS as OPTION_ROWS
from organizer.health.opinion.options import side_by_side
from organizer.health.opinion.questions import suggestions
from organizer.health.opinion.view import Reason
from tests.organizer.health.opinion.made import entry


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
    case = entry("OpinionCase", "Case", plan_proposed="Spray")
    first = first_opinion(case, [condition], [entry("TreatmentOption", "Tablet", risks="Nausea")], [entry("X", "Test")])
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
    assert opinions(entry("OpinionCase", "Case", opinions=[kept.told()])) == [kept]
    assert opinions(entry("OpinionCase", "Case")) == []


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
