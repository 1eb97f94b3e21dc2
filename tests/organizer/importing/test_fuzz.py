"""Fifty changed files of each format: nothing crashes, hangs or enters in part. `make fuzz-import` tries thousands."""

import time

import pytest

from organizer.importing.formats import FORMATS
from tests.organizer.importing.fuzzing import SAMPLES, tried

ROUNDS = 50
LONGEST = 10.0  # seconds


def test_each_format_has_samples_to_change():
    assert {type(one).__module__.split(".")[3] for one in FORMATS} <= set(SAMPLES)
    assert all(samples() for samples in SAMPLES.values())


@pytest.mark.parametrize("name", SAMPLES)
def test_changed_files_are_read_or_refused_and_never_break(record, tmp_path, name):
    for seed in range(ROUNDS):
        began = time.monotonic()
        tried(record, tmp_path, name, seed)
        assert time.monotonic() - began < LONGEST, f"seed {seed}"
