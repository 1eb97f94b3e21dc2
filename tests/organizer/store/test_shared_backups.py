"""Backups into a folder have each document once; whatever is copied, cut off, damaged or thinned out, what is there
comes back, and what isn't is said."""

import os
import random
import shutil
import sys
import time
import zipfile
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from organizer.base.errors import BackupDamagedError, BackupDocumentsError, Cancelled, DiskFullError, OrganizerError
from organizer.base.progress import CancellableProgress, NoProgress
from organizer.model.entry import Entry, Source
from organizer.services.bring_in import importing
from organizer.services.entries.entries import Query, find
from organizer.services.record import backups, erasing, records, verifying
from organizer.store import backup_file, change_log, files, originals, restoring
from tests.made_records import PASSPHRASE, opened_copy

QUIET = NoProgress()
SCAN = random.Random(5).randbytes(700_000)
LETTER = b"Biopsy: class III. " * 5_000


@pytest.fixture(scope="module")
def pristine(blank_record, tmp_path_factory):
    """A closed record with a scan and a letter, each behind a diagnosis."""
    with opened_copy(blank_record(), tmp_path_factory.mktemp("pristine")) as made:
        person = find(made, Query(kinds=("Patient",)))[0].id
        for name, data in (("scan.bin", SCAN), ("letter.txt", LETTER)):
            sha = originals.put(made, data, name, "application/octet-stream")
            entry = Entry("Condition", f"From {name}", person=person, sources=(Source(document=sha),))
            change_log.apply(made, "Added", [change_log.Add(entry)])
    return made.path


@pytest.fixture
def record(pristine, tmp_path):
    with opened_copy(pristine, tmp_path) as made:
        yield made


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def made_on(record, stick, monkeypatch, moment):
    """A backup as it is made at that moment."""
    for module in ("organizer.services.record.backups.now", "organizer.store.backup_file.now"):
        monkeypatch.setattr(module, lambda: moment)
    return backups.make(record, stick, QUIET)


def size_of(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def shared(home):
    """The files of documents that lie beside the backups."""
    return sorted(path for path in home.glob("documents-*/*/*") if path.is_file())


def restored(file, folder, leave_out=False):
    """The titles of what a backup brings back, and its documents."""
    place = backups.restore(file, folder, PASSPHRASE, "", QUIET, leave_out).place
    again = records.open_record(place, PASSPHRASE)
    try:
        whole = not verifying.verify(again, QUIET).problems
        return {one.title for one in find(again, Query())}, {one.name for one in originals.all_originals(again)}, whole
    finally:
        records.close(again)
        shutil.rmtree(place)


def aged(paths):
    """Two days later nobody is counting on these files any more."""
    long_ago = time.time() - 2 * 86_400
    for path in paths:
        os.utime(path, (long_ago, long_ago))


def entry_from(record, name):
    return next(one.id for one in find(record, Query()) if one.title == f"From {name}")


def test_seven_backups_take_the_room_of_one_and_of_the_database_each_time(record, stick, monkeypatch):
    first = made_on(record, stick, monkeypatch, datetime(2026, 3, 1, 9, tzinfo=UTC))
    for day in range(2, 8):
        last = made_on(record, stick, monkeypatch, datetime(2026, 3, day, 9, tzinfo=UTC))
    home = first.path.parent
    assert last.number == len(list(home.glob("*.casebook-backup"))) == 7
    assert last.size == size_of(home)
    documents = sum(path.stat().st_size for path in shared(home))
    assert documents >= len(SCAN)
    assert last.size <= documents + 7 * (record.size() + 20_000)


def test_each_backup_of_a_folder_comes_back_with_all_its_documents(record, stick, tmp_path, monkeypatch):
    files_made = []
    for day in (1, 2, 3):
        originals.put(record, f"Note of day {day}".encode(), f"note {day}.txt", "text/plain")
        files_made.append(made_on(record, stick, monkeypatch, datetime(2026, 3, day, 9, tzinfo=UTC)).path)
    for day, file in enumerate(files_made, 1):
        _titles, documents, whole = restored(file, tmp_path / "Again")
        assert whole
        assert documents == {"scan.bin", "letter.txt", *(f"note {n}.txt" for n in range(1, day + 1))}


def test_nothing_readable_and_no_name_that_could_be_recognised_is_there(record, stick):
    home = backups.make(record, stick, QUIET).path.parent
    everything = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    names = " ".join(path.as_posix() for path in home.rglob("*"))
    assert b"Biopsy" not in everything
    assert "letter" not in names
    assert not any(original.sha256[2:] in names for original in originals.all_originals(record))


def test_documents_are_compressed_before_they_are_encrypted(record, stick):
    home = backups.make(record, stick, QUIET).path.parent
    assert min(path.stat().st_size for path in shared(home)) < len(LETTER) / 20


def test_the_folder_as_a_whole_can_be_carried_away(record, stick, tmp_path):
    made = backups.make(record, stick, QUIET)
    elsewhere = shutil.copytree(made.path.parent, tmp_path / "another stick" / "under another name")
    shutil.rmtree(stick)
    assert restored(elsewhere / made.path.name, tmp_path / "Again")[2]


def test_the_folder_says_that_it_is_to_be_copied_as_a_whole(record, stick):
    text = (backups.make(record, stick, QUIET).path.parent / "About this folder.txt").read_text("utf-8")
    assert "as a whole" in text


def test_a_file_that_was_taken_out_of_its_folder_says_what_it_lacks_before_any_secret(record, stick, tmp_path):
    alone = shutil.copy(backups.make(record, stick, QUIET).path, tmp_path / "alone.casebook-backup")
    with pytest.raises(BackupDocumentsError, match="its 2 documents stand in the folder “documents-") as refused:
        backups.restore(alone, tmp_path / "Again", "not even the passphrase", "", QUIET)
    assert "Copy the whole folder" in refused.value.next_step
    assert not (tmp_path / "Again.casebook").exists()


def test_all_but_the_documents_of_such_a_file_can_still_be_put_back(record, stick, tmp_path):
    alone = shutil.copy(backups.make(record, stick, QUIET).path, tmp_path / "alone.casebook-backup")
    again = backups.restore(alone, tmp_path / "Again", PASSPHRASE, "", QUIET, leave_out=True)
    assert sorted(again.left_out) == ["letter.txt", "scan.bin"]
    opened = records.open_record(again.place, PASSPHRASE)
    assert {"From scan.bin", "From letter.txt"} <= {one.title for one in find(opened, Query())}
    assert len([one for one in verifying.verify(opened, QUIET).problems if "damaged or missing" in one]) == 2
    records.close(opened)


def test_a_backup_into_one_file_needs_nothing_beside_it(record, tmp_path):
    made = backups.make(record, tmp_path / "a.casebook-backup", QUIET)
    alone = shutil.copy(made.path, shutil.os.makedirs(tmp_path / "far") or tmp_path / "far" / "b.casebook-backup")
    assert restored(alone, tmp_path / "Again")[2]


@pytest.mark.parametrize("harm", ["missing", "a flipped bit", "cut short", "a link"])
def test_a_lost_document_is_named_the_rest_comes_back_and_the_next_backup_mends_it(
    record, stick, tmp_path, monkeypatch, harm
):
    made = made_on(record, stick, monkeypatch, datetime(2026, 3, 1, 9, tzinfo=UTC))
    scan = max(shared(made.path.parent), key=lambda path: path.stat().st_size)
    data = bytearray(scan.read_bytes())
    scan.unlink()
    if harm == "a flipped bit":
        data[5_000] ^= 4
        scan.write_bytes(data)
    elif harm == "cut short":
        scan.write_bytes(data[:-1])
    elif harm == "a link":
        (tmp_path / "the same").write_bytes(data)
        scan.symlink_to(tmp_path / "the same")
    with pytest.raises(BackupDocumentsError, match=r"scan\.bin") as refused:
        backups.restore(made.path, tmp_path / "Again", PASSPHRASE, "", QUIET)
    assert "letter" not in refused.value.message
    assert ("missing" in refused.value.message) is (harm == "missing")
    assert backups.restore(made.path, tmp_path / "Rest", PASSPHRASE, "", QUIET, leave_out=True).left_out == (
        "scan.bin",
    )
    backups.make(record, stick, QUIET)
    assert restored(made.path, tmp_path / "Again")[2]
    if harm == "a link":
        assert (tmp_path / "the same").read_bytes() == data


def test_documents_go_with_the_last_backup_that_needs_them(record, stick, tmp_path, monkeypatch):
    start = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday, which no weekly backup falls on
    first = made_on(record, stick, monkeypatch, start)
    erasing.entries(record, [entry_from(record, "scan.bin")])
    home = first.path.parent
    for day in range(1, 20):
        if not first.path.exists():
            break
        assert max(path.stat().st_size for path in shared(home)) > len(SCAN)
        aged(shared(home))
        last = made_on(record, stick, monkeypatch, start + timedelta(days=day, hours=1))
    assert not first.path.exists()
    (letter,) = shared(home)
    assert letter.stat().st_size < len(LETTER)
    assert restored(last.path, tmp_path / "Again")[2]


def orphan(home, sort=".", age=True):
    """A file beside the documents, as a backup leaves it that was cut off before its own file was written."""
    (documents,) = home.glob("documents-*")
    path = documents / "ab" / ("c" * 62 if sort == "." else sort)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"left")
    if age:
        aged([path])
    return path


def test_what_a_cut_off_backup_left_goes_a_day_later_and_nothing_else_does(record, stick):
    home = backups.make(record, stick, QUIET).path.parent
    old, fresh, foreign = orphan(home), orphan(home, "d" * 62, age=False), orphan(home, "holiday.jpg")
    part = orphan(home, f".{'e' * 62}.0123456789ab.part")
    held = home / "Ann 2020-01-01 0900.casebook-backup"
    held.touch()
    aged([held])
    backups.make(record, stick, QUIET)
    assert not any(path.exists() for path in (old, part, held))
    assert fresh.exists()  # another computer may be making a backup
    assert foreign.exists()


@pytest.mark.parametrize("harm", ["no zip", "a list of contents from the future"])
def test_nothing_is_swept_while_a_backup_there_cannot_be_understood(record, stick, harm):
    made = backups.make(record, stick, QUIET)
    stray = orphan(made.path.parent)
    unknown = made.path.with_name("Ann 2020-01-01 0900.casebook-backup")
    unknown.write_bytes(b"half of a backup")
    if harm != "no zip":
        with zipfile.ZipFile(made.path) as pack, zipfile.ZipFile(unknown, "w") as out:
            out.writestr("manifest.json", pack.read("manifest.json").replace(b'"format": 2', b'"format": 9'))
    backups.make(record, stick, QUIET)
    assert stray.exists()
    unknown.unlink()
    backups.make(record, stick, QUIET)
    assert not stray.exists()


def test_two_people_of_one_name_share_a_stick_and_nothing_else(blank_record, record, stick, tmp_path, monkeypatch):
    with opened_copy(blank_record("Dad Probe"), tmp_path / "dad") as dad:
        dad.path = dad.path.rename(dad.path.with_name(record.path.name))
        originals.put(dad, SCAN, "scan.bin", "application/octet-stream")  # the very same file
        written = {}
        for day in range(2, 5):
            moment = datetime(2026, 3, day, 9, tzinfo=UTC)
            for whose in (record, dad):
                written[whose] = made_on(whose, stick, monkeypatch, moment).path
        homes = {file.parent for file in written.values()}
        assert len(homes) == 2
        assert len({path.name for home in homes for path in shared(home)}) == 3  # no file of theirs is the same
        # Somebody puts both folders together: still each has its own, and one person's rotation leaves the other's.
        mums, dads = written[record].parent, written[dad].parent
        shutil.copytree(dads, mums, dirs_exist_ok=True)
        shutil.rmtree(dads)
        aged(mums.glob("documents-*/*/*"))
        for day in range(5, 13):
            made_on(record, stick, monkeypatch, datetime(2026, 3, day, 9, tzinfo=UTC))
        assert restored(mums / written[dad].name, tmp_path / "Dad again")[2]
        assert "Dad Probe" in restored(mums / written[dad].name, tmp_path / "Dad again")[0]


def test_a_copy_that_was_put_back_has_a_folder_of_its_own(record, stick, tmp_path):
    first = backups.make(record, stick, QUIET).path
    again = records.open_record(backups.restore(first, tmp_path / "Again", PASSPHRASE, "", QUIET).place, PASSPHRASE)
    assert backups.make(again, stick, QUIET).path.parent != first.parent
    records.close(again)


def test_the_folder_is_known_again_under_another_name_and_when_it_is_chosen_itself(record, stick, tmp_path):
    home = backups.make(record, stick, QUIET).path.parent
    renamed = home.rename(stick / "Mum, do not delete")
    assert backups.make(record, stick, QUIET).path.parent == renamed
    assert backups.make(record, renamed, QUIET).path.parent == renamed
    assert sorted(path.name for path in stick.iterdir()) == ["Mum, do not delete"]


def test_backups_from_before_the_folder_had_its_own_are_thinned_out_with_them(record, stick, monkeypatch):
    for day in range(1, 4):
        moment = datetime(2026, 3, 2, day, tzinfo=UTC)
        monkeypatch.setattr("organizer.store.backup_file.now", lambda moment=moment: moment)
        backups.make(record, stick / f"Ann 2026-03-02 0{day}00.casebook-backup", QUIET)
    backups.make(record, stick / "For my sister.casebook-backup", QUIET)
    made = made_on(record, stick, monkeypatch, datetime(2026, 3, 3, 9, tzinfo=UTC))
    assert sorted(path.name for path in made.removed) == [f"Ann 2026-03-02 0{n}00.casebook-backup" for n in (1, 2)]
    assert (stick / "For my sister.casebook-backup").exists()  # somebody named it: it is theirs to delete


def test_a_stopped_or_refused_backup_leaves_the_stick_as_it_was(record, stick, monkeypatch):
    stop = CancellableProgress()
    monkeypatch.setattr(stop, "report", lambda words, *_of: stop.cancel() if words == "Checking the backup" else None)
    with pytest.raises(Cancelled):
        backups.make(record, stick, stop)
    assert list(stick.iterdir()) == []
    home = backups.make(record, stick, QUIET).path.parent
    before = sorted(home.rglob("*"))
    originals.put(record, b"New", "new.txt", "text/plain")
    monkeypatch.setattr(backup_file, "checked", lambda *_of: (_ for _ in ()).throw(files.disk_full()))
    with pytest.raises(DiskFullError):
        backups.make(record, stick, QUIET)
    assert sorted(home.rglob("*")) == before


def test_a_document_that_the_disk_spoils_while_it_is_written_is_never_said_to_be_safe(record, stick, monkeypatch):
    honest = files.os.fsync

    def spoils(handle):
        honest(handle)
        if os.fstat(handle).st_size > len(SCAN):
            os.pwrite(os.open(f"/proc/self/fd/{handle}", os.O_WRONLY), b"x", 9_000)

    monkeypatch.setattr("organizer.store.files.os.fsync", spoils)
    with pytest.raises(BackupDocumentsError, match=r"scan\.bin"):
        backups.make(record, stick, QUIET)
    assert list(stick.iterdir()) == []


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        (b'"documents-', b'"../cuments-'),
        (b'"documents-', b'"documents/'),
        (b'"documents": "documents-', b'"documents": 7, "is": "'),
    ],
)
def test_a_crafted_backup_leads_to_no_other_folder(record, stick, tmp_path, there, instead):
    made = backups.make(record, stick, QUIET).path
    crafted = made.with_name("crafted.casebook-backup")
    with zipfile.ZipFile(made) as pack, zipfile.ZipFile(crafted, "w") as out:
        for name in pack.namelist():
            data = pack.read(name)
            out.writestr(name, data.replace(there, instead) if name == "manifest.json" else data)
    with pytest.raises(BackupDamagedError, match="list of contents"):  # before anything is looked for there
        backups.restore(crafted, tmp_path / "Again", PASSPHRASE, "", QUIET)


def test_documents_that_lie_behind_a_link_are_not_read(record, stick, tmp_path):
    made = backups.make(record, stick, QUIET)
    (documents,) = made.path.parent.glob("documents-*")
    documents.rename(tmp_path / "elsewhere")
    documents.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OrganizerError):
        backups.restore(made.path, tmp_path / "Again", PASSPHRASE, "", QUIET)
    before = sorted((tmp_path / "elsewhere").rglob("*"))
    assert restored(backups.make(record, stick, QUIET).path, tmp_path / "Again")[2]
    assert sorted((tmp_path / "elsewhere").rglob("*")) == before


def test_another_copy_joins_from_a_folder_of_backups_with_its_documents(blank_record, record, stick, tmp_path):
    made = backups.make(record, stick, QUIET)
    with opened_copy(blank_record("Ben Lee"), tmp_path / "here") as here:
        plan = importing.plan_import(here, [made.path.parent], "", QUIET)
        (file,) = [one for one in plan.files if one.locked]
        answers = importing.Answers(secrets={file.source.sha256: PASSPHRASE})
        plan = importing.plan_again(here, plan, "", QUIET, answers)
        importing.accept_import(here, plan, QUIET)
        assert {"scan.bin", "letter.txt"} <= {one.name for one in originals.all_originals(here)}
        assert not verifying.verify(here, QUIET).problems


def test_a_document_of_another_copy_that_is_missing_is_said_and_nothing_entered(record, stick, tmp_path):
    made = backups.make(record, stick, QUIET)
    shared(made.path.parent)[0].unlink()
    room = tmp_path / "room"
    room.mkdir()
    with (
        pytest.raises(BackupDocumentsError, match="missing"),
        restoring.opened(made.path, room, PASSPHRASE, "", QUIET),
    ):
        pass
    assert list(room.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_any_file_operation_all_earlier_backups_stay_whole_and_the_next_one_goes_well(
    record, stick, tmp_path, monkeypatch
):
    earlier = made_on(record, stick, monkeypatch, datetime(2026, 3, 1, 9, tzinfo=UTC)).path
    originals.put(record, random.Random(6).randbytes(90_000), "new.bin", "application/octet-stream")
    moment, killed = datetime(2026, 3, 1, 10, tzinfo=UTC), 0
    for number in range(1, 400, 11):
        fresh = tmp_path / "fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(stick, fresh)
        if not killed_at(number, partial(made_on, record, fresh, monkeypatch, moment)):
            break
        killed += 1
        home = next(fresh.iterdir())
        whole = {path.name for path in home.glob("*.casebook-backup") if path.stat().st_size}
        assert whole
        for name in whole:
            with backup_file.unpacking(home / name) as pack:
                assert backup_file.checked(pack, QUIET) == []
    assert killed > 5
    assert made_on(record, fresh, monkeypatch, moment + timedelta(minutes=1)).path.exists()
    assert restored(earlier if earlier.exists() else next(stick.iterdir()), tmp_path / "Again")[2]


def killed_at(number, act):
    """Run it in a child that ends at once before its so-manieth operation on a file; False where it had fewer."""
    child = os.fork()
    if child == 0:
        left = [number]

        def count(event, words):
            if event in ("open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.utime", "os.truncate"):
                left[0] -= 1
                if left[0] == 0:
                    os._exit(9)

        sys.addaudithook(count)
        try:
            act()
        finally:
            os._exit(0)
    _child, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 9
