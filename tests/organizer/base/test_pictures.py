"""Pictures: which are too large to be opened, and which lie on their side (EXIF 2.32, tag 274, values 5 to 8)."""

import io
from types import SimpleNamespace

import pytest
from PIL import Image

from organizer.base import pictures


@pytest.mark.parametrize("turn", range(10))
def test_a_picture_that_its_camera_noted_as_turned_a_quarter_is_as_wide_as_it_is_high(turn):
    exif = Image.Exif()
    exif[274] = turn
    paper = io.BytesIO()
    Image.new("L", (30, 20)).save(paper, "JPEG", exif=exif)
    with pictures.opened(paper.getvalue()) as picture:
        assert pictures.upright_size(picture) == ((20, 30) if turn in (5, 6, 7, 8) else (30, 20))


@pytest.mark.parametrize(("height", "is_refused"), [(10, False), (11, True)])
def test_a_picture_of_more_pixels_than_are_asked_for_is_refused_before_it_is_decoded(height, is_refused):
    assert (pictures.MOST_PIXELS, pictures.MOST_OF_A_JPEG) == (170_000_000, 400_000_000)
    if is_refused:
        with pytest.raises(pictures.PictureError) as refused:
            pictures._refuse_larger(SimpleNamespace(width=10, height=height), 100)
        assert refused.value.is_too_large
    else:
        pictures._refuse_larger(SimpleNamespace(width=10, height=height), 100)
