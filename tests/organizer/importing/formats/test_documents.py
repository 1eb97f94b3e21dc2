"""A file that no reader knows is kept whole, with its words."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from organizer.base.progress import NoProgress
from organizer.importing.core.format import Reading, SourceFile
from organizer.importing.core.run import recognise
from organizer.importing.formats.documents import DOCUMENTS
from organizer.importing.page_text.contents import contents_of

FILES = Path(__file__).parents[3] / "data" / "documents"


def read(name: str) -> Reading:
    source = SourceFile(name, FILES / name)
    assert DOCUMENTS.recognises(source)
    return DOCUMENTS.read(source, NoProgress())


def test_a_pdf_is_one_document_with_the_words_of_each_page() -> None:
    reading = read("two-pages.pdf")
    (draft,) = reading.drafts
    assert draft.entry.kind == "DocumentReference"
    assert draft.entry.data["pages"] == 2
    assert len(draft.entry.data["page_texts"]) == 2
    assert all(draft.entry.data["page_texts"])
    assert draft.entry.sources[0].locator == "page=1"
    assert reading.warnings == []


@pytest.mark.parametrize("name", ["encrypted-user-password.pdf", "broken.pdf"])
def test_a_pdf_that_does_not_open_is_kept_with_a_warning(name: str) -> None:
    data = (FILES / name).read_bytes() if (FILES / name).exists() else b"%PDF-1.7\nnothing more"
    reading = DOCUMENTS.read(SourceFile(name, data=data), NoProgress())
    assert len(reading.drafts) == 1
    assert "can’t be searched" in reading.warnings[0]
    assert "page_texts" not in reading.drafts[0].entry.data


@pytest.mark.parametrize(("name", "media_type"), [("photo.jpg", "image/jpeg"), ("photo.png", "image/png")])
def test_a_picture_is_recognised_by_its_content(name: str, media_type: str) -> None:
    source = SourceFile("no extension", data=(FILES / name).read_bytes())
    assert DOCUMENTS.recognises(source)
    entry = DOCUMENTS.read(source, NoProgress()).drafts[0].entry
    assert entry.data == {"file": source.sha256, "media_type": media_type}


def test_a_web_page_gives_its_words_and_none_of_its_scripts() -> None:
    text = read("page.html").drafts[0].entry.text("text")
    assert text
    assert "<" not in text
    assert "script" not in text


def test_windows_text_keeps_its_accents() -> None:
    assert "�" not in read("note-cp1252.txt").drafts[0].entry.text("text")


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("letter-2026-11-12.txt", "2026-11-12"),
        ("Laborbefund 13.11.2026.txt", "2026-11-13"),
        ("IMG_20261112_101500.txt", "2026-11-12"),
        ("2026-11-12 to 2026-11-14.txt", "None"),
        ("11-12-2026.txt", "None"),
        ("2026-13-40.txt", "None"),
        ("120261112.txt", "None"),
    ],
)
def test_the_one_day_that_a_files_name_can_mean_dates_a_document(name: str, day: str) -> None:
    assert str(DOCUMENTS.read(SourceFile(name, data=b"words"), NoProgress()).drafts[0].entry.happened) == day


@pytest.mark.parametrize("data", [b"", b"\x7fELF\x00\x01\x02", b"words\x00words"])
def test_an_unknown_binary_file_is_not_taken(data: bytes) -> None:
    assert not DOCUMENTS.recognises(SourceFile("thing.bin", data=data))


RICH = (
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\title Discharge letter}}"
    rb"Dear M\'fcller,\par Potassium 4,1 \u8364? \u-10179?\u-8694?{\pict\pngblip " + b"89504e47" * 40_000 + b"}}"
)


def document(data: bytes, name: str = "thing") -> Reading:
    source = SourceFile(name, data=data)
    assert DOCUMENTS.recognises(source)
    return DOCUMENTS.read(source, NoProgress())


def test_a_rich_text_gives_its_title_and_words_without_its_pictures() -> None:
    entry = document(RICH).drafts[0].entry
    assert entry.title == "Discharge letter"
    assert entry.text("text") == "Dear Müller,\nPotassium 4,1 € 😊"


def test_a_web_page_says_in_which_encoding_its_words_are() -> None:
    page = '<html><head><meta charset="windows-1250"><title>Výsledky</title></head><body><p>Krev: žádná</body></html>'
    entry = document(page.encode("cp1250")).drafts[0].entry
    assert (entry.title, entry.text("text")) == ("Výsledky", "Krev: žádná")


def test_nothing_of_a_web_page_but_its_visible_words_is_kept_in_the_entry() -> None:
    page = (
        b"<html><body onload='x()'><script>alert(1)</script><img src='https://tracker.example/p.png'>"
        b"<a href='javascript:y()'>Your results</a><table><tr><td>Sodium<td>140</table><!-- secret --></body></html>"
    )
    assert document(page).drafts[0].entry.text("text") == "Your results\nSodium\t140"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_text_keeps_its_letters_in_any_encoding(encoding: str) -> None:
    words = "Müller, 4 µg – fünf Tage"
    assert document(words.encode(encoding)).drafts[0].entry.text("text") == words


def zipped(parts: dict[str, str]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return out.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LETTER = f"<w:document {W}><w:body><w:p><w:r><w:t>Dear Ann,</w:t></w:r></w:p><w:p><w:r><w:t>all well</w:t></w:r></w:p>"
OFFICE = 'xmlns:o="urn:o" xmlns:t="urn:t"'


@pytest.mark.parametrize(
    "parts",
    [
        {"[Content_Types].xml": "<Types/>", "word/document.xml": LETTER + "</w:body></w:document>"},
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<o:document {OFFICE}><t:p>Dear Ann,</t:p><t:p>all well</t:p></o:document>",
        },
    ],
)
def test_a_word_processors_letter_gives_its_words(parts: dict[str, str]) -> None:
    assert document(zipped(parts)).drafts[0].entry.text("text") == "Dear Ann,\nall well"


def test_a_damaged_letter_is_kept_and_it_is_said() -> None:
    reading = document(zipped({"[Content_Types].xml": "", "word/document.xml": "<broken"}))
    assert reading.drafts
    assert any("no words were found" in one for one in reading.warnings)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("form-acroform-filled.pdf", ["Zelda Quartzheim", "Lamotriginum 200"]),
        ("form-needappearances-no-ap.pdf", ["Zelda Quartzheim"]),
        ("form-kinds-needappearances.pdf", ["Größe Müller Straße", "Аллергия на пенициллин", "血液型 AB"]),
        ("annotations-notes-ink.pdf", ["Freetextium: stop metformin", "Stickynotium"]),
    ],
)
def test_what_was_filled_in_and_noted_can_be_searched(name, words):
    (page,) = contents_of((FILES / name).read_bytes(), name).data["page_texts"]
    assert [one for one in words if one not in page] == []


def test_a_faxs_header_is_no_text_of_a_scan():
    name = "scan-with-fax-header.pdf"
    assert contents_of((FILES / name).read_bytes(), name).data["page_texts"] == [""]


BLUE_BUTTON = """MY HEALTHEVET PERSONAL HEALTH INFORMATION
Produced by the VA Blue Button (v12.10)
Name: EXAMPLE, ADA

---------------------- VA ALLERGIES ------------------------
Allergy Name:   PENICILLIN
Date:           05/21/2015

-------------------- VA LABORATORY RESULTS ---------------------
Test Name | Result | Units | Reference Range | Status
CREATININE | 1.42 (High) | mg/dL | 0.6-1.1 | Final

----------------------- VA MEDICATION HISTORY ---------------------
Medication:      LISINOPRIL 10MG TAB
Status:          Active
"""


def test_a_few_rows_in_pages_of_text_are_no_table_and_a_parts_name_and_day_are_not_the_documents():
    source = SourceFile("export.txt", data=BLUE_BUTTON.encode())
    assert recognise(source) is DOCUMENTS
    (draft,) = DOCUMENTS.read(source, NoProgress()).drafts
    assert (draft.entry.title, draft.entry.happened) == ("export", None)
    assert "PENICILLIN" in draft.entry.text("text")


@pytest.mark.parametrize(
    ("name", "data", "is_named"),
    [
        ("letter.pdf", b"Dear Ms Delgado,\nyour knee is better.\n", "(PDF) but: text."),
        ("report.PDF", b"<html><body><p>Your session has ended</p></body></html>", "(PDF) but: web page."),
        ("photo.pdf", b"\x89PNG\r\n\x1a\n and more", "(PDF) but: picture (PNG)."),
        ("scan.jpg", b"%PDF-1.4\n", "(picture (JPEG)) but: PDF."),
        ("letter.docx", b"Dear Ms Delgado", "(letter (Word)) but: text."),
        ("export.zip", b"Not found", "(packed files (zip)) but: text."),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_kept_and_said_to_be_what_it_is(name, data, is_named):
    reading = document(data, name)
    assert [draft.entry.kind for draft in reading.drafts] == ["DocumentReference"]
    assert is_named in reading.warnings[0]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("photo.jpg", b"\x89PNG\r\n\x1a\n and more"),
        ("letter.doc", b"{\\rtf1 Dear Ms Delgado}"),
        ("letter.txt", b"Dear Ms Delgado"),
        ("letter of dr. pdf", b"Dear Ms Delgado"),
        ("letter", b"Dear Ms Delgado"),
        ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    ],
)
def test_nothing_is_said_of_a_name_that_promises_nothing_else(name, data):
    assert not any("its name says" in words for words in document(data, name).warnings)
