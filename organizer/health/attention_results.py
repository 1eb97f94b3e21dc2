"""The numbers that are looked through for what asks for prompt contact, and how it is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from organizer.base import analyte_names
from organizer.base.analyte_names import analytes_named, is_usual_specimen, specimen_in
from organizer.base.analytes import converted, siblings_of
from organizer.base.dates import spoken_day
from organizer.base.i18n import _
from organizer.base.units import with_unit
from organizer.health import printed
from organizer.health.course import measures
from organizer.health.titles import plain_title
from organizer.model.codes import code_of, measured_loinc
from organizer.model.entry import Entry, Json


@dataclass(frozen=True, slots=True)
class Attention:
    """A reason for prompt contact, or (`asks`) a value to be compared with its source; `when` is its day."""

    id: str
    sentence: str
    when: date
    entries: tuple[str, ...]
    source: str = ""
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """A number of one day, from an entry or a part of a panel."""

    entry: Entry
    title: str
    loinc: str
    value: float
    unit: str
    when: date
    shown: str
    comparator: str = ""


def results_of(entry: Entry) -> Iterable[Result]:
    """The numbers of an entry with a day, its own and those of its parts; a bound (`>600`) has its comparator."""
    if entry.kind != "Observation" or entry.happened is None:
        return
    day = entry.happened.first_day
    if entry.value is not None:
        code = measured_loinc(entry.measure) or _code_by_name(entry)
        shown = entry.spoken_value()
        yield Result(entry, plain_title(entry), code, entry.value, entry.unit, day, shown, entry.comparator)
    for part in entry.data.get("components") or ():
        value = part.get("value")
        if isinstance(value, int | float):
            bound = str(part.get("comparator") or "")
            unit = str(part.get("unit") or "")
            shown = with_unit(f"{bound}{part.get('value_text') or printed.number(float(value))}", unit)
            title = str(part.get("title") or entry.title)
            yield Result(entry, title, next(iter(loinc_of(part)), ""), float(value), unit, day, shown, bound)


def _code_by_name(entry: Entry) -> str:
    """The LOINC code of a result that was typed, or stands in a table, without any.

    By its name, specimen and unit where these leave one, else by the name of a published measure; "" for what may be
    something else.
    """
    specimen = entry.text("specimen")
    if entry.codes or not is_usual_specimen(specimen):
        return ""
    named = analytes_named(entry.title)
    code = analyte_names.loinc_of(named, specimen_in(f"{entry.title} {specimen}"), entry.unit)
    title = entry.title.casefold()
    return code or next((measure.code for measure in measures.every() if measure.name.casefold() == title), "")


def loinc_of(part: Json) -> list[str]:
    """The LOINC codes of a part of a panel."""
    codes = [code_of(str(code.get("system") or ""), str(code.get("code") or "")) for code in part.get("codes") or ()]
    return [code.loinc for code in codes if code.loinc]


def doubtful(result: Result) -> Attention:
    """The request to compare a value that can hardly be right with its source."""
    pattern = _("{what} {value} on {day} can hardly be right: compare it with its source.")
    sentence = pattern.format(what=result.title, value=result.shown, day=spoken_day(result.when))
    return Attention("doubtful", sentence, result.when, (result.entry.id,), asks=True)


def plausible(code: str, unit: str, value: float) -> bool:
    """Whether a value of a LOINC code can be right at all; True where nobody said what can."""
    measure = measures.find(code)
    if measure is None:
        return True
    seen = converted(value, unit, measure.unit, code)
    return seen is None or measure.plausible(seen)


def is_of(result: Result, code: str) -> bool:
    """Whether a result is of the measure of a LOINC code, or of a code that measures the same."""
    return bool(result.loinc) and result.loinc in (code, *siblings_of(code))
