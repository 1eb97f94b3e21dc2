"""Erasing for good is asked about: what goes, what stays, and that nothing brings it back."""

from collections.abc import Callable

from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QCheckBox, QWidget

from organizer.base.i18n import _, ngettext
from organizer.base.progress import Progress
from organizer.health.titles import plain_title
from organizer.model.entry import Changes, Entry
from organizer.model.ids import PersonId
from organizer.services.entries import documents
from organizer.services.record import backups, erasing
from organizer.services.record.erasing import Erased, Going
from organizer.services.record.records import Record
from ui.look.widgets.card import notice
from ui.look.widgets.labels import label
from ui.shell.context import Context
from ui.shell.safekeeping.asking import Asking

MOST_NAMED = 6


class EraseDialog(Asking):
    """`erase` is called once the person has agreed; Enter never agrees."""

    def __init__(
        self, context: Context, title: str, lines: list[str], erase: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(context.theme, context.jobs, title, "", parent)
        self._erase = erase
        for line in lines:
            self.column.addWidget(label(line))
        self.column.addSpacing(4)
        self.column.addWidget(notice(_("This can’t be undone. Erased is erased: no undo, no search, no history.")))
        self.column.addWidget(label(_backups_in_words(context.record), "second"))
        self.sure = QCheckBox(_("I understand that it can’t be brought back"))
        self.sure.setAccessibleName(self.sure.text())
        self.column.addWidget(self.sure)
        self.erase_button = self.add_foot(_("Erase for good"), self.take, "trash-2", "secondary")
        self.erase_button.setAutoDefault(False)
        self.erase_button.setEnabled(False)
        self.sure.toggled.connect(self.erase_button.setEnabled)
        self.cancel_button.setText(_("Keep it"))
        self.cancel_button.setDefault(True)

    def take(self) -> None:
        """Agreed."""
        if self.sure.isChecked():
            self.accept()
            self._erase()


def ask_entry(context: Context, entry: Entry, gone: Callable[[], None], parent: QWidget) -> None:
    """Ask, then erase an entry with all it was before; `gone` is called before it goes."""
    going = erasing.going_with(context.record, entry.id)

    def _erase() -> None:
        gone()
        _run(context, entry, lambda record: erasing.entries(record, [entry.id]))

    title = _("Erase “{title}” for good?").format(title=plain_title(entry))
    EraseDialog(context, title, _consequences(going), _erase, parent).open()


def ask_person(context: Context, person: Entry, gone: Callable[[], None], parent: QWidget) -> None:
    """Ask, then erase a person with every entry of theirs; `gone` is called before they go."""
    going = erasing.going_with(context.record, person.id)
    title = _("Erase {name} and all their records for good?").format(name=person.title)

    def _erase() -> None:
        gone()
        _run(context, person, lambda record: erasing.person(record, person.id))

    EraseDialog(context, title, _consequences(going), _erase, parent).open()


def ask_record(context: Context, erase: Callable[[], None], parent: QWidget) -> None:
    """Ask, then leave it to the window to close and erase the record."""
    title = _("Erase the whole record “{name}” for good?").format(name=context.record.path.stem)
    lines = [_("Everybody in it, every entry, every document and its keys: the folder itself is removed.")]
    EraseDialog(context, title, lines, erase, parent).open()


def _run(context: Context, entry: Entry, erase: Callable[[Record], Erased]) -> None:
    def work(record: Record, _progress: Progress) -> Erased:
        return erase(record)

    def done(erased: Erased) -> None:
        documents.forget()
        QPixmapCache.clear()
        person = frozenset({entry.person or PersonId(entry.id)})
        context.events.changed.emit(Changes("", {entry.kind: erased.entries}, person, (entry.id,)))
        context.toast(ngettext("{n} entry erased for good", "{n} entries erased for good", erased.entries)
                      .format(n=erased.entries))  # fmt: skip

    context.read(_("Erasing"), work, done)


def _consequences(going: Going) -> list[str]:
    """What goes and what stays, in sentences."""
    entries = ngettext("{n} entry, with everything it was before.", "{n} entries, with everything they were before.",
                       going.entries).format(n=going.entries)  # fmt: skip
    lines = [entries]
    if going.documents:
        lines.append(_("Documents that go too: {names}").format(names=_named(going.documents)))
    if going.kept_documents:
        words = _("Documents that stay, because other entries rest on them: {names}")
        lines.append(words.format(names=_named(going.kept_documents)))
    return lines


def _named(names: tuple[str, ...]) -> str:
    more = len(names) - MOST_NAMED
    shown = ", ".join(names[:MOST_NAMED])
    return _("{names} and {n} more").format(names=shown, n=more) if more > 0 else shown


def _backups_in_words(record: Record) -> str:
    if not backups.last_backup(record):
        return _("No backup was made of this record.")
    return _("Backups made before keep their own copy until you delete those files.")
