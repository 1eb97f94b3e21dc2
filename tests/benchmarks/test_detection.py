"""A little of `make benchmark-detection`, so that it and the product keep the same arithmetic."""

import sys
from pathlib import Path

import pytest

pytest.importorskip("numpy")
sys.path.insert(0, str(Path(__file__).parent))

import courses
import detection
import detectors
import numpy as np

from organizer.health.course import measures


def test_the_benchmark_and_the_product_keep_the_same_arithmetic(monkeypatch):
    monkeypatch.setattr(detection, "COMPARED", 2)
    assert "checks" in detection.same_as_shipped()


@pytest.mark.parametrize("setting", courses.SETTINGS, ids=lambda one: one.name)
def test_people_who_do_well_are_seldom_flagged_and_the_others_found(setting):
    measure, rng = measures.find(setting.code), np.random.default_rng(20270301)
    good = courses.simulate(setting, "responder", "sigmoid", 300, rng)
    bad = courses.simulate(setting, "non-responder", "step", 300, rng)
    assert detection.flagged(detectors.concern(good, measure), 1.0) <= 8
    assert detection.flagged(detectors.concern(bad, measure), 1.0) >= 95


def test_the_same_seed_makes_the_same_people():
    setting = courses.SETTINGS[0]
    first, again = (courses.simulate(setting, "slow", "step", 5, np.random.default_rng(7)) for _time in range(2))
    assert np.array_equal(first.values, again.values, equal_nan=True)
