"""What a phone takes all day long, gathered into one entry a day, kind and device."""

from typing import Any

from organizer.base.dates import parse_date
from organizer.base.figures import figures_of, plain
from organizer.base.i18n import _, ngettext
from organizer.importing.core.format import Draft
from organizer.importing.formats.apple_health.measures import Measure, category_value, quantity_of
from organizer.importing.formats.apple_health.times import instant, seconds_between
from organizer.model.codes import LOINC
from organizer.model.entry import Coding, Entry, Source
from organizer.model.statuses import Status


class Day:
    """One day's readings of one kind from one device. Kept as text: a million objects would not fit."""

    __slots__ = ("count", "highest", "line", "lowest", "numbers", "readings", "total")

    def __init__(self, line: int) -> None:
        self.line = line
        self.count = 0
        self.numbers = 0
        self.total = 0.0
        self.lowest = float("inf")
        self.highest = float("-inf")
        self.readings = bytearray()

    def add(self, start: str, end: str, value: str) -> None:
        """One reading; one that is no number is kept, and counts in no sum."""
        self.count += 1
        times = start[11:] if end == start else f"{start[11:]}/{end[11:] if end[:10] == start[:10] else end}"
        self.readings += f"{times} {value}\n".encode()
        try:
            number = float(value)
        except ValueError:
            return
        if number - number != 0:  # infinite, or not a number
            return
        self.numbers += 1
        self.total += number
        if number < self.lowest:
            self.lowest = number
        if number > self.highest:
            self.highest = number

    def draft(self, key: tuple[str, str, str, str], measure: Measure, version: str, in_one_unit: bool = True) -> Draft:
        """The day's entry; it stands for each of its readings.

        Its name tells no unit where the day has one only: the phone's setting may be another the next time.
        """
        name, device, unit, day = key
        text = self.readings.decode()
        value, shown, ucum, parts = self._result(measure, name, day, unit, text)
        data = {
            "category": measure.category,
            "performer": device,
            "components": parts,
            "samples": text.strip(),
            "method": self._method(measure),
        }
        with_unit, without = f"apple-health:{name}|{device}|{unit}|{day}", f"apple-health:{name}|{device}|{day}"
        identifier = without if in_one_unit else with_unit
        source = Source(locator=f"line={self.line}", identifier=identifier, version=version)
        entry = Entry(
            "Observation",
            _(measure.title),
            codes=(Coding(LOINC, measure.loinc),) if measure.loinc else (),
            happened=parse_date(day),
            value=value,
            value_text=shown,
            unit=ucum,
            status=Status.FINAL,
            data={field: content for field, content in data.items() if content},
            sources=(source,),
        )
        return Draft(entry, stands_for=self.count, replaces=(with_unit,) if in_one_unit else ())

    def _method(self, measure: Measure) -> str:
        words = {
            "sum": ngettext("Sum of {n} reading of the day", "Sum of {n} readings of the day", self.count),
            "mean": ngettext("Mean of {n} reading of the day", "Mean of {n} readings of the day", self.count),
        }.get(measure.daily, ngettext("{n} reading of the day", "{n} readings of the day", self.count))
        return words.format(n=self.count)

    def _result(
        self, measure: Measure, name: str, day: str, unit: str, text: str
    ) -> tuple[float | None, str, str, list[dict[str, Any]]]:
        if measure.daily == "asleep":
            return *_asleep(text, name, day), []
        if measure.daily == "stood":
            hours = sum(line.endswith("HourStood") for line in text.splitlines())
            return float(hours), str(hours), "h", []
        if not self.numbers:
            return None, "", "", []
        if measure.daily == "sum":
            return *quantity_of(plain(self.total), unit), []
        names = ("title", "value", "value_text", "unit")
        ends = ((_("Lowest"), self.lowest), (_("Highest"), self.highest))
        parts = [dict(zip(names, (title, *quantity_of(plain(value), unit)), strict=True)) for title, value in ends]
        mean = self.total / self.numbers
        return *quantity_of(plain(mean, figures_of(mean)), unit), parts if self.numbers > 1 else []


def _asleep(text: str, name: str, day: str) -> tuple[float, str, str]:
    """The hours asleep among a night's stages."""
    seconds = 0.0
    for line in text.splitlines():
        times, _space, value = line.rpartition(" ")
        if category_value(value, name).startswith("Asleep"):
            start, _slash, end = times.partition("/")
            seconds += seconds_between(instant(f"{day} {start}"), instant(end if end[4:5] == "-" else f"{day} {end}"))
    hours = plain(round(seconds / 3600, 2))
    return float(hours), hours, "h"
