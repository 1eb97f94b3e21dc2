"""What is there once docs/adding's kind and section are added: test_followed.py runs this in a copy of the project."""

import json
import re
import shutil
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QMenu, QPushButton

from organizer.base.progress import NoProgress
from organizer.model.kinds import find_kind
from organizer.services.bring_in import importing
from organizer.services.entries import entries, search, timeline
from organizer.services.entries.entries import Query
from organizer.services.opinion import chronologies, packets
from organizer.services.opinion.chronologies import ChronologyWish
from organizer.services.record import exporting, history
from tests.made_records import opened_copy
from tests.organizer.samples import typed
from tests.windows import window_on
from ui.entries.forms.entry_dialog import EntryDialog
from ui.shell.add_menu import AddMenu

NAME = "NutritionOrder"
TYPED = {
    "title": "Without salt",
    "happened": "2026-03-07",
    "avoided": "salt\nliquorice",
    "note": "since the ward",
}


@pytest.fixture(scope="module")
def record(blank_record, tmp_path_factory):
    with opened_copy(blank_record(), tmp_path_factory.mktemp("followed")) as made:
        person = entries.find(made, Query(kinds=("Patient",)))[0].id
        entries.add(made, NAME, person, TYPED)
        yield made


@pytest.fixture(scope="module")
def person(record):
    return entries.find(record, Query(kinds=("Patient",)))[0].id


@pytest.fixture(scope="module")
def diet(record):
    return entries.find(record, Query(kinds=(NAME,)))[0]


@pytest.fixture
def ann(qtbot, blank_record, tmp_path):
    """The window on a record with nothing in it."""
    made = window_on(qtbot, shutil.copytree(blank_record(), tmp_path / "Ann.casebook"))
    idle(made, qtbot)
    yield made
    made.close()


def idle(window, qtbot):
    qtbot.waitUntil(lambda: not window.desk.jobs.running, timeout=20_000)


def printed(record, *sections):
    """The words of the front pages of a packet with these sections alone."""
    chosen = packets.choice(record, include=sections)
    document = pypdfium2.PdfDocument(packets.begun(record, chosen, NoProgress()).front)
    words = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return re.sub(r"\s+", " ", words)


def test_it_is_found_shown_undone_and_brought_back(record, person, diet):
    kind = find_kind(NAME)
    assert {field.name: kind.show(diet, field) for field in kind.columns} == {
        "title": "Without salt",
        "happened": "7 Mar 2026",
    }
    assert [hit.id for hit in search.search(record, "ward")] == [diet.id]
    added = entries.add(record, NAME, person, typed(kind) | {"title": "Without gluten"}).entries[0]
    history.undo(record)
    assert [one.id for one in entries.find(record, Query(kinds=(NAME,)))] == [diet.id]
    history.redo(record)
    assert entries.get(record, added).title == "Without gluten"
    history.undo(record)


def test_it_stands_on_the_timeline_under_other(record, person):
    moments = timeline.timeline(record, person).moments
    assert [(one.group, one.key, one.count) for one in moments] == [("other", "2026-03-07", 1)]
    assert timeline.GROUPS["other"] == ("Other", (NAME,))


def test_it_is_a_line_of_the_chronology_in_its_own_words(record, person):
    told = chronologies.of_person(record, person, ChronologyWish())
    assert [(row.record_type, row.says) for row in told.unsourced] == [("Diet", "“Without salt”")]


def test_it_is_printed_in_the_packet(record):
    words = printed(record, "plain")
    assert "Diets" in words
    assert "Without salt" in words
    assert "7 Mar 2026" in words


def test_the_whole_packet_can_be_made(record):
    assert packets.preview(record, packets.choice(record), NoProgress())[0].startswith(b"%PDF")


def test_it_goes_out_as_fhir_and_comes_in_again_unchanged(record, person, diet, blank_record, tmp_path):
    out = tmp_path / "record.json"
    exporting.export(record, "fhir", out, person, NoProgress())
    resources = [one["resource"] for one in json.loads(out.read_bytes())["entry"]]
    assert [one["resourceType"] for one in resources] == ["Patient", "Basic"]
    assert "Diet: Without salt" in resources[1]["text"]["div"]
    with opened_copy(blank_record("Bo Example"), tmp_path) as other:
        importing.accept_import(other, importing.plan_import(other, [out], "", NoProgress()), NoProgress())
        (back,) = entries.find(other, Query(kinds=(NAME,)))
        assert back.having(sources=(), person="", id=diet.id) == diet.having(sources=(), person="")


def test_a_hospitals_resource_of_that_type_is_read_by_the_elements_that_the_fields_name(blank_record, tmp_path):
    def resource(number, **more):
        whole = {
            "resourceType": NAME,
            "id": f"diet{number}",
            "status": "active",
            "dateTime": "2026-02-01",
            "oralDiet": {"type": [{"text": f"Diet {number}"}]},
            "foodPreferenceModifier": [{"text": "salt"}, {"text": "liquorice"}],
        }
        return {"resource": whole | more}

    told = [resource(1), resource(2, status="entered-in-error"), resource(3, doNotPerform=True)]
    path = tmp_path / "hospital.json"
    path.write_text(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": told}), encoding="utf-8")
    with opened_copy(blank_record("Bo Example"), tmp_path) as other:
        person = entries.find(other, Query(kinds=("Patient",)))[0].id
        plan = importing.plan_import(other, [path], person, NoProgress())
        importing.accept_import(other, plan, NoProgress())
        found = entries.find(other, Query(kinds=(NAME,), order="title"))
    assert [(one.title, one.happened.text, one.struck) for one in found] == [
        ("Diet 1", "2026-02-01", False),
        ("Diet 2", "2026-02-01", True),
    ]
    assert found[0].data["avoided"] == ["salt", "liquorice"]
    assert [one.reason for file in plan.files for one in file.skipped] == [
        "It says of itself that it is to be read otherwise; it stays in the source document."
    ]


def test_the_same_export_again_brings_nothing_new(record, person, tmp_path):
    out = tmp_path / "record.json"
    exporting.export(record, "fhir", out, person, NoProgress())
    plan = importing.plan_import(record, [out], "", NoProgress())
    assert {item.verdict for item in plan.items()} == {"known"}


@pytest.mark.parametrize("way", exporting.NAMES)
def test_no_way_out_stumbles_over_it(record, person, tmp_path, way):
    out = tmp_path / f"out-{way}"
    exporting.export(record, way, out, person, NoProgress())
    assert out.exists()


def test_the_window_types_it_lists_it_and_opens_it(ann, qtbot):
    context = ann.desk.context
    menu = AddMenu(context)
    more = next(one for one in menu.findChildren(QMenu) if one.title() == "More")
    assert "Diet" in [action.text() for action in more.actions()]

    ann.desk.show_form(None, NAME)
    form = ann.desk.findChildren(EntryDialog)[-1]
    for name, text in TYPED.items():
        form.form.rows[name].editor.set_text(text)
    form.accept()
    (kept,) = entries.find(context.record, Query(kinds=(NAME,)))

    ann.desk.show_page("timeline")
    idle(ann, qtbot)
    assert "Other" in [one.text() for one in ann.desk.page.filter.findChildren(QPushButton)]
    assert ann.desk.page.model.rowCount() == 1

    ann.desk.show_entry(kept.id)
    assert ann.desk.findChildren(EntryDialog)[-1].isVisible()


def test_the_section_prints_what_was_given_and_neither_errors_nor_what_was_not_done(blank_record, tmp_path):
    cases = Path(__file__).resolve().parents[2] / "data" / "fhir"
    with opened_copy(blank_record("Ada Example"), tmp_path) as record:
        plan = importing.plan_import(record, [cases / "vaccines_done_and_not.json"], "", NoProgress())
        importing.accept_import(record, plan, NoProgress())
        words = printed(record, "vaccinations")
    assert "Tetanus vaccine" in words
    assert "1 Jan 2020" in words
    assert "Yellow fever" not in words
    assert "Influenza" not in words
