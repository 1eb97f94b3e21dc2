"""What can be added, as a menu: the everyday kinds first, the others below, files last."""

from PySide6.QtWidgets import QMenu, QWidget

from organizer.base.i18n import _, marked
from organizer.model.kinds import KINDS, find_kind
from ui.look.icons import icon
from ui.shell.context import Context

EVERYDAY: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    ("Observation", marked("Symptom"), "thermometer", {"category": "symptom"}),
    ("Observation", marked("Test result or reading"), "flask-conical", {}),
    ("MedicationStatement", marked("Medicine"), "pill", {}),
    ("Condition", marked("Diagnosis"), "stethoscope", {}),
    ("Encounter", marked("Visit"), "calendar-days", {}),
    ("CarePlan", marked("Treatment plan"), "list-checks", {}),
    ("Goal", marked("Goal"), "target", {}),
    ("Question", marked("Question for a doctor"), "message-square", {}),
)
# Made by their own pages or by an import, never typed into an empty form.
NOT_TYPED = frozenset({"Patient", "DocumentReference", "OpinionCase", "TreatmentOption", "ImagingStudy"})


class AddMenu(QMenu):
    """Opens the form of the kind that is chosen."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("Add to the record"), parent)
        self.setAccessibleName(self.title())
        self._context = context
        for kind, label, picture, preset in EVERYDAY:
            self._add(kind, _(label), picture, preset)
        more = self.addMenu(_("More"))
        more.setAccessibleName(_("More kinds"))
        everyday = {kind for kind, *_rest in EVERYDAY}
        for one in KINDS:
            if one.name not in everyday | NOT_TYPED:
                action = more.addAction(_(find_kind(one.name).label))
                action.triggered.connect(lambda _on=False, name=one.name: context.edit_entry(None, name))
        self.addSeparator()
        files = self.addAction(icon("upload", context.theme), _("Import files…"))
        files.triggered.connect(context.choose_import)
        folder = self.addAction(icon("folder-open", context.theme), _("Import a folder…"))
        folder.triggered.connect(context.choose_import_folder)

    def _add(self, kind: str, label: str, picture: str, preset: dict[str, str]) -> None:
        action = self.addAction(icon(picture, self._context.theme), label)
        action.triggered.connect(lambda: self._context.edit_entry(None, kind, preset))
