"""A record goes out as tables, as plain SQLite, and as the files that came; nothing stays half written."""

import csv
import hashlib
import io
import sqlite3
import zipfile

import pytest

from organizer.exporting.csv_tables import table
from organizer.exporting.original_files import free_name
from organizer.model.entry import Entry
from organizer.services.record import records
from organizer.store import change_log
from organizer.store.plain_copy import write_plain
from tests.made_records import PASSPHRASE


def test_csv_has_a_table_a_kind_and_every_entry(run, record, tmp_path, everything):
    told = run("export", record, "--format", "csv", "--out", tmp_path / "csv", "--json").json
    assert sum(told["resources"].values()) == len(everything(record))
    rows = list(csv.DictReader(io.StringIO((tmp_path / "csv" / "Observation.csv").read_text("utf-8-sig"))))
    assert len(rows) == told["resources"]["Observation"]
    assert {row["id"] for row in rows} <= set(everything(record))
    assert all(row["source_file"] for row in rows)


def test_a_zip_where_the_name_says_so(run, record, tmp_path):
    run("export", record, "--format", "csv", "--out", tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as pack:
        assert "Patient.csv" in pack.namelist()


def test_plain_sqlite_opens_in_any_tool(run, record, tmp_path):
    told = run("export", record, "--format", "sqlite", "--out", tmp_path / "plain.db", "--json").json
    opened = sqlite3.connect(tmp_path / "plain.db")
    for kind, number in told["resources"].items():
        assert opened.execute(f"SELECT count(*) FROM {kind}").fetchone() == (number,)
    joined = "SELECT count(*) FROM Observation JOIN Patient ON Patient.id = Observation.person"
    assert opened.execute(joined).fetchone() == (told["resources"]["Observation"],)
    opened.close()


def test_numbers_are_numbers_and_parts_links_and_sources_have_tables(run, record, tmp_path, everything):
    run("export", record, "--format", "sqlite", "--out", tmp_path / "plain.db")
    opened = sqlite3.connect(tmp_path / "plain.db")
    kinds = opened.execute("SELECT DISTINCT typeof(value) FROM Observation WHERE value IS NOT NULL").fetchall()
    assert kinds == [("real",)]
    entries = everything(record).values()
    told = {name: opened.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("part", "link", "source")}
    assert told == {
        "part": sum(len(one.data.get("components") or ()) for one in entries),
        "link": sum(len(one.links) for one in entries),
        "source": sum(len(one.sources) for one in entries),
    }
    assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
    opened.close()


def test_a_number_that_comes_late_is_one_all_the_same(tmp_path):
    rows = [{"id": str(place), "value": None if place < 200 else 0.5} for place in range(300)]
    write_plain(tmp_path / "late.db", {"Observation": lambda: rows})
    opened = sqlite3.connect(tmp_path / "late.db")
    assert opened.execute("SELECT DISTINCT typeof(value) FROM Observation").fetchall() == [("null",), ("real",)]
    opened.close()


def test_the_originals_come_back_byte_for_byte(run, record, tmp_path, checkout):
    run("export", record, "--format", "originals", "--out", tmp_path / "originals.zip")
    with zipfile.ZipFile(tmp_path / "originals.zip") as pack:
        data = pack.read("st-annes-fhir-bundle.json")
        index = list(csv.DictReader(io.StringIO(pack.read("index.csv").decode("utf-8-sig"))))
    assert data == (checkout / "resources/sample/st-annes-fhir-bundle.json").read_bytes()
    assert [one["file"] for one in index if one["sha256"] == hashlib.sha256(data).hexdigest()] == [
        "st-annes-fhir-bundle.json"
    ]


@pytest.mark.parametrize(
    ("came", "name"),
    [
        ("../../evil.pdf", "evil.pdf"),
        ("C:\\x\\a?b.pdf", "a_b.pdf"),
        ("NUL.txt", "_NUL.txt"),
        ("a.pdf. ", "a.pdf"),
        ("..", "document"),
    ],
)
def test_a_documents_name_is_harmless_in_any_folder(came, name):
    assert free_name(came, set()) == name


def test_two_documents_of_one_name_are_told_apart_in_any_case():
    taken = set()
    assert [free_name(name, taken) for name in ("a.pdf", "A.PDF", "a.pdf")] == ["a.pdf", "A (2).PDF", "a (3).pdf"]


def test_a_document_that_tells_of_somebody_else_stays_behind(run, record, tmp_path, everything):
    shared = next(one.sources[0] for one in everything(record).values() if one.sources)
    opened = records.open_record(record, PASSPHRASE)
    other = Entry("Patient", "Ben Other", id="ben", person="ben", sources=(shared,))
    change_log.apply(opened, "added", [change_log.Add(other)])
    records.close(opened)
    run("export", record, "--format", "originals", "--person", "Elena", "--out", tmp_path / "o.zip")
    with zipfile.ZipFile(tmp_path / "o.zip") as pack:
        assert shared.file_name not in pack.namelist()
        assert "somebody else" in pack.read("index.csv").decode()


def test_fhir_counts_its_resources_and_a_summary_is_one_persons(run, record, tmp_path, everything):
    told = run("export", record, "--format", "fhir", "--out", tmp_path / "all.json", "--json").json
    assert sum(told["resources"].values()) == len(everything(record))
    told = run("export", record, "--format", "ips", "--out", tmp_path / "ips.json", "--json").json
    assert told["resources"]["Composition"] == told["resources"]["Patient"] == 1
    run("add", record, "Patient", "title=Ben Other")
    refused = run("export", record, "--format", "ips", "--out", tmp_path / "two.json")
    assert refused.code == 1
    assert "Ben Other" in refused.said
    assert not (tmp_path / "two.json").exists()


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+cmd", "-cmd|calc", "@SUM(A1)", "\t=1", "\n=1", "＝1"])
def test_no_cell_runs_as_a_formula(cell):
    (row,) = csv.reader(io.StringIO(table([{"note": cell}]).decode("utf-8-sig").partition("\r\n")[2]))
    assert row[0].startswith("'")


@pytest.mark.parametrize("cell", ["-5", "+1.5", "-0,3", "plain"])
def test_numbers_and_words_stay_as_they_are(cell):
    (row,) = csv.reader(io.StringIO(table([{"note": cell}]).decode("utf-8-sig").partition("\r\n")[2]))
    assert row == [cell]


def test_what_is_there_is_never_written_over(run, record, tmp_path):
    (tmp_path / "there.db").write_text("mine")
    assert run("export", record, "--format", "sqlite", "--out", tmp_path / "there.db").code == 1
    assert (tmp_path / "there.db").read_text() == "mine"


def test_it_is_said_that_what_goes_out_can_be_read(run, record, tmp_path):
    assert "readable by anyone" in run("export", record, "--format", "csv", "--out", tmp_path / "csv").out


def test_an_unknown_way_is_refused_with_the_known_ones(run, record, tmp_path):
    told = run("export", record, "--format", "xml", "--out", tmp_path / "x")
    assert told.code == 1
    assert "csv" in told.said
