"""How new a source's telling of a thing is: by its own number, else by the time at which it was told."""

from dataclasses import dataclass

from organizer.base.dates import parse_date


@dataclass(frozen=True, slots=True)
class Version:
    """A version as a source gives it.

    `system` is who tells (identifiers of hospitals, parted by `/`), `series` whose numbers are counted (a set of
    documents), `number` the count in it, `time` when it was told: FHIR's meta.lastUpdated or Bundle.timestamp, a
    CDA document's effectiveTime. Each is "" where the source doesn't say it.
    """

    system: str = ""
    series: str = ""
    number: str = ""
    time: str = ""

    def text(self) -> str:
        """As it stands in an entry's source: `system~series|number@time`, without what is empty."""
        text = f"{self.system}~" if self.system else ""
        text += f"{self.series}|" if self.series else ""
        return text + self.number + (f"@{self.time}" if self.time else "")

    @classmethod
    def of(cls, text: str) -> "Version":
        """What `text` wrote; also what records hold of earlier programs: a number, a time, or `series|number`."""
        rest, _at, time = text.rpartition("@")
        if not _at or parse_date(time) is None:
            rest, time = text, ""
        system, _tilde, rest = rest.rpartition("~")
        series, _bar, number = rest.rpartition("|")
        if not time and not number.isdecimal() and parse_date(number) is not None:
            number, time = "", number
        return cls(system, series, number, time)

    def is_of_strangers(self, other: "Version") -> bool:
        """True where both say who tells, and they have nobody in common: then neither knows the other's ids."""
        mine, theirs = set(self.system.split("/")), set(other.system.split("/"))
        return bool(self.system and other.system) and not mine & theirs

    def is_newer_than(self, other: "Version") -> bool:
        """True where both say how new they are, and this one is the newer.

        Numbers of one set of documents go before times; without a set, times go before numbers, which a server may
        count anew. Versions of which neither can be compared say nothing.
        """
        by_number = _compared_numbers(self, other)
        by_time = _compared_times(self.time, other.time)
        first, second = (by_number, by_time) if self.series and self.series == other.series else (by_time, by_number)
        return (first or second) > 0


def _compared_numbers(mine: Version, theirs: Version) -> int:
    """1 where mine is higher, -1 where it is lower, 0 where they are the same or can't be compared."""
    if mine.series != theirs.series or not (mine.number.isdecimal() and theirs.number.isdecimal()):
        return 0
    return _sign(int(mine.number), int(theirs.number))


def _compared_times(mine: str, theirs: str) -> int:
    """1 where mine is later; times of two precisions are compared by what both have printed."""
    first, second = parse_date(mine), parse_date(theirs)
    if first is None or second is None:
        return 0
    if first.instant is not None and second.instant is not None:
        return _sign(first.instant, second.instant)
    printed = min(len(first.sort_key), len(second.sort_key))
    return _sign(first.sort_key[:printed], second.sort_key[:printed])


def _sign(mine: object, theirs: object) -> int:
    return int(mine > theirs) - int(mine < theirs)  # type: ignore[operator]
