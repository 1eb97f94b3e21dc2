"""A diagnosis seen anew: how it is called now, how sure that is, by whom and when; and what became of the old one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.base.i18n import _
from organizer.health.titles import plain_title
from organizer.model.case import Case
from organizer.model.entry import Entry
from organizer.model.ids import EntryId
from organizer.model.kinds import find_kind
from organizer.services.opinion.deciding import EarlierView
from ui.entries.forms.entry_form import FieldRow
from ui.look.theme import Theme
from ui.look.widgets.choices import choices
from ui.look.widgets.folding_row import FoldingRow

_ASKED = ("title", "verification", "made_by", "recorded")


@dataclass(frozen=True, slots=True)
class Revision:
    """What the form says: the diagnosis that is revised, the new one's fields as typed, what became of the old one."""

    old: EntryId
    fields: Mapping[str, str]
    earlier: EarlierView


class RevisionForm(QWidget):
    """Nothing is taken for granted: how sure the new diagnosis is stays unsaid until it is chosen."""

    def __init__(self, theme: Theme, diagnoses: Sequence[Entry], case: Case | None) -> None:
        super().__init__()
        kind = find_kind("Condition")
        self.old = choices(
            _("The diagnosis that is revised"), [(plain_title(diagnosis), diagnosis.id) for diagnosis in diagnoses]
        )
        self.rows = {name: FieldRow(field) for name in _ASKED if (field := kind.field(name))}
        self.rows["made_by"].editor.set_text(case.specialist if case else "")
        self.earlier = choices(
            _("What became of the old one"),
            [
                (_("It stays as it was told then"), ""),
                (_("It was ruled out"), "refuted"),
                (_("It was withdrawn by who made it"), "withdrawn"),
            ],
        )
        by, on = kind.field("settled_by"), kind.field("settled_on")
        assert by is not None
        assert on is not None
        self.settled_by, self.settled_on = FieldRow(by), FieldRow(on)
        self.earlier.activated.connect(self._show_settled)
        self._lay_out(theme)
        self._show_settled()

    def revision(self) -> Revision | None:
        """The form as it stands; None, with the error at its field, where something doesn't fit."""
        title = self.rows["title"]
        title.show_error("" if title.editor.text() else _("This is needed."))
        # Each is looked at, so that every wrong field shows its error at once.
        fit = [row.fits() for name, row in self.rows.items() if name != "title"]
        fit += [self.settled_by.fits(), self.settled_on.fits()]
        if not title.editor.text() or not all(fit):
            return None
        state = str(self.earlier.currentData() or "")
        earlier = EarlierView(state, self.settled_by.editor.text(), self.settled_on.editor.text())
        fields = {name: row.editor.text() for name, row in self.rows.items()}
        return Revision(EntryId(str(self.old.currentData())), fields, earlier if state else EarlierView())

    def _show_settled(self, *_index: object) -> None:
        revises = bool(self.earlier.currentData())
        self.settled_by.setVisible(revises)
        self.settled_on.setVisible(revises)

    def _lay_out(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.old)
        column.addLayout(_pair(theme, self.rows["title"], self.rows["verification"]))
        column.addLayout(_pair(theme, self.rows["made_by"], self.rows["recorded"]))
        column.addWidget(self.earlier)
        column.addLayout(_pair(theme, self.settled_by, self.settled_on))


def _pair(theme: Theme, first: QWidget, second: QWidget) -> FoldingRow:
    """Two fields beside each other, where there is room for two."""
    row = FoldingRow()
    row.setSpacing(theme.px(16))
    row.addWidget(first, 1)
    row.addWidget(second, 1)
    return row
