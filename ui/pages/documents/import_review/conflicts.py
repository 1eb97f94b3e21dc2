"""What two sources say differently, side by side; the person keeps one or both, and can take it back."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from organizer.base.i18n import _
from organizer.health.titles import plain_title
from organizer.model.entry import Entry
from organizer.model.kinds import find_kind
from organizer.services.entries import conflicts
from organizer.services.entries.conflicts import Choice, Conflict
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card
from ui.look.widgets.dialogs import Dialog, resize_within
from ui.look.widgets.labels import label
from ui.shell.context import Context

MOST = 30


class Conflicts(Dialog):
    """One card a conflict. Settled ones leave the list; undo brings them back."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("What your sources say differently"))
        self.setAccessibleName(_("What your sources say differently"))
        self._context = context
        theme = context.theme
        resize_within(self, theme.px(900), theme.px(720))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(20))
        outer.setSpacing(theme.px(12))
        outer.addWidget(label(_("What your sources say differently"), "title"))
        self._sentence = label("", "second")
        outer.addWidget(self._sentence)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName(_("What your sources say differently"))
        outer.addWidget(self._area, 1)
        row = QHBoxLayout()
        row.addWidget(button(_("Undo"), theme, self._undo, "quiet", "undo-2"))
        row.addStretch()
        row.addWidget(button(_("Close"), theme, self.accept))
        outer.addLayout(row)
        context.events.changed.connect(self._on_changed)
        self._fill()

    def _on_changed(self, _changes: object) -> None:
        self._fill()

    def _undo(self) -> None:
        self._context.undo()

    def _fill(self) -> None:
        unsettled = conflicts.unsettled(self._context.record, self._context.person)
        words = _("Everything is settled: no two sources contradict each other.")
        if unsettled:
            step = _("Keep what is right; the other one stays in the record, struck through.")
            words = f"{conflicts.in_words(len(unsettled))} {step}"
        self._sentence.setText(words)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, self._context.theme.px(8), 0)
        column.setSpacing(self._context.theme.px(12))
        for conflict in unsettled[:MOST]:
            column.addWidget(self._card(conflict))
        if len(unsettled) > MOST:
            column.addWidget(
                label(_("{n} more follow when these are settled.").format(n=len(unsettled) - MOST), "small")
            )
        column.addStretch()
        self._area.setWidget(inside)

    def _card(self, conflict: Conflict) -> Card:
        first = conflict.first
        when = first.happened.spoken() if first.happened else _("undated")
        card = Card(plain_title(first))
        card.body.addWidget(label(f"{_(find_kind(first.kind).label)} · {when}", "second"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._context.theme.px(24))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for place, entry in ((1, first), (2, conflict.second)):
            grid.addWidget(label(_source_of(entry), "second"), 0, place)
        for row, (name, text, other) in enumerate(conflict.differs, start=1):
            grid.addWidget(label(name, "small"), row, 0)
            grid.addWidget(label(text or "–", "strong"), row, 1)
            grid.addWidget(label(other or "–", "strong"), row, 2)
        last = grid.rowCount()
        grid.addLayout(self._choices(conflict, first, "first"), last, 1)
        grid.addLayout(self._choices(conflict, conflict.second, "second"), last, 2)
        card.body.addLayout(grid)
        both = button(_("Keep both"), self._context.theme, partial(self._settle, conflict, "both"), "quiet")
        both.setAccessibleName(_("Keep both of {title}").format(title=plain_title(first)))
        card.body.addWidget(both, 0, Qt.AlignmentFlag.AlignRight)
        return card

    def _choices(self, conflict: Conflict, entry: Entry, keep: Choice) -> QHBoxLayout:
        row = QHBoxLayout()
        keeps = button(_("Keep this one"), self._context.theme, partial(self._settle, conflict, keep))
        words = _("Keep {title} of {source}")
        keeps.setAccessibleName(words.format(title=plain_title(entry), source=_source_of(entry)))
        row.addWidget(keeps)
        if not entry.reported_by_patient:
            shows = button(_("Source"), self._context.theme, partial(self._show_source, entry), "quiet")
            shows.setAccessibleName(_("Source of {title}").format(title=plain_title(entry)))
            row.addWidget(shows)
        row.addStretch()
        return row

    def _show_source(self, entry: Entry) -> None:
        self.accept()
        self._context.show_source(entry)

    def _settle(self, conflict: Conflict, keep: Choice) -> None:
        self._context.write(partial(conflicts.settle, self._context.record, conflict, keep))


def _source_of(entry: Entry) -> str:
    """The file where it stands, or by whom it was written."""
    source = entry.sources[0] if entry.sources else None
    if source is None:
        return _("Written by hand")
    return source.file_name or _("Written by hand")
