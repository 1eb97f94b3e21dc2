"""Words of a page that was photographed from aside, turned or curled stand in rows and columns again."""

import math

import numpy as np
import pytest

from organizer.importing.page_text.level import levelled
from organizer.importing.page_text.words_on_page import Word

HIGH, ROW, COLUMNS = 14.0, 26.0, (60.0, 380.0, 520.0, 700.0)
ROWS = 24


def table():
    """A page of four columns, line by line: names of differing lengths, values, units, ranges."""
    words = []
    for row in range(ROWS):
        for column, x in enumerate(COLUMNS):
            wide = 60 + 17 * (row * 7 % 5) if column == 0 else 52.0
            y = 80 + row * ROW
            words.append(Word(f"{row}.{column}", x, y, x + wide, y + HIGH, confidence=99.0))
    return words


def moved(words, place):
    """Each word around where its centre goes."""
    made = []
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
        to_x, to_y = place(x, y)
        wide, high = (word.x1 - word.x0) / 2, (word.y1 - word.y0) / 2
        made.append(Word(word.text, to_x - wide, to_y - high, to_x + wide, to_y + high, confidence=99.0))
    return made


def turned(degrees):
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    return lambda x, y: (400 + (x - 400) * cosine - (y - 400) * sine, 400 + (x - 400) * sine + (y - 400) * cosine)


def seen_from_below(x, y):
    far = 1 + (400 - y) / 2600
    return 400 + (x - 400) / far, 400 + (y - 400) / far


def seen_from_the_side(x, y):
    far = 1 + (x - 400) / 3200
    return 400 + (x - 400) / far, 400 + (y - 400) / far


def curled(x, y):
    return x, y + 22 * math.sin((x - 60) / 700 * math.pi)


def off(words):
    """How far words of a row stand off each other in height, and the starts of columns of values aside, in heights."""
    places = {word.text: word for word in words}
    rows = [[places[f"{row}.{column}"].y0 for column in range(4)] for row in range(ROWS)]
    starts = [[places[f"{row}.{column}"].x0 for row in range(ROWS)] for column in (1, 2, 3)]
    return float(np.ptp(rows, axis=1).max()) / HIGH, float(np.ptp(starts, axis=1).max()) / HIGH


@pytest.mark.parametrize(
    "place", [turned(0), turned(10), turned(-10), turned(4), seen_from_below, seen_from_the_side, curled]
)
def test_rows_are_level_and_columns_upright(place):
    rows, columns = off(levelled(moved(table(), place)))
    assert rows < 0.45  # of a height: what still counts as one line
    assert columns < 1.0


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_on_its_side_is_turned_by_how_its_words_follow_each_other(quarters):
    words = table()
    for _quarter in range(quarters):
        words = [Word(word.text, -word.y1, word.x0, -word.y0, word.x1, 99.0) for word in words]
    rows, columns = off(levelled(words))
    assert rows < 0.1
    assert columns < 0.1


def test_a_level_page_stays_as_it_is():
    words = table()
    for word, same in zip(words, levelled(words), strict=True):
        assert (same.x0, same.y0) == pytest.approx((word.x0, word.y0), abs=0.05 * HIGH)


def test_a_single_word_and_none_stay_where_they_are():
    word = Word("x", 1, 2, 3, 4, confidence=90.0)
    assert levelled([word]) == [word]
    assert levelled([]) == []
