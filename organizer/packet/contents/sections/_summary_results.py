"""Blocks of the summary, lower band: key results with a chart, treatments tried, what is pending or missing."""

from collections.abc import Sequence
from itertools import chain

from organizer.base.dates import PartialDate
from organizer.base.i18n import _, within_sentence
from organizer.health import printed
from organizer.health.attention import is_critical
from organizer.health.key_results import Tier
from organizer.health.medicines import STANDING, Course, MedicineState
from organizer.model.entry import Entry
from organizer.packet.contents.absence import claimed
from organizer.packet.contents.chosen import Open, open_items, spoken_in
from organizer.packet.contents.courses import TREATING, cited, dates, steps, treatments
from organizer.packet.contents.measured import (
    InWords,
    Measured,
    chart_data,
    key_results,
    measured,
    newer_in_other_units,
    no_result_words,
    series_notes,
    weight_of,
    with_flag,
)
from organizer.packet.contents.section import Context
from organizer.packet.contents.sections._summary_block import Band, Block, framed, more_words, nothing, shared_source
from organizer.packet.contents.sections.missing import nothing_missing_words
from organizer.packet.contents.standing import MOST_LINES
from organizer.packet.contents.tables import chip_width, cited_line, plain_line
from organizer.packet.facts import Statement
from organizer.packet.page import style
from organizer.packet.page.charts import SeriesChart
from organizer.packet.page.flow import Element, Row, Rule, Space, Stack
from organizer.packet.page.style import Face
from organizer.packet.page.typesetting import Piece, Run, Text

_SIDE, _BETWEEN = 194.0, 16.0
_NAME = 106.0
_VALUE, _NOTE_LINES = 86.0, 4
_KEY_RESULTS, _MOST_CRITICAL, _FLOOR = 8, 10, 4
_MOST_LEADING = 6
"""Results that the field looks at first stand together: of three receptors two would tell another tumour."""
RESULT_SECTIONS = "results levels"
"""Where results stand behind page one: with a chart, or in the table of the latest ones."""


def lower_band(context: Context) -> Band:
    """Results and treatments at the left, the chart that matters most and what is open at the right."""
    wide = context.width - _BETWEEN - _SIDE
    x = wide + _BETWEEN
    return [
        [_result_block(context, wide), _treatment_block(context, wide)],
        [*_chart_block(context, x), _open_block(context, x)],
    ]


class _Results:
    """The columns of the key results: as wide as what stands in them, the names take the rest."""

    def __init__(self, context: Context, results: Sequence[Measured | InWords], width: float) -> None:
        self.context, self.width = context, width
        numbers = [result for result in results if isinstance(result, Measured)]
        self.statements = [context.state(_cited(result)) for result in results]
        ends = [
            (number.entries[0].happened, number.entries[-1].happened) for number in numbers if len(number.points) > 1
        ]
        self.same = len(set(ends)) == 1 and len(ends) == len(results) and None not in ends[0]
        self.year = self._year(results)
        self.chips = max(map(chip_width, self.statements), default=0.0)
        self.narrow = self.same and self.chips <= 66
        self.range_title = _("lab’s range") if any(number.range_text for number in numbers) else ""
        heads = (
            [spoken_in(PartialDate(when.text[:10]), self.year) for when in ends[0] if when]
            if self.same
            else [_("first") if ends else "", _("latest") if numbers else ""]
        )
        self.heads = heads
        self.range_wide = self._widest(style.MUTED, [number.range_text for number in numbers] + [self.range_title], 64)
        self.latest_wide = self._widest(style.BOLD, [_flagged(number) for number in numbers] + [heads[1]], _VALUE)
        self.first_wide = self._widest(style.BODY, [number.in_column(0) for number in numbers] + [heads[0]], _VALUE)

    @staticmethod
    def _widest(face: Face, texts: Sequence[str], most: float) -> float:
        return min(max(map(face.width, texts)) + 1, most)

    @staticmethod
    def _year(results: Sequence[Measured | InWords]) -> str:
        years = {
            entry.happened.text[:4]
            for entry in chain.from_iterable(_cited(result) for result in results)
            if entry.happened
        }
        return years.pop() if len(years) == 1 else ""

    @property
    def edges(self) -> tuple[float, float, float]:
        """Right edges of first, latest and range."""
        ranges = self.width - (self.chips + 8 if self.narrow else 0.0)
        latest = ranges - (self.range_wide + 12 if self.range_title else 0.0)
        return latest - self.latest_wide - 12, latest, ranges

    def header(self) -> Element:
        """The columns' names, beside the block's heading."""
        first, latest, ranges = self.edges
        named = (
            (first, self.first_wide, self.heads[0]),
            (latest, self.latest_wide, self.heads[1]),
            (ranges, self.range_wide, self.range_title),
        )
        return Stack(
            [Space(1), Row([(e - w, Text([Run(t, style.MUTED)], w + 0.1, 1, "right")) for e, w, t in named if t], 13.0)]
        )

    def line(self, result: Measured | InWords, statement: Statement) -> Element:
        """One measure, by number or in words."""
        return self._number(result, statement) if isinstance(result, Measured) else self._words(result, statement)

    def _words(self, result: InWords, statement: Statement) -> Element:
        """A result in words with its flag and day, whole."""
        return cited_line(self.width, words_of_result(result, statement), "", statement, lines=MOST_LINES)

    def _number(self, result: Measured, statement: Statement) -> Element:
        """Its days stand below where they differ from measure to measure."""
        first, latest, ranges = self.edges
        free = first - self.first_wide - 8
        name: list[Piece] = [Run(result.title, style.BODY, statement), Run(result.unit, style.MUTED, statement)]
        values = [
            (latest, self.latest_wide, _flagged(result), style.BOLD),
            (ranges, self.range_wide, "" if self._is_wide(result) else result.range_text, style.MUTED),
        ]
        if len(result.points) > 1:
            values.append((first, self.first_wide, result.in_column(0), style.BODY))
        cells: list[tuple[float, Element]] = [(0, Text(name, free))]
        cells += [(e - w, Text([Run(t, f, statement)], w + 0.1, 0, "right")) for e, w, t, f in values if t]
        source: tuple[float, Element] = (self.width - chip_width(statement), Text([statement], self.chips + 1))
        below = [self._range_below(result, statement)] if self._is_wide(result) else []
        below += self._newer_below(result)
        if self.narrow:
            return Stack([Row([*cells, source]), *below]) if below else Row([*cells, source])
        days = result.day(-1) if len(result.points) == 1 else f"{result.day(0)} → {result.day(-1)}"
        about = Text([Run(days, style.MUTED, statement)], self.width - self.chips - 8)
        return Stack([Row(cells, 13.0), Row([(0, about), source], 15.0), *below])

    def _newer_below(self, result: Measured) -> list[Element]:
        """The newest result, where it can't stand in the columns because of its unit."""
        newer = newer_in_other_units(self.context, result)
        if not newer:
            return []
        statement = self.context.state(newer[-1:])
        words = _("later, in another unit: {result}").format(result=printed.with_day(result.series.other_units[-1]))
        body = Text([Run(words, style.MUTED, statement)], self.width - chip_width(statement) - 8)
        return [Row([(0, body), (self.width - chip_width(statement), Text([statement], self.chips + 1))], 15.0)]

    def _is_wide(self, result: Measured) -> bool:
        """True where the range is wider than its column: a number is never cut."""
        return style.MUTED.width(result.range_text) + 1 > self.range_wide + 0.1

    def _range_below(self, result: Measured, statement: Statement) -> Element:
        """The range on a line of its own."""
        words = _("lab’s {range}").format(range=result.range_text)
        return Text([Run(words, style.MUTED, statement)], self.width - self.chips - 8)


def _cited(result: Measured | InWords) -> list[Entry]:
    return result.first_and_latest if isinstance(result, Measured) else [result.latest]


def _flagged(result: Measured) -> str:
    """The latest number with the flag that the laboratory gave it: `6.4 HH`."""
    return with_flag(result.in_column(-1), result.entries[-1])


def words_of_result(result: InWords, statement: Statement) -> list[Piece]:
    """`Blood culture: MRSA AA, 3 Nov 2026`."""
    entry = result.latest
    day = entry.happened.spoken() if entry.happened else _("undated")
    return [
        Run(f"{result.title}:", style.BODY, statement),
        Run(f" {with_flag(entry.spoken_value(), entry)}", style.BOLD, statement),
        Run(f", {day}", style.MUTED, statement),
    ]


def _result_block(context: Context, width: float) -> Block:
    results = key_results(context)
    lines = [result.entries for result in results]
    critical = sum(is_critical(result.entries[-1]) for result in results[:_MOST_CRITICAL])
    leading = sum(weight_of(context, result).tier <= Tier.LEADING for result in results[:_MOST_LEADING])
    floor = max(critical, leading, min(_FLOOR, len(results)))

    def make(limit: int) -> Element:
        if not results:
            none = plain_line(width, no_result_words(context))
            return framed(width, _("Key results"), [none])
        columns = _Results(context, results[:limit], width)
        rows = [
            columns.line(result, statement)
            for result, statement in zip(results[:limit], columns.statements, strict=True)
        ]
        more = more_words(context, lines[limit:], RESULT_SECTIONS)
        rows += [Text([Run(more, style.MUTED)], width)] if more else []
        title = f"{_('Key results')} {columns.year}".strip() if columns.narrow else _("Key results")
        return framed(width, title, rows, right=columns.header())

    return Block(0, _("Key results"), make, lines, _KEY_RESULTS, 4, RESULT_SECTIONS, floor)


def _treatment_block(context: Context, width: float) -> Block:
    courses = treatments(context)
    spans = [course.spans for course in courses]

    def make(limit: int) -> Element:
        shown = courses[:limit]
        shared = shared_source(context, [cited(course) for course in shown])
        rows = [_treatment_line(context, course, width, shared) for course in shown]
        careful = _("No treatment is entered; documents may name some.")
        none = claimed(context, _("Not recorded."), careful, *TREATING)
        rows += [] if courses else nothing(width, none)
        more = more_words(context, spans[limit:], "treatments medicines")
        return framed(width, _("Treatments tried"), rows, more, shared=shared)

    return Block(0, _("Treatments tried"), make, spans, 6, 3, "treatments medicines")


def _treatment_line(context: Context, course: Course, width: float, shared: Statement | None) -> Element:
    statement = shared or context.state(cited(course))
    name = Text([Run(course.name, style.BOLD, statement)], _NAME - 4)
    words = "; ".join(part for part in (dates(course), steps(course), outcome(context, course)) if part)
    body = cited_line(
        width - _NAME, [Run(words, style.BODY, statement)], "", statement, lines=MOST_LINES, bare=shared is not None
    )
    return Row([(0, name), (_NAME, body)])


def outcome(context: Context, course: Course) -> str:
    """Why it was stopped, or its effect as recorded, or how its goal stands by the plan check."""
    last = course.last
    if course.state in STANDING and not course.current:
        return _("paused") if course.state is MedicineState.PAUSED else _("not said whether still taken")
    if last.text("stop_reason"):
        return _("stopped: {reason}").format(reason=last.text("stop_reason").rstrip("."))
    effects = {
        "helped": _("helped"),
        "partly": _("helped in part"),
        "not": _("did not help"),
        "worse": _("made it worse"),
    }
    if last.text("effect") in effects:
        return effects[last.text("effect")]
    for plan in context.packet.plans:
        if plan.medicine and plan.medicine.casefold() in course.name.casefold():
            return within_sentence(plan.verdict_words[:1]) + plan.verdict_words[1:]
    return ""


def _chart_block(context: Context, x: float) -> list[Block]:
    courses_drawn = [result for result in measured(context) if len(result.points) > 1]
    # What a goal is set for shows its course; else the first of the key results that has one.
    courses_drawn.sort(key=lambda result: not result.series.goal.text)
    if not courses_drawn:
        return []

    def make(limit: int) -> Element:
        chart = SeriesChart(chart_data(context, courses_drawn[0]), _SIDE, 18.0 + 6 * limit, small=True)
        note = [Text([Run(text, style.MUTED)], _SIDE, _NOTE_LINES) for text in series_notes(context, courses_drawn[0])]
        unit = style.MUTED.width(courses_drawn[0].unit)
        title = Text([Run(courses_drawn[0].title, style.HEADING)], _SIDE - unit - 8)
        right = Text([Run(courses_drawn[0].unit, style.MUTED)], unit + 0.1, 1)
        heading = Row([(0, title), (_SIDE - unit, Stack([Space(1), right]))], 15.0)
        # The points' statement is made by the key results' first line, beside this chart.
        return Stack([Rule(_SIDE), Space(3), heading, Space(2), chart, *note])

    return [Block(x, courses_drawn[0].title, make, [[]] * 7, 7, 4, "")]


def _open_block(context: Context, x: float) -> Block:
    items = open_items(context)
    lines = [[item.entry] for item in items]

    def make(limit: int) -> Element:
        shown = items[:limit]
        more = more_words(context, lines[limit:], "missing")
        title = _("Pending or missing")
        year = str(context.packet.as_of.year)
        if shown and all(item.entry.reported_by_patient for item in shown):
            statement = context.state([item.entry for item in shown])
            rows = [_state_line(item, statement, year) for item in shown]
            rows += [plain_line(_SIDE, more)] if more else []
            chip = Stack([Space(1), Text([statement], _SIDE, 1, "right")])
            return framed(_SIDE, title, rows, right=chip)
        rows = [_open_line(context, item, year) for item in shown]
        rows += [plain_line(_SIDE, more)] if more else []
        return framed(_SIDE, title, rows or nothing(_SIDE, nothing_missing_words(context)))

    return Block(x, _("Pending or missing"), make, lines, 5, 2, "missing")


def _state_line(item: Open, statement: Statement, year: str) -> Element:
    state = min(style.MUTED.width(item.state(year)), _SIDE * 0.62)
    longest = max(map(style.BODY.width, item.what.split()), default=0)
    if longest > _SIDE - state - 6:
        # A word isn't broken to make room for the day beside it: that goes below.
        what = Text([Run(item.what, style.BODY, statement)], _SIDE)
        return Stack([what, Text([Run(item.state(year), style.MUTED, statement)], _SIDE, 2)])
    cells: list[tuple[float, Element]] = [(0, Text([Run(item.what, style.BODY, statement)], _SIDE - state - 6))]
    if item.words:
        cells.append((_SIDE - state, Text([Run(item.state(year), style.MUTED, statement)], state + 0.1, 1, "right")))
    return Row(cells)


def _open_line(context: Context, item: Open, year: str) -> Element:
    statement = context.state([item.entry])
    line = cited_line(_SIDE, [Run(item.what, style.BODY, statement)], "", statement, lines=MOST_LINES)
    if not item.words:
        return line
    return Stack([line, Text([Run(item.state(year), style.MUTED, statement)], _SIDE)])
