"""Second opinion: the way there, step by step; each step is a file of ui/pages/opinion."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from organizer.base.i18n import _, marked
from organizer.model.case import Case, is_case
from organizer.model.entry import Changes
from organizer.model.ids import NO_ENTRY, NOBODY, EntryId, PersonId
from organizer.model.kinds import find_kind
from organizer.services.entries import entries
from organizer.services.opinion import cases
from organizer.services.record.records import Record
from ui.look.widgets.buttons import button
from ui.look.widgets.emptying import empty
from ui.look.widgets.side_by_side import SideBySide
from ui.pages.opinion.step import Journey, Step
from ui.pages.opinion.stepper import Stepper
from ui.pages.opinion.steps import STEPS
from ui.shell.context import Context
from ui.shell.page import Page


@dataclass(frozen=True, slots=True)
class Shown:
    """What all steps share."""

    case: Case | None
    done: tuple[str, ...]


class OpinionPage(Page):
    """A stepper above, one step below it, and the way on at the foot."""

    id = "opinion"
    title = marked("Second opinion")
    icon = "file-check-2"
    guide = "second-opinion.md"
    help = marked(
        "A second opinion is a normal, responsible step. Go through the steps in any order; everything is kept as you "
        "write it. What is said of law and cost has its source and date in the guide, at the foot of “After”."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.journey = Journey(context)
        self.journey.step_wanted.connect(self.go)
        self.journey.written.connect(self._read_quietly)
        self._steps: dict[str, Step] = {}
        self._here = STEPS[0].id
        self._holder = QVBoxLayout()
        self._theme = context.theme
        self._stepper = self._made_stepper()
        self._feet = SideBySide()
        self.body.addWidget(self._stepper)
        self.body.addLayout(self._holder)
        self.body.addWidget(self._feet)
        self.body.addStretch(1)

    @property
    def step(self) -> Step:
        """The step in front."""
        return self._steps[self._here]

    @property
    def place(self) -> str:
        return f"{self.id}/{self._here}"

    def paper(self) -> tuple[bytes, str] | None:
        return self.step.paper() if self._here in self._steps else None

    def refresh(self) -> None:
        if self._theme != self.context.theme:
            self._draw_stepper_anew()
        self.read_case(self._fill)

    def _draw_stepper_anew(self) -> None:
        """Other colours or another text size."""
        self._theme = self.context.theme
        old, self._stepper = self._stepper, self._made_stepper()
        self.body.replaceWidget(old, self._stepper)
        old.hide()
        old.deleteLater()

    def read_case(self, then: Callable[[Shown], None]) -> None:
        """Read which case is worked on, then go on."""
        person, chosen = self.context.person, self.journey.chosen
        self.context.read(_("Reading the case"), lambda record, _progress: _read(record, person, chosen), then)

    def go(self, step: str) -> None:
        """Show a step."""
        self._here = step
        self.moved.emit()
        if not self.stale:
            self.refresh()
        self.area.verticalScrollBar().setValue(0)

    def open(self, **where: object) -> None:
        if where.get("step") in {step.id for step in STEPS}:
            self.go(str(where["step"]))
        elif "entry" in where:
            entry = entries.get(self.context.record, EntryId(str(where["entry"])))
            self.journey.chosen = entry.id if is_case(entry) else self.journey.chosen
            home = find_kind(entry.kind).page.partition("/")[2] or self._here
            self.go(home if home in {step.id for step in STEPS} else self._here)

    def forget(self, _person: PersonId = NOBODY) -> None:
        self.journey.case = None
        self.journey.chosen = NO_ENTRY
        for step in self._steps.values():
            step.show_cards([])
            step.hide()
            step.deleteLater()
        self._steps.clear()
        self.header.set_context("")
        super().forget()

    def touched_by(self, changes: Changes) -> bool:
        """What somebody is writing in a field of this page does not build the page anew."""
        return not self.journey.quiet

    def _fill(self, shown: Shown) -> None:
        self._share(shown)
        for key, shown_step in self._steps.items():
            shown_step.setVisible(key == self._here)
        if self._here not in self._steps:
            made = next(step for step in STEPS if step.id == self._here)(self.journey)
            self._steps[self._here] = made
            self._holder.addWidget(made)
        step = self.step
        self.header.set_actions(*step.head_buttons())
        self._set_foot()
        step.refresh()

    def _share(self, shown: Shown) -> None:
        self.journey.case = shown.case
        self.header.set_context(_about(shown.case))
        self._stepper.mark(self._here, shown.done)

    def _read_quietly(self) -> None:
        self.read_case(self._share)

    def _made_stepper(self) -> Stepper:
        stepper = Stepper([(step.id, _(step.title)) for step in STEPS], self.context.theme)
        stepper.chosen.connect(self.go)
        return stepper

    def _set_foot(self) -> None:
        empty(self._feet.words)
        empty(self._feet.buttons)
        place = [step.id for step in STEPS].index(self._here)
        theme = self.context.theme
        if place:
            before = STEPS[place - 1]
            words = _("Back: {step}").format(step=_(before.title))
            back = button(words, theme, lambda: self.go(before.id), "quiet", "arrow-left")
            self._feet.words.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        if place < len(STEPS) - 1:
            after = STEPS[place + 1]
            words = _("Next: {step}").format(step=_(after.title))
            self._feet.buttons.addWidget(button(words, theme, lambda: self.go(after.id), "secondary", "arrow-right"))
        self._feet.fit()


def _about(case: Case | None) -> str:
    if case is None:
        return ""
    when = case.appointment.spoken() if case.appointment else ""
    return " · ".join(part for part in (case.title, case.specialist, when) if part)


def _read(record: Record, person: PersonId, chosen: EntryId) -> Shown:
    case = cases.open_case(record, person, chosen)
    return Shown(case, tuple(cases.begun(record, case)))
