"""What the viewer draws of documents: a form with what was filled in."""

from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image

from organizer.base import pictures
from organizer.base.apart import ask as apart
from organizer.base.apart.wire import Answer
from organizer.base.errors import OrganizerError, UnreadableSourceError
from organizer.services.entries import documents, drawn_pages
from tests.organizer.importing.hostile import pdf

DOCUMENTS = Path(__file__).parents[2] / "data" / "documents"


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("form-acroform-filled.pdf", (130, 60, 280, 180)),
        ("form-needappearances-no-ap.pdf", (130, 60, 280, 180)),
        ("form-kinds-needappearances.pdf", (72, 350, 372, 372)),
    ],
)
def test_answers_are_drawn(name, answer):
    drawn = documents.draw((DOCUMENTS / name).read_bytes(), 0, 1.0)
    picture = Image.frombuffer("RGB", (drawn.width, drawn.height), drawn.data, "raw", "BGRX", drawn.stride, 1)
    documents.forget()
    area = picture.convert("L").crop(answer)
    darkest, lightest = area.getextrema()
    assert darkest < 100
    assert lightest > 180


def shown(data, page=0, scale=1.0):
    drawn = documents.draw(data, page, scale)
    return Image.frombuffer("RGB", (drawn.width, drawn.height), drawn.data, "raw", "BGRX", drawn.stride, 1)


def saved(picture, kind, **told):
    kept = BytesIO()
    picture.save(kept, kind, **told)
    return kept.getvalue()


def test_a_fax_is_shown_whole():
    data = (DOCUMENTS / "fax-multipage-g4.tif").read_bytes()
    assert documents.page_sizes(data) == [(1700, 2200)] * 3
    assert len({shown(data, number, 0.1).tobytes() for number in range(3)}) == 3


def test_a_picture_is_shown_upright_and_what_can_be_seen_through_lies_on_white():
    turned = Image.Exif()
    turned[0x0112] = 6  # a quarter to the right
    photo = saved(Image.linear_gradient("L").resize((60, 20)), "JPEG", exif=turned)
    assert documents.page_sizes(photo) == [(20, 60)]
    assert shown(photo).size == (20, 60)
    clear = saved(Image.new("RGBA", (10, 10), (0, 0, 0, 0)), "PNG")
    assert shown(clear).getpixel((5, 5)) == (255, 255, 255)
    deep = saved(Image.new("I;16", (10, 10), 0x8000), "PNG")
    assert shown(deep).getpixel((5, 5)) == (128, 128, 128)


def test_a_picture_is_drawn_no_larger_than_it_is_and_no_page_larger_than_a_screen_can_use():
    assert shown(saved(Image.new("L", (10, 10)), "PNG"), 0, 8.0).size == (10, 10)
    page = (DOCUMENTS / "form-acroform-filled.pdf").read_bytes()
    assert max(shown(page, 0, 80.0).size) == drawn_pages.LONGEST_SIDE


LOOP = pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 9>>")


@pytest.mark.parametrize("data", [LOOP, b"\x89PNG\r\n\x1a\n broken", b"%PDF-1.7 broken", b"II*\x00 broken", b"GIF89a"])
def test_what_cannot_be_drawn_says_so_and_has_no_small_picture(data):
    with pytest.raises(UnreadableSourceError) as refused:
        documents.page_sizes(data, "scan")
    assert refused.value.next_step
    assert not isinstance(refused.value, apart.TooMuchError)
    assert documents.draw_first(data, 100, 100) is None


def test_each_page_of_a_fax_is_measured_before_it_is_drawn(monkeypatch):
    small, large = Image.new("1", (10, 10)), Image.new("1", (2_000, 2_000))
    fax = saved(small, "TIFF", save_all=True, append_images=[large])
    with pictures.opened(fax, 4_000_000) as picture:
        pictures.turn_to(picture, 1, 4_000_000)
    with pytest.raises(pictures.PictureError) as refused, pictures.opened(fax, 3_999_999) as picture:
        pictures.turn_to(picture, 1, 3_999_999)
    assert refused.value.is_too_large


def test_the_next_page_of_a_document_is_drawn_without_sending_it_again(monkeypatch):
    data = (DOCUMENTS / "fax-multipage-g4.tif").read_bytes()
    documents.page_sizes(data)
    sent = []
    real = apart.send
    monkeypatch.setattr(apart, "send", lambda pipe, head, parts: sent.append(parts) or real(pipe, head, parts))
    documents.draw(data, 1, 0.5)
    assert [len(parts) for parts in sent] == [1]
    documents.forget()
    assert apart._process is None


@pytest.mark.parametrize(
    ("width", "height", "stride", "count", "is_one"),
    [(1, 1, 4, 4, True), (0, 1, 4, 4, False), (1, 0, 4, 4, False), (1, 1, 3, 4, False), (1, 1, 4, 3, False),
     (2, 3, 8, 24, True), (2, 3, 8, 23, False), (2, 3, 7, 24, False)],
)  # fmt: skip
def test_a_page_that_is_not_as_large_as_it_says_is_not_shown(width, height, stride, count, is_one):
    """It was drawn where foreign files are read, and is believed no more than they are."""
    answer = Answer([width, height, stride], (bytes(count),))
    if is_one:
        assert documents._page(answer).width == width
    else:
        with pytest.raises(UnreadableSourceError):
            documents._page(answer)


def test_a_page_is_drawn_with_no_more_pixels_than_twice_a_large_screen_has():
    assert (drawn_pages.LONGEST_SIDE, drawn_pages.MOST_PAGES) == (6_000, 20_000)


def test_eight_digits_of_its_checksum_name_a_file(monkeypatch):
    files = [SimpleNamespace(name="scan.pdf", sha256="0123456789abcdef"), SimpleNamespace(name="0123456", sha256="ff")]
    monkeypatch.setattr(documents, "all_documents", lambda _record, _person: files)
    assert documents.named(None, "", ["01234567"]) == {"0123456789abcdef"}
    assert documents.named(None, "", ["0123456"]) == {"ff"}, "seven are a name like any other"
    with pytest.raises(OrganizerError):
        documents.named(None, "", ["01234568"])
