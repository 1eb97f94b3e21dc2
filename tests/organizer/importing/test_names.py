"""Names of files in an encoding that nobody wrote down; zips that break off."""

import os
import unicodedata
import zipfile
from io import BytesIO

import pytest

from organizer.importing.core.names import composed, name_on_disk, readable
from organizer.importing.core.walk import walk


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("Анализы крови.csv", "cp866"), ("Выписка.pdf", "cp866"), ("血液検査.csv", "cp932"), ("検査結果.pdf", "cp932"),
        ("Befund_Müller.pdf", "cp437"), ("Befund_Müller.pdf", "cp1252"), ("résumé médical.pdf", "cp1252"),
        ("Анализы.csv", "utf-8"), ("血液検査.csv", "utf-8"), ("Größe.csv", "utf-8"), ("labs.csv", "ascii"),
    ],
)  # fmt: skip
def test_a_name_is_readable_in_whatever_encoding_it_was_written(name, encoding):
    assert readable([name.encode(encoding)]) == [name]


def test_a_name_that_the_system_cannot_decode_is_readable(tmp_path):
    path = tmp_path / os.fsdecode("Müller.csv".encode("cp1252"))
    path.write_bytes(b"Date,Test,Result\n2026-02-01,Sodium,140\n")
    assert name_on_disk(path.name) == "Müller.csv"
    assert [(source.name, error) for source, error in walk([tmp_path])] == [("Müller.csv", None)]


@pytest.mark.parametrize("pack", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
@pytest.mark.parametrize(("cut", "second_is_whole"), [(60, True), (1000, False)])
def test_what_is_whole_in_a_zip_that_breaks_off_is_read(tmp_path, cut, second_is_whole, pack):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", pack) as made:
        made.writestr("first.csv", b"Date,Test,Result\n2026-02-01,Sodium,140\n")
        made.writestr("second.bin", os.urandom(5000))
    path = tmp_path / "records.zip"
    path.write_bytes(out.getvalue()[:-cut])
    whole = {source.name: error is None for source, error in walk([path])}
    expected = {"records.zip": False, "records.zip/first.csv": True, "records.zip/second.bin": second_is_whole}
    assert whole == expected


@pytest.mark.parametrize("name", ["서울병원", "がんセンター", "Befund Müller.pdf"])
def test_letters_that_macos_took_apart_are_whole_again(name):
    assert unicodedata.normalize("NFD", name) != name
    assert composed(unicodedata.normalize("NFD", name)) == name
