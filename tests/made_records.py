"""The cheap record that tests start from: one is made in a run, and whoever needs its own opens a copy."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from organizer.services.record import records
from organizer.store.keys import KdfCost
from organizer.store.session import Session

PASSPHRASE = "a long passphrase"
CHEAP = KdfCost(65_536, 1, 1)


def closed_record(folder: Path, person: str) -> Path:
    """The folder of a new record of that person with nothing else in it."""
    made, _code = records.create(folder / f"{person.split()[0]}.casebook", PASSPHRASE, person, CHEAP)
    records.close(made)
    return made.path


@contextmanager
def opened_copy(record: Path, folder: Path, passphrase: str = PASSPHRASE) -> Iterator[Session]:
    """A copy of a closed record in that folder, open until the end of the block."""
    made = records.open_record(shutil.copytree(record, folder / record.name), passphrase)
    try:
        yield made
    finally:
        records.close(made)
