"""The XML of a file: parsed without network or entities; what its writer left out around it is added and said."""

import re
from dataclasses import dataclass

from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.importing.core.format import Reading, SourceFile
from organizer.importing.formats.ccda import xml as cda
from organizer.importing.formats.ccda.xml import Element

_PREFIXES = {
    b"sdtc": b"urn:hl7-org:sdtc",
    b"xsi": b"http://www.w3.org/2001/XMLSchema-instance",
    b"cda": b"urn:hl7-org:v3",
    b"voc": b"urn:hl7-org:v3/voc",
    b"mif": b"urn:hl7-org:v3/mif",
}
_UNDECLARED = re.compile(r"Namespace prefix (\S+) ")
_DECLARED = re.compile(r"^<\?xml[^>]*\?>")
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MOST_REPAIRS = 4
_MOST_ELEMENTS = 4_000_000  # what they become takes up to a gibibyte; a long hospital stay has some ten thousand
_DEEPEST = 256
_PIECE = 1 << 20  # bytes; some ten milliseconds
_SPACE = b"\xef\xbb\xbf \t\r\n"
_NAMED = (b"urn:hl7-org:v3", b"<ClinicalDocument", b"2.16.840.1.113883", b"<patientRole", b"<recordTarget")
_SHAPED = (b"classCode=", b"moodCode=")


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed document: its `root`, and the element at the `top` of the tree, which holds the index.

    They differ where a fragment had to be framed.
    """

    top: Element
    root: Element


def looks_like_cda(head: bytes) -> bool:
    """XML that names the CDA namespace or one of its elements, or has the attributes of its acts."""
    start = narrowed(head).lstrip(_SPACE)
    if start[:14].lower().startswith((b"<!doctype html", b"<html")):
        return False
    shaped = all(sign in start for sign in _SHAPED)
    return start.startswith(b"<") and (shaped or any(sign in start for sign in _NAMED))


def narrowed(data: bytes) -> bytes:
    """UTF-16 by its mark as UTF-8, so that what follows sees one encoding."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return re.sub(r'^(<\?xml[^>]*?)\s+encoding="[^"]*"', r"\1", data.decode("utf-16", "ignore")).encode()
    return data


def parsed(source: SourceFile, reading: Reading, progress: Progress) -> Document:
    """The document. Raises UnreadableSourceError for what is no XML or breaks off, Cancelled on the way."""
    from lxml import etree

    from organizer.importing.formats.ccda.tree import Index

    data = narrowed(source.read()).lstrip(_SPACE)
    if data.count(b"<") > 2 * _MOST_ELEMENTS:
        raise MemoryError
    lines: list[str] = []
    while True:
        try:
            root = _tree(data, source, progress)
        except (etree.XMLSyntaxError, ValueError) as error:
            repaired = _repaired(data, str(error)) if len(lines) < _MOST_REPAIRS else None
            if repaired is None:
                raise _broken(source, error) from error
            data, words = repaired
            lines.append(words)
            continue
        reading.warnings += dict.fromkeys(lines)
        if len(data) > 10_000_000 and _depth(root) > _DEEPEST:
            raise RecursionError
        document = Document(root, _in_namespace(_document_in(root)))
        root.document_index = Index(root, progress.check)
        return document


def _tree(data: bytes, source: SourceFile, progress: Progress) -> Element:
    """The top element; fed piece by piece, so that a large document tells how far it is and can be stopped."""
    from organizer.importing.formats.ccda.tree import parser

    # A document within may have more than the ten million letters that libxml2 takes for a text otherwise.
    feeding = parser(huge=len(data) > 10_000_000)
    for start in range(0, len(data), _PIECE):
        progress.check()
        progress.report(_("Reading {name}").format(name=source.name), start, len(data))
        feeding.feed(data[start : start + _PIECE])
    return feeding.close()


def _depth(root: Element) -> int:
    """How many elements stand within each other, for what libxml2 didn't watch itself."""
    from lxml import etree

    deep = deepest = 0
    for event, _element in etree.iterwalk(root, events=("start", "end")):
        deep += 1 if event == "start" else -1
        deepest = max(deepest, deep)
    return deepest


def _broken(source: SourceFile, error: Exception) -> UnreadableSourceError:
    line = getattr(error, "lineno", None) or 1
    return UnreadableSourceError(
        _("“{name}” breaks off or is damaged (line {line}).").format(name=source.name, line=line),
        _("Download it again from where it came; nothing of it was entered."),
    )


def _repaired(data: bytes, complaint: str) -> tuple[bytes, str] | None:
    """The same bytes without the fault that the parser named, and what was done; None for another fault."""
    if "prefix" in complaint or "Extra content" in complaint:
        return _framed(data, complaint), _("What its writer left out around it was added while reading.")
    if any(sign in complaint for sign in ("not proper UTF-8", "encoding error", "Invalid bytes in character encoding")):
        text = _DECLARED.sub("", data.decode("cp1252", "replace"))
        words = _("Its letters aren’t written in the way that it says; they were read as Western European.")
        return text.encode(), words
    if "invalid Char" in complaint or "Char 0x" in complaint:
        return _CONTROLS.sub(b"", data), _("It holds signs that no text has; they were left out while reading.")
    return None


def _framed(data: bytes, complaint: str) -> bytes:
    """The pieces of a file within one element that declares the prefixes which their own roots lack."""
    prefixes = dict(_PREFIXES)
    for name in _UNDECLARED.findall(complaint):
        prefixes.setdefault(name.encode(), b"urn:undeclared:" + name.encode())
    declared = b" ".join(b'xmlns:%s="%s"' % prefix for prefix in prefixes.items())
    bare = re.sub(rb"^<\?xml[^>]*\?>", b"", data)
    return b"<fragment %s>%s</fragment>" % (declared, re.sub(rb"<!DOCTYPE[^>\[]*>", b"", bare))


def _document_in(root: Element) -> Element:
    """The document: what was framed to be read, or what stands within its own style sheet."""
    if root.tag == "fragment" and len(root) == 1:
        return root[0]
    inside = cda.all_of(root, ".//h:ClinicalDocument")
    return inside[0] if len(inside) == 1 else root


def _in_namespace(root: Element) -> Element:
    """A fragment without a namespace is read as CDA."""
    for element in list(root.iter("{}*")):
        element.tag = f"{{{cda.NS['h']}}}{element.tag}"
    return root
