"""Step 7: the packet – choose what goes in; the preview is the file."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from organizer.base.words import _, marked
from organizer.services import packets
from organizer.services.packets import PacketResult, SectionInfo
from organizer.services.records import Record
from ui.opinion.saving import PDF, save_file
from ui.opinion.step import Journey, Step
from ui.pages._pages_shown import show_pdf
from ui.widgets.buttons import button, icon_button
from ui.widgets.card import Card
from ui.widgets.labels import label
from ui.widgets.pdf_view import PdfView

Preview = tuple[bytes, PacketResult]


class PacketStep(Step):
    """What is saved are the bytes that the preview shows."""

    id = "packet"
    title = marked("Packet")
    needs_case = False

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        self._excluded: set[str] = set()
        self._included: set[str] = set()
        self._preview: Preview | None = None
        self._kept = packets.prepared()

    def head_buttons(self) -> list[QWidget]:
        return [button(_("Save as PDF…"), self.context.theme, self._save, "primary", "download")]

    def load(self) -> None:
        self._preview = None
        self.show_cards([self._builder(packets.sections())])

    def _builder(self, sections: list[SectionInfo]) -> QWidget:
        builder = QWidget()
        row = QHBoxLayout(builder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._choices(sections), 2)
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

    def _choices(self, sections: list[SectionInfo]) -> Card:
        choose = Card(_("What to include"))
        choose.body.addWidget(label(_("The preview is the exact file."), "second"))
        for section in sections:
            box = QCheckBox(section.title)
            box.setAccessibleName(section.title)
            box.setChecked((section.default or section.id in self._included) and section.id not in self._excluded)
            box.toggled.connect(lambda on, section=section: self._tick(section, on))
            choose.body.addWidget(box)
        choose.body.addStretch()
        return choose

    def _tick(self, section: SectionInfo, on: bool) -> None:
        (self._excluded.discard if on else self._excluded.add)(section.id)
        if not section.default:
            (self._included.add if on else self._included.discard)(section.id)
        self._draw_preview()

    def _draw_preview(self) -> None:
        person, case = self.context.person, self.journey.case_id
        kept = self._kept
        excluded, included = tuple(sorted(self._excluded)), tuple(sorted(self._included))

        def work(record: Record, progress: object) -> Preview:
            chosen = packets.choice(record, person_name=person, case_id=case, exclude=excluded)
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
        save_file(self, _("Save the packet"), name, _(PDF), self.save_to)

    def save_to(self, out: Path) -> None:
        """Write the bytes that the preview shows."""
        if self._preview is None:
            return
        data = self._preview[0]
        self.context.read(
            _("Saving the packet"),
            lambda _record, _progress: packets.save(data, out),
            lambda _none: self.context.toast(_("Saved: {name}. Anyone who gets it can read it.").format(name=out.name)),
        )
