"""Patches of the model's map become rectangles that lie as their line does."""

import math

import numpy as np
import pytest

from organizer.importing.page_text.built_in import line_finder
from organizer.importing.page_text.built_in.line_finder import TextLine


def mask(*rows):
    return np.array([[sign == "#" for sign in row] for row in rows])


def sizes(patches):
    return sorted(int((ends - starts).sum()) for _ys, starts, ends in patches)


def test_pixels_that_touch_are_one_patch_and_others_are_not():
    drawn = mask("##..#", ".#..#", ".###.", ".....", "##.##")
    assert sizes(line_finder._patches(drawn)) == [2, 2, 8]


def test_a_patch_that_closes_only_further_down_is_one():
    assert sizes(line_finder._patches(mask("#...#", "#...#", "#####"))) == [9]


def test_an_empty_map_has_no_patches():
    assert list(line_finder._patches(np.zeros((4, 5), bool))) == []


def corners(length, height, degrees, x=300.0, y=200.0):
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    places = [(u * length / 2, v * height / 2) for u, v in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    return np.array([(x + u * cosine - v * sine, y + u * sine + v * cosine) for u, v in places])


@pytest.mark.parametrize("degrees", [0, 7, -12, 40, 88, -88])
def test_the_smallest_rectangle_lies_as_the_line_does(degrees):
    line = line_finder._smallest(corners(200, 20, degrees))
    assert (line.x, line.y, line.length, line.height) == pytest.approx((300, 200, 200, 20), abs=0.5)
    assert math.degrees(line.angle) == pytest.approx(degrees, abs=0.2)


def test_a_short_word_follows_the_slope_of_the_long_lines_around_it():
    long = [corners(400, 20, 6, y=100 + 40 * row) for row in range(5)]
    almost_square = corners(22, 20, -20, x=600, y=180)
    lines = line_finder._with_slopes([*long, almost_square], 1)
    assert math.degrees(lines[-1].angle) == pytest.approx(6, abs=0.3)


def test_a_line_is_widened_by_what_the_model_shrank_it():
    (line,) = line_finder._with_slopes([corners(200, 20, 0)], 1)
    assert line.length - 200 == line.height - 20 == pytest.approx(1.6 * 200 * 20 / 220)


@pytest.mark.parametrize(("height", "count"), [(2.9, 0), (3.1, 1)])
def test_what_is_thinner_than_three_pixels_of_the_map_is_a_rule(height, count):
    assert len(line_finder._with_slopes([corners(200, height, 0)], 3.0)) == count


def test_lines_turn_with_their_picture_and_come_back():
    line = TextLine(30.0, 10.0, 40.0, 8.0, 0.1)
    turned = line.turned(1, 100, 60)
    assert (turned.x, turned.y) == (10.0, 70.0)
    assert abs(turned.angle) > math.pi / 4
    back = turned.turned(3, 60, 100)
    assert (back.x, back.y, back.length, back.height, back.angle) == pytest.approx((30, 10, 40, 8, 0.1))
