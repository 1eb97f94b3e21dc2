"""Prints of laboratories of eleven countries are read row by row, surely, with the day of the sample."""

import pytest

from organizer.importing.lab_reports.reader import read_report
from organizer.importing.page_text.words_on_page import PageWords, Word
from tests.organizer.importing.lab_reports.laboratories import LABORATORIES

STEP, TALL, LETTER, BLANK = 16.0, 11.0, 4.6, 2.6
DAY = "2025-03-14"


def page_of(laboratory):
    words = []
    for number, line in enumerate(laboratory.lines.strip("\n").split("\n")):
        for column, cell in zip(laboratory.columns, line.split("|"), strict=False):
            at, y = float(column), 60 + number * STEP
            for text in cell.split():
                words.append(Word(text, at, y, at + LETTER * len(text), y + TALL))
                at += LETTER * len(text) + BLANK
    return PageWords(1, 600, 800, words)


def day_of(proposal):
    return proposal.date.text[:10] if proposal.date else ""


def end(text):
    return float(text) if text else None


@pytest.mark.parametrize("laboratory", LABORATORIES, ids=lambda laboratory: laboratory.name)
def test_each_row_of_a_laboratory_is_read_surely(laboratory):
    proposals = [one for one in read_report([page_of(laboratory)]).proposals if day_of(one) == DAY]
    read = {one.name: (one.comparator + one.value, one.low, one.high, one.flag) for one in proposals if one.certain}
    for row in laboratory.rows.strip("\n").split("\n"):
        name, value, low, high, flag = row.split("|")
        assert read.get(name) == (value, end(low), end(high), flag), (name, read)
    assert len(proposals) == len(laboratory.rows.strip("\n").split("\n"))


def test_a_measure_whose_name_nobody_knows_is_quoted():
    (nhs,) = [laboratory for laboratory in LABORATORIES if laboratory.name.startswith("nhs")]
    (words,) = read_report([page_of(nhs)]).left_out
    assert "GFR calculated abbreviated MDRD 61" in words


def test_earlier_results_have_their_own_day_where_it_stands_beside_the_head():
    (german,) = [laboratory for laboratory in LABORATORIES if "vorwert" in laboratory.name]
    earlier = [one for one in read_report([page_of(german)]).proposals if day_of(one) == "2024-11-02"]
    assert {(one.name, one.value) for one in earlier} >= {("Leukozyten", "6.9"), ("Kreatinin", "0.88")}
