"""Flowables on pages: tried first without drawing, since what is drawn may say on which page something stands.

Every page has a foot; a flowable that wants `below` below its top begins a new page where there isn't enough.
"""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Flowable, Frame, PageTemplate

from organizer.packet.page import style
from organizer.packet.page.flow import Trial
from organizer.packet.page.tags import Tags


@dataclass(frozen=True, slots=True)
class Paper:
    """What pages look like and say of themselves: `size` and side `margin` in points, the file's properties."""

    size: tuple[float, float]
    margin: float
    title: str
    author: str
    language: str


_MOST_SPACE = 500.0
"""Points of rows that a heading waits for; higher ones fit no page beside it."""

Foot = Callable[[Canvas], None]
"""Draws the foot of the page that is open."""


def with_space_below(flowables: Iterable[Flowable]) -> list[Flowable]:
    """The flowables, each after a page break where its room is short."""
    story: list[Flowable] = []
    needed = 0.0  # by what follows: the first rows of a table, and the headings above them
    for flowable in reversed(list(flowables)):
        below = getattr(flowable, "below", 0.0)
        least = getattr(flowable, "least", 0.0)
        # A heading goes where the first rows of its table go: alone at the foot of a page it heads nothing.
        own = flowable.getSpaceBefore() + (flowable.height + needed if below else least)
        below = max(below, own) if below and 0 < needed < _MOST_SPACE else below
        needed = own if least or (below and needed) else 0.0
        story += [flowable, CondPageBreak(below)] if below else [flowable]
    return story[::-1]


def pages_taken(paper: Paper, story: Sequence[Flowable]) -> int:
    """How many pages a story takes. Nothing is drawn, and the same flowables can be drawn afterwards."""
    return _built(paper, io.BytesIO(), story, Trial, lambda _canvas: None)


def drawn_pages(paper: Paper, story: Sequence[Flowable], foot: Foot, tags: Tags) -> tuple[bytes, int]:
    """A story's bytes without the tree of its tags, and its pages. Same input, same bytes."""

    def tagging(*arguments: Any, **named: Any) -> Canvas:
        canvas = Canvas(*arguments, **{**named, "initialFontName": style.REGULAR})
        canvas.casebook_tags = tags  # type: ignore[attr-defined]
        return canvas

    out = io.BytesIO()
    pages = _built(paper, out, story, tagging, foot)
    return out.getvalue(), pages


def _built(paper: Paper, out: io.BytesIO, story: Sequence[Flowable], canvas: Callable[..., Canvas], foot: Foot) -> int:
    width, height = paper.size
    document = BaseDocTemplate(
        out,
        pagesize=paper.size,
        title=paper.title,
        author=paper.author,
        creator="Casebook",
        invariant=1,
        lang=paper.language,
    )
    space = (width - 2 * paper.margin, height - style.TOP - style.FOOT)
    frame = Frame(
        paper.margin, style.FOOT, *space, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0, id="body"
    )
    document.addPageTemplates([PageTemplate("page", [frame], onPage=lambda drawn, _document: foot(drawn))])
    edits: list[tuple[Any, ...]] = []
    # reportlab's own way to draw the same flowables more than once
    document._multiBuildEdits = edits.append  # type: ignore[attr-defined]
    document.build(list(story), canvasmaker=canvas)
    for undo, *what in edits:
        undo(*what)
    pages: int = document.page
    return pages
