"""What is printed of odd documents, read back from the finished packet with pdfium and poppler, text and pixels."""

import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from organizer.base.progress import NoProgress
from organizer.packet.file.build import open_packet, packet_bytes
from organizer.packet.packet_input import OriginalFile
from organizer.store.recognised import RecognisedPage
from tests.organizer.packet.people import elena, entry

DOCUMENTS = Path(__file__).parents[2] / "data" / "documents"
TYPES = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".tif": "image/tiff",
    ".bmp": "image/bmp",
}
READ = RecognisedPage(
    1, 612, 792,
    (
        ("Laboratory", 55, 74, 133, 89, 95.0), ("report", 138, 75, 181, 89, 95.0), ("12", 187, 74, 203, 86, 95.0),
        ("March", 209, 74, 252, 86, 95.0), ("2026", 257, 74, 293, 86, 95.0), ("Hemoglobin", 55, 103, 140, 118, 95.0),
        ("13.2", 146, 103, 177, 115, 95.0), ("g/dL", 182, 103, 214, 118, 95.0), ("HIV", 55, 132, 79, 144, 95.0),
        ("antibody", 84, 132, 147, 147, 95.0), ("test", 151, 133, 179, 144, 95.0),
        ("non-reactive", 184, 132, 274, 144, 95.0), ("Potassium", 55, 161, 127, 173, 95.0),
        ("4.4", 132, 161, 155, 173, 95.0), ("mmol/L", 160, 161, 214, 174, 95.0),
    ),
)  # fmt: skip
"""What recognition reads on the scans, in points of the page as it is seen."""


class Printed:
    """A finished packet with one document in it."""

    def __init__(self, name, recognised=(), ticked=(), looked_at=(), data=None):
        own = (DOCUMENTS / name).read_bytes() if data is None else data
        media_type = TYPES.get(Path(name).suffix, "text/plain")
        original = OriginalFile("doc", name, media_type, own, tuple(recognised))
        person = elena()
        whose = person.person.having(data={"other_names": ["Vera Two"]})  # whom the stress test names
        kept = tuple(one for one in person.entries if not one.sources or not one.sources[0].document)
        report = entry("DocumentReference", "Outside report", "2026-05", "doc:1", file="doc")
        choice = replace(person.choice, tick_sensitive=frozenset(ticked), looked_at=frozenset(looked_at))
        packet = replace(
            person, person=whose, entries=(*kept, report), read_original=lambda _sha: original, choice=choice
        )
        self.data, self.result = packet_bytes(open_packet(packet, NoProgress()), NoProgress())
        self.said = [f"{one.what} – {one.reason}" for one in self.result.left_out]

    @property
    def pages(self):
        first = self.result.exhibits[0].first_page - 1
        return range(first, first + self.result.exhibits[0].pages)

    @property
    def words(self):
        """The exhibit's words as pdfium reads them."""
        document = pypdfium2.PdfDocument(self.data)
        read = " ".join(document[number].get_textpage().get_text_range() for number in self.pages)
        document.close()
        return " ".join(read.split())

    def picture(self, page=0, scale=1.0):
        document = pypdfium2.PdfDocument(self.data)
        drawn = document[self.pages[page]].render(scale=scale).to_pil().convert("L")
        document.close()
        return drawn

    def seen_by_poppler(self, tmp_path):
        """The exhibit's words as another program reads them."""
        file = tmp_path / "packet.pdf"
        file.write_bytes(self.data)
        numbers = [str(self.pages[0] + 1), "-l", str(self.pages[-1] + 1)]
        done = subprocess.run(["pdftotext", "-f", *numbers, str(file), "-"], capture_output=True, text=True, check=True)
        return " ".join(done.stdout.split())


@cache
def printed(name, *read):
    return Printed(name, read)


def dark_rows(picture, column=0.93):
    """The rows that are black at the page's right, where nothing is printed but a bar."""
    x = int(picture.width * column)
    return [row for row in range(picture.height) if picture.getpixel((x, row)) < 60]


@pytest.mark.parametrize(
    ("name", "gone", "there"),
    [
        ("control-printed-line.pdf", ["HIV", "2011"], ["Controlium plain line"]),
        ("form-acroform-filled.pdf", ["HIV", "2011"], ["Zelda Quartzheim", "Lamotriginum 200"]),
        ("form-needappearances-no-ap.pdf", ["HIV", "2011"], ["Zelda Quartzheim", "Lamotriginum 200"]),
        ("form-with-sensitive-printed-line.pdf", ["HIV"], ["Bloodgroupium AB negative", "Allergyium penicillin"]),
        ("form-with-sensitive-printed-line-no-ap.pdf", ["HIV"], ["Bloodgroupium AB negative", "Allergyium penicillin"]),
        ("annotations-notes-ink.pdf", ["HIV", "bipolar"], ["Freetextium: stop metformin", "Please see comments"]),
        ("redact-mixed-font-sizes.pdf", ["HIV", "REACTIVE", "41 000"], ["Sodium 140"]),
        ("redact-wrapped-row.pdf", ["HIV", "POSITIVE", "confirmed", "generation"], []),
        ("split-sensitive-words.pdf", ["H I V", "H.I.V", "polar", "schizo", "phrenia", "positive"], []),
        ("astral-before-sensitive.pdf", ["HIV", "antibody"], ["Line A potassium 4.1", "Line C sodium 140"]),
    ],
)
def test_a_sensitive_line_and_what_belongs_to_it_are_gone_and_the_rest_is_there(name, gone, there, tmp_path):
    packet = printed(name)
    for words in (packet.words, packet.seen_by_poppler(tmp_path)):
        assert [one for one in gone if one in words] == []
        assert [one for one in there if one not in words] == []
    assert any("blacked out" in one for one in packet.said)
    assert dark_rows(packet.picture())


def test_answers_stay_visible_on_a_page_with_a_bar():
    picture = printed("form-with-sensitive-printed-line.pdf").picture(scale=2)
    document = pypdfium2.PdfDocument(printed("form-with-sensitive-printed-line.pdf").data)
    page = document[printed("form-with-sensitive-printed-line.pdf").pages[0]]
    text = page.get_textpage()
    hit = text.search("Bloodgroupium").get_next()
    text.count_rects(*hit)
    left, bottom, right, top = text.get_rect(0)
    _x, low, _right, _high = page.get_mediabox()
    height = page.get_size()[1]
    area = picture.crop(
        (int(left * 2), int((height - top + low) * 2), int(right * 2), int((height - bottom + low) * 2))
    )
    shades = area.getextrema()
    document.close()
    assert shades[0] < 120
    assert shades[1] > 200


def test_a_form_is_filled_in_with_letters_of_any_script_and_on_several_lines(tmp_path):
    packet = printed("form-kinds-needappearances.pdf")
    wanted = ["Größe Müller Straße", "Аллергия на пенициллин", "Lineone amoxicillin rash 2019", "Linetwo latex",
              "inside the field because it is wider than it", "Two", "血液型 AB"]  # fmt: skip
    for words in (packet.words, packet.seen_by_poppler(tmp_path)):
        assert [one for one in wanted if one not in words] == []
    assert "????" not in packet.words


def test_notes_that_open_in_a_window_are_named():
    assert any("2 notes on page 1" in one for one in printed("annotations-notes-ink.pdf").said)


@pytest.mark.parametrize(
    "name", ["scan-upright.pdf", "scan-rotate-90.pdf", "scan-rotate-180.pdf", "scan-with-fax-header.pdf"]
)
def test_a_recognised_scan_is_blacked_out_at_any_turn(name, tmp_path):
    packet = Printed(name, [READ])
    for words in (packet.words, packet.seen_by_poppler(tmp_path)):
        assert "HIV" not in words
        assert "reactive" not in words
        assert "Potassium" in words
    black = dark_rows(packet.picture())
    assert black
    offset = packet.picture().height - 792  # a strip may have been added for the stamps
    assert min(black) - offset <= 132
    assert max(black) >= 144
    assert max(black) - min(black) < 30


@pytest.mark.parametrize(
    "name", ["scan-upright.pdf", "scan-with-fax-header.pdf", "lab_photo.jpg", "fax-multipage-g4.tif"]
)
def test_a_page_that_cannot_be_searched_is_held_back_until_it_was_looked_at_and_says_so(name, tmp_path):
    packet = Printed(name)
    assert [one.file_name for one in packet.result.held_back] == [name]
    assert any(name in one and "held back" in one for one in packet.said)
    assert "held back" in packet.result.exhibits[0].made
    assert "Held back" in packet.words
    index = subprocess.run(["pdftotext", "-", "-"], input=packet.data, capture_output=True, check=True).stdout.decode()
    assert "held back: it could not be searched" in " ".join(index.split())
    picture = packet.picture()
    assert picture.crop((30, 45, 580, 150)).getextrema()[0] > 200
    assert picture.crop((30, 240, 580, 730)).getextrema()[0] > 200, "nothing of the page is drawn"
    seen = Printed(name, looked_at=["doc"])
    assert not seen.result.held_back
    assert "Held back" not in seen.words
    everything = Printed(name, ticked=["mental-health", "self-harm", "reproduction", "hiv", "substances", "genetics"])
    assert not everything.result.held_back, "where nothing is to stay out there is nothing to look for"


def test_words_that_recognition_guessed_are_no_proof():
    guessed = replace(READ, words=tuple((*word[:5], 20.0) for word in READ.words))
    assert Printed("scan-upright.pdf", [guessed]).result.held_back


def test_a_logo_on_a_letter_holds_nothing_back():
    assert not printed("control-printed-line.pdf").result.held_back
    assert not printed("stress-test.pdf").result.held_back
    assert "ST depression in the lateral leads" in printed("stress-test.pdf").words


def test_a_fax_is_whole():
    packet = Printed("fax-multipage-g4.tif", looked_at=["doc"])
    assert packet.result.exhibits[0].pages == 3
    assert all(packet.picture(page).getextrema()[0] < 60 for page in range(3))


def test_pages_are_counted_as_they_are(tmp_path):
    packet = printed("page-tree-count-wrong.pdf")
    assert packet.result.exhibits[0].pages == 3
    assert "Treeium" in packet.seen_by_poppler(tmp_path)


@pytest.mark.parametrize(
    "name", ["huge-20k.png", "zero-pages.pdf", "truncated.jpg", "corrupt-idat.png", "zero-width.png", "bmp-broken.bmp"]
)
def test_one_odd_file_is_left_out_by_its_name_and_the_packet_is_made(name):
    packet = Printed(name, looked_at=["doc"])
    assert packet.result.exhibits == ()
    assert any(one.startswith(("doc.pdf", "Outside report")) or name in one for one in packet.said)


@pytest.mark.parametrize("name", ["xref-broken.pdf", "portfolio-with-lab.pdf", "truncated.pdf"])
def test_a_damaged_file_is_shown_as_far_as_it_can_be_read(name):
    packet = Printed(name)
    assert packet.result.exhibits or any("damaged" in one for one in packet.said)


@pytest.mark.parametrize(
    ("name", "there", "never"),
    [
        ("mail-with-lab-pdf.eml", "emailbodium: your results are attached. Größe 170 cm.", "JVBERi0"),
        ("mail-base64-body.eml", "base64bodium potassium 4.1 äöü", "YmFzZTY0"),
        ("portal-page.mht", "mhtmlium: ferritin 12", "iVBORw0"),
    ],
)
def test_an_e_mail_is_printed_as_it_reads_without_its_parcels(name, there, never):
    packet = Printed(name)
    assert there in packet.words
    assert never not in packet.words
    assert packet.result.exhibits[0].pages == 1


def test_pasted_data_never_goes_out_as_text():
    block = (
        b"Dear Dr Osei,\n"
        + b"QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2\n" * 40
        + b"Kind regards\n"
    )
    packet = Printed("letter.txt", data=block)
    assert "QUJD" not in packet.words
    assert "Dear Dr Osei" in packet.words
    assert "Kind regards" in packet.words


def test_a_files_name_may_say_too_much():
    packet = Printed("hiv_result.pdf", data=(DOCUMENTS / "xref-broken.pdf").read_bytes())
    assert packet.result.exhibits[0].source == "(its name is withheld)"
    assert b"hiv_result" not in packet.data
