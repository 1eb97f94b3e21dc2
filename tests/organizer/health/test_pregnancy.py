"""Whether somebody is pregnant on a day: what a record says of it holds no longer than any pregnancy lasts."""

from datetime import date, timedelta

import pytest

from organizer.base.dates import PartialDate
from organizer.health.pregnancy import is_pregnant
from organizer.model.entry import Coding, Entry

TODAY = date(2026, 11, 29)
STATUS, DUE = "82810-3", "11778-8"


def ago(days):
    return PartialDate((TODAY - timedelta(days=days)).isoformat())


def told(code, text, days=0):
    return Entry("Observation", "x", happened=ago(days), value_text=text, codes=(Coding("http://loinc.org", code),))


@pytest.mark.parametrize(("days", "holds"), [(-1, False), (0, True), (294, True), (295, False)])
def test_a_status_holds_from_its_day_on_for_42_weeks(days, holds):
    assert is_pregnant([told(STATUS, "Pregnant", days)], TODAY) is holds


@pytest.mark.parametrize(("days", "holds"), [(294, True), (295, False)])
def test_a_diagnosis_that_nobody_ended_holds_for_42_weeks(days, holds):
    assert is_pregnant([Entry("Condition", "Pregnancy", status="active", happened=ago(days))], TODAY) is holds


@pytest.mark.parametrize(("over", "holds"), [(-30, True), (14, True), (15, False)])
def test_an_estimated_delivery_may_be_two_weeks_late(over, holds):
    assert is_pregnant([told(DUE, ago(over).text, 100)], TODAY) is holds


def test_the_latest_statement_counts():
    assert not is_pregnant([told(STATUS, "Pregnant", 20), told(STATUS, "Not pregnant", 10)], TODAY)
    assert is_pregnant([told(STATUS, "Not pregnant", 20), told(STATUS, "Pregnant", 10)], TODAY)
