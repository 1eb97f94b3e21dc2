"""The sample record and its packet, for what is asked of the whole."""

import pytest

from organizer.base.progress import NoProgress
from organizer.services.opinion import packets
from organizer.services.record import sample
from tests.made_records import opened_copy


@pytest.fixture(scope="module")
def opened_sample(sample_record, tmp_path_factory):
    """An open copy of the sample record."""
    with opened_copy(sample_record, tmp_path_factory.mktemp("sample"), sample.facts().passphrase) as made:
        yield made


@pytest.fixture(scope="session")
def sample_packet(sample_record, tmp_path_factory):
    """The bytes and the result of the sample's packet as it is chosen when nobody chooses."""
    with opened_copy(sample_record, tmp_path_factory.mktemp("packet"), sample.facts().passphrase) as record:
        return packets.preview(record, packets.choice(record), NoProgress())
