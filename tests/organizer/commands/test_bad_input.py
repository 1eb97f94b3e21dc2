"""Bad input gets a plain message with the next step, exit 1, and leaves the record as it was."""

import subprocess
import sys

import pytest

BUNDLE = "resources/sample/st-annes-fhir-bundle.json"
CCD = "resources/sample/northfield-ccd.xml"
SMALLEST_FILE_LIMIT = 40_000  # bytes; less than any packet, more than the lock and the log's first page


def refused_import(run, record, everything, file):
    """What is said of one file that cannot come in; the record is as it was."""
    before = everything(record)
    told = run("import", record, file, "--json")
    assert told.code == 1
    assert "Traceback" not in told.said
    (answer,) = told.json["files"]
    assert answer["error"]["message"]
    assert answer["error"]["next_step"]
    assert everything(record) == before
    return answer["error"]


@pytest.mark.parametrize(("sample", "name"), [(BUNDLE, "cut.json"), (CCD, "cut.xml")])
def test_a_file_that_breaks_off_is_named(run, record, everything, tmp_path, checkout, sample, name):
    whole = (checkout / sample).read_bytes()
    (tmp_path / name).write_bytes(whole[: len(whole) * 2 // 3])
    error = refused_import(run, record, everything, tmp_path / name)
    assert name in error["message"] + error["next_step"]


def test_an_entity_bomb_is_refused(run, record, everything, checkout):
    error = refused_import(run, record, everything, checkout / "tests/data/ccda/entity-bomb.xml")
    assert "entity-bomb.xml" in error["message"]


def test_a_file_that_is_not_there_is_named(run, record, everything, tmp_path):
    error = refused_import(run, record, everything, tmp_path / "gone.json")
    assert "gone.json" in error["message"]


def test_a_file_that_cannot_be_read_is_named(run, record, everything, tmp_path, monkeypatch):
    file = tmp_path / "closed.json"
    file.write_text("{}")
    real_open = type(file).open

    def _open(path, *args, **kwargs):  # root may read anything, so the refusal is made here
        if path.name == file.name:
            raise PermissionError(13, "Permission denied", str(path))
        return real_open(path, *args, **kwargs)

    monkeypatch.setattr(type(file), "open", _open)
    error = refused_import(run, record, everything, file)
    assert "closed.json" in error["message"]


def test_a_format_that_nobody_knows_is_said(run, record, everything, tmp_path):
    (tmp_path / "thing.xyz").write_bytes(bytes(range(256)) * 20)
    error = refused_import(run, record, everything, tmp_path / "thing.xyz")
    assert "thing.xyz" in error["message"]


def test_one_bad_file_does_not_keep_the_good_one_out(run, record, tmp_path, checkout):
    (tmp_path / "bad.json").write_text('{"resourceType": "Bundle", "entry": [')
    told = run("import", record, tmp_path / "bad.json", checkout / CCD, "--json")
    assert told.code == 1
    assert told.json["new"]


def test_a_wrong_passphrase_is_told(run, record, everything, tmp_path):
    (tmp_path / "wrong.txt").write_text("not this one")
    before = everything(record)
    told = run("list", record, "Condition", "--passphrase-file", tmp_path / "wrong.txt")
    assert told.code == 1
    assert len(told.said.strip().splitlines()) == 2
    assert everything(record) == before


def test_a_folder_that_is_no_record_is_told(run, tmp_path):
    (tmp_path / "empty").mkdir()
    told = run("list", tmp_path / "empty", "Condition")
    assert told.code == 1
    assert "Traceback" not in told.said


@pytest.mark.parametrize("command", [("verify",), ("list", "Observation"), ("packet", "--out", "p.pdf")])
def test_a_damaged_page_is_told_with_the_way_back(run, record, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    file = record / "record.db"
    harmed = bytearray(file.read_bytes())
    for page in range(3, len(harmed) // 4096, 3):
        harmed[page * 4096 + 200] ^= 0xFF
    file.write_bytes(harmed)
    told = run(command[0], record, *command[1:])
    assert told.code == 1
    assert "backup" in told.out + told.said
    assert "Traceback" not in told.said
    assert file.read_bytes() == bytes(harmed)
    assert not (tmp_path / "p.pdf").exists()


def test_a_full_disk_while_writing_the_packet_leaves_no_half_packet(record, tmp_path, checkout, everything):
    before = everything(record)
    (tmp_path / "secret.txt").write_text("a long passphrase")
    out = tmp_path / "out" / "packet.pdf"
    out.parent.mkdir()
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({SMALLEST_FILE_LIMIT}, {SMALLEST_FILE_LIMIT}));"
        "from organizer.commands import run_command; sys.exit(run_command(sys.argv[1:]))"
    )
    words = ["packet", str(record), "--out", str(out), "--passphrase-file", str(tmp_path / "secret.txt")]
    told = subprocess.run([sys.executable, "-c", code, *words], cwd=checkout, capture_output=True, text=True)
    assert told.returncode == 1, told.stderr
    assert "Traceback" not in told.stderr
    assert len(told.stderr.replace("\r", "\n").strip().splitlines()) >= 2
    assert list(out.parent.iterdir()) == []
    assert everything(record) == before


def test_a_place_that_cannot_be_written_is_told(run, record, tmp_path):
    told = run("packet", record, "--out", tmp_path / "no such folder" / "packet.pdf")
    assert told.code == 1
    assert "Traceback" not in told.said
