"""A chart card of one measure, from what services tell of it."""

from collections.abc import Callable

from organizer.base.quantities import spoken_unit
from organizer.base.words import _, ngettext
from organizer.services.measures import Series, SeriesPoint
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.chart import Chart, ChartData, ChartPoint, ChartSpan
from ui.widgets.labels import label


def chart_data(series: Series) -> ChartData:
    """What the chart draws of a series."""
    unit = spoken_unit(series.unit)
    return ChartData(
        title=series.title,
        unit=unit,
        points=tuple(
            ChartPoint(one.when, one.value, _shown(one, unit), one.entry_id) for one in series.points
        ),
        range_low=series.range_low,
        range_high=series.range_high,
        goal_low=series.goal_low,
        goal_high=series.goal_high,
        spans=tuple(ChartSpan(one.label, one.start, one.end) for one in series.spans),
    )


def _shown(point: SeriesPoint, unit: str) -> str:
    """The value with its unit, and what the source printed where that was another one."""
    shown = f"{point.comparator}{point.text} {unit}".strip()
    return f"{shown} ({point.printed})" if point.printed else shown


def series_card(theme: Theme, series: Series, on_point: Callable[[str], object]) -> Card:
    """Title with unit, how many results and where they come from, the chart."""
    unit = spoken_unit(series.unit)
    card = Card(f"{series.title} ({unit})" if unit else series.title)
    places = ", ".join(dict.fromkeys(point.performer for point in series.points if point.performer))
    count = ngettext("{n} result", "{n} results", len(series.points)).format(n=len(series.points))
    others = ", ".join(spoken_unit(one) or _("no unit") for one in series.other_units)
    others = _("also in {units}, not drawn").format(units=others) if others else ""
    card.body.addWidget(label(" · ".join(part for part in (count, places, others) if part), "small"))
    chart = Chart(theme, chart_data(series))
    chart.point_activated.connect(on_point)
    card.body.addWidget(chart)
    return card
