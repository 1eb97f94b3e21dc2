"""Asks a process of our own to read a foreign file, within limits of time and memory that grow with the file.

One process serves one file after another, and ends by itself when nothing was asked for a while, or when its pipe
closes because this program ended. It gets the bytes through a pipe, writes no file, and answers in JSON, since what
comes out of it is not to be trusted more than the file.
"""

import atexit
import os
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from time import monotonic
from typing import IO, Any

import orjson

from organizer.base.errors import OrganizerError, UnreadableSourceError
from organizer.base.i18n import _, language
from organizer.base.progress import NoProgress, Progress

LEAST_SECONDS, BYTES_A_SECOND = 6, 400_000
"""Processor time that any file may take, and how many of its bytes earn a second more: long documents are slow ones."""
LEAST_MEMORY, MEMORY_A_BYTE = 960 << 20, 4
"""Address space in bytes, of which libraries take a third, and how much more for each byte of the file."""
_WAITING = 8  # times the processor time may pass on the clock: other programs run too
_NO_WINDOW = 0x0800_0000  # CREATE_NO_WINDOW of CreateProcess (Windows)
_STEP = 0.1  # seconds between looks at whether the person stopped it
READ_APART = "--read-apart"
"""The argument with which the packaged program becomes this process: it has no Python of its own to start."""
_lock = threading.Lock()
_process: "_Process | None" = None


class TooMuchError(UnreadableSourceError):
    """A file asks for more time or memory than any document needs, or ended the process that read it."""


def ask(task: str, data: bytes, told: Mapping[str, Any], progress: Progress | None = None) -> Any:
    """What `task` (see `__main__`) finds in the bytes. `told` are its other arguments, in JSON.

    Raises TooMuchError, Cancelled, and what the task itself refuses as UnreadableSourceError.
    """
    global _process
    request = {
        "task": task,
        "told": dict(told),
        "language": language(),
        "seconds": LEAST_SECONDS + len(data) // BYTES_A_SECOND,
        "memory": LEAST_MEMORY + len(data) * MEMORY_A_BYTE,
    }
    with _lock:
        for is_last in (False, True):
            if _process is not None and not _process.alive:
                _process.end()
                _process = None
            _process = _process or _Process()
            try:
                return _process.answer(request, data, progress or NoProgress())
            except _EndedBeforeError:
                # It ended by itself between two files, since nothing was asked.
                _process.end()
                _process = None
                if is_last:
                    raise _too_much(told) from None
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


def _command() -> list[str]:
    """What starts the process: this Python with its file, or the packaged program once more."""
    program = Path(sys.executable)
    if not getattr(sys, "frozen", False):
        return [str(program), str(Path(__file__).with_name("__main__.py"))]
    if sys.platform == "win32":
        program = program.with_name("casebook-command.exe")  # the one without a console has no pipes
    return [str(program), READ_APART]


class _Process:
    """The process that reads, its pipe to it and the answers that come back."""

    def __init__(self) -> None:
        self._child = subprocess.Popen(  # noqa: S603 - our own program, no shell
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a library's words about a file are for nobody
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
            creationflags=_NO_WINDOW if sys.platform == "win32" else 0,
        )
        self._answers: queue.Queue[dict[str, Any] | None] = queue.Queue()
        threading.Thread(target=self._listen, args=(self._child.stdout,), daemon=True).start()

    @property
    def alive(self) -> bool:
        return self._child.poll() is None

    def answer(self, request: dict[str, Any], data: bytes, progress: Progress) -> Any:
        head = orjson.dumps(request)
        stream = self._child.stdin
        assert stream is not None
        try:
            stream.write(struct.pack(">I", len(head)) + head + struct.pack(">Q", len(data)))
            stream.flush()
        except OSError as error:
            raise _EndedBeforeError from error
        try:
            stream.write(data)
            stream.flush()
        except OSError as error:
            raise _too_much(request["told"]) from error
        until = monotonic() + request["seconds"] * _WAITING
        while monotonic() < until:
            progress.check()
            try:
                answer = self._answers.get(timeout=_STEP)
            except queue.Empty:
                continue
            if answer is None or "too_much" in answer:
                raise _too_much(request["told"])
            if "refused" in answer:
                raise _RefusedError(*map(str, answer["refused"]))
            if "done" in answer:
                done, total = answer["done"]
                progress.report(_("Reading {name}").format(name=request["told"].get("name", "")), done, total)
                continue
            return answer.get("answer")
        raise _too_much(request["told"])

    def end(self) -> None:
        self._child.kill()
        self._child.wait()
        for stream in (self._child.stdin, self._child.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:  # what was still to be written to it
                    continue

    def _listen(self, stream: IO[bytes]) -> None:
        """Answers, until the process ends or says what isn't one."""
        try:
            while len(head := stream.read(4)) == 4:
                answer = orjson.loads(stream.read(struct.unpack(">I", head)[0]))
                if not isinstance(answer, dict):
                    break
                self._answers.put(answer)
        except (orjson.JSONDecodeError, OSError, ValueError):
            pass
        self._answers.put(None)


def _too_much(told: Mapping[str, Any]) -> OrganizerError:
    return TooMuchError(
        _("“{name}” asks for more time or memory than any document needs. It was not read.").format(
            name=told.get("name", "")
        ),
        _("It may be damaged, or made to do harm. Ask who gave it to you for another copy."),
    )
