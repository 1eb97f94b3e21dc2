"""Step 7: the packet – choose what goes in, check it, save it; the preview is the file."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from organizer.base.i18n import _, marked, ngettext
from organizer.model.case import SavedPacket
from organizer.services.opinion import leaving_out, packet_order, packet_versions, packets
from organizer.services.opinion.leaving_out import MatterInfo
from organizer.services.opinion.packet_versions import Beginning
from organizer.services.opinion.packets import Begun, PacketChoice, PacketResult
from organizer.services.record.records import Record
from ui.entries.parts.pages_shown import show_document
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card
from ui.look.widgets.columns import Columns
from ui.look.widgets.emptying import empty
from ui.look.widgets.folding_row import FoldingRow
from ui.look.widgets.labels import label
from ui.look.widgets.pdf_view import PdfView
from ui.look.widgets.side_by_side import SideBySide
from ui.pages.opinion.packet_choices import PacketChoices
from ui.pages.opinion.packet_held import PacketHeld
from ui.pages.opinion.packet_length import PacketLength, too_long_in_words
from ui.pages.opinion.packet_saving import PacketSaving
from ui.pages.opinion.saving import PDF, save_file
from ui.pages.opinion.step import Journey, Step

Preview = tuple[bytes, PacketResult]
MOST_NAMED = 12
FIRST_PAGES_FIRST = 40  # ms: some frames
NARROWEST = 380  # pixels at 100 % text, of choices and preview side by side


class PacketStep(Step):
    """What is saved are the bytes that the preview shows; only a passphrase or parts make other files of them.

    The front pages are shown as soon as they are drawn, the exhibits behind them when they are joined.
    """

    id = "packet"
    title = marked("Packet")
    needs_case = False

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        self._begun: Beginning | None = None
        self._begun_for = ("", "", "")
        self._chosen: PacketChoice | None = None
        self._preview: Preview | None = None
        self._prepared = packets.prepared()
        self._save_wanted = False
        self._view: PdfView | None = None
        self._page = 0

    def head_buttons(self) -> list[QWidget]:
        theme = self.context.theme
        return [
            button(_("Print…"), theme, self._print, "secondary", "printer"),
            button(_("Save as PDF…"), theme, self._save, "primary", "download"),
        ]

    def load(self) -> None:
        self._note_page()
        self._preview, self._save_wanted = None, False
        case, person = self.journey.case, self.context.person
        whom = (person, self.journey.case_id, case.specialist if case else "")
        begun = self._begun if self._begun_for == whom else None

        def work(record: Record, _progress: object) -> tuple[Beginning, list[MatterInfo], tuple[str, ...]]:
            matters = leaving_out.matters_in(record, person)
            order = packet_order.order_of(record, person)
            return begun or packet_versions.beginning(record, case, person), matters, order

        self.read(work, lambda contents: self._fill(whom, *contents))

    def _fill(
        self, whom: tuple[str, str, str], begun: Beginning, matters: list[MatterInfo], order: tuple[str, ...]
    ) -> None:
        if begun is not self._begun:
            self._begun, self._chosen, self._prepared = begun, begun.choice, packets.prepared()
            self._page = 0
        self._begun_for = whom
        assert self._chosen is not None
        self._chosen = replace(self._chosen, order=order)
        builder = Columns(self.context.theme.px(NARROWEST), 2, shares=(2, 3))
        sections = packets.sections(order)
        choices = PacketChoices(
            self.context.theme, self._chosen, sections, matters, self._take, self._arrange, begun.words
        )
        self._choices = choices
        builder.set_widgets([choices, self._shown()])
        self._left_out = Card()
        self._left_out.hide()
        self._length = PacketLength(self.context.theme, choices.resize_section, choices.leave_out)
        self._held = PacketHeld(self.context, self._look_at)
        cards: list[QWidget] = [self._length, self._held, builder, self._left_out]
        case = self.journey.case
        if case is not None and case.packets:
            cards.append(self._versions(case.packets))
        self.show_cards(cards)
        self._draw_preview()

    def _shown(self) -> Card:
        shown = Card(_("Preview"))
        self._view = view = PdfView(self.context.theme, _("Preview of the packet"))
        view.setMinimumHeight(560)
        view.fit("width")
        self._contents_line = label(_("The preview is the exact file."), "small")
        tools = SideBySide()
        tools.words.addWidget(self._contents_line)
        for tool in view.tools():
            tools.buttons.addWidget(tool)
        shown.body.addWidget(tools)
        shown.body.addWidget(view)
        return shown

    def _note_page(self) -> None:
        """Where the person is in the preview: the next one begins there."""
        if self._view is not None and self._preview is not None and self._view.page_count:
            self._page = self._view.at_hand

    def _look_at(self, sha256: str, released: bool) -> None:
        """Print a document that can't be searched, or hold it back again."""
        assert self._chosen is not None
        looked_at = self._chosen.looked_at | {sha256} if released else self._chosen.looked_at - {sha256}
        self._choices.take_looked_at(looked_at)

    def _arrange(self, order: Sequence[str]) -> None:
        """Keep the order; the rows show it already, unless it is the usual one again."""
        record, person = self.context.record, self.context.person
        if not order:
            self.context.write(lambda: packet_order.arrange(record, person, order))
        elif self.journey.write(lambda: packet_order.arrange(record, person, order)) is not None:
            self._choices.take_order(packet_order.order_of(record, person))

    def _take(self, chosen: PacketChoice) -> None:
        self._chosen = chosen
        self._draw_preview()

    def _draw_preview(self) -> None:
        self._note_page()
        chosen, prepared, view, page = self._chosen, self._prepared, self._view, self._page
        assert chosen is not None
        assert view is not None
        self._preview = None

        def join(begun: Begun) -> None:
            if chosen != self._chosen:
                return  # a newer choice is being drawn
            self.context.read(
                _("Joining exhibits"),
                lambda _record, progress: packets.joined(begun, progress),
                lambda preview: self._show_preview(chosen, preview),
            )

        def soon(begun: Begun) -> None:
            # The pages in sight ask for their pictures when they are painted; one worker does both, so these go first.
            QTimer.singleShot(FIRST_PAGES_FIRST, self, lambda: join(begun))

        def show_front(begun: Begun) -> None:
            if chosen == self._chosen:
                self._contents_line.setText(_("The exhibits are being joined…"))
                show_document(self.context, view, begun.front, page, lambda _scale: soon(begun))

        self.context.read(
            _("Drawing the packet"),
            lambda record, progress: packets.begun(record, chosen, progress, prepared),
            show_front,
        )

    def _show_preview(self, chosen: PacketChoice, preview: Preview) -> None:
        if chosen != self._chosen or self._view is None:
            return
        self._preview = preview
        data, result = preview
        words = _("{pages} pages, {n} exhibits; {linked} of {facts} facts lead to their page")
        self._contents_line.setText(
            words.format(pages=result.pages, n=len(result.exhibits), linked=result.facts_linked, facts=result.facts)
        )
        self._length.tell(result)
        self._held.tell(result, chosen.looked_at)
        self._show_left_out(result)
        view, page, front = self._view, self._page, self._view.page_count
        behind = page >= front  # it is one of the exhibits, which weren't there until now
        show_document(self.context, view, data, shown=lambda _scale: view.go_to(page) if behind else None, goes_on=True)
        if self._save_wanted:
            self._save()

    def _show_left_out(self, result: PacketResult) -> None:
        empty(self._left_out.body)
        lines = [f"{left_out.what} – {left_out.reason}" for left_out in result.left_out]
        self._left_out.setVisible(bool(lines))
        if not lines:
            return
        title = ngettext("{n} thing is left out", "{n} things are left out", len(lines)).format(n=len(lines))
        self._left_out.setAccessibleName(title)
        self._left_out.body.addWidget(label(title, "heading"))
        for line in lines[:MOST_NAMED]:
            self._left_out.body.addWidget(label(line, "second"))
        if len(lines) > MOST_NAMED:
            rest = "\n".join(lines[MOST_NAMED:])
            more = button(_("Show all"), self.context.theme, lambda: self._show_rest(more, rest), "quiet")
            self._left_out.body.addWidget(more)

    def _show_rest(self, more: QWidget, rest: str) -> None:
        more.hide()
        self._left_out.body.addWidget(label(rest, "second"))

    def _versions(self, saved: Sequence[SavedPacket]) -> Card:
        card = Card(_("Saved so far"))
        for place, packet in reversed(list(enumerate(saved))):
            row = FoldingRow()
            row.addWidget(label(packet_versions.in_words(packet)), 1)
            if not packet.sent_on:
                words = _("I have sent it")
                row.addWidget(button(words, self.context.theme, partial(self._sent, place), "quiet", "check"))
            card.body.addLayout(row)
        return card

    def _sent(self, place: int) -> None:
        case = self.journey.case
        if case is None:
            return
        record, whom = self.context.record, case.specialist
        self.context.write(lambda: packet_versions.mark_sent(record, case.id, place, whom))

    def paper(self) -> tuple[bytes, str] | None:
        """The packet that the preview shows; None while it is being drawn."""
        return (self._preview[0], self._file_name) if self._preview is not None else None

    @property
    def _file_name(self) -> str:
        return _("{person} – packet.pdf").format(person=self.context.person_entry.title)

    def _print(self) -> None:
        paper = self.paper()
        if paper is None:
            self.context.toast(_("The packet is still being drawn. Print it when it is there."))
        else:
            self.context.print_document(*paper)

    def _save(self) -> None:
        self._save_wanted = self._preview is None
        if self._preview is None:
            self.context.toast(_("The packet is still being drawn; saving comes next."))
            return
        data, result = self._preview
        dialog = PacketSaving(self.context, len(data), self, too_long_in_words(result))
        dialog.accepted.connect(lambda: self._ask_where(dialog.passphrase, dialog.largest))
        dialog.open()

    def _ask_where(self, passphrase: str, largest: int) -> None:
        title = _("Save the packet")
        save_file(
            self, self.context, title, self._file_name, _(PDF), lambda out: self.save_to(out, passphrase, largest)
        )

    def save_to(self, out: Path, passphrase: str = "", largest: int = 0) -> None:
        """Write the bytes that the preview shows; drawn again only where a passphrase or parts are wanted."""
        if self._preview is None or self._chosen is None:
            return
        data, result = self._preview
        chosen, case, prepared = self._chosen, self.journey.case_id, self._prepared

        def work(record: Record, progress: object) -> int:
            if passphrase or largest:
                return len(packets.write_packet(record, chosen, out, progress, passphrase, largest, prepared).parts)  # type: ignore[arg-type]
            packets.save(data, out)
            return 0

        def saved(parts: int) -> None:
            words = _("Saved: {name}") if passphrase else _("Saved: {name}. Anyone who gets it can read it.")
            words = words.format(name=out.name)
            if parts:
                words += " " + ngettext("{n} part lies beside it.", "{n} parts lie beside it.", parts).format(n=parts)
            if case:
                self.context.write(lambda: packet_versions.keep(self.context.record, case, chosen, result, data))
            self.context.show_saved(words, out)

        self.context.read(_("Saving the packet"), work, saved)
