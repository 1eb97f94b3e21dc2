"""Readable pages of sources that are no PDFs: what was read from them, line by line, each on a known page."""

import io
import textwrap
from collections.abc import Iterator, Sequence

from reportlab.pdfgen.canvas import Canvas

from organizer.base.dates import parse_date
from organizer.base.i18n import _
from organizer.base.plain_text import without_data
from organizer.base.units import spoken_unit
from organizer.model.entry import Entry
from organizer.model.kind import OWN, FieldType
from organizer.model.kinds import KINDS, find_kind
from organizer.packet.packet_input import OriginalFile
from organizer.packet.page import style
from organizer.packet.page.canvas import new_canvas
from organizer.packet.page.typesetting import Run, Text, plain

TOP, FOOT, GAP = 72.0, 60.0, 3.0
_NOT_WORDS = frozenset(
    {"title", "happened", "unit", "file", "page_texts", "recognised_texts", "attachments", "components"}
    | {field.name for field in OWN}  # the person's own, not for whom the packet is
)
_RANGE_EDGES = frozenset({"range_low", "range_high"})  # the range as printed says them already
_IN_FULL = "text"
LONGEST = 900  # letters of a line; the whole text stays in the original

Where = tuple[int, float]  # page from 1, points from the page's top


def entry_pages(
    original: OriginalFile, title: str, entries: Sequence[Entry], page_size: str
) -> tuple[bytes, dict[str, Where]]:
    """A document's entries by kind, newest first; gives the PDF and where each entry stands."""
    width, height = style.PAGE_SIZES[page_size]
    paper = io.BytesIO()
    canvas = new_canvas(paper, (width, height), lang="en")
    canvas.setTitle(plain(title))
    room = width - 2 * style.MARGIN
    places: dict[str, Where] = {}
    page, top = 1, _head(canvas, original, title, room, height)
    for heading, mine in _grouped(entries):
        for entry_id, text, before, follows in _blocks(heading, mine, room):
            if top + before + text.height + follows > height - FOOT:
                canvas.showPage()
                page, top = page + 1, TOP
            text.draw(canvas, style.MARGIN, height - top - before)
            if entry_id:
                places[entry_id] = (page, top + before)
            top += before + text.height
    canvas.save()
    return paper.getvalue(), places


def _blocks(heading: str, entries: Sequence[Entry], room: float) -> Iterator[tuple[str, Text, float, float]]:
    """For each text: the entry that begins with it or "", points above it, and points that must be free below it.

    A heading doesn't stand alone at the foot of a page; a text that the entry has in full stands whole below it.
    """
    lines = [(entry, Text([Run(spoken(entry), style.BODY)], room, 8)) for entry in entries]
    yield "", Text([Run(heading, style.SUBHEADING)], room, 1), 10.0, lines[0][1].height + GAP
    for entry, line in lines:
        yield entry.id, line, GAP, 0.0
        for paragraph in without_data(entry.text(_IN_FULL)).splitlines():
            for part in textwrap.wrap(plain(paragraph), LONGEST):
                yield "", Text([Run(part, style.MUTED)], room), 1.0, 0.0


def _head(canvas: Canvas, original: OriginalFile, title: str, room: float, height: float) -> float:
    """The title and where the lines come from; gives the points used from the page's top."""
    words = _("Written out from the file “{name}”. The file itself is kept whole by the patient.")
    texts = [
        Text([Run(title, style.TITLE)], room, 2),
        Text([Run(words.format(name=original.file_name), style.MUTED)], room),
    ]
    top = TOP
    for text in texts:
        text.draw(canvas, style.MARGIN, height - top)
        top += text.height + 4
    return top + 6


def _grouped(entries: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    """For each kind that occurs its plural and its entries, newest first."""
    groups = []
    for kind in KINDS:
        mine = [entry for entry in entries if entry.kind == kind.name]
        mine.sort(key=lambda entry: (entry.day_key, entry.title), reverse=True)
        if mine:
            groups.append((_(kind.plural), mine))
    return groups


def spoken(entry: Entry) -> str:
    """What an entry says, on one line: its date, title, value and further fields by their declaration.

    A report's own text isn't repeated in it.
    """
    kind = find_kind(entry.kind)
    undated = _("undated") if kind.field("happened") else ""
    parts = [entry.happened.spoken() if entry.happened else undated, entry.title]
    hidden = _NOT_WORDS | {_IN_FULL} | (_RANGE_EDGES if entry.text("range_text") else frozenset())
    for field in kind.fields:
        shown = kind.show(entry, field).replace("\n", " ").strip()
        when = parse_date(shown) if field.type is FieldType.DATE else None
        shown = when.spoken() if when else shown
        if shown and field.name not in hidden:
            parts.append(shown if field.name == "value_text" else f"{_(field.label)}: {shown}")
    for part in entry.data.get("components") or ():
        value = f"{part.get('comparator') or ''}{part.get('value_text') or ''}"
        value = f"{value} {spoken_unit(str(part.get('unit') or ''))}".strip()
        parts.append(f"{part.get('title') or ''} {value}".strip())
    if entry.struck:
        parts.insert(0, _("[not valid: entered in error, ruled out or set aside]"))
    words = " · ".join(part for part in parts if part)
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"


def text_pages(original: OriginalFile, text: str, page_size: str) -> bytes:
    """A text as it is, line by line."""
    width, height = style.PAGE_SIZES[page_size]
    paper = io.BytesIO()
    canvas = new_canvas(paper, (width, height), lang="en")
    canvas.setTitle(plain(original.file_name))
    top = TOP
    for line in text.splitlines():
        block = Text([Run(line or " ", style.BODY)], width - 2 * style.MARGIN, 60)
        if top + block.height > height - FOOT:
            canvas.showPage()
            top = TOP
        block.draw(canvas, style.MARGIN, height - top)
        top += block.height
    canvas.save()
    return paper.getvalue()
