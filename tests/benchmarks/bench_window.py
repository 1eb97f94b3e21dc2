"""How soon the window is there, how fast it turns its pages, and whether work behind it makes it stand still.

`make benchmark-window` prints the figures and writes their section of RESULTS.md. Each part runs in a process of its
own, without a screen; what is painted is painted by the processor. The sample record, and files made up here.
`make benchmark-window N=1000000` opens every page of a record of so many results instead, and prints a table.

By the clock a page or a gap also waits for whatever else the machine does: “own” is the work of the window's own
thread, which is what it would be on a free one.
"""

import gc
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import made_up
import PySide6
from PySide6.QtWidgets import QApplication

from organizer.base.progress import NoProgress
from organizer.base.settings import Settings
from organizer.model.entry import Entry
from organizer.services.bring_in import importing, recognition
from organizer.services.entries import images, search
from organizer.services.opinion import packets
from organizer.services.record import backups, people, records, sample
from organizer.store import change_log
from tests.ui.heartbeat import Heartbeat, wait_for
from tests.ui.test_first_paint import BARE, OURS, seconds
from ui.pages import PAGES
from ui.pages.documents.imaging.pane import Pane
from ui.shell.app import make_application
from ui.shell.main_window import MainWindow

ROOT = Path(__file__).resolve().parents[2]
RESULTS = Path(__file__).with_name("RESULTS.md")
HEADING = "## The window (`make benchmark-window`)"
STARTS, SWITCHES, FRAMES = 15, 7, 300
EACH_LETTER = 100  # one letter for so many results
ROWS, IMPORTED, SLICES = 1_000_000, 10_000, 500
GOALS = {
    "first paint, × a bare window": 1.5,
    "scrolling a million rows, ms a frame": 16,
    "CT of 500 slices, ms a slice once decoded": 16,
    "memory at rest, MiB": 250,
}
MOST_SWITCH, MOST_GAP = 50, 100


def started(folder: Path) -> dict[str, float]:
    """Time to the first paint, each start beside one of a bare window; the quickest of both, as noise only adds."""
    kept = os.environ | {"PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    pairs = [(seconds(BARE, ROOT, kept), seconds(OURS, ROOT, kept)) for _n in range(STARTS)]
    bare, ours = zip(*pairs, strict=True)
    return {
        "first paint, × a bare window": min(ours) / min(bare),
        "first paint, median of the pairs": statistics.median(mine / his for his, mine in pairs),
        "first paint, ms": 1000 * min(ours),
    }


def opened(folder: Path) -> MainWindow:
    """The window on a copy of the sample record."""
    mine = folder / f"{os.getpid()}.casebook"
    shutil.copytree(folder / "Sample.casebook", mine)
    make_application([])
    window = MainWindow(Settings())
    window.resize(1280, 860)
    window.show()
    window.show_record(records.open_record(mine, sample.facts().passphrase), mine)
    settled(window)
    return window


def settled(window: MainWindow) -> None:
    """Until nothing is read any more and all is painted."""
    desk = window.desk
    assert desk is not None
    wait_for(lambda: not desk.jobs.running, 900)
    QApplication.processEvents()


def turned(folder: Path) -> dict[str, float]:
    """From the key to the painted page, one that was looked at before; and the first look, with its reading."""
    window = opened(folder)
    desk = window.desk
    assert desk is not None
    told, first = {}, {}
    for page in PAGES:
        with Heartbeat() as heart:
            spent = timed(lambda one=page.id: (desk.show_page(one), settled(window)))
        first[f"first look at {page.id}, ms"] = 1000 * spent
        first[f"first look at {page.id}, own at most, ms"] = 1000 * heart.longest_own
    for page in PAGES:
        turns = switches(window, page.id)
        told[f"switch to {page.id}, ms"] = 1000 * statistics.median(clock for clock, _own in turns)
        told[f"switch to {page.id}, own, ms"] = 1000 * statistics.median(own for _clock, own in turns)
    told["memory after all pages, MiB"] = held()
    told["memory at rest, MiB"] = at_rest(window)
    window.close()
    return first | told


def switches(window: MainWindow, page: str) -> list[tuple[float, float]]:
    """Seconds by the clock and of the window's own thread, from another page to the painted one, some times over."""
    desk = window.desk
    assert desk is not None
    away = PAGES[0].id if page != PAGES[0].id else PAGES[1].id
    turns = []
    for _n in range(SWITCHES):
        desk.show_page(away)
        settled(window)
        worked = time.thread_time()
        clock = timed(lambda: (desk.show_page(page), QApplication.processEvents()))
        turns.append((clock, time.thread_time() - worked))
        settled(window)
    return turns


def at_rest(window: MainWindow) -> float:
    """MiB that are held once nobody has touched anything for half a minute."""
    window.tidy_record()
    settled(window)
    return held()


def held() -> float:
    """MiB that the process holds."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize() / 2**20


def stocked(folder: Path, count: int) -> None:
    """The sample record with very many results, and a letter for each hundred of them."""
    record, _plan = sample.make_sample(folder / "Sample", NoProgress())
    person = people.chosen_person(record).id
    made_up.write_results(folder / "results.ndjson", count)
    results = made_up.read_results(folder / "results.ndjson", person)
    change_log.apply(record, "Results", (change_log.Add(entry) for entry in results))
    letters = (Entry("DocumentReference", title, person=person, data={"text": text})
               for title, text in made_up.letters(count // EACH_LETTER))  # fmt: skip
    change_log.apply(record, "Letters", (change_log.Add(letter) for letter in letters))
    records.close(record)


def large(folder: Path) -> dict[str, float]:
    """Every page of that record, a row of the table each."""
    window = opened(folder)
    desk = window.desk
    assert desk is not None
    print(LARGE)
    for page in PAGES:
        worked = time.process_time()
        with Heartbeat() as heart:
            desk.show_page(page.id)
            settled(window)
        first = time.process_time() - worked
        turns = [1000 * own for _clock, own in switches(window, page.id)]
        cells = (page.id, f"{first:.2f}", f"{1000 * heart.longest_own:.0f}", f"{statistics.median(turns):.1f}",
                 f"{max(turns):.1f}", f"{held():.0f}")  # fmt: skip
        print(f"| {' | '.join(cells)} |", flush=True)
    print(f"At rest, half a minute later: {at_rest(window):.0f} MiB (goal {GOALS['memory at rest, MiB']:.0f}).")
    window.close()
    return {}


def scrolled(folder: Path) -> dict[str, float]:
    """The longest table that there is, of what an import would bring, at a million rows: scroll, paint, again."""
    from ui.pages.documents.import_review.file_view import _table
    from ui.pages.documents.import_review.items_model import ItemsModel

    window = opened(folder)
    desk = window.desk
    assert desk is not None
    made_up.write_results(folder / "few.ndjson", 500)
    context = desk.context
    plan = importing.plan_import(context.record, [folder / "few.ndjson"], context.person, NoProgress())
    items = [item for file in plan.files for item in file.items]
    model = ItemsModel((items * (ROWS // len(items) + 1))[:ROWS], set())
    table = _table(model, "rows", window.theme)
    table.resize(1000, 700)
    table.show()
    QApplication.processEvents()
    bar = table.verticalScrollBar()
    spent: list[float] = []
    own: list[float] = []
    for frame in range(FRAMES):
        bar.setValue(bar.maximum() * frame // FRAMES)
        worked = time.thread_time()
        spent.append(1000 * timed(table.viewport().repaint))
        own.append(1000 * (time.thread_time() - worked))
    window.close()
    return {
        "scrolling a million rows, ms a frame": statistics.median(spent),
        "scrolling a million rows, own, ms a frame": statistics.median(own),
        "scrolling a million rows, 95th of 100 frames, ms": sorted(spent)[len(spent) * 95 // 100],
    }


def stood_still(folder: Path) -> dict[str, float]:
    """The longest gap in the event loop while each kind of work runs, window and pages in sight."""
    window = opened(folder)
    desk = window.desk
    assert desk is not None
    context = desk.context
    made_up.write_results(folder / "many.ndjson", IMPORTED)
    told: dict[str, float] = {}

    def during(name: str, label: str, work: Callable[..., object], done: Callable[..., None] = lambda _done: None):
        with Heartbeat() as heart:
            context.read(label, work, done)
            settled(window)
        told[f"longest gap, {name}, ms"] = 1000 * heart.longest
        told[f"longest gap, {name}, own, ms"] = 1000 * heart.longest_own

    plans: list[importing.ImportPlan] = []
    wanted = search.Wanted(context.person)
    during(
        "reading files",
        "r",
        lambda r, p: importing.plan_import(r, [folder / "many.ndjson"], context.person, p),
        plans.append,
    )
    during("import", "i", lambda r, p: importing.accept_import(r, plans[0], p), context.announce)
    during("search", "s", lambda r, _p: [search.search(r, word, wanted, 40) for word in ("creat", "ser", "a")])
    during("packet", "p", lambda r, p: packets.preview(r, packets.choice(r), p))
    during("backup", "b", lambda r, p: backups.make(r, folder / "kept.casebook-backup", p))
    if recognition.available():
        scanned(folder / "scan.png")
        during("bringing a scan", "r", lambda r, p: _brought(r, [folder / "scan.png"], p), context.announce)
        ids = recognition.waiting(context.record, context.person)
        during("recognition", "t", lambda r, p: recognition.recognise(r, ids, p), context.announce)
    window.close()
    return told


def imaged(folder: Path) -> dict[str, float]:
    """A CT of five hundred slices: to its first image, from slice to slice, what it holds; nothing decoded before."""
    from tests.organizer.services.slices import a_series
    from ui.pages.documents.imaging.viewer import Viewer, start

    window = opened(folder)
    desk = window.desk
    assert desk is not None
    context = desk.context
    (folder / "ct").mkdir()
    paths = a_series(folder / "ct", SLICES, size=512)
    _brought(context.record, paths, NoProgress())
    study = next(one for one in images.studies(context.record, "") if len(one.sources) >= SLICES)
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    with Heartbeat() as opening:
        start(context, study, window)
        wait_for(lambda: any(one.pane.picture.frame for one in window.findChildren(Viewer)))
    told = {"CT of 500 slices, to the first image, ms": 1000 * (time.perf_counter() - began)}
    pane = window.findChildren(Viewer)[0].pane
    pane.go_to(0)
    settled(window)
    fresh: list[float] = []
    with Heartbeat() as scrolling:
        for _n in range(SLICES - 1):
            fresh.append(timed(lambda: (pane.step(1), wait_for(lambda: _is_painted(pane)))))
    again = [timed(lambda: (pane.step(-1), pane.picture.repaint())) for _n in range(100)]
    held = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    told |= {"CT of 500 slices, ms a slice": 1000 * statistics.median(fresh)}
    told |= {"CT of 500 slices, ms a slice once decoded": 1000 * statistics.median(again)}
    told |= {"CT of 500 slices, MiB more at most": held}
    told |= {"longest gap, CT, ms": 1000 * max(opening.longest, scrolling.longest)}
    told |= {"longest gap, CT, own, ms": 1000 * max(opening.longest_own, scrolling.longest_own)}
    window.close()
    return told


def _is_painted(pane: Pane) -> bool:
    assert pane.series is not None
    answer = pane.loading.get(pane.series.slices[pane.number])
    if answer is not None:
        pane.picture.repaint()
    return answer is not None


def _brought(record: records.Record, paths: list[Path], progress: NoProgress) -> object:
    answers = importing.Answers(unnamed=people.chosen_person(record).id)
    return importing.accept_import(record, importing.plan_import(record, paths, "", progress, answers), progress)


def scanned(path: Path) -> None:
    """A letter as a picture, as a phone would take it."""
    from PIL import Image, ImageDraw, ImageFont

    page = Image.new("L", (1654, 2339), 255)
    font = ImageFont.truetype(str(ROOT / "resources" / "fonts" / "Inter-Regular.ttf"), 34)
    pen = ImageDraw.Draw(page)
    for line in range(40):
        pen.text((150, 150 + line * 50), f"Creatinine {line}.4 mg/dL, seen on the second of March", fill=0, font=font)
    page.save(path)


def timed(work: Callable[[], object]) -> float:
    """Seconds."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


PARTS = {part.__name__: part for part in (started, turned, scrolled, imaged, stood_still)}
LARGE = (
    "| page | first look, s of processor | own at most, ms | switch, own, ms | at most | MiB |\n"
    "|---|---|---|---|---|---|"
)
"""The heading of the table of `large`."""


def measured(folder: Path) -> dict[str, float]:
    """All parts, each in its own process; gives figures by name."""
    record, _plan = sample.make_sample(folder / "Sample", NoProgress())
    records.close(record)
    told: dict[str, float] = {}
    for part in PARTS:
        told |= json.loads(apart(part, folder, subprocess.PIPE).splitlines()[-1])
    return told


def apart(part: str, folder: Path, out: int | None = None) -> bytes:
    """What a part prints in a process of its own, whose memory is its own."""
    here = {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    here |= dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"), str(folder))
    words = [sys.executable, __file__, "--part", part, str(folder)]
    return subprocess.run(words, stdout=out, check=True, env=os.environ | here).stdout or b""


def goal_of(name: str) -> float | None:
    """What the figure should not exceed, where there is a goal."""
    if name.startswith("switch to"):
        return MOST_SWITCH
    return MOST_GAP if name.startswith("longest gap") else GOALS.get(name)


def section(told: dict[str, float]) -> str:
    """The table, with the goals that there are."""
    load = os.getloadavg()[0]
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors (load {load:.1f})"
    lines = [
        HEADING, f"{machine}, Python {platform.python_version()}, PySide6 {PySide6.__version__}, without a screen.", "",
        "| figure | measured | goal |", "|---|---|---|",
    ]  # fmt: skip
    for name, value in told.items():
        goal = goal_of(name)
        met = "" if goal is None else f"≤ {goal:g}{'' if value <= goal else ', missed'}"
        lines.append(f"| {name} | {value:.3g} | {met} |")
    return "\n".join(lines) + "\n"


def keep(text: str) -> None:
    """Put the section in its place in RESULTS.md."""
    before, heading, rest = RESULTS.read_text("utf-8").partition(HEADING)
    following = rest.find("\n## ")
    after = rest[following:] if heading and following >= 0 else ""
    RESULTS.write_text(before.rstrip() + "\n\n" + text + (after and "\n" + after.lstrip("\n")), "utf-8")


def main() -> int:
    """Measure, print, keep; gives 0."""
    with tempfile.TemporaryDirectory(prefix="casebook-bench-") as folder:
        if len(sys.argv) > 1:
            stocked(Path(folder), int(sys.argv[1]))
            apart(large.__name__, Path(folder))
            return 0
        text = section(measured(Path(folder)))
    sys.stdout.write(text)
    keep(text)
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--part"]:
        work = {**PARTS, large.__name__: large}[sys.argv[2]]
        sys.stdout.write("\n" + json.dumps(work(Path(sys.argv[3]))) + "\n")
    else:
        raise SystemExit(main())
