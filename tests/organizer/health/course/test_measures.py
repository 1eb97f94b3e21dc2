"""What is known of measures, where from, and the cuts that were derived for them."""

import json
from importlib import resources

import pytest

from organizer.health.course import Measure, measures
from organizer.health.course.calibration import cut_of

TOLD = json.loads((resources.files("resources") / "measures.json").read_text("utf-8"))["measures"]


def test_at_least_forty_measures_are_described():
    assert len(TOLD) >= 40
    assert len({code for one in TOLD for code in one["codes"]}) == sum(len(one["codes"]) for one in TOLD)


@pytest.mark.parametrize("one", TOLD, ids=lambda one: one["name"] + one["unit"])
def test_every_figure_has_its_source(one):
    for name, figure in one["figures"].items():
        assert len(figure.get("source", "").strip()) >= 10, (one["name"], name)
    found = measures.find(one["codes"][0])
    assert found is not None
    assert found.within_person_sd or found.cv
    assert found.response_window_days > 0


@pytest.mark.parametrize("code", ["44261-6", "72514-3", "4548-4", "8480-6"])
def test_the_studied_measures_are_found(code):
    assert measures.find(code).code == code


def test_what_nobody_described_is_not_found():
    assert measures.find("0000-0") is None


def test_more_records_need_a_higher_cut():
    for measure in measures.every():
        cuts = [cut_of(measure, per_window) for per_window in (1, 3, 6, 12, 24, 48)]
        assert cuts == sorted(cuts)
        assert 0.85 <= cuts[0] < cuts[-1]


def test_a_measure_without_figures_gets_the_widest_cut():
    own = Measure("x", "u", within_person_sd=1.0)
    assert cut_of(own, 6) >= max(cut_of(measure, 6) for measure in measures.every())
