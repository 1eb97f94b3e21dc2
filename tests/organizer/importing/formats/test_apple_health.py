"""A phone's export as it really comes: badly declared, in pieces, by the million."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.base.errors import Cancelled, UnreadableSourceError
from organizer.base.progress import CancellableProgress, NoProgress
from organizer.importing.core.format import SourceFile
from organizer.importing.formats.apple_health import APPLE_HEALTH
from organizer.importing.formats.apple_health.times import DaysLived

BROKEN_DTD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 11 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation)*)>
<!ATTLIST Record type CDATA #REQUIRED
<!ATTLIST Audiogram startDate CDATA #REQUIRED metadata #IMPLIED>
]>
"""
START = '<HealthData locale="de_DE"><ExportDate value="2026-03-01 10:00:00 +0100"/>'
TIMES = 'creationDate="{day} 08:00:01 +0100" startDate="{day} {at} +0100" endDate="{day} {at} +0100"'


def record(name, value, unit="", day="2026-02-01", at="08:00:00", source="Watch"):
    kind = name if name.startswith("HK") else f"HKQuantityTypeIdentifier{name}"
    times = TIMES.format(day=day, at=at)
    return f'<Record type="{kind}" sourceName="{source}" unit="{unit}" {times} value="{value}"/>\n'


def read(*inside, head=BROKEN_DTD):
    words = head + START + "".join(inside) + "</HealthData>"
    source = SourceFile("Exportación.xml", data=words.encode())
    assert APPLE_HEALTH.recognises(source)
    return APPLE_HEALTH.read(source, NoProgress())


def entry(*inside):
    (draft,) = read(*inside).drafts
    return draft.entry


def test_a_broken_document_type_and_forbidden_characters_do_not_stop_it():
    reading = read(record("BodyMass", "70.50", "kg", source="My\x0bScale"))
    (weight,) = (draft.entry for draft in reading.drafts)
    assert (weight.value_text, weight.unit, weight.code) == ("70.50", "kg", "29463-7")
    assert weight.happened.text == "2026-02-01T08:00:00+01:00"
    assert weight.text("performer") == "MyScale"
    assert weight.sources[0].locator == "line=8"


def test_blood_pressure_counts_once_although_its_records_stand_twice():
    parts = record("BloodPressureSystolic", 124, "mmHg"), record("BloodPressureDiastolic", 78, "mmHg")
    times = TIMES.format(day="2026-02-01", at="08:00:00")
    both = f'<Correlation type="HKCorrelationTypeIdentifierBloodPressure" sourceName="Watch" {times}>'
    for order in ((*parts, both, *parts, "</Correlation>"), (both, *parts, "</Correlation>", *parts)):
        reading = read(*order)
        (draft,) = reading.drafts
        assert reading.read == draft.stands_for == 2
        assert draft.entry.spoken_value() == "124/78 mmHg"
        assert [part["value"] for part in draft.entry.data["components"]] == [124, 78]


def test_a_day_of_steps_is_one_entry_a_device_that_keeps_each_reading():
    reading = read(*(record("StepCount", 100 + n, "count", at=f"08:{n:02}:00") for n in range(50)),
                   record("StepCount", 7, "count", source="Phone"))  # fmt: skip
    assert reading.read == 51
    watch, phone = (draft.entry for draft in reading.drafts)
    assert watch.value == sum(range(100, 150))
    assert len(watch.text("samples").splitlines()) == 50
    assert phone.value == 7
    assert watch.happened.text == "2026-02-01"


def test_a_mean_shows_lowest_and_highest_and_a_percent_is_written_as_people_write_it():
    oxygen = entry(record("OxygenSaturation", "0.97", "%"), record("OxygenSaturation", "0.91", "%", at="09:00:00"))
    assert (oxygen.value, oxygen.unit) == (94, "%")
    assert [part["value"] for part in oxygen.data["components"]] == [91, 97]


def test_sleep_is_the_hours_asleep_not_in_bed():
    def night(stage, begin, end):
        kind = 'type="HKCategoryTypeIdentifierSleepAnalysis" sourceName="Watch"'
        times = f'startDate="{begin} +0100" endDate="{end} +0100"'
        return f'<Record {kind} {times} value="HKCategoryValueSleepAnalysis{stage}"/>'

    first, second = "2026-02-01 ", "2026-02-02 "
    sleep = entry(
        night("InBed", first + "22:00:00", second + "07:00:00"),
        night("AsleepCore", first + "23:00:00", second + "01:00:00"),
        night("AsleepREM", first + "23:30:00", first + "23:45:00"),
    )
    assert (sleep.value_text, sleep.unit) == ("2.25", "h")


def test_a_symptom_says_how_strong_it_was():
    headache = entry(record("HKCategoryTypeIdentifierHeadache", "HKCategoryValueSeverityModerate"))
    assert (headache.title, headache.value_text, headache.data["category"]) == ("Headache", "Moderate", "symptom")


def test_what_has_no_place_and_what_stands_elsewhere_is_named():
    reading = read(
        '<ClinicalRecord resourceFilePath="/clinical-records/Observation-1.json"/>',
        '<VisionPrescription dateIssued="2026"><RightEye sphere="1"/></VisionPrescription>',
        '<Record type="HKQuantityTypeIdentifierHeight" value="180"/>',
    )
    assert reading.read == len(reading.skipped) == 3
    assert "Observation-1.json" in reading.skipped[0].reason


def test_what_stands_before_a_break_is_offered_and_the_rest_named():
    words = (START + record("Height", 180, "cm") + "<Record type=").encode()
    reading = APPLE_HEALTH.read(SourceFile("export.xml", data=words), NoProgress())
    assert len(reading.drafts) == len(reading.skipped) == 1
    with pytest.raises(UnreadableSourceError):
        APPLE_HEALTH.read(SourceFile("export.xml", data=START[:30].encode()), NoProgress())


def test_it_stops_when_asked_to():
    progress = CancellableProgress()
    progress.cancel()
    with pytest.raises(Cancelled):
        APPLE_HEALTH.read(SourceFile("export.xml", data=START.encode()), progress)


def test_many_readings_take_little_room(tmp_path):
    """Fewer bytes each than a reading would take that is kept."""
    path, readings = tmp_path / "export.xml", 30_000
    with path.open("w") as file:
        file.write(BROKEN_DTD + START)
        for n in range(readings):
            day, minute = divmod(n, 1440)
            file.write(
                record(
                    "HeartRate",
                    60 + n % 40,
                    "count/min",
                    f"2025-03-{1 + day % 28:02}",
                    f"{minute // 60:02}:{minute % 60:02}:00",
                )
            )
        file.write("</HealthData>")
    tracemalloc.start()
    reading = APPLE_HEALTH.read(SourceFile("export.xml", path), NoProgress())
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert reading.read == readings
    assert len(reading.drafts) == 21  # a draft a day
    assert peak < 200 * readings


@given(st.text(max_size=30), st.text(max_size=10))
def test_whatever_a_value_holds_it_is_read_or_left_out(value, unit):
    from xml.sax.saxutils import escape

    def plain(text):
        return escape(text.encode("utf-8", "ignore").decode(), {'"': "&quot;"})

    try:
        reading = read(record("HeartRate", plain(value), plain(unit)), record("Height", plain(value), plain(unit)))
    except UnreadableSourceError:
        return
    assert reading.read >= 1


def test_the_shared_exports_add_up(shared_records):
    for path in sorted((shared_records / "apple_health").glob("*.xml")):
        reading = APPLE_HEALTH.read(SourceFile(path.name, path), NoProgress())
        assert (reading.read, len(reading.skipped)) == (5, 0)


@pytest.mark.parametrize(
    ("zone", "printed", "as_lived"),
    [
        ("-0800", "2026-03-02 06:00:00 +0100", "2026-03-01 21:00:00 -0800"),
        ("-0800", "2026-03-02 08:59:59 +0100", "2026-03-01 23:59:59 -0800"),
        ("-0800", "2026-03-02 09:00:00 +0100", "2026-03-02 09:00:00 +0100"),
        ("+0900", "2026-03-01 15:59:59 +0100", "2026-03-01 23:59:59 +0900"),
        ("+0900", "2026-03-01 16:00:00 +0100", "2026-03-02 00:00:00 +0900"),
        ("+0100", "2026-03-01 16:00:00 +0100", "2026-03-01 16:00:00 +0100"),
    ],
)
def test_a_reading_joins_the_day_on_which_it_was_lived(zone, printed, as_lived):
    days = DaysLived(lambda: {("Watch", "2026-03-01"): zone})
    assert days.as_lived("Watch", printed, printed) == (as_lived, as_lived)
    assert days.as_lived("Phone", printed, printed) == (printed, printed)
