"""One entry in a dialog: its form, where it stands written, and what it was before."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMenu, QMessageBox, QPushButton, QVBoxLayout
from PySide6.QtWidgets import QWidget as Widget

from organizer.base.dates import parse_date
from organizer.base.errors import InvalidEntryError
from organizer.base.i18n import _
from organizer.health.titles import plain_title
from organizer.model.entry import Changes, Entry, Source
from organizer.model.ids import PersonId, person_id
from organizer.model.kinds import find_kind
from organizer.services.entries import choices, entries, moving
from organizer.services.record import people
from organizer.services.record.drafts import Draft
from ui.entries.forms.entry_form import EntryForm, stored_text
from ui.look.widgets.dialogs import Dialog, resize_within
from ui.look.widgets.labels import label as words_label
from ui.look.widgets.scrolling import scrolling
from ui.shell.context import Context


class EntryDialog(Dialog):
    """Add an entry (`entry` None) or change one. `after` is told what was written."""

    def __init__(
        self,
        context: Context,
        entry: Entry | None,
        kind_name: str,
        preset: Mapping[str, str],
        after: Callable[[Changes], None] | None,
        parent: Widget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._entry, self._after = context, entry, after
        self.kind = find_kind(kind_name)
        self.form = EntryForm(self.kind)
        self.form.offer(choices.choices(context.record, person_id(context.person), self.kind))
        label = _(self.kind.label)
        self.setWindowTitle(plain_title(entry) if entry else _("Add: {kind}").format(kind=label))
        self.setAccessibleName(self.windowTitle())
        self._lay_out(label)
        self._fill(preset)
        resize_within(self, self.fontMetrics().averageCharWidth() * 88, self.fontMetrics().height() * 36)
        self.form.focus_first()

    def save(self) -> None:
        """Write what was typed and close; a wrong field is shown instead, with the focus on it."""
        if self._saved():
            super().accept()

    def save_and_go_on(self) -> None:
        """Write what was typed, and empty the form for the next of its kind; its day stays, as in a pile of papers."""
        day = self.form.texts().get("happened", "")
        if not self._saved():
            return
        self.form.fill({"happened": day})
        self.form.offer(choices.choices(self._context.record, person_id(self._context.person), self.kind))
        self.form.focus_first()

    def _saved(self) -> bool:
        """Whether all that was typed stands in the record now."""
        if not self.form.check():
            return False
        try:
            changes = self._write()
        except InvalidEntryError as error:
            if not self.form.refuse(error):
                self._context.show_error(error)
            return False
        if changes is not None:
            self._context.announce(changes)
            if self._after is not None:
                self._after(changes)
        return True

    def accept(self) -> None:
        """Enter saves."""
        self.save()

    def reject(self) -> None:
        """Typed text is the only thing here that undo can't bring back, so it is asked about."""
        if not self.form.changes() or self._may_discard():
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.reject()

    def remove(self) -> None:
        """Take the entry out of the record; the toast brings it back."""
        entry = self._entry
        if entry is not None and self._context.write(lambda: entries.remove(self._context.record, [entry.id])):
            super().reject()

    def _others(self) -> list[Entry]:
        """The people of the record whose the entry isn't."""
        whose = self._entry.person if self._entry else self._context.person
        return [person for person in people.people(self._context.record) if person.person != whose]

    def _mover(self) -> QPushButton:
        """To whom the entry can be given, where it came to the wrong person."""
        mover = QPushButton(_("Move to…"))
        mover.setAccessibleName(_("Move this entry to another person"))
        mover.setAutoDefault(False)
        menu = QMenu(mover)
        for person in self._others():
            menu.addAction(person.title).triggered.connect(partial(self.move_to, person.person))
        mover.setMenu(menu)
        return mover

    def move_to(self, person: PersonId, _checked: bool = False) -> None:
        """Give the entry, with what belongs to it, to another person; the toast takes it back."""
        entry = self._entry
        if entry is not None and self._context.write(lambda: moving.move(self._context.record, [entry.id], person)):
            super().reject()

    def erase(self) -> None:
        """Ask, then erase the entry so that not even undo brings it back; a person goes with all that is theirs."""
        from ui.shell.erase_dialog import ask_entry, ask_person  # rarely wanted

        if self._entry is None:
            return
        if self._entry.kind == "Patient":
            ask_person(self._context, self._entry, super().reject, self)
        else:
            ask_entry(self._context, self._entry, super().reject, self)

    def draft(self) -> Draft | None:
        """What is typed and not yet saved, to go on with after the record was locked."""
        fields = self.form.changes()
        entry = self._entry.id if self._entry else ""
        return Draft(self.kind.name, self._context.person, entry, fields) if fields else None

    def _write(self) -> Changes | None:
        changed = self.form.changes()
        record = self._context.record
        if self._entry is not None:
            return entries.edit(record, self._entry.id, changed) if changed else None
        person = "" if self.kind.name == "Patient" else self._context.person
        typed = {name: text for name, text in self.form.texts().items() if text}
        return entries.add(record, self.kind.name, person_id(person), typed)

    def _fill(self, preset: Mapping[str, str]) -> None:
        if self._entry is not None:
            entry = self._entry
            self.form.fill({name: stored_text(self.kind, entry, row.field) for name, row in self.form.rows.items()})
        for name, text in preset.items():
            if name in self.form.rows:
                self.form.rows[name].editor.set_text(text)

    def _may_discard(self) -> bool:
        box = QMessageBox(self)
        box.setWindowTitle(_("Keep what you typed?"))
        box.setText(_("Keep what you typed?"))
        save = box.addButton(_("Save"), QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton(_("Don’t save"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(_("Go on writing"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        if box.clickedButton() is save:
            self.save()
        return box.clickedButton() is discard

    def _lay_out(self, label: str) -> None:
        inside = Widget()
        inside.setObjectName("dialogBody")
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addWidget(words_label(plain_title(self._entry) if self._entry else label, "heading"))
        if self._entry is not None:
            column.addWidget(words_label(label, "second"))
        if self.kind.name != "Patient":
            whose = _("For {person}").format(person=self._context.person_entry.title)
            column.addWidget(words_label(whose, "strong"))
        column.addWidget(self.form)
        if self._entry is not None:
            column.addWidget(SourceList(self._context, self._entry, self))
            self._add_history(column)
        column.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scrolling(inside, self.windowTitle()))
        outer.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(24, 12, 24, 24)
        row.setSpacing(8)
        if self._entry is not None:
            delete = QPushButton(_("Remove"))
            delete.setAutoDefault(False)
            delete.clicked.connect(self.remove)
            row.addWidget(delete)
            if self.kind.name != "Patient" and len(self._others()) > 0:
                row.addWidget(self._mover())
            erase = QPushButton(_("Erase for good…"))
            erase.setProperty("role", "quiet")
            erase.setAutoDefault(False)
            erase.clicked.connect(self.erase)
            row.addWidget(erase)
        row.addStretch()
        cancel, save = QPushButton(_("Cancel")), QPushButton(_("Save"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        save.setDefault(True)
        save.setProperty("role", "primary")
        save.clicked.connect(self.save)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):  # as in every review, from within a field of several lines too
            QShortcut(QKeySequence(keys), self, self.save)
        row.addWidget(cancel)
        if self._entry is None and self.kind.name != "Patient":
            another = QPushButton(_("Save and add another"))
            another.setAutoDefault(False)
            another.setShortcut("Ctrl+Shift+Return")
            another.clicked.connect(self.save_and_go_on)
            row.addWidget(another)
        row.addWidget(save)
        return row

    def _add_history(self, column: QVBoxLayout) -> None:
        assert self._entry is not None
        revisions = entries.revisions(self._context.record, self._entry.id)
        if not revisions:
            return
        column.addWidget(words_label(_("History"), "heading"))
        for revision in revisions:
            when = parse_date(revision.made_at[:10])
            words = f"{when.spoken() if when else ''} · {revision.label}"
            column.addWidget(words_label(words, "second"))


class SourceList(Widget):
    """Where an entry stands written: each source in a line, with a button to open it."""

    def __init__(self, context: Context, entry: Entry, dialog: QDialog) -> None:
        super().__init__()
        self._context, self._entry, self._dialog = context, entry, dialog
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(words_label(_("Where this comes from"), "heading"))
        for source in entry.sources:
            column.addLayout(self._row(source))

    def _row(self, source: Source) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(words_label(source_words(source), "second"), 1)
        if source.document:
            button = QPushButton(_("Open source"))
            button.setAutoDefault(False)
            button.setAccessibleName(_("Open source: {name}").format(name=source.file_name))
            button.clicked.connect(lambda: self._open(source))
            row.addWidget(button)
        return row

    def _open(self, source: Source) -> None:
        self._dialog.reject()
        self._context.show_source(self._entry.having(sources=(source,)))


def source_words(source: Source) -> str:
    """A source in plain words: the file's name and the day it came, or that it was typed in."""
    when = parse_date(source.recorded_at[:10])
    day = when.spoken() if when else ""
    if not source.document:
        return _("Typed in on {day}").format(day=day) if day else _("Typed in")
    page = source.locator.partition("page=")[2].partition("&")[0]
    where = _("{name}, page {page}").format(name=source.file_name, page=page) if page else source.file_name
    return _("{where} · added on {day}").format(where=where, day=day) if day else where
