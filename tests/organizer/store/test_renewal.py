"""A new data key: what was known of the old one opens nothing any more, and wherever it is cut off nothing is lost."""

import os
import shutil
from contextlib import nullcontext

import pytest

from organizer.base.errors import (
    Cancelled,
    DiskError,
    DiskFullError,
    LinkRefusedError,
    OrganizerError,
    RecordDamagedError,
    RecordInUseError,
    WrongPassphraseError,
)
from organizer.base.progress import NoProgress
from organizer.services.entries import entries
from organizer.services.record import backups, drafts, records, verifying
from organizer.store import keys, originals, renewal
from organizer.store.engine import connect
from tests.made_records import CHEAP, PASSPHRASE

ANOTHER = "quite another passphrase"
DOCUMENTS = (b"", b"a letter " * 50_000, os.urandom(30_000))


@pytest.fixture(scope="module")
def pristine(tmp_path_factory):
    record, code = records.create(tmp_path_factory.mktemp("renewal") / "Ann", PASSPHRASE, "Ann Example", CHEAP)
    for number, data in enumerate(DOCUMENTS):
        originals.put(record, data, f"{number}.txt", "text/plain")
    record.set_meta("note", "kept")
    records.close(record)
    return record.path, code


@pytest.fixture
def made(pristine, tmp_path):
    folder, code = pristine
    return shutil.copytree(folder, tmp_path / folder.name), code


def contents(record):
    documents = [originals.read(record, one.sha256) for one in originals.all_originals(record)]
    people = [one.title for one in entries.find(record, entries.Query(kinds=("Patient",)))]
    return documents, people, record.meta("note")


def opened_by(folder, *secrets):
    """What each secret finds in the record: its contents, or None where it doesn't open."""
    found = []
    for secret in secrets:
        try:
            record = records.open_record(folder, secret)
        except WrongPassphraseError:
            found.append(None)
            continue
        found.append(contents(record))
        records.close(record)
    return found


ALL = (list(DOCUMENTS), ["Ann Example"], "kept")


def test_what_was_known_before_opens_nothing_any_more(made):
    folder, code = made
    record = records.open_record(folder, PASSPHRASE)
    old_key, old_files = (
        record.data_key,
        {name: (folder / name).read_bytes() for name in ("keys.json", "keys-copy.json")},
    )
    new_code = records.renew_keys(record, ANOTHER, NoProgress(), CHEAP)
    records.close(record)
    assert opened_by(folder, PASSPHRASE, ANOTHER) == [None, ALL]
    again = records.open_with_recovery_code(folder, new_code)
    assert verifying.verify(again, NoProgress()).ok
    records.close(again)
    with pytest.raises(WrongPassphraseError):
        records.open_with_recovery_code(folder, code)
    # The old key files put back: the old passphrase gives the old key, which opens neither database nor documents.
    for name, data in old_files.items():
        (folder / name).write_bytes(data)
    assert keys.unlock(folder, PASSPHRASE) == old_key
    with pytest.raises(OrganizerError):
        connect(folder / "record.db", keys.subkeys(old_key).database, "rw")


def test_what_has_become_of_backups_is_told_once(made, tmp_path):
    folder, _code = made
    record = records.open_record(folder, PASSPHRASE)
    before = backups.make(record, tmp_path / "before.casebook-backup", NoProgress()).path
    records.renew_keys(record, ANOTHER, NoProgress(), CHEAP)
    records.close(record)
    again = records.open_record(folder, ANOTHER)
    assert [told for told in records.notices(again) if "new keys" in told]
    records.close(again)
    again = records.open_record(folder, ANOTHER)
    assert records.notices(again) == []
    records.close(again)
    restored = backups.restore(before, tmp_path / "Before", PASSPHRASE, "", NoProgress()).place
    assert opened_by(restored, PASSPHRASE) == [ALL]


def test_nothing_is_written_between_the_new_keys_and_the_closing(made):
    folder, _code = made
    record = records.open_record(folder, PASSPHRASE)
    records.renew_keys(record, ANOTHER, NoProgress(), CHEAP)
    with pytest.raises(DiskError, match="new keys"):
        record.set_meta("note", "lost")
    with record.worker() as worker, pytest.raises(DiskError, match="new keys"):
        worker.set_meta("note", "lost")
    drafts.keep(record, drafts.Draft("Condition", ""))
    records.close(record)
    assert opened_by(folder, ANOTHER) == [ALL]


def test_a_write_that_waited_for_its_turn_is_refused(made):
    folder, _code = made
    record = records.open_record(folder, PASSPHRASE)
    with record.worker() as worker:
        worker.refuse_read_only()
        records.renew_keys(record, ANOTHER, NoProgress(), CHEAP)
        worker.refuse_read_only = lambda: None  # it had passed this already
        with pytest.raises(DiskError, match="new keys"):
            worker.set_meta("note", "lost")
    records.close(record)


class Cut(BaseException):
    """The power fails."""


class Cutting:
    """Cuts everything off at the `at`th change of a file: what lies on the disk then is set aside."""

    def __init__(self, monkeypatch, folder, at, aside):
        self.folder, self.at, self.aside, self.done = folder, at, aside, 0
        for name in ("rename", "replace", "unlink", "mkdir", "rmdir", "fsync"):
            monkeypatch.setattr(os, name, self._watched(getattr(os, name)))

    def _watched(self, act):
        def watched(*given, **told):
            self.done += 1
            if self.done == self.at:
                self.at = -1
                shutil.copytree(self.folder, self.aside)
                raise Cut
            return act(*given, **told)

        return watched


def renewed(folder):
    record = records.open_record(folder, PASSPHRASE)
    try:
        records.renew_keys(record, ANOTHER, NoProgress(), CHEAP)
    finally:
        records.close(record)


def cut_off(act, folder, at, aside):
    """What lies on the disk when `act` is cut off at the `at`th change of a file; False where it has fewer."""
    with pytest.MonkeyPatch.context() as patched:
        cutting = Cutting(patched, folder, at, aside)
        try:
            act(folder)
        except Cut:
            return True
    return cutting.at < 0


@pytest.mark.parametrize("at", [1, 9, 17, 25])
def test_cut_off_while_it_is_encrypted_the_record_is_as_it_was(made, tmp_path, at):
    folder, _code = made
    aside = tmp_path / "Aside.casebook"
    assert cut_off(renewed, folder, at, aside)
    assert opened_by(aside, PASSPHRASE, ANOTHER) == [ALL, None]
    assert not (aside / ".renewal").exists()


def test_cut_off_at_any_step_that_puts_it_in_place_the_next_opening_does_the_rest(made, tmp_path):
    folder, _code = made
    record = records.open_record(folder, PASSPHRASE)
    records.renew_keys(record, ANOTHER, NoProgress(), CHEAP)
    record.close()  # as a killed run leaves it: whole, and not yet in its place
    at = 0
    while True:
        at += 1
        tried = shutil.copytree(folder, tmp_path / f"Tried {at}")
        aside = tmp_path / f"Aside {at}.casebook"
        if not cut_off(renewal.finish, tried, at, aside):
            break
        assert opened_by(aside, ANOTHER) == [ALL]
        assert not (aside / ".renewal").exists()
    assert at > 10
    assert opened_by(tried, PASSPHRASE, ANOTHER) == [None, ALL]


def test_what_is_stopped_or_finds_no_room_leaves_everything_as_it_was(made, monkeypatch):
    class Stopped(NoProgress):
        def check(self):
            raise Cancelled

    folder, _code = made
    record = records.open_record(folder, PASSPHRASE)
    with pytest.raises(Cancelled):
        records.renew_keys(record, ANOTHER, Stopped(), CHEAP)
    monkeypatch.setattr(renewal.shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(1, 1, 1000))
    with pytest.raises(DiskFullError):
        records.renew_keys(record, ANOTHER, NoProgress(), CHEAP)
    documents = [file for file in (folder / "originals").rglob("*") if file.is_file()]
    needed = sum(file.stat().st_size for file in [folder / "record.db", folder / "record.db-wal", *documents])
    for free, is_enough in ((int(needed * 1.1) + 1, True), (int(needed * 1.1) - 1, False)):
        monkeypatch.setattr(renewal.shutil, "disk_usage", lambda _path, free=free: shutil._ntuple_diskusage(1, 1, free))
        with nullcontext() if is_enough else pytest.raises(DiskFullError):
            renewal._refuse_little_room(record)
    with pytest.raises(OrganizerError, match="too easy"):
        records.renew_keys(record, "12345678", NoProgress(), CHEAP)
    assert not (folder / ".renewal").exists()
    record.set_meta("note", "kept")
    records.close(record)
    assert opened_by(folder, PASSPHRASE, ANOTHER) == [ALL, None]


def test_a_damaged_document_is_named_and_nothing_changes(made):
    folder, _code = made
    record = records.open_record(folder, PASSPHRASE)
    known = originals.all_originals(record)[1]
    place = originals.place(record, known.sha256)
    place.write_bytes(place.read_bytes()[:-20])
    with pytest.raises(RecordDamagedError, match=r"1\.txt"):
        records.renew_keys(record, ANOTHER, NoProgress(), CHEAP)
    assert not (folder / ".renewal").exists()
    records.close(record)


def test_a_link_in_its_place_is_refused_and_nothing_behind_it_is_touched(made, tmp_path):
    folder, _code = made
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "whole").write_text("mine")
    (folder / ".renewal").symlink_to(victim)
    with pytest.raises(LinkRefusedError):
        records.open_record(folder, PASSPHRASE)
    assert (victim / "whole").read_text() == "mine"


def test_another_window_cannot_come_between(made):
    folder, _code = made
    record = records.open_record(folder, PASSPHRASE)
    renewal_folder = folder / ".renewal"
    renewal_folder.mkdir()
    with pytest.raises(RecordInUseError):
        records.open_record(folder, PASSPHRASE)
    assert renewal_folder.exists()
    renewal_folder.rmdir()
    records.close(record)
