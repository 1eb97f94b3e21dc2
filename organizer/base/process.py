"""What the process itself would give away: a core dump, the text of an unexpected error, a file in a shared folder."""

import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_PRIVATE = re.compile(r"casebook-(?:pasted|copy)-(\d{1,9})-[a-z0-9_]{8}")
_DAY = 86_400
READ_APART = "--read-apart"
"""With this word alone behind it the program serves as the process that reads foreign files: see `apart`."""
_PR_SET_DUMPABLE = 4  # linux/prctl.h
_PT_DENY_ATTACH = 31  # sys/ptrace.h of macOS
_NO_BOXES = 0x0001 | 0x0002 | 0x8000
"""SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX, SEM_NOOPENFILEERRORBOX
(learn.microsoft.com/windows/win32/api/errhandlingapi/nf-errhandlingapi-seterrormode)."""


def forbid_dumps() -> None:
    """No core file of this process, and no other program of the same person looks into its memory (Linux, macOS).

    On Windows no report with its memory is made when it falls over. Not yet run on Windows and macOS.
    """
    import ctypes

    if sys.platform == "win32":
        # WerAddExcludedApplication asks for no rights where it concerns this person alone.
        ctypes.windll.kernel32.SetErrorMode(_NO_BOXES)
        ctypes.windll.wer.WerAddExcludedApplication(Path(sys.executable).name, False)
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    if sys.platform == "darwin":
        ctypes.CDLL(None).ptrace(_PT_DENY_ATTACH, 0, 0, 0)


def traced(error: BaseException) -> str:
    """An error for a developer, without a word of the record: its type and our own lines; no message, no values."""
    import traceback  # waits until something goes wrong

    frames = []
    for frame in traceback.extract_tb(error.__traceback__):
        file = _our_file(frame.filename)
        if file:
            frames.append(f"{file}:{frame.lineno} {frame.name}")
    return "\n".join([type(error).__name__, *frames])


def _our_file(name: str) -> str:
    """A file of ours from the project's folder on; "" for others'. In the packaged program names are so already."""
    file = Path(name)
    if file.is_absolute():
        if not file.is_relative_to(ROOT) or "site-packages" in file.parts:
            return ""
        file = file.relative_to(ROOT)
    ours = file.parts[:1] in (("organizer",), ("ui",), ("tests",)) or file == Path("main.py")
    return file.as_posix() if ours else ""


def environment_of_the_system() -> dict[str, str]:
    """The environment for a program that isn't ours: without the folder of libraries that the package put in front.

    PyInstaller keeps what was there before under a name of its own
    (pyinstaller.org/en/stable/runtime-information.html, "LD_LIBRARY_PATH / LIBPATH considerations").
    """
    surroundings = dict(os.environ)
    if getattr(sys, "frozen", False):
        for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LIBPATH"):
            surroundings.pop(name, None)
            before = surroundings.pop(f"{name}_ORIG", None)
            if before is not None:
                surroundings[name] = before
    return surroundings


def private_folder(prefix: str) -> Path:
    """A new folder that only this person can read, in memory where the system has such a place (XDG_RUNTIME_DIR).

    Whoever asks for it removes it; what a run left that was killed is removed by `sweep_private_folders`.
    """
    import tempfile  # the first picture needs none

    runtime = _in_memory()
    return Path(tempfile.mkdtemp(prefix=f"{prefix}{os.getpid()}-", dir=runtime))


def sweep_private_folders() -> None:
    """Remove the folders of runs that are over: those that bear our name and the number of a process that is no more,
    belong to this person, and lie where `private_folder` puts them. No link is followed."""
    import tempfile

    from organizer.base.paths import remove_folder

    for place in (_in_memory(), Path(tempfile.gettempdir())):
        if place is None:
            continue
        try:
            with os.scandir(place) as inside:
                beside = [Path(entry.path) for entry in inside if _is_left(entry)]
        except OSError:
            continue
        for folder in beside:
            remove_folder(folder, ignore_errors=True)


def _in_memory() -> Path | None:
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or "")
    return runtime if runtime.is_absolute() and os.access(runtime, os.W_OK) else None


def _is_left(entry: "os.DirEntry[str]") -> bool:
    named = _PRIVATE.fullmatch(entry.name)
    if named is None or not entry.is_dir(follow_symlinks=False):
        return False
    known = entry.stat(follow_symlinks=False)
    if sys.platform == "win32":  # asking for a process by its number would end it there
        from organizer.base.dates import now

        return now().timestamp() - known.st_mtime > _DAY
    if known.st_uid != os.getuid() or known.st_mode & 0o077:
        return False
    try:
        os.kill(int(named[1]), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False  # somebody else's process has that number now
    return False
