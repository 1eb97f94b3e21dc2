"""Building a packet in the window: what is ticked is previewed, what is previewed is saved, what was sent is noted."""

import pikepdf
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton

from organizer.base.progress import NoProgress
from organizer.model.case import Case
from organizer.services.bring_in import importing
from organizer.services.entries import entries, typed
from organizer.services.opinion import packet_order, packet_versions, packets
from organizer.services.opinion.packets import HeldBack
from ui.pages.opinion.packet_held import LookAtIt, held_in_words
from ui.pages.opinion.packet_length import too_long_in_words
from ui.pages.opinion.packet_saving import PacketSaving
from ui.pages.opinion.page import OpinionPage


@pytest.fixture
def step(ann, qtbot):
    """The packet's step of a person with a case and a sensitive diagnosis, once its preview is there."""
    record, person = ann.desk.context.record, ann.desk.context.person
    entries.add(record, "OpinionCase", person, {"title": "Second view", "specialist": "Dr Osei", "status": "active"})
    entries.add(record, "Condition", person, {"title": "Depressive episode", "status": "active"})
    return shown_step(ann, qtbot)


def shown_step(ann, qtbot):
    """The packet's step with its first preview."""
    ann.desk.show_page("opinion")
    qtbot.waitUntil(lambda: not ann.desk.jobs.running, timeout=30_000)
    ann.desk.page.go("packet")
    assert isinstance(ann.desk.page, OpinionPage)
    page = ann.desk.page
    qtbot.waitUntil(lambda: "packet" in page._steps, timeout=60_000)
    made = page.step
    qtbot.waitUntil(lambda: made._preview is not None, timeout=60_000)
    return made


def box(step, words):
    return next(one for one in step.findChildren(QCheckBox) if one.text().startswith(words))


def redrawn(step, qtbot, act):
    before = step._preview[0]
    act()
    qtbot.waitUntil(lambda: step._preview is not None and step._preview[0] != before, timeout=60_000)
    return step._preview


def test_a_sensitive_matter_is_off_until_it_is_ticked_and_named_meanwhile(step, qtbot):
    assert not box(step, "Mental health (1)").isChecked()
    assert any("Mental health" in one.what for one in step._preview[1].left_out)
    _data, result = redrawn(step, qtbot, box(step, "Mental health (1)").click)
    assert not any("Mental health" in one.what for one in result.left_out)


def test_a_section_that_is_taken_away_is_not_in_the_preview(step, qtbot):
    pages = step._preview[1].pages
    _data, result = redrawn(step, qtbot, box(step, "Cover").click)
    assert result.pages < pages


def test_the_front_pages_are_shown_while_the_exhibits_are_joined(step, qtbot, monkeypatch):
    shown, whole = [], packets.joined

    def joined(begun, progress):
        shown.append(step._view.page_count)
        return whole(begun, progress)

    monkeypatch.setattr(packets, "joined", joined)
    _data, result = redrawn(step, qtbot, box(step, "In my own words").click)
    qtbot.waitUntil(lambda: step._view.page_count == result.pages, timeout=60_000)
    assert shown == [result.exhibits[0].first_page - 1 if result.exhibits else result.pages]


def told(step):
    return [one.text() for one in step._length.findChildren(QLabel) if one.isVisible()]


def click(step, name):
    next(one for one in step.findChildren(QPushButton) if one.accessibleName() == name).click()


def test_a_section_that_runs_over_is_told_before_saving_and_shortened_by_one_click(ann, qtbot):
    record, person = ann.desk.context.record, ann.desk.context.person
    questions = [entries.draft("Question", person, {"title": f"What of matter {n}?"}) for n in range(240)]
    typed.write(record, "Questions", questions)
    step = shown_step(ann, qtbot)
    qtbot.waitUntil(lambda: any("“Questions” runs over" in one for one in told(step)), timeout=10_000)
    assert any("1 page" in one and "of its 240" in one for one in told(step))
    pages = step._preview[1].front_pages
    assert any("Shorten a section" in one for one in told(step))
    dialog = PacketSaving(step.context, 1_000_000, step, too_long_in_words(step._preview[1]))
    qtbot.addWidget(dialog)
    assert any("Shorten a section" in one.text() for one in dialog.findChildren(QLabel))

    _data, result = redrawn(step, qtbot, lambda: click(step, "Questions: Keep to 1 page"))
    assert result.front_pages < pages
    assert sum("What of matter" in one.what for one in result.left_out) > 150
    qtbot.waitUntil(lambda: any("“Questions” keeps to 1 page" in one for one in told(step)), timeout=10_000)
    assert not any("Shorten a section" in one for one in told(step))

    redrawn(step, qtbot, lambda: click(step, "Questions: Print all of it"))
    assert step._preview[1].front_pages == pages


def test_what_is_saved_is_the_preview_byte_for_byte_and_is_noted_with_the_case(step, qtbot, tmp_path):
    shown = step._preview[0]
    redrawn(step, qtbot, box(step, "In my own words").click)
    shown = step._preview[0]
    step.save_to(tmp_path / "packet.pdf")
    qtbot.waitUntil(lambda: bool(step.journey.case.packets), timeout=60_000)
    assert (tmp_path / "packet.pdf").read_bytes() == shown
    record = step.context.record
    case = entries.get(record, step.journey.case_id)
    include = packet_versions.beginning(record, Case(case), step.context.person).choice.include
    assert include[-1] == "exhibits"
    assert "words" in include


def test_another_case_for_the_same_specialist_begins_as_the_last(step, qtbot, tmp_path):
    redrawn(step, qtbot, box(step, "In my own words").click)
    step.save_to(tmp_path / "packet.pdf")
    qtbot.waitUntil(lambda: bool(step.journey.case.packets), timeout=60_000)
    record, person, first = step.context.record, step.context.person, step.journey.case_id
    write = step.context.write
    write(lambda: entries.edit(record, first, {"status": "completed"}))
    later = {"title": "Third view", "specialist": "Dr Osei", "status": "active"}
    write(lambda: entries.add(record, "OpinionCase", person, later))
    words = "what you chose for Dr Osei"
    qtbot.waitUntil(lambda: any(words in one.text() for one in step.findChildren(QLabel)), timeout=60_000)
    assert step.journey.case_id != first
    qtbot.waitUntil(lambda: box(step, "In my own words").isChecked())


def test_a_version_says_when_and_to_whom_it_was_sent(step, qtbot, tmp_path):
    step.save_to(tmp_path / "packet.pdf")
    qtbot.waitUntil(lambda: bool(step.journey.case.packets), timeout=60_000)

    def sent():
        return next((one for one in step.findChildren(QPushButton) if one.text() == "I have sent it"), None)

    qtbot.waitUntil(lambda: sent() is not None and sent().isVisible(), timeout=60_000)
    qtbot.mouseClick(sent(), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: step.journey.case.packets[0].sent_on != "", timeout=60_000)
    assert "sent to Dr Osei" in packet_versions.in_words(step.journey.case.packets[0])


def test_a_passphrase_is_asked_twice_and_protects_the_file(step, qtbot, tmp_path):
    dialog = PacketSaving(step.context, 1_000_000, step)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.findChild(QCheckBox).setChecked(True)
    first, second = dialog.findChildren(QLineEdit)
    qtbot.keyClicks(first, "correct horse")
    qtbot.keyClicks(second, "correct house")
    dialog.accept()
    assert dialog.isVisible()
    assert first.accessibleDescription() == "The two are not the same."
    second.clear()
    qtbot.keyClicks(second, "correct horse")
    dialog.accept()
    assert not dialog.isVisible()
    step.save_to(tmp_path / "locked.pdf", dialog.passphrase, dialog.largest)
    qtbot.waitUntil((tmp_path / "locked.pdf").exists, timeout=60_000)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(tmp_path / "locked.pdf")
    pikepdf.open(tmp_path / "locked.pdf", password="correct horse").close()


def test_a_scan_is_held_back_until_the_person_looks_at_it_in_the_window(ann, qtbot, tmp_path):
    record, person = ann.desk.context.record, ann.desk.context.person
    picture = tmp_path / "photo of a report.png"
    Image.effect_noise((400, 500), 60).save(picture)
    plan = importing.plan_import(record, [picture], person, NoProgress())
    importing.accept_import(record, plan, NoProgress())
    step = shown_step(ann, qtbot)
    assert [one.file_name for one in step._preview[1].held_back] == [picture.name]
    assert step._held.isVisibleTo(step)
    look = next(one for one in step._held.findChildren(QPushButton) if one.text() == "Look at it…")
    look.click()
    qtbot.waitUntil(lambda: bool(step.findChildren(LookAtIt)), timeout=30_000)
    dialog = step.findChildren(LookAtIt)[0]
    _data, result = redrawn(step, qtbot, dialog.accept)
    assert not result.held_back
    again = next(one for one in step._held.findChildren(QPushButton) if one.text() == "Hold it back again")
    _data, result = redrawn(step, qtbot, again.click)
    assert [one.file_name for one in result.held_back] == [picture.name]


def drag(row, by):
    """Press a row's handle, pull it so far and let go, in steps as a hand does."""
    middle = row.handle.rect().center()
    QTest.mousePress(row.handle, Qt.MouseButton.LeftButton, pos=middle)
    start = row.handle.mapToGlobal(middle)
    for step in range(1, 9):
        QTest.mouseMove(row.handle, row.handle.mapFromGlobal(start + QPoint(0, by * step // 8)))
    QTest.mouseRelease(row.handle, Qt.MouseButton.LeftButton, pos=row.handle.mapFromGlobal(start + QPoint(0, by)))


def test_sections_are_moved_by_keys_and_by_dragging_in_preview_and_record_and_moved_back_by_undo(step, qtbot):
    record, person = step.context.record, step.context.person
    rows = step._choices.rows
    usual = rows.order
    problems = rows.box("problems")
    problems.setFocus()
    redrawn(step, qtbot, lambda: QTest.keyClick(problems, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier))
    swapped = rows.order
    assert swapped.index("problems") == usual.index("problems") - 1
    assert packet_order.order_of(record, person) == tuple(swapped)
    assert problems.hasFocus()

    cover = rows.box("cover")
    QTest.keyClick(cover, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert rows.order == swapped  # the cover holds the contents

    row = next(row for row in rows._rows if row.section.id == "problems")
    redrawn(step, qtbot, lambda: drag(row, -10_000))
    assert rows.order.index("problems") == 1
    qtbot.waitUntil(lambda: not step.context.jobs.running, timeout=60_000)
    for wanted in (tuple(swapped), ()):
        redrawn(step, qtbot, step.context.undo)
        assert packet_order.order_of(record, person) == wanted
    assert step._choices.rows.order == usual


def test_the_preview_fits_its_pane_and_stays_at_the_page_that_is_looked_at(step, qtbot):
    qtbot.waitUntil(lambda: step._view.page_count == step._preview[1].pages, timeout=60_000)
    assert not step._view.horizontalScrollBar().isVisible()
    step._view.go_to(3)
    _data, result = redrawn(step, qtbot, box(step, "In my own words").click)
    qtbot.waitUntil(lambda: step._view.page_count == result.pages, timeout=60_000)
    assert step._view.at_hand == 3


def test_print_and_its_key_hand_over_the_bytes_of_the_preview(step, qtbot, monkeypatch):
    printed = []
    monkeypatch.setattr(type(step.context._shell), "print_document", lambda _desk, *paper: printed.append(paper))
    step.context.do("print_page")
    next(one for one in step.window().findChildren(QPushButton) if one.text() == "Print…").click()
    assert printed == [(step._preview[0], "Ann Example – packet.pdf")] * 2


def test_whom_else_a_document_names_is_said_beside_what_cannot_be_searched():
    scan = HeldBack("a", "Scan", "scan.pdf", (2, 3), 3, others=((3, "Otto Zwilling"),))
    assert held_in_words(scan) == (
        "Page 2 of scan.pdf can’t be searched. Page 3 of scan.pdf names another person: Otto Zwilling."
    )
    family = HeldBack("b", "Print", "print.pdf", (1, 2), 2, others=((1, "Otto"), (2, "Otto")))
    assert held_in_words(family) == "Pages 1, 2 of print.pdf name another person: Otto."
    assert held_in_words(HeldBack("c", "Photo", "photo.jpg", (1,), 1)) == "photo.jpg can’t be searched."
