"""From the first screen to an open record. The slow part (the key from the passphrase) runs as a job."""

import sys
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from organizer.base import settings as stored_settings
from organizer.base.errors import OrganizerError
from organizer.base.i18n import _
from organizer.base.paths import put_in_place, remove_folder
from organizer.base.progress import Progress
from organizer.model.ids import PersonId
from ui.look.theme import Theme
from ui.look.widgets.job_strip import JobStrip
from ui.shell.jobs import Jobs
from ui.shell.welcome.screen import Screen, usual_place
from ui.shell.welcome.start import StartScreen
from ui.shell.welcome.waiting import WaitingFiles

if TYPE_CHECKING:
    from organizer.services.record.records import Record
    from ui.shell.welcome.create import CodeScreen, CreateScreen
    from ui.shell.welcome.unlock import UnlockScreen

SAMPLE_FOLDER = "Sample.casebook"


def sample_folder() -> Path:
    """The sample lives beside the settings, apart from the person's own records."""
    return stored_settings.settings_folder() / SAMPLE_FOLDER


class FirstScreen(QWidget):
    """`opened` carries the record and its folder; the window takes it from there.

    A screen is built when it is first wanted: the first picture needs only the start.
    """

    opened = Signal(object, object)
    recent_dropped = Signal(object)
    settings_wanted = Signal()

    def __init__(self, theme: Theme, recent: tuple[str, ...]) -> None:
        super().__init__()
        self.setObjectName("page")
        self.jobs = Jobs(self)
        self._theme = theme
        self._recent = recent
        self._unopened: tuple[Record, Path] | None = None
        self.waiting = WaitingFiles()
        self.stack = QStackedWidget()
        self.strip = JobStrip(self.jobs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.waiting)
        column.addWidget(self.stack, 1)
        column.addWidget(self.strip)
        self.stack.setCurrentWidget(self.start)

    def show_theme(self, theme: Theme) -> None:
        """Other colours or another text size; nothing is being typed then that would be lost but a passphrase."""
        self._theme, self._recent = theme, self.start.recent
        old = self._built()
        shown = next(name for name, screen in old.items() if screen is self.stack.currentWidget())
        for name, screen in old.items():
            del self.__dict__[name]
            self.stack.removeWidget(screen)
            screen.deleteLater()
        if "unlock" in old:
            self.unlock.ask_for(old["unlock"].folder)
        if "code" in old:
            self.code.show_code(old["code"].code)
        self.stack.setCurrentWidget(getattr(self, shown))

    def close_jobs(self) -> None:
        """The window closes: stop what is still being opened."""
        if self._unopened is not None:
            from organizer.services.record import records

            records.close(self._unopened[0])
            self._unopened = None
        self.jobs.stop()

    def show_start(self) -> None:
        """The first screen, with nothing left of what was typed."""
        self._forget()
        self.stack.setCurrentWidget(self.start)

    def ask_passphrase(self, folder: Path) -> None:
        """Ask for the passphrase of a record."""
        self._forget()
        self.unlock.ask_for(folder)
        self.stack.setCurrentWidget(self.unlock)
        self.unlock.field.setFocus()

    def ask_new(self) -> None:
        """Ask what a new record needs."""
        self._forget()
        self.stack.setCurrentWidget(self.making)
        self.making.name.setFocus()

    def open_sample(self) -> None:
        """Open the sample record; the first time it is made from its source files."""
        self.start.setEnabled(False)
        folder = sample_folder()
        self.jobs.run(
            _("Preparing the sample"),
            lambda progress: _sample(folder, progress),
            lambda record: self._arrived(record, folder),
            lambda error: self._refused(error, self.start.say),
        )

    def choose_folder(self) -> None:
        """Ask which record to open."""
        if sys.platform == "darwin":  # a record is a package there, which only a dialog for files lets be chosen
            name, _kind = QFileDialog.getOpenFileName(self, _("Open a record"), str(usual_place()), "*.casebook")
        else:
            name = QFileDialog.getExistingDirectory(self, _("Open a record"), str(usual_place()))
        if name:
            self.ask_passphrase(Path(name))

    @property
    def shows_code(self) -> bool:
        """True while the recovery code of a new record is before the person's eyes, this once."""
        return self._unopened is not None

    def say(self, message: str) -> None:
        """Say what went wrong, on the screen in front."""
        screen = self.stack.currentWidget()
        assert isinstance(screen, Screen)
        screen.say(message)

    def ask_restore(self, backup: Path | None = None) -> None:
        """Put a backup back: the way in for who has lost the computer."""
        from ui.shell.safekeeping.restore import RestoreDialog

        dialog = RestoreDialog(self._theme, self.jobs, self)
        dialog.open_wanted.connect(self.ask_passphrase)
        if backup is not None:
            dialog.choose_file(backup)
        dialog.open()

    def _open(self, folder: Path, passphrase: str, code: str = "") -> None:
        def work(_progress: Progress) -> "Record":
            from organizer.services.record import records

            return records.open_with_recovery_code(folder, code) if code else records.open_record(folder, passphrase)

        refuse = self.unlock.refuse
        self._run(_("Opening"), work, lambda record: self._arrived(record, folder), refuse)

    def _create(self, folder: Path, passphrase: str, person: PersonId) -> None:
        def work(_progress: Progress) -> "tuple[Record, str, Path]":
            from organizer.services.record import records

            record, code = records.create(folder, passphrase, person)
            return record, code, records.with_suffix(folder)

        self._run(_("Making the record"), work, self._created, self.making.refuse)

    def _run(
        self,
        label: str,
        work: "Callable[[Progress], object]",
        done: "Callable[..., None]",
        refuse: Callable[[str], None],
    ) -> None:
        self.jobs.run(label, work, done, lambda error: self._refused(error, refuse))

    def _created(self, made: "tuple[Record, str, Path]") -> None:
        record, code, folder = made
        self._unopened = (record, folder)
        self.making.forget()
        self.code.show_code(code)
        self.stack.setCurrentWidget(self.code)

    def _code_noted(self) -> None:
        if self._unopened is not None:
            record, folder = self._unopened
            self._unopened = None
            self._arrived(record, folder)

    def _arrived(self, record: "Record", folder: Path) -> None:
        self._forget()
        self.opened.emit(record, folder)

    def _refused(self, error: Exception, refuse: Callable[[str], None]) -> None:
        self.start.setEnabled(True)
        if not isinstance(error, OrganizerError):
            raise error
        refuse(str(error))

    def _forget(self) -> None:
        self.start.setEnabled(True)
        for screen in self._built().values():
            screen.forget()

    @cached_property
    def start(self) -> StartScreen:
        """New, open, sample, and the records opened lately."""
        screen = StartScreen(self._theme, self._recent)
        screen.new_wanted.connect(self.ask_new)
        screen.open_wanted.connect(self.choose_folder)
        screen.restore_wanted.connect(lambda: self.ask_restore())
        screen.sample_wanted.connect(self.open_sample)
        screen.settings_wanted.connect(self.settings_wanted)
        screen.recent_chosen.connect(self.ask_passphrase)
        screen.recent_dropped.connect(self.recent_dropped)
        self.stack.addWidget(screen)
        return screen

    @cached_property
    def unlock(self) -> "UnlockScreen":
        """The passphrase of a record, or its recovery code."""
        from ui.shell.welcome.unlock import UnlockScreen

        screen = UnlockScreen(self._theme)
        screen.passphrase_given.connect(self._open)
        screen.code_given.connect(lambda folder, code: self._open(folder, "", code))
        screen.back_wanted.connect(self.show_start)
        self.stack.addWidget(screen)
        return screen

    @cached_property
    def making(self) -> "CreateScreen":
        """Whose record, a passphrase, a place."""
        from ui.shell.welcome.create import CreateScreen

        screen = CreateScreen(self._theme)
        screen.wanted.connect(self._create)
        screen.back_wanted.connect(self.show_start)
        self.stack.addWidget(screen)
        return screen

    @cached_property
    def code(self) -> "CodeScreen":
        """The recovery code of a new record."""
        from ui.shell.welcome.create import CodeScreen

        screen = CodeScreen(self._theme)
        screen.noted.connect(self._code_noted)
        self.stack.addWidget(screen)
        return screen

    def _built(self) -> dict[str, Any]:
        """The screens that are there by now, by name."""
        return {name: made for name, made in vars(self).items() if isinstance(made, Screen)}


def _sample(folder: Path, progress: Progress) -> "Record":
    """The sample record, open. It is made under another name first, so that a half-made one is never opened."""
    from organizer.services.record import records, sample

    if not folder.is_dir():
        beside = folder.with_name("Sample-being-made.casebook")
        remove_folder(beside, ignore_errors=True)
        beside.parent.mkdir(parents=True, exist_ok=True)
        record, _plan = sample.make_sample(beside, progress)
        records.close(record)
        put_in_place(beside, folder)
    return records.open_record(folder, sample.facts().passphrase)
