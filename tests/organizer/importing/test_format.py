"""A file to import: what is held of it at once, and by how much of it formats know it."""

import zipfile

import pytest

from organizer.base.errors import UnreadableSourceError
from organizer.importing.core import format as core_format
from organizer.importing.core.format import SourceFile

LETTER = b"A letter. " * 10


@pytest.fixture
def little_room(monkeypatch):
    assert core_format.MOST_AT_ONCE == 512 * 1024 * 1024
    monkeypatch.setattr(core_format, "MOST_AT_ONCE", len(LETTER))


@pytest.mark.usefixtures("little_room")
@pytest.mark.parametrize("is_on_disk", [True, False])
def test_a_file_is_held_up_to_a_size_and_refused_by_name_beyond_it(tmp_path, is_on_disk):
    (tmp_path / "letter.txt").write_bytes(LETTER)
    (tmp_path / "longer.txt").write_bytes(LETTER + b"x")
    letter, longer = (
        SourceFile(name, tmp_path / name) if is_on_disk else SourceFile(name, data=(tmp_path / name).read_bytes())
        for name in ("letter.txt", "longer.txt")
    )
    assert letter.read() == LETTER
    with pytest.raises(UnreadableSourceError) as refused:
        longer.read()
    assert "longer.txt" in refused.value.message
    assert refused.value.next_step


@pytest.mark.usefixtures("little_room")
def test_a_member_that_is_longer_than_its_zip_says_is_refused_as_it_comes(tmp_path):
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as made:
        made.writestr("letter.txt", LETTER)
        made.writestr("longer.txt", LETTER + b"x")
    letter, longer = (
        SourceFile(name, tmp_path / "export.zip", member=name, size=1) for name in ("letter.txt", "longer.txt")
    )
    assert letter.read() == LETTER
    with pytest.raises(UnreadableSourceError, match="too large"):
        longer.read()


def test_formats_know_a_file_by_its_first_64_kibibytes():
    assert SourceFile("long.txt", data=bytes(65_536) + b"x").head == bytes(65_536)
