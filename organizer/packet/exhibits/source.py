"""A document's own pages, opened and made harmless once, however often a packet is drawn with them."""

import io
import re
from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from typing import Any

import pikepdf
from pikepdf import Pdf

from organizer.packet.exhibits.sanitise import made_harmless

_MARK = re.compile(rb"/MCID\s+(\d{1,5})")


class Source:
    """The pages of one document as they go into packets; they are copied there and stay here as they are."""

    def __init__(
        self,
        pdf: bytes,
        removed: Sequence[str] | None = None,
        harmless: Pdf | None = None,
        marks: tuple[tuple[int, ...], ...] | None = None,
    ) -> None:
        """`pdf` are its pages; `removed` what was taken out of them, None where that is still to be done; `harmless`
        the same pages where they are open already, `marks` theirs where they are known."""
        self.pdf, self._taken, self._open, self._marks = pdf, removed, harmless, marks

    @cached_property
    def _harmless(self) -> tuple[Pdf, tuple[str, ...]]:
        opened = self._open or pikepdf.open(io.BytesIO(self.pdf))
        return opened, tuple(made_harmless(opened) if self._taken is None else self._taken)

    @property
    def sheets(self) -> Pdf:
        """The document without anything that acts. Raises pikepdf.PdfError where it can't be read."""
        return self._harmless[0]

    @property
    def removed(self) -> tuple[str, ...]:
        """What was taken out of it, in plain words."""
        return self._harmless[1]

    @cached_property
    def marks(self) -> tuple[tuple[int, ...], ...]:
        """For each page the numbers of the marked content that it brings, in its order (ISO 32000-1, 14.7.4)."""
        return self._marks if self._marks is not None else tuple(_marks_of(page) for page in self.sheets.pages)

    def finished(self) -> "Source":
        """The same as a file of its own that needs no second look: nothing acts in it, and it is well formed."""
        sheets = self.sheets
        made_harmless(sheets)  # once more: a page may have come in by another way since
        paper = io.BytesIO()
        sheets.save(paper, static_id=True, encryption=False)
        return Source(paper.getvalue(), self.removed, marks=self.marks)


def _marks_of(page: pikepdf.Page) -> tuple[int, ...]:
    marks = (_MARK.findall(part.read_bytes()) for part in contents_of(page))
    return tuple(dict.fromkeys(int(mark) for mark in chain.from_iterable(marks)))


def contents_of(page: pikepdf.Page) -> list[Any]:
    """The streams that a page's content is made of."""
    contents: Any = page.obj.get("/Contents", [])
    return [contents] if isinstance(contents, pikepdf.Stream) else list(contents)
