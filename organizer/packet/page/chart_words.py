"""A chart in words, for who can't see it."""

from organizer.base.dates import spoken_day
from organizer.base.i18n import _
from organizer.base.units import spoken_unit
from organizer.health import printed
from organizer.health.chart import ChartData, notes

LABELLED = 14
"""With more points than these only the first, the latest eight, the highest and the lowest carry their value."""


def in_words(data: ChartData) -> str:
    """What a chart shows as a sentence: the latest results with their days, the first, goal and range."""
    points = data.points if len(data.points) <= LABELLED else (data.points[0], *data.points[-8:])
    text = "; ".join(f"{spoken_day(point.when)} {printed.in_column(point)}" for point in points)
    unit = spoken_unit(data.unit) or _("its own scale")
    words = _("{title}, chart in {unit}: {points}").format(title=data.title, unit=unit, points=text)
    left_out = len(data.points) - len(points)
    range_text = printed.range_text(data.range)
    words += _("; {count} between the first and these").format(count=left_out) if left_out else ""
    words += f"; {data.goal.text}" if data.goal.text else ""
    words += _("; laboratory’s range {range}").format(range=range_text) if range_text else ""
    marks = "; ".join(notes(data.points, data.spans))
    words += f"; {marks}" if marks else ""
    return words + "."
