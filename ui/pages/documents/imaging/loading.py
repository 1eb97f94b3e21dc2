"""Images decoded in the background: the wanted one first, then its neighbours; kept up to so many bytes."""

from collections import OrderedDict
from collections.abc import Callable, Sequence

from organizer.base.i18n import _
from organizer.services.entries import images
from organizer.services.entries.images import Frame, Slice
from ui.shell.context import Context

MOST_BYTES = 200_000_000
AHEAD, BEHIND = 24, 6  # images decoded before they are asked for
Answer = Frame | str


class Loading:
    """`arrived(slice, answer)` is called for each image; an answer in words says why one can't be drawn.

    One image a job, so that nobody waits for neighbours, and other work of the window comes between.
    """

    def __init__(self, context: Context, arrived: Callable[[Slice, Answer], None]) -> None:
        self._context, self._arrived = context, arrived
        self._answers: OrderedDict[Slice, Answer] = OrderedDict()
        self._wanted: list[Slice] = []
        self._busy = self._closed = False
        self.size = 0

    def get(self, wanted: Slice) -> Answer | None:
        """What was decoded already."""
        if wanted in self._answers:
            self._answers.move_to_end(wanted)
        return self._answers.get(wanted)

    def ask(self, wanted: Sequence[Slice]) -> None:
        """Decode these in their order; what was asked for before and isn't begun is dropped."""
        self._wanted = [key for key in wanted if key not in self._answers]
        self._next()

    def close(self) -> None:
        """Let go of every image."""
        self._closed = True
        self._wanted.clear()
        self._answers.clear()
        self.size = 0

    def _next(self) -> None:
        if self._busy or self._closed or not self._wanted:
            return
        wanted, self._busy = self._wanted.pop(0), True
        self._context.read(
            _("Drawing images"),
            lambda record, _progress: images.frame_or_reason(record, wanted),
            lambda answer: self._take(wanted, answer),
        )

    def _take(self, wanted: Slice, answer: Answer) -> None:
        self._busy = False
        if self._closed:
            return
        self._answers[wanted] = answer
        self.size += _size(answer)
        while self.size > MOST_BYTES and len(self._answers) > 1:
            self.size -= _size(self._answers.popitem(last=False)[1])
        self._arrived(wanted, answer)
        self._next()


def _size(answer: Answer) -> int:
    return answer.size if isinstance(answer, Frame) else 0
