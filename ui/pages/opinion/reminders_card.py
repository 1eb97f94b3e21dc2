"""What is due, on the overview: visits, to-dos, letters to ask about again, decisions."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from organizer.base.i18n import _, pgettext
from organizer.services.follow import calendars, reminders
from organizer.services.follow.reminders import Reminder
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card
from ui.look.widgets.labels import label
from ui.look.widgets.pill import pill
from ui.look.widgets.side_by_side import SideBySide
from ui.pages.opinion.saving import save_file
from ui.shell.context import Context

MOST = 8


class RemindersCard(Card):
    """One line a thing that is due, with what can be done about it."""

    def __init__(self, context: Context, due: Sequence[Reminder]) -> None:
        super().__init__(_("Next visits and to do"))
        self._context = context
        for reminder in due[:MOST]:
            self.body.addWidget(self._row(reminder))
        more = len(due) - MOST
        if more > 0:
            self.body.addWidget(label(_("and {n} more in the timeline").format(n=more), "small"))

    def _row(self, reminder: Reminder) -> SideBySide:
        row = SideBySide()
        day = reminder.when.spoken_with_time() if reminder.when else _("some time")
        row.words.addWidget(label(reminder.what, "strong"))
        row.words.addWidget(label(" · ".join(words for words in (day, reminder.about) if words), "second"))
        if reminder.overdue:
            row.buttons.addWidget(pill(_("Day gone by"), "caution"))
        text, action = self._action(reminder)
        made = button(text, self._context.theme, action, "quiet")
        made.setAccessibleName(f"{text}: {reminder.what}")
        row.buttons.addWidget(made)
        return row

    def _action(self, reminder: Reminder) -> tuple[str, Callable[[], object]]:
        if reminder.kind == "visit":
            return _("Calendar…"), partial(self._calendar, reminder)
        if reminder.kind == "decide":
            return pgettext("button", "Open"), partial(self._context.navigate, "opinion", entry=reminder.entry.id)
        return _("Done"), partial(self._settle, reminder)

    def _settle(self, reminder: Reminder) -> None:
        self._context.write(lambda: reminders.settle(self._context.record, reminder))

    def _calendar(self, reminder: Reminder) -> None:
        name = _("{title}.ics").format(title=reminder.entry.title)
        save_file(
            self, self._context, _("Save for a calendar"), name, _("Calendar (*.ics)"), partial(self._write, reminder)
        )

    def _write(self, reminder: Reminder, out: Path) -> None:
        self._context.read(
            _("Saving the appointment"),
            lambda record, _progress: calendars.save(record, reminder.entry.id, out),
            lambda _none: self._context.show_saved(_("Saved: {name}").format(name=out.name), out),
        )
