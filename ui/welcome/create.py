"""A new record: whose it is, a passphrase, a place; then the recovery code, shown once."""

from pathlib import Path

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLineEdit

from organizer.base.words import _
from ui.theme import Theme
from ui.welcome.screen import Screen, field_label, hide_secrets, secret_field, usual_place
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.labels import label


class CreateScreen(Screen):
    """`wanted` carries folder, passphrase and the person's name."""

    wanted = Signal(object, str, str)
    back_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            theme, _("New record"), _("The record is one encrypted folder. Family members can be added later.")
        )
        self.name = QLineEdit()
        self.name.setAccessibleName(_("Whose record is it?"))
        self.passphrase = secret_field(_("Passphrase"), theme)
        self.again = secret_field(_("Passphrase, once more"), theme)
        self.place = QLineEdit()
        self.place.setAccessibleName(_("Where it is kept"))
        self._place_typed = False
        self.place.textEdited.connect(self._keep_place)
        self.name.textEdited.connect(self._suggest_place)
        self.create_button = button(_("Make the record"), theme, self._give, "primary", "check")
        self._lay_out()
        self.forget()

    def forget(self) -> None:
        super().forget()
        hide_secrets([self.passphrase, self.again])
        self._place_typed = False
        self.set_busy(False)
        self._suggest_place("")

    def refuse(self, message: str) -> None:
        """Say what went wrong; everything typed stays."""
        self.set_busy(False)
        self.say(message)

    def set_busy(self, busy: bool) -> None:
        """Making a record takes about a second."""
        self.create_button.setText(_("Making the record…") if busy else _("Make the record"))
        self.create_button.setEnabled(not busy)

    def _give(self) -> None:
        problem = self._problem()
        if problem is not None:
            message, field = problem
            self.say(message)
            field.setAccessibleDescription(message)
            field.setFocus()
            return
        self.say("")
        self.set_busy(True)
        self.wanted.emit(Path(self.place.text()).expanduser(), self.passphrase.text(), self.name.text().strip())

    def _problem(self) -> tuple[str, QLineEdit] | None:
        """What is still missing, and where."""
        if not self.name.text().strip():
            return _("Write whose record it is."), self.name
        if len(self.passphrase.text()) < 8:
            return _("Use eight characters or more; four or five words are best."), self.passphrase
        if self.passphrase.text() != self.again.text():
            return _("The two passphrases differ. Type the second one again."), self.again
        if not self.place.text().strip():
            return _("Choose where the record is kept."), self.place
        return None

    def _keep_place(self) -> None:
        self._place_typed = True

    def _suggest_place(self, name: str) -> None:
        if not self._place_typed:
            plain = "".join(letter for letter in name if letter.isalnum() or letter in " -_").strip()
            self.place.setText(str(usual_place() / f"{plain or _('Health record')}.casebook"))

    def _choose_place(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("Where should the record be kept?"), str(usual_place()))
        if name:
            self.place.setText(str(Path(name) / Path(self.place.text()).name))
            self._place_typed = True

    def _lay_out(self) -> None:
        hint = _("Four or five words that only you would put together. It can’t be looked up or reset by anybody.")
        choose = button(_("Change…"), self.theme, self._choose_place)
        choose.setAccessibleName(_("Change where it is kept"))
        place = QHBoxLayout()
        place.addWidget(self.place, 1)
        place.addWidget(choose)
        self.column.addWidget(field_label(_("Whose record is it?"), self.name))
        self.column.addWidget(self.name)
        self.column.addWidget(field_label(_("Passphrase"), self.passphrase))
        self.column.addWidget(self.passphrase)
        self.column.addWidget(label(hint, "small"))
        self.column.addWidget(field_label(_("Passphrase, once more"), self.again))
        self.column.addWidget(self.again)
        self.column.addWidget(field_label(_("Where it is kept"), self.place))
        self.column.addLayout(place)
        self.column.addWidget(self.error)
        row = QHBoxLayout()
        row.addWidget(button(_("Back"), self.theme, self.back_wanted.emit))
        row.addStretch()
        row.addWidget(self.create_button)
        self.column.addLayout(row)
        self.again.returnPressed.connect(self._give)


class CodeScreen(Screen):
    """The recovery code of a new record: shown now and never again."""

    kept = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            theme,
            _("Your recovery code"),
            _("If you forget the passphrase, this code is the only other way in. It is shown this once."),
        )
        self._code = label("", "heading", selectable=True)
        self._code.setAccessibleName(_("Recovery code"))
        card = Card()
        card.body.addWidget(self._code)
        self._sure = QCheckBox(_("I have put it in a safe place, away from this computer"))
        self._sure.setAccessibleName(self._sure.text())
        self.go_button = button(_("Go to the record"), theme, self.kept.emit, "primary", "arrow-right")
        self._sure.toggled.connect(self.go_button.setEnabled)
        row = QHBoxLayout()
        row.addWidget(button(_("Copy"), theme, self._copy, icon_name="copy"))
        row.addWidget(button(_("Print…"), theme, self._print, icon_name="printer"))
        row.addStretch()
        self.column.addWidget(card)
        self.column.addLayout(row)
        self.column.addWidget(self._sure)
        self.column.addWidget(self.go_button)
        self.column.addWidget(self.error)

    @property
    def code(self) -> str:
        """The code that is shown now."""
        return self._code.text()

    def forget(self) -> None:
        super().forget()
        self.show_code("")

    def show_code(self, code: str) -> None:
        """Show a code; "" takes it away for good."""
        self._code.setText(code)
        self._sure.setChecked(False)
        self.go_button.setEnabled(False)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code)

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter()
        if QPrintDialog(printer, self).exec():
            painter = QPainter(printer)
            self._draw(painter, QRectF(printer.pageLayout().paintRectPixels(printer.resolution())))
            painter.end()

    def _draw(self, painter: QPainter, page: QRectF) -> None:
        """Only the code and what it is for: a slip of paper should not say whose record it opens."""
        font = self.theme.font(14)
        font.setPointSize(14)
        painter.setFont(font)
        margin = page.width() / 10
        area = page.adjusted(margin, margin, -margin, -margin)
        painter.drawText(area, 0x1000, _("Casebook recovery code") + "\n\n" + self.code)
