"""Setting text: words and citation chips broken into lines and drawn as plain strings, never read as markup."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from reportlab.pdfgen.canvas import Canvas

from organizer.base.i18n import _
from organizer.packet.facts import LinkRect, Place, Statement
from organizer.packet.page import style
from organizer.packet.page.style import Face
from organizer.packet.page.tags import Node, artefact, note_link, tags_of

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\x80-\x9f\u200b\u2028\u2029\ufeff\ud800-\udfff]+")


_SPACES = re.compile(r" {2,}")


_CHIP_PAD = 6.0


_CHIP_GAP = 6.0


NEWLINE = "\n"
"""The text of a run that ends its line."""


def new_line() -> "Run":
    """A piece that begins a new line within a cell."""
    return Run(NEWLINE, style.BODY)


def plain(text: str) -> str:
    """A text of the record on one line: control characters and line ends become spaces."""
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    return _SPACES.sub(" ", _UNPRINTABLE.sub(" ", text)).strip(" ")


@dataclass(frozen=True, slots=True)
class Run:
    """Some words in one face; with a statement they are a fact of the record."""

    text: str
    face: Face
    statement: Statement | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """One chip: its parts, each with the place it leads to; without a place it says "patient-reported"."""

    parts: tuple[tuple[str, Place | None], ...]
    statement: Statement

    @property
    def width(self) -> float:
        """Points from edge to edge."""
        return sum(style.CHIP.width(text) for text, place in self.parts) + 2 * _CHIP_PAD


def chip_boxes(statement: Statement) -> tuple[Box, ...]:
    """The chips of a statement: one an exhibit, "Ex 7 p 1, 2" with a target for each page."""
    if statement.reported:
        return (Box(((_("patient-reported"), None),), statement),)
    exhibits: dict[int, list[Place]] = {}
    for place in statement.places:
        pages = exhibits.setdefault(place.exhibit, [])
        if all(place.page != other.page for other in pages):
            pages.append(place)
    return tuple(_exhibit_box(places, statement) for places in exhibits.values())


def _exhibit_box(places: list[Place], statement: Statement) -> Box:
    places.sort(key=lambda place: place.page)
    first = _("Ex {exhibit} p {page}").format(exhibit=places[0].exhibit, page=places[0].page)
    rest = [(f", {place.page}", place) for place in places[1:]]
    return Box(((first, places[0]), *rest), statement)


@dataclass(slots=True)  # a page has thousands, and frozen ones take three times as long to make
class Placed:
    """Words or a chip on their line, `x` points from the line's start."""

    x: float
    width: float
    text: str = ""
    face: Face | None = None
    statement: Statement | None = None
    box: Box | None = None


class _Setter:
    """Breaks pieces into lines."""

    def __init__(self, width: float) -> None:
        self.width = width
        self.lines: list[list[Placed]] = [[]]
        self.x = 0.0

    def put(self, width: float, space: float) -> float:
        """Room for an item after a space, on a new line where it doesn't fit any more: gives where it begins."""
        if self.lines[-1] and self.x + space + width > self.width + 0.01:
            self.lines.append([])
            self.x = 0.0
        start = self.x + space if self.lines[-1] else 0.0
        self.x = start + width
        return start

    def words(self, run: Run) -> None:
        """Set a run at once where it fits, else word by word; a word wider than the line is broken where that ends."""
        if run.text == NEWLINE:
            self.lines.append([])
            self.x = 0.0
            return
        space = run.face.width(" ")
        text = plain(run.text) if run.text.strip() else ""
        glued = not run.text[:1].isspace() and bool(self.lines[-1]) and run.text[:1] in ".,;:)”"
        whole, gap = run.face.width(text), 0.0 if glued else space
        if text and self.x + gap + whole <= self.width:
            self.lines[-1].append(Placed(self.put(whole, gap), whole, text, run.face, run.statement))
            return
        for number, word in enumerate(text.split(" ") if text else ()):
            gap = 0.0 if glued and number == 0 else space
            for piece, width in _breakable(word, run.face, self.width):
                start = self.put(width, gap)
                self.lines[-1].append(Placed(start, width, piece, run.face, run.statement))

    def chip(self, statement: Statement) -> None:
        """Set the chips of a statement, each unbroken."""
        for box in chip_boxes(statement):
            width = box.width
            start = self.put(width, _CHIP_GAP)
            self.lines[-1].append(Placed(start, width, box=box))


def _breakable(word: str, face: Face, width: float) -> list[tuple[str, float]]:
    """The word, or its pieces where it is wider than a line, each with its width."""
    whole = face.width(word)
    if whole <= width:
        return [(word, whole)]
    pieces, start = [], 0
    while start < len(word):
        end = start + 1
        while end < len(word) and face.width(word[start : end + 1]) <= width:
            end += 1
        pieces.append((word[start:end], face.width(word[start:end])))
        start = end
    return pieces


Piece = Run | Statement


def set_lines(pieces: Sequence[Piece], width: float) -> list[list[Placed]]:
    """Break pieces into lines of at most `width` points."""
    setter = _Setter(width)
    for piece in pieces:
        if isinstance(piece, Statement):
            setter.chip(piece)
        else:
            setter.words(piece)
    return setter.lines


def cut(text: str, keep: int) -> str:
    """The first `keep` characters, back to the end of a word, with "…"; the whole text where it is no longer."""
    text = plain(text)
    if len(text) <= keep:
        return text
    beginning = text[:keep]
    if text[keep] != " ":
        ends = [beginning.rfind(mark) + (mark != " ") for mark in " /-–"]
        beginning = beginning[: max(ends)] if max(ends) > 0 else beginning
    return _before_number(beginning, text[len(beginning) :]).rstrip(" ,;:.-–") + "…"


def _before_number(beginning: str, rest: str) -> str:
    """The kept words without the last ones where the cut would part a number from what it is a number of."""
    words = beginning.split()
    following = rest.split()[:2]
    while len(words) > 1 and any(any(map(str.isdigit, word)) for word in (words[-1], *following)):
        following = [words.pop(), *following][:2]
    return " ".join(words)


_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{4}[.;!?])\s+|(?<=[\d)”][.;])\s+(?=[^\W\d_])|\n+")


_LONGEST_SENTENCE = 3


def whole_sentences(text: str, words: int) -> str:
    """As many whole sentences as have at most so many words, one at least, "[…]" where others follow.

    Within a sentence nothing is cut: what is left of it could say something else. Only of one three times as long as
    all may be so much is kept.
    """
    lines: list[str] = []
    sentences = _SENTENCE_END.split(text.strip())
    if len(sentences[0].split()) > _LONGEST_SENTENCE * words:
        return cut_words(sentences[0], _LONGEST_SENTENCE * words)
    for sentence in sentences:
        if lines and sum(len(line.split()) for line in (*lines, sentence)) > words:
            return f"{' '.join(lines)} […]"
        lines.append(sentence.strip())
    return " ".join(lines)


def cut_words(text: str, count: int) -> str:
    """The first `count` words, with "…" where there are more; never between a number and what it is a number of."""
    words = plain(text).split(" ")
    beginning, rest = " ".join(words[:count]), " ".join(words[count:])
    return f"{_before_number(beginning, rest).rstrip(' ,;:.')}…" if rest else beginning


def _shorten(pieces: Sequence[Piece], width: float, lines: int) -> list[Piece]:
    """The pieces with their longest run cut, so that they take no more than `lines` lines."""
    longest = max(
        (number for number, piece in enumerate(pieces) if isinstance(piece, Run)),
        key=lambda number: len(pieces[number].text),  # type: ignore[union-attr]
    )
    run = pieces[longest]
    assert isinstance(run, Run)
    text, closing = plain(run.text), "”" if run.text.endswith("”") else ""
    low, high = 1, min(len(text), 2000)
    while low < high:
        middle = (low + high + 1) // 2
        trial = Run(cut(text, middle) + closing, run.face, run.statement)
        if len(set_lines([*pieces[:longest], trial, *pieces[longest + 1 :]], width)) <= lines:
            low = middle
        else:
            high = middle - 1
    return [*pieces[:longest], Run(cut(text, low) + closing, run.face, run.statement), *pieces[longest + 1 :]]


class Text:
    """Lines of words and chips, at most `max_lines` of them (0 = as many as it takes); the rest is cut with "…"."""

    def __init__(
        self, pieces: Sequence[Piece], width: float, max_lines: int = 0, align: str = "left", leading: float = 0.0
    ) -> None:
        self.width, self.align = width, align
        faces = [piece.face for piece in pieces if isinstance(piece, Run)]
        self.face = max(faces, key=lambda face: face.size, default=style.BODY)
        chips = any(isinstance(piece, Statement) for piece in pieces)
        self.lines = set_lines(pieces, width)
        if max_lines and len(self.lines) > max_lines and faces:
            self.lines = set_lines(_shorten(pieces, width, max_lines), width)
        several = len(self.lines) > 1 and chips
        self.leading = leading or max(self.face.leading, style.CHIP_HEIGHT + 2 if several else 0)

    @property
    def height(self) -> float:
        """Points from top to bottom."""
        return self.leading * len(self.lines)

    @property
    def line_width(self) -> float:
        """Points that the widest line takes."""
        return max((line[-1].x + line[-1].width for line in self.lines if line), default=0.0)

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Paint it downward from `top`."""
        role = next((item.face.role for item in chain.from_iterable(self.lines) if item.face is not None), "P")
        with tags_of(canvas).within(Node(role)):
            self.fill(canvas, x, top)

    def fill(self, canvas: Canvas, x: float, top: float) -> None:
        """Paint it as the content of the element that is open, a cell of a table."""
        ascent = (self.face.leading - self.face.size) / 2 + self.face.size * 0.86
        for number, line in enumerate(self.lines):
            if line:
                used = line[-1].x + line[-1].width
                start = x + (self.width - used if self.align == "right" else 0.0)
                _draw_line(canvas, line, start, top - number * self.leading - ascent)


def _draw_line(canvas: Canvas, line: list[Placed], x: float, baseline: float) -> None:
    tags = tags_of(canvas)
    for item, text in _joined(line):
        if item.box is not None:
            draw_box(canvas, item.box, x + item.x, baseline)
        elif item.face is not None:
            with tags.content(canvas):
                item.face.write(canvas, x + item.x, baseline, text)
        if item.statement is not None:
            item.statement.ledger.printed(item.statement)


def _joined(line: list[Placed]) -> Iterator[tuple[Placed, str]]:
    """Neighbouring words of one face as one string, so that a reader finds whole lines; each chip by itself."""
    first, words, end = line[0], [line[0].text], line[0].x + line[0].width
    for item in line[1:]:
        face = item.face
        is_same = face is first.face or face == first.face  # nearly always the very same
        if face is not None and is_same and item.statement is first.statement:
            if item.x - end > face.width(" ") / 2:
                words.append(" ")
            words.append(item.text)
        else:
            yield first, "".join(words)
            first, words = item, [item.text]
        end = item.x + item.width
    yield first, "".join(words)


def draw_box(canvas: Canvas, box: Box, x: float, baseline: float) -> None:
    """Paint a chip on its line and write its links down."""
    bottom = baseline - 3.4
    with artefact(canvas):
        canvas.setLineWidth(0.5)
        if box.statement.reported:
            canvas.setStrokeColor(style.RULE)
            canvas.roundRect(x, bottom, box.width, style.CHIP_HEIGHT, 3, stroke=1, fill=0)
            box.statement.ledger.reported(box.statement)
        else:
            canvas.setFillColor(style.ACCENT_SOFT)
            canvas.roundRect(x, bottom, box.width, style.CHIP_HEIGHT, 3, stroke=0, fill=1)
    x += _CHIP_PAD
    for text, place in box.parts:
        if place is None:
            with tags_of(canvas).content(canvas):
                style.CHIP_PLAIN.write(canvas, x, baseline, text)
        else:
            _link_part(canvas, box, (text, place), x, baseline, bottom)
        x += style.CHIP.width(text)


def _link_part(canvas: Canvas, box: Box, part: tuple[str, Place], x: float, baseline: float, bottom: float) -> None:
    text, place = part
    width = style.CHIP.width(text)
    skip = style.CHIP.width(", ") if text.startswith(", ") else 0.0
    with artefact(canvas):
        canvas.setStrokeColor(style.ACCENT_DARK)
        canvas.line(x + skip, baseline - 1.8, x + width, baseline - 1.8)
    left, low = canvas.absolutePosition(x + skip - 2, bottom)
    right, high = canvas.absolutePosition(x + width + 2, bottom + style.CHIP_HEIGHT)
    page = canvas.getPageNumber() - 1
    rect = (round(left, 2), round(low, 2), round(right, 2), round(high, 2))
    box.statement.ledger.linked(box.statement, LinkRect(page, rect, place))
    with tags_of(canvas).marked(canvas, note_link(canvas, rect)):
        style.CHIP.write(canvas, x, baseline, text)
