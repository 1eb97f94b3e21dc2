"""Results as hospitals' computers send them (HL7 v2 ORU)."""

import pytest

from organizer.base.progress import NoProgress
from organizer.importing.core.format import SourceFile
from organizer.importing.core.run import recognise
from organizer.importing.formats.hl7v2 import HL7_V2

HEAD = (
    "MSH|^~\\&|LAB|NORTH|PHR|ADA|20260203101500-0500||ORU^R01|M1|P|2.5.1\r"
    "PID|1||77^^^NORTH^MR||Example^Ada^M||19700505|F\r"
    "OBR|1||F1|24323-8^Panel^LN|||20260201073000-0500\r"
)


def read(*segments, head=HEAD):
    source = SourceFile("result.hl7", data=(head + "\r".join(segments) + "\r").encode())
    assert recognise(source) is HL7_V2
    return HL7_V2.read(source, NoProgress())


def results(*segments):
    return [draft.entry for draft in read(*segments).drafts if draft.entry.kind == "Observation"]


def test_a_result_with_its_range_flag_time_and_patient():
    patient, potassium = read("OBX|1|NM|2823-3^Potassium^LN||5.90|mmol/L|3.5-5.1|H|||F").drafts
    assert (patient.entry.title, patient.entry.data["birth_date"]) == ("Ada M Example", "1970-05-05")
    assert (potassium.entry.code, potassium.entry.value_text, potassium.entry.unit) == ("2823-3", "5.90", "mmol/L")
    assert (potassium.entry.data["range_high"], potassium.entry.text("interpretation")) == (5.1, "H")
    assert potassium.entry.happened.text == "2026-02-01T07:30:00-05:00"
    assert potassium.patient == patient.identifier


@pytest.mark.parametrize(
    ("kind", "printed", "value", "comparator", "text"),
    [
        ("NM", "4.7", 4.7, "", "4.7"), ("SN", "<^14", 14, "<", "14"), ("SN", "^1^:^160", None, "", "1:160"),
        ("SN", "^5^-^10", None, "", "5-10"), ("ST", ">60", 60, ">", "60"),
        ("ST", "Not detected", None, "", "Not detected"),
        ("CWE", "260373001^Detected^SCT", None, "", "Detected"), ("TX", "a \\T\\ b\\.br\\c", None, "", "a & b c"),
    ],
)  # fmt: skip
def test_each_type_of_value_is_what_it_says(kind, printed, value, comparator, text):
    (entry,) = results(f"OBX|1|{kind}|X^Thing^99||{printed}||||||F")
    assert (entry.value, entry.comparator, entry.value_text.replace("\n", " ")) == (value, comparator, text)


def test_a_wrong_result_is_kept_as_wrong_and_is_another_one_than_the_right_one():
    right, wrong = read(
        "OBX|1|NM|2823-3^Potassium^LN||5.9|mmol/L|||||F", "OBX|2|NM|2823-3^Potassium^LN||8.8|mmol/L|||||W"
    ).drafts[1:]
    assert (right.entry.status, wrong.entry.status) == ("final", "entered-in-error")
    assert right.identifier != wrong.identifier


def test_a_report_of_many_lines_is_one_text_and_a_note_stands_by_its_result():
    entries = results(
        "OBX|1|TX|R^Report^99||First line.||||||F", "OBX|2|TX|R^Report^99||Second line.||||||F",
        "OBX|3|NM|2951-2^Sodium^LN||139|mmol/L|||||F", "NTE|1||Sample haemolysed",
    )  # fmt: skip
    assert [entry.value_text for entry in entries] == ["First line.\nSecond line.", "139"]
    assert entries[1].text("note") == "Sample haemolysed"


def test_what_gives_no_result_is_counted():
    reading = read("OBX|1|ED|P^Report^99||^application^pdf^Base64^AAAA||||||F", "OBX|2|NM|2951-2^Sodium^LN||||||||F")
    assert [one.where for one in reading.skipped] == ["line=4", "line=5"]
    assert reading.read == 2
