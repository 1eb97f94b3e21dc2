"""“Whose records are these?”: each person that the files name, and who that is in this record."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from organizer.base.dates import PartialDate
from organizer.base.i18n import _, ngettext
from organizer.model.entry import Entry
from organizer.services.bring_in.importing import LEFT_OUT, SOMEBODY_NEW, PersonInFiles
from ui.look.theme import Theme
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card
from ui.look.widgets.labels import label
from ui.look.widgets.pill import pill
from ui.look.widgets.scrolling import scrolling

MOST_ROWS = 4


class PeopleCard(Card):
    """`answered` carries keys of people in the files, each with the id of who it is, SOMEBODY_NEW or LEFT_OUT."""

    answered = Signal(object)

    def __init__(self, theme: Theme, asked: Sequence[PersonInFiles], known: Sequence[Entry]) -> None:
        super().__init__(_("Whose records are these?"))
        self._known = known
        inside = QWidget()
        inside.setProperty("role", "plain")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, theme.px(8), 0)
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(8))
        grid.setColumnStretch(0, 1)
        for row, person in enumerate(sorted(asked, key=lambda candidate: candidate.settled)):
            grid.addWidget(label(_details(person)), row, 0)
            if not person.settled:
                grid.addWidget(pill(_("Please say"), "caution"), row, 1)
            grid.addWidget(self._choice(theme, person), row, 2)
        if len(asked) <= MOST_ROWS:
            self.body.addWidget(inside)
        else:
            area = scrolling(inside, _("People in these files"))
            area.setFixedHeight(theme.px(44) * MOST_ROWS)
            self.body.addWidget(area)
        open_ = [person.key for person in asked if not person.settled]
        if len(open_) > 1:
            words = _("Leave out all who aren’t said yet")
            leave = button(words, theme, lambda: self.answered.emit(dict.fromkeys(open_, LEFT_OUT)), "quiet")
            self.body.addWidget(leave, 0, Qt.AlignmentFlag.AlignRight)

    def _choice(self, theme: Theme, named: PersonInFiles) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(_("Who is {name}?").format(name=named.name or _("the person nobody names")))
        box.setMinimumWidth(theme.px(280))
        if not named.settled:
            box.addItem(_("Choose…"), "")
        for person in self._known:
            box.addItem(person.title, person.id)
        if named.key:
            box.addItem(_("Somebody new: {name}").format(name=named.name), SOMEBODY_NEW)
            box.addItem(_("Leave out"), LEFT_OUT)
        if named.settled:
            here = named.person if box.findData(named.person) >= 0 else SOMEBODY_NEW
            box.setCurrentIndex(box.findData(here if named.person else LEFT_OUT))
        box.activated.connect(partial(self._say, named.key, box))
        return box

    def _say(self, key: str, box: QComboBox, _place: int) -> None:
        if box.currentData():
            self.answered.emit({key: box.currentData()})


def _details(person: PersonInFiles) -> str:
    count = ngettext("{n} entry", "{n} entries", person.entries).format(n=person.entries)
    if not person.key:
        return _("Files that name nobody · {count}").format(count=count)
    born = _("born {day}").format(day=PartialDate(person.birth_date).spoken()) if person.birth_date else ""
    likely = _("may be {person}").format(person=person.may_be) if person.may_be else ""
    return " · ".join(part for part in (person.name, born, likely, count) if part)
