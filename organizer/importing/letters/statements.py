"""Of whom an item speaks, and how surely; its dates; what is left of it as a name."""

import re
from dataclasses import dataclass

from organizer.base.dates import today
from organizer.base.written_dates import DATE, readings_of
from organizer.health.vocabulary.contexts import Surroundings
from organizer.health.vocabulary.spelling import words_of
from organizer.importing.letters.phrases import any_of, at_start, either

DENIED = frozenset({"negated", "family", "not-asked", "screening", "risk", "fear"})
"""Contexts in which nothing is said of the person, or the contrary."""
_WHEN = rf"(?:{DATE}|\d{{1,2}}/\d{{4}}|[^\W\d_]{{3,10}}\.? (?:de )?\d{{4}}|(?:19|20)\d{{2}})"
DATED = re.compile(rf"\W*{DATE}\s*:?\s")
"""A day that an item begins with: what follows happened then."""
_CODE = re.compile(
    r"\(?\b(?:ICD[- ]?10(?:-\w+)?:?\s*)?[A-TV-Z]\d{2}(?:\.\d{1,3})?[!*+-]?\s?(?P<sure>[GVZA])?\)?(?=[\s,;.)]|$)"
)
_LEADING_CODE = re.compile(r"^[A-TV-Z]\d{2}(?:\.\d{1,2})?\s?[-–]\s?(?=[^\W\d_])")
_STATE = re.compile(
    rf"\s[-–|]?\s*\(?(?:(?P<ended>{either('ended_states')})|{either('going_states')})\)?\s*$", re.IGNORECASE
)
"""The column of a problem list that says whether it lasts."""
_PLANNED = re.compile(rf"\s[-–]\s(?:{either('planned_behind')})\s.*$", re.IGNORECASE)
"""What is to be done about it."""
_ENDED_ON = re.compile(
    rf"\s*[-–,(]\s*(?:{either('ended_states')})\s+(?:(?:in|im|on|am|en|le|since)\s)?({_WHEN})\)?", re.IGNORECASE
)
"""`Pneumonia - resolved 2019`: the day tells when it ended."""
_MONTH_AND_SHORT_YEAR = re.compile(
    r",?\s*\(?\s*(?P<since>ED|EM|Dx|dx|diagnosed)?\s*:?\s*(?P<month>\d{1,2})/(?P<year>\d{2})\s*\)?(?=[\s,;.]|$)"
)
_OF_GERMANY = {"V": "uncertain", "Z": "history", "A": "negated"}
"""The letters behind a German code: suspected, state after, excluded (G: certain); gesund.bund.de/icd-code-suche."""


@dataclass(frozen=True, slots=True)
class Statement:
    """An item read: the name that is left, in which contexts it stands, since and until when (partial dates or "");
    whether it says itself that it is over."""

    name: str
    contexts: frozenset[str]
    since: str = ""
    ended: str = ""
    is_over: bool = False


def statement_in(text: str) -> Statement:
    """A diagnosis or operation of a list: without code and date, with what takes it back."""
    contexts: set[str] = set()
    text = _LEADING_CODE.sub("", text)
    code = _CODE.search(text)
    if code is not None and (
        code["sure"] or "(" in code[0] or "ICD" in code[0] or code.end() == len(text) or not code.start()
    ):
        contexts |= {_OF_GERMANY[code["sure"]]} if code["sure"] in _OF_GERMANY else set()
        text = f"{text[: code.start()]} {text[code.end() :]}"
    ended = _ENDED_ON.search(text)
    last = readings_of(ended[1]) if ended else ()
    if ended and len(last) == 1:
        text = f"{text[: ended.start()]} {text[ended.end() :]}"
        contexts |= {"history"}
    text, since = without_date(text)
    column = _STATE.search(text)
    if column is not None:
        text = text[: column.start()]
        contexts |= {"history"} if column["ended"] else set()
    contexts |= _contexts(text)
    name = _without_prefixes(_PLANNED.sub("", text).strip(" .,;:-–"))
    name = " ".join(name.split()).replace(" ,", ",").replace(" ;", ";")
    until = last[0].text if len(last) == 1 else ""
    is_over = bool(until) or (column is not None and column["ended"] is not None)
    return Statement(name, frozenset(contexts), since, until, is_over)


def _contexts(text: str) -> set[str]:
    """What stands beside its first word, and what it begins or ends with: these speak of all of an item. `AVC sans
    séquelle` denies no more than its end."""
    listed = words_of(text)
    if not listed:
        return set()
    surroundings = Surroundings(text, listed)
    begins, ends = surroundings.at_the_edges()
    contexts = set(surroundings.of(0, 1) | begins | ends)
    if at_start("uncertain").match(text):
        contexts.add("uncertain")
    if at_start("history").match(text):
        contexts.add("history")
    if any_of("denied").search(text) or at_start("negations").match(text):
        contexts.add("negated")
    return contexts


def without_date(text: str) -> tuple[str, str]:
    """The text without the date that says since when, and that date."""
    short = _MONTH_AND_SHORT_YEAR.search(text)
    if short is not None and (short["since"] or "(" in short[0]):
        bare = f"{text[: short.start()]} {text[short.end() :]}"
        return bare, _month_of(short) if short["since"] else ""
    before = either("since")
    for pattern in (
        rf"\((?:(?:{before})[\s:]*)?({_WHEN})\)",
        rf",?\s*\b(?:{before})[\s:]+({_WHEN})",
        rf"^({_WHEN})\s*[:–-]?\s+",
        rf"[,–-]?\s+({_WHEN})$",
        r"[,–-]?\s+((?:19|20)\d{2})$",
        r"[,–-]?\s+((?:19|20)\d{2})(?=,?\s(?:for|because|due|after|wegen|bei|nach|por|tras|pour|après)\s)",
    ):
        match = re.search(pattern, text, re.IGNORECASE)
        readings = readings_of(match[1]) if match else ()
        if match and len(readings) == 1:
            return f"{text[: match.start()]} {text[match.end() :]}", readings[0].text
    return text, ""


def without_end(text: str) -> tuple[str, str]:
    """The text without the date that says until when, and that date: `bis 10.03.2026`."""
    match = re.search(rf",?\s*\(?\b(?:{either('until')})[\s:]+({_WHEN})\)?", text, re.IGNORECASE)
    readings = readings_of(match[1]) if match else ()
    if match is None or len(readings) != 1:
        return text, ""
    return f"{text[: match.start()]} {text[match.end() :]}", readings[0].text


def without_day_of_stop(text: str) -> tuple[str, str]:
    """The text without the date right behind a word that it was stopped, and that date: `stopped Feb 2026, nausea`."""
    between = r"(?:(?:in|on|im|am|en|el|le|seit|since|desde|depuis)\s)?"
    match = re.search(rf"(?<!\w)({either('stopped')})[\s:]+{between}({_WHEN})", text, re.IGNORECASE)
    readings = readings_of(match[2]) if match else ()
    if match is None or len(readings) != 1:
        return text, ""
    return f"{text[: match.end(1)]}, {text[match.end(2) :]}", readings[0].text  # what follows says why


def without_last_given(text: str) -> tuple[str, str]:
    """The text without the day on which it was last prescribed or handed over, and that day: it began earlier."""
    match = re.search(rf",?\s*\(?\b(?:{either('last_given')})[\s:]+({_WHEN})\)?", text, re.IGNORECASE)
    readings = readings_of(match[1]) if match else ()
    if match is None:
        return text, ""
    return f"{text[: match.start()]} {text[match.end() :]}", readings[0].text if len(readings) == 1 else ""


def _month_of(match: re.Match[str]) -> str:
    """`ED 03/21`: March 2021; years of two digits that lie ahead are of the last century."""
    year, month = int(match["year"]) + 2000, int(match["month"])
    year -= 100 if year > today().year else 0
    return f"{year}-{month:02}" if 1 <= month <= 12 else ""


def _without_prefixes(name: str) -> str:
    for listed in ("fillers", "uncertain", "history", "uncertain", "fillers"):
        name = at_start(listed).sub("", name, count=1) if at_start(listed).match(name) else name
    return name.strip(" .,;:-–")
