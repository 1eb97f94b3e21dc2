"""The other cases of a person: taken up, reopened, or a further one begun beside them."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from organizer.base.i18n import _, marked
from organizer.model.case import Case
from organizer.model.ids import EntryId
from organizer.services.opinion import cases
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card
from ui.look.widgets.columns import Columns
from ui.look.widgets.labels import label
from ui.look.widgets.side_by_side import SideBySide
from ui.pages.opinion.step import Journey


class CasesCard(Card):
    """Each case keeps its own options, questions, answers and opinions."""

    def __init__(
        self,
        journey: Journey,
        others: Sequence[Case],
        abouts: Mapping[EntryId, str],
        begin: Callable[[], None],
        begin_again: Callable[[], None],
    ) -> None:
        super().__init__(journey.say(marked("My cases")))
        self._journey = journey
        words = _("Another illness, or another hospital, is a case of its own; nothing of one shows in another.")
        self.body.addWidget(label(words, "second"))
        for case in others:
            self.body.addWidget(self._row(case, abouts.get(case.id, "")))

        theme = journey.context.theme
        acts = [
            button(_("Begin another case"), theme, begin, "secondary", "plus"),
            button(_("Ask another specialist the same"), theme, begin_again, "secondary", "plus"),
        ]
        widest = max(act.sizeHint().width() for act in acts)
        foot = Columns(widest, len(acts), theme.px(8))
        foot.set_widgets(acts)
        foot.setMaximumWidth(len(acts) * (widest + theme.px(8)))
        self.body.addWidget(foot)

    def _row(self, case: Case, about: str) -> SideBySide:
        row = SideBySide()
        who = " · ".join(part for part in (case.title, case.specialist, about) if part)
        row.words.addWidget(label(who))
        words, action = (_("Reopen"), self._reopen) if case.is_closed else (_("Go on with this"), self._take_up)
        made = button(words, self._journey.context.theme, partial(action, case), "quiet")
        made.setAccessibleName(f"{words}: {who}")
        row.buttons.addWidget(made)
        return row

    def _take_up(self, case: Case) -> None:
        self._journey.take_up(case.id)

    def _reopen(self, case: Case) -> None:
        context = self._journey.context
        if context.write(lambda: cases.reopen(context.record, case.id)) is not None:
            self._journey.take_up(case.id)
