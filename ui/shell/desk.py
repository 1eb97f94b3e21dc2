"""An open record in the window: sidebar, pages, the way back and forth, running jobs, toasts, dropped files."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from organizer.base.dates import today
from organizer.base.errors import OrganizerError
from organizer.base.i18n import _
from organizer.base.paths import harmless_name
from organizer.base.synced import synced_by
from organizer.model.entry import Changes, Entry
from organizer.model.ids import EntryId, PersonId
from organizer.model.kinds import find_kind
from organizer.services.entries import documents, entries
from organizer.services.record import backups, drafts, people, records
from organizer.services.record.records import Record
from ui.entries.forms.entry_dialog import EntryDialog
from ui.look.theme import Theme
from ui.look.widgets.announcing import announce
from ui.look.widgets.card import notice
from ui.look.widgets.job_strip import JobStrip
from ui.look.widgets.toast import Toast
from ui.pages import PAGES
from ui.shell import memory, undo_actions
from ui.shell.add_menu import AddMenu
from ui.shell.context import Context
from ui.shell.error_box import show_error
from ui.shell.events import Events
from ui.shell.jobs import Jobs
from ui.shell.page import Page
from ui.shell.palette import Palette
from ui.shell.pasted import Pasted
from ui.shell.sample_banner import SampleBanner
from ui.shell.saved_files import Folders, ways_to
from ui.shell.sidebar import Sidebar

BELOW_TITLE = 96


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody was: a page, and where on it."""

    page: str
    where: Mapping[str, object] = field(default_factory=dict)


MOST_BACK = 100
"""Places that the way back leads through: nobody goes further, and in a long day they would pile up."""


class Desk(QWidget):
    """Carries out what pages ask of their context. One desk lives as long as its record is open."""

    lock_wanted = Signal()
    safekeeping_wanted = Signal()
    about_wanted = Signal()
    command_wanted = Signal(str)
    own_record_wanted = Signal()
    sample_removal_wanted = Signal()
    fold_wanted = Signal(bool)
    page_shown = Signal(str)

    def __init__(self, record: Record, theme: Theme, pages: Sequence[type[Page]] = PAGES) -> None:
        super().__init__()
        self.jobs = Jobs(self)
        self.events = Events(self)
        self.context = Context(record, people.shown_first(record).person, theme, self.jobs, self.events, self)
        self.context.setParent(self)
        self._page_types = {page.id: page for page in pages}
        self._pages: dict[str, Page] = {}
        self.pasted = Pasted()
        self.folders = Folders()
        self._past: deque[Place] = deque(maxlen=MOST_BACK)
        self._future: list[Place] = []
        self._here: Place | None = None
        self.sidebar = Sidebar(pages, theme)
        self.stack = QStackedWidget()
        self._strip = JobStrip(self.jobs)
        self.toast = Toast(self)
        self._lay_out(record)
        self._wire()
        self._show_people()

    def close_record(self) -> None:
        """Stop the jobs and close the record; the desk is of no use afterwards."""
        self.context.leave()
        self.jobs.stop()
        documents.forget()
        self.pasted.forget()
        self.folders.forget()
        records.close(self.context.record)

    def keep_draft(self) -> None:
        """Before the record locks: what is being typed is kept in it, since nobody was asked to save."""
        for form in self.findChildren(EntryDialog):
            draft = form.draft() if form.isVisible() else None
            if draft is not None:
                drafts.keep(self.context.record, draft)

    def show_draft(self) -> None:
        """Go on typing where the lock came between."""
        draft = drafts.take(self.context.record)
        if draft is None or not entries.many(self.context.record, [draft.person]):
            return
        (entry,) = entries.many(self.context.record, [draft.entry]) or (None,)
        if draft.person != self.context.person:
            self.choose_person(draft.person)
        self.show_form(entry, draft.kind, draft.fields)
        self.show_toast(_("What you were typing is here again. It isn’t saved yet."), None)

    def show_notices(self) -> None:
        """Say what opening found and mended, until it is read; else, in passing, that it is time for a backup."""
        record = self.context.record
        lines = records.notices(record)
        if lines:
            self.show_error(OrganizerError(_("This was found when the record was opened:"), "\n\n".join(lines)))
            return
        reminder = backups.reminder(record, today())
        if reminder:
            self.show_toast(reminder, None)

    def tidy(self) -> None:
        """Nobody is at it: bring home what was written lately, unless work is under way."""
        if not self.jobs.running:
            self.context.record.let_go()
            self.context.read(
                _("Tidying"), lambda record, _progress: records.tidy(record), lambda _done: memory.give_back()
            )

    def show_first(self, page_id: str) -> None:
        """Show the page where one left off, at the step where one was there; else the first page."""
        page_id, _stroke, step = page_id.partition("/")
        known = page_id in self._page_types
        place = Place(page_id, {"step": step} if step else {}) if known else Place(next(iter(self._page_types)))
        self._go(place)

    @property
    def page_titles(self) -> tuple[str, ...]:
        """The titles in the sidebar's order, not yet translated."""
        return tuple(page.title for page in self._page_types.values())

    @property
    def is_busy(self) -> bool:
        """True while work shows itself in the strip."""
        return self._strip.isVisibleTo(self)

    def show_theme(self, theme: Theme) -> None:
        """Other colours or another text size."""
        self.context.theme = theme
        self.sidebar.show_theme(theme)
        self.events.theme_changed.emit(theme)

    # what pages ask through their context

    def show_page(self, page_id: str, where: Mapping[str, object] | None = None) -> None:
        """Go to a page; the way back leads to where one was."""
        place = Place(page_id, dict(where or {}))
        if self._here is not None and place != self._here:
            self._past.append(self._here)
            self._future.clear()
        self._go(place)

    def show_entry(self, entry_id: EntryId, find: str = "") -> None:
        """Show an entry on the page where its kind lives, or in its form; `find` is what was searched for."""
        try:
            entry = entries.get(self.context.record, entry_id)
        except OrganizerError as error:
            self.show_error(error)
            return
        if entry.person != self.context.person:
            self.choose_person(entry.person)
        home = self._page_types.get(find_kind(entry.kind).page.partition("/")[0])
        if home is None:
            self.show_form(entry, entry.kind, {}, None)
        else:
            self.show_page(home.id, {"entry": entry_id, "find": find} if find else {"entry": entry_id})

    def show_source(self, entry: Entry) -> None:
        """Show the original at the place where the entry stands."""
        source = next((origin for origin in entry.sources if origin.document), None)
        if source is None:
            self.show_toast(_("This was typed in; there is no document behind it."), None)
            return
        page = source.locator.partition("page=")[2].partition("&")[0]
        where: dict[str, object] = {"sha": source.document, "entry": entry.id}
        if page.isdecimal():
            where["page"] = int(page)
        self.show_page("documents", where)

    def show_form(
        self,
        entry: Entry | None,
        kind: str,
        preset: Mapping[str, str] | None = None,
        after: Callable[[Changes], None] | None = None,
    ) -> None:
        """Open the form of an entry, or of a new one of that kind."""
        EntryDialog(self.context, entry, kind, preset or {}, after, self).open()

    def ask_add(self) -> None:
        """Ask what to add, then open its form."""
        menu = AddMenu(self.context, self)
        middle = (self.stack.width() - menu.sizeHint().width()) // 2
        menu.popup(self.stack.mapToGlobal(QPoint(middle, BELOW_TITLE)))

    def ask_import(self, paths: Sequence[Path]) -> None:
        """Read files as a job, then show what they would bring."""
        from ui.pages.documents.import_review.run import start  # brings the readers in: only now, not at start-up

        start(self.context, paths, self)

    def ask_export(self) -> None:
        """Ask in which form the record goes elsewhere."""
        from ui.shell.export_dialog import ExportDialog  # brings the writers in: only now, not at start-up

        ExportDialog(self.context, self).open()

    def show_toast(self, text: str, undo: Callable[[], None] | None) -> None:
        """Say something in passing."""
        self.toast.say(text, undo)

    def ask_where(self, parent: QWidget, title: str, name: str, kind: str = "", replaces: bool = True) -> Path | None:
        """Ask where to save a file of that name, beginning in the folder of the last one."""
        return self.folders.ask_where(parent, title, name, kind, replaces)

    def show_saved(self, text: str, path: Path) -> None:
        """Say that a file was saved, with buttons to see it."""
        self.toast.say(text, None, ways_to(path, self.print_document))

    def show_error(self, error: OrganizerError) -> None:
        """Say what went wrong and what to do next."""
        show_error(self, error)

    # what keys and the sidebar ask

    def undo(self) -> None:
        """Take the last operation back."""
        undo_actions.undo(self.context)

    def redo(self) -> None:
        """Bring back what was undone."""
        undo_actions.redo(self.context)

    def history(self) -> None:
        """All that was done; the record is taken back to any step."""
        from ui.shell.history_dialog import HistoryDialog  # rarely wanted, never in the first picture

        HistoryDialog(self.context, self).open()

    def back(self) -> None:
        """Go to where one was before."""
        if self._past and self._here is not None:
            self._future.append(self._here)
            self._go(self._past.pop())

    def forward(self) -> None:
        """Go again to where one came back from."""
        if self._future and self._here is not None:
            self._past.append(self._here)
            self._go(self._future.pop())

    def go_to_number(self, number: int) -> None:
        """The page at that place of the sidebar, counted from 1."""
        names = list(self._page_types)
        if number <= len(names):
            self.show_page(names[number - 1])

    def search(self) -> None:
        """Find anything."""
        Palette(self.context, list(self._page_types.values()), self).open()

    def choose_person(self, person: PersonId) -> None:
        """Show another person; the way back would lead to the one before, so it is forgotten."""
        self._past.clear()
        self._future.clear()
        self.context.choose_person(person)
        self._show_people()

    def choose_import(self) -> None:
        """Ask which files."""
        paths = self.folders.ask_files(self, _("Import files"))
        if paths:
            self.ask_import(paths)

    def choose_import_folder(self) -> None:
        """Ask which folder."""
        paths = self.folders.ask_folder(self, _("Import a folder"))
        if paths:
            self.ask_import(paths)

    def paste(self) -> None:
        """Import the files or the picture that was copied."""
        paths = self.pasted.files(QGuiApplication.clipboard().mimeData())
        if paths:
            self.ask_import(paths)
        else:
            self.show_toast(_("Nothing that can be imported was copied. Copy files or a picture first."), None)

    def print_document(self, data: bytes, name: str) -> None:
        """Ask which printer, then print a document's own pages."""
        from ui.shell.paper import ask_printer  # rarely wanted, never in the first picture

        ask_printer(self.context, data, name, self)

    def print_page(self) -> None:
        """Print what the page in front shows, of a document its own pages; the dialog also offers a PDF file."""
        paper = self.page.paper()
        if paper is not None:
            self.print_document(*paper)
            return
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # rarely wanted, never in the first picture

        from ui.shell.printing import in_ink, print_on

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if not printer.isValid():  # no printer is known here: a file is what remains
            self.save_page()
            return
        if QPrintDialog(printer, self).exec():
            page = self.page
            in_ink(page, lambda: print_on(printer, page.inside))

    def save_page(self) -> None:
        """Save what the page in front shows as a PDF."""
        from ui.shell.printing import in_ink, save_pdf

        page, title = self.page, _(self.page.title)
        proposed = harmless_name(f"{title}.pdf", "Casebook.pdf")
        out = self.ask_where(self, _("Save as PDF"), proposed, _("PDF (*.pdf)"))
        if out is not None:

            def _save() -> None:
                save_pdf(out, page.inside, title)
                self.show_saved(_("Saved {file}").format(file=out.name), out)

            in_ink(page, _save)

    def pin(self) -> None:
        """Pin or unpin the measure at hand."""
        if not self.page.pin():
            words = _("Measures can be pinned: go to one on “Tests & imaging”, or open it, then press again.")
            self.show_toast(words, None)

    def page_help(self) -> None:
        """The guide's page for the page in front, below the short help."""
        from ui.shell.guide import GuideDialog  # rarely wanted, never in the first picture

        page = self.page
        GuideDialog(self.context.theme, self, page.guide, _(page.help)).open()

    def show_about(self) -> None:
        """Version and licences."""
        self.about_wanted.emit()

    def do(self, action: str) -> None:
        """Carry out an action of SHORTCUTS."""
        self.command_wanted.emit(action)

    @property
    def page(self) -> Page:
        """The page in front."""
        page = self.stack.currentWidget()
        assert isinstance(page, Page)
        return page

    def _go(self, place: Place) -> None:
        if place.page not in self._page_types:
            return
        self._here = place
        page = self._made(place.page)
        page.open(**place.where)  # before it comes into sight: then it reads once
        self.stack.setCurrentWidget(page)
        self.sidebar.show_page(place.page)
        self.page_shown.emit(page.place)
        announce(page, _(page.title))

    def _made(self, page_id: str) -> Page:
        """Pages are made when they are first looked at."""
        if page_id not in self._pages:
            page = self._pages[page_id] = self._page_types[page_id](self.context)
            page.moved.connect(lambda: self.page_shown.emit(page.place))
            self.stack.addWidget(self._pages[page_id])
        return self._pages[page_id]

    def _show_people(self) -> None:
        self.sidebar.show_people(people.people(self.context.record), self.context.person_entry)

    def _on_changed(self, changes: Changes) -> None:
        if not changes.touches("Patient"):
            return
        everybody = people.people(self.context.record)
        if any(entry.id == self.context.person for entry in everybody):
            self.context.read_person_again()
            self._show_people()
        elif everybody:
            self.choose_person(everybody[0].person)

    def _wire(self) -> None:
        self.sidebar.page_chosen.connect(self.show_page)
        self.sidebar.person_chosen.connect(self.choose_person)
        self.sidebar.person_wanted.connect(lambda: self.show_form(None, "Patient"))
        self.sidebar.search_wanted.connect(self.search)
        self.sidebar.lock_wanted.connect(self.lock_wanted)
        self.sidebar.safekeeping_wanted.connect(self.safekeeping_wanted)
        self.sidebar.about_wanted.connect(self.about_wanted)
        self.sidebar.folded.connect(self.fold_wanted)
        self.events.changed.connect(self._on_changed)

    def _lay_out(self, record: Record) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        if records.is_sample(record):
            banner = SampleBanner(records.as_of(record))
            banner.own_wanted.connect(self.own_record_wanted)
            banner.removal_wanted.connect(self.sample_removal_wanted)
            right.addWidget(banner)
        if tool := synced_by(record.path):
            words = _("{tool} copies this record’s folder, which can damage it. Lock it, then move it elsewhere.")
            right.addWidget(notice(words.format(tool=tool)))
        right.addWidget(self.stack, 1)
        right.addWidget(self._strip)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(right, 1)
