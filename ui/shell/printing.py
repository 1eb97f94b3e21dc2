"""What a page shows, on paper or as a PDF: without its buttons, as wide as the sheet, cut between cards if possible."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QMarginsF, QPoint, Qt, QTimer
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter, QRegion
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QToolButton, QWidget
from shiboken6 import isValid

from ui.look.style_sheet import style_sheet
from ui.look.theme import Theme
from ui.look.widgets.buttons import ON_PAPER
from ui.look.widgets.segmented import Segmented
from ui.shell.page import Page

MARGIN_MM = 14
DPI = 300
BEAT_MS, BEATS = 30, 3
PAPER = "#pageBody { background: white; }"


def in_ink(page: Page, draw: Callable[[], object]) -> None:
    """Draw a page with dark ink on white: at once, or, where the look is dark, as soon as it is filled so.

    Meanwhile a picture of the page lies over it, and afterwards it is dark again.
    """
    look = page.context.theme
    if not look.dark:
        page.setStyleSheet(PAPER)
        with _without_controls(page):
            draw()
        page.setStyleSheet("")
        return
    cover = QLabel(page)
    cover.setPixmap(page.grab())
    cover.resize(page.size())
    cover.show()
    light = replace(look, dark=False)

    def fill(theme: Theme, sheet: str, then: Callable[[], object]) -> None:
        page.setStyleSheet(sheet)
        page.context.theme = theme
        page.refresh()
        _once_filled(page, then)

    def drawn() -> None:
        with _without_controls(page):
            draw()
        fill(look, "", cover.deleteLater)

    fill(light, style_sheet(light) + PAPER, drawn)


@contextmanager
def _without_controls(page: Page) -> Iterator[None]:
    """Paper has nothing to press: what only acts gives its room away, buttons that tell something stay."""
    bar, focus = page.area.verticalScrollBar(), QApplication.focusWidget()
    before = bar.value()
    hidden = [widget for widget in page.inside.findChildren(QWidget) if widget.isVisible() and _only_acts(widget)]
    try:
        _set_visible(hidden, False)
        yield
    finally:
        _set_visible(hidden, True)
        bar.setValue(before)
        if focus is not None:
            focus.setFocus()


def _only_acts(widget: QWidget) -> bool:
    """Buttons, what chooses the view, and a field in which nothing is written."""
    if isinstance(widget, QPushButton | QToolButton):
        return not (widget.isChecked() or widget.property("role") == "row" or widget.property(ON_PAPER))
    return isinstance(widget, Segmented) or (isinstance(widget, QLineEdit) and not widget.text())


def _set_visible(widgets: list[QWidget], visible: bool) -> None:
    for widget in widgets:
        widget.setVisible(visible)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)  # laid out now, not after the drawing


def _once_filled(page: Page, then: Callable[[], object]) -> None:
    """When nothing is read for it any more and all is laid out; never, where the record is closed before."""

    def look(quiet: int) -> None:
        if not isValid(page):
            return
        if quiet == BEATS:
            then()
        else:
            QTimer.singleShot(BEAT_MS, lambda: look(0 if page.context.jobs.running else quiet + 1))

    look(0)


def save_pdf(out: Path, shown: QWidget, title: str) -> int:
    """Write what is shown as a PDF; gives the number of its pages."""
    writer = QPdfWriter(str(out))
    writer.setTitle(title)
    writer.setResolution(DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(*[MARGIN_MM] * 4), QPageLayout.Unit.Millimeter)
    return print_on(writer, shown)


def print_on(device: QPagedPaintDevice, shown: QWidget) -> int:
    """Draw what is shown on as many pages as it takes; gives how many."""
    painter = QPainter(device)
    sheet = painter.viewport()
    scale = sheet.width() / max(1, shown.width())
    cuts = page_cuts(shown, sheet.height() / scale)
    for number, (top, bottom) in enumerate(cuts):
        if number:
            device.newPage()
        painter.save()
        painter.scale(scale, scale)
        shown.render(painter, QPoint(), QRegion(0, top, shown.width(), bottom - top), QWidget.RenderFlag.DrawChildren)
        painter.restore()
    painter.end()
    return len(cuts)


def page_cuts(shown: QWidget, high: float) -> list[tuple[int, int]]:
    """From where to where each sheet shows, in the widget's pixels: between two of its parts where one ends in time."""
    ends = sorted(
        child.geometry().bottom() + 1
        for child in shown.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if child.isVisibleTo(shown)
    )
    cuts, top, whole = [], 0, max(1, shown.height())
    while top < whole:
        last = top + int(high)
        good = [end for end in ends if top + high / 3 < end <= last]
        bottom = whole if whole <= last else max(good, default=last)
        cuts.append((top, bottom))
        top = bottom
    return cuts
