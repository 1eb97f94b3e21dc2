"""The proposals as a table: ticked ones will be entered, every cell can be corrected in place."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from organizer.base.errors import OrganizerError
from organizer.base.i18n import _
from organizer.services.bring_in import lab_reports
from organizer.services.bring_in.lab_reports import LabReport, Proposal
from ui.look.theme import Theme
from ui.look.widgets.plain import TEXT_ROLES, cell

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
Flag = Qt.ItemFlag
Role = Qt.ItemDataRole
COLUMNS = ("name", "value", "unit", "range", "flag", "date", "state")
CHECK = COLUMNS.index("state")


class ResultsModel(QAbstractTableModel):
    """Certain proposals come ticked, doubtful ones and those that the record has already don't."""

    ticked = Signal()

    def __init__(self, report: LabReport, theme: Theme, refused: Callable[[OrganizerError], None]) -> None:
        super().__init__()
        self._theme = theme
        self.proposals = list(report.proposals)
        self._known, self._refused = report.known, refused
        self._on = {place for place, proposal in enumerate(report.proposals) if proposal.certain} - report.known
        self._touched: set[int] = set()
        self._titles = (_("Name"), _("Value"), _("Unit"), _("Range"), _("Flag"), _("Date"), _("As read"))

    @property
    def chosen(self) -> list[Proposal]:
        """The ticked proposals as they now are, in the order of the page."""
        return [proposal for place, proposal in enumerate(self.proposals) if place in self._on]

    def toggle(self, rows: Sequence[int]) -> None:
        """Tick these rows, or untick them where all are ticked."""
        wanted = set(rows)
        self._on = self._on - wanted if wanted <= self._on else self._on | wanted
        for row in rows:
            self.dataChanged.emit(self.index(row, 0), self.index(row, CHECK))
        self.ticked.emit()

    def date_all(self, dated: Callable[[Proposal], Proposal]) -> None:
        """Another day for every row; those that nothing else speaks against are ticked by it."""
        for row, before in enumerate(self.proposals):
            after = self.proposals[row] = dated(before)
            if after != before and after.certain and not before.certain and row not in self._known:
                self._on.add(row)
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.proposals) - 1, CHECK))
        self.ticked.emit()

    def state(self, row: int) -> str:
        """Why a row wants a look, in words."""
        if row in self._known:
            return _("Already in the record")
        if row in self._touched:
            return _("Corrected by you")
        doubts = " ".join(self.proposals[row].doubts)
        return _("Please check: {doubts}").format(doubts=doubts) if doubts else _("Clear")

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.proposals)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return self._titles[section]
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Flag.NoItemFlags
        usual = Flag.ItemIsEnabled | Flag.ItemIsSelectable | Flag.ItemNeverHasChildren
        if index.column() == CHECK:
            return usual
        usual |= Flag.ItemIsEditable
        return usual | Flag.ItemIsUserCheckable if index.column() == 0 else usual

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        row, column = index.row(), index.column()
        if role == Role.CheckStateRole and column == 0:
            return Qt.CheckState.Checked if row in self._on else Qt.CheckState.Unchecked
        if role in TEXT_ROLES:
            return cell(self._text(row, COLUMNS[column]), role)
        if role == Role.EditRole:
            return self._typed(row, COLUMNS[column])
        if role == Role.ForegroundRole and column == CHECK and self.proposals[row].doubts:
            return self._theme.color("caution")
        return None

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        row = index.row()
        if role == Role.CheckStateRole and index.column() == 0:
            self.toggle([row])
            return True
        if role != Role.EditRole or str(value).strip() == self._typed(row, COLUMNS[index.column()]):
            return False
        try:
            self.proposals[row] = lab_reports.corrected(self.proposals[row], COLUMNS[index.column()], str(value))
        except OrganizerError as error:
            self._refused(error)
            return False
        self._touched.add(row)
        self._on.add(row)
        self.dataChanged.emit(self.index(row, 0), self.index(row, CHECK))
        self.ticked.emit()
        return True

    def _text(self, row: int, column: str) -> str:
        proposal = self.proposals[row]
        if column == "date":
            return proposal.date.spoken() if proposal.date else ""
        if column == "unit":
            return lab_reports.shown_unit(proposal)
        if column == "flag":
            return lab_reports.spoken_flag(proposal)
        return self.state(row) if column == "state" else self._typed(row, column)

    def _typed(self, row: int, column: str) -> str:
        proposal = self.proposals[row]
        texts = {
            "name": proposal.name,
            "value": lab_reports.spoken_value(proposal),
            "unit": proposal.unit,
            "range": proposal.range_text,
            "flag": proposal.flag,
            "date": proposal.date.text if proposal.date else "",
        }
        return texts.get(column, "")
