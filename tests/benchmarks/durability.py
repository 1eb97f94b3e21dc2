"""What was reported as saved survives kill −9 and a power loss.

`make test-durability` prints what was lost: nothing, or it exits with 1. This file takes two numbers: rounds, cuts.

Kill: a child adds, changes, undoes and imports and says each thing only after its commit; it is killed at a random
moment. Then the record opens, holds everything that was said, and no half of an import. Power loss: the child's
writes are recorded by strace, and replayed up to a cut with whatever was not fsynced by then dropped or torn.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from power_loss import CALLS, Recording, replayed

from organizer.base.progress import NoProgress
from organizer.model.entry import Entry
from organizer.services.bring_in import importing
from organizer.services.entries.entries import Query, find
from organizer.services.record import records, verifying
from organizer.store import change_log
from organizer.store.keys import KdfCost

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
PASSPHRASE = "five plain words to remember"
CHEAP = KdfCost(65_536, 1, 1)
IMPORTED = "\n".join(
    json.dumps({"resourceType": "Observation", "id": f"o{n}", "status": "final", "code": {"text": f"Imported {n}"}})
    for n in range(300)
)


def main(rounds: int, cuts: int) -> int:
    """Both tests; gives 0 where nothing was lost."""
    with tempfile.TemporaryDirectory(prefix="casebook-durability-") as folder:
        lost = killed(Path(folder), rounds)
        sys.stdout.write(f"kill -9: {rounds} rounds, {lost} with a loss\n")
        if shutil.which("strace") is None:
            sys.stdout.write("power loss: skipped, strace is not on this machine\n")
            return 1 if lost else 0
        broken = cut_off(Path(folder), cuts)
        sys.stdout.write(f"power loss: {cuts} cuts, {broken} with a loss\n")
    return 1 if lost or broken else 0


def killed(folder: Path, rounds: int) -> int:
    """How many rounds lost something that the child had said, or left a half import."""
    path = fresh(folder / "killed")
    chance = random.Random(20_261_124)
    lost = 0
    for number in range(rounds):
        said = struck_down(path, f"r{number}", chance.uniform(0.25, 0.9))
        problem = missing(path, said)
        if problem:
            sys.stdout.write(f"round {number}: {problem}\n")
        lost += bool(problem)
    return lost


def fresh(folder: Path) -> Path:
    """A new record with one person."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    record, _code = records.create(folder / "Ann", PASSPHRASE, "Ann Lee", CHEAP)
    records.close(record)
    return record.path


def struck_down(path: Path, name: str, seconds: float) -> list[str]:
    """Start the child, kill it after so many seconds of work; gives what it said."""
    words = [sys.executable, __file__, "--child", str(path), name]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, bufsize=1, env=ENVIRONMENT) as child:
        assert child.stdout is not None
        said = [child.stdout.readline().strip()]  # "ready"
        time.sleep(seconds)
        child.kill()
        said += [line.strip() for line in child.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    return said


def missing(path: Path, said: list[str]) -> str:
    """What of the child's words the record doesn't hold, or what else is wrong with it; "" where all is well."""
    record = records.open_record(path, PASSPHRASE)
    try:
        problems = verifying.verify(record, NoProgress()).problems
        if problems:
            return problems[0]
        titles = {one.title for one in find(record, Query())}
        last = {line.partition(" ")[2]: line.partition(" ")[0] for line in said}
        for title, word in last.items():
            undone_unsaid = title == list(last)[-1]  # killed between the commit of an undo and its word
            lost = word == "added" and title not in titles and not undone_unsaid
            if lost or (word == "undone" and title in titles):
                return f"said “{word} {title}”, and the record differs"
        imported = sum(title.startswith("Imported ") for title in titles)
        return "" if imported in (0, 300) else f"{imported} of 300 imported"
    finally:
        records.close(record)


def child(path: Path, name: str) -> None:
    """Add, change, undo, import, for as long as nobody kills it; say each thing after its commit."""
    record = records.open_record(path, PASSPHRASE)
    person = find(record, Query(kinds=("Patient",)))[0].id
    source = path.parent / "import.ndjson"
    source.write_text(IMPORTED)
    tell("ready")
    number = 0
    while True:
        number += 1
        title = f"{name}-{number}"
        change_log.apply(record, title, [change_log.Add(Entry("Condition", title, person=person))])
        tell(f"added {title}")
        if number % 5 == 0:
            change_log.undo(record)
            tell(f"undone {title}")
        if number % 12 == 0:
            plan = importing.plan_import(record, [source], person, NoProgress())
            if any(item.writes for item in plan.items()):
                importing.accept_import(record, plan, NoProgress())
                tell("imported")
                change_log.undo(record)
        if number >= 400:
            break
    records.close(record)


def tell(words: str) -> None:
    """Say it, at once."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def cut_off(folder: Path, cuts: int) -> int:
    """How many power losses lose something that was said before them."""
    path = fresh(folder / "power")
    image = folder / "image"
    shutil.copytree(path, image)
    trace = folder / "trace"
    words = ["strace", "-f", "-xx", "-s", "1000000", "-e", f"trace={','.join(CALLS)}", "-o", str(trace)]
    worker = [*words, sys.executable, __file__, "--short", str(path), "p"]
    subprocess.run(worker, stdout=subprocess.DEVNULL, check=True, env=ENVIRONMENT)
    steps = Recording(path).steps(trace)
    chance = random.Random(20_261_124)
    lost = 0
    for number in range(cuts):
        at = chance.randrange(len(steps) // 20, len(steps))
        after = folder / "after"
        shutil.rmtree(after, ignore_errors=True)
        said = replayed(steps, at, image, after / "Ann.casebook", chance)
        problem = missing(after / "Ann.casebook", said)
        if problem:
            sys.stdout.write(f"cut {number} at {at} of {len(steps)}: {problem}\n")
        lost += bool(problem)
    return lost


def short(path: Path, name: str) -> None:
    """A few saves, one by one, for the recording."""
    record = records.open_record(path, PASSPHRASE)
    person = find(record, Query(kinds=("Patient",)))[0].id
    for number in range(60):
        title = f"{name}-{number}"
        change_log.apply(record, title, [change_log.Add(Entry("Condition", title, person=person))])
        tell(f"added {title}")
        if number == 30:
            record.checkpoint()
    records.close(record)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(Path(sys.argv[2]), sys.argv[3])
    elif sys.argv[1:2] == ["--short"]:
        short(Path(sys.argv[2]), sys.argv[3])
    else:
        numbers = [int(word) for word in sys.argv[1:]]
        sys.exit(main(*(numbers + [200, 40][len(numbers) :])))
