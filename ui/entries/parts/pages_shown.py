"""Pages of a document in a view, drawn by services in the background."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QImage
from shiboken6 import isValid

from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.services.entries import documents
from organizer.services.entries.documents import PageImage
from ui.look.widgets.pdf_view import Answer, PdfView
from ui.shell.context import Context

Sizes = Sequence[tuple[float, float]]


def picture(page: PageImage) -> QImage:
    """A drawn page as Qt's picture."""
    return QImage(page.data, page.width, page.height, page.stride, QImage.Format.Format_RGB32).copy()


def show_document(
    context: Context,
    view: PdfView,
    data: bytes,
    page: int = 0,
    shown: Callable[[float], None] = lambda _scale: None,
    goes_on: bool = False,
    widest: float = 0.0,
) -> None:
    """Show a document's pages, beginning at `page` (from 0); `shown` is called when their places are there, with
    how much smaller than they are they stand at 100 %.

    With `goes_on` it begins with the pages that are shown, and these stay. Pages wider than `widest` points are shown
    so wide. What can't be opened or drawn says so where it would stand.
    """
    # What was being made when the record was locked or the page left comes when its view is gone.
    if not isValid(view):
        return

    name, share = view.accessibleName(), [1.0]

    def draw(number: int, scale: float, answer: Answer) -> None:
        context.read(
            _("Drawing pages"),
            lambda _record, progress: _drawn_or_why(data, number, scale * share[0], name, progress),
            answer,
        )

    def arrived(answer: Sizes | str) -> None:
        if not isValid(view):
            return
        if isinstance(answer, str):
            view.say(answer)
            return
        share[0] = min(1.0, widest / max(1.0, *(wide for wide, _high in answer))) if widest and answer else 1.0
        sizes = [(wide * share[0], high * share[0]) for wide, high in answer]
        if goes_on:
            view.go_on(sizes, draw)
        else:
            view.show_pages(sizes, draw, page)
        shown(share[0])

    context.read(_("Opening the document"), lambda _record, progress: _sizes_or_why(data, name, progress), arrived)


def _sizes_or_why(data: bytes, name: str, progress: Progress) -> Sizes | str:
    try:
        return documents.page_sizes(data, name, progress)
    except UnreadableSourceError as error:
        return f"{error} {error.next_step}"


def _drawn_or_why(data: bytes, number: int, scale: float, name: str, progress: Progress) -> QImage | str:
    try:
        return picture(documents.draw(data, number, scale, name, progress))
    except UnreadableSourceError as error:
        return f"{error} {error.next_step}"
