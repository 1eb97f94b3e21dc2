"""`make benchmark-unseen`: who is told what on courses that nothing was tuned on (unseen.py).

For each condition: of the people who end well, how many are ever told that something is amiss, and of those who don't,
how many are told before the course is over; tuning half and held-back half apart. `make benchmark-unseen N=100` takes
so many people a shape and scatter.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import numpy as np
from unseen import BAD, CONDITIONS, GOOD, HELD_BACK, NOISES, UNTIL, Condition, Someone, someone

from organizer.health.course import Goal, Plan, check_plan, measures
from organizer.health.series import Point

START = date(2026, 1, 5)
TOLD = ("worsening", "little-change", "not-on-track")
SEED = 20261201
PEOPLE = 10


def first_told(person: Someone, condition: Condition) -> tuple[str, int] | None:
    """The rule and the day by which a person is first told; looked at whenever there is a new record."""
    measure = measures.find(condition.code)
    assert measure is not None
    plan = Plan(START, _day(condition.window), treatment=condition.treatment)
    goal = Goal("down", condition.goal)
    points: list[Point] = []
    for day, value in zip(person.days, person.values, strict=True):
        points.append(Point(_day(day), value))
        if day <= 0:
            continue
        check = check_plan(plan, goal, points, _day(day), measure=measure)
        if check.verdict in TOLD:
            return check.rules[0], day
    return None


def _day(day: int) -> date:
    return START + timedelta(days=day)


def row(condition: Condition, shapes: Iterable[str], held: bool, people: int) -> tuple[str, str]:
    """The share that is told, the median day, each shape's share and the statements that told; as cells."""
    told: list[int] = []
    by_shape, by_rule, count = Counter[str](), Counter[str](), 0
    chosen = [shape for shape in shapes if (shape in HELD_BACK) == held]
    for number, shape in enumerate(chosen):
        for kind, noise in enumerate(NOISES):
            rng = np.random.default_rng([SEED, len(condition.name), held, number, kind])
            for _person in range(people):
                found = first_told(someone(condition, shape, noise, rng), condition)
                count += 1
                if found is not None:
                    told.append(found[1])
                    by_shape[shape] += 1
                    by_rule[found[0]] += 1
    each = ", ".join(f"{shape} {100 * by_shape[shape] / people / len(NOISES):.0f}" for shape in chosen)
    rules = ", ".join(f"{rule} {100 * number / count:.1f}" for rule, number in by_rule.most_common())
    when = f", day {np.median(told):.0f}" if told else ""
    return f"{100 * len(told) / count:.1f} %{when}", f"{each} ({rules})"


def table(people: int, only: str = "") -> Iterator[str]:
    """One line a condition and half."""
    yield "| condition | shapes | end well, told | each, and by what | don't, told | each, and by what |"
    yield "|---|---|---|---|---|---|"
    for condition in CONDITIONS:
        if only not in condition.name:
            continue
        fewer = max(2, people // 4) if len(condition.visits) > UNTIL * 40 else people
        for held in (False, True):
            cells = [cell for shapes in (GOOD, BAD) for cell in row(condition, shapes, held, fewer)]
            yield f"| {condition.name} | {'held back' if held else 'tuning'} | {' | '.join(cells)} |"


def main() -> None:
    """Prints the table."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    for line in table(people, sys.argv[2] if len(sys.argv) > 2 else ""):
        print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
