"""Entries as rows of a card: a date, a title, what it says, and the way to the entry and its source."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from organizer.base.words import _, ngettext
from organizer.records.entry import Entry
from organizer.services import images
from ui.context import Context
from ui.widgets.buttons import button
from ui.widgets.card import Card, line
from ui.widgets.labels import label

MOST = 60


def entry_row(context: Context, entry: Entry, said: str = "", struck: bool = False) -> QWidget:
    """A row that opens its entry; with a document behind it a button opens the source."""
    row = QWidget()
    box = QHBoxLayout(row)
    box.setContentsMargins(0, 2, 0, 2)
    day = label(entry.happened.spoken() if entry.happened else _("undated"), "second")
    day.setFixedWidth(context.theme.px(100))
    box.addWidget(day)
    box.addWidget(label(entry.title, "struck" if struck else "strong"), 3)
    box.addWidget(label(said, "second"), 4)
    if entry.kind == images.KIND and images.documents_of(entry):
        shows = button(_("Images"), context.theme, lambda: _show_images(context, entry, row), "quiet", "scan")
        shows.setAccessibleName(_("Images of {title}").format(title=entry.title))
        box.addWidget(shows)
    opens = button(_("Open"), context.theme, lambda: context.edit_entry(entry, entry.kind), "quiet")
    opens.setAccessibleName(_("Open {title}").format(title=entry.title))
    box.addWidget(opens)
    source = button(_("Source"), context.theme, lambda: context.show_source(entry), "quiet")
    source.setAccessibleName(_("Source of {title}").format(title=entry.title))
    box.addWidget(source)
    # What the person wrote has no source page; its place stays, so that the columns of a card line up.
    keeps = source.sizePolicy()
    keeps.setRetainSizeWhenHidden(True)
    source.setSizePolicy(keeps)
    source.setHidden(entry.reported_by_patient)
    return row


def _show_images(context: Context, entry: Entry, row: QWidget) -> None:
    from ui.imaging.viewer import start  # a dialog that few need: not at start-up

    start(context, entry, row.window())


def entries_card(context: Context, title: str, rows: Sequence[tuple[Entry, str]], of: int = 0) -> Card:
    """A card of entries, each with what it says; a long list (`of` so many) says how many more there are."""
    card = Card(title)
    for number, (entry, said) in enumerate(rows[:MOST]):
        if number:
            card.body.addWidget(line())
        card.body.addWidget(entry_row(context, entry, said, entry.struck))
    more = max(of, len(rows)) - len(rows[:MOST])
    if more:
        card.body.addWidget(and_more(more))
    return card


def and_more(more: int) -> QLabel:
    """The line below a list that goes on."""
    words = ngettext("and {n} more: find it with Ctrl+K", "and {n} more: find them with Ctrl+K", more)
    return label(words.format(n=more), "small")
