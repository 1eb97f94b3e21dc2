"""A document's own pages, opened and made harmless once, however often a packet is drawn with them."""

import io
from functools import cached_property
from typing import Any

import pikepdf
from pikepdf import Pdf

from organizer.packet.sanitise import made_harmless


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
    def marked(self) -> tuple[bool, ...]:
        """For each page whether it brings marked content with numbers of its own (ISO 32000-1, 14.7.4)."""
        return tuple(any(b"MCID" in part.read_bytes() for part in contents_of(page)) for page in self.sheets.pages)


def contents_of(page: pikepdf.Page) -> list[Any]:
    """The streams that a page's content is made of."""
    contents: Any = page.obj.get("/Contents", [])
    return [contents] if isinstance(contents, pikepdf.Stream) else list(contents)
