"""A document's own pages, opened and made harmless once, however often a packet is drawn with them."""

import io
import re
from functools import cached_property
from typing import Any

import pikepdf
from pikepdf import Pdf

from organizer.packet.exhibits.sanitise import made_harmless

_MARK = re.compile(rb"/MCID\s+(\d{1,5})")


class Source:
    """The pages of one document as they go into packets; they are copied there and stay here as they are."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf

    @cached_property
    def _harmless(self) -> tuple[Pdf, tuple[str, ...]]:
        opened = pikepdf.open(io.BytesIO(self.pdf))
        return opened, tuple(made_harmless(opened))

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
        return tuple(_marks_of(page) for page in self.sheets.pages)


def _marks_of(page: pikepdf.Page) -> tuple[int, ...]:
    found = (_MARK.findall(part.read_bytes()) for part in contents_of(page))
    return tuple(dict.fromkeys(int(one) for marks in found for one in marks))


def contents_of(page: pikepdf.Page) -> list[Any]:
    """The streams that a page's content is made of."""
    contents: Any = page.obj.get("/Contents", [])
    return [contents] if isinstance(contents, pikepdf.Stream) else list(contents)
