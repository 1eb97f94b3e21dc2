"""The process that reads foreign files: a request comes in, an answer goes out, nothing else.

It can't take more memory and processor time than it is given, leaves no core dump, and ends when nothing is asked.
"""

import os
import struct
import sys
import threading
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

import orjson

from organizer.base.errors import OrganizerError
from organizer.base.i18n import speak
from organizer.base.process import forbid_dumps
from organizer.base.progress import NoProgress

IDLE = 20.0
"""Seconds without a request after which the process ends."""


class _Reported(NoProgress):
    """Says to the other side how far it is."""

    def report(self, _what: str, done: int = 0, total: int | None = None) -> None:
        """How many parts are done, of how many."""
        _say({"done": [done, total]})


def main() -> None:
    """Serve until the pipe closes or nobody asks."""
    forbid_dumps()
    while True:
        idle = threading.Timer(IDLE, os._exit, [0])
        idle.daemon = True
        idle.start()
        head = sys.stdin.buffer.read(4)
        idle.cancel()
        if len(head) < 4:
            return
        request = orjson.loads(sys.stdin.buffer.read(struct.unpack(">I", head)[0]))
        data = sys.stdin.buffer.read(struct.unpack(">Q", sys.stdin.buffer.read(8))[0])
        speak(request["language"])
        _limit(request["seconds"], request["memory"])
        try:
            _say({"answer": _done(request["task"], data, request["told"])})
        except OrganizerError as refused:
            _say({"refused": [refused.message, refused.next_step]})
        except MemoryError:
            _say({"too_much": True})
            return  # what was taken of it can't be told


def _done(task: str, data: bytes, told: dict[str, Any]) -> Any:
    # Each brings its own libraries: a table needs none for pages.
    if task == "words":
        from organizer.importing.page_text.contents import contents_here

        found = contents_here(data, told["name"], _Reported())
        return {
            "media_type": found.media_type, "title": found.title, "data": found.data, "warnings": found.warnings
        }  # fmt: skip
    if task == "codes":
        from organizer.importing.formats.health_cards.codes import codes_here

        return codes_here(data, told["media_type"])
    from organizer.importing.formats.tables.grid import sheets_here

    return sheets_here(data, told["name"], _Reported())


def _say(answer: dict[str, Any]) -> None:
    said = orjson.dumps(answer, option=orjson.OPT_NON_STR_KEYS)
    sys.stdout.buffer.write(struct.pack(">I", len(said)) + said)
    sys.stdout.buffer.flush()


def _limit(seconds: int, memory: int) -> None:
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


if __name__ == "__main__":
    main()
