"""What was chosen for a specialist is where the next packet for them begins, in another case too."""

from datetime import date

from organizer.model.case import Case
from organizer.packet.packet_input import OWN_LISTS, PacketChoice, PacketResult
from organizer.services.entries import entries
from organizer.services.opinion import packet_versions
from organizer.services.record import people

SAVED = PacketResult(None, 9, 1, (), 0, 0, 0, ())


def case_of(record, specialist, specialty="", person=""):
    fields = {"title": f"Asking {specialist}", "specialist": specialist, "specialty": specialty, "status": "active"}
    changes = entries.add(record, "OpinionCase", person or people.people(record)[0].id, fields)
    return entries.get(record, changes.entries[0])


def save_for(record, case, **chosen):
    packet_versions.keep(record, case.id, PacketChoice(case.person, case.id, **chosen), SAVED, b"paper")


def begun(record, case):
    return packet_versions.beginning(record, Case(entries.get(record, case.id)), case.person)


CHOSEN = {
    "include": ("summary", "timeline"), "page_size": "a4", "language": "es", "since": "2020",
    "tick_sensitive": frozenset({"hiv"}), "whole": frozenset({"timeline"}),
}  # fmt: skip


def test_the_same_case_begins_with_its_own_latest_choice(record):
    case = case_of(record, "Dr Osei")
    save_for(record, case, **CHOSEN)
    found = begun(record, case)
    assert found.choice == PacketChoice(case.person, case.id, **CHOSEN)
    assert found.words == ""


def test_another_case_for_the_same_specialist_begins_with_it_too_without_the_period(record):
    save_for(record, case_of(record, "Dr Osei"), **CHOSEN)
    later = case_of(record, "dr  OSEI")
    found = begun(record, later)
    assert found.choice == PacketChoice(later.person, later.id, **CHOSEN | {"since": ""})
    assert "dr  OSEI" in found.words


def test_the_same_field_gives_the_form_but_no_sensitive_matter(record):
    save_for(record, case_of(record, "Dr Osei", "oncology"), **CHOSEN)
    found = begun(record, case_of(record, "Dr Lund", "oncology"))
    assert found.choice.include == ("summary", "timeline")
    assert found.choice.tick_sensitive == frozenset()
    assert "same field" in found.words


def test_another_person_of_the_record_begins_without_the_ticks(record):
    save_for(record, case_of(record, "Dr Osei"), **CHOSEN)
    other = entries.add(record, "Patient", "", {"title": "Ben"}).entries[0]
    found = begun(record, case_of(record, "Dr Osei", person=other))
    assert found.choice.page_size == "a4"
    assert found.choice.tick_sensitive == frozenset()


def test_another_specialist_begins_with_the_usual_choice(record):
    save_for(record, case_of(record, "Dr Osei", "oncology"), **CHOSEN)
    case = case_of(record, "Dr Lund", "autoimmune")
    assert begun(record, case) == packet_versions.Beginning(PacketChoice(case.person, case.id, whole=OWN_LISTS))


def test_a_case_that_changes_its_specialist_begins_as_for_the_new_one(record):
    case = case_of(record, "Dr Osei")
    save_for(record, case, **CHOSEN)
    entries.edit(record, case.id, {"specialist": "Dr Lund"})
    assert begun(record, case).choice == PacketChoice(case.person, case.id)


def test_the_last_packet_is_that_of_an_earlier_day_for_the_same_specialist_and_person(record):
    first, again, other = case_of(record, "Dr Osei"), case_of(record, "dr osei "), case_of(record, "Dr Okafor")
    record.set_meta("as_of", "2026-05-01")
    save_for(record, first)
    record.set_meta("as_of", "2026-08-01")
    save_for(record, again)
    cases = [Case(entries.get(record, case.id)) for case in (first, again, other)]
    days = [packet_versions.last_saved(record, case, date(2026, 8, 1)) for case in cases]
    assert days == ["2026-05-01", "2026-05-01", ""]
    assert packet_versions.last_saved(record, cases[0], date(2026, 8, 2)) == "2026-08-01"
    assert packet_versions.last_saved(record, None, date(2026, 8, 2)) == ""
