"""The sample record: a made-up person whose source files go through the real importer."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.model.entry import Changes
from organizer.services.bring_in import importing
from organizer.services.bring_in.importing import ImportPlan
from organizer.services.entries import typed
from organizer.services.record import people, records
from organizer.services.record.records import Record


@dataclass(frozen=True, slots=True)
class SampleFacts:
    """Who the made-up person is, as of when (ISO date), the public passphrase, and the source files in order."""

    person: str
    as_of: str
    passphrase: str
    files: tuple[str, ...]
    own_entries: str
    specialty: str


def facts() -> SampleFacts:
    """What ships with the program as the sample."""
    sample = json.loads((resources.files("resources.sample") / "sample.json").read_text("utf-8"))
    return SampleFacts(
        sample["person"],
        sample["as_of"],
        sample["passphrase"],
        tuple(sample["files"]),
        str(sample["own_entries"]),
        sample["packet"]["specialty"],
    )


def make_sample(folder: Path, progress: Progress) -> tuple[Record, ImportPlan]:
    """Make the sample record in a new folder from its source files; gives it open, and what the import found.

    Raises OrganizerError where the folder is taken.
    """
    sample = facts()
    record, _code = records.create(folder, sample.passphrase, sample.person)
    record.set_meta("sample", "yes")
    record.set_meta("as_of", sample.as_of)
    person = people.people(record)[0].person
    with _as_files(sample.files) as paths:
        plan = importing.plan_import(record, paths, person, progress)
        importing.accept_import(record, plan, progress)
    _type_in(record, sample)
    return record, plan


def _type_in(record: Record, sample: SampleFacts) -> Changes:
    """What the person typed in, in the same way as `add --lines`."""
    lines = (resources.files("resources.sample") / sample.own_entries).read_text("utf-8").splitlines()
    entries = typed.read_lines(record, [line for line in lines if line.strip()])
    return typed.write(record, _("What {person} typed in").format(person=sample.person), entries)


@contextmanager
def _as_files(names: tuple[str, ...]) -> Iterator[list[Path]]:
    """The source files in a private folder, also where the program is frozen into an archive."""
    with tempfile.TemporaryDirectory(prefix="casebook-sample-") as folder:
        paths = []
        for name in names:
            with resources.as_file(resources.files("resources.sample") / name) as shipped:
                paths.append(Path(shutil.copyfile(shipped, Path(folder) / name)))
        yield paths
