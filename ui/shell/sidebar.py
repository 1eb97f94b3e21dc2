"""The sidebar: whose record it is, search, the pages, and the lock at its foot. Narrow, it is a rail of icons."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QMenu, QPushButton, QScrollArea, QVBoxLayout, QWidget

from organizer.base.i18n import _
from organizer.model.entry import Entry
from ui.look.icons import beside_words, icon
from ui.look.theme import Theme
from ui.look.widgets.avatar import AVATAR, avatar
from ui.look.widgets.buttons import ChoiceButton
from ui.look.widgets.plain import hint
from ui.look.widgets.scrolling import scrolling
from ui.shell.page import Page
from ui.shell.shortcuts import page_shortcut, with_key

WIDE, RAIL = 236, 40  # pixels at 100 % text; of the rail without its margins, which don't grow
SIDE = 14
ICON, SMALL_ICON = 20, 16
LARGE = 1.5  # times the usual text size
LOW_AVATAR = 24  # pixels at 100 % text: where text is large the window leaves its button no more height
LEAD = 14  # before the portrait: a style sheet's padding is lost on a button whose arrow it draws
BESIDE = 8  # between portrait and name


class Sidebar(QFrame):
    """Says what was clicked; the desk does it."""

    page_chosen = Signal(str)
    person_chosen = Signal(str)
    person_wanted = Signal()
    search_wanted = Signal()
    lock_wanted = Signal()
    safekeeping_wanted = Signal()
    about_wanted = Signal()
    folded = Signal(bool)

    def __init__(self, pages: Sequence[type[Page]], theme: Theme) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setAccessibleName(_("Sidebar"))
        self._theme = theme
        self._rail = False
        self._names: dict[QPushButton, str] = {}
        self._icons: dict[QPushButton, tuple[str, int]] = {}
        self._people = QMenu(self)
        self._people.setAccessibleName(_("People"))
        self.person_button = self._button("person", "", "")
        self.search_button = self._button("search", _("Search (Ctrl+K)"), "search", SMALL_ICON)
        self.safe_button = self._button("foot", _("Encrypted on this computer"), "shield", SMALL_ICON)
        self.lock_button = self._button("foot", _("Lock now"), "lock", SMALL_ICON)
        self.about_button = self._button("foot", _("About Casebook"), "info", SMALL_ICON)
        self.fold_button = self._button("foot", _("Fold the sidebar"), "panel-left", SMALL_ICON)
        self.nav = {page.id: self._nav_button(page, place) for place, page in enumerate(pages, 1)}
        self._person = ""
        self._foot = QGridLayout()
        self._wire()
        self._lay_out()
        self.show_theme(theme)

    def show_people(self, people: Sequence[Entry], chosen: Entry) -> None:
        """Whose record is shown, and who else is in it."""
        self._person = chosen.title
        self._set_name(self.person_button, chosen.title)
        self.person_button.setAccessibleName(_("Person shown: {name}").format(name=chosen.title))
        self._people.clear()
        for person in people:
            action = self._people.addAction(person.title)
            action.setCheckable(True)
            action.setChecked(person.id == chosen.id)
            action.triggered.connect(lambda _on=False, wanted=person.id: self.person_chosen.emit(wanted))
        self._people.addSeparator()
        self._people.addAction(_("Add a person…")).triggered.connect(self.person_wanted)
        self._draw_person()

    def show_page(self, page_id: str) -> None:
        """Mark the page that is in front."""
        for name, button in self.nav.items():
            button.mark(name == page_id)
        self._draw_icons()

    def show_theme(self, theme: Theme) -> None:
        """Other colours or another text size."""
        self._theme = theme
        self._draw_icons()
        self.set_rail(self._rail)

    def set_rail(self, rail: bool) -> None:
        """Icons only (names stay as tooltips and accessible names), or icons with names."""
        self._rail = rail
        theme = self._theme
        self.setFixedWidth(2 * SIDE + theme.px(RAIL) if rail else theme.px(WIDE))
        for button, name in self._names.items():
            button.setText("" if rail else name.replace("&", "&&"))
            button.setToolTip(hint(self._tip(button, name)))
            if button.property("rail") != rail:
                button.setProperty("rail", rail)
                button.style().polish(button)
        for button, (_name, size) in self._icons.items():
            button.setIconSize(QSize(theme.px(size), theme.px(size)) if rail else beside_words(theme, size))
        self._draw_person()
        self._lay_foot(2 if rail and theme.scale >= LARGE else 1)
        self.fold_button.setAccessibleName(_("Unfold the sidebar") if rail else _("Fold the sidebar"))
        self.fold_button.setToolTip(hint(with_key(self.fold_button.accessibleName(), "Ctrl+B")))

    @property
    def is_rail(self) -> bool:
        """True while only icons are shown."""
        return self._rail

    def _tip(self, button: QPushButton, name: str) -> str:
        if button is self.lock_button:
            return with_key(name, "Ctrl+L")
        if button is self.safe_button:
            return _("{what}: backups, passphrase, locking (Ctrl+Shift+S)").format(what=name)
        return name if self._rail else ""

    def _button(self, role: str, name: str, icon_name: str, size: int = ICON) -> QPushButton:
        button = QPushButton()
        self._dress(button, role, name, icon_name, size)
        return button

    def _dress(self, button: QPushButton, role: str, name: str, icon_name: str, size: int = ICON) -> None:
        button.setText(name.replace("&", "&&"))
        button.setProperty("role", role)
        button.setAccessibleName(name)
        self._names[button] = name
        if icon_name:
            self._icons[button] = (icon_name, size)

    def _set_name(self, button: QPushButton, name: str) -> None:
        self._names[button] = name
        button.setAccessibleName(name)
        self.set_rail(self._rail)

    def _nav_button(self, page: type[Page], place: int) -> ChoiceButton:
        button = ChoiceButton("")
        self._dress(button, "nav", _(page.title), page.icon)
        button.asked.connect(lambda wanted=page.id: self.page_chosen.emit(wanted))
        if place <= 9:
            button.setAccessibleDescription(page_shortcut(place))
        return button

    def _wire(self) -> None:
        self.person_button.setMenu(self._people)
        self.search_button.clicked.connect(self.search_wanted)
        self.lock_button.clicked.connect(self.lock_wanted)
        self.safe_button.clicked.connect(self.safekeeping_wanted)
        self.about_button.clicked.connect(self.about_wanted)
        self.safe_button.setAccessibleDescription(_("Backups, passphrase, locking"))
        self.fold_button.clicked.connect(lambda: self.folded.emit(not self._rail))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 16, SIDE, 12)
        column.setSpacing(10)
        column.addWidget(self.person_button)
        column.addWidget(self.search_button)
        column.addWidget(self._pages_column(), 1)
        column.addLayout(self._foot)

    def _lay_foot(self, columns: int) -> None:
        """On a rail of large icons two stand side by side, so that room is left for the pages."""
        self._foot.setSpacing(10 if columns == 1 else 4)
        buttons = (self.fold_button, self.about_button, self.safe_button, self.lock_button)
        for place, button in enumerate(buttons):
            self._foot.addWidget(button, place // columns, place % columns)

    def _pages_column(self) -> QScrollArea:
        """The pages scroll where text is large and the window low."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(4)
        group = QButtonGroup(self)
        group.setExclusive(False)
        for button in self.nav.values():
            group.addButton(button)
            column.addWidget(button)
        column.addStretch()
        area = scrolling(inside, _("Pages"))
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def _draw_icons(self) -> None:
        for button, (name, _size) in self._icons.items():
            token = "accent" if button.isChecked() else "text2"
            button.setIcon(icon(name, self._theme, token))

    def _draw_person(self) -> None:
        if self._person:
            gap, lead = (0, 0) if self._rail else (BESIDE, LEAD)
            px, ratio = self._theme.px, self.devicePixelRatioF()
            pixels = LOW_AVATAR if self._rail and self._theme.scale >= LARGE else AVATAR
            self.person_button.setIconSize(QSize(px(lead) + px(pixels) + px(gap), px(pixels)))
            self.person_button.setIcon(avatar(self._person, self._theme, ratio, pixels, gap, lead))
