"""A backup holds everything, is checked before it counts, and is refused with the name of what is damaged."""

import contextlib
import random
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from organizer.base.errors import BackupDamagedError, Cancelled, OrganizerError, WrongPassphraseError
from organizer.base.progress import CancellableProgress, NoProgress
from organizer.model.entry import Entry, Source
from organizer.services.entries.entries import Query, find
from organizer.services.record import backups, erasing, records
from organizer.store import change_log, originals
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
    place, counts = backups.restore(backup, tmp_path / "Again", PASSPHRASE, "", NoProgress())
    again = records.open_record(place, PASSPHRASE)
    assert held(again) == held(record)
    assert counts.entries == len(held(record))
    (document,) = originals.all_originals(again)
    assert originals.read(again, document.sha256).startswith(b"Biopsy")
    assert [one.label for one in change_log.history(again)] == [one.label for one in change_log.history(record)]
    records.close(again)


def test_the_recovery_code_opens_it_too(record, backup, tmp_path):
    place, _counts = backups.restore(backup, tmp_path / "Again", "", record.recovery, NoProgress())
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
    kept = backups.kept(daily)
    assert today in kept
    assert set(daily[:7]) <= kept
    assert 18 <= len(kept) <= 7 + 4 + 12
    assert min(kept) >= today - timedelta(days=366)


def test_in_a_folder_older_ones_are_thinned_out_and_strangers_stay(record, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    for day in range(1, 29):
        (folder / f"Ann 2020-02-{day:02} 0900.casebook-backup").write_bytes(b"old")
    (folder / "Other 2020-02-01 0900.casebook-backup").write_bytes(b"another record")
    made = backups.make(record, folder, NoProgress())
    assert made.path in folder.iterdir()
    assert len(made.removed) > 15
    assert (folder / "Other 2020-02-01 0900.casebook-backup").exists()


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
