"""The files as they came, as a list or as a grid of their first pages: those of a sort, with or without entries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QResizeEvent
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QMenu, QVBoxLayout, QWidget

from organizer.base.i18n import _, pgettext
from organizer.model.media_types import spoken_type
from organizer.services.entries import documents
from organizer.services.entries.documents import GRID, LIST, Original
from ui.entries.parts.page_finder import findable
from ui.entries.parts.rows import MOST, and_more
from ui.entries.parts.thumbnails import Thumbnails
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card
from ui.look.widgets.choices import choices
from ui.look.widgets.columns import Columns
from ui.look.widgets.folding_row import FoldingRow
from ui.look.widgets.labels import file_name, label
from ui.look.widgets.plain import hint
from ui.look.widgets.segmented import Segmented
from ui.shell.context import Context

MOST_TILES = 300
TILE, SHEET = (152, 176), (104, 124)  # pixels at 100 % text: of a tile, and of the page in it
ALL, READ, BARE = "all", "read", "bare"
Opens = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file with what is known of it: its document's `title` and `day` in words ("" where none is told), and whether
    it is `bare`, that is, nothing was read from it yet."""

    original: Original
    title: str
    day: str
    bare: bool

    @property
    def sort(self) -> str:
        """Of which sort it is, in words."""
        return spoken_type(self.original.media_type)

    def fits(self, which: str, sort: str) -> bool:
        """Whether a choice of files has it; `sort` "" is any."""
        return which in (ALL, BARE if self.bare else READ) and sort in ("", self.sort)


class Tiles(QListWidget):
    """A grid as high as all its rows: the page scrolls, not the grid. Arrows move, Enter opens, letters find."""

    def __init__(self, name: str, px: Callable[[int], int]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setIconSize(QSize(px(SHEET[0]), px(SHEET[1])))
        self.setGridSize(QSize(px(TILE[0]), px(TILE[1])))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fit(self) -> None:
        """Take the height that the tiles in sight need."""
        shown = sum(not self.item(row).isHidden() for row in range(self.count()))
        grid = self.gridSize()
        in_a_row = max(1, (self.viewport().width() - 1) // grid.width())
        rows = -(-shown // in_a_row)
        self.setFixedHeight(max(1, rows) * grid.height() + 2 * self.frameWidth() + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.gridSize().width(), self.gridSize().height())


class FilesCard(Card):
    """`opens` is called with the SHA-256 of the file that somebody opens."""

    def __init__(self, context: Context, files: Sequence[KeptFile], thumbnails: Thumbnails, opens: Opens) -> None:
        super().__init__(_("Files as they came"))
        self._context, self._files, self._thumbnails, self._opens = context, files, thumbnails, opens
        self._which, self._sort = ALL, ""
        self._rows: list[QWidget] = []
        self.tiles: Tiles | None = None
        self.body.addWidget(self._head())
        self._place = QVBoxLayout()
        self._place.setSpacing(8)
        self.body.addLayout(self._place)
        if documents.shown_as(context.record) == GRID:
            self._show_tiles()
        else:
            self._show_rows()

    def _head(self) -> Columns:
        """Which files, of which sort, and how they are shown; only what there is a choice of."""
        heads: list[QWidget] = []
        bare = sum(file.bare for file in self._files)
        if 0 < bare < len(self._files):
            words = [(ALL, _("All")), (READ, _("With entries")), (BARE, _("Without entries yet"))]
            which = Segmented(_("Which files"), words, ALL)
            which.chosen.connect(self._choose_which)
            heads.append(which)
        sorts = sorted({file.sort for file in self._files})
        if len(sorts) > 1:
            self.sorts = choices(_("Sort of file"), [(_("All sorts"), ""), *((sort, sort) for sort in sorts)])
            self.sorts.activated.connect(self._choose_sort)
            heads.append(self.sorts)
        ways = Segmented(_("Show the files as"), [(LIST, _("List")), (GRID, _("Grid"))])
        ways.take(documents.shown_as(self._context.record))
        ways.chosen.connect(self._choose_way)
        heads.append(ways)
        head = Columns(self._context.theme.px(200), len(heads))
        head.set_widgets(heads)
        return head

    def _choose_which(self, which: str) -> None:
        self._which = which
        self._filter()

    def _choose_sort(self) -> None:
        self._sort = str(self.sorts.currentData())
        self._filter()

    def _choose_way(self, way: str) -> None:
        documents.show_as(self._context.record, way)
        while self._place.count():
            item = self._place.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._rows, self.tiles = [], None
        if way == GRID:
            self._show_tiles()
        else:
            self._show_rows()
        self._thumbnails.draw()

    def _filter(self) -> None:
        fits = [file.fits(self._which, self._sort) for file in self._files]
        for row, fit in zip(self._rows, fits, strict=False):
            row.setVisible(fit)
        if self.tiles is not None:
            for place in range(self.tiles.count()):
                self.tiles.item(place).setHidden(not fits[place])
            self.tiles.fit()

    def _show_rows(self) -> None:
        for file in self._files[:MOST]:
            row = self._row(file)
            self._rows.append(row)
            self._place.addWidget(row)
        self._tell_rest(MOST)
        self._filter()

    def _tell_rest(self, most: int) -> None:
        if len(self._files) > most:
            self._place.addWidget(and_more(len(self._files) - most))

    def _row(self, file: KeptFile) -> QWidget:
        original, row = file.original, QWidget()
        findable(row, original.name, file.sort)
        box = FoldingRow(row)
        box.setContentsMargins(0, 2, 0, 2)
        box.addWidget(self._thumbnails.place(original))
        box.addSpacing(8)
        words = FoldingRow()  # of its own: where they don't fit beside each other both stay beside the picture
        words.setSpacing(4)
        words.addWidget(file_name(original.name, "strong"), 3)
        sort = _("{kb} kB, {type}").format(kb=max(1, original.size // 1000), type=file.sort)
        words.addWidget(label(sort, "second"), 2)
        box.addLayout(words, 1)
        opens = button(pgettext("button", "Open"), self._context.theme, partial(self._opens, original.sha256), "quiet")
        opens.setAccessibleName(_("Open {title}").format(title=original.name))
        box.addWidget(opens)
        return row

    def _show_tiles(self) -> None:
        theme = self._context.theme
        tiles = self.tiles = Tiles(_("Files as they came"), theme.px)
        for file in self._files[:MOST_TILES]:
            tiles.addItem(self._tile(file, tiles))
        tiles.itemActivated.connect(self._open_tile)
        tiles.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tiles.customContextMenuRequested.connect(self._show_menu)
        self._place.addWidget(tiles)
        self._tell_rest(MOST_TILES)
        self._filter()

    def _tile(self, file: KeptFile, tiles: Tiles) -> QListWidgetItem:
        """The first page above the document's name; everything that the list says is said aloud."""
        size = tiles.iconSize()
        item = QListWidgetItem(QIcon(self._thumbnails.sheet(size, None)), "")
        below = " · ".join(words for words in (file.day, file.sort) if words)
        item.setText(f"{file.title or file.original.name}\n{below}")
        item.setSizeHint(tiles.gridSize())  # else the words are cut at the picture's width
        item.setData(Qt.ItemDataRole.UserRole, file.original.sha256)
        read = _("without entries yet") if file.bare else ""
        spoken = ", ".join(words for words in (file.title, file.original.name, file.day, file.sort, read) if words)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        item.setToolTip(hint(spoken))

        def show(image: QImage) -> None:
            item.setIcon(QIcon(self._thumbnails.sheet(size, image)))

        self._thumbnails.want(file.original, size, tiles, show)
        return item

    def _open_tile(self, item: QListWidgetItem) -> None:
        self._opens(item.data(Qt.ItemDataRole.UserRole))

    def _show_menu(self, place: QPoint) -> None:
        """By the pointer or by the menu key, for the tile in question."""
        if self.tiles is None:
            return
        pointed = self.tiles.indexAt(place)
        index = pointed if pointed.isValid() else self.tiles.currentIndex()
        if not index.isValid():
            return
        menu = QMenu(self)
        menu.addAction(pgettext("button", "Open"), partial(self._open_tile, self.tiles.itemFromIndex(index)))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.tiles.viewport().mapToGlobal(place))
