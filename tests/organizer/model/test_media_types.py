import pytest

from organizer.model.media_types import spoken_type


@pytest.mark.parametrize(
    ("media_type", "words"),
    [
        ("application/pdf", "PDF"),
        ("image/jpeg", "picture (JPEG)"),
        ("text/html; charset=utf-8", "web page"),
        ("image/svg+xml", "picture (SVG)"),
        ("audio/mpeg", "recording (MPEG)"),
        ("application/x-thing", "file (THING)"),
        ("application/octet-stream", "file"),
        ("", "file"),
    ],
)
def test_sorts_of_files_are_said_in_words(media_type: str, words: str) -> None:
    assert spoken_type(media_type) == words
