"""Results over time: up to six charts two by two, under each the latest eight results with their source."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, KeepTogether

from organizer.base.words import _, marked, ngettext
from organizer.packet import style
from organizer.packet.charts import SeriesChart
from organizer.packet.flow import Drawn, Element, Row, Space, Stack
from organizer.packet.measured import Measured, chart_data, measured, range_of, series_note
from organizer.packet.section import Context, Section, opening, paragraph
from organizer.packet.setting import Piece, Run, Text, new_line
from organizer.packet.tables import Column, grid
from organizer.records.entry import Entry

_CHARTS, _LATEST = 6, 8
_GUTTER = 20.0
_PLOT = 66.0


def _draw(context: Context) -> list[Flowable]:
    found = measured(context)
    about = _("Flags and ranges are those that the laboratory printed.")
    if any(one.said(index).startswith("≈") for one in found for index in range(len(one.points))):
        about += " " + _("≈ marks a value shown with four digits; its page has all of them.")
    head = opening(context, "results", _("Results over time"), about)
    if not found:
        return [head, paragraph(context, _("No results with numbers are recorded."), style.MUTED)]
    # What has a goal leads, then what the field asks for, then what was measured most often.
    lead = context.profile.results
    found.sort(key=lambda one: (not one.series.goal_text, not lead.search(one.title)))
    shown = found[:_CHARTS]
    pairs = [_pair(context, shown[start : start + 2]) for start in range(0, len(shown), 2)]
    flow: list[Flowable] = [KeepTogether([head, pairs[0]]), *pairs[1:]]
    for one in found[_CHARTS:]:
        context.ledger.leave_out(_("results over time: {name}").format(name=one.title), _("six series are printed"))
    return flow


def _pair(context: Context, pair: Sequence[Measured]) -> Drawn:
    """Two series side by side; one alone keeps to its half, so that charts compare."""
    width = (context.width - _GUTTER) / 2
    cells: list[tuple[float, Element]] = [
        (place * (width + _GUTTER), _block(context, one, width)) for place, one in enumerate(pair)
    ]
    return Drawn(Stack([Row(cells, 0), Space(14)]), context.width)


def _block(context: Context, one: Measured, width: float) -> Stack:
    count = len(one.points)
    latest = min(count, _LATEST)
    shown = range(count - latest, count)
    entries = [one.entries[index] for index in shown]
    if count > latest:
        context.ledger.leave_out(
            _("{count} earlier results: {name}").format(count=count - latest, name=one.title),
            _("the table has the latest {latest}; the chart shows all").format(latest=_LATEST),
        )
    parts: list[Element] = [Text([Run(one.title, style.SUBHEADING)], width, 2)]
    parts += [Text([Run(note, style.MUTED)], width, 3) for note in [_note(one, latest)] if note]
    common = _common(entries)
    if common:
        statement = context.state(one.first_and_latest)
        parts.append(Text([Run(common, style.MUTED, statement), statement], width, 3))
    if count > 1:
        parts += [Space(2), SeriesChart(chart_data(context, one), width, _PLOT, small=True), Space(4)]
    columns = [Column(_("Date"), 0.33), Column(_("Value"), 0.40, lines=3), Column(_("Source"), 0.27, "right")]
    return Stack([*parts, grid(columns, [_row(context, one, index, common) for index in shown], width)])


def _note(one: Measured, latest: int) -> str:
    count = len(one.points)
    words = ngettext("{count} result", "{count} results", count).format(count=count)
    if count > latest:
        words = _("{results}; the table has the latest {latest}").format(results=words, latest=latest)
    unit = _("in {unit}").format(unit=one.unit) if one.unit else ""
    return "; ".join(part for part in (words, unit, series_note(one)) if part)


def _common(entries: Sequence[Entry]) -> str:
    """Range, laboratory and method where all results shown have the same; "" where they have none in common."""
    same = {_circumstances(entry) for entry in entries}
    return same.pop() if len(same) == 1 else ""


def _circumstances(entry: Entry) -> str:
    """The laboratory's range, who measured, how: as printed."""
    where = ", ".join(part for part in (entry.text("performer"), entry.text("method")) if part)
    printed = range_of(entry)
    words = _("range {range}").format(range=printed) if printed else ""
    return " · ".join(part for part in (words, where) if part)


def _row(context: Context, one: Measured, index: int, common: str) -> list[list[Piece]]:
    entry = one.entries[index]
    statement = context.state([entry])
    value: list[Piece] = [Run(f"{one.said(index)} {one.unit}".strip(), style.QUOTE, statement)]
    if entry.text("interpretation"):
        value.append(Run(f" {entry.text('interpretation')}", style.MUTED, statement))
    own = "" if common else _circumstances(entry)
    value += [new_line(), Run(own, style.MUTED, statement)] if own else []
    return [[Run(one.day(index), style.BODY, statement)], value, [statement]]


RESULTS = Section("results", marked("Results over time"), True, False, _draw)
