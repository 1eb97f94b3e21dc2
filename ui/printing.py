"""What a page shows, on paper or as a PDF: as wide as the sheet, cut between cards where that is possible."""

from pathlib import Path

from PySide6.QtCore import QMarginsF, QPoint, Qt
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter, QRegion
from PySide6.QtWidgets import QWidget

MARGIN_MM = 14
DPI = 300


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
