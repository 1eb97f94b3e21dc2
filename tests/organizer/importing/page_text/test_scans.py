"""Pages without text are drawn and read, each by itself, by what reads pictures here."""

import io

import pytest
from PIL import Image

from organizer.base.apart.wire import Answer
from organizer.base.errors import UnreadableSourceError
from organizer.base.progress import NoProgress
from organizer.importing.page_text import recognition, scans, tesseract
from organizer.importing.page_text.built_in import models
from organizer.importing.page_text.drawn_pages import count_here, drawn_page
from organizer.importing.page_text.words_on_page import PageWords, Word


@pytest.fixture
def asked(monkeypatch):
    """The numbers of the pages that the other process is asked for; the second can't be drawn."""
    numbers = []

    def answer(_task, _data, number, **_limits):
        numbers.append(number)
        if number == 1:
            raise UnreadableSourceError("damaged", "print it")
        return Answer({"width": 100, "height": 200, "words": [["x", 1, 2, 3, 4, 99.0]]})

    monkeypatch.setattr(scans, "ask", answer)
    monkeypatch.setattr(models, "are_here", lambda: True)
    return numbers


def test_only_pages_without_text_are_read(asked):
    pages = list(scans.recognised_pages(b"%PDF-", ["", "text", "", "text"], NoProgress()))
    assert asked == [0, 2]
    assert [page.number for page in pages] == [1, 3]
    assert pages[0] == PageWords(1, 100, 200, [Word("x", 1, 2, 3, 4, 99.0)])


def test_a_page_that_cannot_be_drawn_costs_no_other(asked):
    pages = list(scans.recognised_pages(b"%PDF-", ["", "", ""], NoProgress()))
    assert [len(page.words) for page in pages] == [1, 0, 1]


def test_where_it_is_the_only_one_its_reason_is_told(asked):
    with pytest.raises(UnreadableSourceError, match="damaged"):
        list(scans.recognised_pages(b"%PDF-", ["text", ""], NoProgress()))


def test_without_the_models_tesseract_reads(monkeypatch):
    out = io.BytesIO()
    Image.new("L", (40, 20), 255).save(out, "PNG")
    monkeypatch.setattr(models, "are_here", lambda: False)
    monkeypatch.setattr(tesseract, "installed_languages", lambda: frozenset({"eng"}))
    monkeypatch.setattr(scans, "recognise_page", lambda _pgm: [Word("y", 1, 2, 3, 4, 80.0)])
    (page,) = scans.recognised_pages(out.getvalue(), [], NoProgress())
    assert page == PageWords(1, 40, 20, [Word("y", 1, 2, 3, 4, 80.0)])


def test_what_reads_pictures_is_said(monkeypatch):
    monkeypatch.setattr(models, "are_here", lambda: True)
    assert "Cyrillic" in recognition.in_words()
    monkeypatch.setattr(models, "are_here", lambda: False)
    monkeypatch.setattr(tesseract, "available", lambda: True)
    assert "Tesseract" in recognition.in_words()
    monkeypatch.setattr(tesseract, "available", lambda: False)
    assert recognition.how_to_install() in recognition.in_words()
    assert not recognition.available()


def picture(mode, size, colour, sort="PNG", **more):
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, sort, **more)
    return out.getvalue()


def test_what_is_transparent_is_paper():
    assert drawn_page(picture("RGBA", (4, 4), (0, 0, 0, 0)), 0).picture.getpixel((1, 1)) == (255, 255, 255)


def test_a_camera_says_how_its_picture_is_turned():
    exif = Image.Exif()
    exif[0x0112] = 6
    drawn = drawn_page(picture("RGB", (60, 20), "white", "JPEG", exif=exif), 0)
    assert (drawn.width, drawn.height) == drawn.picture.size == (20, 60)


def test_a_jpeg_of_many_pixels_is_decoded_smaller_and_keeps_its_size_on_the_page():
    drawn = drawn_page(picture("L", (13_000, 300), 255, "JPEG"), 0)
    assert max(drawn.picture.size) == 6500
    assert (drawn.width, drawn.scale) == (13_000, 0.5)


def test_pages_of_a_fax_are_counted_and_drawn_one_by_one():
    out = io.BytesIO()
    first, second = (Image.new("L", size, 255) for size in ((20, 30), (40, 50)))
    first.save(out, "TIFF", save_all=True, append_images=[second])
    assert count_here(out.getvalue(), NoProgress()) == 2
    assert [drawn_page(out.getvalue(), number).width for number in (0, 1)] == [20, 40]
