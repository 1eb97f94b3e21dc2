"""A file within a message (data type ED: where it comes from, its type and subtype, how it is written, the data)."""

from dataclasses import dataclass

from organizer.importing.formats.hl7v2.messages import Message
from organizer.importing.page_text.contents import decoded

_TYPES = {
    "pdf": "application/pdf", "jpeg": "image/jpeg", "jpg": "image/jpeg", "png": "image/png", "tiff": "image/tiff",
    "gif": "image/gif", "html": "text/html", "rtf": "application/rtf", "xml": "application/xml", "plain": "text/plain",
    "x-hl7-cda-level-one": "application/xml",
}  # fmt: skip
"""Table 0291 (subtype of data), by media type."""


@dataclass(frozen=True, slots=True)
class HeldFile:
    """The bytes of a file and what the message says it is; what it really is, its first bytes tell."""

    data: bytes
    media_type: str


def file_in(message: Message, text: str) -> HeldFile | None:
    """The file of an ED field; None where it holds none or is damaged.

    Some systems put the type into the second component and the subtype into the third, some both into one
    (`application/pdf`), and some leave them out: the data is what comes last.
    """
    parts = text.split(message.separators[1])
    data = parts[4] if len(parts) > 4 else parts[-1]
    encoding = parts[3].strip().casefold() if len(parts) > 3 else "base64"
    subtype = next((part for part in reversed(parts[:3]) if part.strip()), "").rpartition("/")[2].strip().casefold()
    raw = _bytes_of(message.plain(data), encoding)
    return HeldFile(raw, _TYPES.get(subtype, "application/octet-stream")) if raw else None


def _bytes_of(text: str, encoding: str) -> bytes | None:
    if encoding == "hex":
        try:
            return bytes.fromhex(text)
        except ValueError:
            return None
    if encoding in ("a", "ascii", "text"):
        return text.encode()
    return decoded(text)
