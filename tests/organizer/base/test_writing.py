"""Dates and numbers as the person wants them, whatever the language; papers as their language has them."""

import pytest

from organizer.base.dates import PartialDate
from organizer.base.figures import grouped, readable
from organizer.base.i18n import speaking
from organizer.base.writing import DATE_FORMS, Writing, chosen, write
from organizer.base.written_dates import examples, meanings, readings_of


@pytest.fixture(autouse=True)
def as_it_comes():
    yield
    write(Writing())


@pytest.mark.parametrize(
    ("form", "day", "without_year", "month"),
    [
        ("", "7 Mar 2019", "7 Mar", "Mar 2019"),
        ("day", "7 Mar 2019", "7 Mar", "Mar 2019"),
        ("month", "Mar 7, 2019", "Mar 7", "Mar 2019"),
        ("year", "2019-03-07", "Mar 7", "2019-03"),
    ],
)
def test_a_day_is_written_with_the_part_first_that_was_chosen(form, day, without_year, month):
    write(Writing(dates=form))
    date = PartialDate("2019-03-07")
    assert (date.spoken(), date.spoken_without_year()) == (day, without_year)
    assert PartialDate("2019-03").spoken() == month
    assert PartialDate("2019").spoken() == "2019"


@pytest.mark.parametrize("form", DATE_FORMS)
def test_what_is_shown_can_be_typed_again_and_means_the_same(form):
    write(Writing(dates=form))
    for text in ("2019-03-07", "2024-12-01", "2019-03", "2019"):
        assert [day.text for day in readings_of(PartialDate(text).spoken())] == [text]


@pytest.mark.parametrize(
    ("sign", "value", "large"), [("", "4.5", "12,500.5"), (".", "4.5", "12,500.5"), (",", "4,5", "12\u202f500,5")]
)
def test_the_decimal_mark_is_the_chosen_one_and_never_parts_thousands_too(sign, value, large):
    write(Writing(decimal=sign))
    assert (readable("4.5"), grouped(12500.5)) == (value, large)


def test_a_paper_is_written_as_its_language_has_it():
    write(Writing("month", ".", "amount"))
    with speaking("de"):
        assert PartialDate("2019-03-07").spoken() == "7. März 2019"
        assert readable("4.5") == "4,5"
        assert chosen() == Writing()


@pytest.mark.parametrize(
    ("form", "days"), [("", ["2026-04-03", "2026-03-04"]), ("day", ["2026-04-03", "2026-03-04"]),
                       ("month", ["2026-03-04", "2026-04-03"]), ("year", ["2026-04-03", "2026-03-04"])]
)  # fmt: skip
def test_a_day_that_may_be_two_is_asked_about_whatever_was_chosen_its_order_first(form, days):
    write(Writing(dates=form))
    assert meanings("03/04/2026") == days
    assert PartialDate("2019-03-07").spoken() in examples()


def test_what_is_no_choice_is_as_it_comes():
    write(Writing("backwards", "'", "stone"))
    assert chosen() == Writing()
