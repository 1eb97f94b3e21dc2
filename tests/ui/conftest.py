"""A real window on a small record of its own, as a person would have it before them."""

import shutil

import pytest

from tests.windows import window_on


@pytest.fixture
def ann(qtbot, blank_record, tmp_path):
    """The window on a copy of the record of Ann Example, who has nothing in it."""
    folder = shutil.copytree(blank_record(), tmp_path / "Ann.casebook")
    made = window_on(qtbot, folder)
    qtbot.waitUntil(lambda: not made.desk.jobs.running, timeout=20_000)
    yield made
    made.close()
