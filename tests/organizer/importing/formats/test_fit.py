"""FIT files of a watch, written here byte by byte as the protocol says."""

import pytest

from organizer.base.errors import UnreadableSourceError
from organizer.base.progress import NoProgress
from organizer.importing.core.format import SourceFile
from organizer.importing.core.run import recognise
from organizer.importing.formats.devices import FIT
from tests.organizer.importing.formats.made_files import (
    FIT_NIGHT as NIGHT,
)
from tests.organizer.importing.formats.made_files import (
    LOCAL,
    MONITORING,
    MONITORING_INFO,
    PRESSURE,
    RESTING,
    SESSION,
    TIME,
    TIME_16,
    UINT8,
    UINT16,
    UINT32,
    WEIGHT,
    message,
    watch,
)


def read(*messages, cut=0):
    source = SourceFile("day.fit", data=watch(*messages, cut=cut))
    assert recognise(source) is FIT
    return FIT.read(source, NoProgress())


def seen(reading):
    entries = [draft.entry for draft in reading.drafts]
    return [(one.title, one.happened.text, one.value_text, one.unit) for one in entries]


ZONE = message(MONITORING_INFO, (TIME, NIGHT), (LOCAL, NIGHT + 3600))


def test_heart_rates_of_the_day_count_on_from_the_last_whole_time():
    low = (NIGHT + 60) & 0xFFFF
    reading = read(
        ZONE,
        message(MONITORING, (TIME, NIGHT), ((27, UINT8), 60)),
        message(MONITORING, (TIME_16, low), ((27, UINT8), 70)),
        message(MONITORING, (TIME_16, (NIGHT - 5) & 0xFFFF), ((27, UINT8), 90)),
    )
    assert seen(reading) == [("Heart rate", "2026-01-05", "73.33", "/min")]
    assert reading.drafts[0].entry.data["samples"].split("\n")[1].startswith("00:01:00")
    assert reading.warnings == []


def test_a_resting_rate_is_the_days_last_and_a_weight_is_kilograms():
    reading = read(
        ZONE,
        message(RESTING, (TIME, NIGHT), ((0, UINT8), 58), ((1, UINT8), 57)),
        message(RESTING, (TIME, NIGHT + 60), ((0, UINT8), 58), ((1, UINT8), 55)),
        message(WEIGHT, (TIME, NIGHT), ((0, UINT16), 8240)),
    )
    assert sorted(seen(reading)) == [
        ("Resting heart rate", "2026-01-05", "55", "/min"), ("Weight", "2026-01-05T00:00:00+01:00", "82.4", "kg"),
    ]  # fmt: skip


def test_without_a_local_time_the_days_are_told_to_be_those_of_utc():
    reading = read(message(PRESSURE, (TIME, NIGHT), ((0, UINT16), 131), ((1, UINT16), 84), ((6, UINT8), 70)))
    assert seen(reading) == [
        ("Blood pressure", "2026-01-04T23:00:00Z", "131/84", "mm[Hg]"),
        ("Heart rate", "2026-01-04T23:00:00Z", "70", "/min"),
    ]
    assert any("UTC" in warning for warning in reading.warnings)


def test_what_is_not_read_is_counted_by_its_kind():
    reading = read(message(SESSION, (TIME, NIGHT)), message(SESSION, (TIME, NIGHT)))
    assert [(one.where, one.what) for one in reading.skipped] == [("messages=2", "session")]


def test_a_file_that_breaks_off_gives_what_stands_before():
    weights = [message(WEIGHT, (TIME, NIGHT + 60 * n), ((0, UINT16), 8240 + n)) for n in range(3)]
    reading = read(*weights, cut=8)
    assert len(reading.drafts) == 2
    assert any("breaks off" in warning for warning in reading.warnings)


def test_a_file_of_which_nothing_can_be_read_is_refused():
    source = SourceFile("day.fit", data=watch()[:12])
    with pytest.raises(UnreadableSourceError):
        FIT.read(source, NoProgress())


def test_steps_of_a_part_of_a_day_are_named_and_never_a_days_sum():
    reading = read(ZONE, message(MONITORING, (TIME, NIGHT), ((3, UINT32), 4000), ((5, UINT8), 6)))
    assert seen(reading) == []
    assert [(skipped.where, skipped.what) for skipped in reading.skipped] == [("messages=1", "steps")]
