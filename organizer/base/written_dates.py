"""Dates as people and programs write them: the one reader for files, paper, forms and the command line.

`03/04/2026` may be two days: both are given, and the caller asks. A date with points is day first wherever it is
written; otherwise the order shows itself (`31/12/2025`), comes from the other dates of the same source, or is asked.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import chain, product

from organizer.base import writing
from organizer.base.dates import PartialDate, is_partial_date, parse_date, today
from organizer.base.errors import InvalidEntryError
from organizer.base.i18n import _
from organizer.base.remembered import remembered

ORDERS = ("DMY", "MDY", "YMD")
_SERIAL_EPOCH = date(1899, 12, 30)
"""Day 0 of spreadsheets' serial days (ECMA-376 part 1, 18.17.4.1: 1900 date base; looked up 2026-11-29)."""
_SERIAL_DAYS = (20_000, 60_000)
"""1954 to 2064: no other number in a column of dates has five digits."""

_YEARS_AHEAD = 20
"""So far ahead appointments, expiries and plans lie: `5-Jan-30` may be 1930 or 2030, `5-Jan-87` is no plan."""

_MONTH_NAMES = (
    "january januar janvier enero gennaio janeiro januari января январь stycznia styczen",
    "february februar fevrier febrero febbraio fevereiro februari февраля февраль lutego luty",
    "march marz maerz mars marzo marco maart mrz марта март marca marzec",
    "april avril abril aprile апреля апрель kwietnia kwiecien",
    "may mai mayo maggio maio mei maj мая маи maja",
    "june juni juin junio giugno junho июня июнь czerwca czerwiec",
    "july juli juillet julio luglio julho июля июль lipca lipiec",
    "august aout agosto augustus augusti августа август sierpnia sierpien",
    "september septembre septiembre setiembre settembre setembro сентября сентябрь wrzesnia wrzesien",
    "october oktober octobre octubre ottobre outubro октября октябрь pazdziernika pazdziernik",
    "november novembre noviembre novembro ноября ноябрь listopada listopad",
    "december dezember decembre diciembre dicembre dezembro desember декабря декабрь grudnia grudzien",
)
"""Without accents, in English, German, French, Spanish, Italian, Portuguese, Dutch, Russian and Polish."""
_WEEK = (
    "monday montag lundi lunes",
    "tuesday dienstag mardi martes",
    "wednesday mittwoch mercredi miercoles",
    "thursday donnerstag jeudi jueves",
    "friday freitag vendredi viernes",
    "saturday samstag sonnabend samedi sabado",
    "sunday sonntag dimanche domingo",
)
_WEEKDAYS = dict(chain.from_iterable(product(names.split(), (place,)) for place, names in enumerate(_WEEK)))
_DAY_NAMES = tuple(_WEEKDAYS)


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_SEASONS = _words(
    "spring summer autumn fall winter fruhling fruhjahr sommer herbst primavera verano otono invierno printemps ete "
    "automne hiver"
)
_LAST = _words("last letzten letzter letzte vergangenen pasado ultimo dernier")
_NEXT = _words("next nachsten nachster nachste kommenden proximo prochain")
_AROUND_DAYS = _words("on am den the el le of in im en de del der")
_SHORT_DAYS = frozenset(("mo", "di", "mi", "do", "fr", "sa", "so", "mar", "mer"))
_RELATIVE = {
    **dict.fromkeys(("today", "hoy", "heute", "aujourd'hui", "aujourdhui"), 0),
    **dict.fromkeys(("yesterday", "ayer", "gestern", "hier"), -1),
    **dict.fromkeys(("tomorrow", "manana", "morgen", "demain"), 1),
}
_ABOUT = re.compile(
    r"^(?:about|around|circa|hacia|cerca de|alrededor de|etwa|vers|environ|aprox\.?|ca\.?|c\.|~)\s+", re.IGNORECASE
)
_FILLERS = frozenset(("de", "del", "of", "the", "den", "der", "le", "am", "vom", "el", "г", "года", "roku"))

_CLOCK = (
    r"(?P<hour>\d{1,2})(?:(?:[:.]|h ?)(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?|(?= ?[ap]\.? ?m\.?))"
    r"(?: ?(?P<half>[ap]\.? ?m\.?))?(?: ?(?:Uhr|hrs?|h))?(?: ?(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}))?"
)
_TIME = re.compile(rf"(?:T|[ ,]+(?:[-–] )?(?:um |at |à |a las |klo )?){_CLOCK}", re.IGNORECASE)
_HALF = range(1, 13)
"""The hours that are a.m. or p.m.: `13 pm` is none."""
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?")
_YEAR_FIRST = re.compile(r"(\d{4})(?:([-/.]) ?(\d{1,2})\2 ?(\d{1,2})\.?|[年년] ?(\d{1,2})[月월] ?(\d{1,2})[日일])")
"""`2026-01-05`, `2026. 01. 05.` (Hungarian), `2026年1月5日`."""
_NUMERIC = re.compile(r"(\d{1,2}) ?([-/.]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{2})(?!\d)")
_MONTH_AND_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})|(\d{4})[-/](\d{1,2})")
_SERIAL = re.compile(r"(\d{5})(?:\.(\d+))?")
_UNIX = re.compile(r"([12]\d{9})(?:\d{3})?(?:\.\d+)?")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+", re.UNICODE)
DATE = (
    r"(?<!\d)(?<!\d[./-])(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
    r"|\d{1,2}(?:\.|er|st|nd|rd|th)?[ -](?:de )?[^\W\d_]{3,10}\.?,?[ -](?:de )?(?:\d{4}|\d{2})"
    r"|\d{4}[- ][^\W\d_]{3,10}\.?[- ]\d{1,2}"
    r"|[^\W\d_]{3,10}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4})(?!\d|[./-]\d)"
)
"""A printed date within a line, as a regular expression; whether it is a day `readings_of` says."""


@dataclass(frozen=True, slots=True)
class _Day:
    """One reading of a date's text, and the order of its numbers ("" where that isn't open)."""

    text: str
    order: str = ""


def readings_of(text: str, order: str = "", now: date | None = None) -> tuple[PartialDate, ...]:
    """The dates that a text can mean, with its clock time and zone: () for none, two for `03/04/2026`, day first first.

    `order` (`DMY`, `MDY`, `YMD`) is how its source writes days. With `now` words such as “today” count as dates.
    """
    stored = parse_date(text)
    if stored is not None:
        return (stored,)
    plain = _ABOUT.sub("", " ".join(text.split()), count=1)
    if now is not None and (days := _RELATIVE.get(_folded(plain))) is not None:
        return (PartialDate((now + timedelta(days)).isoformat()),)
    if is_partial_date(plain):
        return (PartialDate(plain),)
    if now is not None and (spoken := _spoken_days(plain, now)):
        return spoken
    written, clock = _without_clock(plain)
    dated = _days(written)
    if order and any(day.order == order for day in dated):
        dated = [day for day in dated if day.order == order]
    texts = dict.fromkeys(f"{day.text}{clock if len(day.text) == 10 else ''}" for day in dated)
    return tuple(PartialDate(day) for day in texts if is_partial_date(day))


def _spoken_days(text: str, now: date) -> tuple[PartialDate, ...]:
    """The days that somebody means who names a day of the week: the last one and the next one, where they don't say
    which. Of a season the year, which is all of it that a date can hold.
    """
    words = [word for word in map(_folded, _WORD.findall(text)) if word not in _AROUND_DAYS]
    days = [_WEEKDAYS[word] for word in words if word in _WEEKDAYS]
    others = [word for word in words if word not in _WEEKDAYS]
    if len(days) == 1 and set(others) <= _LAST | _NEXT and len(others) < 2:
        ahead = (days[0] - now.weekday()) % 7
        last, following = now + timedelta(ahead - 7 if ahead else -7), now + timedelta(ahead or 7)
        meant = [last] if set(others) & _LAST else [following] if others else [last, following]
        if not ahead and not others:
            meant = [now]
        return tuple(PartialDate(day.isoformat()) for day in meant)
    years = [word for word in words if re.fullmatch(r"(?:19|20)\d\d", word)]
    return (PartialDate(years[0]),) if names_season(text) and len(years) == 1 and len(words) == 2 else ()


def names_season(text: str) -> bool:
    """Whether a typed text names a season, which no date can hold."""
    return any(_folded(word) in _SEASONS for word in _WORD.findall(text))


def date_of(text: str, order: str = "", now: date | None = None) -> PartialDate | None:
    """The one date that a text means; None for what is none, or may be two."""
    readings = readings_of(text, order, now)
    return readings[0] if len(readings) == 1 else None


def meanings(typed: str) -> list[str]:
    """What a date that a person types may mean, as a record keeps it; “today” is one.

    Of two days the one in the order that the person writes stands first: both are asked about.
    """
    days = [day.text for day in readings_of(typed, now=today())]
    return days[::-1] if writing.chosen().dates == "month" else days


def examples() -> str:
    """How a date may be typed, in the order in which the person writes."""
    if not writing.chosen().dates:
        return _("2019, March 2019 or 7 Mar 2019")
    return ", ".join(PartialDate(text).spoken() for text in ("2019", "2019-03", "2019-03-07"))


def date_refused(text: str, readings: tuple[PartialDate, ...], field: str = "") -> InvalidEntryError:
    """Why a typed text isn't taken for a date: it is none, or it is two, and how to write the one that is meant."""
    if len(readings) > 1:
        days = [day.spoken() for day in readings[:2]]
        return InvalidEntryError(
            _("“{text}” may be {one} or {other}.").format(text=text[:40], one=days[0], other=days[1]),
            _("Write it as {one} or {other}.").format(one=readings[0].text, other=readings[1].text),
            field,
        )
    return InvalidEntryError(
        _("“{text}” is not a date Casebook can read.").format(text=text[:40]),
        _("Write it as 2019, 2019-03 or 2019-03-07."),
        field,
    )


def is_open(text: str, order: str = "") -> bool:
    """True for a date that may be two days where its source doesn't say which."""
    return len(readings_of(text, order)) > 1


def order_of(texts: Iterable[str], orders: Iterable[str] = ORDERS) -> str:
    """Of some orders of day, month and year the one in which all the dates can be; "" where several, or none, can."""
    possible = set(orders)
    seen = False
    for text in texts:
        written = _without_clock(" ".join(text.split()))[0]
        orders = {day.order for day in _days(written)} - {""}
        if orders:
            seen = True
            possible &= orders
    return possible.pop() if seen and len(possible) == 1 else ""


def serial_day(text: str) -> PartialDate | None:
    """The day of a spreadsheet's serial number (`46027` → 2026-01-05), its fraction the time; None for other texts."""
    match = _SERIAL.fullmatch(text.strip())
    if match is None or not _SERIAL_DAYS[0] <= int(match[1]) <= _SERIAL_DAYS[1]:
        return None
    day = (_SERIAL_EPOCH + timedelta(days=int(match[1]))).isoformat()
    seconds = round(float(f"0.{match[2] or 0}") * 86_400)
    hour, minute, second = seconds // 3600, seconds % 3600 // 60, seconds % 60
    return parse_date(day if not 0 < seconds < 86_400 else f"{day}T{hour:02}:{minute:02}:{second:02}")


def is_day_and_month(text: str) -> bool:
    """True for a day and the name of a month without a year, in short: what spreadsheets make of `5-10` and `1/2`."""
    words = [_folded(word) for word in _WORD.findall(text)]
    if len(words) != 2 or not re.fullmatch(r"\w{1,4}\.?[-. ]+\w{1,4}\.?", text.strip()):
        return False
    return sorted(word.isdecimal() for word in words) == [False, True] and any(map(_month, words))


def unix_time(text: str) -> PartialDate | None:
    """The instant of a count of seconds or milliseconds since 1970 (`1769929200000`), in UTC; None for other texts.

    Ten digits are seconds from 2001 to 2286, thirteen are milliseconds: POSIX.1-2017, 4.16.
    """
    match = _UNIX.fullmatch(text.strip())
    if match is None:
        return None
    instant = datetime.fromtimestamp(int(match[1]), UTC)
    return parse_date(f"{instant:%Y-%m-%dT%H:%M:%S}Z")


def _without_clock(text: str) -> tuple[str, str]:
    """A date's text without its clock time, and that as FHIR writes it behind a day."""
    packed = _PACKED.fullmatch(text)
    if packed is not None:
        clock = f"T{packed[4]}:{packed[5]}:{packed[6] or '00'}" if packed[4] else ""
        return f"{packed[1]}-{packed[2]}-{packed[3]}", clock
    for match in _TIME.finditer(text):
        if match.end() == len(text) and match.start() >= 6 and not (match["half"] and int(match["hour"]) not in _HALF):
            return text[: match.start()].strip(), _clock(match)
    return text, ""


def _clock(match: re.Match[str]) -> str:
    """`T14:05:00+01:00` of ` 2:05 PM +0100`; midnight without a zone is how many programs say that they know none."""
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    zone = (match["zone"] or "").upper().replace("UTC", "Z").replace("GMT", "Z")
    if len(zone) == 5:
        zone = f"{zone[:3]}:{zone[3:]}"
    minute, second = match["minute"] or "00", match["second"] or "00"
    if not zone and (hour, minute, second) == (0, "00", "00"):
        return ""
    return f"T{hour:02}:{minute}:{second}{zone}"


def _days(text: str) -> list[_Day]:
    """The readings of a date without its time."""
    if is_partial_date(text):
        return [_Day(text)]
    match = _YEAR_FIRST.fullmatch(text)
    if match is not None:
        return _real([_Day(_iso(match[1], match[3] or match[5], match[4] or match[6]))])
    match = _NUMERIC.fullmatch(text)
    if match is not None:
        return _numeric(match[1], match[3], match[4], match[2])
    match = _MONTH_AND_YEAR.fullmatch(text)
    if match is not None:
        year, month = (match[2], match[1]) if match[2] else (match[3], match[4])
        return _real([_Day(f"{year}-{int(month):02}")])
    return _in_words(text)


def _numeric(first: str, second: str, third: str, mark: str) -> list[_Day]:
    """Day first, month first and, with two digits and dashes (ISO 8601's old short form), year first are all in use."""
    readings = [_Day(_iso(year, second, first), "DMY") for year in _years(third)]
    if mark != ".":
        readings += [_Day(_iso(year, first, second), "MDY") for year in _years(third)]
    if mark == "-" and len(first) == len(third) == 2:
        readings += [_Day(_iso(year, second, third), "YMD") for year in _years(first)]
    return _real(readings)


def _years(digits: str) -> list[str]:
    """A year of two digits is the last one that has been (26 is 2026, 87 is 1987), but one soon to come is open."""
    if len(digits) == 4:
        return [digits]
    this_century, last_century = 2000 + int(digits), 1900 + int(digits)
    if this_century <= today().year:
        return [str(this_century)]
    if this_century <= today().year + _YEARS_AHEAD:
        return [str(last_century), str(this_century)]
    return [str(last_century)]


def _iso(year: str, month: str, day: str) -> str:
    return f"{year}-{int(month):02}-{int(day):02}"


def _real(days: list[_Day]) -> list[_Day]:
    return [day for day in days if is_partial_date(day.text)]


def _in_words(text: str) -> list[_Day]:
    """`5-Jan-26`, `Mo., 5. Januar 2026`, `5 de enero de 2026`, `Jan 5th, 2026`, `2026-Jan-05`, `March 2019`."""
    if not re.fullmatch(r"[\w\s.,'’/-]+", text):
        return []
    words = [_folded(word) for word in _WORD.findall(text)]
    words = [word for word in words if word not in _FILLERS and word not in ("st", "nd", "rd", "th", "er")]
    if len(words) == 4 and _is_day_name(words[0]):
        words = words[1:]
    months = [place for word in words if (place := _month(word))]
    numbers = [word for word in words if word.isdecimal()]
    if len(months) != 1 or len(words) != 1 + len(numbers):
        return []
    if len(numbers) == 1 and len(numbers[0]) == 4:
        return _real([_Day(f"{numbers[0]}-{months[0]:02}")])
    if len(numbers) == 2 and len(numbers[0]) == 4 and len(numbers[1]) <= 2:
        numbers.reverse()
    if len(numbers) != 2 or len(numbers[0]) > 2 or len(numbers[1]) not in (2, 4):
        return []
    return _real([_Day(_iso(year, str(months[0]), numbers[0])) for year in _years(numbers[1])])


def _is_day_name(word: str) -> bool:
    return word in _SHORT_DAYS or (len(word) >= 3 and any(name.startswith(word) for name in _DAY_NAMES))


@remembered(512)
def _month(word: str) -> int:
    """The number of the month whose name begins so, in any of the languages; 0 for none, or where two could be."""
    if len(word) < 3 or word.isdecimal():
        return 0
    places = {place for place, names in enumerate(_MONTH_NAMES, 1) if any(n.startswith(word) for n in names.split())}
    return places.pop() if len(places) == 1 else 0


def _folded(word: str) -> str:
    """Without case and accents."""
    letters = unicodedata.normalize("NFKD", word.casefold().replace("’", "'"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
