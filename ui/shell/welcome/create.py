"""A new record: whose it is, a passphrase, a place; then the recovery code, shown once."""

from itertools import count
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit

from organizer.base.i18n import _
from organizer.base.synced import synced_by
from organizer.services.record import passphrases
from organizer.services.record.passphrases import Strength
from ui.look.theme import Theme
from ui.look.widgets.buttons import button
from ui.look.widgets.labels import label
from ui.shell.recovery_code import CodeCard
from ui.shell.welcome.fields import field_label, hide_secrets, secret_field, strength_line
from ui.shell.welcome.screen import Screen, usual_place


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
        self.place.textChanged.connect(self._say_synced)
        self.synced = label("", "second")
        self.create_button = button(_("Make the record"), theme, self._give, "primary", "check")
        self._lay_out()
        self.forget()

    def forget(self) -> None:
        super().forget()
        hide_secrets([self.passphrase, self.again])
        self.set_busy(False)
        self._suggest_place()

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
        judgement = passphrases.judged(self.passphrase.text(), [self.name.text()])
        if judgement.strength is Strength.REFUSED:
            return judgement.words, self.passphrase
        if self.passphrase.text() != self.again.text():
            return _("The two passphrases differ. Type the second one again."), self.again
        if not self.place.text().strip():
            return _("Choose where the record is kept."), self.place
        return None

    def _suggest_place(self) -> None:
        """A name that tells nobody whose record it is: folder names can be read without the passphrase."""
        names = (_("Health record") + (f" {number}" if number > 1 else "") for number in count(1))
        places = (usual_place() / f"{name}.casebook" for name in names)
        self.place.setText(str(next(place for place in places if not place.exists())))

    def _say_synced(self, place: str) -> None:
        """A place that is copied elsewhere all the time isn't one for an open record."""
        tool = synced_by(Path(place).expanduser())
        words = _("{tool} copies this folder, which can damage an open record. Choose another; backups may go there.")
        self.synced.setText(words.format(tool=tool) if tool else "")
        self.synced.setVisible(bool(tool))

    def _choose_place(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("Where should the record be kept?"), str(usual_place()))
        if name:
            self.place.setText(str(Path(name) / Path(self.place.text()).name))

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
        self.column.addWidget(strength_line(self.passphrase, self.name))
        self.column.addWidget(field_label(_("Passphrase, once more"), self.again))
        self.column.addWidget(self.again)
        self.column.addWidget(field_label(_("Where it is kept"), self.place))
        self.column.addLayout(place)
        self.column.addWidget(self.synced)
        self.column.addWidget(self.error)
        row = QHBoxLayout()
        row.addWidget(button(_("Back"), self.theme, self.back_wanted.emit))
        row.addStretch()
        row.addWidget(self.create_button)
        self.column.addLayout(row)
        self.again.returnPressed.connect(self._give)


class CodeScreen(Screen):
    """The recovery code of a new record: shown now and never again."""

    noted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            theme,
            _("Your recovery code"),
            _("If you forget the passphrase, this code is the only other way in. It is shown this once."),
        )
        self._card = CodeCard(theme)
        self.go_button = button(_("Go to the record"), theme, self.noted.emit, "primary", "arrow-right")
        self._card.noted.connect(self.go_button.setEnabled)
        self.column.addWidget(self._card)
        self.column.addWidget(self.go_button)
        self.column.addWidget(self.error)

    @property
    def code(self) -> str:
        """The code that is shown now."""
        return self._card.code

    def forget(self) -> None:
        super().forget()
        self.show_code("")

    def show_code(self, code: str) -> None:
        """Show a code; "" takes it away for good."""
        self._card.show_code(code)
        self.go_button.setEnabled(False)
