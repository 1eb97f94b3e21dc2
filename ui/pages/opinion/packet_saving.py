"""How a packet is saved: open or under a passphrase, whole or in parts."""

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from organizer.base.figures import with_sign
from organizer.base.i18n import _
from organizer.services.record.passphrases import Strength, judged
from ui.look.widgets.buttons import button
from ui.look.widgets.card import notice
from ui.look.widgets.dialogs import Dialog
from ui.look.widgets.labels import label
from ui.look.widgets.segmented import Segmented
from ui.shell.context import Context

MEGABYTE = 1_000_000


class PacketSaving(Dialog):
    """`passphrase` is "" for an open file, `largest` 0 for one that is not split."""

    def __init__(self, context: Context, size: int, parent: QWidget, caution: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Save the packet"))
        self.setAccessibleName(self.windowTitle())
        self.setMinimumWidth(context.theme.px(460))
        self._protect = QCheckBox(_("Protect it with a passphrase"))
        self._protect.setAccessibleName(self._protect.text())
        self._first, self._second = self._secret(_("Passphrase")), self._secret(_("The same again"))
        self._wrong = label("", "error")
        sizes = [("0", _("One file")), ("10", "10 MB"), ("20", "20 MB"), ("25", "25 MB")]
        self._parts = Segmented(_("Largest part"), sizes)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addWidget(label(_("Save the packet"), "heading"))
        words = _("The file is {size} MB. What leaves Casebook is as readable as any file, unless you protect it.")
        column.addWidget(label(words.format(size=with_sign(f"{size / MEGABYTE:.1f}")), "second"))
        if caution:
            column.addWidget(notice(caution))
        for field in (self._protect, self._first, self._second, self._wrong):
            column.addWidget(field)
        column.addWidget(label(_("Portals often take no more than 10 to 25 MB: parts are saved beside it."), "second"))
        row = QHBoxLayout()
        row.addWidget(self._parts)
        row.addStretch()
        column.addLayout(row)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(button(_("Cancel"), context.theme, self.reject))
        save = button(_("Save…"), context.theme, self.accept, "primary", "download")
        save.setDefault(True)
        foot.addWidget(save)
        column.addLayout(foot)
        self._protect.toggled.connect(self._show_secrets)
        self._show_secrets(False)

    @property
    def passphrase(self) -> str:
        """What opens the PDF, or "" for everybody."""
        return self._first.text() if self._protect.isChecked() else ""

    @property
    def largest(self) -> int:
        """Bytes of the largest part, 0 for one file."""
        return int(self._parts.taken) * MEGABYTE

    def accept(self) -> None:
        """Close it, if what was typed can be used."""
        wrong = self._what_is_wrong()
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))
        self._first.setAccessibleDescription(wrong)
        if wrong:
            self._first.setFocus()
        else:
            super().accept()

    def _what_is_wrong(self) -> str:
        if not self._protect.isChecked():
            return ""
        judgement = judged(self._first.text())
        if judgement.strength is Strength.REFUSED:
            return judgement.words
        return "" if self._first.text() == self._second.text() else _("The two are not the same.")

    def _secret(self, words: str) -> QLineEdit:
        field = QLineEdit()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setPlaceholderText(words)
        field.setAccessibleName(words)
        return field

    def _show_secrets(self, on: bool) -> None:
        for qline_edit in (self._first, self._second):
            qline_edit.setVisible(on)
        self._wrong.hide()
