"""Who wrote a letter, and where: a line of many words is a sentence and names no place."""

import pytest

from organizer.importing.letters.author import _place


@pytest.mark.parametrize(("words", "is_place"), [(10, True), (11, False)])
def test_the_line_of_a_hospital_has_ten_words_at_most(words, is_place):
    line = "Lakeshore Hospital " + " ".join(["East"] * (words - 2))
    assert (_place([line]) == line) is is_place


def test_a_label_and_whom_it_goes_to_are_no_place_of_the_writer():
    assert _place(["Ward: Lakeshore Hospital"]) == ""
    assert _place(["Dear colleague", "Lakeshore Hospital"]) == "Lakeshore Hospital"
