"""What was reported as saved survives kill −9 and a power loss.

`make test-durability` prints what was lost: nothing, or it exits with 1. This file takes two numbers: kills, cuts. A
third of both goes to saving, the rest in turn to each of the operations (see `durable_operations`).

Kill: a child adds, changes, undoes and imports and says each thing only after its commit; it is killed at a random
moment. Then the record opens, holds everything that was said, and no half of an import. An operation is killed by
strace as it is about to make a chosen one of its own system calls. Power loss: the child's writes are recorded by
strace, and replayed up to a cut with whatever was not fsynced by then dropped or torn.
"""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from durable_operations import OPERATIONS
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
CHANGING = (
    "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "renameat", "renameat2", "unlink", "unlinkat",
    "mkdir", "mkdirat", "rmdir", "link", "linkat", "fchmod", "chmod", "utimensat",
)  # fmt: skip
RECORDED = ["-xx", "-s", "1000000", "-e", f"trace={','.join(CALLS)}"]
IMPORTED = "\n".join(
    json.dumps({"resourceType": "Observation", "id": f"o{n}", "status": "final", "code": {"text": f"Imported {n}"}})
    for n in range(300)
)


def main(kills: int, cuts: int) -> int:
    """All tests; gives 0 where nothing was lost."""
    with tempfile.TemporaryDirectory(prefix="casebook-durability-") as name:
        folder = Path(name)
        saving, at_calls = kills - kills * 2 // 3, kills * 2 // 3
        lost = killed(folder, saving)
        sys.stdout.write(f"kill -9 while saving: {saving} rounds, {lost} with a loss\n")
        if shutil.which("strace") is None:
            sys.stdout.write("operations and power loss: skipped, strace is not on this machine\n")
            return 1 if lost else 0
        lost += told_of(killed_at_calls(folder, at_calls), "kill -9 at a system call of")
        saving, others = cuts - cuts * 2 // 3, cuts * 2 // 3
        broken = cut_off(folder, saving)
        sys.stdout.write(f"power loss while saving: {saving} cuts, {broken} with a loss\n")
        broken += told_of(cut_off_in_operations(folder, others), "power loss in")
    return 1 if lost or broken else 0


def told_of(outcomes: dict[str, list[str]], what: str) -> int:
    """Print how each operation fared; gives how many rounds lost something."""
    for name, problems in outcomes.items():
        lost = [problem for problem in problems if problem]
        sys.stdout.write(f"{what} {name}: {len(problems)} rounds, {len(lost)} with a loss\n")
        sys.stdout.writelines(f"  {problem}\n" for problem in lost)
    return sum(bool(problem) for problems in outcomes.values() for problem in problems)


def shares(rounds: int) -> dict[str, int]:
    """How many of the rounds each operation gets that writes."""
    writing = [name for name in OPERATIONS if name != "read"]
    each, rest = divmod(rounds, len(writing))
    return {name: each + (number < rest) for number, name in enumerate(writing)}


def killed_at_calls(folder: Path, rounds: int) -> dict[str, list[str]]:
    """Each operation, killed as it makes one of its own system calls: what was wrong afterwards, round by round."""
    outcomes: dict[str, list[str]] = {}
    for name, number in shares(rounds).items():
        image, chance = prepared(folder, name), random.Random(f"kill {name}")
        own = own_calls(folder, image, name)
        outcomes[name] = []
        for call, count in chosen(own, number, chance):
            place = copied(image, folder / "struck")
            inject = f"inject={call}:signal=SIGKILL:when={count}"
            done = run_operation(place, name, ["-e", f"trace={call}", "-e", inject, "-o", os.devnull])
            outcomes[name].append(wrong(name, place, done, f"{call} {count}"))
    return outcomes


def own_calls(folder: Path, image: Path, name: str) -> list[tuple[str, int]]:
    """The system calls that change files, each by its name and its number among those of its name, which the
    operation makes between “ready” and its end."""
    trace = folder / "calls"
    run_operation(copied(image, folder / "struck"), name, ["-e", f"trace={','.join(CHANGING)}", "-o", str(trace)])
    counts: Counter[str] = Counter()
    own, is_ready = [], False
    for line in trace.read_text("utf-8", "replace").splitlines():
        match = re.match(r"\d+\s+(\w+)\(", line)
        if match is None:
            continue
        counts[match[1]] += 1
        if is_ready:
            own.append((match[1], counts[match[1]]))
        is_ready |= '"ready' in line
    return own


def chosen(calls: list[tuple[str, int]], number: int, chance: random.Random) -> list[tuple[str, int]]:
    """So many of the calls: a third writes of the database, which are most of them, and two thirds of all others."""
    shuffled = chance.sample(calls, len(calls))
    pages = [call for call in shuffled if call[0] == "pwrite64"]
    others = [call for call in shuffled if call[0] != "pwrite64"]
    few = pages[: max(number // 3, number - len(others))]
    return [*few, *others[: number - len(few)]]


def cut_off_in_operations(folder: Path, cuts: int) -> dict[str, list[str]]:
    """Each operation, cut off by a power loss: what was wrong afterwards, cut by cut."""
    outcomes: dict[str, list[str]] = {}
    for name, number in shares(cuts).items():
        image, chance = prepared(folder, name), random.Random(f"power {name}")
        place, trace = copied(image, folder / "recorded"), folder / "trace"
        run_operation(place, name, [*RECORDED, "-o", str(trace)])
        steps = Recording(place).steps(trace)
        first = next(n for n, step in enumerate(steps) if step.call == "said")
        outcomes[name] = []
        for _cut in range(number):
            at, after = chance.randrange(first, len(steps) + 1), folder / "after"
            shutil.rmtree(after, ignore_errors=True)
            said = replayed(steps, at, image, after, chance)
            done = any(line.startswith("done") for line in said)
            outcomes[name].append(wrong(name, after, done, f"cut at {at} of {len(steps)}"))
    return outcomes


def prepared(folder: Path, name: str) -> Path:
    """What there is before an operation, made once."""
    image = folder / f"before {name}"
    if not image.exists():
        image.mkdir()
        OPERATIONS[name].prepare(image)
    return image


def copied(image: Path, place: Path) -> Path:
    """A copy of what there was before."""
    shutil.rmtree(place, ignore_errors=True)
    return Path(shutil.copytree(image, place))


def run_operation(place: Path, name: str, words: list[str]) -> bool:
    """Do it in a child under strace; True where it said that it was done."""
    child = ["strace", "-f", "--seccomp-bpf", *words, sys.executable, __file__, "--operation", name, str(place)]
    ended = subprocess.run(child, capture_output=True, text=True, check=False, env=ENVIRONMENT)
    if "ready" not in ended.stdout:
        raise RuntimeError(f"{name}: {ended.stderr[-2000:]}")
    return any(line.startswith("done") for line in ended.stdout.splitlines())


def wrong(name: str, place: Path, done: bool, where: str) -> str:
    """What isn't as it must be after an operation was cut off; any error is one."""
    try:
        problem = OPERATIONS[name].wrong(place, done)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told
        problem = f"{type(error).__name__}: {error}"
    return f"{where}, {'after' if done else 'before'} “done”: {problem}" if problem else ""


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
    worker = ["strace", "-f", *RECORDED, "-o", str(trace), sys.executable, __file__, "--short", str(path), "p"]
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
    elif sys.argv[1:2] == ["--operation"]:
        OPERATIONS[sys.argv[2]].act(Path(sys.argv[3]))
    elif sys.argv[1:2] == ["--short"]:
        short(Path(sys.argv[2]), sys.argv[3])
    else:
        numbers = [int(word) for word in sys.argv[1:]]
        sys.exit(main(*(numbers + [200, 40][len(numbers) :])))
