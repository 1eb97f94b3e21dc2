"""What is written in several languages is tested in each."""

from collections.abc import Iterator

import pytest

from organizer.base.i18n import languages, speaking


@pytest.fixture(scope="module", params=languages())
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    """The code of the language that is spoken while the test runs."""
    with speaking(request.param):
        yield request.param
