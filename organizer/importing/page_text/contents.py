"""What a file's bytes are and which words they hold, for files that come alone and for those within another file.

Nothing is read out of the words: they are kept page by page, to be searched and to be cited.
"""

import base64
import binascii
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from organizer.base.apart.ask import TooMuchError, ask
from organizer.base.i18n import _
from organizer.base.plain_text import is_mail, shown_text, without_data
from organizer.base.progress import NoProgress, Progress
from organizer.importing.mails.outlook import is_message
from organizer.importing.mails.words import words_of_outlook
from organizer.importing.page_text.kept_types import OUTLOOK, kept_type, members
from organizer.importing.page_text.plain_words import decoded_text, words_of_page
from organizer.importing.page_text.rich_text import words_of_rtf
from organizer.importing.page_text.word_processors import (
    FLAT_OPEN_DOCUMENT,
    LETTERS,
    OPEN_DOCUMENT,
    WORD,
    words_of_letter,
)
from organizer.model.entry import Json

_PICTURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "image/jp2"),
)
_AVIF = frozenset({b"avif", b"avis"})
_HEIF = _AVIF | {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
"""Brands of HEIF files: ISO/IEC 23008-12, B.4 and 10; AV1 Image File Format 1.1, 9.1."""
_WITH_WORDS = frozenset({*LETTERS, OUTLOOK})
_APART = frozenset({"application/pdf", "text/rtf", "text/html", *_WITH_WORDS})
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FLAT = re.compile(rb"<office:document(?=[\s>])(?![^>]*mimetype=\"[^\"]*opendocument\.(?!text))")
_FEW = 12  # words of a fax's header: day, time, both numbers, page
_A_SCAN = 0.5  # of a page: so large a picture is the page
_A_PAGE = 6000  # letters
_DEEPEST = 40  # forms within forms: pdfium draws none that lie deeper (kMaxFormLevel, looked up 2026-11-29)
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
    is_harmful: bool = False
    """It asks for more time or memory than any document does: nothing of it is known, and it is not to be kept."""

    @property
    def words(self) -> str:
        """All words, page after page."""
        return str(self.data.get("text") or "\n\n".join(self.data.get("page_texts") or ()))

    @property
    def first_page(self) -> str:
        """The words of the first page that has any; the beginning of what has no pages."""
        pages = [str(page) for page in self.data.get("page_texts") or () if page]
        return pages[0] if pages else str(self.data.get("text") or "")[:_A_PAGE]


def contents_of(data: bytes, name: str, progress: Progress | None = None) -> Contents:
    """The type by content and the words; what can't be read is a warning, never an error.

    What has a structure of its own is read in another process, within limits: `is_harmful` says of a file that went
    beyond them that nobody should open it. Raises Cancelled.
    """
    media_type = media_type_of(data)
    if media_type not in _APART and not is_mail(data):
        return contents_here(data, name, progress)
    try:
        answer = ask(_as_json, data, name, name=name, progress=progress).content
    except TooMuchError as error:
        return Contents("", warnings=[str(error)], is_harmful=True)
    return Contents(media_type_of(data), str(answer["title"]), dict(answer["data"]), list(map(str, answer["warnings"])))


def _as_json(data: bytes, name: str, progress: Progress) -> dict[str, Any]:
    """The same in the process that reads: title, fields and warnings."""
    contents = contents_here(data, name, progress)
    return {"title": contents.title, "data": contents.data, "warnings": contents.warnings}


def contents_here(data: bytes, name: str, progress: Progress | None = None) -> Contents:
    """The same, read in this process: any file that is neither `_APART` nor a mail."""
    contents = Contents(media_type_of(data))
    if contents.media_type == "application/pdf":
        _read_pdf(data, name, progress or NoProgress(), contents)
    elif contents.media_type in _WITH_WORDS or contents.media_type.startswith("text/"):
        beginning = data if contents.media_type in _WITH_WORDS else data[: 8 * MOST_LETTERS]
        words = searchable(_text(beginning, contents), name, contents.warnings)
        contents.data["text"] = words
        if not words.strip():
            contents.warnings.append(_("“{name}” is kept, but no words were found in it.").format(name=name))
    elif (kept_only := kept_type(data)) is not None:
        words = _("“{name}” is {what}: it is kept, but nothing is read from it.")
        contents.warnings.append(f"{words.format(name=name, what=_(kept_only.what))} {_(kept_only.step)}")
    return contents


def searchable(words: str, name: str, warnings: list[str]) -> str:
    """The words that can be searched; a warning is added where that isn't all of them."""
    if len(words) <= MOST_LETTERS:
        return words
    sentence = _("“{name}” is very long: it is kept whole, but only its beginning can be searched.")
    warnings.append(sentence.format(name=name))
    return words[:MOST_LETTERS]


def decoded(base64_text: str) -> bytes | None:
    """What base64 holds, blanks and line ends ignored; None where it is damaged."""
    try:
        return base64.b64decode("".join(base64_text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def media_type_of(head: bytes) -> str:
    """The media type by a file's bytes; "" for an empty or an unknown binary file.

    The first ones are enough for all but packages and compound files, whose parts have no fixed order.
    """
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    known = _picture_type(head) or _package_type(head) or _kept(head)
    return known or _text_type(head)


def _picture_type(head: bytes) -> str:
    for mark, media_type in _PICTURES:
        if head.startswith(mark) and (mark != b"BM" or head[6:10] == bytes(4)):
            return media_type
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF:
        return "image/avif" if head[8:12] in _AVIF else "image/heic"
    return "image/webp" if head[:4] == b"RIFF" and head[8:12] == b"WEBP" else ""


def _package_type(data: bytes) -> str:
    """A letter in a zip, or a mail in a compound file."""
    if data.startswith(b"PK\x03\x04"):
        return _letter_type(data)
    return OUTLOOK if is_message(data) else ""


def _text_type(head: bytes) -> str:
    is_binary = _CONTROLS.search(head) and not head.startswith(_WIDE_MARKS) and not _is_wide(head)
    if not head or is_binary:
        return ""
    start = head[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"{\\rtf"):
        return "text/rtf"
    if _FLAT.search(head[:4096]):
        return FLAT_OPEN_DOCUMENT
    return "text/html" if start.startswith((b"<!doctype html", b"<html")) else "text/plain"


def _kept(data: bytes) -> str:
    kept_only = kept_type(data)
    return kept_only.media_type if kept_only is not None else ""


def _letter_type(data: bytes) -> str:
    """A word processor's file: its zip says so at its beginning, or names the parts where it is whole."""
    if data[30:100].startswith(b"mimetype" + OPEN_DOCUMENT.encode()):
        return OPEN_DOCUMENT
    if b"word/document.xml" in data[:65_536] or b"word/_rels" in data[:65_536]:
        return WORD
    names = members(data)
    if any(name.endswith("word/document.xml") for name in names):
        return WORD
    is_open = {"content.xml", "mimetype"} <= set(names)
    return OPEN_DOCUMENT if is_open and _stated_type(data).startswith(OPEN_DOCUMENT) else ""


def _stated_type(data: bytes) -> str:
    """The type that a whole OpenDocument file says it is."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as opened, opened.open("mimetype") as stream:
            return stream.read(200).decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, RuntimeError, NotImplementedError):
        return ""


def _is_wide(head: bytes) -> bool:
    """UTF-16 without its mark: words with a zero in every second place."""
    text, encoding = decoded_text(head[:400])
    return encoding.startswith("utf-16") and text.replace("\n", "").replace("\r", "").replace("\t", "").isprintable()


def _read_pdf(data: bytes, name: str, progress: Progress, contents: Contents) -> None:
    """The pages' words and the printed title. A damaged or locked file gives none, and a warning."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        document.init_forms()
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD_ERROR
        reason = _("“{name}” asks for a password.") if locked else _("“{name}” is damaged.")
        contents.warnings.append(reason.format(name=name) + " " + _("It is kept, but its text can’t be searched."))
        return
    try:
        pages = _page_texts(document, name, progress, contents)
        contents.title = str(document.get_metadata_dict().get("Title", "")).strip()
    finally:
        document.close()
    contents.data.update(page_texts=pages, pages=len(pages))


def _page_texts(document: Any, name: str, progress: Progress, contents: Contents) -> list[str]:
    import pypdfium2

    texts = []
    for number in range(len(document)):
        progress.check()
        progress.report(_("Reading {name}").format(name=name), number, len(document))
        try:
            page = document[number]
            texts.append("\n".join(part for part in (_own_text(page), *filled_in(document, page)) if part))
        except pypdfium2.PdfiumError:
            words = _("Page {page} of “{name}” can’t be read.")
            contents.warnings.append(words.format(page=number + 1, name=name))
            texts.append("")
    return texts


def filled_in(document: Any, page: Any) -> list[str]:
    """What was filled into the fields of a page and written beside its text: no part of its text layer.

    `document` is open with its forms. Ticks, buttons and passwords say nothing in words.
    """
    import pypdfium2.raw as pdfium

    in_words = (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)
    texts = []
    for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind == pdfium.FPDF_ANNOT_WIDGET and document.formenv:
            field = pdfium.FPDFAnnot_GetFormFieldType(document.formenv, annotation)
            if field in in_words:
                texts.append(_pdfium_text(pdfium.FPDFAnnot_GetFormFieldValue, document.formenv, annotation))
        elif kind in (pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_TEXT):
            texts.append(_pdfium_text(pdfium.FPDFAnnot_GetStringValue, annotation, b"Contents"))
        pdfium.FPDFPage_CloseAnnot(annotation)
    return [text.replace("\r\n", "\n").replace("\r", "\n").strip() for text in texts]


def _pdfium_text(ask: Any, *about: Any) -> str:
    """The words that pdfium answers with, in UTF-16 with a zero behind."""
    import ctypes

    import pypdfium2.raw as pdfium

    size = ask(*about, None, 0)
    space = ctypes.create_string_buffer(max(size, 2))
    ask(*about, ctypes.cast(space, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return space.raw[: max(size - 2, 0)].decode("utf-16-le", "replace")


def _own_text(page: Any) -> str:
    """The text layer of a page; "" for a scan that only bears a page number or a fax's header: its words are to be
    recognised."""
    import pypdfium2.raw as pdfium

    text = str(page.get_textpage().get_text_range()).replace("\r\n", "\n").strip()
    if not text or len(text.split()) > _FEW:
        return text
    left, bottom, right, top = page.get_cropbox()
    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=_DEEPEST):
        x0, y0, x1, y1 = picture.get_bounds()
        if (x1 - x0) * (y1 - y0) >= _A_SCAN * (right - left) * (top - bottom):
            return ""
    return text


def _text(data: bytes, contents: Contents) -> str:
    """The words of a text, web page, e-mail, rich text or letter; its printed title is noted.

    Files that are pasted into it, or sent along with it, are no words.
    """
    if contents.media_type == "text/html":
        contents.title, words = words_of_page(data)
    elif contents.media_type == "text/rtf":
        contents.title, words = words_of_rtf(data)
    elif contents.media_type == OUTLOOK:
        contents.title, words = words_of_outlook(data)
    elif contents.media_type in LETTERS:
        contents.title, words = words_of_letter(data, contents.media_type)
    elif is_mail(data):
        words = shown_text(data)
    else:
        words = decoded_text(data)[0].replace("\0", "").strip()
    return without_data(words)
