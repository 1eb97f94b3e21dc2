"""Lines of text on a picture: the model's map of where text is, its patches, and a turned rectangle around each.

The way from map to rectangles is that of “Real-time Scene Text Detection with Differentiable Binarization” (Liao and
others, AAAI 2020, arXiv:1911.08947): patches above a threshold, kept where the model is sure on the whole, widened by
their area over their outline. Rectangles of short words follow the slope of the longer lines around them.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from organizer.importing.page_text.built_in.models import FIND_LINES, session

Array = NDArray[Any]

_IS_TEXT, _SURE = 0.3, 0.5  # chance of a pixel, and of a patch on the whole (the model's published settings)
_WIDEN = 1.6  # times area over outline (the same)
_STEP = 32  # pixels: the model halves a picture five times
_LEAST, _LEAST_AREA = 3, 12  # pixels of the map: what is thinner or smaller is a rule or a speck
_MOST = 3000  # lines of one page
_MOST_LARGER = 2.0  # times that a small picture is enlarged
_LONG = 5.0  # times its height: a line whose own slope can be trusted


@dataclass(frozen=True, slots=True)
class TextLine:
    """A rectangle on a picture, in its pixels: centre, length along the text, height, and the angle that it falls by.

    `angle` is in radians, clockwise as seen, since y grows downwards; 0 for a level line, ±π/2 for one that stands.
    """

    x: float
    y: float
    length: float
    height: float
    angle: float

    def turned(self, quarters: int, width: int, height: int) -> "TextLine":
        """The same line after its picture (of that size) was turned against the clock by so many quarters."""
        x, y, angle = self.x, self.y, self.angle
        for _quarter in range(quarters % 4):
            x, y, angle = y, width - x, angle - math.pi / 2
            width, height = height, width
        angle = (angle + math.pi / 2) % math.pi - math.pi / 2
        if abs(angle) > math.pi / 4 and self.length < _STANDS * self.height:
            return TextLine(x, y, self.height, self.length, angle - math.copysign(math.pi / 2, angle))
        return TextLine(x, y, self.length, self.height, angle)


_STANDS = 2.0
"""Times its length that a word is high where it stands on its side: a single letter says nothing."""


def lines_on(picture: Array, longest: int) -> list[TextLine]:
    """The lines of a picture (height × width × 3, of bytes), looked for at `longest` pixels of its longer side."""
    from PIL import Image

    height, width = picture.shape[:2]
    scale = min(_MOST_LARGER, longest / max(height, width))
    size = (_sized(width * scale), _sized(height * scale))
    small = Image.fromarray(picture).resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    given = (np.asarray(small, np.float32) / 127.5 - 1.0)[:, :, ::-1].transpose(2, 0, 1)[None]
    chances = session(FIND_LINES).run(None, {"x": np.ascontiguousarray(given)})[0][0, 0]
    unit = np.array([width / size[0], height / size[1]])
    outlines = []
    for ys, starts, ends in _patches(chances > _IS_TEXT):
        if _is_line(ys, starts, ends, chances):
            outlines.append(_outline(ys, starts, ends) * unit)
    return _with_slopes(outlines[:_MOST], _LEAST * float(unit[1]))


def _sized(pixels: float) -> int:
    return max(_STEP, round(pixels / _STEP) * _STEP)


def _patches(mask: Array) -> Iterator[tuple[Array, Array, Array]]:
    """Connected patches of a mask as runs: their row, first and (excluded) last column."""
    padded = np.zeros((mask.shape[0], mask.shape[1] + 2), np.int8)
    padded[:, 1:-1] = mask
    edges = np.diff(padded, axis=1)
    ys, starts = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[1]
    if not len(ys):
        return
    patches = _joined(ys, starts, ends, mask.shape[1])
    order = np.argsort(patches, kind="stable")
    for members in np.split(order, np.flatnonzero(np.diff(patches[order])) + 1):
        yield ys[members], starts[members], ends[members]


def _joined(ys: Array, starts: Array, ends: Array, width: int) -> Array:
    """For each run the number of the first run of its patch: runs that touch in neighbouring rows are joined."""
    # Runs are in order of rows and columns, so that a place on the whole picture is one number.
    row = width + 2
    firsts, lasts = ys * row + starts, ys * row + ends
    begins = np.searchsorted(lasts, firsts - row, side="left").tolist()
    stops = np.searchsorted(firsts, lasts - row, side="right").tolist()
    parents = list(range(len(ys)))

    def root(run: int) -> int:
        while parents[run] != run:
            parents[run] = parents[parents[run]]
            run = parents[run]
        return run

    for run, (begin, stop) in enumerate(zip(begins, stops, strict=True)):
        for above in range(begin, stop):
            number, other = root(run), root(above)
            parents[max(number, other)] = min(number, other)
    return np.array([root(run) for run in range(len(ys))])


def _is_line(ys: Array, starts: Array, ends: Array, chances: Array) -> bool:
    area = int((ends - starts).sum())
    if area < _LEAST_AREA:
        return False
    rows = zip(ys.tolist(), starts.tolist(), ends.tolist(), strict=True)
    total = sum(float(chances[y, first:last].sum()) for y, first, last in rows)
    return total >= _SURE * area


def _outline(ys: Array, starts: Array, ends: Array) -> Array:
    """The convex outline of a patch, from both ends of each of its runs (Andrew's monotone chain)."""
    xs = np.concatenate([starts, ends, starts, ends])
    downs = np.concatenate([ys, ys, ys + 1, ys + 1])
    points = np.unique(np.stack([xs, downs], axis=1), axis=0).tolist()
    return np.array(_chain(points) + _chain(points[::-1]), float)


def _chain(points: Sequence[list[int]]) -> list[list[int]]:
    made: list[list[int]] = []
    for x, y in points:
        while len(made) > 1 and _turns_in(made[-2], made[-1], x, y):
            made.pop()
        made.append([x, y])
    return made[:-1]


def _turns_in(before: list[int], last: list[int], x: int, y: int) -> bool:
    return (last[0] - before[0]) * (y - before[1]) <= (last[1] - before[1]) * (x - before[0])


def _with_slopes(outlines: Sequence[Array], thinnest: float) -> list[TextLine]:
    """A rectangle around each outline: the smallest for long ones, whose slopes the short ones around them follow."""
    smallest = [_smallest(outline) for outline in outlines]
    slope = _slopes([line for line in smallest if line.length > _LONG * line.height])
    lines = []
    for outline, line in zip(outlines, smallest, strict=True):
        short = line.length <= _LONG * line.height
        straightened = _around(outline, slope(line)) if short else line
        if straightened.height >= thinnest:
            lines.append(_widened(straightened))
    return lines


def _smallest(outline: Array) -> TextLine:
    """The smallest rectangle around an outline: one of its sides lies on one of the outline's."""
    edges = np.diff(np.concatenate([outline, outline[:1]]), axis=0)
    angles = np.unique(np.round(np.arctan2(edges[:, 1], edges[:, 0]) % (math.pi / 2), 3))
    along = outline @ np.stack([np.cos(angles), np.sin(angles)])
    aside = outline @ np.stack([-np.sin(angles), np.cos(angles)])
    areas = np.ptp(along, axis=0) * np.ptp(aside, axis=0)
    angle = float(angles[int(np.argmin(areas))])
    return _around(outline, angle - math.pi / 2 if angle > math.pi / 4 else angle)


def _around(outline: Array, angle: float) -> TextLine:
    """The rectangle around an outline at that angle; standing on its side where it is far higher than long."""
    cosine, sine = math.cos(angle), math.sin(angle)
    along, aside = outline @ (cosine, sine), outline @ (-sine, cosine)
    middle, level = (along.max() + along.min()) / 2, (aside.max() + aside.min()) / 2
    x, y = float(middle * cosine - level * sine), float(middle * sine + level * cosine)
    length, height = float(np.ptp(along)), float(np.ptp(aside))
    if height > _STANDS * length:
        return TextLine(x, y, height, length, angle - math.copysign(math.pi / 2, angle))
    return TextLine(x, y, length, height, angle)


def _slopes(long: Sequence[TextLine]) -> Any:
    """The angle of the lines around a place: that of the nearest long ones that lie (or stand) as it does."""
    places = np.array([[line.x, line.y, line.angle, line.length] for line in long]).reshape(-1, 4)

    def around(line: TextLine) -> float:
        alike = places[np.abs(np.abs(places[:, 2]) - abs(line.angle)) < math.pi / 4]
        if not len(alike):
            return line.angle
        far = np.abs(alike[:, 1] - line.y) + 0.3 * np.abs(alike[:, 0] - line.x)
        near = alike[np.argsort(far)[:_NEIGHBOURS]]
        angle = float(np.median(near[:, 2]))
        return angle if abs(angle) <= math.pi / 4 else angle - math.copysign(math.pi / 2, angle)

    return around


_NEIGHBOURS = 7


def _widened(line: TextLine) -> TextLine:
    more = _WIDEN * line.length * line.height / (line.length + line.height)
    return replace(line, length=line.length + more, height=line.height + more)
