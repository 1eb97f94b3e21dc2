"""C-CDA as it really comes: each trap of the format has its file, and each file its sentence here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.base.errors import UnreadableSourceError
from organizer.base.progress import NoProgress
from organizer.importing.core.format import SourceFile
from organizer.importing.formats.ccda import CCDA
from organizer.importing.formats.ccda import xml as cda
from organizer.model.kinds import find_kind
from tests.organizer.importing.formats.small_ccda import (
    DATA,
    OBSERVATION,
    PROBLEM,
    VITAL_SIGN,
    WEIGHT,
    document,
    entries,
    read,
    section,
    written,
)


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


def test_a_zone_never_shifts_the_day_and_a_partial_date_stays_partial():
    told = {one.value_text: one.happened.text for one in entries("time-zones.xml", "Observation")}
    assert told["91"] == "2026-03-02"
    assert told["92"] == "2026-03-02T23:30:00-05:00"
    assert told["93"] == "2026-03-03T00:30:00+14:00"
    assert told["95"] == "2026-03"


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


@pytest.mark.parametrize(
    ("value", "ends", "unit"),
    [
        ('<value value="70" unit="kg"/>', (70, 70), "kg"),
        ('<value xsi:type="ST">&lt; 7.0 %</value>', (None, 7.0), "%"),
        ('<value xsi:type="ST">Eat less</value>', (None, None), ""),
    ],
)
def test_the_target_of_a_goal_is_a_number_where_it_is_one(tmp_path, value, ends, unit):
    statement = f'<observation moodCode="GOL"><code displayName="Measure"/>{value}</observation>'
    drafts = written(tmp_path, document(section("61146-7", statement))).drafts
    [goal] = [draft.entry for draft in drafts if draft.entry.kind == "Goal"]
    assert (goal.data.get("target_low"), goal.data.get("target_high"), goal.unit) == (*ends, unit)


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


@given(st.binary(max_size=60), st.integers(0, 10_000))
def test_no_damage_brings_a_crash(noise, where):
    """It is refused by the file's name, or what can still be read of it has kinds and titles."""
    whole = (DATA / "negation.xml").read_bytes()
    place = where % len(whole)
    source = SourceFile("damaged.xml", data=whole[:place] + noise + whole[place + len(noise) :])
    reading = refusal = None
    try:
        reading = CCDA.read(source, NoProgress())
    except UnreadableSourceError as refused:
        refusal = refused
    if reading is None:
        assert "damaged.xml" in refusal.message
        assert refusal.next_step
    else:
        assert all(find_kind(draft.entry.kind) and draft.entry.title for draft in reading.drafts)


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
