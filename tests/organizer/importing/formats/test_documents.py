"""A file that no reader knows is kept whole, with its words."""

from pathlib import Path

import pytest

from organizer.base.progress import NoProgress
from organizer.importing.format import Reading, SourceFile
from organizer.importing.formats.documents import DOCUMENTS

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


def test_only_an_iso_date_in_the_name_dates_a_document() -> None:
    def dated(name: str) -> str:
        return str(DOCUMENTS.read(SourceFile(name, data=b"words"), NoProgress()).drafts[0].entry.happened)

    assert dated("letter-2026-11-12.txt") == "2026-11-12"
    assert dated("letter-12.11.2026.txt") == dated("20261112.txt") == dated("2026-13-40.txt") == "None"


@pytest.mark.parametrize("data", [b"", b"\x7fELF\x00\x01\x02", b"words\x00words"])
def test_an_unknown_binary_file_is_not_taken(data: bytes) -> None:
    assert not DOCUMENTS.recognises(SourceFile("thing.bin", data=data))
