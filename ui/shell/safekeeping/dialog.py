"""The place where a record is kept safe: backed up, put back, checked; its keys, its locking, and its end."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from organizer.base.errors import OrganizerError
from organizer.base.i18n import _, ngettext
from organizer.base.progress import Progress
from organizer.services.record import backups, records, verifying
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card
from ui.look.widgets.dialogs import Dialog, resize_within
from ui.look.widgets.labels import label
from ui.look.widgets.scrolling import scrolling
from ui.shell.context import Context
from ui.shell.erase_dialog import ask_record
from ui.shell.guide import RECOVERY, GuideDialog
from ui.shell.safekeeping.keys import CodeShown, NewPassphrase, NewRecoveryCode
from ui.shell.safekeeping.restore import RestoreDialog, backup_filter
from ui.shell.settings_dialog import minutes_choice
from ui.shell.welcome.screen import usual_place

SIZE = (620, 820)


class Safekeeping(Dialog):
    """The work itself runs as a job of the desk, so that the dialog may be closed meanwhile.

    `minutes_chosen` carries after how long the record locks; `open_wanted` the folder of a restored record;
    `erase_wanted` says that the whole record goes, `lock_wanted` that it has new keys and must be opened anew.
    """

    minutes_chosen = Signal(int)
    open_wanted = Signal(object)
    erase_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, context: Context, minutes: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle(_("Keep the record safe"))
        self.setAccessibleName(self.windowTitle())
        self.last, self.place = label("", "strong"), label("", "second")
        self.verdict = label("", "second")
        self.backup_button = self._button(_("Back up now"), self._back_up, "primary", "download")
        self.other_button = self._button(_("Back up into another folder…"), self._choose_folder, "quiet")
        self.file_button = self._button(_("Back up into one file…"), self._choose_backup_file, "quiet")
        self.restore_button = self._button(_("Put a backup back…"), self.ask_restore, icon_name="history")
        self.join_button = self._button(_("Join another copy…"), self._choose_copy, icon_name="users")
        self.passphrase_button = self._button(_("Change the passphrase…"), self._change_passphrase)
        self.code_button = self._button(_("New recovery code…"), self._new_code)
        self.verify_button = self._button(_("Check everything"), self.verify, icon_name="shield")
        self.settle_button = self._button(_("What was missing is entered again"), self._settle, "quiet", "check")
        self.settle_button.hide()
        self.erase_button = self._button(_("Erase this record…"), self._erase, icon_name="trash-2")
        self.close_button = self._button(_("Close"), self.accept)
        self.minutes = minutes_choice(minutes)
        self.minutes.chosen.connect(lambda key: self.minutes_chosen.emit(int(key)))
        self._lay_out()
        self._tell()
        resize_within(self, *(context.theme.px(length) for length in SIZE))

    # backups

    def back_up(self, out: Path) -> None:
        """Write the backup and say so; the record can be worked with meanwhile."""
        context, record = self._context, self._context.record

        def work(progress: Progress) -> backups.Made:
            with records.on_worker(record) as worker:
                return backups.make(worker, out, progress)

        def done(made: backups.Made) -> None:
            if isValid(self):
                self._tell()
            context.toast(_("Backup written and read back: {name}").format(name=made.path.name))

        context.jobs.run(_("Backing up"), work, done, self._refused)

    def ask_restore(self) -> RestoreDialog:
        """Ask which backup and where to."""
        dialog = RestoreDialog(self._context.theme, self._context.jobs, self)
        dialog.open_wanted.connect(self.open_wanted)
        dialog.open()
        return dialog

    def _back_up(self) -> None:
        folder = backups.usual_folder(self._context.record)
        if folder is None:
            self._choose_folder()
        elif folder.is_dir():
            self.back_up(folder)
        else:
            step = _("Connect the disk, or choose another folder.")
            self._context.show_error(OrganizerError(_("“{name}” isn’t there now.").format(name=folder), step))

    def _choose_folder(self) -> None:
        start = backups.usual_folder(self._context.record) or usual_place()
        name = QFileDialog.getExistingDirectory(self, _("Into which folder do the backups go?"), str(start))
        if name:
            self.back_up(Path(name))

    def _choose_backup_file(self) -> None:
        """One file with everything, to be given to somebody or carried away."""
        record = self._context.record
        proposed = usual_place() / f"{record.path.stem}{backups.SUFFIX}"
        name, _kind = QFileDialog.getSaveFileName(self, _("Back up into one file"), str(proposed), backup_filter())
        if name:
            file = Path(name)
            self.back_up(file if file.suffix else file.with_name(file.name + backups.SUFFIX))

    def _tell(self) -> None:
        record = self._context.record
        moment, folder = backups.last_backup(record), backups.usual_folder(record)
        words = _("No backup was made yet.")
        if moment:
            when = datetime.fromisoformat(moment).astimezone()
            words = _("Last backup: {when}").format(when=f"{when.day} {when:%B %Y, %H:%M}")
        self.last.setText(words)
        place = _("Backups are encrypted, in a folder of their own; best on another disk.")
        if folder is not None:
            place = _(
                "Goes to {folder}, into a folder of its own: copy that one as a whole. The newest of 7 days, 4 weeks "
                "and 12 months are kept, with each document once."
            ).format(folder=folder)
        self.place.setText(place)
        self.other_button.setVisible(folder is not None)

    # another copy

    def join(self, file: Path) -> None:
        """Look at what somebody else's copy of the record would bring."""
        from ui.pages.documents.import_review.run import start  # brings the readers in: only now

        self.accept()
        start(self._context, [file], self.parentWidget() or self)

    def _choose_copy(self) -> None:
        words = _("Which backup of the other copy?")
        name, _kind = QFileDialog.getOpenFileName(self, words, str(usual_place()), backup_filter())
        if name:
            self.join(Path(name))

    # checking

    def verify(self) -> None:
        """Read every page and every document."""
        self.verdict.setText(_("Reading…"))
        self._context.read(_("Checking"), verifying.verify, self._show_verdict, self)

    def _show_verdict(self, verified: verifying.Verified) -> None:
        entries = ngettext("{n} entry", "{n} entries", verified.entries).format(n=verified.entries)
        documents = ngettext("{n} document", "{n} documents", verified.originals).format(n=verified.originals)
        well = _("All is as it was written: {entries}, {documents}.").format(entries=entries, documents=documents)
        self.verdict.setText("\n".join(verified.problems) or well)
        self.settle_button.setVisible(bool(verified.lost))

    def _settle(self) -> None:
        """Changes that were lost are told until the person has seen to them."""
        self._context.read(
            _("Checking"), lambda record, _progress: verifying.settle_lost(record), self._verify_again, self
        )

    def _verify_again(self, _none: None) -> None:
        self.settle_button.hide()
        self.verify()

    # keys

    def _change_passphrase(self) -> None:
        context = self._context
        dialog = NewPassphrase(context.record, context.theme, context.jobs, self)
        dialog.changed.connect(lambda: context.toast(_("The passphrase is changed.")))
        dialog.renewed.connect(self._show_renewed)
        dialog.open()

    def _show_renewed(self, code: str) -> None:
        """The new code, this once; the record locks when it is put away, since nothing can be written to it now."""
        card = CodeShown(code, self._context.theme, self._context.jobs, self)
        card.finished.connect(lambda _result: self.lock_wanted.emit())
        card.open()

    def _new_code(self) -> None:
        context = self._context
        dialog = NewRecoveryCode(context.record, context.theme, context.jobs, self)
        dialog.made.connect(lambda code: CodeShown(code, context.theme, context.jobs, self).open())
        dialog.open()

    def _show_guide(self) -> None:
        GuideDialog(self._context.theme, self, RECOVERY).open()

    def _erase(self) -> None:
        ask_record(self._context, self.erase_wanted.emit, self)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, OrganizerError):
            raise error
        self._context.show_error(error)

    # layout

    def _button(self, words: str, act: Callable[[], object], role: str = "", icon_name: str = "") -> QPushButton:
        made = button(words, self._context.theme, act, role, icon_name)
        made.setAutoDefault(False)
        return made

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 24, 24, 12)
        column.setSpacing(12)
        column.addWidget(label(_("Keep the record safe"), "title"))
        promise = _("It is encrypted. Nobody opens it without the passphrase or the recovery code, neither can we.")
        column.addWidget(label(promise, "second"))
        for card in self._cards():
            column.addWidget(card)
        column.addStretch()
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 8, 24, 24)
        foot.addWidget(self.erase_button)
        foot.addStretch()
        foot.addWidget(self.close_button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(inside, self.windowTitle()), 1)
        outer.addLayout(foot)

    def _cards(self) -> list[Card]:
        backup = _card(_("Backup"), self.last, self.place)
        backup.body.addLayout(_row(self.backup_button, self.restore_button))
        guide = self._button(_("How this works"), self._show_guide, "quiet", "info")
        backup.body.addLayout(_row(self.file_button, self.other_button))
        backup.body.addLayout(_row(guide))
        keys_told = _("Keep the recovery code on paper, away from this computer.")
        keys = _card(_("Passphrase and recovery code"), label(keys_told, "second"))
        keys.body.addLayout(_row(self.passphrase_button, self.code_button))
        locking_told = _("After this long without a key or the pointer; when the computer sleeps; and with Ctrl+L.")
        locking = _card(_("Lock by itself"), label(locking_told, "second"))
        locking.body.addLayout(_row(self.minutes))
        checking = _card(_("Is everything as it was written?"), self.verdict)
        self.verdict.setText(_("Reads every page and every document, and names what is damaged."))
        checking.body.addLayout(_row(self.verify_button, self.settle_button))
        copies_told = _(
            "Somebody else keeps a copy and wrote in it? Take a backup of theirs: what is new there comes in, "
            "and what you both changed is shown to you."
        )
        copies = _card(_("Two copies of this record"), label(copies_told, "second"))
        copies.body.addLayout(_row(self.join_button))
        return [backup, copies, keys, locking, checking]


def _card(title: str, *lines: QWidget) -> Card:
    card = Card(title)
    for line in lines:
        card.body.addWidget(line)
    card.body.addSpacing(4)
    return card


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch()
    return row
