"""What the tests of this folder read is forgotten after them."""

from pathlib import Path

import pytest

from tests.house import source

HERE = Path(__file__).parent


def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Half a million pieces of syntax trees would be gone through whenever a window of a later test is closed."""
    if nextitem is None or nextitem.path.parent != HERE:
        source.tree.cache_clear()
        source.nodes.cache_clear()
