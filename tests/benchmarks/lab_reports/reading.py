"""One layout drawn, read and scored: from its text layer, or from a picture made as bad as office scans are."""

import io
import os
from random import Random
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image, ImageChops, ImageFilter

from organizer.importing.lab_reports.reader import read_report
from organizer.importing.page_text.built_in.reader import words_on
from organizer.importing.page_text.tesseract import recognise_page
from organizer.importing.page_text.text_layer import page_words
from organizer.importing.page_text.words_on_page import PageWords, Word
from tests.benchmarks.lab_reports.drawn import draw
from tests.benchmarks.lab_reports.layouts import Style
from tests.benchmarks.lab_reports.scoring import Score, score

LANGUAGES = {
    "us": "eng",
    "uk": "eng",
    "ie": "eng",
    "de": "deu",
    "ch": "deu",
    "fr": "fra",
    "ca": "fra",
    "es": "spa",
    "mx": "spa",
}


def text_layer(pdf: bytes) -> list[PageWords]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page_words(document[number], number + 1) for number in range(len(document))]
    finally:
        document.close()


def read_text_layer(style: Style, seed: int) -> Score:
    pdf, expected = draw(style, seed)
    return score(expected, read_report(text_layer(pdf)).proposals, scanned=False)


def read_scan(style: Style, seed: int) -> Score:
    pdf, expected = draw(style, seed)
    pages = scanned_pages(pdf, Random(f"scan {seed} {style}"), LANGUAGES[style.locale])
    return score(expected, read_report(pages).proposals, scanned=True)


def pages_in(pdf: bytes) -> int:
    """How many pages a PDF has."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def picture_of(pdf: bytes, number: int, longest: int) -> Image.Image:
    """A page drawn at so many pixels of its longer side."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[number]
        return page.render(scale=longest / max(page.get_size())).to_pil()
    finally:
        document.close()


def scanned_pages(pdf: bytes, random: Random, language: str) -> list[PageWords]:
    document = pypdfium2.PdfDocument(pdf)
    pages = []
    try:
        for number in range(len(document)):
            dpi = random.choice([200, 240, 300])
            picture = document[number].render(scale=dpi / 72).to_pil().convert("L")
            worse = degraded(picture, random)
            words = read_by(worse, [language, "eng"])
            factor = 72 / dpi
            pages.append(
                PageWords(
                    number + 1, picture.width * factor, picture.height * factor, [w.scaled(factor) for w in words]
                )
            )
    finally:
        document.close()
    return pages


def read_by(picture: bytes, languages: list[str]) -> list[Word]:
    """The words of a picture by the program's own recognition, or by tesseract where READER=tesseract asks for it."""
    if os.environ.get("READER") == "tesseract":
        return recognise_page(picture, languages)
    return words_on(np.asarray(Image.open(io.BytesIO(picture)).convert("RGB")))


def degraded(picture: Any, random: Random) -> bytes:
    """Turned by up to 1.5°, blurred a little, with grain and uneven light, kept as JPEG."""
    turned = picture.rotate(random.uniform(-1.5, 1.5), resample=Image.Resampling.BICUBIC, fillcolor=255)
    blurred = turned.filter(ImageFilter.GaussianBlur(random.uniform(0.3, 0.9)))
    grain = Image.effect_noise(blurred.size, random.uniform(8, 22))
    noisy = ImageChops.add(blurred, grain, 1, -128)
    faded = noisy.point(lambda value: int(18 + value * 0.9))
    kept = io.BytesIO()
    faded.save(kept, "JPEG", quality=random.randint(45, 80))
    return kept.getvalue()
