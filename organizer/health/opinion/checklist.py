"""The checklist of a case: it fills itself from the record, and says what is missing and what was asked for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from organizer.base.dates import parse_date
from organizer.base.i18n import _, ngettext
from organizer.health.opinion.checklist_rows import ChecklistRow, Gathered, rows_for
from organizer.model.entry import Entry, Json
from organizer.model.ids import EntryId
from organizer.model.statuses import Status

FOUND, LINKED, HAVE, ASKED, SPARED, MISSING = "found", "linked", "have", "asked", "spared", "missing"
NAMED = 3
_SAY_LITTLE = {"results", "report", "reports", "record", "records", "months", "twelve", "treating", "treatments"}


@dataclass(frozen=True, slots=True)
class Item:
    """A row and how it stands: found (by itself), linked or have (the person says so), asked, spared, missing.

    `entries` answer it, `said` tells with what, `asks` is how a letter asks for it ("" where nobody can be asked).
    """

    row: str
    label: str
    state: str
    said: str
    entries: tuple[Entry, ...]
    asks: str

    @property
    def done(self) -> bool:
        """True when nothing more has to be done for it."""
        return self.state in (FOUND, LINKED, HAVE, SPARED)


def checklist(gathered: Gathered, specialty: str = "") -> list[Item]:
    """The rows of a field, each as it stands for this case. What the person said of a row goes before what is found."""
    by_id = {one.id: one for one in gathered.entries}
    said = {str(one.get("row")): one for one in notes(gathered.case)}
    return [_item(row, gathered, said.get(row.id), by_id) for row in rows_for(specialty)]


def notes(case: Entry | None) -> list[dict[str, Json]]:
    """What the person said of the rows of a case: `{"row", "state", "entry" or "task"}`."""
    return case.rows("gathered") if case else []


def _item(row: ChecklistRow, gathered: Gathered, said: dict[str, Json] | None, by_id: dict[EntryId, Entry]) -> Item:
    label, asks = _(row.label), _(row.asks) if row.asks else ""
    if said is not None:
        answer = _answered(said, by_id)
        if answer is not None:
            return Item(row.id, label, answer[0], answer[1], answer[2], asks)
    found = row.finds(gathered)
    if found:
        return Item(row.id, label, FOUND, _named(found), tuple(found), asks)
    waiting = next((one for one in gathered.of("Task") if _waits_for(one, label)), None)
    if waiting is not None:
        return Item(row.id, label, ASKED, _asked(waiting), (waiting,), asks)
    return Item(row.id, label, MISSING, "", (), asks)


def _answered(said: dict[str, Json], by_id: dict[EntryId, Entry]) -> tuple[str, str, tuple[Entry, ...]] | None:
    state = said.get("state")
    if state == LINKED and (entry := by_id.get(EntryId(str(said.get("entry"))))):
        return LINKED, _named([entry]), (entry,)
    if state == ASKED and (task := by_id.get(EntryId(str(said.get("task"))))):
        return (HAVE, _("has come"), (task,)) if task.status == Status.COMPLETED else (ASKED, _asked(task), (task,))
    if state == HAVE:
        return HAVE, _("I have it"), ()
    return (SPARED, _("not needed"), ()) if state == SPARED else None


def _asked(task: Entry) -> str:
    when = parse_date(task.text("asked_on"))
    whom = task.text("asked_of") or _("somebody")
    if when is None:
        return _("to be asked of {whom}").format(whom=whom)
    return _("asked {day} of {whom}").format(day=when.spoken(), whom=whom)


def _waits_for(task: Entry, label: str) -> bool:
    """A record that the person asked for by hand, and that names the row."""
    asked = task.data.get("missing_record") and task.status not in (Status.COMPLETED, Status.CANCELLED)
    return bool(asked) and bool(_words(task.title) & _words(label))


def _words(text: str) -> set[str]:
    """The words that tell one row from another."""
    return {word for word in re.findall(r"[^\W\d_]+", text.casefold()) if len(word) > 5} - _SAY_LITTLE


def _named(found: Sequence[Entry]) -> str:
    """`Kidney biopsy report (12 Mar 2026)`, the latest of each title, at most three, then how many more."""
    latest = list({one.title.casefold(): one for one in reversed(found)}.values())[::-1]
    shown = [f"{one.title} ({one.happened.spoken()})" if one.happened else one.title for one in latest[:NAMED]]
    more = len(found) - len(shown)
    if more:
        shown.append(ngettext("and {n} more", "and {n} more", more).format(n=more))
    return ", ".join(shown)
