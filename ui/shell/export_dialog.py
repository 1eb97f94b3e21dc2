"""The record for elsewhere: whose, in which form, and that whoever gets the file can read it."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QButtonGroup, QComboBox, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from organizer.base.dates import today
from organizer.base.i18n import _, marked
from organizer.base.paths import harmless_name
from organizer.model.ids import person_id
from organizer.services.record import exporting, people
from ui.look.widgets.card import notice
from ui.look.widgets.labels import label
from ui.shell.context import Context
from ui.shell.safekeeping.asking import Asking
from ui.shell.welcome.fields import field_label

BESIDE = 33  # where the words of a choice begin, beside its circle


@dataclass(frozen=True, slots=True)
class Form:
    """A way out by its name in services, in plain words, with the ending of its file."""

    name: str
    label: str
    what_for: str
    suffix: str


FORMS = (
    Form(
        "ips",
        marked("A short summary"),
        marked("For a doctor’s computer, also abroad (FHIR IPS). One person."),
        ".json",
    ),
    Form("fhir", marked("Everything"), marked("For another health app or another Casebook (FHIR)."), ".json"),
    Form("csv", marked("Tables"), marked("For a spreadsheet: a zip with one table of each kind (CSV)."), ".zip"),
    Form("sqlite", marked("A database"), marked("For Datasette and other tools (SQLite)."), ".db"),
    Form("originals", marked("The documents"), marked("As they came, in one zip with an index."), ".zip"),
)


class ExportDialog(Asking):
    """The file is written in the background, so that the record can be worked with meanwhile."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        sentence = _("Choose whose records go out, and in which form.")
        super().__init__(context.theme, context.jobs, _("Take the record elsewhere"), sentence, parent)
        self._context = context
        self.whose = QComboBox()
        self.whose.setAccessibleName(_("Whose records"))
        for person in people.people(context.record):
            self.whose.addItem(person.title, person.id)
        if self.whose.count() > 1:
            self.whose.addItem(_("Everybody in this record"), "")
            self.column.addSpacing(4)
            self.column.addWidget(field_label(self.whose.accessibleName(), self.whose))
            self.column.addWidget(self.whose)
        self.whose.setCurrentIndex(self.whose.findData(context.person))
        self.forms = QButtonGroup(self)
        self.column.addSpacing(4)
        for place, form in enumerate(FORMS):
            self._add_form(place, form)
        self.whose.currentIndexChanged.connect(self._fit)
        self.column.addSpacing(8)
        self.column.addWidget(notice(_("The file is not encrypted: whoever gets it can read it.")))
        self.add_foot(_("Choose where…"), self.ask_where, "download")
        self._fit()

    @property
    def form(self) -> Form:
        """The form that is chosen."""
        return FORMS[self.forms.checkedId()]

    def take(self, name: str) -> None:
        """Choose a form by its name."""
        place = next(place for place, form in enumerate(FORMS) if form.name == name)
        self.forms.button(place).setChecked(True)

    def ask_where(self) -> None:
        """Ask for the file; one that is there already is never written over."""
        whose = self.whose.currentText() if self.whose.currentData() else _("Casebook")
        name = harmless_name(f"{whose} {today().isoformat()}{self.form.suffix}", _("Casebook"))
        path = self._context.ask_where(self, self.windowTitle(), name, replaces=False)
        if path is not None:
            self.write(path if path.suffix else path.with_name(path.name + self.form.suffix))

    def write(self, out: Path) -> None:
        """Write the file as a job and say so."""
        context, form, person = self._context, self.form, str(self.whose.currentData() or "")
        self.accept()
        context.read(
            _("Writing {name}").format(name=out.name),
            lambda record, progress: exporting.export(record, form.name, out, person_id(person), progress),
            lambda _counts: context.show_saved(_("Written: {name}. It is not encrypted.").format(name=out.name), out),
        )

    def _add_form(self, place: int, form: Form) -> None:
        choice = QRadioButton(_(form.label))
        choice.setAccessibleDescription(_(form.what_for))
        choice.setChecked(place == 0)
        self.forms.addButton(choice, place)
        purpose = label(_(form.what_for), "small")
        purpose.setContentsMargins(self.theme.px(BESIDE), 0, 0, 0)
        purpose.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        both = QVBoxLayout()
        both.setSpacing(0)
        both.addWidget(choice)
        both.addWidget(purpose)
        self.column.addLayout(both)

    def _fit(self) -> None:
        """A summary is one person's."""
        summary = self.forms.button(0)
        summary.setEnabled(bool(self.whose.currentData()))
        if not summary.isEnabled() and summary.isChecked():
            self.take("fhir")
