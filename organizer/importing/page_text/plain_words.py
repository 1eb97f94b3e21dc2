"""The words of files that people write in: text in any encoding, web pages.

Only words come out: no script, no picture, no link is followed, and nothing is fetched.
"""

import re

from organizer.importing.page_text.code_pages import code_page_of
from organizer.importing.page_text.tree_words import Marks, lines_of

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DECLARED_ENCODING = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{3,20})", re.IGNORECASE
)
_PAGE_MARKS = Marks(
    blocks=frozenset(
        {"p", "div", "li", "ul", "ol", "table", "section", "article", "header", "footer", "main", "nav", "aside", "h",
         "dl", "dt", "dd", "pre", "blockquote", "fieldset", "form", "figure", "hr", "caption", "address",
         "h1", "h2", "h3", "h4", "h5", "h6"}
    ),
    rows=frozenset({"tr"}),
    cells=frozenset({"td", "th"}),
    unseen=frozenset({"script", "style", "title", "head", "template", "noscript"}),
    signs={"br": "\n"},
    is_struck=lambda element: element.tag in ("del", "s", "strike"),
)  # fmt: skip


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
    match = _DECLARED_ENCODING.search(data[:2048])
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
    return " ".join(title.split()), "\n".join(lines_of(root, _PAGE_MARKS))
