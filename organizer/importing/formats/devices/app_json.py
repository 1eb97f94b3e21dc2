"""JSON files of phones' health apps, each a list of one sort of record: Google Fit, Fitbit, Garmin, Nightscout, Clue,
Flo.

What comes every minute becomes one entry a day. Nightscout's `sgv` is in mg/dL, whatever is shown.
"""

from collections.abc import Callable, Iterator

from organizer.base.dates import parse_date
from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.importing.core.format import Draft, Reading, Skipped, SourceFile
from organizer.importing.formats.devices import cycles, fitbit, garmin, google_fit
from organizer.importing.formats.devices import readings as known
from organizer.importing.formats.devices.app_records import NOTHING, Found, Json, list_of
from organizer.importing.formats.devices.days import DayBook
from organizer.importing.formats.devices.readings import in_utc_words, instant, number_of

_AT_ONCE = 500


def _nightscout(one: Json, where: str, _file: str) -> Found:
    at, text = one.get("date"), number_of(one.get("sgv"))
    written = str(one.get("dateString", ""))
    when = parse_date(f"{written[:19]}Z") if written.endswith("Z") else None
    when = when or (instant(at // 1000) if isinstance(at, int | float) else None)
    return ([], (known.SENSOR_MG, when, text)) if when is not None and text else NOTHING


_SHAPES: tuple[tuple[str, frozenset[str], Callable[[Json, str, str], Found]], ...] = (
    (google_fit.APP, frozenset({"startTimeNanos", "dataTypeName"}), google_fit.point),
    (fitbit.APP, frozenset({"logId", "weight", "date"}), fitbit.weight),
    (fitbit.APP, frozenset({"logId", "dateOfSleep", "minutesAsleep"}), fitbit.sleep),
    (fitbit.APP, frozenset({"dateTime", "value"}), fitbit.timed),
    (garmin.APP, frozenset({"metaData", "weight"}), garmin.biometrics),
    (garmin.APP, frozenset({"calendarDate"}), garmin.day),
    ("Nightscout", frozenset({"sgv", "date"}), _nightscout),
    ("Clue", frozenset({"type", "date", "value", "id"}), cycles.clue),
    ("Flo", frozenset({"period_start_date"}), cycles.flo),
    ("Flo", frozenset({"category", "subcategory", "date"}), cycles.flo),
    ("Clue", frozenset({"day"}), cycles.clue_day),
)
"""The app, the fields by which its records are known, and how one is read."""
_IN_HEAD = (
    *(fields for _app, fields, _read in _SHAPES if fields != {"day"}),
    frozenset({"data", "settings", "day"}),  # a word that is too frequent to tell Clue's older file alone
)


class AppJsonFormat:
    """One file of an app's export."""

    name = "Health app"

    def recognises(self, source: SourceFile) -> bool:
        """JSON that begins with a list whose first record has the fields of one of these apps."""
        start = source.head.lstrip(b"\xef\xbb\xbf \t\r\n")[:8192]
        if not start.startswith((b"[", b"{")) or b"resourceType" in start:
            return False
        return any(all(f'"{field}"'.encode() in start for field in fields) for fields in _IN_HEAD)

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """Each record; those that hold nothing for it are counted."""
        reading = Reading()
        file = source.name.rpartition("/")[2].casefold()
        books: dict[str, DayBook] = {}
        in_utc = False
        for number, one in enumerate(_records(source)):
            if number % _AT_ONCE == 0:
                progress.check()
                progress.report(_("Reading {name}").format(name=source.name), number)
            where = f"record={number + 1}"
            app, _fields, read = next((shape for shape in _SHAPES if shape[1] <= one.keys()), ("", frozenset(), None))
            entries, daily = read(one, where, file) if read else NOTHING
            reading.drafts += [Draft(entry, things=int(place == 0)) for place, entry in enumerate(entries)]
            if daily is not None:
                measure, when, text = daily
                books.setdefault(app, DayBook(app.casefold())).add(measure, app, when, text, where)
                in_utc = in_utc or when.text.endswith("Z") or (app == fitbit.APP and fitbit.is_utc(one))
            elif not entries:
                reason = _("Casebook has no place for it yet; it stays in the original.")
                reading.skipped.append(Skipped(where, _("record"), reason))
        for book in books.values():
            reading.drafts += book.drafts()
        reading.name_emptiness()
        if in_utc:
            reading.warnings.append(in_utc_words())
        if any(draft.entry.title == _(known.WEIGHT.title) and not draft.entry.unit for draft in reading.drafts):
            reading.warnings.append(_("The file doesn’t say whether weights are kilograms or pounds."))
        return reading


APP_JSON = AppJsonFormat()


def _records(source: SourceFile) -> Iterator[Json]:
    import orjson

    try:
        data = orjson.loads(source.read().removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise UnreadableSourceError(
            _("“{name}” breaks off or is damaged.").format(name=source.name),
            _("Get the file again from where it came."),
        ) from error
    if isinstance(data, dict) and not any(shape[1] <= data.keys() for shape in _SHAPES):
        inside = list(cycles.records_of(data))
        data = inside or data.get("Data Points", [data])
    listed = [data] if isinstance(data, dict) else list_of(data) or [{}]
    yield from (one if isinstance(one, dict) else {} for one in listed)
