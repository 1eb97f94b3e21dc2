"""Series as they may be printed: the points that have a page to cite, what the laboratory said of each, their lanes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from organizer.base.i18n import _
from organizer.base.units import spoken_unit
from organizer.model.entry import Entry
from organizer.packet.contents.chosen import dose
from organizer.packet.contents.section import Context
from organizer.packet.contents.values import brief, said
from organizer.packet.packet_input import PacketPoint, PacketSeries
from organizer.packet.page.scales import ChartData, ChartPoint, Lane, Mark, main_performer


@dataclass(frozen=True, slots=True)
class Measured:
    """One series with its printable points, oldest first, and the entry behind each of them."""

    series: PacketSeries
    points: tuple[PacketPoint, ...]
    entries: tuple[Entry, ...]

    @property
    def title(self) -> str:
        """What is measured."""
        return self.series.title

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
        """The latest range as printed, or its edges."""
        return range_of(self.entries[-1]) or self.series.range_text

    def said(self, index: int) -> str:
        """A value as printed with its comparator, without its unit."""
        return said(self.points[index])

    def brief(self, index: int) -> str:
        """The same for where room is short, without what its source adds in brackets."""
        return brief(self.points[index])

    def day(self, index: int) -> str:
        """A point's day as its source has it."""
        when = self.entries[index].happened
        return when.spoken() if when else _("undated")


def range_of(entry: Entry) -> str:
    """The reference range as the laboratory printed it, else its edges; "" where none is recorded."""
    if entry.text("range_text"):
        return entry.text("range_text")
    low, high = entry.data.get("range_low"), entry.data.get("range_high")
    if low is not None and high is not None:
        return f"{low:g}–{high:g}"
    if high is not None:
        return f"≤ {high:g}"
    return f"≥ {low:g}" if low is not None else ""


def measured(context: Context) -> list[Measured]:
    """All series that have a printable point: with a goal, asked for by the field, the laboratory’s, the others."""
    found = []
    for series in context.packet.series:
        pairs = [(point, entry) for point in series.points if (entry := context.find(point.entry_id)) is not None]
        usable = {entry.id for entry in context.usable(entry for _point, entry in pairs)}
        kept = sorted(((p, e) for p, e in pairs if e.id in usable), key=lambda pair: pair[0].when)
        if kept:
            found.append(Measured(series, tuple(p for p, _e in kept), tuple(e for _p, e in kept)))
    lead = context.profile.results
    return sorted(found, key=lambda one: (*_later(one), not lead.search(one.title), not _by_laboratory(one)))


def _later(one: Measured) -> tuple[bool, bool]:
    """Without a goal, and without a course."""
    return not one.series.goal_text, len(one.points) < 2


def _by_laboratory(one: Measured) -> bool:
    return one.entries[-1].text("category") == "laboratory"


def chart_data(context: Context, one: Measured, marks: Sequence[Mark] = (), due: date | None = None) -> ChartData:
    """What a chart of the series shows, with the medicines' lanes as far as they may be printed."""
    series = one.series
    points = tuple(ChartPoint(p.when, p.value, brief(p), p.performer, bool(p.comparator)) for p in one.points)
    goal = series.goal_low is not None or series.goal_high is not None
    return ChartData(
        unit=one.unit,
        points=points,
        until=context.packet.as_of,
        range_low=series.range_low,
        range_high=series.range_high,
        range_text=series.range_text or one.range_text,
        goal_low=series.goal_low,
        goal_high=series.goal_high,
        goal_text=_goal_name(series) if goal else "",
        goal_due=due,
        lanes=lanes(context, series),
        marks=tuple(marks),
    )


def _goal_name(series: PacketSeries) -> str:
    text = series.goal_text.removesuffix(series.unit).strip()
    return text if text.startswith(_("goal")) or not text else _("goal {target}").format(target=text)


def lanes(context: Context, series: PacketSeries) -> tuple[Lane, ...]:
    """The series' therapy spans as lanes, one a medicine, each span a dose step."""
    grouped: dict[str, list[tuple[str, date, date | None]]] = {}
    for span in sorted(series.spans, key=lambda span: span.start):
        entry = context.find(span.entry_id)
        if entry is None or not context.usable([entry]):
            continue
        name = entry.title or span.label
        grouped.setdefault(name, []).append((dose(entry), span.start, span.end))
    return tuple(Lane(name, tuple(steps)) for name, steps in grouped.items())


def series_note(one: Measured) -> str:
    """What must be said beside the chart: other laboratories are not joined, other units not drawn."""
    chart = [ChartPoint(p.when, p.value or 0.0, p.text, p.performer, bool(p.comparator)) for p in one.points]
    main = main_performer(chart)
    others = {point.performer for point in chart if point.performer and point.performer != main}
    return _("hollow: another laboratory, not joined") if others else ""
