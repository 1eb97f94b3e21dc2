"""One file of a review: what its reader says, and its items to tick."""

from collections.abc import Callable
from functools import partial
from itertools import chain

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLineEdit, QTableView, QVBoxLayout, QWidget

from organizer.base.i18n import _, ngettext
from organizer.services.bring_in.importing import Table
from ui.entries.parts.page_finder import WORTH_IT
from ui.look.theme import Theme
from ui.look.widgets.announcing import announce
from ui.look.widgets.buttons import button
from ui.look.widgets.card import notice
from ui.look.widgets.labels import label
from ui.look.widgets.segmented import Segmented
from ui.pages.documents.import_review import words
from ui.pages.documents.import_review.files_model import Group
from ui.pages.documents.import_review.items_model import ItemsModel, lines_of

MOST_NOTICES = 4
RESTS_MS = 200


class FileView(QWidget):
    """`ask_columns` is called with the table whose columns the person wants to name."""

    def __init__(self, theme: Theme, group: Group, left_out: set[str], ask_columns: Callable[[Table], None]) -> None:
        super().__init__()
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.px(12), 0, 0, 0)
        self._column.setSpacing(theme.px(8))
        self._column.addWidget(label(group.name, "heading", selectable=True))
        self._column.addWidget(label(words.files_sentence(group.files), "second"))
        for text in _notices(group):
            self._column.addWidget(notice(text))
        for table in chain.from_iterable(file.reading.tables for file in group.files if file.reading):
            self._column.addLayout(self._columns_row(table, ask_columns))
        lines = lines_of(group.files)
        if lines:
            self.model = ItemsModel(lines, left_out)
            self._column.addLayout(self._tools())
            self.table = _table(self.model, group.name, theme)
            self._column.addWidget(self.table, 1)
            self.setFocusProxy(self.table)
        else:
            self._column.addStretch()

    def _columns_row(self, table: Table, ask: Callable[[Table], None]) -> QHBoxLayout:
        row = QHBoxLayout()
        says = _("How the columns are read") if table.columns.usable else _("What the columns hold isn’t known yet.")
        row.addWidget(label(f"{table.sheet}: {says}" if table.sheet else says, "second"), 1)
        asks = _("Say what they hold…") if not table.columns.usable else _("Look at the columns…")
        row.addWidget(button(_("Answer…") if table.asks else asks, self._theme, partial(ask, table), "secondary"))
        return row

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        present = {words.verdict_of(line) for line in self.model.lines}
        choices = [("", _("All"))]
        choices += [
            (verdict, words.verdict_words(verdict)) for verdict in (*words.VERDICTS, "skipped") if verdict in present
        ]
        if len(choices) > 2:
            shown = Segmented(_("Show"), choices)
            shown.chosen.connect(self.model.show_only)
            row.addWidget(shown)
        row.addStretch()
        if len(self.model.lines) >= WORTH_IT:
            row.addWidget(self._finder())
        for text, on in ((_("Tick all"), True), (_("Untick all"), False)):
            row.addWidget(button(text, self._theme, partial(self.model.tick_all, on), "quiet"))
        return row

    def _finder(self) -> QLineEdit:
        """Only the rows with what is typed, as soon as the typing rests."""
        field = QLineEdit()
        field.setPlaceholderText(_("Only rows with …"))
        field.setAccessibleName(_("Only rows with these words"))
        field.setClearButtonEnabled(True)
        field.setMaximumWidth(self._theme.px(240))
        resting = QTimer(field)
        resting.setSingleShot(True)
        resting.setInterval(RESTS_MS)
        resting.timeout.connect(lambda: self._search(field.text()))
        field.textChanged.connect(lambda _text: resting.start())
        self.field = field
        return field

    def _search(self, text: str) -> None:
        self.model.search(text)
        count = self.model.rowCount()
        announce(self.table, ngettext("{n} row", "{n} rows", count).format(n=count))


def _notices(group: Group) -> list[str]:
    """What went wrong and what its readers say, each once."""
    notices: dict[str, None] = {}
    unlisted = sum(file.unlisted for file in group.files)
    if unlisted:
        text = ngettext(
            "{n} further entry isn’t listed here; it comes in with the others.",
            "{n} further entries aren’t listed here; they come in with the others.",
            unlisted,
        )
        notices[text.format(n=unlisted)] = None
    for file in group.files:
        if file.error is not None:
            notices[f"{file.error.message} {file.error.next_step}"] = None
        notices.update(dict.fromkeys(file.warnings))
    lines = list(notices)
    if len(lines) > MOST_NOTICES:
        return [*lines[:MOST_NOTICES], _("… and {n} more of this kind.").format(n=len(lines) - MOST_NOTICES)]
    return lines


def _table(model: ItemsModel, name: str, theme: Theme) -> QTableView:
    table = QTableView()
    table.setModel(model)
    model.setParent(table)
    table.setAccessibleName(name)
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.verticalHeader().setDefaultSectionSize(theme.px(34))
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setAlternatingRowColors(True)
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    table.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    table.setTextElideMode(Qt.TextElideMode.ElideRight)
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    header.setStretchLastSection(True)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for place, width in ((0, 230), (1, 110), (2, 220)):
        table.setColumnWidth(place, theme.px(width))
    table.setMinimumHeight(theme.px(180))
    header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    header.setSortIndicatorClearable(True)
    table.setSortingEnabled(True)
    return table
