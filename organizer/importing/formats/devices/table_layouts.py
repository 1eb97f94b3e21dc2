"""The tables of meters, watches and their apps whose headings alone say too little: by headings, and by names of files.

Fitbit's and Withings' headings and names of files, CareLink's and xDrip's headings, and Fitbit's 50 for an oxygen
reading without a finger, as public readers of these files have them (looked up 2026-11-29); Glooko's, Tandem's and
Accu-Chek's as files of people have them. No document of the makers was at hand.
"""

import re
from dataclasses import dataclass, field
from typing import Literal

from organizer.importing.formats.devices import readings as known
from organizer.importing.formats.devices.readings import Measure

Keeping = Literal["all day", "of its day", "at its time"]
"""A reading of the many of a day, the one of a day, or one at its own time."""


@dataclass(frozen=True, slots=True)
class Value:
    """A column with values: what it measures and how it is kept; `factor` multiplies, `never` is what stands for none.

    `units` are measures by the unit that the heading tells, in small letters.
    """

    heading: str
    measure: Measure
    keeping: Keeping = "all day"
    factor: float = 1.0
    never: str = ""
    units: dict[str, Measure] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Layout:
    """One sort of table: its headings begin so, in small letters; `file` is what the file's name matches.

    `when` are the columns of day and time; `only` a column and the word that a row must have in it; `unit` the column
    that tells the unit of each row.
    """

    app: str
    headings: tuple[str, ...]
    when: tuple[str, ...]
    values: tuple[Value, ...]
    file: str = ""
    only: tuple[str, str] = ("", "")
    unit: str = ""

    def fits(self, cells: list[str], file: str) -> bool:
        """Whether a row (in small letters) is its headings, in a file of that name (in small letters)."""
        named = all(any(cell.startswith(heading) for cell in cells) for heading in self.headings)
        return named and re.search(self.file, file) is not None


_SENSOR = {"mg/dl": known.SENSOR_MG, "mmol/l": known.SENSOR_MMOL}
_BLOOD = {"mg/dl": known.GLUCOSE_MG, "mmol/l": known.GLUCOSE_MMOL}
_BEATS = ("timestamp", "beats per minute")
_RAW = ("start", "duration", "value")

LAYOUTS = (
    Layout("Fitbit", _BEATS, ("timestamp",), (Value("beats per minute", known.RESTING, "of its day"),), r"resting"),
    Layout("Fitbit", _BEATS, ("timestamp",), (Value("beats per minute", known.PULSE),), r"^heart_rate"),
    Layout("Fitbit", ("timestamp", "average_value", "lower_bound"), ("timestamp",),
           (Value("average_value", known.OXYGEN, "of its day"),)),
    Layout("Fitbit", ("timestamp", "rmssd", "nremhr"), ("timestamp",),
           (Value("rmssd", known.VARIABILITY, "of its day"),)),
    Layout("Fitbit", ("timestamp", "daily_respiratory_rate"), ("timestamp",),
           (Value("daily_respiratory_rate", known.BREATHS, "of its day"),)),
    Layout("Fitbit", ("timestamp", "steps"), ("timestamp",), (Value("steps", known.STEPS_OF_A_WHILE),)),
    Layout("Fitbit", ("timestamp", "value"), ("timestamp",), (Value("value", known.OXYGEN, never="50"),),
           r"^minute[ _]spo2"),
    Layout("Fitbit", ("timestamp", "weight grams"), ("timestamp",),
           (Value("weight grams", known.WEIGHT, "at its time", 0.001),)),
    Layout("Withings", _RAW, ("start",), (Value("value", known.PULSE),), r"^raw_hr_hr"),
    Layout("Withings", _RAW, ("start",), (Value("value", known.STEPS_OF_A_WHILE),), r"^raw_tracker_steps"),
    Layout("Withings", _RAW, ("start",), (Value("value", known.OXYGEN),), r"^raw_spo2"),
    Layout("Withings", ("date", "value"), ("date",), (Value("value", known.STEPS, "of its day"),),
           r"^aggregates_steps"),
    Layout("CareLink", ("index", "date", "time", "sensor glucose ("), ("date", "time"),
           (Value("sensor glucose (", known.SENSOR_MG, units=_SENSOR),
            Value("bg reading (", known.GLUCOSE_MG, "at its time", units=_BLOOD))),
    Layout("Glooko", ("timestamp", "cgm glucose value ("), ("timestamp",),
           (Value("cgm glucose value (", known.SENSOR_MG, units=_SENSOR),)),
    Layout("Tandem", ("eventdatetime", "readings ("), ("eventdatetime",),
           (Value("readings (", known.SENSOR_MG),), only=("description", "egv")),
    Layout("xDrip", ("day", "time", "udt_cgms"), ("day", "time"),
           (Value("udt_cgms", known.SENSOR_MG), Value("bg_level", known.GLUCOSE_MG, "at its time"))),
    Layout("Accu-Chek", ("date", "time", "result", "unit", "before meal"), ("date", "time"),
           (Value("result", known.GLUCOSE_MG, "at its time", units=_BLOOD),), unit="unit"),
)  # fmt: skip
"""Those that also ask for a name of the file come before others with the same headings."""
