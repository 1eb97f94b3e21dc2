"""The checklist of a case: it fills itself from the record, and says what is missing and what was asked for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from organizer.base.i18n import _, marked, ngettext
from organizer.health.opinion.checklist_rows import AskedRow, rows_for
from organizer.health.opinion.gathered import Gathered
from organizer.health.titles import plain_title
from organizer.health.voice import Voice
from organizer.model.case import RowAnswer, RowState, is_case
from organizer.model.entry import Entry
from organizer.model.ids import EntryId
from organizer.model.statuses import Status

NAMED = 3
_SAY_LITTLE = {"results", "report", "reports", "record", "records", "months", "twelve", "treating", "treatments"}


@dataclass(frozen=True, slots=True)
class Item:
    """A row and how it stands.

    `entries` answer it, `said` tells with what, `asks` is how a letter asks for it ("" where nobody can be asked).
    """

    row: str
    label: str
    state: RowState
    said: str
    entries: tuple[Entry, ...]
    asks: str

    @property
    def done(self) -> bool:
        """True when nothing more has to be done for it."""
        return self.state not in (RowState.ASKED, RowState.MISSING, RowState.PERHAPS)


def checklist(gathered: Gathered, specialty: str = "") -> list[Item]:
    """The rows of a case, each as it stands for this case. What the person said of a row goes before what is found."""
    by_id = {entry.id: entry for entry in gathered.entries}
    answers = {answer.row: answer for answer in gathered.case.answers} if gathered.case else {}
    return [_item(asked, gathered, answers.get(asked.row.id), by_id) for asked in rows_for(gathered, specialty)]


def _item(asked: AskedRow, gathered: Gathered, answer: RowAnswer | None, by_id: dict[EntryId, Entry]) -> Item:
    row = asked.row
    label, asks = gathered.voice.say(row.label), _(row.asks) if row.asks else ""
    standing = _standing(answer, by_id, gathered.voice) if answer is not None else None
    if standing is not None:
        state, words, entries = standing
        return Item(row.id, label, state, words, entries, asks)

    evidence = row.finds(gathered)
    if evidence:
        words = _named(evidence)
        if row.imaged and not any(entry.kind == "ImagingStudy" or entry.text("images_at") for entry in evidence):
            words = _("{reports}; where the images are isn’t recorded").format(reports=words)
        return Item(row.id, label, RowState.FOUND, words, tuple(evidence), asks)
    waiting = next((entry for entry in gathered.of("Task") if _waits_for(entry, label)), None)
    if waiting is not None:
        return Item(row.id, label, RowState.ASKED, _asked(waiting), (waiting,), asks)
    return Item(row.id, label, RowState.MISSING if asked.is_sure else RowState.PERHAPS, "", (), asks)


def _standing(
    answer: RowAnswer, by_id: dict[EntryId, Entry], voice: Voice
) -> tuple[RowState, str, tuple[Entry, ...]] | None:
    """How a row stands by what the person said of it; None where that holds no more: what it named has been removed."""
    linked, task = by_id.get(answer.entry), by_id.get(answer.task)
    if answer.state == RowState.LINKED and linked is not None:
        return RowState.LINKED, _named([linked]), (linked,)
    if answer.state == RowState.ASKED and task is not None:
        if task.status == Status.COMPLETED:
            return RowState.HAVE, _came(task), (task,)
        return RowState.ASKED, _asked(task), (task,)
    if answer.state == RowState.HAVE:
        return RowState.HAVE, voice.say(marked("I have it")), ()
    return (RowState.SPARED, _("not needed"), ()) if answer.state == RowState.SPARED else None


def _asked(task: Entry) -> str:
    when = task.date("asked_on")
    whom = task.text("asked_of") or _("somebody")
    if when is None:
        return _("to be asked of {whom}").format(whom=whom)
    return _("asked {day} of {whom}").format(day=when.spoken(), whom=whom)


def _came(task: Entry) -> str:
    when = task.date("came_on")
    return _("came {day}").format(day=when.spoken()) if when else _("has come")


def _waits_for(task: Entry, label: str) -> bool:
    """A record that the person asked for by hand, and that names the row."""
    asked = task.data.get("missing_record") and task.status not in (Status.COMPLETED, Status.CANCELLED)
    return bool(asked) and bool(_words(task.title) & _words(label))


def _words(text: str) -> set[str]:
    """The words that tell one row from another."""
    return {word for word in re.findall(r"[^\W\d_]+", text.casefold()) if len(word) > 5} - _SAY_LITTLE


def _named(entries: Sequence[Entry]) -> str:
    """`Kidney biopsy report (12 Mar 2026)`, the latest of each title, at most three, then how many more."""
    latest = list({entry.title.casefold(): entry for entry in reversed(entries)}.values())[::-1]
    shown = [_with_day(entry) for entry in latest[:NAMED]]
    more = len(entries) - len(shown)
    if more:
        shown.append(ngettext("and {n} more", "and {n} more", more).format(n=more))
    return ", ".join(shown)


def _with_day(entry: Entry) -> str:
    """Title and day; a case's day is that of its appointment, and says nothing of what stands in it."""
    if entry.happened is None or is_case(entry):
        return plain_title(entry)
    return f"{plain_title(entry)} ({entry.happened.spoken()})"
