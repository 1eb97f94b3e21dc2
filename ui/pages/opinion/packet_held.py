"""Documents that can't be searched for sensitive matters: held back until the person has looked at them."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from organizer.base.i18n import _, ngettext
from organizer.base.progress import Progress
from organizer.model.entry import Changes
from organizer.services.bring_in import recognition
from organizer.services.entries import documents
from organizer.services.entries.documents import Original
from organizer.services.opinion.packets import HeldBack, PacketResult
from organizer.services.record.records import Record
from ui.entries.parts.document_view import DocumentView
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card, line
from ui.look.widgets.dialogs import Dialog, resize_within
from ui.look.widgets.labels import label
from ui.look.widgets.side_by_side import SideBySide
from ui.shell.context import Context

WIDTH, HEIGHT = 900, 760  # pixels at 100 % text


class PacketHeld(Card):
    """`release` is called with a document's SHA-256 and whether it may be printed now."""

    def __init__(self, context: Context, release: Callable[[str, bool], None]) -> None:
        super().__init__(_("Held back until you have looked"))
        self._context, self._release = context, release
        self._known: dict[str, HeldBack] = {}
        self._lines: list[QWidget] = []
        self.hide()

    def tell(self, result: PacketResult, looked_at: frozenset[str]) -> None:
        """Show what a packet holds back, and what was held back before the person looked at it."""
        self._known |= {held.sha256: held for held in result.held_back}
        for old in self._lines:
            self.body.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._lines = [label(_why(result.held_back), "second")] if result.held_back else []
        for held_back in result.held_back:
            self._lines += [line(), self._row(held_back, False)]
        released = [self._known[sha256] for sha256 in sorted(looked_at) if sha256 in self._known]
        for held_back in released:
            self._lines += [line(), self._row(held_back, True)]
        for made in self._lines:
            self.body.addWidget(made)
        self.setVisible(bool(self._lines))

    def _row(self, held: HeldBack, released: bool) -> SideBySide:
        row = SideBySide()
        words = (
            _("{file} is printed: you have looked at it.").format(file=held.file_name)
            if released
            else held_in_words(held)
        )
        row.words.addWidget(label(words))
        theme = self._context.theme
        if released:
            clicks = [button(_("Hold it back again"), theme, partial(self._release, held.sha256, False))]
        else:
            clicks = [button(_("Look at it…"), theme, partial(self._look, held))]
            if recognition.available() and not held.picture:
                clicks.insert(
                    0, button(_("Recognise its text"), theme, partial(self._recognise, held), "quiet", "scan")
                )
        for click in clicks:
            click.setAccessibleName(f"{held.file_name}: {click.text()}")
            row.buttons.addWidget(click)
        return row

    def _recognise(self, held: HeldBack) -> None:
        person = self._context.person

        def work(record: Record, progress: Progress) -> Changes:
            return recognition.recognise(record, recognition.waiting_in(record, person, held.sha256), progress)

        self._context.read(_("Recognising text"), work, self._context.announce)

    def _look(self, held: HeldBack) -> None:
        def work(record: Record, _progress: Progress) -> tuple[Original, bytes]:
            known = documents.info(record, held.sha256)
            if held.picture:
                return replace(known, media_type="image/png"), held.picture
            return known, documents.original(record, held.sha256)

        self._context.read(_("Opening the document"), work, lambda opened: self._show(held, *opened))

    def _show(self, held: HeldBack, original: Original, data: bytes) -> None:
        dialog = LookAtIt(self._context, held, original, data, self)
        dialog.accepted.connect(lambda: self._release(held.sha256, True))
        dialog.open()


class LookAtIt(Dialog):
    """A document that can't be searched, before the person's eyes; accepted where it may be printed."""

    def __init__(self, context: Context, held: HeldBack, original: Original, data: bytes, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Look at {file}").format(file=original.name))
        self.setAccessibleName(self.windowTitle())
        resize_within(self, context.theme.px(WIDTH), context.theme.px(HEIGHT))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addWidget(label(_("Does it say anything that you don’t want this specialist to read?")))
        if held.others:
            column.addWidget(label(names_said(held)))
            words = _("If it is yours under another name, write that name down with yours (Other names used).")
            column.addWidget(label(words, "second"))
        column.addWidget(DocumentView(context, original, data, held.pages[0] - 1), 1)
        foot = QHBoxLayout()
        foot.addStretch()
        keep = button(_("Hold it back"), context.theme, self.reject)
        keep.setDefault(True)
        foot.addWidget(keep)
        foot.addWidget(button(_("I have looked: print it"), context.theme, self.accept, "primary", "check"))
        column.addLayout(foot)


def held_in_words(file: HeldBack) -> str:
    """`Scan.jpg can’t be searched`, or which of its pages; and whom else it names."""
    sentences = [_unread_said(file)] if file.unread else []
    sentences += [names_said(file)] if file.others else []
    return " ".join(sentences)


def _unread_said(file: HeldBack) -> str:
    if len(file.unread) == file.count:
        return _("{file} can’t be searched.").format(file=file.file_name)
    words = ngettext(
        "Page {pages} of {file} can’t be searched.", "Pages {pages} of {file} can’t be searched.", len(file.unread)
    )
    return words.format(pages=", ".join(map(str, file.unread)), file=file.file_name)


def names_said(file: HeldBack) -> str:
    """`Page 2 of letter.pdf names another person: Otto Zwilling`."""
    words = ngettext(
        "Page {pages} of {file} names another person: {names}.",
        "Pages {pages} of {file} name another person: {names}.",
        len(file.others),
    )
    numbers = ", ".join(str(page) for page, _name in file.others)
    return words.format(pages=numbers, file=file.file_name, names=file.names)


def _why(held: tuple[HeldBack, ...]) -> str:
    unread = sum(bool(file.unread) for file in held)
    foreign = sum(bool(file.others) for file in held)
    without_words = ngettext(
        "{n} document is a picture without words. Nobody can check it for the matters that you keep back, so it is "
        "not printed until you have looked at it.",
        "{n} documents are pictures without words. Nobody can check them for the matters that you keep back, so they "
        "are not printed until you have looked at them.",
        unread,
    ).format(n=unread)
    of_others = ngettext(
        "{n} document has a page that names another person. It is not printed until you have looked at it.",
        "{n} documents have pages that name another person. They are not printed until you have looked at them.",
        foreign,
    ).format(n=foreign)
    return "\n".join([*([without_words] if unread else []), *([of_others] if foreign else [])])
