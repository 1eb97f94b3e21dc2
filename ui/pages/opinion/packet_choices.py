"""What goes into the packet: sections, sensitive matters, paper, language. Each change shows at once."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt

from organizer.base.i18n import _, languages, own_name
from organizer.services.opinion.leaving_out import MatterInfo
from organizer.services.opinion.packets import PacketChoice, SectionInfo
from ui.look.theme import Theme
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card
from ui.look.widgets.labels import label
from ui.look.widgets.segmented import Segmented
from ui.look.widgets.tick_box import TickBox
from ui.pages.opinion.matters import matter_said
from ui.pages.opinion.section_rows import SectionRows


class PacketChoices(Card):
    """Holds the choice; `changed` is called with it after each click, `arrange` with the ids of all sections in an
    order that somebody made, or with none for the usual one; `begun` says where it began."""

    def __init__(
        self,
        theme: Theme,
        chosen: PacketChoice,
        sections: Sequence[SectionInfo],
        matters: Sequence[MatterInfo],
        changed: Callable[[PacketChoice], None],
        arrange: Callable[[Sequence[str]], None],
        begun: str = "",
    ) -> None:
        super().__init__(_("What to include"))
        if begun:
            self.body.addWidget(label(begun, "small"))
        self._chosen, self._changed = chosen, changed
        self._sections, self._defaults = sections, tuple(section.id for section in sections if section.default)
        self.rows = SectionRows(theme, sections, self._included(), self._tick)
        self.rows.arranged.connect(arrange)
        self.body.addWidget(
            label(_("Drag a section by its handle, or press Alt and an arrow on it, to move it."), "small")
        )
        self.body.addWidget(self.rows)
        self._usual = button(_("Usual order"), theme, lambda: arrange(()), "quiet", "undo-2")
        self.body.addWidget(self._usual, 0, Qt.AlignmentFlag.AlignLeft)
        self._usual.setVisible(bool(chosen.order))  # within the card: before, it would be a window of its own
        if matters:
            self._heading(_("Sensitive matters"))
            self.body.addWidget(label(_("Off until you tick them, on every page and in every exhibit."), "small"))
            for matter in matters:
                is_on = matter.id in chosen.tick_sensitive
                self.body.addWidget(self._box(matter_said(matter), is_on, self._tick_matter, matter.id))
        self._heading(_("Paper"))
        self._add_choice(_("Paper"), [("letter", _("US Letter")), ("a4", "A4")], chosen.page_size, self._take_size)
        if len(languages()) > 1:
            self._heading(_("Language of the packet’s own words"))
            spoken = [(code, own_name(code)) for code in languages()]
            self._add_choice(_("Language"), spoken, chosen.language, self._take_language)
        self.body.addStretch()

    def resize_section(self, section: str, whole: bool) -> None:
        """Print all of a section, or let it keep to its pages."""
        wanted = self._chosen.whole | {section} if whole else self._chosen.whole - {section}
        self._take(replace(self._chosen, whole=wanted))

    def take_looked_at(self, looked_at: frozenset[str]) -> None:
        """The documents that may be printed though they can't be searched."""
        self._take(replace(self._chosen, looked_at=looked_at))

    def leave_out(self, section: str) -> None:
        """Take the tick from a section."""
        self.rows.box(section).setChecked(False)

    def take_order(self, order: tuple[str, ...]) -> None:
        """The order that the rows show already is kept now."""
        self._usual.setVisible(bool(order))
        self._take(replace(self._chosen, order=order))

    def _included(self) -> set[str]:
        wanted = self._chosen.include if self._chosen.include is not None else self._defaults
        return set(wanted) - set(self._chosen.exclude)

    def _heading(self, words: str) -> None:
        self.body.addSpacing(8)
        self.body.addWidget(label(words, "strong"))

    def _box(self, words: str, on: bool, act: Callable[[str, bool], None], key: str) -> TickBox:
        box = TickBox(words)
        box.setChecked(on)
        box.toggled.connect(lambda ticked: act(key, ticked))
        return box

    def _add_choice(
        self, name: str, choices: Sequence[tuple[str, str]], taken: str, act: Callable[[str], None]
    ) -> None:
        made = Segmented(name, choices, taken)
        made.chosen.connect(act)
        self.body.addWidget(made)

    def _tick(self, section: str, on: bool) -> None:
        wanted = self._included()
        (wanted.add if on else wanted.discard)(section)
        order = tuple(section_info.id for section_info in self._sections if section_info.id in wanted)
        self._take(replace(self._chosen, include=None if order == self._defaults else order, exclude=()))

    def _tick_matter(self, matter: str, on: bool) -> None:
        ticked = set(self._chosen.tick_sensitive)
        (ticked.add if on else ticked.discard)(matter)
        self._take(replace(self._chosen, tick_sensitive=frozenset(ticked)))

    def _take_size(self, size: str) -> None:
        self._take(replace(self._chosen, page_size=size))

    def _take_language(self, code: str) -> None:
        self._take(replace(self._chosen, language=code))

    def _take(self, chosen: PacketChoice) -> None:
        self._chosen = chosen
        self._changed(chosen)
