"""Files that came with a mail are documents of their own, filed with it, and asked about as it is."""

import struct
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from organizer.base.plain_text import clean_name
from organizer.base.progress import NoProgress
from organizer.importing.core import run
from organizer.importing.mails import enclosures, packed_rtf
from organizer.importing.mails.enclosures import MOST_ENCLOSURES, SMALLEST_PICTURE, enclosures_here
from organizer.importing.mails.outlook import read_message
from organizer.importing.mails.packed_rtf import unpacked_rtf
from organizer.importing.page_text.contents import contents_here
from organizer.model.entry import Entry
from organizer.model.ids import NOBODY
from organizer.services.entries import documents, entries
from organizer.services.entries.entries import Query
from tests.made_records import opened_copy
from tests.organizer.importing.made_messages import message, message_tree

FILES = Path(__file__).parents[3] / "data" / "documents"


def _empty_page():
    out = BytesIO()
    made = pypdfium2.PdfDocument.new()
    made.new_page(200, 300)
    made.save(out)
    return out.getvalue()


PDF = _empty_page()


def mail(words="Dear Ann, see attached.", subject="Results"):
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "lab@example.org", "ann@example.org", subject
    made["Date"] = "Mon, 02 Nov 2026 10:00:00 +0000"
    made.set_content(words)
    return made


def attach(made, data, name, media_type="application/pdf", **more):
    kind, _slash, sort = media_type.partition("/")
    made.add_attachment(data, maintype=kind, subtype=sort, filename=name, **more)
    return made


def picture(width, height):
    out = BytesIO()
    Image.new("L", (width, height), 200).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def record(blank_record, tmp_path):
    with opened_copy(blank_record("Ann Lee"), tmp_path) as opened:
        yield opened


def planned(record, tmp_path, data, name="mail.eml"):
    (tmp_path / name).write_bytes(bytes(data))
    return run.make_plan(record, [tmp_path / name], NOBODY, NoProgress())


def names_of(data):
    (names, _remarks), _parts = enclosures_here(bytes(data), NoProgress())
    return names


def remarks_of(data):
    return enclosures_here(bytes(data), NoProgress()).content[1]


def test_an_attachment_is_a_document_of_its_own_that_has_the_mail_as_a_source(record, tmp_path):
    plan = planned(record, tmp_path, attach(mail(), PDF, "Befund.pdf"))
    assert [(file.file, file.read, file.error) for file in plan.files] == [
        ("mail.eml", 1, None),
        ("mail.eml/Befund.pdf", 1, None),
    ]
    run.accept(record, plan, NoProgress())
    kept = entries.find(record, Query(kinds=("DocumentReference",)))
    (letter,) = [entry for entry in kept if entry.data["media_type"] == "text/plain"]
    (paper,) = [entry for entry in kept if entry.data["media_type"] == "application/pdf"]
    assert [source.document for source in paper.sources] == [paper.text("file"), letter.text("file")]
    assert paper.sources[1].locator == "attachment=Befund.pdf"
    assert documents.original(record, paper.text("file")) == PDF
    assert paper in documents.entries_from(record, letter.text("file"))


def test_the_same_mail_again_brings_nothing(record, tmp_path):
    made = attach(mail(), PDF, "Befund.pdf")
    run.accept(record, planned(record, tmp_path, made), NoProgress())
    assert planned(record, tmp_path, made).total("new") == {}


def test_the_same_paper_from_two_mails_is_one_document_with_three_sources(record, tmp_path):
    run.accept(record, planned(record, tmp_path, attach(mail(), PDF, "a.pdf")), NoProgress())
    plan = planned(record, tmp_path, attach(mail("Once more."), PDF, "b.pdf"), "second.eml")
    run.accept(record, plan, NoProgress())
    papers = entries.find(record, Query(kinds=("DocumentReference",)))
    (paper,) = [entry for entry in papers if entry.data["media_type"] == "application/pdf"]
    assert len(paper.sources) == 3


NAMED = "Laboratory report\nPatient: Boris Petrov\nDate of birth: 03.04.1951\nSodium 140 mmol/l\n"


def owners(plan):
    return {person.name: (person.held, person.entries) for person in plan.people}


def test_a_mail_that_names_nobody_is_whose_its_attachment_is(record, tmp_path):
    plan = planned(record, tmp_path, attach(mail(), NAMED.encode(), "lab.txt", "text/plain"))
    assert owners(plan) == {"Boris Petrov": (True, 2)}
    assert not plan.total("new")


def test_an_attachment_that_names_nobody_is_whose_the_mail_says_it_is(record, tmp_path):
    plan = planned(record, tmp_path, attach(mail(NAMED), PDF, "scan.pdf"))
    assert owners(plan) == {"Boris Petrov": (True, 2)}


def test_attachments_of_two_people_are_asked_about_one_by_one(record, tmp_path):
    made = attach(mail(), NAMED.encode(), "one.txt", "text/plain")
    attach(made, NAMED.replace("Boris Petrov", "Cora Smith").encode(), "two.txt", "text/plain")
    told = owners(planned(record, tmp_path, made))
    assert told["Boris Petrov"] == told["Cora Smith"] == (True, 1)


def test_what_cannot_be_used_is_named_and_stays_within_the_mail(record, tmp_path):
    plan = planned(record, tmp_path, attach(mail(), b"\x7fELF\0\1\2", "setup.exe", "application/octet-stream"))
    assert plan.files[1].error is not None
    assert "setup.exe" in plan.files[1].error.message
    assert "within the mail" in plan.files[1].error.next_step
    assert plan.files[0].read == 1


def test_a_locked_attachment_is_kept_and_says_that_it_asks_for_a_password(record, tmp_path):
    data = (FILES / "encrypted-user-password.pdf").read_bytes()
    plan = planned(record, tmp_path, attach(mail(), data, "locked.pdf"))
    assert plan.files[1].read == 1
    assert any("password" in words for words in plan.files[1].warnings)


def test_a_mail_within_a_mail_is_opened_too(record, tmp_path):
    outer = mail("Forwarded.", "Fwd")
    outer.add_attachment(attach(mail("Inner words.", "Old results"), PDF, "inner.pdf"))
    plan = planned(record, tmp_path, outer)
    inner = "mail.eml/Old results.eml"
    assert [file.file for file in plan.files] == ["mail.eml", inner, f"{inner}/inner.pdf"]
    run.accept(record, plan, NoProgress())
    texts = [entry.text("text") for entry in entries.find(record, Query(kinds=("DocumentReference",)))]
    assert sum("Inner words." in text for text in texts) == 1


def test_mails_within_mails_without_end_are_opened_three_deep(record, tmp_path):
    made = mail("deepest")
    for _level in range(6):
        outer = mail("outer")
        outer.add_attachment(made)
        made = outer
    plan = planned(record, tmp_path, made)
    assert len(plan.files) == 4
    assert any("too deep" in words for words in plan.files[-1].warnings)


@pytest.mark.parametrize(
    ("size", "is_document"), [((SMALLEST_PICTURE - 1, 900), False), ((SMALLEST_PICTURE, 900), True)]
)
def test_a_logo_within_the_words_is_no_document_and_a_photograph_is(size, is_document):
    made = mail()
    made.add_alternative("<p>Hello <img src='cid:a'></p>", subtype="html")
    made.get_payload()[1].add_related(picture(*size), "image", "png", cid="<a>", filename="image001.png")
    assert names_of(made) == (["image001.png"] if is_document else [])


def test_a_small_picture_that_was_attached_on_purpose_is_a_document():
    assert names_of(attach(mail(), picture(60, 60), "rash.png", "image/png")) == ["rash.png"]


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ann\\Befund.pdf", "Befund.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("line\r\nbreak\0.pdf", "linebreak.pdf"),
        ("  .hidden. ", "hidden"),
        ("..", ""),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("Größe 5 µg.pdf", "Größe 5 µg.pdf"),
    ],
)
def test_a_name_that_somebody_else_wrote_is_cleaned(name, cleaned):
    assert clean_name(name) == cleaned


def test_a_hostile_name_reaches_neither_the_plan_nor_the_words_of_the_mail(record, tmp_path):
    made = mail()
    made.add_attachment(PDF, maintype="application", subtype="pdf", filename="safe.pdf")
    data = bytes(made).replace(b'"safe.pdf"', b'"../../../x/evil.pdf"')
    plan = planned(record, tmp_path, data)
    assert plan.files[1].file == "mail.eml/evil.pdf"
    assert "../" not in plan.files[0].items[0].entry.text("text")


def test_files_of_one_name_are_told_apart():
    made = attach(attach(mail(), b"%PDF-1.4 one", "scan.pdf"), b"%PDF-1.4 two", "scan.pdf")
    assert names_of(made) == ["scan.pdf", "scan (2).pdf"]


def test_an_encrypted_mail_says_so():
    sealed = b"From: a@b.example\nTo: c@d.example\nMIME-Version: 1.0\n" + (
        b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n"
        b"Content-Transfer-Encoding: base64\n\nAAAA\n"
    )
    assert names_of(sealed) == []
    assert "encrypted" in remarks_of(sealed)[0]


def test_a_signature_is_no_document():
    assert names_of(attach(mail(), b"0\x80", "smime.p7s", "application/pkcs7-signature")) == []


@pytest.mark.parametrize(("more", "told"), [(0, 0), (1, 1)])
def test_files_beyond_the_limit_are_told_once(more, told):
    made = mail()
    for number in range(MOST_ENCLOSURES + more):
        attach(made, b"x", f"{number}.txt", "text/plain")
    assert len(names_of(made)) == MOST_ENCLOSURES
    assert len(remarks_of(made)) == told


SAVED = b"""From: <Saved by Blink>
Snapshot-Content-Location: https://portal.example/results
Subject: Results
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="b"

--b
Content-Type: text/html; charset=utf-8
Content-Location: https://portal.example/results

<html><body><h1>Results</h1><iframe src="cid:frame"></iframe></body></html>
--b
Content-Type: text/html; charset=utf-8
Content-ID: <frame>
Content-Location: cid:frame

<html><body><table><tr><td>Sodium</td><td>140</td></tr></table></body></html>
--b
Content-Type: text/css
Content-Location: https://portal.example/style.css

body { color: red }
--b
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://portal.example/logo.png

iVBORw0KGgo=
--b
Content-Type: application/pdf
Content-Transfer-Encoding: base64
Content-Location: https://portal.example/files/report%20one.pdf

JVBERi0xLjQK
--b--
"""


def test_a_saved_page_gives_the_words_of_its_frames_and_the_files_within_it():
    assert names_of(SAVED) == ["report one.pdf"]
    words = contents_here(SAVED, "page.mht").data["text"]
    assert "Sodium" in words
    assert "color" not in words


def test_words_on_both_sides_of_an_attachment_are_all_read():
    made = attach(mail("Before."), PDF, "a.pdf")
    made.add_attachment("After.", disposition="inline")
    assert {"Before.", "After."} <= set(contents_here(bytes(made), "mail.eml").data["text"].splitlines())


def test_a_plain_text_that_only_says_that_there_is_a_page_gives_way_to_it():
    made = mail("Use a newer program.")
    made.add_alternative(
        "<p>Your potassium is 4.1, the next visit is on 3 May. Please bring this.</p>" * 3, subtype="html"
    )
    text = contents_here(bytes(made), "mail.eml").data["text"]
    assert "potassium" in text
    assert "newer program" not in text


def test_outlooks_message_gives_its_words_and_files(record, tmp_path):
    data = message("Befund", "Dear Ann,\r\nall well", [("Befund.pdf", "application/pdf", PDF, "")])
    plan = planned(record, tmp_path, data, "mail.msg")
    assert [file.file for file in plan.files] == ["mail.msg", "mail.msg/Befund.pdf"]
    entry: Entry = plan.files[0].items[0].entry
    assert entry.data["media_type"] == "application/vnd.ms-outlook"
    lines = entry.text("text").splitlines()
    assert lines[:4] == [
        "From: Dr Grey <grey@clinic.example>", "To: Ann", "Date: 2024-12-30T02:40+00:00", "Subject: Befund"
    ]  # fmt: skip
    assert "all well" in lines


def test_a_message_within_outlooks_message_gives_its_words_and_files():
    inner = message_tree("Old", "inner words", [("inner.pdf", "application/pdf", PDF, "")], is_inner=True)
    data = message("Outer", "outer words", [], [inner])
    assert names_of(data) == ["inner.pdf"]
    text = contents_here(data, "m.msg").data["text"]
    assert text.index("outer words") < text.index("inner words")


def test_outlooks_logo_is_no_document_and_its_encrypted_message_says_so():
    logo = ("image001.png", "image/png", picture(90, 90), "cid1")
    assert names_of(message("Hello", "words", [logo])) == []
    sealed = message("Secret", "", [("smime.p7m", "", b"x", "")], kind="IPM.Note.SMIME")
    assert names_of(sealed) == []
    assert "encrypted" in remarks_of(sealed)[0]


@pytest.mark.parametrize("cut", [600, 1024, 3000])
def test_a_message_that_breaks_off_gives_nothing_and_no_error(cut):
    assert read_message(message("Befund", "words")[:cut]).words in ("", "words")


def test_packed_rich_text_is_unpacked_as_the_standards_examples_are():
    """MS-OXRTFCP 3.2.1 and 3.2.2."""
    simple = "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    assert unpacked_rtf(bytes.fromhex(simple)) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    crossing = "1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0"
    assert unpacked_rtf(bytes.fromhex(crossing)) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"


@pytest.mark.parametrize(
    ("start", "media_type", "what"),
    [
        (b"ID3\x04", "audio/mpeg", "recording"),
        (b"\0\0\0\x1cftypM4A \0\0", "audio/mp4", "recording"),
        (b"\0\0\0\x18ftypisom\0\0", "video/mp4", "film"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "application/msword", "Word’s file"),
    ],
)
def test_what_people_have_and_nobody_reads_is_kept_and_named(record, tmp_path, start, media_type, what):
    plan = planned(record, tmp_path, start + bytes(600), "visit.bin")
    (item,) = plan.files[0].items
    assert item.entry.data["media_type"] == media_type
    assert what in plan.files[0].warnings[0]


def test_what_is_packed_otherwise_than_as_a_zip_is_to_be_unpacked(record, tmp_path):
    plan = planned(record, tmp_path, b"\x1f\x8b\x08" + bytes(50), "records.tar.gz")
    assert "Unpack it" in plan.files[0].error.next_step


@pytest.mark.parametrize(("size", "is_unpacked"), [(20, True), (21, False)])
def test_rich_text_that_unpacks_to_more_than_any_letter_is_not_unpacked(monkeypatch, size, is_unpacked):
    monkeypatch.setattr(packed_rtf, "_MOST_RTF", 20)
    packed = struct.pack("<IIII", 12 + 27, size, 0x75465A4C, 0) + b"\0abcdefgh" * 3
    assert (unpacked_rtf(packed) != b"") is is_unpacked


@pytest.mark.parametrize(
    ("side", "length", "is_large"), [(400, 0, True), (399, 0, False), (0, 100_001, True), (0, 100_000, False)]
)
def test_a_picture_beside_a_mail_that_may_show_a_page_is_taken_out(side, length, is_large):
    """A sign of a practice is smaller; of what can't be measured its length tells."""
    data = bytes(length)
    if side:
        paper = BytesIO()
        Image.new("L", (side, 900)).save(paper, "PNG")
        data = paper.getvalue()
    assert enclosures._is_large_picture(data) is is_large
