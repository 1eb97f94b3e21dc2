"""`letter` and `chronology`: each writes its paper, tells where, and refuses calmly."""

import csv
import io
import re

import openpyxl
import pypdfium2
import pytest

from organizer.base.progress import NoProgress
from organizer.commands.journey import LETTER_KINDS
from organizer.health.opinion.letters import LETTERS
from organizer.services.opinion import chronologies
from organizer.services.opinion.chronologies import ChronologyWish
from organizer.services.record import people, records
from tests.made_records import PASSPHRASE
from tests.pdf_text import pdf_text

FORBIDDEN = re.compile(r"\b(misdiagnosed|negligent|malpractice|failed|refused|error|breach)\b", re.IGNORECASE)
QUOTED = re.compile(r"“[^”]*”")


def test_the_command_line_knows_every_letter():
    assert [one.id for one in LETTERS] == list(LETTER_KINDS)


@pytest.mark.parametrize("kind", LETTER_KINDS)
def test_a_letter_is_written_from_the_record(run, record, tmp_path, everything, kind):
    before = everything(record)
    out = tmp_path / "letter.pdf"
    told = run("letter", record, kind, "--to", "St Anne’s Hospital", "--out", out, "--json")
    assert (told.code, told.json) == (0, {"out": str(out)})
    text = pdf_text(out)
    assert "Elena Marsh" in text
    assert not FORBIDDEN.search(text)
    assert everything(record) == before


def test_a_letter_that_goes_out_is_noted(run, record, tmp_path):
    out = tmp_path / "letter.pdf"
    run("letter", record, "records-request", "--to", "Northfield", "--out", out, "--variant", "eu", "--sent")
    (sent,) = run("list", record, "Communication", "--json").json["entries"]
    assert sent["data"]["medium"] == "letter"
    assert sent["data"]["follow_up"]
    assert "Article 15" in pdf_text(out)


def test_a_letter_that_can_t_be_written_says_so(run, record, tmp_path):
    told = run("letter", record, "thank-you", "--to", "Dr Ash", "--out", tmp_path / "nowhere" / "letter.pdf")
    assert told.code == 1
    assert len(told.said.strip().splitlines()) == 2


@pytest.mark.parametrize("ending", ["pdf", "xlsx", "csv"])
def test_a_chronology_is_written_in_each_form(run, record, tmp_path, ending):
    out = tmp_path / f"chronology.{ending}"
    told = run("chronology", record, "--out", out, "--json")
    assert told.code == 0
    assert set(told.json) == {"out", "events", "gaps", "left_out", "sensitive"}
    assert told.json["events"] > 50
    assert out.stat().st_size > 5_000


def test_a_chronology_tells_of_sensitive_matters_only_where_they_are_ticked(run, record, tmp_path):
    before = run("chronology", record, "--out", tmp_path / "before.csv")
    assert "tell of" not in before.out
    results = tmp_path / "results.csv"
    results.write_text("Date,Test,Result,Units\n2019-03-04,HIV 1 antibody,positive,\n2019-03-04,Sodium,140,mmol/L\n")
    assert run("import", record, results).code == 0

    closed = run("chronology", record, "--out", tmp_path / "closed.csv")
    assert "HIV: 1 entry" in closed.out
    text = (tmp_path / "closed.csv").read_text("utf-8-sig")
    assert "HIV" not in text
    assert "Sodium 140" in text
    assert "Some lines are left out at the patient’s choice." in text

    told = run("chronology", record, "--out", tmp_path / "open.csv", "--tick", "hiv")
    assert "HIV" in told.out.partition("Its lines tell of:")[2]
    text = (tmp_path / "open.csv").read_text("utf-8-sig")
    assert "HIV 1 antibody" in text
    assert "left out" not in text
    assert run("chronology", record, "--out", tmp_path / "none.csv", "--tick", "hvi").code == 1


def test_another_ending_is_refused(run, record, tmp_path):
    told = run("chronology", record, "--out", tmp_path / "chronology.docx")
    assert told.code == 1
    assert ".xlsx" in told.said


def test_every_line_of_the_sample_has_its_source_and_judges_nothing(run, record, tmp_path):
    out = tmp_path / "chronology.csv"
    told = run("chronology", record, "--out", out, "--since", "2026", "--json").json
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    lines = [row for row in rows if row["No."]]
    assert len(lines) == told["events"]
    assert all(row["Source"] for row in lines)
    assert all(row["What the record says"].startswith("“") for row in lines)
    ours = " ".join(QUOTED.sub("", " ".join(row.values())) for row in rows)
    assert not FORBIDDEN.search(ours)
    book = tmp_path / "chronology.xlsx"
    run("chronology", record, "--out", book, "--since", "2026")
    sheet = openpyxl.load_workbook(book).active
    assert sheet.max_row == len(rows) + 1


def test_every_line_of_the_pdf_leads_to_the_page_where_it_stands(record, tmp_path, run):
    out = tmp_path / "chronology.pdf"
    told = run("chronology", record, "--out", out, "--json").json
    with pypdfium2.PdfDocument(out) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    own = "\n".join(text for text in texts if "Prepared by the patient" in text)
    assert len(re.findall(r"\bEx \d+ p \d+", own)) >= told["events"]
    assert "packet p" in texts[-1]
    assert not FORBIDDEN.search(QUOTED.sub("", own.replace("\r\n", " ").replace("\n", " ")))


def test_the_same_record_gives_the_same_bytes(record, tmp_path, run):
    first, second = tmp_path / "a.pdf", tmp_path / "b.pdf"
    for out in (first, second):
        run("chronology", record, "--out", out, "--since", "2026-11")
    assert first.read_bytes() == second.read_bytes()


def test_a_version_for_counsel_says_so_and_the_other_does_not(record, tmp_path):

    opened = records.open_record(record, PASSPHRASE)
    try:
        person = people.people(opened)[0].id
        for counsel in (False, True):
            out = tmp_path / f"{counsel}.pdf"
            chronologies.write(opened, person, ChronologyWish(since="2026-11-10", counsel=counsel), out, NoProgress())
            assert ("for discussion with counsel" in pdf_text(out)) is counsel
    finally:
        records.close(opened)


def test_pages_of_a_chronology_can_be_named_by_a_prefix(run, record, tmp_path):
    out = tmp_path / "chronology.pdf"
    run("chronology", record, "--out", out, "--prefix", "ANN", "--json")
    document = pypdfium2.PdfDocument(out)
    words = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    assert "packet p " not in words
    assert "ANN 0000" in words
