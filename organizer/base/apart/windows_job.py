"""A job object (Windows): the process that reads foreign files gets no more memory than it is given, starts no program,
and ends with this one. Not yet run on Windows; where it fails, the clock alone ends that process, as before.

Structures and flags: winnt.h, JOBOBJECT_EXTENDED_LIMIT_INFORMATION.
"""

import ctypes
from typing import Any

_EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
_FEW_PROCESSES, _MEMORY_OF_EACH, _END_WITH_US = 0x8, 0x100, 0x2000


class _Limits(ctypes.Structure):
    _fields_ = (
        ("time_of_each", ctypes.c_int64), ("time_of_all", ctypes.c_int64), ("flags", ctypes.c_uint32),
        ("least_set", ctypes.c_size_t), ("largest_set", ctypes.c_size_t), ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t), ("priority", ctypes.c_uint32), ("scheduling", ctypes.c_uint32),
        ("counters", ctypes.c_uint64 * 6), ("memory_of_each", ctypes.c_size_t), ("memory_of_all", ctypes.c_size_t),
        ("peak_of_each", ctypes.c_size_t), ("peak_of_all", ctypes.c_size_t),
    )  # fmt: skip


class Job:
    """Holds one process; `handle` is that of the process, `processes` how many there may be, itself among them."""

    def __init__(self, system: Any, handle: int, processes: int) -> None:
        self._system, self._processes, self._job = system, processes, 0
        try:
            system.CreateJobObjectW.restype = ctypes.c_void_p
            self._job = system.CreateJobObjectW(None, None) or 0
            system.AssignProcessToJobObject(ctypes.c_void_p(self._job), ctypes.c_void_p(handle))
        except (OSError, AttributeError, ctypes.ArgumentError):
            self._job = 0

    def limit(self, memory: int) -> bool:
        """From now on at most so many bytes; False where the system doesn't do it."""
        if not self._job:
            return False
        flags = _FEW_PROCESSES | _MEMORY_OF_EACH | _END_WITH_US
        limits = _Limits(flags=flags, processes=self._processes, memory_of_each=memory)
        arguments = (ctypes.c_void_p(self._job), _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
        try:
            return bool(self._system.SetInformationJobObject(*arguments))
        except (OSError, ctypes.ArgumentError):
            return False

    def close(self) -> None:
        """Let go of it: what is left in it ends."""
        if self._job:
            self._system.CloseHandle(ctypes.c_void_p(self._job))
            self._job = 0
