"""If something went wrong: a calm page of information, and the chronology to take along. No opinion, no advice."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from organizer.base.i18n import _
from organizer.base.written_dates import meanings
from organizer.services.opinion import chronologies
from organizer.services.opinion.chronologies import ChronologyWish
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card, line
from ui.look.widgets.folding_row import FoldingRow
from ui.look.widgets.labels import label
from ui.look.widgets.tick_box import TickBox
from ui.pages.opinion.matters import Ticked, ask_matters
from ui.pages.opinion.saving import save_file, saved_said
from ui.shell.context import Context
from ui.shell.guide import GuideDialog, section

_KINDS = (("pdf", "PDF (*.pdf)"), ("xlsx", "XLSX (*.xlsx)"), ("csv", "CSV (*.csv)"))


class SomethingWrong(Card):
    """Folded until somebody asks: most people need none of it."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("Something went wrong?"))
        self._context = context
        self.body.addWidget(label(_("What the words mean, and a chronology of the record to take along."), "second"))
        self.more = button(_("Read on"), context.theme, self.unfold, "quiet", "chevron-down")
        self.body.addWidget(self.more)
        self.since, self.until = _day(_("From")), _day(_("Until"))
        self.comments = TickBox(_("With my own comments, in a column of their own"))
        self.counsel = TickBox(_("For discussion with counsel (says so on its first page)"))

    def unfold(self) -> None:
        """Show the information and the export."""
        self.more.hide()
        for paragraph in section("Something went wrong"):
            self.body.addWidget(label(paragraph))
        guide = button(_("Sources and dates: the guide"), self._context.theme, self._guide, "quiet", "info")
        self.body.addWidget(guide)
        self.body.addWidget(line())
        self.body.addWidget(label(_("Chronology"), "heading"))
        words = _(
            "Every dated entry with provider, place, words of the record and source; gaps and differences are marked."
        )
        self.body.addWidget(label(words, "second"))
        row = FoldingRow()
        row.addWidget(self.since)
        row.addWidget(self.until)
        row.addStretch()
        self.body.addLayout(row)
        self.body.addWidget(self.comments)
        self.body.addWidget(self.counsel)
        row = FoldingRow()
        for ending, kind in _KINDS:
            words = _("Save as {kind}…").format(kind=ending.upper())
            made = button(words, self._context.theme, partial(self._save, ending, kind), "secondary", "download")
            row.addWidget(made)
        row.addStretch()
        self.body.addLayout(row)

    def _guide(self) -> None:
        GuideDialog(self._context.theme, self).open()

    def _save(self, ending: str, kind: str) -> None:
        name = _("{person} – chronology").format(person=self._context.person_entry.title) + f".{ending}"

        def save(ticked: Ticked) -> None:
            save_file(self, self._context, _("Save the chronology"), name, kind, partial(self.save_to, ticked=ticked))

        person = self._context.person
        ask_matters(self, self._context, lambda record: chronologies.matters_of_person(record, person), save)

    def save_to(self, out: Path, ticked: Ticked = frozenset()) -> None:
        """Write the chronology; its ending says in which form."""
        person, wish = self._context.person, self._wish(ticked)
        self._context.read(
            _("Writing the chronology"),
            lambda record, progress: chronologies.write(record, person, wish, out, progress),
            lambda result: self._context.show_saved(saved_said(out, result.left_out, result.warning), out),
        )

    def _wish(self, ticked: Ticked) -> ChronologyWish:
        since, until = (meanings(field.text()) for field in (self.since, self.until))
        return ChronologyWish(
            since=since[0] if len(since) == 1 else "",
            until=until[0] if len(until) == 1 else "",
            comments=self.comments.isChecked(),
            counsel=self.counsel.isChecked(),
            tick=ticked,
        )


def _day(words: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(words)
    field.setPlaceholderText(_("{words}: 2019, March 2019 …").format(words=words))
    return field
