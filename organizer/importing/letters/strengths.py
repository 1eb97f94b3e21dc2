"""How letters write how much of a medicine and how often."""

import re
from functools import cache

from organizer.importing.letters.phrases import any_of, either

_BLANK = "[  \u202f]"
NUMBER = (
    rf"(?:\d{{2,3}}{_BLANK}\d{{3}}|\d{{1,3}}(?:{_BLANK}\d{{3}}){{2,}}|"
    rf"\d{_BLANK}\d{{3}}(?=\s?(?:UI|IU|IE|I\.E\.|units?|unités|unidades))|\d+(?:[.,]\d+)*)"
)
"""`100 000 UI` is one number; `2 500 mg` may be two tablets of 500 mg, `1 000 UI` isn't."""
_UNIT = (
    r"(?:mg|mgs|milligrams?|milligramm|micrograms?|microgrammes?|microgramos?|mikrogramm|gram|g|gr|µg|μg|mcg|ug|ml|mL|cc|IU|IE|I\.?E\.?|UI|E|Einh(?:eiten|\.)?|units?|unidades|"
    r"unités|mmol|mval|mEq|mol|%|mg/ml|mg/5 ?ml|mg/g|gtt|Hub|Hübe|puffs?|bouffées?|inhalaciones|Tropfen|Trpf\.?|"
    r"drops?|gotas|gouttes)"
)
_PER = r"(?:\s?/\s?(?:\d+(?:[.,]\d+)?\s?)?(?:h|hr|hour|ml|mL|kg|day|d|Tag|dosis|dose|Hub|puff|comprimido))?"
STRENGTH = re.compile(
    rf"(?<![\w.,/-])(?P<much>{NUMBER}(?:\s?[/-]\s?{NUMBER}){{0,2}})[\s-]?(?P<unit>{_UNIT}){_PER}(?!\w|/\s?(?:dl|l|L|nl|µl|m2|qm))",
    re.IGNORECASE,
)
_TIME = r"(?:\d{1,2}(?:[.,]\d+|/\d)?|[½¼¾])"
SCHEDULE = re.compile(rf"(?<![\w.,/-])(?:{_TIME}(?:\s?[-–]\s?{_TIME}){{2,3}}|[\d½](?:/[\d½]){{2,3}})(?![\w/-])")
_PART = r"([\d½¼¾]+(?:[.,]\d+)?)"
COLUMNS = re.compile(rf"(?<![\w.,/-]){_PART}\s+{_PART}\s+{_PART}(?:\s+{_PART})?(?![\w/-])")
"""Morning, noon, evening, night in columns of their own."""


@cache
def times() -> re.Pattern[str]:
    """`2 x täglich`, `every 6 hours`, `una vez al día`: a count with what it is counted by."""
    count = rf"(?:{either('counts')}|\d+)\s?(?:{either('times')})"
    span = rf"(?:{either('a')})\s?(?:{either('spans')})"
    every = rf"(?:{either('every')})\s?\d+(?:\s?-\s?\d+)?\s?(?:{either('spans')})"
    latin = r"q\.?\s?\d+(?:\s?-\s?\d+)?\s?(?:h|hr|hrs|hours|d|days|weeks)\.?"
    bare = r"\d\s?x(?=\s?[\d½]|\s?t(?:ä)?gl)"
    words = rf"{count}\s?(?:{span}|{either('often')})|{every}|{latin}"
    return re.compile(rf"(?<![\w.,])(?:(?:{words})(?!\w)|{bare})", re.IGNORECASE)


def how_often(text: str, start: int) -> re.Match[str] | None:
    """The first words that say how often, from a place in the text on."""
    matches = [pattern.search(text, start) for pattern in (SCHEDULE, COLUMNS, times(), any_of("how_often"))]
    there = [match for match in matches if match is not None]
    return min(there, key=lambda match: match.start()) if there else None


def frequency_in(text: str) -> str:
    """How often, as printed: a row of numbers with strokes, or all words that tell it."""
    schedule = SCHEDULE.search(text)
    if schedule:
        parts = [(schedule.start(), schedule[0])]
    elif columns := COLUMNS.search(text):
        parts = [(columns.start(), "-".join(part for part in columns.groups() if part))]
    else:
        parts = [(match.start(), match[0]) for match in [times().search(text)] if match]
    for match in any_of("how_often").finditer(text):
        if not any(start <= match.start() < start + len(part) for start, part in parts):
            parts.append((match.start(), match[0]))
    return " ".join(" ".join(dict.fromkeys(part for _, part in sorted(parts))).split())
