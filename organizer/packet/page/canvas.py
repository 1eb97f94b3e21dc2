"""The paper that everything is drawn on."""

from typing import Any, BinaryIO

from reportlab.pdfgen.canvas import Canvas

from organizer.packet.page import style


def new_canvas(paper: BinaryIO, pagesize: tuple[float, float] | None = None, lang: str | None = None) -> Canvas:
    """A canvas that names no font but those that are embedded: reportlab begins each page with Helvetica otherwise.

    The same drawing gives the same bytes.
    """
    style.register_fonts()
    first: Any = style.REGULAR  # the stubs take a font's name for a number
    return Canvas(paper, pagesize=pagesize, invariant=1, lang=lang, initialFontName=first)
