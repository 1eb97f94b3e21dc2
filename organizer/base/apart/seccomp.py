"""seccomp (Linux): from now on this process asks the system for no connection, no program, no change of any file.

Such a call is refused with EPERM, so that a library that tries goes on or says so. The filter is a program of classic
BPF over `struct seccomp_data` (Documentation/userspace-api/seccomp_filter.rst); the numbers of calls are those of
arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h. On other processors there is none.
"""

import ctypes
import errno
import platform
from collections.abc import Sequence

_ARCHITECTURES = {"x86_64": (0xC000_003E, 0), "aarch64": (0xC000_00B7, 1)}
"""The kernel's name of the processor (AUDIT_ARCH_…), and the column of the table below."""
_REFUSED: dict[str, tuple[int, int]] = {
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200), "listen": (50, 201),
    "accept": (43, 202), "accept4": (288, 242), "sendto": (44, 206), "sendmsg": (46, 211), "sendmmsg": (307, 269),
    "execve": (59, 221), "execveat": (322, 281), "fork": (57, -1), "vfork": (58, -1),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kill": (62, 129),
    "pidfd_open": (434, 434), "pidfd_getfd": (438, 438), "pidfd_send_signal": (424, 424),
    "creat": (85, -1), "rename": (82, -1), "renameat": (264, 38), "renameat2": (316, 276),
    "unlink": (87, -1), "unlinkat": (263, 35), "rmdir": (84, -1), "mkdir": (83, -1), "mkdirat": (258, 34),
    "link": (86, -1), "linkat": (265, 37), "symlink": (88, -1), "symlinkat": (266, 36),
    "mknod": (133, -1), "mknodat": (259, 33), "truncate": (76, 45),
    "chmod": (90, -1), "fchmodat": (268, 53), "fchmodat2": (452, 452), "chown": (92, -1), "lchown": (94, -1),
    "fchownat": (260, 54), "setxattr": (188, 5), "lsetxattr": (189, 6), "utimensat": (280, 88),
    "mount": (165, 40), "umount2": (166, 39), "unshare": (272, 97), "setns": (308, 268), "chroot": (161, 51),
    "pivot_root": (155, 41), "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425), "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
}  # fmt: skip
_OPEN, _OPENAT, _OPENAT2, _CLONE, _CLONE3 = (2, -1), (257, 56), (437, 437), (56, 220), (435, 435)
_TO_WRITE = 0o3 | 0o100 | 0o1000  # O_WRONLY and O_RDWR, O_CREAT, O_TRUNC
_THREAD = 0x0001_0000  # CLONE_THREAD: a thread is no program
_OTHER_TABLE = 0x4000_0000  # calls of x32 on x86-64
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06  # BPF_LD|W|ABS, BPF_JMP|…|K, BPF_RET|K
_NUMBER, _PROCESSOR, _ARGUMENTS = 0, 4, 16  # where they stand in seccomp_data
_ALLOW, _REFUSE = 0x7FFF_0000, 0x0005_0000  # SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO with the error behind it
_NO_NEW_RIGHTS, _SET_SECCOMP, _FILTER = 38, 22, 2  # of prctl


class _Step(ctypes.Structure):
    _fields_ = (("code", ctypes.c_uint16), ("yes", ctypes.c_uint8), ("no", ctypes.c_uint8), ("value", ctypes.c_uint32))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.POINTER(_Step)))


def no_way_out() -> bool:
    """Shut the process in; False where the kernel or the processor has no such filter."""
    known = _ARCHITECTURES.get(platform.machine())
    if known is None:
        return False
    steps = _steps(*known)
    filter_steps = (_Step * len(steps))(*(_Step(*step) for step in steps))
    program = _Program(len(steps), filter_steps)
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_NO_NEW_RIGHTS, 1, 0, 0, 0)
    return bool(libc.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0)


def _steps(processor: int, column: int) -> Sequence[tuple[int, int, int, int]]:
    """The program: code, steps to leap over where it holds and where it doesn't, and its value."""
    refused = (_RETURN, 0, 0, _REFUSE | errno.EPERM)
    unknown = (_RETURN, 0, 0, _REFUSE | errno.ENOSYS)  # the C library then takes the older call
    steps = [
        (_LOAD, 0, 0, _PROCESSOR), (_EQUAL, 1, 0, processor), refused,
        (_LOAD, 0, 0, _NUMBER), (_AT_LEAST, 0, 1, _OTHER_TABLE), refused,
    ]  # fmt: skip
    for numbers in _REFUSED.values():
        steps += [(_EQUAL, 0, 1, numbers[column]), refused] if numbers[column] >= 0 else []
    for numbers in (_OPENAT2, _CLONE3):
        steps += [(_EQUAL, 0, 1, numbers[column]), unknown]
    # Opening to write, by the flags; a new process, by what it shares.
    for numbers, argument, bits, is_refused in (
        (_OPEN, 1, _TO_WRITE, True),
        (_OPENAT, 2, _TO_WRITE, True),
        (_CLONE, 0, _THREAD, False),
    ):
        if numbers[column] >= 0:
            look = (_ANY_BIT, 0, 1, bits) if is_refused else (_ANY_BIT, 1, 0, bits)
            again = (_LOAD, 0, 0, _NUMBER)
            steps += [(_EQUAL, 0, 4, numbers[column]), (_LOAD, 0, 0, _ARGUMENTS + 8 * argument), look, refused, again]
    return [*steps, (_RETURN, 0, 0, _ALLOW)]
