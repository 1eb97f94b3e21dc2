"""`make benchmark-courses`: the plan check on courses as trials recorded them, beside plain rules.

The shared trial of an antidepressant (HAM-D 17, weeks 1, 2, 4, 6; the person's own impression at the end is the truth)
and simulated courses on visit schedules as practised (3 to 8 records a window, irregular, some missed). Told means
`worsening`, `little-change` or `not-on-track` at any visit before the last one. Nothing is tuned here: the checkpoints
stand in resources/measures.json with their sources.
"""

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from courses import LEFT_OUT_SHAPES, PROBLEM_KINDS, SETTINGS, TUNED_SHAPES, Courses, Setting, simulate
from visits import visited

from organizer.health.course import Goal, Plan, PlanEvent, check_plan, measures
from organizer.health.series import Point

SHARED = Path(__file__).resolve().parents[3] / "shared" / "records" / "courses" / "antidepressant_hamd17.csv"
START = date(2026, 1, 5)
TOLD = ("worsening", "little-change", "not-on-track")
SEED = 20261129
PEOPLE = 60
GOOD_KINDS = ("responder", "slow", "switcher")
UNTIL = 1.5
"""Windows in which somebody may be told."""


@dataclass(frozen=True)
class Person:
    """A course of the trial: the start, days and scores, how it ended (no-better, responder, between)."""

    start: float
    days: tuple[float, ...]
    scores: tuple[float, ...]
    end: str


Rule = Callable[[Person, int], bool]


def trial() -> list[Person]:
    """The people of the shared trial with all four visits."""
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    with SHARED.open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["HAMDTL17"] not in ("", "NA"):
                rows[row["PATIENT"]].append(row)
    found = []
    for visits in rows.values():
        visits.sort(key=lambda row: float(row["RELDAYS"]))
        if len(visits) < 4:
            continue
        scores = tuple(float(row["HAMDTL17"]) for row in visits)
        start, impression = float(visits[0]["BASVAL"]), visits[-1]["PGIIMP"]
        no_better = impression not in ("", "NA") and float(impression) >= 4
        end = "no-better" if no_better else "responder" if scores[-1] <= start / 2 else "between"
        found.append(Person(start, tuple(float(row["RELDAYS"]) for row in visits), scores, end))
    return found


def product(person: Person, upto: int) -> bool:
    """What the plan check says at a visit."""
    measure = measures.find("title:HAM-D")
    assert measure is not None
    points = [Point(START, person.start)]
    points += [Point(_day(day), score) for day, score in zip(person.days[:upto], person.scores[:upto], strict=True)]
    plan = Plan(START, START + timedelta(days=42), treatment="medicine")
    return check_plan(plan, Goal("down", 7.0), points, points[-1].when, measure=measure).verdict in TOLD


def published(person: Person, upto: int) -> bool:
    """Less than a fifth better, mean of the last two from week 4 on (Szegedi 2009)."""
    return upto > 1 and person.days[upto - 1] >= 24 and _better(person, upto, 2) < 0.2


def percent(person: Person, upto: int) -> bool:
    """The last record alone is less than a fifth better, from week 2 on."""
    return person.days[upto - 1] >= 12 and _better(person, upto, 1) < 0.2


def last_value(person: Person, upto: int) -> bool:
    """The last record is no lower than the start."""
    return person.scores[upto - 1] >= person.start


def _better(person: Person, upto: int, last: int) -> float:
    recent = person.scores[:upto][-last:]
    return 1 - sum(recent) / len(recent) / person.start


def _day(day: float) -> date:
    return START + timedelta(days=round(day))


RULES: tuple[tuple[str, Rule], ...] = (
    ("plan check", product),
    ("published checkpoint", published),
    ("percent change", percent),
    ("last value", last_value),
)


def trial_table(people: Sequence[Person]) -> Iterator[str]:
    """Who is told before the last visit, by how the course ended."""
    yield "| rule | no better, told | responders told | between, told |"
    yield "|---|---|---|---|"
    count = Counter(person.end for person in people)
    for name, rule in RULES:
        told: Counter[str] = Counter()
        for person in people:
            told[person.end] += any(rule(person, upto) for upto in range(1, len(person.days)))
        cells = " | ".join(f"{told[end]} of {count[end]}" for end in ("no-better", "responder", "between"))
        yield f"| {name} | {cells} |"


def first_told(
    courses: Courses, number: int, days: Sequence[float], values: Sequence[float]
) -> tuple[str, float] | None:
    """The statement and the day on which a person is first told; of switchers only after their switch."""
    setting = courses.setting
    measure = measures.find(setting.code)
    assert measure is not None
    switched = courses.switched[number]
    events = () if np.isnan(switched) else (PlanEvent(_day(switched), "switch"),)
    plan = Plan(START, _day(setting.window), None, events, "", "medicine")
    prior = zip(courses.prior_days[number], courses.prior[number], strict=True)
    points = [Point(_day(day), float(value)) for day, value in prior]
    for day, value in zip(days, values, strict=True):
        points.append(Point(_day(day), float(value)))
        if day > setting.window * UNTIL or (not np.isnan(switched) and day <= switched):
            continue
        said = check_plan(plan, Goal("down", float(courses.goal[number])), points, _day(day), measure=measure)
        if said.verdict in TOLD:
            return said.rules[0], day
    return None


def simulated(setting: Setting, dense: bool) -> str:
    """One row: the share of each kind that is told, and for those who do well by which statement."""
    rng = np.random.default_rng([SEED, len(setting.name), dense])
    cells, by_statement = [], Counter[str]()
    good = []
    for kind in (*GOOD_KINDS, *PROBLEM_KINDS):
        told, count, when = 0, 0, []
        for shape in (*TUNED_SHAPES, *LEFT_OUT_SHAPES):
            courses = simulate(setting, kind, shape, PEOPLE, rng)
            for number in range(PEOPLE):
                every = np.flatnonzero(~np.isnan(courses.days[number]))
                kept = every if dense else visited(courses, number, rng)
                found = first_told(
                    courses, number, list(courses.days[number][kept]), list(courses.values[number][kept])
                )
                count += 1
                if found is not None:
                    told += 1
                    when.append(found[1])
                    by_statement[found[0]] += kind in GOOD_KINDS
        share = 100 * told / count
        good += [share] if kind in GOOD_KINDS else []
        cells.append(f"{share:.0f} %" + (f", {np.median(when):.0f} d" if when and kind in PROBLEM_KINDS else ""))
    statements = ", ".join(f"{name} {number}" for name, number in by_statement.most_common())
    pace = "dense" if dense else "practised"
    return f"| {setting.name} | {pace} | {np.mean(good):.1f} % | {' | '.join(cells)} | {statements} |"


def main() -> None:
    """Prints both tables."""
    if SHARED.exists():
        print("\n".join(trial_table(trial())))
    else:
        print("the shared trial isn't here")
    heads = ("measure", "visits", "do well, told", *GOOD_KINDS, *PROBLEM_KINDS, "who told those who do well")
    print(f"\n| {' | '.join(heads)} |\n{'|---' * len(heads)}|")
    for setting in SETTINGS:
        for dense in (False, True):
            print(simulated(setting, dense), flush=True)


if __name__ == "__main__":
    sys.exit(main())
