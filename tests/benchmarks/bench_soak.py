"""Hours of use: pages, entries, forms, documents, series and previews opened and closed, memory watched.

`make benchmark-soak` prints memory and Python's objects after each tenth of the rounds, in the sample record without a
screen; `make benchmark-soak N=60m` goes on for sixty minutes instead. What is loaded once (libraries, letters, caches
that have a bound) comes with the first two tenths; from then on memory should stay within 40 MiB and the objects flat.
At the end the record is locked, and what is left of it is counted.
"""

import gc
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog

from organizer.base.progress import NoProgress
from organizer.base.settings import Settings
from organizer.model.entry import Entry
from organizer.services.entries import documents, entries, images
from organizer.services.entries.entries import Query
from organizer.services.record import records, sample
from tests.ui.heartbeat import wait_for
from ui.pages import PAGES
from ui.pages.documents.imaging import viewer
from ui.shell import memory
from ui.shell.app import make_application
from ui.shell.main_window import MainWindow

ROUNDS, PARTS = 60, 10
MOST_MIB = 40
MOST_OBJECTS = 0.02
"""Of the objects after the second tenth: so many more may be left by the last."""
KINDS = ("Observation", "Condition", "MedicationStatement")


def resident() -> float:
    """Memory of this process in MiB, as the system counts it now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def quiet(window: MainWindow) -> None:
    """Wait until nothing runs behind the window."""
    wait_for(lambda: window.desk is None or not window.desk.jobs.running)


def close_dialogs(window: MainWindow) -> None:
    """Close whatever was opened, as Escape would."""
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible():
            dialog.done(QDialog.DialogCode.Rejected)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def one_round(window: MainWindow, number: int) -> None:
    """Every page, an entry, a new form, the search, a document, a series of images, the packet's preview."""
    desk = window.desk
    assert desk is not None
    for page in PAGES:
        desk.show_page(page.id)
        quiet(window)

    context = desk.context
    shown = entries.find(context.record, Query((KINDS[number % len(KINDS)],), context.person, limit=20))
    desk.show_form(shown[number % len(shown)], shown[0].kind)
    close_dialogs(window)
    desk.show_form(None, KINDS[number % len(KINDS)])
    close_dialogs(window)
    desk.search()
    close_dialogs(window)

    kept = documents.all_documents(context.record, context.person)
    context.navigate("documents", sha=kept[number % len(kept)].sha256)
    quiet(window)

    studies = images.studies(context.record, context.person)
    if studies:
        viewer.start(context, studies[number % len(studies)], window)
        quiet(window)
        close_dialogs(window)

    context.navigate("opinion", step="packet")
    quiet(window)


@dataclass(frozen=True)
class Held:
    """What the process holds after some rounds: MiB, and Python's objects by their type."""

    mib: float
    objects: Counter[str]

    @property
    def count(self) -> int:
        """All objects."""
        return self.objects.total()

    def more_than(self, before: "Held") -> str:
        """The types of which there are most more than before, for who looks for a leak."""
        more = (self.objects - before.objects).most_common(6)
        return ", ".join(f"{count:+,} {name}" for name, count in more)


def held() -> Held:
    """What is held now, once what nobody holds is gone."""
    gc.collect()
    return Held(resident(), Counter(type(thing).__name__ for thing in gc.get_objects()))


def tenths(wish: str) -> Iterator[tuple[int, bool]]:
    """The number of each round, and whether a tenth of them ends with it: of so many rounds, or minutes (`60m`)."""
    if not wish.endswith("m"):
        rounds = int(wish)
        for number in range(rounds):
            yield number, (number + 1) % max(1, rounds // PARTS) == 0
        return

    began, seconds, number, part = time.monotonic(), 60 * float(wish[:-1]), 0, 1
    while part <= PARTS:
        is_over = time.monotonic() - began >= seconds * part / PARTS
        yield number, is_over
        number, part = number + 1, part + is_over


def main() -> int:
    """Print a line for each tenth; 1 where memory or objects grew beyond the goal."""
    make_application([])
    with tempfile.TemporaryDirectory(prefix="soak-") as place:
        folder = Path(place) / "Sample.casebook"
        records.close(sample.make_sample(folder, NoProgress())[0])
        window = MainWindow(Settings(idle_minutes=0))  # nobody is there to move the pointer
        window.resize(1280, 860)
        window.show()
        window.show_record(records.open_record(folder, sample.facts().passphrase), folder)
        quiet(window)

        states: list[Held] = []
        for number, is_tenth in tenths(sys.argv[1] if len(sys.argv) > 1 else str(ROUNDS)):
            one_round(window, number)
            if is_tenth:
                states.append(held())
                print(f"{number + 1:>4} rounds  {states[-1].mib:>6.0f} MiB  {states[-1].count:>9,} objects", flush=True)

        window.lock()
        wait_for(lambda: window.desk is None)
        for _turn in range(3):
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            QApplication.processEvents()
        memory.collect()
        left = sum(isinstance(thing, Entry) for thing in gc.get_objects())
        window.close()

    second, last = states[min(1, len(states) - 1)], states[-1]
    grown, more = last.mib - second.mib, last.count / second.count - 1
    print(f"since the second tenth: {grown:+.0f} MiB (goal {MOST_MIB}), {more:+.1%} objects (goal {MOST_OBJECTS:.0%})")
    print(f"most of them: {last.more_than(second) or 'none'}")
    print(f"after locking {left} entries are left")
    return 0 if grown <= MOST_MIB and more <= MOST_OBJECTS else 1


if __name__ == "__main__":
    sys.exit(main())
