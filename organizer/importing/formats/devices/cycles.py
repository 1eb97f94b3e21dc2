"""Diaries of the cycle: Clue's and Flo's JSON. Each thing written down on a day is a symptom of it, in its own words.

Shapes as public readers of such files have them (looked up 2026-11-29); no document of the makers was at hand. Of Flo's
days `local_date` is the one that was lived, `date` is in UTC; a cycle may be a pregnancy.
"""

from collections.abc import Iterator

from organizer.base.dates import PartialDate, parse_date
from organizer.importing.formats.devices import readings as known
from organizer.importing.formats.devices.app_records import NOTHING, Json, RecordContent, dict_of, list_of
from organizer.importing.formats.devices.readings import Measure, number_of, observation
from organizer.model.entry import Entry

_NO_SYMPTOMS = frozenset({"day", "date", "id", "type", "value"})
_TEMPERATURES = frozenset({"temperature", "bbt"})


def clue(record: Json, where: str, _file: str) -> RecordContent:
    """What was written down of one sort on one day."""
    day, kind = _day(record.get("date", "")), str(record.get("type", ""))
    if day is None or not kind:
        return NOTHING

    value = record.get("value")
    name = f"clue|{record.get('id') or kind + day.text}"
    degrees = number_of(dict_of(value).get("celsius"))
    if degrees:
        return [observation(known.BASAL_TEMPERATURE, day, degrees, where, name, "Clue")], None
    options = [dict_of(option).get("option") for option in _several(value)]
    return _symptom(kind, _worded(options), day, where, name, "Clue")


def clue_day(record: Json, where: str, _file: str) -> RecordContent:
    """A day of Clue's older file: each sort of thing with its word or words."""
    day = _day(record.get("day", ""))
    if day is None:
        return NOTHING

    entries: list[Entry] = []
    sorts = [kind for kind in record if kind not in _NO_SYMPTOMS]
    for kind in sorts:
        entries += _written_down(kind, record[kind], day, where)
    return entries, None


def _written_down(kind: str, value: object, day: PartialDate, where: str) -> list[Entry]:
    """One sort of thing on a day: the temperature on waking as a number, all else in its words."""
    name = f"clue|{kind}|{day.text}"
    degrees = number_of(dict_of(value).get("value"))
    if kind in _TEMPERATURES and degrees:
        return [observation(known.BASAL_TEMPERATURE, day, degrees, where, name, "Clue")]
    entries, _daily = _symptom(kind, _worded(_several(value)), day, where, name, "Clue")
    return entries


def flo(record: Json, where: str, _file: str) -> RecordContent:
    """A period with its days, or one thing of Flo's diary."""
    if record.get("pregnant"):
        return NOTHING
    begun = _day(record.get("period_start_date", ""))
    if begun is not None:
        return [_period(begun, _day(record.get("period_end_date", "")), where)], None

    day = _day(record.get("local_date") or record.get("date", ""))
    kind, word = _words(record.get("category")), _words(record.get("subcategory"))
    if day is None or not kind:
        return NOTHING
    return _symptom(kind, word, day, where, f"flo|{kind}|{word}|{day.text}", "Flo")


def _period(begun: PartialDate, over: PartialDate | None, where: str) -> Entry:
    """A period, from its first day on, with its last one where the file tells it."""
    days = begun.text if over is None else f"{begun.text} – {over.text}"
    return observation(known.PERIOD, begun, days, where, f"flo|period|{begun.text}", "Flo")


def records_of(data: Json) -> Iterator[Json]:
    """The records of a file of Clue's older form, or of Flo's."""
    inside = dict_of(data.get("operationalData")) or data
    for part in ("cycles", "point_events_manual_v2", "data"):
        yield from (record for record in list_of(inside.get(part)) if isinstance(record, dict))


def _day(written: object) -> PartialDate | None:
    """The day of a date or of an instant, as the file writes it."""
    return parse_date(str(written)[:10])


def _several(value: object) -> list[object]:
    """What a file has as a list where it is several, bare where it is one."""
    return value if isinstance(value, list) else [value]


def _worded(values: list[object]) -> str:
    """The words of all of them, those that are no words left out."""
    return ", ".join(filter(None, map(_words, values)))


def _words(value: object) -> str:
    return value.replace("_", " ").strip() if isinstance(value, str) else ""


def _symptom(kind: str, words: str, day: PartialDate, where: str, name: str, app: str) -> RecordContent:
    if not words:
        return NOTHING
    title = kind.replace("_", " ")
    measure = Measure(title[:1].upper() + title[1:], category="symptom")
    return [observation(measure, day, words, where, name, app)], None
