"""A line of a medication list: name, strength, how often, what for, and whether it was ended."""

import re
from dataclasses import dataclass
from functools import cache

from organizer.importing.letters.phrases import any_of, either, words

_NUMBER = r"\d+(?:[.,]\d+)?"
_UNIT = r"(?:mg|g|µg|μg|mcg|ug|ml|mL|IU|IE|I\.?E\.?|UI|units?|mmol|mval|%|mg/ml|mg/5 ?ml|mg/g)"
_STRENGTH = re.compile(
    rf"(?<![\w.,])(?P<much>{_NUMBER}(?:\s?[/-]\s?{_NUMBER})*)\s?(?P<unit>{_UNIT})(?:\s?/\s?(?:{_NUMBER}\s?)?(?:h|ml|mL|kg|day|Tag|dosis|Hub))?(?!\w)"
)
_SCHEDULE = re.compile(r"(?<![\w.,/-])[\d½¼¾]+(?:[.,/]\d+)?(?:\s?[-–]\s?[\d½¼¾]+(?:[.,/]\d+)?){2,3}(?![\w/-])")
_PART = r"([\d½¼¾]+(?:[.,]\d+)?)"
_COLUMNS = re.compile(rf"(?<![\w.,/-]){_PART}\s+{_PART}\s+{_PART}(?:\s+{_PART})?(?![\w/-])")
"""Morning, noon, evening, night in columns of their own."""
_NAME = re.compile(r"[^\W\d_][\w'’/+.-]*(?:[ -][^\W_][\w'’/+.-]*){0,4}")
_BRACKETS = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Medicine:
    """A medicine as a line says it; what it doesn't say is ""."""

    name: str
    dose: str = ""
    frequency: str = ""
    reason: str = ""
    state: str = ""
    """`stopped`, `on-hold` or ""."""


def medicine_in(text: str) -> Medicine | None:
    """What a line of a list says; None where it begins with no name."""
    state = "stopped" if any_of("stopped").search(text) else "on-hold" if any_of("paused").search(text) else ""
    bare = any_of("stopped").sub(" ", any_of("paused").sub(" ", text))
    bare = " ".join(bare.split()).strip(" .,;:-–")

    strength = _STRENGTH.search(bare)
    often = _how_often(bare, strength.end() if strength else 0)
    end = min((match.start() for match in (strength, often) if match is not None), default=len(bare))
    head, rest = bare[:end], bare[end:]
    name = _name(head)
    if not name:
        return None
    return Medicine(name, strength[0].strip() if strength else "", _frequency(rest, strength), _reason(rest), state)


def _how_often(text: str, start: int) -> re.Match[str] | None:
    """The first words that say how often, behind the strength where there is one."""
    matches = [pattern.search(text, start) for pattern in (_SCHEDULE, _COLUMNS, _times(), any_of("how_often"))]
    return min(filter(None, matches), key=lambda match: match.start(), default=None)


@cache
def _times() -> re.Pattern[str]:
    """`2 x täglich`, `every 6 hours`, `una vez al día`: a count with what it is counted by."""
    count = rf"(?:{either('counts')}|\d+)\s?(?:{either('times')})"
    span = rf"(?:{either('a')})\s?(?:{either('spans')})"
    every = rf"(?:{either('every')})\s\d+(?:\s?-\s?\d+)?\s?(?:{either('spans')})"
    return re.compile(rf"(?<![\w.,])(?:{count}\s?(?:{span}|{either('often')})|{every})(?!\w)", re.IGNORECASE)


def _name(head: str) -> str:
    """The name at the beginning, without forms, brackets and what stands behind a comma."""
    bare = _BRACKETS.sub("", head).split(",")[0].strip(" .:;-–")
    match = _NAME.match(bare)
    if match is None:
        return ""
    forms = set(words("forms"))
    parts = match[0].split()
    while len(parts) > 1 and parts[-1].casefold().rstrip(".") in {form.rstrip(".") for form in forms}:
        parts.pop()
    return " ".join(parts).rstrip(".")


def _frequency(rest: str, strength: re.Match[str] | None) -> str:
    """How often, as printed: a row of numbers with strokes, or all words that tell it."""
    behind = rest[len(strength[0]) :] if strength is not None and rest.startswith(strength[0]) else rest
    schedule = _SCHEDULE.search(behind)
    if schedule:
        parts = [schedule[0]]
    elif columns := _COLUMNS.search(behind):
        parts = ["-".join(filter(None, columns.groups()))]
    else:
        times = _times().search(behind)
        parts = [times[0]] if times else []
    often = [match[0] for match in any_of("how_often").finditer(behind)]
    parts += [words_of_it for words_of_it in often if not any(words_of_it in part for part in parts)]
    return " ".join(" ".join(parts).split())


def _reason(rest: str) -> str:
    """What it is for, where the line says so at its end."""
    for word in words("what_for"):
        match = re.search(rf"(?<!\w){word}\s+((?!{_NUMBER})[^\W\d_][^.,;()]*)", rest, re.IGNORECASE)
        if match and not any_of("how_often").match(match[0]) and not any_of("how_often").match(match[1]):
            return match[1].strip()
    return ""
