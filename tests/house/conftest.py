"""What the tests of this folder read is forgotten after them."""

import pytest

from tests.house import source


@pytest.fixture(scope="package", autouse=True)
def _read_once():
    """Half a million pieces of syntax trees would be gone through whenever a window of a later test is closed."""
    yield
    source.tree.cache_clear()
