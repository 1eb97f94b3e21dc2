"""From files to the record: counts add up, the same again adds nothing, undo leaves it as it was."""

import shutil
import subprocess
import sys
import textwrap
from io import BytesIO
from pathlib import Path

import pydicom
import pytest

from organizer.base.errors import Cancelled, DiskError, WrongPassphraseError
from organizer.base.progress import NoProgress
from organizer.services.bring_in import importing
from organizer.services.entries import entries
from organizer.services.entries.entries import Query
from organizer.services.record import history, records, sample
from organizer.store import engine, originals
from tests.made_records import PASSPHRASE

SAMPLE = Path(sample.__file__).parents[3] / "resources" / "sample"
DATA = Path(__file__).parents[2] / "data"


def everything(record):
    return {entry.id: entry for entry in entries.find(record, Query())}


def bring(record, *paths):
    plan = importing.plan_import(record, paths, "", NoProgress())
    if any(item.writes for item in plan.items()):
        importing.accept_import(record, plan, NoProgress())
    return plan


def adds_up(file):
    told = file.as_json()
    parts = sum(sum(told[name].values()) for name in ("new", "known", "updated"))
    return told["read"] == parts + told["conflicts"] + len(told["skipped"])


@pytest.mark.parametrize("name", ["northfield-ccd.xml", "st-annes-fhir-bundle.json", "kidney-biopsy-report.pdf"])
def test_the_same_file_again_adds_nothing(record, name):
    first = bring(record, SAMPLE / name)
    assert all(adds_up(file) for file in first.files)
    assert sum(first.total("new").values()) > 0
    before = everything(record)
    again = bring(record, SAMPLE / name)
    assert again.total("new") == {}
    assert not any(item.writes for item in again.items())
    assert everything(record) == before


def test_two_hospitals_are_joined_where_they_agree_and_shown_where_they_differ(record):
    bring(record, SAMPLE / "northfield-ccd.xml")
    plan = bring(record, SAMPLE / "st-annes-fhir-bundle.json")
    assert sum(plan.total("known").values()) >= 5
    conflicts = {item.entry.title for item in plan.items() if item.verdict == "conflict"}
    assert "Haemoglobin" in conflicts
    again = bring(record, SAMPLE / "st-annes-fhir-bundle.json")
    assert not any(item.writes for item in again.items())


def test_undo_leaves_the_record_as_it_was_also_after_a_restart(blank_record, tmp_path):
    folder = shutil.copytree(blank_record(), tmp_path / "B.casebook")
    record = records.open_record(folder, PASSPHRASE)
    before = everything(record)
    bring(record, SAMPLE / "st-annes-fhir-bundle.json")
    after = everything(record)
    records.close(record)
    record = records.open_record(folder, PASSPHRASE)
    history.undo(record)
    assert everything(record) == before
    history.redo(record)
    assert everything(record) == after
    records.close(record)


def test_a_wrong_passphrase_is_refused_plainly(blank_record):
    with pytest.raises(WrongPassphraseError) as refused:
        records.open_record(blank_record(), "another one")
    assert refused.value.next_step


@pytest.mark.parametrize("name", ["fhir/truncated.json", "ccda/truncated.xml", "ccda/entity-bomb.xml"])
def test_a_damaged_file_is_named_and_nothing_enters(record, name):
    before = everything(record)
    plan = bring(record, DATA / name)
    assert plan.files[0].error is not None
    assert plan.files[0].error.next_step
    assert everything(record) == before


def test_every_shared_record_is_accounted_for(record, shared_records):
    folders = ("fhir_r4_synthea", "ips", "ccda_documents", "ccda_fragments")
    plan = bring(record, *(shared_records / folder for folder in folders))
    assert len(plan.files) > 45
    assert all(adds_up(file) for file in plan.files)
    again = bring(record, *(shared_records / folder for folder in folders))
    assert again.total("new") == {}


def test_what_was_kept_in_conflict_is_known_when_its_file_comes_again(record, tmp_path):
    first = DATA / "fhir" / "same-fact-other-value.json"
    other = tmp_path / "the-portal-again.json"
    other.write_text(first.read_text("utf-8").replace('"value": 69,', '"value": 71,'), "utf-8")
    bring(record, first)
    assert bring(record, other).files[0].conflicts == 1
    before = everything(record)
    for path in (first, other):
        assert not any(item.writes for item in bring(record, path).items())
    assert everything(record) == before


def test_a_file_that_becomes_no_entry_is_kept_as_a_document(record, tmp_path):
    path = tmp_path / "accounts.json"
    path.write_text('{"resourceType": "Account", "id": "c1"}', "utf-8")
    before = everything(record)
    plan = bring(record, path)
    assert adds_up(plan.files[0])
    (document,) = entries.find(record, Query(kinds=("DocumentReference",)))
    assert (document.title, document.sources[0].document) == ("accounts.json", document.text("file"))
    assert "Account" in document.text("note")
    assert not any(item.writes for item in bring(record, path).items())
    history.undo(record)
    assert everything(record) == before


def test_files_that_only_say_who_or_of_what_are_one_document_together(record):
    folder = DATA / "fhir_cases" / "phone_clinical_records"
    bring(record, folder)
    (kept,) = [one for one in entries.find(record, Query(kinds=("DocumentReference",))) if "Files" in one.title]
    assert sorted(source.file_name for source in kept.sources) == ["Binary-b1.json", "Medication-md1.json"]
    assert not any(item.writes for item in bring(record, folder).items())


def test_a_study_of_many_slices_is_one_entry_that_knows_each_file(record, tmp_path):
    disc = tmp_path / "disc"
    disc.mkdir()
    for number in range(30):
        (disc / f"IM{number:03}").write_bytes(a_slice(number))
    plan = bring(record, disc)
    assert all(adds_up(file) for file in plan.files)
    (study,) = entries.find(record, Query(kinds=("ImagingStudy",)))
    assert len({one.document for one in study.sources}) == 30
    again = bring(record, disc)
    assert not any(item.writes for item in again.items())


def a_slice(number):
    made = pydicom.Dataset()
    made.file_meta = pydicom.dataset.FileMetaDataset()
    made.file_meta.TransferSyntaxUID = pydicom.uid.ExplicitVRLittleEndian
    made.file_meta.MediaStorageSOPClassUID = made.SOPClassUID = pydicom.uid.CTImageStorage
    made.file_meta.MediaStorageSOPInstanceUID = made.SOPInstanceUID = f"1.2.3.{number + 1}"
    made.StudyInstanceUID, made.SeriesInstanceUID = "1.2.3", "1.2.4"
    made.PatientName, made.PatientID, made.StudyDate, made.Modality = "Example^Ann", "7", "20260218", "CT"
    out = BytesIO()
    made.save_as(out, enforce_file_format=True)
    return out.getvalue()


class StoppedAt(NoProgress):
    """The person stops the import as soon as it says this."""

    def __init__(self, words):
        self._words, self._reached = words, False

    def report(self, what, done=0, total=None):
        self._reached = self._reached or what.startswith(self._words)

    def check(self):
        if self._reached:
            raise Cancelled


def documents_of(record):
    """Rows of documents, and their files."""
    files = {path for path in (record.path / "originals").rglob("*") if path.is_file()}
    return originals.all_originals(record), files


@pytest.mark.parametrize("words", ["Keeping", "Writing entries"])
def test_an_import_that_is_stopped_leaves_neither_entries_nor_documents(record, words):
    plan = importing.plan_import(record, [SAMPLE / "st-annes-fhir-bundle.json"], "", NoProgress())
    before = everything(record)
    with pytest.raises(Cancelled):
        importing.accept_import(record, plan, StoppedAt(words))
    assert everything(record) == before
    assert documents_of(record) == ([], set())


def test_an_error_of_the_disk_leaves_neither_entries_nor_documents(record, monkeypatch):
    plan = importing.plan_import(record, [SAMPLE / "northfield-ccd.xml"], "", NoProgress())
    before = everything(record)

    class Broken(engine.OperationalError):
        sqlite_errorcode = 10  # SQLITE_IOERR

    def fail(*_given):
        raise Broken("disk I/O error")

    with monkeypatch.context() as patch:
        patch.setattr("organizer.store.change_log._write", fail)
        with pytest.raises(DiskError) as told:
            importing.accept_import(record, plan, NoProgress())
    assert "damaged" not in told.value.message
    assert everything(record) == before
    assert documents_of(record) == ([], set())
    assert importing.accept_import(record, plan, NoProgress()).entries  # and then it comes in


def test_an_import_that_is_killed_while_entries_are_written_leaves_neither(blank_record, tmp_path, checkout):
    folder = shutil.copytree(blank_record(), tmp_path / "K.casebook")
    code = f"""
        import os, signal
        from pathlib import Path
        from organizer.base.progress import NoProgress
        from organizer.services.bring_in import importing
        from organizer.services.record import records
        class Killed(NoProgress):
            def report(self, what, done=0, total=None):
                if what.startswith("Writing"):
                    os.kill(os.getpid(), signal.SIGKILL)
        record = records.open_record(Path({str(folder)!r}), {PASSPHRASE!r})
        plan = importing.plan_import(record, [Path({str(SAMPLE / "northfield-ccd.xml")!r})], "", NoProgress())
        importing.accept_import(record, plan, Killed())
    """
    assert subprocess.run([sys.executable, "-c", textwrap.dedent(code)], cwd=checkout).returncode == -9
    record = records.open_record(folder, PASSPHRASE)
    assert [entry.kind for entry in everything(record).values()] == ["Patient"]
    assert documents_of(record) == ([], set())
    records.close(record)
