"""Names and notes in any script: each stretch of a text in a font that has its letters, shaped and in its direction.

Inter writes Latin, Greek and Cyrillic; what it lacks is written with the fonts of SCRIPTS, which are read when they are
first needed. Each letter is asked for: most of those fonts have no digits and few signs. Arabic and Indic letters are
joined by HarfBuzz, directions are those of bidi.py. Where joining changes the letters, the text as it reads goes with
them (ActualText, ISO 32000-1, 14.9.4); not from right to left, which pdfium and poppler would turn once more. A letter
that no font has stands as LOST, and is told.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, shapeStr
from reportlab.pdfgen.canvas import Canvas

from organizer.base.remembered import remembered
from organizer.packet.page import bidi


@dataclass(frozen=True, slots=True)
class Script:
    """A font for what Inter lacks, and the stretches of Unicode that it writes.

    `apart` where letters are never joined, and only marks upon them must be set.
    """

    font: str
    ranges: tuple[tuple[int, int], ...]
    shaped: bool = False
    right_to_left: bool = False
    apart: bool = False

    def joins(self, text: str) -> bool:
        """Whether the letters of a text must be joined. Hebrew's font would join alef and lamed, as nobody writes."""
        return self.shaped and (not self.apart or any(map(unicodedata.combining, text)))


SCRIPTS: tuple[Script, ...] = (
    Script("NotoSansHebrew-Regular", ((0x0590, 0x05FF), (0xFB1D, 0xFB4F)), True, True, True),
    Script(
        "NotoSansArabic-Regular",
        ((0x0600, 0x06FF), (0x0750, 0x077F), (0x08A0, 0x08FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)),
        True,
        True,
    ),
    Script("NotoSansDevanagari-Regular", ((0x0900, 0x097F), (0xA8E0, 0xA8FF)), True),
    Script("NotoSansBengali-Regular", ((0x0980, 0x09FF),), True),
    Script("NotoSansTamil-Regular", ((0x0B80, 0x0BFF),), True),
    Script("NotoSansThai-Regular", ((0x0E00, 0x0E7F),), True),
    Script("NotoSansArmenian-Regular", ((0x0530, 0x058F),)),
    Script("NotoSansGeorgian-Regular", ((0x10A0, 0x10FF), (0x1C90, 0x1CBF))),
    Script("NanumSquareR", ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7AF))),
    Script(
        "DroidSansFallbackFull",
        ((0x2E80, 0x312F), (0x3190, 0xA4CF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF)),
    ),
    Script("NotoEmoji-Regular", ((0x203C, 0x203C), (0x2600, 0x27BF), (0x2B00, 0x2BFF), (0x1F000, 0x1FAFF))),
)
LOST = "[?]"
"""What stands for letters that no font here has; never a box, never nothing."""
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef"
    "\U0001f3fb-\U0001f3ff]+"  # the shades of a face
)
_FORM = re.compile(r"> <(F[BCDE][0-9A-F]{2}|[0-9A-F]{5,6})>")  # presentation forms, letters beyond U+FFFF
_BASIC = 0x250  # Inter has all letters below that are printed at all
_lost: ContextVar[dict[str, None] | None] = ContextVar("lost letters", default=None)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a text in one font; `width` in points, `shaped` where its letters must be joined, `lost` the letters that
    it stands for and that no font has, `reads` the letters that should be copied where those drawn are others."""

    text: str
    font: str
    shaped: bool
    width: float
    lost: str = ""
    reads: str = ""


@contextmanager
def lost_letters() -> Iterator[dict[str, None]]:
    """Collects the letters that are written in the block and that no font has, each once."""
    lost: dict[str, None] = {}
    token = _lost.set(lost)
    try:
        yield lost
    finally:
        _lost.reset(token)


def stretches(text: str, font: str, size: float) -> tuple[Stretch, ...]:
    """A text's stretches from left to right on the page. Marks of direction and of emoji style are not drawn."""
    if text.isascii():
        return (Stretch(text, font, False, float(pdfmetrics.stringWidth(text, font, size))),)
    return _stretches(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)), font, size)


@remembered(16384)
def width(text: str, font: str, size: float) -> float:
    """Points that a text takes on one line; the same words come again and again."""
    return sum(stretch.width for stretch in stretches(text, font, size))


def write(canvas: Canvas, x: float, baseline: float, text: str, font: str, size: float) -> None:
    """Draw a text in the canvas's colour, from left to right."""
    if text.isascii():
        canvas.setFont(font, size)
        canvas.drawString(x, baseline, text)
        return
    for stretch in stretches(text, font, size):
        canvas.setFont(stretch.font, size)
        if stretch.reads:
            canvas.addLiteral(f"/Span <</ActualText <feff{stretch.reads.encode('utf-16-be').hex()}>>> BDC")
        canvas.drawString(x, baseline, shapeStr(stretch.text, stretch.font, size) if stretch.shaped else stretch.text)
        if stretch.reads:
            canvas.addLiteral("EMC")
        x += stretch.width
        _note(stretch.lost)


def _note(letters: str) -> None:
    lost = _lost.get()
    if lost is not None:
        lost.update(dict.fromkeys(letters))


@remembered(4096)
def _stretches(text: str, font: str, size: float) -> tuple[Stretch, ...]:
    stretches: list[Stretch] = []
    for part in bidi.parts(text):
        runs = [_measured(run, script, font, size, part.right_to_left) for run, script in _runs(part.text, font)]
        stretches += reversed(runs) if part.right_to_left else runs
    return tuple(stretches)


def _runs(text: str, font: str) -> Iterator[tuple[str, "Script | str"]]:
    """Neighbouring letters that one font writes; with the letters that none has, what they are."""
    run, script = "", None
    for letter in text:
        for drawn, own in _drawn_as(letter, font, script if isinstance(script, Script) else None):
            if run and own != script:
                yield run, script or ""
                run = ""
            run, script = run + drawn, own
    if run:
        yield run, script or ""


def _drawn_as(letter: str, font: str, before: "Script | None") -> list[tuple[str, "Script | str"]]:
    """A letter with the script whose font writes it ("" for the text's own font, `LOST` for none).

    A blank stays with the letters that are joined before it. A letter that no font has is written as what it stands
    for (NFKC: the ligature ﬁ as two letters), where there is a font for that.
    """
    if letter == " " and before is not None and before.shaped and ord(letter) in _letters_of(_registered(before.font)):
        return [(letter, before)]
    own = _script_of(letter, font)
    if own != LOST:
        return [(letter, own)]
    meant = unicodedata.normalize("NFKC", letter)
    scripts = [_script_of(text, font) for text in meant]
    if meant == letter or LOST in scripts:
        return [(letter, LOST)]
    return list(zip(meant, scripts, strict=True))


def _measured(text: str, script: "Script | str", font: str, size: float, right_to_left: bool) -> Stretch:
    if script == LOST:
        return Stretch(LOST, font, False, float(pdfmetrics.stringWidth(LOST, font, size)), text, text)
    name = font if isinstance(script, str) else _registered(script.font)
    # Digits between Arabic letters run to the right like all others: there is nothing to be joined.
    if isinstance(script, Script) and script.joins(text) and script.right_to_left <= right_to_left:
        joined = shapeStr(text, name, size)
        data = getattr(joined, "__shapeData__", None)
        if data is not None:
            reads = "" if right_to_left else text
            return Stretch(text, name, True, sum(glyph.x_advance for glyph in data) * size / 1000, "", reads)
    drawn = bidi.mirrored(text) if right_to_left else text
    return Stretch(drawn, name, False, float(pdfmetrics.stringWidth(drawn, name, size)))


@remembered(8192)
def _script_of(letter: str, font: str) -> "Script | str":
    """The script whose font has a letter: "" where the text's own has it, `LOST` where none has."""
    code = ord(letter)
    if code < _BASIC or code in _letters_of(font):
        return ""
    likely = [script for script in SCRIPTS if any(low <= code <= high for low, high in script.ranges)]
    return next((script for script in (*likely, *SCRIPTS) if code in _letters_of(_registered(script.font))), LOST)


@cache
def _letters_of(font: str) -> frozenset[int]:
    letters: dict[int, int] = getattr(pdfmetrics.getFont(font), "face").charToGlyph  # noqa: B009 - a TTFont has one
    return frozenset(letters)


@cache
def _registered(name: str) -> str:
    with resources.as_file(resources.files("resources") / "fonts" / f"{name}.ttf") as path:
        pdfmetrics.registerFont(_Font(name, str(path)))
    return name


class _Font(TTFont):
    """A font whose letters are copied as the letters they are (ISO 32000-1, 9.10.3, ToUnicode): joined Arabic ones,
    and those beyond U+FFFF, of which reportlab writes the number and not the UTF-16."""

    def addObjects(self, doc: Any) -> None:
        """Write the font into a file."""
        super().addObjects(doc)
        for key, written in doc.idToObject.items():
            if key.startswith("toUnicodeCMap:") and self.face.name.decode() in key:
                written.content = _FORM.sub(lambda form: f"> <{_letters_of_form(form[1])}>", written.content)


def _letters_of_form(code: str) -> str:
    """The letter of a presentation form, in hexadecimal digits of UTF-16; a form of several stays one letter, because
    pdfium and poppler would turn their order."""
    form = chr(int(code, 16))
    meant = unicodedata.normalize("NFKC", form)
    return (meant if len(meant) == 1 else form).encode("utf-16-be").hex().upper()
