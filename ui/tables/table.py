"""A table: keyboard and mouse, several rows at once, Ctrl+C as TSV, Ctrl+T tags, widths that are kept."""

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from organizer.records.entry import Entry
from ui import clipboard
from ui.tables.models import TableModel
from ui.tables.widths import Widths
from ui.theme import Theme

ROW, MOST_ROWS = 36, 12
MOST_COPIED = 100_000


class Table(QTableView):
    """`opened` carries the entry of the row that is double-clicked or entered."""

    opened = Signal(object)
    removal_wanted = Signal()
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
        model.modelReset.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        rows = max(2, min(MOST_ROWS, self.rows_model.rowCount()))
        return QSize(self._theme.px(640), self._theme.px(ROW) * (rows + 1) + self._theme.px(20))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def taken(self) -> list[Entry]:
        """The entries of the chosen rows, top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        found = (self.rows_model.entry(row) for row in rows)
        return [entry for entry in found if entry is not None]

    def tsv(self) -> str:
        """The chosen rows, or all where none is chosen, with the column's titles; tabs and line ends become spaces."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        rows = rows or list(range(min(self.rows_model.rowCount(), MOST_COPIED)))
        lines = [self.rows_model.titles, *(self.rows_model.cells(row) for row in rows)]
        return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)

    def copy(self) -> None:
        """Put it on the clipboard."""
        clipboard.copy(self.tsv())

    def keep_widths(self) -> None:
        """Remember the columns' widths at 100 % text."""
        heads = self.horizontalHeader()
        sizes = [round(heads.sectionSize(place) / self._theme.scale) for place in range(heads.count())]
        self._widths.keep(self._key, sizes)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
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
        kept = self._widths.of(self._key)
        if len(kept) == len(self.rows_model.titles):
            for place, size in enumerate(kept[:-1]):
                self.setColumnWidth(place, self._theme.px(size))

    def set_widths(self, sizes: list[int]) -> None:
        """How wide the columns are as long as the person made them no other."""
        if not self._widths.of(self._key):
            heads = self.horizontalHeader()
            heads.blockSignals(True)
            for place, size in enumerate(sizes):
                self.setColumnWidth(place, self._theme.px(size))
            heads.blockSignals(False)
