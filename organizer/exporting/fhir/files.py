"""The bytes of a record's documents within the resources that describe them, and JSON with digits as printed."""

import base64
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import orjson

from organizer.base.errors import OrganizerError
from organizer.exporting.export import Outgoing
from organizer.exporting.fhir.shapes import Node
from organizer.model.entry import Entry
from organizer.model.ids import Sha256
from organizer.store import originals


def with_files(node: Node, entry: Entry, outgoing: Outgoing) -> Node:
    """The resource with the bytes of its attachments, but for those that hold somebody else's entries too."""
    for attachment, sha256 in _attachments(node, entry):
        if sha256 and sha256 not in outgoing.others_documents:
            data = _bytes(outgoing, Sha256(sha256))
            if data:
                attachment.setdefault("contentType", "application/octet-stream")
                attachment["data"] = base64.b64encode(data).decode()
    return node


def _attachments(node: Node, entry: Entry) -> Iterator[tuple[Node, str]]:
    if entry.kind == "DocumentReference":
        yield node["content"][0]["attachment"], entry.text("file")
    if entry.kind == "DiagnosticReport":
        attachments = entry.data.get("attachments") or ()
        for form, attached in zip(node.get("presentedForm", ()), attachments, strict=True):
            yield form, str(attached.get("file") or "")


def _bytes(outgoing: Outgoing, sha256: Sha256) -> bytes:
    """A damaged or missing file doesn't keep the rest from going out; `verify` tells of it."""
    try:
        return originals.read(outgoing.record, sha256)
    except OrganizerError:
        return b""


def packed(node: Any) -> bytes:
    """As JSON; a Decimal keeps its digits, which no float would."""
    return orjson.dumps(node, default=_number)


def _number(value: Any) -> Any:
    if isinstance(value, Decimal):
        return orjson.Fragment(str(value).encode())
    raise TypeError
