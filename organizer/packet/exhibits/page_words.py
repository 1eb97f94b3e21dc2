"""The letters of a page with their places, and where its words say something, however they are spelt on the paper.

Places are those of the letters themselves: pdfium counts them otherwise than Python where a letter lies beyond
U+FFFF, and it leaves hyphens at the ends of lines, blanks of no width and letters spaced apart as they are.
"""

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium

from organizer.health.vocabulary import WordFinder
from organizer.health.vocabulary.spelling import UNSPACED

Box = tuple[float, float, float, float]
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
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


def readings(text: str) -> Iterator[tuple[str, Sequence[int]]]:
    """The ways in which a page's letters may be read, each with the place of every letter of it.

    Without what is unseen, and with what a hyphen divides joined; with the hyphen left as one; with lines joined where
    their script has no blanks; and with letters that are spaced apart put together.
    """
    plain = text
    seen: Sequence[int] = range(len(text))
    if _ODD.search(text):
        seen = [place for place, letter in enumerate(text) if letter not in _UNSEEN]
        joined = list(_joined(text, seen))
        if len(joined) < len(seen):
            yield "".join(text[place] for place in joined), joined
        plain = "".join("-" if text[place] in _DIVIDING else text[place] for place in seen)
    yield plain, seen
    if _UNSPACED_LINES.search(plain):
        whole = [at for at in range(len(plain)) if plain[at] not in "\r\n"]
        yield "".join(plain[at] for at in whole), [seen[at] for at in whole]
    for match in _SPACED.finditer(plain):
        letters = [at for at in range(*match.span()) if plain[at].isalnum()]
        for word in _spaced_words(letters):
            places = [seen[at] for at in word]
            yield "".join(text[place] for place in places), places


def _spaced_words(letters: Sequence[int]) -> Iterator[Sequence[int]]:
    """The words that letters spaced apart may spell, by their places: all of them, the parts between wider blanks, and
    what is left without the first ones, which may be initials before the word."""
    yield letters
    narrowest = min(after - before for before, after in pairwise(letters))
    ends = [place + 1 for place, (before, after) in enumerate(pairwise(letters)) if after - before > narrowest]
    for first, end in pairwise([0, *ends, len(letters)]):
        yield letters[first:end]
    for first in range(1, min(len(letters), _LONGEST_SPACED)):
        yield letters[first:]


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
    letters = []
    left, right, bottom, top = (ctypes.c_double() for _edge in range(4))
    loose, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    for number in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, number)
        letter = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        box: Box = (0.0, 0.0, 0.0, 0.0)
        if pdfium.FPDFText_GetCharBox(text, number, left, right, bottom, top):
            box = (left.value, bottom.value, right.value, top.value)
        room = box
        if pdfium.FPDFText_GetLooseCharBox(text, number, loose):
            room = (loose.left, loose.bottom, loose.right, loose.top)
        turn = _turn(matrix) if pdfium.FPDFText_GetMatrix(text, number, matrix) else 0
        room = _around(box, room)
        letters.append(Letter(letter, room if _is_unseen(text, number) else box, room, turn))
    return letters


def _is_unseen(text: pypdfium2.PdfTextPage, number: int) -> bool:
    """Whether a letter only lies over a picture of itself, whose ink may be anywhere in its line's room."""
    drawn = pdfium.FPDFText_GetTextObject(text, number)
    return bool(drawn) and pdfium.FPDFTextObj_GetTextRenderMode(drawn) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE


def _around(box: Box, room: Box) -> Box:
    return min(box[0], room[0]), min(box[1], room[1]), max(box[2], room[2]), max(box[3], room[3])


def _turn(matrix: "pdfium.FS_MATRIX") -> int:
    """The quarter turn nearest to the direction in which letters follow each other."""
    if abs(matrix.a) >= abs(matrix.b):
        return 0 if matrix.a >= 0 else 180
    return 90 if matrix.b > 0 else 270


def hits(letters: Sequence[Letter], words: WordFinder) -> list[list[int]]:
    """For each place where the page says one of the words, the letters that say it."""
    found: dict[tuple[int, ...], None] = {}
    for reading, places in readings("".join(letter.text for letter in letters)):
        for mention in words.finditer(reading):
            found[tuple(places[mention.start : mention.end])] = None
    return [list(places) for places in found]
