"""What the process itself would give away: a core dump, the text of an unexpected error, a file in a shared folder."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_PR_SET_DUMPABLE = 4  # linux/prctl.h


def forbid_dumps() -> None:
    """No core file of this process, and no other program of the same person looks into its memory (Linux).

    Where the system has no such switch nothing happens.
    """
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def traced(error: BaseException) -> str:
    """An error for a developer, without a word of the record: its type and our own lines; no message, no values."""
    import traceback  # waits until something goes wrong

    frames = [
        f"{Path(frame.filename).resolve().relative_to(ROOT)}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).resolve().is_relative_to(ROOT) and "site-packages" not in frame.filename
    ]
    return "\n".join([type(error).__name__, *frames])


def private_folder(prefix: str) -> Path:
    """A new folder that only this person can read, in memory where the system has such a place (XDG_RUNTIME_DIR).

    Whoever asks for it removes it.
    """
    import tempfile  # the first picture needs none

    runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or "")
    usable = runtime.is_absolute() and os.access(runtime, os.W_OK)
    return Path(tempfile.mkdtemp(prefix=prefix, dir=runtime if usable else None))
