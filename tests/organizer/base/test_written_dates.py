"""Dates as programs and people write them."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.base import dates
from organizer.base.dates import PartialDate, is_partial_date
from organizer.base.i18n import languages, speaking
from organizer.base.written_dates import DATE, date_of, is_open, meanings, order_of, readings_of, serial_day

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def texts(written, order="", now=None):
    return [day.text for day in readings_of(written, order, now)]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-06-25", "2026-06-25"), ("2026/6/5", "2026-06-05"), ("20260625", "2026-06-25"),
        ("2026.06.25", "2026-06-25"), ("2026. 06. 25.", "2026-06-25"), ("2026年6月25日", "2026-06-25"),
        ("2 мая 2026 г.", "2026-05-02"), ("14 września 2026", "2026-09-14"), ("01.июл.2026", "2026-07-01"),
        ("25.06.2026", "2026-06-25"), ("03.04.2026", "2026-04-03"), ("31/12/2025", "2025-12-31"),
        ("12/31/2025", "2025-12-31"), ("05/05/2026", "2026-05-05"), ("5-Jan-26", "2026-01-05"),
        ("05JAN2026", "2026-01-05"),
        ("10 Nov 2026", "2026-11-10"), ("5. Januar 2026", "2026-01-05"), ("5 März 2026", "2026-03-05"),
        ("5 de enero de 2026", "2026-01-05"), ("1er janvier 2026", "2026-01-01"), ("3 août 2024", "2024-08-03"),
        ("Jan 5th, 2026", "2026-01-05"), ("January 5 2026", "2026-01-05"), ("Mon, 5 Jan 2026", "2026-01-05"),
        ("Mo., 5. Jan. 2026", "2026-01-05"), ("5 sept. 2025", "2025-09-05"), ("March 2019", "2019-03"),
        ("12/2025", "2025-12"), ("2019", "2019"), ("about 2015", "2015"), ("25.06.26", "2026-06-25"),
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(written, day):
    assert texts(written) == [day]


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("25.06.2026 - 19:14", "2026-06-25T19:14:00"), ("15 Dec 2026 10:30", "2026-12-15T10:30:00"),
        ("12/31/2025 2:05 PM", "2025-12-31T14:05:00"), ("12/31/2025 12:05 a.m.", "2025-12-31T00:05:00"),
        ("25.06.2026, 8.30 Uhr", "2026-06-25T08:30:00"), ("2026-06-25 10:30:15.123", "2026-06-25T10:30:15"),
        ("2026-06-25T10:30:00+0100", "2026-06-25T10:30:00+01:00"), ("202606251930", "2026-06-25T19:30:00"),
        ("7 Mar 2019, 14:05 UTC", "2019-03-07T14:05:00Z"), ("2026-06-25 00:00:00", "2026-06-25"),
        ("15 Dec. 2026, 10:30", "2026-12-15T10:30:00"), ("15 dic. 2026 a las 9:30", "2026-12-15T09:30:00"),
        ("Dec 15 2026 2pm", "2026-12-15T14:00:00"), ("15 Dec 2026 at 10 am", "2026-12-15T10:00:00"),
    ],
)  # fmt: skip
def test_a_clock_time_stays_with_its_day(written, instant):
    assert texts(written) == [instant]


@pytest.mark.parametrize(
    "written",
    ["09/04/202", "12.03.20251", "30.02.2026", "31/11/2026", "5-10", "14:30", "jui 2024", "Jan-26",
     "maybe 2019", "soon", "15 Dec 2026 13 pm", "15 Dec 2026 0 am", "15 Dec 2026 10",
     "", "5 5 2026", "2026-13-01", "25:61 2026", "today"],
)  # fmt: skip
def test_what_is_no_day_or_breaks_off_is_none(written):
    assert texts(written) == []


def test_two_days_are_given_day_first_first_and_the_order_settles_them():
    assert texts("03/04/2026") == ["2026-04-03", "2026-03-04"]
    assert texts("03/04/2026", "MDY") == ["2026-03-04"]
    assert date_of("03/04/2026", "DMY") == PartialDate("2026-04-03")
    assert date_of("03/04/2026") is None
    assert is_open("03/04/2026")
    assert not is_open("03/04/2026", "DMY")
    assert texts("1/5/2026 2:05 PM") == ["2026-05-01T14:05:00", "2026-01-05T14:05:00"]


def test_a_short_date_with_dashes_may_begin_with_the_year():
    assert texts("24-03-15") == ["2015-03-24", "2024-03-15"]
    assert texts("24-03-15", "YMD") == ["2024-03-15"]


@pytest.mark.parametrize(
    ("written", "order"),
    [
        (["03/04/2026", "13/04/2026"], "DMY"), (["03/04/2026", "04/25/2026"], "MDY"), (["03/04/2026"], ""),
        (["99-04-25", "00-11-02"], "YMD"), (["24-03-15"], ""), (["2026-01-05"], ""), (["13/04/2026", "04/13/2026"], ""),
    ],
)  # fmt: skip
def test_the_order_of_a_source_is_the_one_in_which_all_its_dates_can_be(written, order):
    assert order_of(written) == order


def test_a_decimal_comma_rules_out_the_month_first_only():
    assert order_of(["03/04/2026"], ("DMY", "YMD")) == "DMY"
    assert order_of(["24-03-15"], ("DMY", "YMD")) == ""


def test_a_year_of_two_digits_is_the_last_one_and_open_where_it_may_be_to_come(monkeypatch):
    monkeypatch.setattr(dates, "now", lambda: datetime(2026, 11, 29, tzinfo=UTC))
    assert texts("5-Jan-26") == ["2026-01-05"]
    assert texts("5-Jan-27") == ["1927-01-05", "2027-01-05"]
    assert texts("5-Jan-46") == ["1946-01-05", "2046-01-05"]
    assert texts("5-Jan-47") == ["1947-01-05"]


def test_today_and_yesterday_are_days_where_a_day_is_given():
    now = date(2026, 3, 1)
    written = (("today", "2026-03-01"), ("Yesterday", "2026-02-28"), ("gestern", "2026-02-28"), ("hoy", "2026-03-01"))
    for word, day in written:
        assert texts(word, now=now) == [day]
    assert meanings("heute") == [dates.today().isoformat()]


@pytest.mark.parametrize(
    ("serial", "day"),
    [("46027", "2026-01-05"), ("46027.75", "2026-01-05T18:00:00"), ("46027.0", "2026-01-05"), ("20000", "1954-10-03"),
     ("60000", "2064-04-08")],
)  # fmt: skip
def test_a_serial_day_of_a_spreadsheet_is_a_day(serial, day):
    assert serial_day(serial).text == day


@pytest.mark.parametrize("number", ["19999", "60001", "120", "4602", "460270", "46027,5", "abc"])
def test_other_numbers_are_no_serial_days(number):
    assert serial_day(number) is None


@given(DAYS)
def test_a_serial_day_is_as_many_days_after_the_first(day):
    # openpyxl's own conversion is the second reading.
    from openpyxl.utils.datetime import to_excel

    number = int(to_excel(datetime(day.year, day.month, day.day)))  # noqa: DTZ001 - spreadsheets know no zones
    expected = day.isoformat() if 20_000 <= number <= 60_000 else None
    found = serial_day(str(number))
    assert (found.text if found else None) == expected


@given(DAYS, st.sampled_from(languages()), st.sampled_from(["day", "month", "year", "instant"]))
def test_every_date_that_casebook_shows_it_also_reads(day, language, precision):
    text = {"day": day.isoformat(), "month": day.isoformat()[:7], "year": day.isoformat()[:4]}.get(precision)
    shown = PartialDate(text or f"{day.isoformat()}T14:05:00Z")
    with speaking(language):
        assert texts(shown.spoken()) == [shown.text[:10]]
        assert texts(shown.spoken_with_time()) == [shown.text]


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%d %B %Y", "%B %d, %Y", "%d-%b-%Y", "%Y%m%d"]))
def test_a_day_with_four_digits_of_the_year_and_one_order_is_read_back(day, form):
    assert texts(day.strftime(form)) == [day.isoformat()]


@given(DAYS, st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y"]))
def test_the_day_that_is_meant_is_always_among_the_readings(day, form):
    assert day.isoformat() in texts(day.strftime(form))


@given(st.text(max_size=25))
def test_any_text_may_stand_where_a_date_should(written):
    assert all(day.text for day in readings_of(written))


@given(DAYS)
def test_the_last_day_of_a_month_is_the_day_before_the_next(day):
    last = PartialDate(day.isoformat()[:7]).last_day
    assert (last.month, (last + timedelta(days=1)).day) == (day.month, 1)
    assert last >= day


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Collected: 09/04/2025 at 8", "09/04/2025"), ("report-2026-11-12.pdf", "2026-11-12"),
        ("on 5. März 2025", "5. März 2025"),
        ("Collected: 09/04/202", None), ("12.03.20251", None), ("10.11.12345678", None), ("1.2.3.2025", None),
    ],
)  # fmt: skip
def test_a_date_within_a_line_is_whole_or_none(line, found):
    match = re.search(DATE, line)
    assert (match[0] if match else None) == found


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("46027", "2026-01-05"), ("46027.000001", "2026-01-05"), ("46027.00001157", "2026-01-05T00:00:01"),
        ("46027.5", "2026-01-05T12:00:00"), ("46027.99998843", "2026-01-05T23:59:59"), ("46027.999999", "2026-01-05"),
    ],
)  # fmt: skip
def test_the_fraction_of_a_serial_day_is_its_time_to_the_second(text, moment):
    """Excel counts days from 1899-12-30 on; less than half a second is the day alone."""
    assert serial_day(text).text == moment


@pytest.mark.parametrize(
    ("clock", "time"),
    [("1:30 am", "01:30"), ("12:30 am", "00:30"), ("12:30 pm", "12:30"), ("1:30 pm", "13:30"), ("11:59 pm", "23:59")],
)
def test_the_hours_of_half_a_day_are_one_to_twelve(clock, time):
    assert date_of(f"2026-02-13 {clock}").text[:16] == f"2026-02-13T{time}"


@pytest.mark.parametrize("clock", ["0:30 pm", "13:30 pm"])
def test_an_hour_that_half_a_day_has_not_is_no_time(clock):
    assert date_of(f"2026-02-13 {clock}") is None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", 5),
        ("heute", 5),
        ("yesterday", 4),
        ("gestern", 4),
        ("hier", 4),
        ("tomorrow", 6),
        ("morgen", 6),
        ("hoy", 5),
    ],
)
def test_days_around_today_are_said_in_words(words, day):
    assert date_of(words, now=date(2026, 3, 5)).text == f"2026-03-0{day}"


@pytest.mark.parametrize(
    ("clock", "is_one"),
    [("10:59:59", True), ("23:59:00", True), ("24:00:00", False), ("10:60:00", False), ("10:00:60", False)],
)
def test_a_time_has_hours_to_23_and_minutes_and_seconds_to_59(clock, is_one):
    assert is_partial_date(f"2026-03-05T{clock}Z") is is_one


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("Thursday", ["2026-11-26", "2026-12-03"]),
        ("on Thursday", ["2026-11-26", "2026-12-03"]),
        ("Donnerstag", ["2026-11-26", "2026-12-03"]),
        ("el jueves pasado", ["2026-11-26"]),
        ("letzten Donnerstag", ["2026-11-26"]),
        ("next Thursday", ["2026-12-03"]),
        ("Sunday", ["2026-11-29"]),
        ("last Sunday", ["2026-11-22"]),
        ("next Sunday", ["2026-12-06"]),
        ("spring 2024", ["2024"]),
        ("im Frühjahr 2024", ["2024"]),
        ("primavera de 2024", ["2024"]),
        ("spring", []),
        ("spring roll 2024", []),
        ("Thursday or Friday", []),
    ],
)
def test_a_day_of_the_week_and_a_season_are_read_where_a_person_types_them(typed, days):
    sunday = date(2026, 11, 29)
    assert [day.text for day in readings_of(typed, now=sunday)] == days


def test_in_a_file_neither_a_day_of_the_week_nor_a_season_is_a_date():
    assert readings_of("Thursday") == readings_of("spring 2024") == ()
