"""The page of a letter or report that says what data written out say too: that page is the proof, and is cited.

Only what is on a page word for word counts: a quote whole; a result's name, digits and day; a medicine with all the
numbers of its dose. Where no page says it, the data are cited.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from organizer.base.remembered import remembered
from organizer.health import printed
from organizer.model.entry import Entry
from organizer.packet.facts import Place

_DATA = (".json", ".ndjson", ".xml", ".csv", ".hl7", ".txt")
"""Ends of the names of files that hold data; what people signed is none of these."""
_LEAST_QUOTE = 25  # letters and digits: fewer may stand anywhere
_LONGEST_ROW = 8  # words
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class SignedPage:
    """A page of a document with its words; `lines` as they stand, `squeezed` without blanks and marks."""

    place: Place
    lines: tuple[str, ...]
    squeezed: str

    @property
    def rows(self) -> int:
        """How many of its lines look like rows of results: short ones with a number. A laboratory's page has most."""
        return sum(len(line.split()) <= _LONGEST_ROW and _NUMBER.search(line) is not None for line in self.lines)


def is_data(file_name: str) -> bool:
    """Whether a file holds data and no page that somebody signed."""
    return file_name.casefold().endswith(_DATA)


def pages_of(document: Entry, first: Place) -> Iterable[SignedPage]:
    """The pages of a document with a text layer; `first` is the place of its first page."""
    texts = document.data.get("page_texts")
    for number, text in enumerate(texts if isinstance(texts, list) else ()):
        lines = tuple(line.casefold() for line in str(text).splitlines())
        yield SignedPage(Place(first.exhibit, first.page + number), lines, squeezed(str(text)))


def squeezed(text: str) -> str:
    """Letters and digits alone: lines end elsewhere on each page."""
    return re.sub(r"\W+", "", text.casefold())


def says(page: SignedPage, entry: Entry) -> bool:
    """Whether a page says what an entry says."""
    quote = entry.text("quote") or entry.text("conclusion")
    if quote:
        needle = squeezed(quote)
        return len(needle) >= _LEAST_QUOTE and needle in page.squeezed
    if entry.kind == "Observation":
        return _has_day(page, entry) and _has_result(page, entry)
    if entry.kind == "MedicationStatement":
        numbers = _NUMBER.findall(printed.dose(entry))
        return bool(numbers) and _has_numbers(page, entry.title, numbers)
    return False


def _has_result(page: SignedPage, entry: Entry) -> bool:
    """Whether a line has a result's name and its digits, or its words."""
    if entry.value is not None:
        return _has_numbers(page, entry.title, [entry.value_text])

    value = squeezed(entry.value_text)
    lines = map(squeezed, _lines_of(page, entry.title))
    return bool(value) and any(value in line for line in lines)


def _has_numbers(page: SignedPage, title: str, numbers: Iterable[str]) -> bool:
    """Whether a line has a title and all the numbers, each by itself."""
    wanted = set(numbers)
    return any(wanted <= set(_NUMBER.findall(line)) for line in _lines_of(page, title))


def _lines_of(page: SignedPage, title: str) -> list[str]:
    """The lines that have all words of a title; none for a title without words."""
    words = [word.casefold() for word in _WORD.findall(title)]
    if not words:
        return []
    return [line for line in page.lines if all(word in line for word in words)]


def _has_day(page: SignedPage, entry: Entry) -> bool:
    """Whether the day of an entry is written on a page, in one of the usual ways."""
    when = entry.happened
    if when is None or when.precision in ("year", "month"):
        return False
    return any(way in page.squeezed for way in _ways_of(when.first_day))


@remembered(4_096)
def _ways_of(day: date) -> tuple[str, ...]:
    """The usual ways to write a day, squeezed: each page is asked for the days of all results."""
    month = f"{day:%B}".casefold()
    return (
        f"{day.day}{month}{day.year}", f"{day.day}{month[:3]}{day.year}", f"{day.day:02}{month[:3]}{day.year}",
        f"{month}{day.day}{day.year}", f"{month[:3]}{day.day}{day.year}",
        f"{day.year}{day.month:02}{day.day:02}", f"{day.day:02}{day.month:02}{day.year}",
        f"{day.month:02}{day.day:02}{day.year}",
    )  # fmt: skip
