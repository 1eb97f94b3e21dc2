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
_ORDER = ("conflict", "new", "updated", "skipped", "known")


def lines_of(files: Iterable[FilePlan]) -> list[Line]:
    """Conflicts first, then what is new, updated, skipped, known; an entry of several files stands there once."""
    lines: list[Line] = []
    seen: set[tuple[str, str]] = set()
    for file in files:
        lines += file.skipped
        for item in file.items:
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

    def show_only(self, verdict: str) -> None:
        """Only the lines of that verdict; "" for all."""
        self.beginResetModel()
        self.lines = [line for line in self._all if verdict in ("", words.verdict_of(line))]
        self.endResetModel()

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
            line = self.lines[index.row()]
            if index.column() == 3:
                return cell(words.verdict_words(words.verdict_of(line)), role)
            return cell(words.line_words(line)[index.column()], role)
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
