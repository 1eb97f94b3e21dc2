"""FHIR as it really comes: each trap of the format has its file, and each file its sentence here."""

import json
from pathlib import Path

import pytest

from organizer.base.errors import UnreadableSourceError
from organizer.base.progress import NoProgress
from organizer.importing.core.format import SourceFile
from organizer.importing.formats.fhir import FHIR

DATA = Path(__file__).parents[3] / "data" / "fhir"


def read(name):
    return FHIR.read(SourceFile(name, DATA / name), NoProgress())


def entries(name, kind=""):
    return [one.entry for one in read(name).drafts if kind in ("", one.entry.kind)]


def by_title(name, kind=""):
    return {entry.title: entry for entry in entries(name, kind)}


def values(name):
    return {one.title: one.comparator + one.value_text for one in entries(name, "Observation")}


DAMAGED = ("empty.json", "truncated.json")


@pytest.mark.parametrize("name", sorted(path.name for path in DATA.iterdir() if path.name not in DAMAGED))
def test_everything_in_a_file_is_an_entry_or_left_out_with_a_reason(name):
    reading = read(name)
    assert reading.read == len(reading.drafts) + len(reading.skipped) > 0
    assert all(one.reason for one in reading.skipped)


def test_what_was_entered_in_error_is_kept_and_never_a_fact():
    struck = [entry.title for entry in entries("entered-in-error.json") if entry.struck]
    assert struck == ["Glucose", "Type 2 diabetes"]


def test_a_refuted_diagnosis_is_kept_and_never_a_fact():
    told = by_title("refuted-condition.json", "Condition")
    assert told["Coeliac disease"].struck
    assert not told["Irritable bowel syndrome"].struck


def test_inactive_resolved_and_abated_are_told_apart():
    told = by_title("inactive-and-resolved.json", "Condition")
    assert {title: one.status for title, one in told.items()} == {
        "Childhood asthma": "inactive",
        "Broken wrist": "resolved",
        "Migraine": "remission",
    }
    assert told["Childhood asthma"].ended.text == "1994"


def test_a_partial_date_keeps_its_precision_and_a_missing_one_stays_missing():
    told = [entry.happened and entry.happened.text for entry in entries("partial-dates.json", "Condition")]
    assert told == ["2019", "2019-03", "2019-03-07"]
    results = [entry.happened and entry.happened.text for entry in entries("partial-dates.json", "Observation")]
    assert results[2:] == ["2026-03", None]


def test_a_zone_never_shifts_the_day():
    late, far, *_ = entries("partial-dates.json", "Observation")
    assert late.happened.first_day.isoformat() == "2026-03-02"
    assert far.happened.first_day.isoformat() == "2026-03-03"


def test_a_comparator_is_no_part_of_the_number_and_digits_stay_as_printed():
    told = by_title("comparator.json", "Observation")
    assert (told["CRP"].comparator, told["CRP"].value_text, told["CRP"].value) == ("<", "0.10", 0.1)
    assert (told["Ferritin"].comparator, told["Ferritin"].value) == (">=", 2000)
    assert (told["Creatinine"].value_text, told["Creatinine"].value) == ("1.10", 1.1)
    assert told["White cells in urine"].value is None
    assert told["Antibody titre"].value_text == "1:160"


def test_values_that_are_words_stay_words():
    told = values("words-as-values.json")
    assert told["Urine glucose"] == "Trace"
    assert told["ANA titre"] == "1:40"
    assert told["Urine protein"] == "3+"
    assert told["Hepatitis B surface antigen"] == "Negative"
    assert by_title("words-as-values.json")["Urine glucose"].value is None


def test_ranges_are_kept_as_printed_and_numbers_only_where_one_range_is_given():
    one_sided, several = entries("reference-ranges.json", "Observation")[1:3]
    assert one_sided.data["range_high"] == 0.5
    assert "range_low" not in one_sided.data
    assert "Female" in several.data["range_text"]
    assert "range_low" not in several.data


def test_a_flag_is_the_laboratorys_and_never_made_up():
    flagged, unflagged = entries("reference-ranges.json", "Observation")[3:]
    assert flagged.data["interpretation"] == "H"
    assert "interpretation" not in unflagged.data


def test_blood_pressure_keeps_its_parts_in_one_entry():
    first, second = entries("components-bp.json", "Observation")
    assert [part["value"] for part in first.data["components"]] == [124, 78]
    assert second.data["components"][1]["absent_reason"]


def test_members_of_a_panel_are_counted_once():
    titles = [entry.title for entry in entries("panel-members.json", "Observation")]
    assert sorted(titles) == ["Electrolytes", "Potassium", "Sodium"]
    assert len(by_title("panel-members.json")["Electrolytes"].links) >= 2


def test_units_stay_as_printed():
    told = {one.title: one.unit for one in entries("units-as-printed.json", "Observation")}
    assert told["Platelets"] == "K/uL"
    assert told["Potassium"] == "mEq/L"
    assert told["Leucocytes"] == "x10E3/uL"
    assert told["ALT"] == "UNITS/L"


def test_a_result_that_is_absent_says_why():
    told = entries("data-absent.json", "Observation")
    assert [one.data.get("absent_reason") for one in told[:2]] == ["not-performed", "sample clotted"]
    assert not any(one.value_text for one in told[:3])


def test_a_medicine_is_named_by_reference_by_text_or_by_code():
    titles = [entry.title for entry in entries("medication-by-reference.json", "MedicationStatement")]
    assert titles[:4] == ["Metformin 500 mg tablet", "Ramipril 5 mg", "Grandmother’s cough syrup", "Atorvastatin 20 mg"]


def test_nulls_and_primitive_extensions_do_no_harm():
    assert [entry.title for entry in entries("nulls-and-primitive-extensions.json")] == ["Ada Quill", "Glucose", "Gout"]


@pytest.mark.parametrize("name", ["batch.json", "transaction.json", "searchset.json"])
def test_bundles_of_each_type_are_opened(name):
    assert len(entries(name, "Observation")) == 2


def test_a_fhir_document_is_a_document_that_can_be_read_and_searched():
    (document,) = entries("document.json", "DocumentReference")
    assert document.title
    assert document.text("text")


def test_one_broken_line_is_named_and_the_others_are_read():
    reading = read("broken-line.ndjson")
    assert [one.where for one in reading.skipped] == ["line=4"]
    assert len(reading.drafts) == 5


def test_attachments_are_files_of_their_own_and_their_words_can_be_found():
    told = by_title("attachments.json", "DocumentReference")
    disguised = told["A PDF that says it is text"]
    assert disguised.data["media_type"] == "application/pdf"
    assert "%PDF" not in str(disguised.data.get("page_texts"))
    assert told["Plain text"].data["text"] == "Grüße – see you in May."
    assert told["In a Binary resource"].data["file"]
    assert "doesn’t hold it" in told["Only an address"].data["note"]


def test_a_broken_attachment_is_said_and_its_description_kept():
    reading = read("attachments.json")
    assert any("Broken base64" in one for one in reading.warnings)
    assert "Broken base64" in by_title("attachments.json")


def test_a_narrative_brings_no_script_and_no_remote_picture():
    told = repr(read("narrative-with-script.json").drafts)
    assert "<script" not in told
    assert "http://" not in told.replace("http://hl7.org", "").replace("http://loinc.org", "").replace(
        "http://snomed.info", ""
    )


def test_none_known_and_not_asked_are_two_statements():
    known = entries("no-known-allergies.json", "AllergyIntolerance")
    unknown = entries("allergies-unknown.json", "AllergyIntolerance")
    assert [one.data.get("none_known") for one in known] == [True]
    assert not any(one.data.get("none_known") for one in unknown)


def test_every_script_and_every_sign_comes_through():
    titles = [entry.title for entry in entries("other-languages.json")]
    assert {"عائشة القلم", "花粉症", "Heuschnupfen 🤧", "Глюкоза"} <= set(titles)


def test_contained_resources_speak_and_dangling_ones_do_no_harm():
    told = by_title("contained-and-dangling.json")
    assert told["Glucose"].data["performer"] == "City Laboratory"
    assert told["Chest X-ray"].data["performer"] == "Dr Noor Haddad"


def test_references_by_urn_find_their_person():
    reading = read("urn-uuid-references.json")
    patient, result = reading.drafts
    assert result.patient == patient.identifier


def test_two_people_in_one_file_stay_two():
    owners = {one.patient for one in read("two-patients.json").drafts if one.entry.kind == "Observation"}
    assert len(owners) == 3  # Ada, Ben, and one result that names nobody


def test_what_is_no_health_record_is_counted_with_its_reason():
    reading = read("not-records.json")
    assert [one.what for one in reading.skipped] == [
        "Claim", "ExplanationOfBenefit", "Provenance", "AuditEvent", "SomethingNew",
    ]  # fmt: skip


def test_json_is_known_by_its_content_not_by_its_name():
    assert FHIR.recognises(SourceFile("json-named-xml.xml", DATA / "json-named-xml.xml"))


@pytest.mark.parametrize("name", DAMAGED)
def test_what_breaks_off_is_refused_by_name_and_place(name):
    with pytest.raises(UnreadableSourceError) as refused:
        read(name)
    assert name in refused.value.message
    assert "line" in refused.value.message
    assert refused.value.next_step


def test_goals_and_plans_keep_their_targets():
    goals = by_title("planned-and-goals.json", "Goal")
    assert goals["HbA1c below 7 %"].data["target_high"] == 7
    weight = goals["Weight between 68 and 72 kg"].data
    assert (weight["target_low"], weight["target_high"], weight["due"]) == (68, 72, "2026-12")


def goal_of(*targets):
    return {"resourceType": "Goal", "id": "g1", "lifecycleStatus": "active", "description": {"text": "BP <130/80"},
            "startDate": "2026-01-15", "target": list(targets)}  # fmt: skip


def aim(code, **detail):
    return {"measure": {"coding": [{"system": "http://loinc.org", "code": code}]}, "dueDate": "2026-04-15", **detail}


def goals_in(tmp_path, goal):
    plan = {"resourceType": "CarePlan", "id": "c1", "title": "Plan", "status": "active", "intent": "plan",
            "goal": [{"reference": "Goal/g1"}]}  # fmt: skip
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in (goal, plan)]}
    file = tmp_path / "goal.json"
    file.write_text(json.dumps(bundle), "utf-8")
    drafts = FHIR.read(SourceFile(file.name, file), NoProgress()).drafts
    held = [link.target for draft in drafts for link in draft.entry.links]
    return [draft.entry for draft in drafts if draft.entry.kind == "Goal"], held, drafts


def test_a_goal_with_two_targets_is_two_goals_and_its_plan_holds_both(tmp_path):
    below = {"detailRange": {"high": {"value": 130, "unit": "mm[Hg]"}}}
    low = {"detailRange": {"high": {"value": 80, "unit": "mm[Hg]"}}}
    found, held, drafts = goals_in(tmp_path, goal_of(aim("8480-6", **below), aim("8462-4", **low)))
    assert [(one.title, one.data["target_high"], one.unit) for one in found] == [
        ("BP <130/80 (Systolic blood pressure)", 130, "mm[Hg]"),
        ("BP <130/80 (Diastolic blood pressure)", 80, "mm[Hg]"),
    ]
    assert {one.data["due"] for one in found} == {"2026-04-15"}
    assert held == [draft.identifier for draft in drafts if draft.entry.kind == "Goal"]
    assert len(set(held)) == 2


@pytest.mark.parametrize(
    ("detail", "low", "high", "unit"),
    [
        ({"detailString": "< 7.0 %"}, None, 7.0, "%"),
        ({"detailString": "Walk more"}, None, None, ""),
        ({"detailString": "<130/80"}, None, None, ""),
        ({"detailQuantity": {"value": 7, "unit": "%"}}, 7, 7, "%"),
        ({"detailQuantity": {"value": 45, "unit": "mL/min", "comparator": ">="}}, 45, None, "mL/min"),
        ({"detailInteger": 4}, 4, 4, ""),
    ],
)
def test_a_target_in_words_or_in_one_number_has_its_ends(tmp_path, detail, low, high, unit):
    [found], _held, _drafts = goals_in(tmp_path, goal_of(aim("4548-4", **detail)))
    assert (found.data.get("target_low"), found.data.get("target_high"), found.unit) == (low, high, unit)
    assert found.title == "BP <130/80"


def test_less_than_nought_per_cent_is_a_change_from_the_start_and_no_level(tmp_path):
    detail = {"detailQuantity": {"value": -50, "unit": "%"}}
    [found], _held, _drafts = goals_in(tmp_path, goal_of(aim("13457-7", **detail)))
    assert found.data["target_change"] == -50
    assert (found.data.get("target_low"), found.data.get("target_high"), found.unit) == (None, None, "")


@pytest.mark.parametrize(
    ("comparator", "words"), [("<", "<7 %"), ("<=", ""), (">", ">7 %"), (">=", "")], ids=["lt", "le", "gt", "ge"]
)
def test_a_target_that_its_own_number_does_not_meet_says_so(tmp_path, comparator, words):
    detail = {"detailQuantity": {"value": 7, "unit": "%", "comparator": comparator}}
    [found], _held, _drafts = goals_in(tmp_path, goal_of(aim("4548-4", **detail)))
    assert found.text("target_text") == words


def test_the_day_by_which_it_is_due_may_be_told_as_a_time_after_the_start(tmp_path):
    target = aim("4548-4", detailQuantity={"value": 7, "unit": "%"})
    del target["dueDate"]
    target["dueDuration"] = {"value": 12, "unit": "weeks", "code": "wk", "system": "http://unitsofmeasure.org"}
    [found], _held, _drafts = goals_in(tmp_path, goal_of(target))
    assert found.text("due") == "2026-04-09"


def test_a_device_and_the_statement_of_its_use_are_one_thing(tmp_path):
    device = {"resourceType": "Device", "id": "d1", "deviceName": [{"name": "Pacemaker", "type": "user-friendly-name"}]}
    use = {
        "resourceType": "DeviceUseStatement",
        "id": "u1",
        "status": "active",
        "device": {"reference": "Device/d1"},
        "timingPeriod": {"start": "2019-03"},
        "bodySite": {"text": "Chest"},
    }
    alone = {"resourceType": "DeviceUseStatement", "id": "u2", "status": "active", "device": {"display": "Hearing aid"}}
    listed = [{"resource": one} for one in (use, device, alone)]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": listed}
    file = tmp_path / "devices.json"
    file.write_text(json.dumps(bundle), "utf-8")
    reading = FHIR.read(SourceFile(file.name, file), NoProgress())
    assert [draft.entry.title for draft in reading.drafts] == ["Pacemaker", "Hearing aid"]
    assert reading.drafts[0].entry.happened.text == "2019-03"
    assert reading.drafts[0].entry.data["place"] == "Chest"
    assert reading.read == 3


GOUT = {"resourceType": "Condition", "id": "c1", "code": {"text": "Gout"}}
BUNDLE = {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": GOUT}]}


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ([GOUT], "[0]"),
        ([BUNDLE, {"resourceType": "Bundle"}], "[0].entry[0]"),
        ({"data": {"Condition": [GOUT], "total": 1, "tags": ["x"]}}, "data.Condition[0]"),
        ({"Condition": {"resourceType": "Bundle", "entry": [{"resource": GOUT}]}}, "Condition.entry[0]"),
        (
            {"resourceType": "Parameters", "parameter": [{"part": [{"resource": GOUT}]}]},
            "parameter[0].part[0].resource",
        ),
        (GOUT, "Condition/c1"),
    ],
)
def test_resources_are_found_in_lists_and_in_a_portals_own_wrapping(told, place):
    reading = FHIR.read(SourceFile("x.json", data=json.dumps(told).encode()), NoProgress())
    assert [draft.entry.title for draft in reading.drafts] == ["Gout"]
    assert reading.drafts[0].entry.sources[0].locator == place
    assert reading.skipped == []


def test_bundles_on_lines_are_opened():
    lines = "\n".join(json.dumps(one) for one in (BUNDLE, {"resource": GOUT | {"id": "c2"}}, {"no": "resource"}))
    reading = FHIR.read(SourceFile("x.ndjson", data=lines.encode()), NoProgress())
    places = [draft.entry.sources[0].locator for draft in reading.drafts]
    assert places == ["line=1.entry[0]", "line=2.resource"]
    assert [one.where for one in reading.skipped] == ["line=3"]
