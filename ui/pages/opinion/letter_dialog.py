"""A letter to look through: to whom, which law it names, its text as the person wants it; then a PDF, noted as sent."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from organizer.base.dates import parse_date
from organizer.base.errors import OrganizerError
from organizer.base.i18n import _
from organizer.model.ids import EntryId
from organizer.model.kinds import find_kind
from organizer.services.opinion import cases, letters
from organizer.services.opinion.cases import Item
from organizer.services.opinion.letters import VARIANTS, Letter, LetterWish
from ui.entries.forms.editors import make_editor
from ui.look.widgets.buttons import button
from ui.look.widgets.choices import choices
from ui.look.widgets.dialogs import Dialog, resize_within
from ui.look.widgets.labels import label
from ui.look.widgets.tick_box import TickBox
from ui.pages.opinion.saving import PDF, save_file
from ui.pages.opinion.step import Journey


class LetterDialog(Dialog):
    """`missing` are checklist rows that the letter may ask for: the person ticks which, and those are noted as asked
    when it goes out. A letter for slides offers the specimens in their place, those of the case ticked."""

    def __init__(self, journey: Journey, kind: str, missing: Mapping[str, Item], parent: QWidget) -> None:
        super().__init__(parent)
        self._journey, self._kind, self._missing = journey, kind, dict(missing)
        self._context = journey.context
        self._letter: Letter | None = None
        self.setWindowTitle(dict(letters.kinds(journey.context.record, journey.context.person))[kind])
        self.setAccessibleName(self.windowTitle())
        self.to = choices(_("To whom"), [])
        self.variant = choices(_("Whose law"), [(_(words), variant) for variant, words in VARIANTS])
        self.text = QPlainTextEdit()
        self.lacks = label("", "second")
        self._drafted = ""
        follow_up = find_kind("Communication").field("follow_up")
        assert follow_up is not None
        self.again = make_editor(follow_up)
        self._law_is_chosen = False
        self._ticks = {row: self._tick(item.label, False) for row, item in self._missing.items()}
        if kind == "slides-request":
            offered = letters.specimens(self._context.record, self._context.person, journey.case_id)
            self._ticks = {specimen.report.id: self._tick(specimen.label, specimen.is_named) for specimen in offered}
        self._lay_out()
        self._wire()
        resize_within(self, self._context.theme.px(720), self._context.theme.px(680))
        self._draft()

    @property
    def letter(self) -> Letter | None:
        """The letter with the text as it stands now."""
        return replace(self._letter, body=self.text.toPlainText()) if self._letter else None

    def save_to(self, out: Path) -> None:
        """Write the PDF, then note the letter as sent and the rows as asked for."""
        letter = self.letter
        if letter is None:
            return
        context, case, person = self._context, self._journey.case_id, self._context.person
        again = parse_date(self.again.text())
        try:
            letters.save(letter, out)
        except OrganizerError as error:
            context.show_error(error)
            return
        self.accept()
        day = again.first_day if again and again.precision == "day" else None
        rows = {row: item.label for row, item in self._asked().items()}
        if rows and case:
            context.write(lambda: cases.ask(context.record, case, rows, letter.to))
        context.write(lambda: letters.log_sent(context.record, person, letter, case, day))

    def _asked(self) -> dict[str, Item]:
        return {row: item for row, item in self._missing.items() if row in self._ticks and self._ticks[row].isChecked()}

    def _draft(self) -> None:
        """Fill the text anew while it stands as it was drafted; own words are never overwritten."""
        context = self._context
        asked = tuple(item.asks for item in self._asked().values())
        law = str(self.variant.currentData()) if self._law_is_chosen else ""
        ticked = tuple(EntryId(name) for name, box in self._ticks.items() if box.isChecked())
        specimens = ticked if self._kind == "slides-request" else None
        wish = LetterWish(self._kind, self.to.currentText(), law, asked, specimens=specimens)
        try:
            self._letter = letters.draft(context.record, context.person, wish, self._journey.case_id)
        except OrganizerError:
            self._letter = None
        if self._letter is not None:
            self.variant.setCurrentIndex(self.variant.findData(self._letter.variant))
            self._show(self._letter)
        self._save.setEnabled(self._letter is not None)

    def _show(self, letter: Letter) -> None:
        """The new draft, unless the person changed the text: then it is offered, and what is lacking is said."""
        own = self.text.toPlainText() not in ("", self._drafted)
        if not own:
            self.text.setPlainText(letter.body)
            self._drafted = letter.body
        self._anew.setVisible(own and letter.body != self._drafted)
        lines = list(letter.missing)
        if self._missing and not self._asked():
            lines.insert(0, _("Nothing is ticked: the letter asks for the whole record."))
        if letters.names_a_right(self._kind):
            enclosed = letters.enclosures(self._context.record, self._context.person, letter.variant)
            lines += [_("Enclose: {things}.").format(things=", ".join(enclosed))] if enclosed else []
        self.lacks.setText("\n".join(lines))
        self.lacks.setVisible(bool(lines))

    def _draft_anew(self) -> None:
        """The person wants the draft in place of the own text."""
        self.text.setPlainText("")
        self._draft()

    def _ask_place(self) -> None:
        name = _("{title} – {whom}.pdf").format(title=self.windowTitle(), whom=self.to.currentText())
        save_file(self, self._context, _("Save the letter"), name, _(PDF), self.save_to)

    def _tick(self, words: str, on: bool) -> TickBox:
        box = TickBox(words)
        box.setChecked(on)
        box.toggled.connect(self._draft)
        return box

    def _tick_all(self) -> None:
        """All of them; where all are ticked already, none."""
        on = not all(box.isChecked() for box in self._ticks.values())
        for box in self._ticks.values():
            box.setChecked(on)

    def _tick_list(self) -> QWidget:
        """The ticks in a part of their own that scrolls, so that the letter stays readable beside them."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        for box in self._ticks.values():
            column.addWidget(box)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(holder)
        area.setAccessibleName(_("What is asked for"))
        area.setMaximumHeight(self._context.theme.px(150))
        return area

    def _wire(self) -> None:
        self.to.currentTextChanged.connect(self._draft)
        self.variant.activated.connect(lambda _index: self._choose_law())

    def _choose_law(self) -> None:
        """From now on the law is the one chosen, not that of the recipient's country."""
        self._law_is_chosen = True
        self._draft()

    def _lay_out(self) -> None:
        record, person, case = self._context.record, self._context.person, self._journey.case_id
        self.to.addItems(letters.suggested_recipients(record, person, self._kind, case))
        self.to.setEditable(True)
        self.to.setCurrentIndex(self.to.findText(letters.meant_recipient(record, person, self._kind, case)))
        field = self.to.lineEdit()
        if field is not None:
            field.setPlaceholderText(_("Choose a doctor or clinic, or write a name"))
        self.text.setAccessibleName(_("Text of the letter"))
        self.text.setTabChangesFocus(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(10)
        layout.addWidget(label(self.windowTitle(), "heading"))
        row = QHBoxLayout()
        row.addWidget(label(_("To"), "strong"))
        row.addWidget(self.to, 1)
        row.addWidget(self.variant)
        layout.addLayout(row)
        self.variant.setVisible(letters.names_a_right(self._kind))
        if self._ticks:
            head = QHBoxLayout()
            head.addWidget(label(_("Tick what this letter shall ask for:"), "second"), 1)
            head.addWidget(button(_("Tick all, or none"), self._context.theme, self._tick_all, "quiet"))
            layout.addLayout(head)
            layout.addWidget(self._tick_list())
        layout.addWidget(self.text, 1)
        layout.addWidget(self.lacks)
        self._anew = button(_("Draft it anew from my choices"), self._context.theme, self._draft_anew, "quiet")
        self._anew.setVisible(False)
        layout.addWidget(self._anew)
        self._add_again(layout)
        layout.addLayout(self._buttons())

    def _add_again(self, layout: QVBoxLayout) -> None:
        day = letters.ask_again(self._context.record, self._journey.case_id)
        self.again.set_text(day.isoformat() if letters.asks_for_an_answer(self._kind) else "")
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(_("Ask again on"), "strong"))
        assert isinstance(self.again, QWidget)
        row.addWidget(self.again, 1)
        holder.setVisible(letters.asks_for_an_answer(self._kind))
        layout.addWidget(holder)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch()
        theme = self._context.theme
        row.addWidget(button(_("Cancel"), theme, self.reject))
        self._save = button(_("Save PDF, note as sent…"), theme, self._ask_place, "primary", "download")
        row.addWidget(self._save)
        return row
