"""PDF pages in a view, drawn by services in the background."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QImage
from shiboken6 import isValid

from organizer.base.i18n import _
from organizer.services.entries import documents
from organizer.services.entries.documents import PageImage
from ui.look.widgets.pdf_view import Answer, PdfView
from ui.shell.context import Context


def picture(page: PageImage) -> QImage:
    """A drawn page as Qt's picture."""
    return QImage(page.data, page.width, page.height, page.stride, QImage.Format.Format_RGB32).copy()


def show_pdf(
    context: Context,
    view: PdfView,
    data: bytes,
    page: int = 0,
    shown: Callable[[], None] = lambda: None,
    goes_on: bool = False,
) -> None:
    """Show a PDF's pages, beginning at `page` (from 0); `shown` is called when their places are there.

    With `goes_on` the PDF begins with the pages that are shown, and these stay.
    """

    def draw(number: int, scale: float, answer: Answer) -> None:
        context.read(
            _("Drawing pages"),
            lambda _record, _progress: documents.render_pdf(data, number, scale),
            lambda drawn: answer(picture(drawn)),
        )

    def arrived(sizes: Sequence[tuple[float, float]]) -> None:
        if isValid(view):
            if goes_on:
                view.go_on(sizes, draw)
            else:
                view.show_pages(sizes, draw, page)
            shown()

    context.read(
        _("Opening the document"),
        lambda _record, _progress: documents.pdf_pages(data),
        arrived,
    )
