"""Names in the margins of exhibit pages, written straight into the page with fonts that the whole packet shares."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from organizer.base import figures
from organizer.base.i18n import _
from organizer.packet.exhibits.margins import EDGE, SIZE, Strip, upright
from organizer.packet.exhibits.source import contents_of
from organizer.packet.page import scripts as letters
from organizer.packet.page import style
from organizer.packet.page.typesetting import plain

GROUND = (5.0, 4.0)  # white around a stamp: at its sides, above and below
HIGHLIGHT = (1.0, 0.93, 0.62)  # a text marker's yellow, multiplied: what it lies on stays readable, in grey too
MOST_CITED = 8


@dataclass(frozen=True, slots=True)
class Citing:
    """A place of the front pages that cites an exhibit page: front page from 1, points from its bottom."""

    page: int
    top: float


@dataclass(frozen=True, slots=True)
class PageStamp:
    """What is written on one exhibit page, and what leads back from it."""

    above: str
    below: str
    cited: tuple[Citing, ...]
    highlighted: bool

    @property
    def back(self) -> tuple[str, ...]:
        """The pieces of the line at the upper left; every second one is a page number that leads back."""
        if not self.cited:
            return ()
        shown = self.cited[:MOST_CITED]
        lead = _("Highlight added. Cited on p ") if self.highlighted else _("Cited on p ")
        pieces = [lead]
        for number, citing in enumerate(shown):
            pieces += [str(citing.page), ", " if number < len(shown) - 1 else ""]
        return tuple(pieces[:-1]) + ((" …",) if len(self.cited) > MOST_CITED else ())


class Stamper:
    """Knows how each text is written with the packet's own fonts."""

    def __init__(self, packet: Pdf, texts: Iterable[str]) -> None:
        self._packet = packet
        self._written: dict[str, bytes] = {}
        self._fonts: dict[Name, Any] = {}
        self._openings: dict[str, pikepdf.Stream] = {}
        self._state = packet.make_indirect(Dictionary(Type=Name.ExtGState, BM=Name.Multiply))
        self._write(sorted(set(chain.from_iterable(_pieces(plain(text)) for text in texts))))

    def _write(self, texts: Sequence[str]) -> None:
        """Let reportlab write all pieces on one sheet, and take the sheet's fonts and strings over."""
        if not texts:
            return
        style.register_fonts()
        paper = io.BytesIO()
        canvas = Canvas(paper, pageCompression=0, invariant=1)
        parts = [len(letters.stretches(text, style.MEDIUM, SIZE)) for text in texts]
        for text in texts:
            letters.write(canvas, 0, 0, text, style.MEDIUM, SIZE)
        canvas.save()
        with Pdf.open(paper) as sheet:
            groups = iter(self._groups(sheet.pages[0]))
            for text, count in zip(texts, parts, strict=True):
                own = list(islice(groups, count))
                if _is_plain(text):
                    self._written[text] = b"".join(
                        pikepdf.unparse_content_stream(
                            [instruction for instruction in group if str(instruction[1]) != "Tm"]
                        )
                        for group in own
                    )
                else:
                    self._written[text] = b"\n".join(
                        b"BT " + pikepdf.unparse_content_stream(group) + b" ET" for group in own
                    )

    def _groups(self, sheet: pikepdf.Page) -> list[list[Any]]:
        """The operators of each text object of a sheet, with its fonts under names that no page has."""
        fonts: Any = sheet.obj["/Resources"]["/Font"]
        written: list[list[Any]] = []
        group: list[Any] = []
        used: set[str] = set()
        font = ""
        for instruction in pikepdf.parse_content_stream(sheet, "Tf Tj TJ Tm Ts ET"):
            operator = str(instruction.operator)
            if operator == "Tf":
                font = str(instruction.operands[0])
                group.append(([Name("/Casebook" + font[1:]), SIZE], instruction.operator))
            elif operator != "ET":
                group.append((instruction.operands, instruction.operator))
                used.update([font] if operator in ("Tj", "TJ") else [])
            else:
                if len(group) > 1:  # reportlab begins each page with an empty text object
                    written.append(group)
                group = []
        self._fonts = {Name("/Casebook" + text[1:]): self._packet.copy_foreign(fonts[text]) for text in sorted(used)}
        return written

    def stamp(
        self, page: pikepdf.Page, strip: Strip, stamp: PageStamp, boxes: Sequence[Sequence[float]], role: str = ""
    ) -> None:
        """Write a page's stamps; the page's own content is wrapped and left as it is (PDF 32000-1, 8.4.2).

        With a `role` that content is marked as the one element of the page, numbered 0.
        """
        for name, font in self._fonts.items():
            page.add_resource(font, Name.Font, name)
        code = [b"\nEMC Q /Artifact BMC" if role else b"\nQ /Artifact BMC"]
        if boxes:
            page.add_resource(self._state, Name.ExtGState, Name("/CasebookMarker"))
            code.append(_highlights(boxes))
        turn = upright(strip)
        code.append(f"q {' '.join(map(figures.plain, turn))} cm".encode())
        height = strip.seen[1]
        code.append(self._text(stamp.above, strip.right_of(stamp_width(stamp.above)), height - strip.above, style.TEXT))
        code.append(self._text(stamp.below, EDGE, strip.below, style.TEXT))
        spots = []
        x = EDGE
        for number, piece in enumerate(stamp.back):
            wide = stamp_width(piece)
            code.append(self._text(piece, x, height - strip.above, style.ACCENT, ground=number == 0))
            if number % 2:
                spots.append((x, height - strip.above - 3, x + wide, height - strip.above + SIZE))
            x += wide
        code.append(b"Q EMC")
        after = self._packet.make_stream(b"\n".join(code))
        page.obj["/Contents"] = Array([self._before(role), *contents_of(page), after])
        for citing, spot in zip(stamp.cited, spots, strict=False):
            add_link(self._packet, page, _turned(turn, spot), self._packet.pages[citing.page - 1], citing.top)

    def _before(self, role: str) -> pikepdf.Stream:
        """What comes before a page's own content: the same stream on all pages of a role."""
        if role not in self._openings:
            mark = f"q /{role} <</MCID 0>> BDC\n" if role else "q\n"
            self._openings[role] = self._packet.make_stream(mark.encode())
        return self._openings[role]

    def _text(self, text: str, x: float, y: float, colour: Color, ground: bool = True) -> bytes:
        shown = plain(text)
        if not shown:
            return b""
        lead = len(text) - len(text.lstrip(" "))
        x += stamp_width(" " * lead)
        wide = stamp_width(shown)
        white = f"1 1 1 rg {x - GROUND[0]:.2f} {y - GROUND[1]:.2f} {wide + 2 * GROUND[0]:.2f} {SIZE + 6} re f "
        red, green, blue = colour.rgb()
        tint = f"q {red:.3f} {green:.3f} {blue:.3f} rg 1 0 0 1 {x:.2f} {y:.2f} cm\n"
        code = b"\n".join(self._written[piece] for piece in _pieces(shown))
        code = b"BT " + code + b" ET" if _is_plain(shown) else code
        return ((white if ground else "") + tint).encode() + code + b" Q"


def _is_plain(text: str) -> bool:
    """Whether a text is written letter by letter in one font (letters.py): then it can be put together of pieces."""
    return text.isascii() or all(ord(letter) < 0x250 for letter in text)


def _pieces(text: str) -> list[str]:
    """A text's numbers and what stands between them: few of these make up the stamps of all pages."""
    return re.findall(r"[0-9]+|[^0-9]+", text) if _is_plain(text) else [text]


def stamp_width(text: str) -> float:
    """Points that a stamp's text takes."""
    return letters.width(text, style.MEDIUM, SIZE)


def _highlights(boxes: Sequence[Sequence[float]]) -> bytes:
    red, green, blue = HIGHLIGHT
    rects = "".join(
        f"{left - 1:.2f} {bottom - 1:.2f} {right - left + 2:.2f} {top - bottom + 2:.2f} re "
        for left, bottom, right, top in boxes
    )
    return f"q /CasebookMarker gs {red} {green} {blue} rg {rects}f Q".encode()


def _turned(matrix: Sequence[float], rect: Sequence[float]) -> tuple[float, float, float, float]:
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x, y in ((rect[0], rect[1]), (rect[2], rect[3]))]
    across, up = sorted(x for x, _y in corners), sorted(y for _x, y in corners)
    return across[0], up[0], across[1], up[1]


def add_link(
    packet: Pdf, page: pikepdf.Page, rect: Iterable[float], target: pikepdf.Page, top: float | None
) -> Dictionary:
    """A link without a frame from a page to a place of another (`top` in the target's own units), or to its top."""
    high = float(target.cropbox[3])
    there = Array([target.obj, Name.XYZ, None, high if top is None else min(high, top + 40), None])
    if int(target.obj.get("/Rotate", 0)) % 360:
        there = Array([target.obj, Name.Fit])
    link = packet.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([round(edge, 2) for edge in rect]),
            Border=Array([0, 0, 0]),
            Dest=there,
        )
    )
    if "/Annots" not in page.obj:
        page.obj["/Annots"] = Array([])
    page.obj["/Annots"].append(link)
    assert isinstance(link, Dictionary)
    return link
