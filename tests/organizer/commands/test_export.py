"""A record goes out as tables, as plain SQLite, and as the files that came; nothing stays half written."""

import csv
import io
import sqlite3
import zipfile

import pytest

from organizer.exporting.csv_tables import table


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


def test_the_originals_come_back_byte_for_byte(run, record, tmp_path, checkout):
    run("export", record, "--format", "originals", "--out", tmp_path / "originals.zip")
    with zipfile.ZipFile(tmp_path / "originals.zip") as pack:
        data = pack.read("st-annes-fhir-bundle.json")
    assert data == (checkout / "resources/sample/st-annes-fhir-bundle.json").read_bytes()


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+cmd", "-cmd|calc", "@SUM(A1)", "\t=1"])
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
