"""A scan made easier to recognise: upright, large enough, its grain smoothed and its grey paper white."""

import math
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise
from typing import Any

from organizer.base import pictures
from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _
from organizer.importing.page_text.words_on_page import Word

_WIDTH = 3300  # pixels: a page of A4 at 400 dpi
_MOST_LARGER = 2.6
_SMOOTH = 1.2  # pixels at that width: wider than a sensor's grain, narrower than a pen stroke
_DARKEST, _LIGHTEST = 1, 30  # per cent of pixels that may become black and white
_STEEPEST, _STEP, _COARSELY = 120, 10, 5  # tenths of a degree: half by half, then tenth by tenth around the best
_DARK, _INK_SHARE = 128, 0.25  # shade of ink before it is made darker; of all ink that may become black
_INK, _RULE, _UNBROKEN = 170, 110, 0.93  # shade that is ink; half a rule's least length; share of it that is ink
_COARSE = 700  # pixels of the picture that the slope is looked for on
_MOST_PIXELS = 60_000_000


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A picture for recognition (`data`, PGM), and the way back to the places of the one it was made from."""

    data: bytes
    slope: float  # radians that it was turned by, against the clock
    larger: float
    centre: tuple[float, float]

    def back(self, word: Word) -> Word:
        """A word found here, with its box on the original picture."""
        across, down = self.centre
        x = (word.x0 + word.x1) / 2 / self.larger - across
        y = (word.y0 + word.y1) / 2 / self.larger - down
        wide, high = (word.x1 - word.x0) / self.larger / 2, (word.y1 - word.y0) / self.larger / 2
        sine, cosine = math.sin(self.slope), math.cos(self.slope)
        mx, my = across + x * cosine - y * sine, down + x * sine + y * cosine
        return replace(word, x0=mx - wide, y0=my - high, x1=mx + wide, y1=my + high)


def clean(data: bytes) -> CleanPicture:
    """A picture's bytes as recognition likes them. Raises UnreadableSourceError for what is no picture."""
    from PIL import Image, ImageFilter, ImageOps

    grey = _opened(data)
    degrees = _slope(grey)
    turned = grey.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=_paper(grey)) if degrees else grey
    larger = min(_MOST_LARGER, max(1.0, _WIDTH / grey.width))
    if larger > 1:
        size = (round(grey.width * larger), round(grey.height * larger))
        turned = turned.resize(size, Image.Resampling.LANCZOS)
    smooth = turned.filter(ImageFilter.GaussianBlur(_SMOOTH))
    out = BytesIO()
    # On a page with little ink a fixed share of black would blacken the grain of its paper.
    darkest = min(_DARKEST, 100 * _INK_SHARE * _share_of_ink(smooth))
    _without_rules(ImageOps.autocontrast(smooth, cutoff=(darkest, _LIGHTEST))).save(out, "PPM")
    return CleanPicture(out.getvalue(), math.radians(degrees), larger, (grey.width / 2, grey.height / 2))


def _opened(data: bytes) -> Any:
    try:
        with pictures.opened(data, _MOST_PIXELS) as opened:
            return opened.convert("L")
    except pictures.PictureError as error:
        raise UnreadableSourceError(
            _("The text on this page could not be recognised."),
            _("The page itself is kept. Try a sharper scan of it, 300 dpi and upright."),
        ) from error


def _share_of_ink(grey: Any) -> float:
    counts = grey.histogram()
    return float(sum(counts[:_DARK]) / max(1, sum(counts)))


def _paper(grey: Any) -> int:
    """The shade of most of the page."""
    counts = grey.histogram()
    return max(range(256), key=counts.__getitem__)


def _without_rules(page: Any) -> Any:
    """Lines across the page painted over: letters that touch them are recognised without."""
    from PIL import ImageFilter

    dark = page.point(lambda shade: 255 if shade < _INK else 0)
    within = dark.filter(ImageFilter.BoxBlur((_RULE, 0))).point(lambda share: 255 if share > _UNBROKEN * 255 else 0)
    if within.getbbox() is None:
        return page
    whole = within.filter(ImageFilter.BoxBlur((_RULE, 2))).point(lambda share: 255 if share else 0)
    cleared = page.copy()
    cleared.paste(255, mask=whole)
    return cleared


def _slope(grey: Any) -> float:
    """Degrees to turn it by so that its lines lie level: where the darkness of its rows differs most."""
    from PIL import Image, ImageOps

    size = (_COARSE, max(1, round(_COARSE * grey.height / grey.width)))
    small = ImageOps.invert(grey.resize(size, Image.Resampling.BOX))

    def contrast(tenths: int) -> int:
        turned = small.rotate(tenths / _STEP, resample=Image.Resampling.BILINEAR)
        rows = turned.resize((1, size[1]), Image.Resampling.BOX).tobytes()
        return sum((number - other) ** 2 for number, other in pairwise(rows))

    near = max(sorted(range(-_STEEPEST, _STEEPEST + 1, _COARSELY), key=abs), key=contrast)
    best = max(sorted(range(near - _COARSELY, near + _COARSELY + 1), key=abs), key=contrast)
    return best / _STEP
