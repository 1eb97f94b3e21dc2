"""A picture is read by the models that come with the program, whichever way up it lies."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from organizer.importing.page_text.built_in import models, reader
from organizer.importing.page_text.level import levelled
from tests.house.source import ROOT

pytestmark = pytest.mark.skipif(not models.are_here(), reason="the models are not in resources/recognition")
LINES = ("Hämoglobin 11,0 g/dl [12,0 - 16,0]", "CRP < 5 mg/l ≤ 3 ↑", "Créatinine 0,9 ± 0.1 mg/dL")


@pytest.fixture(scope="module")
def picture():
    page = Image.new("RGB", (900, 340), "white")
    font = ImageFont.truetype(str(ROOT / "resources/fonts/Inter-Regular.ttf"), 32)
    for row, text in enumerate(LINES):
        ImageDraw.Draw(page).text((60, 60 + 80 * row), text, font=font, fill="black")
    return page


def read(page, monkeypatch):
    monkeypatch.setattr(reader, "LONGEST", 640)  # large letters: quick
    return reader.words_on(np.asarray(page))


def test_letters_with_accents_comparators_and_signs_are_kept(picture, monkeypatch):
    words = read(picture, monkeypatch)
    assert " ".join(word.text for word in words) == " ".join(LINES)
    first = words[0]
    assert 52 < first.x0 < 66
    assert 55 < first.y0 < first.y1 < 105
    assert min(word.confidence for word in words if any(sign.isdigit() for sign in word.text)) > 80


@pytest.mark.parametrize("turn", [90, 180, 270, 8])
def test_a_picture_is_read_whichever_way_up_and_its_words_lie_where_they_are_seen(picture, monkeypatch, turn):
    words = read(picture.rotate(turn, expand=True, fillcolor="white"), monkeypatch)
    assert " ".join(word.text for word in words) == " ".join(LINES)
    where = {word.text: word for word in words}
    first = where["Hämoglobin"]
    high, wide = first.y1 - first.y0, first.x1 - first.x0
    assert (high > wide) == (turn in (90, 270))
    level = levelled(words)
    assert level[0].y1 < level[-1].y0
    assert level[0].x0 < level[1].x0


def test_a_script_that_is_not_read_gives_no_words_that_look_like_some(monkeypatch):
    page = Image.new("RGB", (900, 200), "white")
    font = ImageFont.truetype(str(ROOT / "resources/fonts/Inter-Regular.ttf"), 32)
    ImageDraw.Draw(page).text((60, 60), "Общий анализ крови: гемоглобин", font=font, fill="black")
    assert not [word for word in read(page, monkeypatch) if any(letter.isalnum() for letter in word.text)]


def test_a_picture_without_text_has_no_words(monkeypatch):
    assert read(Image.new("RGB", (400, 300), "white"), monkeypatch) == []
