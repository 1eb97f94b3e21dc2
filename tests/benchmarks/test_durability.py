"""A few rounds of `make test-durability`, so that it stays in working order."""

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import durability

pytestmark = pytest.mark.usefixtures("open_anywhere")


def test_what_was_said_survives_kill_9(tmp_path):
    assert durability.killed(tmp_path, 2) == 0


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not on this machine")
def test_what_was_said_survives_a_power_loss(tmp_path):
    assert durability.cut_off(tmp_path, 4) == 0


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not on this machine")
def test_an_operation_survives_both(tmp_path, monkeypatch):
    monkeypatch.setattr(durability, "OPERATIONS", {"passphrase": durability.OPERATIONS["passphrase"]})
    assert durability.killed_at_calls(tmp_path, 1) == {"passphrase": [""]}
    assert durability.cut_off_in_operations(tmp_path, 1) == {"passphrase": [""]}
