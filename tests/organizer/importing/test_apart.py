"""A small file that asks for all time and memory costs itself alone: a plain message, and the next one is read."""

import base64
import json
import os
import resource
import signal
import threading
import zipfile
from io import BytesIO

import pytest
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import CTImageStorage, RLELossless, generate_uid

from organizer.base.apart import ask as apart
from organizer.base.errors import Cancelled, UnreadableSourceError
from organizer.base.progress import NoProgress
from organizer.importing.dicom_pixels import decoded
from organizer.importing.formats.health_cards.codes import codes_here
from organizer.importing.formats.tables.workbooks import sheets_here
from organizer.importing.page_text.contents import contents_of
from organizer.services.bring_in import importing
from organizer.services.entries import documents
from tests.organizer.importing.hostile import form_bomb, zipped

MOST_SECONDS, MOST_MEMORY = 10, 1 << 30
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def letter(elements):
    """A word processor's file of that many empty paragraphs."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f'<w:document xmlns:w="{space}"><w:body>' + "<w:p/>" * elements + "</w:body></w:document>"
    return zipped(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", body.encode()))


def workbook(*cells, sheets=1):
    """A workbook whose sheets hold a 1 in each of those cells, each in a row of its own."""
    rows = "".join(f'<row r="{row}"><c r="{column}{row}"><v>1</v></c></row>' for column, row in cells)
    table = f'<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    numbers = range(1, sheets + 1)
    listed = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    types = f'<Override PartName="/xl/workbook.xml" ContentType="{main}"/>'
    top = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{top}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
    }
    sheet_parts = [(f"xl/worksheets/sheet{n}.xml", table) for n in numbers]
    return zipped(*((name, text.encode()) for name, text in parts.items()), *sheet_parts)


def used():
    """Processor seconds of the processes that read and have ended, and the most memory that one of them had."""
    apart.stop()
    told = resource.getrusage(resource.RUSAGE_CHILDREN)
    return told.ru_utime + told.ru_stime, told.ru_maxrss * 1024


BOMBS = {
    "forms.pdf": lambda: form_bomb(9),
    "letter.docx": lambda: letter(9_000_000),
    "far.xlsx": lambda: workbook(("A", 1), ("XFD", 1_048_576), sheets=20),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_within_ten_seconds_and_a_gibibyte_with_a_plain_message(record, tmp_path, name):
    (tmp_path / name).write_bytes(BOMBS[name]())
    assert (tmp_path / name).stat().st_size < 200_000
    before, _most = used()
    (file,) = importing.plan_import(record, [tmp_path / name], "", NoProgress()).files
    after, most = used()
    assert after - before < MOST_SECONDS
    assert most < MOST_MEMORY
    said = str(file.error or "") + "".join(file.warnings)
    assert said
    assert "Error" not in said


def test_after_a_bomb_the_next_file_is_read(little_memory):
    assert contents_of(form_bomb(9), "bomb.pdf").is_harmful
    assert contents_of(form_bomb(1), "forms.pdf").words == "bomb"


def test_a_bomb_within_another_file_is_not_kept_and_the_rest_comes_in(record, tmp_path, little_memory):
    attached = {"contentType": "application/pdf", "data": base64.b64encode(form_bomb(9)).decode(), "title": "bomb.pdf"}
    document = {
        "resourceType": "DocumentReference", "status": "current", "description": "Letter",
        "content": [{"attachment": attached}],
    }  # fmt: skip
    condition = {"resourceType": "Condition", "code": {"text": "Asthma"}}
    bundle = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"resource": document}, {"resource": condition}],
    }
    (tmp_path / "b.json").write_text(json.dumps(bundle))
    (file,) = importing.plan_import(record, [tmp_path / "b.json"], "", NoProgress()).files
    assert "Asthma" in {item.entry.title for item in file.items}
    assert file.embedded == []
    assert any("more time or memory" in told for told in file.warnings)


def test_a_process_that_ended_in_between_is_started_again():
    contents_of(form_bomb(1), "a.pdf")
    os.kill(apart._process._child.pid, signal.SIGKILL)
    apart._process._child.wait()
    assert "bomb" in contents_of(form_bomb(1), "b.pdf").words


def test_reading_that_is_stopped_ends_the_process_that_reads():
    class Stopped(NoProgress):
        def check(self):
            raise Cancelled

    with pytest.raises(Cancelled):
        contents_of(form_bomb(9), "bomb.pdf", Stopped())
    assert apart._process is None


@pytest.mark.parametrize(("rows", "is_read"), [(200_000, True), (200_002, False)])
def test_cells_may_lie_apart_as_far_as_any_table_needs(rows, is_read):
    data = workbook(("A", 1), ("A", rows + 1))
    if is_read:
        assert [number for number, _row in sheets_here(data, "a.xlsx", NoProgress())[0]["rows"]] == [1, rows + 1]
    else:
        with pytest.raises(UnreadableSourceError, match="too far apart"):
            sheets_here(data, "a.xlsx", NoProgress())


def test_a_workbook_is_a_zip_to_any_other_reader():
    with zipfile.ZipFile(BytesIO(workbook(("A", 1)))) as pack:
        assert pack.testzip() is None


def test_a_bomb_that_is_looked_at_says_so_and_the_next_page_is_drawn(little_memory):
    before, _most = used()
    bomb = form_bomb(9)
    assert documents.page_sizes(bomb) == [(612, 792)]
    with pytest.raises(UnreadableSourceError, match=r"bomb\.pdf.*more time or memory"):
        documents.draw(bomb, 0, 1.0, "bomb.pdf")
    assert documents.draw_first(bomb, 40, 50) is None
    drawn = documents.draw(form_bomb(1), 0, 0.1)
    assert (drawn.width, drawn.height) == (62, 80)
    after, most = used()
    assert after - before < 2 * MOST_SECONDS  # it was asked for twice
    assert most < MOST_MEMORY


def huge_image(rows):
    """A DICOM file of a few hundred bytes whose one image claims so many rows and columns, compressed by RLE."""
    data = Dataset()
    data.SOPClassUID, data.SOPInstanceUID = CTImageStorage, generate_uid()
    data.PhotometricInterpretation, data.SamplesPerPixel, data.PixelRepresentation = "MONOCHROME2", 1, 0
    data.Rows = data.Columns = rows
    data.BitsAllocated = data.BitsStored = 8
    data.HighBit = 7
    data.PixelData = encapsulate([b"\x01" + bytes(3) + b"\x40" + bytes(59) + b"\x81\x00" * 20])
    data.file_meta = FileMetaDataset()
    data.file_meta.TransferSyntaxUID, data.file_meta.MediaStorageSOPClassUID = RLELossless, CTImageStorage
    kept = BytesIO()
    data.save_as(kept, enforce_file_format=True)
    return kept.getvalue()


def test_an_image_that_claims_gigabytes_is_refused_within_the_limits():
    before, _most = used()
    with pytest.raises(UnreadableSourceError, match="can’t be shown here"):
        decoded(huge_image(65_000), 0, "bomb.dcm")
    after, most = used()
    assert after - before < MOST_SECONDS
    assert most < MOST_MEMORY


def test_a_process_that_is_killed_while_it_reads_costs_that_file_only():
    data = form_bomb(9)
    apart.ask(codes_here, b"", "text/plain")  # it stands
    killed = threading.Timer(0.3, apart._process._child.kill)
    killed.start()
    with pytest.raises(UnreadableSourceError):
        documents.draw(data, 0, 1.0, "bomb.pdf")
    killed.join()
    assert contents_of(form_bomb(1), "a.pdf").words == "bomb"
