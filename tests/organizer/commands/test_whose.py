"""Where a record holds several people, no command guesses whom it is about."""

import io
import sys

import orjson
import pytest


@pytest.fixture
def of_two(run, record):
    """Elena has dozens of entries, Otto and Otto Senior next to none."""
    run("add", record, "Patient", "title=Otto Zwilling")
    run("add", record, "Patient", "title=Otto Zwilling Senior")
    return record


def typed(monkeypatch, *lines):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\n".join(map(orjson.dumps, lines))), "utf-8"))


def titles(run, record, person):
    found = run("list", record, "Condition", "--person", person, "--json").json["entries"]
    return [entry["title"] for entry in found]


def test_lines_are_filed_under_the_person_who_is_named(run, of_two, monkeypatch):
    before = titles(run, of_two, "Elena Marsh")
    typed(monkeypatch, {"kind": "Condition", "title": "Gout"})
    assert run("add", of_two, "--lines", "--person", "Otto Zwilling").code == 0
    assert titles(run, of_two, "Otto Zwilling") == ["Gout"]
    assert titles(run, of_two, "Elena Marsh") == before


def test_a_line_that_names_somebody_else_than_the_command_is_answered_with_an_error(run, of_two, monkeypatch):
    typed(
        monkeypatch,
        {"kind": "Condition", "title": "Gout", "person": "Elena Marsh"},
        {"kind": "Condition", "title": "Mumps", "person": "otto zwilling"},
    )
    told = run("add", of_two, "--lines", "--person", "Otto Zwilling")
    answers = [orjson.loads(line) for line in told.out.splitlines()]
    assert told.code == 1
    assert "Elena Marsh" in answers[0]["error"]["message"]
    assert titles(run, of_two, "Otto Zwilling") == ["Mumps"]


@pytest.mark.parametrize(
    "words",
    [
        ("add", "Condition", "title=Gout"),
        ("check",),
        ("series", "4548-4"),
        ("packet", "--out", "packet.pdf"),
        ("letter", "thank-you", "--to", "Dr Ash", "--out", "letter.pdf"),
        ("chronology", "--out", "chronology.pdf"),
    ],
    ids=lambda words: words[0],
)
def test_without_a_name_the_people_are_listed_and_nothing_is_written(run, of_two, tmp_path, everything, words):
    before = everything(of_two)
    command, *rest = [str(tmp_path / word) if word.endswith(".pdf") else word for word in words]
    told = run(command, of_two, *rest)
    assert told.code == 1
    assert told.out == ""
    assert all(name in told.said for name in ("Elena Marsh", "Otto Zwilling", "Otto Zwilling Senior", "--person"))
    assert everything(of_two) == before
    assert not list(tmp_path.glob("*.pdf"))


def test_a_line_without_a_name_is_answered_with_the_people(run, of_two, monkeypatch):
    typed(monkeypatch, {"kind": "Condition", "title": "Gout"})
    told = run("add", of_two, "--lines")
    assert told.code == 1
    assert "Elena Marsh, Otto Zwilling" in orjson.loads(told.out)["error"]["next_step"]


def test_part_of_a_name_that_may_be_two_people_is_asked_back(run, of_two):
    told = run("check", of_two, "--person", "zwil")
    assert told.code == 1
    assert "may be several people" in told.said


def test_two_people_of_one_name_are_told_apart_by_id(run, of_two):
    run("add", of_two, "Patient", "title=Elena Marsh")
    told = run("check", of_two, "--person", "Elena Marsh")
    ids = [entry["id"] for entry in run("list", of_two, "Patient", "--json").json["entries"]]
    assert told.code == 1
    assert sum(one in told.said for one in ids) == 2


def test_where_there_is_one_person_nobody_has_to_be_named(run, record):
    assert run("check", record, "--as-of", "2026-11-24").code == 0
