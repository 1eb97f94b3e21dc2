"""The due line over thousands of simulated people at once, and the plain methods that it is compared with.

Each detector takes Courses and gives a running score [people, records] that rises with concern, −inf where there is no
record. `due_line` is the same arithmetic as `organizer.health.course.due_line`;
`detection.py` holds one against the other.
"""

import numpy as np
from courses import PRIOR_RECORDS, Courses, Floats

from organizer.health.course import Measure
from organizer.health.course import due_line as shipped
from organizer.health.course.calibration import cut_of

SILENT = shipped.SILENT_BEFORE


def due_line(courses: Courses, measure: Measure) -> Floats:
    """The CUSUM before it is divided by its cut."""
    scale = _scale(measure)
    since, window, opens = windows(courses, measure)
    base = baseline(courses)
    published = published_sd(measure, base)
    change = smallest_change(measure, base, published)
    goal = scale(courses.goal)
    gap = np.maximum(scale(base) - goal, change)
    told = scale(np.concatenate([courses.prior, courses.values], axis=1))
    sds = personal_sds(told, published)[:, PRIOR_RECORDS:]
    n, count = courses.days.shape
    total, last, score = np.zeros(n), np.full(n, np.nan), np.full((n, count), -np.inf)
    for k in range(count):
        day = courses.days[:, k]
        if k:
            again = ~np.isnan(since[:, k]) & (since[:, k] != since[:, k - 1])
            total, last = np.where(again, 0, total), np.where(again, np.nan, last)
        u = (day - since[:, k]) / window[:, k]
        line = goal + gap * np.maximum(0, (shipped.LINE_ENDS - u) / shipped.LINE_LASTS)
        value = told[:, PRIOR_RECORDS + k]
        z = np.clip((value - line) / sds[:, k], shipped.CLIP_LOW, shipped.CLIP_HIGH) - shipped.SLACK
        r = 0.5 * np.exp(-(day - last) / measure.correlation_days)
        weight = np.where(np.isnan(last), 1.0, (1 - r) / (1 + r))
        here = ~np.isnan(day)
        counts = here & (day >= opens[:, k]) & (day > since[:, k])
        total = np.where(counts, np.maximum(0, total + weight * z), total)
        last = np.where(here & (day > since[:, k]), day, last)
        score[here, k] = total[here]
    return score


def concern(courses: Courses, measure: Measure) -> Floats:
    """What the product says: the due line over the shipped cut of the density so far."""
    since, _window, _opens = windows(courses, measure)
    there = ~np.isnan(courses.days)
    judged = there & (courses.days > since)
    rank = np.cumsum(judged, axis=1)
    before = np.where(courses.days <= courses.switched[:, None], rank, 0).max(axis=1)
    count = rank - np.where(since > 0, before[:, None], 0)
    pace = count * courses.setting.window / np.maximum(1, courses.days - since)
    many = np.round(np.where(there, pace, 1.0), 2)
    kinds, place = np.unique(many, return_inverse=True)
    cut = np.array([cut_of(measure, float(one)) for one in kinds])[place].reshape(many.shape)
    told = np.where(there, due_line(courses, measure) / cut, -np.inf)
    return np.where(there & (pace <= shipped.FEW_RECORDS), np.maximum(told, _beyond(courses, measure)), told)


def _beyond(courses: Courses, measure: Measure) -> Floats:
    since, window, opens = windows(courses, measure)
    scale, base = _scale(measure), baseline(courses)
    told = scale(np.concatenate([courses.prior, courses.values], axis=1))
    sds = personal_sds(told, published_sd(measure, base))[:, PRIOR_RECORDS:]
    far = (told[:, PRIOR_RECORDS:] - scale(courses.goal)[:, None]) / sds / shipped.BEYOND
    late = (courses.days >= opens) & ((courses.days - since) / window >= shipped.DATE_PASSED)
    found = np.full(far.shape, -np.inf)
    found[:, 1:] = np.where(late[:, 1:] & late[:, :-1], np.minimum(far[:, 1:], far[:, :-1]), -np.inf)
    return found


def last_value(courses: Courses, measure: Measure) -> Floats:
    """The last value's distance from the goal, once 60 % of the window is over."""
    _since, _window, opens = windows(courses, measure)
    return np.where(courses.days >= opens, courses.values - courses.goal[:, None], -np.inf)


def percent_change(courses: Courses, measure: Measure) -> Floats:
    """How little of the way from the start to the goal the last value has gone."""
    _since, _window, opens = windows(courses, measure)
    base = baseline(courses)[:, None]
    gap = np.maximum(base - courses.goal[:, None], 1e-9)
    return np.where(courses.days >= opens, 1 - (base - courses.values) / gap, -np.inf)


def xmr(courses: Courses, measure: Measure) -> Floats:
    """Individuals chart (Shewhart): distance above the goal in natural limits, 2.66 times the mean moving range."""
    _since, _window, opens = windows(courses, measure)
    told = np.concatenate([courses.prior, courses.values], axis=1)
    moves = np.abs(np.diff(told, axis=1))
    mean = np.nancumsum(moves, axis=1) / np.maximum(1, np.cumsum(~np.isnan(moves), axis=1))
    limit = 2.66 * np.maximum(mean[:, PRIOR_RECORDS - 1 :], 0.3 * published_sd(measure, baseline(courses))[:, None])
    return np.where(courses.days >= opens, (courses.values - courses.goal[:, None]) / limit, -np.inf)


def cusum(courses: Courses, measure: Measure) -> Floats:
    """CUSUM above the goal itself, slack half a scatter."""
    return _running(courses, measure, lambda total, z: np.maximum(0, total + z - 0.5))


def ewma(courses: Courses, measure: Measure) -> Floats:
    """Exponentially weighted mean of the distance above the goal, weight 0.3."""
    return _running(courses, measure, lambda total, z: 0.7 * total + 0.3 * z)


DETECTORS = {
    "last value": last_value,
    "percent change": percent_change,
    "XmR": xmr,
    "CUSUM": cusum,
    "EWMA": ewma,
    "due line": due_line,
    "due line, shipped cuts": concern,
}


def windows(courses: Courses, measure: Measure) -> tuple[Floats, Floats, Floats]:
    """For each record: the day since which it is judged, the window's days, the day from which it is judged."""
    whole = courses.setting.window
    switched = courses.switched[:, None]
    again = courses.days >= switched
    since = np.where(again, switched, 0.0)
    window = np.where(again, np.maximum(whole - switched, round(shipped.LEAST_WINDOW * whole)), whole)
    wait = np.maximum(np.ceil(SILENT * window), int(shipped.EARLY_VISIT * measure.response_window_days))
    return since, window, since + wait


def baseline(courses: Courses) -> Floats:
    """The mean of the records in the last two usual intervals before the start, as shipped."""
    days = courses.prior_days
    usual = np.sort(np.diff(days, axis=1), axis=1)[:, (PRIOR_RECORDS - 1) // 2]
    near = (days[:, -1:] - days) <= 2 * usual[:, None]
    return np.asarray(np.sum(courses.prior * near, axis=1) / near.sum(axis=1))


def published_sd(measure: Measure, level: Floats) -> Floats:
    """The published scatter on the scale of the judgement."""
    if logarithmic(measure):
        return np.full(len(level), np.sqrt(np.log1p((measure.cv or 0.0) ** 2)))
    if measure.within_person_sd:
        return np.full(len(level), measure.within_person_sd)
    return (measure.cv or 0.1) * np.abs(level)


def logarithmic(measure: Measure) -> bool:
    """Whether the measure is judged by its logarithm."""
    return (measure.cv or 0.0) > shipped.LOG_CV


def smallest_change(measure: Measure, level: Floats, published: Floats) -> Floats:
    """The smallest change that matters on the scale of the judgement."""
    if measure.mcid is None:
        return np.sqrt(2) * 1.96 * published
    if logarithmic(measure):
        return np.log((level + measure.mcid) / level)
    return np.full(len(level), measure.mcid)


def personal_sds(told: Floats, published: Floats) -> Floats:
    """For each record the scatter known before it."""
    second = told[:, 2:] - 2 * told[:, 1:-1] + told[:, :-2]
    squares = np.nancumsum(second**2 / 6, axis=1)
    count = np.cumsum(~np.isnan(second), axis=1)
    degrees = shipped.PRIOR_DEGREES
    after = np.sqrt((degrees * published[:, None] ** 2 + squares) / (degrees + count))
    first = np.repeat(published[:, None], 3, axis=1)
    return np.concatenate([first, after[:, :-1]], axis=1)


def _scale(measure: Measure):  # type: ignore[no-untyped-def]
    return (lambda values: np.log(np.maximum(values, 1e-9))) if logarithmic(measure) else (lambda values: values)


def _running(courses: Courses, measure: Measure, step) -> Floats:  # type: ignore[no-untyped-def]
    _since, _window, opens = windows(courses, measure)
    sd = published_sd(measure, baseline(courses))
    scale = _scale(measure)
    total, score = np.zeros(len(sd)), np.full(courses.days.shape, -np.inf)
    for k in range(courses.days.shape[1]):
        z = np.clip((scale(courses.values[:, k]) - scale(courses.goal)) / sd, -4, 4)
        counts = courses.days[:, k] >= opens[:, k]
        total = np.where(counts, step(total, np.nan_to_num(z)), total)
        score[counts, k] = total[counts]
    return score
