"""What the columns of a table hold: guessed from its headings, shown with its first rows, changed by the person."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from organizer.base.i18n import _
from organizer.services.bring_in import importing
from organizer.services.bring_in.importing import Table
from ui.look.theme import Theme
from ui.look.widgets.buttons import button
from ui.look.widgets.card import notice
from ui.look.widgets.dialogs import Dialog, resize_within
from ui.look.widgets.labels import label, one_line
from ui.look.widgets.segmented import Segmented

MOST_COLUMNS, MOST_ROWS, LONGEST_CELL = 60, 8, 40


class ColumnsDialog(Dialog):
    """`said` carries the columns as the person named them."""

    answered = Signal(object)

    def __init__(self, theme: Theme, table: Table, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("What the columns hold"))
        self.setAccessibleName(_("What the columns hold"))
        self._theme, self._table = theme, table
        self._width = min(MOST_COLUMNS, max((len(row) for row in table.rows), default=0))
        self._boxes = [self._choice(place, role) for place, role in enumerate(self._roles())]
        resize_within(self, theme.px(940), theme.px(600))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(20))
        outer.setSpacing(theme.px(12))
        outer.addWidget(label(_("What the columns hold"), "title"))
        outer.addWidget(label(_("The first rows, as they stand in the file. Say what each column is."), "second"))
        outer.addWidget(self._grid(), 1)
        if table.unclear:
            words = _("“{date}” may be two days. Say which comes first; such rows are left out until then.")
            outer.addWidget(notice(words.format(date=table.unclear)))
        if table.unclear_number:
            words = _("“{number}” may be two numbers. Say which mark decimals have; such rows are left out until then.")
            outer.addWidget(notice(words.format(number=table.unclear_number)))
        self._order, self._decimal = self._segments()
        outer.addLayout(self._questions())
        self._wrong = label("", "error")
        self._wrong.hide()
        outer.addWidget(self._wrong)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(button(_("Cancel"), theme, self.reject))
        read = button(_("Read it so"), theme, self.take, "primary", "check")
        read.setDefault(True)
        buttons.addWidget(read)
        outer.addLayout(buttons)

    def take(self) -> None:
        """Hand over what is chosen, where it is enough to read results."""
        heading = self._table.rows[self._table.columns.heading] if self._table.rows else ()
        roles = [str(box.currentData()) for box in self._boxes]
        columns = importing.with_roles(self._table.columns, roles, heading)
        if not columns.usable:
            self._wrong.setText(_("Choose at least what was measured and its value, or a date and a measure."))
            self._wrong.show()
            return
        self.answered.emit(replace(columns, date_order=self._order.taken, decimal=self._decimal.taken))
        self.accept()

    def _roles(self) -> list[str]:
        return importing.roles_of(self._table.columns, self._width)

    def _choice(self, place: int, role: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(_("What column {n} holds").format(n=place + 1))
        box.setMinimumWidth(self._theme.px(185))
        for key, words in importing.ROLES:
            box.addItem(_(words), key)
        box.setCurrentIndex(max(0, box.findData(role)))
        return box

    def _grid(self) -> QScrollArea:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setHorizontalSpacing(self._theme.px(16))
        for place, box in enumerate(self._boxes):
            grid.addWidget(box, 0, place)
        for number, row in enumerate(self._table.rows[self._table.columns.heading :][: MOST_ROWS + 1]):
            for place, cell in enumerate(row[: self._width]):
                text = " ".join(cell.split())
                shown = one_line(text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…")
                shown.setProperty("role", "strong" if number == 0 else "second")
                grid.addWidget(shown, number + 1, place)
        grid.setRowStretch(grid.rowCount(), 1)
        grid.setColumnStretch(grid.columnCount(), 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName(_("The first rows"))
        area.setWidget(inside)
        return area

    def _segments(self) -> tuple[Segmented, Segmented]:
        columns = self._table.columns
        orders = [("DMY", _("Day first (31/12)")), ("MDY", _("Month first (12/31)"))]
        orders.append(("YMD", _("Year first (25-12-31)")))
        marks = [(".", _("1.5")), (",", _("1,5"))]
        if not columns.date_order:
            orders.insert(0, ("", _("Not said")))
        if not columns.decimal:
            marks.insert(0, ("", _("Not said")))
        return (
            Segmented(_("Dates"), orders, columns.date_order),
            Segmented(_("Decimals"), marks, columns.decimal),
        )

    def _questions(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for words, segment in ((_("Dates"), self._order), (_("Decimals"), self._decimal)):
            row.addWidget(one_line(words, "second"))
            row.addWidget(segment)
            row.addSpacing(self._theme.px(16))
        row.addStretch()
        return row
