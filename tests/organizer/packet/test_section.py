"""What a section is given to print: facts, and nothing that is struck or was never done."""

from dataclasses import replace

import pytest

from organizer.base.i18n import speaking
from organizer.model.entry import NOT_DONE_STATUSES
from organizer.packet.contents.events import events
from organizer.packet.contents.section import Context
from organizer.packet.facts import Ledger
from organizer.packet.file.front_matter import front_matter
from tests.organizer.packet.people import EMPTY_PLAN, almost_empty, entry
from tests.organizer.packet.test_sections import text_of

GIVEN = entry("Immunization", "Tetanus", "2020-01-01", status="completed", id="given")
WRONG = entry("Immunization", "Yellow fever", "2021-01-01", status="entered-in-error", id="wrong")
REFUSED = entry("Immunization", "Influenza", "2022-01-01", status="not-done", id="refused")
ELSEWHERE = entry("Immunization", "Rabies", "2019-01-01", source="unknown:1", status="completed", id="elsewhere")


def context(*entries):
    packet = almost_empty()
    return Context(replace(packet, entries=(*packet.entries, *entries)), EMPTY_PLAN, Ledger())


def printed(section, *entries):
    packet = almost_empty(include=(section,))
    return front_matter(replace(packet, entries=(*packet.entries, *entries)), EMPTY_PLAN)


def test_facts_are_what_was_done_and_can_be_cited():
    made = context(REFUSED, WRONG, GIVEN, ELSEWHERE)
    assert [one.title for one in made.facts("Immunization")] == ["Tetanus"]
    assert [one.what for one in made.ledger.left_out] == ["Rabies (1 Jan 2019)"]
    assert [one.title for one in made.not_done("Immunization")] == ["Influenza"]


def test_what_several_sections_ask_is_made_once_and_each_leaves_out_what_it_lacks():
    made, asked = context(GIVEN, ELSEWHERE), []

    def immunisations(of):
        asked.append(of)
        return of.facts("Immunization")

    made.ledger.enter("background")
    first = made.once(immunisations)
    made.ledger.enter("summary")
    assert made.once(immunisations) is first
    assert asked == [made]

    # The section that asked first is made anew, shorter and without asking.
    made.ledger.enter("background")
    assert [left.what for left in made.ledger.left_out] == ["Rabies (1 Jan 2019)"]


def test_what_is_no_fact_is_not_found():
    made = context(REFUSED, WRONG, GIVEN)
    assert made.find("given") == GIVEN
    assert made.find("wrong") is None
    assert made.find("refused") is None
    assert made.find("refused", not_done=True) == REFUSED


@pytest.mark.parametrize("entry", [WRONG, REFUSED, replace(GIVEN, data={"verification": "refuted"})])
def test_what_is_no_fact_cannot_be_stated(entry):
    with pytest.raises(ValueError, match="can't be stated as a fact"):
        context(GIVEN).state([GIVEN, entry])


def test_only_a_line_that_says_so_states_what_was_not_done():
    assert context().state([REFUSED], not_done=True)
    with pytest.raises(ValueError, match="can't be stated as a fact"):
        context().state([WRONG], not_done=True)


def test_what_has_an_original_without_a_page_is_not_passed_off_as_the_persons_own_report():
    with pytest.raises(ValueError, match="not among the exhibits"):
        context().state([ELSEWHERE])
    assert context().state([GIVEN]).reported


@pytest.mark.parametrize("status", sorted(NOT_DONE_STATUSES))
def test_each_status_of_what_never_was_keeps_it_from_the_facts(status):
    assert context(replace(GIVEN, status=status)).facts("Immunization") == []


def test_a_table_with_a_column_for_it_says_not_done():
    text = text_of(printed("background", GIVEN, REFUSED, WRONG).pdf)
    assert "Tetanus" in text
    assert "Influenza 1 Jan 2022 Not done" in text
    assert "Yellow fever" not in text


def test_a_table_without_one_leaves_it_out_and_names_it():
    missed = entry("Encounter", "Eye clinic", "2022-01-01", status="cancelled", id="missed")
    kept = entry("Encounter", "Heart clinic", "2022-02-01", status="finished", id="kept")
    made = printed("plain", missed, kept)
    text = text_of(made.pdf)
    assert "Heart clinic" in text
    assert "Eye clinic" not in text
    assert ("Eye clinic (1 Jan 2022)", "it was not done") in [(one.what, one.reason) for one in made.left_out]


def test_what_is_only_recorded_as_not_done_is_not_called_unrecorded():
    assert "Vaccinations" in text_of(printed("missing").pdf)
    assert "Vaccinations" not in text_of(printed("missing", REFUSED).pdf)


SAME_DAY = (
    entry("MedicationStatement", "Zolmitriptan", "2026-03-02", status="active"),
    entry("MedicationStatement", "Amitriptyline", "2026-03-02", status="active"),
    entry("Condition", "Migraine", "2026-03-02", status="active"),
    entry("Procedure", "Nerve block", "2026-03-02", status="completed"),
)


@pytest.mark.parametrize("language", ["en", "es", "de"])
def test_what_happened_on_one_day_stands_in_the_same_order_in_every_language(language):
    with speaking(language):
        titles = [event.entries[0].title for event in events(context(*SAME_DAY))]
    assert titles == ["Migraine", "Amitriptyline", "Nerve block", "Zolmitriptan"]


@pytest.mark.parametrize(
    ("status", "more", "words"),
    [
        ("active", {}, ["numbness"]),
        ("stopped", {"ended": "2026-04"}, ["For “numbness”."]),
        ("stopped", {"ended": "2026-04", "stop_reason": "dizzy"}, ["For “numbness”.", "dizzy"]),
        ("unknown", {}, ["For “numbness”.", "Not said whether still taken"]),
        ("intended", {}, ["For “numbness”."]),
        ("on-hold", {}, ["For “numbness”.", "Paused."]),
    ],
)
@pytest.mark.parametrize("section", ["medicines", "treatments"])
def test_what_a_medicine_is_taken_for_is_printed_however_it_stands(section, status, more, words):
    if (section, status) == ("treatments", "intended"):
        words = []  # what is only planned wasn't tried
    taken = entry(
        "MedicationStatement", "Pregabalin", "2026-02", status=status, reason="numbness", effect="not", **more
    )  # fmt: skip
    text = text_of(printed(section, taken).pdf)
    assert [part for part in words if part not in text] == []
