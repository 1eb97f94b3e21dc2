"""What tables show: rows in memory, or entries that are read page by page when they are looked at."""

from array import array
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from organizer.base.i18n import _
from organizer.health.titles import plain_title
from organizer.health.validity import why_no_fact
from organizer.model.entry import Entry
from organizer.model.ids import EntryId
from organizer.services.entries import timeline
from organizer.services.record.records import Record
from ui.look.widgets.plain import TEXT_ROLES, cell

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
PAGE = 256
MOST_PAGES = 64  # of them in memory


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells as shown; `keys` sort where words would sort wrongly (numbers, dates)."""

    cells: tuple[str, ...]
    entry: Entry
    keys: tuple[str | float, ...] = ()


class TableModel(QAbstractTableModel):
    """Titles, and cells as words; children say what stands in a row and sort and filter it."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self.titles = tuple(titles)

    def cells(self, row: int) -> tuple[str, ...]:
        """A row's words."""
        return ("",) * len(self.titles)

    def entry(self, row: int) -> Entry | None:
        """The entry of a row; None where it isn't read yet."""
        return None

    def key(self, row: int) -> str | int:
        """What tells a row's entry from others, whatever is read of it."""
        return row

    def rows_of(self, keys: Container[str | int]) -> list[int]:
        """The rows that these keys tell, top to bottom."""
        return [row for row in range(self.rowCount()) if self.key(row) in keys]

    def finder(self, rows: Sequence[int]) -> Callable[[Record], list[EntryId]]:
        """What finds the ids of the entries of these rows, each once, those not read yet too; a worker may run it."""
        ids = list(dict.fromkeys(entry.id for entry in map(self.seen, rows) if entry is not None))
        return lambda _record: ids

    def teller(self, rows: Sequence[int]) -> Callable[[Record], list[tuple[str, ...]]]:
        """What reads the words of these rows, those not read yet too; a worker may run it."""
        cells = [self.cells(row) for row in rows]
        return lambda _record: cells

    def seen(self, row: int) -> Entry | None:
        """The entry of a row where it is read; asks for nothing."""
        return self.entry(row)

    def show_only(self, text: str) -> None:
        """Only rows with this text in them."""

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.titles[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return cell(self.cells(index.row())[index.column()], role) if role in TEXT_ROLES else None


class RowsModel(TableModel):
    """Rows that are there."""

    def __init__(self, titles: Sequence[str], rows: Sequence[Row]) -> None:
        super().__init__(titles)
        self._all = list(rows)
        self._rows = self._all

    def cells(self, row: int) -> tuple[str, ...]:
        return self._rows[row].cells

    def entry(self, row: int) -> Entry | None:
        return self._rows[row].entry

    def key(self, row: int) -> str | int:
        return self._rows[row].entry.id

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def show_only(self, text: str) -> None:
        words = text.casefold().split()
        self.beginResetModel()
        self._rows = [row for row in self._all if all(word in " ".join(row.cells).casefold() for word in words)]
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if column < 0:  # no head was clicked yet: the order in which the rows came
            return

        def key(row: Row) -> tuple[bool, float, str]:
            key = row.keys[column] if row.keys else row.cells[column].casefold()
            return (False, key, "") if isinstance(key, int | float) else (key == "", 0.0, key)

        self.beginResetModel()
        self._all.sort(key=key, reverse=order is Qt.SortOrder.DescendingOrder)
        numbers = {id(row) for row in self._rows}
        self._rows = [row for row in self._all if id(row) in numbers]
        self.endResetModel()


class PagedModel(TableModel):
    """Numbers of entries; `read(numbers, done)` brings a page of them when somebody looks at it.

    `asked` says that the person wants it otherwise: with the `text` to find, in the `order` (a column's, "-" before
    it where it falls).
    """

    asked = Signal()

    def __init__(
        self,
        titles: Sequence[str],
        orders: Sequence[str],
        words: Callable[[Entry], tuple[str, ...]],
        read: Callable[[list[int], Callable[[list[Entry]], None]], None],
    ) -> None:
        super().__init__(titles)
        self._orders, self._words, self._read = tuple(orders), words, read
        self._numbers: array[int] = array("q")
        self._pages: dict[int, list[Entry] | None] = {}
        self._turn = 0
        self.text, self.order = "", "-happened"

    def show_numbers(self, numbers: "array[int]") -> None:
        """Show these entries; what was asked for the ones before is dropped."""
        self.beginResetModel()
        self._numbers, self._turn = numbers, self._turn + 1
        self._pages.clear()
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._numbers)

    def key(self, row: int) -> str | int:
        return self._numbers[row]

    def rows_of(self, keys: Container[str | int]) -> list[int]:
        return [row for row, number in enumerate(self._numbers) if number in keys]

    def finder(self, rows: Sequence[int]) -> Callable[[Record], list[EntryId]]:
        numbers = [self._numbers[row] for row in rows]
        return lambda record: timeline.ids(record, numbers)

    def teller(self, rows: Sequence[int]) -> Callable[[Record], list[tuple[str, ...]]]:
        numbers = [self._numbers[row] for row in rows]
        return lambda record: [self._words(entry) for entry in timeline.page(record, numbers)]

    def entry(self, row: int) -> Entry | None:
        return _of_page(self._page(row // PAGE), row)

    def seen(self, row: int) -> Entry | None:
        return _of_page(self._pages.get(row // PAGE), row)

    def cells(self, row: int) -> tuple[str, ...]:
        entry = self.entry(row)
        return ("…",) + ("",) * (len(self.titles) - 1) if entry is None else self._words(entry)

    def show_only(self, text: str) -> None:
        self.text = text
        self.asked.emit()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(self._orders) and self._orders[column]:
            self.order = ("-" if order is Qt.SortOrder.DescendingOrder else "") + self._orders[column]
            self.asked.emit()

    def _page(self, number: int) -> list[Entry] | None:
        if number not in self._pages:
            if len(self._pages) >= MOST_PAGES:
                self._pages.pop(next(iter(self._pages)))
            self._pages[number] = None
            turn = self._turn
            wanted = list(self._numbers[number * PAGE : (number + 1) * PAGE])
            self._read(wanted, lambda entries: self._arrived(turn, number, entries))
        return self._pages[number]

    def _arrived(self, turn: int, number: int, entries_of: list[Entry]) -> None:
        if turn != self._turn:
            return
        self._pages[number] = entries_of
        last = min(len(self._numbers), (number + 1) * PAGE) - 1
        if last >= number * PAGE:
            self.dataChanged.emit(self.index(number * PAGE, 0), self.index(last, len(self.titles) - 1))


def _of_page(page: list[Entry] | None, row: int) -> Entry | None:
    return page[row % PAGE] if page and row % PAGE < len(page) else None


def entry_words(entry: Entry) -> tuple[str, ...]:
    """An entry as the cells of `ENTRY_TITLES`."""
    from organizer.model.kinds import find_kind

    day = entry.happened.spoken() if entry.happened else _("undated")
    kind = find_kind(entry.kind)
    by = kind.author(entry) or entry.text("place")
    value = " · ".join(words for words in (entry.spoken_value(), why_no_fact(entry)) if words)
    return (day, _(kind.label), plain_title(entry), value, by, tag_words(entry))


def tag_words(entry: Entry) -> str:
    """An entry's tags in a cell, and whether packets go without it."""
    return ", ".join([*entry.tags, *([_("left out of packets")] if entry.kept_out else [])])
