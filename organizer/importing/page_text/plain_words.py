"""The words of files that people write in: text in any encoding, web pages, RTF, letters of word processors.

Only words come out: no script, no picture, no link is followed, and nothing is fetched.
"""

import re
import zipfile
import zlib
from io import BytesIO
from typing import Any

from organizer.importing.page_text.code_pages import code_page_of

WORD, OPEN_DOCUMENT = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.oasis.opendocument.text",
)
LETTERS = {WORD: "word/document.xml", OPEN_DOCUMENT: "content.xml"}
"""Media types of word processors' files, and the part of the zip that holds the words."""
MOST_BYTES = 64 << 20  # of a letter's unpacked words
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_SAID = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{3,20})", re.IGNORECASE)
_BREAKING = frozenset({"p", "div", "br", "tr", "li", "table", "section", "h", *(f"h{level}" for level in range(1, 7))})
_UNSEEN = frozenset({"script", "style", "title", "head", "template", "noscript", "instrText", "delText"})
_CELLS = frozenset({"td", "th", "tc", "table-cell"})
_HEX = re.compile(rb"[0-9a-fA-F\r\n]{256,}")  # a picture within RTF
_RTF_TITLE = re.compile(rb"\{\\title ([^{}]{1,400})\}")


def decoded_text(data: bytes) -> tuple[str, str]:
    """The text and its encoding: by its mark, UTF-16 by its zeros, as a page says, UTF-8, else an old code page."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    start = data[:400]
    for encoding, zeros, letters in (("utf-16-le", start[1::2], start[::2]), ("utf-16-be", start[::2], start[1::2])):
        if len(start) >= 8 and zeros.count(0) > 0.7 * len(zeros) and not letters.count(0):
            return data.decode(encoding, "replace"), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        # A beginning cut within a letter is no reason to take it for another code page.
        if error.start >= len(data) - 3 and error.reason == "unexpected end of data":
            return data[: error.start].decode("utf-8"), "utf-8"
    match = _SAID.search(data[:2048])
    encoding = match[1].decode("ascii").lower() if match else code_page_of(data)
    try:
        return data.decode(encoding, "replace"), encoding
    except (LookupError, UnicodeError):
        return data.decode("cp1252", "replace"), "cp1252"


def words_of_page(data: bytes) -> tuple[str, str]:
    """Title and visible words of a web page."""
    from lxml import etree, html

    text = decoded_text(data)[0].replace("\0", "")
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return "", ""
    title = root.findtext(".//title") or ""
    return " ".join(title.split()), _lines(root)


def words_of_rtf(data: bytes) -> tuple[str, str]:
    """Title and words of a rich text; pictures and formatting are left out."""
    from striprtf.striprtf import rtf_to_text

    def plain(part: bytes) -> str:
        text = rtf_to_text(part.decode("cp1252", "replace"), errors="ignore")  # type: ignore[no-untyped-call]
        # Beyond the first 65,536 signs RTF writes two halves of one letter.
        return str(text).encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "").strip()

    title = _RTF_TITLE.search(data[:65_536])
    return plain(b"{\\rtf1 " + title[1] + b"}") if title else "", plain(_HEX.sub(b"", data))


def words_of_letter(data: bytes, media_type: str) -> tuple[str, str]:
    """Title and words of a word processor's file (see LETTERS); both "" for one that is damaged, locked or a bomb."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        with zipfile.ZipFile(BytesIO(data)) as opened, opened.open(LETTERS[media_type]) as part:
            xml = part.read(MOST_BYTES + 1)
        if len(xml) > MOST_BYTES:
            return "", ""
        return "", _lines(etree.fromstring(xml, parser))
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, RuntimeError, NotImplementedError, ValueError, OSError):
        return "", ""
    except etree.XMLSyntaxError:
        return "", ""


def _lines(root: Any) -> str:
    """The words of a tree: blocks on lines of their own, cells apart, what is hidden left out."""
    from lxml import etree

    parts: list[str] = []
    unseen: Any = None
    for event, node in etree.iterwalk(root, events=("start", "end")):
        name = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
        if event == "start":
            if unseen is None and (name in _UNSEEN or not name):
                unseen = node
            elif unseen is None:
                parts += ["\n" if name in _BREAKING else "\t" if name in _CELLS else "", _flat(node.text)]
        elif unseen is node or unseen is None:
            unseen = None
            parts.append(_flat(node.tail) if node is not root else "")
    lines = (line.strip() for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")
