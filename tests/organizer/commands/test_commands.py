"""Each command does its one thing, tells it in the shape that scripts rely on, and exits 0, 1 or 2."""

import io
import os
import subprocess
import sys

import orjson
import pypdfium2
import pytest

from organizer.base import i18n as words
from organizer.commands import command_line
from tests.made_records import PASSPHRASE

LOINC_CREATININE = "2160-0"


def test_new_makes_a_record_and_tells_its_recovery_code_once(run, tmp_path):
    made = run("new", tmp_path / "Ann", "--person", "Ann Example", "--json")
    assert made.code == 0
    assert set(made.json) == {"record", "person", "recovery_code"}
    assert (tmp_path / "Ann.casebook" / "record.db").is_file()
    assert made.json["recovery_code"] not in run("history", made.json["record"]).out


def test_new_leaves_what_stands_there_alone(run, record, everything):
    before = everything(record)
    refused = run("new", record, "--person", "Somebody Else")
    assert refused.code == 1
    assert "already there" in refused.said
    assert everything(record) == before


def test_import_accounts_for_everything_and_the_second_time_adds_nothing(run, record, checkout, everything):
    file = checkout / "resources/sample/northfield-ccd.xml"
    first = run("import", record, file, "--json")
    assert first.code == 0
    told = first.json["files"][0]
    assert set(told) >= {"file", "format", "read", "new", "known", "updated", "conflicts", "skipped", "error"}
    assert all(set(one) == {"where", "what", "reason"} for one in told["skipped"])
    parts = sum(sum(told[name].values()) for name in ("new", "known", "updated"))
    assert told["read"] == parts + told["conflicts"] + len(told["skipped"])
    before = everything(record)
    again = run("import", record, file, "--json")
    assert again.json["new"] == {}
    assert everything(record) == before


def test_a_dry_run_writes_nothing(run, record, checkout, everything):
    before = everything(record)
    told = run("import", record, checkout / "resources/sample/northfield-ccd.xml", "--dry-run", "--json")
    assert told.json["new"]
    assert everything(record) == before


def test_undo_leaves_the_record_as_it_was_and_redo_brings_it_back(run, record, checkout, everything):
    before = everything(record)
    run("import", record, checkout / "resources/sample/northfield-ccd.xml")
    after = everything(record)
    undone = run("undo", record, "--json")
    assert set(undone.json) == {"label", "changes"}
    assert everything(record) == before
    assert run("redo", record).code == 0
    assert everything(record) == after
    steps = run("history", record, "--json")
    assert steps.code == 0
    assert undone.json["label"] in steps.out


def test_redo_with_nothing_undone_says_so(run, record):
    refused = run("redo", record)
    assert refused.code == 1
    assert len(refused.said.strip().splitlines()) == 2


def test_list_gives_entries_with_their_source(run, record):
    told = run("list", record, "Condition", "--json")
    assert told.code == 0
    assert told.json["entries"]
    for one in told.json["entries"]:
        assert {"id", "kind", "title", "code", "happened", "value", "unit", "comparator", "status"} <= set(one)
        assert one["source"]["file"] == "st-annes-fhir-bundle.json"
        assert one["source"]["locator"]
    assert run("list", record, "Condition", "--since", "2090", "--json").json["entries"] == []


def test_a_series_is_asked_back_where_a_code_is_of_two_laboratories(run, tmp_path, checkout):
    ada = run("new", tmp_path / "Ada", "--person", "Ada Example", "--json").json["record"]
    run("import", ada, checkout / "tests/data/fhir/local-codes.json")
    refused = run("series", ada, "1001")
    assert refused.code == 1
    assert "Sodium: urn:oid:1.2.3.hospitalA|1001" in refused.said
    assert "Glucose: urn:oid:9.9.9.hospitalB|1001" in refused.said
    told = run("series", ada, "urn:oid:9.9.9.hospitalB|1001", "--json").json
    assert (told["title"], told["code"], told["measure"]) == ("Glucose", "1001", "urn:oid:9.9.9.hospitalB|1001")
    assert [point["value"] for point in told["points"]] == [5.4]
    assert len(run("series", ada, "789-8", "--json").json["points"]) == 2


def test_series_gives_one_measure_in_one_unit(run, record):
    told = run("series", record, LOINC_CREATININE, "--json").json
    assert set(told) >= {"code", "title", "unit", "points"}
    assert told["points"]
    assert set(told["points"][0]) >= {"when", "value", "comparator", "low", "high", "id"}


def test_search_ranks_hits_with_a_snippet(run, record):
    told = run("search", record, "nephritis", "--json").json
    assert set(told) == {"hits", "ms"}
    assert set(told["hits"][0]) == {"id", "kind", "title", "snippet", "happened"}


def test_add_writes_one_entry_that_list_shows(run, record):
    added = run("add", record, "Condition", "title=Migraine", "happened=2026-03", "--json")
    assert added.code == 0
    listed = run("list", record, "Condition", "--json").json["entries"]
    assert [one["happened"] for one in listed if one["id"] == added.json["id"]] == ["2026-03"]


@pytest.mark.parametrize(
    "words",
    [("Condition", "title=X", "happened=soon"), ("Condition", "title="), ("Nonsense", "title=X"), ("Condition", "x=1")],
)
def test_add_refuses_what_does_not_fit_and_writes_nothing(run, record, everything, words):
    before = everything(record)
    refused = run("add", record, *words)
    assert refused.code == 1
    assert "Traceback" not in refused.said
    assert len(refused.said.strip().splitlines()) >= 2
    assert everything(record) == before


def test_add_lines_answers_each_line(run, record, monkeypatch):
    lines = b'{"kind": "Condition", "title": "One"}\n{"kind": "Nonsense"}\n{broken\n'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines), "utf-8"))
    told = run("add", record, "--lines")
    answers = [orjson.loads(line) for line in told.out.splitlines()]
    assert told.code == 1
    assert "id" in answers[0]
    assert len(answers) == 3
    assert all("id" not in answer for answer in answers[1:])


def test_check_gives_plans_and_reasons(run, record):
    told = run("check", record, "--as-of", "2026-11-24", "--json").json
    assert set(told) == {"attention", "plans", "reasons"}
    keys = {"plan", "goal", "verdict", "also", "urgent", "evidence", "sentence", "probability", "review_by", "rules"}
    assert told["plans"]
    assert all(keys <= set(plan) for plan in told["plans"])
    assert all({"reason", "sentence", "evidence", "questions"} <= set(reason) for reason in told["reasons"])


def test_packet_writes_a_pdf_whose_facts_lead_to_their_pages(run, record, tmp_path):
    out = tmp_path / "packet.pdf"
    told = run("packet", record, "--out", out, "--json").json
    keys = {"out", "pages", "summary_pages", "exhibits", "facts", "facts_linked", "patient_reported", "left_out"}
    assert keys <= set(told)
    assert told["facts"] == told["facts_linked"] > 0
    with pypdfium2.PdfDocument(out) as document:
        assert len(document) == told["pages"]


def test_verify_reads_everything(run, record):
    told = run("verify", record, "--json")
    assert told.code == 0
    assert set(told.json) == {"ok", "entries", "originals", "checked_bytes", "problems", "lost"}
    assert told.json["ok"]


@pytest.mark.parametrize("words", [("nonsense",), ("import",), ("list", "x"), ("packet", "x"), ("check", "--what")])
def test_wrong_use_exits_with_two(run, words):
    assert run(*words).code == 2


def test_every_command_explains_itself(run):
    for name in ("new", "import", "undo", "redo", "history", "list", "series", "search", "add", "check", "packet"):
        told = run(name, "--help")
        assert told.code == 0
        assert "Usage" in told.out


@pytest.mark.parametrize(
    ("name", "language", "said"),
    [
        ("LC_ALL", "es_MX.UTF-8", "No se encontró nada."),
        ("LANG", "es", "Nothing found."),  # LC_ALL is set too, and counts first
        ("LC_ALL", "xx_XX", "Nothing found."),
    ],
)
def test_the_command_line_speaks_the_language_of_the_system(run, record, monkeypatch, name, language, said):
    monkeypatch.setattr("organizer.base.i18n._everywhere", words._everywhere)
    monkeypatch.setattr("organizer.base.i18n._chosen", "en")
    monkeypatch.setenv(name, language)
    assert said in run("search", record, "zzzz").out


def test_what_is_piped_is_utf_8_whatever_the_system_writes(record, checkout, tmp_path):
    """As on Windows, where a pipe gets the old code page."""
    words = tmp_path / "words.txt"
    words.write_text(PASSPHRASE, encoding="utf-8")
    surroundings = {**os.environ, "PYTHONIOENCODING": "cp437", "CASEBOOK_PASSPHRASE_FILE": str(words)}
    wanted = "Ağaoğlu ≥ 5 µg 서울"
    command = [sys.executable, "main.py", "add", str(record), "Condition", f"title={wanted}"]
    added = subprocess.run(command, cwd=checkout, env=surroundings, capture_output=True, check=False)
    assert added.returncode == 0, added.stderr
    command = [sys.executable, "main.py", "list", str(record), "Condition"]
    listed = subprocess.run(command, cwd=checkout, env=surroundings, capture_output=True, check=False)
    assert wanted in listed.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("told", "language"), [(("Spanish_Mexico", "1252"), "es"), (("en_US", "UTF-8"), "en"), ((None, None), "")]
)
def test_windows_is_asked_for_its_language(monkeypatch, told, language):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr("locale.getlocale", lambda: told)
    assert command_line._language_of_the_system() == language


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANGUAGE": "de:en", "LANG": "es_ES.UTF-8"}, "de"),
        ({"LANGUAGE": "", "LC_ALL": "es_MX.UTF-8", "LANG": "en_US.UTF-8"}, "es"),
        ({"LANG": "de_AT.UTF-8"}, "de"),
    ],
)
def test_the_first_variable_that_says_a_language_counts(monkeypatch, variables, language):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert command_line._language_of_the_system() == language


def test_letter_proposes_and_takes_what_is_named(run, record, tmp_path):
    file = tmp_path / "discharge.txt"
    file.write_text("Diagnoses:\n1. Hypertension\n2. Asthma\nAllergies: Penicillin (hives)\n", encoding="utf-8")
    assert run("import", record, file).code == 0
    told = run("read-letter", record, "discharge.txt", "--json")
    assert [(one["kind"], one["fields"]["title"]) for one in told.json["proposals"]] == [
        ("Condition", "Hypertension"), ("Condition", "Asthma"), ("AllergyIntolerance", "Penicillin"),
    ]  # fmt: skip
    before = {one["title"] for one in run("list", record, "Condition", "--json").json["entries"]}
    taken = run("read-letter", record, "discharge.txt", "--take", "1,3", "--json")
    assert taken.json["added"] == "Added 2 entries from discharge.txt"
    after = {one["title"] for one in run("list", record, "Condition", "--json").json["entries"]}
    assert after - before == {"Hypertension"}
    assert run("read-letter", record, "discharge.txt", "--take", "9").code == 2
