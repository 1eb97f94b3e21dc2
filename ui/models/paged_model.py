"""A table of any length: the row numbers stand in an array, entries are fetched 256 at a time when they are seen."""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from organizer.base.words import _
from organizer.records.entry import Entry
from organizer.records.kind import Kind

PAGE = 256
PAGES_KEPT = 32

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what it shows of an entry, and the `order` that its heading asks for ("" for none)."""

    title: str
    show: Callable[[Entry], str]
    order: str = ""


def columns_of(kind: Kind) -> tuple[Column, ...]:
    """The table of a kind as its declaration has it."""
    orders = {"title": "title", "happened": "happened"}

    def column(field_name: str, label: str) -> Column:
        field = kind.field(field_name)
        assert field is not None
        return Column(label, lambda entry: kind.show(entry, field), orders.get(field_name, ""))

    return tuple(column(field.name, _(field.label)) for field in kind.columns)


class PagedModel(QAbstractTableModel):
    """Rows of `entries.row_ids`, shown by columns. `fetch` gives the entries of some row numbers, in order."""

    sort_asked = Signal(str)

    def __init__(self, columns: Sequence[Column], fetch: Callable[[Sequence[int]], list[Entry]]) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self._fetch = fetch
        self._numbers: array[int] = array("q")
        self._pages: OrderedDict[int, list[Entry]] = OrderedDict()

    def set_rows(self, numbers: "array[int]") -> None:
        """Show other rows."""
        self.beginResetModel()
        self._numbers = numbers
        self._pages.clear()
        self.endResetModel()

    def entry(self, row: int) -> Entry | None:
        """The entry of a row; None where it was removed since."""
        page, place = divmod(row, PAGE)
        entries = self._page(page)
        return entries[place] if place < len(entries) else None

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._numbers)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            entry = self.entry(index.row())
            return self._columns[index.column()].show(entry).replace("\n", " · ") if entry else ""
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Asks its owner for rows in that order: the record sorts, not the window."""
        if 0 <= column < len(self._columns) and self._columns[column].order:
            sign = "-" if order is Qt.SortOrder.DescendingOrder else ""
            self.sort_asked.emit(sign + self._columns[column].order)

    def as_tsv(self, rows: Iterable[int]) -> str:
        """Rows as tab-separated text with the headings, for the clipboard."""
        lines = [[column.title for column in self._columns]]
        for row in rows:
            entry = self.entry(row)
            if entry is not None:
                lines.append([column.show(entry) for column in self._columns])
        return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)

    def _page(self, page: int) -> list[Entry]:
        if page not in self._pages:
            self._pages[page] = self._fetch(self._numbers[page * PAGE : (page + 1) * PAGE])
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(page)
        return self._pages[page]
