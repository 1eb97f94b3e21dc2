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
from dataclasses import dataclass
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
from tests.organizer.importing.formats.large_ccda import large_document

CHEAP = KdfCost(65_536, 1, 1)
PASSPHRASE = "five plain words"
STEPS = (1, 2, 4, 8)
IN_STEP, AT_ONCE = 1.1, 0.1
"""The goals: of a job that does something with all of it, and of one that shows the first of it."""
ANALYTES = ("2951-2", "2823-3", "2160-0", "718-7", "4548-4", "2345-7", "1742-6", "3016-3")

Act = Callable[[Record, PersonId, Path], object]


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


def ccda(folder: Path, count: int) -> Path:
    """A summary of so many results, each named by reference into the narrative."""
    path = folder / "summary.xml"
    path.write_text(large_document(count), "utf-8")
    return path


def phone(folder: Path, count: int) -> Path:
    """A phone's export of so many weights, a day each."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<HealthData locale="en_GB">']
    for number in range(count):
        day = time.strftime("%Y-%m-%d 07:00:00 +0000", time.gmtime(1_000_000_000 + number * 86_400))
        lines.append(
            '<Record type="HKQuantityTypeIdentifierBodyMass" sourceName="Scale" unit="kg" '
            f'creationDate="{day}" startDate="{day}" endDate="{day}" value="{70 + number % 90 / 10}"/>'
        )
    path = folder / "export.xml"
    path.write_text("\n".join([*lines, "</HealthData>"]), "utf-8")
    return path


@dataclass(frozen=True, slots=True)
class Job:
    """What is done with a record that holds the results, its goal, and what makes it possible once more."""

    act: Act
    goal: float = IN_STEP
    before: Act | None = None


def _undone_no_more(record: Record, _person: PersonId, _folder: Path) -> None:
    if history.next_redo(record):
        history.redo(record)


BACKUP, RESTORED = "a.casebook-backup", "back.casebook"
READERS = {"FHIR": fhir, "table": table, "C-CDA": ccda, "phone": phone}
JOBS = {
    "overview": Job(lambda record, person, _folder: glance.glance(record, person)),
    "plans": Job(lambda record, person, _folder: plans.check_all(record, person)),
    "measures": Job(lambda record, person, _folder: measures.measures(record, person), AT_ONCE),
    "first fifty": Job(
        lambda record, person, _folder: entries.first(record, Query(("Observation",), person), 50), AT_ONCE
    ),
    "search": Job(lambda record, person, _folder: search_by_measure(record, "sodium", Wanted(person), 40), AT_ONCE),
    "packet": Job(lambda record, _person, _folder: packets.preview(record, packets.choice(record), NoProgress())),
    "FHIR export": Job(
        lambda record, person, folder: exporting.export(record, "fhir", folder / "out.json", person, NoProgress()),
        before=lambda _record, _person, folder: (folder / "out.json").unlink(missing_ok=True),
    ),
    "backup": Job(
        lambda record, _person, folder: backups.make(record, folder / BACKUP, NoProgress()),
        before=lambda _record, _person, folder: (folder / BACKUP).unlink(missing_ok=True),
    ),
    "restore": Job(
        lambda _record, _person, folder: backups.restore(
            folder / BACKUP, folder / RESTORED, PASSPHRASE, "", NoProgress()
        ),
        before=lambda _record, _person, folder: shutil.rmtree(folder / RESTORED, ignore_errors=True),
    ),
    "check": Job(lambda record, _person, _folder: verifying.verify(record, NoProgress())),
    "undo": Job(lambda record, _person, _folder: history.undo(record), before=_undone_no_more),
}
ROUNDS = 3
"""Of each job, whose shortest time counts: a small time is easily disturbed."""


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


def best(job: Job, record: Record, person: PersonId, folder: Path) -> float:
    """The shortest of its times."""
    times = []
    for _round in range(ROUNDS):
        if job.before:
            job.before(record, person, folder)
        times.append(seconds(partial(job.act, record, person, folder)))
    return min(times)


def measured(count: int) -> dict[str, float]:
    """Processor seconds of every job on so many results."""
    told: dict[str, float] = {}
    for name, reader in READERS.items():
        with fresh() as (record, person, folder):
            file = reader(folder, count)
            planned = partial(importing.plan_import, record, [file], person, NoProgress())
            told[f"{name}: plan"] = min(seconds(planned) for _round in range(ROUNDS))
            told[f"{name}: accept"] = seconds(partial(importing.accept_import, record, planned(), NoProgress()))
            if name == "FHIR":
                told |= {what: best(job, record, person, folder) for what, job in JOBS.items()}
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
        goal = JOBS[job].goal if job in JOBS else IN_STEP
        figures = "".join(f"{one:>8.2f}s" for one in times)
        print(f"{job:<16}{figures}  {exponent(counts, times):>8.2f}  {goal}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
