"""What of a text file is for people: a letter as it reads, an e-mail's words and not its parcels, no pasted data.

E-mails and saved web pages are MIME (RFC 5322, RFC 2045); their attachments are named, never printed as letters.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from html.parser import HTMLParser
from pathlib import PurePosixPath
from typing import Any

from organizer.base.i18n import _

_HEADER = re.compile(
    rb"\A(?:(?:From|To|Cc|Date|Subject|Received|Return-Path|Message-ID|MIME-Version|Content-[\w-]+|X-[\w-]+|Reply-To|"
    rb"Delivered-To|DKIM-Signature|Snapshot-Content-Location)[ \t]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}",
    re.IGNORECASE,
)
_BEFORE = b"\xef\xbb\xbf\r\n"
_SHOWN = ("From", "To", "Cc", "Date", "Subject")
_EMBEDDED = re.compile(
    r"data:[\w.+-]+/[\w.+-]+(?:;[\w=.-]+)*,[A-Za-z0-9+/=%_-]{40,}"
    r"(?:\r?\n[A-Za-z0-9+/=%_-]+(?=[\"')>]*[ \t]*(?:\r?\n|\Z)))*"  # a line that holds nothing else belongs to it
)
_PASTED = re.compile(
    r"(?:^[ \t>]*[A-Za-z0-9+/=_-]{56,}[ \t]*\r?\n?){3,}(?:^[ \t>]*[A-Za-z0-9+/=_-]{1,}={0,2}[ \t]*$)?", re.MULTILINE
)
_LONG_TOKEN = re.compile(r"[A-Za-z0-9+/=_-]{160,}")
_MUCH_LONGER = 3
_LONGEST_NAME = 120
_BREAKING = frozenset({"p", "div", "br", "tr", "li", "table", "h1", "h2", "h3", "h4", "h5", "h6"})
_UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript"})


def shown_text(data: bytes) -> str:
    """The words of a text file, in lines; an e-mail's with who wrote when, and the names of what was attached."""
    if is_mail(data):
        return without_data(_mail(message_from_bytes(data.lstrip(_BEFORE), policy=policy.default)))
    return without_data(_decoded(data))


def is_mail(data: bytes) -> bool:
    """Whether a file is an e-mail or a web page that was saved as one: it begins with two of their headers."""
    return _HEADER.match(data[:20_000].lstrip(_BEFORE)) is not None


def without_data(text: str) -> str:
    """A text without what is no language: files that were pasted in as base64 or as data addresses."""
    words = _("[data that is no text: not printed]")
    for pattern in (_EMBEDDED, _PASTED, _LONG_TOKEN):
        text = pattern.sub(words, text)
    return text


def clean_name(name: str) -> str:
    """A file's name as somebody else wrote it, without folders, control signs and marks that turn the direction.

    "" where nothing is left that names it. At most 120 letters; the ending stays.
    """
    bare = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    shown = "".join(sign for sign in bare if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    shown = " ".join(shown.split()).strip(". ")
    path = PurePosixPath(shown)
    return (
        shown if len(shown) <= _LONGEST_NAME else path.stem[: _LONGEST_NAME - len(path.suffix[:10])] + path.suffix[:10]
    )


def _decoded(data: bytes) -> str:
    for encoding in ("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


def _mail(message: EmailMessage) -> str:
    lines = [f"{name}: {message[name]}" for name in _SHOWN if message[name]]
    for words in _bodies(message):
        lines += ["", words]
    names = [clean_name(part.get_filename() or "") or part.get_content_type() for part in _attached(message)]
    if names:
        lines += ["", _("[Attached, not printed here: {names}]").format(names=", ".join(names))]
    return "\n".join(lines)


def _bodies(part: "MIMEPart[Any, Any]") -> Iterator[str]:
    """The words of each part that is read as the mail itself; of several forms of one text the plain one, or the page
    where the plain one only says that there is one."""
    sort = part.get_content_type()
    if sort == "message/rfc822":
        return
    if not part.is_multipart():
        text = _readable(part) if _is_body(part) else ""
        yield from filter(str.strip, [text])
        return
    inner = [body for body in part.get_payload() if isinstance(body, MIMEPart)]
    if sort == "multipart/alternative":
        forms = ["\n\n".join(_bodies(body)) for body in inner]
        yield from filter(None, [_fullest(forms)])
        return
    for body in inner:
        yield from _bodies(body)


def _fullest(forms: Sequence[str]) -> str:
    """The first form of a text, which is the plain one; another that says much more."""
    plain = forms[0] if forms else ""
    longest = max(forms, key=len, default="")
    return longest if len(longest) > _MUCH_LONGER * len(plain) else plain


def _is_body(part: "MIMEPart[Any, Any]") -> bool:
    """Whether a part stands in the mail itself; the frames of a saved page have no name but a place."""
    if part.get_content_type() not in ("text/plain", "text/html") or part.get_content_disposition() == "attachment":
        return False
    return part.get_filename() is None or "Content-Location" in part


def _readable(part: "MIMEPart[Any, Any]") -> str:
    words = _words(part)
    return _of_a_page(words) if part.get_content_type() == "text/html" else words


def _attached(message: EmailMessage) -> Iterator["MIMEPart[Any, Any]"]:
    """The parts that are no words of the mail, where they are called by a name."""
    for part in message.walk():
        is_file = part.get_filename() is not None or part.get_content_disposition() == "attachment"
        if is_file and not _is_body(part):
            yield part


def _words(body: "MIMEPart[Any, Any]") -> str:
    """A part's words; where its encoding is unknown or wrong, what can be read of them."""
    if body.get_content_charset() is None:
        return _decoded(bytes(body.get_payload(decode=True) or b""))
    try:
        return str(body.get_content())
    except (LookupError, ValueError, KeyError):
        return _decoded(bytes(body.get_payload(decode=True) or b""))


class _Words(HTMLParser):
    """The visible words of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self._unseen += tag in _UNSEEN
        self.parts.append("\n" if tag in _BREAKING else "")

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(self._unseen - (tag in _UNSEEN), 0)
        self.parts.append("\n" if tag in _BREAKING else "\t" if tag in ("td", "th") else "")

    def handle_data(self, data: str) -> None:
        self.parts.append("" if self._unseen else re.sub(r"\s+", " ", data))


def _of_a_page(html: str) -> str:
    reader = _Words()
    reader.feed(html)
    lines = (line.strip() for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)
