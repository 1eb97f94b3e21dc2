"""What the process that reads foreign files may not do, by what the system offers; where it offers nothing, nothing.

Everywhere but on Windows: no more memory and processor time than a file earns (setrlimit). On Linux besides: it opens
files of the program only, and those to read only (Landlock); it starts no program, opens no connection, looks into no
other process and changes no file (seccomp).
"""

import sys


def limit(seconds: int, memory: int) -> None:
    """From now on so many seconds of processor time, and this much address space; Windows has no such switch."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    for what, most in (
        (resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + seconds),
        (resource.RLIMIT_AS, memory),
    ):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def close_in() -> None:
    """Shut this process in, for good, before it sees a foreign byte. Called while it has one thread."""
    if sys.platform == "linux":
        from organizer.base.apart import landlock, seccomp

        landlock.own_files_only()
        seccomp.no_way_out()
