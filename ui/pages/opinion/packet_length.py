"""How long the front pages are, before they are saved: what runs over, what was shortened, one click for each."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QFrame, QWidget

from organizer.base.i18n import _, ngettext
from organizer.health import printed
from organizer.services.opinion.packets import PacketResult, SectionLength
from ui.look.theme import Theme
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card, line, notice
from ui.look.widgets.folding_row import FoldingRow
from ui.look.widgets.labels import label


class PacketLength(Card):
    """Tells a packet's lengths; `resize` is called with a section's id and whether all of it is wanted."""

    def __init__(self, theme: Theme, resize: Callable[[str, bool], None], leave_out: Callable[[str], None]) -> None:
        super().__init__(_("Length"))
        self._theme, self._resize, self._leave_out = theme, resize, leave_out
        self._lines: list[QWidget] = []
        self.hide()

    def tell(self, result: PacketResult) -> None:
        """Show what runs over and what was shortened in a packet."""
        for old in self._lines:
            self.body.removeWidget(old)
            old.hide()
            old.deleteLater()
        too_long = too_long_in_words(result)
        self._lines = [notice(too_long) if too_long else label(_fits_in_words(result), "second")]
        lengths = sorted(result.lengths, key=lambda length: not length.runs_over)
        for length in lengths:
            self._lines += [line(), self._row(length)]
        for made in self._lines:
            self.body.addWidget(made)
        self.setVisible(bool(result.lengths or too_long))

    def _row(self, length: SectionLength) -> QFrame:
        row = QFrame()
        across = FoldingRow(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(12)
        across.addWidget(label(length_in_words(length)), 1)
        across.addWidget(self._click(length))
        return row

    def _click(self, length: SectionLength) -> QWidget:
        if not length.runs_over:
            words, act = _("Print all of it"), partial(self._resize, length.section, True)
        elif length.can_give:
            words = _("Keep to {pages}").format(pages=_pages(length.budget))
            act = partial(self._resize, length.section, False)
        else:
            words, act = _("Leave it out"), partial(self._leave_out, length.section)
        made = button(words, self._theme, act)
        made.setAccessibleName(f"{length.title}: {words}")
        return made


def _pages(count: float) -> str:
    shown = round(count * 2) / 2 or 0.5
    return ngettext("{n} page", "{n} pages", 1 if shown <= 1 else 2).format(n=printed.number(shown))


def length_in_words(length: SectionLength) -> str:
    """One section in words: how long it is, how long it may be, what would go or has gone."""
    about = {"title": length.title, "budget": _pages(length.budget), "pages": _pages(length.all_pages)}
    if not length.runs_over:
        words = _("“{title}” keeps to {budget}: {kept} of {had} are printed, the others are listed below as left out.")
        return words.format(kept=length.kept, had=length.had, **about)
    words = _("“{title}” runs over: it takes about {pages}, its share is {budget}.") + " "
    if length.can_give:
        words += _("To cut: about {n} of its {had}, those that weigh least or come last.")
    else:
        words += _("Nothing can be taken from it but by your own pen: shorten what you wrote, or leave it out.")
    fewer = max(1, round(length.had * (1 - length.budget / length.all_pages)))
    return words.format(n=fewer, had=length.had, **about)


def too_long_in_words(result: PacketResult) -> str:
    """The caution where the front pages are more than a specialist reads; "" where they aren't."""
    if result.front_pages <= result.most_front_pages:
        return ""
    words = _("The front pages are {n}, and a specialist has time for {most}. Shorten a section or leave one out.")
    return words.format(n=result.front_pages, most=result.most_front_pages)


def _fits_in_words(result: PacketResult) -> str:
    words = ngettext(
        "{n} front page, of {most} that a specialist has time for.",
        "{n} front pages, of {most} that a specialist has time for.",
        result.front_pages,
    )
    return words.format(n=result.front_pages, most=result.most_front_pages)
