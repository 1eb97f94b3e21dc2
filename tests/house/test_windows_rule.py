"""The rule of Windows that the whole run is held to: that it notices what it is there for."""

import sys

import pytest

from organizer.base import paths
from tests import windows_rule

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the system itself refuses, or doesn't tell what is open"
)


def test_an_open_file_that_we_remove_is_noticed_and_a_closed_one_is_not(tmp_path):
    file = tmp_path / "letter.txt"
    with file.open("w"):
        paths.remove(file)
    seen = [*windows_rule.breaches]
    windows_rule.breaches.clear()
    assert len(seen) == 1
    assert "letter.txt" in seen[0]
    file.touch()
    paths.remove(file)
    assert windows_rule.breaches == []


def test_a_folder_with_an_open_file_can_not_be_renamed(tmp_path):
    (tmp_path / "a").mkdir()
    with (tmp_path / "a" / "letter.txt").open("w"):
        paths.put_in_place(tmp_path / "a", tmp_path / "b")
    seen = [*windows_rule.breaches]
    windows_rule.breaches.clear()
    assert len(seen) == 1
