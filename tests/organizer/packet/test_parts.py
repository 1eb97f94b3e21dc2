"""A packet too large for a portal comes in parts: each below the size, each with the index, none of it lost."""

import io
import random
import re
import shutil
import subprocess
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from organizer.base.errors import OrganizerError
from organizer.base.progress import NoProgress
from organizer.packet.file.build import build_packet
from organizer.packet.file.parts import write_parts
from organizer.packet.packet_input import OriginalFile
from tests.organizer.packet.people import elena, entry

LARGEST = 1_500_000


def scan(words, pages=1, side=900):
    paper = io.BytesIO()
    canvas = Canvas(paper, invariant=1)
    for page in range(pages):
        noise = Image.frombytes("L", (side, side), random.Random(f"{words}{page}").randbytes(side * side))
        if words != "scan 4":  # which has no words: it is told as a picture
            canvas.drawString(72, 700, f"{words} page {page + 1}")
        canvas.drawImage(ImageReader(noise), 72, 100, 400, 400)
        canvas.showPage()
    canvas.save()
    return paper.getvalue()


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    files = {f"scan-{n}": scan(f"scan {n}", pages) for n, pages in enumerate((1, 1, 3, 1), 1)}
    originals = {name: OriginalFile(name, f"{name}.pdf", "application/pdf", data) for name, data in files.items()}
    person = elena()
    own = tuple(one for one in person.entries if not one.sources or not one.sources[0].document)
    reports = tuple(entry("DiagnosticReport", f"Report {name}", "2026-05", f"{name}:1", file=name) for name in files)
    choice = replace(person.choice, looked_at=frozenset(originals))
    packet = replace(person, entries=(*own, *reports), read_original=originals.__getitem__, choice=choice)
    out = tmp_path_factory.mktemp("out") / "packet.pdf"
    return out, build_packet(packet, out, NoProgress())


@pytest.fixture(scope="module")
def parts(whole):
    return write_parts(*whole, LARGEST, NoProgress())


def test_each_part_is_small_enough_and_together_they_hold_every_exhibit_page(whole, parts):
    _out, result = whole
    assert len(parts) > 2
    assert all(part.stat().st_size <= LARGEST for part in parts)
    words = ""
    for part in parts:
        document = pypdfium2.PdfDocument(part)
        words += "".join(page.get_textpage().get_text_bounded() for page in document)
        document.close()
    for exhibit in result.exhibits:
        for number in range(1, exhibit.pages + 1):
            assert words.count(f"{exhibit.label} p {number} of {exhibit.pages} ·") == 1


def test_each_part_begins_with_the_index(parts):
    for part in parts:
        document = pypdfium2.PdfDocument(part)
        texts = [page.get_textpage().get_text_bounded() for page in document]
        document.close()
        assert any("SHA-256" in text for text in texts)


def test_each_part_is_tagged_as_the_whole_is(parts):
    alternatives = []
    for part in parts:
        with pikepdf.open(part) as opened:
            assert opened.Root.MarkInfo.Marked
            assert opened.Root.Lang == "en"
            assert "Elena Marsh" in str(opened.docinfo["/Title"])
            front = [page for page in opened.pages if "/StructParents" in page.obj]
            assert len(front) == len(opened.pages)
            parents = opened.Root.StructTreeRoot.ParentTree.Nums
            assert len(parents) == 2 * int(opened.Root.StructTreeRoot.ParentTreeNextKey)
            told = [one for one in opened.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
            alternatives += [str(one.Alt) for one in told]
            with opened.open_outline() as outline:
                assert any("Report scan" in item.title for item in outline.root)
    assert alternatives == ["Ex 4, page 1 of 1: Report scan-4"]


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="pdfinfo (poppler-utils) is not on this machine")
def test_another_reader_hears_the_index_and_the_exhibits_of_each_part(parts):
    heard = ""
    for part in parts:
        told = subprocess.run(["pdfinfo", "-struct-text", str(part)], capture_output=True, check=True, text=True)
        assert not told.stderr
        assert re.search(r"H1 \(block\)\n +\"Exhibits\"", told.stdout)
        heard += told.stdout
    for exhibit, pages in ((1, 1), (2, 1), (3, 3)):
        assert all(f"scan {exhibit} page {page + 1}" in heard for page in range(pages))


def test_a_citation_of_another_part_stays_as_words(whole, parts):
    out, _result = whole
    with pikepdf.open(parts[0]) as opened, pikepdf.open(out) as packet:
        roles = [str(one.S) for one in opened.objects if isinstance(one, pikepdf.Dictionary) and "/S" in one]
        links = sum(len(page.obj.get("/Annots", [])) for page in opened.pages)
        assert 0 < roles.count("/Link") <= links < sum(len(page.obj.get("/Annots", [])) for page in packet.pages)


def test_a_small_packet_is_not_split(whole):
    out, result = whole
    assert write_parts(out, result, 10 * out.stat().st_size, NoProgress()) == ()


def test_one_page_too_large_is_named_with_what_to_do(tmp_path):
    originals = {"big": OriginalFile("big", "big.pdf", "application/pdf", scan("big", 1, 1600))}
    report = entry("DiagnosticReport", "Large scan", "2026-05", "big:1", file="big")
    person = elena()
    own = tuple(one for one in person.entries if not one.sources or not one.sources[0].document)
    out = tmp_path / "packet.pdf"
    choice = replace(person.choice, looked_at=frozenset(originals))
    packet = replace(person, entries=(*own, report), read_original=originals.__getitem__, choice=choice)
    result = build_packet(packet, out, NoProgress())
    with pytest.raises(OrganizerError) as refused:
        write_parts(out, result, LARGEST, NoProgress())
    assert "Large scan" in refused.value.message
    assert [file.name for file in tmp_path.iterdir()] == ["packet.pdf"]


def test_parts_of_a_protected_packet_are_protected(whole, tmp_path):
    out, result = whole
    locked = tmp_path / "locked.pdf"
    with pikepdf.open(out) as opened:
        opened.save(locked, encryption=pikepdf.Encryption(owner="correct horse", user="correct horse"))
    for part in write_parts(locked, result, LARGEST, NoProgress(), "correct horse"):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(part)
