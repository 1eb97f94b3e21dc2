"""Questionnaires that may be shown: PHQ-9, GAD-7 and PEG, with their notices, and how they are scored.

In another language they have the wording in use of that language, looked up on 2026-11-29: German from the PHQ-D of
Löwe, Zipfel and Herzog (interkulturelle-psychologie-berlin.de, KBV Anforderungskatalog eDMP 2.48), Spanish from the
version for the United States (therapyworkscounseling.com). What has no such wording is said to have none by its notice.

Only the total is kept. The answer about self-harm is never written down: it shows help at once and stays with the
person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from organizer.base.errors import OrganizerError
from organizer.base.figures import plain
from organizer.base.i18n import _, marked
from organizer.model.codes import MeasureKey
from organizer.model.entry import Changes
from organizer.model.ids import PersonId
from organizer.services.entries import entries
from organizer.services.follow import measures as measuring
from organizer.services.record import records
from organizer.services.record.records import Record

_OFTEN = (
    marked("Not at all"),
    marked("Several days"),
    marked("More than half the days"),
    marked("Nearly every day"),
)
_NOTICE = marked(
    "Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, with an educational grant "
    "from Pfizer Inc. No permission required to reproduce, translate, display or distribute."
)
_DAY_BEFORE = 1


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Items with their answers; `answers` are the words of 0, 1, 2…, empty where an item is a scale of 0 to 10.

    `helps_at` is the place of the item whose non-zero answer shows help at once (None: no such item).
    """

    id: str
    title: str
    code: str
    lead: str
    items: tuple[str, ...]
    answers: tuple[str, ...]
    notice: str
    every_days: int
    helps_at: int | None = None

    def total(self, answers: Sequence[int]) -> float:
        """The score: a sum, for PEG the mean of its three items to one digit."""
        if len(answers) != len(self.items):
            raise OrganizerError(_("Not every question is answered yet."), _("Answer the ones that are left."))
        return float(sum(answers)) if self.answers else round(sum(answers) / len(answers), 1)


PHQ9 = Questionnaire(
    "phq-9",
    "PHQ-9",
    "LOINC 44261-6",
    marked("Over the last 2 weeks, how often have you been bothered by any of the following problems?"),
    (
        marked("Little interest or pleasure in doing things"),
        marked("Feeling down, depressed, or hopeless"),
        marked("Trouble falling or staying asleep, or sleeping too much"),
        marked("Feeling tired or having little energy"),
        marked("Poor appetite or overeating"),
        marked("Feeling bad about yourself – or that you are a failure or have let yourself or your family down"),
        marked("Trouble concentrating on things, such as reading the newspaper or watching television"),
        marked(
            "Moving or speaking so slowly that other people could have noticed? Or the opposite – being so fidgety or "
            "restless that you have been moving around a lot more than usual"
        ),
        marked("Thoughts that you would be better off dead or of hurting yourself in some way"),
    ),
    _OFTEN,
    _NOTICE,
    14,
    helps_at=8,
)
GAD7 = Questionnaire(
    "gad-7",
    "GAD-7",
    "LOINC 70274-6",
    PHQ9.lead,
    (
        marked("Feeling nervous, anxious, or on edge"),
        marked("Not being able to stop or control worrying"),
        marked("Worrying too much about different things"),
        marked("Trouble relaxing"),
        marked("Being so restless that it is hard to sit still"),
        marked("Becoming easily annoyed or irritable"),
        marked("Feeling afraid, as if something awful might happen"),
    ),
    _OFTEN,
    _NOTICE,
    14,
)
PEG = Questionnaire(
    "peg",
    "PEG",
    "",
    marked("In the past week, from 0 to 10:"),
    (
        marked("What number best describes your pain on average? (10: as bad as you can imagine)"),
        marked("What number best describes how pain has interfered with your enjoyment of life? (10: completely)"),
        marked("What number best describes how pain has interfered with your general activity? (10: completely)"),
    ),
    (),
    marked("PEG scale: Krebs et al., J Gen Intern Med 24 (2009) 733–738."),
    7,
)
QUESTIONNAIRES = (PHQ9, GAD7, PEG)


@dataclass(frozen=True, slots=True)
class Habit:
    """Something that is usually written down and is due: its title, since how many days, its questionnaire's id or
    "", the measure's key."""

    title: str
    days: int
    questionnaire: str
    key: MeasureKey


def save(record: Record, person: PersonId, which: Questionnaire, answers: Sequence[int], day: date) -> Changes:
    """Write the total down as a score of that day (undoable). Raises OrganizerError where an answer is missing."""
    fields = {
        "title": which.title,
        "value_text": plain(which.total(answers)),
        "unit": "{score}",
        "category": "survey",
        "happened": day.isoformat(),
    }
    return entries.add(record, "Observation", person, fields | ({"code": which.code} if which.code else {}))


def habits_due(record: Record, person: PersonId, as_of: date | None = None) -> list[Habit]:
    """What the person writes down at a usual pace and has not since: the longest overdue first, at most three.

    The pace is that of their own entries (the middle gap), for questionnaires at least their own period; what was
    left for three paces is no habit any more.
    """
    day = as_of or records.as_of(record)
    periods = {questionnaire.title.casefold(): questionnaire for questionnaire in QUESTIONNAIRES}
    habits = []
    for summary in measuring.measures(record, person):
        if summary.category not in ("symptom", "survey") or summary.count < 3:
            continue
        days = sorted(
            {point.when for point in measuring.series(record, person, summary.key).points if point.when <= day}
        )
        if len(days) < 3:
            continue
        known = periods.get(summary.title.casefold())
        usual = median((later - earlier).days for earlier, later in pairwise(days))
        pace = max(usual, known.every_days if known else 1)
        since = (day - days[-1]).days
        if pace + _DAY_BEFORE <= since <= 3 * pace + timedelta(days=7).days:
            habits.append(Habit(summary.title, since, known.id if known else "", summary.key))
    return sorted(habits, key=lambda habit: -habit.days)[:3]
