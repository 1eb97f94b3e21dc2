"""Sensitive matters stay out until they are ticked: from sections, exhibits and lists, in text and in pixels."""

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from organizer.base.errors import OrganizerError
from organizer.base.progress import NoProgress
from organizer.model.entry import Coding
from organizer.packet.file.build import open_packet, packet_bytes
from organizer.packet.packet_input import OriginalFile
from organizer.packet.sensitive import matters, matters_of, sifted
from organizer.services.opinion import packets
from tests.organizer.packet.people import elena, entry


def letter(*lines, turn=0):
    paper = io.BytesIO()
    canvas = Canvas(paper, pagesize=(612, 792), invariant=1)
    for number, line in enumerate(lines):
        canvas.drawString(72, 700 - 20 * number, line)
    canvas.save()
    with pikepdf.open(paper) as opened:
        opened.pages[0].rotate(turn, relative=False)
        turned = io.BytesIO()
        opened.save(turned)
    return turned.getvalue()


LINES = ("Blood pressure 128/76, well controlled.", "History of HIV infection since 2014.", "Next visit in May.")


def packet(*tick, turn=0):
    original = OriginalFile("letter", "letter.pdf", "application/pdf", letter(*LINES, turn=turn))
    person = elena()
    own = tuple(one for one in person.entries if not one.sources or not one.sources[0].document)
    entries = (
        *own,
        entry("DiagnosticReport", "Clinic letter", "2026-05", "letter:1", file="letter"),
        entry("Condition", "HIV disease", "2014", "letter:1"),
        entry("MedicationStatement", "Antiretroviral therapy", "2014", "letter:1"),
    )
    kept, withheld = sifted(entries, tick)
    choice = replace(person.choice, tick_sensitive=frozenset(tick), include=None)
    given = replace(person, entries=tuple(kept), withheld=withheld, read_original=lambda _sha: original, choice=choice)
    return packet_bytes(open_packet(given, NoProgress()), NoProgress())


def unpacked(data):
    with pikepdf.open(io.BytesIO(data)) as opened:
        paper = io.BytesIO()
        opened.save(paper, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    return paper.getvalue()


def words_in(data):
    document = pypdfium2.PdfDocument(data)
    words = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return words


def test_what_is_not_ticked_is_found_nowhere_in_the_file():
    data, result = packet()
    assert "HIV infection" not in words_in(data)
    assert "ntiretroviral" not in words_in(data)
    assert b"HIV infection" not in unpacked(data)
    told = {one.what: one.reason for one in result.left_out}
    assert "HIV: 2 entries" in told
    assert any("1 line" in what and "blacked out" in reason for what, reason in told.items())


def test_a_ticked_matter_is_there_as_it_was():
    data, result = packet("hiv")
    assert "History of HIV infection since 2014." in words_in(data)
    assert "HIV disease" in words_in(data)
    assert not any("blacked out" in one.reason for one in result.left_out)


def test_a_shortened_list_says_that_it_may_be_incomplete():
    assert "may be incomplete at the patient’s choice" in words_in(packet()[0])
    assert "may be incomplete" not in words_in(packet("hiv")[0])


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_only_the_line_itself_is_black(turn):
    data, result = packet(turn=turn)
    document = pypdfium2.PdfDocument(data)
    page = document[result.exhibits[0].first_page - 1]
    picture = page.render(scale=1).to_pil().convert("L")
    if turn:
        picture = picture.rotate(turn, expand=True)
    high = picture.height - 792  # a strip may have been added for the stamps
    dark = [row for row in range(picture.height) if picture.getpixel((picture.width // 2, row)) < 40]
    assert dark
    assert max(dark) - min(dark) < 22
    assert abs((792 - (min(dark) - max(high, 0))) - 690) < 30
    document.close()


@pytest.mark.parametrize(
    ("code", "matter"),
    [
        ("F33.1", "mental-health"),
        ("F10.2", "substances"),
        ("B20", "hiv"),
        ("O80", "reproduction"),
        ("X78", "self-harm"),
    ],
)
def test_codes_tell_without_words(code, matter):
    coded = entry("Condition", "Something", "2020").having(codes=(Coding("http://hl7.org/fhir/sid/icd-10-cm", code),))
    assert matter in matters_of(coded)


@pytest.mark.parametrize(
    "title",
    ["Lupus nephritis, class III", "Alcohol swab", "Gene Kelly Clinic", "Depressed skull fracture", "Hearing aids"],
)
def test_words_that_only_look_alike_tell_nothing(title):
    assert matters_of(entry("Condition", title, "2020")) == ()


def test_the_sample_and_its_packet_hold_nothing_back(opened_sample, sample_packet):
    _data, result = sample_packet
    titles = [one.title for one in matters()]
    assert not [one for one in result.left_out if one.what.split(":")[0] in titles or "blacked" in one.reason]
    with pytest.raises(OrganizerError) as refused:
        packets.choice(opened_sample, tick=["moods"])
    assert "moods" in refused.value.message
