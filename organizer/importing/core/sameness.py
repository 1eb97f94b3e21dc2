"""When two tellings are of one fact, and when they agree: by names, times, values and the details of their kind."""

from datetime import UTC
from itertools import product

from organizer.base.analytes import converted
from organizer.base.dates import PartialDate, today
from organizer.base.numbers import printed_precision
from organizer.base.units import same_unit
from organizer.health import medicines, problems
from organizer.model.entry import Entry
from organizer.model.facets import SameFact
from organizer.model.kinds import KINDS
from organizer.store.tally import part_measure

Fact = tuple[str, str, str, str]

_SAME_FACT = {kind.name: kind.same_fact for kind in KINDS}
_GLOBAL = ("http://", "https://")
_SAYS_NOTHING = frozenset({"", "unknown"})


def _same(entry: Entry) -> SameFact | None:
    """By what an entry of this kind is recognised in another source; None: by its source's name for it alone."""
    return _SAME_FACT.get(entry.kind)


def is_timeless(entry: Entry) -> bool:
    """True for what is the same whenever it was written down."""
    same = _same(entry)
    return same is not None and same.timeless


def has_value(entry: Entry) -> bool:
    """True for what is a value at a time: two of them are two readings."""
    same = _same(entry)
    return same is not None and same.by_value


def _names(entry: Entry) -> set[str]:
    """What it is called: each of its codes that has a system, and its title."""
    codes = (coding.identity for coding in entry.codes)
    return {code.key for code in codes if code.system and code.code} | {entry.title.casefold()}


def facts_of(entry: Entry) -> list[Fact]:
    """Under what the same fact is found: its names on its day, the printed one and that of its instant.

    What has a value and no time is never the same as another; other things without a time may be.
    """
    if _same(entry) is None:
        return []
    if is_timeless(entry) or (entry.happened is None and not has_value(entry)):
        days = {""}
    elif entry.happened is None:
        return []
    else:
        days = {entry.happened.text[:10], _utc_day(entry.happened)}
    return [(entry.kind, entry.person, name, day) for name, day in product(_names(entry), days)]


def day_of(entry: Entry) -> str | None:
    """The day whose entries may be the same fact; "" for those of any time, None where there is nothing to look for."""
    if _same(entry) is None or (entry.happened is None and has_value(entry)):
        return None
    return "" if is_timeless(entry) or entry.happened is None else entry.happened.text[:10]


def time_key(entry: Entry) -> str:
    """The same for the same time: an instant in UTC, whatever zone it was printed in; else as printed."""
    if entry.happened is None or is_timeless(entry):
        return ""
    instant = entry.happened.instant
    try:
        return instant.astimezone(UTC).isoformat() if instant else entry.happened.text
    except OverflowError:  # at the first and the last day of the calendar
        return entry.happened.text


def _utc_day(time: PartialDate) -> str:
    instant = time.instant
    try:
        return instant.astimezone(UTC).date().isoformat() if instant else time.text[:10]
    except OverflowError:
        return time.text[:10]


def alike(entry: Entry, other: Entry, identifier: str) -> bool:
    """True where two tellings that came by one identifier are of one thing.

    A short identifier (`Observation/1`, `1.2.3^5`) may come from two servers, or be given anew in each document: then
    names must agree too, and for what has a value the time. A server's address within it makes it the server's own.
    """
    if identifier.startswith(_GLOBAL):
        return True
    if entry.text("file") and entry.text("file") == other.text("file"):  # the same file under another name
        return True
    if not (_names(entry) & _names(other) or _one_names_the_other(entry.title, other.title)):
        return False
    if not has_value(entry) or entry.happened is None or other.happened is None:
        return True
    return same_time(entry, other)


def _one_names_the_other(title: str, other: str) -> bool:
    """`apixaban` and `apixaban 5 mg tablet`: all words of one stand in the other."""
    return within_each_other(set(title.casefold().split()), set(other.casefold().split()))


def within_each_other(mine: set[str], theirs: set[str]) -> bool:
    """Whether all words of one stand in the other; no words stand in nothing."""
    return bool(mine and theirs) and mine & theirs in (mine, theirs)


def differ(mine: str, theirs: str) -> bool:
    """Whether both say something, and not the same."""
    return bool(mine and theirs) and mine != theirs


def same_time(entry: Entry, other: Entry) -> bool:
    """True where both tell the same time, in whatever zone; or one only the day, and both agree otherwise."""
    if is_timeless(entry):
        return True
    if entry.happened is None or other.happened is None:
        return entry.happened is other.happened and not has_value(entry)
    if entry.happened.same_time(other.happened):
        return True
    days = {entry.happened.precision, other.happened.precision} == {"day", "instant"}
    same_day = entry.happened.text[:10] == other.happened.text[:10]
    return days and same_day and agrees(entry, other)


def comparable(entry: Entry, other: Entry) -> bool:
    """Values in two units that can't be converted are not compared: that would be a guess."""
    if not has_value(entry) or entry.value is None or other.value is None:
        return True
    return same_unit(entry.unit, other.unit) or _in_unit_of(entry, other, entry.value) is not None


def agrees(entry: Entry, other: Entry) -> bool:
    """True unless both tell a value, or a detail of their kind, and tell it differently."""
    same = _same(entry)
    if same is None:
        return True
    if same.by_value:
        return _same_value(entry, other)
    return not any(differ(_detail(entry, name), _detail(other, name)) for name in same.details)


def _detail(entry: Entry, name: str) -> str:
    if name == "status":
        return standing(entry)
    return " ".join(entry.text(name).casefold().split()).rstrip(".")


def standing(entry: Entry) -> str:
    """How an entry stands, whatever word its source has for it; "" where the source doesn't say it."""
    if entry.kind == "MedicationStatement":
        medicine = medicines.state_of(entry, today())
        return "" if medicine is medicines.MedicineState.NOT_SAID else medicine.value
    if entry.kind == "Condition":
        problem = problems.state_of(entry, today())
        return "" if problem is problems.ProblemState.NOT_SAID else problem.value
    return "" if entry.status in _SAYS_NOTHING else entry.status


def _same_value(entry: Entry, other: Entry) -> bool:
    if entry.value is None or other.value is None:
        return entry.value_text.casefold() == other.value_text.casefold() and _parts(entry) == _parts(other)
    mine, step = entry.value, printed_precision(entry.value_text)
    if not same_unit(entry.unit, other.unit):
        here, there = _in_unit_of(entry, other, mine), _in_unit_of(entry, other, mine + step)
        if here is None or there is None:
            return False
        mine, step = here, abs(there - here)
    step = max(step, printed_precision(other.value_text))
    return entry.comparator == other.comparator and abs(mine - other.value) <= step / 2 * (1 + 1e-9)


def _in_unit_of(entry: Entry, other: Entry, value: float) -> float | None:
    """A value of the entry in the other one's unit, by their common LOINC code; None where that isn't known."""
    mine, theirs = ({coding.identity for coding in side.codes} for side in (entry, other))
    codes = {code.loinc for code in mine & theirs} | {""}  # without a code comes last
    converted_values = (converted(value, entry.unit, other.unit, code) for code in sorted(codes, reverse=True))
    return next((number for number in converted_values if number is not None), None)


def _parts(entry: Entry) -> list[tuple[object, object]]:
    """The values of a panel's parts by their measures, whatever their order."""
    parts = entry.data.get("components") or ()
    return sorted(((part_measure(part), part.get("value")) for part in parts), key=repr)
