"""The passphrase of a record, or its recovery code."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from organizer.base.i18n import _, pgettext
from ui.look.theme import Theme
from ui.look.widgets.buttons import button
from ui.shell.welcome.fields import field_label, hide_secrets, secret_field
from ui.shell.welcome.screen import Screen


class UnlockScreen(Screen):
    """`passphrase_given` and `code_given` carry the folder and the secret."""

    passphrase_given = Signal(object, str)
    code_given = Signal(object, str)
    back_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Open the record"), _("It is encrypted. Only its passphrase opens it."))
        self.folder = Path()
        self._by_code = False
        self.field = secret_field(_("Passphrase"), theme)
        self.code = QLineEdit()
        self.code.setAccessibleName(_("Recovery code"))
        self.code.setPlaceholderText(_("As you wrote it down; spaces don’t matter"))
        self._field_label = field_label(_("Passphrase"), self.field)
        self.open_button = button(pgettext("button", "Open"), theme, self._give, "primary", "lock-open")
        self.other_button = button(_("Use the recovery code instead"), theme, self._turn, "quiet")
        back = button(_("Back"), theme, self.back_wanted.emit)
        self.field.returnPressed.connect(self._give)
        self.code.returnPressed.connect(self._give)
        for widget in (self._field_label, self.field, self.code, self.error):
            self.column.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(back)
        row.addStretch()
        row.addWidget(self.open_button)
        self.column.addLayout(row)
        self.column.addWidget(self.other_button)
        self.ask_for(Path())

    def ask_for(self, folder: Path) -> None:
        """Ask for the passphrase of the record in that folder."""
        self.forget()
        self.folder, self._by_code = folder, False
        self.title.setText(folder.stem or _("Open the record"))
        self.setAccessibleName(_("Open the record {name}").format(name=folder.stem))
        self._show_way()

    def refuse(self, message: str) -> None:
        """Say calmly that it didn't open; what was typed is marked, so that typing replaces it."""
        self.set_busy(False)
        self.say(message)
        field = self._current()
        field.setAccessibleDescription(message)
        field.setFocus()
        field.selectAll()

    def set_busy(self, busy: bool) -> None:
        """Opening takes about a second, on purpose: guessing is slow."""
        self.open_button.setText(_("Opening…") if busy else pgettext("button", "Open"))
        for widget in (self.open_button, self.other_button, self.field, self.code):
            widget.setEnabled(not busy)

    def forget(self) -> None:
        super().forget()
        hide_secrets([self.field])
        self.set_busy(False)

    def _current(self) -> QLineEdit:
        return self.code if self._by_code else self.field

    def _turn(self) -> None:
        self._by_code = not self._by_code
        self.say("")
        self._show_way()

    def _show_way(self) -> None:
        self.field.setVisible(not self._by_code)
        self.code.setVisible(self._by_code)
        self._field_label.setText(_("Recovery code") if self._by_code else _("Passphrase"))
        words = _("Use the passphrase instead") if self._by_code else _("Use the recovery code instead")
        self.other_button.setText(words)
        self.other_button.setAccessibleName(words)
        self._current().setFocus()

    def _give(self) -> None:
        text = self._current().text()
        if not text.strip():
            self.refuse(_("Type the recovery code.") if self._by_code else _("Type the passphrase."))
            return
        self.say("")
        self.set_busy(True)
        (self.code_given if self._by_code else self.passphrase_given).emit(self.folder, text)
