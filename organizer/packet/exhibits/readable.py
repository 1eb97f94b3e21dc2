"""Readable pages of sources that are no PDFs: what was read from them, line by line, each on a known page."""

import io
import textwrap
from collections.abc import Hashable, Iterator, Sequence
from itertools import chain

from reportlab.pdfgen.canvas import Canvas

from organizer.base import figures
from organizer.base.dates import PartialDate, parse_date
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
    {"title", "happened", "unit", "file", "page_texts", "recognised_texts", "attachments", "components", "samples"}
    | {field.name for field in OWN}  # the person's own, not for whom the packet is
)
_RANGE_EDGES = frozenset({"range_low", "range_high"})  # the range as printed says them already
_IN_FULL = "text"
LONGEST = 900  # letters of a line: of an entry the rest stays in the original, of a text it follows
MOST_A_DAY = 24
"""Readings of one measure that are printed one by one; of more in a day a device's many are told together."""

Where = tuple[int, float]  # page from 1, points from the page's top


def entry_pages(
    original: OriginalFile, title: str, entries: Sequence[Entry], page_size: str
) -> tuple[bytes, dict[str, Where]]:
    """A document's entries by kind, newest first; gives the PDF and where each entry stands."""
    width, height = style.PAGE_SIZES[page_size]
    paper = io.BytesIO()
    canvas = new_canvas(paper, (width, height), lang="en")
    canvas.setTitle(plain(title))
    inner = width - 2 * style.MARGIN
    places: dict[str, Where] = {}
    page, top = 1, _head(canvas, original, title, inner, height)
    for heading, mine in _grouped(entries):
        for ids, text, before, follows in _blocks(heading, mine, inner):
            if top + before + text.height + follows > height - FOOT:
                canvas.showPage()
                page, top = page + 1, TOP
            text.draw(canvas, style.MARGIN, height - top - before)
            places |= dict.fromkeys(ids, (page, top + before))
            top += before + text.height
    canvas.save()
    return paper.getvalue(), places


def _blocks(heading: str, entries: Sequence[Entry], inner: float) -> Iterator[tuple[Sequence[str], Text, float, float]]:
    """For each text: the entries that begin with it, points above it, and points that must be free below it.

    A heading doesn't stand alone at the foot of a page; a text that the entry has in full stands whole below it.
    """
    lines = [(days, Text([Run(_spoken_of(days), style.BODY)], inner, 8)) for days in by_day(entries)]
    yield (), Text([Run(heading, style.SUBHEADING)], inner, 1), 10.0, lines[0][1].height + GAP
    for days, line in lines:
        yield [entry.id for entry in days], line, GAP, 0.0
        for paragraph in without_data(days[0].text(_IN_FULL)).splitlines():
            for part in textwrap.wrap(plain(paragraph), LONGEST):
                yield (), Text([Run(part, style.MUTED)], inner), 1.0, 0.0


def by_day(entries: Sequence[Entry]) -> list[list[Entry]]:
    """The entries one by one, but for the readings of a device of which there are many a day: a day's together."""
    alike: dict[Hashable, list[Entry]] = {}
    for entry in entries:
        alike.setdefault(_alike(entry), []).append(entry)

    together: list[list[Entry]] = []
    for members in alike.values():
        if len(members) > MOST_A_DAY:
            together.append(members)
        else:
            together.extend([entry] for entry in members)

    # In the order in which they came.
    place = {entry.id: number for number, entry in enumerate(entries)}
    return sorted(together, key=lambda members: place[members[0].id])


def _alike(entry: Entry) -> Hashable:
    """What readings of a day have in common that tell apart nothing but time and value; of others, themselves."""
    if entry.kind != "Observation" or entry.value is None or entry.comparator or entry.happened is None:
        return entry.id
    return (entry.happened.text[:10], entry.title, entry.unit, entry.status, entry.codes, repr(entry.data))


def _spoken_of(members: Sequence[Entry]) -> str:
    """An entry on one line, or a day's readings with their number, lowest, highest and mean."""
    first = members[0]
    if len(members) == 1 or first.happened is None:
        return spoken(first)

    lowest, highest = min(members, key=_value), max(members, key=_value)
    mean = sum(map(_value, members)) / len(members)
    words = _("{day} · {title} · {n} readings from {low} to {high} {unit}, mean {mean}")
    return words.format(
        day=PartialDate(first.happened.text[:10]).spoken(),
        title=first.title,
        n=len(members),
        low=figures.readable(lowest.value_text),
        high=figures.readable(highest.value_text),
        unit=spoken_unit(first.unit),
        mean=figures.brief(mean),
    )


def _value(entry: Entry) -> float:
    return entry.value or 0.0


def _head(canvas: Canvas, original: OriginalFile, title: str, inner: float, height: float) -> float:
    """The title and where the lines come from; gives the points used from the page's top."""
    words = _("Written out from the file “{name}”. The file itself is kept whole by the patient.")
    texts = [
        Text([Run(title, style.TITLE)], inner, 2),
        Text([Run(words.format(name=original.file_name), style.MUTED)], inner),
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
    for line in chain.from_iterable(map(_parts_of, text.splitlines())):
        block = Text([Run(line or " ", style.BODY)], width - 2 * style.MARGIN)
        if top + block.height > height - FOOT:
            canvas.showPage()
            top = TOP
        block.draw(canvas, style.MARGIN, height - top)
        top += block.height
    canvas.showPage()  # also of a text without a word
    canvas.save()
    return paper.getvalue()


def _parts_of(line: str) -> list[str]:
    """A line as it is; of one so long that it might fill a page the parts that stand whole on one."""
    return [line] if len(line) <= LONGEST else textwrap.wrap(line, LONGEST)
