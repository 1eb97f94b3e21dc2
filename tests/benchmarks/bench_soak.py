"""Hours of use in minutes: pages, entries, forms, documents and previews opened and closed, memory watched.

`make benchmark-soak` prints memory and Python's objects after each tenth of the rounds, in the sample record without a
screen. What is loaded once (libraries, letters, caches that have a bound) comes with the first two tenths; from then on
memory should stay within 40 MiB and the objects flat. At the end the record is locked, and what is left of it is
counted.
"""

import gc
import os
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog

from organizer.base.progress import NoProgress
from organizer.base.settings import Settings
from organizer.model.entry import Entry
from organizer.services.entries import documents, entries
from organizer.services.entries.entries import Query
from organizer.services.record import records, sample
from tests.ui.heartbeat import wait_for
from ui.pages import PAGES
from ui.shell import memory
from ui.shell.app import make_application
from ui.shell.main_window import MainWindow

ROUNDS, PARTS = 60, 10
MOST_MIB = 40
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
    """Every page, an entry, a new form, the search, a document, the packet's preview."""
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
    context.navigate("opinion", step="packet")
    quiet(window)


def main() -> int:
    """Print a line for each tenth; 1 where memory grew beyond the goal."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    make_application([])
    with tempfile.TemporaryDirectory(prefix="soak-") as place:
        folder = Path(place) / "Sample.casebook"
        records.close(sample.make_sample(folder, NoProgress())[0])
        window = MainWindow(Settings())
        window.resize(1280, 860)
        window.show()
        window.show_record(records.open_record(folder, sample.facts().passphrase), folder)
        quiet(window)

        sizes = []
        for number in range(rounds):
            one_round(window, number)
            if (number + 1) % max(1, rounds // PARTS) == 0:
                gc.collect()
                sizes.append(resident())
                print(f"{number + 1:>4} rounds  {sizes[-1]:>6.0f} MiB  {len(gc.get_objects()):>9,} objects", flush=True)

        window.lock()
        wait_for(lambda: window.desk is None)
        for _turn in range(3):
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            QApplication.processEvents()
        memory.collect()
        left = sum(isinstance(held, Entry) for held in gc.get_objects())
        grown = sizes[-1] - sizes[min(1, len(sizes) - 1)]
        print(
            f"grown by {grown:.0f} MiB since the second tenth (goal {MOST_MIB}); after locking {left} entries are left"
        )
        window.close()
    return 0 if grown <= MOST_MIB else 1


if __name__ == "__main__":
    sys.exit(main())
