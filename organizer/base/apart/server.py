"""The process that reads foreign files: a request comes in, an answer goes out, nothing else.

It can't take more memory and processor time than it is given, opens no connection and writes no file where the system
can hold it to that, leaves no core dump, and ends when nothing is asked.
"""

import os
import pickle
import sys
import threading
from collections import OrderedDict
from typing import IO

from organizer.base.apart import limits
from organizer.base.apart.wire import Answer, parts_of, receive, send
from organizer.base.errors import OrganizerError
from organizer.base.i18n import speak
from organizer.base.process import forbid_dumps, traced
from organizer.base.progress import NoProgress

_MOST_HELD = 2
"""Documents that are kept for a further question: the one that is shown, and one beside it."""
_LONGEST = 1 << 40  # of a request: it comes from our own program


class _Reported(NoProgress):
    """Says to the other side how far it is."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self._pipe = pipe

    def report(self, _what: str, done: int = 0, total: int | None = None) -> None:
        """How many parts are done, of how many."""
        send(self._pipe, {"done": [done, total]})


def serve() -> int:
    """Serve until the pipe closes or nobody asks; gives the exit code."""
    forbid_dumps()
    questions, answers = _own_pipes()
    sys.excepthook = lambda _kind, error, _trace: send(answers, {"broke": traced(error)})
    limits.close_in()
    held: OrderedDict[str, bytes] = OrderedDict()
    idle = 20.0
    while True:
        timer = threading.Timer(idle, os._exit, [0])
        timer.daemon = True
        timer.start()
        request = receive(questions, _LONGEST)
        timer.cancel()
        if request is None:
            return 0
        head, sizes = request
        key, idle = head["document"], head["idle"]
        limits.limit(head["seconds"], head["memory"] + sum(map(len, held.values())))
        asked, *sent = parts_of(questions, sizes)
        _hold(held, key, sent)
        if key not in held:
            send(answers, {"unknown": True})
            continue
        speak(head["language"])
        if not _answer(answers, asked, held[key]):
            return 1


def _hold(held: OrderedDict[str, bytes], key: str, sent: list[bytes]) -> None:
    """Keep a document that was sent, and let go of the one that was asked for longest ago."""
    if sent:
        held[key] = sent[0]
    if key in held:
        held.move_to_end(key)
    while len(held) > _MOST_HELD:
        held.popitem(last=False)


def _own_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Both pipes under numbers of their own: what a library prints goes nowhere."""
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    return questions, answers


def _answer(answers: IO[bytes], asked: bytes, data: bytes) -> bool:
    """Do what is asked and say it; False where this process had better end."""
    try:
        task, arguments = pickle.loads(asked)  # noqa: S301 - from our own program, through a pipe that only it can write to
        answer = task(data, *arguments, _Reported(answers))
    except OrganizerError as refused:
        send(answers, {"refused": [refused.message, refused.next_step]})
    except MemoryError:
        send(answers, {"too_much": True})
        return False  # what was taken of it can't be told
    else:
        whole = answer if isinstance(answer, Answer) else Answer(answer)
        send(answers, {"answer": whole.content}, whole.parts)
    return True
