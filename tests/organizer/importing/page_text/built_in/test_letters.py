"""Steps of the model's answer become letters, letters words."""

import numpy as np

from organizer.importing.page_text.built_in import letters, line_words
from organizer.importing.page_text.built_in.letters import Letter
from organizer.importing.page_text.built_in.line_finder import TextLine

SIGNS = ("", "1", "2", ",", " ")


def read(*steps):
    return "".join(letter.sign for letter in letters._letters(np.array(steps), np.ones(len(steps)), 0.1, SIGNS))


def test_a_sign_over_several_steps_is_one_letter():
    assert read(0, 1, 1, 1, 0, 2, 2) == "12"


def test_a_sign_is_doubled_only_where_a_step_without_any_lies_between():
    assert read(1, 0, 1, 3, 2) == "11,2"


def test_a_letter_lies_in_the_middle_of_its_step():
    first, second = letters._letters(np.array([0, 1, 0, 2]), np.array([1, 0.9, 1, 0.8]), 0.25, SIGNS)
    assert (first.sign, first.place, first.chance) == ("1", 0.375, 0.9)
    assert (second.sign, second.place) == ("2", 0.875)


LINE = TextLine(100.0, 20.0, 200.0, 20.0, 0.0)


def words(text, *places):
    run = [Letter(sign, 0.9, place) for sign, place in zip(text, places, strict=True)]
    return [word.text for word in line_words.line_words(LINE, run)]


def test_words_are_parted_at_blanks():
    assert words("ab c", 0.1, 0.13, 0.16, 0.19) == ["ab", "c"]


def test_words_are_parted_at_a_gap_wider_than_the_line_is_high():
    assert words("ab", 0.1, 0.1 + 0.109) == ["ab"]  # 1.1 heights are 22 pixels
    assert words("ab", 0.1, 0.1 + 0.111) == ["a", "b"]


def test_a_word_is_as_sure_as_its_least_sure_letter():
    (word,) = line_words.line_words(LINE, [Letter("4", 0.99, 0.5), Letter("1", 0.61, 0.55)])
    assert word.confidence == 61


def test_a_day_is_parted_from_the_time_behind_it_and_from_the_label_before_it():
    text = "Fecha:09/04/202508:05"
    assert words(text, *(0.1 + 0.02 * number for number in range(len(text)))) == ["Fecha:", "09/04/2025", "08:05"]


def test_words_parted_by_a_blank_stand_no_farther_apart_than_one():
    run = [Letter(sign, 0.9, place) for sign, place in zip("is B", (0.1, 0.12, 0.15, 0.2), strict=True)]
    first, second = line_words.line_words(LINE, run)
    assert second.x0 - first.x1 <= 0.35 * LINE.height + 1e-6
