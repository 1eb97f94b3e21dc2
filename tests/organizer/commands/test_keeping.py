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


SECRET = "six plain words, längst gemerkt"
WAYS = {
    "plain": SECRET.encode(),
    "blanks around it": f"  {SECRET} \t\n".encode(),
    "Windows lines": f"{SECRET}\r\nnote\r\n".encode(),
    "a mark before it": b"\xef\xbb\xbf" + SECRET.encode() + b"\n",
    "UTF-16": SECRET.encode("utf-16"),
    "UTF-16, the other end first": b"\xfe\xff" + f"{SECRET}\r\n".encode("utf-16-be"),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_very_same_file_sets_and_opens(run, record, tmp_path, way):
    file, plain = tmp_path / "new.txt", tmp_path / "plain.txt"
    file.write_bytes(WAYS[way])
    plain.write_text(SECRET, "utf-8")
    assert run("passphrase", record, "--new-passphrase-file", file).code == 0
    assert run("list", record, "Condition", "--passphrase-file", file).code == 0
    assert run("list", record, "Condition", "--passphrase-file", plain).code == 0
    assert run("new", tmp_path / "Other", "--person", "Ann", "--passphrase-file", file).code == 0
    assert run("list", tmp_path / "Other.casebook", "Condition", "--passphrase-file", plain).code == 0


@pytest.mark.parametrize("contents", [b"", b"\n", b"  \n", b"\xff\xfe", b"\x80\x81"])
def test_a_file_without_a_passphrase_is_refused_plainly(run, record, tmp_path, contents):
    file = tmp_path / "new.txt"
    file.write_bytes(contents)
    for words in (("passphrase", record, "--new-passphrase-file", file), ("verify", record, "--passphrase-file", file)):
        told = run(*words)
        assert told.code == 1
        assert "new.txt" in told.said


@pytest.mark.parametrize("words", [("backup",), ("packet",)])
def test_a_file_is_not_replaced_unless_that_is_said(run, record, tmp_path, words):
    out = tmp_path / "out"
    out.write_text("somebody's work")
    told = run(*words, record, "--out", out)
    assert told.code == 1
    assert "already there" in told.said
    assert out.read_text() == "somebody's work"
    assert run(*words, record, "--out", out, "--replace").code == 0
    assert out.read_bytes() != b"somebody's work"


def test_what_was_found_at_opening_is_told_on_standard_error(run, record):
    (record / "keys-copy.json").write_bytes(b"")
    assert "key files was damaged" in run("list", record, "Condition").said
    assert run("list", record, "Condition").said == ""


STEERING = "Asthma\x1b]52;c;aGk=\x07 \x1b[2J \x9b31m \u202etxt.exe"


def test_a_terminal_is_shown_steering_characters_and_obeys_none(run, record):
    assert run("add", record, "Condition", f"title={STEERING}").code == 0
    for words in (("list", record, "Condition"), ("search", record, "Asthma"), ("history", record)):
        told = run(*words)
        assert not set(told.out + told.said) & set("\x1b\x07\x9b\u202e")
    assert "<U+001B>" in run("list", record, "Condition").out
    found = run("list", record, "Condition", "--json")
    assert not set(found.out) & set("\x1b\x07\x9b\u202e")
    assert STEERING in {entry["title"] for entry in found.json["entries"]}
