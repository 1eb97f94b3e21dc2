"""Scans become searchable when the person asks; what is recognised is no fact, and goes with its document."""

from io import BytesIO

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from organizer.base.errors import Cancelled, OrganizerError
from organizer.base.progress import CancellableProgress, NoProgress
from organizer.importing.page_text import tesseract
from organizer.importing.page_text.built_in import models
from organizer.services.bring_in import importing, recognition
from organizer.services.entries import entries, search
from organizer.services.entries.entries import Query
from organizer.services.record import erasing, history, people
from organizer.store import recognised
from tests.house.source import ROOT

pytestmark = pytest.mark.skipif(not recognition.available(), reason="nothing on this computer reads pictures")
WORDS = "Potassium measured in March"


def picture(text=WORDS, turned=False):
    image = Image.new("L", (1300, 220), 255)
    font = ImageFont.truetype(str(ROOT / "resources/fonts/Inter-Regular.ttf"), 44)
    ImageDraw.Draw(image).text((100, 80), text, font=font, fill=0)
    out = BytesIO()
    exif = Image.Exif()
    if turned:
        image = image.rotate(90, expand=True)
        exif[0x0112] = 6  # the camera says: turn it clockwise
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def scan():
    """One page with text, one that is a picture of text."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(400, 180))
    canvas.drawString(40, 120, "Sodium stands in the text layer")
    canvas.showPage()
    canvas.drawImage(ImageReader(BytesIO(picture())), 20, 60, 360, 61)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def bring(record, tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    plan = importing.plan_import(record, [tmp_path / name], "", NoProgress())
    importing.accept_import(record, plan, NoProgress())
    return entries.find(record, Query(kinds=("DocumentReference",)))[0]


def waiting(record):
    return recognition.waiting(record, people.people(record)[0].id)


def found(record, words):
    return [hit.id for hit in search.search(record, words)]


SCANS = [("scan.pdf", scan()), ("photo.jpg", picture()), ("turned.jpg", picture(turned=True))]


@pytest.mark.parametrize(("name", "data"), SCANS)
def test_a_scan_is_found_by_its_words_once_they_are_recognised(record, tmp_path, name, data):
    document = bring(record, tmp_path, name, data)
    assert waiting(record) == [document.id]
    assert found(record, "potassium") == []
    recognition.recognise(record, [document.id], NoProgress())
    assert found(record, "potassium") == [document.id]
    assert waiting(record) == []
    history.undo(record)
    assert found(record, "potassium") == []


def test_words_have_their_place_on_the_page_in_points(record, tmp_path):
    document = bring(record, tmp_path, "scan.pdf", scan())
    recognition.recognise(record, [document.id], NoProgress())
    page = recognition.words_on(record, document.text("file"))[-1]
    assert (page.number, page.width, page.height) == (2, 400, 180)
    assert " ".join(word.text for word in page.words) == WORDS
    first = page.words[0]
    assert 40 < first.x0 < 55  # 20 + 100 px of a picture of 1300 px on 360 points
    assert 75 < first.y0 < first.y1 < 105


def test_only_the_pages_without_text_are_recognised_and_kept_apart(record, tmp_path):
    document = bring(record, tmp_path, "scan.pdf", scan())
    recognition.recognise(record, [document.id], NoProgress())
    now = entries.get(record, document.id)
    assert now.data["recognised_texts"] == ["", WORDS]
    assert now.data["page_texts"] == document.data["page_texts"]


def test_erasing_the_document_erases_its_words(record, tmp_path):
    document = bring(record, tmp_path, "photo.jpg", picture())
    recognition.recognise(record, [document.id], NoProgress())
    erasing.entries(record, [document.id])
    assert recognised.pages(record, document.text("file")) == []
    assert record.rows("SELECT count(*) FROM recognised")[0][0] == 0


def test_a_picture_without_words_stays_as_it_is_and_it_is_said(record, tmp_path):
    out = BytesIO()
    Image.new("L", (300, 200), 255).save(out, "PNG")
    document = bring(record, tmp_path, "white.png", out.getvalue())
    with pytest.raises(OrganizerError, match="No text could be recognised"):
        recognition.recognise(record, [document.id], NoProgress())
    assert "recognised_texts" not in entries.get(record, document.id).data


def test_cancelling_leaves_nothing_behind(record, tmp_path):
    document = bring(record, tmp_path, "photo.jpg", picture())
    stopped = CancellableProgress()
    stopped.cancel()
    with pytest.raises(Cancelled):
        recognition.recognise(record, [document.id], stopped)
    assert recognition.words_on(record, document.text("file")) == []


def test_without_models_and_tesseract_the_command_that_installs_the_latter_is_said(record, tmp_path, monkeypatch):
    document = bring(record, tmp_path, "photo.jpg", picture())
    monkeypatch.setattr(models, "are_here", lambda: False)
    monkeypatch.setattr(tesseract.shutil, "which", lambda _name, **_more: None)
    with pytest.raises(OrganizerError) as told:
        recognition.recognise(record, [document.id], NoProgress())
    assert recognition.how_to_install() in told.value.next_step


def test_a_text_layer_and_recognised_words_lie_over_their_pages_together(record, tmp_path):
    document = bring(record, tmp_path, "scan.pdf", scan())
    assert [page.number for page in recognition.words_on(record, document.text("file"))] == [1]
    recognition.recognise(record, [document.id], NoProgress())
    first, second = recognition.words_on(record, document.text("file"))
    assert "Sodium" in [word.text for word in first.words]
    assert all(word.confidence is None for word in first.words)
    assert "Potassium" in [word.text for word in second.words]
