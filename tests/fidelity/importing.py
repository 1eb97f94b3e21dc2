"""What the program makes of a file: its entries as they would be stored, and what it leaves out, by place."""

from collections import defaultdict
from pathlib import Path
from typing import Any

from organizer.base.progress import NoProgress
from organizer.importing.core.answers import SOMEBODY_NEW, Answers
from organizer.importing.core.run import make_plan, plan_again
from organizer.services.entries.entries import as_json
from organizer.store.session import Session

REPEATS = ("The visit repeats", "The document tells this a second time")


def imported(record: Session, path: Path) -> tuple[dict[str, list[dict[str, Any]]], list[tuple[str, str, bool]], str]:
    """Entries by locator; locator, reason and whether it is a repetition of what is left out; the error or "".

    The plan is made and not accepted: its entries are as they would be stored, and each file meets the same record.
    """
    plan = make_plan(record, [path], "", NoProgress())
    if plan.held:
        # Whom a file names without describing them is asked about: here they are somebody new.
        new = Answers(people={one.key: SOMEBODY_NEW for one in plan.held if one.key})
        plan = plan_again(record, plan, "", NoProgress(), new)
    entries: dict[str, list[dict[str, Any]]] = defaultdict(list)
    skipped = []
    for file in plan.files:
        for item in file.items:
            for source in item.draft.entry.sources:
                entries[source.locator].append(as_json(item.entry))
        skipped += [(one.where, one.reason, one.reason.startswith(REPEATS)) for one in file.skipped]
    error = next((file.error.message for file in plan.files if file.error), "")
    return dict(entries), skipped, error
