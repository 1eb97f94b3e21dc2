"""Outlook's own messages (.msg): properties in the streams of a compound file, attachments in storages of their own.

MS-OXMSG 2.1 to 2.4, the numbers of properties by MS-OXPROPS; the compound file (MS-CFB) is opened by xlrd. What a
message lacks is left out.
"""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from organizer.importing.mails.packed_rtf import unpacked_rtf

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROPERTIES = "__properties_version1.0"
_ATTACHMENT, _WITHIN = "__attach_version1.0_", "__substg1.0_3701000D"
SUBJECT, SENDER, ADDRESS, TO, COPY = 0x0037, 0x0C1A, 0x5D01, 0x0E04, 0x0E03
BODY, HTML, RTF, CLASS = 0x1000, 0x1013, 0x1009, 0x001A
DATA, LONG_NAME, SHORT_NAME, MIME_TAG, CONTENT_ID = 0x3701, 0x3707, 0x3704, 0x370E, 0x3712
_SENT, _DELIVERED, _CODE_PAGE = 0x0039, 0x0E06, 0x3FFD
_UNICODE, _BYTES, _BINARY, _TIME = 0x001F, 0x001E, 0x0102, 0x0040
_ROOT_HEAD, _INNER_HEAD = 32, 24
"""Bytes before the fixed properties of a message of its own, and of one within another (MS-OXMSG 2.4.1)."""
_DEEPEST = 4
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_SEALED_CLASS = "ipm.note.smime"
_SIGNED_CLASS = "ipm.note.smime.multipartsigned"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file within a message; `is_inline` of a picture that stands within the words."""

    name: str
    media_type: str
    data: bytes
    is_inline: bool = False


@dataclass(slots=True)
class Message:
    """A message: who, when and what; `words` are its body, `html` its body where it has no plain one."""

    subject: str = ""
    sender: str = ""
    to: str = ""
    copy: str = ""
    sent: str = ""
    words: str = ""
    html: bytes = b""
    rtf: bytes = b""
    is_sealed: bool = False
    attachments: list[Attachment] = field(default_factory=list)
    within: list["Message"] = field(default_factory=list)


def is_message(data: bytes) -> bool:
    """Whether a compound file holds the properties of a message."""
    return data.startswith(OLE) and _PROPERTIES.encode("utf-16-le") in data


def read_message(data: bytes) -> Message:
    """The message of a file; one that holds nothing where the file is damaged."""
    import xlrd.compdoc  # type: ignore[import-untyped]

    damaged = (xlrd.compdoc.CompDocError, struct.error, IndexError, AssertionError, RecursionError, ValueError)
    try:
        opened = xlrd.compdoc.CompDoc(data, logfile=io.StringIO())
        return _message(_Storage(opened, 0), _ROOT_HEAD, 0)
    except damaged:
        return Message()


class _Storage:
    """A folder within a compound file."""

    def __init__(self, opened: Any, number: int) -> None:
        self._opened = opened
        nodes = (opened.dirlist[child] for child in opened.dirlist[number].children)
        self._nodes = {str(node.name): node for node in nodes}

    def stream(self, name: str) -> bytes:
        """A stream's bytes, b"" where there is none of that name."""
        node = self._nodes.get(name)
        if node is None or node.etype != 2 or node.tot_size <= 0:
            return b""
        opened = self._opened
        if node.tot_size >= opened.min_size_std_stream:
            content = opened._get_stream(opened.mem, 512, opened.SAT, opened.sec_size, node.first_SID, node.tot_size)
        else:
            content = opened._get_stream(
                opened.SSCS, 0, opened.SSAT, opened.short_sec_size, node.first_SID, node.tot_size
            )
        return bytes(content)

    def folders(self, beginning: str) -> Iterator["_Storage"]:
        """The folders whose name begins so, in the order of their names."""
        for name in sorted(self._nodes):
            if name.startswith(beginning) and self._nodes[name].etype == 1:
                yield _Storage(self._opened, self._nodes[name].DID)

    def text(self, number: int, code_page: str = "cp1252") -> str:
        """A property in words."""
        wide = self.stream(f"__substg1.0_{number:04X}{_UNICODE:04X}")
        if wide:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        return self.stream(f"__substg1.0_{number:04X}{_BYTES:04X}").decode(code_page, "replace").rstrip("\0")

    def binary(self, number: int) -> bytes:
        """A property in bytes."""
        return self.stream(f"__substg1.0_{number:04X}{_BINARY:04X}")

    def fixed(self, head: int) -> dict[int, bytes]:
        """The properties of a fixed length, eight bytes each, by their number."""
        properties = self.stream(_PROPERTIES)[head:]
        rows = (properties[place : place + 16] for place in range(0, len(properties) - 15, 16))
        return {struct.unpack("<I", row[:4])[0] >> 16: row[8:16] for row in rows}


def _message(storage: _Storage, head: int, depth: int) -> Message:
    fixed = storage.fixed(head)
    page = _encoding(fixed.get(_CODE_PAGE))
    sender, address = storage.text(SENDER, page), storage.text(ADDRESS, page)
    kind = storage.text(CLASS, page).lower()
    message = Message(
        subject=storage.text(SUBJECT, page),
        sender=f"{sender} <{address}>" if address and address != sender else sender,
        to=storage.text(TO, page),
        copy=storage.text(COPY, page),
        sent=_spoken_time(fixed.get(_SENT) or fixed.get(_DELIVERED)),
        words=storage.text(BODY, page),
        html=storage.binary(HTML) or storage.text(HTML, page).encode(),
        rtf=unpacked_rtf(storage.binary(RTF)),
        is_sealed=kind.startswith(_SEALED_CLASS) and not kind.startswith(_SIGNED_CLASS),
    )
    for folder in storage.folders(_ATTACHMENT):
        _attach(message, folder, page, depth)
    return message


def _attach(message: Message, folder: _Storage, code_page: str, depth: int) -> None:
    """A file is an attachment; a message within the message gives its words and its own attachments."""
    inner = next(folder.folders(_WITHIN), None)
    if inner is not None and depth < _DEEPEST:
        within = _message(inner, _INNER_HEAD, depth + 1)
        message.within.append(within)
        message.attachments += within.attachments
        return
    data = folder.binary(DATA)
    name = folder.text(LONG_NAME, code_page) or folder.text(SHORT_NAME, code_page)
    media_type = folder.text(MIME_TAG, code_page)
    is_inline = bool(folder.text(CONTENT_ID, code_page)) and media_type.startswith("image/")
    if not message.is_sealed:
        message.attachments.append(Attachment(name, media_type, data, is_inline))


def _encoding(raw: bytes | None) -> str:
    """The code page of a message that isn't in Unicode."""
    number = struct.unpack("<I", raw[:4])[0] if raw else 1252
    return "utf-8" if number == 65001 else f"cp{number}" if number in range(1250, 1259) else "cp1252"


def _spoken_time(raw: bytes | None) -> str:
    """A FILETIME as ISO 8601; "" where there is none that a calendar has."""
    ticks = struct.unpack("<Q", raw)[0] if raw else 0
    try:
        return (_EPOCH + timedelta(microseconds=ticks // 10)).isoformat(timespec="minutes") if ticks else ""
    except OverflowError:
        return ""
