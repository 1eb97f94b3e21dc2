"""A record from somebody else may hold links: none is followed, nothing outside is touched, nothing foreign removed."""

import os
import shutil
import stat

import pytest

from organizer.base.errors import LinkRefusedError
from organizer.base.progress import NoProgress
from organizer.services.record import backups, records
from organizer.store import originals
from tests.made_records import CHEAP, PASSPHRASE

NAMES = ("keys.json", "keys-copy.json", "record.db", "lock", "commits", "record.db.before-update", "record.db-wal")


@pytest.fixture(scope="module")
def pristine(blank_record, tmp_path_factory):
    """A closed record with one document."""
    folder = shutil.copytree(blank_record(), tmp_path_factory.mktemp("links") / "Ann.casebook")
    record = records.open_record(folder, PASSPHRASE)
    originals.put(record, b"a letter", "letter.txt", "text/plain")
    records.close(record)
    return folder


@pytest.fixture
def closed(pristine, tmp_path):
    return shutil.copytree(pristine, tmp_path / "Ann.casebook")


@pytest.fixture
def victim(tmp_path):
    """A folder of somebody's with files that must stay."""
    folder = tmp_path / "victim"
    (folder / "ab").mkdir(parents=True)
    for path in (folder / "diary.txt", folder / "ab" / ("0" * 62)):
        path.write_text("mine")
    return folder


def contents(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def refused(folder):
    with pytest.raises(LinkRefusedError) as error:
        records.open_record(folder, PASSPHRASE)
    return error.value


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("is_there", [True, False])
def test_no_file_of_a_record_is_opened_through_a_link(closed, victim, name, is_there):
    target = victim / ("diary.txt" if is_there else "new.txt")
    before = contents(victim)
    (closed / name).unlink(missing_ok=True)
    (closed / name).symlink_to(target)
    assert name in refused(closed).message
    assert contents(victim) == before


@pytest.mark.parametrize("place", ["originals", "originals/ab"])
def test_no_folder_of_documents_is_looked_into_through_a_link(closed, victim, place):
    before = contents(victim)
    shutil.rmtree(closed / place, ignore_errors=True)
    (closed / place).symlink_to(victim)
    refused(closed)
    assert contents(victim) == before


def test_a_document_that_became_a_link_is_not_read(closed, victim):
    record = records.open_record(closed, PASSPHRASE)
    (document,) = originals.all_originals(record)
    path = originals.place(record, document.sha256)
    path.unlink()
    path.symlink_to(victim / "diary.txt")
    with pytest.raises(LinkRefusedError):
        originals.read(record, document.sha256)
    records.close(record)


def test_a_pipe_in_the_place_of_a_file_does_not_hold_the_program(closed):
    (closed / "lock").unlink(missing_ok=True)
    os.mkfifo(closed / "lock")
    assert "lock" in refused(closed).message


def test_sweeping_takes_only_what_bears_a_name_of_ours_where_we_put_it(closed):
    own = closed / "originals" / "ab"
    own.mkdir(exist_ok=True)
    stays = [
        closed / "originals" / "notes.txt", own / "notes.txt", own / ("0" * 61), own / ("g" * 62),
        closed / ("0" * 62), closed / "originals" / "elsewhere" / ("0" * 62),
    ]  # fmt: skip
    goes = [own / ("0" * 62), own / f".{'0' * 62}.0123456789ab.part", closed / ".keys.json.0123456789ab.part"]
    for path in stays + goes:
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    records.close(records.open_record(closed, PASSPHRASE))
    assert all(path.exists() for path in stays)
    assert not any(path.exists() for path in goes)


def test_a_half_restored_folder_is_swept_and_a_foreign_one_stays(closed):
    half, foreign = (closed.with_name(f".Ann.casebook.{mark}.part") for mark in ("0123456789ab", "0123456789ac"))
    for folder, name in ((half, "keys.json"), (foreign, "diary.txt")):
        folder.mkdir()
        (folder / name).write_text("x")
        os.utime(folder, (1, 1))
    records.close(records.open_record(closed, PASSPHRASE))
    assert not half.exists()
    assert foreign.exists()


def modes(folder):
    return {stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.rglob("*")] if path.is_dir()}, {
        stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()
    }


def test_folders_and_files_are_for_their_person_only(tmp_path):
    mask = os.umask(0)
    try:
        made, _code = records.create(tmp_path / "Ann", PASSPHRASE, "Ann", CHEAP)
        originals.put(made, b"a letter", "letter.txt", "text/plain")
        assert modes(made.path) == ({0o700}, {0o600})
        backup = backups.make(made, tmp_path / "a.casebook-backup", NoProgress()).path
        assert stat.S_IMODE(backup.stat().st_mode) == 0o600
        records.close(made)
        place = backups.restore(backup, tmp_path / "Again", PASSPHRASE, "", NoProgress()).place
        assert modes(place) == ({0o700}, {0o600})
    finally:
        os.umask(mask)


def test_a_record_that_others_could_look_into_is_closed_to_them(closed):
    closed.chmod(0o755)
    (closed / "record.db").chmod(0o644)
    records.close(records.open_record(closed, PASSPHRASE))
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert stat.S_IMODE((closed / "record.db").stat().st_mode) == 0o600
