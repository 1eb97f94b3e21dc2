"""Scans in a packet: what was recognised on them can be found, cited and held back, and is never seen as print."""

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from organizer.base.progress import NoProgress
from organizer.packet.exhibits import pictures
from organizer.packet.exhibits.exhibits import plan_exhibits
from organizer.packet.exhibits.invisible import with_words
from organizer.packet.exhibits.pictures import picture_pages
from organizer.packet.packet_input import OriginalFile
from organizer.store.recognised import RecognisedPage
from tests.organizer.packet.people import elena, entry

WORDS = RecognisedPage(1, 612.0, 792.0, (("Impression:", 72, 100, 140, 112, 96.0), ("HIV", 150, 100, 175, 112, 95.0)))


def scan(pages=1):
    picture = Image.new("L", (306, 396), 250)
    ImageDraw.Draw(picture).rectangle((36, 50, 100, 56), fill=30)
    paper = io.BytesIO()
    canvas = Canvas(paper, pagesize=(612, 792), invariant=1)
    for _page in range(pages):
        canvas.drawImage(ImageReader(picture), 0, 0, 612, 792)
        canvas.showPage()
    canvas.save()
    return paper.getvalue()


def words_of(pdf, page=0):
    document = pypdfium2.PdfDocument(pdf)
    words = document[page].get_textpage().get_text_bounded()
    document.close()
    return words


def seen(pdf):
    document = pypdfium2.PdfDocument(pdf)
    picture = document[0].render(scale=1).to_pil().convert("L")
    document.close()
    return picture


def test_recognised_words_can_be_read_where_they_stand_and_change_nothing_that_is_seen():
    plain = scan()
    laid = with_words(plain, [WORDS])
    assert "Impression" in words_of(laid)
    document = pypdfium2.PdfDocument(laid)
    text = document[0].get_textpage()
    assert text.count_rects(*text.search("Impression").get_next()) == 1
    left, bottom, right, top = text.get_rect(0)
    assert left == pytest.approx(72, abs=3)
    assert top == pytest.approx(692, abs=6)
    assert right - left == pytest.approx(68, abs=12)
    assert bottom < top
    document.close()
    assert ImageChops.difference(seen(laid), seen(plain)).getbbox() is None


def test_a_page_with_a_text_of_its_own_stays_as_it_is():
    paper = io.BytesIO()
    canvas = Canvas(paper, invariant=1)
    canvas.drawString(72, 700, "Printed by the hospital")
    canvas.save()
    assert with_words(paper.getvalue(), [WORDS]) == paper.getvalue()


@pytest.mark.parametrize(("number", "is_laid"), [(0, False), (1, True), (2, True), (3, False)])
def test_words_of_a_page_that_the_document_lacks_are_laid_nowhere(number, is_laid):
    """As of another file that was recognised under the same name."""
    assert (with_words(scan(2), [replace(WORDS, number=number)]) != scan(2)) is is_laid


@pytest.mark.parametrize(("width", "height", "is_laid"), [(2, 2, True), (1.9, 2, False), (2, 1.9, False)])
def test_specks_are_no_words(width, height, is_laid):
    speck = RecognisedPage(1, 612.0, 792.0, (("Speck", 72, 100, 72 + width, 100 + height, 96.0),))
    assert ("Speck" in words_of(with_words(scan(), [speck])).replace(" ", "")) is is_laid


@pytest.mark.parametrize(("spare", "is_smaller"), [(0, False), (-1, True)])
def test_a_picture_of_more_pixels_than_a_telephones_is_drawn_with_fewer_and_that_is_known(
    monkeypatch, spare, is_smaller
):
    assert (pictures._MOST_PIXELS, pictures._LONGEST_SIDE) == (40_000_000, 5_000)
    monkeypatch.setattr(pictures, "_MOST_PIXELS", 300 * 200 + spare)
    monkeypatch.setattr(pictures, "_LONGEST_SIDE", 150)
    data = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(data, "PNG")
    pages = picture_pages(OriginalFile("p", "p.png", "image/png", data.getvalue()), "letter")
    assert pages.is_smaller is is_smaller
    with pikepdf.open(io.BytesIO(pages.pdf)) as opened:
        (image,) = opened.pages[0].obj.Resources.XObject.values()
        assert image.Width == (150 if is_smaller else 300)


def planned(*ticked):
    original = OriginalFile("scan", "scan.pdf", "application/pdf", scan(), (WORDS,))
    person = elena(tick_sensitive=frozenset(ticked))
    report = entry("DiagnosticReport", "Impression", "2026-05", "scan:1", file="scan")
    given = {name: getattr(person, name) for name in person.__dataclass_fields__}
    packet = person.__class__(**given | {"entries": (report,), "read_original": lambda _sha: original})
    return plan_exhibits(packet, NoProgress()), report


def test_a_sensitive_word_on_a_scan_is_blacked_out_like_any_other():
    plan, _report = planned()
    assert "HIV" not in words_of(plan.exhibits[0].source.pdf)
    assert any("blacked out" in one.reason for one in plan.left_out)
    plan, report = planned("hiv")
    assert "HIV" in words_of(plan.exhibits[0].source.pdf)
    assert plan.place(report).boxes


def test_a_photograph_is_shown_upright_as_its_camera_noted():
    photo = Image.new("RGB", (200, 100), "white")
    ImageDraw.Draw(photo).rectangle((0, 0, 99, 99), fill="black")
    exif = Image.Exif()
    exif[0x0112] = 6  # turn clockwise to see it
    data = io.BytesIO()
    photo.save(data, "JPEG", exif=exif)
    pdf = picture_pages(OriginalFile("p", "p.jpg", "image/jpeg", data.getvalue()), "letter").pdf
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        (image,) = opened.pages[0].obj.Resources.XObject.values()
        assert (image.Width, image.Height) == (100, 200)
