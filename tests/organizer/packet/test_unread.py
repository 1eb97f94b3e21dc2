"""Which pages can't be looked through for sensitive words, each limit just below and just above."""

import io
from contextlib import contextmanager

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from organizer.packet.exhibits import unread
from organizer.packet.exhibits.unread import doubtful, has_few_words, is_unread
from organizer.store.recognised import RecognisedPage

PAGE = (600, 1000)  # points, so that shares of it are round
NOISE = ImageReader(Image.effect_noise((40, 40), 90))


@contextmanager
def page_of(*drawings):
    paper = io.BytesIO()
    canvas = Canvas(paper, pagesize=PAGE, invariant=1)
    for draw in drawings:
        draw(canvas)
    canvas.showPage()
    canvas.save()
    document = pypdfium2.PdfDocument(paper.getvalue())
    page = document[0]
    text = page.get_textpage()
    yield page, text
    text.close()
    page.close()
    document.close()


def is_held_back(*drawings):
    with page_of(*drawings) as (page, text):
        return is_unread(page, text)


def words(count, left=50, bottom=900):
    return lambda canvas: canvas.drawString(left, bottom, " ".join(["word"] * count))


def picture(width, height, left=0, bottom=0):
    return lambda canvas: canvas.drawImage(NOISE, left, bottom, width, height)


def lines(count):
    def draw(canvas):
        for place in range(count):
            canvas.line(50, 100 + 20 * place, 500, 100 + 20 * place)

    return draw


def within_forms(depth):
    """A picture of most of the page, within so many forms."""

    def draw(canvas):
        for level in range(depth):
            canvas.beginForm(f"form{level}", 0, 0, *PAGE)
            picture(600, 800)(canvas) if level == 0 else canvas.doForm(f"form{level - 1}")
            canvas.endForm()
        canvas.doForm(f"form{depth - 1}")

    return draw


@pytest.mark.parametrize(("height", "held"), [(200, True), (199, False)])
def test_a_picture_counts_from_a_twenty_fifth_of_the_page(height, held):
    """120 × 200 of 600 × 1000 points: a strip of a report, while a letterhead's sign is smaller."""
    assert is_held_back(words(20), picture(120, height)) is held


def test_small_pictures_count_together():
    assert is_held_back(words(20), picture(120, 100), picture(120, 100, 300))
    assert not is_held_back(words(20), picture(120, 100), picture(120, 99, 300))


@pytest.mark.parametrize(("count", "held"), [(2, True), (3, False)])
def test_a_picture_with_three_words_over_it_was_read(count, held):
    assert is_held_back(words(20), picture(300, 200), words(count, 20, 100)) is held


@pytest.mark.parametrize(
    ("height", "count", "held"), [(500, 12, True), (500, 13, False), (499, 2, True), (499, 3, False)]
)
def test_a_scan_of_half_a_page_needs_more_words_than_a_fax_has_in_its_header(height, count, held):
    assert is_held_back(words(20), picture(600, height), words(count, 20, 100)) is held


@pytest.mark.parametrize(("count", "held"), [(6, False), (7, True)])
def test_lines_without_a_word_may_be_letters_where_they_are_more_than_a_frame(count, held):
    assert is_held_back(lines(count)) is held
    assert not is_held_back(lines(count), words(1))


def test_a_picture_without_a_word_is_held_back_however_small():
    assert is_held_back(picture(5, 5))
    assert not is_held_back()


@pytest.mark.parametrize("depth", [1, 4, 5, 12])
def test_a_picture_is_held_back_however_deep_it_lies_within_forms(depth):
    assert is_held_back(words(20), within_forms(depth))


@pytest.mark.parametrize(
    ("meaningless", "count", "held"), [(12, 60, False), (13, 60, True), (20, 200, False), (21, 200, True)]
)
def test_letters_without_a_meaning_are_more_than_twelve_and_a_tenth(meaningless, count, held):
    letters = "\ue001" * meaningless + "a" * (count - meaningless)
    assert unread._is_garbled(letters, count) is held
    assert unread._is_garbled("a" * (count - meaningless), count) is held, "and those that pdfium has no code for"


@pytest.mark.parametrize(("sure", "held"), [(59.9, True), (60.0, False)])
def test_the_middle_word_says_how_surely_a_page_was_recognised(sure, held):
    confidences = (10.0, sure, 99.0)
    recognised = tuple(("word", 0, 0, 1, 1, confidence) for confidence in confidences)
    assert doubtful(RecognisedPage(1, *PAGE, recognised)) is held
    assert doubtful(RecognisedPage(1, *PAGE, ()))


def test_twelve_words_are_a_faxs_header():
    assert has_few_words("word " * 12)
    assert not has_few_words("word " * 13)
