"""Reading files as a job, then the review: what is new, known, in conflict, left out and why; then one operation."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QHeaderView, QScrollArea, QTableView, QVBoxLayout, QWidget

from organizer.base.words import _
from organizer.services import importing
from organizer.services.importing import FilePlan, ImportPlan
from ui.context import Context
from ui.import_review import words
from ui.import_review.items_model import ItemsModel, lines_of
from ui.widgets.buttons import button
from ui.widgets.card import Card, notice
from ui.widgets.labels import label

MOST_ROWS_SHOWN = 8


def start(context: Context, paths: Sequence[Path], parent: QWidget) -> None:
    """Read `paths` in the background, then show what they would bring to the person who is shown."""
    person = context.person
    context.read(
        _("Reading files"),
        lambda record, progress: importing.plan_import(record, list(paths), person, progress),
        lambda plan: Review(context, plan, parent).open(),
    )


class Review(QDialog):
    """Nothing is written before “Add to the record”; what is unticked stays out."""

    def __init__(self, context: Context, plan: ImportPlan, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("What these files bring"))
        self.setAccessibleName(_("What these files bring"))
        self._context, self._plan, self._left_out = context, plan, set[str]()
        self.resize(context.theme.px(860), context.theme.px(640))
        outer = QVBoxLayout(self)
        outer.addWidget(label(_("What these files bring"), "title"))
        outer.addWidget(label(words.plan_sentence(plan), "second"))
        inside = QWidget()
        cards = QVBoxLayout(inside)
        for file in plan.files:
            cards.addWidget(self._file_card(file))
        cards.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName(_("Files"))
        area.setWidget(inside)
        outer.addWidget(area, 1)
        outer.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(button(_("Close"), self._context.theme, self.reject))
        if any(item.writes for item in self._plan.items()):
            add = button(_("Add to the record"), self._context.theme, self.take, "primary", "check")
            add.setDefault(True)
            row.addWidget(add)
        return row

    def _file_card(self, file: FilePlan) -> Card:
        card = Card(file.file)
        if file.error is not None:
            card.body.addWidget(notice(file.error.message))
            card.body.addWidget(label(file.error.next_step, "second"))
            return card
        card.body.addWidget(label(words.file_sentence(file), "second"))
        for warning in file.warnings:
            card.body.addWidget(notice(warning))
        lines = lines_of(file)
        if lines:
            model = ItemsModel(lines, self._left_out)
            table = _table(model, file.file)
            ticks = QHBoxLayout()
            for text, on in ((_("Tick all"), True), (_("Untick all"), False)):
                ticks.addWidget(button(text, self._context.theme, partial(model.tick_all, on), "quiet"))
            ticks.addStretch()
            card.body.addLayout(ticks)
            card.body.addWidget(table)
        return card

    def take(self) -> None:
        """Write what is ticked, as one operation that can be undone."""
        plan, left_out = self._plan, frozenset(self._left_out)
        self._context.read(
            _("Adding to the record"),
            lambda record, progress: importing.accept_import(record, plan, progress, left_out),
            self._context.announce,
        )
        self.accept()


def _table(model: ItemsModel, name: str) -> QTableView:
    table = QTableView()
    table.setModel(model)
    model.setParent(table)
    table.setAccessibleName(name)
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    table.horizontalHeader().setStretchLastSection(True)
    table.setColumnWidth(0, 300)
    table.setColumnWidth(2, 260)
    height = table.verticalHeader().defaultSectionSize()
    table.setFixedHeight(height * (min(model.rowCount(), MOST_ROWS_SHOWN) + 2))
    return table
