"""Entries as rows of a card: a date, a title, what it says, and the way to the entry and its source."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from organizer.base.i18n import _, ngettext, pgettext
from organizer.health.titles import plain_title
from organizer.health.validity import why_no_fact
from organizer.model.entry import Entry
from organizer.services.entries import images
from ui.entries.parts.page_finder import findable
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card, line
from ui.look.widgets.folding_row import FoldingRow
from ui.look.widgets.labels import label
from ui.look.widgets.menus import menu_of
from ui.shell.context import Context

DOCUMENT = "DocumentReference"
MOST = 60
STACKED_BELOW, FOOT_BELOW = 640, 400  # pixels at 100 % text: texts below each other; the buttons below them too
DAY = 100


class EntryRow(QWidget):
    """A row that opens its entry; with a document behind it a button opens the source. It reflows on resize.

    What is no fact says why, unless `said` does.
    """

    def __init__(self, context: Context, entry: Entry, details: str = "", struck: bool = False) -> None:
        super().__init__()
        self._context, self._entry, self._px = context, entry, context.theme.px
        why = why_no_fact(entry)
        if why.casefold() not in details.casefold():
            details = " · ".join(words for words in (why, details) if words)

        day = entry.happened.spoken() if entry.happened else ""
        self._title = title = plain_title(entry)
        findable(self, day, title, entry.title, details)

        self._day = label(day or _("undated"), "second")
        self._day.setFixedWidth(self._px(DAY))
        self._texts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._texts.addWidget(self._day)
        self._texts.addWidget(label(title, "struck" if struck else "strong"), 3)
        self._texts.addLayout(self._details(details), 4)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 2, 0, 2)
        self._box.addLayout(self._texts, 1)
        self._box.addLayout(self._buttons())

    def minimumSizeHint(self) -> QSize:
        """As narrow as its parts below each other."""
        return QSize(self._px(DAY), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        stacked, foot = (self.width() < self._px(most) for most in (STACKED_BELOW, FOOT_BELOW))
        texts, box = (ways.TopToBottom if vertical else ways.LeftToRight for vertical in (stacked, foot))
        if texts != self._texts.direction() or box != self._box.direction():
            self._texts.setDirection(texts)
            for place, share in enumerate((0, 0, 0) if stacked else (0, 3, 4)):
                self._texts.setStretch(place, share)
            self._texts.setSpacing(2 if stacked else -1)
            self._day.setMaximumWidth(self._px(FOOT_BELOW if stacked else DAY))
            self._box.setDirection(box)
            self._box.setStretch(0, 0 if foot else 1)
            self.updateGeometry()

    def _details(self, details: str) -> QVBoxLayout:
        """What it says; below it the way to the images that there are, so that the columns of a card line up."""
        column = QVBoxLayout()
        column.setSpacing(2)
        if details:
            column.addWidget(label(details, "second"))
        if self._entry.kind == images.KIND and images.has_images(self._entry):
            shows = button(_("Images"), self._context.theme, self._show_images, "quiet", "scan")
            shows.setAccessibleName(_("Images of {title}").format(title=self._title))
            column.addWidget(shows, 0, Qt.AlignmentFlag.AlignLeft)
        return column

    def _buttons(self) -> FoldingRow:
        context, entry = self._context, self._entry
        row = FoldingRow()
        row.addStretch()
        if entry.kind == DOCUMENT and not entry.reported_by_patient:
            # A document is opened to be read; what is written about it is a second thought.
            opens = button(pgettext("button", "Open"), context.theme, lambda: context.show_source(entry), "quiet")
            edits = button(_("Details"), context.theme, lambda: context.edit_entry(entry, entry.kind), "quiet")
            opens.setAccessibleName(_("Open {title}").format(title=self._title))
            edits.setAccessibleName(_("Details of {title}").format(title=self._title))
            row.addWidget(opens)
            row.addWidget(edits)
            return row
        opens = button(
            pgettext("button", "Open"), context.theme, lambda: context.edit_entry(entry, entry.kind), "quiet"
        )
        opens.setAccessibleName(_("Open {title}").format(title=self._title))
        row.addWidget(opens)
        source = button(_("Source"), context.theme, lambda: context.show_source(entry), "quiet")
        source.setAccessibleName(_("Source of {title}").format(title=self._title))
        row.addWidget(source)
        # What the person wrote has no source page; its place stays, so that the columns of a card line up.
        keeps = source.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        source.setSizePolicy(keeps)
        if entry.reported_by_patient:  # to show what has no parent yet would open a window of its own
            source.hide()
        return row

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu_of(self.findChildren(QPushButton), self).popup(event.globalPos())

    def _show_images(self) -> None:
        from ui.pages.documents.imaging.viewer import start  # a dialog that few need: not at start-up

        start(self._context, self._entry, self.window())


def entries_card(context: Context, title: str, rows: Sequence[tuple[Entry, str]], of: int = 0) -> Card:
    """A card of entries, each with what it says; a long list (`of` so many) says how many more there are."""
    card = Card(title)
    for number, (entry, words) in enumerate(rows[:MOST]):
        if number:
            card.body.addWidget(line())
        card.body.addWidget(EntryRow(context, entry, words, entry.struck))
    more = max(of, len(rows)) - len(rows[:MOST])
    if more:
        card.body.addWidget(and_more(more))
    return card


def and_more(more: int) -> QLabel:
    """The line below a list that goes on."""
    words = ngettext("and {n} more: find it with Ctrl+K", "and {n} more: find them with Ctrl+K", more)
    return label(words.format(n=more), "small")
