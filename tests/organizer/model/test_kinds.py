"""A kind's declaration is enough: it is written, read, listed, searched, undone and printed by it alone."""

import pytest

from organizer.base.errors import InvalidEntryError
from organizer.model.entry import Entry
from organizer.model.kind import FieldType
from organizer.model.kinds import KINDS, find_kind
from organizer.services.entries import entries, search
from organizer.services.entries.entries import Query
from organizer.services.record import history, sample
from tests.made_records import opened_copy
from tests.organizer.samples import typed

BY_NAME = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


@pytest.fixture(scope="module")
def record(blank_record, tmp_path_factory):
    with opened_copy(blank_record(), tmp_path_factory.mktemp("kinds")) as made:
        yield made


@pytest.fixture(scope="module")
def person(record):
    return entries.find(record, Query(kinds=("Patient",)))[0].id


@BY_NAME
def test_what_is_typed_is_kept_found_undone_and_redone(record, person, kind):
    fields = typed(kind) | {"title": f"Zebra {kind.name}"}
    changes = entries.add(record, kind.name, person, fields)
    kept = entries.get(record, changes.entries[0])
    for field in kind.fields:
        if field.type is not FieldType.TABLE:
            assert kind.show(kept, field), field.name
    assert kept.id in {hit.id for hit in search.search(record, f"zebra {kind.name}")}
    history.undo(record)
    assert kept.id not in {one.id for one in entries.find(record, Query(kinds=(kind.name,), include_struck=True))}
    history.redo(record)
    assert entries.get(record, kept.id) == kept


@BY_NAME
def test_its_view_shows_it(record, person, kind):
    changes = entries.add(record, kind.name, person, typed(kind) | {"title": f"Seen {kind.name}"})
    views = {name for (name,) in record.rows("SELECT name FROM sqlite_master WHERE type = 'view'")}
    (view,) = (name for name in views if name.replace("_", "").lower() == kind.name.lower())
    rows = record.rows(f"SELECT title FROM {view} WHERE id = ?", [changes.entries[0]])
    assert [title for (title,) in rows] == [f"Seen {kind.name}"]


@BY_NAME
def test_an_edit_keeps_what_it_does_not_touch_and_remembers_what_was(record, person, kind):
    changes = entries.add(record, kind.name, person, typed(kind) | {"title": "Before"})
    before = entries.get(record, changes.entries[0])
    entries.edit(record, before.id, {"title": "After"})
    after = entries.get(record, before.id)
    assert after == before.having(title="After")
    assert entries.revisions(record, before.id)[0].entry == before


@BY_NAME
@pytest.mark.parametrize(
    ("kind_of_field", "wrong"),
    [(FieldType.DATE, "soon"), (FieldType.NUMBER, "seven"), (FieldType.SCALE, "11"), (FieldType.FLAG, "maybe")],
    ids=["date", "number", "scale", "flag"],
)
def test_what_does_not_fit_a_field_is_refused_by_name(record, person, kind, kind_of_field, wrong):
    for field in kind.fields:
        if field.type is kind_of_field:
            with pytest.raises(InvalidEntryError) as refused:
                entries.draft(kind.name, person, typed(kind) | {field.name: wrong})
            assert refused.value.next_step


@BY_NAME
def test_a_title_is_what_a_person_must_give(kind):
    assert kind.label
    assert kind.plural
    assert kind.columns, "a table of this kind would be empty"


def test_rows_of_a_table_are_told_in_words_without_signs_of_a_program():
    field = find_kind("FamilyMemberHistory").field("conditions")
    rows = [{"title": "Myocardial infarction", "onset": "57 years"}, {"title": "Diabetes", "onset": None}]
    assert field.show(rows) == "Myocardial infarction, 57 years; Diabetes"


@pytest.mark.parametrize(
    ("typed_number", "kept"),
    [("7,5", 7.5), ("0,125", 0.125), ("72", 72.0), ("-3,25", -3.25), ("1.234,5", 1234.5), ("12 500", 12500.0)],
)
def test_a_decimal_comma_is_read(person, typed_number, kept):
    assert entries.draft("Goal", person, {"title": "Goal", "target_low": typed_number}).data["target_low"] == kept


@pytest.mark.parametrize("unclear", ["1,234", "25.000", "1,2,3"])
def test_a_mark_that_may_part_thousands_is_asked_again(person, unclear):
    with pytest.raises(InvalidEntryError):
        entries.draft("Goal", person, {"title": "Goal", "target_low": unclear})


def test_a_typed_value_is_a_number_whatever_its_decimal_mark_and_never_silently_words(person):
    fields = {"title": "INR", "happened": "2026-02-01"}
    entry = entries.draft("Observation", person, fields | {"value_text": "1,42"})
    assert (entry.value, entry.value_text) == (1.42, "1.42")
    entry = entries.draft("Observation", person, fields | {"value_text": "< 0,5 mg/L"})
    assert (entry.value, entry.comparator, entry.unit) == (0.5, "<", "mg/L")
    entry = entries.draft("Observation", person, fields | {"value_text": "Trace"})
    assert (entry.value, entry.value_text) == (None, "Trace")


def test_a_typed_value_that_can_be_two_numbers_is_asked_and_says_how_to_write_each(person):
    with pytest.raises(InvalidEntryError) as asked:
        entries.draft("Observation", person, {"title": "Platelets", "value_text": "250,000"})
    assert "250000" in asked.value.next_step
    assert "250.0000" in asked.value.next_step
    assert entries.draft("Observation", person, {"title": "P", "value_text": "250000"}).value == 250_000
    assert entries.draft("Observation", person, {"title": "P", "value_text": "250.0000"}).value == 250


def test_a_number_of_a_program_is_not_asked_about(person):
    assert entries.draft("Observation", person, {"title": "TSH", "value_text": 2.345}).value == 2.345
    assert entries.draft("Goal", person, {"title": "Goal", "target_low": 2.345}).data["target_low"] == 2.345


def test_a_value_that_a_form_gives_back_unchanged_stays_as_it_was(record, person):
    added = entries.add(record, "Observation", person, {"title": "TSH", "value_text": 2.345})
    (entry_id,) = added.entries
    entries.edit(record, entry_id, {"value_text": "2.345", "note": "again"})
    kept = entries.get(record, entry_id)
    assert (kept.value, kept.value_text, kept.text("note")) == (2.345, "2.345", "again")


@pytest.mark.parametrize(
    ("typed_date", "day"),
    [("5-Jan-26", "2026-01-05"), ("31.12.2025", "2025-12-31"), ("März 2019", "2019-03"), ("2019", "2019")],
)
def test_a_typed_date_is_kept_as_a_record_writes_it(person, typed_date, day):
    assert entries.draft("Condition", person, {"title": "Asthma", "happened": typed_date}).happened.text == day


def test_a_typed_date_that_may_be_two_is_asked(person):
    with pytest.raises(InvalidEntryError) as asked:
        entries.draft("Condition", person, {"title": "Asthma", "happened": "03/04/2026"})
    assert "2026-04-03" in asked.value.next_step
    assert "2026-03-04" in asked.value.next_step


def test_all_that_importers_and_services_write_is_declared(sample_record, tmp_path):
    facts = sample.facts()
    with opened_copy(sample_record, tmp_path, facts.passphrase) as opened:
        kept = entries.find(opened, Query())
    undeclared = {
        (entry.kind, name) for entry in kept for name in entry.data if find_kind(entry.kind).field(name) is None
    }
    assert len(kept) > 100
    assert undeclared == set()


def test_a_dose_is_shown_without_what_is_misread_in_it():
    kind = find_kind("MedicationStatement")
    entry = Entry("MedicationStatement", "Insulin", data={"dose": "18 [iU]"})
    assert kind.show(entry, kind.field("dose")) == "18 units"


@pytest.mark.parametrize(("type_", "highest"), [(FieldType.SCALE, 10), (FieldType.WEIGHT, 5)])
def test_a_scale_begins_at_nought_and_has_its_end(type_, highest):
    field = next(field for kind in KINDS for field in kind.fields if field.type is type_)
    for number in (0, highest):
        assert field.parse(str(number)) == number
    for text in (str(highest + 1), "-1", "1.5"):
        with pytest.raises(InvalidEntryError):
            field.parse(text)
