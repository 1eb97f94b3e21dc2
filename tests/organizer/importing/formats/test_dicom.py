"""Radiology discs: one study however many files, reports in words, what is missing named."""

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom import dcmwrite
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

from organizer.base.errors import UnreadableSourceError
from organizer.base.progress import NoProgress
from organizer.importing.core.format import SourceFile
from organizer.importing.core.run import recognise
from organizer.importing.formats.dicom import DICOM
from organizer.model.kinds import find_kind
from organizer.services.bring_in import importing
from organizer.services.entries.entries import Query, find
from tests.made_records import opened_copy

CT, REPORT = "1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.1.88.11"


def concept(words):
    coded = Dataset()
    coded.CodeMeaning = words
    return [coded]


def dicom(instance=1, kind=CT, **attributes):
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.MediaStorageSOPClassUID = kind
    dataset.file_meta.MediaStorageSOPInstanceUID = f"1.2.3.{instance}"
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    told = {
        "SOPClassUID": kind, "SOPInstanceUID": f"1.2.3.{instance}", "StudyInstanceUID": "1.2.3",
        "StudyDate": "20260302",
        "PatientName": "Quill^Ada", "PatientID": "A-100", "PatientBirthDate": "19750211", "PatientSex": "F",
        "Modality": "CT", "StudyDescription": "CT chest", "BodyPartExamined": "CHEST", "InstanceNumber": instance,
    }  # fmt: skip
    for name, value in (told | attributes).items():
        setattr(dataset, name, value)
    paper = BytesIO()
    dataset.save_as(paper, enforce_file_format=True)
    return paper.getvalue()


def read(data, name="IM000001"):
    source = SourceFile(name, data=data)
    assert recognise(source) is DICOM
    return DICOM.read(source, NoProgress())


def test_a_slice_tells_patient_and_study():
    patient, study = (one.entry for one in read(dicom()).drafts)
    assert (patient.title, patient.data["birth_date"], patient.data["sex"]) == ("Ada Quill", "1975-02-11", "female")
    assert (study.kind, study.title, study.happened.text) == ("ImagingStudy", "CT chest", "2026-03-02")
    assert (study.data["modality"], study.data["body_site"]) == ("CT", "Chest")


def test_a_disc_of_many_slices_is_one_study_with_every_file_behind_it(blank_record, tmp_path):
    disc = tmp_path / "disc"
    disc.mkdir()
    for number in range(1, 8):
        (disc / f"IM{number:06}").write_bytes(dicom(number))
    with opened_copy(blank_record("Ada Quill"), tmp_path) as record:
        plan = importing.plan_import(record, [disc], "", NoProgress())
        importing.accept_import(record, plan, NoProgress())
        (study,) = find(record, Query(kinds=("ImagingStudy",)))
        assert len(study.sources) == 7
        assert len(find(record, Query(kinds=("Patient",)))) == 1
        again = importing.plan_import(record, [disc], "", NoProgress())
        assert not any(item.writes for item in again.items())


def test_a_study_of_two_kinds_of_images_is_one_entry(blank_record, tmp_path):
    for number, modality in enumerate(("CT", "PT", "CT", "PT"), 1):
        (tmp_path / f"IM{number:06}").write_bytes(dicom(number, Modality=modality))
    with opened_copy(blank_record("Ada Quill"), tmp_path) as record:
        paths = sorted(tmp_path.glob("IM*"))
        importing.accept_import(record, importing.plan_import(record, paths, "", NoProgress()), NoProgress())
        (study,) = find(record, Query(kinds=("ImagingStudy",)))
        assert len(study.sources) == 4


def test_a_structured_report_is_read_in_words():
    finding, impression = Dataset(), Dataset()
    finding.ValueType, finding.ConceptNameCodeSequence, finding.TextValue = "TEXT", concept("Finding"), "A nodule."
    impression.ValueType, impression.ConceptNameCodeSequence = "TEXT", concept("Impression")
    impression.TextValue = "Benign nodule."
    data = dicom(kind=REPORT, ConceptNameCodeSequence=concept("Chest CT report"), ContentSequence=[finding, impression])
    report = read(data).drafts[-1].entry
    assert (report.kind, report.title) == ("DiagnosticReport", "Chest CT report")
    assert report.data["conclusion"] == "Benign nodule."
    assert report.data["text"].splitlines() == ["Finding: A nodule.", "Impression: Benign nodule."]


def test_names_in_other_scripts_come_through():
    data = dicom(SpecificCharacterSet="ISO_IR 192", PatientName="山田^太郎")
    assert read(data).drafts[0].entry.title == "太郎 山田"


def test_without_a_name_the_study_is_still_read():
    assert [one.entry.kind for one in read(dicom(PatientName="")).drafts] == ["ImagingStudy"]


def test_what_breaks_off_at_once_is_refused_by_name():
    with pytest.raises(UnreadableSourceError) as refused:
        read(bytes(128) + b"DICM" + b"\x02\x00\x00\x00UL\x04")
    assert "IM000001" in refused.value.message


@given(st.binary(max_size=40), st.integers(132, 700))
def test_no_damage_brings_a_crash(noise, place):
    """It is refused by the file's name, or what can still be read of it has kinds and titles."""
    whole = dicom()
    damaged = whole[:place] + noise + whole[place + len(noise) :]
    reading = refusal = None
    try:
        reading = DICOM.read(SourceFile("IM000001", data=damaged), NoProgress())
    except UnreadableSourceError as refused:
        refusal = refused
    if reading is None:
        assert "IM000001" in refusal.message
        assert refusal.next_step
    else:
        assert all(find_kind(draft.entry.kind) and draft.entry.title for draft in reading.drafts)


def test_the_shared_disc_is_read_whole(shared_records):
    folder = shared_records / "dicom" / "TINY_ALPHA"
    reading = DICOM.read(SourceFile("DICOMDIR", folder / "DICOMDIR"), NoProgress())
    there = {path.name for path in folder.rglob("IM*")}
    missing = [one for one in reading.skipped if one.what == "image"]
    assert there
    assert all(one.where.rpartition("/")[2] not in there for one in missing)


def bare(little=True, implicit=False):
    """A data set without preamble and file header, as old devices wrote it."""
    dataset = Dataset()
    dataset.SOPClassUID, dataset.SOPInstanceUID, dataset.StudyInstanceUID = CT, "1.2.3.9", "1.2.3"
    dataset.StudyDate, dataset.Modality, dataset.PatientName = "20260302", "CT", "Quill^Ada"
    paper = BytesIO()
    dcmwrite(paper, dataset, enforce_file_format=False, little_endian=little, implicit_vr=implicit)
    return paper.getvalue()


@pytest.mark.parametrize(("little", "implicit"), [(True, False), (True, True), (False, False)])
def test_a_bare_data_set_without_a_file_header_is_read(little, implicit):
    reading = read(bare(little, implicit))
    told = [(one.entry.kind, one.entry.title) for one in reading.drafts]
    assert told == [("Patient", "Ada Quill"), ("ImagingStudy", "CT")]


def test_a_document_within_is_a_document_with_its_words():
    pdf = (Path(__file__).parents[3] / "data" / "documents" / "text.pdf").read_bytes()
    more = {
        "DocumentTitle": "Letter of the clinic", "MIMETypeOfEncapsulatedDocument": "application/pdf",
        "EncapsulatedDocument": pdf + bytes(len(pdf) % 2),
    }  # fmt: skip
    reading = read(dicom(kind="1.2.840.10008.5.1.4.1.1.104.1", **more))
    letter = reading.drafts[-1].entry
    assert (letter.kind, letter.title, letter.data["media_type"]) == (
        "DocumentReference", "Letter of the clinic", "application/pdf",
    )  # fmt: skip
    assert letter.data["file"] == reading.embedded[0].sha256
    assert letter.data["page_texts"][0]


def test_a_file_that_names_nobody_and_nothing_is_refused_plainly():
    nothing = dict.fromkeys(("SOPInstanceUID", "StudyInstanceUID", "PatientName"), "")
    with pytest.raises(UnreadableSourceError, match="neither a study nor a person"):
        read(dicom(**nothing))


@pytest.mark.parametrize("kept", [1.0, 0.999, 0.5])
def test_a_slice_that_breaks_off_says_so(checkout, kept):
    whole = (checkout / "tests/data/cases_records/g02/half-a-slice.dcm").read_bytes()
    whole += bytes(2 * 128 * 128 - (len(whole) - whole.rfind(b"\xe0\x7f\x10\x00") - 12))
    reading = DICOM.read(SourceFile("I1", data=whole[: int(len(whole) * kept)]), NoProgress())
    assert bool(reading.warnings) == (kept < 1)
    assert [draft.entry.kind for draft in reading.drafts] == ["Patient", "ImagingStudy"]
