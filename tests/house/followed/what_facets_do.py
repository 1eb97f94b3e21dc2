"""Each facet does what docs/adding/kind.md says, for a kind that nobody else knows: test_followed.py runs this."""

import json
import re
import shutil
from datetime import date

import pypdfium2
import pytest
from PySide6.QtWidgets import QLabel

from organizer.base.progress import NoProgress
from organizer.health.opinion.chronology_words import provider, says
from organizer.health.standing import still_stands
from organizer.model.entry import Link
from organizer.model.interchange import SOURCE
from organizer.model.kind import COLUMNS
from organizer.model.kinds import find_kind
from organizer.packet.sensitive import matters_of
from organizer.services.bring_in import importing
from organizer.services.entries import entries, timeline
from organizer.services.entries.entries import Query
from organizer.services.follow import reminders
from organizer.services.opinion import chronologies, packet_entries, packets
from organizer.services.opinion.chronologies import ChronologyWish
from organizer.services.record import exporting
from organizer.store import change_log
from organizer.store.change_log import Replace
from tests.made_records import opened_copy
from tests.organizer.samples import typed
from tests.windows import window_on
from ui.shell.add_menu import AddMenu

NAME = "VisionPrescription"
TYPED = {
    "title": "Reading glasses",
    "happened": "2026-03-07",
    "strength": "+1.5",
    "prescriber": "Dr Iris",
    "advice": "These are strong enough for two years.",
    "decide_by": "2026-04-01",
    "status": "active",
}


def person_of(record):
    """The person, born on a day: the name alone doesn't tell an import who is meant."""
    person = entries.find(record, Query(kinds=("Patient",)))[0].id
    entries.edit(record, person, {"birth_date": "1970-01-02"})
    return person


@pytest.fixture(scope="module")
def record(blank_record, tmp_path_factory):
    with opened_copy(blank_record(), tmp_path_factory.mktemp("facets")) as made:
        entries.add(made, NAME, person_of(made), TYPED)
        yield made


@pytest.fixture
def empty_record(blank_record, tmp_path):
    with opened_copy(blank_record(), tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def glasses(record):
    return entries.find(record, Query(kinds=(NAME,)))[0]


@pytest.fixture
def exported(record, tmp_path):
    out = tmp_path / "record.json"
    exporting.export(record, "fhir", out, "", NoProgress())
    return out


def printed(record, section):
    chosen = packets.choice(record, include=(section,))
    document = pypdfium2.PdfDocument(packets.begun(record, chosen, NoProgress()).front)
    words = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return re.sub(r"\s+", " ", words)


def test_timeline_names_its_row(record, glasses):
    assert [one.group for one in timeline.timeline(record, glasses.person).moments] == ["treatments"]


def test_packet_names_the_section_that_prints_it(record):
    assert "Reading glasses" in printed(record, "background")
    assert "Reading glasses" not in printed(record, "plain")


def test_missed_says_so_where_none_is_recorded(record, empty_record):
    assert "Pairs of glasses" in printed(empty_record, "missing")
    assert "Pairs of glasses" not in printed(record, "missing")


def test_weight_makes_it_a_line_of_the_course_of_things(record):
    assert "Reading glasses" in printed(record, "timeline")


def test_quote_is_printed_as_said(record):
    assert "These are strong enough for two years." in printed(record, "summary")


def test_a_line_about_it_names_who_and_quotes_what_it_tells(glasses):
    pair = glasses.having(data={**glasses.data, "worn_for": ["reading", "sewing"]})
    assert provider(pair) == "Dr Iris"
    assert says([pair]) == "“Reading glasses”; “+1.5”; “reading, sewing”; recorded as “active”"


def test_chronology_can_be_declined(record, glasses):
    told = chronologies.of_person(record, glasses.person, ChronologyWish())
    assert (told.rows, told.unsourced) == ((), ())


@pytest.mark.parametrize(("strength", "verdict"), [("+1.5", "known"), ("+2", "conflict")])
def test_same_fact_is_recognised_and_its_details_make_a_conflict(exported, empty_record, strength, verdict):
    # As if it had been read from a letter: what two people typed stands in no document.
    read = {"url": SOURCE, "extension": [{"url": "document", "valueString": "0" * 64}]}
    bundle = json.loads(exported.read_bytes())
    for one in bundle["entry"]:
        one["resource"].setdefault("extension", []).append(read)
    exported.write_text(json.dumps(bundle), encoding="utf-8")

    entries.add(empty_record, NAME, person_of(empty_record), TYPED | {"strength": strength})
    plan = importing.plan_import(empty_record, [exported], "", NoProgress())
    assert [item.verdict for item in plan.items() if item.entry.kind == NAME] == [verdict]


def test_fields_of_every_type_and_links_come_back_as_they_went_out(empty_record, blank_record, tmp_path):
    person = person_of(empty_record)
    kind = find_kind(NAME)
    eye = entries.add(empty_record, "Condition", person, {"title": "Short sight"}).entries[0]
    links = [Link("for", eye)]
    added = entries.add(empty_record, NAME, person, typed(kind) | {"title": "Glasses"}, links).entries[0]
    whole = entries.get(empty_record, added)
    lenses = [{"eye": "left", "sphere": -1.25}, {"eye": "right", "sphere": -2}]
    change_log.apply(empty_record, "lenses", [Replace(whole.having(data={**whole.data, "lenses": lenses}))])
    out = tmp_path / "out.json"
    exporting.export(empty_record, "fhir", out, "", NoProgress())

    with opened_copy(blank_record("Bo Example"), tmp_path) as other:
        importing.accept_import(other, importing.plan_import(other, [out], "", NoProgress()), NoProgress())
        (back,) = entries.find(other, Query(kinds=(NAME,)))
        back = entries.get(other, back.id)
        (eye_there,) = entries.find(other, Query(kinds=("Condition",)))
    gone = entries.get(empty_record, added)
    assert back.data == gone.data
    assert set(gone.data) >= {field.name for field in kind.fields} - COLUMNS
    assert back.links == (Link("for", eye_there.id),)
    for name in ("title", "happened", "ended", "value", "value_text", "comparator", "unit", "status"):
        assert getattr(back, name) == getattr(gone, name), name


def test_it_stands_until_a_status_ends_it(glasses):
    assert still_stands(glasses, date(2030, 1, 1))
    assert not still_stands(glasses.having(status="stopped"), date(2030, 1, 1))


def test_what_is_not_medical_is_not_searched_for_sensitive_words(glasses):
    assert matters_of(glasses.having(title="HIV clinic’s glasses")) == ()


def test_what_can_be_due_is_a_reminder(record, glasses):
    (due,) = reminders.reminders(record, glasses.person, date(2026, 3, 20))
    assert (due.kind, due.what, due.when.text) == ("decide", "Decide: Reading glasses", "2026-04-01")


def test_at_most_so_many_are_looked_at_for_a_packet():
    assert packet_entries.MOST[NAME] == 400


def test_the_window_shows_it_on_its_page_its_portrait_and_the_menu(qtbot, blank_record, tmp_path):
    window = window_on(qtbot, shutil.copytree(blank_record(), tmp_path / "Ann.casebook"))
    context = window.desk.context
    entries.add(context.record, NAME, context.person, TYPED)

    def shown(page):
        window.desk.show_page(page)
        qtbot.waitUntil(lambda: not window.desk.jobs.running, timeout=20_000)
        return " ".join(one.text() for one in window.desk.page.findChildren(QLabel))

    assert "Reading glasses" in shown("treatments")
    assert "1 glasses" in shown("people")
    assert AddMenu(context).actions()[0].text() == "New glasses"
    window.close()
