"""What a backup says that it holds: of which format it is, and how long its list may be."""

import hashlib
import io
import zipfile
from types import SimpleNamespace

import orjson
import pytest

from organizer.base.errors import BackupDamagedError, RecordTooNewError
from organizer.base.progress import NoProgress
from organizer.services.record import backups
from organizer.store import backup_file
from tests.made_records import opened_copy

LISTED = {name: {"sha256": "ab" * 32, "size": 1} for name in ("keys.json", "record.db")}


def listed(**changes):
    """The list of contents of a backup, written and read again."""
    manifest = {"format": 1, "entries": 0, "originals": 0, "operations": 0, "files": LISTED} | changes
    paper = io.BytesIO()
    with zipfile.ZipFile(paper, "w") as pack:
        pack.writestr("manifest.json", orjson.dumps(manifest))
    with zipfile.ZipFile(paper) as pack:
        return backup_file._manifest(pack)


def test_backups_of_both_formats_are_read_and_of_a_newer_one_refused_as_such():
    assert listed(format=1)["format"] == 1
    assert listed(format=2)["format"] == 2
    with pytest.raises(RecordTooNewError):
        listed(format=3)


def test_a_backup_alone_can_be_put_back_by_older_programs_and_one_beside_its_documents_cannot(blank_record, tmp_path):
    (tmp_path / "folder").mkdir()
    with opened_copy(blank_record(), tmp_path / "record") as record:
        made = [backups.make(record, tmp_path / out, NoProgress()).path for out in ("a.casebook-backup", "folder")]
    formats = []
    for path in made:
        with zipfile.ZipFile(path) as pack:
            formats.append(orjson.loads(pack.read("manifest.json"))["format"])
    assert formats == [1, 2]


def test_a_list_longer_than_any_record_needs_is_not_read(monkeypatch):
    assert backup_file.LARGEST_MANIFEST == 64 * 1024 * 1024
    length = len(orjson.dumps({"format": 1, "entries": 0, "originals": 0, "operations": 0, "files": LISTED}))
    monkeypatch.setattr(backup_file, "LARGEST_MANIFEST", length)
    assert listed()
    monkeypatch.setattr(backup_file, "LARGEST_MANIFEST", length - 1)
    with pytest.raises(BackupDamagedError):
        listed()


@pytest.mark.parametrize(("count", "words"), [(5, "“e”"), (6, "“e” and 1 more"), (9, "“e” and 4 more")])
def test_five_damaged_documents_are_named_and_the_others_counted(count, words):
    whole = SimpleNamespace(lacks=lambda _name: False, shared=None)
    error = backup_file.documents_lacking(whole, "abcdefghi"[:count], {})
    assert error.message.endswith(f"{words}.")


@pytest.mark.parametrize(("size", "parts"), [(0, []), (1, [b"a"]), (2, [b"ab"]), (3, [b"ab", b"c"])])
def test_a_part_is_read_to_its_end_in_steps_and_no_further(monkeypatch, size, parts):
    monkeypatch.setattr(backup_file, "STEP", 2)
    listed = {"size": size, "sha256": hashlib.sha256(b"abc"[:size]).hexdigest()}
    holds = SimpleNamespace(files={"record.db": listed}, open=lambda _name: io.BytesIO(b"abcdef"))
    assert list(backup_file._as_checked(holds, "record.db")) == parts
