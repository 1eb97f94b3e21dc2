"""Building a packet in the window: what is ticked is previewed, what is previewed is saved, what was sent is noted."""

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton

from organizer.services import entries, packet_versions, packets
from ui.pages.opinion import OpinionPage


@pytest.fixture
def step(ann, qtbot):
    """The packet's step of a person with a case and a sensitive diagnosis, once its preview is there."""
    record, person = ann.desk.context.record, ann.desk.context.person
    entries.add(record, "OpinionCase", person, {"title": "Second view", "specialist": "Dr Osei", "status": "active"})
    entries.add(record, "Condition", person, {"title": "Depressive episode", "status": "active"})
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


def test_what_is_saved_is_the_preview_byte_for_byte_and_is_noted_with_the_case(step, qtbot, tmp_path):
    shown = step._preview[0]
    redrawn(step, qtbot, box(step, "In my own words").click)
    shown = step._preview[0]
    step.save_to(tmp_path / "packet.pdf")
    qtbot.waitUntil(lambda: bool(packet_versions.versions(step.journey.case)), timeout=60_000)
    assert (tmp_path / "packet.pdf").read_bytes() == shown
    record = step.context.record
    case = entries.get(record, step.journey.case_id)
    assert packet_versions.last_choice(case, step.context.person).include[-1] == "exhibits"
    assert "words" in packet_versions.last_choice(case, step.context.person).include


def test_a_version_says_when_and_to_whom_it_was_sent(step, qtbot, tmp_path):
    step.save_to(tmp_path / "packet.pdf")
    qtbot.waitUntil(lambda: bool(packet_versions.versions(step.journey.case)), timeout=60_000)

    def sent():
        return next((one for one in step.findChildren(QPushButton) if one.text() == "I have sent it"), None)

    qtbot.waitUntil(lambda: sent() is not None and sent().isVisible(), timeout=60_000)
    qtbot.mouseClick(sent(), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: packet_versions.versions(step.journey.case)[0].sent_on != "", timeout=60_000)
    assert "sent to Dr Osei" in packet_versions.versions(step.journey.case)[0].said()


def test_a_passphrase_is_asked_twice_and_protects_the_file(step, qtbot, tmp_path):
    from ui.opinion.packet_saving import PacketSaving

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
