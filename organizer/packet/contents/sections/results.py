"""Results over time: up to six charts two by two, under each the latest eight results with their source."""

from collections import Counter
from collections.abc import Sequence

from reportlab.platypus import Flowable

from organizer.base.i18n import _, marked, ngettext
from organizer.health import printed
from organizer.model.entry import Entry
from organizer.packet.contents.measured import (
    Measured,
    chart_data,
    measured,
    newer_in_other_units,
    no_result_words,
    series_notes,
    with_flag,
)
from organizer.packet.contents.plan_marks import plan_marks
from organizer.packet.contents.section import Context, Section, asked_once, opening, paragraph
from organizer.packet.contents.tables import Column, grid
from organizer.packet.facts import Statement
from organizer.packet.page import style
from organizer.packet.page.charts import SeriesChart
from organizer.packet.page.flow import Drawn, Element, Row, Space, Stack
from organizer.packet.page.typesetting import Piece, Run, Text

_CHARTS, _LATEST = 6, 8
_STEPS = {6: (6, 8), 5: (6, 5), 4: (4, 8), 3: (4, 5), 2: (2, 8)}
"""Series and the latest results below each, the fuller first: what is printed where pages are few."""
_GUTTER = 20.0
_PLOT = 60.0


def _is_shortened(result: Measured) -> bool:
    """Does one of its values have more digits than are printed?"""
    return any("≈" in result.value(place) for place in range(len(result.points)))


def _draw(context: Context) -> list[Flowable]:
    results = charted(context, all_of_them=True)
    head = opening(context, "results", _("Results over time"), _about(context))
    if not results:
        return [head, paragraph(context, no_result_words(context), style.MUTED)]
    most = context.limit("results", len(results), _CHARTS)
    series, latest = _STEPS[most] if most <= _CHARTS < len(results) else (most, _LATEST)
    shown = results[:series]
    context.shows("results", [result.entries for result in shown])
    context.printed["results"] = len(shown)
    pairs = [_pair(context, start, min(start + 2, len(shown)), latest) for start in range(0, len(shown), 2)]
    head.below = head.height + pairs[0].height
    if "levels" not in context.chosen:
        for result in results[len(shown) :]:
            context.crowded_out(_("results over time: {name}").format(name=result.title))
    return [head, *pairs]


@asked_once
def _about(context: Context) -> str:
    """What is to be known of all of the numbers."""
    words = _("Flags and ranges are those that the laboratory printed.")
    if any(map(_is_shortened, measured(context))):
        words += " " + _("≈ marks a value shown with four digits; its page has all of them.")
    return words


def charted(context: Context, all_of_them: bool = False) -> Sequence[Measured]:
    """The measures that have a chart here: those with a course before single results.

    The section after this one asks once this one is made: what has no chart stands there.
    """
    results = sorted(measured(context), key=lambda result: len(result.points) < 2)
    return results if all_of_them else results[: context.printed.get("results", _CHARTS)]


@asked_once
def _pair(context: Context, start: int, end: int, most: int) -> Drawn:
    """Two of the series side by side; one alone keeps to its half, so that charts compare."""
    pair = charted(context, all_of_them=True)[start:end]
    width = (context.width - _GUTTER) / 2
    cells: list[tuple[float, Element]] = [
        (place * (width + _GUTTER), _block(context, result, width, most)) for place, result in enumerate(pair)
    ]
    return Drawn(Stack([Row(cells, 0), Space(10)]), context.width)


def _block(context: Context, result: Measured, width: float, most: int) -> Stack:
    count = len(result.points)
    latest = min(count, most)
    shown = range(count - latest, count)
    entries = [result.entries[index] for index in shown]
    if count > latest:
        context.ledger.leave_out(
            _("{count} earlier results: {name}").format(count=count - latest, name=result.title),
            _("the table has the latest {latest}; the chart shows all").format(latest=latest),
        )
    parts: list[Element] = [Text([Run(result.title, style.SUBHEADING)], width, 4)]
    parts += [Text([Run(note, style.MUTED)], width, 12) for note in [_note(context, result, latest)] if note]
    if result.not_drawn:
        parts.append(_left_out(context, result, width))
    common = _common(entries)
    if common:
        alike = [entry for entry in entries if _circumstances(entry) == common]
        statement = context.state(alike[:1] if len(alike) == 1 else [alike[0], alike[-1]])
        parts.append(Text([Run(common, style.MUTED, statement), statement], width, 12))
    if count > 1:
        data = chart_data(context, result, *plan_marks(context, result))
        parts += [Space(2), SeriesChart(data, width, _PLOT, small=True), Space(4)]
    columns = [Column(_("Date"), 0.31), Column(_("Value"), 0.44), Column(_("Source"), 0.25, "right")]
    statements = [context.state([entry]) for entry in entries]
    rows = [_row(result, index, statement) for index, statement in zip(shown, statements, strict=True)]
    own = [_own(entry, common, statement) for entry, statement in zip(entries, statements, strict=True)]
    return Stack([*parts, grid(columns, rows, width, own)])


def _left_out(context: Context, result: Measured, width: float) -> Text:
    """The results that aren't drawn because of their unit, with the pages of the newest."""
    newer = newer_in_other_units(context, result)
    if not newer:
        return Text([Run(result.not_drawn, style.MUTED)], width, 12)
    statement = context.state(newer)
    return Text([Run(result.not_drawn, style.MUTED, statement), statement], width, 12)


def _note(context: Context, result: Measured, latest: int) -> str:
    count = len(result.points)
    words = ngettext("{count} result", "{count} results", count).format(count=count)
    if count > latest:
        words = _("{results}; the table has the latest {latest}").format(results=words, latest=latest)
    unit = _("in {unit}").format(unit=result.unit) if result.unit else ""
    return "; ".join(part for part in (words, unit, *series_notes(context, result)) if part)


def _common(entries: Sequence[Entry]) -> str:
    """Range, laboratory and method that most of the results shown have; "" where no two have them in common."""
    (words, count), *_others = Counter(map(_circumstances, entries)).most_common()
    return words if count > 1 or len(entries) == 1 else ""


def _circumstances(entry: Entry) -> str:
    """The laboratory's range, who measured, how: as printed."""
    where = ", ".join(part for part in (entry.text("performer"), entry.text("method")) if part)
    beside = printed.range_of(entry)
    words = _("range {range}").format(range=beside) if beside else ""
    return " · ".join(part for part in (words, where) if part)


def _own(entry: Entry, common: str, statement: Statement) -> list[Piece]:
    """What isn't as with the others, below the result."""
    own = _circumstances(entry)
    return [] if own == common else [Run(own or _("no range printed"), style.MUTED, statement)]


def _row(result: Measured, index: int, statement: Statement) -> list[list[Piece]]:
    entry = result.entries[index]
    value: list[Piece] = [Run(result.value(index), style.QUOTE, statement)]
    if with_flag("", entry):
        value.append(Run(with_flag("", entry), style.MUTED, statement))
    return [[Run(result.day(index), style.BODY, statement)], value, [statement]]


RESULTS = Section("results", marked("Results over time"), True, False, _draw, 2.0, 0.5, fewest=2)
