"""A record that an older Casebook wrote is brought up to date with all that it holds."""

import shutil
from pathlib import Path

import pytest

from organizer.model.entry import Coding, Entry
from organizer.services.follow import measures
from organizer.services.record import people, records
from organizer.store import change_log, entries, keys, opening, search
from organizer.store.engine import Tables, connect
from organizer.store.entries import Query
from organizer.store.migrations import APPLICATION_ID, MIGRATIONS
from organizer.store.search import Wanted
from tests.made_records import CHEAP, PASSPHRASE

ANN = "0190-ann"
KEPT = Path(__file__).parents[2] / "data/records/v1"
pytestmark = pytest.mark.usefixtures("open_anywhere")  # it was made by an earlier Casebook


def as_first_written(folder):
    """A record with the schema before wordings: a person, a diagnosis, a result, a panel; one operation."""
    (folder / "originals").mkdir(parents=True)
    data_key, _code = keys.create_keys(folder, PASSPHRASE, CHEAP)
    conn = connect(folder / "record.db", keys.subkeys(data_key).database, "rwc")
    conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    MIGRATIONS.apply(Tables(conn), stop_before="m005_wordings")
    panel = '{"components": [{"title": "Systolic", "value": 120, "value_text": "120", "unit": "mm[Hg]"}]}'
    for place, row in enumerate(
        (
            (ANN, "Patient", "Ann", "", "[]", None, None, "", "", "{}"),
            ("c", "Condition", "Lupus", "", "[]", "2019", None, "", "", '{"note": "seen in Leeds"}'),
            ("o", "Observation", "Creatinine", "2160-0", '[["http://loinc.org", "2160-0", ""]]', "2020-01-02", 1.1,
             "1.1", "mg/dL", "{}"),
            ("p", "Observation", "Blood pressure", "", "[]", "2020-01-03", None, "", "", panel),
        ),
        start=1,
    ):  # fmt: skip
        entry, kind, title, code, codes, happened, value, text, unit, data = row
        conn.execute(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, '', ?, '', 0, ?)",
            [place, entry, ANN, kind, title, code, codes, happened, happened or "", value, text, unit, data],
        )
    conn.execute("INSERT INTO source VALUES ('o', 0, NULL, 'row 7', 'lab#7', '', '', '2020')")
    conn.execute("INSERT INTO part VALUES (4, 0, 'title:Systolic', 'Systolic', 'mm[Hg]')")
    conn.execute("INSERT INTO operation (label, made_at) VALUES ('Imported', '2020')")
    conn.executemany("INSERT INTO change VALUES (1, ?, NULL)", [["c"], ["o"], ["p"]])
    conn.close()
    return folder


def as_it_was_kept(folder):
    """The same record as the files that the schema of the first four steps wrote; see tests/data/README.md."""
    shutil.copytree(KEPT, folder)
    (folder / "originals").mkdir()  # git keeps no empty folder
    return folder


@pytest.mark.parametrize("make", [as_first_written, as_it_was_kept])
def test_all_is_there_and_found_after_the_update(tmp_path, make):
    folder = make(tmp_path / "Old.casebook")
    record = records.open_record(folder, PASSPHRASE)
    assert entries.counts(record, ANN) == {"Condition": 1, "Observation": 2, "Patient": 1}
    assert [hit.title for hit in search.search(record, "lupus leeds")] == ["Lupus"]
    assert [hit.title for hit in search.search(record, "leds")] == ["Lupus"]
    assert search.search(record, "lupus", Wanted(ANN, ("Condition",), "2019", "2019"))
    assert entries.by_identifiers(record, ["lab#7"])["lab#7"][0].sources[0].locator == "row 7"
    assert {one.code: one.count for one in measures.measures(record, ANN)} == {"2160-0": 1, "title:Systolic": 1}
    assert [one.value for one in entries.series(record, ANN, "title:Systolic")] == [120]
    change_log.undo(record)
    assert [one.kind for one in entries.find(record, Query())] == ["Patient"]
    assert measures.measures(record, ANN) == []
    change_log.redo(record)
    assert [one.value for one in entries.series(record, ANN, "http://loinc.org|2160-0")] == [1.1]
    assert not record.damaged_pages()
    records.close(record)
    assert (folder / "record.db.before-update").is_file()


@pytest.fixture
def without_systems(tmp_path):
    """A record whose series knew a code without its system, as the schema before wrote it; see tests/data/README.md."""
    folder = tmp_path / "Ann.casebook"
    shutil.copytree(KEPT.with_name("v2"), folder)
    (folder / "originals").mkdir()
    return folder


SERIES = {
    "urn:oid:1.2.3.1|1001": 2,  # one of them a part of a panel
    "urn:oid:9.9.9.2|1001": 2,
    "|HB|Hemoglobin": 1,
    "|HB|Hepatitis B surface antibody": 1,
    "http://loinc.org|2160-0": 2,
    "http://loinc.org|8480-6": 1,
    "title:Pain": 1,
    "title:Arm": 1,
}


def counted(record):
    """How many results each series has, as it is listed and as it is found one by one."""
    person = people.people(record)[0].id
    listed = {one.key: one.count for one in measures.measures(record, person)}
    assert listed == {key: len(entries.series(record, person, key)) for key in listed}
    return listed


def test_a_series_is_told_apart_by_its_system_after_the_update(without_systems):
    record = records.open_record(without_systems, PASSPHRASE)
    assert counted(record) == SERIES
    assert not record.damaged_pages()
    records.close(record)


def test_what_was_done_before_the_update_is_undone_and_redone(without_systems):
    record = records.open_record(without_systems, PASSPHRASE)
    change_log.redo(record)  # the second glucose is removed again
    assert counted(record) == SERIES | {"urn:oid:9.9.9.2|1001": 1}
    for _step in range(2):
        change_log.undo(record)
    person = people.people(record)[0].id
    assert counted(record) == SERIES
    assert entries.series(record, person, "urn:oid:1.2.3.1|1001")[0].value_text == "140"
    change_log.undo(record)
    assert counted(record) == {}
    for _step in range(2):
        change_log.redo(record)
    assert counted(record) == SERIES
    assert entries.series(record, person, "urn:oid:1.2.3.1|1001")[0].value_text == "141"
    records.close(record)


def test_a_chosen_unit_goes_with_each_measure_of_its_code(without_systems):
    record = records.open_record(without_systems, PASSPHRASE)
    chosen = {key: measures.chosen_unit(record, key) for key in SERIES}
    assert {key: unit for key, unit in chosen.items() if unit} == {
        "urn:oid:1.2.3.1|1001": "mg/dL",
        "urn:oid:9.9.9.2|1001": "mg/dL",
        "http://loinc.org|2160-0": "umol/L",
        "title:Pain": "{score}",
    }
    assert record.meta("unit of 1001") == record.meta("unit of 2160-0") == ""
    records.close(record)


def test_the_promoted_code_is_loinc_wherever_it_stood(without_systems):
    record = records.open_record(without_systems, PASSPHRASE)
    rows = record.rows("SELECT DISTINCT code FROM entry WHERE title = 'Creatinine'")
    assert [code for (code,) in rows] == ["2160-0"]
    records.close(record)


def test_another_table_of_systems_makes_the_keys_anew(tmp_path):
    record, _code = records.create(tmp_path / "Ann.casebook", PASSPHRASE, "Ann", CHEAP)
    result = Entry("Observation", "Sodium", codes=(Coding("urn:oid:2.16.840.1.113883.6.1", "2951-2"),), value_text="1")
    change_log.apply(record, "one", [change_log.Add(result)])
    with record.write():  # as a Casebook that knew LOINC by its URI alone
        record.conn.execute(
            "UPDATE term SET text = 'urn:oid:2.16.840.1.113883.6.1|2951-2' WHERE text = 'http://loinc.org|2951-2'"
        )
        record.conn.execute("UPDATE meta SET value = 'older' WHERE name = 'code systems'")
    records.close(record)
    record = records.open_record(tmp_path / "Ann.casebook", PASSPHRASE)
    assert [one.key for one in measures.measures(record, "")] == ["http://loinc.org|2951-2"]
    records.close(record)
    assert (tmp_path / "Ann.casebook/record.db.before-update").is_file()


def brought_up_to(folder, step):
    """The database of a record as the schema before this step had it, open."""
    conn = connect(folder / "record.db", keys.subkeys(keys.unlock(folder, PASSPHRASE)).database, "rw")
    MIGRATIONS.apply(Tables(conn), stop_before=step)
    return conn


def test_what_search_had_lost_is_found_after_the_update(tmp_path):
    folder = as_first_written(tmp_path / "Old.casebook")
    conn = brought_up_to(folder, "m009_found_again")
    for table in ("wording", "wording_text"):  # as changes took them away before
        conn.execute(f"DELETE FROM {table}")
    conn.close()
    record = records.open_record(folder, PASSPHRASE)
    assert [hit.title for hit in search.search(record, "lupus")] == ["Lupus"]
    records.close(record)


def test_words_that_entries_share_are_kept_once_after_the_update(tmp_path):
    folder = as_first_written(tmp_path / "Old.casebook")
    conn = brought_up_to(folder, "m014_put_aside")
    many = [(n, f"o{n}", ANN, f"2021-02-03T04:05:{n % 60:02}+01:00") for n in range(5, 2_000)]
    conn.execute("BEGIN")
    conn.executemany(
        "INSERT INTO entry SELECT ?1, ?2, ?3, kind, title, code, codes, ?4, substr(?4, 1, 19), ended, value, "
        "value_text, comparator, unit, status, struck, data, wording, measure FROM entry WHERE id = 'o'",
        many,
    )
    conn.execute("COMMIT")
    conn.close()
    before = (folder / "record.db").stat().st_size
    record = records.open_record(folder, PASSPHRASE)
    assert record.size() < before - 90 * len(many)
    assert entries.counts(record, ANN) == {"Condition": 1, "Observation": 1_997, "Patient": 1}
    latest = entries.series(record, ANN, "http://loinc.org|2160-0")[-1]
    assert (latest.id, latest.happened.text, latest.day_key) == ("o1979", many[1974][3], "2021-02-03T04:05:59")
    assert latest.codes == (Coding("http://loinc.org", "2160-0"),)
    assert not record.damaged_pages()
    records.close(record)


def test_what_was_undone_before_the_update_is_redone(tmp_path):
    folder = as_first_written(tmp_path / "Old.casebook")
    conn = brought_up_to(folder, "m015_short_rows")
    conn.execute("INSERT INTO operation (label, made_at, undone, first, last) VALUES ('More', '2021', 1, 5, 5)")
    conn.execute(
        "INSERT INTO undone_entry SELECT 5, 'x', person, kind, 'Gout', code, codes, happened, moment, ended, value, "
        "value_text, comparator, unit, status, struck, data FROM entry WHERE id = 'c'"
    )
    conn.execute("INSERT INTO undone_source VALUES (5, 0, NULL, 'row 8', 'gp#8', '', '', '2021')")
    conn.execute("INSERT INTO undone_link VALUES (5, 0, 'rests-on', 'o')")
    conn.close()
    record = records.open_record(folder, PASSPHRASE)
    change_log.redo(record)
    gout = entries.get(record, "x")
    assert (gout.title, gout.happened.text, gout.sources[0].recorded_at) == ("Gout", "2019", "2021")
    assert gout.links[0].target == "o"
    records.close(record)


def test_one_that_cannot_be_written_is_updated_in_a_private_copy(tmp_path, monkeypatch):
    folder = as_first_written(tmp_path / "Old.casebook")
    before = (folder / "record.db").read_bytes()
    monkeypatch.setattr("organizer.store.opening.os.access", lambda *_asked: False)
    record = records.open_record(folder, PASSPHRASE)
    assert record.read_only
    assert [hit.title for hit in search.search(record, "lupus")] == ["Lupus"]
    records.close(record)
    assert (folder / "record.db").read_bytes() == before


def test_an_updated_record_has_the_schema_of_a_new_one(tmp_path):
    def schema(record):
        told = record.rows("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2")
        records.close(record)
        return told

    old = records.open_record(as_first_written(tmp_path / "Old.casebook"), PASSPHRASE)
    new, _code = opening.create(tmp_path / "New.casebook", PASSPHRASE, CHEAP)
    assert schema(old) == schema(new)
