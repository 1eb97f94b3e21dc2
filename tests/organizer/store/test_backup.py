"""A backup holds everything, is checked before it counts, and is refused with the name of what is damaged."""

import contextlib
import os
import random
import time
import tracemalloc
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from organizer.base.errors import (
    AlreadyThereError,
    BackupDamagedError,
    Cancelled,
    OrganizerError,
    RecordDamagedError,
    WrongPassphraseError,
)
from organizer.base.progress import CancellableProgress, NoProgress
from organizer.model.entry import Entry, Source
from organizer.services.entries.entries import Query, find
from organizer.services.record import backups, erasing, records
from organizer.store import backup_file, change_log, originals
from tests.made_records import CHEAP, opened_copy

PASSPHRASE = "five plain words to remember"


@pytest.fixture(scope="module")
def ann(tmp_path_factory):
    """Folder and recovery code of a closed record with a document and twenty diagnoses."""
    made, code = records.create(tmp_path_factory.mktemp("ann") / "Ann", PASSPHRASE, "Ann Lee", CHEAP)
    sha = originals.put(made, b"Biopsy: class III" * 40_000, "biopsy.txt", "text/plain")
    person = find(made, Query(kinds=("Patient",)))[0].id
    sources = (Source(document=sha, locator="page=1"),)
    added = [Entry("Condition", f"Diagnosis {n}", person=person, sources=sources if n == 1 else ()) for n in range(20)]
    change_log.apply(made, "Added", [change_log.Add(one) for one in added])
    records.close(made)
    return made.path, code


@pytest.fixture
def record(ann, tmp_path):
    with opened_copy(ann[0], tmp_path, PASSPHRASE) as made:
        made.recovery = ann[1]
        yield made


@pytest.fixture
def backup(record, tmp_path):
    return backups.make(record, tmp_path / "Ann.casebook-backup", NoProgress()).path


def held(record):
    return [(one.id, one) for one in sorted(find(record, Query()), key=lambda one: one.id)]


def test_what_comes_back_is_what_was_saved(record, backup, tmp_path):
    restored = backups.restore(backup, tmp_path / "Again", PASSPHRASE, "", NoProgress())
    again = records.open_record(restored.place, PASSPHRASE)
    assert held(again) == held(record)
    assert restored.counts.entries == len(held(record))
    (document,) = originals.all_originals(again)
    assert originals.read(again, document.sha256).startswith(b"Biopsy")
    assert [one.label for one in change_log.history(again)] == [one.label for one in change_log.history(record)]
    records.close(again)


def test_the_recovery_code_opens_it_too(record, backup, tmp_path):
    place = backups.restore(backup, tmp_path / "Again", "", record.recovery, NoProgress()).place
    assert (place / "record.db").is_file()


def test_the_record_says_when_it_was_backed_up_last(record, backup):
    assert backups.last_backup(record).startswith("20")


def test_nothing_readable_is_in_it(backup):
    data = backup.read_bytes()
    assert not any(word in data for word in (b"Diagnosis", b"Biopsy", b"Ann Lee", b"biopsy.txt"))


def test_a_wrong_passphrase_leaves_nothing_behind(backup, tmp_path):
    with pytest.raises(WrongPassphraseError):
        backups.restore(backup, tmp_path / "Again", "another passphrase", "", NoProgress())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Ann.casebook", "Ann.casebook-backup"]


def test_it_never_writes_over_what_is_there(record, backup):
    before = held(record)
    with pytest.raises(OrganizerError):
        backups.restore(backup, record.path, PASSPHRASE, "", NoProgress())
    assert held(record) == before


@pytest.mark.parametrize("seed", range(24))
def test_a_flipped_bit_is_refused_by_name(backup, tmp_path, seed):
    data = bytearray(backup.read_bytes())
    place = random.Random(seed).randrange(len(data))
    data[place] ^= 1 << (seed % 8)
    backup.write_bytes(data)
    with contextlib.suppress(BackupDamagedError):
        # It comes back only where the bit lies in the zip's own frame and changes no content, such as a date.
        backups.restore(backup, tmp_path / "Again", PASSPHRASE, "", NoProgress())
        assert place > len(data) * 0.99 or zipfile.ZipFile(backup).testzip() is None
        again = records.open_record(tmp_path / "Again.casebook", PASSPHRASE)
        assert len(held(again)) == 21
        records.close(again)
        return
    assert not (tmp_path / "Again.casebook").exists()


def test_a_damaged_document_is_called_by_its_own_name(backup, tmp_path):
    with zipfile.ZipFile(backup) as pack:
        info = max(pack.infolist(), key=lambda one: one.file_size if one.filename.startswith("originals/") else 0)
        start = info.header_offset + 30 + len(info.filename) + 1000
    data = bytearray(backup.read_bytes())
    data[start] ^= 4
    backup.write_bytes(data)
    with pytest.raises(BackupDamagedError) as refused:
        backups.restore(backup, tmp_path / "Again", PASSPHRASE, "", NoProgress())
    assert "biopsy.txt" in refused.value.message


def test_what_is_no_backup_is_refused_plainly(tmp_path):
    (tmp_path / "note.txt").write_text("not a backup")
    with pytest.raises(BackupDamagedError):
        backups.restore(tmp_path / "note.txt", tmp_path / "Again", PASSPHRASE, "", NoProgress())


def test_a_cancelled_backup_leaves_the_older_one(record, backup):
    before, stop = backup.read_bytes(), CancellableProgress()
    stop.cancel()
    with pytest.raises(Cancelled):
        backups.make(record, backup, stop)
    assert backup.read_bytes() == before
    assert not list(backup.parent.glob(".*"))


def test_rotation_keeps_days_weeks_and_months_and_always_the_newest():
    today = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    daily = [today - timedelta(days=n) for n in range(500)]
    kept = backups.to_keep(daily)
    assert today in kept
    assert set(daily[:7]) <= kept
    assert 18 <= len(kept) <= 7 + 4 + 12
    assert min(kept) >= today - timedelta(days=366)


def at_moment(monkeypatch, moment):
    """Backups are made as if it were then."""
    for module in ("organizer.services.record.backups.now", "organizer.store.backup_file.now"):
        monkeypatch.setattr(module, lambda: moment)


def test_in_a_folder_older_ones_are_thinned_out_and_what_only_bears_the_name_stays(record, tmp_path, monkeypatch):
    folder = tmp_path / "backups"
    folder.mkdir()
    strangers = ("Ann 2020-02-01 0900", "Ann 2026-13-45 9999", "Other 2020-02-01 0900")
    for name in strangers:
        (folder / f"{name}.casebook-backup").write_bytes(b"not made by this record")
    (folder / "Ann 2019-01-01 0900.casebook-backup").mkdir()
    made = []
    for day in range(1, 11):
        at_moment(monkeypatch, datetime(2026, 3, day, 9, tzinfo=UTC))
        made.append(backups.make(record, folder, NoProgress()))
    gone = {path for one in made for path in one.removed}
    assert len(gone) == 2  # ten days, seven of which are kept, and one for the week before
    assert all((folder / f"{name}.casebook-backup").exists() for name in (*strangers, "Ann 2019-01-01 0900"))
    assert made[-1].path.is_file()


def test_two_people_whose_records_have_one_name_keep_all_their_backups_in_one_folder(ann, tmp_path, monkeypatch):
    folder = tmp_path / "stick"
    folder.mkdir()
    whose = {}
    for person in ("Mum", "Dad"):
        place = tmp_path / person
        place.mkdir()
        whose[person], _code = records.create(place / "Health record", PASSPHRASE, person, CHEAP)
    written = {person: [] for person in whose}
    moment = datetime(2026, 3, 1, 9, tzinfo=UTC)
    for _time in range(10):
        for person, one in whose.items():
            moment += timedelta(seconds=20)  # thrice in each minute
            at_moment(monkeypatch, moment)
            written[person].append(backups.make(one, folder, NoProgress()))
            for other, made in written.items():
                left = [step.path for step in made if step.path.exists()]
                assert made == [] or left, f"No backup of {other} is left."
                assert made == [] or made[-1].path in left
    for person, made in written.items():
        place = backups.restore(made[-1].path, tmp_path / f"{person} again", PASSPHRASE, "", NoProgress()).place
        again = records.open_record(place, PASSPHRASE)
        assert [one.title for one in find(again, Query(kinds=("Patient",)))] == [person]
        records.close(again)
        records.close(whose[person])


def test_in_the_same_minute_nothing_is_replaced(record, tmp_path, monkeypatch):
    at_moment(monkeypatch, datetime(2026, 3, 1, 9, tzinfo=UTC))
    folder = tmp_path / "stick"
    folder.mkdir()
    name = f"Ann {datetime(2026, 3, 1, 9, tzinfo=UTC).astimezone():%Y-%m-%d %H%M}.casebook-backup"
    home = backups.make(record, folder, NoProgress()).path.parent
    (home / name).write_bytes(b"somebody else's")
    made = backups.make(record, folder, NoProgress())
    assert made.path == home / f"{name.removesuffix('.casebook-backup')} 2.casebook-backup"
    assert (home / name).read_bytes() == b"somebody else's"


def test_another_copy_of_the_same_record_keeps_its_backups(record, backup, tmp_path, monkeypatch):
    place = backups.restore(backup, tmp_path / "Again", PASSPHRASE, "", NoProgress()).place
    other = records.open_record(place, PASSPHRASE)
    folder = tmp_path / "shared"
    folder.mkdir()
    theirs = backups.make(other, folder, NoProgress()).path
    records.close(other)
    for day in range(1, 11):
        at_moment(monkeypatch, datetime(2026, 3, day, 9, tzinfo=UTC))
        backups.make(record, folder, NoProgress())
    assert theirs.exists()


def test_a_file_is_replaced_only_when_that_is_said(record, backup):
    before = backup.read_bytes()
    with pytest.raises(AlreadyThereError):
        backups.make(record, backup, NoProgress(), replace=False)
    assert backup.read_bytes() == before


@pytest.mark.parametrize("harm", [b"\x00", b""])
def test_a_damaged_document_never_gets_into_a_backup(record, backup, tmp_path, harm):
    (document,) = originals.all_originals(record)
    path = originals.place(record, document.sha256)
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + harm + whole[101:])
    with pytest.raises(RecordDamagedError, match=r"biopsy\.txt"):
        backups.make(record, tmp_path / "new.casebook-backup", NoProgress())
    assert not (tmp_path / "new.casebook-backup").exists()
    assert not list(tmp_path.glob(".*"))


def test_what_was_written_is_read_back_before_it_counts(record, tmp_path, monkeypatch):
    """A disk that loses a byte on the way: the file is as long as it should be and not what was written."""
    spoilt = backup_file.add

    def add(pack, name, stream):
        told = spoilt(pack, name, stream)
        return told | {"sha256": "0" * 64} if name == "record.db" else told

    monkeypatch.setattr(backup_file, "add", add)
    with pytest.raises(BackupDamagedError, match="database"):
        backups.make(record, tmp_path / "new.casebook-backup", NoProgress())
    assert not (tmp_path / "new.casebook-backup").exists()


def test_a_manifest_that_somebody_rewrote_is_refused(backup, tmp_path):
    forged = tmp_path / "forged.casebook-backup"
    with zipfile.ZipFile(backup) as pack, zipfile.ZipFile(forged, "w") as out:
        for name in pack.namelist():
            data = pack.read(name)
            out.writestr(name, data.replace(b'"entries": 21', b'"entries": 20') if name == "manifest.json" else data)
    with pytest.raises(BackupDamagedError, match="seal"):
        backups.restore(forged, tmp_path / "Again", PASSPHRASE, "", NoProgress())


@pytest.mark.parametrize("manifest", [b"[" * 100_000, b'{"files": 1e400}', b"{}", b'{"files": {"keys.json": 1}}', b""])
def test_a_crafted_list_of_contents_is_refused_plainly(backup, tmp_path, manifest):
    crafted = tmp_path / "crafted.casebook-backup"
    with zipfile.ZipFile(backup) as pack, zipfile.ZipFile(crafted, "w") as out:
        for name in pack.namelist():
            out.writestr(name, manifest if name == "manifest.json" else pack.read(name))
    with pytest.raises(BackupDamagedError):
        backups.restore(crafted, tmp_path / "Again", PASSPHRASE, "", NoProgress())


def test_memory_of_a_backup_does_not_grow_with_its_documents(record, tmp_path):
    rng = random.Random(7)
    originals.put(record, rng.randbytes(24 << 20), "scan.bin", "application/octet-stream")
    tracemalloc.start()
    backups.make(record, tmp_path / "new.casebook-backup", NoProgress())
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 12 << 20


def test_what_was_left_of_an_interrupted_backup_goes_with_the_next_one(record, tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    old, fresh, foreign = (
        folder / ".Ann.casebook-backup.0123456789ab.part",
        folder / ".Ann.casebook-backup.0123456789ac.db",
        folder / ".Ann.casebook-backup.part",
    )
    for path in (old, fresh, foreign):
        path.write_bytes(b"half")
    long_ago = time.time() - 2 * 86_400
    for path in (old, foreign):
        os.utime(path, (long_ago, long_ago))
    backups.make(record, folder / "Ann.casebook-backup", NoProgress())
    assert not old.exists()
    assert fresh.exists()  # somebody may be writing it now
    assert foreign.exists()  # no name of ours


@pytest.mark.parametrize(("days", "told"), [(30, False), (31, True)])
def test_an_old_backup_is_recalled_once_the_record_has_changed(record, backup, days, told):
    made_on = datetime.fromisoformat(backups.last_backup(record)).astimezone().date()
    assert backups.reminder(record, made_on + timedelta(days=days)) == ""  # nothing was saved since
    for number in range(6):
        change_log.apply(record, "more", [change_log.Add(Entry("Condition", f"More {number}"))])
    assert bool(backups.reminder(record, made_on + timedelta(days=days))) is told


def test_a_new_passphrase_opens_and_the_old_one_does_not(record):
    records.change_passphrase(record, "another good passphrase", CHEAP)
    records.close(record)
    with pytest.raises(WrongPassphraseError):
        records.open_record(record.path, PASSPHRASE)
    records.close(records.open_record(record.path, "another good passphrase"))
    records.close(records.open_with_recovery_code(record.path, record.recovery))


def test_a_new_recovery_code_takes_the_place_of_the_old_one(record):
    code = records.new_recovery_code(record, CHEAP)
    records.close(record)
    with pytest.raises(WrongPassphraseError):
        records.open_with_recovery_code(record.path, record.recovery)
    records.close(records.open_with_recovery_code(record.path, code))


def test_commits_that_a_damaged_log_dropped_are_noticed(record):
    ahead = int(record.meta("commits")) + 3
    (record.path / "commits").write_text(f"{ahead} {ahead}")
    assert any("3 changes" in one for one in record.damaged_pages())
    (record.path / "commits").write_text(f"{ahead} 1")  # half written: it tells nothing
    assert record.damaged_pages() == []


def test_documents_of_an_import_that_was_cut_off_are_swept(record):
    stray = record.path / "originals" / "ab" / ("0" * 62)
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"left over")
    records.close(record)
    again = records.open_record(record.path, PASSPHRASE)
    assert not stray.exists()
    assert len(originals.all_originals(again)) == 1
    records.close(again)


def test_an_erased_entry_is_nowhere_any_more(record):
    (target,) = [one for one in find(record, Query()) if one.title == "Diagnosis 1"]
    erased = erasing.entries(record, [target.id])
    assert (erased.entries, erased.documents) == (1, 1)
    assert originals.all_originals(record) == []
    assert not [path for path in (record.path / "originals").rglob("*") if path.is_file()]
    tables = ("entry", "change", "operation", "source", "link")
    told = repr([record.rows(f"SELECT * FROM {name}") for name in tables])
    assert "Diagnosis 1'" not in told
    assert target.id not in told
    assert len(find(record, Query())) == 20


def test_a_document_on_which_others_rest_is_kept_and_named(record):
    one, other = [entry for entry in find(record, Query()) if entry.title in ("Diagnosis 1", "Diagnosis 2")]
    first = one if one.sources else other
    second = other if one.sources else one
    change_log.apply(record, "Same letter", [change_log.Replace(second.having(sources=first.sources))])
    assert erasing.entries(record, [first.id]).kept_documents == ("biopsy.txt",)


def test_a_person_is_erased_with_everything_and_the_last_one_never(record):
    (ann,) = find(record, Query(kinds=("Patient",)))
    with pytest.raises(OrganizerError):
        erasing.person(record, ann.id)
    change_log.apply(record, "Ben", [change_log.Add(Entry("Patient", "Ben Lee"))])
    erased = erasing.person(record, ann.id)
    assert erased.entries == 21
    assert [one.title for one in find(record, Query())] == ["Ben Lee"]


def test_a_whole_record_is_erased_only_when_it_is_closed(record):
    with pytest.raises(OrganizerError):
        erasing.whole_record(record.path)
    records.close(record)
    erasing.whole_record(record.path)
    assert not record.path.exists()
