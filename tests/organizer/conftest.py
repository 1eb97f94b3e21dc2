"""An open record of Ann Example with nothing in it, for each test that asks for one."""

import pytest

from tests.made_records import opened_copy


@pytest.fixture
def record(blank_record, tmp_path):
    with opened_copy(blank_record(), tmp_path) as made:
        yield made
