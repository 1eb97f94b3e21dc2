"""Identifiers that sort by creation, so that two record files can be merged."""

import os
import time

_LOWER = (1 << 62) - 1
"""The random bits below the variant."""


def new_id() -> str:
    """A UUIDv7 (RFC 9562, section 5.7) as 36 lower-case characters: millisecond clock, then random bits."""
    milliseconds = time.time_ns() // 1_000_000
    chance = int.from_bytes(os.urandom(10), "big")
    bits = milliseconds << 80 | 0x7 << 76 | (chance >> 62 & 0xFFF) << 64 | 0b10 << 62 | chance & _LOWER
    text = f"{bits:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def derived_id(of: str, what: str) -> str:
    """The same identifier each time for `what` belongs to the identifier `of` (RFC 9562, version 5)."""
    import uuid  # brings cryptography along, which the first picture needs not wait for

    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{of} {what}"))
