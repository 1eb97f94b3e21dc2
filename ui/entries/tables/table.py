"""A table: keyboard and mouse, several rows at once, Ctrl+C as TSV, Ctrl+T tags, widths that are kept."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from organizer.model.entry import Entry
from ui.entries.tables.models import TableModel
from ui.entries.tables.widths import Widths
from ui.look.theme import Theme

ROW, MOST_ROWS = 36, 12
MOST_OF_WINDOW = 0.55
MOST_KEPT = 100_000  # chosen rows that are found again within a tenth of a second


def tsv(lines: Iterable[Sequence[str]]) -> str:
    """Lines of words for a spreadsheet; tabs and line ends within them become spaces."""
    return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)


class Table(QTableView):
    """`opened` carries the entry of the row that is double-clicked or entered."""

    opened = Signal(object)
    removal_wanted = Signal()
    copy_wanted = Signal()
    tags_wanted = Signal()

    def __init__(self, name: str, key: str, model: TableModel, theme: Theme, widths: Widths) -> None:
        super().__init__()
        self.rows_model, self._theme, self._key, self._widths = model, theme, key, widths
        self.setAccessibleName(name)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.px(ROW))
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.setStretchLastSection(True)
        heads.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self._restore()
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.timeout.connect(self.keep_widths)
        heads.sectionResized.connect(lambda *_sizes: self._keeping.start(300))
        self.doubleClicked.connect(self._open)
        self._chosen_keys: set[str | int] = set()
        self._row = -1
        self._as_it_comes: list[int] = []
        # Methods, no lambdas: a model that outlives its table would hold it, and all that was read into it, for good.
        model.modelAboutToBeReset.connect(self._note_place)
        model.modelReset.connect(self.choose_kept)
        model.modelReset.connect(self._stay)
        model.modelReset.connect(self.updateGeometry)

    def _note_place(self) -> None:
        self.keep(self.chosen_keys())
        self.stay_near(self.current_row)

    def sizeHint(self) -> QSize:
        # On a tall screen more rows are seen at once, and what stands above the table still is.
        fit = int(self.window().height() * MOST_OF_WINDOW) // self._theme.px(ROW)
        rows = max(2, min(max(MOST_ROWS, fit), self.rows_model.rowCount()))
        return QSize(self._theme.px(640), self._theme.px(ROW) * (rows + 1) + self._theme.px(20))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def chosen_rows(self) -> list[int]:
        """The places of the chosen rows, top to bottom, of a million too."""
        return list(self._rows())

    def how_many_chosen(self) -> int:
        """How many rows are chosen."""
        return sum(last - first + 1 for first, last in self._stretches())

    def _rows(self) -> Iterator[int]:
        return chain.from_iterable(range(first, last + 1) for first, last in self._stretches())

    def _stretches(self) -> list[tuple[int, int]]:
        """First and last row of each unbroken stretch of chosen rows: of a million rows often one."""
        chosen = self.selectionModel().selection()
        return sorted({(span.top(), span.bottom()) for span in map(chosen.at, range(chosen.count()))})

    def seen(self) -> Iterator[Entry]:
        """The entries of the chosen rows as far as they are read, top to bottom."""
        return (entry for entry in map(self.rows_model.seen, self._rows()) if entry is not None)

    def chosen_keys(self) -> set[str | int]:
        """What tells the chosen rows from others when they are read anew; of more than `MOST_KEPT` nothing."""
        if self.how_many_chosen() > MOST_KEPT:
            return set()
        return {self.rows_model.key(row) for row in self._rows()}

    def keep(self, keys: set[str | int]) -> None:
        """Choose these rows as soon as they are there."""
        self._chosen_keys = keys or self._chosen_keys

    def choose_kept(self) -> None:
        """Choose the rows to keep, where they are there."""
        model = self.rows_model
        if not self._chosen_keys or not model.rowCount():
            return
        rows = model.rows_of(self._chosen_keys)
        self._chosen_keys = set()
        firsts = [row for place, row in enumerate(rows) if not place or rows[place - 1] != row - 1]
        lasts = [row for place, row in enumerate(rows, 1) if place == len(rows) or rows[place] != row + 1]
        chosen, column = QItemSelection(), len(model.titles) - 1
        for first, last in zip(firsts, lasts, strict=True):
            chosen.append(QItemSelectionRange(model.index(first, 0), model.index(last, column)))
        flags = QItemSelectionModel.SelectionFlag
        if rows:
            self.selectionModel().setCurrentIndex(model.index(rows[0], 0), flags.NoUpdate)
            self.selectionModel().select(chosen, flags.ClearAndSelect)

    @property
    def current_row(self) -> int:
        """The row where the keyboard is, -1 for none."""
        return self.currentIndex().row()

    def stay_near(self, row: int) -> None:
        """Keep the keyboard at that row, or where it is gone at the one in its place; now or when the rows come."""
        self._row = max(row, self._row) if row < 0 else row
        self._stay()

    def _stay(self) -> None:
        count = self.rows_model.rowCount()
        if self._row < 0 or not count or self.currentIndex().isValid():
            return
        index = self.rows_model.index(min(self._row, count - 1), 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def keep_widths(self) -> None:
        """Remember the columns' widths at 100 % text."""
        heads = self.horizontalHeader()
        sizes = [round(heads.sectionSize(place) / self._theme.scale) for place in range(heads.count())]
        self._widths.keep(self._key, sizes)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif event.key() == Qt.Key.Key_T and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.tags_wanted.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removal_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        entry = self.rows_model.entry(index.row())
        if entry is not None:
            self.opened.emit(entry)

    def _restore(self) -> None:
        numbers = self._widths.of(self._key)
        if len(numbers) == len(self.rows_model.titles):
            for place, size in enumerate(numbers[:-1]):
                self.setColumnWidth(place, self._theme.px(size))

    def set_widths(self, sizes: list[int]) -> None:
        """How wide the columns are at least, in pixels at 100 % text, as long as the person made them no other."""
        self._as_it_comes = sizes
        self._spread()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()

    def _spread(self) -> None:
        """Columns that nobody touched share the room that there is."""
        if self._widths.of(self._key) or not self._as_it_comes:
            return
        least = self._theme.px(sum(self._as_it_comes))
        share = max(1.0, self.viewport().width() / least)
        heads = self.horizontalHeader()
        heads.blockSignals(True)
        for place, size in enumerate(self._as_it_comes[:-1]):
            self.setColumnWidth(place, int(self._theme.px(size) * share))
        heads.blockSignals(False)
