"""A whole visit with one made-up word in everything: started as a program of its own by test_canary.py.

Arguments: the folder of the files to import, the folder of what is exported, the new record, the backup. What was done
is printed as JSON at the end; the word must stand nowhere else.
"""

import faulthandler
import gc
import json
import os
import sys
import threading
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from organizer.base import settings as kept
from organizer.base.process import forbid_dumps
from organizer.services.entries import entries
from organizer.services.record import records
from tests.made_records import CHEAP, PASSPHRASE
from ui.pages import PAGES
from ui.pages.documents.import_review.run import Review
from ui.shell import clipboard
from ui.shell.app import make_application
from ui.shell.error_box import install_hook
from ui.shell.main_window import MainWindow
from ui.shell.one_window import OneWindow
from ui.shell.safekeeping.dialog import Safekeeping

WORD = "Quokkafieber"
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
written: set[str] = set()


def note_writing(event: str, arguments: tuple) -> None:
    """Audit hook: which files this Python opens to write."""
    if event == "open" and isinstance(arguments[0], str) and isinstance(arguments[2], int) and arguments[2] & WRITING:
        written.add(str(Path(arguments[0]).absolute()))


class Visit:
    def __init__(self, given: Path, out: Path, record: Path, backup: Path) -> None:
        self.given, self.out, self.record, self.backup = given, out, record, backup
        self.application = make_application([])
        install_hook()
        self.one = OneWindow(kept.settings_folder())
        self.window = MainWindow(kept.load())
        self.window.show()

    def wait(self, ready, seconds: float = 60) -> None:
        until = time.monotonic() + seconds
        while not ready():
            if time.monotonic() > until:
                raise SystemExit(f"waited too long in {sys._getframe(1).f_lineno}")
            self.application.processEvents()
            time.sleep(0.005)

    def settle(self) -> None:
        self.wait(lambda: not self.window.desk.jobs.running)

    def answer(self, kind: type, act) -> None:
        """Once a question of that kind stands there, answer it."""

        def _look() -> None:
            box = QApplication.activeModalWidget()
            if isinstance(box, kind):
                timer.stop()
                act(box)

        timer = QTimer(self.window)
        timer.timeout.connect(_look)
        timer.start(10)

    def make_and_open(self) -> None:
        made, _code = records.create(self.record, PASSPHRASE, f"{WORD} Person", CHEAP)
        self.window.show_record(made, records.with_suffix(self.record))
        self.settle()

    def bring_in(self) -> None:
        self.answer(QFileDialog, lambda box: box.reject())
        QFileDialog.getOpenFileNames(self.window, "Import files", str(self.given))
        self.window.desk.ask_import(sorted(self.given.iterdir()))
        self.wait(lambda: [one for one in self.window.findChildren(Review) if one.isVisible()])
        self.window.findChild(Review).take()
        self.settle()

    def look_everywhere(self) -> None:
        for page in PAGES:
            self.window.desk.show_page(page.id)
            self.settle()
        self.window.desk.search()
        palette = QApplication.activeModalWidget()
        palette.field.setText(WORD[:6])
        self.wait(lambda: palette.list.count() and WORD in palette.list.item(0).text())
        palette.reject()
        (_first, *_rest) = documents = entries.find(
            self.window.desk.context.record, entries.Query(kinds=("DocumentReference",))
        )
        self.window.desk.show_source(documents[0])
        self.settle()

    def write(self) -> None:
        context = self.window.desk.context
        context.write(lambda: entries.add(context.record, "Question", context.person, {"title": f"About {WORD}"}))
        self.window.desk.undo()
        self.window.desk.redo()
        clipboard.copy(WORD)
        self.settle()

    def make_packet(self) -> None:
        self.window.desk.show_page("opinion", {"step": "packet"})
        self.settle()
        step = self.window.desk.page.step
        self.wait(lambda: step._preview is not None)
        step.save_to(self.out / "packet.pdf")
        self.settle()

    def fail(self) -> None:
        """Three errors that nobody foresaw: in the window, in another thread, while something is thrown away."""

        class Thrown:
            def __del__(self) -> None:
                raise RuntimeError(WORD)

        def _raise() -> None:
            raise RuntimeError(f"{WORD} was not foreseen")

        told = []
        self.answer(QMessageBox, lambda box: (told.append(box.text() + box.detailedText()), box.reject()))
        QTimer.singleShot(0, _raise)
        self.wait(lambda: told)
        assert WORD not in told[0]
        thread = threading.Thread(target=_raise)
        thread.start()
        thread.join()
        Thrown()
        gc.collect()

    def keep_safe(self) -> None:
        self.window.safekeeping()
        dialog = self.window.findChild(Safekeeping)
        dialog.back_up(self.backup)
        dialog.verify()
        self.settle()
        dialog.accept()

    def lock_and_come_back(self) -> None:
        folder = records.with_suffix(self.record)
        self.window.desk.show_form(None, "Condition", {"title": f"{WORD} half typed"})
        self.window.lock_by_itself()
        self.wait(lambda: self.window.desk is None)
        self.window.first_screen._open(folder, PASSPHRASE)
        self.wait(lambda: self.window.desk is not None)
        self.settle()
        self.wait(lambda: QApplication.activeModalWidget() is not None)
        QApplication.activeModalWidget().done(0)

    def leave(self) -> None:
        self.window.close()
        self.one.release()


def mapped() -> list[str]:
    """The libraries of this process that speak to a network, where the system lists them."""
    maps = Path("/proc/self/maps")
    lines = maps.read_text().splitlines() if maps.exists() else []
    return sorted({line.split("/")[-1] for line in lines if "QtNetwork" in line or "Qt6Network" in line})


def main() -> None:
    faulthandler.dump_traceback_later(150, exit=True)  # a question that nobody answers is told by its place
    forbid_dumps()
    sys.addaudithook(note_writing)
    visit = Visit(*(Path(name) for name in sys.argv[1:5]))
    steps = ("make_and_open", "bring_in", "look_everywhere", "write", "make_packet", "fail", "keep_safe")
    for step in (*steps, "lock_and_come_back", "leave"):
        getattr(visit, step)()
    sys.stdout.write(json.dumps({"written": sorted(written), "network": mapped()}) + "\n")


if __name__ == "__main__":
    main()
