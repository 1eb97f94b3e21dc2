"""Answers in words: their points, and that an unknown one is none."""

import pytest

from organizer.health.answers import points_of


@pytest.mark.parametrize(
    ("words", "points"),
    [
        ("Not at all", 0), ("Several days", 1), ("More than half the days", 2), ("Nearly every day", 3),
        ("1 - Several days", 1), ("Nearly every day (3)", 3), ("2", 2), ("4", None), ("2 of 3", None),
        ("An einzelnen Tagen", 1), ("Überhaupt nicht", 0), ("Más de la mitad de los días", 2),
        ("Presque tous les jours", 3),
        ("Sí", 1), ("nein", 0), ("oui", 1), ("Patient denies", 0), ("see note", None), ("", None),
    ],
)  # fmt: skip
def test_an_answer_in_words_has_its_points(words, points):
    assert points_of(words) == points
