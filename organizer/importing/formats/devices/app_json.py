"""JSON files of phones' health apps, each a list of one sort of record: Google Fit, Fitbit, Garmin, Oura, Polar,
Nightscout, Clue, Flo.

What comes every minute becomes one entry a day. Nightscout's `sgv` is in mg/dL, whatever is shown.
"""

from collections.abc import Callable, Iterator
from itertools import chain

from organizer.base.dates import parse_date
from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _, marked
from organizer.base.progress import Progress
from organizer.importing.core.format import Draft, Format, Reading, Skipped, SourceFile
from organizer.importing.formats.devices import cycles, fitbit, garmin, google_fit, oura, polar
from organizer.importing.formats.devices import readings as known
from organizer.importing.formats.devices.app_records import NOTHING, Json, RecordContent, dict_of, list_of
from organizer.importing.formats.devices.days import DayBook
from organizer.importing.formats.devices.readings import in_utc_words, instant, number_of

_AT_ONCE = 500


def _nightscout(record: Json, _where: str, _file: str) -> RecordContent:
    at, text = record.get("date"), number_of(record.get("sgv"))
    written = str(record.get("dateString", ""))
    when = parse_date(f"{written[:19]}Z") if written.endswith("Z") else None
    when = when or (instant(at // 1000) if isinstance(at, int | float) else None)
    return ([], (known.SENSOR_MG, when, text)) if when is not None and text else NOTHING


def _nothing(_record: Json, _where: str, _file: str) -> RecordContent:
    return NOTHING


_Shape = tuple[str, frozenset[str], Callable[[Json, str, str], RecordContent]]
_SHAPES: tuple[_Shape, ...] = (
    (google_fit.APP, frozenset({"startTimeNanos", "dataTypeName"}), google_fit.point),
    (fitbit.APP, frozenset({"logId", "weight", "date"}), fitbit.weight),
    (fitbit.APP, frozenset({"logId", "dateOfSleep", "minutesAsleep"}), fitbit.sleep),
    (fitbit.APP, frozenset({"dateTime", "value"}), fitbit.timed),
    (oura.APP, frozenset({"day", "total_sleep_duration"}), oura.sleep),
    (oura.APP, frozenset({"day", "steps", "score"}), oura.day),
    (polar.APP, frozenset({"exportVersion", "date", "summary"}), polar.day),
    (polar.APP, frozenset({"night", "evaluation"}), polar.night),
    (polar.APP, frozenset({"exportVersion", "startTime", "duration"}), polar.training),
    (garmin.APP, frozenset({"metaData", "weight"}), garmin.biometrics),
    (garmin.APP, frozenset({"calendarDate"}), garmin.day),
    ("Nightscout", frozenset({"sgv", "date"}), _nightscout),
    ("Clue", frozenset({"type", "date", "value", "id"}), cycles.clue),
    ("Flo", frozenset({"period_start_date"}), cycles.flo),
    ("Flo", frozenset({"category", "subcategory", "date"}), cycles.flo),
    ("Clue", frozenset({"day"}), cycles.clue_day),
)
"""The app, the fields by which its records are known, and how one is read."""
_OF_NO_APP: _Shape = ("", frozenset(), _nothing)
_IN_HEAD = (
    *(fields for _app, fields, _read in _SHAPES if fields != {"day"}),
    frozenset({"data", "settings", "day"}),  # a word that is too frequent to tell Clue's older file alone
)


class AppJsonFormat(Format):
    """One file of an app's export."""

    name = marked("Health app")

    def recognises(self, source: SourceFile) -> bool:
        """JSON that begins with a list whose first record has the fields of one of these apps."""
        start = source.head.lstrip(b"\xef\xbb\xbf \t\r\n")[:8192]
        if not start.startswith((b"[", b"{")) or b"resourceType" in start:
            return False
        return any(all(f'"{field}"'.encode() in start for field in fields) for fields in _IN_HEAD)

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """Each record; those that hold nothing for it are counted."""
        file = _File(source.name.rpartition("/")[2].casefold())
        for number, record in enumerate(_records(source)):
            if number % _AT_ONCE == 0:
                progress.check()
                progress.report(_("Reading {name}").format(name=source.name), number)
            file.add(record, f"record={number + 1}")
        return file.reading()


APP_JSON = AppJsonFormat()


class _File:
    """What the records of a file become: entries of their own, or parts of a day."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._reading = Reading()
        self._books: dict[str, DayBook] = {}
        self._in_utc = False

    def add(self, record: Json, where: str) -> None:
        """A record by its fields; what has no place is left out by name."""
        app, _fields, read = _shape_of(record)
        entries, daily = read(record, where, self._name)
        self._reading.drafts += [Draft(entry, stands_for=int(place == 0)) for place, entry in enumerate(entries)]
        if daily is not None:
            measure, when, text = daily
            self._books.setdefault(app, DayBook(app.casefold())).add(measure, app, when, text, where)
            self._in_utc |= when.text.endswith("Z") or (app == fitbit.APP and fitbit.is_utc(record))
        elif not entries:
            reason = _("Casebook has no place for it yet; it stays in the original.")
            self._reading.skipped.append(Skipped(where, _("record"), reason))

    def reading(self) -> Reading:
        """All of it, when the last record is added, with what the file leaves open."""
        reading = self._reading
        for book in self._books.values():
            reading.drafts += book.drafts()
        reading.name_emptiness()

        if self._in_utc:
            reading.warnings.append(in_utc_words())
        without_unit = {draft.entry.title for draft in reading.drafts if not draft.entry.unit}
        if _(known.WEIGHT.title) in without_unit:
            reading.warnings.append(_("The file doesn’t say whether weights are kilograms or pounds."))
        return reading


def _shape_of(record: Json) -> _Shape:
    """Of which app a record is, and how it is read."""
    return next((shape for shape in _SHAPES if shape[1] <= record.keys()), _OF_NO_APP)


def _listed(data: Json) -> list[Json]:
    """The records of an object of lists, each a sort of record."""
    lists = (value for value in data.values() if isinstance(value, list))
    return [record for record in chain.from_iterable(lists) if isinstance(record, dict)]


def _records(source: SourceFile) -> Iterator[Json]:
    import orjson

    try:
        data = orjson.loads(source.read().removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise UnreadableSourceError(
            _("“{name}” breaks off or is damaged.").format(name=source.name),
            _("Get the file again from where it came."),
        ) from error
    if isinstance(data, dict) and _shape_of(data) is _OF_NO_APP:
        inside = list(cycles.records_of(data))
        data = inside or data.get("Data Points") or _listed(data) or [data]
    listed = [data] if isinstance(data, dict) else list_of(data) or [{}]
    yield from map(dict_of, listed)
