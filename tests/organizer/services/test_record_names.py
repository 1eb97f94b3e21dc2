"""A record's folder ends as records do, in whatever letters the system gives its name."""

from pathlib import Path

import pytest

from organizer.services.record.records import with_suffix


@pytest.mark.parametrize(
    ("given", "folder"),
    [
        ("Ada", "Ada.casebook"), ("Ada.casebook", "Ada.casebook"), ("ada.CASEBOOK", "ada.CASEBOOK"),
        ("Dr. Ada", "Dr. Ada.casebook"),
    ],
)  # fmt: skip
def test_the_ending_is_put_where_none_is(given, folder):
    assert with_suffix(Path("/home") / given) == Path("/home") / folder
