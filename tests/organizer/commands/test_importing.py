"""`import` with answers to what files leave open: who is who, what columns hold, how dates are written."""

import shutil
from pathlib import Path

from tests.made_records import PASSPHRASE

TWO = "Patient,Date,Test,Result\nAda Quill,03/04/2026,Sodium,140\nBen Quill,05/04/2026,Sodium,141\n"


def written(folder, name, text):
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_the_person_says_who_is_who_and_which_comes_first(run, record, tmp_path, everything):
    file = written(tmp_path, "two.csv", TWO)
    before = everything(record)
    answered = ("--who", "Ada Quill=Elena Marsh", "--who", "Ben Quill=leave-out", "--dates", "day-first")
    tried = run("import", record, file, *answered, "--dry-run", "--json")
    assert everything(record) == before
    assert [one["in_record"] for one in tried.json["people"]] == [True, True]
    done = run("import", record, file, *answered, "--json")
    assert (done.code, done.json["new"]) == (0, {"Observation": 1})
    (file_told,) = done.json["files"]
    assert "Ben Quill" in file_told["skipped"][0]["reason"]
    (sodium,) = [one for one in everything(record).values() if one.id not in before]
    assert (sodium.happened.text, sodium.value) == ("2026-04-03", 140)


def test_columns_are_named_by_heading_or_number(run, record, tmp_path):
    rows = "2026-02-01;Ferritin;4,1\n2026-02-08;Ferritin;4,4\n2026-02-09;Ferritin;5\n"
    file = written(tmp_path, "x.csv", "A;B;C\n" + rows)
    told = run("import", record, file, "--map", "A=date", "--map", "2=name", "--map", "C=value", "--json").json
    assert told["new"] == {"Observation": 3}


def test_a_name_or_column_that_is_not_there_is_refused_with_what_is(run, record, tmp_path, everything):
    file = written(tmp_path, "two.csv", TWO)
    before = everything(record)
    nobody = run("import", record, file, "--who", "Cy Quill=new")
    assert nobody.code == 1
    assert "Ada Quill" in nobody.said
    column = run("import", record, file, "--map", "Date=moon")
    assert column.code == 1
    assert "moon" in column.said
    assert "date" in column.said
    assert run("import", record, file, "--who", "Ada").code == 2
    keys = run("import", record, file, "--key-set", file)
    assert keys.code == 1
    assert "jwks" in keys.said
    assert everything(record) == before


def test_another_copy_is_read_with_its_secret(run, record, tmp_path, everything):
    other = shutil.copytree(record, tmp_path / "Other.casebook")
    assert run("add", other, "Question", "title=May I swim?").code == 0
    file, secret = tmp_path / "copy.casebook-backup", written(tmp_path, "theirs.txt", "not that one\n")
    assert run("backup", other, "--out", file).code == 0
    for words, said in (((), "locked"), (("--backup-secret-file", secret), "Neither")):
        locked = run("import", record, file, *words, "--json")
        assert (locked.code, locked.json["new"]) == (1, {})
        assert said in locked.json["files"][0]["error"]["message"]
    secret.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    before = everything(record)
    told = run("import", record, file, "--backup-secret-file", secret, "--json")
    assert (told.code, told.json["new"]) == (0, {"Question": 1})
    (swim,) = [one for one in everything(record).values() if one.id not in before]
    assert swim == everything(other)[swim.id]


def test_somebody_whom_the_files_do_not_describe_is_left_out_and_how_to_say_who_is_told(
    run, record, tmp_path, everything
):
    before = everything(record)
    case = Path(__file__).parents[2] / "data" / "fhir_cases" / "foreign_subject.json"
    told = run("import", record, case, "--who", "Ada Example=leave-out")
    assert "--who “Somebody Else=NAME”" in told.out
    assert everything(record) == before
    told = run("import", record, case, "--who", "Ada Example=leave-out", "--who", "Somebody Else=Elena Marsh", "--json")
    assert told.json["new"] == {"Observation": 1}
