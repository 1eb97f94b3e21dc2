"""The choice: which option, what should change, how far, and by when."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from organizer.base.i18n import _, marked
from organizer.model.entry import Entry
from organizer.model.kinds import find_kind
from organizer.services.follow.measures import MeasureSummary
from organizer.services.opinion import deciding
from organizer.services.opinion.deciding import Decision
from ui.entries.forms.entry_form import FieldRow
from ui.look.widgets.buttons import button
from ui.look.widgets.choices import choices
from ui.look.widgets.labels import label
from ui.pages.opinion.step import Journey

_GOAL = ("title", "target_low", "target_high", "unit", "why")


class DecideForm(QWidget):
    """Written as one operation, so that one undo takes the decision back."""

    def __init__(self, journey: Journey, options: Sequence[Entry], measures: Sequence[MeasureSummary]) -> None:
        super().__init__()
        self._journey = journey
        self._measures = {str(measure.key): measure for measure in measures}
        goal, plan = find_kind("Goal"), find_kind("CarePlan")
        self.rows = {name: FieldRow(field) for name in _GOAL if (field := goal.field(name))}
        self.rows |= {name: FieldRow(field) for name in ("review_by",) if (field := plan.field(name))}
        self.option = choices(_("The option"), [(option.title, option.id) for option in options])
        self.measure = choices(_("What is measured"), [(measure.title, measure.key) for measure in measures])
        self.measure.insertItem(0, _("Nothing that is measured yet"), "")
        self.measure.setCurrentIndex(0)
        self.measure.activated.connect(self._take_unit)
        self._lay_out()

    def decide(self) -> None:
        """Write the decision; a wrong field is shown instead."""
        if not all(self._fits(name) for name in self.rows):
            return
        key = str(self.measure.currentData() or "")
        goal = {name: self.rows[name].editor.text() for name in _GOAL}
        goal["measure"] = self.measure.currentText() if key else ""
        decision = Decision(
            option=str(self.option.currentData()),
            review_by=self.rows["review_by"].editor.text(),
            goal=goal,
            key=key,
        )
        context = self._journey.context
        if context.write(lambda: deciding.decide(context.record, decision, self._journey.case_id)) is not None:
            context.navigate("treatments")

    def _fits(self, name: str) -> bool:
        row = self.rows[name]
        needed = name in ("title", "review_by")
        if row.fits() and needed and not row.editor.text():
            row.show_error(_("This is needed."))
        if row.error.isVisibleTo(self):
            row.editor.main_widget().setFocus()
            return False
        return True

    def _take_unit(self) -> None:
        known = self._measures.get(str(self.measure.currentData() or ""))
        self.rows["unit"].editor.set_text(known.unit if known else "")

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.addWidget(_labelled(self._journey.say(marked("I choose")), self.option), 0, 0, 1, 2)
        grid.addWidget(self.rows["title"], 1, 0, 1, 2)
        grid.addWidget(_labelled(_("What is measured"), self.measure), 2, 0)
        grid.addWidget(self.rows["unit"], 2, 1)
        grid.addWidget(self.rows["target_low"], 3, 0)
        grid.addWidget(self.rows["target_high"], 3, 1)
        grid.addWidget(self.rows["review_by"], 4, 0)
        grid.addWidget(self.rows["why"], 5, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addLayout(grid)
        theme = self._journey.context.theme
        make = button(self._journey.say(marked("Make it my plan")), theme, self.decide, "primary", "check")
        outer.addWidget(make, 0, Qt.AlignmentFlag.AlignLeft)


def _labelled(words: str, box: QComboBox) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    name = label(words, "strong")
    name.setBuddy(box)
    column.addWidget(name)
    column.addWidget(box)
    return holder
