"""Backup, restore, a new passphrase and erasing on the command line."""

import pytest


def test_a_backup_comes_back_with_everything(run, record, tmp_path, everything):
    told = run("backup", record, "--out", tmp_path / "b.casebook-backup", "--json").json
    assert told["ok"]
    assert told["entries"] > 10
    assert told["problems"] == []
    again = run("restore", tmp_path / "b.casebook-backup", "--out", tmp_path / "Again.casebook", "--json").json
    assert again["entries"] == told["entries"]
    assert everything(tmp_path / "Again.casebook") == everything(record)


def test_a_damaged_backup_is_refused_and_nothing_made(run, record, tmp_path):
    run("backup", record, "--out", tmp_path / "b.casebook-backup")
    data = bytearray((tmp_path / "b.casebook-backup").read_bytes())
    data[len(data) // 3] ^= 1
    (tmp_path / "b.casebook-backup").write_bytes(data)
    told = run("restore", tmp_path / "b.casebook-backup", "--out", tmp_path / "Again.casebook")
    assert told.code == 1
    assert "damaged" in told.said
    assert not (tmp_path / "Again.casebook").exists()


def test_the_passphrase_is_changed(run, record, tmp_path):
    (tmp_path / "new.txt").write_text("a quite different passphrase\n")
    assert run("passphrase", record, "--new-passphrase-file", tmp_path / "new.txt", "--json").json == {"ok": True}
    assert run("verify", record).code == 1
    assert run("verify", record, "--passphrase-file", tmp_path / "new.txt").code == 0


def test_an_entry_is_erased_for_good(run, record, everything):
    first = next(entry for entry in everything(record).values() if entry.kind == "Condition")
    told = run("erase", record, "--entry", first.id, "--yes", "--json").json
    assert told["entries"] == 1
    assert first.id not in everything(record)
    assert first.title not in run("history", record).out


@pytest.mark.parametrize("words", [(), ("--whole", "--person", "Elena")])
def test_erasing_needs_one_clear_word(run, record, words):
    assert run("erase", record, *words, "--yes").code == 2


def test_the_whole_record_is_erased(run, record):
    assert run("erase", record, "--whole", "--yes").code == 0
    assert not record.exists()
