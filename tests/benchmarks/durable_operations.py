"""What `make test-durability` drives beside saving: each operation that writes much, and what must be true of it after
it was cut off anywhere.

Each starts from a folder that is prepared once, acts in a child, and says “done” when it is over. After a cut the
record must open, be whole, and hold what it held before; after “done” it must have what was done, and before it all or
nothing of it.
"""

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from organizer.base.errors import WrongPassphraseError
from organizer.base.progress import NoProgress
from organizer.model.entry import Entry, Source
from organizer.services.bring_in import importing
from organizer.services.entries.entries import Query, find
from organizer.services.record import backups, erasing, records, verifying
from organizer.services.record.records import Record
from organizer.store import change_log, originals
from organizer.store.keys import KdfCost

PASSPHRASE, ANOTHER = "five plain words to remember", "quite another passphrase"
CHEAP = KdfCost(65_536, 1, 1)
QUIET = NoProgress()
KEPT = Path(__file__).resolve().parents[1] / "data/records/v1"
OLD_PASSPHRASE = "a long passphrase"
TITLES = [f"Diagnosis {number}" for number in range(30)]
ERASED = "Diagnosis 7"
STICK = "stick"


@dataclass(frozen=True, slots=True)
class Operation:
    """`prepare` makes what there is before, `act` does it, `wrong` says what isn't as it must be afterwards."""

    prepare: Callable[[Path], None]
    act: Callable[[Path], None]
    wrong: Callable[[Path, bool], str]


def _fresh(folder: Path, name: str = "Ann") -> None:
    """A record with thirty diagnoses, the eighth read from a letter, and two scans."""
    record, _code = records.create(folder / name, PASSPHRASE, "Ann Lee", CHEAP)
    person = find(record, Query(kinds=("Patient",)))[0].id
    letter = originals.put(record, b"Letter on it. " * 4_000, "letter.txt", "text/plain")
    for number in range(2):
        scan = random.Random(number).randbytes(300_000)
        originals.put(record, scan, f"scan {number}.bin", "application/octet-stream")
    added = [
        Entry("Condition", title, person=person, sources=(Source(document=letter),) if title == ERASED else ())
        for title in TITLES
    ]
    change_log.apply(record, "Added", [change_log.Add(entry) for entry in added])
    records.close(record)


def _opened(folder: Path, passphrase: str = PASSPHRASE, name: str = "Ann") -> Record:
    return records.open_record(folder / f"{name}.casebook", passphrase)


def _lacking(folder: Path, passphrase: str = PASSPHRASE, name: str = "Ann", but: str = "") -> str:
    """What a record doesn't hold of all that it held, or what is damaged in it."""
    record = _opened(folder, passphrase, name)
    try:
        problems = verifying.verify(record, QUIET).problems
        if problems:
            return problems[0]
        titles = {entry.title for entry in find(record, Query())}
        missing = set(TITLES) - titles - {but}
        return f"{sorted(missing)[0]} is missing" if missing else ""
    finally:
        records.close(record)


# looking, saving and bringing in


def _read(folder: Path) -> None:
    record = _opened(folder)
    _ready()
    assert {entry.title for entry in find(record, Query())} >= set(TITLES)
    _done()
    records.close(record)


def _read_wrong(folder: Path, done: bool) -> str:
    return _lacking(folder) if done else "it can't be read"


def _add(folder: Path) -> None:
    record = _opened(folder)
    _ready()
    change_log.apply(record, "New", [change_log.Add(Entry("Condition", "New", data={"note": "x" * 200_000}))])
    _done()
    records.close(record)


def _import(folder: Path) -> None:
    record = _opened(folder)
    person = find(record, Query(kinds=("Patient",)))[0].id
    _ready()
    plan = _readable(importing.plan_import(record, [folder / "new.csv"], person, QUIET))
    importing.accept_import(record, plan, QUIET)
    _done()
    records.close(record)


def _readable(plan: importing.ImportPlan) -> importing.ImportPlan:
    """Why a file can't be read stands beside it in the review, where nothing could be accepted then."""
    for file in plan.files:
        if file.error is not None:
            raise file.error
    return plan


def _with_csv(folder: Path) -> None:
    _fresh(folder)
    rows = [f"2020-{1 + number % 12:02}-{1 + number % 28:02},New,{number},mg/L\n" for number in range(3_000)]
    (folder / "new.csv").write_text("date,test,value,unit\n" + "".join(rows))


def _saved_wrong(folder: Path, done: bool) -> str:
    """All of what was saved, or nothing of it; and its document with it."""
    lacking = _lacking(folder)
    if lacking:
        return lacking
    record = _opened(folder)
    try:
        number = sum(entry.title == "New" for entry in find(record, Query()))
        documents = {document.name for document in originals.all_originals(record)}
        files = len([file for file in (record.path / "originals").rglob("*") if file.is_file()])
    finally:
        records.close(record)
    if done and not number:
        return "said to be saved, and it isn't there"
    if number not in (0, 1) and number < 300:
        return f"{number} entries of an import"
    if ("new.csv" in documents) != (number > 1) or files != len(documents):
        return f"{number} entries and the documents {sorted(documents)}, {files} files"
    return ""


# passphrase and keys


def _change_passphrase(folder: Path) -> None:
    record = _opened(folder)
    _ready()
    records.change_passphrase(record, ANOTHER, CHEAP)
    _done()
    records.close(record)


def _renew(folder: Path) -> None:
    record = _opened(folder)
    _ready()
    records.renew_keys(record, ANOTHER, QUIET, CHEAP)
    records.close(record)
    _done()


def _passphrase_wrong(folder: Path, done: bool) -> str:
    ways = []
    for passphrase in (PASSPHRASE, ANOTHER):
        try:
            lacking = _lacking(folder, passphrase)
        except WrongPassphraseError:
            continue
        if lacking:
            return lacking
        ways.append(passphrase)
    if done:
        return "" if ways == [ANOTHER] else f"said to be changed, and {ways} open it"
    return "" if len(ways) == 1 else f"{ways} open it"


# erasing


def _erase(folder: Path) -> None:
    record = _opened(folder)
    target = next(entry.id for entry in find(record, Query()) if entry.title == ERASED)
    _ready()
    erasing.entries(record, [target])
    _done()
    records.close(record)


def _erase_wrong(folder: Path, done: bool) -> str:
    lacking = _lacking(folder, but=ERASED)
    if lacking:
        return lacking
    record = _opened(folder)
    try:
        has_entry = any(entry.title == ERASED for entry in find(record, Query()))
        has_letter = any(document.name == "letter.txt" for document in originals.all_originals(record))
        if done and has_entry:
            return "said to be erased, and it is there"
        if has_entry != has_letter:
            return "the entry or its letter was erased alone"
        if not has_entry and record.meta("erasing"):
            return "the erasing isn't finished by opening"
        inside = len([file for file in (record.path / "originals").rglob("*") if file.is_file()])
        return "" if inside == 2 + has_letter else f"{inside} files of documents"
    finally:
        records.close(record)


# backups


def _with_stick(folder: Path) -> None:
    _fresh(folder)
    (folder / STICK).mkdir()
    record = _opened(folder)
    backups.make(record, folder / STICK, QUIET)
    originals.put(record, random.Random(9).randbytes(150_000), "new.bin", "application/octet-stream")
    records.close(record)


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in (folder / STICK).rglob(f"*{backups.SUFFIX}") if file.stat().st_size)


def _back_up(folder: Path) -> None:
    record = _opened(folder)
    _ready()
    made = backups.make(record, folder / STICK, QUIET)
    _done(str(made.path.name))
    records.close(record)


def _backup_wrong(folder: Path, done: bool) -> str:
    files = _files(folder)
    if not files:
        return "no backup is left"
    has_new = False
    for number, file in enumerate(files):
        name = f"Back {number}"
        backups.restore(file, folder / name, PASSPHRASE, "", QUIET)
        lacking = _lacking(folder, name=name)
        if lacking:
            return f"{file.name}: {lacking}"
        record = _opened(folder, name=name)
        has_new |= any(document.name == "new.bin" for document in originals.all_originals(record))
        records.close(record)
    if done and not has_new:
        return "said to be backed up, and no backup has what was new"
    return _lacking(folder)


def _restore(folder: Path) -> None:
    (file,) = _files(folder)
    _ready()
    backups.restore(file, folder / "Again", PASSPHRASE, "", QUIET)
    _done()


def _restore_wrong(folder: Path, done: bool) -> str:
    place = folder / "Again.casebook"
    if done and not place.is_dir():
        return "said to be there again, and it isn't"
    if place.is_dir() and any(place.iterdir()):
        lacking = _lacking(folder, name="Again")
        if lacking:
            return f"put back: {lacking}"
    return _backup_wrong(folder, done=False)


# joining and bringing up to date


def _two_copies(folder: Path) -> None:
    _fresh(folder)
    shutil.copytree(folder / "Ann.casebook", folder / "There.casebook")
    there = _opened(folder, name="There")
    person = find(there, Query(kinds=("Patient",)))[0].id
    scan = originals.put(there, random.Random(8).randbytes(200_000), "theirs.bin", "application/octet-stream")
    entries = [Entry("Condition", f"Theirs {n}", person=person, sources=(Source(document=scan),)) for n in range(40)]
    change_log.apply(there, "Theirs", [change_log.Add(entry) for entry in entries])
    (folder / STICK).mkdir()
    backups.make(there, folder / STICK, QUIET)
    records.close(there)
    shutil.rmtree(folder / "There.casebook")


def _join(folder: Path) -> None:
    record = _opened(folder)
    (file,) = _files(folder)
    _ready()
    plan = importing.plan_import(record, [file], "", QUIET)
    answers = importing.Answers(secrets={plan.files[0].source.sha256: PASSPHRASE})
    plan = _readable(importing.plan_again(record, plan, "", QUIET, answers))
    importing.accept_import(record, plan, QUIET)
    _done()
    records.close(record)


def _join_wrong(folder: Path, done: bool) -> str:
    lacking = _lacking(folder)
    if lacking:
        return lacking
    record = _opened(folder)
    try:
        number = sum(entry.title.startswith("Theirs ") for entry in find(record, Query()))
        has_scan = any(document.name == "theirs.bin" for document in originals.all_originals(record))
        parts = [path.name for path in record.path.iterdir() if path.name.startswith("other-copy")]
    finally:
        records.close(record)
    if number not in (0, 40) or has_scan != bool(number) or parts:
        return f"{number} of 40 joined, {'with' if has_scan else 'without'} their document, {parts}"
    return "said to be joined, and it isn't" if done and not number else ""


def _old_record(folder: Path) -> None:
    shutil.copytree(KEPT, folder / "Ann.casebook")
    (folder / "Ann.casebook" / "originals").mkdir()


def _bring_up_to_date(folder: Path) -> None:
    _ready()
    record = _opened(folder, OLD_PASSPHRASE)
    _done()
    records.close(record)


def _update_wrong(folder: Path, _is_done: bool) -> str:
    record = _opened(folder, OLD_PASSPHRASE)
    try:
        problems = verifying.verify(record, QUIET).problems
        titles = sorted(entry.title for entry in find(record, Query()))
    finally:
        records.close(record)
    return (
        problems[0] if problems else "" if titles == ["Ann", "Blood pressure", "Creatinine", "Lupus"] else str(titles)
    )


OPERATIONS = {
    "read": Operation(_fresh, _read, _read_wrong),
    "add": Operation(_fresh, _add, _saved_wrong),
    "import": Operation(_with_csv, _import, _saved_wrong),
    "passphrase": Operation(_fresh, _change_passphrase, _passphrase_wrong),
    "new data key": Operation(_fresh, _renew, _passphrase_wrong),
    "erase": Operation(_fresh, _erase, _erase_wrong),
    "backup": Operation(_with_stick, _back_up, _backup_wrong),
    "restore": Operation(_with_stick, _restore, _restore_wrong),
    "join": Operation(_two_copies, _join, _join_wrong),
    "update": Operation(_old_record, _bring_up_to_date, _update_wrong),
}


def _ready() -> None:
    print("ready", flush=True)


def _done(words: str = "") -> None:
    print(f"done {words}".strip(), flush=True)
