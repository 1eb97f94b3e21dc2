"""From what a person dropped to single files: folders, zips, links, and what can't be opened."""

import hashlib
import random
import zipfile
from functools import partial
from pathlib import PurePosixPath

import openpyxl
import pytest

from organizer.base.apart.ask import ask
from organizer.importing.core import walk as walking
from organizer.importing.core.walk import STREAMED, walk
from organizer.importing.mails import enclosures

NOTE = b"A letter."


def zipped(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return path


def found(*paths):
    return {source.name: error.message if error else source.read() for source, error in walk(paths)}


def test_a_folder_is_walked_and_litter_left_out(tmp_path):
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "note.txt").write_bytes(NOTE)
    (tmp_path / ".DS_Store").write_bytes(b"x")
    zipped(tmp_path / "portal.zip", **{"a.txt": NOTE, "__MACOSX/a.txt": b"x"})
    assert found(tmp_path) == {"note.txt": NOTE, "portal.zip/a.txt": NOTE}


XDM = {
    "INDEX.HTM": b"<html></html>",
    "README - Open for Instructions.TXT": b"Open it.",
    "1 Health Summary.PDF": b"%PDF-1.4",
    "IHE_XDM/P1/STYLE.XSL": b"<xsl:stylesheet/>",
    "IHE_XDM/P1/METADATA.XML": b"<SubmitObjectsRequest/>",
    "IHE_XDM/P1/DOC0001.XML": b"<ClinicalDocument/>",
}


def test_what_only_wraps_the_documents_of_a_portals_download_is_left_out(tmp_path):
    own = {f"Mine/{name}": data for name, data in XDM.items()}
    for name, members in (("flat.zip", XDM), ("nested.zip", own)):
        inside = {PurePosixPath(path).name for path in found(zipped(tmp_path / name, **members))}
        assert inside == {"DOC0001.XML", "1 Health Summary.PDF"}

    for path, data in XDM.items():
        (tmp_path / "folder" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "folder" / path).write_bytes(data)
    assert len(found(tmp_path / "folder")) == 2


def test_files_of_the_same_names_elsewhere_are_a_persons_own(tmp_path):
    members = {"INDEX.HTM": b"x", "README.TXT": b"x", "METADATA.XML": b"<a/>"}
    assert len(found(zipped(tmp_path / "mine.zip", **members))) == 3


def test_a_workbook_is_one_file_although_it_is_a_zip(tmp_path):
    openpyxl.Workbook().save(tmp_path / "results.xlsx")
    assert list(found(tmp_path)) == ["results.xlsx"]


def test_links_in_a_folder_are_named_and_not_followed(tmp_path):
    folder = tmp_path / "disc"
    folder.mkdir()
    (tmp_path / "secret.txt").write_bytes(NOTE)
    (folder / "circle").symlink_to(folder)
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    assert found(folder) == {
        "circle": "“circle” is a link to another place.",
        "out.txt": "“out.txt” is a link to another place.",
    }
    assert found(folder / "out.txt") == {"out.txt": NOTE}


@pytest.mark.parametrize(("name", "data"), [("empty.zip/a.json", b""), ("none.json", None)])
def test_what_is_empty_or_gone_is_named(tmp_path, name, data):
    path = zipped(tmp_path / "empty.zip", **{"a.json": data}) if data is not None else tmp_path / name
    assert list(found(path)) == [name]
    assert isinstance(found(path)[name], str)


def test_a_file_that_may_not_be_opened_is_named(tmp_path, monkeypatch):
    path = tmp_path / "locked.json"
    path.write_bytes(NOTE)

    def refused(*_told, **_more):
        raise PermissionError

    monkeypatch.setattr(type(path), "open", refused)
    assert found(path) == {"locked.json": "“locked.json” can’t be read."}


def test_a_large_member_is_read_where_it_lies(tmp_path):
    data = bytes(range(256)) * (STREAMED // 256 + 1)
    with zipfile.ZipFile(tmp_path / "export.zip", "w", zipfile.ZIP_STORED) as made:
        made.writestr("export.xml", data)
    ((source, error),) = walk([tmp_path / "export.zip"])
    assert error is None
    assert (source.name, source.size) == ("export.zip/export.xml", len(data))
    assert source.read() == data
    assert source.sha256 == hashlib.sha256(data).hexdigest()


def test_a_large_member_that_is_damaged_is_refused_while_it_is_read(tmp_path):
    data = bytes(range(256)) * (STREAMED // 256 + 1)
    with zipfile.ZipFile(tmp_path / "export.zip", "w", zipfile.ZIP_STORED) as made:
        made.writestr("export.xml", data)
    whole = bytearray((tmp_path / "export.zip").read_bytes())
    whole[STREAMED // 2] ^= 1
    (tmp_path / "export.zip").write_bytes(whole)
    ((source, _error),) = walk([tmp_path / "export.zip"])
    with pytest.raises(OSError, match="damaged"):
        source.read()


@pytest.mark.parametrize("streamed_from", [100_000, 10_000_000])
@pytest.mark.parametrize(("zeros", "least", "most", "whole"), [(560_000, 195, 200, True), (590_000, 200, 210, False)])
def test_a_member_packed_more_than_two_hundred_to_one_stays_in_its_zip(
    tmp_path, monkeypatch, streamed_from, zeros, least, most, whole
):
    monkeypatch.setattr(walking, "STREAMED", streamed_from)
    data = random.Random(1).randbytes(2_000) + bytes(zeros)
    path = zipped(tmp_path / "export.zip", **{"export.xml": data})
    with zipfile.ZipFile(path) as made:
        (info,) = made.infolist()
    assert least < info.file_size / info.compress_size < most
    ((source, error),) = walk([path])
    assert (error is None) == whole
    if whole:
        assert source.read() == data
    else:
        assert source.read() == b""


@pytest.mark.parametrize(("depth", "opened"), [(3, True), (4, False)])
def test_a_zip_in_a_zip_in_a_zip_is_opened_and_no_deeper_one(tmp_path, depth, opened):
    data = NOTE
    for level in range(depth):
        name = "a.txt" if level == 0 else "inner.zip"
        data = zipped(tmp_path / f"{level}.zip", **{name: data}).read_bytes()
    assert (NOTE in found(tmp_path / f"{depth - 1}.zip").values()) is opened


@pytest.mark.parametrize(("count", "opened"), [(3, True), (4, False)])
def test_a_zip_of_more_members_than_any_export_has_is_not_opened(tmp_path, monkeypatch, count, opened):
    assert walking.MAX_MEMBERS == 20_000
    monkeypatch.setattr(walking, "MAX_MEMBERS", 3)
    path = zipped(tmp_path / "many.zip", **{f"{n}.txt": NOTE for n in range(count)})
    assert (NOTE in found(path).values()) is opened


@pytest.mark.parametrize(("size", "opened"), [(5_000, True), (5_001, False)])
def test_a_member_larger_than_memory_bears_stays_in_its_zip(tmp_path, monkeypatch, size, opened):
    assert walking.MAX_MEMBER == 512 * 1024 * 1024
    monkeypatch.setattr(walking, "MAX_MEMBER", 5_000)
    data = random.Random(1).randbytes(size)
    assert (data in found(zipped(tmp_path / "large.zip", **{"a.txt": data})).values()) is opened


@pytest.mark.parametrize(("size", "is_held"), [(5_000, True), (5_001, False)])
def test_a_member_from_thirty_two_mebibytes_on_is_read_where_it_lies(tmp_path, monkeypatch, size, is_held):
    assert walking.STREAMED == 32 * 1024 * 1024
    monkeypatch.setattr(walking, "STREAMED", 5_000)
    ((source, _error),) = walk([zipped(tmp_path / "export.zip", **{"a.txt": random.Random(1).randbytes(size)})])
    assert (source._data is not None) is is_held


def test_a_member_packed_two_hundred_to_one_and_no_more_is_read_where_it_lies(tmp_path, monkeypatch):
    monkeypatch.setattr(walking, "STREAMED", 10)
    archive = zipped(tmp_path / "export.zip", **{"a.txt": bytes(100_000)})
    with zipfile.ZipFile(archive) as made:
        packed = made.infolist()[0].compress_size
    for size, is_read in ((packed * 200, True), (packed * 200 + 1, False)):
        info = zipfile.ZipInfo("a.txt")
        info.compress_size, info.file_size = packed, size
        _source, error = walking._streamed(walking.SourceFile("export.zip", archive), info, "export.zip/a.txt")
        assert (error is None) is is_read


@pytest.mark.parametrize(("names", "is_whole"), [(3, True), (4, False)])
def test_a_zip_of_more_names_than_can_be_looked_through_each_time_is_not_read_where_it_lies(
    tmp_path, monkeypatch, names, is_whole
):
    assert (walking.MOST_HELD, walking.MOST_SOUGHT) == (256 * 1024 * 1024, 10_000)
    monkeypatch.setattr(walking, "MOST_HELD", 1_000)
    monkeypatch.setattr(walking, "MOST_SOUGHT", 3)
    archive = zipped(tmp_path / "disc.zip", **{f"{number}.bin": bytes(900) for number in range(names)})
    outcomes = [outcome for _name, outcome in sorted(found(archive).items())]
    assert outcomes[0] == bytes(900)
    assert (outcomes[1] == bytes(900)) is is_whole


@pytest.mark.parametrize("kind", ["mimetype", "content.xml"])
def test_an_open_document_has_both_its_kind_and_its_words(tmp_path, kind):
    """One of both names alone is any zip; with nothing else beside them it is a document."""
    both = zipped(tmp_path / "letter.odt", **{"mimetype": b"x", "content.xml": b"<x/>"})
    assert list(found(both)) == ["letter.odt"]
    assert list(found(zipped(tmp_path / "any.zip", **{kind: b"x", "a.txt": NOTE}))) == [
        f"any.zip/{kind}",
        "any.zip/a.txt",
    ]


def test_names_with_the_flag_of_unicode_are_as_they_stand(tmp_path):
    """Without the flag this sign would be taken for a Cyrillic letter, which looks more like a word."""
    path = zipped(tmp_path / "portal.zip", **{"½ year.txt": NOTE})
    with zipfile.ZipFile(path) as made:
        assert made.infolist()[0].flag_bits & 0x800, "APPNOTE 4.4.4: bit 11"
    assert list(found(path)) == ["portal.zip/½ year.txt"]


def test_members_that_are_more_than_memory_bears_are_read_where_they_lie(tmp_path, monkeypatch):
    monkeypatch.setattr(walking, "MOST_HELD", 3_000)
    scans = {f"slice {number}.dcm": random.Random(number).randbytes(1_000) for number in range(5)}
    archive = zipped(tmp_path / "disc.zip", **scans)
    sources = [source for source, _error in walk([archive])]
    assert [source.read() for source in sources] == [*scans.values()]
    assert [source._data is None for source in sources] == [False, False, False, True, True]


@pytest.mark.parametrize("within", [True, False])
def test_what_can_neither_be_held_nor_read_where_it_lies_is_named(tmp_path, monkeypatch, within):
    """In a zip within a zip, and in one of so many names that looking for each anew would take hours."""
    monkeypatch.setattr(walking, "MOST_HELD", 4_000)
    monkeypatch.setattr(walking, "MOST_SOUGHT", 2)
    archive = zipped(tmp_path / "disc.zip", **{f"{number}.bin": bytes(1_500) for number in range(3)})
    if within:
        archive = zipped(tmp_path / "outer.zip", **{"disc.zip": archive.read_bytes()})
    outcomes = {name.rpartition("/")[2]: outcome for name, outcome in found(archive).items()}
    assert "unpacks to more than can be held" in outcomes["2.bin"]
    assert outcomes["0.bin"] == bytes(1_500)


def test_one_large_file_within_two_zips_comes_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(walking, "MOST_HELD", 10)
    archive = zipped(tmp_path / "disc.zip", **{"a.txt": NOTE * 10})
    assert found(archive) == {"disc.zip/a.txt": NOTE * 10}


def test_a_mail_whose_headers_take_for_ever_is_refused_and_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(enclosures, "ask", partial(ask, seconds=0))  # a second instead of seven
    head = b"From: a@x.org\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed;"
    (tmp_path / "endless.eml").write_bytes(head + b"".join(b" b*%d=a;" % n for n in range(60_000)) + b"\r\n\r\nx")
    ((_source, error),) = walk([tmp_path / "endless.eml"])
    assert "more time or memory" in str(error)
