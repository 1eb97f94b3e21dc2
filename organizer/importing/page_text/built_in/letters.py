"""The letters of lines on a picture: each line is cut out level, read by the model, and parted into words.

The model's answer is that of CTC (Graves and others, ICML 2006): a chance for each sign at each step along the line,
repeated signs standing for one unless a step without any lies between them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from organizer.importing.page_text.built_in.line_finder import TextLine
from organizer.importing.page_text.built_in.models import READ_LINES, session, signs

Array = NDArray[Any]

HIGH = 48
"""Pixels of a line's height that the model was taught with."""
_NARROW, _WIDE = 32, 3200  # pixels of a line's length
_STEPS = 16  # lengths that are read together differ by less than this
_TOGETHER = 4800  # pixels of length read at once: what takes some 100 MB
_PACE = 8  # pixels of length to a step of the answer


@dataclass(frozen=True, slots=True)
class Letter:
    """A sign, the chance that it is right (0–1), and where its centre lies along its line (0–1)."""

    sign: str
    chance: float
    place: float


def read_lines(picture: Array, lines: Sequence[TextLine], is_turned: bool = False) -> list[list[Letter]]:
    """The letters of each line, in their order; `is_turned` reads them the other way up."""
    from PIL import Image

    page = Image.fromarray(picture)
    strips = [_strip(page, line, is_turned) for line in lines]
    order = sorted(range(len(strips)), key=lambda number: strips[number].shape[1])
    answers: list[list[Letter]] = [[] for _line in lines]
    batch: list[int] = []
    for place, number in enumerate(order):
        batch.append(number)
        following = strips[order[place + 1]].shape[1] if place + 1 < len(order) else 0
        if not following or following * (len(batch) + 1) > _TOGETHER or following > strips[batch[0]].shape[1] * 1.25:
            for known, letters in zip(batch, _answers([strips[number] for number in batch]), strict=True):
                answers[known] = letters
            batch = []
    return answers


def _strip(page: Any, line: TextLine, is_turned: bool) -> Array:
    """A line cut out level, as high as the model wants it."""
    from PIL import Image

    wide = min(_WIDE, max(_NARROW, round(HIGH * line.length / max(line.height, 1.0))))
    angle = line.angle + (math.pi if is_turned else 0.0)
    # First at its own size, so that shrinking it looks at all of its pixels.
    own = (max(1, round(line.length)), max(1, round(line.height)))
    cosine, sine = math.cos(angle), math.sin(angle)
    left = line.x - line.length / 2 * cosine + line.height / 2 * sine
    top = line.y - line.length / 2 * sine - line.height / 2 * cosine
    across, down = line.length / own[0], line.height / own[1]
    steps = (cosine * across, -sine * down, left, sine * across, cosine * down, top)
    cut = page.transform(own, Image.Transform.AFFINE, steps, resample=Image.Resampling.BICUBIC, fillcolor=(255,) * 3)
    strip = np.asarray(cut.resize((wide, HIGH), Image.Resampling.BICUBIC), np.float32)
    return strip / 127.5 - 1.0


def _answers(strips: Sequence[Array]) -> list[list[Letter]]:
    widest = max(max(strip.shape[1] for strip in strips), _NARROW)
    widest = math.ceil(widest / _STEPS) * _STEPS
    given = np.zeros((len(strips), 3, HIGH, widest), np.float32)
    for number, strip in enumerate(strips):
        given[number, :, :, : strip.shape[1]] = strip[:, :, ::-1].transpose(2, 0, 1)
    chances = session(READ_LINES).run(None, {"x": given})[0]
    columns, known = signs()
    readable = chances[:, :, columns]
    best = readable.argmax(2)
    sure = np.take_along_axis(readable, best[:, :, None], 2)[:, :, 0]
    pace = widest / chances.shape[1]
    return [_letters(best[number], sure[number], pace / strip.shape[1], known) for number, strip in enumerate(strips)]


def _letters(best: Array, sure: Array, step: float, known: Sequence[str]) -> list[Letter]:
    letters: list[Letter] = []
    before = 0
    for place, (number, chance) in enumerate(zip(best.tolist(), sure.tolist(), strict=True)):
        if number and number != before:
            letters.append(Letter(known[number], chance, min(1.0, (place + 0.5) * step)))
        before = number
    return letters
