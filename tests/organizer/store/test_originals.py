"""Documents come back byte for byte, or it is said which one does not."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organizer.base.errors import NotFoundError, RecordDamagedError
from organizer.base.progress import NoProgress
from organizer.services.record import verifying
from organizer.store import originals
from tests.made_records import opened_copy

TAG = 16  # what AES-GCM adds to each chunk


@pytest.fixture(scope="module")
def record(blank_record, tmp_path_factory):
    with opened_copy(blank_record(), tmp_path_factory.mktemp("originals")) as made:
        yield made


def sealed_files(record):
    """Their names don't tell which document they hold."""
    return {path for path in (record.path / "originals").rglob("*") if path.is_file()}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(start=st.binary(max_size=64), chunks=st.integers(0, 2), around=st.integers(-2, 2))
def test_any_bytes_come_back(record, start, chunks, around):
    data = (start + b"\x00" * originals.CHUNK * 2)[: max(0, chunks * originals.CHUNK + around)] or start
    assert originals.read(record, originals.put(record, data, "scan.pdf", "application/pdf")) == data


def test_the_same_bytes_are_kept_once(record):
    first = originals.put(record, b"twice", "a.txt", "text/plain")
    assert originals.put(record, b"twice", "b.txt", "text/plain") == first
    assert [one.name for one in originals.all_originals(record) if one.sha256 == first] == ["a.txt"]


@pytest.mark.parametrize("harm", ["flip", "cut", "swap", "gone", "append"])
def test_a_harmed_document_is_named_and_never_shown(record, harm):
    data = harm.encode() + bytes(range(256)) * (originals.CHUNK // 256 * 3)
    before = sealed_files(record)
    sha256 = originals.put(record, data, f"{harm}.pdf", "application/pdf")
    (file,) = sealed_files(record) - before
    whole = file.read_bytes()
    sealed = originals.CHUNK + TAG
    start = len(whole) - len(data) - 4 * TAG
    second, third, last = (start + n * sealed for n in (1, 2, 3))
    harmed = {
        "flip": whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:],
        "cut": whole[:last],
        "swap": whole[:start] + whole[second:third] + whole[start:second] + whole[third:],
        "append": whole + whole[-16:],
    }
    if harm == "gone":
        file.unlink()
    else:
        file.write_bytes(harmed[harm])
    with pytest.raises(RecordDamagedError) as refused:
        originals.read(record, sha256)
    assert f"{harm}.pdf" in str(refused.value)
    found = verifying.verify(record, NoProgress())
    assert any(f"{harm}.pdf" in problem for problem in found.problems)
    file.write_bytes(whole)
    assert originals.read(record, sha256) == data


def test_a_document_that_was_never_kept_is_not_found(record):
    with pytest.raises(NotFoundError):
        originals.read(record, "0" * 64)
