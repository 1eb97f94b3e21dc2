"""The guide followed word by word, from the first start to a saved packet: only what it names is clicked, and seen."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
)

from organizer.health.course import report_words
from organizer.services.bring_in import recognition
from organizer.services.entries import entries
from organizer.services.entries.entries import Query
from organizer.services.record import sample
from tests.windows import new_window
from ui.entries.tables.table import Table
from ui.pages.opinion.packet_saving import PacketSaving
from ui.shell.guide import guide

FIRST, OPINION, RECORDS = "first-ten-minutes.md", "preparing-attending-comparing.md", "getting-records.md"
CAREGIVERS, PRIVACY, RECOVERY, PLAN = "caregivers.md", "privacy.md", "backup-and-recovery.md", "is-my-plan-working.md"
BOLD = re.compile(r"\*\*([^*]+)\*\*")
# Bold, but nothing to choose: a heading, what one needs, what to do, and what Casebook may say, also of damage.
EMPHASIS = {
    "Casebook", "the backup", "A folder of backups", "One file", "“… is only a part of a backup.”",
    "Documents are missing or damaged.", "Put all else back, without these documents",
    "Now and then on a second stick", "your passphrase or recovery code", "“This passphrase doesn't open the record.”",
    "“The recovery code has a slip in it.”", "The backup is damaged.", "“… is already there.”", "Make backups.",
    "Keep the recovery code on paper", "Try it once", "What next",
}  # fmt: skip
LEFT = Qt.MouseButton.LeftButton


class Newcomer:
    """Somebody with the guide in one hand: finds by its words what stands on the screen, and clicks it."""

    def __init__(self, window, qtbot):
        self.window, self.qtbot = window, qtbot
        self.page = FIRST
        self.seen = set()

    def front(self):
        """The question in front, else the window."""
        dialogs = [one for one in self.window.findChildren(QDialog) if one.isVisible()]
        return dialogs[-1] if dialogs else self.window

    def settle(self):
        for _round in range(2):
            self.qtbot.wait(1)
            for jobs in [self.window.first_screen.jobs, *([self.window.desk.jobs] if self.window.desk else [])]:
                self.qtbot.waitUntil(lambda jobs=jobs: not jobs.running, timeout=60_000)

    def see(self, words):
        """The button with exactly these words, scrolled into sight; all the others are named where there is none."""
        buttons = [one for one in self.front().findChildren(QAbstractButton) if one.isVisible()]
        found = [one for one in buttons if one.text() == words and one.isEnabled()]
        assert found, f"no “{words}” to choose among {sorted({one.text() for one in buttons if one.text()})}"
        self.seen.add(words)
        area = found[0].parent()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parent()
        if area is not None:
            area.ensureWidgetVisible(found[0])
        return found[0]

    def choose(self, words, named=True):
        """Click what the guide names in bold; `named` is False for what the window itself leads to."""
        assert not named or f"**{words}**" in guide(self.page), f"{self.page} doesn’t name “{words}”"
        button = self.see(words)
        self.qtbot.mouseClick(button, LEFT)
        self.settle()

    def from_menu(self, words):
        menu = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu) and one.isVisible())
        action = next(one for one in menu.actions() if one.text() == words)
        self.seen.add(words)
        place = menu.actionGeometry(action).center()
        self.qtbot.mouseClick(menu, LEFT, pos=place)
        self.settle()

    def write(self, name, text):
        """Type into the field with this name."""
        fields = [one for kind in (QLineEdit, QPlainTextEdit) for one in self.front().findChildren(kind)]
        field = next(one for one in fields if one.isVisible() and one.accessibleName() == name)
        field.setFocus()
        self.qtbot.keyClicks(field, text)

    def go_to(self, page):
        """A page by its name in the sidebar."""
        self.choose(page, named=False)
        assert self.window.desk.page.title == page

    def found(self, kind):
        context = self.window.desk.context
        return entries.find(context.record, Query(kinds=(kind,), person=context.person))


@pytest.fixture
def newcomer(qtbot, tmp_path, monkeypatch, checkout):
    """Before the window of a first start; the file dialogs are answered with the sample's files and a folder."""
    home = tmp_path / "home"
    (home / "Documents").mkdir(parents=True)
    (home / "stick").mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    files = [str(checkout / "resources/sample" / name) for name in sample.facts().files]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_said: (files, ""))
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *_said: (str(next((home / "stick").rglob("*.casebook-backup"))), "")
    )
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_said: str(home / "stick"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *said: (str(home / Path(said[2]).name), ""))
    monkeypatch.setattr(recognition, "available", lambda: True)
    window = new_window(qtbot)
    window.resize(1280, 900)
    window.show()
    window.activateWindow()
    made = Newcomer(window, qtbot)
    made.home = home
    yield made
    window.close()


def test_from_the_first_start_to_a_saved_packet_and_back_from_a_backup(newcomer):
    make_the_record(newcomer)
    bring_the_first_files(newcomer)
    write_what_one_knows(newcomer)
    set_a_first_goal(newcomer)
    prepare_the_packet(newcomer)
    find_what_the_other_pages_name(newcomer)
    make_a_backup(newcomer)
    put_the_backup_back(newcomer)
    pages = (FIRST, OPINION, RECORDS, CAREGIVERS, PRIVACY, RECOVERY)
    named = {words for page in pages for words in BOLD.findall(guide(page))}
    assert named - EMPHASIS <= newcomer.seen


def test_the_words_of_the_plan_check_are_those_of_the_guide():
    assert set(BOLD.findall(guide(PLAN))) == {
        report_words.DATE_PASSED,
        *(words for words, _tone in report_words.WORDS.values()),
    }


def make_the_record(newcomer):
    newcomer.see("Look around with the sample")
    newcomer.choose("New record")
    newcomer.write("Whose record is it?", "Elena Marsh")
    newcomer.write("Passphrase", "four words only mine")
    newcomer.write("Passphrase, once more", "four words only mine")
    newcomer.choose("Make the record")
    newcomer.choose("I have put it in a safe place, away from this computer")
    newcomer.code = newcomer.window.first_screen.code.code
    newcomer.choose("Go to the record")
    assert newcomer.window.desk is not None


def bring_the_first_files(newcomer):
    newcomer.choose("Import files…")
    newcomer.choose("Add to the record")
    assert len(newcomer.found("Observation")) > 100
    assert newcomer.found("DocumentReference")


def write_what_one_knows(newcomer):
    newcomer.choose("Add record")
    newcomer.from_menu("Question for a doctor")
    newcomer.write("Question", "Why is my urine still foamy?")
    newcomer.choose("Save", named=False)
    assert [one.title for one in newcomer.found("Question")] == ["Why is my urine still foamy?"]


def set_a_first_goal(newcomer):
    goals = len(newcomer.found("Goal"))
    newcomer.go_to("Treatments")
    newcomer.see("A goal of my own")
    newcomer.choose("Set this goal")
    assert len(newcomer.found("Goal")) == goals + 1


def prepare_the_packet(newcomer):
    """The seven steps that the page about the visit numbers, by the names it gives them."""
    newcomer.page = OPINION
    newcomer.go_to("Second opinion")
    for step in ("Reasons", "Case", "Gather", "Insurance", "Options", "Questions", "Packet"):
        newcomer.choose(step)
        assert newcomer.window.desk.page.step.title == step
        if step == "Case":
            newcomer.choose("Begin a case")
            newcomer.choose("Lupus nephritis, class III", named=False)
            newcomer.choose("It is about these")
    newcomer.choose("Save as PDF…")
    newcomer.qtbot.waitUntil(lambda: any(one.isVisible() for one in newcomer.window.findChildren(PacketSaving)))
    newcomer.choose("Save…", named=False)
    (packet,) = newcomer.home.glob("*packet.pdf")
    assert packet.read_bytes().startswith(b"%PDF")
    for step in ("Visit", "Compare", "After"):
        newcomer.choose(step)
        assert newcomer.window.desk.page.step.title == step


def find_what_the_other_pages_name(newcomer):
    """Letters, a report’s results, a folder, people and the end of a record: found, opened, and closed again."""
    newcomer.choose("Gather")
    newcomer.page = RECORDS
    newcomer.choose("Ask for what is missing…")
    newcomer.front().reject()
    newcomer.go_to("Documents")
    newcomer.see("Recognise the text")
    report = next(one for one in newcomer.found("DocumentReference") if one.data.get("media_type") == "application/pdf")
    newcomer.window.desk.show_page("documents", {"sha": report.text("file")})
    newcomer.settle()
    newcomer.see("Read results from this report")
    newcomer.go_to("Timeline")
    table = next(one for one in newcomer.window.findChildren(Table) if one.isVisible())
    newcomer.qtbot.waitUntil(lambda: table.model().rowCount() > 0)
    newcomer.settle()
    table.selectRow(0)
    newcomer.see("Tags…")
    newcomer.see("Leave out of packets")
    newcomer.go_to("Overview")
    newcomer.choose("Add record")
    newcomer.from_menu("Import a folder…")
    newcomer.choose("Close", named=False)
    newcomer.page = CAREGIVERS
    newcomer.go_to("People")
    newcomer.see("Emergency card…")
    newcomer.choose("Add a person")
    newcomer.front().reject()
    newcomer.page = PRIVACY
    newcomer.choose("Encrypted on this computer")
    newcomer.see("Join another copy…")
    newcomer.see("Erase this record…")
    newcomer.choose("Close", named=False)


def make_a_backup(newcomer):
    newcomer.page = RECOVERY
    newcomer.choose("Encrypted on this computer")
    newcomer.choose("Back up now")
    assert list((newcomer.home / "stick").rglob("*.casebook-backup"))
    for words in (
        "Back up into one file…",
        "Back up into another folder…",
        "Change the passphrase…",
        "New recovery code…",
    ):
        newcomer.see(words)
    newcomer.choose("Close", named=False)


def put_the_backup_back(newcomer):
    """On the first screen, with the recovery code in place of the passphrase."""
    entries_before = len(newcomer.found("Observation"))
    newcomer.choose("Lock now", named=False)
    newcomer.choose("Back", named=False)
    newcomer.choose("Put a backup back…")
    newcomer.choose("Choose…", named=False)
    newcomer.choose("Use the recovery code instead")
    newcomer.write("Recovery code", newcomer.code.replace("-", " ").lower())
    newcomer.choose("Put it back")
    newcomer.choose("Open it")
    newcomer.write("Passphrase", "four words only mine")
    newcomer.choose("Open", named=False)
    assert newcomer.window.desk.context.record.path.stem.endswith("(from a backup)")
    assert len(newcomer.found("Observation")) == entries_before
