"""A page that names another patient stays in, whatever is ticked, until the person has looked at it."""

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from organizer.base.progress import NoProgress
from organizer.packet.file.build import open_packet, packet_bytes
from organizer.packet.packet_input import OriginalFile
from organizer.packet.sensitive import matters
from organizer.store.recognised import RecognisedPage
from tests.organizer.packet.people import elena, entry

OWN = ("Patient: Elena Marsh", "Born 3 May 1968", "Creatinine 1.4 mg/dL")
HIS = ("Patient: Otto Zwilling", "Born 2 Feb 1941", "Zebra lymphoma, stage II")
RUNS_ON = ("Continued", "Zebra chemotherapy begins in June")


def print_of(*pages, drawn=True):
    paper = io.BytesIO()
    canvas = Canvas(paper, pagesize=(612, 792), invariant=1)
    for lines in pages:
        for number, line in enumerate(lines if drawn else ()):
            canvas.drawString(72, 700 - 20 * number, line)
        if not drawn:
            canvas.rect(72, 72, 468, 648, fill=1)
        canvas.showPage()
    canvas.save()
    return paper.getvalue()


def packet(original, **choice):
    person = elena()
    whose = person.person.having(title="Elena Marsh", data={**person.person.data, "birth_date": "1968-05-03"})
    letter = entry("DocumentReference", "A print", "2026-05", "print:1", file="print")
    chosen = replace(person.choice, include=None, **choice)
    given = replace(person, person=whose, entries=(whose, letter), read_original=lambda _sha: original, choice=chosen)
    return packet_bytes(open_packet(given, NoProgress()), NoProgress())


def a_print(*pages):
    return OriginalFile("print", "print.pdf", "application/pdf", print_of(*pages))


def words_in(data):
    with pypdfium2.PdfDocument(data) as document:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


def unpacked(data):
    with pikepdf.open(io.BytesIO(data)) as opened:
        paper = io.BytesIO()
        opened.save(paper, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    return paper.getvalue()


def test_pages_of_a_family_s_print_that_are_somebody_else_s_are_held_back_and_named_by_number_alone():
    data, result = packet(a_print(OWN, HIS, RUNS_ON, OWN), tick_sensitive=frozenset(one.id for one in matters()))
    words = words_in(data)
    assert words.count("Creatinine 1.4 mg/dL") == 2
    assert words.count("this page names another person") == 2
    assert "pages 2, 3 name another person, and were not released" in words
    for private in ("Zwilling", "Zebra", "1941"):
        assert private not in words
        assert private.encode() not in unpacked(data)
    (held,) = result.held_back
    assert (held.pages, held.unread, held.names) == ((2, 3), (), "Otto Zwilling")
    reasons = {one.what: one.reason for one in result.left_out}
    assert reasons["Ex 1, print.pdf: 2 pages"] == "held back: it names another person. Look at it."


def test_a_print_that_was_looked_at_is_whole():
    data, result = packet(a_print(OWN, HIS, RUNS_ON), looked_at=frozenset({"print"}))
    assert "Zebra lymphoma" in words_in(data)
    assert result.held_back == ()


def test_a_document_that_names_nobody_or_only_the_person_is_printed_as_it_is():
    data, result = packet(a_print(RUNS_ON, OWN, RUNS_ON))
    assert words_in(data).count("Zebra chemotherapy") == 2
    assert result.held_back == ()


def test_a_page_with_a_birth_date_alone_is_doubtful_and_the_next_is_not():
    _data, result = packet(a_print(("Date of birth: 2 Feb 1941", "Fever"), RUNS_ON))
    (held,) = result.held_back
    assert (held.pages, held.names) == ((1,), "2 Feb 1941")


@pytest.mark.parametrize("name", ["Otto", "Elena"])
def test_what_was_recognised_on_a_scan_tells_whose_it_is(name):
    line = ("Patient:", name, "Marsh,", "born", "3", "May", "1968")
    places = [(word, 72 + 60 * place, 100, 120 + 60 * place, 112, 96.0) for place, word in enumerate(line)]
    scan = replace(
        a_print(OWN), data=print_of(OWN, drawn=False), recognised=(RecognisedPage(1, 612.0, 792.0, tuple(places)),)
    )
    assert [held.names for held in packet(scan)[1].held_back] == (["Otto Marsh"] if name == "Otto" else [])
