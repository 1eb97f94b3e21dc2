"""Of which side of the body a result is, in four languages and as eye doctors write it."""

import pytest

from organizer.health.sides import side_of


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Intraocular pressure Right eye", "right"),
        ("IOP OD", "right"),
        ("IOP OS", "left"),
        ("Augeninnendruck links", "left"),
        ("linkes Auge", "left"),
        ("Tensión ocular, ojo izquierdo", "left"),
        ("Tonométrie œil droit", "right"),
        ("both eyes, left and right", ""),
        ("Potassium", ""),
        ("Vitamin D, od", ""),
        ("Bright’s disease", ""),
    ],
)
def test_a_side_is_told_where_one_is_named_and_not_the_other(text, side):
    assert side_of(text) == side
