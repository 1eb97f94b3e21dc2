"""Pages photographed as people do: on a table from aside, in a shadow, curled, tilted, on their side, in bad light.

Each kind is drawn from the page alone, by a seeded chance; nothing of it is known to what reads the pictures.
"""

import io
from collections.abc import Callable
from random import Random

import numpy as np
from PIL import Image, ImageFilter

from tests.benchmarks.lab_reports.reading import picture_of

Photo = Image.Image
_SIDE = 2000  # pixels of the longer side of a photographed page
_TABLE = (92, 74, 58)


def on_a_table(page: Photo, random: Random) -> Photo:
    """Seen from aside: the far edge is shorter, the page lies turned on a brown table."""
    wide, high = page.size
    margin = int(0.08 * wide)
    canvas = Image.new("RGB", (wide + 2 * margin, high + 2 * margin), _TABLE)
    canvas.paste(page, (margin, margin))
    lean = random.uniform(0.03, 0.09)
    side = random.uniform(-0.04, 0.04)
    corners = [
        (-lean * canvas.width, -side * canvas.height),
        (-side * canvas.width, (1 + side) * canvas.height),
        ((1 + side) * canvas.width, canvas.height),
        ((1 + lean) * canvas.width, 0.0),
    ]
    flat = [number for corner in corners for number in corner]
    seen = canvas.transform(canvas.size, Image.Transform.QUAD, flat, Image.Resampling.BICUBIC, fillcolor=_TABLE)
    return shaded(seen, random)


def shaded(page: Photo, random: Random) -> Photo:
    """The shadow of a hand over a part, and light that falls off to one side."""
    wide, high = page.size
    y, x = np.mgrid[0:high, 0:wide]
    angle = random.uniform(0, 6.28)
    edge = (x / wide - 0.5) * np.cos(angle) + (y / high - 0.5) * np.sin(angle)
    light = 1 - 0.42 / (1 + np.exp(-25 * (edge - random.uniform(-0.2, 0.2)))) - 0.15 * (x / wide)
    return Image.fromarray((np.asarray(page, float) * light[..., None]).clip(0, 255).astype(np.uint8))


def curled(page: Photo, random: Random) -> Photo:
    """A page that doesn't lie flat: its lines bend."""
    pixels = np.asarray(page)
    high, wide = pixels.shape[:2]
    bend = random.uniform(0.008, 0.016) * high
    x = np.arange(wide)
    shift = bend * np.sin(np.pi * (x / wide) + random.uniform(-0.5, 0.5))
    rows = (np.arange(high)[:, None] + shift[None]).clip(0, high - 1).astype(int)
    light = 0.82 + 0.18 * np.cos(np.pi * (x / wide) * 1.3)
    bent = pixels[rows, x[None]] * light[None, :, None]
    return Image.fromarray(bent.clip(0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.5))


def tilted(page: Photo, random: Random) -> Photo:
    """Held askew by 4° to 10°."""
    degrees = random.choice([-1, 1]) * random.uniform(4, 10)
    return page.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=_TABLE)


def on_its_side(page: Photo, random: Random) -> Photo:
    """Sideways or upside down, and a little askew."""
    quarter = random.choice([Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270])
    askew = page.rotate(random.uniform(-2, 2), Image.Resampling.BICUBIC, fillcolor=(240, 240, 238))
    return askew.transpose(quarter)


def in_bad_light(page: Photo, random: Random) -> Photo:
    """A lamp's glare on glossy paper, few pixels, a shaking hand, the grain of the dark."""
    small = page.resize((round(page.width * 0.72), round(page.height * 0.72)), Image.Resampling.LANCZOS)
    pixels = np.asarray(small, float) * 0.62 + 20
    high, wide = pixels.shape[:2]
    y, x = np.mgrid[0:high, 0:wide]
    far = ((x - random.uniform(0.2, 0.8) * wide) / (0.16 * wide)) ** 2
    far = far + ((y - random.uniform(0.2, 0.8) * high) / (0.10 * high)) ** 2
    grain = np.random.default_rng(random.randrange(10**6)).normal(0, 9, (high, wide, 1))
    lit = pixels + 150 * np.exp(-far)[..., None] + grain
    return Image.fromarray(lit.clip(0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.7))


KINDS: dict[str, Callable[[Photo, Random], Photo]] = {
    "on a table": on_a_table,
    "in a shadow": shaded,
    "curled": curled,
    "tilted": tilted,
    "on its side": on_its_side,
    "bad light": in_bad_light,
}


def photograph(pdf: bytes, number: int, kind: str, random: Random) -> tuple[Photo, bytes]:
    """A page of a PDF as it was photographed, and as the JPEG that a phone keeps."""
    page = picture_of(pdf, number, _SIDE).convert("RGB")
    photo = KINDS[kind](page, random)
    kept = io.BytesIO()
    photo.save(kept, "JPEG", quality=random.randint(60, 85))
    return photo, kept.getvalue()
