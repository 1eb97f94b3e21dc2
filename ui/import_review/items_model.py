"""The items of one file as a table with tick boxes: ticked ones are written."""

from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from organizer.base.words import _
from organizer.services.importing import FilePlan
from ui.import_review import words

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
Flag = Qt.ItemFlag


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the item's key ("" for what is left out anyway), verdict, and its words."""

    key: str
    verdict: str
    title: str
    kind: str
    detail: str


def lines_of(file: FilePlan) -> list[Line]:
    """Conflicts first, then what is new, updated, skipped, known."""
    order = ("conflict", "new", "updated", "skipped", "known")
    lines = [Line(item.key, item.verdict, *words.item_words(item)) for item in file.items]
    lines += [Line("", "skipped", one.what, one.where, one.reason) for one in file.skipped]
    return sorted(lines, key=lambda line: order.index(line.verdict))


class ItemsModel(QAbstractTableModel):
    """Rows of lines; `left_out` holds the keys that the person unticked (shared by all files of a review)."""

    ticked = Signal()

    def __init__(self, lines: list[Line], left_out: set[str]) -> None:
        super().__init__()
        self.lines = lines
        self._left_out = left_out
        self._titles = (_("What"), _("Kind"), _("In short"), _("What happens"))

    def tick_all(self, on: bool) -> None:
        """Tick or untick everything that can be written."""
        keys = {line.key for line in self.lines if _writable(line)}
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
        usual = Flag.ItemIsEnabled | Flag.ItemIsSelectable | Flag.ItemNeverHasChildren
        if index.column() == 0 and _writable(self.lines[index.row()]):
            return usual | Flag.ItemIsUserCheckable
        return usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0 and _writable(line):
            return Qt.CheckState.Unchecked if line.key in self._left_out else Qt.CheckState.Checked
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return (line.title, line.kind, line.detail, words.verdict_words(line.verdict))[index.column()]
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line = self.lines[index.row()]
        if role != Qt.ItemDataRole.CheckStateRole or not _writable(line):
            return False
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._left_out.discard(line.key)
        else:
            self._left_out.add(line.key)
        self._say_changed(index.row(), index.row())
        return True

    def _say_changed(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, 0), [Qt.ItemDataRole.CheckStateRole])
        self.ticked.emit()


def _writable(line: Line) -> bool:
    return bool(line.key) and line.verdict != "known"
