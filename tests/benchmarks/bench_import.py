"""How fast records come in, each beside the least that any reader must do, in one run.

`make benchmark-import` prints ratios and writes its section of RESULTS.md. FHIR: bundles planned, matched and entered
in the encrypted record, beside orjson.loads and an executemany into plain SQLite. A phone's export of 200 MB (N=20 for
a quick look) beside a bare expat pass. A folder of 1,000 mixed documents. Progress and cancelling are timed as they go.
"""

import json
import platform
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from xml.parsers import expat

import orjson

from organizer.base.errors import Cancelled
from organizer.base.progress import CancellableProgress, NoProgress
from organizer.services.bring_in import importing
from organizer.services.record import records
from organizer.store.keys import KdfCost

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "resources" / "sample"
RESULTS = Path(__file__).with_name("RESULTS.md")
HEADING = "## Records coming in (`make benchmark-import`)"
CHEAP = KdfCost(65_536, 1, 1)
BUNDLES = 24
DOCUMENTS = 1_000
GOALS = {
    "FHIR, × orjson and executemany": 4.0, "phone, × bare expat": 3.0, "phone, peak MiB": 250,
    "longest time without progress, ms": 100, "cancelled after, ms": 200,
}  # fmt: skip


class Watched(CancellableProgress):
    """Remembers the longest silence; asks to stop after `seconds`, and when that was."""

    def __init__(self, seconds: float = 0.0) -> None:
        super().__init__()
        self.longest = 0.0
        self.asked = 0.0
        self._last = 0.0
        if seconds:
            threading.Timer(seconds, self._stop).start()

    def _stop(self) -> None:
        self.asked = time.monotonic()
        self.cancel()

    def report(self, what: str, done: int = 0, total: int | None = None) -> None:
        """Note how long ago the last report was."""
        now = time.monotonic()
        self.longest = max(self.longest, now - self._last if self._last else 0.0)
        self._last = now


def bundles(folder: Path) -> list[Path]:
    """One patient's bundle after the other, names, births and identifiers of their own.

    Made of the Synthea bundles beside the checkout where they are, else of the sample's.
    """
    synthea = sorted((ROOT.parent / "shared" / "records" / "fhir_r4_synthea").glob("*.json"))
    likes = synthea or [SAMPLES / "st-annes-fhir-bundle.json"]
    paths = []
    for number in range(BUNDLES):
        whole = json.loads(likes[number % len(likes)].read_text("utf-8"))
        patient = next(one["resource"] for one in whole["entry"] if one["resource"]["resourceType"] == "Patient")
        patient["name"][0]["family"] += str(number)
        for one in whole["entry"]:
            one["resource"].pop("presentedForm", None)  # Synthea's reports bring no PDF
        text = json.dumps(whole, indent=2)
        for name in {one["fullUrl"] for one in whole["entry"] if one.get("fullUrl")}:
            text = text.replace(name, f"{name}-{number}")
        paths.append(folder / f"bundle-{number}.json")
        paths[-1].write_text(text, "utf-8")
    return paths


def plain(paths: list[Path], folder: Path) -> float:
    """Seconds for orjson.loads and one executemany a file into SQLite with one index, without encryption."""
    began = time.perf_counter()
    with sqlite3.connect(folder / "plain.db") as made:
        made.execute("PRAGMA journal_mode = WAL")
        made.execute("CREATE TABLE entry (name TEXT, kind TEXT, data BLOB)")
        made.execute("CREATE INDEX named ON entry (name)")
        for path in paths:
            listed = orjson.loads(path.read_bytes())["entry"]
            kept = [(one.get("fullUrl"), one["resource"]) for one in listed]
            rows = [(name, told["resourceType"], orjson.dumps(told)) for name, told in kept]
            made.executemany("INSERT INTO entry VALUES (?, ?, ?)", rows)
    return time.perf_counter() - began


def phone_export(path: Path, megabytes: int) -> Path:
    """Readings of a watch, a scale and a phone, as many as fill the file."""
    record = (
        '<Record type="HKQuantityTypeIdentifier{kind}" sourceName="Watch" sourceVersion="10.1" device="&lt;&lt;HKDevice'
        ': 0x2&gt;, name:Apple Watch&gt;" unit="{unit}" creationDate="{day} {at} +0100" startDate="{day} {at} +0100" '
        'endDate="{day} {at} +0100" value="{value}"/>\n'
    )
    kinds = (("HeartRate", "count/min", 64), ("StepCount", "count", 31), ("ActiveEnergyBurned", "kcal", 2))
    with path.open("w", encoding="utf-8") as stream:
        stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<HealthData locale="en_GB">\n')
        number = 0
        while stream.tell() < megabytes << 20:
            kind, unit, value = kinds[number % 3]
            second = number // 3 * 20
            day = time.strftime("%Y-%m-%d", time.gmtime(1_500_000_000 + second))
            at = time.strftime("%H:%M:%S", time.gmtime(1_500_000_000 + second))
            stream.write(record.format(kind=kind, unit=unit, day=day, at=at, value=value + number % 17))
            if number % 1500 == 0:
                stream.write(record.format(kind="BodyMass", unit="kg", day=day, at=at, value=70 + number % 7 / 10))
            number += 1
        stream.write("</HealthData>\n")
    return path


def bare_expat(path: Path) -> float:
    """Seconds for expat to see every element of the file."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda _name, _told: None
    began = time.perf_counter()
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 18):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    return time.perf_counter() - began


def documents(folder: Path) -> Path:
    """A thousand files of all kinds, none like the other."""
    kinds = [path for path in sorted(SAMPLES.iterdir()) if path.suffix in (".pdf", ".xml", ".png")]
    for number in range(DOCUMENTS):
        place = folder / f"{number % 20}"
        place.mkdir(parents=True, exist_ok=True)
        if number % 4 == 0 and number < 200:
            like = kinds[number // 4 % len(kinds)]
            end = b"<!-- %d -->" if like.suffix == ".xml" else b"\n%% %d"
            (place / f"{number}-{like.name}").write_bytes(like.read_bytes() + end % number)
        elif number % 4 == 1:
            rows = "".join(f"2026-02-{day:02},Sodium,{130 + (day + number) % 20},mmol/L\n" for day in range(1, 20))
            (place / f"{number}.csv").write_text(f"Date,Test,Result,Units\n{rows}")
        else:
            (place / f"{number}.txt").write_text(f"Letter {number} of the clinic.\n" * 40)
    return folder


def brought(paths: list[Path], folder: Path, progress: CancellableProgress | None = None) -> float:
    """Seconds to plan and accept in a record of its own."""
    record, _code = records.create(folder / "A.casebook", "five plain words", "Ann Example", CHEAP)
    began = time.perf_counter()
    plan = importing.plan_import(record, paths, "", progress or NoProgress())
    importing.accept_import(record, plan, progress or NoProgress())
    seconds = time.perf_counter() - began
    records.close(record)
    shutil.rmtree(folder / "A.casebook")
    return seconds


def cancelled(paths: list[Path], folder: Path, after: float) -> float:
    """Seconds from asking to stop until it has stopped; 0 where it was done before."""
    record, _code = records.create(folder / "A.casebook", "five plain words", "Ann Example", CHEAP)
    progress = Watched(after)
    try:
        plan = importing.plan_import(record, paths, "", progress)
        importing.accept_import(record, plan, progress)
        stopped = progress.asked
    except Cancelled:
        stopped = time.monotonic()
    records.close(record)
    shutil.rmtree(folder / "A.casebook")
    return max(0.0, stopped - progress.asked) if progress.asked else 0.0


def phone_alone(path: str, folder: str) -> None:
    """In a process of its own: seconds, and its peak memory above that of the empty record, as JSON."""
    progress = Watched()
    seconds = brought([Path(path)], Path(folder), progress)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"seconds": seconds, "peak": peak, "longest": progress.longest}))


def measured(folder: Path, megabytes: int) -> dict[str, float]:
    """All figures."""
    told: dict[str, float] = {}
    paths = bundles(folder)
    told["FHIR, MB"] = sum(path.stat().st_size for path in paths) / 1e6
    base = min(plain(paths, _fresh(folder, "plain")) for _round in range(3))
    watched = [Watched() for _round in range(4)]
    ours = min(brought(paths, folder, one) for one in watched[:3])
    told["FHIR, × orjson and executemany"] = ours / base
    phone = phone_export(folder / "export.xml", megabytes)
    told["phone, MB"] = phone.stat().st_size / 1e6
    base = min(bare_expat(phone) for _round in range(2))
    command = [sys.executable, __file__, "--phone", str(phone), str(folder)]
    alone = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    told["phone, × bare expat"] = alone["seconds"] / base
    told["phone, peak MiB"] = alone["peak"]
    mixed = documents(folder / "mixed")
    told["1,000 documents, s"] = brought([mixed], folder, watched[3])
    told["longest time without progress, ms"] = 1000 * max(alone["longest"], *(one.longest for one in watched))
    stops = [cancelled(paths, folder, 0.4), cancelled([phone], folder, 0.7), cancelled([mixed], folder, 1.0)]
    told["cancelled after, ms"] = 1000 * max(stops)
    return told


def _fresh(folder: Path, name: str) -> Path:
    place = folder / name
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    return place


def section(told: dict[str, float]) -> str:
    """The table, with the goals that there are."""
    lines = [
        HEADING, f"{platform.system()} {platform.machine()}, Python {platform.python_version()}; best of three.", "",
        "| figure | measured | goal |", "|---|---|---|",
    ]  # fmt: skip
    for name, value in told.items():
        goal = GOALS.get(name)
        met = "" if goal is None else f"≤ {goal:g}{'' if value <= goal else ', missed'}"
        lines.append(f"| {name} | {value:.3g} | {met} |")
    return "\n".join(lines) + "\n"


def keep(text: str) -> None:
    """Put the section in its place in RESULTS.md."""
    whole = RESULTS.read_text("utf-8")
    before, heading, rest = whole.partition(HEADING)
    following = rest.find("\n## ")
    after = rest[following:] if heading and following >= 0 else ""
    RESULTS.write_text(before.rstrip() + "\n\n" + text + (after and "\n" + after.lstrip("\n")), "utf-8")


def main(megabytes: int) -> int:
    """Measure, print, keep what was measured in full; gives 0."""
    with tempfile.TemporaryDirectory(prefix="casebook-bench-") as folder:
        told = measured(Path(folder), megabytes)
    sys.stdout.write(section(told))
    if megabytes >= 200:
        keep(section(told))
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--phone"]:
        phone_alone(sys.argv[2], sys.argv[3])
    else:
        raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
