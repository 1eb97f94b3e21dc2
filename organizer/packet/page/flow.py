"""The pieces a page is made of: lines of text with citation chips, rows, panels, rules; and their platypus wrapper.

An element knows its height and draws itself downward from its top edge. Texts of the record are drawn as plain
strings: nothing here reads markup.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from organizer.packet.page import style
from organizer.packet.page.style import Face
from organizer.packet.page.tags import Node, artefact, note_link, tags_of
from organizer.packet.page.typesetting import Text, plain


class Element(Protocol):
    """Something that can be drawn: `draw` paints it with its left edge at x and its top edge at `top` (points)."""

    @property
    def height(self) -> float:
        """Points from top to bottom."""

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Paint it."""


@dataclass(frozen=True, slots=True)
class Space:
    """Nothing, of some height."""

    height: float

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Paint nothing."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line across; `thin` is the fainter one inside a table."""

    width: float
    thin: bool = False
    height: float = 1.0

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Paint it at its top edge."""
        with artefact(canvas):
            canvas.setLineWidth(0.5)
            canvas.setStrokeColor(style.THIN_RULE if self.thin else style.RULE)
            canvas.line(x, top, x + self.width, top)


class Row:
    """Elements side by side, each at its own x; as high as the highest, at least `least`."""

    def __init__(self, cells: Sequence[tuple[float, Element]], least: float = style.ROW, pad: float = 0.0) -> None:
        self.cells = cells
        self.pad = pad or max(least - style.BODY.leading, 0) / 2
        self.height = max([least, *(cell.height + 2 * self.pad for _x, cell in cells)])

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Paint all cells, their first lines on one baseline."""
        tags = tags_of(canvas)
        if not tags.cell_role:
            for offset, cell in self.cells:
                cell.draw(canvas, x + offset, top - self.pad)
            return
        role, tags.cell_role = tags.cell_role, ""
        with tags.within(Node("TR")):
            for offset, cell in self.cells:
                with tags.within(Node(role, scope="Column" if role == "TH" else "")):
                    paint = cell.fill if isinstance(cell, Text) else cell.draw
                    paint(canvas, x + offset, top - self.pad)
        tags.cell_role = role


class Stack:
    """Elements one below the other."""

    def __init__(self, elements: Sequence[Element]) -> None:
        self.elements = elements
        self.height = sum(element.height for element in elements)

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Paint them downward."""
        for element in self.elements:
            element.draw(canvas, x, top)
            top -= element.height


class Panel:
    """A quiet rounded ground behind an element, with an accent at its left edge where `accent` is set."""

    def __init__(self, content: Element, width: float, accent: bool = False, pad: float = 10.0) -> None:
        self.content, self.width, self.accent, self.pad = content, width, accent, pad
        self.height = content.height + 2 * (pad - 2)

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Paint the ground, then the content."""
        with artefact(canvas):
            canvas.setFillColor(style.PANEL)
            canvas.roundRect(x, top - self.height, self.width, self.height, 6, stroke=0, fill=1)
            if self.accent:
                canvas.setFillColor(style.ACCENT)
                canvas.rect(x, top - self.height + 6, 2, self.height - 12, stroke=0, fill=1)
        self.content.draw(canvas, x + self.pad + 4, top - self.pad + 2)


class Pill:
    """A status in words on a soft ground with an outline, right aligned to `width`."""

    height = 17.0

    def __init__(self, text: str, tone: tuple[Color, Color], width: float) -> None:
        self.text, self.tone, self.width = plain(text), tone, width

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Paint it."""
        face = style.BOLD.coloured(self.tone[0])
        wide = face.width(self.text) + 18
        left = x + self.width - wide
        with artefact(canvas):
            canvas.setFillColor(self.tone[1])
            canvas.setStrokeColor(self.tone[0])
            canvas.setLineWidth(0.7)
            canvas.roundRect(left, top - self.height, wide, self.height, self.height / 2, stroke=1, fill=1)
        with tags_of(canvas).marked(canvas, Node("P")):
            face.write(canvas, left + 9, top - 12.2, self.text)


class PageLink:
    """Words that lead to a front page by its bookmark, underlined; right or left aligned in `width`."""

    height = 13.0

    def __init__(self, text: str, target: str, width: float, align: str = "left", face: Face = style.CHIP) -> None:
        self.text, self.target, self.width, self.align, self.face = plain(text), target, width, align, face

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Paint it and set the link."""
        wide = self.face.width(self.text)
        left = x + (self.width - wide if self.align == "right" else 0.0)
        baseline = top - (self.height - self.face.size) / 2 - self.face.size * 0.86
        low_left = canvas.absolutePosition(left - 2, baseline - 4)
        high_right = canvas.absolutePosition(left + wide + 2, baseline + 10)
        canvas.linkRect("", self.target, (*low_left, *high_right), relative=0, thickness=0, Border="[0 0 0]")
        with tags_of(canvas).marked(canvas, note_link(canvas, (*low_left, *high_right))):
            self.face.write(canvas, left, baseline, self.text)
        with artefact(canvas):
            canvas.setStrokeColor(self.face.colour)
            canvas.setLineWidth(0.5)
            canvas.line(left, baseline - 1.8, left + wide, baseline - 1.8)


class Trial(Canvas):
    """A canvas on which no element is drawn: it only tells how many pages they take, and where sections begin."""

    def save(self) -> None:
        """Nothing was drawn that could be kept."""

    def saveState(self) -> None:
        """Nothing is drawn that needs to know where it is."""

    def restoreState(self) -> None:
        """The same."""

    def translate(self, _dx: float, _dy: float) -> None:
        """The same."""


@runtime_checkable
class Opener(Protocol):
    """An element with which a section begins."""

    def begin(self, canvas: Canvas) -> None:
        """Write down on which page."""


class Drawn(Flowable):
    """An element as a platypus flowable that is never split.

    `below` is what must be free below its top, or it begins a new page; `before` points stay free above it, except at
    the top of a page.
    """

    def __init__(self, element: Element, width: float, below: float = 0.0, before: float = 0.0) -> None:
        super().__init__()
        self.element, self.width, self.height = element, width, element.height
        self.below, self.spaceBefore = below, before
        self._opener = element if isinstance(element, Opener) else None

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Its size in points."""
        return self.width, self.height

    def draw(self) -> None:
        """Paint it."""
        if self._opener is not None:
            self._opener.begin(self.canv)
        if not isinstance(self.canv, Trial):
            self.element.draw(self.canv, 0, self.height)


class Grid:
    """Rows below a header, as an element: a table for those who hear it.

    `node` is the table that it belongs to; where that was `begun` on an earlier page the header is decoration here.
    """

    def __init__(
        self, header: Sequence[Element], rows: Sequence[Element], node: Node | None = None, begun: bool = False
    ) -> None:
        self._head, self._body = Stack(header), Stack(rows)
        self._node, self._begun = node or Node("Table"), begun
        self.height = self._head.height + self._body.height

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Paint header and rows."""
        tags = tags_of(canvas)
        with tags.within(self._node):
            if self._begun:  # a listener needs the column names once
                with artefact(canvas):
                    self._head.draw(canvas, x, top)
            else:
                tags.cell_role = "TH"
                self._head.draw(canvas, x, top)
            tags.cell_role = "TD"
            self._body.draw(canvas, x, top - self._head.height)
            tags.cell_role = ""


class Rows(Flowable):
    """Rows below a header that returns on each page; split between rows only, never after the header alone."""

    def __init__(
        self, header: Sequence[Element], rows: Sequence[Element], width: float, begun: Node | None = None
    ) -> None:
        super().__init__()
        self.header, self.rows, self.width = header, rows, width
        self._table, self._goes_on = begun or Node("Table"), begun is not None
        self.height = sum(element.height for element in (*header, *rows))

    @property
    def least(self) -> float:
        """Points of its header with the rows that stand below it at least."""
        first = self.rows[:2] if len(self.rows) > 2 else self.rows[:1]
        return sum(element.height for element in (*self.header, *first))

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Its size in points."""
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """The rows that fit, and the rest with the header again."""
        left = available_height - sum(element.height for element in self.header)
        count = 0
        while count < len(self.rows) and self.rows[count].height <= left:
            left -= self.rows[count].height
            count += 1
        if count == 0 or (count == 1 and len(self.rows) > 2):
            return []
        rest = [Rows(self.header, self.rows[count:], self.width, self._table)] if self.rows[count:] else []
        begun = self._table if self._goes_on else None
        first = Rows(self.header, self.rows[:count], self.width, begun)
        first._table = self._table
        return [first, *rest]

    def draw(self) -> None:
        """Paint header and rows."""
        if not isinstance(self.canv, Trial):
            Grid(self.header, self.rows, self._table, self._goes_on).draw(self.canv, 0, self.height)
