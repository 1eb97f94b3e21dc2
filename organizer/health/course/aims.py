"""A goal in numbers, and the series of results that it is about."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from itertools import chain
from typing import Protocol

from organizer.base.analyte_names import NamedAnalyte, analytes_named, is_usual_specimen
from organizer.base.analytes import analyte_of, siblings_of
from organizer.health.course import measures
from organizer.health.course.bounds_in_words import is_strict
from organizer.health.course.due_line import baseline_of
from organizer.health.course.measures import published
from organizer.health.course.model import Direction, Goal
from organizer.health.course.series import records_of
from organizer.health.series import Series, same_measure
from organizer.model.codes import LOINC, Code, MeasureKey, measure_key, measured_loinc
from organizer.model.entry import Entry

LONGEST_NAME = 4
"""Words of a measure's name that are looked for in a goal's title."""


class Named(Protocol):
    """A series of the record by its key and its title."""

    @property
    def key(self) -> MeasureKey:
        """By what its results are one series."""

    @property
    def title(self) -> str:
        """What it is called."""


def target(goal: Entry | None, measured: float | None = None, better: str = "") -> Goal | None:
    """The goal as numbers; a change in percent is resolved against its baseline, or against the one that was
    `measured`. None where it has none.

    One exact value (`7 %`) means at most or at least, by the direction in which the measure gets better; where that
    depends, by the side on which the baseline lies.
    """
    if goal is None:
        return None

    low, high, start = (goal.data.get(name) for name in ("target_low", "target_high", "baseline"))
    known_start = measured if start is None else start
    strict = is_strict(goal.text("target_text"))
    if low is None:
        return Goal("down", high, start, strict) if high is not None else _change(goal, known_start)
    if high is None:
        return Goal("up", low, start, strict)
    if low == high:
        return Goal(_towards(low, known_start, better), low, start)
    return Goal("within", (min(low, high), max(low, high)), start)


def _change(goal: Entry, start: float | None) -> Goal | None:
    percent = goal.data.get("target_change")
    if percent is None or start is None:
        return None
    return Goal("down" if percent < 0 else "up", start * (1 + percent / 100), start)


def _towards(aim: float, start: float | None, better: str) -> Direction:
    by_start: Direction = "up" if start is not None and start < aim else "down"
    by_measure: dict[str, Direction] = {"down": "down", "up": "up"}
    return by_measure.get(better, by_start)


def is_exact(goal: Entry | None) -> bool:
    """Whether a goal is written as one value, so that somebody has to say whether it means at most or at least."""
    if goal is None:
        return False
    low = goal.data.get("target_low")
    return low is not None and low == goal.data.get("target_high")


def baseline(series: Series, start: date) -> float | None:
    """The level at a start as the records tell it, in the series' unit; None without records up to it."""
    known = records_of(series.points, start)
    return baseline_of(known, start, start)


def keys_by_name(measured: Iterable[Named]) -> dict[str, MeasureKey]:
    """The keys of the person's series by their titles and by themselves in small letters; the most often measured wins
    a title."""
    keys: dict[str, MeasureKey] = {}
    for series in measured:
        keys.setdefault(series.title.casefold(), series.key)
        keys.setdefault(series.key.casefold(), series.key)
    return keys


def key_of(goal: Entry, keys: Mapping[str, MeasureKey]) -> MeasureKey | None:
    """The key of the goal's own code; else of the series with the measure's name. None for a goal without either.

    A code that no result stands under (one of SNOMED CT, of a panel) gives way to a name that finds results.
    """
    name = goal.text("measure")
    if not goal.codes:
        return key_named(name, keys) if name else key_in_words(goal.title, keys, measured=True)

    coded = measure_key([coding.identity for coding in goal.codes], name)
    if coded.casefold() in keys or siblings_of(measured_loinc(coded)):
        return coded
    named = key_named(name, keys)
    return named if named is not None and named.casefold() in keys else coded


def key_in_words(text: str, keys: Mapping[str, MeasureKey], measured: bool = False) -> MeasureKey | None:
    """The measure that a text speaks of (`HbA1c < 7 %`); None for none and for several.

    Of a longer name the shorter ones within it aren't meant: `Hemoglobin A1c` is no haemoglobin. With `measured` only
    those that this person has results of.
    """
    meant: dict[str, MeasureKey] = {}
    for name in _names_in(text.split(), keys):
        key = key_named(name, keys)
        if key is not None and (not measured or key.casefold() in keys):
            analyte = analyte_of(key)
            meant[analyte.name if analyte else key] = key
    return next(iter(meant.values())) if len(meant) == 1 else None


def words_beside_names(text: str, keys: Mapping[str, MeasureKey]) -> list[str]:
    """The words of a text that belong to no measure's name."""
    words = text.split()
    named = set(chain.from_iterable(range(start, end) for start, end in _named_runs(words, keys)))
    return [word for place, word in enumerate(words) if place not in named]


def _names_in(words: list[str], keys: Mapping[str, MeasureKey]) -> list[str]:
    return [_run(words, start, end) for start, end in _named_runs(words, keys)]


def _named_runs(words: list[str], keys: Mapping[str, MeasureKey]) -> list[tuple[int, int]]:
    """The runs of up to LONGEST_NAME words that name a measure, the long ones first, none within another."""
    runs: list[tuple[int, int]] = []
    for length in range(LONGEST_NAME, 0, -1):
        for start in range(len(words) - length + 1):
            end = start + length
            is_free = all(end <= other_start or start >= other_end for other_start, other_end in runs)
            if is_free and _is_measures_name(_run(words, start, end), keys):
                runs.append((start, end))
    return runs


def _run(words: list[str], start: int, end: int) -> str:
    return " ".join(words[start:end]).strip(",;:.()[]<>=≤≥")


def _is_measures_name(name: str, keys: Mapping[str, MeasureKey]) -> bool:
    if name.casefold() in keys or measures.is_name(name):
        return True
    # `in Blood` says where it was measured; blood in urine is a test as well.
    return not is_usual_specimen(name) and _is_same_test(analytes_named(name))


def key_named(name: str, keys: Mapping[str, MeasureKey]) -> MeasureKey | None:
    """The key of the person's series of that name; else of the published measure of that name, or of the test that
    laboratories print so (`A1c` is HbA1c), of several the one that was measured."""
    folded = name.casefold()
    if not name or folded in keys:
        return keys.get(folded)

    described = [measures.key_of(measure) for measure in measures.every() if measure.is_called(name)]
    printed = [MeasureKey(Code(LOINC, code).key) for code in _codes_named(name)]
    with_figures = [key for key in printed if measures.of_key(key) is not None]
    candidates = [*_measured(name, [*described, *printed], keys), *described, *with_figures]
    return candidates[0] if candidates else measure_key([], name)


def _measured(name: str, among: Iterable[MeasureKey], keys: Mapping[str, MeasureKey]) -> list[MeasureKey]:
    """Those that this person has results of, then the series whose titles mean the same test."""
    own = [keys[key.casefold()] for key in among if key.casefold() in keys]
    test = analytes_named(name)
    alike = [key for title, key in keys.items() if test and analytes_named(title) == test]
    return own + alike


def _codes_named(name: str) -> list[str]:
    """The LOINC codes of the test that a name stands for, its siblings too; none where it may be two tests."""
    named = analytes_named(name)
    if not _is_same_test(named):
        return []
    printed = chain.from_iterable(analyte.codes for analyte in named)
    codes = [code.loinc for code in printed if not code.specimen]
    siblings = chain.from_iterable(siblings_of(code) for code in codes)
    return list(dict.fromkeys([*codes, *siblings]))


def _is_same_test(named: Iterable[NamedAnalyte]) -> bool:
    return len({analyte.name for analyte in named}) == 1


def of_same_name(goal: Entry, series: Series, measured: Iterable[Named]) -> list[MeasureKey]:
    """The other series that a person would take for the goal's: of the same name or the same printed test under another
    code, or of a sister scale (DAS28 by ESR and by CRP); not where both codes are known to measure different things."""
    known = published(series.key)
    kin = {code.casefold() for code in known.kin} if known else set()
    names = {goal.text("measure").casefold(), series.title.casefold()} - {""}
    is_known = analyte_of(series.key) is not None

    def is_taken_for(other: Named) -> bool:
        if other.key.casefold() in kin:
            return True
        apart = is_known and analyte_of(other.key) is not None
        return not apart and _is_called(other.title, names)

    others = [other for other in measured if not same_measure(other.key, series.key)]
    return [other.key for other in others if is_taken_for(other)]


def _is_called(title: str, names: Collection[str]) -> bool:
    """Whether a title is one of these names, or a printed name of the same test as one of them."""
    if title.casefold() in names:
        return True
    test = analytes_named(title)
    return bool(test) and any(analytes_named(name) == test for name in names)
