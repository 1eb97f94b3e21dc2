"""Options or questions of which nothing tells to which of several cases they belong: the person says so."""

from collections.abc import Sequence
from functools import partial

from organizer.base.i18n import _
from organizer.health.titles import plain_title
from organizer.model.entry import Entry
from organizer.services.opinion import cases
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card
from ui.look.widgets.folding_row import FoldingRow
from ui.look.widgets.labels import label
from ui.pages.opinion.step import Journey


class UnclaimedCard(Card):
    """Each with a button that takes it into the case in front."""

    def __init__(self, journey: Journey, entries: Sequence[Entry]) -> None:
        super().__init__(_("Not in a case yet"))
        self._journey = journey
        self.body.addWidget(label(_("Nothing tells to which of your cases these belong."), "second"))
        for entry in entries:
            row = FoldingRow()
            row.addWidget(label(plain_title(entry)), 1)
            take = button(_("Take into this case"), journey.context.theme, partial(self._take, entry), "quiet", "plus")
            take.setAccessibleName(_("Take into this case: {title}").format(title=plain_title(entry)))
            row.addWidget(take)
            self.body.addLayout(row)

    def _take(self, entry: Entry) -> None:
        context, case = self._journey.context, self._journey.case_id
        context.write(lambda: cases.take_into(context.record, case, entry.id))
