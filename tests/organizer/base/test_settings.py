"""Settings: what holds where nothing was chosen, and which of what a file says is believed."""

import json
from pathlib import Path

import pytest

from organizer.base import settings
from organizer.base.settings import Settings


def test_a_record_that_nobody_touches_locks_after_a_quarter_of_an_hour_unless_otherwise_chosen():
    assert Settings().idle_minutes == 15
    assert Settings().text_scale == 1.0


def test_eight_records_are_remembered_the_latest_first():
    chosen = Settings()
    for number in range(10):
        chosen = chosen.with_recent(Path(f"/{number}"))
    assert chosen.recent == tuple(f"/{number}" for number in range(9, 1, -1))


@pytest.mark.parametrize(
    ("scale", "shown"), [(0.8, 0.8), (0.79, 0.8), (4.0, 4.0), (4.01, 4.0), (1.37, 1.37), ("large", 1.0)]
)
def test_text_is_no_smaller_and_no_larger_than_can_be_read(tmp_path, scale, shown):
    (tmp_path / settings.FILE).write_text(json.dumps({"text_scale": scale}))
    assert settings.load(tmp_path).text_scale == shown
