"""The words of letters as word processors keep them: Word (ECMA-376) and OpenDocument.

What is seen on paper is read: headers, the text with its tables and boxes, footers, notes, and what a reviewer wrote
beside it, said as such. What was deleted while changes were tracked, hidden, or only a placeholder, is left out, and
so are headers that no page shows: a letter that was written over an older one still holds them.
"""

import zipfile
import zlib
from io import BytesIO
from typing import Any

from organizer.importing.page_text.open_document import words_of_open_document
from organizer.importing.page_text.word_letter import lines_of_word_letter

WORD, OPEN_DOCUMENT, FLAT_OPEN_DOCUMENT = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.text-flat-xml",
)
LETTERS = frozenset({WORD, OPEN_DOCUMENT, FLAT_OPEN_DOCUMENT})
"""Media types of word processors' files."""
MOST_BYTES = 64 << 20  # of a letter's unpacked words
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, KeyError, EOFError, RuntimeError, NotImplementedError, ValueError, OSError,
)  # fmt: skip


def words_of_letter(data: bytes, media_type: str) -> tuple[str, str]:
    """Title and words of a word processor's file (see LETTERS); both "" for one that is damaged, locked or a bomb."""
    from lxml import etree

    try:
        if media_type == FLAT_OPEN_DOCUMENT:
            whole = _parsed(data)
            return _title(whole), words_of_open_document(whole, whole)
        with zipfile.ZipFile(BytesIO(data)) as opened:
            parts = Parts(opened)
            if media_type == WORD:
                return _title(parts.tree("docProps/core.xml")), "\n".join(lines_of_word_letter(parts.tree, parts.names))
            content = parts.tree("content.xml")
            styles = parts.tree("styles.xml")
            return _title(parts.tree("meta.xml")), words_of_open_document(content, styles)
    except (*_DAMAGED, etree.XMLSyntaxError):
        return "", ""


class Parts:
    """The parts of a letter, read one by one; all of them share one limit of size."""

    def __init__(self, opened: zipfile.ZipFile) -> None:
        self.names = opened.namelist()
        self._opened = opened
        self._left = MOST_BYTES

    def tree(self, name: str) -> Any:
        """A part by its name, None where there is none. Raises ValueError beyond the limit."""
        if name not in self.names:
            return None
        with self._opened.open(name) as stream:
            xml = stream.read(self._left + 1)
        self._left -= len(xml)
        if self._left < 0:
            raise ValueError("unpacks to too much")
        return _parsed(xml)


def _parsed(xml: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(xml, parser)


def _title(properties: Any) -> str:
    """The title among the properties of a file (Dublin Core)."""
    if properties is None:
        return ""
    title = next(properties.iter("{http://purl.org/dc/elements/1.1/}title"), None)
    return " ".join((title.text or "").split()) if title is not None else ""
