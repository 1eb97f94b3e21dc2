"""Ctrl+Shift+S or the sidebar's foot: backups, keys, locking, checking, and the end of a record."""

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QPushButton
from shiboken6 import isValid

from organizer.base import settings as kept
from organizer.base.errors import WrongPassphraseError
from organizer.base.progress import NoProgress
from organizer.services.entries import entries
from organizer.services.entries.entries import Query, find
from organizer.services.record import backups, people, records
from organizer.store import originals
from ui.pages.documents.import_review.run import Review
from ui.pages.documents.import_review.unlock import Unlock
from ui.shell.erase_dialog import EraseDialog
from ui.shell.recovery_code import save_page
from ui.shell.safekeeping.asking import Asking
from ui.shell.safekeeping.dialog import Safekeeping
from ui.shell.safekeeping.keys import CodeShown, NewPassphrase, NewRecoveryCode
from ui.shell.safekeeping.restore import RestoreDialog

KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
PASSPHRASE = "a long passphrase"
ANOTHER = "quite another passphrase"


@pytest.fixture
def dialog(ann, qtbot):
    qtbot.keyClick(ann, Qt.Key.Key_S, KEYS)
    return shown(ann, Safekeeping)


def shown(window, kind):
    return next(one for one in window.findChildren(kind) if one.isVisible())


def idle(window, qtbot):
    qtbot.waitUntil(lambda: not window.desk.jobs.running, timeout=30_000)


def click(qtbot, button):
    qtbot.mouseClick(button, LEFT)


def filled(dialog, file, folder, passphrase):
    dialog.choose_file(file)
    dialog.place.setText(str(folder))
    dialog.secret.setText(passphrase)
    return dialog


def test_the_foot_of_the_sidebar_leads_there(ann, qtbot):
    click(qtbot, ann.desk.sidebar.safe_button)
    assert shown(ann, Safekeeping).last.text() == "No backup was made yet."


def test_one_click_backs_up_where_the_last_one_went(ann, dialog, qtbot, tmp_path, monkeypatch):
    folder = tmp_path / "disk"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_words: str(folder))
    click(qtbot, dialog.backup_button)
    idle(ann, qtbot)
    assert dialog.last.text().startswith("Last backup:")
    assert str(folder) in dialog.place.text()
    (home,) = folder.iterdir()
    (first,) = home.glob(f"*{backups.SUFFIX}")
    first.unlink()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_words: pytest.fail("asked again"))
    click(qtbot, dialog.backup_button)
    idle(ann, qtbot)
    assert len(list(home.glob(f"*{backups.SUFFIX}"))) == 1


def test_a_disk_that_is_not_there_is_said_with_what_to_do(ann, dialog, qtbot, tmp_path, monkeypatch):
    (tmp_path / "disk").mkdir()
    dialog.back_up(tmp_path / "disk")
    idle(ann, qtbot)
    (tmp_path / "disk").rename(tmp_path / "elsewhere")
    said = []
    monkeypatch.setattr(type(ann.desk), "show_error", lambda _desk, error: said.append(error.next_step))
    click(qtbot, dialog.backup_button)
    assert said == ["Connect the disk, or choose another folder."]


def test_a_backup_is_put_back_and_opened(ann, dialog, qtbot, tmp_path):
    file = tmp_path / "Ann.casebook-backup"
    dialog.back_up(file)
    idle(ann, qtbot)
    click(qtbot, dialog.restore_button)
    filled(shown(ann, RestoreDialog), file, tmp_path / "Back", PASSPHRASE).restore()
    idle(ann, qtbot)
    told = next(one for one in ann.findChildren(Asking) if one.windowTitle() == "The record is there again")
    told.accept()
    again = records.open_record(tmp_path / "Back.casebook", PASSPHRASE)
    assert [one.title for one in find(again, Query())] == ["Ann Example"]
    records.close(again)


def test_who_lost_the_computer_finds_the_way_on_the_first_screen(ann, dialog, qtbot, tmp_path):
    file = tmp_path / "Ann.casebook-backup"
    dialog.back_up(file)
    idle(ann, qtbot)
    dialog.accept()
    ann.lock()
    ann.first_screen.show_start()
    click(qtbot, ann.first_screen.start.restore_button)
    filled(shown(ann, RestoreDialog), file, tmp_path / "Back", PASSPHRASE).restore()
    qtbot.waitUntil(lambda: not ann.first_screen.jobs.running, timeout=30_000)
    told = next(one for one in ann.findChildren(Asking) if one.windowTitle() == "The record is there again")
    qtbot.keyClick(told, Qt.Key.Key_Return)
    assert ann.first_screen.unlock.folder == tmp_path / "Back.casebook"


def test_a_wrong_passphrase_is_said_beside_what_was_typed_and_nothing_made(ann, dialog, qtbot, tmp_path):
    file = tmp_path / "Ann.casebook-backup"
    dialog.back_up(file)
    idle(ann, qtbot)
    asking = filled(dialog.ask_restore(), file, tmp_path / "Back", "not the passphrase")
    asking.restore()
    idle(ann, qtbot)
    assert asking.error.text().startswith("This passphrase doesn’t open the record.")
    assert asking.isVisible()
    assert not (tmp_path / "Back.casebook").exists()


def test_what_is_missing_is_said_at_its_field(dialog):
    asking = dialog.ask_restore()
    asking.restore()
    assert "casebook-backup" in asking.file.accessibleDescription()


def test_everything_is_checked_on_request(ann, dialog, qtbot):
    click(qtbot, dialog.verify_button)
    idle(ann, qtbot)
    assert dialog.verdict.text() == "All is as it was written: 1 entry, 0 documents."


def test_the_passphrase_is_changed_only_by_who_knows_it(ann, dialog, qtbot):
    click(qtbot, dialog.passphrase_button)
    asking = shown(ann, NewPassphrase)
    for field, text in ((asking.old, "not the passphrase"), (asking.new, ANOTHER), (asking.again, ANOTHER)):
        qtbot.keyClicks(field, text)
    qtbot.keyClick(asking.again, Qt.Key.Key_Return)
    idle(ann, qtbot)
    assert asking.error.text().startswith("This passphrase doesn’t open the record.")
    asking.old.setText(PASSPHRASE)
    asking.change()
    qtbot.waitUntil(lambda: not isValid(asking), timeout=30_000)
    record = ann.desk.context.record
    records.confirm_passphrase(record, ANOTHER)
    with pytest.raises(WrongPassphraseError):
        records.confirm_passphrase(record, PASSPHRASE)


def test_two_passphrases_that_differ_are_not_taken(ann, dialog, qtbot):
    click(qtbot, dialog.passphrase_button)
    asking = shown(ann, NewPassphrase)
    asking.new.setText(ANOTHER)
    asking.again.setText(ANOTHER + "?")
    asking.change()
    assert asking.error.text() == "The two passphrases differ. Type the second one again."


def test_a_new_recovery_code_is_shown_once_and_opens_the_record(ann, dialog, qtbot):
    click(qtbot, dialog.code_button)
    asking = shown(ann, NewRecoveryCode)
    asking.passphrase.setText(PASSPHRASE)
    asking.make()
    idle(ann, qtbot)
    card = shown(ann, CodeShown)
    code, folder = card.card.code, ann.desk.context.record.path
    assert not card.close_button.isEnabled()
    card.card.sure.setChecked(True)
    click(qtbot, card.close_button)
    assert card.card.code == ""
    dialog.accept()
    ann.lock()
    records.close(records.open_with_recovery_code(folder, code))


def test_the_printed_page_holds_the_code_and_nobody(ann, tmp_path, poppler):
    import subprocess

    page, code = tmp_path / "code.pdf", "-".join(["AB12"] * 8)
    save_page(page, code, ann.theme)
    words = subprocess.run(["pdftotext", "-layout", page, "-"], capture_output=True, text=True, check=True).stdout
    assert words.count("AB12") == 8
    assert words.count("\f") == 1
    assert "Ann" not in words


def test_the_minutes_before_it_locks_are_kept(ann, dialog, qtbot):
    dialog.minutes.chosen.emit("5")
    assert kept.load().idle_minutes == 5
    assert ann._idle.timer.interval() == 5 * 60_000
    dialog.minutes.chosen.emit("0")
    assert not ann._idle.timer.isActive()


def test_no_typed_secret_outlives_its_dialog(ann, dialog, qtbot):
    click(qtbot, dialog.passphrase_button)
    asking = shown(ann, NewPassphrase)
    asking.old.setText(PASSPHRASE)
    asking.reject()
    assert [field.text() for field in asking.findChildren(QLineEdit)] == ["", "", ""]


def test_the_whole_record_goes_only_after_a_plain_yes(ann, dialog, qtbot):
    folder = ann.desk.context.record.path
    click(qtbot, dialog.erase_button)
    asking = shown(ann, EraseDialog)
    qtbot.keyClick(asking, Qt.Key.Key_Return)
    assert folder.is_dir()
    click(qtbot, dialog.erase_button)
    asking = shown(ann, EraseDialog)
    asking.sure.setChecked(True)
    click(qtbot, asking.erase_button)
    qtbot.waitUntil(lambda: ann.desk is None)
    assert not folder.exists()
    assert str(folder) not in kept.load().recent
    assert ann.first_screen.start.error.text() == "The record is erased."


def test_another_copy_joins_by_its_backup_and_its_passphrase(ann, dialog, qtbot, tmp_path, monkeypatch):
    there = records.open_record(shutil.copytree(ann.desk.context.record.path, tmp_path / "there"), PASSPHRASE)
    entries.add(there, "Condition", people.people(there)[0].id, {"title": "Migraine"})
    backups.make(there, tmp_path / f"theirs{backups.SUFFIX}", NoProgress())
    records.close(there)
    name = str(tmp_path / f"theirs{backups.SUFFIX}")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_words: (name, ""))
    click(qtbot, dialog.join_button)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in ann.findChildren(Review)), timeout=30_000)
    review = shown(ann, Review)
    assert any(one.text().startswith("A backup is locked") for one in review.findChildren(QLabel))
    for secret in ("not that one", PASSPHRASE):
        qtbot.waitUntil(lambda: review.isEnabled() and bool(named(review, "Open the backup…")))
        click(qtbot, named(review, "Open the backup…")[0])
        unlock = shown(review, Unlock)
        qtbot.keyClicks(unlock.secret, secret)
        click(qtbot, unlock.open_button)
        idle(ann, qtbot)
    qtbot.waitUntil(lambda: bool(named(review, "Add to the record")))
    click(qtbot, named(review, "Add to the record")[0])
    idle(ann, qtbot)
    assert find(ann.desk.context.record, Query(kinds=("Condition",)))[0].title == "Migraine"


def named(dialog, words):
    return [one for one in dialog.findChildren(QPushButton) if one.text() == words and one.isVisible()]


def test_how_hard_a_new_passphrase_is_to_guess_is_said_when_the_typing_rests(qtbot, ann):
    asked = NewPassphrase(ann.desk.context.record, ann.desk.context.theme, ann.desk.jobs)
    qtbot.addWidget(asked)
    asked.show()
    said = lambda: [one.text() for one in asked.findChildren(QLabel) if one.isVisible()]  # noqa: E731
    qtbot.keyClicks(asked.new, "sommer2024")
    qtbot.waitUntil(lambda: any(words.startswith("Weak:") for words in said()), timeout=10_000)
    asked.new.setText("kuchen garten lampe regen")
    qtbot.waitUntil(lambda: any(words.startswith("Strong:") for words in said()), timeout=10_000)
    asked.new.clear()
    qtbot.waitUntil(lambda: not any(words.startswith(("Weak:", "Strong:")) for words in said()), timeout=10_000)
    asked.old.setText(PASSPHRASE)
    asked.new.setText("12345678")
    asked.again.setText("12345678")
    asked.change()
    assert "among the first" in asked.error.text()


def test_a_record_is_encrypted_anew_and_locks_once_its_new_code_is_kept(ann, dialog, qtbot):
    folder = ann.desk.context.record.path
    click(qtbot, dialog.passphrase_button)
    asking = shown(ann, NewPassphrase)
    for field, text in ((asking.old, PASSPHRASE), (asking.new, ANOTHER), (asking.again, ANOTHER)):
        field.setText(text)
    asking.anew.setChecked(True)
    asking.change()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in ann.findChildren(CodeShown)), timeout=30_000)
    card = shown(ann, CodeShown)
    code = card.card.code
    card.card.sure.setChecked(True)
    click(qtbot, card.close_button)
    qtbot.waitUntil(lambda: ann.desk is None and ann.first_screen.unlock.isVisible(), timeout=30_000)
    with pytest.raises(WrongPassphraseError):
        records.open_record(folder, PASSPHRASE)
    records.close(records.open_record(folder, ANOTHER))
    records.close(records.open_with_recovery_code(folder, code))


def test_lost_changes_are_told_until_the_person_has_seen_to_them(ann, dialog, qtbot):
    record = ann.desk.context.record
    record.set_meta("lost_commits", "2")
    click(qtbot, dialog.verify_button)
    idle(ann, qtbot)
    assert "2 changes that were saved are missing" in dialog.verdict.text()
    click(qtbot, dialog.settle_button)
    qtbot.waitUntil(lambda: "All is as it was written" in dialog.verdict.text(), timeout=30_000)
    assert not dialog.settle_button.isVisible()
    assert record.lost_before() == 0


def test_a_backup_whose_documents_are_gone_can_be_put_back_without_them(ann, dialog, qtbot, tmp_path):
    (tmp_path / "disk").mkdir()
    originals.put(ann.desk.context.record, b"Biopsy", "biopsy.txt", "text/plain")
    dialog.back_up(tmp_path / "disk")
    idle(ann, qtbot)
    (home,) = (tmp_path / "disk").iterdir()
    (file,) = home.glob(f"*{backups.SUFFIX}")
    click(qtbot, dialog.restore_button)
    asking = filled(shown(ann, RestoreDialog), file.rename(tmp_path / file.name), tmp_path / "Back", PASSPHRASE)
    assert not asking.rest_box.isVisible()
    asking.restore()
    idle(ann, qtbot)
    assert "only a part of a backup" in asking.error.text()
    asking.rest_box.setChecked(True)
    asking.restore()
    idle(ann, qtbot)
    told = next(one for one in ann.findChildren(Asking) if one.windowTitle() == "The record is there again")
    assert any("“biopsy.txt”" in one.text() for one in told.findChildren(QLabel))
    told.accept()
    assert (tmp_path / "Back.casebook" / "record.db").is_file()


def test_one_file_with_everything_can_be_made_to_give_away(ann, dialog, qtbot, tmp_path, monkeypatch):
    originals.put(ann.desk.context.record, b"Biopsy", "biopsy.txt", "text/plain")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(tmp_path / "For my sister"), ""))
    click(qtbot, dialog.file_button)
    idle(ann, qtbot)
    again = backups.restore(
        tmp_path / f"For my sister{backups.SUFFIX}", tmp_path / "Back", PASSPHRASE, "", NoProgress()
    )
    assert again.left_out == ()
    assert dialog.other_button.isHidden()  # no folder of backups was chosen by that
