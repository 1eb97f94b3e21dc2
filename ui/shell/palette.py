"""Ctrl+K: pages, things to do and everything in the record of the person shown, by a few letters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from organizer.base.dates import PartialDate
from organizer.base.i18n import _, ngettext
from organizer.health.titles import plain_title
from organizer.model.kinds import find_kind
from organizer.services.entries.search import MeasureHit, SearchHit, Wanted, search_by_measure
from ui.look.icons import icon
from ui.look.widgets.announcing import announce
from ui.look.widgets.dialogs import Dialog, resize_within
from ui.look.widgets.labels import label
from ui.look.widgets.plain import hint
from ui.shell.context import Context
from ui.shell.page import Page
from ui.shell.shortcuts import SHORTCUTS, Shortcut, spoken_keys

MOST_HITS = 40
COMMAND_ICONS = {
    "ask_add": "plus",
    "choose_import": "upload",
    "choose_import_folder": "folder-open",
    "ask_export": "download",
    "page_help": "circle-help",
    "about": "info",
    "pin": "pin",
    "history": "history",
    "undo": "undo-2",
    "redo": "redo-2",
    "show_settings": "settings",
    "print_page": "printer",
    "safekeeping": "shield",
    "lock": "lock",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the list: what it is called, what stands behind it, its picture, what Enter does.

    `words` are further ones by which it is found."""

    title: str
    detail: str
    icon: str
    open: Callable[[], None]
    words: str = ""


class Palette(Dialog):
    """A field and a list below it; arrows move, Enter opens, Escape closes."""

    def __init__(self, context: Context, pages: Sequence[type[Page]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Find anything"))
        self.setAccessibleName(self.windowTitle())
        self._context, self._pages = context, pages
        self._choices: list[Choice] = []
        self._hits: list[SearchHit] = []
        self._asking = False
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("A test, a medicine, a diagnosis, words of a letter…"))
        self.field.setAccessibleName(_("Find anything"))
        self.field.setClearButtonEnabled(True)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(_("What was found"))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # long words end in dots
        self.list.setIconSize(QSize(context.theme.px(20), context.theme.px(20)))
        self.list.itemActivated.connect(lambda _item: self.open_chosen())
        self.list.itemClicked.connect(lambda _item: self.open_chosen())
        self.note = label("", "small")
        self.field.textChanged.connect(self._typed)
        self._lay_out()
        self._typed("")

    def open_chosen(self) -> None:
        """Open the marked line."""
        row = self.list.currentRow()
        if 0 <= row < len(self._choices):
            chosen = self._choices[row]
            self.accept()
            chosen.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            step = steps.get(Qt.Key(event.key()))
            if step is not None:
                self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), self.list.count() - 1))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.open_chosen()
                return True
        return super().eventFilter(watched, event)

    def _typed(self, text: str) -> None:
        """Show at once what is known: pages, actions, and those of the last hits that still say what is typed."""
        folded = text.strip().casefold()
        self._hits = [hit for hit in self._hits if folded and folded in _title(hit).casefold()]
        self._show([*map(self._hit, self._hits), *self._doings(text)])
        self.note.setText("")
        if folded:
            self._ask()

    def _ask(self) -> None:
        """Search in the background, one search at a time: what was typed meanwhile is asked when it answers."""
        if self._asking:
            return
        self._asking = True
        text, wanted = self.field.text(), Wanted(self._context.person)
        self._context.read(
            _("Searching"),
            lambda record, _progress: search_by_measure(record, text, wanted, MOST_HITS),
            lambda hits: self._show_hits(text, hits),
            self,
        )

    def _show_hits(self, text: str, hits: list[SearchHit]) -> None:
        self._asking = False
        typed = self.field.text()
        if not self.isVisible() or not typed.strip():
            return
        if text != typed:
            self._ask()
            return
        self._hits = hits
        self._show([*map(self._hit, hits), *self._doings(text)])
        self.note.setText("" if self._choices else _("Nothing in this person’s record has these words."))
        count = len(self._choices)
        announce(self.list, self.note.text() or ngettext("{n} line found", "{n} lines found", count).format(n=count))

    def _hit(self, hit: SearchHit) -> Choice:
        if isinstance(hit, MeasureHit):
            return self._measure(hit)
        kind = find_kind(hit.kind)
        day = PartialDate(hit.happened).spoken() if hit.happened else ""
        detail = " · ".join(part for part in (_(kind.label), day, hit.snippet) if part)
        find = self.field.text()
        return Choice(hit.title, detail, kind.icon, lambda: self._context.navigate("entry", entry=hit.id, find=find))

    def _measure(self, hit: MeasureHit) -> Choice:
        latest = hit.latest
        day = latest.happened.spoken() if latest.happened else ""
        count = ngettext("{n} result", "{n} results", hit.count).format(n=hit.count)
        detail = " · ".join(part for part in (latest.spoken_value(), day, count) if part)
        show = partial(self._context.navigate, "tests", code=hit.measure)
        return Choice(plain_title(latest), detail, find_kind(latest.kind).icon, show)

    def _doings(self, text: str) -> list[Choice]:
        """Pages and actions whose name holds the typed letters; all of them before anything is typed."""
        choices = [self._page(page) for page in self._pages]
        choices += [self._command(shortcut) for shortcut in SHORTCUTS if shortcut.action != "search"]
        folded = text.strip().casefold()
        return [choice for choice in choices if folded in f"{choice.title} {choice.words}".casefold()]

    def _command(self, shortcut: Shortcut) -> Choice:
        icon_name = COMMAND_ICONS.get(shortcut.action, "chevron-right")
        words = _(shortcut.also) if shortcut.also else ""
        keys = spoken_keys(shortcut.keys[0])
        return Choice(_(shortcut.label), keys, icon_name, lambda: self._context.do(shortcut.action), words)

    def _page(self, page: type[Page]) -> Choice:
        return Choice(_(page.title), _("Page"), page.icon, lambda: self._context.navigate(page.id))

    def _show(self, choices: list[Choice]) -> None:
        self._choices = choices
        self.list.clear()
        for choice in choices:
            item = QListWidgetItem(icon(choice.icon, self._context.theme), f"{choice.title}   —   {choice.detail}")
            item.setToolTip(hint(choice.detail))
            self.list.addItem(item)
        self.list.setCurrentRow(0 if choices else -1)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addWidget(self.field)
        column.addWidget(self.list)
        column.addWidget(self.note)
        resize_within(self, self._context.theme.px(640), self._context.theme.px(460))


def _title(hit: SearchHit) -> str:
    return plain_title(hit.latest) if isinstance(hit, MeasureHit) else hit.title
