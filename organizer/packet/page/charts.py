"""Small honest charts: every drawn point is a result as printed, and only like is joined with like.

Points of another laboratory are hollow and not joined; a value below or above a limit of detection is hollow too.
The laboratory's range is a band, the goal a dashed line named at its end, medicines are lanes above.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from organizer.base.dates import spoken_day
from organizer.base.i18n import _
from organizer.base.units import spoken_unit
from organizer.health import printed
from organizer.health.chart import (
    ChartData,
    Lane,
    Shape,
    axis_of,
    by_medicine,
    joined,
    month_ticks,
    shape_of,
)
from organizer.health.series import Point, Span, main_performer
from organizer.packet.page import style
from organizer.packet.page.chart_words import LABELLED, in_words
from organizer.packet.page.style import Face
from organizer.packet.page.tags import figure
from organizer.packet.page.typesetting import cut, plain

_LANE = 18.0
_HEADROOM = 22.0
_AXIS = 16.0
_AMOUNT = re.compile(r"\d+(?:[.,]\d+)?\s*[^\W\d_]*%?")


class SeriesChart:
    """A chart of one series as an element. `small` shows the ends of the vertical axis only and names things inside."""

    def __init__(self, data: ChartData, width: float, plot_height: float, small: bool = False) -> None:
        self.data, self.width, self.plot_height, self.small = data, width, plot_height, small
        self.axis = axis_of(data)
        days = [point.when for point in data.points]
        reach = max((max(days) - min(days)).days, 30)
        self.first = min(days) - timedelta(days=max(reach // (8 if data.spans else 24), 3))
        self.last = max(max(days), min(data.until or max(days), max(days) + timedelta(days=reach // 6))) + timedelta(
            days=reach // 40
        )
        if data.goal_day is not None and max(days) <= data.goal_day <= max(days) + timedelta(days=reach // 2):
            self.last = max(self.last, data.goal_day + timedelta(days=reach // 30))
        self.left = 8.0 + max(style.MUTED.width(text) for _tick, text in self.ticks)
        self.right = 4.0 if small else 82.0
        self.lanes = [lane for lane in by_medicine(data.spans) if _seen(lane, self.first, self.last)]
        self.height = _LANE * len(self.lanes) + self._headroom + plot_height + _AXIS

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """The numbers of the axis; a small chart has its ends."""
        ticks = self.axis.ticks if not self.small else (self.axis.low, self.axis.high)
        return list(zip(ticks, printed.axis(ticks), strict=True))

    @property
    def _headroom(self) -> float:
        return _HEADROOM + (18.0 if self.data.marks and not self.small else 0.0)

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Paint it downward from `top`."""
        with figure(canvas, in_words(self.data)):
            _Painter(self, canvas, x, top).paint()


def _seen(lane: Lane, first: date, last: date) -> list[Span]:
    """The steps of a lane that lie between two days."""
    begun = [step for step in lane.steps if step.start <= last]
    return [step for step in begun if step.end is None or step.end > first]


class _Painter:
    """One painting of a chart: turns days and values into points on the page."""

    def __init__(self, chart: SeriesChart, canvas: Canvas, x: float, top: float) -> None:
        self.chart, self.data, self.canvas = chart, chart.data, canvas
        self.left, self.right = x + chart.left, x + chart.width - chart.right
        self.x, self.top = x, top
        self.plot_top = top - _LANE * len(chart.lanes) - chart._headroom
        self.bottom = self.plot_top - chart.plot_height
        self.taken: list[tuple[float, float, float, float]] = []

    def paint(self) -> None:
        """Paint everything, the quiet things first."""
        for number, lane in enumerate(self.chart.lanes):
            self.lane(lane, number)
        self.band()
        self.axes()
        self.goal()
        self.marks()
        self.line()
        self.labels()

    def at(self, day: date) -> float:
        """The x of a day, kept inside the plot."""
        whole = (self.chart.last - self.chart.first).days or 1
        share = min(max((day - self.chart.first).days / whole, 0.0), 1.0)
        return self.left + share * (self.right - self.left)

    def height_of(self, value: float) -> float:
        """The y of a value, kept inside the plot."""
        return self.bottom + self.chart.axis.share(value) * (self.plot_top - self.bottom)

    def write(self, text: str, x: float, baseline: float, face: Face, align: str = "left") -> None:
        """Write a short text; `align` says which part of it stands at x."""
        shift = {"left": 0.0, "middle": 0.5, "right": 1.0}[align] * face.width(text)
        face.write(self.canvas, x - shift, baseline, text)

    def lane(self, lane: Lane, number: int) -> None:
        """Paint a medicine's lane with its dose steps; an arrow where it goes on."""
        low = self.top - _LANE * (number + 1) + 2
        colour = style.LANES[number % len(style.LANES)]
        if self.chart.small:
            self.small_lane(lane, low, colour)
            return
        for step in _seen(lane, self.chart.first, self.chart.last):
            end = self.at(step.end) if step.end else None
            self.step((step.dose, amount(step.dose)), self.at(step.start), end, low, colour, step.end_known)
        self.write(_fit(lane.name, 80, style.BODY), self.right + 6, low + 4.6, style.BODY)

    def small_lane(self, lane: Lane, low: float, colour: Color) -> None:
        """Paint a lane as one bar with name and doses inside."""
        end = lane.steps[-1].end
        words = [step.dose for step in lane.steps if step.dose]
        texts = [lane.name]
        if len(words) > 1 and words[0] != words[-1]:
            short = f"{lane.name} {amount(words[0])} → {amount(words[-1])}"
            texts = [f"{lane.name} {amount(words[0])} → {words[-1]}", short, lane.name]
        elif words:
            texts = [f"{lane.name} {words[0]}", lane.name]
        known = lane.steps[-1].end_known
        self.step(texts, self.at(lane.steps[0].start), self.at(end) if end else None, low, colour, known)

    def step(
        self, texts: Sequence[str], start: float, end: float | None, low: float, colour: Color, known: bool
    ) -> None:
        """Paint one dose step with the first of the texts that has room; dashed where its end isn't `known`."""
        high, stop = low + 15, self.right if end is None else max(end, start + 2)
        path = self.canvas.beginPath()
        path.moveTo(start, low)
        if end is None and known:
            path.lineTo(stop - 5, low)
            path.lineTo(stop, (low + high) / 2)
            path.lineTo(stop - 5, high)
        else:
            path.lineTo(stop, low)
            path.lineTo(stop, high)
        path.lineTo(start, high)
        path.close()
        self.canvas.setFillColor(colour)
        self.canvas.setStrokeColor(style.RULE)
        self.canvas.setLineWidth(0.5)
        self.canvas.setDash(*(() if known else (2, 2)))
        self.canvas.drawPath(path, stroke=1, fill=int(known))
        self.canvas.setDash()
        shown = next((words for words in texts if style.BODY.width(plain(words)) <= stop - start - 9), "")
        self.write(plain(shown), start + 5, low + 4.2, style.BODY)
        if not shown and self.chart.small:
            self.beside(plain(texts[-1]), start, stop, low)

    def beside(self, name: str, start: float, stop: float, low: float) -> None:
        """Write a name that doesn't fit its bar behind it, else before it."""
        wide = style.BODY.width(name)
        if stop + 4 + wide <= self.right:
            self.write(name, stop + 4, low + 4.2, style.BODY)
        elif start - 4 - wide >= self.left:
            self.write(name, start - 4, low + 4.2, style.BODY, "right")

    def band(self) -> None:
        """Paint the laboratory's range."""
        low, high = self.data.range.low, self.data.range.high
        axis = self.chart.axis
        edges = [edge for edge in (low, high) if edge is not None]
        is_below = high is not None and high <= axis.low
        is_above = low is not None and low >= axis.high
        if not edges or is_below or is_above:
            return
        bottom = self.height_of(low) if low is not None else self.bottom
        top = self.height_of(high) if high is not None else self.plot_top
        self.canvas.setFillColor(style.RANGE_BAND)
        self.canvas.rect(self.left, bottom, self.right - self.left, top - bottom, stroke=0, fill=1)
        self.canvas.setStrokeColor(style.RULE)
        self.canvas.setLineWidth(0.3)
        for edge in edges:
            if axis.low < edge < axis.high:
                self.canvas.line(self.left, self.height_of(edge), self.right, self.height_of(edge))
        if not self.chart.small:
            self.range_name((bottom + top) / 2)

    def range_name(self, middle: float) -> None:
        """Name the range at its end, clear of the goal's name."""
        text = _fit(_("lab’s {range}").format(range=printed.range_text(self.data.range)), 80, style.MUTED)
        baseline = middle - 3.6
        for goal in self.data.goal.ends:
            if abs(self.height_of(goal) - 3.6 - baseline) < 12:
                baseline = self.height_of(goal) - 3.6 - (12 if middle <= self.height_of(goal) else -12)
        self.write(text, self.right + 6, baseline, style.MUTED)

    def axes(self) -> None:
        """Paint grid, numbers, unit and months."""
        self.canvas.setLineWidth(0.5)
        for tick, text in self.chart.ticks:
            y = self.height_of(tick)
            self.canvas.setStrokeColor(style.THIN_RULE)
            self.canvas.line(self.left, y, self.right, y)
            self.write(text, self.left - 6, y - 3.6, style.MUTED, "right")
        if not self.chart.small:
            unit, low = plain(spoken_unit(self.data.unit)), self.plot_top + 11
            self.write(unit, self.x, low, style.MUTED)
            self.taken.append((self.x, low - 2, self.x + style.MUTED.width(unit), low + 9))
        self.canvas.setStrokeColor(style.RULE)
        self.canvas.line(self.left, self.bottom, self.right, self.bottom)
        end = self.x
        for day, name in month_ticks(self.chart.first, self.chart.last, 5 if self.chart.small else 9):
            x = self.at(day)
            self.canvas.line(x, self.bottom, x, self.bottom - 3)
            half = style.MUTED.width(name) / 2
            x = min(max(x, self.left + half), self.right - half)
            if x - half < end:  # it would meet the name before it
                continue
            self.write(name, x, self.bottom - 13, style.MUTED, "middle")
            end = x + half + 4

    def goal(self) -> None:
        """Paint the goal as a dashed line with its name at its end, and the day that it is due."""
        self.canvas.setStrokeColor(style.CAUTION)
        self.canvas.setLineWidth(0.9)
        self.canvas.setDash(4, 2.5)
        goals = self.data.goal.ends
        for goal in goals:
            self.canvas.line(self.left, self.height_of(goal), self.right, self.height_of(goal))
            # A number that stands on the line reads like the goal.
            self.taken.append((self.left, self.height_of(goal) - 0.8, self.right, self.height_of(goal) + 0.8))
        face = style.QUOTE.coloured(style.CAUTION)
        if goals:
            self.goal_name(goals, face)
        due = self.data.goal_day
        if goals and due is not None and self.chart.first < due <= self.chart.last and not self.chart.small:
            self.canvas.setDash(1, 2)
            x, high = self.at(due), self.plot_top + 18
            self.canvas.line(x, self.bottom, x, high)
            self.write(_("goal date {day}").format(day=spoken_day(due)), x + 4, high - 7, face)
            self.taken.append((x - 1, self.bottom, x + 1, high))
        self.canvas.setDash()

    def goal_name(self, goals: Sequence[float], face: Face) -> None:
        """Name the goal: at the line's end, or on it where the chart is small."""
        name = self.data.goal.text
        if not name or face.width(name) > 80:
            name = _("goal {number}").format(number="–".join(printed.limit(goal) for goal in goals))
        y = self.height_of(goals[-1])
        if not self.chart.small:
            return self.write(name, self.right + 6, y - 3.6, face)
        wide = face.width(name)
        box = (self.left + 1, y + 2, self.left + 1 + wide, y + 13)
        near = [point for point in self.data.points if box[0] - 6 < self.at(point.when) < box[2] + 6]
        hidden = any(box[1] - 6 < self.height_of(point.value) < box[3] + 6 for point in near)
        left, low = (box[0], y - 10 if hidden and y - 12 > self.bottom else y + 3.5)
        self.taken.append((left, low - 2, left + wide, low + 9))
        return self.write(name, left, low, face)

    def marks(self) -> None:
        """Write what happened above the plot; marks that would meet are left to the table."""
        end = self.left
        for mark in () if self.chart.small else self.data.marks:
            x = self.at(mark.when)
            text = plain(mark.text)
            wide = style.BODY.width(text) + 4
            left = x - wide - 4
            if mark.when < self.chart.first or mark.when > self.chart.last or left < end:
                continue
            y = self.plot_top + 27
            self.write(text, left, y, style.BODY)
            path = self.canvas.beginPath()
            path.moveTo(x - 3.5, y + 6.5)
            path.lineTo(x + 3.5, y + 6.5)
            path.lineTo(x, y)
            path.close()
            self.canvas.setFillColor(style.TEXT)
            self.canvas.drawPath(path, stroke=0, fill=1)
            end = x + 8

    def line(self) -> None:
        """Join like with like, then set the points upon it."""
        self.canvas.setStrokeColor(style.ACCENT)
        self.canvas.setLineWidth(1.5)
        self.canvas.setLineCap(1)
        for point, after in joined(self.data.points):
            self.canvas.line(
                self.at(point.when), self.height_of(point.value), self.at(after.when), self.height_of(after.value)
            )
        self.canvas.setLineCap(0)
        main = main_performer(self.data.points)
        crowded = len(self.data.points) > (20 if self.chart.small else 60)
        for point in self.data.points:
            x, y = self.at(point.when), self.height_of(point.value)
            self.dot(x, y, shape_of(point, main), crowded)
            self.taken.append((x - 2.5, y - 2.5, x + 2.5, y + 2.5))

    def dot(self, x: float, y: float, shape: Shape, crowded: bool) -> None:
        """Paint a result: a full dot, a hollow one, or a hollow arrow head where it is a bound."""
        hollow = shape != "dot"
        self.canvas.setLineWidth(1.3 if hollow else 1)
        self.canvas.setStrokeColor(style.ACCENT if hollow else style.WHITE)
        self.canvas.setFillColor(style.WHITE if hollow else style.ACCENT)
        radius = 1.1 if crowded else 2.7
        if shape in ("dot", "other"):
            self.canvas.circle(x, y, radius, stroke=int(hollow or not crowded), fill=1)
            return
        way = -1 if shape == "below" else 1
        path = self.canvas.beginPath()
        path.moveTo(x - radius * 1.2, y - way * radius)
        path.lineTo(x + radius * 1.2, y - way * radius)
        path.lineTo(x, y + way * radius)
        path.close()
        self.canvas.drawPath(path, stroke=1, fill=1)

    def labels(self) -> None:
        """Write each value at its point: the latest and the first always, others where they have room."""
        points = self.data.points
        order = dict.fromkeys([len(points) - 1, 0, *range(len(points) - 2, 0, -1)])
        if len(points) > LABELLED:
            ranked = sorted(range(len(points)), key=lambda number: points[number].value)
            order = dict.fromkeys([len(points) - 1, 0, *([] if self.chart.small else [ranked[-1], ranked[0]])])
            order |= dict.fromkeys([] if self.chart.small else range(len(points) - 2, len(points) - 9, -1))
        self.line_is_taken()
        for number in order:
            last = number == len(points) - 1
            self.label(points[number], style.BOLD if last else style.QUOTE, must=last or number == 0)

    def line_is_taken(self) -> None:
        """Keep labels off the line: note it piece by piece."""
        for point, other in joined(self.data.points):
            start, end = (
                (self.at(point.when), self.height_of(point.value)),
                (self.at(other.when), self.height_of(other.value)),
            )
            pieces = max(int(max(abs(end[0] - start[0]), abs(end[1] - start[1])) / 3), 1)
            for piece in range(pieces + 1):
                x = start[0] + (end[0] - start[0]) * piece / pieces
                y = start[1] + (end[1] - start[1]) * piece / pieces
                self.taken.append((x - 0.5, y - 0.5, x + 0.5, y + 0.5))

    def label(self, point: Point, face: Face, must: bool) -> None:
        """Write one value above or below its point, clear of what is written already."""
        text = printed.in_column(point)
        wide = face.width(text)
        middle = min(max(self.at(point.when), self.left + wide / 2), self.right + 4 - wide / 2)
        y = self.height_of(point.value)
        aside = wide / 2 + 5
        places = [(middle, y + 6), (middle, y - 14), (middle + aside, y + 4), (middle - aside, y + 4)]
        places += [
            (middle - aside, y - 10),
            (middle + aside, y - 10),
            (middle, y + 12),
            (middle, y - 20),
            (middle, y + 18),
        ]
        free = [spot for spot in places if self.free(spot, wide)]
        if not free and not must:
            return
        centre, baseline = free[0] if free else places[0]
        if not free:
            self.canvas.setFillColor(style.WHITE)
            self.canvas.rect(centre - wide / 2 - 1, baseline - 2, wide + 2, 11, stroke=0, fill=1)
        self.taken.append((centre - wide / 2, baseline - 1, centre + wide / 2, baseline + 8))
        self.write(text, centre, baseline, face, "middle")

    def free(self, spot: tuple[float, float], wide: float) -> bool:
        """True when a label there meets nothing and stays over the axis."""
        left, right, low, high = spot[0] - wide / 2 - 1.5, spot[0] + wide / 2 + 1.5, spot[1] - 1, spot[1] + 8
        if low < self.bottom + 1 or left < self.left - 3 or right > self.right + 8:
            return False
        return not any(a < right and c > left and b < high and d > low for a, b, c, d in self.taken)


def amount(text: str) -> str:
    """The quantity that a dose begins with: `30 mg` of `30 mg once a day`; else the text itself."""
    match = _AMOUNT.match(text)
    return match[0].strip() if match else text


def _fit(text: str, width: float, face: Face) -> str:
    """The text, cut at a word or a letter with "…" where it is wider than the room."""
    text = plain(text)
    keep = len(text)
    while keep > 0 and face.width(cut(text, keep)) > width:
        keep -= 1
    return cut(text, keep) if keep else ""
