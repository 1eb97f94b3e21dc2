"""When Python may look through all that it holds for garbage: never while work goes on behind the window.

A full collection stands everything still, half a second with twenty thousand results in hand. The small ones go on.
"""

import ctypes
import gc
import sys

NEVER = 1_000_000_000
MUCH = 50  # small collections of the middle age since the last full one: some 400,000 things made and kept
_USUAL = gc.get_threshold()


def begin_work() -> None:
    """No full collection from now on."""
    gc.set_threshold(*_USUAL[:2], NEVER)


def end_work() -> None:
    """Full collections again; after much work they pass over what it left until `collect`, so none comes at once."""
    if gc.get_count()[2] > MUCH:
        gc.freeze()
    gc.set_threshold(*_USUAL)


def collect() -> None:
    """Look through everything, where nobody is kept waiting by it."""
    gc.unfreeze()
    gc.collect()


def give_back() -> None:
    """Hand memory that is free back to the system: of glibc's, which keeps what many small pieces took (Linux)."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
