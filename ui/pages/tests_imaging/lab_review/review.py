"""The review of a laboratory report: its page at the left, what was read from it at the right."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from organizer.base.i18n import _, ngettext
from organizer.base.progress import Progress
from organizer.model.ids import NOBODY, PersonId, Sha256
from organizer.services.bring_in import lab_reports
from organizer.services.bring_in.lab_reports import LabReport
from organizer.services.bring_in.owners import Owner, owner_of
from organizer.services.record.records import Record
from ui.entries.parts.page_picture import WIDTH, PagePicture
from ui.look.widgets.buttons import button
from ui.look.widgets.card import notice
from ui.look.widgets.dialogs import Dialog, resize_within
from ui.look.widgets.empty_state import EmptyState
from ui.look.widgets.labels import label
from ui.pages.tests_imaging.lab_review.model import ResultsModel
from ui.pages.tests_imaging.lab_review.questions import Questions
from ui.shell.context import Context

_WIDTHS = (160, 64, 80, 98, 58, 106)


def start(context: Context, sha256: Sha256, data: bytes, parent: QWidget) -> None:
    """Read a kept document in the background, then show what it says; nothing is entered before the person adds it."""
    context.read(
        _("Reading results from the report"),
        lambda record, progress: _read(record, sha256, context.person, progress),
        lambda read: Review(context, *read, data, parent).open(),
    )


def _read(record: Record, sha256: Sha256, person: PersonId, progress: Progress) -> tuple[LabReport, Owner]:
    report = lab_reports.propose(record, sha256, progress)
    return report, owner_of(record, report.named, person)


class Review(Dialog):
    """Arrow keys go through the rows, Space ticks, typing corrects, Ctrl+Enter adds what is ticked."""

    def __init__(self, context: Context, report: LabReport, owner: Owner, data: bytes, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Results in this report"))
        self.setAccessibleName(_("Results in this report"))
        theme = context.theme
        self._context, self._report = context, report
        self.model = ResultsModel(report, theme, context.show_error)
        self.model.setParent(self)
        self.page = PagePicture(context, data, report.name, report.pages)
        self.table = _table(self.model, theme.scale)
        self.add = button(_("Add to the record"), theme, self.take, "primary", "check")
        self.add.setDefault(False)
        self.add.setAutoDefault(False)
        self.questions = Questions(theme, self.model, owner, context.show_error)
        self.questions.answered.connect(self._count)
        resize_within(self, theme.px(1280), theme.px(760))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(10)
        outer.addWidget(label(_("Results in this report"), "title"))
        outer.addWidget(label(self._sentence(), "second"))
        if self.model.proposals:
            outer.addWidget(self.questions)
        for words in report.left_out:
            outer.addWidget(notice(words))
        outer.addWidget(self._middle(), 1)
        outer.addLayout(self._buttons())
        self._connect()

    def _sentence(self) -> str:
        count = len(self.model.proposals)
        doubtful = sum(not proposal.certain for proposal in self.model.proposals)
        if not count:
            return _("No results were found on these pages. You can enter them by hand: Add record, then Test result.")
        words = ngettext("{n} result was read.", "{n} results were read.", count).format(n=count)
        if doubtful:
            words += " " + ngettext("{n} needs your look.", "{n} need your look.", doubtful).format(n=doubtful)
        return words + " " + _("Compare each with the page; nothing is entered before you add it.")

    def _middle(self) -> QWidget:
        if not self.model.proposals:
            words = _("Nothing to compare here.")
            return EmptyState(self._context.theme, "flask-conical", words, _("Close"), self.reject)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.page)
        parts.addWidget(self.table)
        parts.setSizes([self._context.theme.px(WIDTH + 20), self._context.theme.px(760)])
        return parts

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(label(_("Space ticks a row, typing corrects a cell, Ctrl+Enter adds."), "small"), 1)
        row.addWidget(button(_("Close"), self._context.theme, self.reject))
        if self.model.proposals:
            row.addWidget(self.add)
        return row

    def _connect(self) -> None:
        self.model.ticked.connect(self._count)
        self.table.selectionModel().currentRowChanged.connect(self._show_row)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.take)
        QShortcut(QKeySequence("Space"), self.table, self._toggle, Qt.ShortcutContext.WidgetShortcut)
        self._count()
        if self.model.proposals:
            self.table.setCurrentIndex(self.model.index(0, 0))
            self.table.setFocus()

    def _count(self) -> None:
        count = len(self.model.chosen)
        self.add.setEnabled(bool(count) and self.questions.person != NOBODY)
        words = ngettext("Add {n} result to the record", "Add {n} results to the record", count)
        self.add.setText(words.format(n=count) if count else _("Add to the record"))
        self.add.setAccessibleName(self.add.text())

    def _toggle(self) -> None:
        rows = sorted({index.row() for index in self.table.selectionModel().selectedIndexes()})
        self.model.toggle(rows or [self.table.currentIndex().row()])

    def _show_row(self, current: QModelIndex, _before: QModelIndex) -> None:
        if not current.isValid():
            return
        proposal = self.model.proposals[current.row()]
        self.page.show_place(proposal.place, proposal.cell)

    def take(self) -> None:
        """Enter what is ticked, as one operation that can be undone."""
        chosen, report, person = self.model.chosen, self._report, self.questions.person
        if not chosen or person == NOBODY:
            return
        self._context.read(
            _("Adding results"),
            lambda record, _progress: lab_reports.accept(record, report, chosen, person),
            self._context.announce,
        )
        self.accept()


def _table(model: ResultsModel, scale: float) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setAccessibleName(_("Results read from the report"))
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    table.setEditTriggers(
        QTableView.EditTrigger.DoubleClicked
        | QTableView.EditTrigger.EditKeyPressed
        | QTableView.EditTrigger.AnyKeyPressed
    )
    table.setShowGrid(False)
    table.setWordWrap(True)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    head = table.horizontalHeader()
    head.setStretchLastSection(True)
    for column, width in enumerate(_WIDTHS):
        table.setColumnWidth(column, round(width * scale))
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    return table
