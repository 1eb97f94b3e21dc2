"""Diaries of two apps in forms of their own: Bearable's long table, and Diaguard's blocks below each time.

Bearable: one row a thing, with its category and a rating or an amount; the day as a date or in seconds since 1970.
Diaguard: a line with the time, then a line for each value; glucose in the unit that the app is set to, which the file
doesn't tell. As files of people have them; no document of the makers was at hand.
"""

import re

from organizer.base.dates import PartialDate
from organizer.base.figures import plain
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.base.written_dates import date_of, unix_time
from organizer.importing.core.format import Draft, Format, Reading, Skipped, SourceFile
from organizer.importing.formats.devices import readings as known
from organizer.importing.formats.devices.readings import Measure, number_of, observation
from organizer.importing.formats.tables.grid import cell_of, split
from organizer.importing.page_text.plain_words import decoded_text
from organizer.model.entry import Entry, without_empty

_BEARABLE = ("date", "category", "rating/amount", "detail")
_RATED = re.compile(r"(.+?)\s*\(([^()]*)\)")
_HOURS = re.compile(r"(\d{1,2}):(\d{2})")
_INTAKES = frozenset({"medication", "meds", "medication/supplements", "supplements"})
_DIAGUARD_TIME = re.compile(r'^\W*"?(\d{1,2}\.\d{1,2}\.\d{4}(?: \d{1,2}:\d{2})?)"?;?\s*$')
_NO_UNIT = Measure(known.GLUCOSE_MG.title, "", "", "laboratory")
_HBA1C = Measure("HbA1c", "", "%", "laboratory")
_VALUES = {
    "bloodsugar": _NO_UNIT, "weight": Measure(known.WEIGHT.title, known.WEIGHT.loinc, ""), "pulse": known.PULSE,
    "oxygensaturation": known.OXYGEN, "hba1c": _HBA1C,
}  # fmt: skip
_FEWEST_VALUES = 2


class BearableFormat(Format):
    """Bearable's export."""

    name = "Bearable"

    def recognises(self, source: SourceFile) -> bool:
        """By its headings."""
        first_line = decoded_text(source.head[:400])[0].partition("\n")[0].casefold()
        headings = {cell.strip() for cell in first_line.replace('"', "").split(",")}
        return headings.issuperset(_BEARABLE)

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """Symptoms, moods and other ratings, and hours of sleep; doses that were taken are no results."""
        rows = split(decoded_text(source.read())[0], ",", progress=progress)
        columns = {cell.strip().casefold().removeprefix("\ufeff"): place for place, cell in enumerate(rows[0][1])}
        reading = Reading()
        reason = _("It is a dose that was taken, or holds no rating or amount.")

        for line, row in rows[1:]:
            progress.check()
            fields = {name: cell_of(row, place) for name, place in columns.items()}
            entry = _rated(fields, f"row={line}")
            _put(reading, entry, f"row={line}", fields.get("category", ""), reason)
        reading.name_emptiness()
        return reading


BEARABLE = BearableFormat()


def _put(reading: Reading, entry: Entry | None, where: str, title: str, reason: str) -> None:
    """A row as an entry, or left out by its name with the reason."""
    if entry is not None:
        reading.drafts.append(Draft(entry))
    else:
        reading.skipped.append(Skipped(where, title or _("row"), reason))


def _rated(fields: dict[str, str], where: str) -> Entry | None:
    kind = fields.get("category", "")
    lived = _lived(fields)
    if lived is None or not kind or kind.casefold() in _INTAKES:
        return None

    measure, text = _amount(fields, kind)
    if not text:
        return None
    detail, hour = fields.get("detail", ""), fields.get("time of day", "")
    name = f"bearable|{kind}|{detail}|{lived.text}|{hour}"
    entry = observation(measure, lived, text, where, name, "Bearable")
    note = "; ".join(filter(None, (hour, detail, fields.get("notes", ""))))
    return entry.having(data=without_empty({**entry.data, "note": note}))


def _lived(fields: dict[str, str]) -> PartialDate | None:
    """The day that was lived: the one in words, since seconds since 1970 are midnight or noon of an unknown zone."""
    written = fields.get("date", "")
    day = date_of(fields.get("date formatted", "")) or unix_time(written) or date_of(written)
    return None if day is None else PartialDate(day.text[:10])


def _amount(fields: dict[str, str], kind: str) -> tuple[Measure, str]:
    """What is measured, and how much: hours of sleep, else a rating of what the detail names; "" for neither."""
    amount, detail = fields.get("rating/amount", ""), fields.get("detail", "")
    hours = _HOURS.fullmatch(amount)
    if kind.casefold() == "sleep" and hours is not None:
        return known.SLEEP, plain(round(int(hours[1]) + int(hours[2]) / 60, 2))

    rated = _RATED.fullmatch(detail)
    title = rated[1] if rated else detail or kind
    return Measure(title[:1].upper() + title[1:], category="symptom"), number_of(amount)


class DiaguardFormat(Format):
    """Diaguard's export."""

    name = "Diaguard"

    def recognises(self, source: SourceFile) -> bool:
        """A line with a day, and lines with values that Diaguard names."""
        lines = decoded_text(source.head[:4096])[0].splitlines()
        names = [line.partition(";")[0].strip('" ').casefold() for line in lines]
        timed = any(_DIAGUARD_TIME.match(line) for line in lines[:3])
        return timed and sum(name in (*_VALUES, "pressure", "insulin", "meal", "bolus") for name in names) > 1

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """Each value at the time above it."""
        reading = Reading()
        reason = _("Casebook has no place for it yet; it stays in the original.")
        when: PartialDate | None = None

        for line, row in split(decoded_text(source.read())[0], ";", progress=progress):
            progress.check()
            cells = [cell.strip() for cell in row]
            time = _time_alone(cells)
            if time:
                when = date_of(time)
                continue
            entry = _measured(cells, when, f"row={line}")
            _put(reading, entry, f"row={line}", cells[0], reason)

        reading.name_emptiness()
        if any(not draft.entry.unit for draft in reading.drafts):
            reading.warnings.append(_("The file doesn’t say the units of blood glucose and weight."))
        return reading


DIAGUARD = DiaguardFormat()


def _time_alone(cells: list[str]) -> str:
    """The time that a line tells and nothing else; "" for any other line."""
    is_alone = sum(map(bool, cells)) == 1
    time = _DIAGUARD_TIME.match(cells[0])
    return time[1] if is_alone and time is not None else ""


def _measured(cells: list[str], when: PartialDate | None, where: str) -> Entry | None:
    if when is None or len(cells) < _FEWEST_VALUES:
        return None
    kind, numbers = cells[0].casefold(), list(map(number_of, cells[1:]))
    name = f"diaguard|{kind}|{when.text}"
    if kind == "pressure" and len(numbers) >= _FEWEST_VALUES and all(numbers[:2]):
        return known.blood_pressure(when, numbers[0], numbers[1], where, name, "Diaguard")
    if kind not in _VALUES or not numbers[0]:
        return None
    return observation(_VALUES[kind], when, numbers[0], where, name, "Diaguard")
