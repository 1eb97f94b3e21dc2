"""What every page is given: the open record, the person who is shown, and the few things a page may ask for."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from organizer.base.errors import OrganizerError
from organizer.base.progress import Progress
from organizer.model.entry import Changes, Entry
from organizer.model.ids import EntryId, PersonId
from organizer.services.entries import entries
from organizer.services.record import people, records
from organizer.services.record.records import Record
from ui.entries.tables.widths import Widths
from ui.look.theme import Theme
from ui.shell.events import Events
from ui.shell.jobs import Jobs

Result = TypeVar("Result")


class Shell(Protocol):
    """What a context asks of the window around it."""

    def show_page(self, page_id: str, where: Mapping[str, object]) -> None:
        """Bring a page to the front, opened at `where`."""

    def show_entry(self, entry_id: EntryId, find: str = "") -> None:
        """Show an entry on the page where its kind lives, or in its form; `find` is what was searched for."""

    def show_source(self, entry: Entry) -> None:
        """Show the original document at the place where the entry stands."""

    def show_form(
        self, entry: Entry | None, kind: str, preset: Mapping[str, str], after: Callable[[Changes], None] | None
    ) -> None:
        """Open the form of an entry, or of a new one of that kind."""

    def ask_add(self) -> None:
        """Ask what to add, then open its form."""

    def ask_import(self, paths: Sequence[Path]) -> None:
        """Read files and show what they would bring."""

    def choose_import(self) -> None:
        """Ask which files to import."""

    def choose_import_folder(self) -> None:
        """Ask which folder to import."""

    def ask_export(self) -> None:
        """Ask in which form the record goes elsewhere."""

    def page_help(self) -> None:
        """Show the guide's page for the page in front."""

    def show_about(self) -> None:
        """Show version and licences."""

    def do(self, action: str) -> None:
        """Carry out an action of SHORTCUTS."""

    def choose_person(self, person: PersonId) -> None:
        """Show another person of this record."""

    def show_toast(self, text: str, undo: Callable[[], None] | None) -> None:
        """Say something in passing, with a button to take it back."""

    def ask_where(self, parent: QWidget, title: str, name: str, kind: str, replaces: bool) -> Path | None:
        """Ask where to save a file of that name; None where the person thought better of it."""

    def show_saved(self, text: str, path: Path) -> None:
        """Say that a file was saved, with buttons to see it."""

    def print_document(self, data: bytes, name: str) -> None:
        """Ask which printer, then print a document's own pages."""

    def show_error(self, error: OrganizerError) -> None:
        """Say what went wrong and what to do next."""

    def undo(self) -> None:
        """Take the last operation back."""


class Context(QObject):
    """One open record seen for one person. A late answer for another person is dropped, never shown."""

    person_changed = Signal(str)
    leaving = Signal()

    def __init__(
        self, record: Record, person: PersonId, theme: Theme, jobs: Jobs, events: Events, shell: Shell
    ) -> None:
        super().__init__()
        self.record = record
        self.theme = theme
        self.jobs = jobs
        self.events = events
        self.widths = Widths(self)
        self._shell = shell
        self._turn = 0
        self.person_entry = entries.get(record, person)

    @property
    def person(self) -> PersonId:
        """The id of the person who is shown."""
        return self.person_entry.person

    @property
    def as_of(self) -> date:
        """The day as of which the record is seen."""
        return records.as_of(self.record)

    def choose_person(self, person: PersonId) -> None:
        """Show another person; what was asked for the one before is dropped."""
        self._turn += 1
        self.person_entry = entries.get(self.record, person)
        self.person_changed.emit(person)

    def ask_person(self, person: PersonId) -> None:
        """Ask the window to show another person of this record."""
        self._shell.choose_person(person)

    def read_person_again(self) -> None:
        """The shown person's own entry was changed."""
        self.person_entry = entries.get(self.record, self.person)

    def leave(self) -> None:
        """The record is being closed: what is being written is kept now, and no answer arrives any more."""
        self.leaving.emit()
        self._turn += 1

    def navigate(self, page_id: str, **where: object) -> None:
        """Go to a page (`"tests", code="2160-0"`), or to wherever an entry lives (`"entry", entry=id, find=words`)."""
        if page_id == "entry":
            self._shell.show_entry(EntryId(str(where["entry"])), str(where.get("find", "")))
        else:
            self._shell.show_page(page_id, where)

    def write(self, action: Callable[[], Changes]) -> Changes | None:
        """Run a short write and tell everybody what it touched; None where it was refused (the person is told)."""
        try:
            changes = action()
        except OrganizerError as error:
            self._shell.show_error(error)
            return None
        self.announce(changes)
        return changes

    def announce(self, changes: Changes) -> None:
        """Tell the pages what an operation touched, and the person that it can be undone."""
        self.events.changed.emit(changes)
        if changes.label:
            self._shell.show_toast(self._with_whom(changes), self._shell.undo)

    def _with_whom(self, changes: Changes) -> str:
        """What was done; where several people are in the record, for whom."""
        everybody = people.people(self.record)
        names = [person.title for person in everybody if person.person in changes.persons]
        is_said = len(everybody) == 1 or len(names) != 1 or names[0] in changes.label
        return changes.label if is_said else f"{changes.label} · {names[0]}"

    def read(
        self,
        label: str,
        work: Callable[[Record, Progress], Result],
        done: Callable[[Result], None],
        asker: QObject | None = None,
    ) -> None:
        """Run `work` in the background on a connection of its own; `done` gets its answer in the window's thread.

        Nobody gets it where another person is shown by then, or where the `asker`, a dialog, was closed meanwhile.
        """
        turn, record = self._turn, self.record

        def on_worker(progress: Progress) -> Result:
            with records.on_worker(record) as mine:
                return work(mine, progress)

        def arrived(result: Result) -> None:
            if turn == self._turn and (asker is None or isValid(asker)):
                done(result)

        self.jobs.run(label, on_worker, arrived, self._failed)

    def _failed(self, error: Exception) -> None:
        """The expected is told; the unexpected goes on to the one hook for it."""
        if not isinstance(error, OrganizerError):
            raise error
        self._shell.show_error(error)

    def edit_entry(
        self,
        entry: Entry | None,
        kind: str,
        preset: Mapping[str, str] | None = None,
        after: Callable[[Changes], None] | None = None,
    ) -> None:
        """Open the form of an entry, or (None) of a new one of that kind with `preset` fields filled in."""
        self._shell.show_form(entry, kind, preset or {}, after)

    def ask_import(self, paths: Sequence[Path]) -> None:
        """Read files and show what they would bring; nothing is written before the person agrees."""
        self._shell.ask_import(paths)

    def ask_add(self) -> None:
        """Show the menu of kinds ("Add record"), then the form of the chosen one."""
        self._shell.ask_add()

    def choose_import(self) -> None:
        """Ask which files to import, then read them."""
        self._shell.choose_import()

    def choose_import_folder(self) -> None:
        """Ask which folder to import, then read what is in it."""
        self._shell.choose_import_folder()

    def do(self, action: str) -> None:
        """Carry out an action of SHORTCUTS, as its key would."""
        self._shell.do(action)

    def ask_export(self) -> None:
        """Ask in which form the record goes elsewhere, then write it."""
        self._shell.ask_export()

    def page_help(self) -> None:
        """Show the guide's page for the page in front."""
        self._shell.page_help()

    def show_about(self) -> None:
        """Show version and licences."""
        self._shell.show_about()

    def show_source(self, entry: Entry) -> None:
        """Open the original at the page where the entry stands."""
        self._shell.show_source(entry)

    def undo(self) -> None:
        """Take the last operation back, and say so."""
        self._shell.undo()

    def toast(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Say something in passing."""
        self._shell.show_toast(text, undo)

    def ask_where(self, parent: QWidget, title: str, name: str, kind: str = "", replaces: bool = True) -> Path | None:
        """Ask where to save a file of that name; None where the person thought better of it.

        With `replaces` False the dialog doesn't ask before it replaces a file: whoever writes replaces none.
        """
        return self._shell.ask_where(parent, title, name, kind, replaces)

    def show_saved(self, text: str, path: Path) -> None:
        """Say that a file was saved, with buttons to see it."""
        self._shell.show_saved(text, path)

    def show_error(self, error: OrganizerError) -> None:
        """Say what went wrong and what to do next."""
        self._shell.show_error(error)

    def print_document(self, data: bytes, name: str) -> None:
        """Show the printer's dialog for a document's own pages, then print them in the background."""
        self._shell.print_document(data, name)
