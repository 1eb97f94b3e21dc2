"""Dates as people type them, turned into what a record keeps (2019, 2019-03, 2019-03-07); never a guess."""

import re
from collections.abc import Sequence

from organizer.base.dates import is_partial_date
from organizer.base.i18n import _, marked

_NUMBERS = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4})")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{4})")
_ABOUT = re.compile(r"(?:about|around|circa|hacia|cerca de|alrededor de|aprox\.?|ca\.?|c\.|~)\s+", re.IGNORECASE)
_MONTHS = (
    marked("january"),
    marked("february"),
    marked("march"),
    marked("april"),
    marked("may"),
    marked("june"),
    marked("july"),
    marked("august"),
    marked("september"),
    marked("october"),
    marked("november"),
    marked("december"),
)
_OF = ("de", "del")
_WORDS = re.compile(r"[^\W_]+", re.UNICODE)


def meanings(text: str) -> list[str]:
    """What a typed date may mean, as partial dates: none for no date, two where 03/04/2026 could be either.

    `March 2019`, `7 Mar 2019`, `mar 7, 2019`, `about 2015`, `2019-03` and `31.12.2019` have one meaning.
    """
    plain = _ABOUT.sub("", text.strip(), count=1)
    if is_partial_date(plain):
        return [plain]
    numbers = _NUMBERS.fullmatch(plain)
    if numbers:
        return _numeric(int(numbers[1]), int(numbers[2]), numbers[3])
    month = _MONTH_YEAR.fullmatch(plain)
    if month:
        return _real([f"{month[2]}-{int(month[1]):02}"])
    return _in_words([word for word in _WORDS.findall(plain.casefold()) if word not in _OF])


def _numeric(first: int, second: int, year: str) -> list[str]:
    """Day first and month first are both in use; where both can be, the person is asked."""
    return _real(dict.fromkeys([f"{year}-{second:02}-{first:02}", f"{year}-{first:02}-{second:02}"]))


def _in_words(words: Sequence[str]) -> list[str]:
    months = [place for word in words if (place := _month(word))]
    numbers = [word for word in words if word.isdecimal()]
    years = [number for number in numbers if len(number) == 4]
    days = [int(number) for number in numbers if len(number) < 3]
    if len(months) != 1 or len(years) != 1 or len(days) > 1 or len(words) != 2 + len(days):
        return []
    day = f"-{days[0]:02}" if days else ""
    return _real([f"{years[0]}-{months[0]:02}{day}"])


def _month(word: str) -> int:
    """The number of a month by the beginning of its English or local name; 0 for other words."""
    for place, name in enumerate(_MONTHS, 1):
        if len(word) >= 3 and (name.startswith(word) or _(name).startswith(word)):
            return place
    return 0


def _real(texts: "Sequence[str] | dict[str, None]") -> list[str]:
    return [text for text in texts if is_partial_date(text)]
