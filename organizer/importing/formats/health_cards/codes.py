"""From QR codes to signed words: the digits of one code, or of several numbered ones; codes on pictures.

spec.smarthealth.cards, “Encoding chunks as QR codes”.
"""

import re
from collections.abc import Sequence
from itertools import chain
from typing import Any

from organizer.base import pictures
from organizer.base.apart.ask import TooMuchError, ask
from organizer.base.i18n import _
from organizer.base.progress import Progress

CHUNK = re.compile(r"shc:/(?:(\d{1,3})/(\d{1,3})/)?(\d+)")
MOST_PIXELS = 80_000_000
MOST_PAGES = 4
FEWEST_SQUARES = 40


class BadCardError(ValueError):
    """One card that can't be read; its text says why, as the end of a sentence."""


def total_of(text: str) -> int:
    """Of how many parts a card is whose QR code says this; 0 where the code stands alone or isn't a card's."""
    match = CHUNK.fullmatch(text)
    return int(match[2]) if match and match[2] else 0


def is_part(text: str) -> bool:
    """True for the text of a QR code that holds only a part of a card."""
    return total_of(text) > 0


def word_of(texts: Sequence[str]) -> str:
    """The signed word of a code's text, or of all parts of one in any order: two digits, plus 45, are a sign.

    Raises BadCardError naming what is missing or wrong.
    """
    matches = [CHUNK.fullmatch(text) for text in texts]
    if not all(matches):
        raise BadCardError(_("the text of its QR code doesn’t begin with “shc:/” and go on with digits."))
    parts = [(int(match[1] or 1), int(match[2] or 1), match[3]) for match in matches if match]
    total = parts[0][1]
    numbers = sorted({number for number, _total, _digits in parts})
    wrong = next((number for number in numbers if not 1 <= number <= total), None)
    if wrong is not None or any(number != total for _number, number, _digits in parts):
        words = _("its QR code calls itself part {part} of {total}, which can’t be.")
        raise BadCardError(words.format(part=wrong if wrong is not None else numbers[-1], total=total))
    if len(numbers) < total:
        words = _("only part {parts} of {total} is here; all parts are needed.")
        raise BadCardError(words.format(parts=", ".join(map(str, numbers)), total=total))
    digits = {number: digits for number, _total, digits in parts}
    return _signs("".join(digits[number] for number in numbers))


def _signs(digits: str) -> str:
    pairs = [int(digits[start : start + 2]) for start in range(0, len(digits), 2)]
    if len(digits) % 2 or any(pair > 77 for pair in pairs):  # 77 + 45 = "z", the last sign that a word can have
        raise BadCardError(_("the digits of its QR code are damaged."))
    return "".join(chr(pair + 45) for pair in pairs)


def codes_of(data: bytes, media_type: str) -> list[str]:
    """The texts of the codes of health cards and medication plans on a picture or a short PDF; a damaged file gives
    none, and one that asks for too much time or memory neither."""
    if media_type != "application/pdf" and not media_type.startswith("image/"):
        return []
    try:
        return [str(code) for code in ask(codes_here, data, media_type).content]
    except TooMuchError:
        return []


def codes_here(data: bytes, media_type: str, _progress: Progress) -> list[str]:
    """The same, read in this process."""
    if media_type == "application/pdf":
        return _on_pages(data)
    return _on_picture(data) if media_type.startswith("image/") else []


def _on_picture(data: bytes) -> list[str]:
    try:
        with pictures.opened(data, MOST_PIXELS) as picture:
            return _codes(picture.convert("L"))
    except pictures.PictureError:
        return []


def _on_pages(data: bytes) -> list[str]:
    """Certificates have a page or two; a longer document isn't one, and drawing all of it would take long."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return []
    try:
        pages = [document[number] for number in range(len(document))] if len(document) <= MOST_PAGES else []
        drawn = (page.render(scale=_scale(page), grayscale=True) for page in pages if _may_hold_code(page))
        return list(chain.from_iterable(_codes(bitmap.to_pil()) for bitmap in drawn))
    except pypdfium2.PdfiumError:
        return []
    finally:
        document.close()


def _scale(page: Any) -> float:
    """Pixels a point: two, less where a page is huge."""
    width, height = page.get_size()
    return float(min(2.0, 4_000 / max(width, height, 1)))


def _may_hold_code(page: Any) -> bool:
    """A code is a picture, or many small squares."""
    from pypdfium2 import raw

    drawn = 0
    for shape in page.get_objects(max_depth=3):
        if shape.type == raw.FPDF_PAGEOBJ_IMAGE:
            return True
        drawn += shape.type == raw.FPDF_PAGEOBJ_PATH
        if drawn >= FEWEST_SQUARES:
            return True
    return False


def _codes(grey: Any) -> list[str]:
    import zxingcpp

    barcodes = zxingcpp.read_barcodes(grey, formats=zxingcpp.barcode_formats_from_str("QRCode,DataMatrix"))
    return [barcode.text for barcode in barcodes if _is_ours(barcode.text)]


def _is_ours(text: str) -> bool:
    """Of a health card, a link to one, an EU certificate, or a German medication plan; other codes on a page are
    nobody's business."""
    return text.startswith(("shc:", "shlink:/", "HC1:", "<MP ", "<?xml")) or "#shlink:/" in text
