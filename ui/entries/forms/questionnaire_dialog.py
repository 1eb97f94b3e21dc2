"""A questionnaire, one question under the other; where an answer calls for it, help is shown at once."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialogButtonBox,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from organizer.base.i18n import _
from organizer.health.attention import CRISIS_HELP, THANKS
from organizer.services.follow import questionnaires
from organizer.services.follow.questionnaires import Questionnaire
from ui.look.widgets.card import notice
from ui.look.widgets.columns import Columns
from ui.look.widgets.dialogs import Dialog, resize_within
from ui.look.widgets.labels import label
from ui.look.widgets.scrolling import scrolling
from ui.shell.context import Context

HIGHEST = 10


class QuestionnaireDialog(Dialog):
    """Saves the total when every question is answered; what is unanswered is named."""

    def __init__(self, context: Context, which: Questionnaire, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._which = context, which
        self._groups: list[QButtonGroup] = []
        self.setWindowTitle(which.title)
        self.setAccessibleName(which.title)
        self.help = notice(f"{_(THANKS)} {_(CRISIS_HELP)}")
        self.help.setAccessibleName(_("Help at any hour"))
        self.help.hide()
        self._wrong = label("", "error")
        self._wrong.hide()
        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setSpacing(12)
        body.addWidget(label(_(which.lead), "strong"))
        for place, item in enumerate(which.items):
            body.addWidget(self._question(place, _(item)))
            if place == which.helps_at:
                body.addWidget(self.help)
        if which.helps_at is not None:
            words = _("Only the total is kept; the answer to the last question is not written down.")
            body.addWidget(label(words, "small"))
        body.addWidget(label(_(which.notice), "small"))
        body.addStretch()
        area = scrolling(inside, which.title)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QVBoxLayout(self)
        outer.addWidget(area)
        outer.addWidget(self._wrong)
        outer.addWidget(self._buttons())
        resize_within(self, context.theme.px(760), context.theme.px(640))

    def answer(self, place: int, value: int) -> None:
        """Give an answer, as a click would."""
        self._groups[place].button(value).click()

    def save(self) -> None:
        """Write the total, or say which question is left."""
        given = [group.checkedId() for group in self._groups]
        if -1 in given:
            self._wrong.setText(_("Question {n} is not answered yet.").format(n=given.index(-1) + 1))
            self._wrong.show()
            self._groups[given.index(-1)].buttons()[0].setFocus()
            return
        context = self._context
        saved = context.write(
            lambda: questionnaires.save(context.record, context.person, self._which, given, context.as_of)
        )
        if saved is not None:
            super().accept()

    def accept(self) -> None:
        self.save()

    def _question(self, place: int, words: str) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(label(f"{place + 1}. {words}"))
        group = QButtonGroup(box)
        answers = [_(answer) for answer in self._which.answers] or [str(n) for n in range(HIGHEST + 1)]
        offered = []
        for value, text in enumerate(answers):
            made = QRadioButton(text, self)
            made.setAccessibleName(f"{place + 1}. {words}: {text}")
            made.ensurePolished()
            group.addButton(made, value)
            offered.append(made)
        # Below each other where they have no room beside each other: an answer that is cut can't be given.
        row = Columns(max(made.sizeHint().width() for made in offered), len(offered), 12)
        row.set_widgets(offered)
        column.addWidget(row)
        if place == self._which.helps_at:
            group.idToggled.connect(lambda value, on: self.help.setVisible(value > 0) if on else None)
        self._groups.append(group)
        return box

    def _buttons(self) -> QDialogButtonBox:
        made = QDialogButtonBox()
        keep = made.addButton(_("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        keep.setProperty("role", "primary")
        made.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        made.accepted.connect(self.save)
        made.rejected.connect(self.reject)
        return made
