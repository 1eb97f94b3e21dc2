"""Words for people beside the data: XHTML with nothing active in it (hl7.org/fhir/R4/narrative.html)."""

import re
from collections.abc import Iterable, Sequence
from html import escape

from organizer.base.i18n import _
from organizer.exporting.fhir.shapes import Node
from organizer.model.entry import Entry
from organizer.model.kind import OWN, Field, FieldType
from organizer.model.kinds import find_kind

_NOT_XML = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010fffd]")
_LONGEST = 2_000
"""A field's words in a narrative; the whole text is in the record."""


def of_entry(entry: Entry) -> Node:
    """All that an entry says, as its form shows it."""
    kind = find_kind(entry.kind)
    shown = [(_(field.label), kind.show(entry, field)) for field in kind.fields if _is_narrated(field)]
    lines = "".join(f"<li>{_safe(label)}: {_safe(words)}</li>" for label, words in shown if words)
    return _generated(
        f"<p>{_safe(_(kind.label))}: {_safe(entry.title) or '–'}</p>" + (f"<ul>{lines}</ul>" if lines else "")
    )


def _is_narrated(field: Field) -> bool:
    """What is the person's own goes out for another record, not for a reader elsewhere."""
    return field.type is not FieldType.TABLE and field not in OWN


def of_section(heads: Sequence[str], rows: Iterable[Sequence[str]], notes: Sequence[str] = ()) -> Node:
    """A table of a section's entries, and sentences below it."""
    body = "".join(f"<tr>{''.join(f'<td>{_safe(cell)}</td>' for cell in row)}</tr>" for row in rows)
    top = "".join(f"<th>{_safe(head)}</th>" for head in heads)
    table = f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>" if body else ""
    return _generated(table + "".join(f"<p>{_safe(note)}</p>" for note in notes))


def of_words(words: str) -> Node:
    """One sentence."""
    return _generated(f"<p>{_safe(words)}</p>")


def _generated(inner: str) -> Node:
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{inner}</div>'}


def _safe(words: str) -> str:
    """Escaped, without what XML can't hold, on its lines."""
    cut = words if len(words) <= _LONGEST else words[:_LONGEST] + "…"
    return escape(_NOT_XML.sub(" ", cut)).replace("\r", "").replace("\n", "<br/>")
