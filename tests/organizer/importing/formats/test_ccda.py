"""C-CDA as it really comes: each trap of the format has its file, and each file its sentence here."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.base.errors import UnreadableSourceError
from organizer.base.progress import NoProgress
from organizer.importing.core.format import SourceFile
from organizer.importing.formats.ccda import CCDA
from organizer.importing.formats.ccda import xml as cda

DATA = Path(__file__).parents[3] / "data" / "ccda"
VITAL_SIGN = '<templateId root="2.16.840.1.113883.10.20.22.4.27"/>'
OBSERVATION = '<observation classCode="OBS">{template}<id root="1.2" extension="{n}"/>{inside}</observation>'
WEIGHT = '<code code="29463-7" codeSystem="2.16.840.1.113883.6.1" displayName="Weight"/><value value="{n}" unit="kg"/>'


def read(path):
    return CCDA.read(SourceFile(path.name, path), NoProgress())


def entries(name, kind=""):
    return [one.entry for one in read(DATA / name).drafts if kind in ("", one.entry.kind)]


def test_several_pieces_in_one_file_are_all_read(tmp_path):
    pieces = [OBSERVATION.format(n=n, template=VITAL_SIGN, inside=WEIGHT.format(n=60 + n)) for n in (1, 2)]
    (tmp_path / "growth.xml").write_text('<?xml version="1.0"?>\n' + "\n".join(pieces))
    reading = read(tmp_path / "growth.xml")
    values = [one.entry.value_text for one in reading.drafts if one.entry.kind == "Observation"]
    assert values == ["61", "62"]
    assert reading.warnings


@pytest.mark.parametrize("name", ["missing-sdtc-prefix.xml", "missing-xsi-prefix.xml"])
def test_a_missing_namespace_is_added_and_said(name):
    reading = read(DATA / name)
    assert reading.drafts
    assert any("left out" in warning for warning in reading.warnings)


@pytest.mark.parametrize("name", ["truncated.xml", "entity-bomb.xml"])
def test_what_is_damaged_or_hostile_is_refused_by_name(name):
    with pytest.raises(UnreadableSourceError) as refused:
        read(DATA / name)
    assert name in refused.value.message
    assert refused.value.next_step


def test_an_external_entity_brings_nothing_in():
    try:
        said = repr(read(DATA / "external-entity.xml"))
    except UnreadableSourceError as error:
        said = str(error)
    assert "root:" not in said


@pytest.mark.parametrize("name", sorted(path.name for path in DATA.glob("*.xml")))
def test_whatever_comes_is_read_or_refused_calmly(name):
    try:
        reading = read(DATA / name)
    except UnreadableSourceError:
        return  # how it is said is held above
    assert all(one.entry.title for one in reading.drafts)
    assert all(skipped.reason for skipped in reading.skipped)


def test_no_markup_of_a_narrative_reaches_the_record():
    assert all("<script" not in repr(entry) for entry in entries("narrative-with-script.xml"))


def test_words_without_statements_stay_readable():
    (document,) = entries("narrative-only.xml", "DocumentReference")
    assert len(document.text("text")) > 20


def by_title(name, kind=""):
    return {entry.title: entry for entry in entries(name, kind)}


def test_a_negated_problem_is_refuted_a_negated_vaccination_not_done():
    told = by_title("negation.xml")
    assert told["Type 2 diabetes mellitus without complications"].struck
    assert not told["Unspecified asthma, uncomplicated"].struck
    assert told["Influenza, injectable, quadrivalent, preservative free"].status == "not-done"
    assert told["No known allergy to Latex"].data["none_known"]


def test_none_known_and_no_information_are_two_statements():
    (known,) = entries("no-known-allergies.xml", "AllergyIntolerance")
    assert known.title == "No known allergies"
    assert known.data["none_known"]
    assert entries("allergies-no-information.xml", "AllergyIntolerance") == []


def test_a_zone_never_shifts_the_day_and_a_partial_date_stays_partial():
    told = {one.value_text: one.happened.text for one in entries("time-zones.xml", "Observation")}
    assert told["91"] == "2026-03-02"
    assert told["92"] == "2026-03-02T23:30:00-05:00"
    assert told["93"] == "2026-03-03T00:30:00+14:00"
    assert told["95"] == "2026-03"


def test_an_interval_with_one_end_is_a_comparator_and_an_open_end_stays_open():
    told = [one.comparator + one.value_text for one in entries("ivl-values.xml", "Observation")]
    assert told == ["<0.10", ">=2000", "5–10 /[HPF]", "<=8"]


def test_values_that_are_words_stay_words():
    told = [one.value_text for one in entries("values-that-are-words.xml", "Observation")]
    assert told[:2] == ["Trace", "1:40"]
    assert "3+" in told[2]


def test_the_course_of_a_problem_is_told_or_follows_from_its_end():
    told = [one.status for one in entries("two-statuses.xml", "Condition")]
    assert told == ["resolved", "resolved", "active", "inactive"]


def test_what_is_null_stays_unknown_and_says_why():
    told = by_title("null-flavors.xml", "Observation")
    assert told["Potassium [Moles/volume] in Serum or Plasma"].data["absent_reason"] == "not-asked"
    assert told["Glucose [Mass/volume] in Serum or Plasma"].happened is None
    assert by_title("null-flavors.xml", "Condition")["Gout, unspecified"].happened is None


def test_a_code_may_stand_in_the_narrative():
    titles = [one.title for one in entries("codes-by-reference.xml", "MedicationStatement")]
    assert titles == ["Metformin 500 mg tablet", "ramipril"]


def test_an_embedded_pdf_is_a_file_of_its_own_with_its_words():
    reading = read(DATA / "unstructured-pdf.xml")
    (document,) = [one.entry for one in reading.drafts if one.entry.kind == "DocumentReference"]
    assert [file.media_type for file in reading.embedded] == ["application/pdf"]
    assert document.data["file"] == reading.embedded[0].sha256
    assert document.data["pages"] == 1
    assert document.data["page_texts"][0]


def test_a_document_about_two_people_is_kept_and_nothing_is_guessed():
    reading = read(DATA / "two-record-targets.xml")
    assert [one.entry.kind for one in reading.drafts] == ["DocumentReference"]
    assert "Ada Quill, Ben Quill" in reading.warnings[0]
    assert len(reading.skipped) == 1


def test_a_document_says_which_one_it_replaces():
    (document,) = [one for one in read(DATA / "replaced-document.xml").drafts if one.entry.kind == "DocumentReference"]
    (original,) = [one for one in read(DATA / "original-document.xml").drafts if one.entry.kind == "DocumentReference"]
    assert original.identifier in (document.identifier, *document.replaces)


def test_an_older_release_is_read_by_the_same_templates():
    assert [one.title for one in entries("r11-document.xml", "Condition")] == ["Unspecified asthma, uncomplicated"]


def test_a_panel_is_a_report_that_holds_its_results():
    reading = read(DATA / "values-that-are-words.xml")
    (report,) = [one.entry for one in reading.drafts if one.entry.kind == "DiagnosticReport"]
    results = [one.identifier for one in reading.drafts if one.entry.kind == "Observation"]
    assert [link.target for link in report.links] == results


def document(*parts):
    return (
        '<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:sdtc="urn:hl7-org:sdtc" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><component><structuredBody>'
        + "".join(f"<component>{part}</component>" for part in parts)
        + "</structuredBody></component></ClinicalDocument>"
    )


def section(code, *entries):
    inside = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<section><code code="{code}" codeSystem="2.16.840.1.113883.6.1"/><title>S</title><text/>{inside}</section>'


def written(tmp_path, xml, name="document.xml"):
    path = tmp_path / name
    path.write_bytes(xml if isinstance(xml, bytes) else xml.encode())
    return read(path)


def test_without_templates_the_section_tells_what_a_statement_is(tmp_path):
    value = '<value xsi:type="CD" code="38341003" codeSystem="2.16.840.1.113883.6.96" displayName="Hypertension"/>'
    problem = f"<act><entryRelationship><observation>{value}</observation></entryRelationship></act>"
    result = (
        '<observation><code code="2160-0" displayName="Creatinine"/>'
        '<value xsi:type="PQ" value="1.1" unit="mg/dL"/></observation>'
    )
    reading = written(tmp_path, document(section("11450-4", problem), section("30954-2", result)))
    told = {one.entry.kind: one.entry.title for one in reading.drafts}
    assert told["Condition"] == "Hypertension"
    assert told["Observation"] == "Creatinine"


def test_every_entry_of_a_section_is_told_of(tmp_path):
    unknown = '<act classCode="ACT" moodCode="EVN"><code code="X"/></act>'
    nothing = '<observation nullFlavor="NI"/>'
    reading = written(tmp_path, document(section("99999-9", unknown, nothing)))
    assert len(reading.skipped) == 2
    assert "stays readable" in reading.skipped[0].reason
    assert "no information" in reading.skipped[1].reason


def test_a_relative_is_one_entry_with_all_illnesses(tmp_path):
    illness = '<component><observation><value xsi:type="CD" displayName="{name}"/></observation></component>'
    relative = (
        '<organizer classCode="CLUSTER"><templateId root="2.16.840.1.113883.10.20.22.4.45"/><subject><relatedSubject>'
        '<code code="MTH" displayName="mother"/></relatedSubject></subject>'
        + illness.format(name="Breast cancer")
        + illness.format(name="Asthma")
        + "</organizer>"
    )
    reading = written(tmp_path, document(section("10157-6", relative)))
    (told,) = [one.entry for one in reading.drafts if one.entry.kind == "FamilyMemberHistory"]
    assert (told.title, told.data["relation"]) == ("Breast cancer, Asthma", "mother")


def test_an_implant_is_a_device_and_its_absence_is_said(tmp_path):
    implant = (
        '<procedure{negated}><code displayName="Implantation"/><participant typeCode="DEV">'
        '<participantRole><id extension="(01)123"/><playingDevice><code displayName="Pacemaker"/></playingDevice>'
        "</participantRole></participant></procedure>"
    )
    there, none = implant.format(negated=""), implant.format(negated=' negationInd="true"')
    reading = written(tmp_path, document(section("46264-8", there, none)))
    (device,) = [one.entry for one in reading.drafts if one.entry.kind == "Device"]
    assert (device.title, device.data["udi"]) == ("Pacemaker", "(01)123")
    assert "no implant" in reading.skipped[0].reason


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


def test_a_goal_an_order_and_an_insurance_find_their_place(tmp_path):
    goal = '<observation moodCode="GOL"><code displayName="Weight"/><value value="70" unit="kg"/></observation>'
    order = '<observation classCode="OBS" moodCode="RQO"><code displayName="MRI of the head"/></observation>'
    policy = (
        '<act><templateId root="2.16.840.1.113883.10.20.22.4.60"/><entryRelationship><act>'
        '<templateId root="2.16.840.1.113883.10.20.22.4.61"/>'
        '<performer><templateId root="2.16.840.1.113883.10.20.22.4.87"/>'
        "<assignedEntity><representedOrganization><name>Good Health</name></representedOrganization></assignedEntity>"
        '</performer><participant typeCode="COV"><participantRole><id extension="M-1"/></participantRole></participant>'
        "</act></entryRelationship></act>"
    )
    sections = (section("61146-7", goal), section("18776-5", order), section("48768-6", policy))
    reading = written(tmp_path, document(*sections))
    told = {one.entry.kind: one.entry.title for one in reading.drafts}
    assert told["Goal"] == "Weight 70 kg"
    assert told["ServiceRequest"] == "MRI of the head"
    assert told["Coverage"] == "Good Health"
    assert reading.skipped == []


def test_an_imaging_report_is_a_report_whose_impression_is_quoted(tmp_path):
    xml = document(
        "<section><title>Impressions</title><text><paragraph>No nodule.</paragraph></text></section>"
    ).replace("<component>", '<code code="18748-4" displayName="Imaging"/><title>Chest CT</title><component>', 1)
    reading = written(tmp_path, xml)
    (report,) = [one.entry for one in reading.drafts if one.entry.kind == "DiagnosticReport"]
    assert (report.title, report.data["category"], report.data["conclusion"]) == ("Chest CT", "imaging", "No nodule.")


@pytest.mark.parametrize(
    ("encoding", "named"), [("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("cp1252", "ISO-8859-1"), ("cp1252", "UTF-8")]
)
def test_the_encoding_is_the_files_own_even_if_it_names_another(tmp_path, encoding, named):
    body = document(section("10183-2")).replace("<title>S</title>", "<title>Entlassung für Müller</title>")
    reading = written(tmp_path, f'<?xml version="1.0" encoding="{named}"?>\n{body}'.encode(encoding))
    assert "Entlassung für Müller" in reading.drafts[-1].entry.data["text"]


def test_signs_that_xml_forbids_are_left_out_and_said(tmp_path):
    reading = written(tmp_path, document(section("10183-2")).replace("<title>S", "<title>S\x0b"))
    assert "left out" in reading.warnings[0]


def test_a_ratio_for_one_minute_is_a_number_and_a_titre_stays_words():
    pulse, titre = entries("vendor-habits.xml", "Observation")
    assert (pulse.value, pulse.unit) == (86, "/min")
    assert (titre.value, titre.value_text) == (None, "1:40")


def test_no_part_of_a_statement_takes_the_statements_words_for_its_name():
    first, second, *_others = entries("vendor-habits.xml", "MedicationStatement")
    assert (first.title, first.data["route"]) == ("Lisinopril 10 mg tablet", "PO")
    assert second.title == "Lisinopril"
    assert "route" not in second.data
    assert all("method" not in one.data for one in entries("vendor-habits.xml", "Observation"))


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


@given(st.binary(max_size=60), st.integers(0, 10_000))
def test_no_damage_brings_a_crash(noise, where):
    whole = (DATA / "negation.xml").read_bytes()
    place = where % len(whole)
    source = SourceFile("damaged.xml", data=whole[:place] + noise + whole[place + len(noise) :])
    with contextlib.suppress(UnreadableSourceError):
        CCDA.read(source, NoProgress())


PROBLEM = """<observation classCode="OBS" moodCode="EVN">
  <templateId root="2.16.840.1.113883.10.20.22.4.4"/><id root="1.2.3" extension="{number}"/>
  <code code="282291009" codeSystem="2.16.840.1.113883.6.96" displayName="Diagnosis"/>
  <effectiveTime><low value="20260218"/>{end}</effectiveTime>
  <value code="{code}" displayName="Nephropathy" codeSystem="2.16.840.1.113883.6.90"/></observation>"""
VISIT = """<encounter classCode="ENC" moodCode="EVN"><id root="1.9"/><code code="99213" displayName="Visit"/>
  <entryRelationship typeCode="COMP">{diagnosis}</entryRelationship></encounter>"""


@pytest.mark.parametrize(("number", "code", "courses"), [
    ("7", "N02.B9", ["resolved"]), ("8", "N02.B9", ["resolved"]), ("7", "M32.14", ["", "resolved"]),
])  # fmt: skip
def test_a_diagnosis_that_a_visit_names_again_is_one_diagnosis(tmp_path, number, code, courses):
    """The visit comes first here and says nothing of the end nor of the course; another code is another illness."""
    visit = VISIT.format(diagnosis=PROBLEM.format(number=number, code=code, end=""))
    listed = PROBLEM.format(number="7", code="N02.B9", end='<high value="20260316"/>')
    (tmp_path / "stay.xml").write_text(f'<?xml version="1.0"?>\n{visit}\n{listed}')
    reading = read(tmp_path / "stay.xml")
    found = [one.entry for one in reading.drafts if one.entry.kind == "Condition"]
    assert sorted(one.status for one in found) == courses
    assert sum("The visit repeats" in one.reason for one in reading.skipped) == 2 - len(courses)


def test_a_result_in_words_shows_its_value_and_never_the_name_of_the_test():
    told = {one.title: one.spoken_value() for one in entries("results-in-words.xml", "Observation")}
    assert told["HIV 1 and 2 antibody"] == "Non-reactive"
    assert told["Urine culture"] == "No growth after 48 hours"
    assert told["ANA titer"] == "1:640"
    assert told["Pathology comment"] == "No carcinoma in 12 nodes"
    assert told["CRP"] == "<0.3 mg/L"
    assert by_title("results-in-words.xml", "Observation")["INR"].value == 2.4


@pytest.mark.parametrize(("printed", "value", "text", "comparator", "unit"), [
    ("89 MG/DL", 89, "89", "", "MG/DL"), ("&lt;0.3 mg/L", 0.3, "0.3", "<", "mg/L"), ("2.4", 2.4, "2.4", "", ""),
    ("> 60 mL/min", 60, "60", ">", "mL/min"), ("2 colonies", None, "2 colonies", "", ""),
    ("1:40", None, "1:40", "", ""), ("3+", None, "3+", "", ""), ("5,4", 5.4, "5.4", "", ""),
    ("1,234", None, "1,234", "", ""),
])  # fmt: skip
def test_a_number_in_words_is_a_number_and_what_only_begins_with_one_is_not(
    tmp_path, printed, value, text, comparator, unit
):
    result = (
        '<observation classCode="OBS" moodCode="EVN"><code displayName="Test"/><text>Test</text>'
        f'<value xsi:type="ST">{printed}</value></observation>'
    )
    reading = written(tmp_path, document(section("30954-2", result)))
    (entry,) = [one.entry for one in reading.drafts if one.entry.kind == "Observation"]
    assert (entry.value, entry.value_text, entry.comparator, entry.unit) == (value, text, comparator, unit)


@pytest.mark.parametrize(("range_", "text", "low", "high"), [
    ('<value xsi:type="ST">13.5 - 17.5 g/dL</value>', "13.5 - 17.5 g/dL", 13.5, 17.5),
    ("<text>&lt;5.0</text>", "<5.0", None, 5.0),
    ('<text>Critical range</text><value><low value="1" unit="g"/><high value="2" unit="g"/></value>',
     "Critical range: 1–2 g", 1, 2),
    ("<value><low nullFlavor='OTH'><translation value='150'><originalText>THOUS/MCL</originalText></translation></low>"
     "</value>", "≥ 150 THOUS/MCL", 150, None),
    ('<value xsi:type="ST">Non-reactive</value>', "Non-reactive", None, None),
])  # fmt: skip
def test_a_range_keeps_its_words_and_gives_its_numbers(tmp_path, range_, text, low, high):
    result = (
        '<observation classCode="OBS" moodCode="EVN"><code displayName="Test"/><value xsi:type="ST">x</value>'
        f"<referenceRange><observationRange>{range_}</observationRange></referenceRange></observation>"
    )
    reading = written(tmp_path, document(section("30954-2", result)))
    (entry,) = [one.entry for one in reading.drafts if one.entry.kind == "Observation"]
    assert entry.data.get("range_text") == text
    assert (entry.data.get("range_low"), entry.data.get("range_high")) == (low, high)


def test_what_is_told_word_for_word_twice_enters_once_and_a_new_bout_after_the_end_is_new(tmp_path):
    listed = PROBLEM.format(number="7", code="N02.B9", end='<high value="20260316"/>')
    later = (
        '<encounter classCode="ENC" moodCode="EVN"><id root="1.9"/><code displayName="Visit"/>'
        '<effectiveTime value="20260401"/><entryRelationship typeCode="COMP">'
        + PROBLEM.format(number="8", code="N02.B9", end="").replace('<low value="20260218"/>', "")
        + "</entryRelationship></encounter>"
    )
    reading = written(tmp_path, document(section("11450-4", listed, listed.replace('extension="7"', 'extension="9"'))))
    assert [one.reason for one in reading.skipped] == ["The document tells this a second time, word for word."]
    reading = written(tmp_path, document(section("11450-4", listed) + section("46240-8", later)))
    assert len([one for one in reading.drafts if one.entry.kind == "Condition"]) == 2


@pytest.mark.parametrize("words", ["Result excluded", "No vital sign data is applicable", "No observation recorded."])
def test_a_statement_that_there_is_no_result_is_no_result(tmp_path, words):
    result = f'<observation classCode="OBS"><code nullFlavor="NI"/><value xsi:type="ST">{words}</value></observation>'
    reading = written(tmp_path, document(section("30954-2", result)))
    assert [one.reason for one in reading.skipped] == ["It doesn’t say what it is: code and text are missing."]
    named = result.replace('<code nullFlavor="NI"/>', '<code displayName="Vital signs"/>')
    reading = written(tmp_path, document(section("8716-3", named)))
    assert [one.reason for one in reading.skipped] == ["The source says that it has no information about this."]


def test_no_growth_and_not_detected_are_results(tmp_path):
    results = [
        f'<observation classCode="OBS"><code displayName="Culture"/><value xsi:type="ST">{words}</value></observation>'
        for words in ("No growth", "Not detected", "No observable cells found")
    ]
    reading = written(tmp_path, document(section("30954-2", *results)))
    assert len([one for one in reading.drafts if one.entry.kind == "Observation"]) == 3


def test_an_id_that_many_statements_share_names_none_of_them_by_its_place(tmp_path):
    """A new result on top of the list must not take the name of the one that stood there."""
    glucose = (
        '<observation><id root="1.2.3"/><code code="2345-7" displayName="Glucose"/>{}<value value="{}"/></observation>'
    )
    january = glucose.format('<effectiveTime value="20240110"/>', "5.5")
    march = glucose.format('<effectiveTime value="20240310"/>', "6.0")
    first = written(tmp_path, document(section("30954-2", january, march)))
    second = written(tmp_path, document(section("30954-2", march, january)))
    names = [{one.entry.value_text: one.identifier for one in each.drafts} for each in (first, second)]
    assert names[0]["5.5"] == names[1]["5.5"] != names[0]["6.0"]


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


def test_an_old_summary_names_the_allergen_and_its_reaction():
    (allergy,) = entries("c32-allergy.xml", "AllergyIntolerance")
    assert (allergy.title, allergy.data["reaction"]) == ("PENICILLIN", "ANAPHYLAXIS")


def test_a_severity_within_a_reaction_is_no_reaction(tmp_path):
    allergy = (
        '<observation><templateId root="2.16.840.1.113883.10.20.22.4.7"/><participant><participantRole>'
        "<playingEntity><name>Codeine</name></playingEntity></participantRole></participant>"
        '<entryRelationship typeCode="MFST"><observation><value xsi:type="CD" displayName="Nausea"/></observation>'
        '</entryRelationship><entryRelationship typeCode="MFST"><observation><code code="SEV"/>'
        '<value xsi:type="CD" displayName="Mild"/></observation></entryRelationship></observation>'
    )
    reading = written(tmp_path, document(section("48765-2", allergy)))
    (entry,) = [one.entry for one in reading.drafts if one.entry.kind == "AllergyIntolerance"]
    assert (entry.data["reaction"], entry.data["severity"]) == ("Nausea", "mild")


def test_a_problem_that_was_taken_back_is_entered_in_error_and_a_side_is_kept():
    told = by_title("problems-taken-back.xml", "Condition")
    breast = told["Malignant neoplasm of breast"]
    assert (breast.happened.text, breast.data["body_site"]) == ("2023-04-05", "Left")
    assert told["Multiple sclerosis (entered in error)"].struck


def test_a_date_that_cant_be_read_is_said(tmp_path):
    problem = PROBLEM.format(number="7", code="N02.B9", end="").replace("20260218", "spring of 2026")
    reading = written(tmp_path, document(section("11450-4", problem)))
    assert "spring of 2026" in reading.warnings[0]


@pytest.mark.parametrize(("written_as", "text"), [
    ("2023-04-05", "2023-04-05"), ("2023-04", "2023-04"), ("2023-04-05T10:11:12-05:00", "2023-04-05T10:11:12-05:00"),
    ("20230405101112.000-0500", "2023-04-05T10:11:12-05:00"), ("2023-04-05T10:11:12Z", "2023-04-05T10:11:12+00:00"),
])  # fmt: skip
def test_a_time_with_signs_between_is_the_same_time(written_as, text):
    assert cda.when(written_as).text == text


def test_why_somebody_came_stands_in_the_visit(tmp_path):
    visit = (
        '<encounter classCode="ENC" moodCode="EVN"><code displayName="Office visit"/><effectiveTime value="2012"/>'
        '<entryRelationship typeCode="RSON"><observation><text>Chest pain</text></observation></entryRelationship>'
        "</encounter>"
    )
    reading = written(tmp_path, document(section("46240-8", visit)))
    (entry,) = [one.entry for one in reading.drafts if one.entry.kind == "Encounter"]
    assert entry.data["reason"] == "Chest pain"
    assert reading.skipped == []


def test_a_compressed_file_within_is_kept_as_it_was():
    reading = read(DATA / "unstructured-deflated.xml")
    (note,) = [one.entry for one in reading.drafts if one.entry.kind == "DocumentReference"]
    assert reading.embedded[0].data.decode() in note.data["text"]


def test_a_problem_of_an_old_summary_is_a_diagnosis_in_whatever_section_it_stands(tmp_path):
    problem = (
        '<observation><templateId root="2.16.840.1.113883.10.20.1.28"/><code code="ASSERTION"/>'
        '<value xsi:type="CD" code="386807006" codeSystem="2.16.840.1.113883.6.96" displayName="Memory impairment"/>'
        "</observation>"
    )
    reading = written(tmp_path, document(section("47420-5", problem)))
    assert [one.entry.kind for one in reading.drafts if one.entry.title == "Memory impairment"] == ["Condition"]


def test_an_alert_that_bears_the_template_of_a_problem_too_is_an_allergy(tmp_path):
    alert = (
        '<observation><templateId root="2.16.840.1.113883.10.20.1.28"/>'
        '<templateId root="2.16.840.1.113883.10.20.1.18"/><participant><participantRole><playingEntity>'
        "<name>Oats</name></playingEntity></participantRole></participant></observation>"
    )
    reading = written(tmp_path, document(section("48765-2", alert)))
    assert [(one.entry.kind, one.entry.title) for one in reading.drafts][1:] == [("AllergyIntolerance", "Oats")]


def test_a_day_that_no_calendar_has_leaves_its_month():
    assert cda.when("20100431").text == "2010-04"


def test_a_visit_named_unk_is_a_visit(tmp_path):
    visit = '<encounter><code displayName="UNK"/><effectiveTime value="20121002"/></encounter>'
    reading = written(tmp_path, document(section("46240-8", visit)))
    assert [one.entry.title for one in reading.drafts if one.entry.kind == "Encounter"] == ["Visit"]


def test_a_reason_that_no_reader_takes_is_told(tmp_path):
    why = '<entryRelationship typeCode="RSON"><act><code displayName="Patient education"/></act></entryRelationship>'
    goal = f'<observation moodCode="GOL"><code displayName="Weight"/><value value="70" unit="kg"/>{why}</observation>'
    reading = written(tmp_path, document(section("61146-7", goal)))
    assert ["stays readable" in one.reason for one in reading.skipped] == [True]
    order = f'<observation moodCode="RQO"><code displayName="Diet"/>{why}</observation>'
    reading = written(tmp_path, document(section("18776-5", order)))
    (entry,) = [one.entry for one in reading.drafts if one.entry.kind == "ServiceRequest"]
    assert (entry.data["reason"], reading.skipped) == ("Patient education", [])


def test_a_result_that_is_denied_without_a_value_is_denied_by_its_name(tmp_path):
    result = '<observation negationInd="true"><code displayName="Malignant cells"/></observation>'
    reading = written(tmp_path, document(section("30954-2", result)))
    assert [one.entry.value_text for one in reading.drafts if one.entry.kind == "Observation"] == [
        "not: Malignant cells"
    ]


def test_an_act_that_is_told_twice_under_its_id_enters_once_as_it_is_told_fullest(tmp_path):
    bare = (
        '<encounter><id root="1.9" extension="5"/><code displayName="Office visit"/>'
        '<effectiveTime value="20121002"/>{more}</encounter>'
    )
    performer = (
        "<performer><assignedEntity><assignedPerson><name>Dr. Grey</name></assignedPerson></assignedEntity></performer>"
    )
    reading = written(tmp_path, document(section("46240-8", bare.format(more=""), bare.format(more=performer))))
    (visit,) = [one.entry for one in reading.drafts if one.entry.kind == "Encounter"]
    assert visit.data["provider"] == "Dr. Grey"
    assert [one.reason for one in reading.skipped] == ["The document tells this a second time, with less."]


def test_two_that_share_an_id_and_contradict_each_other_both_enter(tmp_path):
    taken = (
        '<substanceAdministration moodCode="EVN"><id root="1.9"/><effectiveTime><low value="20121002"/></effectiveTime>'
        '<doseQuantity value="{dose}" unit="mg"/><consumable><manufacturedProduct><manufacturedMaterial>'
        '<code displayName="Aspirin"/></manufacturedMaterial></manufacturedProduct></consumable>'
        "</substanceAdministration>"
    )
    reading = written(tmp_path, document(section("10160-0", taken.format(dose=100), taken.format(dose=300))))
    assert len([one for one in reading.drafts if one.entry.kind == "MedicationStatement"]) == 2


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


STAY = (
    '<componentOf><encompassingEncounter><id root="1.5" extension="9"/><effectiveTime><low value="20240105"/>{end}'
    "</effectiveTime><responsibleParty><assignedEntity><assignedPerson><name>Dr. Grey</name></assignedPerson>"
    "</assignedEntity></responsibleParty></encompassingEncounter></componentOf>"
)


@pytest.mark.parametrize(("end", "status"), [('<high value="20240109"/>', "finished"), ("", "unknown")])
def test_the_stay_that_a_document_is_about_is_a_visit(tmp_path, end, status):
    whole = document(section("48765-2")).replace("<component>", STAY.format(end=end) + "<component>", 1)
    (visit,) = [one.entry for one in written(tmp_path, whole).drafts if one.entry.kind == "Encounter"]
    assert (visit.title, visit.happened.text, visit.status, visit.data["provider"]) == (
        "Visit", "2024-01-05", status, "Dr. Grey",
    )  # fmt: skip


def test_a_stay_that_a_section_tells_of_is_told_once(tmp_path):
    visit = '<encounter><code displayName="Inpatient"/><effectiveTime value="202401051000"/></encounter>'
    whole = document(section("46240-8", visit)).replace("<component>", STAY.format(end="") + "<component>", 1)
    reading = written(tmp_path, whole)
    assert [one.entry.title for one in reading.drafts if one.entry.kind == "Encounter"] == ["Inpatient"]
    assert [one.what for one in reading.skipped] == ["encompassingEncounter"]


def test_of_several_ranges_each_is_called_by_its_meaning_and_the_normal_one_gives_the_numbers(tmp_path):
    range_ = (
        "<referenceRange><observationRange><value><low value='{low}' unit='mg/dL'/>{high}</value>"
        "<interpretationCode code='{code}' displayName='{name}'/></observationRange></referenceRange>"
    )
    normal = range_.format(low=70, high="<high value='99' unit='mg/dL'/>", code="N", name="Normal")
    high = range_.format(low=100, high="", code="H", name="High")
    result = f'<observation><code displayName="Glucose"/><value value="92" unit="mg/dL"/>{high}{normal}</observation>'
    reading = written(tmp_path, document(section("30954-2", result)))
    (entry,) = [one.entry for one in reading.drafts if one.entry.kind == "Observation"]
    assert entry.data["range_text"] == "High: ≥ 100 mg/dL; Normal: 70–99 mg/dL"
    assert (entry.data["range_low"], entry.data["range_high"]) == (70, 99)


@pytest.mark.parametrize(("unit", "low"), [("mmol/L", 4.0), ("mmol/l", 4.0), ("mg/dL", None), ("", 4.0)])
def test_a_range_in_another_unit_than_the_value_gives_no_numbers(tmp_path, unit, low):
    result = (
        '<observation><code displayName="Glucose"/><value value="5.5" unit="mmol/L"/><referenceRange><observationRange>'
        f"<value><low value='4.0' unit='{unit}'/></value></observationRange></referenceRange></observation>"
    )
    reading = written(tmp_path, document(section("30954-2", result)))
    (entry,) = [one.entry for one in reading.drafts if one.entry.kind == "Observation"]
    assert entry.data.get("range_low") == low
    assert "4.0" in entry.data["range_text"]


@pytest.mark.parametrize(("value", "text", "absent"), [
    ('<value xsi:type="CD" code="260385009" codeSystem="2.16.840.1.113883.6.96"/>', "Negative", None),
    ('<value xsi:type="CD" code="12345" codeSystem="1.2"/>', "12345", None),
    ('<value xsi:type="PQ" nullFlavor="UNK"><translation value="5"><originalText>units</originalText></translation>'
     "</value>", "5", None),
    ('<value xsi:type="CD" nullFlavor="OTH"><originalText>Rare</originalText></value>', "Rare", None),
    ('<value xsi:type="CD" nullFlavor="UNK"/>', "", "unknown"),
])  # fmt: skip
def test_a_value_without_words_is_named_by_its_code_and_only_none_at_all_is_absent(tmp_path, value, text, absent):
    result = f'<observation><code displayName="Culture"/><text>Culture</text>{value}</observation>'
    reading = written(tmp_path, document(section("30954-2", result)))
    (entry,) = [one.entry for one in reading.drafts if one.entry.kind == "Observation"]
    assert (entry.value_text, entry.data.get("absent_reason")) == (text, absent)


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


ALLERGY = (
    '<observation {negated}><templateId root="2.16.840.1.113883.10.20.22.4.7"/>'
    '<value xsi:type="CD" code="419511003" codeSystem="2.16.840.1.113883.6.96" displayName="Propensity to drug"/>'
    "<participant><participantRole><playingEntity>{agent}</playingEntity></participantRole></participant>{more}"
    "</observation>"
)
SNOMED_AGENT = '<code code="{code}" codeSystem="2.16.840.1.113883.6.96"{name}/>'


def allergies(tmp_path, agent, negated="", more=""):
    statement = ALLERGY.format(agent=agent, negated=negated, more=more)
    reading = written(tmp_path, document(section("48765-2", statement)))
    return [one.entry for one in reading.drafts if one.entry.kind == "AllergyIntolerance"], reading.skipped


def test_an_allergy_to_nothing_that_is_named_is_no_entry(tmp_path):
    found, skipped = allergies(tmp_path, "")
    assert (found, [one.reason for one in skipped]) == ([], ["It doesn’t say what it is: code and text are missing."])


@pytest.mark.parametrize(("code", "name", "negated", "title"), [
    ("716186003", "", "", "No known allergies"),
    ("410942007", ' displayName="Drug or medicament"', 'negationInd="true"', "No known drug allergies"),
    ("762766007", ' displayName="Edible substance"', 'negationInd="true"', "No known food allergies"),
    ("111088007", ' displayName="Latex"', 'negationInd="true"', "No known allergy to Latex"),
])  # fmt: skip
def test_none_known_says_of_what(tmp_path, code, name, negated, title):
    (entry,), _skipped = allergies(tmp_path, SNOMED_AGENT.format(code=code, name=name), negated)
    assert (entry.title, entry.data["none_known"]) == (title, True)


def test_a_severity_may_be_told_by_its_code_alone(tmp_path):
    severity = (
        '<entryRelationship><observation><code code="SEV"/><value xsi:type="CD" code="24484000"/></observation>'
        "</entryRelationship>"
    )
    (entry,), _skipped = allergies(tmp_path, "<name>Latex</name>", more=severity)
    assert entry.data["severity"] == "severe"


@pytest.mark.parametrize(("value", "title", "site"), [
    ('<value xsi:type="ST">Hypertension</value>', "Hypertension", None),
    ('<value xsi:type="CD" nullFlavor="UNK"/>', "Breast cancer, left", None),
    ('<value xsi:type="CD" code="1" codeSystem="1.2" displayName="Cancer"><qualifier><name code="272741003"/>'
     '<value code="7771000" displayName="Left"/></qualifier></value><targetSiteCode displayName="Breast"/>',
     "Cancer", "Left Breast"),
])  # fmt: skip
def test_a_diagnosis_is_its_value_in_whatever_form_and_its_side_stands_with_its_site(tmp_path, value, title, site):
    template = '<templateId root="2.16.840.1.113883.10.20.22.4.4"/>'
    problem = f"<observation>{template}<text>Breast cancer, left</text>{value}</observation>"
    reading = written(tmp_path, document(section("11450-4", problem)))
    (entry,) = [one.entry for one in reading.drafts if one.entry.kind == "Condition"]
    assert (entry.title, entry.data.get("body_site")) == (title, site)


def test_none_recorded_is_no_diagnosis(tmp_path):
    problem = (
        '<observation><templateId root="2.16.840.1.113883.10.20.22.4.4"/><value xsi:type="CD" nullFlavor="NA">'
        "<originalText>None recorded</originalText></value></observation>"
    )
    reading = written(tmp_path, document(section("11450-4", problem)))
    assert [one.reason for one in reading.skipped] == ["The source says that it has no information about this."]
