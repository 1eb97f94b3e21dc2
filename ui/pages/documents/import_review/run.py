"""Reading files as a job, then the review: what is new, known, in conflict, left out and why; then one operation."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from organizer.base.errors import OrganizerError
from organizer.base.i18n import _
from organizer.model.ids import NOBODY
from organizer.services.bring_in import importing
from organizer.services.bring_in.importing import Answers, FilePlan, ImportPlan, Table
from organizer.services.record import people
from ui.look.widgets.buttons import button
from ui.look.widgets.dialogs import Dialog, resize_within
from ui.look.widgets.emptying import empty
from ui.look.widgets.labels import label
from ui.look.widgets.plain import hint
from ui.pages.documents.import_review import words
from ui.pages.documents.import_review.columns_dialog import ColumnsDialog
from ui.pages.documents.import_review.file_view import FileView
from ui.pages.documents.import_review.files_model import FilesModel, Group, groups_of
from ui.pages.documents.import_review.people_card import PeopleCard
from ui.pages.documents.import_review.unlock import Unlock
from ui.shell.context import Context


def start(context: Context, paths: Sequence[Path], parent: QWidget) -> None:
    """Read `paths` in the background, then show what they would bring.

    What names nobody is taken for the person who is shown; whoever the files name is never taken for them unasked.
    """
    answers = Answers(unnamed=context.person)
    context.read(
        _("Reading files"),
        lambda record, progress: importing.plan_import(record, list(paths), NOBODY, progress, answers),
        lambda plan: Review(context, plan, answers, parent).open(),
    )


class Review(Dialog):
    """Nothing is written before “Add to the record”; what is unticked stays out."""

    def __init__(self, context: Context, plan: ImportPlan, answers: Answers, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("What these files bring"))
        self.setAccessibleName(_("What these files bring"))
        self._context, self._plan, self._answers, self._left_out = context, plan, answers, set[str]()
        theme = context.theme
        resize_within(self, theme.px(1080), theme.px(760))
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(20))
        self._outer.setSpacing(theme.px(12))
        self._outer.addWidget(label(_("What these files bring"), "title"))
        self._sentence = label("", "second")
        self._outer.addWidget(self._sentence)
        self._goes_to = label(_("Goes to: {name}").format(name=context.person_entry.title), "second")
        self._outer.addWidget(self._goes_to)
        self._people: PeopleCard | None = None
        self._was_asked = False
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._outer.addWidget(self._split, 1)
        self._buttons = QHBoxLayout()
        self._outer.addLayout(self._buttons)
        self._files: QTableView | None = None
        self._file: FileView | None = None
        self._shown: int | None = None
        self._groups: list[Group] = []
        context.jobs.finished.connect(self._wake)
        self._show_plan(plan)

    def take(self) -> None:
        """Write what is ticked, as one operation that can be undone."""
        plan, left_out = self._plan, frozenset(self._left_out)
        self._context.read(
            _("Adding to the record"),
            lambda record, progress: importing.accept_import(record, plan, progress, left_out),
            self._context.announce,
        )
        self.accept()

    def answer(self, answers: Answers) -> None:
        """Make the plan again with what the person said."""
        self._answers = answers
        before = self._plan
        self.setEnabled(False)
        self._context.read(
            _("Looking again"),
            lambda record, progress: importing.plan_again(record, before, NOBODY, progress, answers),
            self._show_plan,
            self,
        )

    def _wake(self, _job: object) -> None:
        """Also after a job that was cancelled or failed."""
        self.setEnabled(True)

    def _show_plan(self, plan: ImportPlan) -> None:
        self._plan = plan
        self._sentence.setText(words.plan_sentence(plan))
        self._show_people()
        self._show_files()
        self._show_buttons()
        if self._file is not None:
            self._file.setFocus()  # Enter then adds; a button that had the focus would be pressed by it

    def _show_people(self) -> None:
        """Whose each file is; of a lone person who is the one shown the name alone: that needs no question."""
        if self._people is not None:
            self._people.hide()
            self._people.deleteLater()
            self._people = None
        asked = self._plan.people
        everybody = people.people(self._context.record)
        certain = not self._plan.unsettled and not any(person.assumed for person in asked)
        is_plain = certain and {person.person for person in asked} <= {self._context.person}
        # Once asked it stays: an answer can be seen, and taken back.
        needs_no_card = is_plain and (not asked or (len(everybody) == 1 and not self._was_asked))
        self._goes_to.setVisible(needs_no_card and bool(self._plan.writes))
        if needs_no_card:
            return
        self._was_asked = True
        self._people = PeopleCard(self._context.theme, asked, everybody)
        self._people.answered.connect(self._say_who)
        self._outer.insertWidget(3, self._people)

    def _say_who(self, people: Mapping[str, str]) -> None:
        self.answer(replace(self._answers, people={**self._answers.people, **people}))

    def _show_files(self) -> None:
        groups = self._groups = groups_of(self._plan.files)
        if self._files is not None:
            self._files.hide()
            self._files.deleteLater()
            self._files = None
        if len(groups) > 1:
            self._files = _files_table(FilesModel(groups))
            self._files.setMinimumWidth(self._context.theme.px(220))
            self._split.insertWidget(0, self._files)
            self._files.selectionModel().currentRowChanged.connect(lambda now, _before: self._show_file(now.row()))
            place = _fullest(groups) if self._shown is None else min(self._shown, len(groups) - 1)
            self._files.selectionModel().setCurrentIndex(
                self._files.model().index(place, 0),
                QItemSelectionModel.SelectionFlag.SelectCurrent | QItemSelectionModel.SelectionFlag.Rows,
            )
        else:
            self._show_file(0)

    def _show_file(self, place: int) -> None:
        groups = self._groups
        if self._file is not None:
            self._file.hide()
            self._file.deleteLater()
            self._file = None
        if not 0 <= place < len(groups):
            return
        self._shown = place
        self._file = FileView(self._context.theme, groups[place], self._left_out, self._ask_columns)
        self._split.addWidget(self._file)
        self._split.setStretchFactor(self._split.count() - 1, 1)
        if self._files is not None:
            self._split.setSizes([self._context.theme.px(360), self._context.theme.px(660)])

    def _ask_columns(self, table: Table) -> None:
        dialog = ColumnsDialog(self._context.theme, table, self)
        dialog.answered.connect(
            lambda columns: self.answer(replace(self._answers, columns={**self._answers.columns, table.key: columns}))
        )
        dialog.open()

    def _show_buttons(self) -> None:
        empty(self._buttons)
        theme = self._context.theme
        if any(file.has_cards for file in self._plan.files):
            self._buttons.addWidget(button(_("Check the card’s signature…"), theme, self._choose_keys, "quiet"))
        self._buttons.addStretch()
        self._buttons.addWidget(button(_("Close"), theme, self.reject))
        locked = next((file for file in self._plan.files if file.locked), None)
        if locked is not None:
            self._buttons.addWidget(
                button(_("Open the backup…"), theme, partial(self._ask_secret, locked), "primary", "lock-open")
            )
        if self._plan.writes:
            self._buttons.addWidget(self._add_button())

    def _add_button(self) -> QPushButton:
        add = button(_("Add to the record"), self._context.theme, self.take, "primary", "check")
        add.setDefault(True)
        if self._plan.unsettled:
            add.setEnabled(False)
            add.setToolTip(hint(_("First say whose records these are.")))
        return add

    def _ask_secret(self, file: FilePlan) -> None:
        dialog = Unlock(Path(file.file).name, self._context.theme, self._context.jobs, self)
        dialog.given.connect(
            lambda secret: self.answer(
                replace(self._answers, secrets={**self._answers.secrets, file.source.sha256: secret})
            )
        )
        dialog.open()

    def _choose_keys(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("The issuer’s key set"), "", _("Key sets (*.json *.jwks)"))
        if not name:
            return
        try:
            self.answer(replace(self._answers, keys=importing.key_set(Path(name))))
        except OrganizerError as error:
            self._context.show_error(error)


def _fullest(groups: Sequence[Group]) -> int:
    """The row of the file that brings most: what somebody wants to see first."""
    return max(range(len(groups)), key=lambda place: sum(len(file.listed) for file in groups[place].files))


def _files_table(model: FilesModel) -> QTableView:
    table = QTableView()
    table.setModel(model)
    model.setParent(table)
    table.setAccessibleName(_("Files"))
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return table
