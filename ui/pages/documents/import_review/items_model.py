"""The items of some files as a table with tick boxes: ticked ones are written. Words are made when a row is seen."""

from collections.abc import Iterable, Sequence
from typing import TypeGuard

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from organizer.base.i18n import _
from organizer.services.bring_in.importing import FilePlan, PlannedItem, Skipped
from ui.look.widgets.plain import TEXT_ROLES, cell
from ui.pages.documents.import_review import words

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
Flag = Qt.ItemFlag
Line = PlannedItem | Skipped
IN_SHORT = 2
"""The column that begins with the day."""
_ORDER = ("conflict", "new", "updated", "skipped", "known")


def lines_of(files: Iterable[FilePlan]) -> list[Line]:
    """Conflicts first, then what is new, updated, skipped, known; an entry of several files stands there once.

    Of a file with very many entries those that are listed: it says how many there are of each.
    """
    lines: list[Line] = []
    seen: set[tuple[str, str]] = set()
    for file in files:
        lines += file.skipped
        for item in file.listed:
            if (item.entry.id, item.verdict) not in seen:
                seen.add((item.entry.id, item.verdict))
                lines.append(item)
    return sorted(lines, key=lambda line: _ORDER.index(words.verdict_of(line)))


class ItemsModel(QAbstractTableModel):
    """Rows of lines; `left_out` holds the keys that the person unticked (shared by all files of a review)."""

    ticked = Signal()

    def __init__(self, lines: Sequence[Line], left_out: set[str]) -> None:
        super().__init__()
        self._all = list(lines)
        self.lines = self._all
        self._left_out = left_out
        self._titles = (_("What"), _("Kind"), _("In short"), _("What happens"))
        self._verdict, self._wanted = "", list[str]()
        self._order: tuple[int, bool] | None = None
        self._words: dict[int, tuple[str, str, str, str]] = {}

    def show_only(self, verdict: str) -> None:
        """Only the lines of that verdict; "" for all."""
        self._verdict = verdict
        self._choose()

    def search(self, text: str) -> None:
        """Only the lines that say each of these words somewhere; "" for all."""
        self._wanted = text.casefold().split()
        self._choose()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By what a column says; a column below 0 gives the order of the review back. Days stand in their order."""
        self._order = (column, order is Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self._choose()

    def _choose(self) -> None:
        lines = [line for line in self._all if self._verdict in ("", words.verdict_of(line)) and self._says(line)]
        if self._order is not None:
            column, is_descending = self._order
            lines.sort(key=lambda line: self._sort_key(line, column), reverse=is_descending)
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def _says(self, line: Line) -> bool:
        return not self._wanted or all(word in " ".join(self._cells(line)).casefold() for word in self._wanted)

    def _sort_key(self, line: Line, column: int) -> tuple[str, str]:
        happened = line.entry.happened if isinstance(line, PlannedItem) else None
        day = happened.sort_key if happened is not None and column == IN_SHORT else ""
        return day, self._cells(line)[column].casefold()

    def _cells(self, line: Line) -> tuple[str, str, str, str]:
        """What a line says, column by column, made once."""
        if id(line) not in self._words:
            self._words[id(line)] = (*words.line_words(line), words.verdict_words(words.verdict_of(line)))
        return self._words[id(line)]

    def tick_all(self, on: bool) -> None:
        """Tick or untick everything in sight that can be written."""
        keys = {line.key for line in self.lines if _can_stay_out(line)}
        self._left_out.difference_update(keys)
        if not on:
            self._left_out.update(keys)
        self._say_changed(0, len(self.lines) - 1)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Flag.NoItemFlags
        usual = Flag.ItemIsEnabled | Flag.ItemIsSelectable | Flag.ItemNeverHasChildren
        if index.column() == 0 and self._key(index):
            return usual | Flag.ItemIsUserCheckable
        return usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.CheckStateRole:
            key = self._key(index) if index.column() == 0 else ""
            if not key:
                return None
            return Qt.CheckState.Unchecked if key in self._left_out else Qt.CheckState.Checked
        if role in TEXT_ROLES:
            return cell(self._cells(self.lines[index.row()])[index.column()], role)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        key = self._key(index)
        if role != Qt.ItemDataRole.CheckStateRole or not key:
            return False
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._left_out.discard(key)
        else:
            self._left_out.add(key)
        self._say_changed(index.row(), index.row())
        return True

    def _key(self, index: Index) -> str:
        """The key of a row that can be written, or ""."""
        line = self.lines[index.row()]
        return line.key if _can_stay_out(line) else ""

    def _say_changed(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, 0), [Qt.ItemDataRole.CheckStateRole])
        self.ticked.emit()


def _can_stay_out(line: Line) -> TypeGuard[PlannedItem]:
    """A person new to the record comes in with what is theirs; what is known already is no choice."""
    if not isinstance(line, PlannedItem) or line.verdict == "known":
        return False
    return line.entry.kind != "Patient" or line.verdict != "new"
