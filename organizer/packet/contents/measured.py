"""Series as they may be printed: the points that have a page to cite, what the laboratory said of each, their lanes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from organizer.base import terms
from organizer.base.i18n import _
from organizer.base.units import spoken_unit
from organizer.health import medicines as health_medicines
from organizer.health import printed
from organizer.health.chart import ChartData, Mark, chart_of, notes
from organizer.health.grouping import fold
from organizer.health.key_results import Tier, Weight, is_result_in_words
from organizer.health.key_results import weight as health_weight
from organizer.health.medicines import STANDING
from organizer.health.series import NO_RANGE, Point, Series
from organizer.health.specialties import Profile
from organizer.health.titles import plain_measure, plain_title
from organizer.model.entry import Entry
from organizer.packet.contents.absence import nothing_stated
from organizer.packet.contents.lanes import lane_notes, lanes
from organizer.packet.contents.section import Context, asked_once

_WORD = re.compile(r"[^\W\d_]+")
_TELLING = 6
"""Letters of a word that alone stands for a test: creatinine, lithium; not of `blood` or `total`."""
KIDNEYS = (Profile(("69405-9",)), Profile(("2160-0",)))
"""eGFR and creatinine, by LOINC, else by name."""
KIDNEYS_AT = 3
"""The fourth line at the latest: as many as page one has always room for."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One series with its printable points, oldest first, and the entry behind each of them."""

    series: Series
    entries: tuple[Entry, ...]

    @property
    def points(self) -> tuple[Point, ...]:
        """The results that may be printed."""
        return self.series.points

    @property
    def title(self) -> str:
        """What is measured."""
        return plain_measure(self.series.title, self.series.key)

    @property
    def unit(self) -> str:
        """The unit of all points, as people write it."""
        return spoken_unit(self.series.unit)

    @property
    def first_and_latest(self) -> list[Entry]:
        """The entries of the first and the latest point."""
        return [self.entries[0]] if len(self.entries) == 1 else [self.entries[0], self.entries[-1]]

    @property
    def range_text(self) -> str:
        """The latest range as printed, or its ends; with its unit where the latest result was printed in another."""
        point, entry = self.points[-1], self.entries[-1]
        if point.printed:
            beside = printed.range_of(entry)
            return f"{beside} {spoken_unit(entry.unit)}".strip() if beside else ""
        return printed.range_text(point.range if point.range != NO_RANGE else self.series.range)

    def value(self, index: int) -> str:
        """A result with its unit; of one printed in another unit both."""
        return printed.value(self.points[index], self.series.unit)

    def in_column(self, index: int) -> str:
        """The same below a heading that names the unit."""
        return printed.in_column(self.points[index])

    @property
    def not_drawn(self) -> str:
        """What is left out because of its unit, the newest results by value and day; "" where nothing is."""
        return printed.not_drawn(self.series)

    def day(self, index: int) -> str:
        """A point's day as its source has it."""
        when = self.entries[index].happened
        return when.spoken() if when else _("undated")


@dataclass(frozen=True, slots=True)
class InWords:
    """Results of one measure that are no numbers (a culture, a titer, a mutation), oldest first."""

    entries: tuple[Entry, ...]

    @property
    def title(self) -> str:
        """What was looked for."""
        return plain_title(self.entries[-1])

    @property
    def latest(self) -> Entry:
        """The newest result."""
        return self.entries[-1]


def measured(context: Context) -> Sequence[Measured]:
    """All series that have a printable point, the weightiest first."""
    return [result for result in key_results(context) if isinstance(result, Measured)]


@asked_once
def key_results(context: Context) -> Sequence[Measured | InWords]:
    """All that was measured or looked for and may be printed, in numbers and in words, the weightiest first."""
    results: list[Measured | InWords] = [*_in_numbers(context), *_in_words(context)]
    days = [result.entries[-1].happened for result in results]
    newest = max((day.last_day for day in days if day), default=None)
    results.sort(key=lambda result: weight_of(context, result, newest))
    return _with_kidneys(context, results)


def _with_kidneys(context: Context, results: list[Measured | InWords]) -> list[Measured | InWords]:
    """The order with eGFR, else creatinine, among the first: whoever takes medicines is dosed by it."""
    medicines, as_of = context.of_kind("MedicationStatement"), context.packet.as_of
    if not any(health_medicines.state_of(entry, as_of) in STANDING for entry in medicines):
        return results
    for kidneys in KIDNEYS:
        for place, result in enumerate(results):
            if isinstance(result, Measured) and kidneys.leads(result.series.key, result.title):
                rest = results[:place] + results[place + 1 :]
                return [*rest[:KIDNEYS_AT], result, *rest[KIDNEYS_AT:]] if place > KIDNEYS_AT else results
    return results


def weight_of(context: Context, result: Measured | InWords, newest: date | None = None) -> Weight:
    """How early a measure is told."""
    goal = isinstance(result, Measured) and bool(result.series.goal.text)
    last = result.entries[-1]
    key = result.series.key if isinstance(result, Measured) else last.measure
    weight = health_weight(key, result.entries, goal, context.profile, newest)
    asked = weight.tier > Tier.LEADING and _is_asked_about(context, last.title)
    return replace(weight, tier=Tier.LEADING, place=0) if asked else weight


def _is_asked_about(context: Context, title: str) -> bool:
    """Whether the person's questions, or why they come, name a result: by the first word of its name, or by all."""
    case = context.packet.case
    asked = [question.title for question in context.packet.questions if not question.struck]
    asked += [case.title, case.why] if case else []
    words = set(_WORD.findall(fold(" ".join(asked))))
    named = _WORD.findall(fold(title))
    is_first = bool(named) and len(named[0]) >= _TELLING and named[0] in words
    return is_first or (len(named) > 1 and words.issuperset(named))


def is_asked_for(context: Context, result: Measured) -> bool:
    """Whether a measure is critical, flagged or one that the field looks at first."""
    return weight_of(context, result).tier <= Tier.ASKED_FOR


def _in_numbers(context: Context) -> list[Measured]:
    shown = []
    for series in context.packet.series:
        pairs = [(point, entry) for point in series.points if (entry := context.find(point.entry_id)) is not None]
        usable = {entry.id for entry in context.usable(entry for _point, entry in pairs)}
        pairs = sorted((pair for pair in pairs if pair[1].id in usable), key=lambda pair: pair[0].when)
        if pairs:
            points = tuple(point for point, _entry in pairs)
            others = _usable_others(context, series)
            printable = replace(series, points=points, other_units=others)
            shown.append(Measured(printable, tuple(entry for _point, entry in pairs)))
    return shown


def _in_words(context: Context) -> list[InWords]:
    """Results in words by their measure; a measure with a newer number is told by that."""
    numbers = {entry.id for entry in chain.from_iterable(series.other_units for series in context.packet.series)}
    groups: dict[str, list[Entry]] = {}
    for entry in context.of_kind("Observation"):
        if entry.id not in numbers and is_result_in_words(entry):
            groups.setdefault(entry.measure or entry.title, []).append(entry)
    shown = []
    for group in groups.values():
        usable = context.usable(group)
        dated = [entry for entry in usable if entry.happened] or usable
        if dated:
            shown.append(InWords(tuple(dated)))
    return shown


def _usable_others(context: Context, series: Series) -> tuple[Entry, ...]:
    """Results in other units, as far as they may be printed."""
    whole = [entry for result in series.other_units if (entry := context.find(result.id)) is not None]
    usable = {entry.id for entry in context.usable(whole)}
    return tuple(entry for entry in series.other_units if entry.id in usable)


def chart_data(context: Context, result: Measured, marks: Sequence[Mark] = (), due: date | None = None) -> ChartData:
    """What a chart of the series shows, with the medicines' spans as far as they may be printed."""
    series = result.series
    return replace(
        chart_of(series),
        until=context.packet.as_of,
        range=replace(series.range, text=series.range.text or result.range_text),
        goal=replace(series.goal, text=_goal_name(series) if series.goal.ends else ""),
        goal_day=due,
        spans=lanes(context, series),
        marks=tuple(marks),
    )


def _goal_name(series: Series) -> str:
    text = series.goal.text.removesuffix(series.unit).strip()
    if not any(sign.isdigit() for sign in text):  # a goal's line is named by its number
        text = printed.ends(series.goal.low, series.goal.high)
    return text if text.startswith(_("goal")) or not text else _("goal {target}").format(target=text)


def series_notes(context: Context, result: Measured) -> list[str]:
    """What must be said beside the chart: which of its marks are no points like the others, what isn't drawn."""
    return [*notes(result.points, lanes(context, result.series)), *lane_notes(context, result.series)]


def newer_in_other_units(context: Context, measured: Measured) -> list[Entry]:
    """The entries of the newest results, where these are in a unit that can't be converted to the series'."""
    newer = measured.series.newer_in_other_units()
    return [entry for result in newer if (entry := context.find(result.id)) is not None]


def with_flag(value: str, entry: Entry) -> str:
    """A result with the flag that its laboratory printed: `6.4 HH`; a flag that says “normal” says nothing more."""
    flag = entry.text("interpretation").strip()
    return f"{value} {terms.shown(flag)}" if flag and flag.casefold() not in ("n", "normal") else value


def no_result_words(context: Context) -> str:
    """What is said where there is no result."""
    careful = _("No result is entered; documents may hold some.")
    return nothing_stated(context, _("No results are recorded."), careful, "Observation")
