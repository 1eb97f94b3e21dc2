"""The real window, led by lines of JSON on its input; after each it says `ready` once nothing is at work any more.

`python driven_window.py FOLDER PASSPHRASE`; each line names a method of `Led` below and what it is given.
"""

import json
import os
import sys
from pathlib import Path

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QDialog

from organizer.base.settings import Settings
from organizer.model.ids import Sha256
from organizer.services.entries import documents, images
from organizer.services.follow import measures
from organizer.services.record import records
from ui.pages.documents import letter_review
from ui.pages.documents.imaging import viewer
from ui.pages.tests_imaging.lab_review import review
from ui.shell.app import make_application
from ui.shell.main_window import MainWindow
from ui.shell.speaking import speak_chosen

QUIET_MS = 30


class Led:
    """A window and what was asked of it."""

    def __init__(self, folder: Path, passphrase: str) -> None:
        self.folder, self.passphrase = folder, passphrase
        self.language("en")
        self.input = QSocketNotifier(0, QSocketNotifier.Type.Read)
        self.input.activated.connect(self._read)

    def _read(self) -> None:
        line = os.read(0, 65_536).decode()
        if not line:
            os._exit(0)
        name, *words = json.loads(line)
        getattr(self, name)(*words)
        QTimer.singleShot(QUIET_MS, self._say_when_quiet)

    def _say_when_quiet(self) -> None:
        if self.window.desk.jobs.running:
            QTimer.singleShot(QUIET_MS, self._say_when_quiet)
        else:
            os.write(1, b"ready\n")

    def language(self, code: str) -> None:
        """The same record in a window that speaks that language."""
        former = getattr(self, "window", None)
        if former is not None:
            former.close()
            former.deleteLater()
        settings = Settings(look="light", language=code)
        speak_chosen(settings)
        self.window = MainWindow(settings)
        self.window.keep = lambda _settings: None
        self.window.show_record(records.open_record(self.folder, self.passphrase), self.folder)
        self.window.show()

    def page(self, page: str, **where: str) -> None:
        self.window.desk.show_page(page, where)

    def step(self, step: str) -> None:
        self.window.desk.show_page("opinion", {"step": step})

    def command(self, action: str) -> None:
        self.window.do(action)

    def form(self, kind: str) -> None:
        self.window.desk.show_form(None, kind)

    def bring(self, path: str) -> None:
        self.window.desk.ask_import([Path(path)])

    def document(self, name: str) -> None:
        self.window.desk.show_page("documents", {"sha": self._kept(name)})

    def lab_review(self, name: str) -> None:
        review.start(self.window.desk.context, self._kept(name), self._bytes(name), self.window)

    def letter(self, name: str) -> None:
        letter_review.start(self.window.desk.context, self._kept(name), self._bytes(name), self.window)

    def images(self) -> None:
        context = self.window.desk.context
        viewer.start(context, images.studies(context.record, context.person)[0], self.window)

    def measure(self) -> None:
        context = self.window.desk.context
        self.window.desk.show_page("tests", {"code": measures.measures(context.record, context.person)[0].key})

    def close(self) -> None:
        for dialog in self.window.findChildren(QDialog):
            if dialog.isVisible():
                dialog.done(0)

    def _kept(self, name: str) -> Sha256:
        context = self.window.desk.context
        return next(
            kept.sha256 for kept in documents.all_documents(context.record, context.person) if kept.name == name
        )

    def _bytes(self, name: str) -> bytes:
        return documents.original(self.window.desk.context.record, self._kept(name))


if __name__ == "__main__":
    application = make_application(["casebook"])
    led = Led(Path(sys.argv[1]), sys.argv[2])
    application.exec()
