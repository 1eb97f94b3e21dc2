"""How the store bears a million results and ten thousand letters, side by side with plain SQLite in one run.

`make benchmark-store` (N=100000 for a quick look) prints ratios and writes its section of RESULTS.md. Both sides use
the same SQLite library, the same cache and the same parsed entries; the other side has one table with one index, no
encryption, no undo, no search. Each part runs in a process of its own, so that its memory is its own.
"""

import gc
import hashlib
import io
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
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import made_up
import orjson
import sqlcipher3

from organizer.base.identifiers import new_id
from organizer.model.entry import Entry, Source
from organizer.services.entries import search
from organizer.services.record import people, records
from organizer.store import change_log, originals, wordings
from organizer.store.keys import KdfCost
from organizer.store.packed import packed

ROOT = Path(__file__).resolve().parents[2]
RESULTS = Path(__file__).with_name("RESULTS.md")
HEADING = "## A million results and ten thousand letters (`make benchmark-store`)"
PASSPHRASE = "five plain words to remember"
CHEAP = KdfCost(65_536, 1, 1)
CACHE = "PRAGMA cache_size = -262144"
EACH_LETTER = 100  # one letter for so many results
COMMITS = 200
TYPED = (
    "creatinine", "haemoglobin 2", "body weight", "potassium", "measure 12 of serum", "northfield laboratory",
    "letter kidney clinic", "dermaren", "tisvertur", "creatinnine", "haemoglobni", '"of serum"',
)  # fmt: skip
GOALS = {
    "import": 2.0, "commit": 1.5, "search p50": 1.5, "first page": 1.5, "search p95, ms": 16,
    "memory at rest, MiB": 300, "memory while importing, MiB": 700, "memory while undoing, MiB": 700,
}  # fmt: skip


def main(count: int) -> int:
    """Measure, print, keep; gives 0."""
    with tempfile.TemporaryDirectory(prefix="casebook-bench-") as folder:
        told = measured(Path(folder), count)
    text = section(told, count)
    sys.stdout.write(text)
    if count >= 1_000_000:
        keep(text)
    return 0


def measured(folder: Path, count: int) -> dict[str, float]:
    """All parts, each in its own process; gives figures by name."""
    made_up.write_results(folder / "results.ndjson", count)
    told: dict[str, float] = {}
    for part in PARTS:
        words = [sys.executable, __file__, "--part", part, str(folder), str(count)]
        began = time.perf_counter()
        done = subprocess.run(words, stdout=subprocess.PIPE, check=True, env=os.environ | ENVIRONMENT)
        sys.stderr.write(f"{part}: {time.perf_counter() - began:.0f} s\n")
        told |= json.loads(done.stdout.splitlines()[-1])
    return told


ENVIRONMENT = {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path[1:2]]), "QT_QPA_PLATFORM": "offscreen"}


def bare(folder: Path, _count: int) -> dict[str, float]:
    """Parse, then executemany into one plain table with one index; afterwards its full text, for the searches."""
    plain = _plain(folder)
    worked = time.process_time()
    spent = _timed(_fill, plain, made_up.read_results(folder / "results.ndjson", "ann"))
    worked = time.process_time() - worked
    plain.execute("CREATE VIRTUAL TABLE words USING fts5 (title, body, content='', prefix='1 2 3')")
    plain.execute("BEGIN")
    plain.executemany(
        "INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)",
        (
            (number, entry.title, wordings.searchable(entry))
            for number, entry in enumerate(made_up.read_results(folder / "results.ndjson", "ann"))
        ),
    )
    plain.execute("COMMIT")
    return {"bare import, s": spent, "bare import, s of processor": worked}


COLUMNS = (
    "id, person, kind, title, code, codes, happened, moment, ended, value, value_text, comparator, unit, status, "
    "struck, data"
)


def _plain_row(entry: Entry) -> tuple[Any, ...]:
    """All of an entry in one row, word for word."""
    return (
        entry.id,
        entry.person,
        entry.kind,
        entry.title,
        entry.code,
        orjson.dumps([[code.system, code.code, code.display] for code in entry.codes]).decode(),
        entry.happened.text if entry.happened else None,
        entry.day_key,
        entry.ended.text if entry.ended else None,
        entry.value,
        entry.value_text,
        entry.comparator,
        entry.unit,
        str(entry.status),
        int(entry.struck),
        orjson.dumps(packed(entry.data), default=dict).decode(),
    )


def _plain(folder: Path) -> Any:
    plain = sqlcipher3.connect(str(folder / "plain.db"), isolation_level=None)
    for words in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", CACHE):
        plain.execute(words).fetchall()
    columns = COLUMNS.replace(" value,", " value REAL,")
    plain.execute(f"CREATE TABLE IF NOT EXISTS entry (number INTEGER PRIMARY KEY, {columns})")
    plain.execute("CREATE INDEX IF NOT EXISTS series ON entry (code, person, moment)")
    return plain


def _fill(plain: Any, entries: Iterable[Entry]) -> None:
    plain.execute("BEGIN")
    plain.executemany(f"INSERT INTO entry ({COLUMNS}) VALUES ({', '.join('?' * 16)})", map(_plain_row, entries))
    plain.execute("COMMIT")


def imported(folder: Path, _count: int) -> dict[str, float]:
    """The same entries into a record: encrypted, searchable, with sources, undoable, checkpointed."""
    record, _code = records.create(folder / "Full", PASSPHRASE, "Ann", CHEAP)
    person = people.chosen_person(record).id
    entries = made_up.read_results(folder / "results.ndjson", person)

    def write() -> None:
        change_log.apply(record, "Imported", (change_log.Add(entry) for entry in entries))
        record.checkpoint()

    worked = time.process_time()
    spent = _timed(write)
    worked = time.process_time() - worked
    records.close(record)
    return {"import, s": spent, "import, s of processor": worked, "memory while importing, MiB": _peak()}


def lettered(folder: Path, count: int) -> dict[str, float]:
    """Letters as originals and documents with their text, after the results; what a plain durable file takes."""
    record = records.open_record(folder / "Full.casebook", PASSPHRASE)
    person = people.chosen_person(record).id
    told = list(made_up.letters(count // EACH_LETTER))

    def write() -> None:
        edits, kept = [], []
        for title, text in told:
            sha256 = hashlib.sha256(text.encode()).hexdigest()
            kept.append(originals.keep(record, io.BytesIO(text.encode()), sha256, title, "text/plain"))
            data = {"file": sha256, "text": text}
            source = Source(document=sha256, identifier=f"{sha256}#")
            edits.append(change_log.Add(Entry("DocumentReference", title, person=person, data=data, sources=(source,))))
        with record.write():
            originals.enter(record, kept)
        change_log.apply(record, "Letters", edits)

    spent = _timed(write)
    plain = folder / "files"
    plain.mkdir()

    def write_plain() -> None:
        for title, text in told:
            with (plain / title).open("wb") as stream:
                stream.write(text.encode())
                stream.flush()
                os.fsync(stream.fileno())

    bare_files = _timed(write_plain)
    records.close(record)
    shutil.rmtree(plain)
    return {"letters, s": spent, "bare letters, s": bare_files}


def committed(folder: Path, _count: int) -> dict[str, float]:
    """One result a commit, each durable when it is reported."""
    record = records.open_record(folder / "Full.casebook", PASSPHRASE)
    plain = _plain(folder)
    one = next(made_up.read_results(folder / "results.ndjson", people.chosen_person(record).id))
    ours, theirs = [], []
    for _n in range(COMMITS):
        entry = replace(one, id=new_id(), sources=())
        ours.append(_timed(change_log.apply, record, "One", [change_log.Add(entry)]))
        theirs.append(_timed(_fill, plain, [entry]))
    records.close(record)
    return {"commit, ms": 1000 * statistics.median(ours), "bare commit, ms": 1000 * statistics.median(theirs)}


def searched(folder: Path, _count: int) -> dict[str, float]:
    """What is typed, letter by letter: the first 50 hits with snippets, beside the bare full-text query ranked."""
    record = records.open_record(folder / "Full.casebook", PASSPHRASE)
    wanted = search.Wanted(people.chosen_person(record).id)
    plain = _plain(folder)
    asked = [text[:end] for text in TYPED for end in range(1, len(text) + 1) if text[:end].strip(' "')]
    ours, theirs = [], []
    for text in asked:
        ours.append(1000 * _timed(search.search, record, text, wanted))
        raw = " ".join(f'"{word}"' for word in text.replace('"', "").split()) + "*"
        theirs.append(1000 * _timed(_ranked, plain, raw))
    records.close(record)
    slow = sorted(zip(ours, asked, strict=True), reverse=True)[:5]
    sys.stderr.write(f"the slowest searches, ms: {slow}\n")
    return {
        f"{side}search p{at}, ms": _share(spent, at)
        for side, spent in (("", ours), ("bare ", theirs))
        for at in (50, 95, 99)
    }


def _ranked(plain: Any, match: str) -> None:
    plain.execute("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT 50", [match]).fetchall()


def _share(spent: list[float], percent: int) -> float:
    return statistics.quantiles(spent, n=100)[percent - 1]


WINDOW_FIGURES = (
    "opening, ms", "opening of an empty one, ms", "first page, ms", "first page of an empty one, ms",
    "memory at rest, MiB", "memory at rest of an empty one, MiB",
)  # fmt: skip


def shown(folder: Path, _count: int) -> dict[str, float]:
    """The first page in the window, of this record and of an empty one, and the memory once it stands still."""
    empty, _code = records.create(folder / "Empty", PASSPHRASE, "Ann", CHEAP)
    records.close(empty)
    runs = {name: [_page(folder, name) for _n in range(3)] for name in ("Full", "Empty")}
    best = [min(run[key] for run in runs[name]) for key in ("open", "page", "memory") for name in runs]
    return dict(zip(WINDOW_FIGURES, best, strict=True))


def _page(folder: Path, name: str) -> dict[str, float]:
    words = [sys.executable, __file__, "--part", "window", str(folder / f"{name}.casebook"), "0"]
    return dict(json.loads(subprocess.run(words, stdout=subprocess.PIPE, check=True).stdout.splitlines()[-1]))


def window(folder: Path, _count: int) -> dict[str, float]:
    """Open the record in a window and wait until its first page has all that it asked for."""
    from organizer.base.settings import Settings
    from ui.shell.app import make_application
    from ui.shell.main_window import MainWindow

    application = make_application([])
    shell = MainWindow(Settings())
    shell.show()
    application.processEvents()
    start = time.perf_counter()
    record = records.open_record(folder, PASSPHRASE)
    opened = time.perf_counter()
    shell.show_record(record, folder)
    while shell.desk.jobs.running:
        application.processEvents()
    shell.grab()
    drawn = time.perf_counter()
    gc.collect()
    memory = _resident()
    shell.close()
    return {"open": 1000 * (opened - start), "page": 1000 * (drawn - opened), "memory": memory}


def undone(folder: Path, _count: int) -> dict[str, float]:
    """Take letters and single results back, then the import of all results in one step."""
    record = records.open_record(folder / "Full.casebook", PASSPHRASE)
    for _n in range(COMMITS + 1):
        change_log.undo(record)
    spent = _timed(change_log.undo, record)
    records.close(record)
    return {"undo of the import, s": spent, "memory while undoing, MiB": _peak()}


PARTS: dict[str, Callable[[Path, int], dict[str, float]]] = {
    "bare": bare, "imported": imported, "lettered": lettered, "committed": committed, "searched": searched,
    "shown": shown, "undone": undone,
}  # fmt: skip


def _timed(work: Callable[..., object], *given: object) -> float:
    start = time.perf_counter()
    work(*given)
    return time.perf_counter() - start


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1 << 20)


def _resident() -> float:
    """MiB in memory now; where the system doesn't say, the most there ever was."""
    status = Path("/proc/self/statm")
    return int(status.read_text().split()[1]) * resource.getpagesize() / (1 << 20) if status.exists() else _peak()


def section(told: dict[str, float], count: int) -> str:
    """The results as a section of RESULTS.md."""
    ratios = {
        "import": told["import, s"] / told["bare import, s"],
        "import, processor alone": told["import, s of processor"] / told["bare import, s of processor"],
        "commit": told["commit, ms"] / told["bare commit, ms"],
        "search p50": told["search p50, ms"] / told["bare search p50, ms"],
        "search p99": told["search p99, ms"] / told["bare search p99, ms"],
        "letters": told["letters, s"] / told["bare letters, s"],
        "opening": told["opening, ms"] / told["opening of an empty one, ms"],
        "first page": told["first page, ms"] / told["first page of an empty one, ms"],
    }
    figures = "\n".join(f"| {name} | {value:.3g} | {_goal(name)} |" for name, value in told.items())
    compared = "\n".join(f"| {name} | {value:.2f} × | {_goal(name)} |" for name, value in ratios.items())
    library = sqlcipher3.connect(":memory:").execute("PRAGMA cipher_version").fetchone()[0]
    machine = (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, "
        f"load {os.getloadavg()[0]:.1f}, SQLCipher {library}, SQLite {sqlcipher3.sqlite_version}; {count:,} results, "
        f"{count // EACH_LETTER:,} letters."
    )
    return (
        f"{HEADING}\n{machine}\n\n| over the bare way | ratio | goal |\n|---|---|---|\n{compared}\n\n"
        f"| measured | | goal |\n|---|---|---|\n{figures}\n"
    )


def _goal(name: str) -> str:
    return f"≤ {GOALS[name]:g}" if name in GOALS else ""


def keep(text: str, file: Path = RESULTS) -> None:
    """Put the section into RESULTS.md in place of the last one."""
    sections = file.read_text("utf-8").split("\n## ")
    others = [one.rstrip() for one in sections if not f"## {one}".startswith(HEADING)]
    file.write_text("\n\n## ".join([*others, text.removeprefix("## ").rstrip()]) + "\n", "utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--part"]:
        work = window if sys.argv[2] == "window" else PARTS[sys.argv[2]]
        sys.stdout.write(json.dumps(work(Path(sys.argv[3]), int(sys.argv[4]))) + "\n")
    else:
        sys.exit(main(int((sys.argv[1:] or [1_000_000])[0])))
