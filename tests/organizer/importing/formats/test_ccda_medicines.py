"""Medicines and vaccinations as C-CDA tells them: doses, timings, and how they are taken in words."""

import pytest

from tests.organizer.importing.formats.small_ccda import (
    DATA,
    by_title,
    document,
    entries,
    read,
    section,
    written,
)


def test_a_negated_problem_is_refuted_a_negated_vaccination_not_done():
    told = by_title("negation.xml")
    assert told["Type 2 diabetes mellitus without complications"].struck
    assert not told["Unspecified asthma, uncomplicated"].struck
    assert told["Influenza, injectable, quadrivalent, preservative free"].status == "not-done"
    assert told["No known allergy to Latex"].data["none_known"]


def test_how_often_a_medicine_is_taken_is_said_in_words(tmp_path):
    medicine = (
        '<substanceAdministration classCode="SBADM" moodCode="EVN"><statusCode code="active"/>'
        '<effectiveTime xsi:type="IVL_TS"><low value="20260101"/></effectiveTime>'
        '<effectiveTime xsi:type="PIVL_TS" institutionSpecified="true"><period value="12" unit="h"/></effectiveTime>'
        '<doseQuantity value="500" unit="mg"/><consumable><manufacturedProduct><manufacturedMaterial>'
        '<code nullFlavor="OTH"><originalText>Metformin</originalText></code></manufacturedMaterial>'
        "</manufacturedProduct></consumable><precondition><criterion/></precondition></substanceAdministration>"
    )
    reading = written(tmp_path, document(section("10160-0", medicine)))
    (told,) = [one.entry for one in reading.drafts if one.entry.kind == "MedicationStatement"]
    assert (told.title, told.data["dose"], told.data["frequency"]) == ("Metformin", "500 mg", "2 × a day, as needed")
    assert told.happened.text == "2026-01-01"


def test_no_medicine_taken_is_said_and_is_no_medicine():
    [no_data] = (one.reason for one in read(DATA / "vendor-habits.xml").skipped)
    assert "no information" in no_data
    [none_taken] = [one for one in entries("vendor-habits.xml", "MedicationStatement") if one.data.get("none_known")]
    assert none_taken.title == "No known medications"
    assert none_taken.status == "unknown"


def test_a_code_that_means_unknown_is_none_and_another_name_is_taken():
    *_others, last = entries("vendor-habits.xml", "MedicationStatement")
    assert last.title == "Decongestant 120 mg"
    assert [one.code for one in last.codes] == ["86679"]


def test_how_a_medicine_is_taken_stands_in_its_words_where_no_timing_is_coded():
    told = by_title("medicines-in-words.xml", "MedicationStatement")
    assert told["Metformin 500 MG Oral Tablet"].data["frequency"] == "Take 1 tablet by mouth twice a day with food"
    insulin = told["Insulin glargine"].data
    assert (insulin["dose"], insulin["dose_unit"], insulin["dose_value"]) == ("30.0 units", "units", 30)
    assert insulin["frequency"] == "30 units, Subcutaneous, At Bedtime"
    assert told["Lisinopril 10 MG"].data["dose"] == "10 mg"
    assert told["Instructed drug"].data["note"] == "Stop if you get a rash"


TAKEN = """<substanceAdministration classCode="SBADM" moodCode="EVN">{text}{inside}<consumable><manufacturedProduct>
  <manufacturedMaterial><code code="1" codeSystem="2.16.840.1.113883.6.88" displayName="Oxycodone 5 MG Oral Tablet"/>
  </manufacturedMaterial></manufacturedProduct></consumable>{after}</substanceAdministration>"""


def taken(tmp_path, text="", inside="", after=""):
    statement = TAKEN.format(text=text, inside=inside, after=after)
    reading = written(tmp_path, document(section("10160-0", statement)))
    (entry,) = [one.entry for one in reading.drafts if one.entry.kind == "MedicationStatement"]
    return entry.data


def test_a_row_that_begins_with_the_medicines_name_is_noted_and_the_name_alone_is_not(tmp_path):
    row = "Oxycodone 5 MG Oral Tablet, 1 tablet every 6 hours, Active"
    assert taken(tmp_path, f"<text>{row}</text>")["note"] == row
    assert "note" not in taken(tmp_path, "<text>Oxycodone 5 MG Oral Tablet [RxNorm: 1049621]</text>")
    assert "frequency" not in taken(tmp_path, f"<text>{row}</text>")


def test_words_beside_a_coded_timing_are_kept_as_a_note(tmp_path):
    daily = (
        '<effectiveTime xsi:type="PIVL_TS" institutionSpecified="true"><period value="12" unit="h"/></effectiveTime>'
    )
    told = taken(tmp_path, "<text>with food</text>", daily)
    assert (told["frequency"], told["note"]) == ("2 × a day", "with food")


@pytest.mark.parametrize(("criterion", "frequency"), [
    ("<criterion><value xsi:type='CD' displayName='Pain'/></criterion>", "as needed: Pain"),
    ("<criterion><code code='ASSERTION' displayName='Assertion'/></criterion>", "as needed"),
    ("<criterion><text>for severe pain</text></criterion>", "as needed: for severe pain"),
    ("<criterion nullFlavor='NI'/>", None),
])  # fmt: skip
def test_as_needed_comes_from_the_precondition(tmp_path, criterion, frequency):
    told = taken(tmp_path, after=f"<precondition>{criterion}</precondition>")
    assert told.get("frequency") == frequency


def test_the_most_that_is_allowed_is_noted(tmp_path):
    most = "<maxDoseQuantity><numerator value='6' unit='1'/><denominator value='24' unit='h'/></maxDoseQuantity>"
    assert taken(tmp_path, inside=most)["note"] == "At most 6 a day"


def test_a_problem_that_was_taken_back_is_entered_in_error_and_a_side_is_kept():
    told = by_title("problems-taken-back.xml", "Condition")
    breast = told["Malignant neoplasm of breast"]
    assert (breast.happened.text, breast.data["body_site"]) == ("2023-04-05", "Left")
    assert told["Multiple sclerosis (entered in error)"].struck


def test_who_gave_a_vaccination_goes_before_who_wrote_it_down(tmp_path):
    given = (
        '<substanceAdministration moodCode="EVN"><consumable><manufacturedProduct><manufacturedMaterial>'
        '<code displayName="Influenza"/></manufacturedMaterial></manufacturedProduct></consumable>'
        "<performer><assignedEntity><assignedPerson><name>Nurse Green</name></assignedPerson></assignedEntity>"
        "</performer><author><assignedAuthor><assignedPerson><name>Dr. Grey</name></assignedPerson></assignedAuthor>"
        "</author>"
        "</substanceAdministration>"
    )
    reading = written(tmp_path, document(section("11369-6", given)))
    assert [one.entry.data["performer"] for one in reading.drafts if one.entry.kind == "Immunization"] == [
        "Nurse Green"
    ]


def test_a_taper_shows_all_its_doses_and_never_the_first_as_the_dose(tmp_path):
    step = (
        '<entryRelationship typeCode="COMP"><substanceAdministration><effectiveTime><low value="{low}"/>'
        '<high value="{high}"/></effectiveTime><doseQuantity value="{dose}" unit="mg"/></substanceAdministration>'
        "</entryRelationship>"
    )
    steps = step.format(low="20240101", high="20240105", dose=40) + step.format(
        low="20240106", high="20240110", dose=20
    )
    told = taken(tmp_path, inside='<doseQuantity value="40" unit="mg"/>', after=steps)
    assert (told["dose"], told.get("dose_value")) == ("40 mg; 20 mg", None)
    assert told["frequency"] == "40 mg, 2024-01-01 – 2024-01-05; then 20 mg, 2024-01-06 – 2024-01-10"


@pytest.mark.parametrize(("period", "institution", "frequency"), [
    ('value="12" unit="h"', "true", "2 × a day"), ('value="12" unit="h"', "false", "every 12 hours"),
    ('value="1" unit="d"', "false", "1 × a day"), ('value="0.5" unit="d"', "false", "every 12 hours"),
    ('value="1" unit="wk"', "false", "every week"), ('value="2" unit="d"', "false", "every 2 days"),
])  # fmt: skip
def test_how_often_is_said_as_people_say_it(tmp_path, period, institution, frequency):
    time = f'<effectiveTime institutionSpecified="{institution}"><period {period}/></effectiveTime>'
    assert taken(tmp_path, inside=time)["frequency"] == frequency


def test_an_instruction_with_a_prescription_is_noted(tmp_path):
    supply = (
        '<entryRelationship typeCode="REFR"><supply><entryRelationship><act><text>Take with food</text>'
        '<templateId root="2.16.840.1.113883.10.20.22.4.20"/></act></entryRelationship></supply></entryRelationship>'
    )
    assert taken(tmp_path, after=supply)["note"] == "Take with food"


@pytest.mark.parametrize(("mood", "times", "note"), [
    ("INT", 3, "Prescribed: 30 tbl, up to 3 times"), ("INT", 1, "Prescribed: 30 tbl"),
    ("EVN", 3, "Handed over: 30 tbl"),
])  # fmt: skip
def test_what_was_prescribed_and_handed_over_is_noted(tmp_path, mood, times, note):
    supply = (
        f'<entryRelationship typeCode="REFR"><supply moodCode="{mood}"><repeatNumber value="{times}"/>'
        '<quantity value="30" unit="{tbl}"/></supply></entryRelationship>'
    )
    assert taken(tmp_path, after=supply)["note"] == note


def test_a_problem_within_a_reason_is_the_reason(tmp_path):
    concern = (
        '<entryRelationship typeCode="RSON"><act><code code="CONC" displayName="Concern"/><entryRelationship>'
        '<observation><templateId root="2.16.840.1.113883.10.20.22.4.4"/><value xsi:type="CD" displayName="Gout"/>'
        "</observation></entryRelationship></act></entryRelationship>"
    )
    reading = written(tmp_path, document(section("10160-0", TAKEN.format(text="", inside="", after=concern))))
    assert [one.entry.data["reason"] for one in reading.drafts if one.entry.kind == "MedicationStatement"] == ["Gout"]
    assert reading.skipped == []


def test_which_dose_of_a_vaccination_it_was_may_stand_in_an_observation(tmp_path):
    number = '<observation><code code="30973-2"/><value xsi:type="INT" value="2"/></observation>'
    series = f"<entryRelationship>{number}</entryRelationship>"
    statement = TAKEN.format(text="", inside="", after=series)
    reading = written(tmp_path, document(section("11369-6", statement)))
    assert [one.entry.data["dose_number"] for one in reading.drafts if one.entry.kind == "Immunization"] == ["2"]
    assert reading.skipped == []


@pytest.mark.parametrize(
    ("act", "status", "is_fact"),
    [
        ("completed", "completed", True),
        ("nullified", "entered-in-error", False),
        ("aborted", "not-done", False),
        ("cancelled", "not-done", False),
        ("held", "not-done", False),
    ],
)
def test_a_vaccination_that_was_nullified_or_never_given_is_no_fact(tmp_path, act, status, is_fact):
    statement = TAKEN.format(text=f'<statusCode code="{act}"/>', inside="", after="")
    reading = written(tmp_path, document(section("11369-6", statement)))
    [given] = [draft.entry for draft in reading.drafts if draft.entry.kind == "Immunization"]
    assert (given.status, given.is_fact) == (status, is_fact)


def test_a_free_sig_is_how_it_is_taken_and_nothing_that_is_left_out(tmp_path):
    sig = (
        '<entryRelationship typeCode="COMP"><substanceAdministration><text>One in the morning</text>'
        '<templateId root="2.16.840.1.113883.10.20.22.4.147"/></substanceAdministration></entryRelationship>'
    )
    reading = written(tmp_path, document(section("10160-0", TAKEN.format(text="", inside="", after=sig))))
    assert [one.entry.data["frequency"] for one in reading.drafts if one.entry.kind == "MedicationStatement"] == [
        "One in the morning"
    ]
    assert reading.skipped == []


def test_the_row_that_a_medicine_points_at_keeps_its_cells_apart(tmp_path):
    table = (
        '<text><table><tbody><tr ID="med1"><td>naproxen 500 MG tablet</td><td>Take 1 tablet</td><td/><td>Stopped</td>'
        "</tr></tbody></table></text>"
    )
    medicine = (
        '<substanceAdministration classCode="SBADM" moodCode="EVN"><text><reference value="#med1"/></text>'
        '<statusCode code="completed"/><consumable><manufacturedProduct><manufacturedMaterial>'
        '<code code="198014" codeSystem="2.16.840.1.113883.6.88" displayName="naproxen 500 MG tablet"/>'
        "</manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration>"
    )
    reading = written(tmp_path, document(section("10160-0", medicine).replace("<entry", f"{table}<entry", 1)))
    (told,) = [draft.entry for draft in reading.drafts if draft.entry.kind == "MedicationStatement"]
    assert "naproxen 500 MG tablet · Take 1 tablet · Stopped" in str(told.data)
