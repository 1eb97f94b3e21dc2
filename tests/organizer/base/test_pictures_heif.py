"""Photographs as iPhones keep them are opened like any other picture."""

import pytest

from organizer.base import pictures
from organizer.importing.page_text.contents import media_type_of
from tests.house.source import ROOT

PHOTO = (ROOT / "tests/data/documents/photo-sideways.heic").read_bytes()


def test_a_photograph_of_a_phone_is_drawn():
    with pictures.opened(PHOTO) as picture:
        assert pictures.on_white(pictures.upright(picture)).size == (260, 900)


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"hevc", b"mif1", b"msf1"])
def test_it_is_known_by_its_brand(brand):
    assert media_type_of(b"\0\0\0\x18ftyp" + brand) == "image/heic"


@pytest.mark.parametrize("brand", [b"isom", b"mp42", b"M4A "])
def test_films_and_sounds_of_the_same_family_are_no_pictures(brand):
    assert not media_type_of(b"\0\0\0\x18ftyp" + brand).startswith("image/")


def test_what_only_begins_like_one_is_damaged():
    with pytest.raises(pictures.PictureError), pictures.opened(PHOTO[:40]):
        pass
