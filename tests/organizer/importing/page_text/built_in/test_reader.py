"""A picture is read by the models that come with the program, whichever way up it lies."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from organizer.importing.page_text.built_in import legible, models, reader
from organizer.importing.page_text.built_in.letters import Letter
from organizer.importing.page_text.built_in.line_finder import TextLine
from organizer.importing.page_text.level import levelled
from organizer.importing.page_text.words_on_page import Word
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


LINE = TextLine(100.0, 20.0, 200.0, 20.0, 0.0)


def letters(text, chance):
    return [Letter(sign, chance, number / max(1, len(text))) for number, sign in enumerate(text)]


@pytest.mark.parametrize(("chance", "read"), [(0.59, False), (0.61, True)])
def test_a_line_is_read_where_its_letters_are_sure_on_the_whole(chance, read):
    assert legible.is_read(LINE, letters("Potassium 4.1 mmol/L", chance)) == read


@pytest.mark.parametrize(("count", "read"), [(9, False), (10, True)])
def test_a_line_of_which_only_some_signs_are_read_is_of_another_script(count, read):
    # 10 letters of 8.4 pixels, and one for the ends, are 46 % of 200 pixels
    assert legible.is_read(LINE, letters("7,2 4,0 9,0"[:count], 0.99)) == read


@pytest.mark.parametrize(("chance", "read"), [(0.34, False), (0.36, True)])
def test_a_flag_of_its_own_may_be_less_sure(chance, read):
    assert legible.is_read(TextLine(10, 10, 14, 14, 0), letters("*", chance)) == read


@pytest.mark.parametrize(("telling", "gibberish"), [(3, True), (4, False)])
def test_strokes_taken_for_letters_are_no_words(telling, gibberish):
    drawn = [Word("w", 0, 0, 1, 1, 95.0)] * (10 - telling)
    assert legible.is_gibberish([*drawn, *[Word("ab", 0, 0, 1, 1, 60.0)] * telling]) == gibberish
