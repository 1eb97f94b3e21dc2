"""Derives resources/plan_check.json from the simulator: `make calibrate-plan-check` (some minutes).

Only for measures whose figures changed: `make calibrate-plan-check ONLY="72514-3 33452-4"` (seconds each).

Cuts: for each measure and record density the CUSUM's 95th centile of the worst tuned shape of people who do well.
Probability: a logistic curve for each measure, fitted on a mixture of which half do well. Each measure has a seed of
its own, so that one derived alone comes out as among all; only the curve of undescribed measures, which is fitted on
all of them together, waits for the next whole run. The same seed gives the same file, byte for byte.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from math import erf
from pathlib import Path
from zlib import crc32

import numpy as np
from courses import MIXTURE, SETTINGS, TUNED_SHAPES, Courses, Floats, Setting, simulate
from detectors import baseline, due_line, logarithmic, personal_sds, published_sd, smallest_change, windows

from organizer.health.course import Measure, measures
from organizer.health.course.probability import RECENT, features

SEED = 20260715
FALSE_ALARMS = 0.05
LEAST_WINDOW = 28
"""Days: what a clinician looks at again within days is still part of a plan of months."""
LEAST_CUT = 0.85
"""Below it a single record 1.65 scatters above the line would be a verdict; one value should be further off."""
PER_WINDOW = (1, 2, 3, 4, 6, 8, 12, 24, 48, 96)
GROUPS = 25
PEOPLE = 1500
"""Of each kind and shape of the four studied measures; a third of it for the others."""
TARGET = Path(__file__).resolve().parents[2] / "resources" / "plan_check.json"


def setting_of(measure: Measure) -> Setting:
    """The studied setting of a measure, or one built from its figures: six scatters (or three smallest changes) to go
    over three response windows."""
    studied = next((one for one in SETTINGS if one.code == measure.code), None)
    if studied is not None:
        return studied
    level, low, high = 100.0, measure.floor, measure.ceiling
    if low is not None and high is not None:
        level = low + 0.65 * (high - low)
    sd = float(published_sd(measure, np.array([level]))[0])
    gap = max(6 * sd, 3 * (measure.least_change(level) or 0.0) if not logarithmic(measure) else 0.0)
    gap = min(gap, 1.6) if logarithmic(measure) else min(gap, 0.5 * level)
    start = np.log(level) if logarithmic(measure) else level
    bounded = low is not None and high is not None
    return Setting(
        measure.name, measure.code, float(start), gap / 8, float(start - gap), sd, measure.correlation_days,
        3 * max(LEAST_WINDOW, measure.response_window_days), 1, measure.step or sd / 50,
        low if bounded and low is not None else -1e9,
        high if bounded and high is not None else 1e9, logarithmic=logarithmic(measure),
    )  # fmt: skip


def cuts(measure: Measure, seed: int) -> list[float]:
    """One cut for each density of PER_WINDOW, never falling with more records."""
    setting, found = setting_of(measure), []
    people = PEOPLE if setting in SETTINGS else PEOPLE // 3
    for number, per_window in enumerate(PER_WINDOW):
        rng = np.random.default_rng([seed, number])
        dense = replace(setting, interval=max(1.0, setting.window / per_window))
        worst = max(_centile(dense, measure, shape, rng, people) for shape in TUNED_SHAPES)
        found.append(max(worst, LEAST_CUT, *found))
    return [round(cut, 3) for cut in found]


def curve(seen: tuple[Floats, Floats]) -> dict[str, list[float]]:
    """A logistic regression by Newton's method (a weak ridge against separation), and what its values mean: the mean
    outcome in groups of equal size, made never to fall (pool adjacent violators)."""
    x, y = seen
    beta = np.zeros(x.shape[1])
    for _round in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 0.1 * np.eye(len(beta))
        beta += np.linalg.solve(hessian, x.T @ (y - p) - 0.1 * beta)
    p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
    blocks: list[list[float]] = []
    for group in np.array_split(np.argsort(p), GROUPS):
        blocks.append([float(p[group].sum()), float(y[group].sum()), float(len(group))])
        while len(blocks) > 1 and blocks[-2][1] / blocks[-2][2] >= blocks[-1][1] / blocks[-1][2]:
            last = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]
    return {
        "curve": [round(float(one), 4) for one in beta],
        "said": [round(block[0] / block[2], 4) for block in blocks],
        "meant": [round(block[1] / block[2], 4) for block in blocks],
    }


def sample(
    setting: Setting, measure: Measure, seed: int, shapes: tuple[str, ...] = TUNED_SHAPES, people: int = PEOPLE
) -> dict[str, tuple[Floats, Floats]]:
    """What the curve sees of people of the mixture, each at a random record, and how likely the
    record at the review (half a window later, where it is over) meets the goal."""
    rng = np.random.default_rng([seed, 99])
    seen: dict[str, list[tuple[Floats, Floats]]] = {"before": [], "after": []}
    for kind, share in MIXTURE.items():
        for shape in shapes:
            courses = simulate(setting, kind, shape, max(2, int(people * share)), rng)
            for when in seen:
                seen[when].append(_snapshot(courses, measure, rng, when == "after"))
    return {
        when: (np.concatenate([x for x, _y in parts]), np.concatenate([y for _x, y in parts]))
        for when, parts in seen.items()
    }


def _centile(setting: Setting, measure: Measure, shape: str, rng: np.random.Generator, n: int) -> float:
    people = [simulate(setting, kind, shape, n, rng) for kind in ("responder", "slow")]
    highest = np.concatenate([due_line(courses, measure).max(axis=1) for courses in people])
    return float(np.quantile(highest, 1 - FALSE_ALARMS))


def _snapshot(courses: Courses, measure: Measure, rng: np.random.Generator, after: bool) -> tuple[Floats, Floats]:
    window = courses.setting.window
    since, days, _opens = windows(courses, measure)
    u = (courses.days - since) / days
    base = baseline(courses)
    published = published_sd(measure, base)
    scale = np.log if logarithmic(measure) else np.asarray
    goal = scale(courses.goal)
    gap = np.maximum(scale(base) - goal, smallest_change(measure, base, published))
    told = scale(np.concatenate([courses.prior, courses.values], axis=1))
    sds = personal_sds(told, published)[:, -courses.days.shape[1] :]
    truth, values = scale(courses.truth), told[:, -courses.days.shape[1] :]
    rows, met = [], []
    for i in range(len(courses.goal)):
        able = np.flatnonzero((u[i] >= 1.0) & (u[i] < 1.6) if after else (u[i] > 0.1) & (u[i] < 1.0))
        if not len(able):
            continue
        at = int(rng.choice(able))
        there = ~np.isnan(courses.days[i])
        then = float(courses.days[i, at] + window / 2) if after else float(window)
        level = np.interp(then, courses.days[i, there], truth[i, there])
        recent = tuple(float(value) for value in values[i, max(0, at - RECENT + 1) : at + 1])
        rows.append(features(recent, float(goal[i]), float(gap[i]), float(sds[i, at]), min(1.0, float(u[i, at]))))
        met.append(_meets(float(goal[i]) + courses.setting.step / 2 - level, courses.setting.sd))
    width = len(features((0.0,), 0.0, 1.0, 1.0, 0.0))
    return np.array(rows).reshape(-1, width), np.array(met, dtype=float)


def _meets(room: float, sd: float) -> float:
    """The chance that a record of a level so far below the goal meets it."""
    return 0.5 * (1 + erf(room / (sd * 2**0.5)))


def main(only: Sequence[str] = ()) -> None:
    """Writes the file; with codes (of LOINC, or `title:` and a name) only their part of it."""
    told: dict[str, object] = {
        "about": "Derived by `make calibrate-plan-check` from tests/benchmarks/courses.py; not to be edited by hand.",
        "seed": SEED,
        "people": PEOPLE,
        "false_alarms": FALSE_ALARMS,
        "shapes": list(TUNED_SHAPES),
        "records_per_window": list(PER_WINDOW),
    }
    before = json.loads(TARGET.read_text("utf-8")) if only else {"cuts": {}, "probability": {}}
    found: dict[str, list[float]] = before["cuts"]
    found.pop("any", None)
    probability: dict[str, dict[str, dict[str, list[float]]]] = before["probability"]
    pooled: dict[str, list[tuple[Floats, Floats]]] = {"before": [], "after": []}
    for measure in measures.every():
        if only and measure.codes[0] not in only:
            continue
        if measure.codes[0] != measure.code:
            found[measure.code] = found[measure.codes[0]]
            probability[measure.code] = probability[measure.codes[0]]
            continue
        seed = SEED + crc32(measure.code.encode())
        found[measure.code] = cuts(measure, seed)
        studied = setting_of(measure) in SETTINGS
        seen = sample(setting_of(measure), measure, seed, people=PEOPLE if studied else PEOPLE // 4)
        probability[measure.code] = {when: curve(one) for when, one in seen.items()}
        for when, one in seen.items():
            pooled[when].append(one)
        sys.stdout.write(f"{measure.name:32} {found[measure.code]}\n")
        sys.stdout.flush()
    found["any"] = [max(one[at] for one in found.values()) for at in range(len(PER_WINDOW))]
    if not only:
        probability["any"] = {
            when: curve((np.concatenate([x for x, _y in parts]), np.concatenate([y for _x, y in parts])))
            for when, parts in pooled.items()
        }
    told |= {"cuts": found, "probability": probability}
    TARGET.write_text(json.dumps(told, ensure_ascii=False).replace('"cuts"', '\n"cuts"').replace("], ", "],\n") + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
