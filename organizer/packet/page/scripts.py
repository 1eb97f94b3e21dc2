"""Names and notes in any script: each stretch of a text in a font that has its letters, shaped and in its direction.

Inter writes Latin, Greek and Cyrillic; what it lacks is written with the fonts of SCRIPTS, which are read when they are
first needed. Arabic and Indic letters are joined by HarfBuzz. Direction follows the basic rules of Unicode's
bidirectional algorithm (UAX #9) for text without embeddings: right-to-left stretches are turned, numbers in them not.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, shapeStr
from reportlab.pdfgen.canvas import Canvas


@dataclass(frozen=True, slots=True)
class Script:
    """A font for what Inter lacks, and the stretches of Unicode that it writes."""

    font: str
    ranges: tuple[tuple[int, int], ...]
    shaped: bool = False
    right_to_left: bool = False


SCRIPTS: tuple[Script, ...] = (
    Script("NotoSansHebrew-Regular", ((0x0590, 0x05FF), (0xFB1D, 0xFB4F)), True, True),
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
_DIGITS = re.compile(r"[0-9٠-٩۰-۹]+(?:[.,:/–-][0-9٠-٩۰-۹]+)*")
_INVISIBLE = re.compile("[\u200c-\u200f\u202a-\u202e\u2066-\u2069\ufe00-\ufe0f]+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a text in one font; `width` in points, `shaped` where its letters must be joined."""

    text: str
    font: str
    shaped: bool
    width: float


def stretches(text: str, font: str, size: float) -> tuple[Stretch, ...]:
    """A text's stretches from left to right on the page. Marks of direction and of emoji style are not drawn."""
    if text.isascii():
        return (Stretch(text, font, False, float(pdfmetrics.stringWidth(text, font, size))),)
    return _stretches(_INVISIBLE.sub("", text), font, size)


@lru_cache(maxsize=16384)
def width(text: str, font: str, size: float) -> float:
    """Points that a text takes on one line; the same words come again and again."""
    return sum(one.width for one in stretches(text, font, size))


def write(canvas: Canvas, x: float, baseline: float, text: str, font: str, size: float) -> None:
    """Draw a text in the canvas's colour, from left to right."""
    if text.isascii():
        canvas.setFont(font, size)
        canvas.drawString(x, baseline, text)
        return
    for one in stretches(text, font, size):
        canvas.setFont(one.font, size)
        canvas.drawString(x, baseline, shapeStr(one.text, one.font, size) if one.shaped else one.text)
        x += one.width


@lru_cache(maxsize=4096)
def _stretches(text: str, font: str, size: float) -> tuple[Stretch, ...]:
    runs = list(_runs(text, font))
    if all(script is None or script.right_to_left for _run, script in runs) and _turns(runs):
        runs = [(_mirrored(run) if script is None else run, script) for run, script in reversed(runs)]
    return tuple(_measured(part, script, font, size) for run, script in runs for part in _parts(run, script))


def _mirrored(run: str) -> str:
    """A number or sign between right-to-left words: the blanks around it change sides."""
    core = run.strip(" ")
    lead = len(run) - len(run.lstrip(" "))
    return run[lead + len(core) :] + core + run[:lead]


def _turns(runs: list[tuple[str, Script | None]]) -> bool:
    """True where a text holds no letter that runs left to right: then all of it runs the other way."""
    left = any(letter.isalpha() for run, script in runs if script is None for letter in run)
    return not left and any(script is not None for _run, script in runs)


def _runs(text: str, font: str) -> Iterable[tuple[str, Script | None]]:
    """Neighbouring letters of one script; what stands between two letters of a script belongs to it."""
    run, script = "", None
    between = ""
    for letter in text:
        own = _script_of(letter, font)
        if own is None and script is not None and not letter.isalpha():
            between += letter
            continue
        if own is script:
            run += between + letter
        else:
            if run:
                yield run, script
            run, script = (between + letter, own) if own is None else (letter, own)
            if own is not None and between:
                yield between, None
        between = ""
    if run:
        yield run, script
    if between:
        yield between, None


def _parts(run: str, script: Script | None) -> Iterable[str]:
    """A right-to-left run from left to right: its words turned, the numbers between them read as ever."""
    if script is None or not script.right_to_left:
        return (run,)
    parts, at = [], 0
    for number in _DIGITS.finditer(run):
        parts += [run[at : number.start()], number[0]]
        at = number.end()
    return [part for part in reversed([*parts, run[at:]]) if part]


def _measured(text: str, script: Script | None, font: str, size: float) -> Stretch:
    if script is None or _DIGITS.fullmatch(text):
        return Stretch(text, font, False, float(pdfmetrics.stringWidth(text, font, size)))
    name = _registered(script.font)
    if script.shaped:
        joined = shapeStr(text, name, size)
        data = getattr(joined, "__shapeData__", None)
        if data is not None:
            return Stretch(text, name, True, sum(one.x_advance for one in data) * size / 1000)
        text = joined
    return Stretch(text, name, False, float(pdfmetrics.stringWidth(text, name, size)))


@lru_cache(maxsize=8192)
def _script_of(letter: str, font: str) -> Script | None:
    """The script whose font must write a letter; None where the font itself has it or none of ours has."""
    code = ord(letter)
    if code < 0x250 or code in _letters_of(font):
        return None
    return next((one for one in SCRIPTS if any(low <= code <= high for low, high in one.ranges)), None)


@cache
def _letters_of(font: str) -> frozenset[int]:
    letters: dict[int, int] = getattr(pdfmetrics.getFont(font), "face").charToGlyph  # noqa: B009 - a TTFont has one
    return frozenset(letters)


@cache
def _registered(name: str) -> str:
    with resources.as_file(resources.files("resources") / "fonts" / f"{name}.ttf") as path:
        pdfmetrics.registerFont(TTFont(name, str(path)))
    return name
