"""Words that no page shows: in a page's code, in layers' names, in the pixels of a scan; none of them goes out."""

import io

import pikepdf
import pydicom
import pytest
from PIL import Image
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, generate_uid
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from organizer.base.progress import NoProgress
from organizer.importing.dicom_pixels import header
from organizer.packet.exhibits.sanitise import forget_the_making, made_harmless, streams_of, without_exif
from organizer.services.bring_in import importing
from organizer.services.opinion import packets
from tests.made_records import opened_copy
from tests.organizer.packet.test_odd_documents import Printed

NEVER = b"HIV"
ULTRASOUND, CAPTURE, CT = "1.2.840.10008.5.1.4.1.1.6.1", "1.2.840.10008.5.1.4.1.1.7", "1.2.840.10008.5.1.4.1.1.2"


def tagged_letter():
    """A letter whose words are harmless, and whose code says the rest: on the page, in a form, in a layer's name."""
    paper = io.BytesIO()
    canvas = Canvas(paper, invariant=1, pageCompression=0)
    canvas.drawString(60, 800, "Letter of 2 February 2026")
    canvas.addLiteral("/Figure <</MCID 0 /Alt (HIV viral load)>> BDC EMC")
    canvas.addLiteral("/Span <</E (HIV)>> BDC")
    canvas.drawString(60, 770, "Knee flexion 110")
    canvas.addLiteral("EMC\n% HIV, a remark\n/HIVmark MP")
    canvas.beginForm("drawn")
    canvas.addLiteral("/Span <</Alt (HIV in a form)>> BDC EMC")
    canvas.drawString(60, 740, "Seen in the clinic")
    canvas.endForm()
    canvas.doForm("drawn")
    canvas.save()
    with pikepdf.open(paper) as letter:
        page = letter.pages[0]
        layer = pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String("HIV clinic"))
        page.obj["/Resources"]["/Properties"] = pikepdf.Dictionary(MC0=letter.make_indirect(layer))
        saved = io.BytesIO()
        letter.save(saved)
    return saved.getvalue()


def code_of(data):
    """All objects and streams of a file as they stand written, but for those of fonts and pictures."""
    with pikepdf.open(io.BytesIO(data)) as opened:
        paper = io.BytesIO()
        opened.save(paper, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    return paper.getvalue()


def test_words_in_a_pages_code_go_out_with_nothing():
    packet = Printed("letter.pdf", data=tagged_letter())
    assert NEVER not in code_of(packet.data)
    for words in ("Letter of 2 February 2026", "Knee flexion 110", "Seen in the clinic"):
        assert words in packet.words


@pytest.mark.parametrize("depth", [1, 9, 10, 30])
def test_words_in_forms_go_out_with_nothing_however_deep_they_lie(depth):
    """Nor what a picture within them says of its making."""
    photo = io.BytesIO()
    Image.new("L", (30, 30), 200).save(photo, "JPEG", comment=NEVER)
    paper = io.BytesIO()
    canvas = Canvas(paper, invariant=1, pageCompression=0)
    for level in range(depth):
        canvas.beginForm(f"form{level}")
        if level:
            canvas.doForm(f"form{level - 1}")
        else:
            canvas.addLiteral("/Span <</Alt (HIV in a form)>> BDC EMC")
            canvas.drawImage(ImageReader(photo), 60, 100, 9, 9)
        canvas.endForm()
    canvas.drawString(60, 800, "Seen in the clinic")
    canvas.doForm(f"form{depth - 1}")
    canvas.save()
    with pikepdf.open(paper) as letter:
        (form,) = [drawn for drawn in letter.objects if is_picture(drawn)]
        form.write(photo.getvalue(), filter=pikepdf.Name.DCTDecode)
        made_harmless(letter)
        for _holder, _key, stream in streams_of(letter.pages[0].obj):
            forget_the_making(stream)
        saved = io.BytesIO()
        letter.save(saved)
    assert NEVER in photo.getvalue()
    assert NEVER not in code_of(saved.getvalue())


def is_picture(drawn):
    return isinstance(drawn, pikepdf.Stream) and drawn.get("/Subtype") == pikepdf.Name.Image


def test_a_letter_without_such_words_keeps_its_code_byte_for_byte():
    paper = io.BytesIO()
    canvas = Canvas(paper, invariant=1, pageCompression=0)
    canvas.addLiteral("/P <</MCID 0>> BDC")
    canvas.drawString(60, 800, "A plain letter, 95 % (3+)")
    canvas.addLiteral("EMC")
    canvas.save()
    with pikepdf.open(paper) as opened:
        code = opened.pages[0].Contents.read_bytes()
    assert code.strip() in code_of(Printed("letter.pdf", data=paper.getvalue()).data)


def scan(shape, modality, burned_in=""):
    """A small DICOM image that nothing but its own header tells about."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = shape, generate_uid()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    made = FileDataset("", {}, file_meta=meta, preamble=b"\0" * 128)
    made.SOPClassUID, made.SOPInstanceUID = shape, meta.MediaStorageSOPInstanceUID
    made.PatientName, made.PatientBirthDate = "Example^Ann", ""
    made.Modality, made.StudyDescription, made.StudyDate = modality, "Knee", "20260301"
    made.StudyInstanceUID, made.SeriesInstanceUID, made.InstanceNumber = generate_uid(), generate_uid(), "1"
    made.Rows = made.Columns = 256
    made.SamplesPerPixel, made.PixelRepresentation, made.PhotometricInterpretation = 1, 0, "MONOCHROME2"
    made.BitsAllocated = made.BitsStored = 8
    made.HighBit, made.PixelData = 7, bytes(range(256)) * 256
    if burned_in:
        made.BurnedInAnnotation = burned_in
    paper = io.BytesIO()
    pydicom.dcmwrite(paper, made, enforce_file_format=True)
    return paper.getvalue()


@pytest.mark.parametrize(
    ("shape", "modality", "burned_in", "expected"),
    [
        (ULTRASOUND, "US", "", True),
        (ULTRASOUND, "US", "NO", False),
        (CAPTURE, "CT", "", True),
        (f"{CAPTURE}.2", "MR", "", True),
        (CT, "CT", "", False),
        (CT, "CT", "YES", True),
    ],
)
def test_a_scan_may_bear_words_where_it_says_so_or_where_its_device_writes_them(shape, modality, burned_in, expected):
    told = header(scan(shape, modality, burned_in))
    assert told is not None
    assert told.may_bear_words is expected


def test_a_scan_that_may_bear_words_is_held_back_until_somebody_looked(blank_record, tmp_path):
    with opened_copy(blank_record(), tmp_path) as record:
        for name, data in (("us.dcm", scan(ULTRASOUND, "US")), ("ct.dcm", scan(CT, "CT"))):
            (tmp_path / name).write_bytes(data)
        plan = importing.plan_import(record, [tmp_path / "us.dcm", tmp_path / "ct.dcm"], "", NoProgress())
        importing.accept_import(record, plan, NoProgress())
        _data, result = packets.preview(record, packets.choice(record), NoProgress())
        _data, seen = packets.preview(record, packets.choice(record, looked_at=["us.dcm"]), NoProgress())
    assert [held.file_name for held in result.held_back] == ["us.dcm"]
    assert Image.open(io.BytesIO(result.held_back[0].picture)).size == (256, 256)
    assert all("was not searched" in one.made for one in result.exhibits)
    assert seen.held_back == ()
    assert "picture" not in packets.as_json(result)["held_back"][0]


STAYS = {0xE0, 0xE2, 0xEE, 0xEF, 0xDB}  # JFIF, colour profile, Adobe's colours, a maker's own, what the picture needs


@pytest.mark.parametrize("marker", [*range(0xE0, 0xF0), 0xFE, 0xDB])
def test_a_photograph_keeps_nothing_of_its_making_but_its_colours(marker):
    """ITU-T T.81, B.1.1.4: EXIF, XMP and Photoshop stand in segments of applications, remarks in one of their own."""
    start, segment, picture = b"\xff\xd8", bytes([0xFF, marker, 0, 5]) + b"HIV", b"\xff\xda\x00\x02 pixels \xff\xd9"
    assert without_exif(start + segment + picture) == start + (segment if marker in STAYS else b"") + picture


def test_bytes_that_break_off_stay_as_they_are():
    assert without_exif(b"\xff\xd8\xff\xe1\x00\x02") == b"\xff\xd8"
    assert without_exif(b"\xff\xd8\xff\xe1\x00") == b"\xff\xd8\xff\xe1\x00"
