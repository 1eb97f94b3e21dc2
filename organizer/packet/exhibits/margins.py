"""Where on a page there is room for a stamp: its upper and lower margin, or a strip that is added to it."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Array

STAMP_HEIGHT = 20.0  # points that a line of stamps needs
NEAR = 36.0  # the nearest that an untouched margin may end to the edge
SIZE = 10.0  # points of a stamp's letters
EDGE = 24.0  # points from the sides
ABOVE, BELOW = 26.0, 16.0  # the stamps' baselines, from the upper and the lower edge

Rect = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PageNeeds:
    """What an exhibit page needs: points to add above and below it, as it is seen, so that stamps cover nothing (0 or
    STAMP_HEIGHT each), and whether it has words that can be read aloud.
    """

    above: float = 0.0
    below: float = 0.0
    has_text: bool = True


@dataclass(frozen=True, slots=True)
class Strip:
    """A page as it is seen, with room for stamps: its size, its turn, its box, and the two baselines."""

    seen: tuple[float, float]
    turned: int
    box: Rect
    above: float
    below: float

    def right_of(self, width: float) -> float:
        """Where a text of that width begins so that it ends at the right margin."""
        return self.seen[0] - EDGE - width


def upright(strip: Strip) -> tuple[float, float, float, float, float, float]:
    """The matrix from the page as it is seen to the page as it is stored (PDF 32000-1, 8.3.4 and /Rotate)."""
    left, bottom, right, top = strip.box
    matrices = {
        0: (1.0, 0.0, 0.0, 1.0, left, bottom),
        90: (0.0, 1.0, -1.0, 0.0, right, bottom),
        180: (-1.0, 0.0, 0.0, -1.0, right, top),
        270: (0.0, -1.0, 1.0, 0.0, left, top),
    }
    return matrices.get(strip.turned, matrices[0])


def widened(page: pikepdf.Page, needs: PageNeeds) -> Strip:
    """Give a page the room it needs, in place: its own content keeps its place and its size."""
    turned = int(page.obj.get("/Rotate", 0)) % 360
    left, bottom, right, top = (float(edge) for edge in page.cropbox)
    above, below = needs.above, needs.below
    grown = {
        0: (left, bottom - below, right, top + above),
        90: (left - above, bottom, right + below, top),
        180: (left, bottom - above, right, top + below),
        270: (left - below, bottom, right + above, top),
    }.get(turned, (left, bottom, right, top))
    if above or below:
        page.obj["/CropBox"] = Array(grown)
        old = [float(edge) for edge in page.mediabox]
        outer = [min(old[0], grown[0]), min(old[1], grown[1]), max(old[2], grown[2]), max(old[3], grown[3])]
        page.obj["/MediaBox"] = Array(outer)
    width, height = grown[2] - grown[0], grown[3] - grown[1]
    seen = (height, width) if turned in (90, 270) else (width, height)
    return Strip(seen, turned, grown, STAMP_HEIGHT - 6 if above else ABOVE, 6.0 if below else BELOW)


def needs_of(page: pypdfium2.PdfPage, has_text: bool) -> PageNeeds:
    """What a page needs, by the outlines of what it draws; a ground over all of it is no content."""
    left, bottom, right, top = page.get_cropbox()
    turned = page.get_rotation()
    up, down = False, False
    for rect in _drawn(page):
        seen = _seen(rect, turned, (left, bottom, right, top))
        height = (right - left) if turned in (90, 270) else (top - bottom)
        up = up or (seen[3] > height - NEAR and seen[1] < height)
        down = down or (seen[1] < BELOW + SIZE + 4 and seen[3] > 0)
        if up and down:
            break
    return PageNeeds(STAMP_HEIGHT if up else 0.0, STAMP_HEIGHT if down else 0.0, has_text)


def _seen(rect: Rect, turned: int, box: Rect) -> Rect:
    """A rectangle of the stored page as it lies on the page that is seen, from its lower left corner."""
    left, bottom, right, top = box
    x0, y0, x1, y1 = rect
    return {
        90: (y0 - bottom, right - x1, y1 - bottom, right - x0),
        180: (right - x1, top - y1, right - x0, top - y0),
        270: (top - y1, x0 - left, top - y0, x1 - left),
    }.get(turned, (x0 - left, y0 - bottom, x1 - left, y1 - bottom))


def _drawn(page: pypdfium2.PdfPage) -> Iterator[Rect]:
    """The outlines of what a page draws, asked of pdfium itself: wrappers around its objects take ten times as long."""
    whole = page.get_cropbox()
    least = 0.9 * (whole[2] - whole[0]) * (whole[3] - whole[1])
    left, bottom, right, top = (ctypes.c_float() for _edge in range(4))
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        drawn = pdfium.FPDFPage_GetObject(page, number)
        if not pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
            continue
        rect = (left.value, bottom.value, right.value, top.value)
        is_large = (rect[2] - rect[0]) * (rect[3] - rect[1]) >= least
        if is_large and pdfium.FPDFPageObj_GetType(drawn) == pdfium.FPDF_PAGEOBJ_PATH:
            continue  # as large as the page: paper, not content, whatever its colour; what lies on it is looked at
        yield rect
