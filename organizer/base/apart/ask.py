"""Asks a process of our own to read a foreign file, within limits of time and memory that grow with the file.

One process serves one file after another, and ends by itself when nothing was asked for a while, or when its pipe
closes because this program ended. It gets the bytes through a pipe and writes no file. What it answers is JSON and
bytes, never objects: what comes out of it is not to be trusted more than the file.
"""

import atexit
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import IO, Any

from organizer.base.apart.windows_job import Job
from organizer.base.apart.wire import Answer, Message, NoMessageError, parts_of, receive, send
from organizer.base.errors import OrganizerError, UnreadableSourceError
from organizer.base.i18n import _, language
from organizer.base.process import READ_APART, ROOT
from organizer.base.progress import NoProgress, Progress

LEAST_SECONDS, BYTES_A_SECOND = 6, 400_000
"""Processor time that any file may take, and how many of its bytes earn a second more: long documents are slow ones."""
LEAST_MEMORY, MEMORY_A_BYTE = 960 << 20, 4
"""Address space in bytes, of which libraries take a third, and how much more for each byte of the file."""
IDLE, SITTING = 20, 300
"""Seconds after which it ends when nothing is asked; longer while somebody looks at pages of a document."""
_WAITING = 8  # times the processor time may pass on the clock: other programs run too
_NO_WINDOW = 0x0800_0000  # CREATE_NO_WINDOW of CreateProcess (Windows)
_PIPE = 1 << 20  # bytes that may wait in a pipe, where Linux lets us choose: a page at once
_STEP = 0.1  # seconds between looks at whether the person stopped it
_lock = threading.Lock()
_process: "_Process | None" = None


class TooMuchError(UnreadableSourceError):
    """A file asks for more time or memory than any document needs, or ended the process that read it."""


def ask(
    task: Callable[..., Any],
    data: bytes,
    *arguments: object,
    name: str = "",
    progress: Progress | None = None,
    seconds: int = LEAST_SECONDS,
    memory: int = LEAST_MEMORY,
    bytes_a_second: int = BYTES_A_SECOND,
    idle: int = IDLE,
) -> Answer:
    """What `task(data, *told, progress)` answers in the other process: JSON, or `Answer` with parts in bytes besides.

    `task` is a function of a module, `told` go to it as they are. `name` is what messages call the file by;
    `seconds` of processor time and `memory` (bytes) may be taken of any file, and more as it is longer: a second for
    `bytes_a_second`. Raises TooMuchError, Cancelled, and what the task
    itself refuses as UnreadableSourceError.
    """
    global _process
    head = {
        "language": language(),
        "seconds": seconds + len(data) // bytes_a_second,
        "memory": memory + len(data) * MEMORY_A_BYTE,
        "idle": idle,
        "document": f"{len(data)} {hash(data)}",  # Python keys it anew each run, and remembers it of the same bytes
    }
    request = _Request(head, pickle.dumps((task, arguments)), data, name, progress or NoProgress())
    with _lock:
        for is_last in (False, True):
            if _process is not None and not _process.alive:
                _process.end()
                _process = None
            _process = _process or _Process()
            try:
                return _process.answer(request)
            except _EndedBeforeError:
                # It ended by itself between two files, since nothing was asked.
                _process.end()
                _process = None
                if is_last:
                    raise _broke_off(name) from None
            except _RefusedError as refused:
                raise UnreadableSourceError(*refused.args) from None
            except BaseException:
                _process.end()
                _process = None
                raise
    raise AssertionError


def stop() -> None:
    """End the process that reads, where there is one: nothing of a file stays in its memory."""
    global _process
    with _lock:
        if _process is not None:
            _process.end()
        _process = None


atexit.register(stop)


class _EndedBeforeError(Exception):
    """The process had ended before it took the request."""


class _RefusedError(Exception):
    """What the task says of the file: message and next step."""


class _Request:
    """What is asked: the head of the message, the task with its arguments, and the file."""

    def __init__(self, head: dict[str, Any], asked: bytes, data: bytes, name: str, progress: Progress) -> None:
        self.head, self.asked, self.data, self.name, self.progress = head, asked, data, name, progress


def _command() -> list[str]:
    """What starts the process: this program once more."""
    program = Path(sys.executable)
    if not getattr(sys, "frozen", False):
        return [str(program), str(ROOT / "main.py"), READ_APART]
    if sys.platform == "win32":
        program = program.with_name("casebook-command.exe")  # the one without a console has no pipes
    return [str(program), READ_APART]


def _job_of(child: "subprocess.Popen[bytes]") -> Job | None:
    """What limits the process on Windows, which has no limits that it could set itself."""
    if sys.platform == "win32":
        import ctypes

        # The Python of a virtual environment starts another one.
        processes = 1 if getattr(sys, "frozen", False) else 2
        return Job(ctypes.WinDLL("kernel32", use_last_error=True), int(child._handle), processes)
    return None


class _Process:
    """The process that reads, its pipe to it and the answers that come back."""

    def __init__(self) -> None:
        self._child = subprocess.Popen(  # noqa: S603 - our own program, no shell
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pipesize=_PIPE,
            stderr=subprocess.DEVNULL,  # a library's words about a file are for nobody
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"},
            creationflags=_NO_WINDOW if sys.platform == "win32" else 0,
        )
        self._job = _job_of(self._child)
        self._sent: dict[str, None] = {}
        self._longest = LEAST_MEMORY
        self._answers: queue.Queue[Message | None] = queue.Queue()
        threading.Thread(target=self._listen, args=(self._child.stdout,), daemon=True).start()

    @property
    def alive(self) -> bool:
        return self._child.poll() is None

    def answer(self, request: _Request) -> Answer:
        self._longest = request.head["memory"]
        if self._job is not None:
            self._job.limit(self._longest)
        is_known = request.head["document"] in self._sent
        self._send(request, with_data=not is_known)
        until = monotonic() + request.head["seconds"] * _WAITING
        while monotonic() < until:
            request.progress.check()
            try:
                message = self._answers.get(timeout=_STEP)
            except queue.Empty:
                continue
            if message is None:
                raise self._ended(request.name)
            head, parts = message
            if "broke" in head:
                raise _broke_off(request.name, str(head["broke"]))
            if "unknown" in head:
                self._send(request, with_data=True)
            elif "refused" in head:
                raise _RefusedError(*map(str, head["refused"]))
            elif "done" in head:
                done, total = head["done"]
                request.progress.report(_("Reading {name}").format(name=request.name), done, total)
            elif "answer" in head:
                return Answer(head["answer"], tuple(parts))
            else:
                raise _too_much(request.name)
        raise _too_much(request.name)

    def _send(self, request: _Request, with_data: bool) -> None:
        stream = self._child.stdin
        assert stream is not None
        try:
            send(stream, request.head, [request.asked, request.data] if with_data else [request.asked])
        except OSError as error:
            raise _EndedBeforeError from error
        self._sent[request.head["document"]] = None

    def _ended(self, name: str) -> OrganizerError:
        """Why it answers no more: a signal stopped it at its limits, or it broke off by itself."""
        return _too_much(name) if self._child.wait() < 0 else _broke_off(name)

    def end(self) -> None:
        self._child.kill()
        self._child.wait()
        if self._job is not None:
            self._job.close()
        for stream in (self._child.stdin, self._child.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:  # what was still to be written to it
                    continue

    def _listen(self, stream: IO[bytes]) -> None:
        """Answers, until the process ends or says what isn't one."""
        try:
            while (begun := receive(stream, self._longest)) is not None:
                head, sizes = begun
                self._answers.put((head, parts_of(stream, sizes)))
        except (NoMessageError, OSError, ValueError):
            self._child.kill()
        self._answers.put(None)


def _too_much(name: str) -> OrganizerError:
    return TooMuchError(
        _("“{name}” asks for more time or memory than any document needs. It was not read.").format(name=name),
        _("It may be damaged, or made to do harm. Ask who gave it to you for another copy."),
    )


def _broke_off(name: str, where: str = "") -> OrganizerError:
    """`where` is for a developer: the type of an unforeseen error and our own lines."""
    error = TooMuchError(
        _("“{name}” broke off while it was read. It was not read.").format(name=name),
        _("It may be damaged, or made to do harm. Ask who gave it to you for another copy."),
    )
    if where:
        error.add_note(where)
    return error
