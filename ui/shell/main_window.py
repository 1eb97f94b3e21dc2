"""The window: the first screen, where a record is made or unlocked, then its desk. Keys, look, size, locking."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRect, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QPixmapCache,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QMessageBox, QStackedWidget

from organizer.base import settings as stored_settings
from organizer.base import writing
from organizer.base.i18n import _
from organizer.base.paths import remove_folder
from organizer.base.settings import Settings
from ui.look.style_sheet import style_sheet
from ui.look.theme import accessibility_hints, next_scale, wanted_theme
from ui.look.widgets.drop_frame import DropFrame
from ui.shell import memory
from ui.shell.clipboard import ClipboardWatch
from ui.shell.idle import IdleWatch
from ui.shell.opening import Opening
from ui.shell.shortcuts import SHORTCUTS, page_shortcut
from ui.shell.speaking import speak_chosen
from ui.shell.welcome.first_screen import FirstScreen, sample_folder

if TYPE_CHECKING:
    from organizer.services.record.records import Record
    from ui.shell.desk import Desk
    from ui.shell.menu_bar import MenuBar
    from ui.shell.sleep import SleepWatch

NAME = "Casebook"
FIRST_SIZE = (1280, 800)
TITLE_BAR = 40  # pixels above the window that belong to it: how many is known only once it is shown
NEED_A_RECORD = ("safekeeping", "lock")
RAIL_BELOW = 1000  # narrower than this at 100 % text, the sidebar folds by itself


class MainWindow(QMainWindow):
    """Owns the settings and the look. `desk` is there while a record is open."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.theme = wanted_theme(settings)
        self.desk: Desk | None = None
        self._folder = Path()
        self._hand_folded: bool | None = settings.rail or None
        self.setWindowTitle(NAME)
        self.setAcceptDrops(True)
        self.setMinimumSize(480, 360)
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self._drop_frame = DropFrame(self)
        self._draw_look()
        self.first_screen = FirstScreen(self.theme, settings.recent)
        self.first_screen.opened.connect(self.show_record)
        self.first_screen.recent_dropped.connect(self._drop_recent)
        self.first_screen.settings_wanted.connect(self.show_settings)
        self.opening = Opening(self, self)
        self.first_screen.waiting.dropped.connect(self.opening.forget_files)
        self._stack.addWidget(self.first_screen)
        self._idle = IdleWatch(settings.idle_minutes, self.lock_by_itself, self.tidy_record, self)
        self._idle.lock_wanted.connect(self.lock)
        self._idle.locks_soon.connect(self._say_lock_comes)
        self._clipboard = ClipboardWatch(self)
        self._sleep: SleepWatch | None = None
        self._language_waits = False
        self._bind_keys()
        self.commands: MenuBar | None = None
        QTimer.singleShot(0, self._show_menus)  # after the first picture
        self._restore_place()
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _scheme: self.change())
        accessibility_hints().contrastPreferenceChanged.connect(lambda _preference: self.change())

    # records

    def show_record(self, record: "Record", folder: Path) -> None:
        """Put an open record on the desk."""
        # The pages and services behind them are not needed for the first picture.
        from organizer.services.bring_in import recognition
        from ui.shell.desk import Desk
        from ui.shell.sleep import SleepWatch

        if self._sleep is None:
            self._sleep = SleepWatch(self)
            self._sleep.falls_asleep.connect(self.lock_by_itself)
            self._sleep.screen_locked.connect(self.lock_by_itself)
        self._folder = folder
        recognition.read_in(self.settings.read_in)
        self.desk = Desk(record, self.theme)
        self.desk.context.widths.load(self.settings.columns)
        self.desk.context.widths.changed.connect(lambda widths: self.change(columns=widths))
        self._stack.addWidget(self.desk)
        self._stack.setCurrentWidget(self.desk)
        self.desk.lock_wanted.connect(self.lock)
        self.desk.safekeeping_wanted.connect(self.safekeeping)
        self.desk.about_wanted.connect(self.about)
        self.desk.command_wanted.connect(self.do)
        self.desk.own_record_wanted.connect(self._make_own)
        self.desk.sample_removal_wanted.connect(self._remove_sample)
        self.desk.fold_wanted.connect(self._fold)
        self.desk.page_shown.connect(lambda page: self.change(page=page))
        if folder != sample_folder():
            self.keep(self.settings.with_recent(folder))
        self._fit_sidebar()
        self.desk.show_first(self.settings.page)
        self.desk.show_notices()
        self.desk.show_draft()
        self.opening.record_shown()
        self._show_pages()

    def lock(self) -> None:
        """Close the record and ask for its passphrase again; nothing of it stays in the window."""
        if self.desk is not None and self._may_stop():
            self.desk.keep_draft()
            self._close_questions(self._lock_now)

    def _say_lock_comes(self) -> None:
        if self.desk is not None:
            words = _("Nobody has touched anything for a while: the record locks in a minute.")
            self.desk.toast.say(words, None, {_("Not yet"): self._idle.stay})

    def lock_by_itself(self) -> None:
        """Nobody is there to be asked: work that shows itself is finished first."""
        if self.desk is None:
            return
        if self.desk.is_busy:
            self.desk.jobs.finished.connect(self.lock_by_itself, Qt.ConnectionType.SingleShotConnection)
        else:
            self.desk.keep_draft()
            self._close_questions(self._lock_now)

    def _close_questions(self, then: Callable[[], None]) -> None:
        """Close each open question first: what a running dialog stands on must not be taken from under it."""
        question = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        if question is None:
            then()
            return
        if isinstance(question, QDialog):
            question.done(QDialog.DialogCode.Rejected)
        else:
            question.close()
        QTimer.singleShot(0, partial(self._close_questions, then))

    def _lock_now(self) -> None:
        if self.desk is None:
            return
        self._clear_desk()
        if self._folder == sample_folder():
            self.first_screen.show_start()
        else:
            self.first_screen.ask_passphrase(self._folder)

    def _clear_desk(self) -> None:
        desk, self.desk = self.desk, None
        if desk is not None:
            desk.close_record()
            self._show_pages()
            self._stack.setCurrentWidget(self.first_screen)
            self._stack.removeWidget(desk)
            desk.hide()
            desk.deleteLater()
            QTimer.singleShot(0, memory.collect)  # once the desk is gone, what was read for it goes too
            self._clipboard.clear()
            QPixmapCache.clear()
            self.first_screen.start.show_recent(self.settings.recent)
            self._speak()

    def _make_own(self) -> None:
        if self._may_stop():
            self._clear_desk()
            self.first_screen.ask_new()

    def _remove_sample(self) -> None:
        """One click, without a question: the sample can be made again at any time."""
        if self._may_stop():
            self._clear_desk()
            remove_folder(sample_folder(), ignore_errors=True)
            self.first_screen.show_start()

    def safekeeping(self) -> None:
        """Backups, keys, locking, checking, erasing."""
        if self.desk is None:
            return
        from ui.shell.safekeeping.dialog import Safekeeping

        dialog = Safekeeping(self.desk.context, self.settings.idle_minutes, self.desk)
        dialog.minutes_chosen.connect(self._set_idle)
        dialog.open_wanted.connect(self.leave_for)
        dialog.erase_wanted.connect(self._erase_record)
        dialog.lock_wanted.connect(self.lock, Qt.ConnectionType.QueuedConnection)
        dialog.open()

    def restore(self, backup: Path) -> None:
        """Ask how that backup is put back; the record that is open stays open meanwhile."""
        if self.desk is None:
            return
        from ui.shell.safekeeping.restore import RestoreDialog

        dialog = RestoreDialog(self.theme, self.desk.jobs, self.desk)
        dialog.open_wanted.connect(self.leave_for)
        dialog.choose_file(backup)
        dialog.open()

    def tidy_record(self) -> None:
        """Nobody has touched anything for a while."""
        if self.desk is not None and not self.desk.jobs.running:
            memory.collect()
            self.desk.tidy()

    def _set_idle(self, minutes: int) -> None:
        self.keep(replace(self.settings, idle_minutes=minutes))
        self._idle.set_minutes(minutes)

    def shows(self, folder: Path) -> bool:
        """True where that folder's record is the open one."""
        return self.desk is not None and folder.resolve() == self._folder.resolve()

    def leave_for(self, folder: Path) -> None:
        """Close this record and ask for the passphrase of another."""
        if self._may_stop():

            def _leave() -> None:
                self._clear_desk()
                self.first_screen.ask_passphrase(folder)

            self._close_questions(_leave)

    def _erase_record(self) -> None:
        """The person has agreed: close the record, then take its folder away."""
        if self._may_stop():
            self._close_questions(self._erase_now)

    def _erase_now(self) -> None:
        from organizer.services.record import erasing

        folder = self._folder
        self._clear_desk()
        erasing.whole_record(folder)
        self.keep(self.settings.without_recent(folder))
        self.first_screen.start.show_recent(self.settings.recent)
        self.first_screen.show_start()
        self.first_screen.start.say(_("The record is erased."))

    def _drop_recent(self, folder: Path) -> None:
        self.keep(self.settings.without_recent(folder))
        self.first_screen.start.show_recent(self.settings.recent)

    # settings and look

    def keep(self, settings: Settings) -> None:
        """Remember settings."""
        if settings != self.settings:
            self.settings = settings
            stored_settings.save(settings)

    def change(self, **settings: object) -> None:
        """Change settings, and the look and the way of writing where they follow from them."""
        before = self.settings.writing
        self.keep(replace(self.settings, **settings))  # type: ignore[arg-type]
        theme = wanted_theme(self.settings)
        if self.settings.writing != before:
            writing.write(self.settings.writing)
            if self.desk is not None and theme == self.theme:
                self.desk.show_theme(theme)  # all that shows a date or a number is drawn anew
        if theme != self.theme:
            self.theme = theme
            self._draw_look()
            self.first_screen.show_theme(theme)
            if self.desk is not None:
                self.desk.show_theme(theme)
            self._fit_sidebar()

    def larger_text(self) -> None:
        """One step larger, up to 400 %."""
        self.change(text_scale=next_scale(self.settings.text_scale, 1))

    def smaller_text(self) -> None:
        """One step smaller."""
        self.change(text_scale=next_scale(self.settings.text_scale, -1))

    def normal_text(self) -> None:
        """Text at 100 %."""
        self.change(text_scale=1.0)

    def show_settings(self) -> None:
        """Everything that can be chosen about the program."""
        from ui.shell.settings_dialog import SettingsDialog  # rarely wanted, never in the first picture

        ways: dict[str, Callable[[], object]] = {_("All keys…"): self.shortcut_list}
        if self.desk is not None:
            ways = {
                _("Backups, passphrase, erasing…"): self.safekeeping,
                _("What a packet holds and leaves out…"): self._show_packet_choices,
                **ways,
            }
        dialog = SettingsDialog(self.settings, ways, self)
        dialog.look_chosen.connect(lambda look: self.change(look=look))
        dialog.language_chosen.connect(self._choose_language)
        dialog.scale_chosen.connect(lambda scale: self.change(text_scale=scale))
        dialog.minutes_chosen.connect(self._set_idle)
        dialog.changed.connect(lambda name, value: self.change(**{name: value}))
        dialog.open()

    def _show_packet_choices(self) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            dialog.accept()
        if self.desk is not None:
            self.desk.show_page("opinion", {"step": "packet"})

    def _choose_language(self, code: str) -> None:
        """Spoken at once where no record is open, else once it is locked: its pages are made in one language."""
        self.change(language=code)
        self._language_waits = True
        if self.desk is None:
            self._speak()

    def _speak(self) -> None:
        """Speak the language that was chosen; the screens before a record are drawn anew in it."""
        if self._language_waits:
            self._language_waits = False
            speak_chosen(self.settings)
            self.first_screen.show_theme(self.theme)
            self._show_menus()

    def shortcut_list(self) -> None:
        """All keys."""
        from ui.shell.shortcut_list import ShortcutList  # rarely wanted, never in the first picture

        titles = self.desk.page_titles if self.desk is not None else ()
        ShortcutList(titles, self).open()

    def about(self) -> None:
        """Version, licence, and whose work this stands on."""
        from ui.shell.about import About  # rarely wanted, never in the first picture

        About(self.theme, self).open()

    def fold_sidebar(self) -> None:
        """Icons only, or icons with names."""
        if self.desk is not None:
            self._fold(not self.desk.sidebar.is_rail)

    def _fold(self, rail: bool) -> None:
        self._hand_folded = rail
        self.change(rail=rail and not self._narrow)
        self._fit_sidebar()

    @property
    def _narrow(self) -> bool:
        return self.width() < RAIL_BELOW * self.theme.scale

    def _fit_sidebar(self) -> None:
        if self.desk is not None:
            rail = self._narrow if self._hand_folded is None else self._hand_folded
            if rail != self.desk.sidebar.is_rail:
                self.desk.sidebar.set_rail(rail)

    def _draw_look(self) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.setFont(self.theme.font())
        sheet = style_sheet(self.theme)
        if application.styleSheet() != sheet:  # the same words would be read and laid over every widget once more
            application.setStyleSheet(sheet)

    # keys

    def _bind_keys(self) -> None:
        for shortcut in SHORTCUTS:
            for keys in shortcut.keys:
                self._bind(keys, partial(self.do, shortcut.action))
        for number in range(1, 10):
            self._bind(page_shortcut(number), partial(self._go_to_number, number))

    def _show_menus(self) -> None:
        from ui.shell.menu_bar import MenuBar

        self.commands = MenuBar(self.do, self._go_to_number, self._can, self)
        self.setMenuBar(self.commands)
        self._show_pages()

    def _show_pages(self) -> None:
        if self.commands is not None:
            self.commands.show_pages(self.desk.page_titles if self.desk is not None else ())

    def _can(self, action: str) -> bool:
        """Whether an action of SHORTCUTS does something now: those of the desk need an open record."""
        return self.desk is not None or (hasattr(type(self), action) and action not in NEED_A_RECORD)

    def _go_to_number(self, number: int) -> None:
        if self.desk:
            self.desk.go_to_number(number)

    def do(self, action: str) -> None:
        """Carry out an action of SHORTCUTS; those of the desk do nothing while no record is open."""
        owner = self if hasattr(type(self), action) else self.desk
        if owner is not None:
            getattr(owner, action)()

    def _bind(self, keys: str, act: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(act)

    # dropped files, size, closing

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        from ui.shell.pasted import dropped_files  # with the pictures that it can save: not in the first one

        if dropped_files(event.mimeData()):
            event.acceptProposedAction()
            self._drop_frame.show_over(self.theme.color("accent"))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop_frame.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        from ui.shell.pasted import dropped_files

        self._drop_frame.hide()
        paths = dropped_files(event.mimeData())
        event.acceptProposedAction()
        self.opening.open(paths)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        was_narrow = event.oldSize().width() < RAIL_BELOW * self.theme.scale
        if was_narrow != self._narrow:
            self._hand_folded = self.settings.rail or None
        self._fit_sidebar()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_stop():
            event.ignore()
            return
        place = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        self.keep(replace(self.settings, window=place))
        self._clear_desk()
        self.first_screen.close_jobs()
        super().closeEvent(event)

    def _may_stop(self) -> bool:
        """Ask before work that shows itself is stopped; reading a page is not worth a question."""
        if self.desk is None or not self.desk.is_busy:
            return True
        box = QMessageBox(self)
        box.setWindowTitle(NAME)
        box.setText(_("Work is still going on."))
        box.setInformativeText(_("If it is stopped now, nothing of it is kept; the record stays as it was."))
        stop = box.addButton(_("Stop it"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(_("Wait"), QMessageBox.ButtonRole.RejectRole))
        box.exec()
        return box.clickedButton() is stop

    def _restore_place(self) -> None:
        self.resize(*FIRST_SIZE)
        if self.settings.window:
            self.restoreGeometry(QByteArray.fromBase64(self.settings.window.encode("ascii", "ignore")))
        bring_on_screen(self)


def bring_on_screen(window: QMainWindow) -> None:
    """A window whose screen is gone, or that is larger than its screen, comes into sight, its title bar too."""
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    own = window.geometry()
    home = next((screen for screen in screens if screen.contains(own.center())), screens[0])
    area = home.adjusted(0, TITLE_BAR, 0, 0)
    size = own.size().boundedTo(area.size())
    place = QRect(own.topLeft() if home.contains(own.center()) else area.topLeft(), size)
    place.moveTop(min(max(place.top(), area.top()), area.bottom() + 1 - size.height()))
    place.moveLeft(min(max(place.left(), area.left()), area.right() + 1 - size.width()))
    if place != own and not window.isMaximized() and not window.isFullScreen():
        window.setGeometry(place)
