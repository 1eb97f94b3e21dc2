"""A number or a range that words name as how much (`below 7 % by June`), in the words of four languages.

A condition (`call if above 85`), a change (`lose 5 kg`), a denial, two numbers: none of them is how much.
"""

import re
from dataclasses import dataclass
from functools import cache

from organizer.base import written_dates
from organizer.base.numbers import COMPARISON, DASH, NUMBER, comparator_of, readings_of
from organizer.base.resource_files import read_resource

_TIME_UNITS = (
    r"(?:days?|weeks?|wks?|months?|mos?|years?|yrs?|tag(?:en?)?|wochen?|monat(?:en?)?|jahr(?:en?)?|"
    r"d[ií]as?|semanas?|mes(?:es)?|años?|jours?|semaines?|mois|ans?)"
)
_UNTIL = r"(?:by|until|till|before|since|from|as of|bis(?: zum)?|vor|seit|ab|para|hasta|antes de|desde|avant|d'ici)"
_END_OF = r"(?:the )?(?:end of |beginning of |ende |anfang |mitte |(?:a )?finales de |final de |fin )?"
_MONTH = r"(?:[^\W\d_]{3,10}\.? (?:de |del )?)?"
_WHEN = re.compile(
    rf"(?:\b{_UNTIL} (?:the |el |dem )?)?(?P<day>{written_dates.DATE})"
    rf"|\b{_UNTIL} {_END_OF}{_MONTH}(?:19|20)\d\d(?![\d.,]*\d)"
    rf"|\b(?:within|in|over|for|after|innerhalb(?: von)?|binnen|nach|en|dentro de|durante|dans)(?: the next| den "
    rf"nächsten| los próximos| las próximas)? \d+ ?(?:[-–] ?\d+ ?)?{_TIME_UNITS}\b",
    re.IGNORECASE,
)
"""Days and stretches of time: they are by when, not how much."""

_AT_MOST_BEHIND = (
    r"(?:or|oder|o|ou) (?:less|lower|below|under|fewer|weniger|niedriger|darunter|menos|inferior|menor|moins)"
)
_AT_LEAST_BEHIND = r"(?:or|oder|o|ou) (?:more|higher|above|over|greater|mehr|höher|darüber|más|superior|mayor|plus)"
_TO_ITS_END = rf"-?{NUMBER}(?![\d:+_]|\s*/\s*\d)"
_LONE = rf"(?<![\w.,/:+-]){_TO_ITS_END}"
_BOUND = re.compile(
    rf"(?:(?:between|from|zwischen|von|entre|de)\s+)?(?P<low>{_LONE})\s*(?P<inner>[^\W\d]\S*|%)?\s*{DASH}\s*(?P<high>{_TO_ITS_END})"
    rf"|(?<!\w)(?P<sign>{COMPARISON})\s*(?P<number>{_LONE})"
    rf"|(?P<before>{_LONE})(?P<between>[^\d,;.]{{0,16}}?)\s+(?:(?P<less>{_AT_MOST_BEHIND})|(?P<more>{_AT_LEAST_BEHIND}))\b",
    re.IGNORECASE,
)

_BY_SO_MUCH = re.compile(r"\b(?:by|um|another|weitere\w*|otros|otras)\s*$", re.IGNORECASE)
_GOES_ON = re.compile(
    r"\s*(?:$|[.,;:!()\[\]–—]|(?:in|im|at|on|for|by|before|after|until|within|throughout|consistently|long|fasting|am|bei|"
    r"vor|nach|bis|nüchtern|dauerhaft|en|antes|después|hasta|para|ayunas|con|with|mit)\b)",
    re.IGNORECASE,
)
"""What may stand behind a number without a unit: anything else (`2 times`, `30 minutes`) says what it counts."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A number or range in a text: its ends as they can be read, whether it is strict, the text around it."""

    lows: tuple[str, ...]
    highs: tuple[str, ...]
    strict: bool
    inner: str
    before: str
    behind: str


def is_strict(words: str) -> bool:
    """Whether a target in words leaves its own number out: `<7 %` and `below 7 %`, not `<=7 %`."""
    bound = bound_in(words)
    return bound is not None and bound.strict


def bound_in(text: str) -> Bound | None:
    """The one number or range in a text that is how much; None for none, and for several."""
    plain_text = _WHEN.sub(_without_a_day, " ".join(text.split()))
    matches = list(_BOUND.finditer(plain_text))
    if len(matches) != 1:
        return None
    match = matches[0]
    before, behind = plain_text[: match.start()], plain_text[match.end() :]
    if _otherwise().search(before) or _otherwise().search(behind) or _BY_SO_MUCH.search(before):
        return None
    if match["low"]:
        return Bound(readings_of(match["low"]), readings_of(match["high"]), False, match["inner"] or "", before, behind)
    number = readings_of(match["number"] or match["before"])
    sign = comparator_of(match["sign"] or "") or ("<=" if match["less"] else ">=")
    inner = (match["between"] or "").strip()
    lows, highs = (number, ()) if sign.startswith(">") else ((), number)
    return Bound(lows, highs, sign in ("<", ">"), inner, before, behind)


def _without_a_day(match: re.Match[str]) -> str:
    """A mark in place of a day or a stretch of time; what only looks like a day (`SpO2 above 92`) stays."""
    return match[0] if match["day"] and not written_dates.readings_of(match["day"]) else " ; "


@cache
def _otherwise() -> re.Pattern[str]:
    """The words of resources/goals.json beside which a number is no level to reach."""
    by_language = read_resource("goals.json")["no_level"]
    words = " ".join(by_language[language] for language in ("en", "de", "es", "fr")).split()
    return re.compile(rf"\b(?:{'|'.join(words)})\b".replace("*", r"\w*"), re.IGNORECASE)


def goes_on(words: str) -> bool:
    """Whether what stands behind a number without a unit leaves it a number: not `2 times`, `30 minutes`."""
    return _GOES_ON.match(words) is not None
