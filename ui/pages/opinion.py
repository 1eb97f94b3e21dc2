"""Second opinion: reasons, the case, its questions, and the packet with its live preview."""

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QWidget

from organizer.base.words import _, marked
from organizer.records.entry import Entry
from organizer.services import entries, packets, plans
from organizer.services.entries import Query
from organizer.services.packets import PacketResult, SectionInfo
from organizer.services.plans import Reason
from organizer.services.records import Record
from ui.context import Context
from ui.pages._cards import CardsPage
from ui.pages._pages_shown import show_pdf
from ui.pages._rows import entries_card
from ui.widgets.buttons import button, icon_button
from ui.widgets.card import Card
from ui.widgets.labels import label
from ui.widgets.pdf_view import PdfView

Preview = tuple[bytes, PacketResult]


@dataclass(frozen=True, slots=True)
class Told:
    """What the page shows."""

    reasons: list[Reason]
    cases: list[Entry]
    questions: list[Entry]
    sections: list[SectionInfo]


class OpinionPage(CardsPage):
    """The preview is the file: what is saved are its bytes."""

    id = "opinion"
    title = marked("Second opinion")
    icon = "file-check-2"
    help = marked(
        "A second opinion is a normal, responsible step. Choose what goes into the packet; the preview is exactly what "
        "will be saved."
    )
    kinds = ("OpinionCase", "Question", "TreatmentOption", "Task")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._excluded: set[str] = set()
        self._included: set[str] = set()
        self._kept = packets.prepared()
        self._preview: Preview | None = None

    def forget(self, _person: str = "") -> None:
        self._preview = None
        super().forget()

    def refresh(self) -> None:
        theme, edit = self.context.theme, self.context.edit_entry
        self.header.set_actions(
            button(_("Add a question"), theme, lambda: edit(None, "Question"), "secondary", "message-square"),
            button(_("Save as PDF…"), theme, self._save, "primary", "download"),
        )
        person = self.context.person
        self.context.read(_("Reading the case"), lambda record, _progress: _told(record, person), self._fill)

    def _fill(self, told: Told) -> None:
        context = self.context
        cards: list[QWidget] = []
        if told.cases:
            cards.append(entries_card(context, _("My case"), [(one, one.text("specialist")) for one in told.cases]))
        else:
            card = Card(_("My case"))
            card.body.addWidget(label(_("Say in one sentence what you would like to know, and from whom."), "second"))
            start = button(_("Begin a case"), context.theme, lambda: context.edit_entry(None, "OpinionCase"), "primary")
            card.body.addWidget(start)
            cards.append(card)
        cards += [_reason_card(reason) for reason in told.reasons]
        if told.questions:
            rows = [(one, _("one of the three") if one.data.get("starred") else "") for one in told.questions]
            cards.append(entries_card(context, _("Questions to bring"), rows))
        cards.append(self._builder(told.sections))
        self.show_cards(cards)

    def _builder(self, sections: list[SectionInfo]) -> QWidget:
        builder = QWidget()
        row = QHBoxLayout(builder)
        row.setContentsMargins(0, 0, 0, 0)
        choose = Card(_("What to include"))
        choose.body.addWidget(label(_("The preview is the exact file."), "second"))
        for section in sections:
            box = QCheckBox(section.title)
            box.setAccessibleName(section.title)
            box.setChecked((section.default or section.id in self._included) and section.id not in self._excluded)
            box.toggled.connect(lambda on, section=section: self._tick(section, on))
            choose.body.addWidget(box)
        choose.body.addStretch()
        row.addWidget(choose, 2)
        shown = Card(_("Preview"))
        view = PdfView(self.context.theme, _("Preview of the packet"))
        view.setMinimumHeight(560)
        said = label("", "small")
        tools = QHBoxLayout()
        tools.addWidget(said, 1)
        tools.addWidget(icon_button("zoom-out", _("Smaller"), self.context.theme, lambda: view.zoom_by(-1)))
        tools.addWidget(icon_button("zoom-in", _("Larger"), self.context.theme, lambda: view.zoom_by(1)))
        shown.body.addLayout(tools)
        shown.body.addWidget(view)
        row.addWidget(shown, 3)
        self._view, self._said = view, said
        self._draw_preview()
        return builder

    def _tick(self, section: SectionInfo, on: bool) -> None:
        (self._excluded.discard if on else self._excluded.add)(section.id)
        if not section.default:
            (self._included.add if on else self._included.discard)(section.id)
        self._draw_preview()

    def _draw_preview(self) -> None:
        person = self.context.person_entry.id
        kept = self._kept
        excluded, included = tuple(sorted(self._excluded)), tuple(sorted(self._included))

        def work(record: Record, progress: object) -> Preview:
            chosen = packets.choice(record, person_name=person, exclude=excluded)
            if included:
                defaults = tuple(one.id for one in packets.sections() if one.default)
                chosen = replace(chosen, include=(*defaults, *included))
            return packets.preview(record, chosen, progress, kept)  # type: ignore[arg-type]

        self.context.read(_("Drawing the packet"), work, self._show_preview)

    def _show_preview(self, preview: Preview) -> None:
        self._preview = preview
        data, result = preview
        told = _("{pages} pages, {n} exhibits; {linked} of {facts} facts lead to their page")
        self._said.setText(
            told.format(pages=result.pages, n=len(result.exhibits), linked=result.facts_linked, facts=result.facts)
        )
        show_pdf(self.context, self._view, data)

    def _save(self) -> None:
        if self._preview is None:
            self.context.toast(_("The packet is still being drawn."))
            return
        name = _("{person} – packet.pdf").format(person=self.context.person_entry.title)
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save the packet"), name, _("PDF (*.pdf)"))
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, out: Path) -> None:
        """Write the bytes that the preview shows."""
        if self._preview is None:
            return
        data = self._preview[0]
        self.context.read(
            _("Saving the packet"),
            lambda _record, _progress: packets.save(data, out),
            lambda _none: self.context.toast(_("Saved: {name}").format(name=out.name)),
        )


def _told(record: Record, person: str) -> Told:
    cases = entries.find(record, Query(kinds=("OpinionCase",), person=person))
    questions = entries.find(record, Query(kinds=("Question",), person=person, order="created"))
    return Told(plans.reasons(record, person), cases, questions, packets.sections())


def _reason_card(reason: Reason) -> Card:
    card = Card(reason.title)
    card.body.addWidget(label(reason.sentence))
    for question in reason.questions:
        card.body.addWidget(label(_("Worth asking: {question}").format(question=question), "second"))
    return card
