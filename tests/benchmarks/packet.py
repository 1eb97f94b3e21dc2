"""The packet beside bare tools, in one run: what joining, stamping, linking, sanitising and tagging cost.

`make benchmark-packet`. 500 mixed exhibit pages (letters, scans, photographs) are made by a seed; the floor is
`qpdf --empty --pages … --remove-unreferenced-resources=no`, which only concatenates. Needs qpdf; prints ratios.
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
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import reportlab
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from organizer.base.progress import NoProgress
from organizer.packet import style
from organizer.packet.build import build_packet, write_pages
from organizer.packet.exhibits import Prepared, plan_exhibits
from organizer.packet.front_matter import front_matter
from organizer.packet.packet_input import OriginalFile, PacketInput
from tests.organizer.packet.people import elena, entry

SEED = 20261125
ROUNDS = 5
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
    choice = replace(person.choice, include=None)
    return replace(person, entries=(*own, *reports), read_original=originals.__getitem__, choice=choice)


def timed(work: Callable[[], object]) -> float:
    """Seconds of one run."""
    gc.collect()
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def best(*works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """The median seconds of each work, run in turn so that the machine's drift meets all alike."""
    times = [[timed(work) for work in works] for _round in range(rounds)]
    return [sorted(column)[len(column) // 2] for column in zip(*times, strict=True)]


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


def strings_of(packet: PacketInput, plan: object) -> list[tuple[str, float, float, float, str]]:
    """Each string that the front matter draws, with its font, size and place."""
    noted: list[tuple[str, float, float, float, str]] = []
    draw = Canvas.drawString

    def note(canvas: Canvas, x: float, y: float, text: str, *more: object, **named: object) -> None:
        noted.append((canvas._fontname, canvas._fontsize, x, y, text))
        draw(canvas, x, y, text, *more, **named)

    Canvas.drawString = note  # type: ignore[method-assign]
    try:
        front_matter(packet, plan)  # type: ignore[arg-type]
    finally:
        Canvas.drawString = draw  # type: ignore[method-assign]
    return noted


def memory_of(folder: Path, work: Callable[[], object]) -> int:
    """The most bytes that a child process holds while it works, less what it holds before."""
    read, write = os.pipe()
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


def report(pages: int) -> list[tuple[str, str, str]]:
    """All ratios as (what, ratio, goal)."""
    chance = random.Random(SEED)
    style.register_fonts()
    originals = documents(chance, pages)
    packet = packet_of(originals)
    rows: list[tuple[str, str, str]] = []
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        out, joined = folder / "packet.pdf", folder / "floor.pdf"
        files = []
        for name, original in originals.items():
            files.append(folder / f"{name}.pdf")
            files[-1].write_bytes(original.data)
        prepared = Prepared()
        plan = plan_exhibits(packet, NoProgress(), prepared)
        front = folder / "front.pdf"
        front.write_bytes(front_matter(packet, plan).pdf)
        files.insert(0, front)

        def ready() -> None:
            with out.open("wb") as paper:
                write_pages(packet, paper, NoProgress(), prepared)

        bare, first, again, locked = best(
            lambda: floor(files, joined),
            lambda: build_packet(packet, out, NoProgress()),
            ready,
            lambda: build_packet(packet, out, NoProgress(), "correct horse battery", prepared),
        )
        rows.append(("whole packet, documents seen for the first time, over qpdf", f"{first / bare:.2f}", "≤ 1.25"))
        rows.append(("whole packet after a change of choice, over qpdf", f"{again / bare:.2f}", "≤ 1.25"))
        rows.append(("whole packet with AES-256, over qpdf", f"{locked / bare:.2f}", "≤ 3"))
        size = out.stat().st_size
        held = memory_of(folder, lambda: build_packet(packet, out, NoProgress()))
        rows.append(("peak memory over the packet’s size", f"{held / size:.2f}", "≤ 1.5"))
        drawn = strings_of(packet, plan)
        with pikepdf.open(front) as opened:
            count = len(opened.pages)
        strings, whole = best(lambda: bare_strings(drawn, count), lambda: front_matter(packet, plan))
        rows.append((f"front matter, {count} pages, over its strings on a canvas", f"{whole / strings:.2f}", "≤ 2"))
        with pikepdf.open(out, password="correct horse battery") as opened:
            print(f"{len(opened.pages)} pages, {size / 1e6:.0f} MB, qpdf alone {bare:.2f} s")
    return rows


def main() -> int:
    if shutil.which("qpdf") is None:
        print("qpdf is not on this machine; it is the floor that this benchmark measures against.")
        return 0
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    print(f"{platform.platform()}, Python {platform.python_version()}, reportlab {reportlab.__version__}, "
          f"pikepdf {pikepdf.__version__}, {os.cpu_count()} cores")  # fmt: skip
    for what, ratio, goal in report(pages):
        print(f"{ratio:>6}  goal {goal:<7} {what}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
