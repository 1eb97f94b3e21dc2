"""Is every page and every document as it was written?"""

from dataclasses import dataclass, field

from organizer.base.errors import OrganizerError
from organizer.base.progress import Progress
from organizer.base.words import _
from organizer.services.records import Record
from organizer.store import entries as reading
from organizer.store import originals


@dataclass(slots=True)
class Verified:
    """What was read, and each problem in a sentence with what to do."""

    ok: bool = True
    entries: int = 0
    originals: int = 0
    checked_bytes: int = 0
    problems: list[str] = field(default_factory=list)


def verify(record: Record, progress: Progress) -> Verified:
    """Read every page of the database and every original; nothing is changed."""
    found = Verified()
    progress.report(_("Reading the database"))
    found.problems += record.damaged_pages()
    try:
        found.entries = reading.count(record, reading.Query())
        known = originals.all_originals(record)
    except OrganizerError as error:
        found.problems.append(str(error))
        known = []
    for number, original in enumerate(known):
        progress.check()
        progress.report(_("Reading documents"), number, len(known))
        try:
            found.checked_bytes += len(originals.read(record, original.sha256))
        except OrganizerError as error:
            found.problems.append(str(error))
    found.originals = len(known)
    found.checked_bytes += record.size()
    found.ok = not found.problems
    return found
