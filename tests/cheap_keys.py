"""Argon2 at next to no cost, since most tests make records and few of them guess at keys.

A record whose key file says that it asks for the least that is read takes a thousandth of that here: it opens in this
process only. `opening_anywhere` is for records that another process opens or has made.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import argon2.low_level

LEAST = (65_536, 1, 1)
"""Memory in KiB, passes and lanes: the least that is read."""
KEPT_HERE = 64
"""The memory in KiB that Argon2 takes instead."""

_derive = argon2.low_level.hash_secret_raw
_is_kept_here = [True]


def begin() -> None:
    """Before the product is imported."""
    argon2.low_level.hash_secret_raw = _derived


# Most tests open a copy of one record: what came out once is not worked out again.
@cache
def _derived(secret: bytes, salt: bytes, passes: int, memory: int, lanes: int, *form: Any) -> bytes:
    if (memory, passes, lanes) == LEAST and _is_kept_here[0]:
        memory = KEPT_HERE
    return _derive(secret, salt, passes, memory, lanes, *form)


def ask_for_the_least() -> None:
    """Whoever makes a record and names no cost gets the least."""
    from organizer.store.key_slots import KdfCost

    KdfCost.__init__.__defaults__ = LEAST


@contextmanager
def opening_anywhere() -> Iterator[None]:
    """Keys cost what the key file says, so any process comes to the same ones."""
    before = _is_kept_here[0]
    _is_kept_here[0] = False
    try:
        yield
    finally:
        _is_kept_here[0] = before
