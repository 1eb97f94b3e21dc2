"""Pictures from elsewhere, opened where they are no trap: the only place that hands foreign bytes to Pillow.

It is called in the process that reads foreign files (`apart`); a decoder that is led to harm does it there.
"""

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 170_000_000
"""Of a picture that is opened at all: Pillow takes twice its own limit (89 million) for a trap and opens it no more."""
MOST_OF_A_JPEG = 400_000_000
"""Of one that isn't progressive: whoever wants fewer pixels (`draft`) gets them decoded at an eighth of its size."""
_JPEG = b"\xff\xd8\xff"
_ORIENTATION, _ON_ITS_SIDE = 0x0112, range(5, 9)  # EXIF 2.32: the tag of the camera's turn, a quarter of it
_BY_PARTS = "TIFF"  # a fax has a picture for each page; those of a moving picture are one


class PictureError(ValueError):
    """A picture that can't be used: `is_too_large`, or damaged."""

    def __init__(self, is_too_large: bool = False) -> None:
        super().__init__("too large" if is_too_large else "damaged")
        self.is_too_large = is_too_large


@contextmanager
def opened(data: bytes, most_pixels: int | None = None) -> Iterator["Image"]:
    """The picture, not decoded yet; what its decoder complains of within the block is told as damage.

    `most_pixels` None means MOST_PIXELS, of a JPEG more. Raises PictureError.
    """
    from PIL import Image, UnidentifiedImageError

    broken = (UnidentifiedImageError, OSError, EOFError, ValueError, TypeError, SyntaxError, LookupError, struct.error)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its size is judged here, and odd notes of a camera spoil no picture
            with _known(data) as picture:
                _refuse_larger(picture, most_pixels or _most_of(picture))
                yield picture
    except PictureError:
        raise
    except Image.DecompressionBombError as error:
        raise PictureError(is_too_large=True) from error
    except (*broken, ZeroDivisionError, OverflowError, AttributeError) as error:
        raise PictureError from error


def _known(data: bytes) -> "Image":
    """The picture by its own reader: Pillow's common way in refuses a telephone's panorama, which is no trap, and knows
    no photographs as iPhones keep them (HEIF), whose reader brings libraries."""
    from PIL import Image
    from PIL.JpegImagePlugin import JpegImageFile

    if data[:3] == _JPEG:
        return JpegImageFile(BytesIO(data))
    if data[4:8] == b"ftyp":
        from pi_heif import register_heif_opener

        register_heif_opener(thumbnails=False)
    return Image.open(BytesIO(data))


def _most_of(picture: "Image") -> int:
    is_decoded_smaller = picture.format == "JPEG" and "progressive" not in picture.info
    return MOST_OF_A_JPEG if is_decoded_smaller else MOST_PIXELS


def smaller(picture: "Image", longest: int) -> "Image":
    """The open page with at most so many pixels a side, by a whole number of them first: a copy of all would fill the
    memory twice. A JPEG is decoded so."""
    picture.draft("RGB", (longest, longest))
    times = max(picture.size) // longest
    page = picture.reduce(times) if times > 1 else picture
    page.thumbnail((longest, longest))
    return page


def page_count(picture: "Image") -> int:
    """How many pages a fax has; 1 for any other picture."""
    return int(getattr(picture, "n_frames", 1)) if picture.format == _BY_PARTS else 1


def turn_to(picture: "Image", number: int, most_pixels: int = MOST_PIXELS) -> None:
    """Go to a page (from 0) of an open picture. Raises PictureError where that one is larger than it may be."""
    if number:
        picture.seek(number)
        _refuse_larger(picture, most_pixels)


def upright_size(picture: "Image") -> tuple[int, int]:
    """Width and height of the open page as its camera meant it to be seen, without decoding it."""
    turned = picture.getexif().get(_ORIENTATION, 1) in _ON_ITS_SIDE
    return (picture.height, picture.width) if turned else (picture.width, picture.height)


def upright(picture: "Image") -> "Image":
    """The open page as its camera meant it to be seen."""
    from PIL import ImageOps

    picture.load()
    ImageOps.exif_transpose(picture, in_place=True)
    return picture


def on_white(picture: "Image") -> "Image":
    """In red, green and blue: what can be seen through lies on white, as on paper."""
    from PIL import Image

    if "A" not in picture.getbands() and "transparency" not in picture.info:
        seen: Image.Image = _lighter(picture).convert("RGB")
        return seen
    through = picture.convert("RGBA")
    paper = Image.new("RGB", through.size, "white")
    paper.paste(through, mask=through.getchannel("A"))
    return paper


def _lighter(picture: Any) -> Any:
    """Sixteen bits of grey as eight: Pillow would cut them off at the lightest of 256 shades."""
    return picture.point(lambda shade: shade / 256, "L") if picture.mode.startswith("I;16") else picture


def _refuse_larger(picture: "Image", most_pixels: int) -> None:
    if picture.width * picture.height > most_pixels:
        raise PictureError(is_too_large=True)
