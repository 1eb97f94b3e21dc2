"""What is due, on the overview: visits, to-dos, letters to ask about again, decisions."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QGridLayout

from organizer.base.i18n import _, pgettext
from organizer.services.follow import calendars, reminders
from organizer.services.follow.reminders import Reminder
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card
from ui.look.widgets.labels import label
from ui.look.widgets.pill import pill
from ui.pages.opinion.saving import save_file
from ui.shell.context import Context

MOST = 8


class RemindersCard(Card):
    """One line a thing that is due, with what can be done about it."""

    def __init__(self, context: Context, due: Sequence[Reminder]) -> None:
        super().__init__(_("Next visits and to do"))
        self._context = context
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(2, 2)
        self.body.addLayout(self._grid)
        for number, reminder in enumerate(due[:MOST]):
            self._row(number, reminder)
        more = len(due) - MOST
        if more > 0:
            self.body.addWidget(label(_("and {n} more in the timeline").format(n=more), "small"))

    def _row(self, number: int, reminder: Reminder) -> None:
        day = label(reminder.when.spoken_with_time() if reminder.when else _("some time"), "second")
        day.setFixedWidth(self._context.theme.px(140))
        self._grid.addWidget(day, number, 0)
        self._grid.addWidget(label(reminder.what, "strong"), number, 1)
        self._grid.addWidget(label(reminder.about, "second"), number, 2)
        if reminder.overdue:
            self._grid.addWidget(pill(_("Day gone by"), "caution"), number, 3)
        text, action = self._action(reminder)
        made = button(text, self._context.theme, action, "quiet")
        made.setAccessibleName(f"{text}: {reminder.what}")
        self._grid.addWidget(made, number, 4)

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
