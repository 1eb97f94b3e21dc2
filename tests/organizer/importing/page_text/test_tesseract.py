"""tesseract reads pictures where it is installed and the program's own models are not there."""

import io
import math
import subprocess

import pytest

from organizer.base.errors import UnreadableSourceError
from organizer.importing.page_text import tesseract
from organizer.importing.page_text.clean_picture import clean
from tests.house.source import ROOT

needs_tesseract = pytest.mark.skipif(not tesseract.available(), reason="tesseract is not on this computer")


def picture(text: str) -> bytes:
    drawing = pytest.importorskip("PIL.ImageDraw")
    fonts = pytest.importorskip("PIL.ImageFont")
    image = pytest.importorskip("PIL.Image").new("L", (1200, 200), 255)
    font = fonts.truetype(str(ROOT / "resources/fonts/Inter-Regular.ttf"), 44)
    drawing.Draw(image).text((100, 80), text, font=font, fill=0)
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()


@needs_tesseract
def test_words_come_with_their_places_and_confidence() -> None:
    words = tesseract.recognise_page(picture("Potassium 4.1 mmol/L"))
    assert [word.text for word in words] == ["Potassium", "4.1", "mmol/L"]
    first = words[0]
    assert 95 < first.x0 < 110
    assert 70 < first.y0 < first.y1 < 150
    assert all(word.confidence is not None and word.confidence > 60 for word in words)
    assert words[1].scaled(0.24).x0 == pytest.approx(words[1].x0 * 72 / 300)


@needs_tesseract
def test_what_is_no_picture_is_refused_calmly() -> None:
    with pytest.raises(UnreadableSourceError, match="could not be recognised"):
        tesseract.recognise_page(b"no picture at all")


def test_where_tesseract_is_missing_the_person_is_told_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract.shutil, "which", lambda _name, **_more: None)
    assert not tesseract.available()
    with pytest.raises(tesseract.RecognitionMissingError) as told:
        tesseract.recognise_page(b"")
    assert tesseract.how_to_install() in told.value.next_step


@needs_tesseract
def test_a_language_that_is_not_installed_counts_as_missing() -> None:
    with pytest.raises(tesseract.RecognitionMissingError):
        tesseract.recognise_page(b"", ("xyz",))


@needs_tesseract
def test_a_page_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_told: object, **_options: object) -> object:
        raise subprocess.TimeoutExpired("tesseract", 120)

    monkeypatch.setattr(tesseract.subprocess, "run", never)
    with pytest.raises(UnreadableSourceError):
        tesseract.recognise_page(picture("x"), ("eng",))


def scanned(degrees: float, width: int = 1240) -> bytes:
    """A short letter on grey paper, scanned askew in so many pixels and kept as a poor JPEG."""
    image = pytest.importorskip("PIL.Image")
    drawing = pytest.importorskip("PIL.ImageDraw")
    fonts = pytest.importorskip("PIL.ImageFont")
    page = image.new("L", (1240, 1754), 246)
    font = fonts.truetype(str(ROOT / "resources/fonts/Inter-Regular.ttf"), 30)
    for row, line in enumerate(("Potassium 4.1 mmol/L", "Creatinine 0.9 mg/dL")):
        drawing.Draw(page).text((150, 300 + 60 * row), line, font=font, fill=30)
    kept = io.BytesIO()
    askew = page.rotate(degrees, fillcolor=246, resample=image.Resampling.BICUBIC)
    askew.resize((width, width * 1754 // 1240)).save(kept, "JPEG", quality=55)
    return kept.getvalue()


@pytest.mark.parametrize("degrees", [0, -9, 11.5])
def test_a_page_is_turned_level_however_it_lay_on_the_glass(degrees: float) -> None:
    assert math.degrees(clean(scanned(degrees, width=700)).slope) == pytest.approx(-degrees, abs=0.3)


@needs_tesseract
def test_a_page_with_little_ink_keeps_it() -> None:
    words = " ".join(word.text for word in tesseract.recognise_page(scanned(0), ("eng",)))
    assert words == "Potassium 4.1 mmol/L Creatinine 0.9 mg/dL"
