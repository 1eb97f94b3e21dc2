"""Readings that a device takes all day long: one entry a day, with its mean or sum and every reading."""

from dataclasses import dataclass, field

from organizer.base.dates import PartialDate
from organizer.base.figures import figures_of, plain
from organizer.base.i18n import _, ngettext
from organizer.base.numbers import parse_number
from organizer.importing.core.format import Draft
from organizer.model.entry import Coding, Entry, Source
from organizer.model.statuses import Status


@dataclass(slots=True)
class _Day:
    where: str
    lines: list[str] = field(default_factory=list)
    numbers: list[tuple[float, str]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


class Days:
    """The days of one measure from one device. `of` begins the name by which the same day is known again; "" where it
    has none, and is known by what it says.

    `adds_up`: a day is the sum of its readings (steps), not their mean. `version` is the source's, where it has one.
    """

    def __init__(
        self,
        of: str,
        title: str,
        unit: str,
        codes: tuple[Coding, ...] = (),
        category: str = "",
        adds_up: bool = False,
        version: str = "",
    ) -> None:
        self._version = version
        self._of, self._title, self._unit, self._codes, self._category = of, title, unit, codes, category
        self._adds_up = adds_up
        self._days: dict[tuple[str, str], _Day] = {}

    def add(self, device: str, when: PartialDate, value: str, where: str) -> None:
        """One reading at a time with its clock; a word (“Low”) is kept and counts in no mean."""
        day = self._days.setdefault((device, when.text[:10]), _Day(where))
        day.lines.append(f"{when.text[11:]} {value}")
        number = parse_number(value)
        if number is None or number.comparator:
            day.words.append(value)
        else:
            day.numbers.append((number.value, number.text))

    def drafts(self, patient: str = "", patient_name: str = "", patient_born: tuple[str, ...] = ()) -> list[Draft]:
        """An entry a day; it stands for each of its readings."""
        return [
            Draft(
                self._entry(device, text, day),
                patient,
                stands_for=len(day.lines),
                patient_name=patient_name,
                patient_born=patient_born,
            )
            for (device, text), day in self._days.items()
        ]

    def _entry(self, device: str, text: str, day: _Day) -> Entry:
        count = len(day.numbers)
        total = sum(value for value, _text in day.numbers)
        mean = (total if self._adds_up else total / count) if count else None
        method = ngettext("Mean of {n} reading of the day", "Mean of {n} readings of the day", count).format(n=count)
        if self._adds_up:
            method = ngettext("Sum of {n} reading of the day", "Sum of {n} readings of the day", count).format(n=count)
        if day.words:
            words = _("{mean}; beyond what the device measures, and not in the mean: {words}")
            method = words.format(mean=method, words=", ".join(sorted(set(day.words))))
        parts = []
        if count > 1 and not self._adds_up:
            parts = [
                {"title": title, "value": end[0], "value_text": end[1], "unit": self._unit}
                for title, end in ((_("Lowest"), min(day.numbers)), (_("Highest"), max(day.numbers)))
            ]
        data = {
            "category": self._category,
            "performer": device,
            "method": method,
            "components": parts,
            "samples": "\n".join(day.lines),
        }
        name = f"{self._of}|{device}|{text}" if self._of else ""
        shown = plain(mean, figures_of(mean)) if mean is not None else ", ".join(sorted(set(day.words)))
        return Entry(
            "Observation",
            self._title,
            codes=self._codes,
            happened=PartialDate(text),
            value=float(shown) if mean is not None else None,
            value_text=shown,
            unit=self._unit,
            status=Status.FINAL,
            data={name: content for name, content in data.items() if content},
            sources=(Source(locator=day.where, identifier=name, version=self._version),),
        )
