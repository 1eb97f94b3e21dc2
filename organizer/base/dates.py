"""Dates as the source wrote them, and the only clock."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from organizer.base import writing
from organizer.base.errors import InvalidEntryError
from organizer.base.i18n import _, marked

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?")
_MONTHS = (
    marked("Jan"),
    marked("Feb"),
    marked("Mar"),
    marked("Apr"),
    marked("May"),
    marked("Jun"),
    marked("Jul"),
    marked("Aug"),
    marked("Sep"),
    marked("Oct"),
    marked("Nov"),
    marked("Dec"),
)
_IN_ORDER = {"day": "{day} {month} {year}", "month": "{month} {day}, {year}", "year": "{month} {day}"}
"""By the part that the person wants first; without a year what begins with it begins with the month."""


def now() -> datetime:
    """The present instant, in UTC. The only place that reads the clock."""
    return datetime.now(UTC)


def today() -> date:
    """The present day where the person is."""
    return now().astimezone().date()


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of whatever precision its source gave: `2019`, `2019-03`, `2019-03-07` or an instant.

    FHIR R4 dateTime (hl7.org/fhir/R4/datatypes.html#dateTime), kept as written and never padded. Its day is the
    day that the source printed: a zone never shifts it.
    """

    text: str

    def __post_init__(self) -> None:
        if not is_partial_date(self.text):
            raise InvalidEntryError(
                _("“{text}” is not a date Casebook can read.").format(text=self.text[:40]),
                _("Write it as 2019, 2019-03 or 2019-03-07."),
            )

    @property
    def precision(self) -> str:
        """`"year"`, `"month"`, `"day"` or `"instant"`."""
        return {4: "year", 7: "month", 10: "day"}.get(len(self.text), "instant")

    @property
    def sort_key(self) -> str:
        """Sorts by printed day, then by the clock time on it; a bare year or month sorts before its days."""
        return self.text[:19]

    @property
    def first_day(self) -> date:
        """The first day that it may mean."""
        return date(int(self.text[:4]), int(self.text[5:7] or 1), int(self.text[8:10] or 1))

    @property
    def last_day(self) -> date:
        """The last day that it may mean."""
        first = self.first_day
        if self.precision == "year":
            return date(first.year, 12, 31)
        if self.precision == "month":
            return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        return first

    @property
    def instant(self) -> datetime | None:
        """The moment, where the source gave a zone; else None."""
        match = _INSTANT.fullmatch(self.text)
        if match is None or match[6] is None:
            return None
        return datetime.fromisoformat(self.text.replace("Z", "+00:00")[:19] + match[6].replace("Z", "+00:00"))

    def same_time(self, other: "PartialDate") -> bool:
        """True when both mean the same time: as written, or the same instant in two zones."""
        if self.text == other.text:
            return True
        mine, theirs = self.instant, other.instant
        return mine is not None and mine == theirs

    def spoken(self) -> str:
        """For people, with its precision: `2019`, `Mar 2019`, `7 Mar 2019`; in the order that the person chose."""
        form = writing.chosen().dates
        if self.precision == "year" or form == "year":
            return self.text[:10]
        month = _(_MONTHS[int(self.text[5:7]) - 1])
        if self.precision == "month":
            return _("{month} {year}").format(month=month, year=self.text[:4])
        if form:
            return self.in_order(form)
        return _("{day} {month} {year}").format(day=int(self.text[8:10]), month=month, year=self.text[:4])

    def in_order(self, form: str) -> str:
        """A whole day with its `day` or its `month` first, in words."""
        month = _(_MONTHS[int(self.text[5:7]) - 1])
        return _IN_ORDER[form].format(day=int(self.text[8:10]), month=month, year=self.text[:4])

    def spoken_without_year(self) -> str:
        """For people where the year is said elsewhere: `Mar`, `7 Mar`; a bare year stays."""
        if self.precision == "year":
            return self.text
        month = _(_MONTHS[int(self.text[5:7]) - 1])
        if self.precision == "month":
            return month
        pattern = _("{day} {month}")
        if writing.chosen().dates:
            pattern = _IN_ORDER[writing.chosen().dates].removesuffix(" {year}").removesuffix(",")
        return pattern.format(day=int(self.text[8:10]), month=month)

    def spoken_with_time(self) -> str:
        """For people, with the clock time where the source gave one, in its zone: `7 Mar 2019, 14:05`.

        Midnight is how many systems write a day without a time.
        """
        match = _INSTANT.fullmatch(self.text)
        if match is None or (match[2], match[3]) == ("00", "00"):
            return self.spoken()
        zone = " UTC" if match[6] in ("Z", "+00:00", "-00:00") else ""
        return f"{self.spoken()}, {match[2]}:{match[3]}{zone}"

    def __str__(self) -> str:
        return self.text


def is_partial_date(text: str) -> bool:
    """True for a calendar date of year, month, day or instant precision between the years 1 and 9999."""
    match = _PARTIAL.fullmatch(text)
    if match is None:
        instant = _INSTANT.fullmatch(text)
        if instant is None or int(instant[2]) > 23 or int(instant[3]) > 59 or int(instant[4] or 0) > 59:
            return False
        match = _PARTIAL.fullmatch(instant[1])
    assert match is not None
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True


def parse_date(text: str | None) -> PartialDate | None:
    """The partial date that a text holds, or None where it holds none (never a guess)."""
    if not text or not is_partial_date(text.strip()):
        return None
    return PartialDate(text.strip())


def spoken_day(day: date) -> str:
    """A day for people: `7 Mar 2019`."""
    return PartialDate(day.isoformat()).spoken()
