"""Results as C-CDA tells them: numbers, words, ranges, flags, and what only says that there is none."""

import pytest

from organizer.model.statuses import Status
from tests.organizer.importing.formats.small_ccda import (
    DATA,
    by_title,
    document,
    entries,
    read,
    section,
    written,
)


def test_an_interval_with_one_end_is_a_comparator_and_an_open_end_stays_open():
    told = [one.comparator + one.value_text for one in entries("ivl-values.xml", "Observation")]
    assert told == ["<0.10", ">=2000", "5–10 /[HPF]", "<=8"]


def test_values_that_are_words_stay_words():
    told = [one.value_text for one in entries("values-that-are-words.xml", "Observation")]
    assert told[:2] == ["Trace", "1:40"]
    assert "3+" in told[2]


def test_what_is_null_stays_unknown_and_says_why():
    told = by_title("null-flavors.xml", "Observation")
    assert told["Potassium [Moles/volume] in Serum or Plasma"].data["absent_reason"] == "not-asked"
    assert told["Glucose [Mass/volume] in Serum or Plasma"].happened is None
    assert by_title("null-flavors.xml", "Condition")["Gout, unspecified"].happened is None


def test_a_panel_is_a_report_that_holds_its_results():
    reading = read(DATA / "values-that-are-words.xml")
    (report,) = [one.entry for one in reading.drafts if one.entry.kind == "DiagnosticReport"]
    results = [one.identifier for one in reading.drafts if one.entry.kind == "Observation"]
    assert [link.target for link in report.links] == results


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


def test_a_result_that_is_denied_without_a_value_is_denied_by_its_name(tmp_path):
    result = '<observation negationInd="true"><code displayName="Malignant cells"/></observation>'
    reading = written(tmp_path, document(section("30954-2", result)))
    assert [one.entry.value_text for one in reading.drafts if one.entry.kind == "Observation"] == [
        "not: Malignant cells"
    ]


def test_a_measurement_that_is_denied_and_has_no_value_was_not_made(tmp_path):
    weight = (
        '<observation negationInd="true"><code displayName="BMI"/><value xsi:type="PQ" nullFlavor="NI"/></observation>'
    )
    reading = written(tmp_path, document(section("8716-3", weight)))
    (entry,) = [draft.entry for draft in reading.drafts if draft.entry.kind == "Observation"]
    assert (entry.value_text, entry.status, entry.is_fact) == ("", Status.CANCELLED, False)


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


@pytest.mark.parametrize(
    "template", ['<templateId root="1.3.6.1.4.1.19376.1.3.1.6"/>', '<templateId root="1.2.40.1"/>', ""]
)
def test_a_battery_of_any_laboratory_report_holds_results(tmp_path, template):
    """European laboratory reports (IHE XD-LAB) have sections and templates of their own."""
    result = (
        f'<component><observation classCode="OBS" moodCode="EVN">{template}<code code="718-7" displayName="Hämoglobin" '
        'codeSystem="2.16.840.1.113883.6.1"/><value xsi:type="PQ" value="13.6" unit="g/dL"/></observation></component>'
    )
    act = (
        '<act><entryRelationship><organizer classCode="BATTERY" moodCode="EVN"><code displayName="Blutbild"/>'
        f"{result}</organizer></entryRelationship></act>"
    )
    reading = written(tmp_path, document(section("18723-7", act)))
    told = {one.entry.kind: one.entry for one in reading.drafts}
    assert (told["Observation"].title, told["Observation"].data["category"]) == ("Hämoglobin", "laboratory")
    assert told["DiagnosticReport"].title == "Blutbild"
    assert reading.skipped == []
