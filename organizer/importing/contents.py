"""What a file's bytes are and which words they hold, for files that come alone and for those within another file.

Nothing is read out of the words: they are kept page by page, to be searched and to be cited.
"""

import base64
import binascii
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from organizer.base.progress import NoProgress, Progress
from organizer.base.words import _
from organizer.records.entry import Json

_PICTURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BREAKING = frozenset({"p", "div", "br", "tr", "li", "table", "section", "h1", "h2", "h3", "h4", "h5", "h6"})
_UNSEEN = frozenset({"script", "style", "title"})
MOST_LETTERS = 2_000_000
"""What is searched of one file's words: a long book. The file itself is kept whole."""
_PASSWORD_ERROR = 4
"""pypdfium2's `err_code` of a PDF that opens by a password only (FPDF_ERR_PASSWORD in fpdfview.h)."""


@dataclass(slots=True)
class Contents:
    """`data` are the fields of a document (`text`, or `page_texts` and `pages`); `title` the printed one, or ""."""

    media_type: str
    title: str = ""
    data: dict[str, Json] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """All words, page after page."""
        return str(self.data.get("text") or "\n\n".join(self.data.get("page_texts") or ()))


def contents_of(data: bytes, name: str, progress: Progress | None = None) -> Contents:
    """The type by content and the words; what can't be read is a warning, never an error. Raises Cancelled."""
    found = Contents(media_type_of(data))
    if found.media_type == "application/pdf":
        _read_pdf(data, name, progress or NoProgress(), found)
    elif found.media_type.startswith("text/"):
        found.data["text"] = searchable(_words(data[: 8 * MOST_LETTERS], found.media_type), name, found.warnings)
    return found


def searchable(words: str, name: str, warnings: list[str]) -> str:
    """The words that can be searched; a warning is added where that isn't all of them."""
    if len(words) <= MOST_LETTERS:
        return words
    told = _("“{name}” is very long: it is kept whole, but only its beginning can be searched.")
    warnings.append(told.format(name=name))
    return words[:MOST_LETTERS]


def decoded(base64_text: str) -> bytes | None:
    """What base64 holds, blanks and line ends ignored; None where it is damaged."""
    try:
        return base64.b64decode("".join(base64_text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def media_type_of(head: bytes) -> str:
    """The media type by a file's first bytes; "" for an empty or an unknown binary file."""
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    for mark, media_type in _PICTURES:
        if head.startswith(mark) and (mark != b"BM" or head[6:10] == bytes(4)):
            return media_type
    if not head or (_CONTROLS.search(head) and not head.startswith(_WIDE_MARKS)):
        return ""
    start = head[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"{\\rtf"):
        return "text/rtf"
    return "text/html" if start.startswith((b"<!doctype html", b"<html")) else "text/plain"


def _read_pdf(data: bytes, name: str, progress: Progress, found: Contents) -> None:
    """The pages' words and the printed title. A damaged or locked file gives none, and a warning."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD_ERROR
        reason = _("“{name}” asks for a password.") if locked else _("“{name}” is damaged.")
        found.warnings.append(reason.format(name=name) + " " + _("It is kept, but its text can’t be searched."))
        return
    try:
        pages = _page_texts(document, name, progress, found)
        found.title = str(document.get_metadata_dict().get("Title", "")).strip()
    finally:
        document.close()
    found.data.update(page_texts=pages, pages=len(pages))


def _page_texts(document: Any, name: str, progress: Progress, found: Contents) -> list[str]:
    import pypdfium2

    texts = []
    for number in range(len(document)):
        progress.check()
        progress.report(_("Reading {name}").format(name=name), number, len(document))
        try:
            texts.append(document[number].get_textpage().get_text_range().replace("\r\n", "\n").strip())
        except pypdfium2.PdfiumError:
            words = _("Page {page} of “{name}” can’t be read.")
            found.warnings.append(words.format(page=number + 1, name=name))
            texts.append("")
    return texts


def _words(data: bytes, media_type: str) -> str:
    """The text of a file: UTF-16 by its mark, UTF-8, else the Western Windows code page."""
    if data.startswith(_WIDE_MARKS):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    return _without_tags(text) if media_type == "text/html" else text.strip()


class _Visible(HTMLParser):
    """Collects the words between tags; scripts and styles are no words."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        """A block begins on a new line."""
        self._unseen += tag in _UNSEEN
        self.parts.append("\n" if tag in _BREAKING else "\t" if tag in ("td", "th") else "")

    def handle_endtag(self, tag: str) -> None:
        """What was hidden ends."""
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))

    def handle_data(self, data: str) -> None:
        """Words, unless hidden."""
        if not self._unseen:
            self.parts.append(re.sub(r"\s+", " ", data))


def _without_tags(text: str) -> str:
    page = _Visible()
    page.feed(text)
    page.close()
    lines = (line.strip() for line in "".join(page.parts).split("\n"))
    return "\n".join(line for line in lines if line)
