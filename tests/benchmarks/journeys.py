"""Three visits of newcomers from the first start to a saved packet, by what the window says alone: clicks and seconds.

`make benchmark-journeys` runs them, on a screen of its own where Xvfb is there. A click is one press of the mouse;
choosing files in the system's dialog counts two, a place to save one. By keyboard each key beside typed words counts.
It fails where a journey takes more than MOST_CLICKS clicks.
"""

import os
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMenu,
    QScrollArea,
    QWidget,
)
from reportlab.pdfgen.canvas import Canvas

from organizer.base.settings import Settings
from organizer.services.record import people, sample
from ui.shell.app import make_application
from ui.shell.main_window import MainWindow

ROOT = Path(__file__).resolve().parents[2]
MOST_CLICKS = 25
PASSPHRASE = "four words only mine"
PATIENCE = 90  # seconds that anything may take
LEFT = Qt.MouseButton.LeftButton


def photograph(out: Path) -> Path:
    """A report as a phone sees it: grey paper, a little askew."""
    sheet = Image.new("RGB", (1240, 800), "#e9e6df")
    pen = ImageDraw.Draw(sheet)
    letters = ImageFont.truetype(str(ROOT / "resources/fonts/Inter-Regular.ttf"), 34)
    for line, words in enumerate(("City Laboratory", "Elena Marsh", "Ferritin 22 ng/mL (30 - 400)", "3 March 2026")):
        pen.text((90, 90 + 70 * line), words, fill="#222", font=letters)
    sheet.rotate(1.5, expand=True, fillcolor="#777").save(out, quality=85)
    return out


def paper(out: Path, *lines: str) -> Path:
    """A page of a letter or a laboratory."""
    canvas = Canvas(str(out))
    canvas.setFont("Helvetica", 12)
    for number, words in enumerate(lines):
        canvas.drawString(72, 760 - 18 * number, words)
    canvas.save()
    return out


class Newcomer:
    """Looks for words on the screen and presses what bears them."""

    def __init__(self, home: Path) -> None:
        make_application([])
        self.home, self.clicks, self.keys = home, 0, 0
        self.files: list[Path] = []
        QFileDialog.getOpenFileNames = self._choose  # type: ignore[method-assign, assignment]
        QFileDialog.getSaveFileName = self._place  # type: ignore[method-assign, assignment]
        self.window = MainWindow(Settings())
        self.window.keep = lambda _settings: None  # type: ignore[method-assign]
        self.window.resize(1280, 720)
        self.window.show()
        self.window.activateWindow()
        self.begun = time.perf_counter()
        self.settle()

    def _choose(self, *_asked: object) -> tuple[list[str], str]:
        self._answer(2)
        return [str(file) for file in self.files], ""

    def _place(self, _parent: object, _title: str, name: str, *_more: object, **_options: object) -> tuple[str, str]:
        self._answer(1)
        return str(self.home / Path(name).name), ""

    def _answer(self, clicks: int) -> None:
        """A dialog of the system's: not ours to press."""
        self.clicks += clicks

    def until(self, ready: Callable[[], object], what: str) -> None:
        end = time.monotonic() + PATIENCE
        while not ready():
            if time.monotonic() > end:
                raise SystemExit(f"{what}: waited in vain")
            QApplication.processEvents()
            time.sleep(0.002)

    def settle(self) -> None:
        """Until nothing runs; what comes next is asked for by then."""
        for _round in range(3):
            for _beat in range(5):
                QApplication.processEvents()
                time.sleep(0.002)
            jobs = [self.window.first_screen.jobs, *([self.window.desk.jobs] if self.window.desk else [])]
            self.until(lambda jobs=jobs: not any(each.running for each in jobs), "work")
        if QApplication.activeWindow() is None:  # what a window manager does when a dialog closes
            self.front.window().activateWindow()
            QApplication.processEvents()

    @property
    def front(self) -> QWidget:
        dialogs = [each for each in self.window.findChildren(QDialog) if each.isVisible()]
        return dialogs[-1] if dialogs else self.window

    def see(self, words: str) -> QAbstractButton:
        """The button with these words that can be pressed, brought into sight."""

        def found() -> list[QAbstractButton]:
            buttons = [each for each in self.front.findChildren(QAbstractButton) if each.isVisible()]
            return [each for each in buttons if each.text().startswith(words) and each.isEnabled()]

        self.until(found, f"“{words}”")
        button = found()[0]
        area = button.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(button)
        return button

    def press(self, words: str) -> None:
        self.clicks += 1
        button = self.see(words)
        place = button.rect().center()
        place.setX(min(place.x(), 12))  # of a wide box to tick, the box
        QTest.mouseClick(button, LEFT, pos=place)
        self.settle()

    def write(self, name: str, text: str) -> None:
        """Into the field that this names, which a click gives the focus where it hasn't got it."""
        field = next(each for each in self.front.findChildren(QLineEdit) if each.accessibleName() == name)
        if not field.hasFocus():
            self.clicks += 1
            QTest.mouseClick(field, LEFT)
        QTest.keyClicks(field, text)

    def tab(self) -> None:
        self.keys += 1
        QTest.keyClick(QApplication.focusWidget() or self.window, Qt.Key.Key_Tab)

    def answer_who(self, words: str) -> None:
        """In the first question that is still open: two clicks, one opens the list."""
        box = next(each for each in self.front.findChildren(QComboBox) if each.currentText() == "Choose…")
        place = next(row for row in range(box.count()) if box.itemText(row).startswith(words))
        self.clicks += 2
        box.setCurrentIndex(place)
        box.activated.emit(place)
        self.settle()

    def save_packet(self) -> None:
        self.press("Prepare packet")
        self.see("Save as PDF…")
        self.press("Save as PDF…")
        self.until(lambda: isinstance(self.front, QDialog), "the question how it is saved")
        self.press("Save…")
        self.until(lambda: list(self.home.glob("*packet.pdf")), "the packet")

    def tell(self, name: str) -> bool:
        (packet,) = self.home.glob("*packet.pdf")
        assert packet.read_bytes().startswith(b"%PDF")
        seconds = time.perf_counter() - self.begun
        print(f"{name}: {self.clicks} clicks, {self.keys} keys beside typed words, {seconds:.1f} s")
        self.window.close()
        return self.clicks <= MOST_CLICKS


def make_the_record(newcomer: Newcomer, name: str) -> None:
    newcomer.press("New record")
    newcomer.write("Whose record is it?", name)
    newcomer.write("Passphrase", PASSPHRASE)
    newcomer.write("Passphrase, once more", PASSPHRASE)
    newcomer.press("Make the record")
    newcomer.press("I have put it in a safe place")
    newcomer.press("Go to the record")


def bring(newcomer: Newcomer, *files: Path) -> None:
    newcomer.files = list(files)
    newcomer.press("Import files…")
    newcomer.until(lambda: isinstance(newcomer.front, QDialog), "the review")
    newcomer.settle()


def a_zip_and_photographs(home: Path) -> bool:
    newcomer = Newcomer(home)
    portal = home / "portal.zip"
    with zipfile.ZipFile(portal, "w") as packed:
        for name in sample.facts().files:
            packed.write(ROOT / "resources/sample" / name, name)
    make_the_record(newcomer, "Elena Marsh")
    bring(newcomer, portal, photograph(home / "IMG_0412.jpg"))
    newcomer.press("Add to the record")
    newcomer.save_packet()
    return newcomer.tell("A zip and a photograph")


def two_people_in_one_record(home: Path) -> bool:
    """Each gets what is theirs: the paper of the other one is asked about."""
    newcomer = Newcomer(home)
    letter = paper(
        home / "letter.pdf", "Re: Rosa Delgado, born 14 May 1951", "3 March 2026", "Dear colleague,",
        "Diagnosis: Hypertension. She takes lisinopril 10 mg once daily.", "Dr A. Moss",
    )  # fmt: skip
    report = paper(
        home / "laboratory.pdf", "City Laboratory", "Patient: Miguel Delgado   DOB: 2 Feb 1949",
        "Collected: 4 Mar 2026",
        "Test          Result   Units    Reference", "Potassium      4.8      mmol/L   3.5 - 5.1",
    )  # fmt: skip
    make_the_record(newcomer, "Rosa Delgado")
    bring(newcomer, letter, report)
    newcomer.answer_who("Somebody new: Miguel")
    newcomer.press("Add to the record")
    assert newcomer.window.desk is not None
    known = {person.title for person in people.people(newcomer.window.desk.context.record)}
    assert known == {"Rosa Delgado", "Miguel Delgado"}, known
    newcomer.press("Rosa Delgado")
    menu = next(each for each in QApplication.topLevelWidgets() if isinstance(each, QMenu) and each.isVisible())
    action = next(each for each in menu.actions() if each.text().startswith("Miguel"))
    newcomer.clicks += 1
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
    newcomer.settle()
    newcomer.save_packet()
    return newcomer.tell("Two people in one record")


class ByKeys(Newcomer):
    """Tab to a control, Space or Enter on it, keys of the program: the mouse is never touched."""

    def _answer(self, clicks: int) -> None:
        self.keys += clicks

    def press(self, words: str) -> None:
        button = self.see(words)
        for _step in range(80):
            if QApplication.focusWidget() is button:
                break
            self.tab()
        else:
            raise SystemExit(f"“{words}” can’t be reached by Tab")
        self.keys += 1
        QTest.keyClick(button, Qt.Key.Key_Space)
        self.settle()

    def write(self, name: str, text: str) -> None:
        for _step in range(40):
            field = QApplication.focusWidget()
            if field is not None and field.accessibleName() == name:
                break
            self.tab()
        QTest.keyClicks(field, text)

    def key(self, key: Qt.Key) -> None:
        self.keys += 1
        QTest.keyClick(self.window, key, Qt.KeyboardModifier.ControlModifier)
        self.settle()


def by_keyboard_alone(home: Path) -> bool:
    newcomer = ByKeys(home)
    make_the_record(newcomer, "Elena Marsh")
    newcomer.files = [ROOT / "resources/sample" / name for name in sample.facts().files]
    newcomer.key(Qt.Key.Key_I)
    newcomer.until(lambda: isinstance(newcomer.front, QDialog), "the review")
    newcomer.settle()
    newcomer.keys += 1
    QTest.keyClick(newcomer.front, Qt.Key.Key_Return)  # “Add to the record” is what Enter does there
    newcomer.settle()
    newcomer.save_packet()
    return newcomer.tell("By keyboard alone") and newcomer.clicks == 0


JOURNEYS = (a_zip_and_photographs, two_people_in_one_record, by_keyboard_alone)


def main() -> int:
    good = True
    for journey in JOURNEYS:
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            (home / "Documents").mkdir()
            os.environ |= {"HOME": folder, "XDG_CONFIG_HOME": f"{folder}/config"}
            good = journey(home) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
