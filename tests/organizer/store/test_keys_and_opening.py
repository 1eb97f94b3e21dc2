"""A record opens for its passphrase and for nobody else, for one process at a time, and is never made worse."""

import hashlib
import shutil
import subprocess
import sys
import textwrap
from itertools import pairwise

import pytest

from organizer.base.errors import (
    NotARecordError,
    OrganizerError,
    RecordDamagedError,
    RecordInUseError,
    RecordTooNewError,
    WrongPassphraseError,
)
from organizer.base.progress import NoProgress
from organizer.model.entry import Entry
from organizer.services.bring_in import importing
from organizer.services.record import backups, records, verifying
from organizer.store import change_log, entries, key_slots, search
from organizer.store.change_log import Add
from organizer.store.entries import Query
from organizer.store.key_slots import KdfCost
from tests.cheap_keys import opening_anywhere
from tests.made_records import CHEAP, PASSPHRASE


@pytest.fixture(scope="module")
def pristine(tmp_path_factory):
    """Folder and recovery code of a closed record with 300 entries."""
    with opening_anywhere():
        record, code = records.create(tmp_path_factory.mktemp("made") / "Ann", PASSPHRASE, "Ann Example", CHEAP)
    person = entries.find(record, Query())[0].id
    notes = [Add(Entry("Condition", f"Diagnosis {n}", person=person, data={"note": "x" * 200})) for n in range(300)]
    change_log.apply(record, "three hundred", notes)
    records.close(record)
    return record.path, code


@pytest.fixture
def made(pristine, tmp_path):
    """A copy of it that a test may harm."""
    folder, code = pristine
    return shutil.copytree(folder, tmp_path / folder.name), code


def fingerprints(folder):
    names = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "lock"]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in names}


def problems(folder):
    """What is said of a record, when it is unlocked or by verify."""
    try:
        opened = records.open_record(folder, PASSPHRASE)
    except RecordDamagedError as error:
        return [error.next_step]
    found = verifying.verify(opened, NoProgress())
    records.close(opened)
    return found.problems


def test_the_passphrase_and_the_recovery_code_open_it(made):
    folder, code = made
    for way, secret in ((records.open_record, PASSPHRASE), (records.open_with_recovery_code, code.lower())):
        opened = way(folder, secret)
        assert entries.count(opened, Query()) == 301
        records.close(opened)


@pytest.mark.parametrize("wrong", ["", "a long passphrasf", PASSPHRASE + " "])
def test_another_passphrase_is_refused_with_a_next_step(made, wrong):
    folder, _code = made
    before = fingerprints(folder)
    with pytest.raises(WrongPassphraseError) as refused:
        records.open_record(folder, wrong)
    assert refused.value.next_step
    assert fingerprints(folder) == before


def test_every_commit_is_durable(made):
    opened = records.open_record(made[0], PASSPHRASE)
    assert opened.rows("PRAGMA journal_mode")[0][0] == "wal"
    assert opened.rows("PRAGMA synchronous")[0][0] == 2  # FULL
    records.close(opened)


def test_nothing_of_it_can_be_read_on_the_disk(made):
    whole = b"".join(path.read_bytes() for path in made[0].rglob("*") if path.is_file())
    for secret in (b"Ann Example", b"Diagnosis", b"SQLite format 3", PASSPHRASE.encode()):
        assert secret not in whole


def test_a_second_process_is_told_that_it_is_open(made, checkout):
    opened = records.open_record(made[0], PASSPHRASE)
    code = f"""
        from pathlib import Path
        from organizer.base.errors import RecordInUseError
        from organizer.services.record import records
        try:
            records.open_record(Path({str(made[0])!r}), {PASSPHRASE!r})
        except RecordInUseError as error:
            print("in use:", error)
    """
    told = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], cwd=checkout, capture_output=True, text=True)
    records.close(opened)
    assert told.stdout.startswith("in use:"), told.stderr
    records.close(records.open_record(made[0], PASSPHRASE))


def test_the_same_process_cannot_open_it_twice(made):
    opened = records.open_record(made[0], PASSPHRASE)
    with pytest.raises(RecordInUseError):
        records.open_record(made[0], PASSPHRASE)
    records.close(opened)


def test_a_folder_that_cannot_be_written_opens_to_read(made, monkeypatch):
    monkeypatch.setattr("organizer.store.opening.os.access", lambda *_: False)  # root may write anywhere
    before = fingerprints(made[0])
    opened = records.open_record(made[0], PASSPHRASE)
    assert entries.count(opened, Query()) == 301
    with pytest.raises(OrganizerError) as refused:
        change_log.apply(opened, "no", [Add(Entry("Condition", "No"))])
    assert refused.value.next_step
    records.close(opened)
    assert fingerprints(made[0]) == before


def test_a_damaged_page_is_named_with_what_to_do_and_nothing_is_changed(made):
    file = made[0] / "record.db"
    page = 4096
    whole = bytearray(file.read_bytes())
    for number in range(4, len(whole) // page, 5):
        whole[number * page + 100] ^= 0xFF
    file.write_bytes(whole)
    before = file.read_bytes()
    told = problems(made[0])
    assert told
    assert all("backup" in one for one in told)
    assert file.read_bytes() == before


def test_what_a_damaged_page_touches_is_named_with_the_backup_that_has_it(made, tmp_path):
    folder = made[0]
    opened = records.open_record(folder, PASSPHRASE)
    backups.make(opened, tmp_path / "Ann.casebook-backup", NoProgress())
    pages = opened.rows("PRAGMA page_count")[0][0]
    records.close(opened)
    whole = (folder / "record.db").read_bytes()
    told = []
    for page in range(pages // 4, pages, pages // 12):
        harmed = bytearray(whole)
        harmed[page * 4096 + 100] ^= 0xFF
        (folder / "record.db").write_bytes(harmed)
        told += [" ".join(problems(folder))]
    (folder / "record.db").write_bytes(whole)
    assert problems(folder) == []
    assert all("backup" in one for one in told)
    assert any("What can’t be read any more: Diagnosis" in one for one in told)
    assert any("Restore the backup “Ann.casebook-backup” of" in one for one in told)


def test_a_folder_that_cannot_be_written_opens_to_read_on_every_connection(made, monkeypatch):
    """Also where commits are still in the log: no word of them is missing."""
    first = records.open_record(made[0], PASSPHRASE)
    change_log.apply(first, "late", [Add(Entry("Condition", "Said last"))])
    copies = [shutil.copytree(made[0], made[0].with_name("With log.casebook"))]
    records.close(first)
    monkeypatch.setattr("organizer.store.opening.os.access", lambda *_: False)
    for folder in (made[0], *copies):
        before = fingerprints(folder)
        opened = records.open_record(folder, PASSPHRASE)
        assert opened.read_only
        for _turn in range(2):
            with records.on_worker(opened) as worker:
                assert [hit.title for hit in search.search(worker, "said last")] == ["Said last"]
        records.tidy(opened)
        with pytest.raises(OrganizerError):
            change_log.undo(opened)
        assert verifying.verify(opened, NoProgress()).ok
        records.close(opened)
        assert fingerprints(folder) == before


def test_the_log_is_brought_home_after_an_import_when_idle_and_on_closing(made, tmp_path):
    opened = records.open_record(made[0], PASSPHRASE)
    log = made[0] / "record.db-wal"
    table = tmp_path / "results.csv"
    table.write_text("Date,Test,Result,Unit\n2024-01-02,Creatinine,1.1,mg/dL\n")
    person = entries.find(opened, Query(("Patient",)))[0].id
    importing.accept_import(opened, importing.plan_import(opened, [table], person, NoProgress()), NoProgress())
    assert log.stat().st_size == 0
    change_log.apply(opened, "one", [Add(Entry("Condition", "One"))])
    assert log.stat().st_size > 0
    with records.on_worker(opened) as worker:
        records.tidy(worker)
    assert log.stat().st_size == 0
    change_log.apply(opened, "two", [Add(Entry("Condition", "Two"))])
    records.close(opened)
    assert not log.exists()


@pytest.mark.parametrize(
    "contents", [b"", b"{", b"[]", b'{"format": 1}', b"\xff\xfe", b'{"format": 1, "slots": [{"kind": "passphrase"}]}']
)
def test_a_damaged_key_file_is_told_plainly(made, contents):
    for name in ("keys.json", "keys-copy.json"):
        (made[0] / name).write_bytes(contents)
    with pytest.raises((RecordDamagedError, RecordTooNewError, NotARecordError)) as refused:
        records.open_record(made[0], PASSPHRASE)
    assert refused.value.next_step


def test_a_key_file_cannot_ask_for_all_the_memory(made):
    for file in (made[0] / "keys.json", made[0] / "keys-copy.json"):
        file.write_text(file.read_text().replace("65536", "999999999"))
    with pytest.raises(RecordDamagedError):
        records.open_record(made[0], PASSPHRASE)


def test_a_record_of_a_newer_casebook_is_left_alone(made):
    opened = records.open_record(made[0], PASSPHRASE)
    newer = "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('casebook', 'm999', '')"
    opened.conn.execute(newer)
    opened.conn.commit()
    records.close(opened)
    with pytest.raises(RecordTooNewError):
        records.open_record(made[0], PASSPHRASE)


def test_an_ordinary_folder_is_no_record(tmp_path):
    with pytest.raises(NotARecordError) as refused:
        records.open_record(tmp_path, PASSPHRASE)
    assert refused.value.next_step


def test_a_slip_at_any_place_of_a_recovery_code_is_noticed_and_so_are_two_letters_that_changed_places():
    plain = key_slots.new_recovery_code().replace("-", "")
    slips = []
    for place, right in enumerate(plain):
        slips += [plain[:place] + wrong + plain[place + 1 :] for wrong in key_slots.CROCKFORD if wrong != right]
    for place, (one, other) in enumerate(pairwise(plain)):
        slips += [plain[:place] + other + one + plain[place + 2 :]] if one != other else []
    assert len(slips) > 32 * 31
    own = key_slots._check_letter
    assert not [slip for slip in slips if own(slip[:-1]) == slip[-1]]
    assert key_slots.letters_of(plain) == plain


def test_a_recovery_code_of_before_is_still_read():
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXY"
    old = letters + key_slots._first_check_letter(letters)
    assert key_slots._check_letter(letters) != old[-1]
    assert key_slots.letters_of(old) == old


def test_the_check_letter_is_that_of_every_code_that_was_ever_printed():
    """By hand: G is 16, or x to the fourth; times x that is x to the fifth, which is x squared and one: 5."""
    assert key_slots._check_letter("0" * 30 + "G") == "5"
    assert key_slots._check_letter("0" * 29 + "G0") == "A", "times x once more"


@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        (KdfCost(65_536, 1, 1), KdfCost(65_535, 1, 1)), (KdfCost(1_048_576, 10, 16), KdfCost(1_048_577, 10, 16)),
        (KdfCost(65_536, 1, 1), KdfCost(65_536, 0, 1)), (KdfCost(65_536, 10, 1), KdfCost(65_536, 11, 1)),
        (KdfCost(65_536, 1, 1), KdfCost(65_536, 1, 0)), (KdfCost(65_536, 1, 16), KdfCost(65_536, 1, 17)),
    ],
)  # fmt: skip
def test_a_key_file_may_ask_for_64_mebibytes_to_one_gibibyte_ten_passes_and_sixteen_lanes(inside, outside):
    assert inside.checked() is inside
    with pytest.raises(key_slots.BrokenSlotError):
        outside.checked()


@pytest.mark.parametrize(("length", "is_whole"), [(65_536, True), (65_537, False)])
def test_a_key_file_is_whole_up_to_64_kibibytes_and_else_mended_from_its_twin(made, length, is_whole):
    file = made[0] / "keys.json"
    written = file.read_bytes()
    file.write_bytes(written.ljust(length))
    opened = records.open_record(made[0], PASSPHRASE)
    assert bool(opened.notices) is not is_whole
    records.close(opened)
    assert len(file.read_bytes()) == (length if is_whole else len(written))


def test_a_record_is_told_from_any_other_database_by_its_head(made):
    opened = records.open_record(made[0], PASSPHRASE)
    assert opened.rows("PRAGMA application_id") == [(int.from_bytes(b"CBK1", "big"),)]
    records.close(opened)
