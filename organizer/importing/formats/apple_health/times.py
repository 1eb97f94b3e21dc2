"""Times as the export prints them: `2018-09-10 02:28:55 -0700`."""

from organizer.base.dates import PartialDate, parse_date


def instant(text: str) -> PartialDate | None:
    """The instant with its zone; None for what is none."""
    if len(text) == 25 and text[10] == text[19] == " ":
        return parse_date(f"{text[:10]}T{text[11:19]}{text[20:23]}:{text[23:]}")
    return parse_date(text)


def seconds_between(start: PartialDate | None, end: PartialDate | None) -> float:
    """Seconds from one instant to another; 0 where one of them is unknown or the end comes first."""
    first, last = start.instant if start else None, end.instant if end else None
    return max(0.0, (last - first).total_seconds()) if first and last else 0.0
