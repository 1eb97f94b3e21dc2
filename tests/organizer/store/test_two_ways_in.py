"""Two ways in are two: no single damage to the key files shuts a person out unnamed, and what is mended is said."""

import hashlib
import json
import random
import shutil

import pytest

from organizer.base.errors import OrganizerError, RecordDamagedError, RecordTooNewError, WrongPassphraseError
from organizer.base.progress import NoProgress
from organizer.services.record import backups, records, verifying
from organizer.store import keys
from tests.made_records import CHEAP, PASSPHRASE

FILES = ("keys.json", "keys-copy.json")


@pytest.fixture(scope="module")
def pristine(tmp_path_factory):
    """Folder and recovery code of a closed record."""
    record, code = records.create(tmp_path_factory.mktemp("keys") / "Ann", PASSPHRASE, "Ann Example", CHEAP)
    records.close(record)
    return record.path, code


@pytest.fixture
def made(pristine, tmp_path):
    """A copy of it that a test may harm."""
    folder, code = pristine
    return shutil.copytree(folder, tmp_path / folder.name), code


def flipped(data, place):
    changed = bytearray(data)
    changed[place // 8] ^= 1 << place % 8
    return bytes(changed)


@pytest.mark.parametrize("name", FILES)
def test_any_flipped_bit_of_one_key_file_leaves_both_ways_in(made, name):
    folder, code = made
    whole = (folder / name).read_bytes()
    data_key = keys.unlock(folder, PASSPHRASE)
    for place in random.Random(1).sample(range(len(whole) * 8), 60):
        (folder / name).write_bytes(flipped(whole, place))
        assert keys.unlock(folder, PASSPHRASE) == keys.unlock(folder, "", code) == data_key


def test_a_bit_that_is_flipped_in_both_files_leaves_one_way_in_or_says_that_the_file_is_damaged(made):
    folder, code = made
    whole = (folder / "keys.json").read_bytes()
    data_key = keys.unlock(folder, PASSPHRASE)
    opened = []
    for place in random.Random(2).sample(range(len(whole) * 8), 100):
        for name in FILES:
            (folder / name).write_bytes(flipped(whole, place))
        ways = []
        for secret in ((PASSPHRASE, ""), ("", code)):
            try:
                ways.append(keys.unlock(folder, *secret))
            except RecordDamagedError:  # any other error fails the test
                continue
        assert set(ways) <= {data_key}
        opened.append(bool(ways))
    assert sum(opened) >= 75  # all but those which break the form of the file itself


def test_what_was_mended_is_said_and_then_all_is_well(made):
    folder, _code = made
    whole = (folder / "keys.json").read_bytes()
    (folder / "keys.json").write_bytes(flipped(whole, 2_000))
    opened = records.open_record(folder, PASSPHRASE)
    assert any("key files was damaged" in told for told in records.notices(opened))
    assert records.notices(opened) == []
    assert verifying.verify(opened, NoProgress()).ok
    records.close(opened)
    assert (folder / "keys.json").read_bytes() == whole
    again = records.open_record(folder, PASSPHRASE)
    assert records.notices(again) == []
    records.close(again)


@pytest.mark.parametrize("names", [FILES[:1], FILES[1:]])
def test_one_of_the_files_may_be_gone(made, names):
    for name in names:
        (made[0] / name).unlink()
    opened = records.open_record(made[0], PASSPHRASE)
    assert records.notices(opened)
    records.close(opened)
    assert all((made[0] / name).is_file() for name in FILES)


def test_damage_while_the_record_is_open_is_found_and_gets_into_no_backup(made, tmp_path):
    folder, _code = made
    opened = records.open_record(folder, PASSPHRASE)
    whole = (folder / "keys.json").read_bytes()
    (folder / "keys.json").write_bytes(flipped(whole, 2_000))
    assert "keys.json" in verifying.verify(opened, NoProgress()).problems[0]
    backup = backups.make(opened, tmp_path / "a.casebook-backup", NoProgress()).path
    place = backups.restore(backup, tmp_path / "Again", PASSPHRASE, "", NoProgress()).place
    records.close(records.open_record(place, PASSPHRASE))
    (folder / "keys-copy.json").write_bytes(flipped(whole, 2_001))
    with pytest.raises(RecordDamagedError, match="new passphrase"):
        backups.make(opened, tmp_path / "b.casebook-backup", NoProgress())
    records.change_passphrase(opened, "another passphrase", CHEAP)
    assert "recovery code" in verifying.verify(opened, NoProgress()).problems[0]  # nobody knows what has become of it
    code = records.new_recovery_code(opened, CHEAP)
    assert verifying.verify(opened, NoProgress()).ok
    records.close(opened)
    records.close(records.open_with_recovery_code(folder, code))


def test_a_damaged_slot_is_not_called_a_wrong_passphrase(made):
    for name in FILES:
        body = json.loads((made[0] / name).read_bytes())
        slot = next(one for one in body["slots"] if one["kind"] == "passphrase")
        slot["wrapped"] = "A" + slot["wrapped"][1:] if slot["wrapped"][0] != "A" else "B" + slot["wrapped"][1:]
        (made[0] / name).write_text(json.dumps(body))
    with pytest.raises(RecordDamagedError) as refused:
        records.open_record(made[0], PASSPHRASE)
    assert "recovery code" in refused.value.next_step
    opened = records.open_with_recovery_code(made[0], made[1])
    assert any("new passphrase" in told for told in records.notices(opened))
    records.close(opened)


def test_a_wrong_passphrase_is_one_though_a_file_is_damaged(made):
    (made[0] / "keys.json").write_bytes(b"")
    with pytest.raises(WrongPassphraseError):
        records.open_record(made[0], "not the passphrase")


@pytest.mark.parametrize("name", FILES)
def test_a_change_of_the_passphrase_that_was_cut_off_counts_where_it_was_written(made, name):
    """A kill between the two files: the old passphrase opens nothing once the new one is on the disk."""
    folder, _code = made
    before = (folder / name).read_bytes()
    opened = records.open_record(folder, PASSPHRASE)
    records.change_passphrase(opened, "another passphrase", CHEAP)
    records.close(opened)
    (folder / name).write_bytes(before)
    with pytest.raises(WrongPassphraseError):
        records.open_record(folder, PASSPHRASE)
    again = records.open_record(folder, "another passphrase")
    assert records.notices(again) == []
    records.close(again)
    assert (folder / name).read_bytes() != before


def test_a_key_file_that_somebody_rewrote_is_known_by_its_mac(made):
    """The checksum is anybody's; the MAC isn't: a slot put in by somebody else doesn't pass for ours."""
    folder, _code = made
    opened = records.open_record(folder, PASSPHRASE)
    for name in FILES:
        body = json.loads((folder / name).read_bytes())
        body["revision"] += 1
        body["checksum"] = keys._checksum(body)
        (folder / name).write_text(json.dumps(body))
    assert "damaged" in verifying.verify(opened, NoProgress()).problems[0]
    records.close(opened)


def test_a_record_of_an_older_casebook_gets_its_second_file(made):
    """Format 1, as it was written until November 2026: one file without a checksum."""
    folder, code = made
    data_key = keys.unlock(folder, PASSPHRASE)
    body = json.loads((folder / "keys.json").read_bytes())
    older = {"format": 1, "slots": body["slots"]}
    older["mac"] = keys._mac(older, data_key)
    (folder / "keys.json").write_text(json.dumps(older))
    (folder / "keys-copy.json").unlink()
    opened = records.open_record(folder, PASSPHRASE)
    assert records.notices(opened) == []
    records.close(opened)
    assert (folder / "keys-copy.json").read_bytes() == (folder / "keys.json").read_bytes()
    records.close(records.open_with_recovery_code(folder, code))


@pytest.mark.parametrize("between", ["-", " ", "", "\u2013", "\u2011", " \u2014 ", "\xa0", "\n"])
def test_a_recovery_code_is_read_however_it_was_copied(made, between):
    folder, code = made
    written = code.replace("-", between).lower().replace("0", "o").replace("1", "l")
    assert keys.unlock(folder, "", written) == keys.unlock(folder, PASSPHRASE)
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign.isalnum() else sign for sign in code)
    assert keys.unlock(folder, "", "\ufeff" + wide) == keys.unlock(folder, PASSPHRASE)


def test_guessing_a_passphrase_costs_what_is_promised(tmp_path, dear_keys):
    """RFC 9106's second choice for memory asks for 64 MiB and three passes: this is twice that."""
    keys.create_keys(tmp_path, PASSPHRASE)
    body = json.loads((tmp_path / "keys.json").read_bytes())
    costs = {(slot["memory_kib"], slot["passes"], slot["lanes"]) for slot in body["slots"]}
    assert costs == {(128 * 1024, 3, 4)}


def with_part(**parts):
    """A key file whose slots have such a part each, as a hostile one may."""

    def harm(body):
        for slot in body["slots"]:
            slot.update(parts)
        return json.dumps(body).encode()

    return harm


@pytest.mark.parametrize(
    "harm",
    [
        lambda _body: b"[" * 60_000,
        lambda _body: b'{"slots": ' + b"[" * 500 + b"]" * 500 + b"}",
        lambda _body: b" " * 70_000,
        with_part(salt=""),
        with_part(nonce=""),
        with_part(wrapped=None),
        with_part(wrapped=""),
        with_part(passes=0),
        with_part(memory_kib=2**40),
        with_part(memory_kib=1e9),
    ],
)
def test_a_malformed_key_file_is_refused_plainly(made, harm):
    body = json.loads((made[0] / "keys.json").read_bytes())
    for name in FILES:
        (made[0] / name).write_bytes(harm(json.loads(json.dumps(body))))
    with pytest.raises(OrganizerError) as refused:
        records.open_record(made[0], PASSPHRASE)
    assert "damaged" in refused.value.message
    assert refused.value.next_step


@pytest.mark.parametrize(("number", "is_read"), [(2, True), (3, False)])
def test_a_key_file_is_of_the_second_format_and_one_of_a_third_is_of_a_newer_program(made, number, is_read):
    body = json.loads((made[0] / "keys.json").read_bytes())
    assert body["format"] == 2
    covered = {name: value for name, value in body.items() if name != "checksum"} | {"format": number}
    checksum = hashlib.sha256(json.dumps(covered, sort_keys=True).encode()).hexdigest()
    for name in FILES:
        (made[0] / name).write_text(json.dumps(covered | {"checksum": checksum}))
    if is_read:
        assert keys.unlock(made[0], PASSPHRASE)
    else:
        with pytest.raises(RecordTooNewError):
            keys.unlock(made[0], PASSPHRASE)
