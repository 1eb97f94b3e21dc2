"""Results as hospitals' computers send them (HL7 v2 ORU)."""

import base64

import pytest

from organizer.base.progress import NoProgress
from organizer.importing.core.format import SourceFile
from organizer.importing.core.run import recognise
from organizer.importing.formats.hl7v2 import HL7_V2
from organizer.model.links import Role

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
    patient, potassium, _panel = read("OBX|1|NM|2823-3^Potassium^LN||5.90|mmol/L|3.5-5.1|H|||F").drafts
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
    ).drafts[1:3]
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
    reading = read("OBX|1|ED|P^Report^99||^application^pdf^Base64^A?||||||F", "OBX|2|NM|2951-2^Sodium^LN||||||||F")
    assert [one.where for one in reading.skipped] == ["line=4", "line=5", "line=3"]
    assert [one.reason for one in reading.skipped][2] == "The order brings no result."


PDF = base64.b64encode(b"%PDF-1.4 is what this begins with").decode()


def test_an_order_is_a_report_with_its_results_notes_and_state():
    reading = read(
        "NTE|1||Fasting sample", "OBX|1|NM|2823-3^Potassium^LN||5.9|mmol/L|||||F", "NTE|1||Haemolysed",
        "OBX|2|NM|2951-2^Sodium^LN||139|mmol/L|||||F",
        head=HEAD.replace("|||20260201073000-0500", "|||20260201073000-0500" + "|" * 15 + "20260202||CH|C"),
    )  # fmt: skip
    _patient, potassium, sodium, panel = (draft.entry for draft in reading.drafts)
    assert (panel.kind, panel.title, panel.status, panel.text("note")) == (
        "DiagnosticReport", "Panel", "corrected", "Fasting sample"
    )  # fmt: skip
    assert (panel.text("issued"), panel.text("category"), panel.text("case_number")) == (
        "2026-02-02",
        "laboratory",
        "F1",
    )
    assert panel.targets(Role.RESULT) == tuple(one.sources[0].identifier for one in (potassium, sodium))
    assert (potassium.text("note"), sodium.text("note")) == ("Haemolysed", "")
    assert reading.read == 2


@pytest.mark.parametrize(
    "told", [f"^application^pdf^Base64^{PDF}", f"LAB^AP^PDF^Base64^{PDF}", f"^application/pdf^^Base64^{PDF}"]
)
def test_a_file_within_the_message_is_a_document_of_its_report(told):
    reading = read(f"OBX|1|ED|P^Full report^99||{told}||||||F")
    _patient, document, panel = (draft.entry for draft in reading.drafts)
    [file] = reading.embedded
    assert (document.kind, document.title, document.text("file")) == ("DocumentReference", "Full report", file.sha256)
    assert (file.media_type, file.data[:5]) == ("application/pdf", b"%PDF-")
    assert panel.targets(Role.DOCUMENT) == (document.sources[0].identifier,)
    assert reading.read == 1


def test_a_file_that_is_only_pointed_at_is_named():
    reading = read("OBX|1|RP|P^Full report^99||https://lab.example/r.pdf^^application^pdf||||||F")
    assert reading.drafts[-1].entry.text("note").endswith("https://lab.example/r.pdf")
    assert len(reading.skipped) == 1


def test_a_corrected_result_strikes_the_one_before_it():
    wrong, right = results(
        "OBX|1|NM|2823-3^Potassium^LN|1|8.8|mmol/L|||||F", "OBX|2|NM|2823-3^Potassium^LN|1|5.9|mmol/L|||||C"
    )
    assert (wrong.value, wrong.status, right.value, right.status) == (8.8, "entered-in-error", 5.9, "corrected")
    first, second = results(
        "OBX|1|NM|2823-3^Potassium^LN|1|8.8|mmol/L|||||F", "OBX|2|NM|2823-3^Potassium^LN|2|5.9|mmol/L|||||C"
    )
    assert (first.status, second.status) == ("final", "corrected")


@pytest.mark.parametrize(("state", "status"), [("D", "entered-in-error"), ("X", "cancelled"), ("", "unknown")])
def test_what_was_withdrawn_or_never_came_is_no_result(state, status):
    (entry,) = results(f"OBX|1|NM|2823-3^Potassium^LN||5.9|mmol/L|||||{state}")
    assert entry.status == status


def test_a_written_report_is_one_text_with_its_impression():
    imaging = HEAD.replace("24323-8^Panel^LN|||20260201073000-0500", "71020^Chest^C4|||20260201" + "|" * 17 + "RAD|F")
    reading = read(
        "OBX|1|TX|71020&GDT^Chest||Clear lungs.||||||F", "OBX|2|TX|71020&GDT^Chest||No effusion.||||||F",
        "OBX|3|TX|71020&IMP^Chest||Normal chest.||||||F", head=imaging,
    )  # fmt: skip
    _patient, report = (draft.entry for draft in reading.drafts)
    assert (report.text("category"), report.text("text")) == ("imaging", "Clear lungs.\nNo effusion.")
    assert (report.text("conclusion"), reading.read) == ("Normal chest.", 3)


def test_a_note_of_a_clinic_is_a_document():
    head = "MSH|^~\\&|EHR|NORTH|PHR|ADA|20260203||MDM^T02|M1|P|2.5.1\rPID|1||77||Example^Ada||19700505|F\r"
    reading = read("TXA|1|DS|TX|20260201|||||1^Doctor^Dana|||D7", "OBX|1|TX|n^Note||Went home well.||||||F", head=head)
    document = reading.drafts[-1].entry
    assert (document.kind, document.title, document.text("text")) == (
        "DocumentReference",
        "Discharge summary",
        "Went home well.",
    )
    assert (document.happened.text, document.text("author")) == ("2026-02-01", "Dana Doctor")


def test_the_specimen_tells_its_kind_and_its_day_where_the_order_does_not():
    bare = HEAD.replace("|||20260201073000-0500", "")
    (entry,) = [
        draft.entry
        for draft in read(
            "OBX|1|NM|2823-3^Potassium^LN||5.9|mmol/L|||||F", "SPM|1|||SER^Serum" + "|" * 13 + "202601310800", head=bare
        ).drafts
        if draft.entry.kind == "Observation"
    ]
    assert (entry.text("specimen"), entry.happened.text) == ("Serum", "2026-01-31T08:00:00")


def test_several_coded_values_and_codes_without_words_are_all_told():
    (entry,) = results("OBX|1|CWE|600-7^Culture^LN||112283007^E. coli^SCT~260385009^^SCT||||||F")
    assert entry.value_text == "E. coli, Negative"
