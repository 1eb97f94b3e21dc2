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
    place = 0
    while archive.startswith(_MARK, place) and len(archive) - place >= _LOCAL.size:
        fields = _LOCAL.unpack_from(archive, place)
        flags, method, checksum, packed, unpacked, name_length, extra = fields[2], fields[3], *fields[6:11]
        begin = place + _LOCAL.size + name_length + extra
        name = archive[place + _LOCAL.size : place + _LOCAL.size + name_length]
        whole, end = None, begin + packed
        if flags & _ENCRYPTED == 0 and method == _DEFLATED:
            whole, end = _inflated(archive, begin, most)
        elif flags & (_ENCRYPTED | _SIZES_BEHIND) == 0 and method == _STORED and packed == unpacked:
            whole = archive[begin:end] if end <= len(archive) else None
        if whole is not None and not flags & _SIZES_BEHIND and zlib.crc32(whole) != checksum:
            whole = None
        yield Member(name, bool(flags & UNICODE), whole)
        place = archive.find(_MARK, max(end, begin))  # -1 where none follows: no mark begins at the last byte


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
