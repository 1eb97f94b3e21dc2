"""Medicines that were stopped since they didn't do what they were taken for, as the record itself says it."""

from dataclasses import dataclass
from datetime import timedelta

from organizer.base.i18n import _
from organizer.health.medicines import is_medicine
from organizer.health.opinion.same_illness import is_symptom_of
from organizer.health.opinion.view import View
from organizer.health.problems import OPEN, is_problem, state_of
from organizer.health.titles import plain_title
from organizer.health.vocabulary import concepts_in, speaks_of
from organizer.model.entry import Entry
from organizer.model.links import Role
from organizer.model.statuses import Status

RECENT = timedelta(days=365)
"""Alone it speaks for a second opinion for a year; beside a treatment that doesn't work either it counts for longer."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """A medicine that was stopped for no effect: `words` are the record's, `recent` whether that was within a year."""

    entry: Entry
    words: str
    recent: bool

    @property
    def sentence(self) -> str:
        """What the record says of it, quoted."""
        day = self.entry.ended.spoken() if self.entry.ended else _("a day that isn’t recorded")
        words = _("{medicine} was taken until {day}; the record says of it: “{words}”.")
        return words.format(medicine=plain_title(self.entry), day=day, words=self.words)


def stopped_without_effect(view: View) -> list[Stopped]:
    """Stopped medicines whose reason or note says that they had no effect, the latest first.

    What was taken for an illness that is over is left out.
    """
    stops = []
    for entry in view.of_kind("MedicationStatement"):
        if entry.status not in (Status.STOPPED, Status.COMPLETED) or not is_medicine(entry) or _is_over(view, entry):
            continue
        words = _words_of_no_effect(view, entry)
        if words:
            recent = entry.ended is not None and entry.ended.last_day >= view.as_of - RECENT
            stops.append(Stopped(entry, words, recent))
    return sorted(stops, key=lambda stopped: stopped.entry.ended.sort_key if stopped.entry.ended else "", reverse=True)


def _words_of_no_effect(view: View, medicine: Entry) -> str:
    for text in (medicine.text("stop_reason"), medicine.text("note")):
        # “Seizures went on” tells of the medicine only where it is what it was taken for.
        lasted = speaks_of(text, "still-there") and _names_what_it_was_for(view, medicine, text)
        if text and (speaks_of(text, "no-effect") or lasted):
            return " ".join(text.split())
    return ""


def _names_what_it_was_for(view: View, medicine: Entry, text: str) -> bool:
    treated = [condition for target in medicine.targets(Role.TREATS) if (condition := view.find(target))]
    reason = medicine.text("reason")
    if reason and is_symptom_of(text, None, reason):
        return True
    return any(is_symptom_of(text, condition) for condition in treated)


def _is_over(view: View, medicine: Entry) -> bool:
    """True where each diagnosis that it was for is known to be over."""
    treated = [condition for target in medicine.targets(Role.TREATS) if (condition := view.find(target))]
    if not treated:
        meant = concepts_in(medicine.text("reason"))
        conditions = [entry for entry in view.of_kind("Condition") if is_problem(entry)]
        treated = [entry for entry in conditions if meant and is_symptom_of(medicine.text("reason"), entry)]
    return bool(treated) and not any(state_of(entry, view.as_of) in OPEN for entry in treated)
