"""What stands above the results of a report: whose they are, and which day the report means."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from organizer.base.errors import OrganizerError
from organizer.base.i18n import _
from organizer.model.ids import PersonId
from organizer.services.bring_in import lab_questions, lab_reports
from organizer.services.bring_in.owners import Owner
from ui.entries.parts.whose import person_in, whose_box
from ui.look.theme import Theme
from ui.look.widgets.buttons import button
from ui.look.widgets.card import notice
from ui.look.widgets.labels import label
from ui.pages.tests_imaging.lab_review.model import ResultsModel


class Questions(QWidget):
    """Whose the results are stays in sight and can be changed; somebody else's go nowhere before that is said."""

    answered = Signal()

    def __init__(
        self, theme: Theme, model: ResultsModel, owner: Owner, refused: Callable[[OrganizerError], None]
    ) -> None:
        super().__init__()
        self._theme, self._model, self._refused = theme, model, refused
        self.whose = whose_box(owner, _("These results go to"))
        self.whose.currentIndexChanged.connect(lambda _place: self.answered.emit())
        self.day = QLineEdit()
        self.day.setAccessibleName(_("Day of the sample, for all rows"))
        self.day.setPlaceholderText(_("e.g. 7 Mar 2026"))
        self.day.returnPressed.connect(self._all_on)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        if owner.question:
            self._rows.addWidget(notice(owner.question))
        self._rows.addLayout(self._whose_and_day())
        self._which_day = self._two_days()
        if self._which_day is not None:
            self._rows.addWidget(self._which_day)

    @property
    def person(self) -> PersonId:
        """Whose the results are; NOBODY before it is said."""
        return person_in(self.whose)

    def _whose_and_day(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(label(_("These results go to"), "second"))
        row.addWidget(self.whose)
        row.addStretch(1)
        row.addWidget(label(_("Day of all rows"), "second"))
        row.addWidget(self.day)
        row.addWidget(button(_("Set"), self._theme, self._all_on))
        return row

    def _two_days(self) -> QFrame | None:
        days = lab_questions.open_days(self._model.proposals)
        if not days:
            return None
        asked = notice(_("Which day does the report mean?"))
        line = asked.layout()
        assert line is not None
        for reading, day in enumerate(days):
            line.addWidget(button(day.spoken(), self._theme, partial(self._meant, reading)))
        return asked

    def _meant(self, reading: int) -> None:
        self._model.date_all(lambda proposal: lab_questions.dated(proposal, reading))
        self._settled()

    def _all_on(self) -> None:
        try:
            day = lab_reports.typed_day(self.day.text())
        except OrganizerError as error:
            self._refused(error)
            return
        if day is not None:
            self._model.date_all(lambda proposal: lab_questions.dated_on(proposal, day))
            self._settled()

    def _settled(self) -> None:
        if self._which_day is not None:
            self._which_day.hide()
        self.answered.emit()
