"""What every sheet is drawn on: a page with margins, a quiet foot with name and page number, embedded fonts."""

import copy
import io
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from organizer.base.i18n import _, language
from organizer.packet.page import style
from organizer.packet.page.flow import Drawn, Element, Row, Rows, Rule, Space, Stack, Trial
from organizer.packet.page.pages import Foot, Paper, drawn_pages, pages_taken, with_space_below
from organizer.packet.page.style import Face
from organizer.packet.page.tags import Tags, artefact, set_tree
from organizer.packet.page.typesetting import Run, Text, cut


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's frame: `title` for the file's properties, `name` and `middle` in the foot; `size` letter or a4.

    `margin` at the sides in points.
    """

    title: str
    name: str
    size: str = "letter"
    margin: float = style.MARGIN
    middle: str = ""
    landscape: bool = False

    @property
    def page(self) -> tuple[float, float]:
        """Width and height in points."""
        width, height = style.PAGE_SIZES[self.size]
        return (height, width) if self.landscape else (width, height)

    @property
    def width(self) -> float:
        """Points between the side margins."""
        return self.page[0] - 2 * self.margin


def drawn(sheet: Sheet, story: Sequence[Flowable]) -> bytes:
    """The sheet's bytes, tagged for readers that can't see it. Same input, same bytes."""
    style.register_fonts()
    tags = Tags()
    paper = io.BytesIO()
    with pikepdf.open(io.BytesIO(built(sheet, story, tags, taken(sheet, story))[0])) as document:
        set_tree(document, tags.root)
        document.Root["/Lang"] = language()
        document.Root["/ViewerPreferences"] = pikepdf.Dictionary(DisplayDocTitle=True)
        document.save(paper, deterministic_id=True)
    return paper.getvalue()


def built(sheet: Sheet, story: Sequence[Flowable], tags: Tags, total: int) -> tuple[bytes, int]:
    """The bytes without the tree of its tags, and how many pages it took; each page says that it is one of `total`."""
    return drawn_pages(_paper(sheet), with_space_below(story), _foot(sheet, total), tags)


def taken(sheet: Sheet, story: Sequence[Flowable]) -> int:
    """How many pages a story takes."""
    return pages_taken(_paper(sheet), with_space_below(story))


def _paper(sheet: Sheet) -> Paper:
    return Paper(sheet.page, sheet.margin, sheet.title, sheet.name, language())


def _foot(sheet: Sheet, total: int) -> Foot:
    def draw(canvas: Canvas) -> None:
        with artefact(canvas):
            foot(canvas, _("page {page} of {total}").format(page=canvas.getPageNumber(), total=total))

    def foot(canvas: Canvas, page: str) -> None:
        canvas.setStrokeColor(style.THIN_RULE)
        canvas.setLineWidth(0.5)
        canvas.line(sheet.margin, 40, sheet.margin + sheet.width, 40)
        third = sheet.width / 3
        Text([Run(cut(sheet.name, 48), style.FOOT_STRONG)], third * 1.3, 1).draw(canvas, sheet.margin, 37)
        middle = style.MUTED.width(sheet.middle)
        if sheet.middle:
            left = sheet.margin + (sheet.width - middle) / 2
            Text([Run(sheet.middle, style.MUTED)], middle + 1, 1).draw(canvas, left, 37)
        Text([Run(page, style.FOOT_STRONG)], third, 1, "right").draw(canvas, sheet.margin + 2 * third, 37)

    return draw


def heading(sheet: Sheet, title: str, about: str = "") -> Drawn:
    """The head of a sheet: its title, a line about it, a rule."""
    parts: list[Element] = [Text([Run(title, style.TITLE)], sheet.width, 2)]
    if about:
        parts += [Space(2), Text([Run(about, style.MUTED)], sheet.width)]
    return Drawn(Stack([*parts, Space(7), Rule(sheet.width), Space(10)]), sheet.width)


def subheading(sheet: Sheet, text: str) -> Drawn:
    """A heading within a sheet that stays with what follows."""
    return Drawn(Stack([Text([Run(text, style.SUBHEADING)], sheet.width, 1), Space(4)]), sheet.width, 80, 12)


class Prose(Flowable):
    """A text of any length: it goes on over the page's end, line by line."""

    def __init__(self, text: Text, after: float = 0.0) -> None:
        super().__init__()
        self.text, self.after = text, after
        self.width, self.height = text.width, text.height + after

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Its size in points."""
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """The lines that fit, and the rest."""
        count = int(available_height // self.text.leading)
        if count < 1 or count >= len(self.text.lines):
            return []
        first, rest = copy.copy(self.text), copy.copy(self.text)
        first.lines, rest.lines = self.text.lines[:count], self.text.lines[count:]
        return [Prose(first), Prose(rest, self.after)]

    def draw(self) -> None:
        """Paint it."""
        if not isinstance(self.canv, Trial):
            self.text.draw(self.canv, 0, self.height)


def words(sheet: Sheet, text: str, face: Face = style.BODY, after: float = 6.0) -> list[Flowable]:
    """A text with its line ends kept."""
    lines = [line for line in text.splitlines() if line.strip()]
    last = len(lines) - 1
    return [Prose(Text([Run(line, face)], sheet.width), after if n == last else 0) for n, line in enumerate(lines)]


def pair(sheet: Sheet, name: str, text: str, share: float = 0.3, face: Face = style.BODY) -> Drawn:
    """A name at the left and what it says at the right."""
    left = sheet.width * share
    lines = [Text([Run(line, face)], sheet.width - left) for line in text.splitlines() or [""]]
    row = Row([(0, Text([Run(name, style.MUTED)], left - 8)), (left, Stack(lines))], pad=2)
    return Drawn(row, sheet.width)


def writing_space(sheet: Sheet, lines: int, width: float = 0.0) -> Stack:
    """Ruled lines to write on by hand."""
    parts: list[Element] = []
    for _line in range(lines):
        parts += [Space(22), Rule(width or sheet.width, thin=True)]
    return Stack(parts)


def grid(
    sheet: Sheet, shares: Sequence[float], titles: Sequence[str], rows: Sequence[Sequence[str | Text]]
) -> Flowable:
    """A ruled table of plain texts whose header returns on each page; `shares` of the width add up to 1.

    A cell higher than a page goes on in a row of its own.
    """
    width = sheet.width
    head = _grid_row(sheet, shares, titles, style.QUOTE.coloured(style.SECOND))
    header: list[Element] = [head, Rule(width), Space(1)]
    body: list[Element] = []
    for row in rows:
        parts = [_grid_row(sheet, shares, part, style.BODY) for part in _parts(sheet, shares, row)]
        body += [*parts[:-1], Stack([parts[-1], Rule(width, thin=True)])]
    return Rows(header, body, width)


_MOST_LINES = 16
"""Of a part of a row: two parts and the header fit on the lowest page, so that rows never stand alone."""


def _grid_row(sheet: Sheet, shares: Sequence[float], cells: Sequence[str | Text], face: Face) -> Row:
    placed: list[tuple[float, Element]] = []
    x = 0.0
    for share, cell in zip(shares, cells, strict=True):
        wide = share * sheet.width
        placed.append((x, _cell(cell, face, wide)))
        x += wide
    return Row(placed, pad=3.0)


def _cell(cell: str | Text, face: Face, wide: float) -> Element:
    if isinstance(cell, Text):
        return cell
    return Stack([Text([Run(line, face)], wide - 8) for line in cell.splitlines() or [""]])


def _parts(sheet: Sheet, shares: Sequence[float], row: Sequence[str | Text]) -> list[list[str | Text]]:
    """A row with very long cells as several rows, so that each fits on a page."""
    pieces: list[list[str | Text]] = []
    for share, cell in zip(shares, row, strict=True):
        if isinstance(cell, Text):
            pieces.append([cell])
            continue
        lines = []
        for line in cell.splitlines() or [""]:
            text = Text([Run(line, style.BODY)], share * sheet.width - 8)
            lines += [" ".join(placed.text for placed in line) for line in text.lines]
        pieces.append(["\n".join(lines[start : start + _MOST_LINES]) for start in range(0, len(lines), _MOST_LINES)])
    most = max(len(parts) for parts in pieces)
    return [[parts[number] if number < len(parts) else "" for parts in pieces] for number in range(most)]
