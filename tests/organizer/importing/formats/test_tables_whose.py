"""Whose a table is, as far as what stands around it tells."""

from io import BytesIO

import openpyxl
import pytest

from organizer.base.progress import NoProgress
from organizer.importing.core.format import SourceFile
from organizer.importing.formats.tables import TABLES

ROWS = "Date,Test,Result\n2026-01-05,HbA1c,9.8\n"


def read(data, name="table.csv"):
    source = SourceFile(name, data=data if isinstance(data, bytes) else data.encode())
    return TABLES.read(source, NoProgress())


def workbook(*names, headings=("Date", "Test", "Result")):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in names:
        sheet = book.create_sheet(name)
        sheet.append(headings)
        sheet.append(("2026-01-05", "HbA1c", 9.8))
    written = BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    "above", ["Patient Name,Boris Example\n", "Patient: Boris Example,,\n\n", "Name,Boris Example,\n"]
)  # fmt: skip
def test_a_name_above_the_headings_is_whose_it_is(above):
    assert [draft.patient_name for draft in read(above + ROWS).drafts] == ["Boris Example"]


def test_a_date_of_birth_above_the_headings_is_told():
    (draft,) = read(f"Blood results,,\nDOB 04/05/1961,,\n{ROWS}").drafts
    assert draft.patient_born == ("1961-05-04", "1961-04-05")


def test_what_is_kept_as_a_document_is_theirs_too():
    (draft,) = read("Patient: Boris Example,,\nKarma,Luck,Aura\n1,2,3\n1,2,3\n").drafts
    assert (draft.entry.kind, draft.patient_name) == ("DocumentReference", "Boris Example")


def test_sheets_that_are_called_as_people_are_may_be_theirs():
    assert [draft.patient_name for draft in read(workbook("Boris", "Ada")).drafts] == ["Boris", "Ada"]


@pytest.mark.parametrize(
    "names",
    [("Boris",), ("Sheet1", "Sheet2"), ("January", "February"), ("Lab", "Home"), ("Hemoglobin", "Platelets"),
     ("2025", "2026"), ("Labor", "Urin"), ("Jan 2026", "Feb 2026"), ("Ada", "Blood pressure")],
)  # fmt: skip
def test_other_names_of_sheets_are_nobodys(names):
    assert {draft.patient_name for draft in read(workbook(*names)).drafts} == {""}


def test_beside_measures_a_column_called_name_is_whose_they_are():
    reading = read("Name,Date,Systolic,Diastolic\nAnna,2026-01-05,120,80\nBoris,2026-01-05,150,95\n")
    assert [draft.patient for draft in reading.drafts if draft.entry.kind == "Observation"] == ["Anna", "Boris"]
    assert [draft.patient_name for draft in read("Name,Date,Weight (kg)\nBoris Meier,2026-01-05,120\n").drafts] == [
        "Boris Meier"
    ]
