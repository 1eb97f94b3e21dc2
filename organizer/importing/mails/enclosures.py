"""The files that come with an e-mail or within a saved web page, taken out in the process that reads foreign files.

MIME (RFC 2045, 2046, 2183, 2387, 5322) and Outlook's own messages (`outlook.py`).
"""

import io
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from organizer.base.apart.ask import ask
from organizer.base.apart.wire import Answer
from organizer.base.i18n import _, ngettext
from organizer.base.plain_text import clean_name
from organizer.base.progress import Progress
from organizer.importing.mails import outlook

MOST_ENCLOSURES = 200
BYTES_A_SECOND = 4_000_000
"""How many bytes of a mail earn it another second: most of a long one is one file in base64, which is quickly taken out
(25 MB in a quarter of a second); what takes longer has parts or headers without end."""
SMALLEST_PICTURE = 400
"""Pixels of the shorter side of a picture within the words of a mail that is kept as a document: what is smaller is a
logo, an icon or a portrait. Mail programs offer 640 × 480 as the smallest size in which a photograph is sent."""
_WRAPPING = (
    "font/",
    "multipart/",
    "text/css",
    "text/javascript",
    "application/javascript",
    "application/x-javascript",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-signature",
    "application/pgp-keys",
)
"""What lays out a page, or signs a mail: nothing of a record is in it."""
_TNEF = "application/ms-tnef"
_SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"})
_WORDS = frozenset({"text/plain", "text/html"})


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that came with a mail: its name, cleaned, and its bytes."""

    name: str
    data: bytes


@dataclass(slots=True)
class Enclosures:
    """All files that came with a mail, and in sentences what of it can't be taken out."""

    files: list[Enclosure] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def enclosures_of(data: bytes, name: str, progress: Progress | None = None) -> Enclosures:
    """The files that came with a mail, read within limits. Raises TooMuchError, Cancelled."""
    answer = ask(enclosures_here, data, name=name, progress=progress, bytes_a_second=BYTES_A_SECOND)
    names, remarks = answer.content
    files = [Enclosure(str(name), part) for name, part in zip(names, answer.parts, strict=True)]
    return Enclosures(files, [str(remark) for remark in remarks])


def enclosures_here(data: bytes, _progress: Progress) -> Answer:
    """The same, in the process that reads: names and remarks, and the bytes as parts."""
    if outlook.is_message(data):
        gathered = _of_outlook(data)
    else:
        gathered = _of_mime(message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"), policy=policy.default))
    return Answer(
        [[file.name for file in gathered.files], gathered.remarks],
        tuple(file.data for file in gathered.files),
    )


def _of_outlook(data: bytes) -> Enclosures:
    gathered = Enclosures()
    message = outlook.read_message(data)
    if message.is_sealed:
        gathered.remarks.append(_sealed())
    for attachment in message.attachments:
        if attachment.is_inline and not _is_large_picture(attachment.data):
            continue
        _add(gathered, attachment.name, attachment.media_type, attachment.data)
    return gathered


def _of_mime(message: EmailMessage) -> Enclosures:
    gathered = Enclosures()
    for part, is_related in _leaves(message):
        media_type = part.get_content_type()
        if media_type in _SEALED:
            gathered.remarks.append(_sealed())
        elif media_type == _TNEF:
            words = _("What came with this mail lies in an Outlook parcel (winmail.dat) that can’t be opened here.")
            gathered.remarks.append(f"{words} {_('Ask who sent it to send the files as PDF.')}")
        elif _is_enclosed(part, is_related):
            _add(gathered, _name_of(part), media_type, _bytes_of(part))
    return gathered


def _leaves(part: "MIMEPart[Any, Any]", is_related: bool = False) -> Iterator[tuple["MIMEPart[Any, Any]", bool]]:
    """The parts that hold no further ones, and whether each belongs to a page (RFC 2387).

    A mail within the mail and an encrypted one are such.
    """
    media_type = part.get_content_type()
    if media_type in _SEALED or media_type == "message/rfc822" or not part.is_multipart():
        yield part, is_related
        return
    for inner in part.get_payload():
        if isinstance(inner, MIMEPart):
            yield from _leaves(inner, is_related or media_type == "multipart/related")


def _is_enclosed(part: "MIMEPart[Any, Any]", is_related: bool) -> bool:
    """Whether a part is a file to a person: not the words of the mail, no signature, no logo."""
    media_type = part.get_content_type()
    is_attached = part.get_content_disposition() == "attachment"
    if media_type.startswith(_WRAPPING):
        return False
    if media_type.startswith("image/") and (is_related or not is_attached):
        return _is_large_picture(_bytes_of(part))
    if not media_type.startswith("text/"):
        return True
    is_frame = "Content-Location" in part
    return is_attached or (part.get_filename() is not None and not is_frame)


def _is_large_picture(data: bytes) -> bool:
    """Whether a picture may show a page or a finding; what is no picture that can be measured may."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as picture:
            return min(picture.size) >= SMALLEST_PICTURE
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return len(data) > 100_000


def _inner_mail(part: "MIMEPart[Any, Any]") -> "MIMEPart[Any, Any] | None":
    """The mail within a part; None where the part is none."""
    inner = part.get_payload()
    mails = [mail for mail in inner if isinstance(mail, MIMEPart)] if isinstance(inner, list) else []
    return mails[0] if mails else None


def _bytes_of(part: "MIMEPart[Any, Any]") -> bytes:
    """A part's bytes as they were before they were sent; a mail within the mail is written out as one."""
    mail = _inner_mail(part)
    if mail is not None:
        return mail.as_bytes()
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _name_of(part: "MIMEPart[Any, Any]") -> str:
    """The name that the sender gave, else the subject of a mail, else the end of a page's address."""
    name = part.get_filename()
    if name:
        return str(name)
    mail = _inner_mail(part)
    if mail is not None:
        return f"{mail['Subject']}.eml" if mail["Subject"] else ""
    address = urlsplit(str(part["Content-Location"] or ""))
    return unquote(PurePosixPath(address.path).name)


def _add(gathered: Enclosures, name: str, media_type: str, data: bytes) -> None:
    """One more file, by a name that no other one has; empty ones and those beyond the limit are told."""
    number = len(gathered.files) + 1
    cleaned = clean_name(name) or _("attachment {n}").format(n=number) + (mimetypes.guess_extension(media_type) or "")
    if not data:
        gathered.remarks.append(_("“{name}”, which came with this mail, is empty or damaged.").format(name=cleaned))
        return
    if number > MOST_ENCLOSURES:
        words = ngettext(
            "More than {n} file came with this mail; the others stay within it.",
            "More than {n} files came with this mail; the others stay within it.",
            MOST_ENCLOSURES,
        ).format(n=MOST_ENCLOSURES)
        gathered.remarks += [] if words in gathered.remarks else [words]
        return
    taken = {file.name for file in gathered.files}
    gathered.files.append(Enclosure(_another_name(cleaned, taken), data))


def _another_name(name: str, taken: set[str]) -> str:
    """`scan.pdf`, `scan (2).pdf`…"""
    path, number, free = PurePosixPath(name), 2, name
    while free in taken:
        free, number = f"{path.stem} ({number}){path.suffix}", number + 1
    return free


def _sealed() -> str:
    words = _("The mail is encrypted: its words and what came with it can’t be read here.")
    return f"{words} {_('Open it in your mail program, save the files, then import them.')}"
