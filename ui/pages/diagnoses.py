"""Diagnoses: current, past, ruled out, each with what it was before and what it rests on."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from organizer.base.i18n import _, marked, pgettext
from organizer.health.titles import plain_title
from organizer.model.entry import Entry
from organizer.model.kinds import find_kind
from organizer.services.entries import diagnoses
from organizer.services.entries.diagnoses import Diagnosis
from ui.entries.parts.cards_page import CardsPage
from ui.entries.parts.page_finder import FINDABLE, findable
from ui.entries.parts.rows import DAY, EntryRow
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card, line
from ui.look.widgets.empty_state import EmptyState
from ui.look.widgets.folding_row import FoldingRow
from ui.look.widgets.labels import label
from ui.shell.context import Context

LARGE_TEXT = 1.5


class DiagnosesPage(CardsPage):
    """A card for each way to stand; what is ruled out stays visible, struck through."""

    id = "diagnoses"
    title = marked("Diagnoses")
    icon = "stethoscope"
    guide = "first-ten-minutes.md"
    help = marked("What doctors have called the illness, how sure they were, and how that changed over time.")

    def refresh(self) -> None:
        add = button(_("Add a diagnosis"), self.context.theme, self._add, "primary", "plus")
        self.header.set_actions(add)
        person = self.context.person
        self.context.read(
            _("Reading diagnoses"), lambda record, _progress: diagnoses.diagnoses(record, person), self._fill
        )

    def _add(self) -> None:
        self.context.edit_entry(None, "Condition")

    def _fill(self, diagnoses: list[Diagnosis]) -> None:
        titles = (
            ("stated", _("What sources say of having none")),
            ("current", _("Current")),
            ("not-said", _("Not said whether current")),
            ("past", _("Past")),
            ("ruled-out", _("Ruled out or entered in error")),
            ("of-a-relative", _("Of relatives")),
        )
        cards: list[QWidget] = []
        for standing, title in titles:
            group = [diagnosis for diagnosis in diagnoses if diagnosis.standing == standing]
            if group:
                cards.append(_card(self.context, title, group))
        if not cards:
            words = _("No diagnosis is in this record yet.")
            cards = [EmptyState(self.context.theme, "stethoscope", words, _("Add a diagnosis"), self._add)]
        self.show_cards(cards)


def _card(context: Context, title: str, group: Sequence[Diagnosis]) -> Card:
    card = Card(title)
    for number, diagnosis in enumerate(group):
        if number:
            card.body.addWidget(line())
        card.body.addWidget(_block(context, diagnosis))
    return card


def _block(context: Context, diagnosis: Diagnosis) -> QWidget:
    """A diagnosis with what it rests on and what it was before: found, and hidden, as one."""
    block = QWidget()
    column = QVBoxLayout(block)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    row = EntryRow(context, diagnosis.entry, _details(diagnosis), diagnosis.entry.struck)
    row.setProperty(FINDABLE, None)
    column.addWidget(row)
    words = [plain_title(diagnosis.entry), _details(diagnosis)]
    for rests in diagnosis.rests_on:
        text = " · ".join(part for part in (plain_title(rests), rests.spoken_value(), _day(rests)) if part)
        column.addLayout(_line(context, _("Rests on"), text, rests))
        words.append(text)
    for step in diagnosis.history:
        column.addLayout(_line(context, step.when or _("Earlier"), step.words, step.entry))
        words.append(step.words)
    findable(block, *words)
    return block


def _line(context: Context, head: str, text: str, entry: Entry | None) -> FoldingRow:
    """A quieter line below a diagnosis, in its columns; large text has none (see EntryRow)."""
    row = FoldingRow()
    if context.theme.scale < LARGE_TEXT:
        row.addSpacing(context.theme.px(DAY) + 6)
    row.addWidget(_head(context, head))
    row.addWidget(label(text, "small"), 1)
    if entry is not None:
        opens = button(
            pgettext("button", "Open"), context.theme, partial(context.edit_entry, entry, entry.kind), "quiet"
        )
        opens.setAccessibleName(_("Open {title}").format(title=plain_title(entry)))
        row.addWidget(opens)
    return row


def _head(context: Context, head: str) -> QLabel:
    made = label(head, "small")
    made.setFixedWidth(context.theme.px(90))
    made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return made


def _day(entry: Entry) -> str:
    return entry.happened.spoken() if entry.happened else ""


def _details(diagnosis: Diagnosis) -> str:
    """What a source says of it; where an end tells that it is past, the end in place of the course."""
    kind, entry = find_kind("Condition"), diagnosis.entry
    course = "ended" if diagnosis.standing == "past" and entry.ended else "status"
    fields = (kind.field(name) for name in (course, "verification", "made_by", "place", "note"))
    return " · ".join(shown for shown in (kind.show(entry, field) for field in fields if field) if shown)
