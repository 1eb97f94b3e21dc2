"""Lines and tables with citations: what most sections are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from organizer.model.entry import Entry
from organizer.packet.contents.section import Context
from organizer.packet.facts import Statement
from organizer.packet.page import style
from organizer.packet.page.flow import Element, Grid, Row, Rows, Rule, Space, Stack
from organizer.packet.page.style import Face
from organizer.packet.page.typesetting import Piece, Run, Text

_GAP = 8.0
MOST_LINES = 24
"""Of a cell: what a source says is printed whole; a row as high as a page couldn't be set at all."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its share of the width, its alignment, and the most lines that a cell may take."""

    title: str
    share: float
    align: str = "left"
    lines: int = MOST_LINES


def chip_width(statement: Statement) -> float:
    """Points that the statement's chips take side by side."""
    return Text([statement], 400).line_width


def cited_line(
    width: float,
    left: Sequence[Piece],
    right: str,
    statement: Statement,
    right_face: Face = style.MUTED,
    lines: int = MOST_LINES,
    share: float = 0.45,
    bare: bool = False,
) -> Row:
    """One line: words at the left, at the right a quiet detail (at most `share` of the room) and the chip.

    A `bare` one has no chip: one in a heading stands for it.
    """
    chips = 0.0 if bare else chip_width(statement)
    cells: list[tuple[float, Element]] = [] if bare else [(width - chips, Text([statement], chips + 0.1))]
    free = width if bare else width - chips - _GAP
    if right:
        most = min(right_face.width(right) + 0.5, free * share)
        detail = Text([Run(right, right_face, statement)], most, 0, "right")
        cells.append((free - most, detail))
        free -= most + _GAP
    cells.append((0, Text(left, free, lines)))
    return Row(cells)


def plain_line(width: float, text: str, right: str = "", face: Face = style.MUTED) -> Row:
    """A line of our own words without a citation: a statement about the packet, not about the illness."""
    cells: list[tuple[float, Element]] = [(0, Text([Run(text, face)], width * (0.6 if right else 1)))]
    if right:
        cells.append((width * 0.6, Text([Run(right, style.MUTED)], width * 0.4, 0, "right")))
    return Row(cells)


def grid(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Sequence[Piece]]],
    width: float,
    below: Sequence[Sequence[Piece]] = (),
) -> Grid:
    """A table that is never split, as an element of some width; `below` has what stands under each row, or nothing."""
    titles = [[Run(column.title, style.QUOTE.coloured(style.SECOND))] for column in columns]
    header: list[Element] = [Row(_cells(columns, titles, width)), Rule(width, thin=True), Space(1)]
    body: list[Element] = []
    for row, more in zip_longest(rows, below, fillvalue=()):
        line = Row(_cells(columns, row, width), least=15.0)
        body.append(Stack([line, Row([(0, Text(more, width))], 13.0)]) if more else line)
    return Grid(header, body)


def _cells(columns: Sequence[Column], contents: Sequence[Sequence[Piece]], width: float) -> list[tuple[float, Element]]:
    cells: list[tuple[float, Element]] = []
    x = 0.0
    for column, pieces in zip(columns, contents, strict=True):
        wide = column.share * width - (_GAP if x + column.share * width < width - 1 else 0)
        if pieces:
            cells.append((x, Text(pieces, wide, column.lines, column.align)))
        x += column.share * width
    return cells


def table_row(context: Context, columns: Sequence[Column], row: Sequence[Sequence[Piece]], ruled: bool = True) -> Row:
    """A row of a table, its cells set; of a table that is made again and again while it is shortened."""
    return Row(_cells(columns, row, context.width), pad=3.0 if ruled else 0.0, least=15.0)


def table(
    context: Context,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Sequence[Piece]]],
    ruled: bool = True,
    topped: bool = True,
) -> Rows:
    """A table whose cells are pieces; its header returns on each page.

    Thin rules stand between rows where `ruled`, a rule above the header where `topped`.
    """
    return table_of(context, columns, [table_row(context, columns, row, ruled) for row in rows], ruled, topped)


def table_of(
    context: Context, columns: Sequence[Column], rows: Sequence[Row], ruled: bool = True, topped: bool = True
) -> Rows:
    """The same of rows that are set already (`table_row`)."""
    width = context.width
    titles = [[Run(column.title, style.QUOTE.coloured(style.SECOND))] for column in columns]
    top: list[Element] = [Rule(width), Space(1)] if topped else []
    header = [*top, Row(_cells(columns, titles, width)), Rule(width, thin=True), Space(1)]
    body: list[Element] = []
    for number, row in enumerate(rows):
        more = number < len(rows) - 1
        body.append(Stack([row, Rule(width, thin=True)]) if ruled and more else row)
    return Rows(header, body, width)


def day(entry: Entry) -> str:
    """When it was, with its precision; "" where that isn't recorded."""
    return entry.happened.spoken() if entry.happened else ""
