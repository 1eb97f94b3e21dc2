"""Three made-up people in one record, on the command line: a decision in days, an unclear illness, a child.

Their letters are read as PDF text; nothing of the program that wrote them is used to judge them.
"""

import io
import re
import shutil
import sys

import pypdfium2
import pytest

STORIES = "tests/data/journey/three-stories.jsonl"
AS_OF = "2026-11-24"


@pytest.fixture(scope="module")
def closed(blank_record, tmp_path_factory):
    return shutil.copytree(blank_record("Nora Whitfield"), tmp_path_factory.mktemp("stories") / "Stories.casebook")


@pytest.fixture
def stories(closed, run, checkout, monkeypatch):
    """The record of all three; made by the first test that asks for it."""
    if len(run("list", closed, "Patient", "--json").json["entries"]) == 1:
        run("add", closed, "Patient", "title=Tomas Brandt", "birth_date=1980-02-02", "address=Am Ring 1, Köln")
        child = ("title=Mia Calder", "birth_date=2017-05-04", "address=2 Elm Road, Dayton", "phone=555-0401")
        run("add", closed, "Patient", *child, "kept_by=caregiver", "keeper=Joan Calder", "relation=mother")
        lines = (checkout / STORIES).read_bytes()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines), "utf-8"))
        told = run("add", closed, "--lines")
        assert told.code == 0, told.out
    return closed


def reasons(run, record, person):
    found = run("check", record, "--person", person, "--as-of", AS_OF, "--json").json["reasons"]
    return {one["reason"]: one["sentence"] for one in found}


def letter(run, record, tmp_path, person, kind, to, *options):
    out = tmp_path / "letter.pdf"
    told = run("letter", record, kind, "--to", to, "--out", out, "--person", person, *options)
    assert told.code == 0, told.said
    with pypdfium2.PdfDocument(out) as document:
        text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    return " ".join(text.split()), told.said


def test_the_operation_is_proposed_and_nothing_is_called_milder(run, stories):
    told = reasons(run, stories, "Nora")
    assert "To be decided by 4 Dec 2026." in told["high-risk-treatment"]
    assert "Less invasive" not in told["high-risk-treatment"]


def test_three_diagnoses_in_a_row_are_a_change_and_feeling_unheard_is_told(run, stories):
    told = reasons(run, stories, "Tomas")
    assert "Functional gait disorder, Small fibre neuropathy, Possible multiple sclerosis" in told["diagnosis-unclear"]
    assert "unheard" in told


def test_the_child_s_second_medicine_is_held_against_the_seizures_and_the_first_one_counts(run, stories):
    told = reasons(run, stories, "Mia")["treatment-not-working"]
    assert "Seizures per week is no lower" in told
    assert "Oxcarbazepine" in told
    assert "“Seizures went on; very irritable”" in told


@pytest.mark.parametrize("kind", ["records-request", "slides-request", "referral-request", "thank-you"])
@pytest.mark.parametrize("country", ["us", "eu", "uk", "ca"])
def test_the_mother_writes_for_the_child(run, stories, tmp_path, kind, country):
    text, _said = letter(run, stories, tmp_path, "Mia", kind, "Dr Oluwaseun Bright", "--variant", country)
    assert "Joan Calder for Mia Calder" in text
    assert "Joan Calder, for Mia Calder (mother)" in text
    assert not re.search(r"\b(looking after me|my (own )?(records|data|biopsy|illness))\b", text)
    assert ("personal representative" in text) is (country == "us" and kind in ("records-request", "slides-request"))


def test_a_request_without_birth_date_and_address_says_so_before_it_goes(run, stories, tmp_path):
    text, said = letter(run, stories, tmp_path, "Nora", "records-request", "Brookfield Community Hospital")
    assert "birth date isn’t recorded" in said
    assert "No address" in said
    assert "address above" not in text


def test_nobody_s_words_are_in_the_papers_of_another(run, stories, tmp_path):
    foreign = {
        "Nora": ("Koval", "Bright", "epilepsy"),
        "Tomas": ("Rask", "Bright", "Mia"),
        "Mia": ("Rask", "Koval", "Nora"),
    }
    for person, words in foreign.items():
        text, _said = letter(run, stories, tmp_path, person, "referral-request", "Dr Home")
        assert [word for word in words if word in text] == []
