"""A phone's health export: broken DTDs and forbidden signs do no harm, nothing is counted twice."""

import tracemalloc

import pytest

from organizer.base.errors import Cancelled
from organizer.base.progress import CancellableProgress, NoProgress
from organizer.importing.format import SourceFile
from organizer.importing.formats.phone import PHONE
from organizer.importing.run import recognise

START = 'startDate="2026-03-02 08:00:00 -0500" endDate="2026-03-02 08:00:00 -0500"'
RECORD = '<Record type="HKQuantityTypeIdentifier{kind}" sourceName="Watch" unit="{unit}" {start} value="{value}"/>'
BROKEN_DTD = "<!DOCTYPE HealthData [\n<!ELEMENT HealthData (Record|Workout)*)>\n<!ATTLIST Record\n  type CDATA\n]>"


def record(kind, value, unit="", start=START):
    return RECORD.format(kind=kind, value=value, unit=unit, start=start)


def export(*inside, dtd=""):
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{dtd}\n<HealthData locale="de_DE">{"".join(inside)}</HealthData>'


def read(text, progress=None):
    source = SourceFile("Exportieren.xml", data=text if isinstance(text, bytes) else text.encode())
    assert recognise(source) is PHONE
    return PHONE.read(source, progress or NoProgress())


def only(text):
    (draft,) = read(text).drafts
    return draft.entry


def test_a_record_has_its_code_its_unit_and_its_own_day():
    told = only(export(record("BodyMass", "71.50", "kg")))
    assert (told.title, told.code, told.value_text, told.unit) == ("Body weight", "29463-7", "71.50", "kg")
    assert told.happened.text == "2026-03-02T08:00:00-05:00"
    assert told.data == {"category": "vital-signs", "performer": "Watch"}


def test_a_share_is_a_percentage():
    told = only(export(record("OxygenSaturation", "0.97", "%")))
    assert (told.value_text, told.unit) == ("97", "%")


def test_a_kind_that_is_new_keeps_its_name():
    told = only(export(record("WalkingAsymmetryPercentage", "3", "%")))
    assert told.title == "Walking asymmetry percentage"


def test_a_symptom_is_a_symptom_with_its_severity_in_words():
    kind = 'type="HKCategoryTypeIdentifierHeadache" value="HKCategoryValueSeverityModerate"'
    told = only(export(f'<Record {kind} sourceName="Phone" {START}/>'))
    assert (told.title, told.value_text, told.data["category"]) == ("Headache", "moderate", "symptom")


def test_a_broken_dtd_and_forbidden_signs_are_left_out():
    assert only(export(record("BodyMass", "71", "kg"), dtd=BROKEN_DTD)).value == 71
    assert only(export(record("BodyMass", "71", "kg")).replace("Watch", "Wa\x0btch")).value == 71


def test_what_stands_in_a_correlation_is_counted_once():
    pressure = record("BloodPressureSystolic", "124", "mmHg") + record("BloodPressureDiastolic", "78", "mmHg")
    kept_twice = export(pressure, f"<Correlation {START}>{pressure}</Correlation>")
    assert [one.entry.value_text for one in read(kept_twice).drafts] == ["124", "78"]
    assert len(read(export(f"<Correlation {START}>{pressure}</Correlation>")).drafts) == 2


def test_what_becomes_no_entry_is_counted_with_its_reason():
    me = '<Me HKCharacteristicTypeIdentifierDateOfBirth="1990-02-02"/>'
    reading = read(export(me, record("BodyMass", "7", "kg")))
    assert [one.what for one in reading.skipped] == ["Me"]
    assert reading.read == 2


def test_what_breaks_off_is_read_up_to_there_and_said():
    reading = read(export(record("BodyMass", "71", "kg"), record("BodyMass", "72", "kg"))[:-60])
    assert len(reading.drafts) >= 1
    assert "breaks off" in reading.warnings[0]


def test_the_same_export_again_names_its_records_alike():
    first, second = (read(export(record("BodyMass", "71", "kg"))).drafts[0].identifier for _ in range(2))
    assert first == second


def test_reading_is_cancelled_on_the_way():
    stop = CancellableProgress()
    stop.cancel()
    with pytest.raises(Cancelled):
        read(export(record("BodyMass", "71", "kg")), stop)


def test_the_xml_itself_needs_little_memory():
    many = export(*[record("StepCount", str(n), "count") + "<!-- " + "x" * 2000 + " -->" for n in range(3000)])
    tracemalloc.start()
    assert len(read(many).drafts) == 3000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < len(many) * 2.5  # the bytes in memory here are the test's own; the tree isn't kept


def test_the_shared_export_is_read(shared_records):
    path = shared_records / "apple_health" / "export.xml"
    reading = PHONE.read(SourceFile(path.name, path), NoProgress())
    assert [one.entry.title for one in reading.drafts] == ["Body mass index", "Heart rate", "Running"]
