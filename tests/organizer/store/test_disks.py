"""What happened to a disk is told by its own name: full, read only, gone, not allowed – and damage only where it is."""

import errno
import json
import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from organizer.base.errors import DiskError, DiskFullError, RecordDamagedError
from organizer.base.progress import NoProgress
from organizer.model.entry import Entry
from organizer.services.bring_in import importing
from organizer.services.record import records, verifying
from organizer.store import change_log, engine, entries, files
from organizer.store.change_log import Add
from organizer.store.entries import Query
from tests.made_records import PASSPHRASE

LEFT = (0, 8 << 10, 64 << 10, 700 << 10)
MATRIX = """
import json, os, shutil, sys
from functools import cache
from pathlib import Path
import argon2.low_level
argon2.low_level.hash_secret_raw = cache(argon2.low_level.hash_secret_raw)
from organizer.base.errors import OrganizerError
from organizer.base.progress import NoProgress
from organizer.model.entry import Entry
from organizer.services.record import backups, erasing, records, verifying
from organizer.store import change_log, entries
from organizer.store.change_log import Add
from organizer.store.entries import Query

disk, source, passphrase = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
folder, pad = disk / source.name, disk / "pad"

def fill(left):
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    with pad.open("wb") as stream:
        stream.write(b"x" * max(0, free - left))

def tried(act):
    try:
        opened(act)
    except OrganizerError as error:
        return f"{type(error).__name__}: {error}"
    return ""

def opened(act):
    record = records.open_record(folder, passphrase)
    try:
        return act(record)
    finally:
        records.close(record)

def matrix(left):
    told = {}
    ids = opened(lambda record: [one.id for one in entries.find(record, Query(("Condition",)))])
    for name, act in {
        "read": lambda record: entries.find(record, Query()),
        "add": lambda record: change_log.apply(record, "1", [large]),
        "backup": lambda record: backups.make(record, disk / "a.casebook-backup", NoProgress()),
        "passphrase": lambda record: records.change_passphrase(record, passphrase, records.KdfCost(65_536, 1, 1)),
        "erase": lambda record: erasing.entries(record, ids[:1]),
    }.items():
        fill(left)
        told[name] = tried(act)
        pad.unlink()
        told[name + " then"] = opened(lambda record: verifying.verify(record, NoProgress()).problems)
    return told

large = Add(Entry("Condition", "1", data={"note": "x" * 200_000}))
answers = []
for left in json.loads(sys.argv[4]):
    shutil.copytree(source, folder)
    answers.append({"told": matrix(left), "left": sorted(path.name for path in disk.iterdir())})
    shutil.rmtree(folder)
    (disk / "a.casebook-backup").unlink(missing_ok=True)
print(json.dumps(answers))
"""


@pytest.fixture(scope="module")
def pristine(blank_record, tmp_path_factory):
    """A closed record with sixty entries."""
    folder = shutil.copytree(blank_record(), tmp_path_factory.mktemp("disks") / "Ann.casebook")
    record = records.open_record(folder, PASSPHRASE)
    (person,) = entries.find(record, Query(("Patient",)))
    notes = [Entry("Condition", f"Diagnosis {n}", person=person.id, data={"note": "x" * 900}) for n in range(60)]
    change_log.apply(record, "sixty", [Add(one) for one in notes])
    records.close(record)
    return folder


@pytest.fixture
def closed(pristine, tmp_path):
    return shutil.copytree(pristine, tmp_path / "Ann.casebook")


@pytest.mark.skipif(sys.platform != "linux" or shutil.which("unshare") is None, reason="needs unshare")
def test_on_a_full_disk_every_sentence_is_true_and_the_record_whole(closed, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    (tmp_path / "matrix.py").write_text(MATRIX)
    size = (closed / "record.db").stat().st_size + (2 << 20)
    asked = f"{sys.executable} {tmp_path}/matrix.py {disk} {closed} '{PASSPHRASE}' '{json.dumps(LEFT)}'"
    words = ["unshare", "-rm", "sh", "-c", f"mount -t tmpfs -o size={size} none {disk} && exec {asked}"]
    root = Path(__file__).resolve().parents[3]
    environment = os.environ | {"PYTHONPATH": f"{root}:{os.environ.get('PYTHONPATH', '')}"}
    done = subprocess.run(words, capture_output=True, text=True, env=environment)
    if "mount:" in done.stderr or "unshare:" in done.stderr:
        pytest.skip("no private mounts here")
    assert done.returncode == 0, done.stderr
    for left, answer in zip(LEFT, json.loads(done.stdout), strict=True):
        told = answer["told"]
        for name in ("read", "add", "backup", "passphrase", "erase"):
            assert told[f"{name} then"] == [], (left, name)  # whole, once there is room again
            assert told[name] == "" or " no room " in told[name], (left, name)
        assert told["read"] == ""
        assert not [name for name in answer["left"] if name.startswith(".")]
        assert left or all(told[name] for name in ("add", "backup", "erase"))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "no room"), (errno.EDQUOT, "no room"), (errno.EROFS, "read only"), (errno.EACCES, "permission"),
        (errno.ENAMETOOLONG, "too long"), (errno.ENOENT, "isn’t there"), (errno.ENODEV, "isn’t there"),
        (errno.ESTALE, "network folder"), (errno.ETIMEDOUT, "network folder"), (errno.EIO, "can’t be read or written"),
    ],
)  # fmt: skip
def test_each_trouble_with_a_disk_has_its_own_words(tmp_path, code, words):
    with pytest.raises(DiskError, match=words), files.plain_errors(tmp_path / "a.pdf"):
        raise OSError(code, os.strerror(code))


def test_a_name_that_is_too_long_is_told(tmp_path):
    with pytest.raises(DiskError, match="too long"):
        files.write_whole(tmp_path / ("a" * 300), b"")


def test_no_device_is_replaced(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DiskError, match="replaced"):
        files.write_whole(tmp_path / "pipe", b"")
    with pytest.raises(DiskError, match="replaced"):
        files.write_whole(Path(os.devnull), b"")


class Trouble(engine.DatabaseError):
    """What SQLite says by its result code."""

    def __init__(self, code):
        super().__init__("told by its code")
        self.sqlite_errorcode = code


@pytest.mark.parametrize(
    ("code", "error", "words"),
    [
        (13, DiskFullError, "no room"),  # SQLITE_FULL
        (11, RecordDamagedError, "damaged"),  # SQLITE_CORRUPT
        (26, RecordDamagedError, "damaged"),  # SQLITE_NOTADB
        (10, DiskError, "can’t be read or written"),  # SQLITE_IOERR
        (10 | 2 << 8, DiskError, "can’t be read or written"),  # SQLITE_IOERR_SHORT_READ
    ],
)
def test_damage_is_told_only_where_sqlite_names_it(closed, code, error, words):
    with pytest.raises(error, match=words) as told, engine.plainly(closed / "record.db"):
        raise Trouble(code)
    assert isinstance(told.value, RecordDamagedError) is (error is RecordDamagedError)


def test_a_disk_that_is_gone_is_not_a_damaged_record(closed):
    shutil.rmtree(closed)
    with pytest.raises(DiskError, match="isn’t there"), engine.plainly(closed / "record.db"):
        raise Trouble(10)


def test_a_disk_too_full_for_the_index_of_the_log_is_told_full(closed, monkeypatch):
    monkeypatch.setattr("organizer.store.engine.shutil.disk_usage", lambda _place: shutil._ntuple_diskusage(9, 9, 0))
    with pytest.raises(DiskFullError), engine.plainly(closed / "record.db"):
        raise Trouble(10)


def test_commits_that_are_lost_are_told_at_opening_and_no_later_save_hides_them(closed):
    record = records.open_record(closed, PASSPHRASE)
    ahead = int(record.meta("commits")) + 2
    records.close(record)
    (closed / "commits").write_text(f"{ahead:020} {ahead:020}")
    again = records.open_record(closed, PASSPHRASE)
    assert any("2 changes" in told for told in records.notices(again))
    for number in range(3):
        change_log.apply(again, "later", [Add(Entry("Condition", f"Later {number}"))])
    assert any("2 changes" in told for told in verifying.verify(again, NoProgress()).problems)
    records.close(again)
    third = records.open_record(closed, PASSPHRASE)
    assert records.notices(third) == []  # told once at opening, from then on by verify
    assert any("2 changes" in told for told in verifying.verify(third, NoProgress()).problems)
    records.close(third)


def test_each_commit_is_counted_outside_the_database_too(closed):
    record = records.open_record(closed, PASSPHRASE)
    for number in range(3):
        change_log.apply(record, "one more", [Add(Entry("Condition", f"More {number}"))])
        told = record.meta("commits").zfill(20)
        assert (closed / "commits").read_text() == f"{told} {told}"
    records.close(record)


def test_what_cannot_be_counted_outside_is_saved_all_the_same(closed, monkeypatch):
    record = records.open_record(closed, PASSPHRASE)

    def gone(*_given):
        raise FileNotFoundError

    monkeypatch.setattr("organizer.store.session.own_file", gone)
    change_log.apply(record, "saved", [Add(Entry("Condition", "Saved"))])
    assert "Saved" in {one.title for one in entries.find(record, Query())}
    records.close(record)


@pytest.mark.parametrize(
    ("name", "said"),
    [("a.pdf", "“a.pdf”"), (".a.pdf.0123456789ab.part", "“a.pdf”"), (".0123456789ab.part.json", "“Papers”")],
)
def test_a_name_that_only_we_know_is_not_told(tmp_path, name, said):
    (tmp_path / "Papers").mkdir()
    told = files.explained(OSError(errno.EROFS, ""), tmp_path / "Papers" / name)
    assert said in told.message


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(DiskError, match="“Nowhere” isn’t there"):
        files.write_whole(tmp_path / "Nowhere" / "a.pdf", b"")


def test_what_would_write_into_a_record_that_is_open_to_read_is_refused_before_it_begins(closed, monkeypatch):
    monkeypatch.setattr("organizer.store.opening.os.access", lambda *_asked: False)
    record = records.open_record(closed, PASSPHRASE)
    before = {path: path.stat().st_mtime_ns for path in closed.rglob("*")}
    for write in (
        lambda: records.change_passphrase(record, "another passphrase"),
        lambda: records.new_recovery_code(record),
        lambda: importing.accept_import(record, importing.ImportPlan(), NoProgress()),
        lambda: change_log.apply(record, "one", [Add(Entry("Condition", "One"))]),
    ):
        with pytest.raises(DiskError, match="read only"):
            write()
    assert {path: path.stat().st_mtime_ns for path in closed.rglob("*")} == before
    records.close(record)


@pytest.mark.parametrize(("age", "stays"), [(86_399, True), (86_400, False)])
def test_a_half_written_file_is_nobodys_any_more_after_a_day(tmp_path, monkeypatch, age, stays):
    moment = datetime(2026, 11, 29, 12, tzinfo=UTC)
    monkeypatch.setattr(files, "now", lambda: moment)
    leftover = tmp_path / ".Ann.pdf.0123456789ab.part"
    leftover.write_bytes(b"half")
    os.utime(leftover, (moment.timestamp() - age,) * 2)
    files.sweep_parts(tmp_path / "Ann.pdf")
    assert leftover.exists() is stays


@pytest.mark.parametrize(("age", "stays"), [(30 * 86_400 - 60, True), (30 * 86_400 + 60, False)])
def test_the_copy_from_before_an_update_stays_for_thirty_days(blank_record, tmp_path, age, stays):
    path = shutil.copytree(blank_record(), tmp_path / "Ann.casebook")
    copy = path / "record.db.before-update"
    copy.write_bytes(b"as it was")
    os.utime(copy, (time.time() - age,) * 2)
    records.close(records.open_record(path, PASSPHRASE))
    assert copy.exists() is stays
