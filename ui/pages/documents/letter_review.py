"""The review of a letter: its page at the left, what was read from it at the right. Nothing is ticked beforehand."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from organizer.base.errors import InvalidEntryError
from organizer.base.i18n import _, ngettext
from organizer.base.progress import Progress
from organizer.model.ids import NOBODY, PersonId, Sha256
from organizer.model.kinds import find_kind
from organizer.services.bring_in import letters_read
from organizer.services.bring_in.letters_read import Letter, LetterProposal
from organizer.services.bring_in.owners import Owner, owner_of
from organizer.services.record.records import Record
from ui.entries.parts.page_picture import WIDTH, PagePicture
from ui.entries.parts.whose import person_in, whose_box
from ui.look.widgets.buttons import button
from ui.look.widgets.card import notice
from ui.look.widgets.dialogs import Dialog, resize_within
from ui.look.widgets.labels import label
from ui.look.widgets.plain import hint
from ui.shell.context import Context

KIND, WHAT = 0, 1
_WIDTHS = (130, 230, 170)


def start(context: Context, sha256: Sha256, data: bytes, parent: QWidget) -> None:
    """Read a kept letter in the background, then show what it says; nothing is entered before the person adds it."""
    context.read(
        _("Reading the letter"),
        lambda record, progress: _read(record, sha256, context.person, progress),
        lambda read: LetterReview(context, *read, data, parent).open(),
    )


def _read(record: Record, sha256: Sha256, person: PersonId, progress: Progress) -> tuple[Letter, Owner]:
    letter = letters_read.propose(record, sha256, progress)
    return letter, owner_of(record, letter.named, person)


class LetterReview(Dialog):
    """Space ticks a row, typing corrects its name, Ctrl+Enter adds what is ticked."""

    def __init__(self, context: Context, letter: Letter, owner: Owner, data: bytes, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("What this letter says"))
        self.setAccessibleName(self.windowTitle())
        theme = context.theme
        self._context, self._letter = context, letter
        self.proposals = [proposal for place, proposal in enumerate(letter.proposals) if place not in letter.known]
        self.page = PagePicture(context, data, letter.name, letter.pages)
        self.table = self._table()
        self.whose = whose_box(owner, _("These are entries of"))
        self.add = button(_("Add to the record"), theme, self.take, "primary", "check")
        self.add.setAutoDefault(False)
        resize_within(self, theme.px(1280), theme.px(760))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(10)
        outer.addWidget(label(self.windowTitle(), "title"))
        outer.addWidget(label(self._sentence(), "second"))
        if owner.question:
            outer.addWidget(notice(owner.question))
        row = QHBoxLayout()
        row.addWidget(label(_("These are entries of"), "strong"))
        row.addWidget(self.whose)
        row.addStretch()
        outer.addLayout(row)
        outer.addWidget(self._middle(), 1)
        if letter.left_out:
            outer.addWidget(self._left_out())
        outer.addLayout(self._buttons())
        self._connect()

    @property
    def chosen(self) -> list[LetterProposal]:
        """What is ticked, under the names that stand in the table."""
        rows = [row for row in range(len(self.proposals)) if self._is_ticked(row)]
        return [letters_read.corrected(self.proposals[row], self._cell(row, WHAT).text()) for row in rows]

    def tick(self, row: int, on: bool = True) -> None:
        """Tick a row, or take the tick away."""
        self._cell(row, KIND).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def take(self) -> None:
        """Enter what is ticked, as one operation that can be undone."""
        person = person_in(self.whose)
        try:
            chosen = self.chosen
        except InvalidEntryError as error:
            self._context.show_error(error)
            return
        if not chosen or person == NOBODY:
            return
        letter = self._letter
        self._context.read(
            _("Adding what the letter says"),
            lambda record, _progress: letters_read.accept(record, letter, chosen, person),
            self._context.announce,
        )
        self.accept()

    def _sentence(self) -> str:
        count, known = len(self.proposals), len(self._letter.known)
        if not count and not known:
            return _(
                "No diagnosis, medicine, allergy or operation was found in this letter. You can enter them by hand."
            )
        words = ngettext("{n} entry is proposed.", "{n} entries are proposed.", count).format(n=count)
        if known:
            there = ngettext("{n} is in the record already.", "{n} are in the record already.", known)
            words = f"{words} {there.format(n=known)}"
        return (
            words + " " + _("Compare each with its words on the page and tick what is right; nothing enters by itself.")
        )

    def _left_out(self) -> QWidget:
        words = "\n".join(self._letter.left_out)
        return label(_("Not proposed: {what}").format(what=words.replace("\n", "; ")), "small", selectable=True)

    def _table(self) -> QTableWidget:
        table = QTableWidget(len(self.proposals), len(_WIDTHS) + 1)
        table.setAccessibleName(_("What was read from the letter"))
        table.setHorizontalHeaderLabels([_("Kind"), _("What"), _("Details"), _("Look twice")])
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.setWordWrap(True)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate(_WIDTHS):
            table.setColumnWidth(column, self._context.theme.px(width))
        for row, proposal in enumerate(self.proposals):
            cells = [_(find_kind(proposal.kind).label), proposal.title, letters_read.in_words(proposal)]
            for column, words in enumerate([*cells, " ".join(proposal.doubts)]):
                item = QTableWidgetItem(words)
                item.setToolTip(hint(proposal.quote))
                if column == KIND:
                    item.setCheckState(Qt.CheckState.Unchecked)
                if column != WHAT:
                    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                table.setItem(row, column, item)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        return table

    def _middle(self) -> QWidget:
        if not self._letter.pages:
            return self.table
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.page)
        parts.addWidget(self.table)
        parts.setSizes([self._context.theme.px(WIDTH + 20), self._context.theme.px(760)])
        return parts

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(label(_("Space ticks a row, typing corrects a name, Ctrl+Enter adds."), "small"), 1)
        row.addWidget(button(_("Close"), self._context.theme, self.reject))
        row.addWidget(self.add)
        return row

    def _connect(self) -> None:
        self.whose.currentIndexChanged.connect(lambda _place: self._count())
        self.table.itemChanged.connect(lambda _item: self._count())
        self.table.currentCellChanged.connect(lambda row, *_before: self._show_row(row))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.take)
        QShortcut(QKeySequence("Space"), self.table, self._toggle, Qt.ShortcutContext.WidgetShortcut)
        self._count()
        if self.proposals:
            self.table.setCurrentCell(0, WHAT)
            self.table.setFocus()

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        cell = self.table.item(row, column)
        assert cell is not None
        return cell

    def _is_ticked(self, row: int) -> bool:
        return self._cell(row, KIND).checkState() == Qt.CheckState.Checked

    def _toggle(self) -> None:
        rows = sorted({index.row() for index in self.table.selectedIndexes()})
        on = not all(self._is_ticked(row) for row in rows)
        for row in rows:
            self.tick(row, on)

    def _count(self) -> None:
        count = sum(self._is_ticked(row) for row in range(len(self.proposals)))
        self.add.setEnabled(bool(count) and person_in(self.whose) != NOBODY)
        words = ngettext("Add {n} entry to the record", "Add {n} entries to the record", count)
        self.add.setText(words.format(n=count) if count else _("Add to the record"))
        self.add.setAccessibleName(self.add.text())

    def _show_row(self, row: int) -> None:
        if not (self._letter.pages and 0 <= row < len(self.proposals)):
            return
        self.page.show_place(self.proposals[row].place)
