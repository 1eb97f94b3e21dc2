"""Whoever can't see the packet hears it in order: headings, paragraphs, tables with named columns, figures in words."""

import io
import re
import shutil
import subprocess
from dataclasses import replace

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from organizer.base.progress import NoProgress
from organizer.packet.file.build import build_packet
from organizer.packet.packet_input import OriginalFile
from tests.organizer.packet.people import elena, entry


@pytest.fixture(scope="module")
def heard(sample_packet, tmp_path_factory):
    """What poppler, a reader that we did not write, reads from the structure."""
    if shutil.which("pdfinfo") is None:
        pytest.skip("pdfinfo (poppler-utils) is not on this machine")
    file = tmp_path_factory.mktemp("paper") / "packet.pdf"
    file.write_bytes(sample_packet[0])
    return subprocess.run(["pdfinfo", "-struct-text", str(file)], capture_output=True, check=True, text=True).stdout


def test_the_document_says_its_language_and_title_and_that_it_is_tagged(sample_packet):
    with pikepdf.open(io.BytesIO(sample_packet[0])) as opened:
        assert opened.Root.Lang == "en"
        assert opened.Root.MarkInfo.Marked
        assert opened.Root.ViewerPreferences.DisplayDocTitle
        assert "Elena Marsh" in str(opened.docinfo["/Title"])


def test_headings_come_in_the_order_of_the_paper(heard):
    titles = re.findall(r"  H1 \(block\)\n +\"(.+)\"", heard)
    assert titles.index("Questions") < titles.index("Timeline") < titles.index("Results over time")


def test_tables_name_their_columns_once_and_have_rows_of_cells(heard):
    timeline = heard[heard.rindex("Table", 0, heard.index('"Who and where"')) :]
    table = timeline[timeline.index("Table") :]
    table = table[: table.index("\n  H1")]
    assert len(re.findall(r"^ +TH\b", table, re.MULTILINE)) == 4
    assert len(re.findall(r"^ +TR\b", table, re.MULTILINE)) > 20


def test_a_chart_is_told_in_a_sentence_with_its_numbers(sample_packet):
    with pikepdf.open(io.BytesIO(sample_packet[0])) as opened:
        told = [str(one.Alt) for one in opened.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
    wanted = ("Urine protein/creatinine, chart in g/g", "9 Nov 2026 1.1", "goal")
    assert any(all(part in words for part in wanted) for words in told)


def test_each_citation_is_a_link_that_belongs_to_the_structure(sample_packet):
    data, result = sample_packet
    with pikepdf.open(io.BytesIO(data)) as opened:
        notes = [note for page in list(opened.pages)[: result.exhibits[0].first_page - 1] for note in page.Annots]
        assert len(notes) > result.facts
        assert all("/StructParent" in note for note in notes)


def test_exhibits_are_part_of_it_too(heard):
    assert "Lupus nephritis, ISN/RPS class III" in heard


def test_a_source_that_was_tagged_is_heard_too(tmp_path):
    """Its own marks are taken for the page's paragraph, in their order."""
    paper = io.BytesIO()
    canvas = Canvas(paper, invariant=1)
    for number, words in enumerate(("First words", "Later words")):
        canvas.addLiteral(f"/P <</MCID {number * 2}>> BDC")
        canvas.drawString(72, 700 - 20 * number, words)
        canvas.addLiteral("EMC")
    canvas.save()
    original = OriginalFile("letter", "letter.pdf", "application/pdf", paper.getvalue())
    letter = entry("DiagnosticReport", "Letter", "2026-05", "letter:1", file="letter")
    person = elena()
    own = tuple(one for one in person.entries if not one.sources or not one.sources[0].document)
    build_packet(
        replace(person, entries=(*own, letter), read_original=lambda _sha: original), tmp_path / "p.pdf", NoProgress()
    )
    with pikepdf.open(tmp_path / "p.pdf") as opened:
        key = int(opened.pages[-1].obj["/StructParents"])
        marks = opened.Root.StructTreeRoot.ParentTree.Nums[2 * key + 1]
        assert len(marks) == 3
        assert marks[0].objgen == marks[2].objgen
        assert [int(one) for one in marks[0].K] == [0, 2]
