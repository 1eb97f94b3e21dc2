"""Images: in slice order, through a window, and calm where one can't be drawn."""

from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pydicom
import pytest
from pydicom.data import get_testdata_file
from pydicom.encaps import encapsulate
from pydicom.uid import JPEGLossless, JPEGLosslessSV1

from organizer.base.errors import UnreadableSourceError
from organizer.base.progress import NoProgress
from organizer.importing.dicom_pixels import decoded, header, sides
from organizer.services.bring_in import importing
from organizer.services.entries import entries, images
from tests.organizer.importing.lossless_writer import written
from tests.organizer.services.slices import a_series, key_objects


def study_of(record, paths):
    plan = importing.plan_import(record, paths, "", NoProgress())
    importing.accept_import(record, plan, NoProgress())
    (entry,) = entries.find(record, entries.Query(kinds=("ImagingStudy",)))
    return images.study(record, entry, NoProgress())


def bundled(name):
    return Path(get_testdata_file(name)).read_bytes()


def test_slices_come_by_position_whatever_their_numbers(record, tmp_path):
    told = study_of(record, a_series(tmp_path, 7, numbers=[5, 2, 7, 1, 3, 6, 4]))
    (series,) = told.series
    assert [one.position for one in series.slices] == [0, 2, 4, 6, 8, 10, 12]
    assert (series.modality, series.title, series.date) == ("CT", "Chest", "2026-03-02")
    shown = images.frame(record, series.slices[3])
    assert (shown.center, shown.width) == (40, 400)
    assert images.length(shown, (0, 0), (3, 4)) == pytest.approx(2.5)


def test_what_radiology_marked_is_told_and_comes_first(record, tmp_path):
    slices = a_series(tmp_path, 7)
    told = study_of(record, [*slices, key_objects(tmp_path, [slices[2], slices[5]])])
    (series,) = told.series
    assert series.keys == (2, 5)
    assert told.without == 0
    assert (told.entry.title, told.entry.data["modality"]) == ("CT of the chest", "CT")
    assert images.key_images(told.series, 3) == [(series, 2), (series, 5)]
    assert images.key_images(told.series, 1) == [(series, 2)]


def test_values_go_through_rescale_and_window(record, tmp_path):
    told = study_of(record, a_series(tmp_path, 1))
    shown = images.frame(record, told.series[0].slices[0])
    real = shown.values * shown.slope + shown.intercept
    assert (real.min(), real.max()) == (-1000, 1000)
    grey = np.frombuffer(images.pixels(shown, 0, 400), np.uint8)
    assert grey[real.ravel() <= -200].max() == 0
    assert grey[real.ravel() >= 200].min() == 255


def test_white_and_black_change_places_in_monochrome1(tmp_path):
    (path,) = a_series(tmp_path, 1)
    plain = decoded(path.read_bytes(), 0, "x")
    dataset = pydicom.dcmread(path)
    dataset.PhotometricInterpretation = "MONOCHROME1"
    dataset.save_as(path)
    turned = decoded(path.read_bytes(), 0, "x")
    one, other = (np.frombuffer(images.pixels(shown, 0, 400), np.uint8) for shown in (plain, turned))
    assert (one + other == 255).all()


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("MR_small_RLE.dcm", (64, 64)),
        ("JPEG2000.dcm", (1024, 256)),
        ("SC_rgb_jpeg_dcmtk.dcm", (100, 100, 3)),
        ("examples_palette.dcm", (350, 800, 3)),
        ("rtdose.dcm", (10, 10)),
    ],
)
def test_the_usual_compressions_are_drawn(name, shape):
    assert decoded(bundled(name), 0, name).values.shape == shape


@pytest.mark.parametrize("syntax", [JPEGLossless, JPEGLosslessSV1])
@pytest.mark.parametrize("name", ["CT_small.dcm", "SC_rgb_small_odd.dcm"])
def test_lossless_jpeg_gives_back_every_value(name, syntax):
    plain = pydicom.dcmread(get_testdata_file(name))
    wide = plain.pixel_array.astype(f"u{plain.BitsAllocated // 8}")
    precision = plain.BitsAllocated
    coded = written(wide.reshape(*wide.shape[:2], -1).tolist(), 1, precision)
    plain.PixelData, plain.file_meta.TransferSyntaxUID = encapsulate([coded]), syntax
    plain["PixelData"].VR = "OB"
    kept = BytesIO()
    plain.save_as(kept)
    assert (decoded(kept.getvalue(), 0, name).values == decoded(bundled(name), 0, name).values).all()


@pytest.mark.parametrize("name", ["MR_small_jpeg_ls_lossless.dcm", "MR_truncated.dcm"])
def test_what_cannot_be_drawn_says_so_calmly(name):
    with pytest.raises(UnreadableSourceError) as told:
        decoded(bundled(name), 0, name)
    assert name in str(told.value)


def test_files_without_images_are_counted(shared_records):
    assert header((shared_records / "dicom" / "test-SR.dcm").read_bytes()) is None
    assert header((shared_records / "dicom" / "CT_small.dcm").read_bytes()).columns == 128


def test_the_other_date_follows_by_position_and_else_by_its_share():
    def series(places):
        return images.ImageSeries("s", "CT", "", "", tuple(images.Slice("d", n, at) for n, at in enumerate(places)))

    assert images.nearest(series([0, 2, 4, 6]), series([0, 1, 2, 3, 4, 5, 6]), 2) == 4
    assert images.nearest(series([0, 2, 4]), series([100, 101, 102, 103, 104]), 1) == 2
    assert images.nearest(series([None] * 3), series([None] * 5), 2) == 4


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"ImageOrientationPatient": [1, 0, 0, 0, 1, 0]}, ("R", "A", "L", "P")),
        ({"ImageOrientationPatient": [1, 0, 0, 0, 0, -1]}, ("R", "H", "L", "F")),
        ({"ImageOrientationPatient": [0, 1, 0, 0, 0, -1]}, ("A", "H", "P", "F")),
        ({"ImageOrientationPatient": [-1, 0, 0, 0, -1, 0]}, ("L", "P", "R", "A")),
        ({"ImageOrientationPatient": [0.9, 0.436, 0, 0, 0, -1]}, ("RA", "H", "LP", "F")),
        ({"ImageOrientationPatient": [0.9951, 0.099, 0, 0, 0, -1]}, ("R", "H", "L", "F")),
        ({"PatientOrientation": ["L", "F"]}, ("R", "H", "L", "F")),
        ({"PatientOrientation": ["A", "FR"]}, ("P", "HL", "A", "FR")),
        ({"PatientOrientation": ""}, ()),
        ({"PatientOrientation": ["LE", "CR"]}, ()),
        ({"ImageOrientationPatient": [0, 0, 0, 0, 0, 0]}, ()),
        ({"ImageOrientationPatient": [1, 0, 0, 0, 1, 0], "AnatomicalOrientationType": "QUADRUPED"}, ()),
        ({}, ()),
    ],
)
def test_the_sides_of_the_patient_are_told_where_the_file_tells_them_and_else_not(told, expected):
    dataset = pydicom.Dataset()
    for name, value in told.items():
        setattr(dataset, name, value)
    assert sides(dataset, 0) == expected


def test_places_are_compared_only_along_one_direction():
    across, along = (
        images.ImageSeries(name, "CT", "", "", (), plane) for name, plane in (("a", (0, 0, 1)), ("b", (1, 0, 0)))
    )
    assert images.comparable(across, across)
    assert not images.comparable(across, along)


def test_images_are_offered_only_where_a_file_holds_some(record, tmp_path):
    path = a_series(tmp_path, 1)[0]
    without = pydicom.dcmread(path)
    del without.PixelData, without.Rows, without.Columns
    without.SOPClassUID = without.file_meta.MediaStorageSOPClassUID = (
        "1.2.840.10008.5.1.4.1.1.11.1"  # how to show others
    )
    without.save_as(tmp_path / "state.dcm", enforce_file_format=True)
    path.unlink()
    told = study_of(record, [tmp_path / "state.dcm"])
    assert not images.has_images(told.entry)
    assert images.studies(record, told.entry.person) == []
    assert told.without == 1


def test_the_windows_of_ct_are_the_customary_ones():
    """Centre and width in Hounsfield units: what a radiologist's own screen has under these names."""
    windows = {name: (centre, width) for name, _words, centre, width in images.PRESETS}
    assert windows == {"soft": (40, 400), "lung": (-600, 1500), "bone": (400, 1800), "brain": (40, 80)}


@pytest.mark.parametrize(("where", "number"), [(0.0, 0), (2.4, 0), (2.6, 1), (10.0, 2), (-0.1, 1), (10.1, 1)])
def test_a_place_is_that_of_the_nearest_image_while_the_other_series_reaches_so_far(where, number):
    """Beyond its ends the share of the series tells: the middle of one beside the middle of the other."""
    own = SimpleNamespace(slices=[SimpleNamespace(position=place) for place in (-50.0, where, 50.0)])
    other = SimpleNamespace(slices=[SimpleNamespace(position=place) for place in (0.0, 5.0, 10.0)])
    assert images.nearest(own, other, 1) == number
