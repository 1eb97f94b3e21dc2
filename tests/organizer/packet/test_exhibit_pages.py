"""Exhibit pages: whole, where they were, with stamps that cover nothing and without anything that acts."""

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from organizer.base.progress import NoProgress
from organizer.packet.exhibits.prepared import Prepared
from organizer.packet.exhibits.sanitise import without_exif
from organizer.packet.file.build import join, open_packet, packet_bytes
from organizer.packet.packet_input import OriginalFile
from tests.organizer.importing.hostile import form_bomb
from tests.organizer.packet.people import elena, entry

CANARY = b"canary-7c1f"


def a_page(top=700, size=(612, 792), text="Impression: no obstruction of either kidney"):
    paper = io.BytesIO()
    canvas = Canvas(paper, pagesize=size, invariant=1)
    canvas.drawString(72, top, text)
    canvas.save()
    return paper.getvalue()


def changed(data, change):
    with pikepdf.open(io.BytesIO(data)) as opened:
        change(opened)
        paper = io.BytesIO()
        opened.save(paper, deterministic_id=True)
    return paper.getvalue()


def packet_with(*files, conclusion="no obstruction of either kidney", passwords=None):
    """A packet with one report on each file; gives its bytes, its result, and the first page of the exhibits."""
    originals = {
        f"file-{n}": OriginalFile(f"file-{n}", f"file-{n}.pdf", "application/pdf", data) for n, data in enumerate(files)
    }
    reports = tuple(
        entry("DiagnosticReport", f"Report {n}", f"2026-0{n + 1}", f"{name}:1", file=name, conclusion=conclusion)
        for n, name in enumerate(originals)
    )
    person = elena()
    own = tuple(one for one in person.entries if not one.sources or not one.sources[0].document)
    given = (*own, *reports)
    packet = replace(person, entries=given, read_original=originals.__getitem__)
    return packet_bytes(open_packet(packet, NoProgress(), Prepared(passwords)), NoProgress())


def test_where_a_line_is_blacked_out_the_other_pages_act_no_more_either():
    paper = io.BytesIO()
    canvas = Canvas(paper, pagesize=(612, 792), invariant=1)
    for words in ("HIV positive since 2011", "Impression: no obstruction of either kidney"):
        canvas.drawString(72, 700, words)
        canvas.drawString(72, 600, "Another line")
        canvas.showPage()
    canvas.save()

    def armed(pdf):
        starts = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String(CANARY.decode()))
        runs = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(CANARY.decode()))
        for page in pdf.pages:
            link = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=pikepdf.Array([72, 690, 300, 712]), A=starts)
            page.obj["/AA"] = pikepdf.Dictionary(O=runs)
            page.obj["/Annots"] = pikepdf.Array([pdf.make_indirect(link)])

    data, result = packet_with(changed(paper.getvalue(), armed))
    assert any("blacked out" in one.reason for one in result.left_out)
    assert CANARY not in everything(data)


def seen(data, number):
    document = pypdfium2.PdfDocument(data)
    picture = document[number].render(scale=1).to_pil().convert("L")
    document.close()
    return picture


def everything(data):
    """All bytes of a file with every stream unpacked."""
    with pikepdf.open(io.BytesIO(data)) as opened:
        paper = io.BytesIO()
        opened.save(paper, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    return paper.getvalue()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_cited_words_are_marked_and_the_stamp_stands_upright_in_the_margin(turn):
    data, result = packet_with(changed(a_page(), lambda pdf: pdf.pages[0].rotate(turn, relative=False)))
    document = pypdfium2.PdfDocument(data)
    page = document[result.exhibits[0].first_page - 1]
    text = page.get_textpage()
    words = text.get_text_bounded()
    assert "Ex 1 p 1 of 1" in words
    assert "Highlight added. Cited on p" in words
    box = text.get_rect(0) if text.search("Highlight added").get_next() and text.count_rects(0, -1) else None
    assert box is not None
    colours = seen_in_colour(page)
    assert any(red > 240 and 200 < green < 250 and blue < 190 for red, green, blue in colours)


def seen_in_colour(page):
    return {colour for _count, colour in page.render(scale=0.5).to_pil().convert("RGB").getcolors(1 << 20)}


def test_a_page_with_empty_margins_keeps_its_size():
    data, result = packet_with(a_page())
    with pikepdf.open(io.BytesIO(data)) as opened:
        assert [float(edge) for edge in opened.pages[result.exhibits[0].first_page - 1].mediabox] == [0, 0, 612, 792]


def test_where_the_margin_is_full_the_page_grows_and_nothing_of_it_is_covered():
    full = a_page(top=778)
    data, result = packet_with(full)
    number = result.exhibits[0].first_page - 1
    with pikepdf.open(io.BytesIO(data)) as opened:
        assert float(opened.pages[number].cropbox[3]) > 792
    before = seen(full, 0)
    after = seen(data, number)
    strip = after.height - before.height
    assert strip > 0
    there = after.crop((0, strip, after.width, after.height)).crop((0, 0, 612, 60))
    hidden = ImageChops.subtract(there, before.crop((0, 0, 612, 60)))  # brighter than before: covered
    assert max(hidden.getextrema()) < 60


def test_a_page_of_another_size_and_origin_is_stamped_inside_its_own_box():
    def shift(pdf):
        pdf.pages[0].MediaBox = pikepdf.Array([-100, -50, 300, 250])
        pdf.pages[0].CropBox = pikepdf.Array([-80, -40, 280, 240])

    data, result = packet_with(changed(a_page(top=100), shift))
    document = pypdfium2.PdfDocument(data)
    assert "Ex 1 p 1 of 1" in document[result.exhibits[0].first_page - 1].get_textpage().get_text_bounded()


def test_the_index_says_of_each_exhibit_what_was_done_to_it():
    """Nothing is called unaltered that was touched."""
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(a_page())) as opened:
        opened.save(locked, encryption=pikepdf.Encryption(owner="owner", user=""))
    data, result = packet_with(
        a_page(), a_page()[:-60], locked.getvalue(), changed(a_page(), active), a_page(text="Also: HIV negative")
    )
    made = [one.made for one in result.exhibits]
    assert made == [
        "as it is", "repaired, may lack something", "unlocked", "active parts taken out",
        "redacted: page 1 is a picture",
    ]  # fmt: skip
    with pypdfium2.PdfDocument(data) as document:
        index = document[result.index_pages[0]].get_textpage().get_text_bounded()
    assert all(words in " ".join(index.split()) for words in made)
    assert "unaltered" not in index


@pytest.mark.parametrize(("media_type", "caption", "words"), [
    ("image/png", "", "picture, placed on a page"), ("image/png", "Series 1: image 2 of 9", "picture drawn from"),
    ("text/plain", "", "text, set on pages"), ("application/fhir+json", "", "written out from the data"),
])  # fmt: skip
def test_pages_that_casebook_draws_say_so(media_type, caption, words):
    picture = io.BytesIO()
    Image.new("L", (40, 30)).save(picture, "PNG")
    data = picture.getvalue() if media_type == "image/png" else b"No obstruction."
    original = OriginalFile("one", "one.file", media_type, data, caption=caption)
    report = entry("DocumentReference", "Report", "2026-05", "one", file="one")
    person = elena()
    own = tuple(one for one in person.entries if not one.sources or not one.sources[0].document)
    packet = replace(person, entries=(*own, report), read_original=lambda _sha: original)
    _data, result = packet_bytes(open_packet(packet, NoProgress()), NoProgress())
    assert result.exhibits[0].made.startswith(words)


def active(pdf):
    """A document that does everything it should not."""
    acts = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=CANARY.decode())
    pdf.Root.OpenAction = acts
    pdf.Root.AA = pikepdf.Dictionary(WC=acts)
    pdf.attachments["notes.txt"] = CANARY
    page = pdf.pages[0]
    page.obj.AA = pikepdf.Dictionary(O=acts)
    page.obj.Metadata = pdf.make_stream(b"<x>" + CANARY + b"</x>")
    page.obj.PieceInfo = pikepdf.Dictionary(App=pikepdf.Dictionary(Private=CANARY.decode()))
    actions = (
        pikepdf.Dictionary(S=pikepdf.Name.Launch, F=CANARY.decode()),
        pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org/" + CANARY.decode()),
        pikepdf.Dictionary(S=pikepdf.Name.SubmitForm, F=CANARY.decode()),
        acts,
    )
    page.obj.Annots = pikepdf.Array(
        [
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
            for action in actions
        ]
    )


def test_nothing_that_acts_comes_along_and_what_was_taken_out_is_named():
    data, result = packet_with(changed(a_page(), active))
    assert CANARY not in everything(data)
    for word in (b"/JavaScript", b"/Launch", b"/SubmitForm", b"/EmbeddedFile"):
        assert word not in everything(data)
    reasons = " ".join(one.reason for one in result.left_out)
    assert "actions and scripts" in reasons
    assert "files attached" in reasons
    assert "link" in reasons


def test_what_a_form_was_filled_with_stays_visible():
    paper = io.BytesIO()
    canvas = Canvas(paper, invariant=1)
    canvas.drawString(72, 700, "Dose in the evening")
    canvas.acroForm.textfield(name="dose", value="FILLED 15 mg", x=72, y=600, width=200, height=20)
    canvas.showPage()
    canvas.save()
    data, result = packet_with(paper.getvalue())
    document = pypdfium2.PdfDocument(data)
    assert "FILLED 15 mg" in document[result.exhibits[0].first_page - 1].get_textpage().get_text_bounded()
    assert b"/AcroForm" not in everything(data)


def photograph():
    picture = Image.effect_noise((300, 200), 80)
    exif = Image.Exif()
    exif[0x010E] = CANARY.decode()
    jpeg = io.BytesIO()
    picture.save(jpeg, "JPEG", exif=exif, comment=CANARY)
    return jpeg.getvalue()


def test_a_photograph_forgets_place_and_device_and_looks_the_same():
    before = photograph()
    after = without_exif(before)
    assert CANARY in before
    assert CANARY not in after
    one, other = (Image.open(io.BytesIO(data)) for data in (before, after))
    assert ImageChops.difference(one, other).getbbox() is None


@pytest.mark.parametrize("junk", [b"", b"\xff\xd8", b"\xff\xd8\xff", b"\xff\xd8\xff\xe1\xff\xff", b"GIF89a"])
def test_what_is_no_whole_jpeg_comes_back_without_a_crash(junk):
    assert isinstance(without_exif(junk), bytes)


def picture_page(jpeg, words):
    paper = io.BytesIO()
    canvas = Canvas(paper, invariant=1)
    canvas.drawString(72, 700, words)
    canvas.drawImage(ImageReader(io.BytesIO(jpeg)), 72, 300)
    canvas.save()
    return paper.getvalue()


def test_the_same_picture_in_ten_documents_is_kept_once():
    jpeg = io.BytesIO()
    Image.effect_noise((600, 400), 90).save(jpeg, "JPEG", quality=95)
    one, _result = packet_with(picture_page(jpeg.getvalue(), "copy 0"))
    ten, _result = packet_with(*(picture_page(jpeg.getvalue(), f"copy {n}") for n in range(9)))
    assert len(ten) - len(one) < len(jpeg.getvalue())


def test_back_links_lead_to_the_line_that_cites():
    data, result = packet_with(a_page())
    with pikepdf.open(io.BytesIO(data)) as opened:
        number = result.exhibits[0].first_page - 1
        numbers = {page.objgen: n for n, page in enumerate(opened.pages)}
        targets = {numbers[note.Dest[0].objgen] + 1 for note in opened.pages[number].Annots}
    words = pypdfium2.PdfDocument(data)[number].get_textpage().get_text_bounded()
    assert targets
    assert all(str(target) in words for target in targets)


def test_a_locked_document_is_left_out_with_what_to_do():
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(a_page())) as opened:
        opened.save(locked, encryption=pikepdf.Encryption(owner="secret", user="secret"))
    _data, result = packet_with(locked.getvalue(), a_page())
    assert any("password" in one.reason for one in result.left_out)
    assert len(result.exhibits) == 1


def test_a_locked_document_opens_with_the_password_that_the_person_gives():
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(a_page())) as opened:
        opened.save(locked, encryption=pikepdf.Encryption(owner="secret", user="secret"))
    _data, result = packet_with(locked.getvalue(), passwords={"file-0": "secret"})
    assert len(result.exhibits) == 1


def test_a_packet_under_a_passphrase_opens_with_it_alone():
    packet = replace(elena(), read_original=lambda sha: OriginalFile(sha, "x.pdf", "application/pdf", a_page()))
    data = io.BytesIO()
    result = join(open_packet(packet, NoProgress()), data, NoProgress(), "correct horse")
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(data)
    with pikepdf.open(data, password="correct horse") as opened:
        assert len(opened.pages) == result.pages
        assert opened.encryption.R == 6


DOCUMENTS = sorted((Path(__file__).parents[2] / "data" / "documents").glob("*.pdf"))


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.stem)
def test_every_document_of_the_corpus_goes_in_whole_or_is_left_out_with_a_reason(file):
    data, result = packet_with(file.read_bytes(), a_page())
    titles = [one.source for one in result.exhibits]
    assert "file-0.pdf" in titles or any(one.what == "Report 0" and one.reason for one in result.left_out)
    with pikepdf.open(io.BytesIO(data)) as opened:
        assert len(opened.pages) == result.pages
        assert opened.check_pdf_syntax() == []


@pytest.mark.parametrize(
    "junk",
    [
        b"%PDF-1.7\n",
        b"%PDF-1.4\n%%EOF",
        b"%PDF-1.7\n" + b"[" * 5000,
        a_page()[:400],
        a_page().replace(b"/Kids", b"/Kidz"),
    ],
    ids=["head", "head and end", "nested", "cut off", "no pages"],
)
def test_what_is_hardly_a_pdf_is_left_out_and_the_rest_goes_in(junk):
    _data, result = packet_with(junk, a_page())
    assert [one.source for one in result.exhibits][-1] == "file-1.pdf"
    assert len(result.exhibits) == 2 or any(one.what == "Report 0" for one in result.left_out)


def test_a_bomb_among_the_exhibits_is_left_out_by_name_and_the_others_are_printed(little_memory):
    _data, result = packet_with(form_bomb(9), a_page())
    assert [one.source for one in result.exhibits] == ["file-1.pdf"]
    (said,) = [one.reason for one in result.left_out if one.what == "Report 0"]
    assert "more time or memory" in said
