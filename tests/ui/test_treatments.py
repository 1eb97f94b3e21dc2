"""Treatments, symptoms and the overview's cards, as a person uses them."""

from datetime import date
from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QRadioButton, QScrollArea

from organizer.base.i18n import languages, speaking
from organizer.health.series import Span
from organizer.services.entries import entries
from organizer.services.entries.entries import Query
from organizer.services.follow.questionnaires import GAD7, PHQ9, QUESTIONNAIRES
from ui.entries.forms.questionnaire_dialog import QuestionnaireDialog
from ui.look.theme import Theme
from ui.look.widgets.card import Card
from ui.look.widgets.medicine_calendar import Mark, MedicineCalendar


def words(window):
    return " | ".join(one.text() for one in window.findChildren(QLabel) if one.isVisible())


def wait_for(window, qtbot, text):
    qtbot.waitUntil(lambda: text in words(window), timeout=20_000)


def press(window, qtbot, name):
    def there():
        return [one for one in window.findChildren(QPushButton) if one.accessibleName() == name and one.isVisible()]

    qtbot.waitUntil(lambda: bool(there()), timeout=20_000)
    there()[0].click()


@pytest.fixture
def context(ann):
    return ann.desk.context


def test_a_proposed_goal_is_set_by_one_click_and_taken_back_by_undo(ann, context, qtbot):
    entries.add(context.record, "Condition", context.person, {"title": "Type 2 diabetes", "status": "active"})
    ann.desk.show_page("treatments")
    wait_for(ann, qtbot, "they differ by age, and the birth date isn’t known here.")
    context.announce(entries.edit(context.record, context.person, {"birth_date": "1970-05-01"}))
    wait_for(ann, qtbot, "American Diabetes Association")
    press(ann, qtbot, "Set this goal HbA1c at 7 % or lower")
    [goal] = entries.find(context.record, Query(kinds=("Goal",)))
    assert goal.data["target_high"] == 7
    wait_for(ann, qtbot, "Not enough data")
    ann.desk.undo()
    qtbot.waitUntil(lambda: not ann.desk.jobs.running, timeout=20_000)
    assert entries.find(context.record, Query(kinds=("Goal",))) == []


def test_the_number_in_an_imported_goals_words_is_offered_and_taken_by_one_click(ann, context, qtbot):
    typed = {"title": "Hemoglobin A1c", "value_text": "7.9", "unit": "%", "happened": "2026-01-05"}
    entries.add(context.record, "Observation", context.person, typed)
    entries.add(context.record, "Goal", context.person, {"title": "Hemoglobin A1c total in Blood < 7.0"})
    ann.desk.show_page("treatments")
    wait_for(ann, qtbot, "isn’t compared before it is confirmed: HbA1c below 7 %")
    press(ann, qtbot, "Use this number: HbA1c below 7 % (the words name no unit: this is that of the results)")
    [goal] = entries.find(context.record, Query(kinds=("Goal",)))
    assert (goal.data["target_high"], goal.unit, goal.text("measure")) == (7, "%", "HbA1c")
    wait_for(ann, qtbot, "Not enough data")


def test_the_overview_says_what_is_new_since_the_last_visit_and_leads_there(ann, context, qtbot):
    entries.add(context.record, "Encounter", context.person, {"title": "Dr Lind", "happened": "2020-05-04"})
    entries.add(context.record, "Condition", context.person, {"title": "Gout", "happened": "2020-06-02"})
    context.announce(entries.add(context.record, "Condition", context.person, {"title": "Acne", "happened": "2019"}))
    ann.desk.show_page("overview")
    wait_for(ann, qtbot, "Since the visit on 4 May 2020: Dr Lind")
    card = next(card for card in ann.desk.page.findChildren(Card) if card.accessibleName() == "What is new")
    assert [one.accessibleName() for one in card.findChildren(QPushButton)] == ["Open Gout"]
    card.findChild(QPushButton).click()
    assert ann.desk.page.id == "diagnoses"
    qtbot.waitUntil(lambda: not ann.desk.jobs.running, timeout=20_000)


def test_medicines_are_listed_under_how_they_stand(ann, context, qtbot):
    for title, status, ended in (
        ("Apixaban", "active", ""), ("Methotrexate", "on-hold", ""), ("Aspirin", "unknown", ""),
        ("Warfarin", "active", "2020"), ("Rituximab", "intended", ""),
    ):  # fmt: skip
        typed = {"title": title, "status": status, "happened": "2019", "ended": ended}
        entries.add(context.record, "MedicationStatement", context.person, typed)
    ann.desk.show_page("treatments")
    wait_for(ann, qtbot, "Medicines now")
    shown = words(ann)
    in_order = ("Medicines now", "Medicines that are paused", "Not said whether still taken",
                "Medicines that are planned", "Medicines before")  # fmt: skip
    places = [shown.index(title) for title in in_order]
    assert places == sorted(places)
    under = dict(zip(in_order, zip(places, [*places[1:], len(shown)], strict=True), strict=True))
    for title, heading in zip(("Apixaban", "Methotrexate", "Aspirin", "Rituximab", "Warfarin"), in_order, strict=True):
        start, end = under[heading]
        assert title in shown[start:end]


def test_a_kind_that_lives_on_the_page_is_listed_at_its_foot(ann, context, qtbot):
    ann.desk.show_page("treatments")
    wait_for(ann, qtbot, "No treatment is recorded yet.")
    typed = {"title": "Hip replacement", "status": "completed", "performer": "Dr Bone"}
    context.write(lambda: entries.add(context.record, "Procedure", context.person, typed))
    wait_for(ann, qtbot, "Operations and procedures")
    assert "Hip replacement" in words(ann)
    assert "Done · Dr Bone" in words(ann)
    assert "No treatment is recorded yet." not in words(ann)
    ann.desk.undo()
    wait_for(ann, qtbot, "No treatment is recorded yet.")
    assert "Operations and procedures" not in words(ann)


def test_a_plan_shows_its_verdict_its_picture_and_what_would_change_it(ann, context, qtbot):
    for month, value in enumerate((18, 18, 17, 18, 18, 17), start=1):
        fields = {"title": "PHQ-9", "code": "44261-6", "value_text": str(value), "unit": "{score}"}
        fields |= {"happened": f"2026-0{month}-05", "category": "survey"}
        entries.add(context.record, "Observation", context.person, fields)
    goal = {"title": "Better", "measure": "PHQ-9", "target_high": "4", "happened": "2026-01-06", "due": "2026-05-01"}
    context.write(lambda: entries.add(context.record, "Goal", context.person, goal))
    ann.desk.show_page("treatments")
    wait_for(ann, qtbot, "Goal not met by its date")
    shown = words(ann)
    assert "Two results in a row that are at most 4 would change this." in shown
    assert "it doesn’t judge the illness" in shown
    ann.desk.show_page("overview")
    wait_for(ann, qtbot, "These compare your numbers with your goals")
    assert "It isn’t met by its date." in words(ann)


def test_question_nine_shows_help_at_once_and_is_not_written_down(ann, context, qtbot):
    dialog = QuestionnaireDialog(context, PHQ9, ann)
    dialog.show()
    assert not dialog.help.isVisible()
    dialog.answer(8, 1)
    assert dialog.help.isVisible()
    assert "988" in dialog.help.findChild(QLabel).text()
    for place in range(8):
        dialog.answer(place, 1)
    dialog.save()
    [kept] = entries.find(context.record, Query(kinds=("Observation",)))
    assert (kept.value, kept.code) == (9, "44261-6")
    assert not {"components", "note"} & set(kept.data)


def test_an_unanswered_question_is_named(ann, context):
    dialog = QuestionnaireDialog(context, GAD7, ann)
    dialog.show()
    dialog.answer(0, 2)
    dialog.save()
    assert "Question 2 is not answered yet." in " ".join(one.text() for one in dialog.findChildren(QLabel))
    assert entries.find(context.record, Query(kinds=("Observation",))) == []
    dialog.reject()


def test_what_was_written_before_is_one_click_away(ann, context, qtbot):
    fields = {"title": "Fatigue", "value_text": "5", "unit": "{score}", "category": "symptom", "happened": "2026-05-01"}
    entries.add(context.record, "Observation", context.person, fields)
    ann.desk.show_page("symptoms")
    press(ann, qtbot, "Write down Fatigue")
    fields = [one.text() for one in ann.findChildren(QLineEdit) if one.accessibleName() == "What" and one.isVisible()]
    assert fields == ["Fatigue"]


def test_medicines_on_the_calendar_are_reached_by_keyboard(qtbot):
    spans = [
        Span("Prednisone", date(2026, 1, 1), date(2026, 2, 1), "30 mg", "a"),
        Span("Prednisone", date(2026, 2, 1), None, "10 mg", "b"),
        Span("Losartan", date(2026, 3, 1), None, "50 mg", "c"),
    ]
    calendar = MedicineCalendar(Theme(), spans, [Mark("Rash", date(2026, 4, 1), "d")], date(2026, 6, 1))
    qtbot.addWidget(calendar)
    calendar.resize(700, calendar.sizeHint().height())
    calendar.show()
    opened = []
    calendar.activated.connect(opened.append)
    for _step in range(4):
        qtbot.keyClick(calendar, Qt.Key.Key_Right)
        qtbot.keyClick(calendar, Qt.Key.Key_Return)
    assert opened == ["a", "b", "c", "d"]
    assert calendar.accessibleDescription() == "Rash · 1 Apr 2026"
    assert not calendar.grab().isNull()


def test_the_overview_shows_what_stands_also_without_a_plan(ann, context, qtbot):
    for kind, fields in (
        ("Condition", {"title": "Asthma", "status": "active"}),
        ("MedicationStatement", {"title": "Budesonide", "status": "active", "dose": "200 ug"}),
        ("Observation", {"title": "Potassium", "value_text": "4.1", "unit": "mmol/L", "happened": "2026-10-01"}),
    ):
        context.write(lambda kind=kind, fields=fields: entries.add(context.record, kind, context.person, fields))
    ann.desk.show_page("overview")
    wait_for(ann, qtbot, "Current diagnoses")
    shown = words(ann)
    for expected in ("Asthma", "Budesonide", "Potassium", "4.1 mmol/L"):
        assert expected in shown
    assert "Nothing here yet" not in shown


def test_the_diary_holds_symptoms_and_scores_and_no_questions_of_a_clinic_s_survey(ann, context, qtbot):
    for title, category, value in (
        ("Itching", "symptom", ""),
        ("PHQ-9", "survey", "7"),
        ("Smoking", "survey", "Never"),
    ):
        fields = {"title": title, "category": category, "happened": "2026-03-01", "value_text": value}
        entries.add(context.record, "Observation", context.person, fields)
    diary = entries.first(context.record, Query(kinds=("Observation",), person=context.person, diary=True), 9)
    assert {entry.title for entry in diary.entries} == {"Itching", "PHQ-9"}
    assert diary.of == 2


def test_no_answer_of_a_questionnaire_is_cut_in_any_language(ann, context):
    for code, which in product(languages(), QUESTIONNAIRES):
        with speaking(code):
            dialog = QuestionnaireDialog(context, which, ann)
        dialog.show()
        inside = dialog.findChild(QScrollArea).widget()
        answers = dialog.findChildren(QRadioButton)
        ends = [answer.mapTo(inside, answer.rect().topLeft()).x() + answer.sizeHint().width() for answer in answers]
        assert max(ends) <= inside.parentWidget().width(), (code, which.id)
        dialog.close()
