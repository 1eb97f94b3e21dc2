"""The first screen: a new record, one that is there, the sample, and the records opened lately."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from organizer.base.dates import PartialDate
from organizer.base.i18n import _
from ui.look.theme import Theme
from ui.look.widgets.buttons import button, icon_button
from ui.look.widgets.card import Card
from ui.look.widgets.emptying import empty
from ui.look.widgets.labels import label
from ui.look.widgets.plain import hint
from ui.shell.welcome.screen import Screen


class StartScreen(Screen):
    """Says what was chosen; the first screen does it."""

    new_wanted = Signal()
    open_wanted = Signal()
    restore_wanted = Signal()
    sample_wanted = Signal()
    settings_wanted = Signal()
    recent_chosen = Signal(object)
    recent_dropped = Signal(object)

    def __init__(self, theme: Theme, recent: Sequence[str]) -> None:
        super().__init__(
            theme, _("Casebook"), _("Your health records in order, on this computer only. Nothing is sent anywhere.")
        )
        self.new_button = button(_("New record"), theme, self.new_wanted.emit, "primary", "plus")
        self.open_button = button(_("Open a record…"), theme, self.open_wanted.emit, icon_name="folder-open")
        self.sample_button = button(_("Look around with the sample"), theme, self.sample_wanted.emit, icon_name="eye")
        self.restore_button = button(_("Put a backup back…"), theme, self.restore_wanted.emit, icon_name="history")
        self.settings_button = button(
            _("Language, text size, colours…"), theme, self.settings_wanted.emit, "quiet", "settings"
        )
        self._recent = Card(_("Opened lately"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self._recent.body.addLayout(self._rows)
        self.column.addWidget(self._recent)
        for choice in (self.new_button, self.open_button, self.restore_button, self.sample_button):
            self.column.addWidget(choice)
        self.column.addWidget(label(_("The sample is a made-up person. It stays apart from your own record."), "small"))
        self.column.addWidget(self.error)
        self.column.addWidget(self.settings_button)
        self.show_recent(recent)

    def show_recent(self, recent: Sequence[str]) -> None:
        """List the records opened lately; one that is gone says so."""
        self.recent = tuple(recent)
        empty(self._rows)
        for text in recent:
            self._rows.addWidget(self._row(Path(text)))
        self._recent.setVisible(bool(recent))
        self._begin_with_the_last()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._begin_with_the_last()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what Space does: nothing else is waiting for it on this screen."""
        chosen = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(chosen, QPushButton):
            chosen.click()
        else:
            super().keyPressEvent(event)

    def _begin_with_the_last(self) -> None:
        """The record opened last has the focus, so that Enter asks for its passphrase; else a new one is offered."""
        known = self._recent.findChildren(QPushButton, options=Qt.FindChildOption.FindChildrenRecursively)
        first = next((choice for choice in known if choice.isEnabled()), self.new_button)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, folder: Path) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        there = folder.is_dir()
        name = _last_used(folder) if there else _("{name} – not where it was").format(name=folder.stem)
        choose = button(name, self.theme, lambda: self.recent_chosen.emit(folder), "row", "lock")
        choose.setToolTip(hint(str(folder)))
        choose.setEnabled(there)
        row.addWidget(choose, 1)
        if not there:
            words = _("Take {name} off this list").format(name=folder.stem)
            row.addWidget(icon_button("x", words, self.theme, lambda: self.recent_dropped.emit(folder)))
        return holder


def _last_used(folder: Path) -> str:
    """The record's name and the day on which it was written last; of a person the folder's name tells nothing."""
    try:
        moment = datetime.fromtimestamp((folder / "record.db").stat().st_mtime, tz=UTC).astimezone()
    except OSError:
        return folder.stem
    day = PartialDate(moment.date().isoformat()).spoken()
    return _("{name} – changed {day}").format(name=folder.stem, day=day)
