"""What a packet shows of a study: few images, said to be of so many, the others counted."""

import io
from pathlib import Path

import pypdfium2
from pydicom.data import get_testdata_file

from organizer.base.progress import NoProgress
from organizer.services.bring_in import importing
from organizer.services.entries import entries
from organizer.services.opinion import packets
from tests.organizer.services.slices import a_series


def packet_of(record, paths):
    plan = importing.plan_import(record, paths, "", NoProgress())
    importing.accept_import(record, plan, NoProgress())
    (study,) = entries.find(record, entries.Query(kinds=("ImagingStudy",)))
    person = entries.get(record, study.person)
    return packets.preview(record, packets.choice(record, person.title), NoProgress())


def test_a_study_is_one_page_that_says_which_image_it_is(record, tmp_path):
    data, result = packet_of(record, a_series(tmp_path, 12))
    (exhibit,) = result.exhibits
    assert exhibit.pages == 1
    document = pypdfium2.PdfDocument(io.BytesIO(data))
    page = document[exhibit.first_page - 1]
    assert "Chest: image 7 of 12, not for diagnosis" in page.get_textpage().get_text_bounded()
    grey = page.render(scale=1).to_pil().convert("L")
    assert grey.crop((100, 100, 500, 200)).getextrema()[0] == 0
    document.close()
    assert any("11 further images, kept by me" in one.reason for one in result.left_out)


def test_an_image_that_cannot_be_drawn_is_written_out(record, tmp_path):
    _data, result = packet_of(record, [Path(get_testdata_file("MR_small_jpeg_ls_lossless.dcm"))])
    assert [one.pages for one in result.exhibits] == [1]
