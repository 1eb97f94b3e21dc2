"""Small things of the way to a second opinion: fields that keep themselves, links by keyboard, looks that change."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton

from organizer.base.i18n import speaking
from organizer.services.entries import entries
from organizer.services.entries.entries import Query
from organizer.services.opinion import cases, deciding
from ui.pages.opinion.choose_entry import EntryChooser
from ui.pages.opinion.fields import Fields
from ui.pages.opinion.letter_dialog import LetterDialog
from ui.pages.opinion.page import STEPS
from ui.pages.opinion.subject_dialog import SubjectDialog
from ui.pages.opinion.weighing import ChanceDialog, WeighDialog
from ui.shell.guide import section


def idle(window, qtbot):
    qtbot.wait(1)
    qtbot.waitUntil(lambda: not window.desk.jobs.running, timeout=30_000)


def begin(window, qtbot, step):
    """A case, and one of its steps in front."""
    context = window.desk.context
    changes = cases.begin(context.record, context.person, {"title": "Is it asthma?"})
    window.desk.show_page("opinion", {"step": step})
    idle(window, qtbot)
    idle(window, qtbot)
    return changes.entries[0]


def field(window, name):
    return next(one for one in window.desk.page.findChildren(QLineEdit) if one.accessibleName() == name)


def test_what_does_not_fit_is_said_at_its_field_and_not_written(ann, qtbot):
    case = begin(ann, qtbot, "case")
    qtbot.keyClicks(field(ann, "Appointment"), "soon")
    rows = next(one for one in ann.desk.page.findChildren(Fields) if "happened" in one.rows)
    rows.write()
    assert "isn’t a date" in rows.rows["happened"].error.text()
    assert entries.get(ann.desk.context.record, case).happened is None
    idle(ann, qtbot)


def test_what_is_typed_is_kept_by_itself_and_taken_back(ann, qtbot):
    case = begin(ann, qtbot, "case")
    qtbot.keyClicks(field(ann, "Specialist"), "Dr Osei")
    record = ann.desk.context.record
    qtbot.waitUntil(lambda: entries.get(record, case).text("specialist") == "Dr Osei", timeout=5_000)
    assert field(ann, "Specialist").text() == "Dr Osei"  # nothing is built anew under the hand
    ann.desk.undo()
    assert entries.get(record, case).text("specialist") == ""
    idle(ann, qtbot)


def test_what_is_typed_last_is_kept_when_the_record_is_locked(ann, qtbot):
    case = begin(ann, qtbot, "case")
    record = ann.desk.context.record
    qtbot.keyClicks(field(ann, "Where"), "Lakeshore")
    ann.desk.context.leave()
    assert entries.get(record, case).text("place") == "Lakeshore"
    idle(ann, qtbot)


def test_an_entry_is_chosen_by_some_of_its_words_and_enter(ann, qtbot):
    context = ann.desk.context
    for title in ("Letter of May", "Zebra letter"):
        entries.add(context.record, "DocumentReference", context.person, {"title": title})
    chosen = []
    chooser = EntryChooser(context, "Notes", chosen.append, ann)
    chooser.open()
    qtbot.keyClicks(chooser.field, "zeb")
    qtbot.keyClick(chooser.field, Qt.Key.Key_Return)
    assert [one.title for one in chosen] == ["Zebra letter"]
    assert not chooser.isVisible()
    idle(ann, qtbot)


def test_every_step_is_drawn_in_the_other_look_and_at_twice_the_size(ann, qtbot):
    begin(ann, qtbot, "reasons")
    ann.change(look="dark", text_scale=2.0)
    for step in STEPS:
        ann.desk.page.go(step.id)
        idle(ann, qtbot)
        idle(ann, qtbot)
        words = [one.text() for one in ann.desk.page.step.findChildren(QLabel) if one.isVisible()]
        assert len(" ".join(words)) > 40, step.id
    ann.change(look="system", text_scale=1.0)
    idle(ann, qtbot)


def test_a_closed_case_makes_room_for_another_and_stays_readable(ann, qtbot):
    case = begin(ann, qtbot, "after")
    ann.desk.page.step.close_case()
    idle(ann, qtbot)
    context = ann.desk.context
    assert cases.open_case(context.record, context.person) is None
    context.write(lambda: cases.begin(context.record, context.person, {"title": "Another question"}))
    ann.desk.page.go("case")
    idle(ann, qtbot)
    idle(ann, qtbot)
    words = [one.text() for one in ann.desk.page.findChildren(QLabel)]
    assert "Earlier cases" in words
    assert "Is it asthma?" in words
    assert len(entries.find(context.record, Query(kinds=("OpinionCase",)))) == 2
    assert entries.get(context.record, case).status == "completed"


def labels(window):
    return " | ".join(one.text() for one in window.desk.page.findChildren(QLabel) if one.isVisible())


def test_a_second_case_is_begun_taken_up_and_reopened_and_shows_nothing_of_the_first(ann, qtbot):
    first = begin(ann, qtbot, "case")
    context, page = ann.desk.context, ann.desk.page
    deciding.add_option(context.record, context.person, "Lumpectomy", first)
    page.step.begin()
    idle(ann, qtbot)
    idle(ann, qtbot)
    second = page.journey.case_id
    assert second != first
    assert "Is it asthma?" in labels(ann)  # among the other cases
    page.go("options")
    idle(ann, qtbot)
    idle(ann, qtbot)
    assert "Lumpectomy" not in labels(ann)
    page.journey.take_up(first, "options")
    idle(ann, qtbot)
    idle(ann, qtbot)
    assert page.journey.case_id == first
    assert "Lumpectomy" in labels(ann)


def test_a_diagnosis_is_revised_only_with_what_is_said(ann, qtbot):
    context = ann.desk.context
    old = entries.add(context.record, "Condition", context.person, {"title": "Asthma", "status": "active"}).entries[0]
    case = begin(ann, qtbot, "case")
    cases.set_about(context.record, case, [old])
    page = ann.desk.page
    page.go("compare")
    idle(ann, qtbot)
    idle(ann, qtbot)
    form = page.step._revision
    page.step.revise()
    assert form.rows["title"].error.text()
    form.rows["title"].editor.set_text("Heart strain")
    page.step.revise()
    idle(ann, qtbot)
    told = {one.title: one for one in entries.find(context.record, Query(kinds=("Condition",)))}
    assert told["Heart strain"].text("verification") == ""
    assert told["Asthma"].text("verification") == ""
    idle(ann, qtbot)


def test_own_words_in_a_letter_outlive_a_tick_and_another_name(ann, qtbot):
    begin(ann, qtbot, "gather")
    page = ann.desk.page
    page.step._ask_missing()
    (dialog,) = page.findChildren(LetterDialog)
    box = next(iter(dialog._ticks.values()))
    dialog.to.setCurrentText("North Clinic")
    drafted = dialog.text.toPlainText()
    box.toggle()
    assert dialog.text.toPlainText() != drafted  # nobody has written in it yet
    dialog.text.setPlainText(dialog.text.toPlainText() + "\n\nMy own words.")
    box.toggle()
    dialog.to.setCurrentText("")
    dialog.to.setCurrentText("South Clinic")
    assert dialog.text.toPlainText().endswith("My own words.")
    assert dialog.letter.to == "South Clinic"
    assert "birth date" in dialog.lacks.text()
    dialog._draft_anew()
    assert "My own words." not in dialog.text.toPlainText()
    dialog.reject()
    idle(ann, qtbot)


def test_the_information_page_says_what_the_guide_says_without_its_marks(ann):
    said = section("Something went wrong")
    assert len(said) >= 5
    assert not any("[" in paragraph for paragraph in said)
    assert any("only a court decides" in paragraph for paragraph in said)
    with speaking("es"):
        spanish = section("Something went wrong")
    assert len(spanish) == len(said)
    assert any("solo un tribunal decide" in paragraph for paragraph in spanish)


def press(window, name):
    """The visible button of that accessible name or text."""
    found = [one for one in window.desk.page.findChildren(QPushButton) if one.isVisible()]
    next(one for one in found if name in (one.accessibleName(), one.text())).click()


def test_what_was_asked_for_stands_in_a_log_until_it_has_come(ann, qtbot):
    case = begin(ann, qtbot, "gather")
    record = ann.desk.context.record
    cases.ask(record, case, {"labs": "Laboratory results of twelve months"}, "North Clinic")
    ann.desk.page.refresh()
    idle(ann, qtbot)
    idle(ann, qtbot)
    assert "Only if it was done" in labels(ann)
    assert "What was asked for, and what came" in labels(ann)
    press(ann, "It has come: Laboratory results of twelve months")
    idle(ann, qtbot)
    idle(ann, qtbot)
    (line,) = cases.asked_log(record, case)
    assert (line.is_open, bool(line.came)) == (False, True)


def test_a_chance_and_a_weight_are_written_in_their_dialogs(ann, qtbot):
    case = begin(ann, qtbot, "options")
    context = ann.desk.context
    deciding.add_option(context.record, context.person, "Operate", case)
    option = next(iter(deciding.options(context.record, context.person, case).columns))
    cases.fill(context.record, option.id, {"benefits": "Quick\nFor good"})
    ann.desk.page.refresh()
    idle(ann, qtbot)
    idle(ann, qtbot)
    press(ann, "Add a chance as numbers: Operate")
    (dialog,) = ann.desk.page.findChildren(ChanceDialog)
    qtbot.keyClicks(dialog.fields["outcome"], "Stroke")
    qtbot.keyClicks(dialog.fields["n"], "200")
    dialog.keep()
    assert "isn’t a whole number" in dialog.error.text()
    dialog.fields["n"].setText("2")
    dialog.keep()
    idle(ann, qtbot)
    idle(ann, qtbot)
    assert "Stroke: 2 of 100, time not said (source not said)" in labels(ann)
    press(ann, "Weigh each reason: Operate")
    weighing = next(one for one in ann.desk.page.findChildren(WeighDialog) if one.isVisible())
    box = next(one for one in weighing.findChildren(QComboBox) if one.accessibleName() == "For good")
    qtbot.keyClick(box, Qt.Key.Key_5)
    weighing.accept()
    kept = entries.get(context.record, option.id)
    assert deciding.reasons_of(kept, deciding.FOR) == [("Quick", None), ("For good", 5)]
    idle(ann, qtbot)


def test_a_mother_is_asked_in_the_words_of_a_mother(ann, qtbot):
    context = ann.desk.context
    mother = {"kept_by": "caregiver", "keeper": "Joan Calder", "relation": "mother", "birth_date": "2017-05-04"}
    child = entries.add(context.record, "Patient", "", {"title": "Mia Calder"} | mother).entries[0]
    ann.desk.choose_person(child)
    idle(ann, qtbot)
    begin(ann, qtbot, "case")
    assert field(ann, "To be decided by") is not None
    assert "The question about Mia Calder" in labels(ann)
    for step in ("options", "questions", "visit"):
        ann.desk.page.go(step)
        idle(ann, qtbot)
        idle(ann, qtbot)
        assert "My " not in labels(ann), step
        assert "for me" not in labels(ann), step


def ill(window, *titles):
    """Diagnoses of today that weigh."""
    context = window.desk.context
    day = context.as_of.isoformat()
    fields = {"status": "active", "happened": day, "recorded": day}
    return [
        entries.add(context.record, "Condition", context.person, fields | {"title": title}).entries[0]
        for title in titles
    ]


def named(window):
    page = window.desk.page
    return set(entries.get(window.desk.context.record, page.journey.case_id).targets("about"))


def boxes(window):
    (dialog,) = (one for one in window.findChildren(SubjectDialog) if one.isVisible())
    return dialog, {box.accessibleName(): box for box in dialog.findChildren(QCheckBox)}


def push(widget, name, qtbot):
    made = next(one for one in widget.findChildren(QPushButton) if name in (one.text(), one.accessibleName()))
    qtbot.keyClick(made, Qt.Key.Key_Space)


def test_a_case_is_about_what_the_person_ticks_and_nothing_is_ticked_among_unlike_illnesses(ann, qtbot):
    cancer, spread, nerves = ill(ann, "Breast cancer", "Bone metastasis of breast cancer", "Multiple sclerosis")
    ann.desk.show_page("opinion", {"step": "case"})
    idle(ann, qtbot)
    page = ann.desk.page
    push(page, "Begin a case", qtbot)
    dialog, ticks = boxes(ann)
    assert not any(box.isChecked() for box in ticks.values())
    together = [name for name in ticks if "reast cancer" in name]
    push(dialog, f"Tick all: {', '.join(together)}", qtbot)
    push(dialog, "It is about these", qtbot)
    idle(ann, qtbot)
    idle(ann, qtbot)
    assert named(ann) == {cancer, spread}
    assert "Multiple sclerosis" not in labels(ann)

    push(page, "Change what it is about…", qtbot)
    dialog, ticks = boxes(ann)
    assert [name for name, box in ticks.items() if not box.isChecked()] == ["Multiple sclerosis"]
    for box in ticks.values():
        box.toggle()
    push(dialog, "It is about these", qtbot)
    idle(ann, qtbot)
    assert named(ann) == {nerves}
    ann.desk.undo()
    idle(ann, qtbot)
    assert named(ann) == {cancer, spread}


def test_a_single_diagnosis_needs_no_choice_and_related_ones_are_ticked_already(ann, qtbot):
    (cancer,) = ill(ann, "Breast cancer")
    ann.desk.show_page("opinion", {"step": "case"})
    idle(ann, qtbot)
    ann.desk.page.step.begin()
    idle(ann, qtbot)
    assert named(ann) == {cancer}
    ill(ann, "Bone metastasis of breast cancer")
    ann.desk.page.step.begin()
    _dialog, ticks = boxes(ann)
    assert [box.isChecked() for box in ticks.values()] == [True, True]


def test_reasons_of_another_illness_stand_apart_from_those_of_the_case(ann, qtbot):
    cancer, _nerves = ill(ann, "Breast cancer", "Multiple sclerosis")
    context = ann.desk.context
    cases.begin(context.record, context.person, {"title": "Breast"}, [cancer])
    ann.desk.show_page("opinion", {"step": "reasons"})
    idle(ann, qtbot)
    idle(ann, qtbot)
    own, apart = labels(ann).split("In the record, but not of this case")
    assert "Multiple sclerosis" not in own
    assert "Multiple sclerosis" in apart


def test_a_serious_illness_of_years_ago_is_a_reason_as_long_as_it_is_current(ann, qtbot):
    context = ann.desk.context
    fields = {"title": "Metastasis from malignant tumor of prostate", "happened": "2019-11-07", "status": "active"}
    entries.add(context.record, "Condition", context.person, fields | {"verification": "confirmed"})
    ann.desk.show_page("opinion", {"step": "reasons"})
    idle(ann, qtbot)
    idle(ann, qtbot)
    shown = labels(ann)
    assert "Serious or life-changing diagnosis" in shown
    assert "Metastasis from malignant tumor of prostate" in shown
    assert "Nothing in the record speaks for it by itself" not in shown


def test_a_letter_goes_to_nobody_by_the_alphabet_and_gives_a_record_number_once(ann, qtbot):
    context = ann.desk.context
    entries.edit(context.record, context.person, {"record_numbers": "X-77\nMedical Record Number: X-77"})
    for name in ("Ash Clinic", "Birch Hospital"):
        entries.add(context.record, "Organization", context.person, {"title": name})
    begin(ann, qtbot, "gather")
    dialog = LetterDialog(ann.desk.page.step.journey, "records-request", {}, ann)
    assert dialog.to.currentText() == ""
    dialog.to.setCurrentText("Birch Hospital")
    assert dialog.letter.body.count("X-77") == 1
