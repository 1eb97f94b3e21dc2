"""Times as the export prints them: `2018-09-10 02:28:55 -0700`."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from organizer.base.dates import PartialDate, parse_date
from organizer.base.remembered import remembered

_PRINTED = "%Y-%m-%d %H:%M:%S %z"


def instant(text: str) -> PartialDate | None:
    """The instant with its zone; None for what is none."""
    if len(text) == 25 and text[10] == text[19] == " ":
        return parse_date(f"{text[:10]}T{text[11:19]}{text[20:23]}:{text[23:]}")
    return parse_date(text)


def seconds_between(start: PartialDate | None, end: PartialDate | None) -> float:
    """Seconds from one instant to another; 0 where one of them is unknown or the end comes first."""
    first, last = start.instant if start else None, end.instant if end else None
    return max(0.0, (last - first).total_seconds()) if first and last else 0.0


class DaysLived:
    """Days are counted where they were lived: an export prints all of its times in the zone where it was made.

    `zones` gives, by device and day, the zone in which an earlier import counted it; the same reading then joins the
    same day, in whatever zone it is printed this time.
    """

    def __init__(self, zones: Callable[[], Mapping[tuple[str, str], str]] = dict) -> None:
        self._zones = zones()

    def as_lived(self, device: str, start: str, end: str) -> tuple[str, str]:
        """Start and end of a reading, printed in the zone of the day to which it belongs."""
        day = start[:10]
        zone = self._zones.get((device, day))
        if zone == start[20:] or not self._zones:
            return start, end
        for text in (day, *_beside(day)):
            lived = self._zones.get((device, text))
            if lived is not None and printed_in(start, lived)[:10] == text:
                return printed_in(start, lived), printed_in(end, lived)
        return (printed_in(start, zone), printed_in(end, zone)) if zone else (start, end)


def printed_in(time: str, zone: str) -> str:
    """The same instant in another zone (`-0800`); a text that is no such time stays."""
    try:
        there = datetime.strptime(zone, "%z").tzinfo
        return datetime.strptime(time, _PRINTED).astimezone(there).strftime(_PRINTED)
    except (ValueError, OverflowError):
        return time


@remembered(64)
def _beside(day: str) -> tuple[str, ...]:
    try:
        middle = date.fromisoformat(day)
        return (middle - timedelta(1)).isoformat(), (middle + timedelta(1)).isoformat()
    except (ValueError, OverflowError):
        return ()
