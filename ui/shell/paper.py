"""Documents on paper: their own pages, as a printer's dialog was told, drawn one after the other in the background.

Qt's painter may draw on a printer from any thread (doc.qt.io/qt-6/threads-modules.html, looked up 2026-11-29).
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QTransform
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from organizer.base.errors import OrganizerError
from organizer.base.i18n import _, ngettext
from organizer.base.progress import Progress
from organizer.services.entries import documents
from ui.entries.parts.pages_shown import picture
from ui.shell.context import Context

POINTS = 72  # of an inch
MOST_DPI = 300  # of a drawn page: what a laser printer shows of letters


def ask_printer(context: Context, data: bytes, name: str, parent: QWidget) -> None:
    """Show the system's dialog for a document's pages, then print what was chosen there."""

    def ask(sizes: Sequence[tuple[float, float]]) -> None:
        printer = _printer_for(name, sizes)
        if not printer.isValid():
            words = _("No printer is known on this computer. Save it as a PDF, and print that where there is one.")
            context.toast(words)
            return
        dialog = QPrintDialog(printer, parent)
        dialog.setMinMax(1, len(sizes))
        if dialog.exec():
            _start(context, printer, data, name)

    def read(_record: object, progress: Progress) -> Sequence[tuple[float, float]]:
        return documents.page_sizes(data, name, progress)

    context.read(_("Opening the document"), read, ask)


def _printer_for(name: str, sizes: Sequence[tuple[float, float]]) -> QPrinter:
    """A printer that begins with the paper of the first page, upright or across."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    if sizes and is_sheet(sizes[0]):
        wide, high = sizes[0]
        printer.setPageSize(QPageSize(QSizeF(min(wide, high), max(wide, high)), QPageSize.Unit.Point))
        across = QPageLayout.Orientation.Landscape if wide > high else QPageLayout.Orientation.Portrait
        printer.setPageOrientation(across)
    return printer


def is_sheet(size: tuple[float, float]) -> bool:
    """Whether width and height in points are those of a sheet that printers have."""
    wide, high = sorted(size)
    named = QPageSize.id(QSizeF(wide, high), QPageSize.Unit.Point, QPageSize.SizeMatchPolicy.FuzzyMatch)
    return named != QPageSize.PageSizeId.Custom


def _start(context: Context, printer: QPrinter, data: bytes, name: str) -> None:
    def work(_record: object, progress: Progress) -> int:
        return print_pages(printer, data, name, progress)

    def printed(pages: int) -> None:
        words = ngettext("{n} page went to the printer.", "{n} pages went to the printer.", pages)
        context.toast(words.format(n=pages))

    context.read(_("Printing"), work, printed)


def print_pages(printer: QPrinter, data: bytes, name: str, progress: Progress) -> int:
    """Print the pages that the printer was told to; gives how many sheets' sides that were.

    Raises Cancelled, UnreadableSourceError, and OrganizerError where the printer takes nothing.
    """
    sizes = documents.page_sizes(data, name, progress)
    numbers = list(_wanted(printer, len(sizes)))
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise OrganizerError(
            _("The printer doesn’t take the pages."), _("See that it is switched on and connected, then try again.")
        )
    try:
        for place, number in enumerate(numbers):
            progress.report(_("Printing"), place, len(numbers))
            progress.check()
            if place:
                printer.newPage()
            _print_page(painter, printer, data, name, number, sizes[number], progress)
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    return len(numbers)


def _wanted(printer: QPrinter, count: int) -> Iterator[int]:
    """The pages (from 0) in the order of the paper, as often as copies are wanted that the printer can't make."""
    pages = range(count)
    if printer.printRange() is QPrinter.PrintRange.PageRange and printer.fromPage():
        pages = range(printer.fromPage() - 1, min(printer.toPage() or count, count))
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    for _copy in range(copies):
        yield from pages


def _print_page(
    painter: QPainter,
    printer: QPrinter,
    data: bytes,
    name: str,
    number: int,
    size: tuple[float, float],
    progress: Progress,
) -> None:
    dpi = printer.resolution()
    layout = printer.pageLayout()
    is_picture = not is_sheet(size)
    area = QRectF(layout.paintRectPixels(dpi) if is_picture else layout.fullRectPixels(dpi))
    dots = dpi / POINTS  # of a point
    drawn = picture(documents.draw(data, number, min(dpi, MOST_DPI) / POINTS, name, progress))
    image = _turned(drawn, area)
    own = QSizeF(*size) if image is drawn else QSizeF(size[1], size[0])
    share = min(area.width() / own.width(), area.height() / own.height())
    share = share if is_picture else min(share, dots)
    target = QRectF(QPointF(), own * share)
    target.moveCenter(area.center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(target, image)


def _turned(image: QImage, area: QRectF) -> QImage:
    """What is wider than high on upright paper, or the other way round, is turned."""
    if (image.width() > image.height()) == (area.width() > area.height()) or image.width() == image.height():
        return image
    return image.transformed(QTransform().rotate(90), Qt.TransformationMode.FastTransformation)
