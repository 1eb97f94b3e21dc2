"""What no other format recognises, kept whole: PDF, pictures, plain text, RTF, HTML. One file is one document.

Nothing is read out of the words: they are kept page by page, to be searched and to be cited.
"""

import re
from html.parser import HTMLParser
from pathlib import PurePath
from typing import Any

from organizer.base.dates import PartialDate, parse_date
from organizer.base.progress import Progress
from organizer.base.words import _
from organizer.importing.format import Draft, Reading, SourceFile
from organizer.records.entry import Entry, Json, Source

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
_DAY = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")
_BREAKING = frozenset({"p", "div", "br", "tr", "li", "table", "section", "h1", "h2", "h3", "h4", "h5", "h6"})
_UNSEEN = frozenset({"script", "style", "title"})
_PASSWORD_ERROR = 4
"""pypdfium2's `err_code` of a PDF that opens by a password only (FPDF_ERR_PASSWORD in fpdfview.h)."""


class DocumentsFormat:
    """The fallback: a file that is kept as a document."""

    name = "Document"

    def recognises(self, source: SourceFile) -> bool:
        """A PDF, a picture, or words; never an unknown binary file."""
        return _type_of(source.head) != ""

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """One DocumentReference draft; what of it can't be read is a warning."""
        reading = Reading()
        media_type = _type_of(source.head)
        title, data = PurePath(source.name).stem, {"file": source.sha256, "media_type": media_type}
        if media_type == "application/pdf":
            found, printed = _pdf(source, progress, reading)
            title, data = printed or title, {**data, **found}
        elif media_type.startswith("text/"):
            data["text"] = _words(source.read(), media_type)
        entry = Entry("DocumentReference", title, happened=_day_in(source.name), status="current", data=data)
        reading.drafts.append(Draft(entry.having(sources=(Source(locator="page=1"),))))
        return reading


DOCUMENTS = DocumentsFormat()


def _type_of(head: bytes) -> str:
    """The media type by content; "" for an empty or an unknown binary file."""
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


def _day_in(name: str) -> PartialDate | None:
    """The one ISO date that a file's name holds; two different ones say nothing."""
    days = {day.text for day in map(parse_date, _DAY.findall(name)) if day}
    return PartialDate(days.pop()) if len(days) == 1 else None


def _pdf(source: SourceFile, progress: Progress, reading: Reading) -> tuple[dict[str, Json], str]:
    """The pages' words and the printed title. A damaged or locked file gives none, and a warning."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(source.read())
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD_ERROR
        reason = _("“{name}” asks for a password.") if locked else _("“{name}” is damaged.")
        reading.warnings.append(
            reason.format(name=source.name) + " " + _("It is kept, but its text can’t be searched.")
        )
        return {}, ""
    try:
        pages = _page_texts(document, source, progress, reading)
        title = str(document.get_metadata_dict().get("Title", "")).strip()
    finally:
        document.close()
    return {"page_texts": pages, "pages": len(pages)}, title


def _page_texts(document: Any, source: SourceFile, progress: Progress, reading: Reading) -> list[str]:
    import pypdfium2

    texts = []
    for number in range(len(document)):
        progress.check()
        progress.report(_("Reading {name}").format(name=source.name), number, len(document))
        try:
            texts.append(document[number].get_textpage().get_text_range().replace("\r\n", "\n").strip())
        except pypdfium2.PdfiumError:
            words = _("Page {page} of “{name}” can’t be read.")
            reading.warnings.append(words.format(page=number + 1, name=source.name))
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

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
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
