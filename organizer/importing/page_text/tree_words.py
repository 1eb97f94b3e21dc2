"""The words of a tree of marks (a web page, a letter of a word processor) in lines, as they stand on paper.

A block begins a line; the cells of a row stand apart on one line, unless they hold whole texts, as where a table only
lays out a page.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from organizer.base.i18n import _

_A_CELL = 3
"""Lines in a cell of a table of facts at most; longer ones are columns of a page."""
_FROM, _TO = "\ufdd0", "\ufdd1"
"""Signs that no text has (Unicode, 23.7, noncharacters), around what is struck through."""
_STRUCK_ON = re.compile(f"{_TO}(\\s*){_FROM}")
_STRUCK = re.compile(f"{_FROM}([^{_TO}]*){_TO}")
_BESIDE = re.compile(r"\[\[.*?\]\]")
_BLANKS = re.compile(r"[ \r\n\f\v\xa0]+")


@dataclass(frozen=True, slots=True)
class Marks:
    """What the local names of elements mean: which begin a line, are rows, cells, unseen, or stand for a sign.

    `is_unseen` and `is_struck` (struck through) are asked of each element besides; `sign_of` gives a sign for it.
    """

    blocks: frozenset[str]
    rows: frozenset[str]
    cells: frozenset[str]
    unseen: frozenset[str]
    signs: dict[str, str]
    is_unseen: Callable[[Any], bool] = lambda _element: False
    sign_of: Callable[[Any], str] = lambda _element: ""
    is_struck: Callable[[Any], bool] = lambda _element: False


def lines_of(root: Any, marks: Marks) -> list[str]:
    """The lines of a tree, blanks run together, empty ones left out; words that are struck through say so."""
    joined = (_STRUCK_ON.sub(r"\1", line) for line in _Lines(marks).of(root))
    words = beside(_("struck out"), "{words}")
    texts = (_STRUCK.sub(lambda match: words.format(words=match[1].strip()), line) for line in joined)
    return [line for line in (trimmed(line) for line in texts) if line]


def beside(what: str, words: str) -> str:
    """Words that stand beside a text and are no part of it: `[[struck out: aspirin]]`."""
    return f"[[{what}: {words}]]"


def without_what_stands_beside(text: str) -> str:
    """A text without comments and what was struck through."""
    return _BESIDE.sub("", text)


def local_name(element: Any) -> str:
    """The name of an element without its namespace; "" of a comment or an instruction."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def trimmed(line: str) -> str:
    """A line with one blank between words and nothing around its cells."""
    cells = (" ".join(cell.split()) for cell in line.split("\t"))
    return "\t".join(cells).strip()


class _Lines:
    def __init__(self, marks: Marks) -> None:
        self._marks = marks

    def of(self, element: Any) -> list[str]:
        """The lines of what an element holds; the last one goes on where text follows."""
        lines = [_flat(element.text)]
        for child in element:
            self._add(child, lines)
            lines[-1] += _flat(child.tail)
        return lines

    def _add(self, child: Any, lines: list[str]) -> None:
        name, marks = local_name(child), self._marks
        if not name or name in marks.unseen or marks.is_unseen(child):
            return
        if name in marks.signs:
            parts = marks.signs[name].split("\n")
            lines[-1] += parts[0]
            lines += parts[1:]
        elif name in marks.rows:
            lines += self._row(child)
            lines.append("")
        elif name in marks.blocks or name in marks.cells:
            lines += self._struck(child, self.of(child))
            lines.append("")
        else:
            lines[-1] += marks.sign_of(child)
            inner = self._struck(child, self.of(child))
            lines[-1] += inner[0]
            lines += inner[1:]

    def _struck(self, element: Any, lines: list[str]) -> list[str]:
        if not self._marks.is_struck(element):
            return lines
        return [f"{_FROM}{line}{_TO}" if line.strip() else line for line in lines]

    def _row(self, row: Any) -> list[str]:
        """A row on one line, its cells apart; cells that hold whole texts one below the other."""
        before = [_flat(row.text)]
        cells = [_filled(self.of(cell)) for cell in self._cells(row)]
        if all(len(cell) <= _A_CELL for cell in cells):
            return [*before, "\t".join(" ".join(cell).replace("\t", " ") for cell in cells)]
        return [*before, *chain.from_iterable(cells)]

    def _cells(self, row: Any) -> Iterable[Any]:
        """The cells of a row, also those within a wrapping element."""
        for child in row:
            if local_name(child) in self._marks.cells:
                yield child
            elif local_name(child) not in self._marks.unseen and not self._marks.is_unseen(child):
                yield from self._cells(child)


def _filled(lines: Iterable[str]) -> list[str]:
    return [line.strip() for line in lines if line.strip()]


def _flat(text: str | None) -> str:
    return _BLANKS.sub(" ", text or "")
