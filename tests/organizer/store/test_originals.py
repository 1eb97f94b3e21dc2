"""Documents come back byte for byte, or it is said which one does not."""

import hashlib
import random
import zlib
from io import BytesIO

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organizer.base.errors import NotFoundError, RecordDamagedError
from organizer.base.progress import NoProgress
from organizer.services.record import verifying
from organizer.store import originals
from tests.made_records import opened_copy

AROUND = 4 + 1 + 16  # a chunk's length, how it is packed, and what AES-GCM adds


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
    data = harm.encode() + random.Random(3).randbytes(originals.CHUNK * 3)  # nothing that could be packed smaller
    before = sealed_files(record)
    sha256 = originals.put(record, data, f"{harm}.pdf", "application/pdf")
    (file,) = sealed_files(record) - before
    whole = file.read_bytes()
    sealed = originals.CHUNK + AROUND
    start = len(whole) - len(data) - 4 * AROUND
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


def test_a_document_of_an_older_casebook_can_still_be_read(record):
    """CBO1, written here by a second hand: chunks of one length, not compressed."""
    data = b"Glucose 99 mg/dL\n" * 40_000
    sha256 = originals.put(record, data, "old.txt", "text/plain")
    salt = bytes(range(32))
    key = HKDF(hashes.SHA256(), 32, salt=salt, info=b"casebook original").derive(record.keys.originals)
    chunks = [data[start : start + 262_144] for start in range(0, len(data), 262_144)]
    nonces = [number.to_bytes(11, "big") + bytes([number == len(chunks) - 1]) for number in range(len(chunks))]
    sealed = [AESGCM(key).encrypt(*pair, sha256.encode()) for pair in zip(nonces, chunks, strict=True)]
    originals.place(record, sha256).write_bytes(b"CBO1" + salt + b"".join(sealed))
    assert originals.read(record, sha256) == data


def test_what_can_be_packed_smaller_is(record):
    before = sealed_files(record)
    data = b'<Record type="HKQuantityTypeIdentifierHeartRate" value="71"/>\n' * 20_000
    sha256 = originals.put(record, data, "export.xml", "text/xml")
    (file,) = sealed_files(record) - before
    assert file.stat().st_size < len(data) / 20
    assert originals.read(record, sha256) == data


def test_a_chunk_never_grows_beyond_what_a_chunk_holds(record):
    """Only who has the keys could write one; still it must not fill the memory."""
    bomb = originals.DEFLATED + zlib.compress(b"\x00" * (originals.CHUNK + 1))
    with pytest.raises(zlib.error):
        originals._unpacked(bomb)
    just = originals.DEFLATED + zlib.compress(b"\x00" * originals.CHUNK)
    assert len(originals._unpacked(just)) == originals.CHUNK


def test_importing_a_damaged_document_again_mends_it(record):
    data = b"the letter that was damaged"
    sha256 = originals.put(record, data, "letter.txt", "text/plain")
    file = originals.place(record, sha256)
    file.write_bytes(file.read_bytes()[:-1])
    originals.keep(record, BytesIO(data), sha256, "letter.txt", "text/plain")
    assert originals.read(record, sha256) == data


def test_the_file_of_a_document_is_laid_out_as_it_always_was():
    """Read by hand: mark, salt, then each chunk with its length in four bytes, sealed under its number."""
    key, sha = bytes(32), hashlib.sha256(b"abc").hexdigest()
    sealed = b"".join(originals.sealed(key, sha, iter([b"ab", b"c"])))
    assert sealed[:4] == b"CBO2"
    cipher = AESGCM(HKDF(hashes.SHA256(), 32, salt=sealed[4:36], info=b"casebook original").derive(key))
    read, rest = [], sealed[36:]
    while rest:
        length = int.from_bytes(rest[:4], "big")
        chunk, rest = rest[4 : 4 + length], rest[4 + length :]
        nonce = bytes([*bytes(10), len(read), not rest])
        read.append(cipher.decrypt(nonce, chunk, sha.encode()))
    assert read == [b"\x00ab", b"\x00c"], "short ones are not packed"


@pytest.mark.parametrize(("size", "is_one"), [(16, False), (17, True), (262_144 + 17, True), (262_144 + 18, False)])
def test_a_chunk_has_its_seal_and_no_more_than_a_chunk_holds(size, is_one):
    """256 KiB, a byte that says how it is packed, and the seal of sixteen."""
    sealed = BytesIO(size.to_bytes(4, "big") + bytes(size))
    if is_one:
        assert [len(chunk) for chunk in originals._chunks(sealed)] == [size]
    else:
        with pytest.raises(InvalidTag):
            list(originals._chunks(sealed))
