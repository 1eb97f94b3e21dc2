"""The packet beside bare tools, in one run: what joining, stamping, linking, sanitising and tagging cost.

`make benchmark-packet`. 500 mixed exhibit pages (letters, scans, photographs) are made by a seed; the floor is
`qpdf --empty --pages … --remove-unreferenced-resources=no`, which only concatenates. Needs qpdf; prints ratios of
processor time, and by the clock in brackets.
"""

import gc
import io
import os
import platform
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from statistics import median
from unittest.mock import patch

import pikepdf
import reportlab
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from organizer.base.apart import ask as apart
from organizer.base.progress import NoProgress
from organizer.packet.exhibits.exhibits import ExhibitPlan, plan_exhibits
from organizer.packet.exhibits.prepared import Prepared
from organizer.packet.file.build import build_packet, join, open_packet
from organizer.packet.file.front_matter import front_matter
from organizer.packet.packet_input import OriginalFile, PacketChoice, PacketInput
from organizer.packet.page import style
from organizer.packet.page.tags import Tags, set_tree
from organizer.services.entries.documents import draw
from organizer.services.opinion import packets
from organizer.services.record import records, sample
from tests.organizer.packet.people import elena, entry

SEED = 20261125
ROUNDS = 5
MANY = 20_000
WORDS = "renal biopsy shows diffuse mesangial change without crescents follow up advised in six weeks kept"
EACH = WORDS.split()


def letter(chance: random.Random, pages: int) -> bytes:
    """A letter with a text layer, as a hospital's system prints it."""
    paper = io.BytesIO()
    canvas = Canvas(paper, invariant=1)
    for page in range(pages):
        canvas.setFont("Helvetica", 10)
        for line in range(48):
            canvas.drawString(72, 720 - 13 * line, " ".join(chance.choices(EACH, k=12)))
        canvas.drawString(72, 750, f"Department of Nephrology · page {page + 1}")
        canvas.showPage()
    canvas.save()
    return paper.getvalue()


def scan(chance: random.Random, pages: int) -> bytes:
    """Pages as a scanner leaves them: one grey JPEG each, some 400 kB, with paper's noise."""
    paper = io.BytesIO()
    canvas = Canvas(paper, invariant=1)
    for _page in range(pages):
        noise = Image.frombytes("L", (1240, 1754), chance.randbytes(1240 * 1754)).point(lambda level: 200 + level // 5)
        jpeg = io.BytesIO()
        noise.save(jpeg, "JPEG", quality=60)
        canvas.setPageSize((595, 842))
        canvas.drawImage(ImageReader(io.BytesIO(jpeg.getvalue())), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return paper.getvalue()


def documents(chance: random.Random, pages: int) -> dict[str, OriginalFile]:
    """Mixed documents of together `pages` pages."""
    made: dict[str, OriginalFile] = {}
    while pages > 0:
        count = min(pages, chance.randint(1, 12))
        kind = chance.choice((letter, letter, scan))
        name = f"document-{len(made) + 1}"
        made[name] = OriginalFile(name, f"{name}.pdf", "application/pdf", kind(chance, count))
        pages -= count
    return made


def packet_of(originals: dict[str, OriginalFile]) -> PacketInput:
    """Elena's record with these documents behind it, each cited by a report that quotes it."""
    person = elena()
    reports = tuple(
        entry("DiagnosticReport", f"Report {number}", f"2026-{number % 9 + 1:02}", f"{name}:1", category="imaging",
              conclusion="diffuse mesangial change", file=name)
        for number, name in enumerate(originals, 1)
    )  # fmt: skip
    own = tuple(one for one in person.entries if not one.sources or not one.sources[0].document)
    choice = replace(person.choice, include=None, looked_at=frozenset(originals))  # else scans are held back
    return replace(person, entries=(*own, *reports), read_original=originals.__getitem__, choice=choice)


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock and of the processor, of this process and of what it started."""

    clock: float
    processor: float

    def over(self, floor: "Spent") -> str:
        """The ratio by the processor, and by the clock: the first one is steady where others work on the machine."""
        return f"{self.processor / floor.processor:.2f} (clock {self.clock / floor.clock:.2f})"

    def told(self) -> str:
        """Milliseconds of the processor, and by the clock."""
        return f"{self.processor * 1000:.0f} ms (clock {self.clock * 1000:.0f})"


def spent_on(work: Callable[[], object]) -> Spent:
    """What one run takes."""
    gc.collect()
    clock, before = time.perf_counter(), processor()
    work()
    return Spent(time.perf_counter() - clock, processor() - before)


def processor() -> float:
    """Seconds of the processor so far: of this process, of those that it has ended, and of those that still read."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used) + at_work()


def at_work() -> float:
    """Seconds of the processor that the processes took which this one has started and not ended (Linux)."""
    mine = chain.from_iterable(path.read_text("ascii").split() for path in Path("/proc/self/task").glob("*/children"))
    return sum(int(Path(f"/proc/{child}/schedstat").read_text("ascii").split()[0]) for child in mine) / 1e9


def best(*works: Callable[[], object], rounds: int = ROUNDS) -> list[Spent]:
    """The median of each work, run in turn so that the machine's drift meets all alike."""
    runs = [[spent_on(work) for work in works] for _round in range(rounds)]
    return [
        Spent(median(one.clock for one in column), median(one.processor for one in column))
        for column in zip(*runs, strict=True)
    ]


def floor(files: list[Path], out: Path) -> None:
    """Concatenate with qpdf, the bare floor."""
    pages = ["--pages", *map(str, files), "--", "--remove-unreferenced-resources=no", str(out)]
    subprocess.run(["qpdf", "--empty", *pages], check=True, stdout=subprocess.DEVNULL)


def bare_strings(drawn: list[tuple[str, float, float, float, str]], pages: int) -> bytes:
    """The front matter's strings, drawn on a bare reportlab canvas."""
    paper = io.BytesIO()
    canvas = Canvas(paper, invariant=1)
    share = len(drawn) // max(pages, 1) + 1
    for start in range(0, len(drawn), share):
        for font, size, x, y, text in drawn[start : start + share]:  # type: ignore[misc]
            canvas.setFont(font, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return paper.getvalue()


def strings_of(packet: PacketInput, plan: ExhibitPlan) -> list[tuple[str, float, float, float, str]]:
    """Each string that the front matter draws, with its font, size and place."""
    noted: list[tuple[str, float, float, float, str]] = []
    draw = Canvas.drawString

    def note(canvas: Canvas, x: float, y: float, text: str, *more: object, **named: object) -> None:
        noted.append((canvas._fontname, canvas._fontsize, x, y, text))
        draw(canvas, x, y, text, *more, **named)

    Canvas.drawString = note  # type: ignore[method-assign]
    try:
        front_matter(packet, plan)
    finally:
        Canvas.drawString = draw  # type: ignore[method-assign]
    return noted


def memory_of(folder: Path, work: Callable[[], object]) -> int:
    """The most bytes that a child process holds while it works, less what it holds before."""
    read, write = os.pipe()
    apart.stop()  # of the process that reads a fork has the pipe, and not the thread that listens to it
    child = os.fork()
    if child == 0:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        work()
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        os.write(write, str((after - before) * 1024).encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(write)
    return int(os.read(read, 64) or b"0")


@contextmanager
def untagged() -> Iterator[None]:
    """Drawing without marks and elements, as reportlab does it by itself."""
    nothing = {name: lambda *_given: None for name in ("begin", "end", "open", "close")}
    with ExitStack() as stack:
        for name, none in nothing.items():
            stack.enter_context(patch.object(Tags, name, none))
        yield


def finished(packet: PacketInput, plan: ExhibitPlan, tagged: bool) -> None:
    """The front pages as a file of their own, with or without the tree of their elements."""
    with nullcontext() if tagged else untagged():
        front = front_matter(packet, plan)
    with pikepdf.open(io.BytesIO(front.pdf)) as opened:
        if tagged:
            set_tree(opened, front.structure)
        opened.save(io.BytesIO(), static_id=True)


Rows = list[tuple[str, str, str]]


def whole_packets(folder: Path, pages: int) -> Rows:
    """The packet of many exhibit pages over qpdf, and its front pages over bare drawing."""
    originals = documents(random.Random(SEED), pages)
    packet = packet_of(originals)
    out, joined, front = folder / "packet.pdf", folder / "floor.pdf", folder / "front.pdf"
    files = [front]
    for name, original in originals.items():
        files.append(folder / f"{name}.pdf")
        files[-1].write_bytes(original.data)
    prepared = Prepared()
    plan = plan_exhibits(packet, NoProgress(), prepared)
    front.write_bytes(front_matter(packet, plan).pdf)

    def after_a_change() -> None:
        with out.open("wb") as paper:
            join(open_packet(packet, NoProgress(), prepared), paper, NoProgress())

    bare, first, again, locked = best(
        lambda: floor(files, joined),
        lambda: build_packet(packet, out, NoProgress()),
        after_a_change,
        lambda: build_packet(packet, folder / "locked.pdf", NoProgress(), "correct horse battery", prepared),
    )
    size = out.stat().st_size
    held = memory_of(folder, lambda: build_packet(packet, out, NoProgress()))
    drawn = strings_of(packet, plan)
    with pikepdf.open(front) as opened:
        count = len(opened.pages)
    strings, whole, tagged, bare_front = best(
        lambda: bare_strings(drawn, count),
        lambda: front_matter(packet, plan),
        lambda: finished(packet, plan, True),
        lambda: finished(packet, plan, False),
    )
    print(f"{count} front and {pages} exhibit pages, {size / 1e6:.0f} MB; qpdf alone {bare.told()}")
    return [
        ("whole packet after a change of choice, over qpdf", again.over(bare), "≤ 1.25"),
        ("whole packet, documents seen for the first time, over qpdf", first.over(bare), "≤ 1.5"),
        ("whole packet with AES-256, over qpdf", locked.over(bare), "≤ 3"),
        ("peak memory over the packet’s size", f"{held / size:.2f}", "≤ 1.5"),
        (f"front matter, {count} pages, over its {len(drawn)} strings on a canvas", whole.over(strings), "≤ 2.5"),
        ("front matter tagged over untagged", tagged.over(bare_front), "≤ 1.3"),
    ]


def previews(folder: Path) -> Rows:
    """What the window waits for with the sample record: read from the store, drawn, the first page as a picture."""
    record, _plan = sample.make_sample(folder / "sample.casebook", NoProgress())
    kept = packets.prepared()
    usual = packets.choice(record)
    other = packets.choice(record, exclude=("words",))

    def first_page(choice: PacketChoice) -> None:
        draw(packets.begun(record, choice, NoProgress(), kept).front, 0, 1.5)

    packets.preview(record, usual, NoProgress(), kept)
    shown, changed, whole = best(
        lambda: first_page(usual),
        lambda: first_page(other),
        lambda: packets.preview(record, other, NoProgress(), kept),
    )
    records.close(record)
    return [
        ("first preview page, warm", shown.told(), "≤ 150 ms"),
        ("first preview page after a change of choice", changed.told(), "≤ 150 ms"),
        ("the sample’s whole packet after a change of choice", whole.told(), ""),
    ]


def large_record(folder: Path) -> Rows:
    """A packet of a record with very many results, all read from one document."""
    packet = packet_of(documents(random.Random(SEED), 20))
    days = (date(1996, 1, 1) + timedelta(days=number // 2) for number in range(MANY))
    many = tuple(
        entry("Observation", f"Analyte {number % 40}", day.isoformat(), "document-1:1", value=float(number % 90),
              value_text=str(number % 90), unit="mg/dL", category="laboratory", id=f"result-{number}")
        for number, day in enumerate(days)
    )  # fmt: skip
    packet = replace(packet, entries=(*packet.entries, *many))
    spent = spent_on(lambda: build_packet(packet, folder / "large.pdf", NoProgress()))
    return [(f"packet of a record of {MANY:,} results", spent.told(), "")]


def main() -> int:
    if shutil.which("qpdf") is None:
        print("qpdf is not on this machine; it is the floor that this benchmark measures against.")
        return 0
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    print(f"{platform.platform()}, Python {platform.python_version()}, reportlab {reportlab.__version__}, "
          f"pikepdf {pikepdf.__version__}, {os.cpu_count()} cores")  # fmt: skip
    style.register_fonts()
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        rows = [*previews(folder), *large_record(folder), *whole_packets(folder, pages)]
    for what, figure, goal in rows:
        print(f"{figure:>22}  goal {goal:<9} {what}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
