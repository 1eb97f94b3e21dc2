"""How the cost of each job grows with the work: processor time at n, 2n, 4n and 8n, and the exponent between them.

`make benchmark-growth` prints a line a job; N=250 begins smaller. A cost in step with the work has an exponent of 1; of
what shows the first fifty it should be near 0. The exponent is the slope of a straight line through the
logarithms of the times (least squares), so that one disturbed time doesn't decide it.
"""

import json
import math
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from organizer.base.progress import NoProgress
from organizer.model.ids import PersonId
from organizer.services.bring_in import importing
from organizer.services.entries import entries
from organizer.services.entries.entries import Query
from organizer.services.entries.search import Wanted, search_by_measure
from organizer.services.follow import measures, plans
from organizer.services.opinion import packets
from organizer.services.record import backups, exporting, glance, history, people, records, verifying
from organizer.services.record.records import Record
from organizer.store.keys import KdfCost

CHEAP = KdfCost(65_536, 1, 1)
PASSPHRASE = "five plain words"
STEPS = (1, 2, 4, 8)
IN_STEP, AT_ONCE = 1.1, 0.1
"""The goals: of a job that does something with all of it, and of one that shows the first of it."""
ANALYTES = ("2951-2", "2823-3", "2160-0", "718-7", "4548-4", "2345-7", "1742-6", "3016-3")

Job = Callable[[Record, PersonId, Path], object]


def fhir(folder: Path, count: int) -> Path:
    """A bundle of so many results of one person."""
    patient = {"resourceType": "Patient", "id": "p", "name": [{"family": "Example", "given": ["Ann"]}]}
    listed = [{"fullUrl": "urn:p", "resource": patient}]
    for number in range(count):
        code = {"coding": [{"system": "http://loinc.org", "code": ANALYTES[number % len(ANALYTES)]}]}
        day = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(1_400_000_000 + number * 7_000))
        result = {
            "resourceType": "Observation", "id": f"o{number}", "status": "final", "code": code,
            "subject": {"reference": "urn:p"}, "effectiveDateTime": day,
            "valueQuantity": {"value": 100 + number % 40, "unit": "mmol/L"},
        }  # fmt: skip
        listed.append({"fullUrl": f"urn:o{number}", "resource": result})
    path = folder / "results.json"
    path.write_text(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": listed}), "utf-8")
    return path


def table(folder: Path, count: int) -> Path:
    """A CSV of so many rows."""
    rows = ["Date,Test,Result,Units"]
    for number in range(count):
        day = time.strftime("%Y-%m-%d", time.gmtime(1_000_000_000 + number // 4 * 86_400))
        rows.append(f"{day},{('Sodium', 'Potassium', 'Lipase', 'Ferritin')[number % 4]},{100 + number % 40},mmol/L")
    path = folder / "results.csv"
    path.write_text("\n".join(rows), "utf-8")
    return path


READERS = {"FHIR": fhir, "table": table}
JOBS: dict[str, tuple[Job, float]] = {
    "overview": (lambda record, person, _folder: glance.glance(record, person), IN_STEP),
    "plans": (lambda record, person, _folder: plans.check_all(record, person), IN_STEP),
    "measures": (lambda record, person, _folder: measures.measures(record, person), AT_ONCE),
    "first fifty": (
        lambda record, person, _folder: entries.first(record, Query(("Observation",), person), 50),
        AT_ONCE,
    ),
    "search": (lambda record, person, _folder: search_by_measure(record, "sodium", Wanted(person), 40), AT_ONCE),
    "packet": (
        lambda record, person, _folder: packets.preview(record, packets.choice(record), NoProgress()),
        IN_STEP,
    ),
    "FHIR export": (
        lambda record, person, folder: exporting.export(record, "fhir", folder / "out.json", person, NoProgress()),
        IN_STEP,
    ),
    "backup": (
        lambda record, _person, folder: backups.make(record, folder / "a.casebook-backup", NoProgress()),
        IN_STEP,
    ),
    "check": (lambda record, _person, _folder: verifying.verify(record, NoProgress()), IN_STEP),
    "undo": (lambda record, _person, _folder: history.undo(record), IN_STEP),
}


@contextmanager
def fresh() -> Iterator[tuple[Record, PersonId, Path]]:
    """A new record in a folder of its own, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="growth-"))
    record, _code = records.create(folder / "A.casebook", PASSPHRASE, "Ann Example", CHEAP)
    try:
        yield record, people.people(record)[0].person, folder
    finally:
        records.close(record)
        shutil.rmtree(folder)


def seconds(act: Callable[[], object]) -> float:
    """Processor seconds of this process."""
    began = time.process_time()
    act()
    return time.process_time() - began


def measured(count: int) -> dict[str, float]:
    """Processor seconds of every job on so many results."""
    told: dict[str, float] = {}
    for name, reader in READERS.items():
        with fresh() as (record, person, folder):
            file = reader(folder, count)
            plan = importing.plan_import(record, [file], person, NoProgress())
            told[f"{name}: plan"] = seconds(partial(importing.plan_import, record, [file], person, NoProgress()))
            told[f"{name}: accept"] = seconds(partial(importing.accept_import, record, plan, NoProgress()))
            if name != "FHIR":
                continue
            for job, (act, _goal) in JOBS.items():
                told[job] = seconds(partial(act, record, person, folder))
    return told


def exponent(counts: list[int], times: list[float]) -> float:
    """The slope of the logarithms: 1 for a cost in step with the work, 2 for one with its square."""
    xs, ys = [math.log(count) for count in counts], [math.log(max(one, 1e-4)) for one in times]
    middle, height = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - middle) ** 2 for x in xs)
    return sum((x - middle) * (y - height) for x, y in zip(xs, ys, strict=True)) / spread


def main() -> int:
    """Print a line a job."""
    first = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    counts = [first * step for step in STEPS]
    measured(first)  # what is loaded once isn't part of any
    by_count = [measured(count) for count in counts]
    print(f"{'job':<16}" + "".join(f"{count:>9,}" for count in counts) + "  exponent  goal")
    for job in by_count[0]:
        times = [told[job] for told in by_count]
        goal = JOBS[job][1] if job in JOBS else IN_STEP
        figures = "".join(f"{one:>8.2f}s" for one in times)
        print(f"{job:<16}{figures}  {exponent(counts, times):>8.2f}  {goal}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
