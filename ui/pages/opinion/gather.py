"""Step 3: the checklist that fills itself, what is missing, and the letters that ask for it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from organizer.base.i18n import _, marked, ngettext
from organizer.model.case import RowState
from organizer.model.ids import NO_ENTRY, EntryId
from organizer.services.opinion import cases, letters, sheets
from organizer.services.opinion.cases import AskedLine, Item
from organizer.services.record.records import Record
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card
from ui.look.widgets.columns import Columns
from ui.look.widgets.folding_row import FoldingRow
from ui.look.widgets.labels import label
from ui.look.widgets.pill import pill
from ui.look.widgets.side_by_side import SideBySide
from ui.pages.opinion.choose_entry import EntryChooser
from ui.pages.opinion.letter_dialog import LetterDialog
from ui.pages.opinion.saving import save_pdf
from ui.pages.opinion.step import Step

_STATES = {
    RowState.FOUND: (marked("In the record"), "good"),
    RowState.LINKED: (marked("Linked"), "good"),
    RowState.HAVE: (marked("I have it"), "good"),
    RowState.ASKED: (marked("Asked for"), "info"),
    RowState.SPARED: (marked("Not needed"), "neutral"),
    RowState.MISSING: (marked("Missing"), "caution"),
    RowState.PERHAPS: (marked("Only if it was done"), "neutral"),
}
_OPEN = (RowState.MISSING, RowState.PERHAPS)
_ORDER = (RowState.MISSING, RowState.ASKED, RowState.PERHAPS)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the step shows."""

    items: list[Item]
    log: list[AskedLine]


class GatherStep(Step):
    """A row is ticked by itself where the record answers it, and says with what."""

    id = "gather"
    title = marked("Gather")

    def head_buttons(self) -> list[QWidget]:
        if self.journey.case is None:
            return []
        return [button(_("Ask for what is missing…"), self.context.theme, self._ask_missing, "primary", "file-text")]

    def load(self) -> None:
        case = self.journey.case_id
        self.read(lambda record, _progress: _read(record, case), self._fill)

    def _fill(self, shown: Shown) -> None:
        self._items = shown.items
        cards: list[QWidget] = [self._checklist(shown.items), self._letters()]
        if shown.log:
            cards.append(self._log(shown.log))
        self.show_cards(cards)

    def _log(self, lines: list[AskedLine]) -> Card:
        """What was asked for, and what came of it."""
        card = Card(_("What was asked for, and what came"))
        for line in lines:
            row = FoldingRow()
            words = QVBoxLayout()
            words.setSpacing(2)
            words.addWidget(label(line.what, "strong"))
            words.addWidget(label(_standing(line), "second"))
            row.addLayout(words, 1)
            if line.is_open and line.is_record:
                came = button(_("It has come"), self.context.theme, partial(self._came, line), "quiet", "check")
                came.setAccessibleName(_("It has come: {what}").format(what=line.what))
                row.addWidget(came)
            card.body.addLayout(row)
        theme = self.context.theme
        card.body.addWidget(button(_("Save as a sheet…"), theme, self._save_log, "quiet", "download"))
        return card

    def _came(self, line: AskedLine) -> None:
        self.context.write(lambda: cases.came(self.context.record, line.entry))

    def _save_log(self) -> None:
        case, name = self.journey.case_id, _("{person} – asked for.pdf").format(person=self.context.person_entry.title)
        title = _("Save what was asked for")
        save_pdf(self, self.context, title, name, lambda record, _progress: sheets.asked(record, case))

    def _checklist(self, items: list[Item]) -> Card:
        done = sum(item.done for item in items)
        wanted = sum(item.state is not RowState.PERHAPS for item in items)
        card = Card(_("What the specialist will ask for"))
        text = ngettext("{done} of {n} line is there.", "{done} of {n} lines are there.", wanted)
        card.body.addWidget(label(text.format(done=done, n=wanted), "second"))
        states = [pill(_(_STATES[item.state][0]), _STATES[item.state][1]) for item in sorted(items, key=_place)]
        widest = max((state.sizeHint().width() for state in states), default=0)
        for state, item in zip(states, sorted(items, key=_place), strict=True):
            state.setFixedWidth(widest)  # what is asked for begins at one line
            card.body.addWidget(self._row(state, item))
        return card

    def _row(self, state: QWidget, item: Item) -> SideBySide:
        """How it stands, what it is, and below or beside it what can be done."""
        whole = SideBySide()
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(label(item.label, "strong"))
        if item.said:
            texts.addWidget(label(item.said, "second"))
        head = FoldingRow()
        head.setSpacing(12)
        head.addWidget(state, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addLayout(texts, 1)
        whole.words.addLayout(head)
        row = whole.buttons
        row.setSpacing(0)
        if item.state in (*_OPEN, RowState.FOUND):
            self._add(row, _("Link…"), item, lambda: self._link(item))
        if item.state in (*_OPEN, RowState.ASKED):
            self._add(row, self.journey.say(marked("I have it")), item, lambda: self._tick(item, RowState.HAVE))
        if item.state in _OPEN:
            self._add(row, _("Not needed"), item, lambda: self._tick(item, RowState.SPARED))
        if item.state in (RowState.LINKED, RowState.HAVE, RowState.SPARED):
            self._add(row, _("Undo the tick"), item, lambda: self._tick(item, RowState.MISSING))
        return whole

    def _add(self, row: QBoxLayout, text: str, item: Item, action: Callable[[], object]) -> None:
        made = button(text, self.context.theme, action, "quiet")
        made.setAccessibleName(f"{text}: {item.label}")
        row.addWidget(made)

    def _tick(self, item: Item, state: RowState, entry_id: EntryId = NO_ENTRY) -> None:
        context, case = self.context, self.journey.case_id
        context.write(lambda: cases.tick(context.record, case, item.row, state, entry_id))

    def _link(self, item: Item) -> None:
        EntryChooser(self.context, item.label, lambda entry: self._tick(item, RowState.LINKED, entry.id), self).open()

    def _letters(self) -> Card:
        card = Card(_("Letters"))
        words = _("Filled from the record; change them as you like. Each is noted as sent, with a day to ask again.")
        card.body.addWidget(label(words, "second"))
        theme = self.context.theme
        kinds = letters.kinds(self.context.record, self.context.person)
        buttons = [button(text, theme, partial(self._write, kind), "secondary") for kind, text in kinds]
        columns = Columns(theme.px(205), len(buttons), theme.px(8))
        columns.set_widgets(buttons)
        card.body.addWidget(columns)
        return card

    def _write(self, kind: str) -> None:
        LetterDialog(self.journey, kind, self._askable() if letters.asks_for_records(kind) else {}, self).open()

    def _ask_missing(self) -> None:
        """A letter that asks for what the person chooses of the rows that somebody can be asked for."""
        LetterDialog(self.journey, "records-request", self._askable(), self).open()

    def _askable(self) -> dict[str, Item]:
        open_rows = sorted((item for item in self._items if item.state in _OPEN), key=_place)
        return {item.row: item for item in open_rows if item.asks}


def _place(item: Item) -> int:
    """What is missing first, then what was asked for, then what may not exist; what is there last."""
    return _ORDER.index(item.state) if item.state in _ORDER else len(_ORDER)


def _read(record: Record, case: EntryId) -> Shown:
    return Shown(cases.gather(record, case), cases.asked_log(record, case))


def _standing(line: AskedLine) -> str:
    """Of whom, when, and how it stands."""
    parts = [line.whom, line.asked.spoken() if line.asked else ""]
    if line.came:
        parts.append(_("came: {what}").format(what=line.came))
    elif line.again is not None:
        parts.append(_("ask again on {day}").format(day=line.again.spoken()))
    return " · ".join(part for part in parts if part)
