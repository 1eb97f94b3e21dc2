"""Two small dialogs of an option: a chance as numbers with time and source, and a weight for each reason."""

from functools import partial

from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from organizer.base.errors import InvalidEntryError
from organizer.base.i18n import _
from organizer.model.entry import Entry
from organizer.services.opinion import deciding
from ui.look.widgets.buttons import button
from ui.look.widgets.choices import choices
from ui.look.widgets.dialogs import Dialog, resize_within
from ui.look.widgets.labels import label
from ui.pages.opinion.step import Journey

_WEIGHTS = ("0", "1", "2", "3", "4", "5")


class ChanceDialog(Dialog):
    """So many of so many people, in which time, by whose word."""

    def __init__(self, journey: Journey, option: Entry, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._option = journey.context, option
        self.setWindowTitle(_("A chance: {option}").format(option=option.title))
        self.setAccessibleName(self.windowTitle())
        self.fields = {name: QLineEdit() for name in ("outcome", "n", "of", "within", "source", "told_by")}
        self.fields["of"].setText("100")
        self.error = label("", "error")
        self.error.hide()
        self._lay_out()

    def keep(self) -> None:
        """Write it down; a field that can't be read is said."""
        typed = {name: field.text() for name, field in self.fields.items()}
        try:
            chance = deciding.chance_typed(**typed)
        except InvalidEntryError as error:
            self.error.setText(str(error))
            self.error.show()
            self.fields[error.field].setFocus()
            return
        self.accept()
        context = self._context
        context.write(lambda: deciding.add_chance(context.record, self._option.id, chance))

    def _lay_out(self) -> None:
        names = {
            "outcome": _("Of what"),
            "n": _("So many people have it"),
            "of": _("Of how many"),
            "within": _("In which time, such as 5 years"),
            "source": _("Where the number is from"),
            "told_by": _("Who told it"),
        }
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.addWidget(label(self.windowTitle(), "heading"))
        words = _("As it was told to you. What you don’t know stays empty, and is shown as not said.")
        layout.addWidget(label(words, "second"))
        form = QFormLayout()
        for name, field in self.fields.items():
            field.setAccessibleName(names[name])
            form.addRow(names[name], field)
        layout.addLayout(form)
        layout.addWidget(self.error)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(button(_("Cancel"), self._context.theme, self.reject))
        row.addWidget(button(_("Keep"), self._context.theme, self.keep, "primary"))
        layout.addLayout(row)


class WeighDialog(Dialog):
    """Each reason for and against with how much it matters; nothing is added up."""

    def __init__(self, journey: Journey, option: Entry, parent: QWidget) -> None:
        super().__init__(parent)
        self._journey, self._option = journey, option
        self.setWindowTitle(_("How much each reason matters: {option}").format(option=option.title))
        self.setAccessibleName(self.windowTitle())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.addWidget(label(self.windowTitle(), "heading"))
        words = _("One reason a line. 0 means it doesn’t matter to you, 5 that it matters most. Nothing is added up.")
        layout.addWidget(label(words, "second"))
        for side, title in ((deciding.FOR, _("Reasons for it")), (deciding.AGAINST, _("Reasons against it"))):
            layout.addWidget(label(title, "strong"))
            for reason, weight in deciding.reasons_of(option, side):
                layout.addLayout(self._row(side, reason, weight))
        layout.addStretch(1)
        theme = journey.context.theme
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(button(_("Done"), theme, self.accept, "primary"))
        layout.addLayout(row)
        resize_within(self, theme.px(560), theme.px(420))

    def _row(self, side: str, reason: str, weight: int | None) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(label(reason), 1)
        box = choices(reason, [("–", ""), *((number, number) for number in _WEIGHTS)])
        box.setCurrentIndex(0 if weight is None else weight + 1)
        box.activated.connect(partial(self._weigh, side, reason, box))
        row.addWidget(box)
        return row

    def _weigh(self, side: str, reason: str, box: QComboBox, _index: int) -> None:
        record, chosen = self._journey.context.record, str(box.currentData())
        weight = int(chosen) if chosen else None
        self._journey.write(lambda: deciding.weigh(record, self._option.id, side, reason, weight))
