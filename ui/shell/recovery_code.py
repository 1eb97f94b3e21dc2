"""A recovery code on the screen, shown once, and its one page on paper. The page names nobody."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, Qt, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout

from organizer.base.dates import today
from organizer.base.i18n import _
from ui.look.theme import Theme
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card
from ui.look.widgets.labels import label
from ui.shell import clipboard
from ui.shell.welcome.screen import usual_place

MARGIN_MM = 25.0


class CodeCard(Card):
    """The code with Copy, Print and Save; `kept` says whether the person has put it in a safe place."""

    noted = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._code = label("", "title", selectable=True)
        self._code.setAccessibleName(_("Recovery code"))
        self.sure = QCheckBox(_("I have put it in a safe place, away from this computer"))
        self.sure.setAccessibleName(self.sure.text())
        self.sure.toggled.connect(self.noted)
        row = QHBoxLayout()
        self._add(row, _("Print…"), self._print, "printer")
        self._add(row, _("Save as PDF…"), self._save, "download")
        self._add(row, _("Copy"), lambda: clipboard.copy(self.code), "copy")
        row.addStretch()
        self.body.addWidget(self._code)
        self.body.addLayout(row)
        self.body.addWidget(label(_("Saved or copied, anyone who finds it can read it: paper is best."), "small"))
        self.body.addWidget(self.sure)

    @property
    def code(self) -> str:
        """The code that is shown now."""
        return self._code.text().replace("\n", "")

    def show_code(self, code: str) -> None:
        """Show a code; "" takes it away for good."""
        middle = len(code) // 2 + 1
        self._code.setText("\n".join(part for part in (code[:middle], code[middle:]) if part))
        self.sure.setChecked(False)

    def _add(self, row: QHBoxLayout, words: str, act: Callable[[], None], icon_name: str) -> None:
        made = button(words, self.theme, act, icon_name=icon_name)
        made.setAutoDefault(False)
        row.addWidget(made)

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageMargins(QMarginsF(*[MARGIN_MM] * 4), QPageLayout.Unit.Millimeter)
        if QPrintDialog(printer, self).exec():
            painter = QPainter(printer)
            draw_page(painter, QRectF(painter.viewport()), self.code, self.theme)
            painter.end()

    def _save(self) -> None:
        proposed = str(usual_place() / _("Recovery code.pdf"))
        name, _kind = QFileDialog.getSaveFileName(self, _("Save as PDF"), proposed, _("PDF (*.pdf)"))
        if name:
            save_page(Path(name), self.code, self.theme)


def save_page(out: Path, code: str, theme: Theme) -> None:
    """Write the page as a PDF."""
    writer = QPdfWriter(str(out))
    writer.setTitle(_("Recovery code"))
    writer.setResolution(300)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(*[MARGIN_MM] * 4), QPageLayout.Unit.Millimeter)
    painter = QPainter(writer)
    draw_page(painter, QRectF(painter.viewport()), code, theme)
    painter.end()


def draw_page(painter: QPainter, area: QRectF, code: str, theme: Theme) -> None:
    """One page: the code in two lines, what it opens, how and where to keep it. Nobody's name."""
    groups = code.split("-")
    lines = (
        (_("Casebook recovery code"), 22.0, "SemiBold", 8.0),
        (_("Made on {day}").format(day=_today()), 11.0, "Regular", 26.0),
        ("  ".join(groups[:4]), 26.0, "SemiBold", 6.0),
        ("  ".join(groups[4:]), 26.0, "SemiBold", 30.0),
        (_("What it opens"), 13.0, "SemiBold", 4.0),
        (_("The record it was made for, and backups made since, where the passphrase is forgotten."), 11.0, "", 16.0),
        (_("How to use it"), 13.0, "SemiBold", 4.0),
        (_("Start Casebook and open the record, or choose “Put a backup back…” on a new computer."), 11.0, "", 4.0),
        (_("Choose “Use the recovery code instead” and type the eight groups."), 11.0, "", 4.0),
        (_("Capitals, spaces and hyphens don’t matter. O is read as 0, I and L as 1."), 11.0, "", 16.0),
        (_("How to keep it"), 13.0, "SemiBold", 4.0),
        (_("With your important papers, away from the computer and the backups. Not as a photograph."), 11.0, "", 4.0),
        (_("Who has this page and the record, or a backup of it, can read the record."), 11.0, "", 30.0),
        (_("Where the backups are:") + " " + "_" * 44, 11.0, "", 0.0),
    )  # fmt: skip
    unit = painter.device().logicalDpiY() / 72
    top = area.top()
    painter.setPen(Qt.GlobalColor.black)
    for text, points, weight, gap in lines:
        font = theme.font(14, weight or "Regular")
        font.setPixelSize(round(points * unit))
        painter.setFont(font)
        place = QRectF(area.left(), top, area.width(), area.bottom() - top)
        drawn = painter.boundingRect(place, Qt.TextFlag.TextWordWrap, text)
        painter.drawText(place, Qt.TextFlag.TextWordWrap, text)
        top = drawn.bottom() + gap * unit


def _today() -> str:
    day = today()
    return f"{day.day} {day:%B %Y}"
