"""When the sample was taken: the date that a report names so, else the best that it names, with a doubt."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain

from organizer.base.dates import PartialDate, today
from organizer.base.written_dates import order_of, readings_of
from organizer.importing.lab_reports.columns import phrase_of
from organizer.importing.lab_reports.lines import Line, Spot, text_of
from organizer.importing.lab_reports.values import DATE

_TAKEN = re.compile(
    r"collect|drawn|specimen date|sample date|date of sample|sampled|sample taken|taken|sampling|"
    r"entnahme|abnahme|probenahme|entnommen|preleve|prelevement|extraccion|toma|obtencion|recoleccion|"
    r"date of test|test date|prelievo|raccolta|coleta|colheita|numune al|afname|provedato|provetag|provtag|pobrani"
)
_BIRTH = re.compile(
    r"\b(?:dob|birth|born|geb|geburt\w*|geburtsdatum|geboren|ne le|nee le|nee|ne e le|naissance|nacimiento|nac|f nac|fn|ddn|nascita|nasc|nascimento|dogum\w*|geboorte\w*)\b|geb dat|d o b"
)
_OTHER = re.compile(
    r"print|druck|imprim|impres|page|order|request|auftrag|received|eingang|recu|reception|recep|report|befund|edite|emis|inform|validat|"
    r"ausgang|released|issued|valid|signed|expir|registr|demande|visit|approved|authori|prescri|referto|accettazione|stampa|liberad|liberac|emissao|onay|kabul|rapor"
)
_GENERIC = re.compile(r"date|datum|fecha|\bdata\b|tarih|\ble\b|\bvom\b|\bdu\b")
_MISREADABLE: dict[str, int | None] = {
    **dict.fromkeys(
        (
            "entnahmedatum",
            "abnahmedatum",
            "date collected",
            "collected",
            "preleve le",
            "fecha de extraccion",
            "fecha de toma",
        ),
        0,
    ),
    **dict.fromkeys(
        (
            "befunddatum",
            "eingang",
            "eingangsdatum",
            "ausgangsdatum",
            "date reported",
            "reported",
            "date received",
            "received",
        ),
        2,
    ),
    **dict.fromkeys(("recu le", "edite le", "fecha de informe", "fecha de recepcion"), 2),
    **dict.fromkeys(
        ("geb am", "geburtsdatum", "ne e le", "date of birth", "f nacimiento", "fecha de nacimiento", "dob"), None
    ),
}
_CLOCK = re.compile(r"\s*(?:um|at|à|a las|,)?\s*\d{1,2}:\d{2}")
_LEAST_LIKE = 0.62
_BRITISH = re.compile(
    r"haemoglobin|haematology|\bnhs\b|surgery|\bgp\b|leucocyte|oestradiol|titre|colour|caerulo|postcode"
)
_AMERICAN = re.compile(r"\bnpi\b|\bzip\b|hemoglobin|hematology|\bclia\b|\bmd\b")


@dataclass(frozen=True, slots=True)
class Calendar:
    """How a report writes days: `order` is DMY, MDY or ""; `shown` False where only its spelling says so."""

    order: str
    shown: bool

    def day(self, text: str) -> PartialDate | None:
        """A printed date; None for what is none, or may be two."""
        readings = self._possible(text, self.order)
        return readings[0] if len(readings) == 1 else None

    def sure(self, text: str) -> bool:
        """True where the printed date can be read in one way only, and has been."""
        readings = self._possible(text, self.order if self.shown else "")
        return len(readings) == 1 and _has_been(readings[0])

    def open_days(self, text: str) -> tuple[PartialDate, ...]:
        """The two days that a printed date can mean, day first first; () where nothing is open about it."""
        readings = self._possible(text, "" if not self.shown else self.order)
        return readings if len(readings) > 1 else ()

    def _possible(self, text: str, order: str) -> tuple[PartialDate, ...]:
        """A sample is taken before it is reported: of two days one that is still to come isn't meant."""
        readings = readings_of(text.strip(), order)
        past = tuple(day for day in readings if _has_been(day))
        return past if len(readings) > 1 and past else readings


def _has_been(day: PartialDate) -> bool:
    return day.text[:10] <= today().isoformat()


@dataclass(frozen=True, slots=True)
class Taken:
    """The day of the sample as the report says it; `named` False where only another date is printed.

    `open_days` are the two days that it can mean, day first first, where the report doesn't say which.
    """

    date: PartialDate | None
    named: bool
    sure: bool
    open_days: tuple[PartialDate, ...] = ()


@dataclass(frozen=True, slots=True)
class Collections:
    """The day of a report's sample; where several samples are in one print, each row's is the one named above it."""

    whole: Taken
    marks: tuple[tuple[int, float, Taken], ...] = ()  # page, middle of its line

    def of(self, line: Line) -> Taken:
        """The day of the sample that a row at this line belongs to."""
        above = [taken for page, middle, taken in self.marks if (page, middle) <= (line.page, line.middle)]
        return above[-1] if above else self.whole


def calendar_of(lines: Sequence[Line], language: str) -> Calendar:
    """Day first or month first, from dates that can be but one, else from the report's language and spelling."""
    texts = [match[0] for match in chain.from_iterable(DATE.finditer(line.text) for line in lines)]
    order = order_of(texts)
    if order:
        return Calendar(order, True)
    if language != "english":
        return Calendar("DMY", True)
    words = phrase_of(" ".join(line.text for line in lines))
    if _BRITISH.search(words):
        return Calendar("DMY", False)
    return Calendar("MDY" if _AMERICAN.search(words) else "", False)


def sample_date(lines: Sequence[Line], calendar: Calendar) -> Taken:
    """The collection date that the lines name. Two different ones, or none, leave it open or in doubt."""
    ranked: dict[int, list[str]] = {0: [], 1: [], 2: []}
    for line, label, printed in _all_labelled(lines):
        rank = _rank_on(line, label)
        if rank is not None:
            ranked[rank].append(printed)
    for rank in (0, 1, 2):
        days = {day.text: printed for printed in ranked[rank] if (day := calendar.day(printed))}
        if len({text[:10] for text in days}) == 1:
            text = max(days, key=len)
            return Taken(PartialDate(text), rank < 2, calendar.sure(days[text]), calendar.open_days(days[text]))
        if days:
            return Taken(PartialDate(max(days)), False, False)
        if ranked[rank]:
            open_days = {calendar.open_days(printed) for printed in ranked[rank]}
            return Taken(None, True, False, open_days.pop() if len(open_days) == 1 else ())
    return Taken(None, False, False)


def collections_of(lines: Sequence[Line], calendar: Calendar, rows: Sequence[Line]) -> Collections:
    """Whose day each row is: one day for all, or, where `rows` stand below each of several collections, each its own."""
    whole = sample_date(lines, calendar)
    marks = list(_marks(lines, calendar))
    days = {taken.date.text[:10] for _page, _middle, taken in marks if taken.date}
    if len(days) < 2:
        return Collections(whole)
    starts = [(page, middle) for page, middle, _taken in marks]
    ends = [*starts[1:], (len(lines) + lines[-1].page, 0.0)]
    places = [(row.page, row.middle) for row in rows]
    each_has_rows = all(_any_between(places, start, end) for start, end in zip(starts, ends, strict=True))
    return Collections(whole, tuple(marks)) if each_has_rows else Collections(whole)


_Height = tuple[int, float]  # page, middle of a line


def _marks(lines: Sequence[Line], calendar: Calendar) -> Iterator[tuple[int, float, Taken]]:
    """The places at which a collection is named, each with its day."""
    for line, label, printed in _all_labelled(lines):
        day = calendar.day(printed)
        if day is not None and _rank_on(line, label) == 0:
            yield line.page, line.middle, Taken(day, True, calendar.sure(printed), calendar.open_days(printed))


def _any_between(places: Sequence[_Height], start: _Height, end: _Height) -> bool:
    return any(start <= place < end for place in places)


def _all_labelled(lines: Sequence[Line]) -> Iterator[tuple[Line, str, str]]:
    """Each date of the lines with its line and its label."""
    for line, above in zip(lines, [None, *lines], strict=False):
        for label, printed in _labelled(line, above):
            yield line, label, printed


def _rank_on(line: Line, label: str) -> int | None:
    return _rank(phrase_of(label), line.spots[0].word.confidence is not None)


def _rank(label: str, recognised: bool) -> int | None:
    """0: the sample's; 1: just “date”; 2: any other's; None: of birth, or no label at all."""
    if not label or _BIRTH.search(label):
        return None
    if _TAKEN.search(label):
        return 0
    if _OTHER.search(label):
        return 2
    if _GENERIC.search(label):
        return 1
    close = get_close_matches(label, _MISREADABLE, n=1, cutoff=_LEAST_LIKE) if recognised else []
    return _MISREADABLE[close[0]] if close else None


def _labelled(line: Line, above: Line | None) -> Iterator[tuple[str, str]]:
    """Each date of a line, with its clock time, behind the words that stand before it."""
    cells = line.cells()
    for place, cell in enumerate(cells):
        text = text_of(cell)
        end = 0
        for match in DATE.finditer(text):
            before = text[end : match.start()]
            end = match.end()
            label = before if _has_letters(before) else _label_beside(cells, place, above)
            yield label, match[0] + _clock_behind(text[end:])


def _label_beside(cells: Sequence[Sequence[Spot]], place: int, above: Line | None) -> str:
    """The label of a date that has none in its own cell: the words of the cell before it, else those above it."""
    before = text_of(cells[place - 1]) if place else ""
    if _has_letters(before) and not DATE.search(before):
        return before
    cell = cells[place]
    over = (other for other in above.cells() if _overlap(other, cell)) if above is not None else ()
    return " ".join(map(text_of, over))


def _overlap(other: Sequence[Spot], cell: Sequence[Spot]) -> bool:
    """Whether two cells of two lines stand above one another."""
    return other[0].x0 < cell[-1].x1 and cell[0].x0 < other[-1].x1


def _clock_behind(text: str) -> str:
    match = _CLOCK.match(text)
    return " " + match[0].strip(" umatàls,") if match is not None else ""


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))
