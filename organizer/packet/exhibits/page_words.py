"""The letters of a page with their places, and where its words say something, however they are spelt on the paper.

Places are those of the letters themselves: pdfium counts them otherwise than Python where a letter lies beyond
U+FFFF, and it leaves hyphens at the ends of lines, blanks of no width and letters spaced apart as they are.
"""

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, starmap

import pypdfium2
import pypdfium2.raw as pdfium

from organizer.health.vocabulary import WordFinder
from organizer.health.vocabulary.spelling import UNSPACED

Box = tuple[float, float, float, float]
Reading = tuple[str, Sequence[int]]
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_HYPHENS = str.maketrans("\x02\ufffe", "--")
_DIVIDING = frozenset("\x02\ufffe")  # what pdfium gives for a hyphen at the end of a line
_ODD = re.compile(f"[{''.join(_UNSEEN | _DIVIDING)}]")
_UNSPACED_LINES = re.compile(f"[{UNSPACED}]\r?\n[{UNSPACED}]")
_SPACED = re.compile(r"(?<![^\W_])[^\W_](?:[ .\u00a0\u2009\u202f-]{1,3}[^\W_](?![^\W_])){2,}")

_LONGEST_SPACED = 80  # letters of a line that is spaced apart, of which each may begin the word


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of a page: its ink (`box`; of one that isn't drawn its room), the room of its line (`loose`), points of
    the stored page, and its turn.

    `turn` is the direction in which its line runs: 0 to the right, 90 upwards, 180 to the left, 270 downwards.
    """

    text: str
    box: Box
    loose: Box
    turn: int


def says(text: str, words: WordFinder) -> bool:
    """Whether a page's text says one of the words: nearly all pages don't, and need no second look."""
    return any(words.search(reading) is not None for reading, _places in readings(text))


def readings(text: str) -> Iterator[Reading]:
    """The ways in which a page's letters may be read, each with the place of every letter of it.

    Without what is unseen, and with what a hyphen divides joined; with the hyphen left as one; with lines joined where
    their script has no blanks; and with letters that are spaced apart put together.
    """
    seen: Sequence[int] = range(len(text))
    plain = text
    if _ODD.search(text):
        seen = [place for place, letter in enumerate(text) if letter not in _UNSEEN]
        joined = list(_joined(text, seen))
        if len(joined) < len(seen):
            yield _reading(text, joined)
        plain = _reading(text, seen)[0].translate(_HYPHENS)

    yield plain, seen
    if _UNSPACED_LINES.search(plain):
        whole = [at for at, letter in enumerate(plain) if letter not in "\r\n"]
        yield _reading(plain, whole)[0], list(map(seen.__getitem__, whole))
    for match in _SPACED.finditer(plain):
        letters = [at for at in range(*match.span()) if plain[at].isalnum()]
        for word in _spaced_words(letters):
            yield _reading(text, list(map(seen.__getitem__, word)))


def _reading(text: str, places: Sequence[int]) -> Reading:
    return "".join(map(text.__getitem__, places)), places


def _spaced_words(letters: Sequence[int]) -> Iterator[Sequence[int]]:
    """The words that letters spaced apart may spell, by their places: all of them, the parts between wider blanks, and
    what is left without the first ones, which may be initials before the word."""
    yield letters
    gaps = [after - before for before, after in pairwise(letters)]
    ends = [place for place, gap in enumerate(gaps, 1) if gap > min(gaps)]
    yield from map(letters.__getitem__, starmap(slice, pairwise([0, *ends, len(letters)])))
    yield from (letters[first:] for first in range(1, min(len(letters), _LONGEST_SPACED)))


def _joined(text: str, seen: Sequence[int]) -> Iterator[int]:
    """Places without hyphens that divide a word, and without the end of the line behind them."""
    after_hyphen = False
    for place in seen:
        if text[place] in _DIVIDING:
            after_hyphen = True
        elif not (after_hyphen and text[place] in "\r\n"):
            after_hyphen = False
            yield place


def letters_of(text: pypdfium2.PdfTextPage) -> list[Letter]:
    """All letters of a page, in pdfium's order; blanks and ends of lines that it puts between have an empty box."""
    return [_letter(text, number) for number in range(text.count_chars())]


def _letter(text: pypdfium2.PdfTextPage, number: int) -> Letter:
    box = _ink(text, number)
    loose, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    is_measured = pdfium.FPDFText_GetLooseCharBox(text, number, loose)
    space = _around(box, (loose.left, loose.bottom, loose.right, loose.top)) if is_measured else box
    turn = _turn(matrix) if pdfium.FPDFText_GetMatrix(text, number, matrix) else 0
    drawn = space if _is_unseen(text, number) else box
    return Letter(_written(pdfium.FPDFText_GetUnicode(text, number)), drawn, space, turn)


def _ink(text: pypdfium2.PdfTextPage, number: int) -> Box:
    """The edges of a letter's ink; an empty box where it has none."""
    left, right, bottom, top = (ctypes.c_double() for _edge in range(4))
    if pdfium.FPDFText_GetCharBox(text, number, left, right, bottom, top):
        return left.value, bottom.value, right.value, top.value
    return 0.0, 0.0, 0.0, 0.0


def _written(code: int) -> str:
    """The letter of a code; the sign for an unknown one where it is none of Unicode's (a surrogate, beyond the end)."""
    is_letter = code in range(1, 0xD800) or code in range(0xE000, 0x110000)
    return chr(code) if is_letter else "\ufffd"


def _is_unseen(text: pypdfium2.PdfTextPage, number: int) -> bool:
    """Whether a letter only lies over a picture of itself, whose ink may be anywhere in its line's room."""
    drawn = pdfium.FPDFText_GetTextObject(text, number)
    return bool(drawn) and pdfium.FPDFTextObj_GetTextRenderMode(drawn) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE


def _around(box: Box, space: Box) -> Box:
    return min(box[0], space[0]), min(box[1], space[1]), max(box[2], space[2]), max(box[3], space[3])


def _turn(matrix: "pdfium.FS_MATRIX") -> int:
    """The quarter turn nearest to the direction in which letters follow each other."""
    if abs(matrix.a) >= abs(matrix.b):
        return 0 if matrix.a >= 0 else 180
    return 90 if matrix.b > 0 else 270


def hits(letters: Sequence[Letter], words: WordFinder) -> list[list[int]]:
    """For each place where the page says one of the words, the letters that say it."""
    spelt: dict[tuple[int, ...], None] = {}
    for reading, places in readings("".join(letter.text for letter in letters)):
        spans = [tuple(places[mention.start : mention.end]) for mention in words.finditer(reading)]
        spelt |= dict.fromkeys(spans)
    return list(map(list, spelt))
