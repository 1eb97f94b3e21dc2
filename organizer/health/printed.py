"""How values, ranges, doses and the numbers of an axis are written for people: the one place for it.

What a laboratory printed stays as printed. What a computer worked out has no exponent and no digits that nobody
measured. A single number is written by `organizer.base.figures`.
"""

from collections.abc import Sequence

from organizer.base import terms
from organizer.base.dates import spoken_day
from organizer.base.figures import brief, grouped, readable, sensible, with_sign
from organizer.base.i18n import _, ngettext
from organizer.base.units import spoken_dose, spoken_dose_unit, spoken_unit, with_unit
from organizer.health.series import Point, Range, Series
from organizer.model.entry import Entry

number = grouped
"""A number as people write it: `4,250,000`."""
computed = brief
"""A mean or another number that was worked out: four figures."""
limit = sensible
"""An end of a goal: in full as it was set, in four figures where it was worked out for another unit."""
NAMED_AT_MOST = 3
"""So many results in other units are written out; how many there are is always said."""


def value(point: Point, unit: str) -> str:
    """A result with its unit: `<0.6 mg/L`; of one printed in another unit both, the source's first."""
    shown = with_unit(digits(point), unit)
    return f"{point.printed} ({shown})" if point.printed not in ("", shown) else shown


def value_asked(point: Point, unit: str) -> str:
    """The same for somebody who chose the unit: theirs first, what the source printed beside it."""
    shown = with_unit(digits(point), unit)
    return f"{shown} ({point.printed})" if point.printed not in ("", shown) else shown


def in_column(point: Point) -> str:
    """A result below a heading that names the unit; one printed in another unit is the source's, with its own."""
    return point.printed or digits(point)


def beside(point: Point) -> str:
    """A result's digits in the series' unit, without it; beside them what was printed in another unit."""
    return f"{digits(point)} ({point.printed})" if point.printed else digits(point)


def short(point: Point, unit: str) -> str:
    """A result with its unit, where there is room for one form only: the source's own."""
    return point.printed or with_unit(digits(point), unit)


def digits(point: Point) -> str:
    """A result in the series' unit, with its comparator, without the unit."""
    return f"{point.comparator}{readable(point.text) if point.text else brief(point.value)}"


def range_of(entry: Entry) -> str:
    """The reference range as printed beside a result, else its ends; "" where none was printed."""
    limits = [entry.data.get(name) for name in ("range_low", "range_high")]
    if entry.text("range_text"):
        return with_sign(entry.text("range_text"), [limit for limit in limits if limit is not None])
    return ends(*limits)


def range_text(shown: Range) -> str:
    """A range as its source printed it, else its ends in the series' unit; "" where there is none."""
    limits = [limit for limit in (shown.low, shown.high) if limit is not None]
    return with_sign(shown.text, limits) or ends(shown.low, shown.high)


def ends(low: float | None, high: float | None) -> str:
    """Two ends as a range: `4,250,000–5,930,000`, `≤ 5`, `≥ 3`; "" where there is none."""
    if low is not None and high is not None:
        # A dash close to a minus sign can't be read.
        dash = " – " if min(low, high) < 0 else "–"
        return f"{sensible(low)}{dash}{sensible(high)}"
    if low is not None:
        return f"≥ {sensible(low)}"
    return f"≤ {sensible(high)}" if high is not None else ""


def axis(ticks: Sequence[float]) -> list[str]:
    """The numbers of an axis."""
    return [grouped(tick, 9) for tick in ticks]


def dose(entry: Entry) -> str:
    """Dose and frequency as recorded, each said once: `30 mg, once a day`."""
    amount, often = spoken_dose(entry.text("dose")), terms.shown(entry.text("frequency"))
    strength = entry.data.get("dose_value")
    if not amount and isinstance(strength, int | float):
        amount = f"{grouped(strength)} {spoken_dose_unit(entry.text('dose_unit'))}".strip()
    if often.casefold() in amount.casefold():
        return amount
    return ", ".join(filter(None, (amount, often)))


def not_drawn(series: Series) -> str:
    """What a picture of the series leaves out: the newest results in another unit by value and day, what has no day.

    "" where nothing is left out.
    """
    newer, n = series.newer_in_other_units(), len(series.undated)
    words = []
    if newer:
        words.append(newer_words(newer))
    older = [entry for entry in series.other_units if entry not in newer]
    if older:
        units = ", ".join(dict.fromkeys(spoken_unit(entry.unit) or _("no unit") for entry in older))
        words.append(_("also in {units}, not drawn").format(units=units))
    if series.undated:
        undated = ngettext("{n} result without a date, not drawn", "{n} results without a date, not drawn", n)
        words.append(undated.format(n=n))
    return "; ".join(words)


def with_day(entry: Entry) -> str:
    """A result as printed, with its unit and its day; that it has no unit is said."""
    shown = entry.spoken_value()
    return _("{value} on {day}").format(
        value=shown if entry.unit.strip() else _("{value} without a unit").format(value=shown),
        day=spoken_day(entry.happened.first_day) if entry.happened else _("undated"),
    )


def newer_words(newer: Sequence[Entry]) -> str:
    """The newest results, which are in another unit, with their days: `30 mL/min on 1 May 2026`."""
    words = ngettext(
        "The last result is in another unit and can’t be compared: {results}.",
        "The last {n} results are in another unit and can’t be compared: {results}.",
        len(newer),
    )
    results = [with_day(entry) for entry in newer[-NAMED_AT_MOST:]]
    more = ["…"] if len(newer) > NAMED_AT_MOST else []
    return words.format(n=len(newer), results=", ".join([*more, *results]))
