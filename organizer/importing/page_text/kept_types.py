"""Files that people have and that hold no words which can be read here: they are kept, by their type, and it is said
what to do. Packed files of another form than zip are named and not kept, since they only hold others."""

import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from organizer.base.i18n import marked

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD_WORD, OUTLOOK = "application/msword", "application/vnd.ms-outlook"
_AS_PDF = marked("Save it as PDF or in its newer form in the program that made it, then import that.")
_TO_HEAR = marked("Write down what is said in it, or whom and which day it is of, as a note.")
_OLD_WORD, _SLIDES, _PAGES = marked("Word’s file of before 2007"), marked("a set of slides"), marked("a Pages letter")
_RECORDING, _FILM = marked("a sound recording"), marked("a film")


@dataclass(frozen=True, slots=True)
class KeptType:
    """A type of file that is only kept: its media type, what it is, and what to do so that it can be read."""

    media_type: str
    what: str
    step: str


_STREAMS = (
    ("WordDocument", KeptType(OLD_WORD, _OLD_WORD, _AS_PDF)),
    ("PowerPoint Document", KeptType("application/vnd.ms-powerpoint", _SLIDES, _AS_PDF)),
)
"""Names of streams by which a compound file (MS-CFB) is told: MS-DOC 2.1.1, MS-PPT 2.1.2."""
_OLD_OFFICE = KeptType("application/x-cfb", marked("a file of an older office program"), _AS_PDF)
_MEMBERS = (
    (
        "ppt/presentation.xml",
        KeptType("application/vnd.openxmlformats-officedocument.presentationml.presentation", _SLIDES, _AS_PDF),
    ),
    ("Index/Document.iwa", KeptType("application/vnd.apple.pages", _PAGES, _AS_PDF)),
    ("Index.zip", KeptType("application/vnd.apple.pages", _PAGES, _AS_PDF)),
)
_STARTS = (
    (b"ID3", KeptType("audio/mpeg", _RECORDING, _TO_HEAR)),
    (b"\xff\xfb", KeptType("audio/mpeg", _RECORDING, _TO_HEAR)),
    (b"\xff\xf3", KeptType("audio/mpeg", _RECORDING, _TO_HEAR)),
    (b"\xff\xf2", KeptType("audio/mpeg", _RECORDING, _TO_HEAR)),
    (b"\xff\xf1", KeptType("audio/aac", _RECORDING, _TO_HEAR)),
    (b"OggS", KeptType("audio/ogg", _RECORDING, _TO_HEAR)),
    (b"fLaC", KeptType("audio/flac", _RECORDING, _TO_HEAR)),
    (b"#!AMR", KeptType("audio/amr", _RECORDING, _TO_HEAR)),
    (b"caff", KeptType("audio/x-caf", _RECORDING, _TO_HEAR)),
    (b"\x1aE\xdf\xa3", KeptType("video/webm", _FILM, _TO_HEAR)),
)
_BRANDS = {
    **dict.fromkeys((b"M4A ", b"M4B "), KeptType("audio/mp4", _RECORDING, _TO_HEAR)),
    **dict.fromkeys((b"qt  ",), KeptType("video/quicktime", _FILM, _TO_HEAR)),
    **dict.fromkeys((b"isom", b"iso2", b"mp41", b"mp42", b"avc1"), KeptType("video/mp4", _FILM, _TO_HEAR)),
    **dict.fromkeys((b"3gp4", b"3gp5", b"3gp6"), KeptType("audio/3gpp", _RECORDING, _TO_HEAR)),
}
_PACKED = (b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"BZh", b"\xfd7zXZ")
_UNOPENED = (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, RuntimeError, NotImplementedError)


def kept_type(data: bytes) -> KeptType | None:
    """The type of a file that is only kept; None of one that is read, or that isn't known."""
    for start, media in _STARTS:
        if data.startswith(start):
            return media
    if data.startswith(b"RIFF") and data[8:12] == b"WAVE":
        return KeptType("audio/wav", _RECORDING, _TO_HEAR)
    if data[4:8] == b"ftyp":
        return _BRANDS.get(data[8:12])
    if data.startswith(OLE):
        return next((media for name, media in _STREAMS if name.encode("utf-16-le") in data), _OLD_OFFICE)
    if data.startswith(b"PK\x03\x04"):
        names = members(data)
        return next((media for name, media in _MEMBERS if name in names), None)
    return None


def is_packed(head: bytes) -> bool:
    """Whether a file only holds others, in a form that isn't opened here: gzip, 7z, RAR, bzip2, xz, tar."""
    return head.startswith(_PACKED) or head[257:262] == b"ustar"


def members(data: bytes) -> list[str]:
    """The names within a zip; none where it breaks off."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as opened:
            return opened.namelist()
    except _UNOPENED:
        return []
