import io
from dataclasses import replace

import pytest

from organizer.base.errors import InvalidEntryError, NotFoundError
from organizer.base.progress import NoProgress
from organizer.services.bring_in import importing, lab_reports
from organizer.services.entries.entries import Query, counts, find, get, linked_to
from organizer.services.record import history

CANVAS = pytest.importorskip("reportlab.pdfgen.canvas")
SODIUM = ("Sodium", "140", "mmol/L", "134 - 146")
POTASSIUM = ("Potassium", "4.1", "mmol/L", "3.5 - 5.3")


def report(*rows: tuple[str, str, str, str], day: str = "21/03/2024") -> bytes:
    kept = io.BytesIO()
    canvas = CANVAS.Canvas(kept, pagesize=(600, 800))
    canvas.drawString(40, 760, f"Date collected: {day}")
    for place, row in enumerate([("Test", "Result", "Units", "Reference range"), *rows]):
        for x, text in zip((40, 200, 280, 380), row, strict=True):
            canvas.drawString(x, 720 - 20 * place, text)
    canvas.save()
    return kept.getvalue()


@pytest.fixture
def kept(record, tmp_path):
    """A function that keeps a report in the record and reads it."""

    def keep(data: bytes, name: str = "report.pdf"):
        path = tmp_path / name
        path.write_bytes(data)
        plan = importing.plan_import(record, [path], "", NoProgress())
        importing.accept_import(record, plan, NoProgress())
        return lab_reports.propose(record, plan.files[0].source.sha256, NoProgress())

    return keep


def person_of(record) -> str:
    return find(record, Query(kinds=("Patient",)))[0].id


def results(record):
    return find(record, Query(kinds=("Observation",)))


def test_reading_a_report_writes_nothing(record, kept) -> None:
    told = kept(report(SODIUM, POTASSIUM))
    assert [one.name for one in told.proposals] == ["Sodium", "Potassium"]
    assert results(record) == []


def test_what_is_taken_knows_its_place_and_hangs_on_its_document(record, kept) -> None:
    told = kept(report(SODIUM, POTASSIUM))
    changes = lab_reports.accept(record, told, told.proposals[:1], person_of(record))
    (sodium,) = results(record)
    assert changes.kinds == {"Observation": 1, "DiagnosticReport": 1}
    assert (sodium.title, sodium.value, sodium.unit, sodium.code) == ("Sodium", 140, "mmol/L", "2951-2")
    assert (sodium.data["range_low"], sodium.data["range_high"], sodium.text("range_text")) == (134, 146, "134 - 146")
    assert str(sodium.happened) == "2024-03-21"
    assert sodium.sources[0].document == told.sha256
    assert sodium.sources[0].locator.startswith("page=1&box=0.0667,")
    (holder,) = linked_to(record, sodium.id, "result")
    paper = get(record, holder.targets("document")[0])
    assert paper.kind == "DocumentReference"
    assert sodium.targets("member-of") == (holder.id,)


def test_one_undo_takes_all_of_it_back(record, kept) -> None:
    told = kept(report(SODIUM, POTASSIUM))
    before = counts(record)
    lab_reports.accept(record, told, told.proposals, person_of(record))
    history.undo(record)
    assert counts(record) == before


def test_the_same_report_again_says_what_is_there_and_adds_nothing_twice(record, kept) -> None:
    told = kept(report(SODIUM, POTASSIUM))
    lab_reports.accept(record, told, told.proposals[:1], person_of(record))
    again = lab_reports.propose(record, told.sha256, NoProgress())
    assert again.known == frozenset({0})
    lab_reports.accept(record, again, again.proposals, person_of(record))
    assert sorted(one.title for one in results(record)) == ["Potassium", "Sodium"]
    assert counts(record)["DiagnosticReport"] == 1


def test_a_result_that_another_document_brought_gets_a_second_source(record, kept) -> None:
    first = kept(report(SODIUM))
    lab_reports.accept(record, first, first.proposals, person_of(record))
    second = kept(report(SODIUM, POTASSIUM), "the same again.pdf")
    lab_reports.accept(record, second, second.proposals, person_of(record))
    sodium = next(one for one in results(record) if one.title == "Sodium")
    assert {source.document for source in sodium.sources} == {first.sha256, second.sha256}
    assert len(results(record)) == 2


def test_another_value_for_the_same_day_is_kept_as_a_conflict(record, kept) -> None:
    first = kept(report(SODIUM))
    lab_reports.accept(record, first, first.proposals, person_of(record))
    second = kept(report(("Sodium", "151", "mmol/L", "134 - 146")), "another.pdf")
    lab_reports.accept(record, second, second.proposals, person_of(record))
    assert sorted(one.value for one in results(record)) == [140, 151]
    assert any(one.targets("conflicts-with") for one in results(record))


def test_corrections_are_read_like_what_is_printed(record, kept) -> None:
    (sodium,) = kept(report(SODIUM)).proposals
    doubtful = replace(sodium, doubts=("Hard to read.",))
    fixed = lab_reports.corrected(doubtful, "value", "<0,5")
    assert (fixed.value, fixed.comparator, fixed.certain) == ("0.5", "<", True)
    assert lab_reports.corrected(sodium, "unit", "mEq/L").unit == "meq/L"
    assert lab_reports.corrected(sodium, "name", "Potassium").loinc == "2823-3"
    assert lab_reports.corrected(sodium, "name", "Zyzzogen").loinc == ""
    assert lab_reports.corrected(sodium, "range", "3,5 - 5,1").high == 5.1
    assert lab_reports.corrected(sodium, "date", "").date is None
    with pytest.raises(InvalidEntryError):
        lab_reports.corrected(sodium, "date", "last week")
    with pytest.raises(InvalidEntryError):
        lab_reports.corrected(sodium, "value", " ")


def test_nothing_ticked_and_nothing_kept_are_said_calmly(record, kept) -> None:
    told = kept(report(SODIUM))
    with pytest.raises(InvalidEntryError, match="No result is ticked"):
        lab_reports.accept(record, told, [], person_of(record))
    with pytest.raises(NotFoundError):
        lab_reports.propose(record, "0" * 64, NoProgress())


def test_only_what_has_pages_is_offered() -> None:
    assert lab_reports.can_read(b"%PDF-1.7")
    assert lab_reports.can_read(b"\xff\xd8\xff\xe0")
    assert not lab_reports.can_read(b"<ClinicalDocument>")


PLATELETS = ("Platelets", "250,000", "/uL", "150,000 - 450,000")


def test_a_corrected_number_is_read_by_the_marks_of_its_report(kept) -> None:
    platelets = kept(report(POTASSIUM, PLATELETS)).proposals[1]
    assert (platelets.value, platelets.low, platelets.high) == ("250000", 150_000, 450_000)
    for typed, value in (("250,000", "250000"), ("1.234,5", "1234.5"), ("12 500", "12500"), ("1,50,000", "150000")):
        assert lab_reports.corrected(platelets, "value", typed).value == value
    spread = lab_reports.corrected(platelets, "range", "150,000 - 400,000")
    assert (spread.low, spread.high) == (150_000, 400_000)


def test_a_corrected_number_that_may_be_two_is_asked_where_the_report_shows_no_mark(kept) -> None:
    (sodium,) = kept(report(SODIUM)).proposals
    assert lab_reports.corrected(sodium, "value", "140,000").value == "140.000"  # near its range it is one
    far = replace(sodium, low=None, high=None)
    with pytest.raises(InvalidEntryError) as asked:
        lab_reports.corrected(far, "value", "140,000")
    assert "140000" in asked.value.next_step
    with pytest.raises(InvalidEntryError):
        lab_reports.corrected(sodium, "range", "134,000 - 146,000")


def test_a_corrected_day_is_read_however_it_is_written(kept) -> None:
    (sodium,) = kept(report(SODIUM)).proposals
    for typed in ("05.03.2025", "5 March 2025", "2025-03-05", "5-Mar-25"):
        assert lab_reports.corrected(sodium, "date", typed).date.text == "2025-03-05"
    with pytest.raises(InvalidEntryError) as asked:
        lab_reports.corrected(sodium, "date", "3/5/2025")
    assert "2025-05-03" in asked.value.next_step
