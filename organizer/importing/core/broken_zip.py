"""What is whole in a zip that breaks off: its directory stands at its end, so the members are found one by one."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_LOCAL = struct.Struct("<4s5H3L2H")  # APPNOTE 6.3.10, 4.3.7
_MARK = b"PK\x03\x04"
UNICODE = 0x800  # the flag of a name in UTF-8
_ENCRYPTED, _SIZES_BEHIND = 1, 8
_STORED, _DEFLATED = 0, 8


@dataclass(frozen=True, slots=True)
class Member:
    """A member by its local header: `data` is None where it is cut, locked or packed in another way."""

    name: bytes
    is_unicode: bool
    data: bytes | None


def members_of(archive: bytes, most: int) -> Iterator[Member]:
    """The members in their order, until the zip breaks off; `most` are the bytes to which one may unpack."""
    place = 0 if archive.startswith(_MARK) else -1
    while 0 <= place <= len(archive) - _LOCAL.size:
        header = _Header.at(archive, place)
        data, end = _unpacked(archive, header, most)
        is_checked = data is not None and not header.flags & _SIZES_BEHIND
        is_damaged = is_checked and zlib.crc32(data or b"") != header.checksum
        yield Member(header.name, bool(header.flags & UNICODE), None if is_damaged else data)
        place = archive.find(_MARK, max(end, header.begin))


@dataclass(frozen=True, slots=True)
class _Header:
    """What stands before a member: its data lies from `begin`, `packed` bytes of it."""

    name: bytes
    flags: int
    method: int
    checksum: int
    packed: int
    unpacked: int
    begin: int

    @classmethod
    def at(cls, archive: bytes, place: int) -> "_Header":
        fields = _LOCAL.unpack_from(archive, place)
        flags, method, checksum, packed, unpacked, name_length, extra = fields[2], fields[3], *fields[6:11]
        named = place + _LOCAL.size
        name = archive[named : named + name_length]
        return cls(name, flags, method, checksum, packed, unpacked, named + name_length + extra)


def _unpacked(archive: bytes, header: _Header, most: int) -> tuple[bytes | None, int]:
    """A member's data and where it ends; None for one that is cut, locked or packed in another way."""
    end = header.begin + header.packed
    if header.flags & _ENCRYPTED:
        return None, end
    if header.method == _DEFLATED:
        return _inflated(archive, header.begin, most)
    is_plain = header.method == _STORED and header.packed == header.unpacked and not header.flags & _SIZES_BEHIND
    return archive[header.begin : end] if is_plain and end <= len(archive) else None, end


def _inflated(archive: bytes, begin: int, most: int) -> tuple[bytes | None, int]:
    """A deflated member and where it ends; None for one that is cut, damaged or too large."""
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = unpacking.decompress(memoryview(archive)[begin:], most)
    except zlib.error:
        return None, begin
    if not unpacking.eof:
        return None, len(archive) if not unpacking.unconsumed_tail else begin
    return data, len(archive) - len(unpacking.unused_data)
