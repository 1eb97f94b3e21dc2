"""What of a whole record asks for prompt contact: nothing that may count is left unread."""

from datetime import date, timedelta

import pytest

from organizer.base.dates import PartialDate
from organizer.model.codes import LOINC
from organizer.model.entry import Coding, Entry
from organizer.services.entries import entries
from organizer.services.follow import attention
from organizer.store import change_log
from organizer.store.change_log import Add
from tests.made_records import opened_copy

LATER = date(2026, 3, 1)


@pytest.fixture
def record(blank_record, tmp_path):
    with opened_copy(blank_record(), tmp_path) as made:
        yield made


@pytest.mark.parametrize(("apart", "age", "told"), [(45, 0, True), (45, 14, True), (46, 0, False), (45, 15, False)])
def test_creatinine_is_compared_with_the_weeks_before_it_as_long_as_its_rise_is_told(record, apart, age, told):
    [ann] = entries.find(record, entries.Query(kinds=("Patient",)))
    for value, day in ((1.0, LATER - timedelta(days=apart)), (1.6, LATER)):
        made = Entry(
            "Observation", "Creatinine", person=ann.id, codes=(Coding(LOINC, "2160-0"),), unit="mg/dL", value=value,
            value_text=str(value), happened=PartialDate(day.isoformat()), status="final",
        )  # fmt: skip
        change_log.apply(record, "made", [Add(made)])
    found = attention.needed(record, ann.id, LATER + timedelta(days=age))
    assert [one.id for one in found] == ["creatinine-rise"] * told
