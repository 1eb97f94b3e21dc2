"""What a source tells, as a second reader finds it; nothing here knows how the program reads.

A reader gives facts by kind; a fact says what would be right for each field of an entry, and how it is to be compared.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Told = Mapping[str, Any]
"""An entry as `list --json` tells it."""

RIGHT, WRONG, LOST = "right", "wrong", "lost"


@dataclass(frozen=True)
class Expected:
    """One field of a fact: what is right (for people to read), and the verdict over an entry."""

    right: str
    verdict: Callable[[Told], str]


@dataclass(frozen=True)
class Fact:
    """One statement of a source.

    `place` is whatever the source's reader finds it by again; `nothing` says that the source tells of an absence, so
    that an entry which states something would be false.
    """

    kind: str
    place: Any
    name: str
    fields: Mapping[str, Expected] = field(default_factory=dict)
    nothing: bool = False


def folded(text: object) -> str:
    """Words to compare: white space and case don't matter, nor a dot at the end."""
    return " ".join(str(text or "").casefold().split()).rstrip(".")


def one_of(texts: list[str], get: Callable[[Told], object]) -> Expected:
    """The entry must have one of the texts that the source has for it."""
    right = [text for text in dict.fromkeys(map(folded, texts)) if text]

    def verdict(told: Told) -> str:
        found = folded(get(told))
        if not found:
            return LOST
        return RIGHT if found in right else WRONG

    return Expected(" / ".join(right), verdict)


def holding(text: str, get: Callable[[Told], object]) -> Expected:
    """The words must stand somewhere in a longer text of the entry."""
    right = folded(text)

    def verdict(told: Told) -> str:
        found = folded(get(told))
        return RIGHT if right in found else LOST

    return Expected(right, verdict)


def number(value: float, get: Callable[[Told], object]) -> Expected:
    """The same number; none is lost."""

    def verdict(told: Told) -> str:
        found = get(told)
        if found is None or found == "":
            return LOST
        return RIGHT if abs(float(found) - value) <= 1e-9 * max(1.0, abs(value)) else WRONG  # type: ignore[arg-type]

    return Expected(f"{value:.12g}", verdict)


def among(states: set[str], get: Callable[[Told], object]) -> Expected:
    """The entry's state must be one of those that the source allows."""
    return Expected("/".join(sorted(states)), lambda told: RIGHT if str(get(told) or "") in states else WRONG)


def coded(codes: list[str], get: Callable[[Told], list[str]]) -> Expected:
    """All codes of the source are kept."""

    def verdict(told: Told) -> str:
        found = set(get(told))
        if not found:
            return LOST
        return RIGHT if found >= set(codes) else WRONG

    return Expected(", ".join(codes), verdict)


def same_time(digits: str, get: Callable[[Told], object]) -> Expected:
    """A time as HL7 writes it (`20240110083000-0500`) against ISO: the same day, clock and zone as far as printed."""

    def verdict(told: Told) -> str:
        found = str(get(told) or "")
        if not found:
            return LOST
        return RIGHT if _agree(digits, found) else WRONG

    return Expected(digits, verdict)


def _agree(digits: str, iso: str) -> bool:
    if re.match(r"\d{4}-", digits):
        digits = digits[:10].replace("-", "") + digits[10:].replace("T", "")
    stamp, zone = _split(digits.replace(":", "").replace("Z", "+0000"))
    found, found_zone = _split(iso[:10].replace("-", "") + iso[10:].replace("T", "").replace(":", ""))
    # Eight digits are a day; a clock time without minutes, or with sixty, isn't one; nor is the 31st of April a day.
    stamp = stamp[:8] if len(stamp) < 12 or stamp[10:12] > "59" else stamp
    if len(stamp) == 8 and not _is_day(stamp):
        stamp = stamp[:6]
    if len(stamp) > 8 and zone and zone != found_zone:
        return False
    padded = stamp.ljust(14, "0") if len(stamp) > 8 else stamp
    return found == padded


def _is_day(digits: str) -> bool:
    try:
        date.fromisoformat(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")
    except ValueError:
        return False
    return True


def _split(digits: str) -> tuple[str, str]:
    for sign in "+-":
        stamp, found, zone = digits.partition(sign)
        if found:
            return stamp.partition(".")[0], sign + zone
    return digits.partition(".")[0], ""
