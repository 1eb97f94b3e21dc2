"""Diaries of the cycle: Clue's and Flo's JSON. Each thing written down on a day is a symptom of it, in its own words.

Shapes as public readers of such files have them (looked up 2026-11-29); no document of the makers was at hand. Of Flo's
days `local_date` is the one that was lived, `date` is in UTC; a cycle may be a pregnancy.
"""

from collections.abc import Iterator

from organizer.base.dates import PartialDate, parse_date
from organizer.importing.formats.devices import readings as known
from organizer.importing.formats.devices.app_records import NOTHING, Found, Json, dict_of, list_of
from organizer.importing.formats.devices.readings import Measure, number_of, observation
from organizer.model.entry import Entry

_NO_SYMPTOMS = frozenset({"day", "date", "id", "type", "value"})


def clue(one: Json, where: str, _file: str) -> Found:
    """What was written down of one sort on one day."""
    day, kind, value = parse_date(str(one.get("date", ""))[:10]), str(one.get("type", "")), one.get("value")
    if day is None or not kind:
        return NOTHING
    degrees = number_of(dict_of(value).get("celsius"))
    name = f"clue|{one.get('id') or kind + day.text}"
    if degrees:
        return [observation(known.BASAL_TEMPERATURE, day, degrees, where, name, "Clue")], None
    options = value if isinstance(value, list) else [value]
    words = [_words(option.get("option")) for option in options if isinstance(option, dict)]
    return _symptom(kind, ", ".join(filter(None, words)), day, where, name, "Clue")


def clue_day(one: Json, where: str, _file: str) -> Found:
    """A day of Clue's older file: each sort of thing with its word or words."""
    day = parse_date(str(one.get("day", ""))[:10])
    if day is None:
        return NOTHING
    entries: list[Entry] = []
    for kind, value in one.items():
        if kind in _NO_SYMPTOMS:
            continue
        name = f"clue|{kind}|{day.text}"
        degrees = number_of(dict_of(value).get("value")) if kind in ("temperature", "bbt") else ""
        if degrees:
            entries.append(observation(known.BASAL_TEMPERATURE, day, degrees, where, name, "Clue"))
            continue
        words = [_words(word) for word in (value if isinstance(value, list) else [value])]
        entries += _symptom(kind, ", ".join(filter(None, words)), day, where, name, "Clue")[0]
    return entries, None


def flo(one: Json, where: str, _file: str) -> Found:
    """A period with its days, or one thing of Flo's diary."""
    begun, over = (parse_date(str(one.get(name, ""))[:10]) for name in ("period_start_date", "period_end_date"))
    if one.get("pregnant"):
        return NOTHING
    if begun is not None:
        entry = observation(known.PERIOD, begun, begun.text if over is None else f"{begun.text} – {over.text}", where,
                            f"flo|period|{begun.text}", "Flo")  # fmt: skip
        return [entry], None
    day = parse_date(str(one.get("local_date") or one.get("date", ""))[:10])
    kind, word = _words(one.get("category")), _words(one.get("subcategory"))
    if day is None or not kind or not word:
        return NOTHING
    return _symptom(kind, word, day, where, f"flo|{kind}|{word}|{day.text}", "Flo")


def records_of(data: Json) -> Iterator[Json]:
    """The records of a file of Clue's older form, or of Flo's."""
    inside = dict_of(data.get("operationalData")) or data
    for part in ("cycles", "point_events_manual_v2", "data"):
        yield from (one for one in list_of(inside.get(part)) if isinstance(one, dict))


def _words(value: object) -> str:
    return value.replace("_", " ").strip() if isinstance(value, str) else ""


def _symptom(kind: str, words: str, day: PartialDate, where: str, name: str, app: str) -> Found:
    if not words:
        return NOTHING
    title = kind.replace("_", " ")
    measure = Measure(title[:1].upper() + title[1:], category="symptom")
    return [observation(measure, day, words, where, name, app)], None
