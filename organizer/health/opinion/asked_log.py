"""The log of what was asked for and what came: one line a record asked for and a letter or call that went out."""

from collections.abc import Iterable
from dataclasses import dataclass

from organizer.base.dates import PartialDate
from organizer.base.i18n import _
from organizer.model.entry import Entry
from organizer.model.ids import EntryId
from organizer.model.statuses import Status


@dataclass(frozen=True, slots=True)
class AskedLine:
    """What was asked for, of whom and when, when it is asked again, when it came.

    `is_open` while it is waited for; `is_record` for a record that was asked for, not for a letter or a call.
    """

    entry: EntryId
    what: str
    whom: str
    asked: PartialDate | None
    again: PartialDate | None
    came: str
    is_open: bool
    is_record: bool = True


def asked_lines(entries: Iterable[Entry]) -> list[AskedLine]:
    """The lines of the tasks that ask for records and of the letters and calls among these, what is open first."""
    lines = [_of_task(entry) for entry in entries if entry.data.get("missing_record") and not entry.struck]
    lines += [_of_letter(entry) for entry in entries if entry.kind == "Communication" and not entry.struck]
    return sorted(lines, key=lambda line: (not line.is_open, line.asked.sort_key if line.asked else ""))


def _of_task(task: Entry) -> AskedLine:
    has_come = task.status == Status.COMPLETED
    came = task.date("came_on")
    words = came.spoken() if came else _("has come")
    is_open = not has_come and task.status != Status.CANCELLED
    return AskedLine(
        task.id,
        task.title,
        task.text("asked_of"),
        task.date("asked_on"),
        task.happened if is_open else None,
        words if has_come else "",
        is_open,
    )


def _of_letter(letter: Entry) -> AskedLine:
    again = letter.date("follow_up")
    return AskedLine(
        letter.id,
        letter.title,
        letter.text("with_whom"),
        letter.happened,
        again,
        letter.text("answer"),
        again is not None and not letter.text("answer"),
        is_record=False,
    )
