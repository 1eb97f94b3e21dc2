"""What can be added, as a menu: the everyday kinds first, the others below, files last."""

from itertools import chain, product

from PySide6.QtWidgets import QMenu, QWidget

from organizer.base.i18n import _
from organizer.model.kinds import KINDS
from ui.look.icons import icon
from ui.shell.context import Context

EVERYDAY = sorted(
    chain.from_iterable(product([kind.name], kind.everyday) for kind in KINDS), key=lambda entry: entry[1].place
)


class AddMenu(QMenu):
    """Opens the form of the kind that is chosen."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("Add to the record"), parent)
        self.setAccessibleName(self.title())
        self._context = context
        for name, line in EVERYDAY:
            self._add(name, _(line.label), line.icon, dict(line.preset))

        more = self.addMenu(_("More"))
        more.setAccessibleName(_("More kinds"))
        for kind in KINDS:
            # What its own page or an import makes is never typed into an empty form.
            if kind.typed and not kind.everyday:
                action = more.addAction(_(kind.label))
                action.triggered.connect(lambda _on=False, name=kind.name: context.edit_entry(None, name))

        self.addSeparator()
        files = self.addAction(icon("upload", context.theme), _("Import files…"))
        files.triggered.connect(context.choose_import)
        folder = self.addAction(icon("folder-open", context.theme), _("Import a folder…"))
        folder.triggered.connect(context.choose_import_folder)

    def _add(self, kind: str, label: str, picture: str, preset: dict[str, str]) -> None:
        action = self.addAction(icon(picture, self._context.theme), label)
        action.triggered.connect(lambda: self._context.edit_entry(None, kind, preset))
