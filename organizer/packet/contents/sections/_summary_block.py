"""What the summary is made of: blocks that know the most and the least that they show, and are built anew to shrink."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import chain

from organizer.base.i18n import _, marked
from organizer.model.entry import Entry
from organizer.packet.contents.section import Context
from organizer.packet.contents.tables import chip_width, plain_line
from organizer.packet.facts import Statement
from organizer.packet.page import style
from organizer.packet.page.flow import Element, Row, Rule, Space, Stack
from organizer.packet.page.typesetting import Run, Text

Lines = Sequence[Sequence[Entry]]
"""The entries behind each line that a block could show, in their order."""

Band = list[list["Block"]]
"""Columns side by side, each a list of blocks one below the other."""


class Block:
    """A part of the summary at `x` in its band; `make(limit)` builds it with that many of its lines.

    `lines` are the entries behind all lines that it could show; `section` is where those stand that find no room.
    At most `most` lines are shown, at least `least` where others can give way, never fewer than `floor`. Where all show
    their least, those give way first that `keeps` less.
    """

    def __init__(
        self,
        x: float,
        title: str,
        make: Callable[[int], Element],
        lines: Lines,
        most: int,
        least: int,
        section: str,
        floor: int = 1,
        keeps: int = 0,
    ) -> None:
        self.x, self.title, self._make, self.lines, self.section = x, title, make, lines, section
        self.keeps = keeps
        self.limit, self._least, self.floor = min(len(lines), max(most, floor)), max(least, floor), floor
        self.element = make(self.limit)

    @property
    def height(self) -> float:
        """Points from top to bottom."""
        return self.element.height

    @property
    def spare(self) -> int:
        """How many lines it could give before it shows less than it should."""
        return self.limit - self._least

    def shrink(self) -> None:
        """Show one thing less."""
        self.limit -= 1
        self.element = self._make(self.limit)

    def tell(self, context: Context) -> None:
        """Note what found no room, and where it stands."""
        rest = self.lines[self.limit :] if self.section else ()
        for count, where in _places(context, rest, self.section):
            what = _("{count} more under “{title}” of the summary").format(count=count, title=self.title)
            reason = _("the summary is one page; they stand {where}").format(where=where)
            context.ledger.leave_out(what, reason)


def shared_source(context: Context, lines: Lines) -> Statement | None:
    """One statement for all lines of a block that the person alone reports; None where any has another source."""
    entries = list(chain.from_iterable(lines))
    if len(lines) < 2 or not all(entry.reported_by_patient for entry in entries):
        return None
    return context.state(entries)


def framed(
    width: float,
    title: str,
    rows: Sequence[Element],
    note: str = "",
    right: Element | None = None,
    shared: Statement | None = None,
) -> Stack:
    """A block: a rule, its heading with a quiet note or an element at the right, its rows.

    With `shared` the heading bears the chip that stands for all rows.
    """
    chip = chip_width(shared) + 8 if shared is not None else 0.0
    cells: list[tuple[float, Element]] = [(0, Text([Run(title, style.HEADING)], width - chip))]
    below: list[Element] = []
    if shared is not None:
        cells.append((0, Stack([Space(1), Text([shared], width, 1, "right")])))
    if right is not None:
        cells.append((0, right))
    elif note and style.HEADING.width(title) + style.MUTED.width(note) + 12 + chip <= width:
        cells.append((0, Stack([Space(1), Text([Run(note, style.MUTED)], width - chip, 1, "right")])))
    elif note:
        below.append(Text([Run(note, style.MUTED)], width, 0, "right"))
    return Stack([Rule(width), Space(3), Row(cells, 15.0), Space(1), *rows, *below])


def more_words(context: Context, rest: Lines, section: str) -> str:
    """`and 3 more on p 4; and 2 more in the packet’s data only`; "" where nothing is left.

    `rest` are the entries of each line that found no room: of each it is known whether one of the sections (their ids
    with a blank between) has it.
    """
    words = _("and {count} more {where}")
    return "; ".join(words.format(count=count, where=where) for count, where in _places(context, rest, section))


def _places(context: Context, rest: Lines, section: str) -> list[tuple[int, str]]:
    """How many of the lines stand where."""
    left, places = list(rest), Counter[str]()
    for name in section.split():
        there = [entries for entries in left if context.is_on_page(name, entries)]
        left = [entries for entries in left if entries not in there]
        if there:
            places[context.on_page(name)] += len(there)
    if left:
        places[
            _("in the packet’s data only") if context.packet.data_inside else context.say(marked("in my record"))
        ] += len(left)
    return [(count, where) for where, count in places.items()]


def nothing(width: float, text: str) -> list[Element]:
    """The line that says that a block has nothing to show."""
    return [plain_line(width, text)]


def empty(width: float, words: str) -> list[Element]:
    """Words of our own for an empty list, whole."""
    return [Text([Run(words, style.MUTED)], width)]
