"""The readings that an app keeps of several measures, by days."""

from itertools import chain

from organizer.base.dates import PartialDate
from organizer.base.i18n import _
from organizer.importing.core.format import Draft
from organizer.importing.formats._days import Days
from organizer.importing.formats.devices.readings import Measure


class DayBook:
    """The days of several measures of one app; `of` begins the names by which they are known again."""

    def __init__(self, of: str) -> None:
        self._of = of
        self._by_measure: dict[Measure, Days] = {}

    def add(self, measure: Measure, device: str, when: PartialDate, value: str, where: str) -> None:
        """One reading at a time with its clock."""
        days = self._by_measure.get(measure)
        if days is None:
            days = Days(
                f"{self._of}|{measure.title}",
                _(measure.title),
                measure.unit,
                measure.codes,
                measure.category,
                adds_up=measure.adds_up,
            )
            self._by_measure[measure] = days
        days.add(device, when, value, where)

    def drafts(self, patient: str = "", patient_name: str = "") -> list[Draft]:
        """An entry a day of each measure."""
        return list(chain.from_iterable(days.drafts(patient, patient_name) for days in self._by_measure.values()))
